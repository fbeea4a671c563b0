"""A PDF with a text layer → blocks: lines of text, and tables where ruled lines make a grid."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise, product
from operator import neg
from typing import Any, Final, NamedTuple

from lib.errors import BoardError
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.model import Block

_PAGES: Final = 300  # that are read
_SECONDS: Final = 4.0  # that reading may take
_SCAN: Final = 10  # characters: a file with fewer is pictures
_CHARACTERS: Final = 20  # a page may have the twentieth part of what a document may
_RULES: Final = 3_000  # ruled lines of a page: with more it is a drawing
_LAYERS: Final = 3  # forms inside forms that are looked into for lines
_NEAR: Final = 3.0  # points within which two ruled lines are one
_SMALLEST: Final = 4.0  # points: a character is taken to be at least so high
_ONE_LINE: Final = 0.6  # of a character's height: so far apart are the middles of one line
_WIDE_GAP: Final = 0.9  # of a character's height: a gap that is a space
_LATIN_GAP: Final = 2.0  # points: a space between Latin letters
_FULL: Final = 2.2  # characters: a line that leaves less of its cell empty goes on in the next


class _Char(NamedTuple):
    """A character and its box, in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """Across and up."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


class _Rule(NamedTuple):
    """A ruled line: at `place` across, from `low` to `high` along."""

    place: float
    low: float
    high: float


class _Piece(NamedTuple):
    """A line or a table of a page, and how high it stands."""

    top: float
    blocks: list[Block]


def blocks(data: bytes, name: str) -> list[Block]:
    """The blocks of a PDF. Raises BoardError where it is locked, broken or has no text (a scan)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        code = "notice_encrypted" if is_locked else "notice_broken"
        raise BoardError(code, file=name, why=str(error)) from error
    try:
        return _pages(document, name)
    except pypdfium2.PdfiumError as error:  # a page that isn't there, or can't be drawn
        raise BoardError("notice_broken", file=name, why=str(error)) from error
    finally:
        document.close()


def _pages(document: Any, name: str) -> list[Block]:
    if len(document) > _PAGES:
        raise BoardError("notice_too_long", limit=_PAGES)
    until = time.monotonic() + _SECONDS
    read: list[Block] = []
    for number in range(len(document)):
        if time.monotonic() > until:
            raise BoardError("notice_bomb", file=name)
        read += _going_on(read, _page(document[number]))
    if sum(len(block.text) for block in read) < _SCAN:
        raise BoardError("notice_scanned", file=name)
    return limits.capped(read)


def _going_on(before: list[Block], page: list[Block]) -> list[Block]:
    """A page's blocks, with tables numbered after those of the pages before.

    A table that begins a page goes on with the one that ended the page before, if both are as wide.
    """
    first_table = max((block.table for block in before), default=-1) + 1
    rows_before = 0
    if _goes_on(before, page):
        first_table -= 1
        rows_before = before[-1].row + 1
    return [_numbered(block, first_table, rows_before) for block in page]


def _numbered(block: Block, first_table: int, rows_before: int) -> Block:
    """A block of a page as one of the document. rows_before: that its first table has already."""
    if block.table < 0:
        return block
    row = block.row
    if block.table == 0:
        row += rows_before
    return replace(block, table=block.table + first_table, row=row)


def _goes_on(before: list[Block], page: list[Block]) -> bool:
    if not before or not page or before[-1].table < 0 or page[0].table < 0:
        return False
    return _width(before, before[-1].table) == _width(page, 0)


def _width(blocks_: list[Block], table: int) -> int:
    return max(block.column + block.across for block in blocks_ if block.table == table)


def _page(page: Any) -> list[Block]:
    """The blocks of a page from top to bottom: lines of text, and tables."""
    grids = sorted(_grids(page), key=lambda grid: grid.bottom)
    bottoms = [grid.bottom for grid in grids]
    inside: dict[int, list[_Char]] = defaultdict(list)
    outside: list[_Char] = []
    for char in _chars(page):
        place = _grid_that_holds(char, grids, bottoms)
        if place is None:
            outside.append(char)
        else:
            inside[place].append(char)
    pieces = [_Piece(line[0].top, [Block(_text(line), soft=True)]) for line in _lines(outside)]
    tables = sorted(inside, key=lambda place: -grids[place].top)
    for table, place in enumerate(tables):
        grid = grids[place]
        pieces.append(_Piece(grid.top, grid.blocks(inside[place], table)))
    pieces.sort(key=lambda piece: -piece.top)
    return [block for piece in pieces for block in piece.blocks]


