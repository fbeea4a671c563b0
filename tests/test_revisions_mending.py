"""One row of the table's file is mended: these cells are written, and no other byte."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import measures, revisions
from lib.files import guard
from tests import workbooks
from tests.revising import MILESTONES, TABLE, contents, refused, table_in

TYPED = """\ufeff编号,年度,清单,举措,责任领导,责任部门,完成时限,备注\r
a,2026,清单,"修缮, 礼堂",张慧,"组宣部",资金到位后,"急，""先""办"\r
b,2026,清单,'=1+1,张慧,组宣部,8月\r
c,2026,清单,"办
讲座",张慧,组宣部,待定,注,多\r
\r
d,2026,清单,造册,张慧,组宣部,9月,\r
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return table_in(tmp_path)


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "typed.csv"
    path.write_bytes(TYPED.encode())
    return path


def mend(path: Path, line: int, source: str = "", /, **cells: str) -> revisions.Revision:
    revision = revisions.mend(revisions.row_of(path, line, source), cells)
    revisions.save(revision)
    return revision


# --- the row --------------------------------------------------------------------------------------


def test_a_row_is_what_stands_in_the_file_by_its_columns(typed: Path) -> None:
    row = revisions.row_of(typed, 3)
    assert [(cell.key, cell.header, cell.text) for cell in row.cells][3:] == [
        ("title", "举措", "=1+1"),
        ("leaders", "责任领导", "张慧"),
        ("departments", "责任部门", "组宣部"),
        ("deadline", "完成时限", "8月"),
        ("备注", "备注", ""),
    ]
    assert (row.line, row.file, row.is_measure) == (3, "typed.csv", True)


def test_a_cell_may_have_several_lines(typed: Path) -> None:
    assert revisions.row_of(typed, 4).text("title") == "办\n讲座"


def test_of_two_columns_of_one_name_the_first_can_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("举措,责任部门,备注,备注,\n甲,组,一,二,三\n", "utf-8")
    assert [cell.text for cell in revisions.row_of(path, 2).cells] == ["甲", "组", "一"]
    mend(path, 2, 备注="新")
    assert path.read_text("utf-8-sig") == "举措,责任部门,备注,备注,\n甲,组,新,二,三\n"


# --- what is written ------------------------------------------------------------------------------


def test_only_the_mended_cells_are_written(typed: Path) -> None:
    revision = mend(typed, 2, deadline="6月底前", leaders="张慧、李明")
    before, after = TYPED.splitlines(), typed.read_bytes().decode().splitlines()
    assert after[1] == before[1].replace("资金到位后", "6月底前").replace("张慧", "张慧、李明")
    assert [*after[:1], *after[2:]] == [*before[:1], *before[2:]]
    assert revision.changes[0].fields == {
        "deadline": ("资金到位后", "6月底前"),
        "leaders": ("张慧", "张慧、李明"),
    }
    assert revision.changes[0].title == "修缮, 礼堂"


def test_days_get_columns_behind_the_others(typed: Path) -> None:
    mend(typed, 2, given_due="2026-06-15")
    assert typed.read_bytes().decode().splitlines() == [
        "\ufeff编号,年度,清单,举措,责任领导,责任部门,完成时限,备注,止",
        'a,2026,清单,"修缮, 礼堂",张慧,"组宣部",资金到位后,"急，""先""办",2026-06-15',
        "b,2026,清单,'=1+1,张慧,组宣部,8月,,",
        'c,2026,清单,"办',
        '讲座",张慧,组宣部,待定,注,,多',
        "",
        "d,2026,清单,造册,张慧,组宣部,9月,,",
    ]
    table = measures.read(typed)
    assert table.codes.windows.given.tolist() == [True, False, False, False]
    mend(typed, 2, given_start="2026-03-01", given_due="2026-06-20")
    assert (
        typed.read_bytes()
        .decode()
        .splitlines()[1]
        .endswith(',"急，""先""办",2026-06-20,2026-03-01')
    )


