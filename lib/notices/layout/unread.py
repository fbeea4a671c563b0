"""What looks like a table in a document without measures: a header, and the cells below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from lib.notices.layout import fitted, header
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
    place = _row_of(first_cell)
    row = _from(blocks, number, lambda cell: _row_of(cell) == place)
    labels = [cell.text.strip() for cell in row]
    known = [label for label in labels if header.field(label)]
    if len(known) < _FEWEST:
        return None
    table = _from(blocks, number, lambda cell: cell.table == first_cell.table)
    below = [cell for cell in table if cell.row > first_cell.row]
    filled = [cell for cell in below if cell.text.strip()]
    return Unread(number, tuple(labels), len(filled), had_grid=True)


def _row_of(cell: Block) -> tuple[int, int]:
    """The table and the row in which a cell stands."""
    return cell.table, cell.row


def _in_text(blocks: Blocks, number: int) -> Unread | None:
    """The header that begins with a line."""
    for separator in separators(blocks, number):
        heads = fitted.heads(blocks, number, separator)
        if not heads:
            continue
        head = max(heads, key=lambda head: len(head.labels))
        pieces = _pieces_to_next_table(blocks, number, separator)
        below = [piece for piece in pieces[head.end :] if piece.text]
        return Unread(number, head.labels, len(below), had_grid=False)
    return None


def _pieces_to_next_table(blocks: Blocks, number: int, separator: Separator) -> list[Piece]:
    """The pieces of the lines from one on, up to the next table."""
    pieces: list[Piece] = []
    for line in _from(blocks, number, lambda block: block.table < 0):
        pieces += separator.pieces(line.text, number)
    return pieces


def _from(blocks: Blocks, start: int, belongs: Callable[[Block], bool]) -> Iterator[Block]:
    """The blocks from one on, as far as they belong together."""
    for number in range(start, len(blocks)):
        block = blocks[number]
        if not belongs(block):
            return
        yield block
