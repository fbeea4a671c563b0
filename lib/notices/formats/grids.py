"""A grid of cells as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lib.notices.formats import limits
from lib.notices.model import Block

Place = tuple[int, int]  # row and column
Extent = tuple[int, int]  # how many rows and columns a merged cell covers


def grid_blocks(
    rows: Sequence[Sequence[str]],
    table: int,
    merged: Mapping[Place, Extent] | None = None,
    lines: Sequence[int] = (),
) -> list[Block]:
    """The cells of a grid as blocks, without those that a merged one covers.

    lines: the line of each row in the file, where it has one.
    """
    merged = merged or {}
    lines = lines or [0] * len(rows)
    covered = _covered(merged)
    blocks = []
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if (row, column) not in covered:
                down, across = merged.get((row, column), (1, 1))
                cell = Block(text, 0, table, row, column, down, across, line=lines[row])
                blocks.append(cell)
    return limits.capped(blocks)


def _covered(merged: Mapping[Place, Extent]) -> set[Place]:
    """The places that belong to a merged cell and are not its first."""
    covered = set()
    for (top, left), (down, across) in merged.items():
        for row in range(top, top + down):
            for column in range(left, left + across):
                if (row, column) != (top, left):
                    covered.add((row, column))
    return covered
