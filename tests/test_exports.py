"""Downloads: what is written reads back, nothing in it runs, and it says on top what it is."""

from __future__ import annotations

import csv
import io
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import measures, notices, revisions
from lib.answers import exports
from lib.i18n import LANGUAGES, Translator, translator
from lib.measures import schema
from lib.notices import to_table
from lib.notices.formats.cleaning import clean
from tests.tables import HEADER, HOSTILE, table_of

DAY = date(2020, 9, 15)
PREAMBLE = ("举措看板", "基准日 2020年9月15日 · 责任领导：张慧")
LESHAN = measures.read(Path(__file__).resolve().parent.parent / "data" / "measures.csv")
ZH, EN = translator("zh"), translator("en")

Make = Callable[..., bytes]
MAKE: dict[str, Make] = {"csv": exports.csv, "xlsx": exports.xlsx}


ROW = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]


def exported(kind: str, table: measures.Table, t: Translator = ZH, rows: Any = None) -> bytes:
    return MAKE[kind](
        table, np.arange(len(table)) if rows is None else np.array(rows), DAY, PREAMBLE, t
    )


def again(kind: str, table: measures.Table, t: Translator = ZH) -> measures.Table:
    """The table as it reads after a download."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{kind}"
        path.write_bytes(exported(kind, table, t))
        return measures.read(path)


def read(folder: Path, cells: list[list[str]], extra: tuple[str, ...] = ()) -> measures.Table:
    """A table of rows of cells, under the usual header and extra columns."""
    text = io.StringIO()
    csv.writer(text).writerows([[*HEADER.split(","), *extra], *cells])
    path = folder / "table.csv"
    path.write_text(text.getvalue(), "utf-8", newline="")
    return measures.read(path)


def rows_of(table: measures.Table, extra: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    columns = [*schema.ROW_COLUMNS, *extra]
    records: list[dict[str, Any]] = pa.Table.from_pandas(
        table.rows[columns], preserve_index=False
    ).to_pylist()
    return records


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def runs(cell: str) -> bool:
    """Whether a spreadsheet that opens a CSV may run the cell. Written apart from the code: what begins like a formula
    and is no number."""
    if cell[:1] not in set("=+-@\t\r\n＝＋－＠") or not cell:
        return False
    try:
        float(cell.removesuffix("%").replace(",", ""))
    except ValueError:
        return True
    return cell[0] != "-"


# --- what is written reads back --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_the_real_list_reads_back_as_it_was(kind: str, language: str) -> None:
    read_back = again(kind, LESHAN, translator(language))
    assert rows_of(read_back) == rows_of(LESHAN)
    assert read_back.problems == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_milestones_of_a_workbook_read_back_in_their_order(language: str) -> None:
    milestones = again("xlsx", LESHAN, translator(language)).milestones
    assert len(milestones) == 15
    assert milestones.equals(LESHAN.milestones)


# Signs that begin a formula, quote, part or end a cell, a line, a name, in both widths; and what is plain
SIGNS = "=+-@＝＋－＠\t\r\n\"'“”,，;；、|!%._ 0123456789()（）<>&{}\\张慧组宣部Aa\u200b\U0001f600"
TITLES = st.text(st.sampled_from(SIGNS), max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=8
)
# No name is a bare number: 甲、3、乙 numbers its names
NAMES = st.lists(
    st.text(st.sampled_from("=+-@＝＋－＠\"'%.张慧组宣部0123Aa"), min_size=1, max_size=6).filter(
        lambda name: not re.fullmatch("[0-9.]+", name)
    ),
    max_size=4,
)
DEADLINES = st.sampled_from(
    ["8月", "全年", "每月", "6月底前", "待定", "", "=8月", "2020-03-05", "长期"]
)
CELLS = st.sampled_from(
    ["-5", "-12.5", "-1,234.50", "-5%", "+5", "001", "1.10", "2020-08-31", "-", "--", "-0", "1e5"]
)


@st.composite
def typed_row(draw) -> list[str]:
    """The title, who leads and supports, the deadline, the section and a note."""
    title, section = draw(TITLES), draw(TITLES)
    leaders, departments = "、".join(draw(NAMES)), "，".join(draw(NAMES))
    return [title, leaders, departments, draw(DEADLINES), section, draw(TITLES | CELLS)]


ROWS = st.lists(typed_row(), min_size=1, max_size=8)


def written(folder: Path, rows: list[list[str]]) -> measures.Table:
    cells = [
        [f"m{number}", "2020", article, section, article, title, *who, deadline, note]
        for number, (title, *who, deadline, section, note) in enumerate(rows)
        for article in [section[:3]]
    ]
    return read(folder, cells, ("备注",))


def with_line_feeds(rows: list[list[str]]) -> list[list[str]]:
    """The cells as a workbook's reader has them: a line ends in one way there."""
    return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]


