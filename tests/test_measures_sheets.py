"""Tables as offices make them: the sheets of a workbook, and text that a spreadsheet saved."""

from __future__ import annotations

import datetime
from datetime import date
from typing import NamedTuple

import openpyxl
import pytest

from lib import measures
from lib.errors import BoardError, Problem
from lib.measures import heads
from tests import workbooks

HEADER = ["编号", "举措", "责任领导", "责任部门", "完成时限"]
OWN = "编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限"
LINE = "1,2026,要点,一,一,办夜校,林岚,技改科,6月底前"


@pytest.fixture
def book(tmp_path):
    """Read a workbook of some sheets, each its rows and the ranges that are merged."""

    def read(merged=(), **sheets):
        path = tmp_path / "list.xlsx"
        workbooks.of_rows(sheets, merged).save(path)
        return measures.read(path)

    return read


@pytest.fixture
def text(tmp_path):
    """Read a CSV file."""

    def read(*lines):
        path = tmp_path / "list.csv"
        path.write_text("\n".join(lines), "utf-8")
        return measures.read(path)

    return read


def codes(table):
    return [
        (problem.code, problem.value)
        for problem in table.problems
        if problem.code != "missing_column"
    ]


def column(table, name):
    return [[*cell] if not isinstance(cell, str) else cell for cell in table.rows[name]]


