"""Rows of a table, by which it is judged what their columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lib.grids.cells import Row, cell
from lib.notices import kinds
from lib.notices.reading.tables.sheet import Sheet

_SAMPLE: Final = 50  # rows by which a column is judged
_DISTINCT: Final = 3 / 4  # of the cells of a column that repeats, at most
_BLANK: Final = 5  # one cell in so many is empty in a column that groups the rows


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table under one header."""

    sheet: Sheet
    rows: Sequence[Row]

    def folded(self, column: int) -> list[str]:
        """The folded cells of a column."""
        return [self.sheet.folded(number) for number in self._cells(column)]

    def _cells(self, column: int) -> list[int]:
        """The cells of a column, as far as the rows are long enough."""
        return [row[column] for row in self.rows if column < len(row)]

    def column(self, column: int) -> list[str]:
        """The folded cells of a column in the first rows."""
        first_rows = Rows(self.sheet, self.rows[:_SAMPLE])
        return first_rows.folded(column)

    def has_words(self, column: int) -> bool:
        """Whether a column is of words, neither of dates nor of people nor of figures."""
        return kinds.mostly(kinds.words, self.column(column))

    def repeats(self, column: int) -> bool:
        """Whether a column says the same in row after row: sections, not measures."""
        cells = self._cells(column)
        distinct = {self.sheet.text(number).strip() for number in cells}
        most = len(cells) * _DISTINCT
        return len(cells) >= 2 and len(distinct) <= most

    def groups(self, left: int, right: int) -> bool:
        """Whether the left column's cells stand for several of the right."""
        if self.merges(left, right):
            return True
        pairs = self._pairs(left, right)
        if not pairs:
            return False
        lefts = [number for number, _ in pairs]
        blank = [number for number in lefts if not self.sheet.is_filled(number)]
        return len(blank) * _BLANK >= len(lefts)

    def merges(self, left: int, right: int) -> bool:
        """Whether a cell of the left column covers several of the right."""
        pairs = self._pairs(left, right)
        for (cell_above, beside_above), (cell_below, beside_below) in pairwise(pairs):
            is_one_cell = cell_above == cell_below
            is_beside_two = beside_above != beside_below
            is_merged = is_one_cell and is_beside_two
            if is_merged and self.sheet.is_filled(cell_above):
                return True
        return False

    def _pairs(self, left: int, right: int) -> list[tuple[int, int]]:
        """The cells of two columns, in the rows in which the right one says something."""
        pairs: list[tuple[int, int]] = []
        for row in self.rows:
            says_something = self.sheet.is_filled(cell(row, right))
            if says_something:
                pair = (row[left], row[right])
                pairs.append(pair)
        return pairs
