"""A PDF with a text layer → blocks: lines of text, and tables where ruled lines make a grid."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import pairwise
from typing import Any, Final, NamedTuple

from lib.errors import BoardError
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.model import Block

_PAGES: Final = 300
_SECONDS: Final = 4.0
_NEAR: Final = 3.0  # points within which two ruled lines are one


class _Char(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float


class _Rule(NamedTuple):
    """A ruled line: at `place` across, from `low` to `high` along."""

    place: float
    low: float
    high: float


def blocks(data: bytes, name: str) -> list[Block]:
    """The blocks of a PDF. Raises BoardError where it is locked, broken or has no text (a scan)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise BoardError(
            "notice_encrypted" if locked else "notice_broken", file=name, why=str(error)
        ) from error
    try:
        return _pages(document, name)
    finally:
        document.close()


def _pages(document: Any, name: str) -> list[Block]:
    if len(document) > _PAGES:
        raise BoardError("notice_too_long", limit=_PAGES)
    until = time.monotonic() + _SECONDS
    found: list[Block] = []
    for at in range(len(document)):
        if time.monotonic() > until:
            raise BoardError("notice_bomb", file=name)
        found = _joined(found, _page(document[at]))
    if sum(len(block.text) for block in found) < 10:
        raise BoardError("notice_scanned", file=name)
    return limits.capped(found)


def _joined(before: list[Block], page: list[Block]) -> list[Block]:
    """A table that begins a page goes on with the one that ended the page before, if both are as wide."""
    tables = [block.table for block in before if block.table >= 0]
    base = max(tables, default=-1) + 1
    first = page[0] if page else None
    shift = 0
    if (
        before
        and first
        and before[-1].table >= 0
        and first.table >= 0
        and _width(before, before[-1].table) == _width(page, 0)
    ):
        base -= 1
        shift = before[-1].row + 1
    return before + [
        block
        if block.table < 0
        else Block(
            block.text,
            0,
            block.table + base,
            block.row + (shift if block.table == 0 else 0),
            block.column,
            block.down,
            block.across,
        )
        for block in page
    ]


def _width(blocks_: list[Block], table: int) -> int:
    return max(block.column + block.across for block in blocks_ if block.table == table)


def _page(page: Any) -> list[Block]:
    chars = _chars(page)
    grids = _grids(page)
    inside: dict[int, list[_Char]] = defaultdict(list)
    outside: list[_Char] = []
    for char in chars:
        at = next((i for i, grid in enumerate(grids) if grid.holds(char)), None)
        (outside if at is None else inside[at]).append(char)
    pieces: list[tuple[float, list[Block]]] = [
        (-line[0].top, [Block(_text(line), soft=True)]) for line in _lines(outside)
    ]
    tables = sorted((i for i in inside), key=lambda i: -grids[i].ys[-1])
    pieces += [
        (-grids[i].ys[-1], grids[i].blocks(inside[i], number)) for number, i in enumerate(tables)
    ]
    pieces.sort(key=lambda piece: piece[0])
    return [block for _, piece in pieces for block in piece]


def _chars(page: Any) -> list[_Char]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > limits.TEXT // 20:
        raise BoardError("notice_too_long", limit=limits.TEXT)
    written = text.get_text_range(0, count) if count else ""
    found = []
    if len(written) != count:  # characters beyond the first plane: place by place
        written = "".join((text.get_text_range(at, 1) or " ")[0] for at in range(count))
    for at, char in enumerate(written):
        if not char.isspace() or char == "\u3000":
            found.append(_Char(char, *text.get_charbox(at, loose=True)))
    return found


def _lines(chars: list[_Char]) -> list[list[_Char]]:
    """Characters on one height, from left to right; from top to bottom."""
    found: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -(c.top + c.bottom)):
        middle = (char.top + char.bottom) / 2
        line = found[-1] if found else None
        if (
            line
            and abs((line[0].top + line[0].bottom) / 2 - middle)
            < max(line[0].top - line[0].bottom, char.top - char.bottom, 4) * 0.6
        ):
            line.append(char)
        else:
            found.append([char])
    return [sorted(line, key=lambda c: c.left) for line in found]