OFFICE = [
    ["2026年安居工作任务清单"],
    ["印发单位：房管局", None, None, None, None, "2026年2月3日"],
    ["序号", "工作任务", "责任领导", "责任单位", None, "完成时限"],
    [None, None, None, "牵头单位", "配合单位", None],
    ["一、建房"],
    [1, "建二百套", "林岚", "建设科", "财务科、法规科", "6月底前"],
    [2, "修三条路", "高远", "路桥科", None, "9月"],
    ["二、管房"],
    [3, "查一遍", "高远", "物业科", "建设科", "全年"],
    ["合计", "3项"],
    ["联系人：林岚，电话 0000"],
]
OFFICE_MERGED = ["A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "A5:F5", "A8:F8", "A11:F11"]


def test_the_workbook_of_an_office_is_read_as_its_reader_reads_it(book):
    table = book(任务=OFFICE, merged=OFFICE_MERGED)
    assert column(table, "title") == ["建二百套", "修三条路", "查一遍"]
    assert column(table, "lead_departments") == [["建设科"], ["路桥科"], ["物业科"]]
    assert column(table, "support_departments") == [["财务科", "法规科"], [], ["建设科"]]
    assert column(table, "section") == ["一、建房", "一、建房", "二、管房"]
    assert table.rows["list"].unique().tolist() == ["2026年安居工作任务清单"]
    assert [*table.rows["due"]] == [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]
    assert codes(table) == [
        ("year_taken", "2026"),
        ("rows_passed", "10: 合计 3项; 11: 联系人：林岚，电话 0000"),
    ]


def test_a_deadline_in_two_columns_runs_from_the_one_to_the_other(book):
    table = book(
        清单=[
            ["年度", "举措", "责任部门", "完成时限", None],
            [None, None, None, "开始", "结束"],
            [2026, "办夜校", "技改科", "3月", "6月底前"],
            [2026, "修球场", "后勤科", None, "9月"],
        ],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    )
    assert column(table, "deadline") == ["3月至6月底前", "9月"]
    assert [*table.rows["due"]] == [date(2026, 6, 30), date(2026, 9, 30)]
    assert table.rows["start"][0] == date(2026, 3, 1)


def test_a_measure_over_two_rows_is_one_and_the_board_says_so(book):
    table = book(
        清单=[HEADER, ["a", "办夜校", "林岚", "技改科", "6月"], [None, None, "高远", "工会", None]],
        merged=["A2:A3", "B2:B3", "E2:E3"],
    )
    assert column(table, "leaders") == [["林岚", "高远"]]
    assert column(table, "departments") == ["技改科、工会"]
    assert codes(table)[0] == ("rows_joined", "3")


def test_persons_in_a_wide_cell_are_no_departments(book):
    table = book(清单=[HEADER, ["a", "办夜校", "林岚、高远", None, "6月"]], merged=["C2:D2"])
    assert column(table, "leaders") == [["林岚", "高远"]]
    assert ("department_missing", "") in codes(table)


def test_headings_inside_a_section_are_kept_beside_it(book):
    rows = [["举措", "板块", "责任部门"], ["一、技能"], ["办夜校", "学习", "技改科"]]
    table = book(清单=rows, merged=["A2:C2"])
    assert column(table, "section") == ["学习"]
    assert column(table, "小标题") == ["一、技能"]


def test_a_heading_inside_a_heading_is_kept_beside_the_section(book):
    rows = [["举措", "责任部门", "时限"], ["一、技能"], ["（一）夜校"], ["开班", "技改科", "6月"]]
    table = book(清单=rows, merged=["A2:C2", "A3:C3"])
    assert (column(table, "section"), column(table, "小标题")) == (["一、技能"], ["（一）夜校"])


def test_a_deadline_that_has_a_beginning_alone_is_on_from_there(book):
    table = book(
        清单=[
            ["年度", "举措", "责任部门", "时限", None],
            [None, None, None, "开始", "结束"],
            [2026, "办夜校", "技改科", "3月", None],
        ],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    )
    assert column(table, "deadline") == ["3月起"]


@pytest.mark.parametrize(("actual", "deadline"), [(None, "3月至6月"), ("7月", "7月")])
def test_a_plan_in_two_columns_counts_where_the_column_for_the_day_is_empty(text, actual, deadline):
    table = text(
        "年度,举措,责任部门,计划时间,,完成时间",
        ",,,开始,结束,",
        f"2026,办夜校,技改科,3月,6月,{actual or ''}",
    )
    assert column(table, "deadline") == [deadline]


def test_a_column_that_groups_the_rows_is_their_section(book):
    rows = [["里程碑", "举措", "责任部门"], ["筹备", "办夜校", "技改科"], [None, "修路", "城建科"]]
    assert column(book(清单=rows, merged=["A2:A3"]), "section") == ["筹备", "筹备"]


def test_a_column_whose_merges_were_lost_holds_for_the_rows_below(text):
    table = text(
        "板块,年度,举措,责任部门",
        "技能,2026,办夜校,技改科",
        ",,修路,城建科",
        "生活,,修球场,后勤科",
        ",,修澡堂,后勤科",
    )
    assert column(table, "section") == ["技能", "技能", "生活", "生活"]
    assert table.rows["year"].tolist() == [2026] * 4


def test_names_are_not_taken_from_the_row_above(text):
    table = text(OWN, LINE, LINE.replace("林岚,技改科", ",").replace("1,", "2,", 1))
    assert column(table, "leaders") == [["林岚"], []]


def test_without_a_column_of_measures_a_key_task_is_one(book):
    table = book(清单=[["重点任务", "责任单位", "完成时限"], ["办夜校", "技改科", "2026年6月"]])
    assert column(table, "title") == ["办夜校"]


def test_a_table_whose_labels_are_general_is_read_by_what_they_most_likely_say(text):
    table = text("项目,执行人员,截止时间,进度", "办夜校,林岚,2026年6月,一半")
    assert column(table, "leaders") == [["林岚"]]
    assert [*table.rows["due"]] == [date(2026, 6, 30)]
    assert column(table, "进度") == ["一半"]


def test_a_header_that_is_put_together_is_known(text):
    table = text("举措,区政府分管领导,责任部门意见,责任部门", "办夜校,林岚,同意,技改科")
    assert column(table, "leaders") == [["林岚"]]
    assert column(table, "责任部门意见") == ["同意"]


# --- several sheets ------------------------------------------------------------------------------


def test_all_sheets_of_measures_are_read_and_mistakes_name_their_sheet(book):
    table = book(
        上半年=[HEADER, ["a", "办夜校", "林岚", "技改科", "6月"]],
        下半年=[["举措", "牵头单位", "备注"], ["修球场", "后勤科", "急"], ["修路", "", ""]],
    )
    assert column(table, "title") == ["办夜校", "修球场", "修路"]
    assert column(table, "备注") == ["", "急", ""]
    assert ("下半年", 3) in [
        (problem.source, problem.line)
        for problem in table.problems
        if problem.code == "department_missing"
    ]


def test_measures_that_a_sheet_of_all_repeats_count_once(book):
    first, second = (
        ["a", "办夜校", "林岚", "技改科", "6月"],
        ["b", "修球场", "高远", "后勤科", "9月"],
    )
    table = book(汇总=[HEADER, first, second], 技改科=[HEADER, first], 后勤科=[HEADER, second])
    assert column(table, "title") == ["办夜校", "修球场"]
    assert ("rows_repeated", "技改科 (1)") in codes(table)


def test_the_same_measure_twice_on_one_sheet_is_not_taken_for_a_copy(book):
    row = ["办夜校", "林岚", "技改科", "6月"]
    assert len(book(清单=[HEADER[1:], row, row])) == 2


def test_a_sheet_without_a_list_is_named(book):
    table = book(
        封面=[["安居工作"]], 清单=[HEADER, ["a", "办夜校", "林岚", "技改科", "6月"]], 空=[]
    )
    assert ("sheet_unread", "封面") in codes(table)


@pytest.mark.parametrize("name", ["填表说明", "样表", "Example"])
def test_a_sheet_that_shows_how_to_fill_in_the_others_is_not_read(book, name):
    rows = [HEADER, ["a", "办夜校", "林岚", "技改科", "6月"]]
    sheets = {name: [HEADER, ["b", "例如修路", "某人", "某科", "9月"]], "清单": rows}
    table = book(**sheets)
    assert column(table, "title") == ["办夜校"]
    assert ("sheet_ignored", name) in codes(table)


@pytest.mark.parametrize("name", ["里程碑", "节点 ", "Sheet2", "milestones"])
def test_milestones_are_known_by_their_header_whatever_their_sheet_is_called(book, name):
    sheets = {
        "清单": [["编号", "年度", "举措", "责任部门"], ["a", 2026, "办夜校", "技改科"]],
        name: [["编号", "节点时限", "节点"], ["a", "5月", "开班"]],
    }
    table = book(**sheets)
    assert table.milestones["milestone"].tolist() == ["开班"]
    assert ("milestones_sheet", name) in codes(table)


# --- text that a spreadsheet saved ---------------------------------------------------------------


def test_two_files_put_together_are_one_list(text):
    table = text(OWN, LINE, "\ufeff" + OWN, LINE.replace("1,", "2,", 1))
    assert column(table, "measure_id") == ["1", "2"]
    assert [code for code, _ in codes(table)] == ["rows_passed"]


def test_a_note_below_the_lines_is_no_measure_and_one_problem(text):
    table = text(OWN, LINE, "", "注：本表由办公室解释。")
    assert len(table) == 1
    assert codes(table) == [("rows_passed", "4: 注：本表由办公室解释。")]


def test_a_header_of_two_lines_is_read_from_text_as_well(text):
    table = text(
        "举措,责任单位,,完成时限",
        ",牵头,配合,",
        "办夜校,技改科,工会,2026年6月",
        "修路,路桥科,,2026年9月",
    )
    assert column(table, "lead_departments") == [["技改科"], ["路桥科"]]
    assert column(table, "support_departments") == [["工会"], []]


@pytest.mark.parametrize("delimiter", ["|", "，", ";", "\t"])
def test_other_delimiters_are_told_by_the_header(text, delimiter):
    assert column(text(OWN.replace(",", delimiter), LINE.replace(",", delimiter)), "title") == [
        "办夜校"
    ]


def test_a_header_in_traditional_writing_is_a_header(text):
    table = text("編號,年度,清單,板塊,條目,舉措,責任領導,責任部門,完成時限", LINE)
    assert column(table, "leaders") == [["林岚"]]


def test_a_year_above_the_header_is_the_lists(text):
    table = text("2026年要点清单,,", "举措,责任部门,完成时限", "办夜校,技改科,6月底前")
    assert [*table.rows["due"]] == [date(2026, 6, 30)]
    assert column(table, "list") == ["2026年要点清单"]


def test_of_two_columns_for_one_field_the_other_is_shown_and_named(text):
    table = text(OWN + ",责任人", LINE + ",高远")
    assert column(table, "leaders") == [["林岚"]]
    assert [(problem.code, problem.column) for problem in table.problems] == [
        ("column_unused", "责任人")
    ]


@pytest.mark.parametrize("name", ["备注", "=x"])
def test_columns_of_one_name_below_a_title_stay_apart(text, name):
    table = text("2026年任务清单", f"举措,责任部门,{name},{name}", "办夜校,技改科,甲,乙")
    assert (column(table, name), column(table, f"{name} (4)")) == (["甲"], ["乙"])


def test_columns_of_one_name_on_two_sheets_are_one_each_in_their_order(book):
    rows = [["举措", "责任部门", "备注", "备注"], ["办夜校", "技改科", "甲", "乙"]]
    others = [["举措", "责任部门", "备注", "备注"], ["修球场", "办公室", "丙", "丁"]]
    table = book(一=rows, 二=others)
    assert column(table, "备注") == ["甲", "丙"]
    assert column(table, "备注 (4)") == ["乙", "丁"]


def test_a_file_of_milestones_is_no_list(text):
    with pytest.raises(BoardError, match="no_header"):
        text("编号,节点,时限", "1,开班,5月")


def test_milestones_beside_a_table_may_have_a_header_of_two_lines(tmp_path):
    (tmp_path / "list.csv").write_text(f"{OWN}\n{LINE}\n", "utf-8")
    beside = tmp_path / "list.milestones.csv"
    beside.write_text("编號,節點,節點時限\n1,开班,5月\n", "utf-8")
    assert measures.read(tmp_path / "list.csv").milestones["milestone"].tolist() == ["开班"]


# --- what stands above a table -------------------------------------------------------------------

HEADS = [
    (["2026年安居工作清单"], (2026, "2026年安居工作清单")),
    (["附件1", "安居工作清单", "（2026年2月3日）"], (2026, "安居工作清单")),
    (["安居局文件", "二〇二六年安居任务分解表"], (2026, "二〇二六年安居任务分解表")),
    (["附件：2026年安居 工作要点"], (2026, "2026年安居 工作要点")),
    (["The Hill School: Plan of measures 2026"], (2026, "The Hill School: Plan of measures 2026")),
    (["Plan of measures 2026"], (2026, "Plan of measures 2026")),
    (["安居之年"], (0, "安居之年")),
    (["单位：房管局 2026年2月"], (2026, "")),
    (["电话20261234"], (0, "")),
    (["1999年清单"], (0, "1999年清单")),
    ([], (0, "")),
]


@pytest.mark.parametrize(("rows", "head"), HEADS)
def test_the_rows_above_a_table_say_its_year_and_its_name(rows, head):
    assert heads.of_rows(rows, "Sheet1") == head


def test_a_sheets_name_says_the_year_where_nothing_else_does():
    assert heads.of_rows([], "2026年清单").year == 2026
    assert heads.of_rows(["2025年清单"], "2026").year == 2025


def test_a_date_above_a_table_is_no_reason_to_change_a_year_that_a_column_says(book):
    table = book(
        清单=[
            [datetime.date(2027, 1, 1)],
            ["年度", "举措", "责任部门", "完成时限"],
            [2026, "办夜校", "技改科", "6月"],
        ]
    )
    assert [*table.rows["due"]] == [date(2026, 6, 30)]


# --- cells that show something else than their value ----------------------------------------------


class Formatted(NamedTuple):
    """A cell with a number format."""

    form: str
    value: float


JUNE, LAST_OF_JUNE = 46174, 46203  # 1 and 30 June 2026, as Excel counts days
MONTH, DAY, YEAR = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"'


@pytest.fixture
def formatted(tmp_path):
    """Read a workbook of sheets in which some cells have a number format."""

    def read(hidden_rows=(), **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row, cells in enumerate(rows, 1):
                for column, cell in enumerate(cells, 1):
                    place = sheet.cell(row, column)
                    if isinstance(cell, Formatted):
                        place.value, place.number_format = cell.value, cell.form
                    else:
                        place.value = cell
        for row in hidden_rows:
            book.worksheets[0].row_dimensions[row].hidden = True
        path = tmp_path / "list.xlsx"
        book.save(path)
        return measures.read(path)

    return read


def test_a_deadline_is_the_month_or_the_year_that_its_cell_shows(formatted):
    header = ["编号", "年度", *HEADER[1:]]
    table = formatted(
        清单=[
            header,
            ["1", Formatted("yyyy", JUNE), "办夜校", "林岚", "技改科", Formatted(MONTH, JUNE)],
            ["2", Formatted(YEAR, JUNE), "修礼堂", "高远", "房管科", Formatted(YEAR, JUNE)],
            ["3", "2026", "修车棚", "高远", "房管科", Formatted("yyyy/m/d", JUNE + 0.75)],
        ],
        节点=[["编号", "节点时限", "节点"], ["1", Formatted(MONTH, JUNE - 31), "开班"]],
    )
    assert [*table.rows["year"]] == [2026, 2026, 2026]
    assert [*table.rows["due"]] == [date(2026, 6, 30), date(2026, 12, 31), date(2026, 6, 1)]
    assert [*table.milestones["due"]] == [date(2026, 5, 31)]


def test_a_day_whose_hidden_year_is_another_counts_in_the_lists_year_and_is_asked_about(formatted):
    day = Formatted(DAY, LAST_OF_JUNE - 365)
    table = formatted(
        清单=[
            ["2026年要点"],
            HEADER,
            ["1", "办夜校", "林岚", "技改科", Formatted(DAY, LAST_OF_JUNE)],
            ["2", "修礼堂", "高远", "房管科", day],
            ["3", "修车棚", "高远", "房管科", day],
        ]
    )
    assert [*table.rows["due"]] == [date(2026, 6, 30)] * 3
    asked = [problem for problem in table.problems if problem.code == "day_of_other_year"]
    assert asked == [Problem("day_of_other_year", 4, "完成时限", "6月30日 (2025)、6月30日 (2025)")]


def test_hidden_rows_count_and_are_said_of_the_sheet_where_they_are(formatted):
    second = [HEADER, ["3", "架桥", "林岚", "路桥科", "9月"]]
    rows = [
        HEADER,
        ["1", "办夜校", "林岚", "技改科", "6月"],
        ["2", "修路", "林岚", "路桥科", "9月"],
    ]
    table = formatted(hidden_rows=[3], 一=rows, 二=second)
    assert len(table.rows) == 3
    hidden = [problem for problem in table.problems if problem.code == "sheet_hidden_rows"]
    assert hidden == [Problem("sheet_hidden_rows", 3, "", "1")]
    with_notes = formatted(hidden_rows=[1], 说明=[["填表说明"]], 一=rows)
    hidden = [problem for problem in with_notes.problems if problem.code == "sheet_hidden_rows"]
    assert hidden == [Problem("sheet_hidden_rows", 1, "", "1", "说明")]


def test_errors_are_named_where_they_stand(formatted):
    rows = [HEADER, ["1", "办夜校", "林岚", "技改科", "#REF!"]]
    table = formatted(清单=rows)
    assert ("deadline_unreadable", "#REF!") in codes(table)


def test_an_old_workbook_is_a_table_too(tmp_path):
    header = ["编号", "举措", "责任领导", "责任部门", "完成时限"]
    texts = [*header, "1", "办夜校", "林岚", "技改科", "6月"]
    cells = b"".join(
        workbooks.string(number // 5, number % 5, number) for number in range(len(texts))
    )
    book = workbooks.style() + workbooks.strings(*map(workbooks.text, texts))
    path = tmp_path / "清单.xls"
    path.write_bytes(workbooks.compound(workbooks.xls_stream(book, [("清单", cells)])))
    table = measures.read(path)
    assert (column(table, "title"), column(table, "leaders")) == (["办夜校"], [["林岚"]])
