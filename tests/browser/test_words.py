"""What the front end says by itself, in the language of the page whatever the browser's is."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.board import settle
from tests.browser.conftest import Visit
from tests.browser.reader import query


def said_of_nonsense(page: Page) -> str:
    """What the box for the order of the departments says to a word that it does not have."""
    box = page.locator(".st-key-sort_shown input")
    box.fill("qqqq")
    words = page.get_by_test_id("stSelectboxVirtualDropdown").inner_text()
    box.press("Escape")
    return words


def test_streamlit_speaks_the_language_of_the_page_also_after_a_change(visit: Visit) -> None:
    page = visit("departments", locale="en-US")
    assert said_of_nonsense(page) == "没有匹配的"
    page.get_by_text("English", exact=True).click()
    settle(page)
    assert said_of_nonsense(page) == "No results"
    expect(page.locator('[aria-label="展开选项"], [title="图的更多操作"]')).to_have_count(0)


def test_the_calendar_speaks_the_language_of_the_page(visit: Visit) -> None:
    page = visit(locale="en-US")
    page.locator(".st-key-as_of_shown button").last.click()
    calendar = page.get_by_role("dialog")
    expect(calendar).to_contain_text("九月")
    expect(calendar).to_contain_text("2020年")


def test_a_box_of_names_finds_by_pinyin(visit: Visit) -> None:
    page = visit("")
    page.locator(".st-key-filters_open label").click()
    settle(page)
    page.locator(".st-key-leader input").click()
    page.keyboard.type("zhang")
    expect(page.get_by_role("option")).to_have_text(["查找“zhang”"])
    page.keyboard.press("Enter")
    settle(page)
    page.keyboard.press("Escape")  # what is left of the list
    page.get_by_role("button", name="张雷", exact=True).click()
    settle(page)
    assert query(page)["leader"] == ["张雷"]
