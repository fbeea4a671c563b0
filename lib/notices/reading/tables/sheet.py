"""The cells of a document's tables by their place: which block stands in which row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.model import Block, Line, Source, Span

NONE: Final = -1  # where no block stands, no column is known
_COLUMNS: Final = 256  # that a table may have
_ROWS: Final = 70_000
_SAMPLE: Final = 50  # rows by which a column is judged
_BREAK: Final = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")

# The numbers of the blocks in one row, from left to right; a merged cell stands in several places.
Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All blocks of a document, each with its line."""

    blocks: Sequence[Block]
    lines: Sequence[Line]

    def grid(self, members: Sequence[int]) -> list[list[int]]:
        """The rows of a table.

        Args:
            members: the blocks that are its cells.
        """
        cells = [self.blocks[number] for number in members]
        height = min(max(cell.row + cell.down for cell in cells), _ROWS)
        width = min(max(cell.column + cell.across for cell in cells), _COLUMNS)
        grid = [[NONE] * width for _ in range(height)]
        for number, cell in zip(members, cells, strict=True):
            for row in grid[cell.row : cell.row + cell.down]:
                for column in range(cell.column, min(cell.column + cell.across, width)):
                    if row[column] == NONE:
                        row[column] = number
        return grid

    def text(self, number: int) -> str:
        """What stands in a cell, "" where there is none."""
        return self.blocks[number].text if number >= 0 else ""

    def folded(self, number: int) -> str:
        """The same in the writing in which texts are compared."""
        return self.lines[number].folded if number >= 0 else ""

    def label(self, number: int) -> str:
        """A header's cell on one line, folded."""
        return self.folded(number).replace("\n", "")

    def is_filled(self, number: int) -> bool:
        """Whether anything stands in a cell."""
        return bool(self.text(number).strip())

    def is_merged(self, number: int) -> bool:
        """Whether a cell covers several rows."""
        return self.blocks[number].down > 1

    def span(self, number: int) -> Span:
        """All that stands in a cell."""
        return self.lines[number].span

    def source(self, number: int) -> Source:
        """Where it stands."""
        return Source(number, 0, len(self.text(number)))

    def filled(self, row: Row) -> list[int]:
        """The cells of a row that say something, each once."""
        return [number for number in dict.fromkeys(row) if self.is_filled(number)]

    def column(self, column: int, rows: Sequence[Row]) -> list[str]:
        """The folded cells of a column in the first rows."""
        return [self.folded(row[column]) for row in rows[:_SAMPLE] if column < len(row)]

    def pairs(self, left: int, right: int, rows: Sequence[Row]) -> list[tuple[int, int]]:
        """The cells of two columns, in the rows in which the right one says something."""
        pairs: list[tuple[int, int]] = []
        for row in rows:
            if self.is_filled(cell(row, right)):
                pairs.append((row[left], row[right]))
        return pairs


def cell(row: Row, column: int) -> int:
    """The block in a column of a row, NONE where there is no such column."""
    return row[column] if 0 <= column < len(row) else NONE


def one_line(text: str) -> str:
    """A cell's text on one line: a break between Chinese characters is none."""
    return _BREAK.sub("", text.strip()).replace("\n", " ")