def test_what_would_run_is_guarded_and_what_is_typed_has_no_space_around_it(typed: Path) -> None:
    mend(typed, 2, title=" =2+2 ")
    assert ",'=2+2," in typed.read_bytes().decode().splitlines()[1]
    assert revisions.row_of(typed, 2).text("title") == "=2+2"


@pytest.mark.parametrize("text", ["一\n二", "一\r二", "一\r\n二", 'a,"b"', ","])
def test_a_text_that_needs_quotes_gets_them(typed: Path, text: str) -> None:
    mend(typed, 2, title=text)
    assert measures.read(typed).columns["title"].to_pylist()[0] == text
    assert len(measures.read(typed)) == 4


def test_a_line_whose_quotes_are_broken_is_written_soundly(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('举措,责任部门,完成时限\n"甲"乙,组,8月\n丙,组,9月\n', "utf-8")
    mend(path, 2, deadline="7月")
    assert path.read_text("utf-8-sig") == "举措,责任部门,完成时限\n甲乙,组,7月\n丙,组,9月\n"


def test_a_short_line_is_filled_up_as_far_as_needed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("举措,责任部门,完成时限,备注\n甲,组\n", "utf-8")
    mend(path, 2, deadline="7月")
    assert path.read_text("utf-8-sig") == "举措,责任部门,完成时限,备注\n甲,组,7月\n"


def test_a_milestone_is_mended_in_its_own_file(path: Path) -> None:
    source = measures.milestones_path(path).name
    mend(path, 2, source, deadline="7月")
    assert contents(path) == [
        TABLE.encode(),
        b"\xef\xbb\xbf" + MILESTONES.replace("6月", "7月").encode(),
    ]


def test_a_mended_cell_is_undone_like_any_save(path: Path) -> None:
    mend(path, 4, deadline="9月")
    assert contents(path) != [TABLE.encode(), MILESTONES.encode()]
    revisions.undo(path)
    assert contents(path) == [TABLE.encode(), MILESTONES.encode()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_file_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    text = "举措\t责任部门\t完成时限\n甲\t组\t待定\n"
    path.write_bytes(text.encode(encoding))
    mend(path, 2, deadline="龘月")
    assert path.read_bytes() == text.replace("待定", "龘月").encode(encoding)


# --- what is refused ------------------------------------------------------------------------------


CHANGED = {
    "its cell": TABLE.replace("待定", "9月"),
    "a row above it": TABLE.replace("a,2020", "new,2020,新,,,,,,,\na,2020"),
    "it is gone": TABLE.splitlines()[0] + "\n",
}


@pytest.mark.parametrize("text", CHANGED.values(), ids=CHANGED)
def test_a_row_that_somebody_has_changed_meanwhile_is_not_mended(path: Path, text: str) -> None:
    row = revisions.row_of(path, 4)
    path.write_text(text, "utf-8")
    assert refused(revisions.mend, row, {"deadline": "10月"}) == "row_changed"
    assert path.read_text("utf-8") == text


def test_a_change_of_another_row_does_not_keep_it_from_being_mended(path: Path) -> None:
    row = revisions.row_of(path, 4)
    path.write_text(TABLE.replace("已开会", "已办结"), "utf-8")
    revisions.save(revisions.mend(row, {"deadline": "10月"}))
    mended = TABLE.replace("已开会", "已办结").replace("待定", "10月")
    assert path.read_text("utf-8-sig") == mended


def test_what_changes_between_the_plan_and_the_save_is_not_lost(path: Path) -> None:
    revision = revisions.mend(revisions.row_of(path, 4), {"deadline": "10月"})
    path.write_text(TABLE.replace("已开会", "已办结"), "utf-8")
    assert refused(revisions.save, revision) == "revised_meanwhile"


def test_a_row_that_is_not_there_is_refused(path: Path) -> None:
    assert refused(revisions.row_of, path, 99) == "row_gone"
    measures.milestones_path(path).unlink()
    assert refused(revisions.row_of, path, 2, "measures.milestones.csv") == "not_found"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("t.xlsx", "举措,责任部门\n甲,组\n", "not_revisable"),
        ("t.csv", "任务,责任单位,,时限\n,牵头,配合,\n甲,组,部,8月\n", "not_one_header"),
        ("t.csv", "序号,举措,责任,,时限\n,,领导,单位,\n1,甲,张慧,组,8月\n", "not_one_header"),
    ],
)
def test_a_file_that_the_board_does_not_rewrite_is_refused(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert refused(revisions.row_of, path, 3) == code


# --- over a workbook ------------------------------------------------------------------------------

SHEET = ["清单", "任务", "责任单位", "时限"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A list on two sheets, below a title."""
    path = tmp_path / "office.xlsx"
    sheets = {
        "一": [["2026年要点"], SHEET, ["要点", "清淤\n疏浚", "组", "资金到位后"]],
        "二": [["2026年要点"], SHEET, ["要点", "巡堤", "组", "视情"]],
    }
    workbooks.of_rows(sheets).save(path)
    return path


def test_a_row_of_a_workbook_is_that_of_the_table_that_will_stand_beside_it(
    workbook: Path,
) -> None:
    path = measures.written_path(workbook)
    row = revisions.row_of(path, 3, "", workbook)
    assert (row.file, row.text("title"), row.text("deadline")) == (
        "office.board.csv",
        "清淤\n疏浚",
        "资金到位后",
    )
    revisions.save(revisions.mend(row, {"given_due": "2026-06-15"}))
    table = measures.read(path)
    assert table.columns["deadline"].to_pylist() == ["资金到位后", "视情"]
    assert table.columns["given_due"].to_pylist() == ["2026-06-15", ""]
    assert revisions.row_of(path, 4, "", workbook).text("title") == "巡堤"
    assert refused(revisions.row_of, path, 99, "", workbook) == "row_gone"


def test_a_line_without_a_measure_in_a_workbook_is_none(workbook: Path) -> None:
    assert refused(revisions.row_of, measures.written_path(workbook), 1, "", workbook) == "row_gone"


# --- any table ------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("甲乙,\"'=； (a1"), max_size=6)
ROWS = st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=1, max_size=4)
NAMES = ["编号", "举措", "责任部门", "完成时限"]
KEYS = ["measure_id", "title", "departments", "deadline"]


def written(cells: list[str], *, in_quotes: bool) -> list[str]:
    """Cells as somebody's spreadsheet writes them."""
    quoted = []
    for cell in map(guard.guarded, cells):
        needs_quotes = in_quotes or any(sign in cell for sign in ',"')
        quoted.append('"' + cell.replace('"', '""') + '"' if needs_quotes else cell)
    return quoted


@given(ROWS, st.integers(0, 3), st.sampled_from(KEYS), TEXTS, st.booleans())
@settings(max_examples=60)
def test_mending_a_cell_changes_no_other_byte(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    place: int,
    key: str,
    text: str,
    in_quotes: bool,
) -> None:
    row, column = place % len(rows), KEYS.index(key)
    rows[row][column] += "一"  # a row that is blank is none
    lines = [written(cells, in_quotes=in_quotes) for cells in [NAMES, *rows]]
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_bytes("".join(["\ufeff", *(",".join(line) + "\r\n" for line in lines)]).encode())
    mend(path, row + 2, **{key: text})
    lines_after = path.read_bytes().decode("utf-8-sig").split("\r\n")
    before = "".join(f"{cell}," for cell in lines[row + 1][:column])
    after = "".join(f",{cell}" for cell in lines[row + 1][column + 1 :])
    mended = lines_after.pop(row + 1)
    assert mended.startswith(before)
    assert mended.endswith(after)
    assert lines_after == [",".join(line) for line in [*lines[: row + 1], *lines[row + 2 :], []]]
    assert next(csv.reader(io.StringIO(mended)))[column] == guard.guarded(text.strip())
