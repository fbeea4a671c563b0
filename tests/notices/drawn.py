"""Tables drawn as text, which a notice is read from.

`^` is merged with the cell above, `<` with the one to the left, ⏎ is a break in a cell, a line
without | is a paragraph. A cell that is read is shown with `?` after it where it is to be checked.
"""

from __future__ import annotations

from typing import Final

from lib import notices
from lib.notices import pipeline
from lib.notices.model import Block, Cell, Document

ABOVE, BEFORE, BREAK = "^", "<", "⏎"
NOWHERE: Final = (-1, -1)


class _Drawing:
    """The blocks of a drawing: paragraphs, and tables whose merged cells are one block each."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._table, self._row = -1, 0
        self._block_at: dict[tuple[int, int], int] = {}  # of the table, by row and column

    def paragraph(self, line: str) -> None:
        self.blocks.append(Block(line))
        self._row = 0

    def row(self, cells: list[str]) -> None:
        if self._row == 0:
            self._table += 1
            self._block_at = {}
        for column, text in enumerate(cells):
            self._cell(column, text)
        self._row += 1

    def _cell(self, column: int, text: str) -> None:
        merged_with = {ABOVE: (self._row - 1, column), BEFORE: (self._row, column - 1)}
        number = self._block_at.get(merged_with.get(text, NOWHERE))
        if number is None:
            number = len(self.blocks)
            words = text.replace(BREAK, "\n")
            self.blocks.append(Block(words, 0, self._table, self._row, column))
        else:
            self._widen(number, column)
        self._block_at[self._row, column] = number

    def _widen(self, number: int, column: int) -> None:
        """Let a block reach to a column of this row."""
        cell = self.blocks[number]
        down = max(cell.down, self._row - cell.row + 1)
        across = max(cell.across, column - cell.column + 1)
        self.blocks[number] = Block(cell.text, 0, self._table, cell.row, cell.column, down, across)


def read(drawing: str) -> notices.Notice:
    """The notice of a drawing, under a title of a list of 2024."""
    drawn = _Drawing()
    for line in f"某某市2024年重点任务清单\n{drawing.strip()}".split("\n"):
        if "|" in line:
            drawn.row([cell.strip() for cell in line.split("|")])
        else:
            drawn.paragraph(line)
    return pipeline.understand(Document(drawn.blocks), "drawn")


def shown(field: str, cell: Cell) -> str:
    """What a cell says, with `?` where it is to be checked."""
    is_names = field.endswith(("leaders", "departments"))
    text = "、".join(cell.names) if is_names else cell.text
    return text if cell.sure else f"{text}?"