FEW = settings(max_examples=30)  # of eight rows each


@FEW
@example([["=1+1", "=甲、+乙", "-丙，@丁", "8月", "＝x", "-5"]])
@example([["\t=x", "", "", "", "\r@x", "＝cmd|' /C calc'!A0"]])
@example([["'=x", "'甲", "''乙", "全年", "''=x", "'-5"]])
@example([["甲", "甲、'=乙", "甲、''=乙", "全年", "一", "''-5"]])
@example([['"', "甲", "乙", "8月", 'a"b\r\nc,d', "a\rb"]])
@example(
    [["-1+1", "-5", "-5%", "－5", "-1,234.5", "-1,2345"], ["+x", "", "", "", "", "+8613800001234"]]
)
@given(rows=ROWS)
def test_whatever_the_cells_a_csv_reads_back_and_none_of_it_runs(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = written(Path(folder), rows)
    assert rows_of(again("csv", table), ("备注",)) == rows_of(table, ("备注",))
    assert [cell for line in lines_of(exported("csv", table)) for cell in line if runs(cell)] == []


@FEW
@example([["=1+1", "=甲、+乙", "-丙，@丁", "8月", "＝x", "-5"]])
@example([["'=x", "'甲", "''乙", "全年", "''=x", "https://example.invalid"]])
@example([["甲", "甲、'=乙", "甲、''=乙", "全年", "一", "''-5"]])
@example([['"', "甲", "乙", "8月", 'a"b\r\nc,d_x000D_', "{=1}"]])
@given(rows=ROWS)
def test_whatever_the_cells_a_workbook_reads_back_without_a_formula_or_a_link(
    rows: list[list[str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = written(Path(folder), with_line_feeds(rows))
    assert rows_of(again("xlsx", table), ("备注",)) == rows_of(table, ("备注",))
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", table)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []


@settings(max_examples=10)
@example(rows=[["甲", "=乙", "", "待定", "", "-5"]], kind="csv", languages=("zh", "en"))
@given(
    rows=ROWS,
    kind=st.sampled_from([*MAKE]),
    languages=st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES)),
)
def test_whatever_the_cells_a_download_of_a_download_is_the_same(
    rows: list[list[str]], kind: str, languages: tuple[str, str]
) -> None:
    """The same table without a column more, and the same bytes, whichever language was between."""
    first, second = map(translator, languages)
    if kind == "xlsx":
        rows = with_line_feeds(rows)
    with tempfile.TemporaryDirectory() as folder:
        table = written(Path(folder), rows)
    read_back = again(kind, table, first)
    assert [*read_back.rows.columns] == [*table.rows.columns]
    assert rows_of(read_back, ("备注",)) == rows_of(table, ("备注",))
    assert {problem.code for problem in read_back.problems} <= {
        *(problem.code for problem in table.problems),
        "formula",
    }
    assert exported("csv", read_back, second) == exported("csv", table, second)


@settings(max_examples=10)
@example(rows=[["甲", "=乙", "", "待定", "", "-5"]], kind="csv", language="en")
@given(rows=ROWS, kind=st.sampled_from([*MAKE]), language=st.sampled_from(LANGUAGES))
def test_whatever_the_cells_a_download_on_intake_is_the_table_and_changes_nothing(
    rows: list[list[str]], kind: str, language: str
) -> None:
    seen = [[clean(cell) for cell in row] for row in with_line_feeds(rows)]
    with tempfile.TemporaryDirectory() as folder:
        table = written(Path(folder), seen)
        download = exported(kind, table, translator(language))
        copy = to_table(notices.read(download, f"copy.{kind}"))
        assert rows_of(measures.of_rows(*copy), ("备注",)) == rows_of(table, ("备注",))
        path = Path(folder) / "table.csv"
        assert revisions.plan(path, *copy, is_copy=True).changes == ()


@pytest.mark.parametrize("kind", MAKE)
def test_what_looks_like_markup_or_code_reads_back_as_it_was(kind: str, tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [[f"h{number}", "2020", *[text] * 6, "8月"] for number, text in enumerate(HOSTILE)],
    )
    assert rows_of(again(kind, table)) == rows_of(table)


@pytest.mark.parametrize("kind", MAKE)
def test_who_leads_and_supports_reads_back_though_no_cell_says_it(
    kind: str, tmp_path: Path
) -> None:
    """The first name leads: it still does where the download has columns of its own for lead and support."""
    table = measures.read(
        table_of(
            tmp_path,
            "1,2020,清单,一,1,甲,张慧,办公室、财务部（牵头）、市文广旅局（市体育局、市文物局）,8月",
        )
    )
    assert rows_of(again(kind, table)) == rows_of(table)
    assert rows_of(table)[0]["lead_departments"] == ["财务部"]


@pytest.mark.parametrize("kind", MAKE)
def test_a_row_without_a_section_or_a_list_gets_none_from_the_row_above(
    kind: str, tmp_path: Path
) -> None:
    table = read(tmp_path, [ROW, ["2", "", "", "", "", "乙", "张慧", "办公室", "长期"]])
    assert rows_of(again(kind, table)) == rows_of(table)


@pytest.mark.parametrize("kind", MAKE)
def test_only_the_given_rows_are_written_in_their_order(kind: str) -> None:
    data = exported(kind, LESHAN, rows=[4, 0])
    lines = lines_of(data) if kind == "csv" else sheets_of(data)["举措"]
    assert [line[0] for line in lines[4:]] == ["2020-2-1", "2020-1-1"]


@pytest.mark.parametrize("kind", MAKE)
def test_no_rows_are_a_header_without_rows(kind: str) -> None:
    data = exported(kind, LESHAN, rows=np.array([], int))
    lines = lines_of(data) if kind == "csv" else sheets_of(data)["举措"]
    assert len(lines) == 4
    assert lines[3][:2] == ["编号", "年度"]


def test_a_workbook_without_milestones_has_no_sheet_for_them(tmp_path: Path) -> None:
    table = read(tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]])
    assert list(sheets_of(exported("xlsx", table))) == ["举措"]


