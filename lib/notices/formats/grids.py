"""A grid of cells as blocks: a table with its merged cells, as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
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
    blocks: list[Block] = []
    for row, cells in enumerate(rows):
        line = lines[row]
        for column, text in enumerate(cells):
            place = (row, column)
            if place in covered:
                continue
            down, across = merged.get(place, (1, 1))
            block = Block(text, 0, table, row, column, down, across, line=line)
            blocks.append(block)
    return limits.capped(blocks)


def _covered(merged: Mapping[Place, Extent]) -> set[Place]:
    """The places that belong to a merged cell and are not its first."""
    covered: set[Place] = set()
    for (top, left), (down, across) in merged.items():
        rows = range(top, top + down)
        columns = range(left, left + across)
        places = set(product(rows, columns))
        places.discard((top, left))
        covered |= places
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
    width = 0
    filled: dict[int, list[str]] = {}  # the rows in which something stands, by number
    for number, cells in enumerate(grid.rows):
        texts = [clean(text) for text in cells[:_COLUMNS]]
        width_of_row = _width(texts)
        if width_of_row > 0:
            filled[number] = texts
            width = max(width, width_of_row)
    rows = [texts[:width] for texts in filled.values()]
    lines = [number + 1 for number in filled]
    merged = _merged_among(grid, list(filled), width)
    return grid_blocks(rows, table, merged, lines)


def _refuse_large(grid: Grid) -> None:
    """Raise BoardError notice_too_long for more cells than a document can have, before they are made."""
    rows = [cells[:_COLUMNS] for cells in grid.rows]
    widths = list(map(_width, rows))
    filled_rows = len(widths) - widths.count(0)
    widest = max(widths, default=0)
    covered = 0
    for down, across in grid.merged.values():
        covered += down * across - 1
    cells = filled_rows * widest - covered
    if cells > limits.PIECES:
        raise BoardError("notice_too_long", limit=limits.PIECES)


def _width(cells: Sequence[str]) -> int:
    """Up to which column something stands in a row, 0 where nothing does."""
    for width in range(len(cells), 0, -1):
        last = cells[width - 1]
        if last.strip():
            return width
    return 0


def _merged_among(grid: Grid, numbers: Sequence[int], width: int) -> dict[Place, Extent]:
    """The merged cells, counted in the rows that are left."""
    merged: dict[Place, Extent] = {}
    row_of = {number: row for row, number in enumerate(numbers)}
    for (top, left), (down, across) in grid.merged.items():
        if top not in row_of or left >= width:
            continue
        rows = range(top, top + down)
        rows_left = [row for row in rows if row in row_of]
        columns_left = min(across, width - left)
        place = (row_of[top], left)
        merged[place] = (len(rows_left), columns_left)
    return merged
