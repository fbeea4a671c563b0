"""A row of a table under its header."""

from __future__ import annotations

from dataclasses import dataclass

from lib.grids.cells import Row, cell
from lib.notices.model import Cell
from lib.notices.reading.tables.columns import Columns
from lib.notices.reading.tables.sheet import Sheet


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, and what its columns hold.

    lent: those of its cells that stand in a row above and hold for it.
    """

    sheet: Sheet
    cells: Row
    columns: Columns
    lent: frozenset[int] = frozenset()

    def at(self, column: int) -> int:
        """The cell in a column, NONE where there is no such column."""
        return cell(self.cells, column)

    def is_filled(self, column: int) -> bool:
        """Whether anything stands in a column."""
        return self.sheet.is_filled(self.at(column))

    def text(self, column: int) -> str:
        """What stands in a column, "" where there is none."""
        return self.sheet.text(self.at(column)).strip()

    @property
    def title(self) -> int:
        """The cell that is the measure."""
        return self.at(self.columns.title)

    @property
    def serial(self) -> str:
        """The number in the column of numbers."""
        return self.text(self.columns.serial)

    def value(self, column: int) -> Cell:
        """What stands in a column, as a cell of a measure."""
        number = self.cells[column]
        return Cell(
            text=self.text(column),
            reason="merged" if self.sheet.is_merged(number) else "column",
            source=self.sheet.source(number),
            detail=self.columns.word(column),
        )
