"""The columns that group the measures of a table: a cell of theirs stands over several of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from lib.grids.cells import NONE, Numbered
from lib.grids.headers import Columns, Header

_ROWS_FOR_BLANK: Final = 5  # of so many cells one is blank in a column that groups the rows


def with_finer_title(columns: Columns, title: str, header: Header, grid: Numbered) -> Columns:
    """Find the column that is the measure: of two the finer one, the other is the section.

    Its cells stand in rows in which the other is merged, or empty.

    Args:
        columns: field → column.
        title: the field that each measure has.
    """
    coarse = columns[title]
    for column, field in header.fields.items():
        is_to_the_right = field == title and column > coarse
        if is_to_the_right and _groups(grid, coarse, column, header.end, by_blanks=True):
            columns = {"section": coarse, **columns, title: column}
            coarse = column
    return columns


def unnamed_group(columns: Columns, title: str, header: Header, grid: Numbered) -> int:
    """The column of no field whose cells are merged over several measures, NONE for none."""
    title_column = columns[title]
    used = columns.values()
    for column in header.labels:
        is_free = column < title_column and column not in used
        if is_free and _groups(grid, column, title_column, header.end, by_blanks=False):
            return column
    return NONE


def coarse_column(columns: Columns, title: str, header: Header) -> int:
    """The column of measures that others divide, and that is the section; NONE for none."""
    section = columns.get("section", NONE)
    if header.fields.get(section) == title:
        return section
    return NONE


def _groups(grid: Numbered, left: int, right: int, first: int, *, by_blanks: bool) -> bool:
    """Whether a cell of the left column stands over several of the right one.

    Args:
        first: the row below the header.
        by_blanks: whether it does also where the left one is empty in many rows.
    """
    blank = 0
    filled = 0
    for above, below in pairwise(grid.rows[first:]):
        cell = below[right]
        is_merged = cell == above[right]
        if is_merged or not grid.cells.is_filled(cell):
            continue
        group = below[left]
        if above[left] == group != NONE:
            return True
        filled += 1
        if group == NONE:
            blank += 1
    return by_blanks and 0 < filled <= blank * _ROWS_FOR_BLANK