def test_a_workbook_has_the_milestones_of_its_rows_alone() -> None:
    milestones = sheets_of(exported("xlsx", LESHAN, rows=[5]))["节点"]
    assert [row[2] for row in milestones[1:]] == [
        "申报四川省职工教育培训点",
        "申报职工书屋",
        "申报职工（农民工）文化驿站",
        "命名职工书屋",
    ]
    assert [row[3] for row in milestones[1:]] == [2, 4, 3, 15]


def test_an_english_workbook_has_english_headings_and_reads_back() -> None:
    assert sheets_of(exported("xlsx", LESHAN, t=EN))["Milestones"][0] == [
        "ID",
        "When",
        "Milestone",
        "Target",
        "Unit",
    ]
    milestones = again("xlsx", LESHAN, EN).milestones
    columns = ["measure_id", "deadline", "milestone", "target", "unit"]
    assert sorted(milestones[columns].to_numpy().tolist()) == sorted(
        LESHAN.milestones[columns].to_numpy().tolist()
    )


def test_a_target_that_is_no_number_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,=甲,若干,个\n1,6月,乙,007,个\n", "utf-8"
    )
    table = read(tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]])
    milestones = again("xlsx", table).milestones
    assert milestones[["milestone", "target"]].to_numpy().tolist() == [
        ["=甲", "若干"],
        ["乙", "007"],
    ]


