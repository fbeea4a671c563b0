"""A measure table on Intake: read as the board reads it, the board's own with every 编号, and nothing to be checked."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lib import measures, notices
from lib.answers import exports
from lib.errors import BoardError
from lib.i18n import LANGUAGES, translator
from lib.measures import schema
from lib.notices import Block, Notice, draft, measure_table, output
from lib.notices.formats import limits
from lib.notices.model import Document
from lib.terminal import main as command
from tests.tables import HEADER
from tests.workbooks import as_bytes, ods, ods_row, ods_table, of_rows

TABLE = f"""{HEADER},经费
2026-1-1,2026,惠民清单,一、道路,一（一）,修一段路,罗敏、郭宁,工程科、财务科,6月底前,12.5
2026-1-2,2026,惠民清单,一、道路,一（二）,装二十盏灯,罗敏,后勤科（牵头）、工程科（配合）,全年,
x7,2026,惠民清单,二、校园,,建一座书屋,秦岭,综合科,2026年9月,001
"""
MILESTONES = "编号,节点时限,节点,目标值,单位\n2026-1-1,5月,样板段,1,公里\nx7,7月,选址,,\n"
TWO_LISTS = f"""{HEADER}
2025-1-1,2025,上年清单,一,一（一）,修一段路,罗敏,工程科,6月底前
2026-1-1,2026,惠民清单,一,一（一）,修另一段路,罗敏,工程科,6月底前
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    own_table = tmp_path / "own.csv"
    own_table.write_text(TABLE, "utf-8")
    measures.milestones_path(own_table).write_text(MILESTONES, "utf-8")
    return own_table


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def doubts(notice: Notice) -> list[tuple[int, str]]:
    return list(draft.doubts(notice))


def workbook(*sheets: list[list[str]]) -> bytes:
    named = {f"Sheet{number}": rows for number, rows in enumerate(sheets, 1)}
    return as_bytes(of_rows(named))


# --- as it is -------------------------------------------------------------------------------------


