"""Ids that Excel has turned into dates are what they were, and ids that look like dates stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from lib import measures
from lib.errors import Problem
from lib.measures import dated_ids
from tests.tables import HEADER, table_of


def read(folder: Path, *rows: str) -> measures.Table:
    """A table of rows of 编号, 年度 and 条目."""
    lines = []
    for row in rows:
        measure_id, year, article = row.split(",")
        lines.append(f"{measure_id},{year},惠民清单,一,{article},修一段路,罗敏,工程科,9月")
    return measures.read(table_of(folder, "\n".join(lines)))


def ids_of(table: measures.Table) -> list[str]:
    ids: list[str] = table.codes.ids.to_pylist()
    return ids


def codes_of(table: measures.Table) -> list[str]:
    return [problem.code for problem in table.problems]


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        # What Excel shows of 2026-1-1 in China and saves as CSV
        (["2026/1/1,2026,一（一）", "2026/1/12,2026,"], ["2026-1-1", "2026-1-12"]),
        (["2026年1月1日,2026,", "2026年10月2日,2026,"], ["2026-1-1", "2026-10-2"]),
        (["2026.1.1,2026,"], ["2026-1-1"]),
        (["2026/1/1 0:00,2026,", "2026-1-2 00:00:00,2026,"], ["2026-1-1", "2026-1-2"]),
        # With zeros, as a cell of a workbook is read, where the articles say the same
        (["2026-01-01,2026,一（一）", "2026-01-02,2026,"], ["2026-1-1", "2026-1-2"]),
        # Numbers that are no month or no day stay as they were, and so do longer ids
        (
            ["2026/1/31,2026,", "2026-1-32,2026,", "2026-13-1,2026,", "2026-1-3-2,2026,"],
            ["2026-1-31", "2026-1-32", "2026-13-1", "2026-1-3-2"],
        ),
        (["2026/1/1,2026,", "2026.2-1-1,2026,"], ["2026-1-1", "2026.2-1-1"]),
        # The number of a second list, whose measures are counted by their place
        (["2026/1/1,2026,", "2026.2-1,2026,"], ["2026-1-1", "2026.2-1"]),
        # Ids by place, 2026-3
        (["2026年3月,2026,", "2026-13,2026,"], ["2026-3", "2026-13"]),
        # A year that nothing says is none that contradicts
        (["2026/1/1,,"], ["2026-1-1"]),
    ],
)
def test_ids_that_became_dates_are_what_they_were(
    rows: list[str], ids: list[str], tmp_path: Path
) -> None:
    table = read(tmp_path, *rows)
    assert ids_of(table) == ids
    assert codes_of(table).count("ids_were_dates") == 1


@pytest.mark.parametrize(
    "rows",
    [
        ["2026-1-1,2026,一（一）", "2026-10-11,2026,"],
        # Zeros that are meant: nothing says 2026-1-1, or something else
        ["2026-01-01,2026,", "2026-01-02,2026,"],
        ["2026-03-15,2026,一（一）"],
        ["2026-01-01,2026,一（一）", "2026-01-05,2026,一（二）"],
        # Dates beside ids that are none of the board's, or of another year
        ["2026/1/1,2026,", "督办3号,2026,"],
        ["2026/1/1,2026,", "2026-02-030,2026,"],
        ["2025/1/1,2026,"],
        ["2026/13/1,2026,", "2026/1/1/1,2026,"],
    ],
)
def test_ids_that_are_meant_stay(rows: list[str], tmp_path: Path) -> None:
    table = read(tmp_path, *rows)
    assert ids_of(table) == [row.split(",")[0] for row in rows]
    assert "ids_were_dates" not in codes_of(table)


def test_one_problem_a_file_says_what_stands_there_and_what_it_was(tmp_path: Path) -> None:
    table = read(tmp_path, ",2026,", "2026/2/3,2026,", "2026/2/4,2026,", "2026-2-3,2026,")
    assert table.problems == (
        Problem("ids_were_dates", 0, "编号", "2026/2/3 → 2026-2-3"),
        Problem("id_missing", 2, "编号", ""),
        Problem("duplicate_id", 5, "编号", "2026-2-3"),
    )


def test_milestones_find_their_measures_whichever_file_has_been_changed(tmp_path: Path) -> None:
    lines = "\n2026/1/1,5月,样板段,1,公里\n2026-1-2,6月,验收,,\n2026/5/5,6月,通车,,\n"
    beside = tmp_path / "table.milestones.csv"
    beside.write_text(f"编号,节点时限,节点,目标值,单位{lines}", "utf-8")
    for mark in "-/":
        table = read(tmp_path, *(f"2026{mark}1{mark}{number},2026," for number in (1, 2)))
        assert table.milestones["row"].tolist() == [0, 1, -1]
        assert table.milestones["measure_id"].tolist() == ["2026-1-1", "2026-1-2", "2026/5/5"]
        assert [(problem.code, problem.value) for problem in table.problems if problem.source] == [
            ("ids_were_dates", "2026/1/1 → 2026-1-1"),
            ("milestone_orphan", "2026/5/5"),
        ]


def test_cells_of_a_workbook_that_are_dates_are_ids_again(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    for number, article in enumerate(("一（一）", "一（二）"), 1):
        day = date(2026, 1, number)
        sheet.append([day, 2026, "惠民清单", "一", article, "修一段路", "罗敏", "工程科", "9月"])
        sheet.cell(number + 1, 1).number_format = "yyyy/m/d"
    path = tmp_path / "table.xlsx"
    book.save(path)
    table = measures.read(path)
    assert ids_of(table) == ["2026-1-1", "2026-1-2"]
    assert codes_of(table) == ["ids_were_dates"]


def test_a_table_whose_first_ids_are_no_dates_is_not_looked_through() -> None:
    """So that a million rows cost what twenty cost."""
    ids = pa.array([*(f"2026-1-{number}" for number in range(1, 21)), "2026/1/21"])
    no_years = np.zeros(21, int)
    articles = pa.array([""] * 21)
    assert dated_ids.restored(ids, no_years, articles) is None
    assert dated_ids.restored(ids[1:], no_years[1:], articles[1:]) is not None