# --- extra columns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_an_extra_column_called_as_one_of_ours_keeps_its_cells(
    kind: str, language: str, tmp_path: Path
) -> None:
    """A table with its own 状态, or with two columns 完成时限: neither takes the other's place."""
    extra = ("状态", "State", "Deadline", "完成时限", "牵头单位", "剩余天数", "Days left")
    table = read(
        tmp_path, [[*ROW, "进行中", "open", "soon", "9月", "财务部", "很多", "many"]], extra
    )
    read_back = again(kind, table, translator(language))
    assert read_back.rows["deadline"].tolist() == ["8月"]
    texts = {str(value) for value in read_back.rows.iloc[0]}
    assert {"进行中", "open", "soon", "9月", "很多", "many"} <= texts
    assert [list(names) for names in read_back.rows["lead_departments"]] == [
        list(names) for names in table.rows["lead_departments"]
    ]


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("name", ["=x", "''=x", "'\t=x", "-x", "@x", "'", "="])
def test_an_extra_column_whose_name_would_run_comes_back(
    kind: str, name: str, tmp_path: Path
) -> None:
    table = read(tmp_path, [[*ROW, "甲"]], (name,))
    read_back = again(kind, table)
    assert [*read_back.rows.columns] == [*table.rows.columns]
    assert read_back.rows.iloc[0, -1] == "甲"


def test_a_second_column_of_a_name_is_numbered(tmp_path: Path) -> None:
    row = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]
    table = read(tmp_path, [[*row, "进行中", "完成"]], ("状态", "状态 (2)"))
    header = lines_of(exported("csv", table))[3]
    assert header[-5:] == ["状态", "状态 (2)", "到期日", "状态 (3)", "剩余天数"]


@pytest.mark.parametrize("names", [("到期日", "状态", "剩余天数"), ("Due", "State", "Days left")])
def test_what_a_download_adds_is_of_its_day_and_is_not_kept(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    """As it was written, as earlier versions numbered it, and as Excel saves it again."""
    for passed in ("已过期限", "Deadline passed"):
        for day in ("2020-08-31", "2020/8/31", "2020-08-31 00:00:00", "2020年8月31日"):
            for header in (names, names[1:], [f"{name} (2)" for name in names] + [*names]):
                cells = {names[0]: day, names[1]: passed, names[2]: "-15"}
                added = [cells[name.removesuffix(" (2)")] for name in header]
                rows = [[*ROW, *added], [*ROW, *[""] * len(header)]]
                assert [*read(tmp_path, rows, tuple(header)).rows.columns] == [*schema.ROW_COLUMNS]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("到期日",), ("2020-08-31",)),
        (("状态",), ("已过期限",)),
        (("剩余天数",), ("9",)),
        (("到期日", "到期日 (2)"), ("2020-08-31", "2020-09-30")),
        (("到期日", "状态"), ("2020-08-31", "进行中")),
        (("状态", "剩余天数"), ("已过期限", "约两周")),
        (("到期日", "剩余天数"), ("2020-08-31", "9")),
        (("状态", "到期日", "剩余天数"), ("进行中", "2020-08-31", "9")),
    ],
)
def test_a_column_of_the_offices_own_is_kept_though_a_download_has_one_of_that_name(
    header: tuple[str, ...], cells: tuple[str, ...], tmp_path: Path
) -> None:
    table = read(tmp_path, [[*ROW, *cells]], header)
    assert [table.rows[name].tolist() for name in header] == [[cell] for cell in cells]


