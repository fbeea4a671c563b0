"""Days that are shown without their year, where the cell holds another year than the list's."""

from __future__ import annotations

import re
from typing import Final

from lib.errors import Problem
from lib.files import Grid, shown
from lib.grids.cells import NONE
from lib.grids.tables import Table
from lib.measures.parts import Part

_YEAR: Final = re.compile("[0-9]{4}")


def unshown_years(part: Part, table: Table, grid: Grid) -> list[Problem]:
    """One Problem for all such deadlines of a table; the day counts in the list's year.

    Args:
        part: the measures, with the year of each.
        table: the same measures as they stand on the sheet.
    """
    column = table.columns.get("deadline", NONE)
    days: dict[int, str] = {}
    for row, line, year in zip(table.lines, part.lines, part.column("year"), strict=True):
        stored = grid.years.get((row, column))
        listed = _YEAR.search(year)
        if stored and listed and listed[0] != str(stored):
            days[line] = f"{grid.rows[row][column]} ({stored})"
    if not days:
        return []
    named = shown("、".join(days.values()))
    return [Problem("day_of_other_year", min(days), table.labels[column], named)]
