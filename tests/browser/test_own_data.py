"""A table of one's own becomes a board: dropped, its columns chosen, looked at, written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from lib import measures
from tests.browser.axe import violations
from tests.browser.board import ROOT, serving, settle
from tests.browser.conftest import Visit
from tests.browser.reader import headline, undo_writing, write_draft
from tests.workbooks import as_bytes, of_rows

MESSY: Final = [
    ["青溪街道办事处2026年重点任务台账", "", "", "", "", "", ""],
    ["（更新：2026年3月2日）", "", "", "", "", "", ""],
    ["序号", "重点领域", "工作任务", "分管领导", "责任单位", "", "完成时限"],
    ["", "", "", "", "牵头", "配合", ""],
    ["1", "城市建设", "改造老旧小区4个", "副主任沈听", "城建办", "各社区", "11月底前"],
    ["2", "", "完成环湖步道二期施工", "主任周闻", "城建办", "综合执法队、财政所", "9月底前"],
    ["3", "民生服务", "建成社区食堂2家", "林夏", "民政办", "", "6月底前"],
    ["合计", "", "3项", "", "", "", ""],
]
MERGED: Final = ("A1:G1", "E3:F3", "B5:B6")
# The same under words that nobody knows
UNKNOWN: Final = [
    ["顺序", "方面", "干什么", "谁来抓", "哪家牵头", "还有谁", "啥时候干完"],
    *MESSY[4:7],
]
CHOICES: Final = {
    "干什么": "title",
    "谁来抓": "leaders",
    "哪家牵头": "lead_departments",
    "还有谁": "support_departments",
    "啥时候干完": "deadline",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped table, which may be written."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("measures.csv", "measures.milestones.csv"):
        shutil.copy(ROOT / "data" / name, folder / name)
    return folder / "measures.csv"


@pytest.fixture(scope="module")
def address(own: Path) -> Iterator[str]:
    with serving(own) as address:
        yield address


@pytest.fixture(scope="module")
def read_only(own: Path) -> Iterator[str]:
    """The address of a board to which nobody may write."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARD_WRITES", "none")
        with serving(own) as address:
            yield address


def drop(page: Page, rows: list[list[str]], merged: tuple[str, ...] = ()) -> None:
    page.locator("input[type=file]").set_input_files(
        {
            "name": "台账.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": as_bytes(of_rows({"2026": rows}, merged)),
        }
    )
    page.locator(".desk .paper td").first.wait_for()
    settle(page)


def choose(page: Page, label: str, field: str) -> None:
    page.locator(f"select[data-label='{label}']").select_option(field)
    settle(page)


def chosen(page: Page) -> dict[str, str]:
    """What each column was taken for, in the reader's words."""
    fields = {}
    for select in page.locator(".columns select").all():
        label = select.get_attribute("data-label") or ""
        fields[label] = select.locator("option:checked").inner_text()
    return fields


def test_a_messy_workbook_is_a_board_after_two_clicks(visit: Visit, address: str) -> None:
    page = visit("intake", address=address)
    drop(page, MESSY, MERGED)  # the first: to choose the file
    expect(page.locator("h1")).to_have_text("读出 3 项举措、2 个节点，全部核对完毕")
    page.get_by_role("button", name="在看板上试看").click()  # the second
    settle(page)
    assert headline(page).startswith("3 项举措")
    assert "城建办牵头 2 项" in headline(page)


def test_unknown_headers_are_chosen_above_the_columns(
    visit: Visit, address: str, own: Path
) -> None:
    page = visit("intake", address=address)
    drop(page, UNKNOWN)
    expect(page.locator("h1")).to_contain_text("每列的上方选它是什么")
    expect(page.locator(".side")).to_be_hidden()
    for label, field in CHOICES.items():
        choose(page, label, field)
    expect(page.locator("h1")).to_contain_text("读出 3 项举措")
    assert chosen(page) == {
        "顺序": "不采用",
        "方面": "板块",
        "干什么": "举措",
        "谁来抓": "责任领导",
        "哪家牵头": "牵头部门",
        "还有谁": "配合部门",
        "啥时候干完": "完成时限",
    }
    assert measures.columns_path(own).exists()
    again = visit("intake", address=address)
    drop(again, UNKNOWN)
    expect(again.locator("h1")).to_contain_text("读出 3 项举措")


def test_a_choice_keeps_the_keyboard_and_is_undone_by_ctrl_z(visit: Visit, address: str) -> None:
    page = visit("intake", address=address)
    drop(page, MESSY, MERGED)
    select = page.locator("select[data-label='完成时限']")
    select.focus()
    select.press("ArrowDown")  # to the next field
    settle(page)
    assert chosen(page)["完成时限"] == "板块"
    expect(select).to_be_focused()
    page.keyboard.press("Control+z")
    settle(page)
    assert chosen(page)["完成时限"] == "完成时限"


def test_where_writing_is_off_the_browser_remembers(visit: Visit, read_only: str) -> None:
    rows = [["啥事", *UNKNOWN[0][1:2], "要做的", *UNKNOWN[0][3:]], *UNKNOWN[1:]]
    page = visit("intake", address=read_only)
    drop(page, rows)
    choose(page, "要做的", "title")
    choose(page, "哪家牵头", "lead_departments")
    expect(page.locator("h1")).to_contain_text("读出 3 项举措")
    again = visit("intake", address=read_only)
    drop(again, rows)
    expect(again.locator("h1")).to_contain_text("读出 3 项举措")
    assert chosen(again)["要做的"] == "举措"


def test_the_table_stands_instead_of_the_sample_until_that_is_brought_back(
    visit: Visit, address: str, own: Path
) -> None:
    sample = own.read_bytes()
    page = visit("intake", address=address)
    drop(page, MESSY, MERGED)
    write_draft(page, "代替随附的示例", "新增 3 项，删去 10 项")
    assert len(measures.read(own)) == 3
    page.get_by_role("link", name="总览").first.click()
    settle(page)
    assert headline(page).startswith("3 项举措")
    page.get_by_role("link", name="导入").first.click()
    settle(page)
    undo_writing(page)
    assert own.read_bytes() == sample


@pytest.mark.parametrize(
    ("lang", "theme"), [("zh", "light"), pytest.param("en", "dark", marks=pytest.mark.long)]
)
def test_axe_finds_no_violation_in_the_choices(
    visit: Visit, address: str, lang: str, theme: str
) -> None:
    page = visit("intake", address=address, lang=lang, color_scheme=theme, bypass_csp=True)
    drop(page, MESSY, MERGED)
    assert violations(page) == []


def test_a_phone_shows_the_columns_of_an_unread_table_at_once(visit: Visit, address: str) -> None:
    page = visit("intake", address=address, width=390, height=844)
    drop(page, [["甲列", "乙列"], ["修路", "工程科"]])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("select[data-label='甲列']")).to_be_in_viewport()
