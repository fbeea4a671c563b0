"""What a person has said of lines → blocks that are read so: cells of a table, paragraphs of their own.

A table that a person points out needs no header: what the pieces of one row are is its header. Where
the person leaves that open it is the row with which all pieces fit best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from lib.measures import schema
from lib.notices.layout import fitted, likeness, paragraphs
from lib.notices.layout.fitted import Fitted
from lib.notices.layout.header import Header
from lib.notices.layout.likeness import Kind, kinds_of
from lib.notices.layout.pieces import Piece, Pieces, Separator, between
from lib.notices.model import Block, Blocks, last_table
from lib.notices.words import OTHER, TABLE, Said, Word

_LABELS: Final = schema.WORDS | {"serial": "序号", OTHER: ""}
_SHOWN: Final = 24  # pieces of which a person may say what they are
_COLUMNS: Final = range(2, 13)  # of a table whose row is to be found
_LOOKED_AT: Final = 120  # pieces by which it is found

# The cells that a piece may be, by the kinds of thing that it is; of each the first that is free.
_CELLS_OF: Final = {
    Kind.NUMBER: ("serial",),
    Kind.TALLY: ("serial", "section"),
    Kind.PERSONS: ("leaders",),
    Kind.OFFICES: ("lead_departments", "support_departments"),
    Kind.ROLES: ("departments",),
    Kind.DATE: ("deadline",),
}


def as_said(blocks: Blocks, words: Sequence[Word]) -> tuple[list[Block], tuple[Said, ...]]:
    """The blocks as some words have it, and how each word was understood."""
    understood: list[Said] = []
    marked = list(blocks)
    tables: dict[int, Fitted] = {}
    for word in words:
        if word.kind != TABLE:
            _mark(marked, word)
            understood.append(Said(word))
            continue
        start = _start(blocks, word, words)
        table = _table(blocks, word, start)
        understood.append(table.said)
        if table.fit:
            tables[start] = table.fit
    with_tables = list(_with_tables(marked, tables))
    return with_tables, tuple(understood)


def _mark(blocks: list[Block], word: Word) -> None:
    """Mark the paragraphs of a word."""
    for line in word.lines:
        number = line - 1
        if number < len(blocks) and blocks[number].table < 0:
            blocks[number] = replace(blocks[number], said=word.kind)


def _with_tables(blocks: Blocks, tables: Mapping[int, Fitted]) -> Iterator[Block]:
    """The blocks with the cells of tables in place of their lines."""
    unused = last_table(blocks) + 1
    start = 0
    while start < len(blocks):
        if start not in tables:
            yield blocks[start]
            start += 1
            continue
        regained = tables[start].regained(blocks, start, unused)
        for cell in regained.cells:
            is_header = cell.table == unused and cell.row == 0
            if is_header:
                yield replace(cell, said=TABLE, line=0)
            else:
                yield cell
        unused += 1
        start = regained.end


# --- a table --------------------------------------------------------------------------------------


def _start(blocks: Blocks, word: Word, words: Sequence[Word]) -> int:
    """The block with which the table of a word begins: with a number in the line above its first.

    A person could not pick that one, since a number alone in a line is taken for that of a page.
    """
    first = word.lines[0] - 1
    above = first - 1
    if above < 0 or first >= len(blocks):
        return first
    if not paragraphs.is_page(blocks[above]):
        return first
    line_above = above + 1  # lines count from 1
    for another in words:
        begin, end = another.lines
        if another.kind == TABLE and begin <= line_above <= end:
            return first
    return above


class _Table(NamedTuple):
    """A table that a person has pointed out, as understood. fit: None where nothing is a row."""

    said: Said
    fit: Fitted | None


def _table(blocks: Blocks, word: Word, start: int) -> _Table:
    """Lay the pieces of a word's lines into the columns of the row that it says, or that fits best."""
    _, stop = word.lines
    lines = _lines(blocks, start, stop)
    separator = between(lines)
    pieces = _pieces(lines, start, separator)
    filled = [place for place, piece in enumerate(pieces) if piece.text]
    first_filled = filled[:_SHOWN]
    near = pieces[:_LOOKED_AT]
    cells = word.cells or _likely(near, first_filled, separator)
    cells = _padded(cells, len(first_filled))
    texts = [pieces[place].text for place in first_filled]
    understood = Said(word, tuple(texts), cells)
    if not any(cells):
        return _Table(understood, None)
    row = _FirstRow.of(first_filled, cells)
    fit = row.fit(pieces, separator, is_said=True)
    return _Table(understood, fit if fit.has_rows else None)