def test_what_somebody_writes_into_the_states_of_a_download_is_the_offices_own(
    tmp_path: Path,
) -> None:
    """One word, by a replacement in the whole file, is no column of the office's own."""
    header = ("到期日", "状态", "剩余天数")
    states = [["", word, ""] for word in ("9月/长期", "全年/长期", "全年/长期")]
    table = read(tmp_path, [[*ROW, *cells] for cells in states], header)
    assert [*table.rows.columns] == [*schema.ROW_COLUMNS]
    states = [["2020-08-31", word, "9"] for word in ("办理中", "已办结", "")]
    table = read(tmp_path, [[*ROW, *cells] for cells in states], header)
    assert [*table.rows.columns] == [*schema.ROW_COLUMNS, "状态"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_the_offices_own_state_stands_beside_the_boards_in_each_download(
    kind: str, language: str, tmp_path: Path
) -> None:
    t = translator(language)
    state = t("field.state")
    table = read(tmp_path, [[*ROW, "进行中"]], (state,))
    read_back = again(kind, again(kind, table, t), t)
    assert [*read_back.rows.columns.drop([*schema.ROW_COLUMNS])] == [state]
    assert lines_of(exported("csv", read_back, t))[3][-4:] == [
        state,
        t("field.due"),
        f"{state} (2)",
        t("field.days_left"),
    ]


@pytest.mark.parametrize("kind", MAKE)
def test_a_column_without_a_name_keeps_the_one_that_it_gets(kind: str, tmp_path: Path) -> None:
    read_back = again(kind, read(tmp_path, [[*ROW, "甲"]], ("",)))
    assert read_back.rows["(10)"].tolist() == ["甲"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_the_lines_above_a_download_are_neither_its_list_nor_its_year(
    kind: str, language: str, tmp_path: Path
) -> None:
    t = translator(language)
    table = read(tmp_path, [["1", "", "", "", "", "甲", "张慧", "办公室", "8月"]])
    preamble = (t("app.title"), "基准日 2021年7月1日 · 清单：2022年民生实事清单")
    path = tmp_path / f"again.{kind}"
    path.write_bytes(MAKE[kind](table, np.arange(1), DAY, preamble, t))
    assert rows_of(measures.read(path)) == rows_of(table)
    if kind == "csv":
        path.write_bytes(_without_columns(path.read_bytes(), {t("field.year"), t("field.list")}))
        assert rows_of(measures.read(path)) == rows_of(table)


def _without_columns(data: bytes, names: set[str]) -> bytes:
    """A download in which somebody has deleted columns."""
    *above, header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    kept = [name not in names for name in header]
    text = io.StringIO()
    csv.writer(text).writerows([*above, *([*compress(cells, kept)] for cells in (header, row))])
    return text.getvalue().encode()


def test_a_department_that_was_written_into_a_download_is_asked_about(tmp_path: Path) -> None:
    """It stands in 责任部门 alone, beside the columns of who leads and supports, which win."""
    table = read(tmp_path, [ROW, ["2", *ROW[1:7], "财务部", "9月"]])
    data = exported("csv", table).decode().replace('"办公室","8月"', '"工程科","8月"')
    path = tmp_path / "again.csv"
    path.write_text(data, "utf-8")
    edited = measures.read(path)
    assert [(problem.code, problem.line, problem.value) for problem in edited.problems] == [
        ("departments_edited", 5, "工程科")
    ]
    header = "编号,举措,责任部门,牵头部门,配合部门"  # no download: 责任部门 may name others
    path.write_text(f"{header}\n1,修路,工程科,办公室,\n", "utf-8")
    assert "departments_edited" not in {problem.code for problem in measures.read(path).problems}


# --- nothing runs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_filter_or_a_heading_that_begins_like_a_formula_does_not_run(
    sign: str, tmp_path: Path
) -> None:
    row = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月", "x"]
    table = read(tmp_path, [row], (f"{sign}SUM(A1)",))
    data = exports.csv(table, np.arange(1), DAY, (f"{sign}1+1", f'{sign}"a",b'), ZH)
    lines = lines_of(data)
    assert not any(runs(cell) for line in lines for cell in line)
    assert lines[0] == [f"'{sign}1+1"]
    assert lines[1] == [f'\'{sign}"a",b']
    book = openpyxl.load_workbook(
        io.BytesIO(exports.xlsx(table, np.arange(1), DAY, (f"{sign}1+1",), ZH))
    )
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }


