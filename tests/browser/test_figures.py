"""A figure's own menu: its picture and full screen, by keyboard; and where the focus is, is seen."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import settle
from tests.browser.conftest import Visit
from tests.colours import contrast

DEPARTMENTS = ".st-key-figure_departments"
LONGEST_NAME = 80
VISIBLE = 3.0  # the contrast that WCAG asks of what is no text


def open_menu(page: Page) -> None:
    page.locator(f"{DEPARTMENTS} .figure_menu button").first.focus()
    page.keyboard.press("Enter")


def test_a_figure_is_saved_as_a_picture_that_says_what_it_shows(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("departments", leader="张慧")
    open_menu(page)
    expect(page.get_by_role("menuitem", name="存为图片")).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    name = download.value.suggested_filename
    for part in ("牵头", "2020", "中国梦", "基准日 2020年9月15日", "张慧"):
        assert part in name
    assert not re.search(r'[\\/:*?"<>|]', name)
    assert len(name) <= LONGEST_NAME
    download.value.save_as(tmp_path / "figure.png")
    content = (tmp_path / "figure.png").read_bytes()
    on_the_page = page.locator(f"{DEPARTMENTS} .main-svg").first.bounding_box()
    assert content.startswith(b"\x89PNG")
    assert on_the_page
    width, height = struct.unpack(">II", content[16:24])
    assert width > 2 * on_the_page["width"]
    assert height > 2 * on_the_page["height"]


def test_a_menu_goes_round_by_arrows_and_closes_by_escape(visit: Visit) -> None:
    page = visit("departments")
    open_menu(page)
    for name in ("全屏", "存为图片", "全屏"):
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("menuitem", name=name)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)
    expect(page.get_by_role("button", name="图的更多操作").first).to_be_focused()


def test_full_screen_enlarges_a_figure_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("departments")
    figure = page.locator(f"{DEPARTMENTS} .main-svg").first
    before = figure.bounding_box()
    open_menu(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f"{DEPARTMENTS}:fullscreen")).to_have_count(1)
    page.wait_for_timeout(500)
    settle(page)
    enlarged = figure.bounding_box()
    assert before
    assert enlarged
    assert enlarged["height"] > 1.2 * before["height"]
    assert enlarged["x"] + enlarged["width"] <= 1366
    page.evaluate("document.exitFullscreen()")  # as the browser does on Escape
    expect(page.get_by_role("button", name="图的更多操作").first).to_be_focused()
    page.wait_for_timeout(500)
    assert figure.bounding_box() == before


FOCUSABLE = (
    '[data-testid="stTopNav"] a',
    ".st-key-cards a",
    ".st-key-more_states a",
    ".figure_menu button",
)
RING = """element => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  return [outlineStyle, outlineWidth, outlineColor];
}"""


def hexadecimal(colour: str) -> str:
    """rgb(0, 0, 0) as #000000."""
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize(("theme", "paper"), [("light", "#FFFFFF"), ("dark", "#14181D")])
def test_the_focus_is_seen_on_menu_and_cards(visit: Visit, theme: str, paper: str) -> None:
    page = visit("", color_scheme=theme)
    page.keyboard.press("Tab")  # so that the browser shows the focus
    for selector in FOCUSABLE:
        element = page.locator(selector).first
        element.focus()
        style, width, colour = element.evaluate(RING)
        assert (style, width) == ("solid", "2px"), selector
        assert contrast(hexadecimal(colour), paper) >= VISIBLE
