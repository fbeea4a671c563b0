"""Days beside a phrase: 起 and 止 that a person gives, and 印发日期, from which 三个月内 counts."""

from __future__ import annotations

import datetime
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import measures, notices, revisions, workload
from lib.answers import exports, one_measure, tables
from lib.errors import describe
from lib.files.csv_writing import csv_of_rows
from lib.i18n import LANGUAGES, translator
from lib.notices import draft, output
from tests import workbooks
from tests.examples import examples
from tests.tables import HEADER

AS_OF = date(2026, 5, 1)
DAYS = "起,止,印发日期"
ROW = "1,2026,要点,一,1,清淤,周全,工程科"
NOTICE = """2026年防汛任务清单
1. 清淤。（责任领导：周全；责任部门：工程科；完成时限：三个月内）
2. 巡堤。（责任领导：周全；责任部门：工程科；完成时限：8月）
3. 备料。（责任领导：周全；责任部门：工程科；完成时限：月底前）

沙河区水务局
2026年3月10日
"""


def read(folder: Path, *lines: str, header: str = f"{HEADER},{DAYS}") -> measures.Table:
    path = folder / "table.csv"
    path.write_text("\n".join([header, *lines]), "utf-8")
    return measures.read(path)


def window(table: measures.Table, row: int = 0) -> tuple[date | None, date | None]:
    cells = table.columns.slice(row, 1).to_pylist()[0]
    return cells["start"], cells["due"]


def found(table: measures.Table) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.column, problem.value) for problem in table.problems]


def states(table: measures.Table) -> list[str]:
    return [workload.STATES[state] for state in workload.row_states(table, None, AS_OF)]


# --- what a given day means -------------------------------------------------------------------------

# 完成时限,起,止 → start, due, and the state on 1 May 2026
GIVEN = [
    # what can't be read or says no day is answered
    ("汛期前,,", None, None, "no_date"),
    ("汛期前,,2026-06-15", None, date(2026, 6, 15), "later"),
    ("汛期前,2026-03-01,2026-06-15", date(2026, 3, 1), date(2026, 6, 15), "later"),
    ("资金到位后,,2026-06-15", None, date(2026, 6, 15), "later"),
    ("待定,,2026-04-30", None, date(2026, 4, 30), "passed"),
    (",,2026-05-20", None, date(2026, 5, 20), "this_month"),
    # of what can be read it takes the place, and the other half stays
    ("8月,,2026-05-31", None, date(2026, 5, 31), "this_month"),
    ("3—8月,,2026-05-31", date(2026, 3, 1), date(2026, 5, 31), "this_month"),
    ("8月,2026-03-01,", date(2026, 3, 1), date(2026, 8, 31), "later"),
    # the day on which it is due is a day: it neither goes on nor comes again
    ("全年,,2026-04-30", date(2026, 1, 1), date(2026, 4, 30), "passed"),
    ("每月,,2026-04-30", None, date(2026, 4, 30), "passed"),
    ("长期,,2026-05-31", None, date(2026, 5, 31), "this_month"),
    # a first day alone is as in 3月起
    ("汛期前,2026-03-01,", date(2026, 3, 1), None, "ongoing"),
    ("资金到位后,2026-03-01,", date(2026, 3, 1), None, "ongoing"),
    ("长期,2026-03-01,", date(2026, 3, 1), None, "ongoing"),
    ("每月,2026-03-01,", date(2026, 3, 1), None, "recurring"),
]


@pytest.mark.parametrize(("cells", "start", "due", "state"), GIVEN)
def test_a_given_day_is_the_windows_whatever_the_phrase_says(
    tmp_path: Path, cells: str, start: date | None, due: date | None, state: str
) -> None:
    table = read(tmp_path, f"{ROW},{cells},")
    assert table.problems == ()
    assert window(table) == (start, due)
    assert states(table) == [state]
    assert table.columns["deadline"].to_pylist() == [cells.split(",", maxsplit=1)[0]]


def test_a_first_day_alone_does_not_make_up_for_a_missing_deadline(tmp_path: Path) -> None:
    table = read(tmp_path, f"{ROW},,2026-03-01,,")
    assert found(table) == [("deadline_missing", "完成时限", "")]
    assert (window(table), states(table)) == ((date(2026, 3, 1), None), ["no_date"])