def _padded(cells: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many cells as there are pieces, empty ones for those of which nothing is said."""
    missing = count - len(cells)
    padded = list(cells) + [""] * missing
    return tuple(padded[:count])


def _pieces(lines: Blocks, start: int, separator: Separator) -> list[Piece]:
    """The pieces of all lines, of which the first is the block `start`."""
    pieces: list[Piece] = []
    for number, line in enumerate(lines, start):
        pieces += separator.pieces(line.text, number)
    return pieces


def _lines(blocks: Blocks, start: int, stop: int) -> Blocks:
    """The lines from one to another, as far as no cell of a table stands among them."""
    lines: list[Block] = []
    for block in blocks[start:stop]:
        if block.table >= 0:
            break
        lines.append(block)
    return lines


@dataclass(frozen=True)
class _FirstRow:
    """The row by which the others are read: its columns, and of each of its pieces the column."""

    columns: Sequence[str]
    pieces: Mapping[int, int]

    @classmethod
    def of(cls, filled: Sequence[int], cells: Sequence[str]) -> _FirstRow:
        """The row that some pieces are; two pieces in turn of which the same is said are one cell."""
        columns: list[str] = []
        column_of: dict[int, int] = {}
        for piece, cell in zip(filled, cells, strict=False):
            if not cell:
                continue
            is_same = columns[-1:] == [cell]
            goes_on = is_same and cell != OTHER
            if not goes_on:
                columns.append(cell)
            column_of[piece] = len(columns) - 1
        return cls(columns, column_of)

    def fit(self, pieces: Pieces, separator: Separator, *, is_said: bool) -> Fitted:
        """Lay all pieces from this row on into its columns.

        Args:
            is_said: whether the row's own pieces stand as they do; else they are fitted as all.
        """
        start = min(self.pieces)
        end = max(self.pieces) + 1
        labels = [_LABELS[cell] for cell in self.columns]
        in_line = _is_line(pieces, start, end)
        head = Header(tuple(labels), start, start, in_line)
        if not is_said:
            return fitted.fit(pieces, head, separator)
        column_of: dict[int, int] = {}
        for piece, column in self.pieces.items():
            column_of[piece - start] = column
        return fitted.fit(pieces, head, separator, column_of)


def _is_line(pieces: Pieces, start: int, end: int) -> bool:
    """Whether some pieces are a line: one begins with the first of them, the next one after them."""
    if not pieces[start].begins_line:
        return False
    following = pieces[start + 1 : end]
    if any(piece.begins_line for piece in following):
        return False
    if end == len(pieces):
        return True
    return pieces[end].begins_line


# --- a row that is to be found --------------------------------------------------------------------


def _likely(pieces: Pieces, filled: Sequence[int], separator: Separator) -> tuple[str, ...]:
    """What the first pieces are: the row, of any length, with which all fit best."""

    def gain_with(cells: tuple[str, ...]) -> float:
        row = _FirstRow.of(filled, cells)
        fit = row.fit(pieces, separator, is_said=False)
        return fit.path.gain

    texts = [pieces[place].text for place in filled]
    return max(_possible_rows(texts), key=gain_with, default=())


def _possible_rows(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows that may be found: each begins with the first piece, or with the first number."""
    yield from _rows_from(texts, 0)
    first_number = _first_number(texts)
    if first_number > 0:
        yield from _rows_from(texts, first_number)


def _first_number(texts: Sequence[str]) -> int:
    """Which of some texts is the first number; -1 for none."""
    for place, text in enumerate(texts):
        if likeness.number(text) >= 0:
            return place
    return -1


def _rows_from(texts: Sequence[str], start: int) -> Iterator[tuple[str, ...]]:
    """The rows of each length that begin with a piece."""
    before = [""] * start
    for length in _COLUMNS:
        end = start + length
        if end > len(texts):
            return
        cells = _likely_cells(texts[start:end])
        yield (*before, *cells)


def _likely_cells(row: Sequence[str]) -> list[str]:
    """What the pieces of a row are: each by its kind, and of the words the longest is the measure."""
    cells: list[str] = []
    for text in row:
        cells.append(_free_cell(text, cells))
    words = [place for place, cell in enumerate(cells) if not cell]
    if not words:
        return cells
    lengths = {place: len(row[place]) for place in words}
    title = max(words, key=lengths.__getitem__)
    for place in words:
        is_section = place < title and "section" not in cells
        cells[place] = "section" if is_section else OTHER
    cells[title] = "title"
    return cells


def _free_cell(text: str, cells: Sequence[str]) -> str:
    """The first cell that a text may be by its kind and that is none of some; "" for none."""
    for kind in kinds_of(text):
        for cell in _CELLS_OF.get(kind, ()):
            if cell not in cells:
                return cell
    return ""
