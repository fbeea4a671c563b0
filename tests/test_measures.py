"""The measure table: rows, roles, ids, milestones, problems. A test's docstring is the table that it reads."""

from __future__ import annotations

import csv
import datetime
import inspect
import io
import re
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lib import measures
from lib.errors import BoardError, Problem
from lib.measures import columns, schema, splitting
from lib.measures.names import led_first
from lib.measures.spelling import even
from tests import workbooks
from tests.examples import examples

HEADER = "编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限"


@pytest.fixture
def read(tmp_path):
    """Write a table, and its milestones, and read them."""

    def read_it(text, milestones=None, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else inspect.cleandoc(text).encode())
        if milestones is not None:
            measures.milestones_path(path).write_text(inspect.cleandoc(milestones), "utf-8")
        return measures.read(path)

    return read_it


@pytest.fixture
def table(request, read):
    """The table in the test's docstring, behind its first line; milestones stand behind a line of dashes."""
    _, _, text = (inspect.getdoc(request.function) or "").partition("\n\n")
    first, dashes, second = text.partition("\n---\n")
    return read(first, second if dashes else None)


def one(row):
    """A table of one row in which everything is right but what the row says."""
    cells = {
        "编号": "1",
        "年度": "2020",
        "清单": "甲",
        "板块": "一",
        "条目": "一",
        "举措": "宣讲",
        "责任领导": "张",
    }
    cells |= {"责任部门": "办公室", "完成时限": "8月"} | row
    return as_csv([list(cells), list(cells.values())])


def as_csv(grid):
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    return out.getvalue().encode()


def found(table):
    return [
        (problem.code, problem.line, problem.column, problem.value) for problem in table.problems
    ]


def who(table, row=0):
    """Who leads and who supports in a row."""
    return table.codes.lead.of(row), table.codes.support.of(row)


def chosen(table, **filters):
    rows = measures.select(table, **filters)
    assert rows is not None
    return rows.tolist()


def lists(table, column):
    return [list(names) for names in table.rows[column]]


# --- rows ------------------------------------------------------------------------------------------------------------


def test_a_row_says_what_the_notice_says_and_what_is_derived_from_it(table):
    """One measure.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    2020-1-3,2020,宣传教育清单,一、学习,一（三）,深入宣讲,张甲、李乙,组宣部，机关党委、办公室,8月
    """
    assert table.problems == ()
    (row,) = table.rows.to_dict("records")
    assert row == {
        "measure_id": "2020-1-3",
        "year": 2020,
        "list": "宣传教育清单",
        "section": "一、学习",
        "article": "一（三）",
        "title": "深入宣讲",
        "leaders": ["张甲", "李乙"],
        "departments": "组宣部，机关党委、办公室",
        "lead_departments": ["组宣部"],
        "support_departments": ["机关党委", "办公室"],
        "deadline": "8月",
        "start": pd.NaT,
        "due": date(2020, 8, 31),
        "ongoing": False,
        "recurring": "",
    } | {"start": row["start"]}
    assert pd.isna(row["start"])


def test_the_columns_are_always_the_same_and_backed_by_arrow(table):
    """Three columns only.

    举措,责任领导,备注
    宣讲,张,早办
    """
    assert tuple(table.rows.columns) == (*schema.ROW_COLUMNS, "备注")
    types = {name: str(kind.pyarrow_dtype) for name, kind in table.rows.dtypes.items()}
    assert types["year"] == "int16"
    names = {types[name] for name in ("leaders", "lead_departments", "support_departments")}
    assert names == {"list<item: dictionary<values=string, indices=int32, ordered=0>>"}
    assert types["start"] == types["due"] == "date32[day]"
    assert types["ongoing"] == "bool"
    assert {
        types[name] for name in ("measure_id", "title", "departments", "recurring", "备注")
    } == {"string"}
    assert pd.isna(table.rows["year"][0])


def test_windows_come_from_the_phrase_and_the_year(table):
    """Phrases of all kinds.

    年度,举措,责任领导,责任部门,完成时限
    2020,一,张,办公室,全年
    2021,二,张,办公室,一季度
    2020,三,张,办公室,每季度
    2020,四,张,办公室,长期
    2020,五,张,办公室,２０２１年３月
    """
    rows = (
        table.rows[["start", "due", "ongoing", "recurring"]]
        .astype(object)
        .where(table.rows.notna(), None)
    )
    assert rows.values.tolist() == [
        [date(2020, 1, 1), date(2020, 12, 31), True, ""],
        [date(2021, 1, 1), date(2021, 3, 31), False, ""],
        [None, None, False, "quarterly"],
        [None, None, True, ""],
        [None, date(2021, 3, 31), False, ""],
    ]


def test_windows_are_kept_once_for_each_phrase_and_year(table):
    """Two phrases, two years.

    年度,举措,责任领导,完成时限
    2020,一,张,8月
    2021,二,张,8月
    2020,三,张,8月
    2020,四,张,
    2020,五,张,待定
    """
    windows = table.codes.windows
    assert windows.code.tolist() == [0, 1, 0, 2, 3]
    assert windows.phrase == ["8月", "8月", "", "待定"]
    assert windows.year.tolist() == [2020, 2021, 2020, 2020]
    assert windows.kind.tolist() == [
        measures.READ,
        measures.READ,
        measures.EMPTY,
        measures.UNREADABLE,
    ]


