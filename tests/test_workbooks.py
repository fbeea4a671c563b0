"""Workbooks as offices make them, by someone who had not seen the readers: both read them right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib import measures, notices
from lib.measures.name_column import Names
from tests.made_workbooks import making

Rows = list[dict[str, str]]


@pytest.mark.parametrize("case", making.CASES)
def test_every_workbook_is_read_by_the_board_as_it_was_written_down(case: str, tmp_path: Path):
    table = measures.read(making.make(case, tmp_path))

    assert differences(by_the_board(table), making.expected(case)) == []


@pytest.mark.parametrize("case", making.CASES)
def test_every_workbook_is_read_by_intake_as_it_was_written_down(case: str, tmp_path: Path):
    notice = notices.read(making.make(case, tmp_path))

    assert differences(by_intake(notice), making.expected(case)) == []


def by_the_board(table: measures.Table) -> Rows:
    """What the board understands, names as it counts them."""
    rows = table.rows
    columns: dict[str, Iterable[object]] = {
        name: rows[name].fillna("") for name in ("section", "article", "title", "deadline")
    }
    columns |= {
        "leaders": counted(table.codes.leaders),
        "lead_departments": counted(table.codes.lead),
        "support_departments": counted(table.codes.support),
        "due": pd.to_datetime(rows["due"]).dt.strftime("%Y-%m-%d").fillna(""),
    }
    return [
        dict(zip(columns, map(str, cells), strict=True))
        for cells in zip(*columns.values(), strict=True)
    ]


def counted(column: Names) -> list[str]:
    """The names of each row, joined."""
    names = np.array(column.names.to_pylist())
    cells = np.split(column.codes, column.offsets[1:-1])
    return ["、".join(names[cell]) if len(cell) else "" for cell in cells]


def by_intake(notice: notices.Notice) -> Rows:
    """What the board understands of the table that Intake writes."""
    return by_the_board(measures.of_rows(*notices.to_table(notice)))


def differences(read: Rows, right: Rows) -> list[str]:
    """What was not read as it was written down, in words; * stands for what may be either."""
    if [bare_title(row) for row in read] != [bare_title(row) for row in right]:
        return [f"measures {[row['title'] for row in read]}"]
    return [
        f"{expected['title']}: {name} {row[name]!r} instead of {text!r}"
        for row, expected in zip(read, right, strict=True)
        for name, text in expected.items()
        if name != "title" and text != "*" and bare(name, row[name]) != bare(name, text)
    ]


def bare_title(row: dict[str, str]) -> str:
    """A title without its number, spaces and full stop."""
    return re.sub(r"^\d+\.|\s|。$", "", row["title"])


def bare(name: str, text: str) -> object:
    """A cell without its spaces; names of several in any order, a day in any writing as ISO."""
    text = re.sub(r"\s", "", text)
    if name in ("leaders", "support_departments"):
        return sorted(text.split("、"))
    day = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    return [int(number) for number in day.groups()] if day else text
