"""The cells of a table by number: a merged cell stands in several places, and is one."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final, NamedTuple

from lib.files.grid import Extent, Grid, Place
from lib.text.folding import fold

NONE: Final = -1  # where no cell stands, no column is known

# The numbers of the cells in one row, from left to right.
Row = Sequence[int]


class Cells:
    """What stands in the cells of a table.

    texts: of each cell, as printed; tall: the cells that cover several rows.
    """

    def __init__(self, texts: Sequence[str], tall: Container[int] = ()) -> None:
        self._texts = texts
        self._tall = tall

    def text(self, number: int) -> str:
        """What stands in a cell, "" where there is none."""
        if number < 0:
            return ""
        return self._texts[number]

    def folded(self, number: int) -> str:
        """The same in the writing in which texts are compared."""
        return fold(self.text(number))

    def label(self, number: int) -> str:
        """A header's cell on one line, folded."""
        return self.folded(number).replace("\n", "")

    def is_filled(self, number: int) -> bool:
        """Whether anything stands in a cell."""
        return bool(self.text(number).strip())

    def is_merged(self, number: int) -> bool:
        """Whether a cell covers several rows."""
        return number in self._tall

    def filled(self, row: Row) -> list[int]:
        """The cells of a row that say something, each once."""
        return [number for number in dict.fromkeys(row) if self.is_filled(number)]


def cell(row: Row, column: int) -> int:
    """The cell in a column of a row, NONE where there is no such column."""
    if 0 <= column < len(row):
        return row[column]
    return NONE


class Numbered(NamedTuple):
    """The cells of a grid, and the number of the cell in each place of its rows."""

    cells: Cells
    rows: list[list[int]]


def numbered(grid: Grid) -> Numbered:
    """The cells of a grid by number; a merged one stands in all places that it covers."""
    texts: list[str] = []
    rows: list[list[int]] = []
    for cells in grid.rows:
        row = [NONE] * len(cells)
        for column, text in enumerate(cells):
            if not text:
                continue
            row[column] = len(texts)
            texts.append(text)
        rows.append(row)
    tall = _merge(rows, grid.merged)
    return Numbered(Cells(texts, tall), rows)


def _merge(rows: list[list[int]], merged: Mapping[Place, Extent]) -> set[int]:
    """Write the number of each merged cell into all its places; give those that are tall."""
    tall: set[int] = set()
    for (top, left), (height, width) in merged.items():
        number = rows[top][left]
        bottom = top + height
        right = left + width
        numbers = [number] * width
        for row in rows[top:bottom]:
            row[left:right] = numbers
        if height > 1:
            tall.add(number)
    return tall
