"""A download reads back as the table: cells, milestones, roles, whatever stands in them."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import measures, notices, revisions
from lib.i18n import LANGUAGES, translator
from lib.notices import to_table
from lib.notices.formats.cleaning import clean
from tests.downloads import (
    EN,
    LESHAN,
    MAKE,
    ROW,
    again,
    exported,
    lines_of,
    read,
    rows_of,
    runs,
    sheets_of,
)
from tests.examples import examples
from tests.tables import HOSTILE, table_of


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


FEW = examples(gate=15, long=30)  # of eight rows each


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


@pytest.mark.no_cover
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


@pytest.mark.no_cover
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


@pytest.mark.no_cover
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
