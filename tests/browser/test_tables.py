"""Tables as a reader has them: open, sort, choose columns, copy, read on a telephone, print."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.board import serving, settle
from tests.browser.conftest import Visit
from tests.browser.reader import arrive, query
from tests.browser.tables import column, head, in_table, table
from tests.tables import HEADER

AS_OF: Final = "2026-06-15"
ONE_LINE: Final = 40  # pixels that a row with one line is high at the most
LONG: Final = "深入推进各方面的工作落实落细；" * 80


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A board over 120 measures, one of them with a title of 1,200 characters."""
    file = tmp_path_factory.mktemp("county") / "measures.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER.split(","))
        for n in range(1, 121):
            title = LONG if n == 7 else f"举措{n}"
            deadline = "长期坚持" if n == 5 else f"2026-{12 - (n - 1) // 28}-{28 - (n - 1) % 28}"
            leader = ("张慧", "仇亮", "单立")[n % 3]
            writer.writerow(
                [f"2026-1-{n}", 2026, "清单", "一", f"一（{n}）", title, leader, "办公室", deadline]
            )
    with serving(file) as address:
        yield address


def rows(page: Page) -> list[float]:
    """The heights of the rows in pixels."""
    lines = table(page, "rows").locator("tbody tr")
    lines.first.wait_for()
    heights: list[float] = lines.evaluate_all(
        "all => all.map(row => row.getBoundingClientRect().height)"
    )
    return heights


def test_one_long_text_takes_three_lines_and_opens_and_the_other_rows_one(
    visit: Visit, county: str
) -> None:
    page = visit("measures", address=county, as_of=AS_OF)
    heights = rows(page)
    assert [n for n, height in enumerate(heights) if height > ONE_LINE] == [6]
    assert heights[6] < 110
    table(page, "rows").get_by_role("button", name="展开").click()
    expect(table(page, "rows").get_by_role("button", name="收起")).to_be_visible()
    assert rows(page)[6] > 250
    assert "pick" not in query(page)


@pytest.mark.parametrize("width", [1366, 1920])
def test_no_column_is_off_the_edge(visit: Visit, county: str, width: int) -> None:
    page = visit("measures", address=county, as_of=AS_OF, width=width)
    assert table(page, "rows").locator("..").evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_what_is_off_the_edge_is_hinted_at(visit: Visit) -> None:
    page = visit("leaders", width=390, height=844)
    page.locator(".st-key-months_table button").first.click()
    settle(page)
    scroller = table(page, "months_rows").locator("..")
    expect(scroller).to_have_class("scroller wide more-right")
    scroller.evaluate("e => { e.scrollLeft = e.scrollWidth; }")
    expect(scroller).to_have_class("scroller wide")


def test_any_cell_opens_its_row_and_the_order_stays(visit: Visit, county: str) -> None:
    page = visit("measures", address=county, as_of=AS_OF)
    head(page, "rows", "剩余天数").click()
    settle(page)
    assert query(page)["sort"] == ["days_left"]
    assert column(page, "rows", "measure_id")[0] == "2026-1-120"
    head(page, "rows", "剩余天数").click()
    settle(page)
    assert column(page, "rows", "measure_id")[:3] == ["2026-1-1", "2026-1-2", "2026-1-3"]
    table(page, "rows").locator('tbody [data-key="due"]').nth(1).click()
    settle(page)
    assert (query(page)["pick"], query(page)["sort"]) == (["2026-1-2"], ["-days_left"])
    expect(table(page, "rows").locator("[aria-current]")).to_contain_text("举措2")
    expect(table(page, "rows").locator("[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_what_has_no_date_comes_last_either_way(visit: Visit, county: str) -> None:
    for sort in ("due", "-due"):
        page = visit("measures", address=county, as_of=AS_OF, sort=sort, page="3")
        assert column(page, "rows", "measure_id")[-1] == "2026-1-5"


def test_numbers_are_sorted_as_numbers_and_names_as_they_are_read(
    visit: Visit, county: str
) -> None:
    page = visit("measures", address=county, as_of=AS_OF, sort="-measure_id")
    assert column(page, "rows", "measure_id")[:2] == ["2026-1-120", "2026-1-119"]
    head(page, "rows", "责任领导").click()
    settle(page)
    assert set(column(page, "rows", "leaders")) == {"仇亮", "单立"}
    assert column(page, "rows", "leaders")[0] == "仇亮"


def test_columns_are_chosen_and_stand_in_the_link(visit: Visit, county: str) -> None:
    page = visit("measures", address=county, as_of=AS_OF)
    menu = page.locator(".st-key-rows summary")
    menu.click()
    page.get_by_role("checkbox", name="配合").uncheck()
    settle(page)
    page.get_by_role("checkbox", name="板块").check()
    settle(page)
    expect(page.get_by_role("checkbox", name="编号")).to_be_disabled()
    columns = "measure_id,title,state,deadline,due,days_left,leaders,lead,section"
    assert query(page)["columns"] == [columns]
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="板块")).to_be_hidden()
    again = visit("measures", address=county, **query(page))
    expect(table(again, "rows").locator("thead th")).to_have_count(9)
    assert column(again, "rows", "section")[0] == "一"


