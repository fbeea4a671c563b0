"""Tables that lost their grid, fitted as a whole: which piece is which cell, and which are a row.

What was a table stands in the text as one cell a line, or as lines with tabs, | or spaces between
the cells; merged cells stand in their first row alone, a cell may be several lines, a label too.
No line can be read for itself. So the header says what the columns hold, each piece has a gain in
each column by what kind of thing it is (`likeness`), and the rows are those with which all pieces
together gain most (`path`). What was decided by a narrow margin is marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, NamedTuple

from lib.notices.formats.grids import grid_blocks
from lib.notices.layout import header, likeness, path, traits
from lib.notices.layout.body import Body
from lib.notices.layout.gains import NOTHING_SAID, Weights
from lib.notices.layout.header import Header
from lib.notices.layout.likeness import Column
from lib.notices.layout.path import Move, Path
from lib.notices.layout.pieces import Piece, Pieces, Separator, separators
from lib.notices.layout.regained import LONGEST_LINE, Regained
from lib.notices.layout.rows import Merged, rows_of
from lib.notices.model import Block, Blocks

_FEWEST_COLUMNS: Final = 3
_LEAST_GAIN: Final = 3.0  # of a table: a row that fits gains 2 or 3 for each of its cells
_NEAR: Final = 64  # pieces in which a header ends
_EDGES: Final = " |｜\t\u3000"  # between what stands before the first label and that label


def read(blocks: Blocks, start: int, table: int) -> Regained | None:
    """The table whose header begins at a block; None where none does."""
    for separator in separators(blocks, start):
        may_head = heads(blocks, start, separator)
        if may_head:
            fitted = _best_fit(blocks, start, separator, may_head)
            return fitted.regained(blocks, start, table)
    return None


def heads(blocks: Blocks, start: int, separator: Separator) -> list[Header]:
    """The headers that may begin at a block."""
    text = blocks[start].text
    line = separator.pieces(text, start)
    if not header.may_open(line):
        return []
    near = _near(blocks, start, separator)
    long_enough: list[Header] = []
    for head in header.headers(near):
        if len(head.labels) >= _FEWEST_COLUMNS:
            long_enough.append(head)
    return long_enough


def _near(blocks: Blocks, start: int, separator: Separator) -> list[Piece]:
    """The first pieces from a block on, among which the labels of a header are."""
    pieces = _pieces(blocks, start, len(blocks), separator)
    return list(islice(pieces, _NEAR))


def _best_fit(
    blocks: Blocks, start: int, separator: Separator, may_head: Sequence[Header]
) -> Fitted:
    """The best fit of the pieces below one of some headers, up to the next header."""
    below = _block_below(blocks, start, separator, may_head)
    stop = _next_header(blocks, below + 1, separator)
    pieces = list(_pieces(blocks, start, stop, separator))
    fits = [fit(pieces, head, separator) for head in may_head]
    return max(fits, key=_gain_and_fewest_columns)


def _block_below(
    blocks: Blocks, start: int, separator: Separator, may_head: Sequence[Header]
) -> int:
    """The block of the first piece below the longest of some headers."""
    near = _near(blocks, start, separator)
    end_of_labels = max(head.end for head in may_head)
    last_near = len(near) - 1
    place = min(end_of_labels, last_near)
    return near[place].block


def _gain_and_fewest_columns(fitted: Fitted) -> tuple[float, int]:
    """By what a fit is better than another."""
    return fitted.path.gain, -len(fitted.columns)


def _next_header(blocks: Blocks, start: int, separator: Separator) -> int:
    """The block at which the next header begins, or the lines end."""
    for number in range(start, len(blocks)):
        if _is_end(blocks[number]) or heads(blocks, number, separator):
            return number
    return len(blocks)


def _is_end(block: Block) -> bool:
    """Whether a block is no line that may belong to a table."""
    if block.table >= 0 or block.said:
        return True
    return len(block.text) > LONGEST_LINE


def _pieces(blocks: Blocks, start: int, stop: int, separator: Separator) -> Iterator[Piece]:
    """The pieces of some blocks, as far as no table stands among them."""
    for number in range(start, stop):
        block = blocks[number]
        if number > start and _is_end(block):
            return
        yield from separator.pieces(block.text, number)


def fit(
    pieces: Pieces,
    head: Header,
    separator: Separator,
    said: Mapping[int, int] = NOTHING_SAID,
) -> Fitted:
    """Lay the pieces after a header into its columns.

    Args:
        pieces: those of the header and all after them.
        said: the columns of the pieces below it that are one row, as a person says.
    """
    below = pieces[head.end :]
    columns = [likeness.column_of(name) for name in head.fields]
    body = Body(below, columns, in_line=head.in_line, spaced=separator.is_space)
    weights = Weights(body, said)
    best = path.best(weights.gains())
    has_doubts = any(step.is_doubtful for step in best.steps)
    if has_doubts:
        usual = traits.usual(body, best.steps)
        if usual:
            learned = weights.gains(usual)
            best = path.best(learned)
    return Fitted(head, pieces, columns, best)


# --- what was fitted -------------------------------------------------------------------------------


class _Remainder(NamedTuple):
    """The end of a table's last line where it ends in the middle, and the block after the table."""

    blocks: list[Block]
    end: int


