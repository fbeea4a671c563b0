"""One understanding of a grid: headers of several rows, kinds of rows, several tables of a sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.files import Grid
from lib.grids import headers, tables
from lib.grids.cells import numbered
from lib.grids.model import Kind
from lib.measures.headers import MEASURES

HEADER = ["编号", "举措", "责任领导", "责任部门", "完成时限"]
FIRST = ["1", "办夜校", "林岚", "技改科", "6月底前"]
SECOND = ["2", "修球场", "高远", "后勤科", "9月"]


def read(*rows, merged=None):
    """The tables of a sheet whose rows are given; short ones are filled up."""
    width = max(map(len, rows))
    return tables.read(
        Grid("", [[*row] + [""] * (width - len(row)) for row in rows], merged or {}), MEASURES
    )


def only(*rows, merged=None):
    (table,) = read(*rows, merged=merged)
    return table


def passed(table):
    return [(row.row, row.kind) for row in table.passed]


def cells(table, field):
    return [row[table.columns[field]] for row in table.rows]


# --- headers -------------------------------------------------------------------------------------

TWO_ROWS = {
    "牵头 and 配合 below a merged 责任单位": (
        ["举措", "责任单位", "", "时限"],
        ["", "牵头", "配合", ""],
        {(0, 1): (1, 2), (0, 0): (2, 1), (0, 3): (2, 1)},
        {"title": 0, "lead_departments": 1, "support_departments": 2, "deadline": 3},
    ),
    "the same once the merges are lost": (
        ["举措", "责任单位", "", "时限"],
        ["", "牵头单位", "配合单位", ""],
        {},
        {"title": 0, "lead_departments": 1, "support_departments": 2, "deadline": 3},
    ),
    "a person and an office below 责任分工": (
        ["工作任务", "责任分工", "", "完成时间"],
        ["", "责任领导", "责任部门", ""],
        {(0, 1): (1, 2)},
        {"title": 0, "leaders": 1, "departments": 2, "deadline": 3},
    ),
    "领导 and 科室 below 责任落实": (
        ["工作任务", "责任落实", "", "完成时间"],
        ["", "领导", "科室", ""],
        {(0, 1): (1, 2), (0, 0): (2, 1), (0, 3): (2, 1)},
        {"title": 0, "leaders": 1, "departments": 2, "deadline": 3},
    ),
    "开始 and 结束 below 完成时限": (
        ["举措", "责任部门", "完成时限", ""],
        ["", "", "开始", "结束"],
        {(0, 2): (1, 2), (0, 0): (2, 1), (0, 1): (2, 1)},
        {"title": 0, "departments": 1, "from": 2, "to": 3},
    ),
}


@pytest.mark.parametrize("case", TWO_ROWS.values(), ids=TWO_ROWS)
def test_a_header_of_two_rows_names_its_columns(case):
    upper, lower, merged, columns = case
    table = only(upper, lower, ["办夜校", "甲", "乙", "丙"], merged=merged)
    assert table.columns == columns
    assert len(table.rows) == 1


def test_a_header_of_three_rows_names_its_columns():
    table = only(
        ["举措", "责任单位", "", ""],
        ["", "牵头", "配合", ""],
        ["", "", "配合部门", "参与单位"],
        ["办夜校", "技改科", "后勤科", "财务科"],
        merged={(0, 1): (1, 3), (1, 2): (1, 2), (0, 0): (3, 1), (1, 1): (2, 1)},
    )
    assert table.columns["lead_departments"] == 1
    assert table.columns["support_departments"] == 2
    assert cells(table, "title") == ["办夜校"]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["１", "２", "３", "４", "５"],
    ],
)
def test_a_row_that_numbers_the_columns_belongs_to_the_header(numbers):
    assert only(HEADER, numbers, FIRST).lines == [2]


def test_a_measure_with_few_cells_is_no_second_row_of_a_header():
    table = only(HEADER, ["", "修路", "", "", ""], FIRST)
    assert cells(table, "title") == ["修路", "办夜校"]


def test_a_row_of_one_label_is_no_header():
    assert headers.at(*numbered(Grid("", [["举措", ""]])), 0, MEASURES.words) is None


def test_a_sheet_without_a_header_has_no_table():
    assert read(["说明"], ["请按月填报", "谢谢"]) == []


def test_a_header_may_stand_below_a_title_and_not_below_thirty_rows():
    title = [["填表说明"]] * 29
    assert len(read(*title, HEADER, FIRST)) == 1
    assert read(*title, ["再说明"], HEADER, FIRST) == []


def test_what_stands_above_a_header_is_kept():
    assert only(["2026年重点工作清单"], [], ["单位：科", "2026年1月"], HEADER, FIRST).above == [
        "2026年重点工作清单",
        "单位：科 2026年1月",
    ]


# --- rows that are no measures -------------------------------------------------------------------

NO_MEASURES = {
    "a sum": (["合计", "2", "", "", ""], Kind.SUM),
    "a sum with spaces": (["", "小 计", "2", "", ""], Kind.SUM),
    "a sum in words": (["共计2项", "", "", "", ""], Kind.SUM),
    "a note": (["备注：按季调度。", "", "", "", ""], Kind.NOTE),
    "a word of the page around it": (["打印本页", "", "", "", ""], Kind.NOTE),
    "who filled it in": (["填表人：林岚", "", "审核人：高远", "", "2026年3月1日"], Kind.NOTE),
    "whom to ask": (["联系人：林岚", "电话：0000", "", "", ""], Kind.NOTE),
    "the header again": (HEADER, Kind.HEADER),
    "the header in English": (["ID", "Measure", "Leader", "Department", "Deadline"], Kind.HEADER),
    "a signature": (["", "", "", "市总工会办公室", ""], Kind.NOTE),
    "a heading over nothing": (["三、其他", "", "", "", ""], Kind.NOTE),
}


@pytest.mark.parametrize("case", NO_MEASURES.values(), ids=NO_MEASURES)
def test_a_row_below_the_measures_is_told_by_its_kind(case):
    row, kind = case
    table = only(HEADER, FIRST, SECOND, row)
    assert cells(table, "title") == ["办夜校", "修球场"]
    assert passed(table) == [(3, kind)]


def test_a_note_merged_over_all_columns_is_a_note():
    table = only(HEADER, FIRST, ["备注：按季调度。"], merged={(2, 0): (1, 5)})
    assert passed(table) == [(2, Kind.NOTE)]


def test_a_long_text_in_a_row_of_its_own_is_a_note():
    table = only(HEADER, FIRST, ["按季调度，" * 20], SECOND)
    assert passed(table) == [(2, Kind.NOTE)]


def test_a_measure_that_lacks_names_stays_one():
    table = only(HEADER, ["1", "办夜校", "", "", ""], ["", "修球场", "高远", "", ""])
    assert cells(table, "title") == ["办夜校", "修球场"]


def test_a_row_with_a_number_of_its_own_is_a_measure_without_a_title():
    assert len(only(HEADER, FIRST, ["2", "", "高远", "后勤科", ""]).rows) == 2


# --- headings ------------------------------------------------------------------------------------


def test_the_headings_over_a_measure_are_its_sections():
    table = only(
        HEADER,
        ["一、技能"],
        ["（一）夜校"],
        FIRST,
        ["二、生活"],
        SECOND,
        merged={(1, 0): (1, 5), (2, 0): (1, 5), (4, 0): (1, 5)},
    )
    assert table.sections == [("一、技能", "（一）夜校"), ("二、生活",)]


def test_a_heading_may_have_its_number_in_a_cell_of_its_own():
    table = only(HEADER, ["一", "技能", "", "", ""], FIRST)
    assert table.sections == [("一、技能",)]


def test_the_number_of_a_heading_may_stand_in_a_column_that_counts():
    table = only(["序号", "举措", "责任部门"], ["一", "技能", ""], ["1", "办夜校", "技改科"])
    assert table.sections == [("一、技能",)]


def test_a_heading_with_a_number_above_the_first_header_is_its_section():
    table = only(["2026年清单"], ["一、技能"], HEADER, FIRST, merged={(0, 0): (1, 5)})
    assert (table.above, table.sections) == (["2026年清单"], [("一、技能",)])


def test_a_heading_over_nothing_gives_way_to_the_next():
    table = only(HEADER, ["一、技能"], ["二、生活"], FIRST, merged={(1, 0): (1, 5), (2, 0): (1, 5)})
    assert table.sections == [("二、生活",)]
    assert passed(table) == [(1, Kind.NOTE)]


# --- merged cells and measures of several rows ---------------------------------------------------


def test_a_cell_merged_downwards_holds_for_each_of_its_rows():
    table = only(HEADER, FIRST, ["2", "修球场", "", "后勤科", "9月"], merged={(1, 2): (2, 1)})
    assert cells(table, "leaders") == ["林岚", "林岚"]


def test_a_header_merged_downwards_fills_no_row():
    table = only(HEADER, ["", *FIRST[1:]], ["", *SECOND[1:]], merged={(0, 0): (3, 1)})
    assert cells(table, "measure_id") == ["", ""]


def test_a_cell_merged_across_stands_in_its_first_column_alone():
    table = only(HEADER, ["1", "办夜校", "林岚、高远", "", "6月"], merged={(1, 2): (1, 2)})
    assert cells(table, "leaders") == ["林岚、高远"]
    assert cells(table, "departments") == [""]


def test_a_measure_over_two_rows_is_one_with_the_names_of_both():
    table = only(
        HEADER,
        FIRST,
        ["", "", "高远", "后勤科", "6月底前"],
        SECOND,
        merged={(1, 0): (2, 1), (1, 1): (2, 1)},
    )
    assert cells(table, "leaders") == ["林岚、高远", "高远"]
    assert cells(table, "departments") == ["技改科、后勤科", "后勤科"]
    assert cells(table, "deadline") == ["6月底前", "9月"]
    assert table.joined == [2]


def test_a_name_alone_below_a_measure_belongs_to_it_if_another_measure_follows():
    table = only(HEADER, FIRST, ["", "", "高远", "", ""], SECOND)
    assert cells(table, "leaders") == ["林岚、高远", "高远"]


def test_a_name_before_any_measure_belongs_to_none():
    table = only(HEADER, ["", "", "高远", "后勤科", ""], FIRST)
    assert passed(table) == [(1, Kind.NOTE)]


def test_of_two_columns_of_measures_the_one_that_is_not_merged_over_rows_is_it():
    table = only(
        ["重点任务举措", "具体举措", "责任部门"],
        ["技能", "办夜校", "技改科"],
        ["", "办竞赛", "技改科"],
        merged={(1, 0): (2, 1)},
    )
    assert cells(table, "title") == ["办夜校", "办竞赛"]


def test_the_coarser_column_of_measures_may_be_blank_below_its_first_row():
    table = only(
        ["工作任务", "具体举措", "责任部门"],
        ["技能", "办夜校", "技改科"],
        ["", "办竞赛", "技改科"],
        ["生活", "修球场", "后勤科"],
    )
    assert cells(table, "title") == ["办夜校", "办竞赛", "修球场"]
    assert cells(table, "section") == ["技能", "技能", "生活"]


def test_a_row_without_the_finer_measure_says_nothing_of_which_is_coarser():
    table = only(
        ["工作任务", "具体举措", "责任部门"],
        ["技能", "办夜校", "技改科"],
        ["生活", "", "后勤科"],
        ["文化", "办展览", "宣传科"],
    )
    assert cells(table, "title") == ["技能", "生活", "文化"]


def test_a_column_of_another_label_that_is_merged_over_measures_groups_them():
    table = only(
        ["存在问题", "举措", "责任部门"],
        ["不够", "办夜校", "技改科"],
        ["", "办竞赛", "技改科"],
        merged={(1, 0): (2, 1)},
    )
    assert table.group == 0


# --- several tables ------------------------------------------------------------------------------


def test_a_second_table_with_other_columns_is_read_by_its_own_header():
    first, second = read(
        HEADER,
        FIRST,
        [],
        ["任务", "牵头单位", "配合单位", "时限"],
        ["修路", "城建科", "技改科", "年底"],
    )
    assert cells(first, "title") == ["办夜校"]
    assert cells(second, "lead_departments") == ["城建科"]


def test_a_title_over_the_same_header_begins_another_list():
    first, second = read(
        ["2025年清单"], HEADER, FIRST, ["2026年清单"], HEADER, SECOND, merged={(3, 0): (1, 5)}
    )
    assert (first.above, second.above) == (["2025年清单"], ["2026年清单"])


def test_the_title_printed_again_on_the_next_page_begins_none():
    table = only(
        ["2025年清单"], HEADER, FIRST, ["2025年清单"], HEADER, SECOND, merged={(3, 0): (1, 5)}
    )
    assert cells(table, "title") == ["办夜校", "修球场"]


def test_a_heading_with_a_number_above_a_second_header_is_its_section():
    first, second = read(
        HEADER,
        ["一、技能"],
        FIRST,
        ["二、生活"],
        ["举措", "责任部门", "备注"],
        ["修路", "城建科", "急"],
    )
    assert first.sections == [("一、技能",)]
    assert second.sections == [("二、生活",)]


def test_a_heading_with_a_number_before_a_printed_header_holds_below_it():
    table = only(HEADER, ["一、技能"], FIRST, ["（二）球场"], HEADER, SECOND)
    assert table.sections == [("一、技能",), ("一、技能", "（二）球场")]


def test_a_heading_over_nothing_before_another_list_is_a_note():
    first, second = read(HEADER, FIRST, ["三、其他"], ["2026年清单"], HEADER, SECOND)
    assert passed(first) == [(2, Kind.NOTE)]
    assert (second.above, second.sections) == (["2026年清单"], [()])


def test_the_rows_of_a_table_of_something_else_are_no_measures():
    table = only(
        HEADER,
        FIRST,
        ["附：联络员名单"],
        ["序号", "部门", "姓名", "职务", "手机"],
        ["1", "技改科", "林岚", "科长", "0"],
    )
    assert cells(table, "title") == ["办夜校"]
    assert passed(table) == [(2, Kind.NOTE), (3, Kind.OTHER), (4, Kind.OTHER)]


def test_a_list_may_follow_a_table_of_something_else():
    first, second = read(
        HEADER, FIRST, ["姓名", "手机"], ["林岚", "0"], ["举措", "责任部门"], ["修路", "城建科"]
    )
    assert (cells(first, "title"), cells(second, "title")) == (["办夜校"], ["修路"])


# --- nothing is lost -----------------------------------------------------------------------------

TEXTS = st.sampled_from(
    ["", "", "一、技能", "办夜校", "林岚", "技改科", "6月", "合计", "备注：无", *HEADER]
)
ROWS = st.lists(st.lists(TEXTS, min_size=5, max_size=5), max_size=8)


@given(ROWS)
def test_every_cell_below_a_header_is_a_measures_a_headings_or_named_as_passed_over(rows):
    tables = read(HEADER, *rows)
    accounted = [text for table in tables for row in table.rows for text in row]
    # A header may have two rows, of whose labels the lower ones are kept
    accounted += [text for table in tables for text in [HEADER, *rows][table.header]]
    accounted += [text for table in tables for headings in table.sections for text in headings]
    accounted += [row.text for table in tables for row in table.passed]
    accounted += [text for table in tables for text in [*table.above, *table.labels]]
    kept = {text for row in rows for text in row} - {*HEADER}
    assert [text for text in kept if text not in " ".join(accounted)] == []