def _text(line: list[_Char]) -> str:
    """A line's text; a gap wider than a character is a space."""
    out = line[0].text
    for before, char in pairwise(line):
        wide = (
            char.left - before.right
            > max(char.top - char.bottom, before.top - before.bottom, 4) * 0.9
        )
        latin = before.text.isascii() and char.text.isascii() and char.left - before.right > 2
        out += (" " if wide or latin else "") + char.text
    return clean(out)


class _Grid:
    """A ruled table: the heights and widths at which lines stand, and which edges between cells are drawn."""

    def __init__(self, across: list[_Rule], down: list[_Rule]) -> None:
        self.across, self.down = across, down
        self.ys = _places(across)
        self.xs = _places(down)

    def holds(self, char: _Char) -> bool:
        x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def blocks(self, chars: list[_Char], table: int) -> list[Block]:
        """The cells, top row first; a missing edge between two cells makes them one."""
        ys = self.ys[::-1]
        taken: set[tuple[int, int]] = set()
        cells: list[tuple[int, int, int, int]] = []
        for row in range(len(ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in taken:
                    across, down = self._extent(row, column, ys)
                    taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
                    cells.append((row, column, down, across))
        texts = self._texts(chars, ys, cells)
        return [Block(texts[at], 0, table, *cell[:2], *cell[2:]) for at, cell in enumerate(cells)]

    def _extent(self, row: int, column: int, ys: list[float]) -> tuple[int, int]:
        middle = (ys[row] + ys[row + 1]) / 2
        across = 1
        while column + across < len(self.xs) - 1 and not _drawn(
            self.down, self.xs[column + across], middle
        ):
            across += 1
        centre = (self.xs[column] + self.xs[column + 1]) / 2
        down = 1
        while row + down < len(ys) - 1 and not _drawn(self.across, ys[row + down], centre):
            down += 1
        return across, down

    def _texts(
        self, chars: list[_Char], ys: list[float], cells: list[tuple[int, int, int, int]]
    ) -> list[str]:
        inside: list[list[_Char]] = [[] for _ in cells]
        owner = {
            (row + i, column + j): at
            for at, (row, column, down, across) in enumerate(cells)
            for i in range(down)
            for j in range(across)
        }
        for char in chars:
            x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
            row = sum(y < height for height in ys[1:-1])
            column = sum(x > width for width in self.xs[1:-1])
            inside[owner[row, column]].append(char)
        return [
            _cell_text(found, self.xs[column + across] - self.xs[column])
            for found, (_, column, _, across) in zip(inside, cells, strict=True)
        ]


def _cell_text(chars: list[_Char], width: float) -> str:
    """A cell's lines: one that fills the cell goes on in the next."""
    out = ""
    full = False
    for line in _lines(chars):
        size = max(line[0].top - line[0].bottom, line[0].right - line[0].left)
        out += ("" if full or not out else "\n") + _text(line)
        full = line[-1].right - line[0].left > width - 2.2 * size
    return out


def _places(rules: list[_Rule]) -> list[float]:
    found: list[float] = []
    for rule in sorted(rules):
        if not found or rule.place - found[-1] > _NEAR:
            found.append(rule.place)
    return found


def _drawn(rules: list[_Rule], place: float, along: float) -> bool:
    return any(
        abs(rule.place - place) <= _NEAR and rule.low - 1 <= along <= rule.high + 1
        for rule in rules
    )


def _grids(page: Any) -> list[_Grid]:
    """The ruled tables of a page: groups of lines that touch."""
    across, down = _rules(page)
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > 3_000:
        return []
    found = []
    for group in _bands(across, down):
        lines = [rule for rule in down if rule.high > group[0] and rule.low < group[1]]
        flat = [rule for rule in across if group[0] - _NEAR <= rule.place <= group[1] + _NEAR]
        if len(_places(lines)) > 2 and len(_places(flat)) > 1:
            found.append(_Grid(flat, lines))
    return found


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
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        _edges((left, bottom, right, top), across, down)
        if len(across) + len(down) > 3_000:
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
