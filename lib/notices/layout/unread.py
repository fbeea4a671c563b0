"""What looks like a table in a document without measures: a header, and the cells below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lib.notices.layout import fitted, header
from lib.notices.layout.header import Header
from lib.notices.layout.pieces import Piece, Separator, separators
from lib.notices.model import Block, Blocks

_FEWEST: Final = 2  # labels by which a row of a table is a header


class Unread(NamedTuple):
    """A header that was not understood.

    block: at which it begins; cells: how many below it say something; had_grid: whether these are
    the cells of a table already.
    """

    block: int
    labels: tuple[str, ...]
    cells: int
    had_grid: bool


def first(blocks: Blocks) -> Unread | None:
    """The first header with something below it; None where there is none."""
    for number in range(len(blocks)):
        unread = _beginning(blocks, number)
        if unread and unread.cells:
            return unread
    return None


def _beginning(blocks: Blocks, number: int) -> Unread | None:
    """The header that begins with a block, a cell or a line."""
    if blocks[number].table >= 0:
        return _in_grid(blocks, number)
    return _in_text(blocks, number)


def _in_grid(blocks: Blocks, number: int) -> Unread | None:
    """The header that begins with a cell, the first of its row."""
    first_cell = blocks[number]
    if first_cell.column:
        return None
    labels = [cell.text.strip() for cell in _row(blocks, number)]
    known = [label for label in labels if header.field(label)]
    if len(known) < _FEWEST:
        return None
    filled = 0
    for cell in _table(blocks, number):
        is_below = cell.row > first_cell.row
        if is_below and cell.text.strip():
            filled += 1
    return Unread(number, tuple(labels), filled, had_grid=True)


def _table(blocks: Blocks, start: int) -> Iterator[Block]:
    """The cells of a table from one on."""
    table = blocks[start].table
    for number in range(start, len(blocks)):
        cell = blocks[number]
        if cell.table != table:
            return
        yield cell


def _row(blocks: Blocks, start: int) -> Iterator[Block]:
    """The cells of a row from one on."""
    row = blocks[start].row
    for cell in _table(blocks, start):
        if cell.row != row:
            return
        yield cell


def _in_text(blocks: Blocks, number: int) -> Unread | None:
    """The header that begins with a line."""
    for separator in separators(blocks, number):
        heads = fitted.heads(blocks, number, separator)
        if not heads:
            continue
        head = max(heads, key=_columns)
        pieces = _pieces_to_next_table(blocks, number, separator)
        below = pieces[head.end :]
        filled = [piece for piece in below if piece.text]
        return Unread(number, head.labels, len(filled), had_grid=False)
    return None


def _columns(head: Header) -> int:
    """How many columns a header has."""
    return len(head.labels)


def _pieces_to_next_table(blocks: Blocks, number: int, separator: Separator) -> list[Piece]:
    """The pieces of the lines from one on, up to the next table."""
    pieces: list[Piece] = []
    for line in _lines(blocks, number):
        pieces += separator.pieces(line.text, number)
    return pieces


def _lines(blocks: Blocks, start: int) -> Iterator[Block]:
    """The lines from one on, up to the next table."""
    for number in range(start, len(blocks)):
        line = blocks[number]
        if line.table >= 0:
            return
        yield line
