"""Every selector that reaches into what Streamlit draws still matches something on one of the
pages.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.board import ROOT, settle
from tests.browser.conftest import OPEN, Visit
from tests.browser.shots import drop

SHEET = ROOT / "lib" / "web" / "assets" / "streamlit.css"
NOTICE = ROOT / "tests" / "notices" / "001-women-federation-theme.txt"
# What the mouse, the printer or the style sheet itself adds to an element
STATES = re.compile(r":is\(:hover, :focus, :active\)|:hover|:focus-visible|:fullscreen|::after")


def selectors() -> list[str]:
    """The selectors of the sheet, without the states that an element may be in."""
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"@media[^{]*\{", "", text)
    preludes = re.findall(r"([^{}]+)\{[^{}]*\}", text)
    return [STATES.sub("", selector.strip()) for prelude in preludes for selector in split(prelude)]


def split(prelude: str) -> list[str]:
    """The parts of a list of selectors; commas in brackets do not separate."""
    return re.split(r",\s*(?![^()]*\))", prelude)


def matched(page: Page, selectors: list[str]) -> set[str]:
    matching: list[str] = page.evaluate(
        "selectors => selectors.filter(selector => document.querySelector(selector))", selectors
    )
    return set(matching)


@pytest.mark.long  # Streamlit is pinned, and `test_streamlit_internals.py` knows another version
def test_every_selector_that_reaches_into_streamlit_matches_something(visit: Visit) -> None:
    reaching = selectors()
    assert len(reaching) > 20
    seen: set[str] = set()
    for name, query in OPEN.items():
        page = visit(name, **query)
        seen |= matched(page, reaching)
        page.locator(".st-key-filters_open label").click()
        settle(page)
        seen |= matched(page, reaching)
    seen |= matched(visit("leaders", leader="张慧"), reaching)  # a filter in force, out of sight
    seen |= matched(visit("measures", state="done"), reaching)  # a choice that fits nothing
    intake = visit("intake")
    seen |= matched(intake, reaching)
    drop(intake, NOTICE)
    seen |= matched(intake, reaching)
    assert [selector for selector in reaching if selector not in seen] == []
