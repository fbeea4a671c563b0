"""A grid of cells as blocks: a table with its merged cells, as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lib.errors import BoardError
from lib.files.grid import Extent, Grid, Place
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.model import Block

_COLUMNS: Final = 200  # of a file's grid that are read


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


# --- the grids of files --------------------------------------------------------------------------


def blocks_of(grid: Grid, table: int, name: str) -> list[Block]:
    """The blocks of a grid, without the rows and the last columns in which nothing stands.

    Each has the number of its row in the grid, from 1, as its line.

    Args:
        table: its number in the document.
        name: of the file, for errors.

    Raises:
        BoardError: notice_bomb, notice_too_long.
    """
    if len(grid.rows) > limits.ROWS:
        raise BoardError("notice_bomb", file=name)
    _refuse_large(grid)
    texts = [[clean(text) for text in cells[:_COLUMNS]] for cells in grid.rows]
    numbers = [number for number, cells in enumerate(texts) if any(map(str.strip, cells))]
    width = max((_filled(texts[number]) for number in numbers), default=0)
    rows = [texts[number][:width] for number in numbers]
    lines = [number + 1 for number in numbers]
    return grid_blocks(rows, table, _merged_among(grid, numbers, width), lines)


def _refuse_large(grid: Grid) -> None:
    """Raise BoardError notice_too_long for more cells than a document can have, before they are made."""
    rows = [cells[:_COLUMNS] for cells in grid.rows if any(map(str.strip, cells[:_COLUMNS]))]
    width = max(map(_filled, rows), default=0)
    covered = sum(down * across - 1 for down, across in grid.merged.values())
    if len(rows) * width - covered > limits.PIECES:
        raise BoardError("notice_too_long", limit=limits.PIECES)


def _filled(cells: Sequence[str]) -> int:
    """Up to which column something stands in a row."""
    return max(column for column, text in enumerate(cells, 1) if text.strip())


def _merged_among(grid: Grid, numbers: Sequence[int], width: int) -> dict[Place, Extent]:
    """The merged cells, counted in the rows that are left."""
    merged = {}
    places = {number: place for place, number in enumerate(numbers)}
    for (top, left), (down, across) in grid.merged.items():
        if top in places and left < width:
            covered = sum(1 for row in range(top, top + down) if row in places)
            merged[places[top], left] = (covered, min(across, width - left))
    return merged
