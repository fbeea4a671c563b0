"""The office follows a list in the browser: starts it, records, hands forms out and takes them in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from lib.ledger import acts, place
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Event, Kind, Month, Started
from lib.ledger.store import Ledger, check_chain
from lib.text import workdays
from tests.browser.axe import violations
from tests.browser.board import serving, settle
from tests.browser.conftest import Visit
from tests.browser.office import act, choose, open_measure, submit
from tests.browser.reader import headline
from tests.browser.tables import column, table
from tests.office_day import office_day
from tests.tables import table_of

YEAR: Final = office_day().year
ROWS: Final = f"""
    {YEAR}-1-1,{YEAR},重点工作,一,一（一）,建成职工书屋,张慧,组宣部、办公室,12月底前
    {YEAR}-1-2,{YEAR},重点工作,一,一（二）,开展技能竞赛,张慧,经济部,长期坚持
"""
BOOKS: Final = f"{YEAR}-1-1"
CONTEST: Final = f"{YEAR}-1-2"
LIST: Final = f"{YEAR} · 重点工作"
MILESTONES: Final = f"编号,节点时限,节点,目标值,单位\n{BOOKS},12月底前,职工书屋,4,个\n"
OVERDUE: Final = f"""
    {BOOKS},{YEAR},重点工作,一,一（一）,建成职工书屋,张慧,组宣部、办公室,{YEAR - 1}年12月底前
