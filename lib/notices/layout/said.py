"""What a person has said of lines → blocks that are read so: cells of a table, paragraphs of their own.

A table that a person points out needs no header: what the pieces of one row are is its header. Where
the person leaves that open it is the row with which all pieces fit best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final, NamedTuple

from lib.measures import schema
from lib.notices.layout import fitted, likeness, paragraphs
from lib.notices.layout.fitted import Fitted
from lib.notices.layout.header import Header
from lib.notices.layout.likeness import Kind, kinds_of
from lib.notices.layout.pieces import Piece, Separator, between
from lib.notices.model import Block
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


def as_said(blocks: Sequence[Block], words: Sequence[Word]) -> tuple[list[Block], tuple[Said, ...]]:
    """The blocks as some words have it, and how each word was understood."""
    said: list[Said] = []
    marked = list(blocks)
    tables: dict[int, Fitted] = {}
    for word in words:
        if word.kind != TABLE:
            _mark(marked, word)
            said.append(Said(word))
            continue
        start = _start(blocks, word, words)
        table = _table(blocks, word, start)
        if table.fit:
            tables[start] = table.fit
        said.append(table.said)
    return list(_with_tables(marked, tables)), tuple(said)


def _mark(blocks: list[Block], word: Word) -> None:
    """Mark the paragraphs of a word."""
    for line in word.lines:
        number = line - 1
        if number < len(blocks) and blocks[number].table < 0:
            blocks[number] = replace(blocks[number], said=word.kind)


def _with_tables(blocks: Sequence[Block], tables: Mapping[int, Fitted]) -> Iterator[Block]:
    """The blocks with the cells of tables in place of their lines."""
    last_table = max((block.table for block in blocks), default=-1)
    unused = last_table + 1
    start = 0
    while start < len(blocks):
        if start not in tables:
            yield blocks[start]
            start += 1
            continue
        regained = tables[start].regained(blocks, start, unused)
        for cell in regained.cells:
            is_header = cell.table == unused and cell.row == 0
            yield replace(cell, said=TABLE, line=0) if is_header else cell
        unused += 1
        start = regained.end


# --- a table --------------------------------------------------------------------------------------


def _start(blocks: Sequence[Block], word: Word, words: Sequence[Word]) -> int:
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
    tables = [said.lines for said in words if said.kind == TABLE]
    is_of_another = any(begin <= line_above <= end for begin, end in tables)
    return first if is_of_another else above


class _Table(NamedTuple):
    """A table that a person has pointed out, as understood. fit: None where nothing is a row."""

    said: Said
    fit: Fitted | None


def _table(blocks: Sequence[Block], word: Word, start: int) -> _Table:
    """Lay the pieces of a word's lines into the columns of the row that it says, or that fits best."""
    lines = _lines(blocks, start, word.lines[1])
    separator = between(lines)
    pieces = _pieces(lines, start, separator)
    filled = [place for place, piece in enumerate(pieces) if piece.text]
    shown = filled[:_SHOWN]
    cells = word.cells or _likely(pieces[:_LOOKED_AT], shown, separator)
    cells = _padded(cells, len(shown))
    texts = tuple(pieces[place].text for place in shown)
    said = Said(word, texts, cells)
    if not any(cells):
        return _Table(said, None)
    row = _FirstRow.of(shown, cells)
    fit = row.fit(pieces, separator, is_said=True)
    return _Table(said, fit if fit.has_rows else None)


def _padded(cells: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many cells as there are pieces, empty ones for those of which nothing is said."""
    missing = [""] * (count - len(cells))
    return (*cells, *missing)[:count]


def _pieces(lines: Sequence[Block], start: int, separator: Separator) -> list[Piece]:
    """The pieces of all lines, of which the first is the block `start`."""
    pieces: list[Piece] = []
    for number, line in enumerate(lines, start):
        pieces += separator.pieces(line.text, number)
    return pieces


def _lines(blocks: Sequence[Block], start: int, stop: int) -> Sequence[Block]:
    """The lines from one to another, as far as no cell of a table stands among them."""
    return list(takewhile(lambda block: block.table < 0, blocks[start:stop]))


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
            goes_on = columns[-1:] == [cell] and cell != OTHER
            if not goes_on:
                columns.append(cell)
            column_of[piece] = len(columns) - 1
        return cls(columns, column_of)

    def fit(self, pieces: Sequence[Piece], separator: Separator, *, is_said: bool) -> Fitted:
        """Lay all pieces from this row on into its columns.

        Args:
            is_said: whether the row's own pieces stand as they do; else they are fitted as all.
        """
        start = min(self.pieces)
        end = max(self.pieces) + 1
        labels = tuple(_LABELS[cell] for cell in self.columns)
        in_line = _is_line(pieces, start, end)
        head = Header(labels, start, start, in_line=in_line)
        if not is_said:
            return fitted.fit(pieces, head, separator)
        said = {piece - start: column for piece, column in self.pieces.items()}
        return fitted.fit(pieces, head, separator, said)


def _is_line(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Whether some pieces are a line: one begins with the first of them, the next one after them."""
    if not pieces[start].begins_line:
        return False
    if any(piece.begins_line for piece in pieces[start + 1 : end]):
        return False
    return end == len(pieces) or pieces[end].begins_line


# --- a row that is to be found --------------------------------------------------------------------


def _likely(
    pieces: Sequence[Piece], filled: Sequence[int], separator: Separator
) -> tuple[str, ...]:
    """What the first pieces are: the row, of any length, with which all fit best."""

    def gain_with(cells: tuple[str, ...]) -> float:
        row = _FirstRow.of(filled, cells)
        fit = row.fit(pieces, separator, is_said=False)
        return fit.path.gain

    texts = [pieces[place].text for place in filled]
    return max(_possible_rows(texts), key=gain_with, default=())


def _possible_rows(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows that may be found: each begins with the first piece, or with the first number."""
    starts = {0}
    for place, text in enumerate(texts):
        if likeness.number(text) >= 0:
            starts.add(place)
            break
    for start in sorted(starts):
        before = [""] * start
        for length in _COLUMNS:
            end = start + length
            if end <= len(texts):
                yield (*before, *_likely_cells(texts[start:end]))


def _likely_cells(row: Sequence[str]) -> list[str]:
    """What the pieces of a row are: each by its kind, and of the words the longest is the measure."""
    cells: list[str] = []
    for text in row:
        cells.append(_free_cell(text, cells))
    words = [place for place, cell in enumerate(cells) if not cell]
    if not words:
        return cells
    title = max(words, key=lambda place: len(row[place]))
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