@dataclass(frozen=True)
class Fitted:
    """A header, and the best way to lay the pieces below it into its columns.

    pieces: those of the header and all after them.
    """

    head: Header
    pieces: Pieces
    columns: Sequence[Column]
    path: Path

    @property
    def has_rows(self) -> bool:
        """Whether some pieces are rows, and fit."""
        if self.path.gain < _LEAST_GAIN:
            return False
        moves = [step.move for step in self.path.steps]
        return Move.ROW in moves

    def regained(self, blocks: Blocks, start: int, table: int) -> Regained:
        """The table's cells, and what stands before and after it in its first and last lines.

        Without rows that fit there are none, and the header is no header.
        """
        if not self.has_rows:
            last = self.head.end - 1
            last_label = self.pieces[last]
            return Regained([], last_label.block + 1)
        cells = self._before(blocks, start)
        cells += self._cells(blocks, table)
        remainder = self._after(blocks)
        return Regained(cells + remainder.blocks, remainder.end)

    @property
    def _below(self) -> Pieces:
        """The pieces below the header."""
        return self.pieces[self.head.end :]

    # -- cells

    def _cells(self, blocks: Blocks, table: int) -> Iterator[Block]:
        """The header and the rows as cells; those are doubtful that may stand elsewhere."""
        merged = Merged(self.columns, in_line=self.head.in_line)
        texts = self._header(merged)
        first_row = len(texts)
        label = self.pieces[self.head.start]
        header_line = blocks[label.block].line
        lines = [header_line] * first_row
        rows = rows_of(self._below, self.path.steps)
        width = len(self.columns)
        for number, row in enumerate(rows, first_row):
            block = blocks[row.block]
            texts.append(row.texts(width))
            lines.append(block.line)
            merged.add(number, row)
        for cell in grid_blocks(texts, table, merged.extents, lines):
            if cell.row < first_row:
                yield cell
                continue
            row = rows[cell.row - first_row]
            is_doubtful = row.is_doubtful_in(cell.column)
            yield replace(cell, doubtful=is_doubtful)

    def _header(self, merged: Merged) -> list[list[str]]:
        """The labels as one row, or as two where words stand over some of them."""
        labels = list(self.head.labels)
        above = self.head.above
        if above is None:
            return [labels]
        start = above.first
        end = start + above.columns
        lower = [""] * len(labels)
        lower[start:end] = labels[start:end]
        spanning = [""] * above.columns
        spanning[0] = above.words
        upper = list(labels)
        upper[start:end] = spanning
        merged.extents[0, start] = (1, above.columns)
        for column in range(len(labels)):
            is_below = start <= column < end
            if not is_below:
                merged.extents[0, column] = (2, 1)
        return [upper, lower]

    # -- around the table

    def _before(self, blocks: Blocks, start: int) -> list[Block]:
        """What stands before the first label, in the same line or in the one above."""
        label = self.pieces[self.head.start]
        block = blocks[label.block]
        before = list(blocks[start : label.block])
        before_label = block.text[: label.start]
        text = before_label.rstrip(_EDGES)
        if text:
            in_line = replace(block, text=text)
            before.append(in_line)
        return before

    def _after(self, blocks: Blocks) -> _Remainder:
        """What stands after the table, as far as it stands in its last line."""
        end = 0
        for piece, step in zip(self._below, self.path.steps, strict=True):
            is_after = step.move is Move.AFTER
            if not is_after or not piece.text:
                end = piece.block + 1
                continue
            if piece.block >= end:
                break
            block = blocks[piece.block]
            end_of_line = block.text[piece.start :]
            remainder = replace(block, text=end_of_line)
            return _Remainder([remainder], end)
        return _Remainder([], end)