def test_extra_columns_are_kept_whatever_they_are_called(read):
    header = ["举措", "责任领导", "备注", "备注", "start", "责任人", "", ""]
    table = read(as_csv([header, ["宣讲", "张", "一", "二", "三", "李", "四", ""]]))
    extra = table.rows.loc[
        0, [name for name in table.rows.columns if name not in schema.ROW_COLUMNS]
    ]
    assert dict(extra) == {
        "备注": "一",
        "备注 (4)": "二",
        "start (5)": "三",
        "责任人": "李",
        "(7)": "四",
    }


YEARS = [
    ("2020", 2020),
    ("2020年", 2020),
    ("2020年度", 2020),
    ("２０２０", 2020),
    ("二〇二〇年", 2020),
    ("二零二零", 2020),
    ("2020.0", 2020),
    ("2000", 2000),
    ("2099", 2099),
    # not years
    ("1999", 0),
    ("2100", 0),
    ("20", 0),
    ("20200", 0),
    ("今年", 0),
    ("2020-2021", 0),
    ("٢٠٢٠", 0),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_a_year_is_four_digits_in_any_writing(read, text, year):
    table = read(one({"年度": text, "完成时限": "长期"}))
    assert table.codes.years.tolist() == [year]
    assert found(table) == ([] if year else [("year_invalid", 2, "年度", text)])


# --- bad data --------------------------------------------------------------------------------------------------------

MISTAKES = [
    ({"举措": ""}, ("title_missing", "举措", "")),
    ({"举措": " \t　"}, ("title_missing", "举措", "")),
    ({"责任领导": ""}, ("leader_missing", "责任领导", "")),
    ({"责任领导": "、，"}, ("leader_missing", "责任领导", "、，")),
    ({"责任部门": ""}, ("department_missing", "责任部门", "")),
    (
        {"责任部门": "办公室，组宣部、办公室"},
        ("lead_and_support", "责任部门", "办公室，组宣部、办公室"),
    ),
    ({"完成时限": "待定"}, ("deadline_unreadable", "完成时限", "待定")),
    ({"完成时限": "无"}, ("deadline_missing", "完成时限", "无")),
    ({"完成时限": ""}, ("deadline_missing", "完成时限", "")),
    ({"年度": "明年"}, ("year_invalid", "年度", "明年")),
    ({"年度": ""}, ("year_missing", "年度", "")),
    ({"编号": ""}, ("id_missing", "编号", "")),
    ({"举措": "甲" * 32_768}, ("too_long", "举措", "甲" * 200 + "…")),
    ({"举措": "宣\x00讲"}, ("control_characters", "举措", "宣\x00讲")),
    ({"举措": "宣\x7f讲"}, ("control_characters", "举措", "宣\x7f讲")),
    ({"责任领导": "张\x1b"}, ("control_characters", "责任领导", "张\x1b")),
    ({"举措": "=1+1"}, ("formula", "举措", "=1+1")),
    ({"举措": "@SUM(A1)"}, ("formula", "举措", "@SUM(A1)")),
    ({"举措": "-2+3+cmd|' /C calc'!A0"}, ("formula", "举措", "-2+3+cmd|' /C calc'!A0")),
]


@pytest.mark.parametrize(("row", "problem"), MISTAKES)
def test_one_mistake_is_one_problem_and_the_row_stays(read, row, problem):
    table = read(one(row))
    code, column, value = problem
    assert found(table) == [(code, 2, column, value)]
    assert len(table) == 1


SOUND = [
    {"举措": "甲" * 32_767},
    {"举措": "第一行\n第二行\t三"},
    {"举措": "-5"},
    {"举措": "+1.5"},
    {"举措": "- 项目符号，（甲）"},
    {"举措": "="},
    {"举措": "@所有人"},
    {"责任部门": "办公室、办公室、办公室"},
    {"责任部门": "组宣部，办公室、办公室"},
    {"责任领导": "张、张"},
]


@pytest.mark.parametrize("row", SOUND[:7])
def test_what_only_looks_odd_is_no_problem(read, row):
    table = read(one(row))
    assert found(table) == []
    assert table.rows["title"][0] == row["举措"]


def test_who_is_named_twice_counts_once(read):
    table = read(one({"责任领导": "张、李，张"}))
    assert (lists(table, "leaders"), found(table)) == ([["张", "李"]], [])
    assert who(read(one({"责任部门": "组宣部，办公室、办公室"}))) == (["组宣部"], ["办公室"])
    many = "、".join([f"部门{number}" for number in range(40)] * 2)
    table = read(one({"责任部门": many}))
    assert who(table) == (["部门0"], [f"部门{number}" for number in range(1, 40)])
    assert [problem.code for problem in table.problems] == ["lead_and_support"]


def test_a_too_long_cell_and_a_control_character_leave_the_rest_as_it_is(read):
    assert read(one({"举措": "宣\x00讲\x07 "})).rows["title"][0] == "宣讲"
    assert len(read(one({"举措": "甲" * 40_000})).rows["title"][0]) == 40_000


@pytest.mark.parametrize(
    "column", ["年度", "清单", "板块", "条目", "责任领导", "责任部门", "完成时限"]
)
def test_a_missing_column_is_one_problem_and_an_empty_field(read, column):
    header = HEADER.split(",")
    cells = ["2020-1-1", "2020", "清单", "板块", "一（一）", "宣讲", "张", "办公室", "8月"]
    missing = header.index(column)
    table = read(
        as_csv(
            [
                header[:missing] + header[missing + 1 :],
                *[cells[:missing] + cells[missing + 1 :]] * 2,
            ]
        )
    )
    codes = [problem for problem in found(table) if problem[0] != "duplicate_id"]
    assert codes == [("missing_column", 0, column, "")]


def test_departments_are_not_missed_beside_an_explicit_lead(read):
    table = read(
        "年度,清单,板块,条目,举措,责任领导,牵头部门,完成时限\n2020,甲,一,一,宣讲,张,办公室,8月"
    )
    assert (found(table), table.rows["departments"][0]) == ([], "办公室")


def test_the_id_may_be_missing(read):
    assert found(read(HEADER.removeprefix("编号,") + "\n2020,甲,一,一,宣讲,张,办公室,8月")) == []


def test_problems_stand_in_the_order_of_the_table_under_the_words_of_its_header(table):
    """Two lines with two mistakes each, under headers of its own.

    measure_id,年份,清单名称,板块,条目,工作任务,责任人,责任单位,完成时间
    1,明年,甲,一,一,宣讲,,办公室,2020年8月
    1,2020,甲,一,二,,张,办公室,待定
    """
    assert found(table) == [
        ("year_invalid", 2, "年份", "明年"),
        ("leader_missing", 2, "责任人", ""),
        ("duplicate_id", 3, "measure_id", "1"),
        ("title_missing", 3, "工作任务", ""),
        ("deadline_unreadable", 3, "完成时间", "待定"),
    ]


def test_a_phrase_that_only_lacks_its_year_is_not_reported_a_second_time(table):
    """The year is what is wrong with the first line, the phrase with the second.

    年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    明年,甲,一,一,宣讲,张,办公室,8月
    明年,甲,一,二,展览,张,办公室,待定
    """
    assert [problem[:2] for problem in found(table)] == [
        ("year_invalid", 2),
        ("year_invalid", 3),
        ("deadline_unreadable", 3),
    ]
    assert table.codes.windows.kind.tolist() == [measures.UNREADABLE] * 2


def test_a_broken_line_is_one_problem_not_one_for_each_empty_cell(table):
    """The second line ends early, the third has a cell too many, the fourth an open quote.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    1,2020,甲,一,一,宣讲,张,办公室,8月
    2,2020,甲
    3,2020,甲,一,三,展览,演出,张,办公室,8月
    4,2020,甲,一,四,"合唱,张,办公室,8月
    5,2020,甲,一,五,合唱,张,,8月
    """
    assert [problem[:2] for problem in found(table)] == [
        ("too_few_cells", 3),
        ("too_many_cells", 4),
        ("unclosed_quote", 5),
        ("department_missing", 6),
    ]
    assert table.rows["title"].tolist() == ["宣讲", "", "展览", "合唱", "合唱"]


def test_a_cell_with_bad_bytes_is_not_judged_a_second_time(read):
    table = read(one({"完成时限": "8月", "责任领导": "张"}).replace("8月".encode(), b"8\xff"))
    assert found(table) == [("encoding", 2, "完成时限", "8�")]


def test_a_table_of_a_header_only_is_empty(read):
    table = read(HEADER)
    assert (len(table), table.problems, len(table.milestones)) == (0, (), 0)
    assert tuple(table.rows.columns) == schema.ROW_COLUMNS
    assert chosen(table, leaders=["张"]) == []


def test_a_file_that_is_no_measure_list_is_refused_with_what_it_has(read):
    with pytest.raises(BoardError) as raised:
        read("编号,节点时限,节点\n1,6月,申报")
    assert (raised.value.code, raised.value.details["found"]) == (
        "no_header",
        "编号、节点时限、节点",
    )
    with pytest.raises(BoardError, match="no_header"):
        read("举措,完成时限\n宣讲,8月")


# --- names and roles -------------------------------------------------------------------------------------------------

SPLITS = [
    # the notice's own punctuation
    ("组宣部，机关党委、市教科文卫体工会、办公室", "组宣部 机关党委 市教科文卫体工会 办公室"),
    # other separators, doubled, at the ends
    ("甲,乙；丙;丁/戊／己｜庚|辛\n壬\t癸", "甲 乙 丙 丁 戊 己 庚 辛 壬 癸"),
    ("，甲，，乙、", "甲 乙"),
    ("、，", ""),
    ("", ""),
    # names with brackets of their own
    ("市文广旅局（市体育局）", "市文广旅局（市体育局）"),
    ("各县（市、区）总工会，办公室", "各县（市、区）总工会 办公室"),
    ("市局(一科,二科)、办公室", "市局(一科,二科) 办公室"),
    ("甲（乙（丙、丁）、戊）、己", "甲（乙（丙、丁）、戊） 己"),
    # brackets without their other half are characters
    ("甲（乙、丙", "甲（乙 丙"),
    ("甲）、乙（", "甲） 乙（"),
    ("甲（乙、丙】、丁", "甲（乙、丙】 丁"),
    # spaces
    ("张 慧", "张慧"),
    ("张　慧、李 雷", "张慧 李雷"),
    ("张慧 李雷", "张慧 李雷"),
    (" 甲 ，\u00a0乙\u3000", "甲 乙"),
    ("John Smith、李雷", "John_Smith 李雷"),
    # role words
    ("组宣部牵头，机关党委配合", "组宣部 机关党委"),
    ("市政协办、县委会办", "市政协办 县委会办"),
    ("牵头单位：组宣部；配合单位：机关党委、办公室", "组宣部 机关党委 办公室"),
    ("责任单位：办公室", "办公室"),
    ("牵头", "牵头"),
]


@pytest.mark.parametrize(("cell", "names"), SPLITS)
def test_a_cell_is_split_into_names(read, cell, names):
    expected = [name.replace("_", " ") for name in names.split()]
    assert [name for name, _ in measures.split_names(cell)] == expected
    assert lists(read(one({"责任领导": cell})), "leaders") == [expected]


NOTES = [
    ("办公室、组宣部（牵头）", [("办公室", ""), ("组宣部", "牵头")]),
    ("办公室(主责)、组宣部 （协办单位）", [("办公室", "主责"), ("组宣部", "协办")]),
    ("市文广旅局（市体育局）（牵头）", [("市文广旅局（市体育局）", "牵头")]),
    ("办公室负责牵头，财务部配合", [("办公室", "牵头"), ("财务部", "配合")]),
    (
        "牵头：甲、乙；配合单位: 丙、丁（牵头）；责任部门：戊",
        [("甲", "牵头"), ("乙", "牵头"), ("丙", "配合"), ("丁", "牵头"), ("戊", "")],
    ),
]


@pytest.mark.parametrize(("cell", "names"), NOTES)
def test_a_name_may_carry_a_role(cell, names):
    assert measures.split_names(cell) == names


ROLES = [
    # the first leads
    ("组宣部，机关党委、办公室", "组宣部", "机关党委 办公室"),
    # unless the cell says otherwise
    ("办公室、组宣部（牵头）", "组宣部", "办公室"),
    ("办公室（配合）、组宣部", "组宣部", "办公室"),
    ("组宣部（牵头）、财务部（牵头）、办公室", "组宣部 财务部", "办公室"),
    ("配合单位：办公室、财务部；牵头单位：组宣部", "组宣部", "办公室 财务部"),
    ("办公室（配合）", "", "办公室"),
    ("各县（市、区）总工会，办公室", "各县（市、区）总工会", "办公室"),
]


@pytest.mark.parametrize(("cell", "lead", "support"), ROLES)
def test_the_first_department_leads_unless_the_notice_says_otherwise(read, cell, lead, support):
    table = read(one({"责任部门": cell}))
    assert (who(table), found(table)) == ((lead.split(), support.split()), [])
    assert table.rows["departments"][0] == cell


EXPLICIT = [
    # 责任部门, 牵头部门, 配合部门 → lead, support
    ("", "甲", "乙、丙", "甲", "乙 丙"),
    ("", "甲、乙", "", "甲 乙", ""),
    ("乙、甲、丙", "甲", "", "甲", "乙 丙"),
    ("乙、甲、丙", "甲", "丁", "甲", "丁 乙 丙"),
    ("甲、乙、丙", "", "甲", "乙", "甲 丙"),
    ("甲、乙（牵头）、丙（牵头）", "", "丙", "乙", "丙 甲"),
    ("甲、乙", "", "", "甲", "乙"),
    ("甲", "", "乙", "甲", "乙"),
    ("", "", "乙", "", "乙"),
    ("甲、甲", "甲、甲", "乙、乙", "甲", "乙"),
]


@pytest.mark.parametrize(
    ("departments", "given_lead", "given_support", "lead", "support"), EXPLICIT
)
def test_columns_of_their_own_say_who_leads_and_supports(
    read, departments, given_lead, given_support, lead, support
):
    grid = [[*HEADER.split(","), "牵头部门", "配合部门"]]
    base = ["1", "2020", "甲", "一", "一", "宣讲", "张"]
    grid += [
        [*base, departments, "8月", given_lead, given_support],
        ["2", *base[1:], "丙、甲", "8月", "", ""],
    ]
    table = read(as_csv(grid))
    assert who(table) == (lead.split(), support.split())
    assert who(table, 1) == (["丙"], ["甲"])
    assert found(table) == []


def test_leading_and_supporting_at_once_is_a_problem_also_in_columns_of_their_own(read):
    table = read(one({"牵头部门": "甲、乙", "配合部门": "丙、乙", "责任部门": "甲、乙、丙"}))
    assert found(table) == [("lead_and_support", 2, "配合部门", "丙、乙")]
    assert who(table) == (["甲", "乙"], ["丙"])
    table = read(one({"责任部门": "甲", "配合部门": "甲、乙"}))
    assert [problem[0] for problem in found(table)] == ["lead_and_support"]
    assert who(table) == (["甲"], ["乙"])


def test_a_problem_of_roles_names_the_column_that_there_is(read):
    table = read(
        "编号,年度,清单,板块,条目,举措,责任领导,牵头部门,配合部门,完成时限\n"
        "1,2020,甲,一,一,宣讲,张,甲、乙,丙、乙,8月\n2,2020,甲,一,二,展览,张,,,8月"
    )
    assert found(table) == [
        ("lead_and_support", 2, "配合部门", "丙、乙"),
        ("department_missing", 3, "牵头部门", ""),
    ]
    assert table.rows["departments"].tolist() == ["甲、乙、丙", ""]


def test_names_are_coded_in_the_order_of_the_table_and_none_is_left_over(table):
    """Cells with brackets, roles and nothing in them.

    年度,举措,责任领导,责任部门,完成时限
    2020,一,张 慧,丙、甲（牵头）,8月
    2020,二,,各县（市、区）局、丙,8月
    2020,三,李,,8月
    2020,四,张慧,丁（配合）,8月
    """
    codes = table.codes
    assert codes.leaders.names.to_pylist() == ["张慧", "李"]
    assert codes.lead.names.to_pylist() == ["甲", "丙", "各县（市、区）局", "丁"]
    assert codes.support.names is codes.lead.names
    assert [who(table, row) for row in range(4)] == [
        (["甲"], ["丙"]),
        (["各县（市、区）局"], ["丙"]),
        ([], []),
        ([], ["丁"]),
    ]


NAME = st.text(st.sampled_from("甲乙丙，、,/（）()[] 牵头配合：a\n"), max_size=12)


@given(st.lists(st.tuples(NAME, NAME, NAME), max_size=12), st.booleans())
@example([("，（、", "）", ""), ("", "", "")], False)
def test_any_cells_are_split_as_one_by_one(tmp_path_factory, cells, explicit):
    header = ["举措", "责任领导", "责任部门", *(["配合部门"] if explicit else [])]
    grid = [["题", first, second, third][: len(header)] for first, second, third in cells]
    path = tmp_path_factory.getbasetemp() / "names.csv"
    path.write_bytes(as_csv([header, *grid]))
    table = measures.read(path)
    # A line of a cell that looks like a whole row is read as one (tests/test_sheets.py)
    assume(all(problem.code != "unclosed_quote" for problem in table.problems))
    assert len(table) == len(cells)
    for row, (one_cell, second, third) in enumerate(cells):
        leaders = led_first(one_cell.strip())[0]
        assert list(table.rows["leaders"][row]) == list(dict.fromkeys(leaders))
        lead, support = who(table, row)
        printed, leading = led_first(second.strip())
        names = [even(name) for name in printed]
        given_support = [even(name) for name in led_first(third.strip())[0]] if explicit else []
        assert set(lead) | set(support) == set(names) | set(given_support)
        assert not set(lead) & set(support)
        if not given_support:
            assert lead == list(dict.fromkeys(names[:leading]))
            assert support == [name for name in dict.fromkeys(names) if name not in lead]
    for column in (table.codes.leaders, table.codes.lead):
        assert "" not in column.position
        assert [*column.array().to_pylist()] == [column.of(row) for row in range(len(table))]


# --- identity --------------------------------------------------------------------------------------------------------


def test_a_second_use_of_an_id_is_a_problem_and_both_rows_stay(table):
    """Three rows, two ids.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    7,2020,甲,一,一,宣讲,张,办公室,8月
    8,2020,甲,一,二,展览,张,办公室,8月
    7,2020,甲,一,三,演出,张,办公室,8月
    """
    assert found(table) == [("duplicate_id", 4, "编号", "7")]
    assert table.rows["measure_id"].tolist() == ["7", "8", "7"]


def test_an_id_that_is_wanting_is_made_by_the_order_and_is_nobodys_else(table):
    """Two rows without an id, one that has the id that would be made.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    ,2020,甲,一,一,宣讲,张,办公室,8月
    2020-#1,2020,甲,一,二,展览,张,办公室,8月
    ,2020,甲,一,三,演出,张,办公室,8月
    """
    assert [problem[:2] for problem in found(table)] == [("id_missing", 2), ("id_missing", 4)]
    assert table.rows["measure_id"].tolist() == ["2020-#1'", "2020-#1", "2020-#3"]


DERIVED = [
    # year, list, article → id
    ([("2020", "甲", "一（二）"), ("2020", "甲", "一（三）")], ["2020-1-2", "2020-1-3"]),
    ([("2020", "甲", "二十一"), ("2020", "甲", "第3条")], ["2020-21", "2020-3"]),
    ([("2020", "甲", "（一）1."), ("2020", "甲", "㈡②")], ["2020-1-1", "2020-2-2"]),
    # articles that don't tell the rows of a list apart
    (
        [("2020", "甲", "一"), ("2020", "甲", "1"), ("2020", "甲", "二")],
        ["2020-1", "2020-2", "2020-3"],
    ),
    (
        [("2020", "甲", "一"), ("2020", "甲", ""), ("2021", "甲", "三")],
        ["2020-1", "2020-2", "2021-3"],
    ),
    ([("2020", "甲", "一百零千"), ("2020", "甲", "附则")], ["2020-1", "2020-2"]),
    # several lists in one year
    (
        [("2020", "甲", "一"), ("2020", "乙", "一"), ("2021", "甲", "一")],
        ["2020-1", "2020.2-1", "2021-1"],
    ),
    # no year
    ([("", "甲", "一"), ("", "乙", "一")], ["0000-1", "0000.2-1"]),
]


@pytest.mark.parametrize(("rows", "ids"), DERIVED)
def test_ids_are_derived_from_year_list_and_article(read, rows, ids):
    grid = [["年度", "清单", "条目", "举措", "责任领导"], *([*row, "题", "张"] for row in rows)]
    assert read(as_csv(grid)).rows["measure_id"].tolist() == ids


KEY = st.tuples(
    st.sampled_from(["2020", "2021", "x"]),
    st.sampled_from("甲乙"),
    st.sampled_from(["一", "二", "1", ""]),
)


@examples(gate=20)
@given(st.lists(KEY, max_size=12))
def test_derived_ids_are_unique_and_the_same_at_each_reading(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "ids.csv"
    path.write_bytes(
        as_csv(
            [["年度", "清单", "条目", "举措", "责任领导"], *([*row, "题", "张"] for row in rows)]
        )
    )
    ids = measures.read(path).rows["measure_id"].tolist()
    assert len(set(ids)) == len(rows)
    assert measures.read(path).rows["measure_id"].tolist() == ids


# --- milestones ------------------------------------------------------------------------------------------------------

MILESTONES = "编号,节点时限,节点,目标值,单位\n"


def test_milestones_stand_in_the_file_beside_the_table(table):
    """One measure and two milestones.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    2020-1,2020,甲,一,一,宣讲,张,办公室,12月
    ---
    编号,节点时限,节点,目标值,单位
    2020-1,6月份,申报职工书屋,4,个
    2020-1,下半年,展览,,
    """
    assert table.problems == ()
    assert table.milestones.to_dict("records") == [
        {
            "measure_id": "2020-1",
            "deadline": "6月份",
            "milestone": "申报职工书屋",
            "target": "4",
            "unit": "个",
            "row": 0,
            "start": None,
            "due": date(2020, 6, 30),
        },
        {
            "measure_id": "2020-1",
            "deadline": "下半年",
            "milestone": "展览",
            "target": "",
            "unit": "",
            "row": 0,
            "start": date(2020, 7, 1),
            "due": date(2020, 12, 31),
        },
    ]


def test_a_table_without_milestones_has_an_empty_frame_of_them(read):
    table = read(one({}))
    columns = ["measure_id", "deadline", "milestone", "target", "unit", "row", "start", "due"]
    assert (list(table.milestones.columns), len(table.milestones)) == (columns, 0)


def test_milestones_have_problems_of_their_own(table):
    """Every kind of mistake.

    编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
    2020-1,2020,甲,一,一,宣讲,张,办公室,12月
    ---
    编号,节点时限,节点,目标值,单位
    2020-9,6月,申报,4,个
    2020-1,待定,申报,4,个
    2020-1,,申报,4,个
    2020-1,6月,申报,四五个,个
    2020-1,6月,=1+1,1.5,个
    2020-1,6月
    """
    source = "table.milestones.csv"
    assert list(table.problems) == [
        Problem("milestone_orphan", 2, "编号", "2020-9", source),
        Problem("milestone_deadline_unreadable", 3, "节点时限", "待定", source),
        Problem("milestone_deadline_missing", 4, "节点时限", "", source),
        Problem("milestone_target_invalid", 5, "目标值", "四五个", source),
        Problem("formula", 6, "节点", "=1+1", source),
        Problem("too_few_cells", 7, "", "2020-1,6月", source),
    ]
    assert table.milestones["row"].tolist() == [-1, 0, 0, 0, 0, 0]
    assert len(table) == 1


def test_milestones_without_their_deadlines_column_are_one_problem(read):
    table = read(one({}), "编号,节点\n1,申报\n1,命名")
    assert table.problems == (Problem("missing_column", 0, "节点时限", "", "table.milestones.csv"),)
    assert table.milestones["milestone"].tolist() == ["申报", "命名"]


def test_milestones_that_cant_be_read_leave_the_table_as_it_is(read):
    assert read(one({}), "").problems == (
        Problem("milestones_unread", 0, "", "empty", "table.milestones.csv"),
    )
    assert read(one({}), "甲,乙\n1,2").problems == (
        Problem("milestones_no_header", 0, "", "no_header", "table.milestones.csv"),
    )


# --- workbooks and Parquet -------------------------------------------------------------------------------------------


def workbook(path, **grids):
    workbooks.of_rows(grids).save(path)


def test_a_workbook_has_its_milestones_in_a_sheet(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(
        path,
        清单=[
            ["2020 年举措清单"],
            HEADER.split(","),
            ["2020-1", 2020, "甲", "一", "一", "宣讲", "张", "办公室", datetime.date(2020, 8, 31)],
            ["2020-2", 2020.0, "甲", "一", "二", "展览", "张", "办公室", "12月"],
        ],
        节点=[
            ["编号", "时限", "事项", "目标值", "单位"],
            ["2020-2", "6月", "申报", 4, "个"],
            ["2020-3", "6月", "x", 1, ""],
        ],
        旧清单=[HEADER.split(",")],
    )
    table = measures.read(path)
    assert table.rows["deadline"].tolist() == ["2020-08-31", "12月"]
    assert table.rows["due"].tolist() == [date(2020, 8, 31), date(2020, 12, 31)]
    assert table.milestones[["milestone", "target", "row"]].values.tolist() == [
        ["申报", "4", 1],
        ["x", "1", -1],
    ]
    assert table.problems == (Problem("milestone_orphan", 3, "编号", "2020-3", "节点"),)


def test_a_sheet_with_rarer_headers_does_not_come_before_the_list(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(
        path,
        项目=[["项目名称", "项目负责人"], ["书屋", "李"]],
        清单=[["举措", "责任领导"], ["宣讲", "张"]],
    )
    table = measures.read(path)
    assert table.rows["title"].tolist() == ["宣讲"]
    assert Problem("sheet_ignored", 0, "", "项目") in table.problems


def test_a_workbook_without_that_sheet_takes_the_file_beside_it(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(
        path, 清单=[HEADER.split(","), ["1", 2020, "甲", "一", "一", "宣讲", "张", "办公室", "8月"]]
    )
    (tmp_path / "list.milestones.csv").write_text(MILESTONES + "1,6月,申报,4,个\n", "utf-8")
    assert measures.read(path).milestones["milestone"].tolist() == ["申报"]


def test_a_workbook_of_milestones_alone_is_no_list(tmp_path):
    path = tmp_path / "list.xlsx"
    workbook(path, 节点=[["编号", "节点时限", "节点"], ["1", "6月", "申报"]])
    with pytest.raises(BoardError, match="no_header"):
        measures.read(path)


def test_a_parquet_file_with_types_reads_as_the_same_table(read):
    text = read(one({"责任领导": "张、李", "责任部门": "组宣部，办公室", "完成时限": "2020-08-31"}))
    columns = dict(
        zip(HEADER.split(","), (["1"], [2020], ["甲"], ["一"], ["一"], ["宣讲"]), strict=False)
    )
    columns |= {
        "责任领导": [["张", "李"]],
        "责任部门": ["组宣部，办公室"],
        "完成时限": [datetime.date(2020, 8, 31)],
    }
    out = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.table(columns), out)
    typed = read(out.getvalue().to_pybytes(), name="table.parquet")
    pd.testing.assert_frame_equal(typed.rows, text.rows)


def test_our_own_rows_written_to_parquet_read_back(read, tmp_path):
    table = read(one({"责任领导": "张、李", "责任部门": "办公室、组宣部（牵头）"}))
    table.rows.to_parquet(tmp_path / "again.parquet")
    again = measures.read(tmp_path / "again.parquet")
    names = list(schema.ROW_COLUMNS)
    pd.testing.assert_frame_equal(again.rows[names], table.rows[names])


# --- writing it back -------------------------------------------------------------------------------------------------

TEXT = st.text(st.sampled_from("甲乙丙，、（）=+-@'\"1x \n"), max_size=8)


@pytest.mark.no_cover
@examples(gate=20, long=60)
@given(st.lists(st.lists(TEXT, min_size=10, max_size=10), max_size=5))
@example([["'=1"] * 10, ["=1+1"] * 10])
def test_the_columns_as_printed_read_back_to_the_same_rows(tmp_path_factory, cells):
    path = tmp_path_factory.getbasetemp() / "back.csv"
    path.write_bytes(
        as_csv([[*HEADER.split(","), "备注"], *(["题" + row[0], *row[1:]] for row in cells)])
    )
    table = measures.read(path)
    printed = table.rows[[*schema.COLUMNS, "备注"]].astype(object).where(table.rows.notna(), "")
    printed["leaders"] = ["、".join(names) for names in printed["leaders"]]
    header = [*schema.COLUMNS.values(), "备注"]
    guarded = [
        [re.sub(r"^(?=[=+@-])", "'", str(cell)) for cell in row] for row in printed.values.tolist()
    ]
    path.write_bytes(as_csv([["筛选：全部"], ["基准日：2020-09-15"], [], header, *guarded]))
    again = measures.read(path)
    pd.testing.assert_frame_equal(again.rows, table.rows)


def test_an_apostrophe_that_our_exports_put_before_a_cell_comes_off(read):
    cells = {
        "'=1+1": "=1+1",
        "'-甲": "-甲",
        "'＝1": "＝1",
        "'\t甲": "甲",
        "'甲": "'甲",
        "''=1": "'=1",
    }
    for written, text in cells.items():
        table = read(one({"举措": written}))
        assert (table.rows["title"][0], found(table)) == (text, [])


# --- selecting -------------------------------------------------------------------------------------------------------

SELECT = """
编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限
2020-1,2020,甲单,一、学习,一,宣讲,张慧,组宣部，办公室,8月
2020-2,2020,甲单,二、文化,二,展览,李雷、张慧,办公室、财务部,9月
2021-1,2021,乙单,一、学习,一,演出,李雷,财务部，组宣部,全年
"""


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"lists": ["2021 · 乙单"]}, [2]),
        ({"lists": ["2021 · 乙单", "2020 · 甲单"]}, [0, 1, 2]),
        ({"lists": ["乙单"]}, []),
        ({"sections": ["一、学习"]}, [0, 2]),
        ({"leaders": ["张慧"]}, [0, 1]),
        ({"leaders": ["张慧", "李雷"]}, [0, 1, 2]),
        ({"departments": ["组宣部"]}, [0, 2]),
        ({"departments": ["组宣部"], "role": "lead"}, [0]),
        ({"departments": ["组宣部"], "role": "support"}, [2]),
        ({"leaders": ["李雷"], "departments": ["财务部"], "role": "lead"}, [2]),
        ({"when": measures.When(2020)}, [0, 1]),
        ({"when": measures.When(2021), "leaders": ["李雷"]}, [2]),
        ({"when": measures.When(first=date(2020, 9, 1))}, [1]),  # 全年 falls due on no day
        ({"when": measures.When(last=date(2020, 9, 29))}, [0]),
        ({"when": measures.When(0, date(2020, 8, 31), date(2020, 9, 30))}, [0, 1]),
        ({"when": measures.When(0, date(2020, 8, 31)), "leaders": ["李雷"]}, [1]),
        # a value that the table does not have fits nothing
        ({"lists": ["丙单"]}, []),
        ({"sections": ["三"]}, []),
        ({"leaders": ["无此人"]}, []),
        ({"leaders": ["无此人", "李雷"]}, [1, 2]),
        ({"departments": ["无此部门"], "role": "lead"}, []),
        # search
        ({"query": "宣讲"}, [0]),
        ({"query": "zxb"}, [0, 2]),
        ({"query": " 2020-1 "}, [0]),
        ({"query": "李雷 财务"}, [1, 2]),
        ({"query": "李雷 宣讲"}, []),
        ({"query": "李雷 宣讲 财务"}, []),
        ({"query": "lilei", "sections": ["一、学习"]}, [2]),
    ],
)
def test_rows_are_selected_by_any_value_of_each_filter(read, filters, rows):
    assert chosen(read(SELECT), **filters) == rows


