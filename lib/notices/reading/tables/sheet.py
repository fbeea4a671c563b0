"""The cells of a document's tables by their place: which block stands in which row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.grids.cells import NONE, Cells
from lib.notices.model import Blocks, Lines, Source, Span

_COLUMNS: Final = 256  # that a table may have
_ROWS: Final = 70_000
_SPACING: Final = re.compile(r"\s+")


class Sheet(Cells):
    """All blocks of a document, each with its line; a cell is known by the number of its block."""

    def __init__(self, blocks: Blocks, lines: Lines) -> None:
        super().__init__([block.text for block in blocks])
        self.blocks = blocks
        self.lines = lines

    def grid(self, members: Sequence[int]) -> list[list[int]]:
        """The rows of a table.

        Args:
            members: the blocks that are its cells.
        """
        blocks = [self.blocks[number] for number in members]
        lowest = max(block.row + block.down for block in blocks)
        rightmost = max(block.column + block.across for block in blocks)
        height = min(lowest, _ROWS)
        width = min(rightmost, _COLUMNS)
        grid = [[NONE] * width for _ in range(height)]
        for number, block in zip(members, blocks, strict=True):
            bottom = block.row + block.down
            right = min(block.column + block.across, width)
            for row in grid[block.row : bottom]:
                for column in range(block.column, right):
                    if row[column] == NONE:
                        row[column] = number
        return grid

    def folded(self, number: int) -> str:
        """What stands in a cell, in the writing in which texts are compared."""
        if number >= 0:
            return self.lines[number].folded
        return ""

    def is_merged(self, number: int) -> bool:
        """Whether a cell covers several rows."""
        return self.blocks[number].down > 1

    def span(self, number: int) -> Span:
        """All that stands in a cell."""
        return self.lines[number].span

    def source(self, number: int) -> Source:
        """Where it stands."""
        length = len(self.text(number))
        return Source(number, 0, length)


def one_line(text: str) -> str:
    """A cell's text on one line: a break between Chinese characters is none."""
    return _SPACING.sub(_without_break, text.strip())


def _without_break(spacing: re.Match[str]) -> str:
    """What stands for spaces between two characters: nothing for a break beside a Chinese one."""
    if "\n" not in spacing[0]:
        return spacing[0]
    text = spacing.string
    before = text[spacing.start() - 1]
    after = text[spacing.end()]
    is_chinese = not before.isascii() or not after.isascii()
    if is_chinese:
        return ""
    return spacing[0].replace("\n", " ")
