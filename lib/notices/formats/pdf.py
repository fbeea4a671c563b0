"""A PDF with a text layer → blocks: lines of text, and tables where ruled lines make a grid."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, Final, NamedTuple

from lib.errors import BoardError
from lib.notices.formats import characters, limits, ruled
from lib.notices.formats.characters import Char
from lib.notices.formats.ruled import Grid
from lib.notices.model import Block, last_table

_PAGES: Final = 300  # that are read
_SECONDS: Final = 4.0  # that reading may take
_SCAN: Final = 10  # characters: a file with fewer is pictures


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
    """The blocks of all pages.

    Raises:
        BoardError: notice_too_long, notice_bomb, notice_scanned.
    """
    if len(document) > _PAGES:
        raise BoardError("notice_too_long", limit=_PAGES)
    until = time.monotonic() + _SECONDS
    read: list[Block] = []
    for number in range(len(document)):
        if time.monotonic() > until:
            raise BoardError("notice_bomb", file=name)
        page = _page(document[number])
        read += _going_on(read, page)
    characters_read = sum(len(block.text) for block in read)
    if characters_read < _SCAN:
        raise BoardError("notice_scanned", file=name)
    return limits.capped(read)


def _going_on(before: list[Block], page: list[Block]) -> list[Block]:
    """A page's blocks, with tables numbered after those of the pages before.

    A table that begins a page goes on with the one that ended the page before, if both are as wide.
    """
    first_table = last_table(before) + 1
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
    """Whether the table that begins a page is the one that ended the page before it."""
    if not before or not page:
        return False
    table_before = before[-1].table
    if table_before < 0 or page[0].table < 0:
        return False
    return _width(before, table_before) == _width(page, 0)


def _width(blocks_: list[Block], table: int) -> int:
    """How many columns a table has."""
    width = 0
    for block in blocks_:
        if block.table == table:
            width = max(width, block.column + block.across)
    return width


# --- a page ----------------------------------------------------------------------------------------


def _page(page: Any) -> list[Block]:
    """The blocks of a page from top to bottom: lines of text, and tables."""
    grids = ruled.tables(page)
    grids.sort(key=attrgetter("bottom"))
    chars = characters.chars_of(page)
    parted = _parted(chars, grids)
    pieces = [*_lines(parted.outside), *_tables(parted.inside, grids)]
    pieces.sort(key=attrgetter("top"), reverse=True)
    blocks: list[Block] = []
    for piece in pieces:
        blocks += piece.blocks
    return blocks


def _lines(chars: Sequence[Char]) -> Iterator[_Piece]:
    """The lines of the characters outside tables."""
    for line in characters.lines_of(chars):
        text = characters.text_of(line)
        block = Block(text, soft=True)
        yield _Piece(line[0].top, [block])


def _tables(inside: Mapping[int, Sequence[Char]], grids: Sequence[Grid]) -> Iterator[_Piece]:
    """The tables in which something stands, numbered from the uppermost."""
    from_top = sorted(inside, key=lambda place: -grids[place].top)
    for table, place in enumerate(from_top):
        grid = grids[place]
        cells = grid.blocks(inside[place], table)
        yield _Piece(grid.top, cells)


class _Parted(NamedTuple):
    """The characters of a page: in each of its tables, by number, and outside of them."""

    inside: dict[int, list[Char]]
    outside: list[Char]


def _parted(chars: Sequence[Char], grids: Sequence[Grid]) -> _Parted:
    """Part characters by where they stand.

    Args:
        grids: the tables, from the lowest.
    """
    bottoms = [grid.bottom for grid in grids]
    parted = _Parted(defaultdict(list), [])
    for char in chars:
        place = _grid_that_holds(char, grids, bottoms)
        if place is None:
            parted.outside.append(char)
        else:
            parted.inside[place].append(char)
    return parted


def _grid_that_holds(char: Char, grids: Sequence[Grid], bottoms: Sequence[float]) -> int | None:
    """The number of the table in which a character stands; two may overlap by a line's width.

    Args:
        bottoms: of the tables, ascending.
    """
    _, up = char.centre
    above = bisect_right(bottoms, up)
    nearest = max(above - 2, 0)
    for place in range(nearest, above):
        if grids[place].holds(char):
            return place
    return None
