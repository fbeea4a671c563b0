"""The timeline while it is scrolled, and lanes that open and fold, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import serving, settle
from tests.browser.charts import click
from tests.browser.conftest import Visit
from tests.browser.reader import query
from tests.counties import county_list

SEPTEMBER = "2026-09-15"
TWO_SCREENS = 2 * 768
OPENED_BUREAU = "县公安局"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over 64 measures of 31 departments with long names."""
    with serving(county_list(tmp_path_factory.mktemp("county"))) as address:
        yield address


def timeline(visit: Visit, county: str, **query: object) -> Page:
    return visit("timeline", address=county, as_of=SEPTEMBER, height=768, **query)


def lane(page: Page, name: str) -> Locator:
    return page.locator(".st-key-lanes button", has_text=name)


def height(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))


def scroll_to(page: Page, top: int) -> None:
    page.evaluate(f"document.querySelector('[data-testid=stMain]').scrollTop = {top}")
    page.wait_for_timeout(200)


def test_lanes_start_folded_and_open_at_a_click_and_fold_again(visit: Visit, county: str) -> None:
    page = timeline(visit, county)
    folded = height(page)
    assert folded < TWO_SCREENS
    lane(page, "陈静").click()
    settle(page)
    assert query(page)["open"] == ["陈静"]
    assert height(page) > folded + 400
    expect(lane(page, "陈静")).to_have_attribute("aria-expanded", "true")
    lane(page, "李建国").click()
    settle(page)
    assert query(page)["open"] == ["陈静", "李建国"]
    lane(page, "陈静").click()
    settle(page)
    assert query(page)["open"] == ["李建国"]
    page.go_back()
    settle(page)
    assert query(page)["open"] == ["陈静", "李建国"]


def test_a_lane_opens_from_the_keyboard_and_keeps_the_focus(visit: Visit, county: str) -> None:
    page = timeline(visit, county)
    lane(page, "刘洋").focus()
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["open"] == ["刘洋"]
    expect(lane(page, "刘洋")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1366])
def test_the_months_and_the_name_of_the_lane_stay_in_sight_while_scrolling(
    visit: Visit, county: str, width: int
) -> None:
    page = timeline(visit, county, width=width, open="陈静")
    place = lane(page, "陈静").bounding_box()
    assert place
    scroll_to(page, int(place["y"]) + 200)
    months, name = (
        element.bounding_box()
        for element in (page.locator(".st-key-month_head"), lane(page, "陈静"))
    )
    assert months
    assert name
    assert 0 <= months["y"] < months["y"] + months["height"] <= name["y"] + 2
    assert name["y"] < months["y"] + months["height"] + 40
    covered = page.evaluate(
        "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.st-key-figure_month_head'))",
        [months["x"] + 60, months["y"] + 40],
    )
    assert covered


def test_a_cell_of_a_folded_lane_opens_its_rows_and_an_empty_one_its_lane(
    visit: Visit, county: str
) -> None:
    page = timeline(visit, county, lane="lead")
    click(page, "timeline", f"pick={OPENED_BUREAU}&month=2026-10&count=due&part=lead")
    settle(page)
    expect(page.locator(".st-key-detail h3")).to_contain_text(f"{OPENED_BUREAU}（牵头）")
    expect(page.locator(".st-key-detail h3")).to_contain_text("1 项举措")
    click(page, "timeline", f"open={OPENED_BUREAU}")
    settle(page)
    assert query(page)["open"] == [OPENED_BUREAU]


def test_the_months_stand_above_the_windows_of_their_days(visit: Visit, county: str) -> None:
    page = timeline(visit, county)
    plots = [
        page.locator(f".st-key-{key} .nsewdrag").first.bounding_box()
        for key in ("month_head", "timeline")
    ]
    head, lanes = plots
    assert head
    assert lanes
    assert head["x"] == pytest.approx(lanes["x"], abs=1)
    assert head["width"] == pytest.approx(lanes["width"], abs=1)
