"""The URL: what it holds, where it leads, what Back does; copying it; no request to any outside
host (see conftest).
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import settle
from tests.browser.charts import click, place
from tests.browser.conftest import DAY, PAGES, Visit
from tests.browser.gate import in_gate
from tests.browser.reader import arrive, headline, path, query

TYPING = 800  # milliseconds of rest after which a search has begun


def words(page: Page) -> str:
    """What the title bar says of the day, and the first line under the headline."""
    day = page.locator(".st-key-other_day [data-testid=stMarkdown]").all_inner_texts()
    lines = page.locator(".st-key-page [data-testid=stCaptionContainer]").all_inner_texts()
    return "\n".join([*day, *lines[:1]])


def back(page: Page) -> None:
    """Go back, and wait: the page hears of it a moment after the address has changed."""
    page.go_back()
    page.wait_for_timeout(200)
    settle(page)


def go(page: Page, title: str) -> None:
    """Follow the navigation at the top."""
    page.locator("header, [data-testid=stHeader]").get_by_role(
        "link", name=title, exact=True
    ).first.click()
    settle(page)


@pytest.mark.parametrize("page", in_gate(2, PAGES))
def test_every_page_stands_alone(visit: Visit, page: str) -> None:
    """Opened by its own link, without a request to another host and without an error (conftest
    watches both).
    """
    opened = visit(page)
    assert headline(opened)
    expect(opened.locator("[data-testid=stAlert]")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "lang"),
    in_gate(2, [("zh-TW", "zh"), ("de-DE", "en"), ("zh-CN", "zh"), ("en-GB", "en")]),
)
def test_a_first_visit_follows_the_browser_s_language_and_fills_the_url(
    visit: Visit, locale: str, lang: str
) -> None:
    page = visit("", first=True, locale=locale)
    parameters = query(page)
    assert parameters["lang"] == [lang]
    assert parameters["w"] == ["0.5"]
    assert not {"as_of", "year"} & set(parameters)


def test_a_copied_link_opens_the_same_view_in_another_browser(visit: Visit) -> None:
    sender = visit("measures", leader="张雷", as_of="2020-11-05", w="0.25", lang="en", sort="-due")
    receiver = visit("measures", first=True, timezone_id="America/New_York", **query(sender))
    assert headline(receiver) == headline(sender)
    assert words(receiver) == words(sender)
    assert query(receiver) == query(sender)


def test_filters_set_by_hand_stand_in_the_url_and_survive_navigation_and_reload(
    visit: Visit,
) -> None:
    page = visit("")
    page.get_by_role("textbox", name="搜索").fill("zhanglei")
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["q"] == ["zhanglei"]
    assert headline(page).startswith("2 项举措")
    go(page, "责任部门")
    arrive(page, "departments")
    assert query(page)["q"] == ["zhanglei"]
    page.reload()
    settle(page)
    assert "搜索：zhanglei" in words(page)


def test_navigation_keeps_the_filters_that_a_link_brought(visit: Visit) -> None:
    page = visit("", leader="张雷", department="组宣部", role="support")
    before = words(page)
    for title, name in (
        ("责任领导", "leaders"),
        ("时间轴", "timeline"),
        ("举措", "measures"),
        ("总览", ""),
    ):
        go(page, title)
        arrive(page, name)
        assert words(page) == before
        assert {key: query(page).get(key) for key in ("leader", "role", "as_of", "lang", "w")} == {
            "leader": ["张雷"], "role": ["support"], "as_of": [DAY], "lang": ["zh"], "w": ["0.5"],
        }  # fmt: skip


@pytest.mark.parametrize("width", [1366, 390])
def test_a_page_in_a_new_tab_keeps_the_filters(visit: Visit, width: int) -> None:
    page = visit("measures", leader="张雷", state="later", width=width)
    bar = page.locator("[data-testid=stTopNav] a, [data-testid=stSidebarNav] a").filter(
        visible=True
    )
    for title, name in (("总览", ""), ("时间轴", "timeline")):
        with page.context.expect_page() as opening:
            bar.filter(has_text=title).click(button="middle")
        tab = opening.value
        arrive(tab, name)
        assert query(tab)["leader"] == ["张雷"]
        assert "state" not in query(tab)
        tab.close()


def test_the_page_that_is_open_stands_in_sight_in_a_telephone_s_bar(visit: Visit) -> None:
    page = visit("intake", lang="en", width=390)
    link = page.locator("[data-testid=stSidebarNav] a", has_text="Import")
    expect(link).to_be_in_viewport(ratio=0.99)


def test_keys_of_a_page_do_not_go_along_to_another(visit: Visit) -> None:
    page = visit("measures", state="ongoing", sort="due", pick="2020-1-1")
    go(page, "责任领导")
    assert set(query(page)) == {"lang", "as_of", "w"}
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_back_leads_to_the_place_on_another_page_that_was_left(visit: Visit) -> None:
    page = visit("", height=500)
    main = page.locator("[data-testid=stMain]")
    mark = "pick=财务部&part=support"
    place(page, "departments", mark)
    left = main.evaluate("main => main.scrollTop")
    assert left > 0
    click(page, "departments", mark)
    arrive(page, "departments")
    main.evaluate("main => main.scrollTo(0, 0)")
    page.go_back()
    arrive(page, "")
    assert main.evaluate("main => main.scrollTop") == left
    page.mouse.wheel(0, -5000)  # what the reader does then counts
    expect(page.locator("h1")).to_be_in_viewport()


def test_back_undoes_a_pick(visit: Visit) -> None:
    page = visit("leaders")
    click(page, "leaders", "pick=张雷&state=passed")
    settle(page)
    expect(page.locator(".st-key-detail")).to_be_visible()
    back(page)
    assert "pick" not in query(page)
    expect(page.locator(".st-key-detail")).to_have_count(0)


def test_back_undoes_the_way_back_to_today(visit: Visit) -> None:
    page = visit("")
    page.get_by_role("button", name="回到2020年12月31日").click()
    settle(page)
    assert "as_of" not in query(page)
    assert "2020年12月31日" in words(page)
    back(page)
    assert "2020年9月15日" in words(page)


def test_back_undoes_a_search_and_a_change_of_the_language(visit: Visit) -> None:
    page = visit("")
    box = page.get_by_role("textbox", name="搜索")
    box.fill("张雷")
    box.press("Enter")
    arrive(page, "", q="张雷")
    assert headline(page).startswith("2 项举措")
    page.get_by_role("radio", name="English").click()
    arrive(page, "", lang="en")
    assert headline(page).startswith("2 measures")
    back(page)
    assert headline(page).startswith("2 项举措")
    back(page)
    assert headline(page).startswith("10 项举措")
    assert "q" not in query(page)


def test_a_search_begins_while_typing_and_is_one_step_back(visit: Visit) -> None:
    page = visit("")
    before = page.evaluate("history.length")
    box = page.get_by_role("textbox", name="搜索")
    box.click()
    for typed, count in (("12月", 4), (" zhanghui", 3)):
        box.press_sequentially(typed)
        settle(page, TYPING)
        assert headline(page).startswith(f"{count} 项举措")
    assert page.evaluate("history.length") == before + 1
    back(page)
    assert headline(page).startswith("10 项举措")
    assert (box.input_value(), "q" in query(page)) == ("", False)


def test_back_returns_from_the_rows_to_the_overview(visit: Visit) -> None:
    page = visit("", leader="张慧")
    before = headline(page)
    click(page, "months", "month=2020-12&count=due")
    arrive(page, "measures")
    back(page)
    arrive(page, "")
    assert headline(page) == before


def test_a_first_visit_adds_no_step_and_what_the_reader_does_adds_one(visit: Visit) -> None:
    def steps() -> int:
        return int(page.evaluate("history.length"))

    page = visit("", first=True)
    assert steps() == 2  # with the empty page of a new tab
    click(page, "months", "month=2020-12&count=due")
    settle(page)
    assert (path(page), steps()) == ("measures", 3)
    page.get_by_role("radio", name="English").click()
    settle(page)
    assert steps() == 4
    address = page.url
    back(page)
    assert page.url != address
    page.go_forward()
    settle(page)
    assert (page.url, steps()) == (address, 4)


def test_each_filter_is_one_step(visit: Visit) -> None:
    page = visit("leaders")
    before = int(page.evaluate("history.length"))
    page.locator(".st-key-filters_open label").click()
    settle(page)
    page.locator(".st-key-leader input").click()
    page.get_by_role("option", name="张雷").click()
    settle(page)
    assert query(page)["leader"] == ["张雷"]
    assert page.evaluate("history.length") == before + 1
    back(page)
    assert "leader" not in query(page)


def test_a_telephone_has_the_pages_in_one_tap_and_the_headline_first(visit: Visit) -> None:
    page = visit("", width=390, height=844)
    expect(page.locator("header")).to_be_hidden()
    heading = page.locator("h1").bounding_box()
    assert heading
    assert heading["y"] < 300
    expect(page.locator(".st-key-q")).to_be_hidden()
    page.locator("[data-testid=stSidebarNav]").get_by_role("link", name="举措").click()
    arrive(page, "measures")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 600")
    expect(page.locator("[data-testid=stSidebarNav]")).to_be_in_viewport()


def test_reset_goes_back_to_all_measures_and_fills_the_url_again(visit: Visit) -> None:
    page = visit("measures", leader="张雷", department="财务部", w="1", as_of="2020-03-31")
    assert headline(page) == "没有符合筛选条件的举措。"
    page.locator(".st-key-reset_here button").click()
    settle(page)
    assert headline(page).startswith("10 项举措")
    parameters = query(page)
    assert (parameters["lang"], parameters["w"]) == (["zh"], ["0.5"])
    assert not {"leader", "department", "q", "role", "as_of"} & set(parameters)


@pytest.mark.parametrize(
    ("key", "value"),
    in_gate(
        2,
        [
            ("as_of", "2020-13-45"),
            ("w", "7"),
            ("leader", "无此人"),
            ("lang", "fr"),
            ("as_of", "20200915"),
            ("role", "boss"),
            ("list", "无此清单"),
        ],
    ),
)
def test_what_fits_nothing_is_named_in_the_browser_too(visit: Visit, key: str, value: str) -> None:
    """Streamlit itself drops what a widget can't take in silence, and its key out of the URL."""
    page = visit("", **{key: value})
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text(f"{key}={value}")
    parameters = query(page)
    assert (parameters["lang"], parameters["w"]) == (["zh"], ["0.5"])
    assert parameters["as_of"] == [value if key == "as_of" else DAY]


def test_the_link_is_copied(visit: Visit) -> None:
    page = visit("leaders", leader="张雷", permissions=("clipboard-read", "clipboard-write"))
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_copied_link_has_the_day_that_the_address_leaves_to_today(visit: Visit) -> None:
    page = visit("leaders", first=True, permissions=("clipboard-read", "clipboard-write"))
    assert "as_of" not in query(page)
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url + "&as_of=2020-12-31"


def test_a_link_that_follows_today_is_copied_too(visit: Visit) -> None:
    page = visit("leaders", permissions=("clipboard-read", "clipboard-write"))
    page.get_by_role("button", name="随当天").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url.replace(f"&as_of={DAY}", "")


def test_the_link_is_copied_where_there_is_no_clipboard_api(visit: Visit) -> None:
    """As on plain http from another host; the text box is what the reader pastes into."""
    page = visit("leaders", leader="张雷")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    box: Any = page.get_by_role("textbox", name="搜索")
    box.click()
    page.keyboard.press("Control+V")
    assert box.input_value() == page.url
