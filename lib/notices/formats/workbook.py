"""A workbook → blocks: each visible sheet a table, with its merged cells, as its reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lib.errors import BoardError, Problem
from lib.files.grid import Grid
from lib.files.workbook import read_grids
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.formats.grids import Extent, Place, grid_blocks
from lib.notices.model import Block, Document

_COLUMNS: Final = 200  # that are read
_ROWS: Final = 60_000  # that are read
# What the errors of a workbook are called here
_ERRORS: Final = {
    "encrypted": "notice_encrypted",
    "broken_workbook": "notice_broken",
    "scattered": "notice_bomb",
    "too_much_text": "notice_too_long",
}


def read(data: bytes, name: str) -> Document:
    """Read what is written in the sheets that are not hidden.

    Raises:
        BoardError: notice_encrypted, notice_broken, notice_bomb, notice_too_long.
    """
    try:
        book = read_grids(Path(name), data)
    except BoardError as error:
        raise BoardError(_ERRORS[error.code], **error.details) from error
    blocks: list[Block] = []
    problems = list(book.problems)
    grids = [grid for grid in book.grids if not grid.is_sample] or book.grids
    samples = [grid.name for grid in book.grids if grid not in grids]
    problems += [Problem("sheet_ignored", 0, "", name) for name in samples]
    for table, grid in enumerate(grids):
        if len(grid.rows) > _ROWS:
            raise BoardError("notice_bomb", file=name)
        blocks += _blocks_of(grid, table)
        problems += _problems_of(grid, is_only=len(grids) == 1)
    return Document(limits.capped(blocks), problems)


def _blocks_of(grid: Grid, table: int) -> list[Block]:
    """The blocks of a sheet, without the rows and the last columns in which nothing stands."""
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


def _problems_of(grid: Grid, *, is_only: bool) -> list[Problem]:
    """What was left out of a sheet, named where there are several; its lines are no blocks."""
    source = "" if is_only else grid.name
    return [replace(problem, line=0, source=source) for problem in grid.problems]
