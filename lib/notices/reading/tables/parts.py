"""The rows of a table, parted at the headers among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lib.grids.cells import Row
from lib.notices.reading.tables import headers
from lib.notices.reading.tables.columns import Columns
from lib.notices.reading.tables.sheet import Sheet


@dataclass
class Part:
    """Rows under one header, which may be printed again between them: then there are stretches.

    headers: the rows of the headers after the first of the table.
    """

    columns: Columns
    stretches: list[list[Row]] = field(default_factory=lambda: [[]])
    headers: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All of its rows."""
        rows: list[Row] = []
        for stretch in self.stretches:
            rows += stretch
        return rows


def of_table(sheet: Sheet, grid: Sequence[Row], start: int, columns: Columns) -> list[Part]:
    """Part the rows of a table from one on; a header among them may name the columns anew.

    Args:
        columns: those of the first row.
    """
    part = Part(columns)
    parts = [part]
    while start < len(grid):
        header = headers.at(sheet, grid, start)
        if header is None:
            part.stretches[-1].append(grid[start])
            start += 1
            continue
        if header.columns.has_header_of(part.columns):
            part.stretches.append([])
        else:
            part = Part(header.columns)
            parts.append(part)
        part.headers += grid[start : header.end]
        start = header.end
    return parts
