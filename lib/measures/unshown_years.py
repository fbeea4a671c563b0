"""Days that are shown without their year, where the cell holds another year than the list's."""

from __future__ import annotations

import re
from typing import Final

from lib.errors import Problem
from lib.files import Grid, shown
from lib.files.grid import Place
from lib.grids.cells import NONE
from lib.grids.model import Table
from lib.measures.parts import Part

_YEAR: Final = re.compile("[0-9]{4}")


def unshown_years(part: Part, table: Table, grid: Grid) -> list[Problem]:
    """One Problem for all such deadlines of a table; the day counts in the list's year.

    Args:
        part: the measures, with the year of each.
        table: the same measures as they stand on the sheet.
    """
    column = table.columns.get("deadline", NONE)
    days: list[str] = []
    lines: list[int] = []
    years = part.column("year")
    for row, line, year in zip(table.lines, part.lines, years, strict=True):
        place = (row, column)
        unshown_year = _unshown_year(grid, place, year)
        if unshown_year:
            day = grid.rows[row][column]
            days.append(f"{day} ({unshown_year})")
            lines.append(line)
    if not days:
        return []
    header = table.labels[column]
    text = "、".join(days)
    return [Problem("day_of_other_year", min(lines), header, shown(text))]


def _unshown_year(grid: Grid, place: Place, year: str) -> int:
    """The year that a cell holds and does not show, if it is not the list's; 0 for none.

    Args:
        year: the list's, as printed.
    """
    year_of_cell = grid.years.get(place, 0)
    year_of_list = _YEAR.search(year)
    if year_of_list is None or year_of_list[0] == str(year_of_cell):
        return 0
    return year_of_cell