def _grid_that_holds(char: _Char, grids: list[_Grid], bottoms: list[float]) -> int | None:
    """The number of the table in which a character stands; two may overlap by a line's width.

    bottoms: of the tables, ascending.
    """
    _, up = char.centre
    above = bisect_right(bottoms, up)
    for place in range(max(above - 2, 0), above):
        if grids[place].holds(char):
            return place
    return None


def _chars(page: Any) -> list[_Char]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > limits.TEXT // _CHARACTERS:
        raise BoardError("notice_too_long", limit=limits.TEXT)
    written = text.get_text_range(0, count) if count else ""
    if len(written) != count:  # characters beyond the first plane: place by place
        written = "".join((text.get_text_range(at, 1) or " ")[0] for at in range(count))
    chars = []
    for at, char in enumerate(written):
        if not char.isspace() or char == "\u3000":
            chars.append(_Char(char, *text.get_charbox(at, loose=True)))
    return chars


def _lines(chars: list[_Char]) -> list[list[_Char]]:
    """Characters on one height, from left to right; from top to bottom."""
    lines: list[list[_Char]] = []
    for char in sorted(chars, key=lambda char: -(char.top + char.bottom)):
        if lines and _on_one_line(lines[-1][0], char):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: char.left) for line in lines]


def _on_one_line(char: _Char, other: _Char) -> bool:
    (_, middle), (_, other_middle) = char.centre, other.centre
    return abs(middle - other_middle) < _height(char, other) * _ONE_LINE


def _height(char: _Char, other: _Char) -> float:
    return max(char.height, other.height, _SMALLEST)


def _text(line: list[_Char]) -> str:
    """A line's text; a gap wider than a character is a space."""
    text = line[0].text
    for before, char in pairwise(line):
        if _is_gap(before, char):
            text += " "
        text += char.text
    return clean(text)


def _is_gap(before: _Char, char: _Char) -> bool:
    gap = char.left - before.right
    if gap > _height(before, char) * _WIDE_GAP:
        return True
    return before.text.isascii() and char.text.isascii() and gap > _LATIN_GAP


class _Cell(NamedTuple):
    """The place of a cell, and how many rows and columns it covers."""

    row: int
    column: int
    down: int
    across: int

    def places(self) -> Iterator[tuple[int, int]]:
        rows = range(self.row, self.row + self.down)
        return product(rows, range(self.column, self.column + self.across))


class _Grid:
    """A ruled table: the heights and widths at which lines stand, and which edges between cells are drawn.

    heights: from the top down; widths: from left to right.
    """

    def __init__(self, across: list[_Rule], down: list[_Rule]) -> None:
        self._heights = _places(across)[::-1]
        self._widths = _places(down)
        self._across = [_drawn_at(across, height) for height in self._heights]
        self._down = [_drawn_at(down, width) for width in self._widths]

    @property
    def bottom(self) -> float:
        return self._heights[-1]

    @property
    def top(self) -> float:
        return self._heights[0]

    def holds(self, char: _Char) -> bool:
        across, up = char.centre
        if not self._widths[0] <= across <= self._widths[-1]:
            return False
        return self._heights[-1] <= up <= self._heights[0]

    def blocks(self, chars: list[_Char], table: int) -> list[Block]:
        """The cells, top row first; a missing edge between two cells makes them one.

        Raises:
            BoardError: notice_too_long, for more cells than a document can have.
        """
        if (len(self._heights) - 1) * (len(self._widths) - 1) > limits.PIECES:
            raise BoardError("notice_too_long", limit=limits.PIECES)
        inside: dict[_Cell, list[_Char]] = {}
        owner: dict[tuple[int, int], _Cell] = {}
        for row, column in product(range(len(self._heights) - 1), range(len(self._widths) - 1)):
            if (row, column) not in owner:
                cell = self._cell(row, column)
                inside[cell] = []
                owner |= dict.fromkeys(cell.places(), cell)
        for char in chars:
            inside[owner[self._place(char)]].append(char)
        return [Block(self._text_of(cell, held), 0, table, *cell) for cell, held in inside.items()]

    def _cell(self, row: int, column: int) -> _Cell:
        """The cell whose upper left corner is at a place: up to the next edges that are drawn."""
        middle = (self._heights[row] + self._heights[row + 1]) / 2
        right = column + 1
        while right < len(self._widths) - 1 and not self._down[right].reaches(middle):
            right += 1
        centre = (self._widths[column] + self._widths[column + 1]) / 2
        bottom = row + 1
        while bottom < len(self._heights) - 1 and not self._across[bottom].reaches(centre):
            bottom += 1
        return _Cell(row, column, bottom - row, right - column)

    def _place(self, char: _Char) -> tuple[int, int]:
        """The row and the column in which a character stands."""
        across, up = char.centre
        row = bisect_left(self._heights, -up, 1, len(self._heights) - 1, key=neg) - 1
        column = bisect_left(self._widths, across, 1, len(self._widths) - 1) - 1
        return row, column

    def _text_of(self, cell: _Cell, chars: list[_Char]) -> str:
        width = self._widths[cell.column + cell.across] - self._widths[cell.column]
        return _cell_text(chars, width)


