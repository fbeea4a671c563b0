"""Tables drawn with box characters: │ between cells, ├───┤ between rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.formats.grids import grid_blocks
from lib.notices.layout.regained import Regained, text_at
from lib.notices.model import Block

_BOX: Final = "─━┄┅┈┉═╌╍—-+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┝┥┯┷┰┸┿╂╞╡╪╟╢╫╤╧╥╨"
_UPRIGHT: Final = "│┃║｜|"
_BORDER: Final = re.compile(rf"[\s{re.escape(_BOX)}{re.escape(_UPRIGHT)}:]*")
_RULED: Final = re.compile("[│┃║]")
_RULE: Final = re.compile("[─━═]")
_FRAME: Final = re.compile(r"^[│┃║├┣╠┠┝╟]|[│┃║┤┫╣┨┥╢]$")
_BETWEEN: Final = re.compile(r"[│┃║┼╋├┤╬]")
_ROOM: Final = 3  # columns of screen that a full cell leaves free at most


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's text; goes_on: no border below it, it covers the next row too."""

    text: str
    goes_on: bool = False


def begins(blocks: Sequence[Block], start: int) -> bool:
    """Whether a drawn table begins at a block."""
    text = blocks[start].text
    if _RULED.search(text):
        return True
    return is_border(text) and _RULED.search(text_at(blocks, start + 1)) is not None


def is_border(text: str) -> bool:
    """Whether a line is a border between rows and nothing else."""
    bare = text.strip()
    return len(bare) > 2 and bool(_BORDER.fullmatch(bare)) and any(char in _BOX for char in bare)


def read(blocks: Sequence[Block], start: int, table: int) -> Regained:
    """The table that is drawn from a block on; no cells where it has no rows."""
    lines: list[str] = []
    number = start
    while number < len(blocks) and blocks[number].table < 0:
        text = blocks[number].text.strip(" \u3000")
        if text and not _RULED.search(text) and not is_border(text):
            break
        if text:
            lines.append(text)
        number += 1
    rows = _rows(lines)
    if len(rows) < 2:
        return Regained([], number)
    texts = [[cell.text for cell in row] for row in rows]
    lines_of_rows = [blocks[start].line] * len(rows)
    return Regained(grid_blocks(texts, table, _merged(rows), lines_of_rows), number)


def _rows(lines: Sequence[str]) -> list[list[_Cell]]:
    """Lines between drawn borders are one row.

    Where hardly any borders are drawn, a line whose first cell is filled begins a row.
    """
    rows: list[list[_Cell]] = []
    pieces: list[list[str]] = []  # of each cell of the row, its lines
    ruled = sum(is_border(line) or _has_rule(line) for line in lines) > 2
    for line in lines:
        cells = _cells(line)
        if is_border(line) and all(map(_is_rule, cells)):
            rows.append(_row(pieces))
            pieces = []
        elif _has_rule(line):
            rows.append(_row(pieces, below=cells))
            pieces = [[] for _ in pieces]
        else:
            if not ruled and cells[0].strip():
                rows.append(_row(pieces))
                pieces = []
            pieces = pieces or [[] for _ in cells]
            for piece, cell in zip(pieces, cells, strict=False):
                piece.append(cell)
    rows.append(_row(pieces))
    return [row for row in rows if row]


def _row(pieces: Sequence[Sequence[str]], below: Sequence[str] = ()) -> list[_Cell]:
    """A row of cells. below: the line under it; where it has no rule the cell goes on."""
    row: list[_Cell] = []
    for column, lines in enumerate(pieces):
        goes_on = column < len(below) and not _is_rule(below[column])
        row.append(_Cell(_wrapped(lines), goes_on))
    return row


def _cells(line: str) -> list[str]:
    """A line's cells, without the frame at both its ends."""
    return _BETWEEN.split(_FRAME.sub("", line.strip()))


def _is_rule(cell: str) -> bool:
    bare = cell.strip()
    return bool(bare) and all(char in _BOX for char in bare)


def _has_rule(line: str) -> bool:
    """Whether a line is a border under some of its cells only."""
    if not _RULE.search(line):
        return False
    cells = [cell for cell in _cells(line) if cell]
    rules = [cell for cell in cells if _is_rule(cell)]
    return len(rules) < len(cells) and any(len(rule) > 1 for rule in rules)


def _wrapped(lines: Sequence[str]) -> str:
    """The lines of a cell: one that fills it goes on in the next without a break."""
    wrapped, full = "", True
    for line in lines:
        text = line.strip()
        if text:
            wrapped += text if full else f"\n{text}"
            full = _width(line) - _width(line.rstrip()) < _ROOM
    return wrapped


def _width(text: str) -> int:
    """Columns that a text takes on a screen."""
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _merged(rows: Sequence[Sequence[_Cell]]) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells that cover several rows: where each begins → how many rows and columns."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    tops: dict[int, int] = {}  # by column, the row in which a cell that goes on has begun
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            top = tops.setdefault(column, number)
            if cell.goes_on:
                continue
            if top < number:
                merged[top, column] = (number - top + 1, 1)
            del tops[column]
    return merged
