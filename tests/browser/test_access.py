"""No WCAG 2.2 A/AA violation found by axe; print on A4 landscape. See docs/accessibility.md."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.board import settle
from tests.browser.conftest import PAGES, Look, Visit
from tests.browser.gate import in_gate

# Each theme and each language on each page; what the two others add costs the gate two minutes
LOOKS: Final = in_gate(2, [("light", "zh"), ("dark", "en"), ("light", "en"), ("dark", "zh")])


@pytest.mark.parametrize(("theme", "lang"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(look: Look, name: str, theme: str, lang: str) -> None:
    page = look(name, lang, theme)
    expect(page.locator(".st-key-filters")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(("lang", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_says_its_language(look: Look, lang: str, code: str) -> None:
    page = look("", lang, "dark" if lang == "en" else "light")
    expect(page.locator("html")).to_have_attribute("lang", code)


@pytest.mark.parametrize("name", PAGES)
def test_each_chart_has_its_finding_as_alternative_text(look: Look, name: str) -> None:
    page = look(name)
    charts = page.locator("[data-testid=stPlotlyChart]")
    for number in range(charts.count()):
        chart = charts.nth(number)
        title = (
            chart.locator("xpath=ancestor::*[contains(@class, 'st-key-figure_')]")
            .locator("h3")
            .inner_text()
        )
        assert chart.get_attribute("aria-label") == title


@pytest.mark.parametrize("name", in_gate(2, PAGES))
def test_a_page_prints_whole_on_a4_landscape(visit: Visit, name: str, tmp_path: Path) -> None:
    """The bar of filters stays away, and no chart is wider than the paper."""
    page = visit(name)
    page.emulate_media(media="print")
    settle(page)
    expect(page.locator(".st-key-bar")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    target = tmp_path / "page.pdf"
    page.pdf(
        path=target, format="A4", landscape=True, print_background=True, prefer_css_page_size=True
    )
    assert target.stat().st_size > 10_000
    width, scale = page.evaluate(
        "['--screen-width', '--paper-scale'].map("
        "n => parseFloat(document.documentElement.style.getPropertyValue(n)))"
    )
    assert width * scale <= 1031  # 297 mm without two margins of 12 mm
    assert page.evaluate(
        "width => [...document.querySelectorAll('[data-testid=stPlotlyChart] .main-svg')]"
        ".every(chart => chart.getBoundingClientRect().width <= width)",
        width,
    )