"""
ALL_ARE_ASKED: Final = Started(Cadence.MONTH, 5, Month.NEXT, f"{YEAR}-01", Asked.ALL)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "table.milestones.csv").write_text(MILESTONES, "utf-8")
    return table_of(tmp_path, ROWS)


@pytest.fixture
def address(own: Path) -> Iterator[str]:
    with serving(own) as address:
        yield address


@pytest.fixture
def desk(own: Path, visit: Visit, address: str) -> Page:
    """The page Progress of a list that is followed since this month."""
    today = office_day()
    rule = Started(Cadence.MONTH, 5, Month.NEXT, f"{today:%Y-%m}", Asked.LEAD)
    Ledger(place.of_table(own)).append([acts.start(About(LIST, "", today), rule)])
    return visit("progress", address=address, first=True, lang="zh")


def recorded(own: Path) -> list[Event]:
    chain = Ledger(place.of_table(own)).events()
    check_chain(chain)
    return chain


@pytest.fixture
def overdue(tmp_path: Path) -> Path:
    """A list with one measure, which is late, of which all departments are asked to report."""
    own = table_of(tmp_path, OVERDUE)
    start = acts.start(About(LIST, "", office_day()), ALL_ARE_ASKED)
    Ledger(place.of_table(own)).append([start])
    return own


def test_a_list_is_started_in_one_dialog_and_every_page_then_shows_it(
    visit: Visit, address: str, own: Path
) -> None:
    page = visit("progress", address=address, first=True, lang="zh")
    assert headline(page) == "还没有开始跟踪进展。"
    page.get_by_role("button", name="开始跟踪进展").click()
    settle(page)
    expect(page.get_by_text("的 2 项举措将显示逾期、办结和未报送")).to_be_visible()
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_text("已开始跟踪")).to_be_visible()
    settle(page)
    assert headline(page) == "2 项：办结 0 项（0%），推进中 2 项。"
    assert [event.kind for event in recorded(own)] == [Kind.STARTED]
    assert violations(page) == []


def test_no_news_is_one_click_and_a_claim_is_agreed_to(desk: Page, own: Path) -> None:
    open_measure(desk, BOOKS)
    desk.get_by_role("button", name="本期无新进展").click()
    settle(desk)
    expect(desk.get_by_text("已记入台账。")).to_be_visible()
    act(desk, "申请办结")
    submit(desk)
    expect(desk.get_by_text("待确认办结").first).to_be_visible()
    act(desk, "同意销号")
    submit(desk)
    expect(desk.get_by_text("✔ 已销号").first).to_be_visible()
    kinds = [event.kind for event in recorded(own)]
    assert kinds == [Kind.STARTED, Kind.REPORTED, Kind.CLAIMED, Kind.CLOSED]
    desk.keyboard.press("Escape")
    settle(desk)
    assert headline(desk).startswith("2 项：办结 1 项（50%），推进中 1 项")


def test_a_reason_that_is_missing_is_asked_for_and_nothing_is_recorded(
    desk: Page, own: Path
) -> None:
    open_measure(desk, BOOKS)
    act(desk, "暂停")
    submit(desk)
    expect(desk.get_by_text("请写明理由")).to_be_visible()
    assert len(recorded(own)) == 1
    desk.locator(".st-key-acts textarea").fill("等资金到位")
    submit(desk)
    expect(desk.get_by_text("⏸ 暂停").first).to_be_visible()


def test_what_is_typed_outlives_a_reload_until_it_is_recorded(desk: Page, own: Path) -> None:
    open_measure(desk, CONTEST)
    act(desk, "报送进展")
    desk.get_by_label("做法成效").fill("举办初赛，参加 120 人。")
    desk.reload()
    settle(desk)
    expect(desk.get_by_label("做法成效")).to_have_value("举办初赛，参加 120 人。")
    submit(desk)
    expect(desk.get_by_text("已记入台账。")).to_be_visible()
    assert "举办初赛，参加 120 人。" in recorded(own)[-1].body
    desk.reload()
    settle(desk)
    assert desk.locator(".st-key-acts textarea").count() == 0


def test_a_form_goes_out_is_filled_in_comes_back_and_is_shown(desk: Page, own: Path) -> None:
    with desk.expect_download() as download:
        desk.get_by_role("button", name="下载这个部门的表").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    (header,) = [row for row in sheet.iter_rows() if any(cell.value == "是否完成" for cell in row)]
    place_of = {str(cell.value): cell.column for cell in header}
    filled = header[0].row + 1
    sheet.cell(filled, place_of["是否完成"], "推进中")
    sheet.cell(filled, place_of["做法成效"], "已选定三个点位。")
    file = own.with_name("组宣部.xlsx")
    book.save(file)
    desk.locator("input[type=file]").set_input_files(file)
    expect(table(desk, "forms_preview")).to_be_visible(timeout=20_000)
    settle(desk)
    assert column(desk, "forms_preview", "new") == ["1"]
    desk.get_by_role("button", name="把 1 条新内容记入台账").click()
    settle(desk)
    expect(desk.get_by_text("已记入台账：1 条。")).to_be_visible()
    assert "已选定三个点位。" in recorded(own)[-1].body
    desk.locator("input[type=file]").set_input_files(file)
    expect(table(desk, "forms_preview")).to_be_visible(timeout=20_000)
    settle(desk)
    assert column(desk, "forms_preview", "unchanged") == ["1"]
    open_measure(desk, BOOKS)
    expect(desk.get_by_text("做法成效：已选定三个点位。")).to_be_visible()


def test_a_report_is_put_right_beside_what_it_said(desk: Page, own: Path) -> None:
    open_measure(desk, CONTEST)
    act(desk, "报送进展")
    desk.get_by_label("做法成效").fill("参加 120 人。")
    submit(desk)
    desk.get_by_role("button", name="更正").click()
    settle(desk)
    expect(desk.get_by_label("做法成效")).to_have_value("参加 120 人。")
    desk.get_by_label("做法成效").fill("参加 12 人。")
    submit(desk)
    expect(desk.get_by_text("已更正，原报如下")).to_be_visible()
    expect(desk.get_by_text("做法成效：参加 120 人。")).to_be_visible()
    expect(desk.get_by_text("做法成效：参加 12 人。")).to_be_visible()
    reported, corrected = recorded(own)[-2:]
    assert corrected.kind == Kind.CORRECTED
    assert (corrected.period, corrected.on_behalf) == (reported.period, "经济部")
    assert violations(desk) == []


def test_the_number_of_a_target_is_kept_reported_and_drawn(desk: Page, own: Path) -> None:
    open_measure(desk, BOOKS)
    act(desk, "报送进展")
    number = desk.get_by_label("完成值：职工书屋（目标 4 个）")
    number.click()
    desk.keyboard.type("-3e")
    expect(number).to_have_value("3")
    desk.reload()
    settle(desk)
    expect(number).to_have_value("3")
    submit(desk)
    expect(desk.get_by_text("职工书屋：3／4 个（75%）")).to_be_visible()
    assert '"values":{"职工书屋":3.0}' in recorded(own)[-1].body
    act(desk, "报送进展")
    expect(desk.get_by_label("完成值：职工书屋（目标 4 个，上次 3）")).to_have_value("")


def test_a_department_is_reminded_on_workdays_and_once_a_day(overdue: Path, visit: Visit) -> None:
    with serving(overdue) as address:
        page = visit(
            "progress", address=address, first=True, lang="zh", timezone_id="Asia/Shanghai"
        )
        if not workdays.is_workday(office_day()):
            expect(page.get_by_text("不是工作日，不催办")).to_be_visible()
            assert page.locator(".st-key-remind_text").count() == 0
            page.close()  # before its board ends
            return
        page.get_by_role("button", name="复制文字").click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        expect(page.locator(".st-key-remind_text")).to_contain_text("1. 建成职工书屋")
        page.get_by_role("button", name="已催办：组宣部").click()
        settle(page)
        expect(page.get_by_text("要催办的，今天都已催办。")).to_be_visible()
        assert recorded(overdue)[-1].kind == Kind.REMINDED
        assert recorded(overdue)[-1].on_behalf == "组宣部"
        assert violations(page) == []
        page.close()


def test_where_all_are_asked_a_report_is_written_for_one_of_them(
    overdue: Path, visit: Visit
) -> None:
    with serving(overdue) as address:
        page = visit("progress", address=address, first=True, lang="zh", measure=BOOKS)
        act(page, "报送进展")
        page.get_by_label("做法成效").fill("配合选址。")
        page.get_by_role("combobox", name="填报部门").click()
        page.get_by_role("option", name="办公室").click()
        settle(page)
        submit(page)
        expect(page.get_by_text("做法成效：配合选址。")).to_be_visible()
        assert recorded(overdue)[-1].on_behalf == "办公室"
        page.close()


def test_a_board_for_others_keeps_its_ledger_read_only(desk: Page, own: Path, visit: Visit) -> None:
    with serving(own, BOARD_WRITES="all") as for_others:
        page = visit("progress", address=for_others, first=True, lang="zh", measure=BOOKS)
        expect(page.get_by_text("台账只读").first).to_be_visible()
        assert page.locator(".st-key-acts").count() == 0
        page.close()  # before its board ends


def test_what_lost_its_row_is_named_and_given_to_the_row_as_it_is_now(
    desk: Page, own: Path
) -> None:
    open_measure(desk, BOOKS)
    desk.get_by_role("button", name="本期无新进展").click()
    expect(desk.get_by_text("已记入台账。")).to_be_visible()
    own.write_text(own.read_text("utf-8").replace(BOOKS, f"{YEAR}-7-7"), "utf-8")
    desk.goto(desk.url.split("?")[0] + "?lang=zh")
    settle(desk)
    unplaced = desk.locator("[data-testid=stExpander]", has_text="台账里有、表里没有：举措 1 项")
    unplaced.locator("summary").click()
    settle(desk)
    assert column(desk, "unplaced", "measure_id") == [BOOKS]
    choose(desk, "表里没有的编号", BOOKS)
    choose(desk, "现在是哪一项", f"{YEAR}-7-7 建成职工书屋")
    unplaced.get_by_role("button", name="改挂").click()
    expect(desk.get_by_text("已改挂")).to_be_visible()
    assert recorded(own)[-1].kind == Kind.RENAMED
    open_measure(desk, f"{YEAR}-7-7")
    expect(desk.get_by_text("无新进展").first).to_be_visible()
    expect(desk.get_by_text(f"编号 {BOOKS} 改为 {YEAR}-7-7")).to_be_visible()
