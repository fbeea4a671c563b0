"""What a person has said of lines → blocks that are read so: cells of a table, paragraphs of their own.

A table that a person points out needs no header: what the pieces of one row are is its header. Where
the person leaves that open it is the row with which all pieces fit best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from lib.measures import schema
from lib.notices.layout import fitted, paragraphs, pieces
from lib.notices.layout.fitted import Fitted
from lib.notices.layout.gains import NOTHING_SAID
from lib.notices.layout.header import Header
from lib.notices.layout.likeness import Kind, kinds_of, number
from lib.notices.layout.pieces import Piece, Separator
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
    tables: dict[int, _Table] = {}
    for word in words:
        if word.kind == TABLE:
            start = _start(blocks, word, words)
            table = _Table.of(blocks, word, start)
            tables[start] = table
            said.append(table.said)
        else:
            _mark(marked, word)
            said.append(Said(word))
    return list(_with_tables(marked, tables)), tuple(said)


def _mark(blocks: list[Block], word: Word) -> None:
    """Mark the paragraphs of a word."""
    for line in word.lines:
        if line <= len(blocks) and blocks[line - 1].table < 0:
            blocks[line - 1] = replace(blocks[line - 1], said=word.kind)


def _with_tables(blocks: Sequence[Block], tables: dict[int, _Table]) -> Iterator[Block]:
    """The blocks with the cells of tables in place of their lines."""
    unused = max((block.table for block in blocks), default=-1) + 1
    start = 0
    while start < len(blocks):
        fit = tables[start].fit if start in tables else None
        if fit is None:
            yield blocks[start]
            start += 1
            continue
        regained = fit.regained(blocks, start, unused)
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
    if not 0 < first < len(blocks) or not paragraphs.is_page(blocks[first - 1]):
        return first
    tables = (other.lines for other in words if other.kind == TABLE)
    is_of_another = any(begin <= first <= end for begin, end in tables)
    return first if is_of_another else first - 1


@dataclass(frozen=True)
class _Table:
    """A table that a person has pointed out. fit: None where nothing is a row."""

    said: Said
    fit: Fitted | None

    @classmethod
    def of(cls, blocks: Sequence[Block], word: Word, start: int) -> _Table:
        """Lay the pieces of a word's lines into the columns of the row that it says, or that fits best."""
        lines = _lines(blocks, start, word.lines[1])
        separator = pieces.between(lines)
        found: list[Piece] = []
        for place, line in enumerate(lines, start):
            found += separator.pieces(line.text, place)
        filled = [place for place, piece in enumerate(found) if piece.text][:_SHOWN]
        cells = word.cells or _likely(found[:_LOOKED_AT], filled, separator)
        texts = tuple(found[place].text for place in filled)
        said = Said(word, texts, (*cells, *[""] * len(texts))[: len(texts)])
        fit = _Row.of(filled, cells).fit(found, separator) if any(said.cells) else None
        return cls(said, fit if fit and fit.has_rows else None)


def _lines(blocks: Sequence[Block], start: int, stop: int) -> Sequence[Block]:
    """The lines from one to another, as far as no cell of a table stands among them."""
    return list(takewhile(lambda block: block.table < 0, blocks[start:stop]))


@dataclass(frozen=True)
class _Row:
    """One row of a table: its columns, and of its pieces the column of each."""

    columns: Sequence[str]
    pieces: Mapping[int, int]

    @classmethod
    def of(cls, filled: Sequence[int], cells: Sequence[str]) -> _Row:
        """The row that some pieces are; what is said of two in a row is one cell."""
        columns: list[str] = []
        placed: dict[int, int] = {}
        for place, cell in zip(filled, cells, strict=False):
            if cell and (not columns or cell == OTHER or cell != columns[-1]):
                columns.append(cell)
            if cell:
                placed[place] = len(columns) - 1
        return cls(columns, placed)

    def fit(self, found: Sequence[Piece], separator: Separator, *, is_said: bool = True) -> Fitted:
        """Lay all pieces from this row on into its columns.

        Args:
            is_said: whether the row's own pieces stand as they do; else they are fitted as all.
        """
        start, end = min(self.pieces), max(self.pieces) + 1
        is_line = found[start].begins_line and (end == len(found) or found[end].begins_line)
        in_line = is_line and not any(piece.begins_line for piece in found[start + 1 : end])
        head = Header(tuple(_LABELS[cell] for cell in self.columns), start, start, in_line)
        said = {place - start: column for place, column in self.pieces.items()}
        return fitted.fit(found, head, separator, said if is_said else NOTHING_SAID)


# --- a row that is to be found --------------------------------------------------------------------


def _likely(found: Sequence[Piece], filled: Sequence[int], separator: Separator) -> tuple[str, ...]:
    """What the first pieces are: the row, of any length, with which all fit best."""
    fits: dict[tuple[str, ...], float] = {}
    for cells in _rows([found[place].text for place in filled]):
        row = _Row.of(filled, cells)
        fits[cells] = row.fit(found, separator, is_said=False).path.gain
    return max(fits, key=lambda cells: fits[cells], default=())


def _rows(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows that may be found: each begins with the first piece, or with the first number."""
    numbers = [place for place, text in enumerate(texts) if number(text) >= 0]
    for start in sorted({0, *numbers[:1]}):
        for length in _COLUMNS:
            if start + length <= len(texts):
                yield (*[""] * start, *_cells_of(texts[start : start + length]))


def _cells_of(row: Sequence[str]) -> list[str]:
    """What the pieces of a row are: each by its kind, and of the words the longest is the measure."""
    cells: list[str] = []
    for text in row:
        may_be = [cell for kind in kinds_of(text) for cell in _CELLS_OF.get(kind, ())]
        cells.append(next((cell for cell in may_be if cell not in cells), ""))
    words = [place for place, cell in enumerate(cells) if not cell]
    if not words:
        return cells
    title = max(words, key=lambda place: len(row[place]))
    for place in words:
        cells[place] = "section" if place < title and "section" not in cells else OTHER
    cells[title] = "title"
    return cells
