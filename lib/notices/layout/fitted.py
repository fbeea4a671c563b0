"""Tables that lost their grid, fitted as a whole: which piece is which cell, and which are a row.

What was a table stands in the text as one cell a line, or as lines with tabs, | or spaces between
the cells; merged cells stand in their first row alone, a cell may be several lines, a label too.
No line can be read for itself. So the header says what the columns hold, each piece has a gain in
each column by what kind of thing it is (`likeness`), and the rows are those with which all pieces
together gain most (`path`). What was decided by a narrow margin is marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from lib.notices.formats.grids import grid_blocks
from lib.notices.layout import header, likeness, path, pieces, traits
from lib.notices.layout.body import Body
from lib.notices.layout.gains import NOTHING_SAID, Weights
from lib.notices.layout.header import Header
from lib.notices.layout.likeness import Column
from lib.notices.layout.path import Move, Path, Step
from lib.notices.layout.pieces import Piece, Separator
from lib.notices.layout.regained import Regained
from lib.notices.model import Block

_FEWEST_COLUMNS: Final = 3
_LEAST_GAIN: Final = 3.0  # of a table: a row that fits gains 2 or 3 for each of its cells
_LONGEST: Final = 5_000  # characters of a line; what is longer is part of no table
_NEAR: Final = 64  # pieces in which a header ends


def read(blocks: Sequence[Block], start: int, table: int) -> Regained | None:
    """The table whose header begins at a block; None where none does."""
    for separator in pieces.separators(blocks, start):
        found = heads(blocks, start, separator)
        if found:
            return _below(blocks, start, separator, found).regained(blocks, start, table)
    return None


def heads(blocks: Sequence[Block], start: int, separator: Separator) -> list[Header]:
    """The headers that may begin at a block."""
    if not header.may_open(separator.pieces(blocks[start].text, start)):
        return []
    found = header.headers(_near(blocks, start, separator))
    return [head for head in found if len(head.labels) >= _FEWEST_COLUMNS]


def _near(blocks: Sequence[Block], start: int, separator: Separator) -> list[Piece]:
    return list(islice(_pieces(blocks, start, len(blocks), separator), _NEAR))


def _below(
    blocks: Sequence[Block], start: int, separator: Separator, found: Sequence[Header]
) -> Fitted:
    """The best fit of the pieces below one of some headers, up to the next header."""
    near = _near(blocks, start, separator)
    end = max(head.end for head in found)
    stop = near[min(end, len(near) - 1)].block + 1
    while stop < len(blocks) and not _is_end(blocks[stop]):
        if heads(blocks, stop, separator):
            break
        stop += 1
    below = list(_pieces(blocks, start, stop, separator))
    fits = [fit(below, head, separator) for head in found]
    return max(fits, key=lambda fit: (fit.path.gain, -len(fit.columns)))


def _is_end(block: Block) -> bool:
    return block.table >= 0 or block.said != "" or len(block.text) > _LONGEST


def _pieces(
    blocks: Sequence[Block], start: int, stop: int, separator: Separator
) -> Iterator[Piece]:
    """The pieces of some blocks, as far as no table stands among them."""
    for number in range(start, stop):
        if number > start and _is_end(blocks[number]):
            return
        yield from separator.pieces(blocks[number].text, number)


def fit(
    found: Sequence[Piece],
    head: Header,
    separator: Separator,
    said: Mapping[int, int] = NOTHING_SAID,
) -> Fitted:
    """Lay the pieces after a header into its columns.

    Args:
        said: the columns of the pieces below it that are one row, as a person says.
    """
    below = found[head.end :]
    columns = [likeness.column_of(name) for name in head.fields]
    body = Body(below, columns, in_line=head.in_line, spaced=separator.is_space)
    weights = Weights(body, said)
    best = path.best(weights.gains())
    if any(step.is_doubtful for step in best.steps):
        usual = traits.usual(body, best.steps)
        if usual:
            best = path.best(weights.gains(usual))
    return Fitted(head, found, columns, best)


# --- its rows --------------------------------------------------------------------------------------


@dataclass
class _Row:
    """A row: of each column the pieces of its cell. is_heading: one piece over the whole width."""

    cells: dict[int, list[Piece]] = field(default_factory=dict)
    is_heading: bool = False
    is_doubtful: bool = False

    @property
    def block(self) -> int:
        """The block in which it begins."""
        return min(pieces[0].block for pieces in self.cells.values())

    def text(self, column: int) -> str:
        """What stands in a column, its lines as they were."""
        text = ""
        for piece in self.cells.get(column, []):
            between = "\n" if piece.begins_line else " "
            text += f"{between}{piece.text}" if text else piece.text
        return text


@dataclass(frozen=True)
class Fitted:
    """A header, and the best way to lay the pieces below it into its columns.

    found: all pieces, those of the header among them.
    """

    head: Header
    found: Sequence[Piece]
    columns: Sequence[Column]
    path: Path

    def regained(self, blocks: Sequence[Block], start: int, table: int) -> Regained:
        """The table's cells, and what stands before and after it in its first and last lines.

        Without rows that fit there are none, and the header is no header.
        """
        rows = self._rows() if self.path.gain >= _LEAST_GAIN else []
        if all(row.is_heading for row in rows):
            return Regained([], self.found[self.head.end - 1].block + 1)
        before = self._before(blocks, start)
        end, rest = self._after(blocks)
        return Regained([*before, *self._cells(rows, blocks, table), *rest], end)

    @property
    def has_rows(self) -> bool:
        """Whether some pieces are rows."""
        return any(step.move is Move.ROW for step in self.path.steps) and (
            self.path.gain >= _LEAST_GAIN
        )

    def _cells(self, rows: Sequence[_Row], blocks: Sequence[Block], table: int) -> Iterator[Block]:
        """The header and the rows as cells; those are doubtful that may stand elsewhere."""
        width = len(self.columns)
        merged = _Merged(self.columns, in_line=self.head.in_line)
        texts = self._header(merged)
        first = len(texts)
        lines = [blocks[self.found[self.head.start].block].line] * first
        for number, row in enumerate(rows, first):
            texts.append([row.text(column) for column in range(width)])
            lines.append(blocks[row.block].line)
            merged.row(number, row)
        for cell in grid_blocks(texts, table, merged.extents, lines):
            if cell.row < first:
                yield cell
                continue
            row = rows[cell.row - first]
            is_missing = cell.column not in row.cells
            yield replace(cell, doubtful=row.is_doubtful or is_missing)

    def _header(self, merged: _Merged) -> list[list[str]]:
        """The labels as one row, or as two where words stand over some of them."""
        labels, above = list(self.head.labels), self.head.above
        if above is None:
            return [labels]
        upper = list(labels)
        below = range(above.first, above.first + above.columns)
        for column in range(len(labels)):
            if column in below:
                upper[column] = above.words if column == above.first else ""
            else:
                labels[column] = ""
                merged.extents[0, column] = (2, 1)
        merged.extents[0, above.first] = (1, above.columns)
        return [upper, labels]

    def _steps(self) -> Iterator[tuple[Piece, Step]]:
        return zip(self.found[self.head.end :], self.path.steps, strict=True)

    def _rows(self) -> list[_Row]:
        rows: list[_Row] = []
        for piece, step in self._steps():
            if step.move is Move.AFTER:
                break
            if step.move is Move.NOTHING:
                continue
            if step.move in (Move.ROW, Move.HEADING):
                rows.append(_Row(is_heading=step.move is Move.HEADING))
            column = 0 if step.move is Move.HEADING else step.column
            rows[-1].cells.setdefault(column, []).append(piece)
            rows[-1].is_doubtful |= piece.text != "" and step.is_doubtful
        return rows

    def _before(self, blocks: Sequence[Block], start: int) -> list[Block]:
        """What stands before the first label, in the same line or in the one above."""
        first = self.found[self.head.start]
        before = list(blocks[start : first.block])
        text = blocks[first.block].text[: first.start].rstrip(" |｜\t\u3000")
        if text:
            before.append(replace(blocks[first.block], text=text))
        return before

    def _after(self, blocks: Sequence[Block]) -> tuple[int, list[Block]]:
        """The block after the table, and the end of its last line where it ends in the middle."""
        end = 0
        for piece, step in self._steps():
            if step.move is not Move.AFTER or not piece.text:
                end = piece.block + 1
            elif piece.block + 1 > end:
                break
            else:
                rest = blocks[piece.block].text[piece.start :]
                return end, [replace(blocks[piece.block], text=rest)]
        return end, []


class _Merged:
    """The cells that hold for several rows, though they stand in the first of them alone.

    A cell that a row does not have is one with that above it where it stands before the measure,
    or where the row is a line: had it been blank, its place would have been printed. A line that
    lost its first cells was filled up with blanks at its end.
    """

    def __init__(self, columns: Sequence[Column], *, in_line: bool) -> None:
        work = [number for number, kind in enumerate(columns) if kind is Column.WORK]
        self.measure = work[-1] if work else len(columns)
        self.width = len(columns)
        self.in_line = in_line
        self.tops: dict[int, int] = {}  # of each column, the row of the cell that holds
        self.extents: dict[tuple[int, int], tuple[int, int]] = {}

    def row(self, number: int, row: _Row) -> None:
        """Take up a row."""
        if row.is_heading:
            self.tops = {}
            self.extents[number, 0] = (1, self.width)
            return
        lost_first = self.in_line and min(row.cells) > 0
        worded = [column for column in row.cells if row.text(column)]
        present = worded if lost_first else list(row.cells)
        end = self.width if lost_first else max(present)
        for column in range(self.width):
            if column in present:
                self.tops[column] = number
            elif column < end and column in self.tops and self._holds(column):
                top = self.tops[column]
                self.extents[top, column] = (number - top + 1, 1)
            else:
                self.tops.pop(column, None)

    def _holds(self, column: int) -> bool:
        """Whether a cell of a column may hold for the row below it."""
        return column != self.measure and (column < self.measure or self.in_line)