def test_the_table_comes_back_with_its_ids_its_columns_and_the_milestones_beside_it(
    path: Path,
) -> None:
    notice = notices.read(path)
    rows, milestones = output.to_table(notice)
    by_header = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    for printed, row in zip(csv.DictReader(io.StringIO(TABLE)), by_header, strict=True):
        assert row | printed == row
    assert milestones == rows_of(MILESTONES)
    assert (notice.title, notice.year) == ("惠民清单", 2026)
    assert (doubts(notice), notice.problems, notice.unplaced) == ([], (), ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_comes_back_as_the_table(kind: str, language: str, path: Path) -> None:
    t = translator(language)
    table = measures.read(path)
    preamble = (t("app.title"), "基准日 2025年3月1日 · 全部 3 项")
    make = {"csv": exports.csv, "xlsx": exports.xlsx}[kind]
    data = make(table, np.arange(3), date(2025, 3, 1), preamble, t)
    notice = notices.read(data, f"own.{kind}")
    assert (doubts(notice), notice.problems, notice.unplaced) == ([], (), ())
    rows, milestones = output.to_table(notice)
    assert rows == output.to_table(notices.read(path))[0]
    if kind == "xlsx":
        assert milestones == rows_of(MILESTONES)


def test_what_intake_has_written_comes_back_as_it_was(tmp_path: Path) -> None:
    notice = notices.read_text(
        "某馆2024年任务清单\n1. 修缮礼堂2处。（责任领导：林森；责任部门：工程科；完成时限：8月）\n"
    )
    for name in ("a.csv", "a.xlsx"):
        notices.write(notice, tmp_path / name)
        again = notices.read(tmp_path / name)
        assert output.to_table(again) == output.to_table(notice)
        assert doubts(again) == []


def test_each_cell_stands_where_the_document_has_it(path: Path) -> None:
    notice = notices.read(path)
    for measure in notice.measures:
        for field, cell in measure.cells.items():
            if cell.source is None:
                assert (output.text(cell), cell.reason) == ("", "absent")
            elif not field.endswith("departments"):
                block = notice.blocks[cell.source.block]
                assert block.text == output.text(cell)
                assert cell.detail == schema.COLUMNS[field]
    printed = notice.measures[1].cells["support_departments"].source
    assert printed is not None
    assert notice.blocks[printed.block].text == "后勤科（牵头）、工程科（配合）"
    placed = [item.source for item in notice.milestones]
    assert [notice.blocks[source.block].text for source in placed if source] == ["样板段", "选址"]


def test_who_leads_stands_in_its_own_column_where_there_is_one(tmp_path: Path) -> None:
    row = "1,2026,惠民清单,一,1,修路,罗敏,工程科、财务科,6月"
    text = f"{HEADER},牵头部门,配合部门\n{row},财务科,\n"
    notice = notices.read(text.encode(), "own.csv")
    lead = notice.measures[0].cells["lead_departments"]
    support = notice.measures[0].cells["support_departments"]
    assert (lead.names, lead.detail) == (("财务科",), "牵头部门")
    assert (support.names, support.detail) == (("工程科",), "责任部门")


def test_several_lists_and_years_stay_what_they_are() -> None:
    notice = notices.read(TWO_LISTS.encode(), "own.csv")
    assert (notice.title, notice.year) == ("", None)
    assert output.to_table(notice)[0] == rows_of(TWO_LISTS)
    renamed = draft.in_year(draft.name(notice, "合并清单"), 2027)
    assert [row[:3] for row in output.to_table(renamed)[0][1:]] == [
        ["2025-1-1", "2027", "合并清单"],
        ["2026-1-1", "2027", "合并清单"],
    ]


def test_a_year_that_is_given_is_that_of_all_rows() -> None:
    notice = notices.read(TWO_LISTS.encode(), "own.csv", year=2027)
    assert [row[1] for row in output.to_table(notice)[0][1:]] == ["2027", "2027"]
    assert notice.measures[0].due == date(2027, 6, 30)


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows_of(TABLE):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    out = io.BytesIO()
    book.save(out)
    notice = notices.read(out.getvalue(), "own.xlsx")
    assert [measure.cells["section"].text for measure in notice.measures] == [
        "一、道路",
        "一、道路",
        "二、校园",
    ]


def test_a_table_that_is_pasted_from_excel_is_the_same(path: Path) -> None:
    pasted = "\n".join("\t".join(row) for row in rows_of(TABLE))
    notice = notices.read_text(pasted)
    assert output.to_table(notice)[0] == output.to_table(notices.read(path))[0]


def test_pasted_cells_are_a_table_whose_columns_can_be_chosen() -> None:
    pasted = "\n".join("\t".join(row) for row in rows_of(OTHERS))
    assert columns(notices.read_text(pasted))["干什么"] == ""
    notice = notices.read_text(pasted, "粘贴的文字", choices=CHOICES)
    assert output.to_table(notice) == output.to_table(
        notices.read(OTHERS.encode(), "a.csv", choices=CHOICES)
    )
    assert (notice.name, len(notice.measures)) == ("粘贴的文字", 2)


def test_pasted_cells_say_no_list_where_nothing_stands_above_them() -> None:
    notice = notices.read_text("举措\t责任部门\n修路\t工程科\n", "粘贴的文字")
    assert notice.title == ""


def test_a_text_with_a_few_tabs_is_a_text() -> None:
    text = (
        "一、道路\n1.\t修路。（责任部门：工程科）\n2.\t架桥。（责任部门：工程科）\n注：按月报送\n"
    )
    notice = notices.read_text(text, year=2026)
    assert notice.headers == ()
    assert len(notice.measures) == 2


# --- what is wrong, and what is something else ----------------------------------------------------


def test_what_the_board_has_a_problem_with_is_to_be_checked(tmp_path: Path) -> None:
    rows = """
1,2026,惠民清单,一,1,,,,尽早
2,2026,惠民清单,一,2,=1+1,罗敏,工程科、财务科、工程科,6月
2,明年,惠民清单,一,3,种树,罗敏,工程科,
"""
    notice = notices.read(f"{HEADER}{rows}".encode(), "own.csv")
    reasons = {
        (row, field): notice.measures[row].cells[field].reason for row, field in doubts(notice)
    }
    assert reasons == {
        (0, "title"): "empty",
        (0, "leaders"): "empty",
        (0, "lead_departments"): "empty",
        (0, "deadline"): "unreadable",
        (1, "title"): "column",
        (1, "lead_departments"): "column",
        (2, "deadline"): "absent",
    }
    path = tmp_path / "own.csv"
    path.write_text(f"{HEADER}{rows}", "utf-8")
    assert notice.problems == measures.read(path).problems


def test_a_problem_names_the_line_of_the_file_or_the_sheet(path: Path) -> None:
    """Below lines that are empty, and cells with line breaks in them."""
    text = TABLE.replace("修一段路", '"修\n一段路"').replace("2026年9月", "尽早")
    path.write_text(f"看板\n\n{text}", "utf-8")
    in_csv = notices.read(path)
    rows = [["看板"], [], *rows_of(text)]
    in_workbook = notices.read(workbook(rows), "own.xlsx")
    for notice, line in ((in_csv, 7), (in_workbook, 6)):
        assert [(item.code, item.line) for item in notice.problems] == [
            ("deadline_unreadable", line)
        ]
        assert doubts(notice) == [(2, "deadline")]
    assert in_csv.problems == measures.read(path).problems


def test_what_stands_beside_the_table_is_not_lost(path: Path) -> None:
    beside = [["编号", "节点"], ["x7", "选址"], ["别的编号", "开工"]]
    data = workbook(rows_of(TABLE), beside, [["说明", "本表每月更新"]])
    notice = notices.read(data, "own.xlsx")
    assert [(item.measure, item.text) for item in notice.milestones] == [(2, "选址")]
    assert [item.text for item in notice.unplaced] == ["别的编号", "开工", "说明", "本表每月更新"]
    assert [problem.code for problem in notice.problems] == [
        "sheet_unread",
        "milestones_sheet",
        "missing_column",
        "milestone_orphan",
    ]


def test_sums_and_notes_below_the_table_are_no_measures_as_on_the_board(path: Path) -> None:
    path.write_text(f"{TABLE}合计,3,,,,,,,,12.5\n填表人：郭宁,,,,,审核人：秦岭,,,,\n", "utf-8")
    notice = notices.read(path)
    assert len(notice.measures) == len(measures.read(path)) == 3
    assert notice.problems == measures.read(path).problems
    assert [problem.code for problem in notice.problems] == ["rows_passed"]
    title = notice.measures[2].cells["title"]
    assert title.source is not None
    assert notice.blocks[title.source.block].text == title.text == "建一座书屋"


def test_a_heading_over_the_rows_is_their_section_as_on_the_board() -> None:
    header = HEADER.replace("板块,", "")
    rows = [
        "一、道路,,,,,,,",
        "1,2026,清单,1,修路,罗敏,工程科,6月",
        "2,2026,清单,2,架桥,罗敏,工程科,",
    ]
    notice = notices.read("\n".join([header, *rows]).encode(), "own.csv")
    sections = [measure.cells["section"] for measure in notice.measures]
    assert [(cell.text, cell.source) for cell in sections] == [("一、道路", None)] * 2


def test_a_milestone_that_is_cut_short_is_kept(path: Path) -> None:
    measures.milestones_path(path).write_text("编号,节点时限,节点\nx7,7月\n", "utf-8")
    (milestone,) = notices.read(path).milestones
    assert (milestone.measure, milestone.deadline, milestone.text) == (2, "7月", "")
    assert milestone.source is None


@pytest.mark.parametrize("missing", ["编号", "年度", "清单"])
def test_a_table_in_a_notice_is_read_as_a_notice(missing: str) -> None:
    """It numbers its measures by itself and has no years and no lists."""
    rows = [
        [cell for name, cell in row.items() if name not in (missing, "经费")]
        for row in csv.DictReader(io.StringIO(TABLE))
    ]
    header = [name for name in HEADER.split(",") if name != missing]
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    assert not notices.read(out.getvalue().encode(), "notice.csv").is_own


def test_two_tables_of_the_boards_form_are_read_as_a_notice() -> None:
    assert not notices.read(workbook(rows_of(TABLE), rows_of(TWO_LISTS)), "own.xlsx").is_own


# --- edited on the desk ---------------------------------------------------------------------------


def test_ids_stay_with_their_measures_whatever_is_done_on_the_desk(path: Path) -> None:
    notice = notices.read(path)
    assert output.identities(draft.drop(notice, 0)) == ["2026-1-2", "x7"]
    assert output.identities(draft.merge(notice, 0)) == ["2026-1-1", "x7"]
    assert output.identities(draft.put(notice, 0, "article", "九（九）"))[0] == "2026-1-1"
    assert output.identities(draft.split(notice, 1, 2)) == ["2026-1-1", "2026-1-2", "2026-3", "x7"]


def test_a_measure_that_is_added_is_of_the_list_above_it_and_has_an_id_of_its_own() -> None:
    notice = draft.put(
        draft.add(notices.read(TWO_LISTS.encode(), "own.csv"), 1), 1, "title", "种树"
    )
    added = output.to_table(notice)[0][2]
    assert added[1:6] == ["2025", "上年清单", "一", "", "种树"]
    assert added[0] == "2025-2"


def test_an_id_that_stands_twice_is_counted_the_second_time() -> None:
    text = TWO_LISTS.replace("2026-1-1", "2025-1-1")
    assert output.identities(notices.read(text.encode(), "own.csv")) == ["2025-1-1", "2025-1-1-2"]


# --- in the terminal ------------------------------------------------------------------------------


def test_the_terminal_has_nothing_to_check(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["import", str(path), "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert "3 项举措，2 个节点，0 处待核对，0 段未归入" in printed.err
    assert len(json.loads(printed.out)["milestones"]) == 2


def test_in_a_folder_the_milestones_are_read_with_their_table(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["import", str(path.parent)]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1


# --- a table of others, and what its columns are chosen to be ---------------------------------------

OTHERS = """重点工作台账（2026年）
顺序,板块,干什么,谁负责,哪家牵头,还有谁,何时,经费,进展情况
1,道路,修一段路,副校长罗敏,工程科,财务科、后勤科,6月底前,12.5,已开工
2,道路,装二十盏灯,罗敏,后勤科,,全年,,
"""
CHOICES = {
    "干什么": "title",
    "谁负责": "leaders",
    "哪家牵头": "lead_departments",
    "还有谁": "support_departments",
    "何时": "deadline",
}


def columns(notice: Notice) -> dict[str, str]:
    (header,) = notice.headers
    return dict(zip(header.labels, header.fields, strict=True))


def test_a_header_of_unknown_words_is_shown_to_be_chosen_from() -> None:
    notice = notices.read(OTHERS.encode(), "台账.csv")
    assert notice.measures == ()
    assert columns(notice) == {
        "顺序": "",
        "板块": "section",
        "干什么": "",
        "谁负责": "",
        "哪家牵头": "",
        "还有谁": "",
        "何时": "",
        "经费": "",
        "进展情况": "progress",
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_is_read_by_the_columns_that_were_chosen(kind: str) -> None:
    data = OTHERS.encode() if kind == "csv" else workbook(rows_of(OTHERS))
    notice = notices.read(data, f"台账.{kind}", choices=CHOICES)
    assert (notice.title, notice.year) == ("重点工作台账（2026年）", 2026)
    rows, _ = output.to_table(notice)
    assert [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] == [
        {
            "编号": "2026-1",
            "年度": "2026",
            "清单": "重点工作台账（2026年）",
            "板块": "道路",
            "条目": "",
            "举措": "修一段路",
            "责任领导": "罗敏",
            "责任部门": "工程科、财务科、后勤科",
            "完成时限": "6月底前",
            "顺序": "1",
            "经费": "12.5",
            "进展情况": "已开工",
        },
        {
            "编号": "2026-2",
            "年度": "2026",
            "清单": "重点工作台账（2026年）",
            "板块": "道路",
            "条目": "",
            "举措": "装二十盏灯",
            "责任领导": "罗敏",
            "责任部门": "后勤科",
            "完成时限": "全年",
            "顺序": "2",
            "经费": "",
            "进展情况": "",
        },
    ]
    title = notice.measures[0].cells["title"]
    assert title.source is not None
    assert notice.blocks[title.source.block].text == title.text
    assert title.detail == "干什么"


def test_a_choice_wins_over_the_words_of_other_headers() -> None:
    text = "序号,举措,责任领导,分工,责任部门,完成时限\n1,修路,罗敏,工程科,财务科,6月\n"
    notice = notices.read(text.encode(), "a.csv", year=2026, choices={"分工": "departments"})
    assert columns(notice) == {
        "序号": "article",
        "举措": "title",
        "责任领导": "leaders",
        "分工": "departments",
        "责任部门": "",
        "完成时限": "deadline",
    }
    (measure,) = notice.measures
    assert measure.departments == "工程科"
    assert measure.given is not None
    assert measure.given.extra == {"原责任部门": "财务科"}


def test_a_column_that_is_not_used_stays_as_it_is_under_another_name() -> None:
    text = "举措,责任领导,责任部门,完成时限,截止时间\n修路,罗敏,工程科,尽快,6月\n"
    choices = {"完成时限": ""}
    notice = notices.read(text.encode(), "a.csv", year=2026, choices=choices)
    (measure,) = notice.measures
    assert measure.cells["deadline"].text == "6月"
    assert measure.given is not None
    assert measure.given.extra == {"原完成时限": "尽快"}
    again = measures.of_rows(*output.to_table(notice))
    assert again.rows["deadline"].tolist() == ["6月"]
    assert again.rows["原完成时限"].tolist() == ["尽快"]


def test_what_was_chosen_as_progress_is_called_so() -> None:
    text = "举措,责任部门,近况\n修路,工程科,已开工\n"
    notice = notices.read(text.encode(), "a.csv", year=2026, choices={"近况": "progress"})
    assert columns(notice)["近况"] == "progress"
    assert notice.measures[0].given is not None
    assert notice.measures[0].given.extra == {"进展": "已开工"}


def test_a_label_below_another_is_chosen_by_itself() -> None:
    rows = [["事项", "谁来办", ""], ["", "主", "次"], ["修路", "工程科", "财务科"]]
    choices = {"事项": "title", "主": "lead_departments", "次": "support_departments"}
    notice = notices.read(workbook(rows), "a.xlsx", year=2026, choices=choices)
    (measure,) = notice.measures
    assert measure.cells["lead_departments"].names == ("工程科",)
    assert measure.cells["support_departments"].names == ("财务科",)


def test_the_list_and_its_year_may_stand_in_the_name_of_the_file() -> None:
    text = "举措,责任部门,完成时限\n修路,工程科,6月\n"
    notice = notices.read(text.encode(), "2026年民生实事清单.csv")
    assert (notice.title, notice.year) == ("2026年民生实事清单", 2026)
    assert notice.measures[0].due == date(2026, 6, 30)


def test_without_a_year_a_deadline_waits_for_it() -> None:
    text = "举措,责任部门,完成时限\n修路,工程科,6月\n"
    notice = notices.read(text.encode(), "a.csv")
    assert doubts(notice) == [(0, "deadline")]
    assert "notice_year_missing" in [problem.code for problem in notice.problems]
    dated = draft.in_year(notice, 2026)
    assert doubts(dated) == []
    assert dated.measures[0].due == date(2026, 6, 30)


# --- which column is the measure --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("工作类别,重点任务", ["section", "title"]),
        ("重点任务,一级任务", ["section", "title"]),
        ("重点任务,工作措施", ["section", "title"]),
        ("一级任务,二级任务", ["section", "title"]),
        ("重点任务,备注", ["title", ""]),
    ],
)
def test_a_task_is_the_measure_where_nothing_finer_is(headers: str, fields: list[str]) -> None:
    text = f"{headers},责任部门,完成时限\n道路,修路,工程科,6月\n道路,架桥,工程科,7月\n"
    notice = notices.read(text.encode(), "a.csv", year=2026)
    assert [*columns(notice).values()][:2] == fields


@pytest.mark.parametrize("header", ["板块", "工作方面", "任务类别", "领域"])
def test_what_only_groups_measures_is_none_and_what_was_guessed_instead_is_shown(
    header: str,
) -> None:
    text = f"{header},做啥,责任部门\n道路,修路,工程科\n道路,架桥,工程科\n"
    notice = notices.read(text.encode(), "a.csv", year=2026)
    assert [measure.cells["title"].text for measure in notice.measures] == ["修路", "架桥"]
    assert columns(notice) == {header: "section", "做啥": "title", "责任部门": "departments"}
    (guess,) = notice.headers
    assert guess.is_guess


# --- files of all kinds -----------------------------------------------------------------------------


def test_a_parquet_file_is_read_too(tmp_path: Path) -> None:
    notice = notices.read_text(
        "某馆2024年任务清单\n1. 修缮礼堂。（责任部门：工程科；完成时限：8月）\n"
    )
    path = tmp_path / "list.parquet"
    notices.write(notice, path)
    assert output.to_table(notices.read(path)) == output.to_table(notice)


def test_a_csv_file_of_one_column_is_a_text() -> None:
    text = "1. 修缮礼堂。（责任部门：工程科；完成时限：8月）\n"
    (measure,) = notices.read(text.encode(), "a.csv", year=2024).measures
    assert measure.cells["title"].text == "修缮礼堂"


def test_a_sheet_that_only_shows_how_to_fill_it_in_stays_off_the_paper() -> None:
    rows = rows_of(OTHERS)
    data = as_bytes(of_rows({"填写示例": rows, "台账": rows}))
    notice = notices.read(data, "a.xlsx", choices=CHOICES)
    assert len(notice.measures) == 2
    assert {block.table for block in notice.blocks} == {1}
    assert "sheet_ignored" in [problem.code for problem in notice.problems]
    unread = notices.read(data, "a.xlsx")
    assert [header.table for header in unread.headers] == [1]
    assert "sheet_ignored" in [problem.code for problem in unread.problems]


def test_a_very_long_table_is_refused_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 1)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(OTHERS.encode(), "a.csv", choices=CHOICES)
    text = "举措,责任部门\n修路,工程科\n架桥,工程科\n"
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read(text.encode(), "a.csv")


def test_a_table_of_more_text_than_a_desk_can_hold_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "TEXT", 10)
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read("举措,责任部门\n修路,工程科\n".encode(), "a.csv")


def test_a_workbook_that_ends_too_early_is_damaged() -> None:
    data = ods(ods_table(ods_row("举措", "责任部门"), ods_row("修路", "工程科")))
    with pytest.raises(BoardError, match="notice_broken"):
        notices.read(data[:-100], "a.ods")


def test_a_row_without_a_measure_is_to_be_checked() -> None:
    text = "编号,举措,责任部门,完成时限\n1,修路,工程科,6月\n2,,财务科,7月\n"
    notice = notices.read(text.encode(), "a.csv", year=2026)
    assert doubts(notice) == [(1, "title")]
    assert [measure.cells["article"].text for measure in notice.measures] == ["1", "2"]


def test_the_boards_own_table_is_one_in_a_page_too() -> None:
    cells = "</td></tr><tr><td>".join("</td><td>".join(row) for row in rows_of(TABLE))
    page = f"<html><p>本单位清单</p><table><tr><td>{cells}</td></tr></table>"
    notice = notices.read(page.encode(), "own.html")
    assert notice.is_own
    assert output.identities(notice) == ["2026-1-1", "2026-1-2", "x7"]
    assert [item.text for item in notice.unplaced] == ["本单位清单"]


def test_a_file_without_two_rows_has_no_header_to_choose_from() -> None:
    assert notices.read(b"a,b\n", "a.csv").headers == ()


def test_rows_below_the_table_may_be_made_measures_by_a_person() -> None:
    text = "举措,责任部门,完成时限\n修路,工程科,6月\n合计,1,\n注：按月报送,,\n"
    notice = notices.read(text.encode(), "a.csv", year=2026)
    assert [item.text for item in notice.unplaced] == ["注：按月报送"]


def test_a_day_of_issue_over_the_table_dates_its_deadlines() -> None:
    text = (
        "某局任务清单,,\n某局办公室　2026年3月5日,,\n举措,责任部门,完成时限\n修路,工程科,月底前\n"
    )
    notice = notices.read(text.encode(), "a.csv")
    assert (notice.issued, doubts(notice)) == (date(2026, 3, 5), [])
    assert notice.measures[0].due == date(2026, 3, 31)


def test_a_title_in_a_row_of_many_places_is_no_table_of_the_boards() -> None:
    """A page may say that a cell stands in column 100,000 of row 100,000."""
    blocks = [Block("编号", 0, 0, 0, 0), Block("年度", 0, 0, 99_999, 99_999)]
    assert measure_table.own(Document(blocks), "a.docx") is None