DEADLINES = """
编号,年度,清单,举措,责任领导,责任部门,完成时限
1,2020,甲单,一,张慧,办公室,2月
2,2020,甲单,二,张慧,办公室,8月底前
3,2020,甲单,三,张慧,办公室,12月
4,2020,甲单,四,张慧,办公室,年底前
5,2020,甲单,五,张慧,办公室,全年
6,2020,甲单,六,张慧,办公室,每年12月
7,2020,甲单,七,张慧,办公室,上半年
8,2021,乙单,八,张慧,办公室,１２月２０日
9,,丙单,九,张慧,办公室,2020年8月15日前
"""


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("2月", [0]),
        ("12月", [2, 3, 5, 7]),
        ("十二月", [2, 3, 7]),
        ("8月底前", [1]),
        ("8月", [1, 8]),
        ("八月底", [1]),
        ("上半年", [0, 6]),
        ("全年", [4]),
        ("12月31日", [2, 3, 7]),
        ("2020年12月", [2, 3]),
        ("8月15日", [8]),
        ("12月 一", []),
        ("月", []),
        ("2020", []),
        ("12", []),
    ],
)
def test_a_word_finds_deadlines_as_printed_and_what_falls_due_in_their_time(read, query, rows):
    assert chosen(read(DEADLINES), query=query) == rows