@pytest.mark.parametrize("text", ["-5", "-12.5", "-0.25", "-1234567"])
def test_negative_numbers_stay_numbers(text: str, tmp_path: Path) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("金额",)
    )
    header, row = lines_of(exported("csv", table))[3:]
    assert row[header.index("金额")] == text
    assert row[header.index("剩余天数")] == "-228"
    sheet = sheets_of(exported("xlsx", table))["举措"]
    assert sheet[4][sheet[3].index("金额")] == float(text)
    assert sheet[4][sheet[3].index("剩余天数")] == -228


@pytest.mark.parametrize("text", ["-1,234.50", "-5%", "-1,234,567"])
def test_negative_numbers_with_commas_or_per_cent_have_no_apostrophe(
    text: str, tmp_path: Path
) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("金额",)
    )
    assert text in lines_of(exported("csv", table))[4]


@pytest.mark.parametrize(
    "text", ["001", "1.10", "-0", "510702199001011234", "1e5", "0.00001", "١٢", "12."]
)
def test_what_a_number_would_spoil_stays_text(text: str, tmp_path: Path) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("代码",)
    )
    header, row = sheets_of(exported("xlsx", table))["举措"][3:]
    assert row[header.index("代码")] == text


def test_an_article_or_a_title_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    table = read(tmp_path, [["12", "2020", "清单", "一", "1.5", "2020", "张慧", "办公室", "8月"]])
    row = sheets_of(exported("xlsx", table))["举措"][4]
    assert (row[0], row[1], row[4], row[5]) == ("12", 2020, "1.5", "2020")


# --- what stands in it -----------------------------------------------------------------------------------------------


def test_a_csv_opens_in_excel_and_wps_with_a_mark_and_their_line_ends() -> None:
    data = exported("csv", LESHAN)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 14
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("kind", MAKE)
def test_the_filters_and_the_day_stand_above_the_header(kind: str) -> None:
    data = exported(kind, LESHAN)
    lines = lines_of(data) if kind == "csv" else sheets_of(data)["举措"]
    assert [line[0] if line else None for line in lines[:4]] == [*PREAMBLE, None, "编号"]


@pytest.mark.parametrize("kind", MAKE)
def test_without_lines_on_top_the_header_is_first_in_a_workbook(kind: str) -> None:
    data = MAKE[kind](LESHAN, np.arange(10), DAY, (), ZH)
    lines = [
        line for line in (lines_of(data) if kind == "csv" else sheets_of(data)["举措"]) if line
    ]
    assert lines[0][0] == "编号"


def test_a_row_says_what_was_issued_and_what_the_day_makes_of_it() -> None:
    lines = lines_of(exported("csv", LESHAN))
    assert lines[3] == [*HEADER.split(","), "牵头部门", "配合部门", "到期日", "状态", "剩余天数"]
    assert lines[6][6:] == [
        "张雷",
        "经济保障女工部，机关党委、市教科文卫体工会、组宣部、办公室",
        "8月",
        "经济保障女工部",
        "机关党委、市教科文卫体工会、组宣部、办公室",
        "2020-08-31",
        "已过期限",
        "-15",
    ]


def test_headings_and_states_are_in_the_readers_language_and_the_data_is_not() -> None:
    lines = lines_of(exported("csv", LESHAN, translator("en")))
    assert lines[3][-5:] == ["Lead", "Support", "Due", "State", "Days left"]
    assert lines[6][-2:] == ["Deadline passed", "-15"]
    assert lines[6][6] == "张雷"