def test_a_text_is_marked_without_opening_its_row_and_copied_without_breaks(
    visit: Visit, county: str
) -> None:
    page = visit(
        "measures", address=county, as_of=AS_OF, permissions=("clipboard-read", "clipboard-write")
    )
    box = table(page, "rows").locator('tbody [data-key="title"] .text').nth(6).bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] - 8)
    page.mouse.up()
    settle(page)
    assert "pick" not in query(page)
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(copied) > 60  # of three lines
    assert LONG.startswith(copied)


def test_a_table_is_walked_and_opened_from_the_keyboard(visit: Visit, county: str) -> None:
    page = visit("measures", address=county, as_of=AS_OF)
    head(page, "rows", "配合").focus()
    page.keyboard.press("Tab")
    assert in_table(page) == "row"
    for stroke in ("PageDown", "ArrowUp", "ArrowUp", "ArrowDown", "Space"):
        page.keyboard.press(stroke)
    settle(page)
    assert query(page)["pick"] == ["2026-1-10"]
    assert in_table(page) == "row"  # the focus stays where it was
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["pick"] == ["2026-1-1"]


def test_on_a_telephone_each_row_is_a_card_and_the_order_is_chosen_above(
    visit: Visit, county: str
) -> None:
    page = visit("measures", address=county, as_of=AS_OF, width=390, height=844, bypass_csp=True)
    card = table(page, "rows").locator("tbody tr").first
    assert card.inner_text().split() == [
        *("举措1", "○", "以后到期", "2026-12-28", "196", "仇亮", "办公室"),
    ]
    box = card.bounding_box()
    assert box
    assert box["width"] <= 390
    assert box["height"] < 100
    page.get_by_label("排序").select_option("-measure_id")
    settle(page)
    assert column(page, "rows", "title")[0] == "举措120"
    assert violations(page) == []


def test_a_list_is_printed_whole_with_its_heads_on_each_sheet(
    visit: Visit, county: str, tmp_path: Path
) -> None:
    page = visit("measures", address=county, as_of=AS_OF, leader="仇亮", sort="-due")
    page.get_by_role("button", name="打印").click()
    settle(page)
    assert query(page)["paper"] == ["1"]
    assert page.locator("input:visible, select:visible, header:visible").count() == 0
    pages = printed(page, tmp_path)
    assert len(pages) > 1
    assert all(
        "编号举措" in sheet and f"{n}/{len(pages)}" in sheet for n, sheet in enumerate(pages, 1)
    )
    assert "清单" in pages[0]
    assert "基准日2026年6月15日" in pages[0]
    assert "责任领导：仇亮" in pages[0]
    assert sum(sheet.count("以后到期") for sheet in pages) == 40
    page.get_by_role("button", name="返回").click()
    settle(page)
    assert "paper" not in query(page)
    assert query(page)["sort"] == ["-due"]


def test_a_leader_s_sheet_is_two_clicks_away_and_one_page(
    visit: Visit, county: str, tmp_path: Path
) -> None:
    page = visit("leaders", address=county, as_of=AS_OF, pick="张慧")
    page.get_by_role("button", name="打印").click()
    settle(page)
    (sheet,) = printed(page, tmp_path)
    assert "张慧：40项举措" in sheet
    assert "接下来（40项）" in sheet
    assert "另28项" in sheet
    assert "办公室40" in sheet
    assert "1/1" in sheet


def test_another_page_says_that_it_prints_what_the_screen_shows(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("measures")
    # the page's own script comes after the page, and on a busy machine later than it is at rest
    expect(page.locator("html")).to_have_attribute("style", re.compile("--print-screen"))
    assert "只印出屏幕上显示的内容" in printed(page, tmp_path)[0]


def printed(page: Page, folder: Path) -> list[str]:
    """The texts of the sheets that a page prints, without spaces."""
    target = folder / "page.pdf"
    page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(target) as document:
        texts = [sheet.get_textpage().get_text_range() for sheet in document]
    return ["".join(text.split()) for text in texts]


def test_a_row_behind_a_chart_opens_what_it_names(visit: Visit) -> None:
    page = visit("")
    page.locator(".st-key-departments_table button").first.click()
    settle(page)
    head(page, "departments_rows", "配合").click()
    settle(page)
    assert column(page, "departments_rows", "department")[-1] == "市教科文卫体工会"
    table(page, "departments_rows").locator('tbody [data-key="weighted"]').first.click()
    arrive(page, "departments")
