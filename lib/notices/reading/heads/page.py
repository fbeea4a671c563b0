"""A document as its head is looked for: lines, and which of them are cells of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lib.notices.model import Blocks, Line, Lines


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a document.

    in_table: which of them are cells of a table.
    among_cells: which of these have other cells beside them that say something.
    """

    lines: Lines
    in_table: Sequence[bool]
    among_cells: Sequence[bool]

    @classmethod
    def of(cls, blocks: Blocks, lines: Lines) -> Page:
        """See which lines stand in tables."""
        filled = Counter((block.table, block.row) for block in blocks if block.text.strip())
        in_table: list[bool] = []
        among_cells: list[bool] = []
        for block in blocks:
            is_cell = block.table >= 0
            is_alone = filled[block.table, block.row] == 1
            in_table.append(is_cell)
            among_cells.append(is_cell and not is_alone)
        return cls(lines, in_table, among_cells)

    @property
    def text(self) -> list[Line]:
        """The lines outside tables."""
        return [line for line in self.lines if not self.in_table[line.block]]
