"""Tables drawn with box characters: │ between cells, ├───┤ between rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lib.files.grid import Extent, Place
from lib.notices.formats.grids import grid_blocks
from lib.notices.layout.regained import Regained, text_at
from lib.notices.model import Blocks

_BOX: Final = "─━┄┅┈┉═╌╍—-+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┝┥┯┷┰┸┿╂╞╡╪╟╢╫╤╧╥╨"
_BOX_CHARACTERS: Final = frozenset(_BOX)
_UPRIGHT: Final = "│┃║｜|"
_BORDER: Final = re.compile(rf"[\s{re.escape(_BOX + _UPRIGHT)}:]*")
_RULED: Final = re.compile("[│┃║]")
_RULE: Final = re.compile("[─━═]")
_FRAME: Final = re.compile(r"^[│┃║├┣╠┠┝╟]|[│┃║┤┫╣┨┥╢]$")
_BETWEEN: Final = re.compile(r"[│┃║┼╋├┤╬]")
_SHORTEST_BORDER: Final = 3  # characters
_FEWEST_BORDERS: Final = 3  # of a table with a border between each two rows
_FEWEST_ROWS: Final = 2
_ROOM: Final = 3  # columns of screen that a full cell leaves free at most


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's text; goes_on: no border below it, it covers the next row too."""

    text: str
    goes_on: bool = False


def begins(blocks: Blocks, start: int) -> bool:
    """Whether a drawn table begins at a block."""
    text = blocks[start].text
    if _RULED.search(text):
        return True
    if not is_border(text):
        return False
    next_line = text_at(blocks, start + 1)
    return _RULED.search(next_line) is not None


def is_border(text: str) -> bool:
    """Whether a line is a border between rows and nothing else."""
    bare = text.strip()
    if len(bare) < _SHORTEST_BORDER:
        return False
    if not _BORDER.fullmatch(bare):
        return False
    return not _BOX_CHARACTERS.isdisjoint(bare)


def read(blocks: Blocks, start: int, table: int) -> Regained:
    """The table that is drawn from a block on; no cells where it has no rows."""
    drawing = _drawing(blocks, start)
    rows = _rows(drawing.lines)
    if len(rows) < _FEWEST_ROWS:
        return Regained([], drawing.end)
    texts: list[list[str]] = []
    for row in rows:
        texts.append([cell.text for cell in row])
    first_line = blocks[start].line
    lines_of_rows = [first_line] * len(rows)
    merged = _merged(rows)
    cells = grid_blocks(texts, table, merged, lines_of_rows)
    return Regained(cells, drawing.end)


class _Drawing(NamedTuple):
    """The lines of a drawn table that are not blank, and the block after it."""

    lines: list[str]
    end: int


def _drawing(blocks: Blocks, start: int) -> _Drawing:
    """The drawn lines from a block on, blank ones between them left out."""
    lines: list[str] = []
    for number in range(start, len(blocks)):
        block = blocks[number]
        text = block.text.strip(" \u3000")
        if block.table >= 0 or not _may_be_drawn(text):
            return _Drawing(lines, number)
        if text:
            lines.append(text)
    return _Drawing(lines, len(blocks))


def _may_be_drawn(text: str) -> bool:
    """Whether a line is a part of a drawing, or a blank one within it."""
    if not text or _RULED.search(text):
        return True
    return is_border(text)


# --- rows ------------------------------------------------------------------------------------------


def _rows(lines: Sequence[str]) -> list[list[_Cell]]:
    """Lines between drawn borders are one row.

    Where hardly any borders are drawn, a line whose first cell is filled begins a row.
    """
    borders = [line for line in lines if is_border(line) or _has_rule(line)]
    has_borders = len(borders) >= _FEWEST_BORDERS
    rows = _Rows(has_borders)
    for line in lines:
        rows.add(line)
    rows.end_row()
    return rows.whole


@dataclass
class _Rows:
    """The rows of a drawing, read line by line.

    has_borders: whether a border is drawn between each two rows.
    whole: the rows that have ended.
    parts: of each cell of the row that has not ended, its lines.
    """

    has_borders: bool
    whole: list[list[_Cell]] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Take up the next line: a border, a border under some cells only, or the cells' texts."""
        cells = _cells(line)
        if is_border(line) and all(map(_is_rule, cells)):
            self.end_row()
        elif _has_rule(line):
            width = len(self.parts)
            self.end_row(below=cells)
            self.parts = [[] for _ in range(width)]
        else:
            if not self.has_borders and cells[0].strip():
                self.end_row()
            self._add_texts(cells)

    def end_row(self, below: Sequence[str] = ()) -> None:
        """End the row.

        Args:
            below: the cells of the line under it; where one has no rule, the cell above it goes on.
        """
        row: list[_Cell] = []
        for column, lines in enumerate(self.parts):
            text = _unwrapped(lines)
            goes_on = column < len(below) and not _is_rule(below[column])
            row.append(_Cell(text, goes_on))
        if row:
            self.whole.append(row)
        self.parts = []

    def _add_texts(self, cells: Sequence[str]) -> None:
        """Add a line to the cells of the row; those that it has more than the row are left out."""
        if not self.parts:
            self.parts = [[] for _ in cells]
        for lines, cell in zip(self.parts, cells, strict=False):
            lines.append(cell)


def _cells(line: str) -> list[str]:
    """A line's cells, without the frame at both its ends."""
    without_frame = _FRAME.sub("", line.strip())
    return _BETWEEN.split(without_frame)


def _is_rule(cell: str) -> bool:
    """Whether a cell of a line is a part of a border."""
    bare = cell.strip()
    return bool(bare) and _BOX_CHARACTERS.issuperset(bare)


def _has_rule(line: str) -> bool:
    """Whether a line is a border under some of its cells only."""
    if not _RULE.search(line):
        return False
    cells = [cell for cell in _cells(line) if cell]
    rules = [cell for cell in cells if _is_rule(cell)]
    longest = max(map(len, rules), default=0)
    return len(rules) < len(cells) and longest > 1


def _unwrapped(lines: Sequence[str]) -> str:
    """The lines of a cell as one text: a line that fills the cell goes on in the next one."""
    unwrapped = ""
    is_full = True
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if not is_full:
            unwrapped += "\n"
        unwrapped += text
        filled = line.rstrip()
        room = _screen_width(line) - _screen_width(filled)
        is_full = room < _ROOM
    return unwrapped


def _screen_width(text: str) -> int:
    """Columns that a text takes on a screen: a Chinese character takes two."""
    wide = [char for char in text if unicodedata.east_asian_width(char) in "WF"]
    return len(text) + len(wide)


def _merged(rows: Sequence[Sequence[_Cell]]) -> dict[Place, Extent]:
    """The cells that cover several rows: where each begins → how many rows and columns."""
    merged: dict[Place, Extent] = {}
    tops: dict[int, int] = {}  # by column, the row in which a cell that goes on has begun
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            top = tops.setdefault(column, number)
            if cell.goes_on:
                continue
            if top < number:
                rows_covered = number - top + 1
                merged[top, column] = (rows_covered, 1)
            del tops[column]
    return merged