def test_words_beyond_the_longest_query_are_not_looked_for(read):
    words = ["zxb"] * 24 + ["宣讲"]
    assert chosen(read(SELECT), query=" ".join(words)) == [0]
    assert chosen(read(SELECT), query=" ".join(["zxb", *words])) == [0, 2]


@pytest.mark.parametrize("filters", [{}, {"role": "lead"}, {"query": "  "}, {"lists": []}])
def test_no_filter_selects_all_rows(read, filters):
    assert measures.select(read(SELECT), **filters) is None


# --- codes -----------------------------------------------------------------------------------------------------------


def test_names_answer_which_rows_have_them(read):
    column = read(SELECT).codes.leaders
    assert column.position == {"张慧": 0, "李雷": 1}
    assert (column.row.tolist(), column.codes.tolist()) == ([0, 1, 1, 2], [0, 1, 0, 1])
    assert (column.counts.tolist(), column.uses.tolist()) == ([1, 2, 1], [2, 2])
    assert (column.rows_of(0).tolist(), column.rows_of(1).tolist()) == ([0, 1], [1, 2])
    assert [part.tolist() for part in column.pairs(None)] == [[0, 1, 1, 2], [0, 1, 0, 1]]
    assert [part.tolist() for part in column.pairs(np.array([1, 2]))] == [[1, 1, 2], [1, 0, 1]]
    assert column.of(1) == ["李雷", "张慧"]


def test_lists_of_one_name_in_two_years_are_two(table):
    """The same list in two years, one without a year and one without a name.

    年度,清单,举措,责任领导
    2020,要点,一,张
    2021,要点,二,张
    明年,要点,三,张
    2020,,四,张
    2020,要点,五,张
    """
    assert table.codes.lists.names == ["2020 · 要点", "2021 · 要点", "要点", "2020"]
    assert table.codes.lists.codes.tolist() == [0, 1, 2, 3, 0]
    assert table.rows["list"].tolist() == ["要点", "要点", "要点", "", "要点"]


def test_slices_of_arrow_columns_are_read_where_they_begin():
    column = pa.array(["零", "甲、乙", "", "=丙", None])[1:4]
    assert columns.first_bytes(column).tolist() == ["甲".encode()[0], ord("=")]
    assert splitting._split(column).array().to_pylist() == [["甲", "乙"], [""], ["=丙"]]
    assert columns.raw_bytes(pa.array([], pa.string())).tolist() == []
    assert columns.offsets_of(pa.array([], pa.string())).tolist() == [0]