def _cell_text(chars: list[_Char], width: float) -> str:
    """A cell's lines: one that fills the cell goes on in the next."""
    text = ""
    goes_on = False
    for line in _lines(chars):
        first, last = line[0], line[-1]
        if text and not goes_on:
            text += "\n"
        text += _text(line)
        size = max(first.height, first.right - first.left)
        goes_on = last.right - first.left > width - _FULL * size
    return text


def _places(rules: list[_Rule]) -> list[float]:
    """Where ruled lines stand, ascending; near ones are one."""
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.place - places[-1] > _NEAR:
            places.append(rule.place)
    return places


class _Drawn(NamedTuple):
    """What is drawn of a line: where its pieces begin, ascending, and how far the line goes by then."""

    lows: list[float]
    highs: list[float]

    def reaches(self, along: float) -> bool:
        """Whether a piece is drawn there, give or take a point."""
        begun = bisect_right(self.lows, along + 1)
        return begun > 0 and self.highs[begun - 1] >= along - 1


def _drawn_at(rules: list[_Rule], place: float) -> _Drawn:
    """What the ruled lines draw at a place."""
    pieces = sorted((rule.low, rule.high) for rule in rules if abs(rule.place - place) <= _NEAR)
    return _Drawn([low for low, _ in pieces], [*accumulate((high for _, high in pieces), max)])


def _grids(page: Any) -> list[_Grid]:
    """The ruled tables of a page: groups of lines that touch."""
    across, down = _rules(page)
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > _RULES:
        return []
    grids = []
    for low, high in _bands(across, down):
        upright = [rule for rule in down if rule.high > low and rule.low < high]
        level = [rule for rule in across if low - _NEAR <= rule.place <= high + _NEAR]
        if len(_places(upright)) > 2 and len(_places(level)) > 1:
            grids.append(_Grid(level, upright))
    return grids


def _bands(across: list[_Rule], down: list[_Rule]) -> list[tuple[float, float]]:
    """The heights between which upright lines follow without a gap: one band a table."""
    bands: list[tuple[float, float]] = []
    for low, high in sorted((rule.low, rule.high) for rule in down):
        if bands and low <= bands[-1][1] + _NEAR:
            bands[-1] = (bands[-1][0], max(bands[-1][1], high))
        else:
            bands.append((low, high))
    return bands if across else []


def _rules(page: Any) -> tuple[list[_Rule], list[_Rule]]:
    """Lines and thin or framed rectangles: those that lie and those that stand."""
    from pypdfium2 import raw

    across: list[_Rule] = []
    down: list[_Rule] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_LAYERS):
        left, bottom, right, top = item.get_bounds()
        _edges((left, bottom, right, top), across, down)
        if len(across) + len(down) > _RULES:
            break
    return across, down


def _edges(box: tuple[float, float, float, float], across: list[_Rule], down: list[_Rule]) -> None:
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    if high <= _NEAR < wide:
        across.append(_Rule((top + bottom) / 2, left, right))
    elif wide <= _NEAR < high:
        down.append(_Rule((left + right) / 2, bottom, top))
    elif wide > _NEAR and high > _NEAR:
        across += [_Rule(bottom, left, right), _Rule(top, left, right)]
        down += [_Rule(left, bottom, top), _Rule(right, bottom, top)]