def test_in_a_workbook_dates_are_dates_and_what_has_none_is_empty(tmp_path: Path) -> None:
    rows = [
        [str(n), "", "清单", "一", "1", "甲", "张慧", "办公室", text]
        for n, text in enumerate(("2020年8月", "待定"))
    ]
    dated, undated = sheets_of(exported("xlsx", read(tmp_path, rows)))["举措"][4:]
    assert (dated[1], dated[11], dated[13]) == (None, datetime(2020, 8, 31), -15)
    assert (undated[11], undated[12], undated[13]) == (None, "时限不可读", None)


def test_a_cell_too_long_for_excel_ends_in_an_ellipsis_and_is_whole_in_csv(tmp_path: Path) -> None:
    """Excel holds 32,767 characters; a longer text would be left out without a word."""
    title = "长" * 32_768
    table = read(tmp_path, [["1", "2020", "清单", "一", "1", title, "张慧", "办公室", "8月"]])
    assert sheets_of(exported("xlsx", table))["举措"][4][5] == "长" * 32_766 + "…"
    assert lines_of(exported("csv", table))[4][5] == title


def test_a_workbook_is_ready_to_print_and_to_filter() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", LESHAN)))
    sheet = book["举措"]
    assert sheet.auto_filter.ref == "A4:N14"
    assert sheet.freeze_panes == "A5"
    assert (
        sheet.page_setup.orientation,
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToHeight,
    ) == (
        "landscape",
        9,
        0,
    )
    assert [sheet.column_dimensions[name].width > 40 for name in "AF"] == [False, True]


@pytest.mark.parametrize("kind", MAKE)
def test_the_same_rows_give_the_same_bytes_each_time(kind: str) -> None:
    """Nothing asks for today."""
    assert exported(kind, LESHAN) == exported(kind, LESHAN)


# --- size ------------------------------------------------------------------------------------------------------------


def test_a_csv_costs_no_python_call_per_row(tmp_path: Path) -> None:
    """As many calls for thousands of rows as for ten: a million rows take seconds."""

    def calls(rows: int) -> int:
        text = "\n".join(
            f"{n},2020,清单,一,{n},=第 {n} 项,张慧、张雷,办公室、财务部,{n % 12 + 1}月"
            for n in range(rows)
        )
        table = measures.read(table_of(tmp_path, text, f"{rows}.csv"))
        exported("csv", table)  # what is made once is made
        events: list[str] = []
        sys.setprofile(
            lambda _frame, event, _: events.append(event) if event in ("call", "c_call") else None
        )
        try:
            exported("csv", table)
        finally:
            sys.setprofile(None)
        return len(events)

    assert calls(5_000) < calls(10) * 1.5


def test_rows_beyond_one_batch_are_written_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 3)
    assert rows_of(again("xlsx", LESHAN)) == rows_of(LESHAN)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["measures"], "measures-2020-09-15.csv"),
        (["清单", "责任领导：张慧"], "清单-责任领导 张慧-2020-09-15.csv"),
        (['a\\b/c:d*e?f"g<h>i|j'], "a b c d e f g h i j-2020-09-15.csv"),
        (["长" * 200], "长" * 65 + "-2020-09-15.csv"),
        (["x" * 64 + " ."], "x" * 64 + "-2020-09-15.csv"),
        ([""], "-2020-09-15.csv"),
    ],
)
def test_a_file_is_named_by_what_is_in_it_as_every_system_takes_it(
    parts: list[str], name: str
) -> None:
    assert exports.file_name(parts, DAY, "csv") == name
    assert len(name) <= 80


def test_a_workbook_holds_no_address_that_opens_something() -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(exported("xlsx", LESHAN))) as book:
        links = [
            name
            for name in book.namelist()
            if re.search("hyperlink|externalLink|connections", name)
        ]
        text = b"".join(book.read(name) for name in book.namelist())
    assert links == []
    assert b"<f>" not in text
