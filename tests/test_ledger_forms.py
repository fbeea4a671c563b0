"""Forms: what goes out, what comes back, and that nothing wrong is ever recorded of it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lib.apart import limits, pool, reader
from lib.apart.message import Source as Brought
from lib.errors import BoardError, describe
from lib.files import whole
from lib.i18n import LANGUAGES, translator
from lib.ledger import acts, forms
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Draft, Month, Report, Source, Stage, Started
from lib.ledger.forms import Verdict, answers
from lib.ledger.forms.stamp import Stamp, Stamped
from lib.ledger.names import Name
from lib.ledger.periods import Period
from tests import forms as made
from tests.examples import examples
from tests.forms import CAME_BACK, DEPARTMENT, HEADER, MADE, PERIOD, basis, changed, filled, read
from tests.ledgers import LIST, Office

GOOD: made.Answers = {
    "2026-1-1": {
        "是否完成": "推进中",
        "完成值1": "2",
        "做法成效": "建成两个书屋，\n正在验收",
        "存在问题": "无",
        "填报人": "王敏",
    },
    "2026-2-1": {"是否完成": "无新进展", "申请延期至": "", "审核人": "周亮"},
    "2026-2-2": {"是否完成": "申请办结", "做法成效": "已全部换届", "完成值1": "12"},
}
TAKEN = "2026-1-1 new; 2026-2-1 new; 2026-2-2 new"
EMPTY = "2026-1-1 empty; 2026-2-1 empty; 2026-2-2 empty"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return made.office_of(tmp_path)


def good_drafts(form: str) -> list[Draft]:
    """The events that come of GOOD, made by hand."""
    period = Period.of_code(PERIOD)

    def about(measure_id: str) -> About:
        day = date.fromisoformat(CAME_BACK)
        return About(LIST, measure_id, day, DEPARTMENT, Source.FORM, form)

    first = Report(
        Stage.UNDER_WAY,
        did="建成两个书屋，\n正在验收",
        problems="无",
        values={"职工书屋": 2.0},
        filled_by="王敏",
    )
    third = Report(Stage.UNDER_WAY, did="已全部换届", values={"换届单位": 12.0})
    return [
        acts.report(about("2026-1-1"), period, first),
        acts.report(about("2026-2-1"), period, Report(Stage.NO_NEWS, checked_by="周亮")),
        acts.report(about("2026-2-2"), period, third),
        acts.claim(about("2026-2-2"), period, date(2026, 3, 31), "已全部换届"),
    ]


# --- out ------------------------------------------------------------------------------------------


def test_each_department_that_leads_is_asked_for_what_is_asked_in_the_period(
    office: Office,
) -> None:
    office.close("2026-02-10", "2026-2-3")
    asked = forms.of_period(basis(office, MADE), LIST, PERIOD)
    rows = {form.stamp.department: [row.measure_id for row in form.rows] for form in asked}
    assert rows == {"组宣部": ["2026-1-1", "2026-2-1", "2026-2-2"], "经济部": ["2026-1-2"]}


def test_who_supports_is_asked_where_the_list_says_so(tmp_path: Path) -> None:
    rule = Started(Cadence.MONTH, 5, Month.NEXT, "2026-01", Asked.ALL)
    office = made.office_of(tmp_path, rule)
    form = forms.of_department(basis(office, MADE), LIST, PERIOD, DEPARTMENT)
    assert [(row.measure_id, row.texts["role"]) for row in form.rows] == [
        ("2026-1-1", "牵头"),
        ("2026-1-2", "配合"),
        ("2026-2-1", "牵头"),
        ("2026-2-2", "牵头"),
    ]


def test_a_list_that_is_started_anew_asks_as_it_was_started_last(tmp_path: Path) -> None:
    office = made.office_of(tmp_path)
    later = Started(Cadence.MONTH, 10, Month.NEXT, "2026-03", Asked.ALL)
    office.record("2026-02-20", acts.start(office.about("2026-02-20"), later))
    before = forms.of_department(basis(office, MADE), LIST, "2026-02", DEPARTMENT)
    after = forms.of_department(basis(office, MADE), LIST, "2026-03", DEPARTMENT)
    assert [len(before.rows), len(after.rows)] == [3, 4]
    assert [before.due, after.due] == [date(2026, 3, 5), date(2026, 4, 10)]


def test_what_names_no_department_has_a_form_of_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path, "1,2026,重点工作,一,一,无人负责的事,张慧,,6月底前")
    office.start()
    (form,) = forms.of_period(basis(office, MADE), LIST, PERIOD)
    assert (form.stamp.department, form.rows[0].texts["role"]) == ("无", "")
    data = filled(forms.write(form), {"1": {"是否完成": "推进中"}})
    (draft,) = read(office, ("a.xlsx", data)).drafts
    assert draft.on_behalf == ""


@pytest.mark.parametrize(
    ("list_name", "period", "department"),
    [
        ("别的清单", PERIOD, DEPARTMENT),
        (LIST, "2026-09", DEPARTMENT),
        (LIST, "2025-12", DEPARTMENT),
        (LIST, PERIOD, "没有这个部门"),
    ],
)
def test_a_form_for_which_nothing_is_asked_is_refused(
    office: Office, list_name: str, period: str, department: str
) -> None:
    with pytest.raises(BoardError, match="act_nothing_asked_for"):
        forms.of_department(basis(office, MADE), list_name, period, department)


def test_a_period_in_which_all_is_closed_asks_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path, "1,2026,重点工作,一,一,甲事,张慧,组宣部,6月底前")
    office.start()
    office.close("2026-02-10", "1")
    with pytest.raises(BoardError, match="act_nothing_asked_for"):
        forms.of_period(basis(office, MADE), LIST, PERIOD)


def cells(data: bytes) -> list[list[object]]:
    rows = made.sheets_of(data)
    return rows["进展报送表"]


def test_a_form_says_what_it_is_above_its_table_and_what_was_reported_before(
    office: Office,
) -> None:
    office.report("2026-02-03", "2026-1-1", "2026-01", did="建成一个", values={"职工书屋": 1})
    office.report("2026-02-03", "2026-2-1", "2026-01", Stage.NO_NEWS)
    office.report("2026-02-03", "2026-2-2", "2026-01", did="长" * 900)
    office.grant("2026-02-04", "2026-1-1", "2026-08-15")
    rows = cells(made.sent(office))
    assert rows[0][0] == ("2026 · 重点工作　进展报送表　组宣部　2026年3月　请于 2026年4月5日前报回")
    assert rows[3][:1] + rows[3][2:12] == [
        "2026-1-1",
        "建成职工书屋",
        "牵头",
        "张慧",
        "6月底前",
        "2026-08-15",
        "（2026年1月）建成一个 职工书屋 1",
        "",
        "职工书屋（目标 4 个）",
        "",
        "覆盖率（目标 80 %）",
    ]
    assert rows[4][7] == "（2026年1月）无新进展"
    assert rows[4][9] == "—"
    assert len(str(rows[5][7])) == 500


def test_a_quarter_is_named_as_an_office_names_it(tmp_path: Path) -> None:
    rule = Started(Cadence.QUARTER, 5, Month.NEXT, "2026-Q1", Asked.LEAD)
    office = made.office_of(tmp_path, rule)
    form = forms.of_department(basis(office, MADE), LIST, "2026-Q1", DEPARTMENT)
    assert "2026年第一季度　请于 2026年4月5日前报回" in form.title
    data = filled(forms.write(form), GOOD)
    assert made.outcome(read(office, ("a.xlsx", data), period="2026-Q1")) == TAKEN


def test_only_what_is_said_is_locked_and_no_password_is_needed(office: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made.sent(office)))
    sheet, hidden = book.worksheets
    headers = [cell.value for cell in sheet[HEADER]]
    open_columns = {
        header
        for header, cell in zip(headers, sheet[HEADER + 1], strict=True)
        if not cell.protection.locked
    }
    assert open_columns == {
        *("是否完成", "完成值1", "完成值2", "做法成效", "存在问题", "困难及需协调"),
        *("下一步打算", "申请延期至", "延期理由", "填报人", "审核人"),
    }
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.merged_cells.ranges
    assert {cell.number_format for cell in sheet[HEADER + 1]} == {"@"}
    assert all(cell.alignment.wrap_text for cell in sheet[HEADER + 1])
    assert hidden.sheet_state == "hidden"
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == "'选项'!$A$1:$A$4"
    assert sheet.column_dimensions["B"].hidden


def test_the_value_of_a_target_that_a_measure_has_not_is_locked(office: Office) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made.sent(office))).worksheets[0]
    column = made.column_of(sheet, "完成值2")
    locked = {
        sheet.cell(line, 1).value: sheet.cell(line, column).protection.locked
        for line in range(HEADER + 1, HEADER + 4)
    }
    assert locked == {"2026-1-1": False, "2026-2-1": True, "2026-2-2": True}


def test_the_same_ledger_and_day_give_the_same_bytes(office: Office) -> None:
    assert made.sent(office) == made.sent(office)


def test_all_forms_come_in_one_archive_under_names_that_every_system_takes(
    tmp_path: Path,
) -> None:
    rows = "".join(
        f"{number},2026,重点工作,一,一,事{number},张慧,{name},6月底前\n"
        for number, name in enumerate(["甲?科", "甲*科", "丙"])
    )
    office = Office(tmp_path, rows)
    office.start()
    asked = forms.of_period(basis(office, MADE), LIST, PERIOD)
    archive = forms.write_all(asked)
    assert zipfile.ZipFile(io.BytesIO(archive)).namelist() == [
        "甲_科 2026-03 进展报送表.xlsx",
        "甲_科 2026-03 进展报送表 (2).xlsx",
        "丙 2026-03 进展报送表.xlsx",
    ]
    preview = read(office, ("表.zip", archive))
    assert made.outcome(preview) == "0 empty; 1 empty; 2 empty"


# --- a form that is resaved is the same form ------------------------------------------------------

Change = Callable[[bytes], bytes]


def by_hand(change: Callable[[Worksheet, Workbook], object]) -> Change:
    return lambda data: changed(data, change)


def without_stamps(sheet: Worksheet, _: Workbook) -> None:
    sheet.delete_cols(2)


def without_hidden_sheet(_: Worksheet, book: Workbook) -> None:
    book.remove(book.worksheets[1])


def without_properties(_: Worksheet, book: Workbook) -> None:
    book.custom_doc_props.props.clear()


def without_ids(sheet: Worksheet, _: Workbook) -> None:
    for line in range(HEADER + 1, HEADER + 4):
        sheet.cell(line, 1).value = None


def titled(sheet: Worksheet, _: Workbook) -> None:
    sheet.insert_rows(1, 4)
    sheet["A1"] = "附件"
    sheet["C3"] = "市总工会办公室"


def reversed_rows(sheet: Worksheet, _: Workbook) -> None:
    body = [[cell.value for cell in sheet[line]] for line in range(HEADER + 1, HEADER + 4)]
    for line, texts in enumerate(reversed(body), HEADER + 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(line, column).value = text


def moved_columns(sheet: Worksheet, _: Workbook) -> None:
    for row in sheet.iter_rows(min_row=HEADER):
        texts = [cell.value for cell in row]
        for cell, text in zip(row, reversed(texts), strict=True):
            cell.value = text


def renamed(names: dict[str, str]) -> Change:
    def rename(sheet: Worksheet, _: Workbook) -> None:
        for cell in sheet[HEADER]:
            cell.value = names.get(str(cell.value), cell.value)

    return by_hand(rename)


def widened(sheet: Worksheet, _: Workbook) -> None:
    sheet.insert_cols(1)
    sheet.cell(HEADER, 1).value = "序号"


def merged_above(sheet: Worksheet, _: Workbook) -> None:
    sheet.merge_cells("A1:H1")


def unprotected(sheet: Worksheet, _: Workbook) -> None:
    sheet.protection.disable()


def filtered(sheet: Worksheet, _: Workbook) -> None:
    sheet.row_dimensions[HEADER + 2].hidden = True


def spaced(sheet: Worksheet, _: Workbook) -> None:
    sheet.insert_rows(HEADER + 2, 2)


def header_again(sheet: Worksheet, _: Workbook) -> None:
    sheet.insert_rows(HEADER + 2)
    for cell in sheet[HEADER]:
        sheet.cell(HEADER + 2, cell.column).value = cell.value


def shown_stamps(sheet: Worksheet, _: Workbook) -> None:
    sheet.column_dimensions["B"].hidden = False


def ids_as_dates(sheet: Worksheet, _: Workbook) -> None:
    sheet.delete_cols(2)
    for line in range(HEADER + 1, HEADER + 4):
        sheet.cell(line, 1).value = str(sheet.cell(line, 1).value).replace("-", "/")


def sheet_before(_: Worksheet, book: Workbook) -> None:
    book.create_sheet("填表说明", 0)["A1"] = "请各部门按时报送"


def numbers_typed(sheet: Worksheet, _: Workbook) -> None:
    for measure_id, number in {"2026-1-1": 2, "2026-2-2": 12.0}.items():
        cell = sheet.cell(made.line_of(sheet, measure_id), made.column_of(sheet, "完成值1"))
        cell.number_format = "General"
        cell.value = number


RESAVED: dict[str, Change] = {
    "as it was": lambda data: data,
    "without the hidden column": by_hand(without_stamps),
    "without the hidden sheet": by_hand(without_hidden_sheet),
    "without the document's property": by_hand(without_properties),
    "with nothing but the hidden column": lambda data: changed(
        changed(data, without_hidden_sheet), without_properties
    ),
    "with nothing but the hidden sheet": lambda data: changed(
        changed(data, without_stamps), without_properties
    ),
    "with nothing but the property": lambda data: changed(
        changed(data, without_stamps), without_hidden_sheet
    ),
    "its ids deleted": by_hand(without_ids),
    "its ids taken for dates": by_hand(ids_as_dates),
    "with a title above": by_hand(titled),
    "its title merged": by_hand(merged_above),
    "its columns in another order": by_hand(moved_columns),
    "a column before": by_hand(widened),
    "headers with synonyms": renamed(
        {
            "是否完成": "完成情况",
            "做法成效": "工作进展（500字以内）",
            "存在问题": "存在的问题",
            "下一步打算": "下一步工作计划",
            "填报人": "填表人",
            "审核人": "审 核 人",
            "编号": "任务编号",
        }
    ),
    "protection taken off": by_hand(unprotected),
    "a row hidden by a filter": by_hand(filtered),
    "blank rows between": by_hand(spaced),
    "the header printed again": by_hand(header_again),
    "the hidden column shown": by_hand(shown_stamps),
    "a sheet before it": by_hand(sheet_before),
    "numbers as numbers": by_hand(numbers_typed),
    "texts in the cells, dimension A1:A1": made.as_plain_xlsx,
    "the same without properties": lambda data: made.as_plain_xlsx(data, with_properties=False),
    "one sheet without properties": lambda data: made.as_plain_xlsx(
        data, with_properties=False, only=1
    ),
    ".ods": made.as_ods,
    ".ods without properties": lambda data: made.as_ods(data, with_properties=False),
    ".xls": made.as_xls,
    "CSV in UTF-8": made.as_csv,
    "CSV in GB18030": lambda data: made.as_csv(data, "gb18030"),
    "Unicode text with tabs": lambda data: made.as_csv(data, "utf-16", "\t"),
    "an archive": lambda data: made.zipped(
        {"报送/组宣部.xlsx": data, "__MACOSX/x": b"", "报送/": ""}
    ),
}


ENDINGS = {"CSV in UTF-8": "csv", "CSV in GB18030": "csv", "Unicode text with tabs": "txt"}


@pytest.mark.parametrize("resaved", RESAVED)
def test_a_form_that_is_resaved_is_the_same_form(office: Office, resaved: str) -> None:
    data = RESAVED[resaved](filled(made.sent(office), GOOD))
    preview = read(office, (f"组宣部.{ENDINGS.get(resaved, 'xlsx')}", data))
    assert made.outcome(preview) == TAKEN
    stamp = preview.files[0].stamp
    assert stamp
    assert preview.drafts == good_drafts(stamp.form)


def test_the_order_of_the_rows_says_nothing(office: Office) -> None:
    data = changed(filled(made.sent(office), GOOD), reversed_rows)
    preview = read(office, ("a.xlsx", data))
    assert made.outcome(preview) == "2026-2-2 new; 2026-2-1 new; 2026-1-1 new"
    assert sorted(map(made.said, preview.drafts)) == sorted(map(made.said, good_drafts("")))


def test_a_form_that_is_not_filled_in_reports_nothing(office: Office) -> None:
    preview = read(office, ("a.xlsx", made.sent(office)))
    assert made.outcome(preview) == EMPTY
    assert preview.drafts == []


def test_a_name_of_a_person_that_is_merged_downwards_holds_for_each_row(office: Office) -> None:
    def merge(sheet: Worksheet, _: Workbook) -> None:
        column = made.column_of(sheet, "填报人")
        sheet.merge_cells(None, HEADER + 1, column, HEADER + 3, column)

    preview = read(office, ("a.xlsx", changed(filled(made.sent(office), GOOD), merge)))
    names = {draft.body.filled_by for draft in preview.drafts if isinstance(draft.body, Report)}
    assert names == {"王敏"}


# --- what is written into a cell ------------------------------------------------------------------


def of_row(office: Office, **cells: object) -> forms.PreviewRow:
    """What comes of the first row with these cells."""
    data = filled(made.sent(office), {"2026-1-1": cells})
    return read(office, ("a.xlsx", data)).files[0].rows[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("未启动", "not_started"),
        ("尚未启动", "not_started"),
        ("推进中", "under_way"),
        (" 推进中。", "under_way"),
        ("正在推进", "under_way"),
        ("进行中", "under_way"),
        ("☑推进中", "under_way"),
        ("无新进展", "no_news"),
        ("没有新进展", "no_news"),
        ("申请办结", "claimed"),
        ("已完成", "claimed"),
        ("已办结", "claimed"),
        ("100%", "claimed"),
        ("１００％", "claimed"),
        (1, "?"),
        ("1", "?"),
        (2, "?"),
        ("２", "?"),
        ("是", "?"),
        ("否", "?"),
        ("未完成", "?"),
        ("基本完成", "?"),
        ("90%", "?"),
        (0.9, "?"),
        ("未启动/推进中", "?"),
        ("已销号", "?"),
        ("同上", "?"),
    ],
    ids=repr,
)
def test_a_choice_is_taken_where_it_is_sure_and_asked_where_it_is_not(
    office: Office, written: object, meant: str
) -> None:
    row = of_row(office, 是否完成=written)
    if meant == "?":
        assert [problem.code for problem in row.problems] == ["form_stage_unread"]
        assert (row.verdict, row.drafts) == (Verdict.QUESTION, ())
        return
    (draft,) = row.drafts
    stage = draft.body.stage if isinstance(draft.body, Report) else draft.kind
    assert str(stage) == meant


def test_a_percentage_as_a_number_is_what_its_reader_sees(office: Office) -> None:
    def percent(sheet: Worksheet, _: Workbook) -> None:
        for header in ("是否完成", "完成值2"):
            cell = sheet.cell(HEADER + 1, made.column_of(sheet, header))
            cell.number_format = "0%"
            cell.value = 1

    preview = read(office, ("a.xlsx", changed(made.sent(office), percent)))
    report, claim = preview.drafts
    assert isinstance(report.body, Report)
    assert (report.body.values, claim.kind) == ({"覆盖率": 100.0}, "claimed")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3", 3.0),
        (3, 3.0),
        (3.5, 3.5),
        ("３", 3.0),
        ("3个", 3.0),
        ("3 个", 3.0),
        ("1,200", 1200.0),
        ("1，200", 1200.0),
        ("0", 0.0),
        ("6", 6.0),
        ("约3个", None),
        ("3家", None),
        ("75%", None),
        ("三个", None),
        ("-1", None),
        ("3/4", None),
        ("1,20", None),
        ("已完成", None),
        ("3、4", None),
    ],
    ids=repr,
)
def test_a_value_is_a_number_with_its_unit_or_without(
    office: Office, written: object, meant: float | None
) -> None:
    row = of_row(office, 是否完成="推进中", 完成值1=written)
    if meant is None:
        assert [problem.code for problem in row.problems] == ["form_value_unread"]
        assert row.drafts == ()
        return
    (draft,) = row.drafts
    assert isinstance(draft.body, Report)
    assert draft.body.values == {"职工书屋": meant}


@pytest.mark.parametrize("nothing", ["—", "-", "无", "/"])
def test_a_value_that_says_nothing_is_none(office: Office, nothing: str) -> None:
    (draft,) = of_row(office, 是否完成="推进中", 完成值1=nothing, 申请延期至=nothing).drafts
    assert draft.body == Report(Stage.UNDER_WAY)


@pytest.mark.parametrize(
    "written",
    [
        "2026-08-31",
        "2026年8月31日",
        "2026/8/31",
        "2026.8.31",
        "8月31日",
        "8月底",
        "２０２６年８月３１日前",
        "46265",
        46265,
        date(2026, 8, 31),
        datetime(2026, 8, 31, 0, 0),
    ],
    ids=repr,
)
def test_a_day_is_read_in_any_writing(office: Office, written: object) -> None:
    row = of_row(office, 是否完成="推进中", 申请延期至=written, 延期理由="雨季停工")
    assert [draft.kind for draft in row.drafts] == ["reported", "extension_asked"]
    assert row.drafts[1].body.until == "2026-08-31"  # type: ignore[attr-defined]
    assert row.drafts[1].body.text == "雨季停工"  # type: ignore[attr-defined]


def test_a_day_that_shows_no_year_has_that_of_its_cell(office: Office) -> None:
    def type_day(sheet: Worksheet, _: Workbook) -> None:
        cell = sheet.cell(HEADER + 1, made.column_of(sheet, "申请延期至"))
        cell.value = date(2027, 2, 10)
        cell.number_format = 'm"月"d"日"'

    answers_given = {"2026-1-1": {"是否完成": "推进中", "延期理由": "雨季"}}
    data = changed(filled(made.sent(office), answers_given), type_day)
    drafts = read(office, ("a.xlsx", data)).drafts
    assert drafts[1].body.until == "2027-02-10"  # type: ignore[attr-defined]


# Cells of the row of 2026-1-1, and what is asked about them
ASKED: list[tuple[dict[str, object], str]] = [
    ({"做法成效": "干了很多"}, "form_stage_missing"),
    ({"完成值1": "3"}, "form_stage_missing"),
    ({"存在问题": "缺人"}, "form_stage_missing"),
    ({"是否完成": "推进中", "做法成效": "字" * 10_001}, "form_text_too_long"),
    ({"是否完成": "推进中", "做法成效": "#REF!"}, "form_cell_error"),
    ({"是否完成": "推进中", "做法成效": "Err:502"}, "form_cell_error"),
    ({"是否完成": "推进中", "申请延期至": "2026-08-31"}, "form_why_missing"),
    ({"是否完成": "推进中", "延期理由": "雨季"}, "form_until_missing"),
    ({"是否完成": "推进中", "申请延期至": "下周", "延期理由": "雨"}, "form_until_unread"),
    ({"是否完成": "推进中", "申请延期至": "长期", "延期理由": "雨"}, "form_until_unread"),
    ({"是否完成": "推进中", "申请延期至": "7—8月", "延期理由": "雨"}, "form_until_unread"),
    ({"是否完成": "推进中", "申请延期至": "6月30日", "延期理由": "雨"}, "form_until_not_later"),
    ({"是否完成": "推进中", "申请延期至": "5月", "延期理由": "雨"}, "form_until_not_later"),
    ({"是否完成": "申请办结", "申请延期至": "8月", "延期理由": "雨"}, "form_done_and_extended"),
    ({"是否完成": "推进中", "举措": "建成别的"}, "form_title_changed"),
    ({"是否完成": "推进中", "现定时限": "2026-09-30"}, "form_due_changed"),
    ({"是否完成": "推进中", "编号": "2026-2-2"}, "form_id_differs"),
    ({"是否完成": "推进中", "编号": "2026-9-9"}, "form_id_differs"),
    ({"是否完成": "推进中", "目标1": "别的目标", "完成值1": "3"}, "form_value_without_target"),
    ({"是否完成": "推进中", "目标1": "", "完成值1": "3"}, "form_value_without_target"),
]


@pytest.mark.parametrize(("cells", "code"), ASKED, ids=repr)
def test_what_is_in_doubt_is_asked_in_a_sentence_and_not_recorded(
    office: Office, cells: dict[str, object], code: str
) -> None:
    data = filled(made.sent(office), {"2026-1-1": cells})
    preview = read(office, ("a.xlsx", data))
    row = preview.files[0].rows[0]
    assert [problem.code for problem in row.problems] == [code]
    assert row.verdict is Verdict.QUESTION
    assert preview.drafts == []
    (problem,) = row.problems
    for language in LANGUAGES:
        assert str(HEADER + 1) in describe(problem, translator(language))


def test_a_locked_cell_that_a_program_shows_otherwise_is_the_same(office: Office) -> None:
    shown = {"是否完成": "推进中", "现定时限": date(2026, 6, 30), "举措": "建成 职工书屋"}
    assert of_row(office, **shown).verdict is Verdict.NEW


def test_a_value_for_a_measure_without_targets_is_asked(office: Office) -> None:
    answers_given = {"2026-2-1": {"是否完成": "推进中", "完成值1": "3"}}
    data = filled(made.sent(office), answers_given)
    assert "2026-2-1 question form_value_without_target" in made.outcome(
        read(office, ("a.xlsx", data))
    )


def test_the_only_target_of_a_measure_may_have_lost_its_name(office: Office) -> None:
    answers_given = {"2026-2-2": {"是否完成": "推进中", "目标1": "", "完成值1": "9"}}
    (draft,) = read(office, ("a.xlsx", filled(made.sent(office), answers_given))).drafts
    assert draft.body == Report(Stage.UNDER_WAY, values={"换届单位": 9.0})


def test_a_measure_without_a_due_day_needs_no_extension(office: Office) -> None:
    answers_given = {"2026-2-1": {"是否完成": "推进中", "申请延期至": "8月", "延期理由": "雨季"}}
    data = filled(made.sent(office), answers_given)
    assert "2026-2-1 question form_nothing_to_extend" in made.outcome(
        read(office, ("a.xlsx", data))
    )


def test_long_texts_and_a_picture_do_no_harm(office: Office) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        sheet.cell(HEADER + 1, 30).hyperlink = "https://example.org"
        sheet.cell(HEADER + 1, 30).value = None

    text = "成效" * 373  # 746 characters
    data = changed(
        filled(made.sent(office), {"2026-1-1": {"是否完成": "推进中", "做法成效": text}}), draw
    )
    with_picture = io.BytesIO(data)
    with zipfile.ZipFile(with_picture, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG" + bytes(9_000))
    (draft,) = read(office, ("a.xlsx", with_picture.getvalue())).drafts
    assert isinstance(draft.body, Report)
    assert draft.body.did == text


# --- rows and files that are not as they were sent ------------------------------------------------


def remove_row(sheet: Worksheet, _: Workbook) -> None:
    sheet.delete_rows(HEADER + 2)


def add_row(*texts: str) -> Change:
    def add(sheet: Worksheet, _: Workbook) -> None:
        headers = [cell.value for cell in sheet[HEADER]]
        for header, text in zip(("编号", "举措", "是否完成", "做法成效"), texts, strict=True):
            sheet.cell(HEADER + 4, headers.index(header) + 1).value = text

    return by_hand(add)


def copy_row(source: int, target: int, **cells: str) -> Change:
    def copy(sheet: Worksheet, _: Workbook) -> None:
        for cell in sheet[source]:
            sheet.cell(target, cell.column).value = cell.value
        for header, text in cells.items():
            sheet.cell(target, made.column_of(sheet, header)).value = text

    return by_hand(copy)


def without_all_marks(sheet: Worksheet, book: Workbook) -> None:
    without_hidden_sheet(sheet, book)
    without_properties(sheet, book)
    without_stamps(sheet, book)


def without_ids_and_stamps(sheet: Worksheet, book: Workbook) -> None:
    without_ids(sheet, book)
    without_stamps(sheet, book)


def sorted_in_part(sheet: Worksheet, _: Workbook) -> None:
    first, last = sheet.cell(HEADER + 1, 1), sheet.cell(HEADER + 3, 1)
    first.value, last.value = last.value, first.value


def retitled(text: str) -> Change:
    def retitle(sheet: Worksheet, _: Workbook) -> None:
        sheet["A1"] = text

    return by_hand(retitle)


def extra_column(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER, 30).value = "备注"
    sheet.cell(HEADER + 1, 30).value = "另附照片"


def extra_texts(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER + 1, 30).value = "写在外面"


def doubled_column(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER, 30).value = "做法成效"


def doubled_title(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER, 30).value = "举措"


def merged_texts(sheet: Worksheet, _: Workbook) -> None:
    column = made.column_of(sheet, "做法成效")
    sheet.merge_cells(None, HEADER + 1, column, HEADER + 2, column)


def struck_text(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER + 1, made.column_of(sheet, "做法成效")).font = Font(strike=True)


def concealed(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER + 1, made.column_of(sheet, "做法成效")).number_format = ";;;"


def formula(sheet: Worksheet, _: Workbook) -> None:
    sheet.cell(HEADER + 1, made.column_of(sheet, "完成值1")).value = "=1+1"


def another_property(_: Worksheet, book: Workbook) -> None:
    other = Stamp(LIST, PERIOD, "经济部", 1, "0" * 8).written()
    book.custom_doc_props.props[0].value = other
    del book.custom_doc_props.props[1:]


def another_row(sheet: Worksheet, _: Workbook) -> None:
    other = Stamp(LIST, "2026-02", DEPARTMENT, 1, "0" * 8)
    sheet.cell(HEADER + 1, 2).value = other.written("2026-1-1")


def another_row_alone(sheet: Worksheet, book: Workbook) -> None:
    another_row(sheet, book)
    without_hidden_sheet(sheet, book)
    without_properties(sheet, book)


def stamped_with(**fields: object) -> Change:
    """A form of another list, period, department or ledger."""

    def stamp_anew(sheet: Worksheet, book: Workbook) -> None:
        without_hidden_sheet(sheet, book)
        without_properties(sheet, book)
        for line in range(HEADER + 1, HEADER + 4):
            found = Stamped.read(str(sheet.cell(line, 2).value))
            assert found
            values = {name: getattr(found.stamp, name) for name in Stamp.__struct_fields__}
            other = Stamp(**{**values, **fields})
            sheet.cell(line, 2).value = other.written(found.measure_id)

    return by_hand(stamp_anew)


def without_header(sheet: Worksheet, _: Workbook) -> None:
    sheet.delete_rows(HEADER)


QUESTIONS = "2026-1-1 question; 2026-2-1 question; 2026-2-2 question"
REST = "2026-2-1 new; 2026-2-2 new"
TRAPS: dict[str, tuple[Change, str]] = {
    "a row deleted": (
        by_hand(remove_row),
        "file form_file_rows_missing; 2026-1-1 new; 2026-2-2 new",
    ),
    "a row added": (
        add_row("", "新增一项", "推进中", "自己加的"),
        f"{TAKEN}; ? question form_row_added",
    ),
    "a note below": (
        add_row("填报单位（盖章）：", "", "", ""),
        f"{TAKEN}; 填报单位（盖章）： question form_measure_unknown",
    ),
    "a row of no known number": (
        add_row("2026-9-9", "没有的", "推进中", ""),
        f"{TAKEN}; 2026-9-9 question form_measure_unknown",
    ),
    "a row of another department": (
        add_row("2026-1-2", "开展技能竞赛", "推进中", ""),
        f"{TAKEN}; 2026-1-2 question form_row_not_asked",
    ),
    "a row twice alike": (copy_row(HEADER + 1, HEADER + 4), f"{TAKEN}; 2026-1-1 unchanged"),
    "a row twice, otherwise": (
        copy_row(HEADER + 1, HEADER + 4, 做法成效="别的"),
        f"2026-1-1 question form_versions_differ; {REST}; 2026-1-1 question form_versions_differ",
    ),
    "no mark left": (
        by_hand(without_all_marks),
        "file form_file_unknown; ? question; ? question; ? question",
    ),
    "no ids left": (
        by_hand(without_ids_and_stamps),
        "file form_file_rows_missing" + 3 * "; ? question form_id_missing",
    ),
    "ids sorted without the rest": (
        by_hand(sorted_in_part),
        "2026-1-1 question form_id_differs; 2026-2-1 new; 2026-2-2 question form_id_differs",
    ),
    "last month's form with a new title": (
        retitled("2026 · 重点工作　进展报送表　组宣部　2026年4月　请于 2026年5月5日前报回"),
        f"file form_file_title_differs; {QUESTIONS}",
    ),
    "a new title with the old day": (
        retitled("进展报送表 组宣部 2026年2月 请于2026年3月25日前报回"),
        f"file form_file_title_differs; {QUESTIONS}",
    ),
    "another department's title": (
        retitled("2026 · 重点工作　进展报送表　经济部　2026年3月"),
        f"file form_file_title_differs; {QUESTIONS}",
    ),
    "its title otherwise": (retitled("三月份报表"), TAKEN),
    "a column added": (by_hand(extra_column), f"file form_file_column_unknown; {TAKEN}"),
    "texts beside the table": (by_hand(extra_texts), f"file form_file_column_unknown; {TAKEN}"),
    "a column renamed to what nobody knows": (
        renamed({"做法成效": "亮点"}),
        f"file form_file_column_missing; file form_file_column_unknown; {QUESTIONS}",
    ),
    "the choice renamed to what nobody knows": (
        renamed({"是否完成": "打勾"}),
        "file form_file_column_missing; file form_file_column_unknown; "
        "2026-1-1 question; 2026-2-1 empty; 2026-2-2 question",
    ),
    "a column twice": (by_hand(doubled_column), f"file form_file_column_twice; {QUESTIONS}"),
    "a said column twice": (by_hand(doubled_title), TAKEN),
    "texts merged downwards": (
        by_hand(merged_texts),
        "2026-1-1 question form_cell_merged; 2026-2-1 question form_cell_merged; 2026-2-2 new",
    ),
    "struck-out text": (by_hand(struck_text), f"2026-1-1 question form_cell_struck; {REST}"),
    "text that is not shown": (by_hand(concealed), f"file sheet_concealed; {QUESTIONS}"),
    "a formula that was never worked out": (
        by_hand(formula),
        f"file sheet_unknown_values; {QUESTIONS}",
    ),
    "a property that says otherwise": (
        by_hand(another_property),
        "file form_file_disagrees; ? question; ? question; ? question",
    ),
    "a row of last month's form": (
        by_hand(another_row),
        f"2026-1-1 question form_row_other_form; {REST}",
    ),
    "rows of two forms": (
        by_hand(another_row_alone),
        "file form_file_disagrees; ? question; ? question; ? question",
    ),
    "a form of another list": (
        stamped_with(list="别的清单"),
        f"file form_file_other_list; {QUESTIONS}",
    ),
    "a form of another period": (
        stamped_with(period="2026-02"),
        f"file form_file_other_period; {QUESTIONS}",
    ),
    "a form of a department that is not asked": (
        stamped_with(department="财务部"),
        f"file form_file_other_department; {QUESTIONS}",
    ),
    "a form of another ledger": (
        stamped_with(hash="12345678"),
        f"file form_file_other_ledger; {QUESTIONS}",
    ),
    "a form of a ledger that is longer": (
        stamped_with(seq=99),
        f"file form_file_other_ledger; {QUESTIONS}",
    ),
    "a table of another kind": (by_hand(without_header), "file form_file_not_one"),
    "an empty file": (lambda _: b"", "file empty"),
    "a picture": (lambda _: b"\x89PNG" + bytes(99), "file not_a_table"),
    "a broken workbook": (lambda data: data[:3000], "file broken_workbook"),
    "an archive in an archive": (
        lambda data: made.zipped({"内.zip": made.zipped({"组宣部.xlsx": data})}),
        "file broken_workbook",
    ),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_what_is_not_as_it_was_sent_is_said_and_nothing_wrong_is_recorded(
    office: Office, trap: str
) -> None:
    change, expected = TRAPS[trap]
    preview = read(office, ("组宣部.xlsx", change(filled(made.sent(office), GOOD))))
    assert made.outcome(preview) == expected
    good = {made.said(draft) for draft in good_drafts("")}
    assert {made.said(draft) for draft in preview.drafts} <= good
    for file in preview.files:
        for problem in (*file.problems, *(found for row in file.rows for found in row.problems)):
            for language in LANGUAGES:
                assert describe(problem, translator(language))


def test_each_word_that_is_not_a_mark_of_ours_is_none() -> None:
    stamp = Stamp(LIST, PERIOD, DEPARTMENT, 7, "0" * 8)
    written = stamp.written("2026-1-1")
    assert Stamped.read(f" {written}\n") == Stamped(stamp, "2026-1-1")
    changed_in_one_place = written[:9] + ("A" if written[9] != "A" else "B") + written[10:]
    for text in ("", "F1.", written[:-1], written + "2", changed_in_one_place, "F1.AAA.00000000."):
        assert Stamped.read(text) is None


# --- beside what the ledger says ------------------------------------------------------------------


def test_a_file_that_is_dropped_again_changes_nothing(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    office.record(CAME_BACK, *read(office, ("a.xlsx", data)).drafts)
    again = read(office, ("a.xlsx", data))
    assert made.outcome(again) == "2026-1-1 unchanged; 2026-2-1 unchanged; 2026-2-2 unchanged"
    assert again.drafts == []


def test_drafts_that_are_confirmed_twice_are_recorded_once(office: Office) -> None:
    drafts = read(office, ("a.xlsx", filled(made.sent(office), GOOD))).drafts
    office.record(CAME_BACK, *drafts)
    office.record(CAME_BACK, *drafts)
    assert office.ledger.head()[0] == 1 + len(drafts)


def test_an_extension_that_was_granted_since_is_not_asked_for_again(office: Office) -> None:
    asks = {"2026-1-1": {"是否完成": "推进中", "申请延期至": "8月底", "延期理由": "雨季"}}
    data = filled(made.sent(office), asks)
    office.record(CAME_BACK, *read(office, ("a.xlsx", data)).drafts)
    office.grant(CAME_BACK, "2026-1-1", "2026-08-31")
    assert "2026-1-1 unchanged" in made.outcome(read(office, ("a.xlsx", data)))


def test_what_the_office_has_recorded_in_the_same_words_is_not_recorded_again(
    office: Office,
) -> None:
    office.report("2026-03-25", "2026-2-1", PERIOD, Stage.NO_NEWS)
    data = filled(made.sent(office), {"2026-2-1": {"是否完成": "无新进展"}})
    assert "2026-2-1 unchanged" in made.outcome(read(office, ("a.xlsx", data)))


def test_what_was_recorded_since_the_form_was_made_is_a_conflict(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    office.report("2026-03-25", "2026-1-1", PERIOD, did="电话里说的")
    preview = read(office, ("a.xlsx", data))
    assert made.outcome(preview) == f"2026-1-1 conflict; {REST}"
    conflict = preview.files[0].rows[0]
    assert [event.kind for event in conflict.recorded] == ["reported"]
    assert [draft.measure_id for draft in preview.drafts] == ["2026-2-1", "2026-2-2", "2026-2-2"]
    office.record(CAME_BACK, *conflict.drafts)
    assert "2026-1-1 unchanged" in made.outcome(read(office, ("a.xlsx", data)))


def test_a_first_version_after_a_second_one_is_a_conflict_that_can_be_taken(
    office: Office,
) -> None:
    first = filled(made.sent(office), {"2026-1-1": {"是否完成": "推进中", "做法成效": "甲"}})
    second = filled(made.sent(office), {"2026-1-1": {"是否完成": "推进中", "做法成效": "乙"}})
    office.record("2026-04-01", *read(office, ("a.xlsx", first)).drafts)
    office.record("2026-04-01", *read(office, ("a.xlsx", second)).files[0].rows[0].drafts)
    again = read(office, ("a.xlsx", first)).files[0].rows[0]
    assert again.verdict is Verdict.CONFLICT
    office.record("2026-04-02", *again.drafts)
    texts = [event.body for event in office.ledger.of_measure(Name(LIST, "2026-1-1"))]
    assert [text.split('"')[3] for text in texts] == ["甲", "乙", "甲"]


def test_a_reminder_is_no_conflict(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    about = office.about("2026-04-01", "2026-1-1", on_behalf=DEPARTMENT)
    office.record("2026-04-01", acts.remind(about, "请报送"))
    assert made.outcome(read(office, ("a.xlsx", data))) == TAKEN


def test_a_form_that_is_made_anew_after_a_return_says_it_again(office: Office) -> None:
    claims = {"2026-1-1": {"是否完成": "申请办结"}}
    data = filled(made.sent(office), claims)
    (claim,) = read(office, ("a.xlsx", data)).drafts
    office.record("2026-03-10", claim)
    office.record("2026-03-12", acts.give_back(office.about("2026-03-12", "2026-1-1"), "材料不全"))
    anew = filled(made.sent(office), claims)
    (again,) = read(office, ("a.xlsx", anew)).drafts
    assert (again.kind, again.after) == ("claimed", office.ledger.head()[0])
    assert "2026-1-1 unchanged" in made.outcome(read(office, ("a.xlsx", data)))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("closed", "form_measure_closed"),
        ("paused", "form_measure_paused"),
        ("cancelled", "form_measure_cancelled"),
        ("claimed", "form_measure_claimed"),
    ],
)
def test_a_measure_that_is_not_open_any_more_is_asked(
    office: Office, state: str, code: str
) -> None:
    data = filled(made.sent(office), {"2026-1-1": {"是否完成": "申请办结"}})
    about = office.about("2026-03-25", "2026-1-1")
    day = date(2026, 3, 25)
    drafts = {
        "closed": acts.close(about, day),
        "paused": acts.pause(about, "等资金"),
        "cancelled": acts.cancel(about, "合并"),
        "claimed": acts.claim(about, Period.of_code(PERIOD), day, "办公室代填"),
    }
    office.record("2026-03-25", drafts[state])
    preview = read(office, ("a.xlsx", data))
    assert preview.files[0].rows[0].problems[0].code == code
    assert preview.drafts == []


# --- several files --------------------------------------------------------------------------------


def test_two_versions_of_one_form_are_asked_where_they_differ(office: Office) -> None:
    other = {**GOOD, "2026-1-1": {"是否完成": "推进中", "做法成效": "另一版"}}
    first = filled(made.sent(office), GOOD)
    second = filled(made.sent(office), other)
    preview = read(office, ("组宣部.xlsx", first), ("组宣部（改）.xlsx", second))
    assert made.outcome(preview) == (
        f"2026-1-1 question form_versions_differ; {REST}; "
        "2026-1-1 question form_versions_differ; 2026-2-1 unchanged; 2026-2-2 unchanged"
    )
    problem = preview.files[0].rows[0].problems[0]
    assert problem.value == "组宣部（改）.xlsx 4"


def test_a_version_in_doubt_leaves_the_other_one_in_doubt(office: Office) -> None:
    first = filled(made.sent(office), {"2026-1-1": {"是否完成": "推进中"}})
    second = filled(made.sent(office), {"2026-1-1": {"是否完成": "基本完成"}})
    preview = read(office, ("a.xlsx", first), ("b.xlsx", second))
    assert preview.drafts == []


def test_a_version_that_is_empty_takes_nothing_from_the_other_one(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    preview = read(office, ("a.xlsx", made.sent(office)), ("b.xlsx", data))
    assert made.outcome(preview) == f"{EMPTY}; {TAKEN}"


@pytest.fixture
def all_asked(tmp_path: Path) -> Office:
    return made.office_of(tmp_path, Started(Cadence.MONTH, 5, Month.NEXT, "2026-01", Asked.ALL))


def test_two_departments_report_on_one_measure_without_a_conflict(all_asked: Office) -> None:
    lead = filled(made.sent(all_asked), {"2026-1-1": {"是否完成": "推进中", "做法成效": "甲"}})
    support = filled(
        made.sent(all_asked, "办公室"), {"2026-1-1": {"是否完成": "推进中", "做法成效": "乙"}}
    )
    all_asked.record(CAME_BACK, *read(all_asked, ("a.xlsx", lead)).drafts)
    assert made.outcome(read(all_asked, ("b.xlsx", support))) == "2026-1-1 new"


def test_two_departments_that_both_say_that_it_is_done_are_asked(all_asked: Office) -> None:
    claims = {"2026-1-1": {"是否完成": "申请办结"}}
    lead = filled(made.sent(all_asked), claims)
    support = filled(made.sent(all_asked, "办公室"), claims)
    preview = read(all_asked, ("a.xlsx", lead), ("b.xlsx", support))
    assert made.outcome(preview).endswith("; 2026-1-1 question form_measure_claimed")
    all_asked.record(CAME_BACK, *preview.drafts)


def test_a_form_under_the_name_of_another_department_is_asked(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    expected = f"file form_file_other_name; {QUESTIONS}"
    assert made.outcome(read(office, ("经济部2026-03.xlsx", data))) == expected
    assert made.outcome(read(office, ("报经济部 组宣部.xlsx", data))) == TAKEN


def test_forms_on_several_sheets_of_one_workbook_are_several_forms(office: Office) -> None:
    def add(_: Worksheet, book: Workbook) -> None:
        other = filled(made.sent(office, "经济部"), {"2026-1-2": {"是否完成": "推进中"}})
        sheet = book.create_sheet("经济部")
        for cells_of_row in cells(other):
            sheet.append(cells_of_row)

    data = changed(filled(made.sent(office), GOOD), add)
    assert made.outcome(read(office, ("汇总.xlsx", data))) == f"{TAKEN}; 2026-1-2 new"


def test_a_form_that_is_not_read_is_counted_as_nothing(office: Office) -> None:
    preview = read(office, ("a.xlsx", b"\x89PNG"), ("b.xlsx", filled(made.sent(office), GOOD)))
    assert [preview.count(verdict) for verdict in Verdict] == [3, 0, 0, 0, 0]
    assert [file.is_taken for file in preview.files] == [False, True]
    assert [file.has_questions for file in preview.files] == [False, False]


# --- given back -----------------------------------------------------------------------------------


def corrected(preview: forms.Preview, office: Office) -> list[list[object]]:
    return cells(forms.write_corrections(preview.files[0], basis(office, CAME_BACK)))


def test_what_is_to_be_corrected_stands_beside_its_row(office: Office) -> None:
    answers_given = {**GOOD, "2026-1-1": {"是否完成": "基本完成", "做法成效": "成效"}}
    data = add_row("", "新增一项", "推进中", "自己加的")(filled(made.sent(office), answers_given))
    preview = read(office, ("a.xlsx", data))
    rows = corrected(preview, office)
    headers = rows[HEADER - 1]
    note, did = headers.index("需要核对"), headers.index("做法成效")
    assert rows[3][note] == (
        "第 4 行「是否完成」写的是“基本完成”；请选 未启动、推进中、无新进展 或 申请办结"
    )
    assert [row[did] for row in rows[3:]] == ["成效", "", "已全部换届", "自己加的"]
    assert [bool(row[note]) for row in rows[3:]] == [True, False, False, True]


def test_what_is_to_be_corrected_in_the_whole_form_stands_above_it(office: Office) -> None:
    data = changed(filled(made.sent(office), GOOD), remove_row)
    rows = corrected(read(office, ("a.xlsx", data)), office)
    assert rows[1][0] == "表里没有这些举措：2026-2-1；不会当作已报送，请补报"
    assert [row[0] for row in rows[3:]] == ["2026-1-1", "2026-2-1", "2026-2-2"]


def test_a_form_that_was_corrected_is_the_same_form(office: Office) -> None:
    answers_given = {**GOOD, "2026-1-1": {"是否完成": "基本完成"}}
    preview = read(office, ("a.xlsx", filled(made.sent(office), answers_given)))
    office.record(CAME_BACK, *preview.drafts)
    back = forms.write_corrections(preview.files[0], basis(office, CAME_BACK))
    again = read(office, ("a.xlsx", filled(back, {"2026-1-1": {"是否完成": "推进中"}})))
    assert made.outcome(again) == "2026-1-1 new; 2026-2-1 unchanged; 2026-2-2 unchanged"


def test_a_row_twice_stands_twice_in_what_goes_back(office: Office) -> None:
    data = copy_row(HEADER + 1, HEADER + 4, 做法成效="别的")(filled(made.sent(office), GOOD))
    rows = corrected(read(office, ("a.xlsx", data)), office)
    assert [row[0] for row in rows[3:]] == ["2026-1-1", "2026-2-1", "2026-2-2", "2026-1-1"]


def test_a_form_that_nobody_knows_is_not_written_back(office: Office) -> None:
    data = changed(filled(made.sent(office), GOOD), without_all_marks)
    preview = read(office, ("a.xlsx", data))
    with pytest.raises(BoardError, match="act_form_unknown"):
        forms.write_corrections(preview.files[0], basis(office, CAME_BACK))


# --- any answers ----------------------------------------------------------------------------------

TEXTS = st.text(max_size=60).filter(lambda text: text == answers.tidy(text)) | st.sampled_from(
    ["", "", "=1+1", "'甲", "_x0041_", "一\n二", '<&>"', "2026-1-1", "100%", "  甲", "-3"]
).map(answers.tidy)
ROW = st.fixed_dictionaries(
    {
        "是否完成": st.sampled_from(["未启动", "推进中", "无新进展", "申请办结"]),
        "做法成效": TEXTS,
        "存在问题": TEXTS,
        "困难及需协调": TEXTS,
        "下一步打算": TEXTS,
        "填报人": TEXTS,
        "审核人": TEXTS,
        "完成值1": st.none() | st.floats(0, 1e9).map(lambda number: round(number, 2)),
    }
)
FIELD = {header: name for name, header in forms.ANSWERS.items()}


@pytest.fixture(scope="module")
def any_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return made.office_of(tmp_path_factory.mktemp("any"))


def expected(cells_given: dict[str, object]) -> Report:
    number = cells_given["完成值1"]
    texts = {
        FIELD[header]: str(text)
        for header, text in cells_given.items()
        if header not in ("是否完成", "完成值1")
    }
    stages = {"未启动": Stage.NOT_STARTED, "无新进展": Stage.NO_NEWS}
    stage = stages.get(str(cells_given["是否完成"]), Stage.UNDER_WAY)
    return Report(stage, values={} if number is None else {"职工书屋": float(str(number))}, **texts)


@pytest.mark.no_cover
@examples(gate=20)
@given(cells_given=ROW)
def test_any_answers_come_back_as_they_were_written(
    any_office: Office, cells_given: dict[str, object]
) -> None:
    form = forms.of_department(basis(any_office, MADE), LIST, PERIOD, DEPARTMENT)
    number = cells_given["完成值1"]
    given_answers = {
        **{FIELD[header]: str(text) for header, text in cells_given.items() if header in FIELD},
        "value 1": "" if number is None else f"{number}",
    }
    data = forms.write(form, forms.Filled({"2026-1-1": given_answers}))
    drafts = read(any_office, ("a.xlsx", data)).drafts
    body = expected(cells_given)
    is_claim = cells_given["是否完成"] == "申请办结"
    says_more = body != Report(Stage.UNDER_WAY)
    kinds = ["reported"] * (says_more or not is_claim) + ["claimed"] * is_claim
    assert [draft.kind for draft in drafts] == kinds
    if "reported" in kinds:
        assert drafts[0].body == body


# --- files that come from outside -----------------------------------------------------------------


def test_files_are_read_apart_and_one_that_fails_takes_none_with_it(office: Office) -> None:
    good = filled(made.sent(office), GOOD)
    try:
        found = reader.whole(
            [Brought(good, "组宣部.xlsx"), Brought(b"\x89PNG", "b.xlsx"), Brought(good, "c.xlsx")]
        )
    finally:
        pool.of_the_board.close()
    assert [file.code for file in found] == ["", "not_a_table", ""]
    assert found[0] == whole.read("组宣部.xlsx", good)[0]
    preview = forms.read(found, basis(office, CAME_BACK), LIST, PERIOD)
    assert preview.count(Verdict.NEW) == 3
    error = preview.files[1].error
    assert error
    assert "b.xlsx" in describe(error, translator("zh"))


def test_a_reading_that_is_given_up_is_said_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 1)
    long = "".join(f"{number},举措{number}\n" for number in range(2_000_000)).encode()
    try:
        (file,) = reader.whole([Brought(long, "长.csv")])
    finally:
        pool.of_the_board.close()
    assert (file.code, file.details["file"]) == ("reading_too_long", "长.csv")


def test_names_in_an_archive_are_read_as_windows_writes_them() -> None:
    data = made.zipped({"x" * 6 + ".csv": "编号\n1\n"})
    data = data.replace(b"x" * 6, "组宣部".encode("gbk"))
    (file,) = whole.read("表.zip", data)
    assert (file.name, file.sheets[0].rows) == ("表.zip/组宣部.csv", [["编号"], ["1"]])


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(made.zipped({"a.csv": "1"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (file,) = whole.read("表.zip", bytes(data))
    assert file.code == "encrypted"


def test_an_archive_of_too_many_files_is_refused() -> None:
    data = made.zipped({f"{number}.csv": "1" for number in range(whole.MOST_FILES + 1)})
    (file,) = whole.read("表.zip", data)
    assert file.code == "archive_too_large"
    assert describe(file.error or BoardError(""), translator("zh")).startswith("压缩包 表.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    data = made.zipped({"a.csv": bytes(whole.MOST_BYTES + 1)})
    assert [file.code for file in whole.read("表.zip", data)] == ["archive_too_large"]


def test_an_archive_that_is_damaged_says_so() -> None:
    data = made.zipped({"a.csv": "".join(f"{n},{n * n}\n" for n in range(500))})
    damaged = data[:60] + b"\xff" * 10 + data[70:]
    assert [file.code for file in whole.read("表.zip", damaged)] == ["broken_archive"]
    assert [file.code for file in whole.read("表.zip", data[:80])] == ["broken_workbook"]


def test_thirty_forms_of_ten_rows_are_previewed_in_two_seconds(tmp_path: Path) -> None:
    rows = "".join(
        f"{number},2026,重点工作,一,一,举措{number},张慧,部门{number // 10:02},6月底前\n"
        for number in range(300)
    )
    office = Office(tmp_path, rows)
    office.start()
    asked = forms.of_period(basis(office, MADE), LIST, PERIOD)
    answered = [
        forms.write(
            form,
            forms.Filled(
                {
                    row.measure_id: {"stage": "推进中", "did": f"成效{row.measure_id}" * 20}
                    for row in form.rows
                }
            ),
        )
        for form in asked
    ]
    known = basis(office, CAME_BACK)
    begin = time.process_time()
    files = [whole.read(f"{number}.xlsx", data)[0] for number, data in enumerate(answered)]
    preview = forms.read(files, known, LIST, PERIOD)
    assert preview.count(Verdict.NEW) == 300
    assert time.process_time() - begin < 2


def test_a_form_that_went_out_before_numbers_changed_is_asked_about(office: Office) -> None:
    data = filled(made.sent(office), GOOD)
    about = office.about("2026-03-25")
    office.record("2026-03-25", acts.rename(about, {"2026-1-1": "2026-9-9"}))
    preview = read(office, ("a.xlsx", data))
    assert made.outcome(preview).startswith("file form_file_renamed; ")
    assert preview.drafts == []


def test_a_form_made_after_numbers_changed_is_taken_in(office: Office) -> None:
    swap = {"2026-2-1": "2026-2-2", "2026-2-2": "2026-2-1"}
    office.record("2026-03-18", acts.rename(office.about("2026-03-18"), swap))
    preview = read(office, ("a.xlsx", filled(made.sent(office), GOOD)))
    assert made.outcome(preview) == TAKEN
    office.record(CAME_BACK, *preview.drafts)