def test_rows_of_one_phrase_are_told_apart_by_their_days(tmp_path: Path) -> None:
    lines = [f"{ROW},资金到位后,,{day}," for day in ("2026-06-15", "2026-07-15", "", "2026-06-15")]
    table = read(tmp_path, *lines)
    assert [window(table, row)[1] for row in range(4)] == [
        date(2026, 6, 15),
        date(2026, 7, 15),
        None,
        date(2026, 6, 15),
    ]
    assert len(table.codes.windows.phrase) == 3
    assert [problem.line for problem in table.problems if "unread" in problem.code] == [4]


WRITTEN = [
    "2026-06-15",
    "2026-6-15",
    "2026/6/15",
    "2026.6.15",
    "2026年6月15日",
    "二〇二六年六月十五日",
    "２０２６-６-１５",
    "20260615",
    "2026-06-15 00:00:00",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    table = read(tmp_path, f"{ROW},汛期前,,{written},")
    assert (window(table)[1], table.problems) == (date(2026, 6, 15), ())


@pytest.mark.parametrize("written", ["", "—", "无", "待定"])
def test_what_says_nothing_gives_nothing(tmp_path: Path, written: str) -> None:
    table = read(tmp_path, f"{ROW},8月,{written},{written},{written}")
    assert (window(table), table.problems) == ((None, date(2026, 8, 31)), ())


@pytest.mark.parametrize(
    "written", ["六月", "6月15日", "2026-06", "2026-02-30", "2026-06-15前", "汛期前", "1999-1-1"]
)
@pytest.mark.parametrize("column", DAYS.split(","))
def test_what_is_no_day_is_a_problem_and_not_given(
    tmp_path: Path, column: str, written: str
) -> None:
    cells = [written if name == column else "" for name in DAYS.split(",")]
    table = read(tmp_path, f"{ROW},8月,{','.join(cells)}")
    assert found(table) == [("date_unreadable", column, written)]
    assert window(table) == (None, date(2026, 8, 31))
    for language in LANGUAGES:
        sentence = describe(table.problems[0], translator(language))
        assert all(text in sentence for text in (column, written, "2026-06-15", "2"))


# 完成时限,起,止 → the problem
DOUBTED = [
    ("8月,2026-10-01,", ("given_backwards", "起", "2026-10-01 → 2026-08-31")),
    ("汛期前,2026-07-01,2026-06-15", ("given_backwards", "止", "2026-07-01 → 2026-06-15")),
    ("8—9月,,2026-06-15", ("given_backwards", "止", "2026-08-01 → 2026-06-15")),
    ("汛期前,,2062-06-15", ("deadline_year", "止", "2026 · 汛期前 → 2062-06-15")),
    ("汛期前,,46188", ("day_number", "止", "46188 → 2026-06-15")),
]


@pytest.mark.parametrize(("cells", "problem"), DOUBTED)
def test_days_that_may_be_a_slip_are_asked_about(
    tmp_path: Path, cells: str, problem: tuple[str, str, str]
) -> None:
    assert problem in found(read(tmp_path, f"{ROW},{cells},"))


def test_days_that_end_before_they_begin_do_not_count(tmp_path: Path) -> None:
    table = read(
        tmp_path, f"{ROW},8月,2026-10-01,,", f"2{ROW[1:]},资金到位后,2026-07-01,2026-06-15,"
    )
    assert window(table) == (None, date(2026, 8, 31))
    assert states(table) == ["later", "unreadable"]


def test_a_phrase_that_would_be_asked_about_is_not_where_a_day_is_given(tmp_path: Path) -> None:
    for phrase in ("46188", "2025年6月底前"):
        assert read(tmp_path, f"{ROW},{phrase},,2026-06-15,").problems == ()


def test_a_table_without_these_columns_has_none_of_them(tmp_path: Path) -> None:
    table = read(tmp_path, f"{ROW},8月", header=HEADER)
    assert not {"given_start", "given_due", "issued"} & {*table.columns.column_names}


def test_begin_and_end_below_a_deadline_stay_its_two_halves(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["举措", "责任部门", "完成时限", None],
        [None, None, "起", "止"],
    ]
    path = tmp_path / "list.xlsx"
    sheets: dict[str, list[list[object]]] = {
        "清单": [*rows, ["清淤", "工程科", "2026年3月", "2026年6月底前"]]
    }
    workbooks.of_rows(sheets, ["A1:A2", "B1:B2", "C1:D1"]).save(path)
    table = measures.read(path)
    assert table.columns["deadline"].to_pylist() == ["2026年3月至2026年6月底前"]
    assert window(table) == (date(2026, 3, 1), date(2026, 6, 30))


def test_days_of_a_workbook_are_cells_of_dates(tmp_path: Path) -> None:
    day = datetime.datetime(2026, 6, 15)
    issued = datetime.datetime(2026, 3, 10)
    path = tmp_path / "list.xlsx"
    cells = ["1", "2026", "要点", "一", "1", "清淤", "周全", "工程科", "三个月内"]
    rows: list[list[Any]] = [[*HEADER.split(","), "止", "印发日期"]]
    rows += [[*cells, None, issued], [*cells, day, issued]]
    workbooks.of_rows({"清单": rows}).save(path)
    table = measures.read(path)
    assert [window(table, row)[1] for row in (0, 1)] == [date(2026, 6, 10), date(2026, 6, 15)]


# --- the day of issue -------------------------------------------------------------------------------


def test_a_phrase_counts_from_the_day_of_issue_of_its_row(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        f"{ROW},三个月内,,,2026-03-10",
        f"2{ROW[1:]},10个工作日内,,,2026/3/10",
        f"3{ROW[1:]},月底前,,,2026年3月10日",
        f"4{ROW[1:]},三个月内,,,",
    )
    dues = [window(table, row)[1] for row in range(4)]
    assert dues == [date(2026, 6, 10), date(2026, 3, 24), date(2026, 3, 31), None]
    assert found(table) == [("deadline_unreadable", "完成时限", "三个月内")]


def test_a_milestone_counts_from_the_day_of_issue_of_its_measure(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text("编号,节点时限,节点\n1,一个月内,勘测\n", "utf-8")
    table = read(tmp_path, f"{ROW},三个月内,,,2026-03-10")
    assert table.milestone_columns["due"].to_pylist() == [date(2026, 4, 10)]


def test_a_notice_writes_the_day_of_issue_where_a_deadline_counts_from_it(tmp_path: Path) -> None:
    notice = notices.read_text(NOTICE)
    assert [measure.due for measure in notice.measures] == [
        date(2026, 6, 10),
        date(2026, 8, 31),
        date(2026, 3, 31),
    ]
    output.write(notice, tmp_path / "t.csv")
    table = measures.read(tmp_path / "t.csv")
    assert table.columns["deadline"].to_pylist() == ["三个月内", "8月", "月底前"]
    assert table.columns["issued"].to_pylist() == ["2026-03-10", "", "2026-03-10"]
    assert [window(table, row)[1] for row in range(3)] == [
        measure.due for measure in notice.measures
    ]


def test_a_notice_in_which_nothing_counts_from_it_has_no_such_column() -> None:
    rows, _ = notices.to_table(notices.read_text(NOTICE.replace("三个", "6").replace("月底前", "")))
    assert "印发日期" not in rows[0]


def test_a_phrase_that_is_typed_on_the_desk_counts_from_it_too() -> None:
    notice = draft.put(notices.read_text(NOTICE), 1, "deadline", "30日内")
    assert notice.measures[1].due == date(2026, 4, 9)
    assert list(draft.doubts(notice)) == []


def test_a_notice_brings_the_day_of_issue_into_the_boards_table(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_text(f"{HEADER}\n{ROW},8月\n", "utf-8")
    rows, milestones = notices.to_table(notices.read_text(NOTICE))
    revisions.save(revisions.plan(path, rows, milestones))
    assert measures.read(path).columns["issued"].to_pylist() == [
        *("", "2026-03-10", "", "2026-03-10")
    ]


# --- the columns go with the table ------------------------------------------------------------------

TABLE = [
    f"{HEADER},{DAYS},备注".split(","),
    f"{ROW},汛期前,2026-3-1,2026/6/15,,急".split(","),
    f"2{ROW[1:]},三个月内,,,2026-03-10,".split(","),
    f"3{ROW[1:]},8月,,六月,,".split(","),
]


@pytest.fixture
def table(tmp_path: Path) -> measures.Table:
    (tmp_path / "own.csv").write_bytes(csv_of_rows(TABLE))
    return measures.read(tmp_path / "own.csv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_keeps_them_and_reads_back(
    table: measures.Table, tmp_path: Path, kind: str, language: str
) -> None:
    make = {"csv": exports.csv, "xlsx": exports.xlsx}[kind]
    data = make(table, np.arange(3), AS_OF, ("看板",), translator(language))
    (tmp_path / f"again.{kind}").write_bytes(data)
    assert measures.read(tmp_path / f"again.{kind}").columns.equals(table.columns)
    rows, _ = notices.to_table(notices.read(data, f"again.{kind}"))
    assert [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] == [
        dict(zip(rows[0], row, strict=True)) for row in in_order(rows[0])
    ]


def in_order(header: list[str]) -> list[list[str]]:
    """The rows of TABLE under another order of its columns."""
    by_header = [dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]
    return [[row.get(name, "") for name in header] for row in by_header]


def test_parquet_keeps_them(table: measures.Table, tmp_path: Path) -> None:
    notices.write(notices.read(tmp_path / "own.csv"), tmp_path / "again.parquet")
    again = measures.read(tmp_path / "again.parquet")
    for name in ("given_start", "given_due", "issued", "due"):
        assert again.columns[name].equals(table.columns[name])


def test_what_is_given_is_said_to_be(table: measures.Table) -> None:
    t = translator("zh")
    listed = tables.measures(workload.listing(table, np.arange(3), AS_OF), ("title", "due"), t)
    assert [row[1] for row in listed.rows] == ["2026-06-15（给定）", "2026-06-10", "2026-08-31"]
    facts = dict(one_measure.facts(table, 0, AS_OF, t))
    assert (facts["完成时限"], facts["止（给定）"]) == ("汛期前", "2026/6/15")
    assert facts["到期日"] == "2026-06-15（给定）"
    assert dict(one_measure.facts(table, 0, AS_OF, translator("en")))["Due"] == "2026-06-15 (given)"


def test_given_days_go_with_the_phrase_beside_which_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_bytes(csv_of_rows(TABLE[:2]))
    rows = [HEADER.split(","), f"{ROW},6月底前".split(",")]
    revision = revisions.plan(path, rows, [["编号", "节点"]], "2026 · 要点")
    assert revision.changes[0].fields == {
        "deadline": ("汛期前", "6月底前"),
        "given_start": ("2026-3-1", ""),
        "given_due": ("2026/6/15", ""),
    }
    revisions.save(revision)
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line == f"{ROW},6月底前,,,,急"
    typed = draft.put(notices.read(csv_of_rows(TABLE[:2]), "own.csv"), 0, "deadline", "6月底前")
    assert notices.to_table(typed)[0][1][-5:] == ["6月底前", "", "", "", "急"]


def test_a_notice_that_leaves_the_phrase_leaves_the_days(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_bytes(csv_of_rows(TABLE[:2]))
    rows = [HEADER.split(","), f"{ROW.replace('周全', '周到')},汛期前".split(",")]
    revision = revisions.plan(path, rows, [["编号", "节点"]], "2026 · 要点")
    assert {*revision.changes[0].fields} == {"leaders"}


PHRASES = st.sampled_from(["8月", "全年", "每月", "3—8月", "汛期前", "三个月内", "长期", ""])
CELLS = st.sampled_from(["", "2026-03-01", "2026-06-15", "2026/12/31", "六月", "46188"])


@given(PHRASES, CELLS, CELLS, CELLS)
@pytest.mark.no_cover
@examples(gate=20, long=60)
def test_a_window_never_begins_after_it_is_due(
    tmp_path_factory: pytest.TempPathFactory, phrase: str, first: str, last: str, issued: str
) -> None:
    table = read(tmp_path_factory.mktemp("any"), f"{ROW},{phrase},{first},{last},{issued}")
    start, due = window(table)
    assert start is None or due is None or start <= due
    assert table.codes.windows.given.tolist() == [due is not None and bool(given_day(table))]


def given_day(table: measures.Table) -> bool:
    """Whether the due day is what stands in 止."""
    codes = {problem.code for problem in table.problems}
    has_day = table.columns["given_due"][0].as_py() not in ("", "六月")
    return has_day and "given_backwards" not in codes
