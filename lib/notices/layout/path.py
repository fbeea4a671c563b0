"""The best way to lay a run of pieces into the columns of a table, row by row.

Each piece takes one step. The steps' gains are summed, and the way with the largest sum is found
from the end backwards, once for each piece and column (dynamic programming). How much less the
next best step would have gained is the margin: how sure a step is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, repeat
from operator import attrgetter
from typing import Final, NamedTuple

_NARROW: Final = 1.0  # a margin that leaves a doubt
_IMPOSSIBLE: Final = float("-inf")

_Floats = Sequence[float]


class Move(Enum):
    """What a piece does."""

    ROW = "row"  # begins a row
    NEXT = "next"  # stands in a later column of the row
    SAME = "same"  # goes on with the cell of the piece before
    HEADING = "heading"  # stands between two rows
    NOTHING = "nothing"  # a blank that is no cell
    AFTER = "after"  # stands after the table


class Step(NamedTuple):
    """What a piece does, and the column in which it stands; margin: to the next best step."""

    move: Move
    column: int
    margin: float = 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether the next best step would have gained nearly as much."""
        return self.margin < _NARROW


@dataclass(frozen=True, slots=True)
class Gains:
    """What the steps of pieces gain; a loss is below 0.

    cells: of each piece, what it gains as a cell of each column.
    row, next: of each piece, and beside that as the first of a row, or after another cell of it.
    same: of each piece, what it gains in each column where it goes on with the cell before.
    heading, nothing: of each piece.
    missing: of each column, what a row gains that has no cell there.
    """

    cells: Sequence[_Floats]
    row: _Floats
    next: _Floats
    same: Sequence[_Floats]
    heading: _Floats
    nothing: _Floats
    missing: _Floats


@dataclass(frozen=True, slots=True)
class Path:
    """The steps of all pieces, and what they gain together."""

    steps: Sequence[Step]
    gain: float


def best(gains: Gains) -> Path:
    """The way that gains most."""
    return _Search(gains).path()


class _Choice(NamedTuple):
    """A step that a piece may take. gain: the best sum from this step to the end."""

    move: Move
    column: int
    gain: float


_GAIN: Final = attrgetter("gain")


class _Search:
    """Looks for the best way.

    A place is a column, or row_end after the last one: that of a piece that stands in no row.

    before: of each column, what a row gains that has no cell in the columns before it.
    left: of each place, what a row gains that ends there.
    ahead: of each piece and each place that the piece before it may have, the best sum from there.
    """

    def __init__(self, gains: Gains) -> None:
        self.gains = gains
        self.pieces = range(len(gains.cells))
        self.row_end = len(gains.missing)
        self.before = list(accumulate(gains.missing, initial=0.0))
        missing = self.before[-1]
        self.left = [missing - before for before in self.before[1:]]
        self.left.append(0.0)
        self.ahead = [self.left]

    def path(self) -> Path:
        """The best way: first the sums from the end backwards, then the steps from the beginning."""
        ahead = self.left
        for piece in reversed(self.pieces):
            ahead = self._sums(piece, ahead)
            self.ahead.append(ahead)
        self.ahead.reverse()
        steps = list(self._steps())
        return Path(steps, gain=ahead[self.row_end])

    def _sums(self, piece: int, ahead: _Floats) -> list[float]:
        """The best sum from each place before a piece.

        Args:
            ahead: the same for the piece after it.
        """
        nothing = self.gains.nothing[piece]
        cells = self._cells(piece, ahead)

        after_table = 0.0
        new_row = self.gains.row[piece] + max(cells)
        heading = self.gains.heading[piece]
        between_rows = max(heading, nothing) + ahead[self.row_end]
        at_row_end = max(after_table, between_rows, new_row)

        places = self.row_end + 1
        sums = [at_row_end] * places
        same = self.gains.same[piece]
        to_next = self.gains.next[piece]
        best_later = _IMPOSSIBLE  # the best cell in a column after this one
        for column in reversed(range(self.row_end)):
            next_cell = to_next + best_later - self.before[column + 1]
            same_place = ahead[column] + max(same[column], nothing)
            row_ends = self.left[column] + at_row_end
            sums[column] = max(next_cell, same_place, row_ends)
            best_later = max(best_later, cells[column])
        return sums

    def _cells(self, piece: int, ahead: _Floats) -> list[float]:
        """Of each column, the best sum where the piece is a cell in it and the first of its row."""
        sums: list[float] = []
        for column, gain in enumerate(self.gains.cells[piece]):
            with_missing = self.before[column] + gain
            sums.append(with_missing + ahead[column])
        return sums

    def _steps(self) -> Iterator[Step]:
        """Walk the best way from the beginning."""
        place = self.row_end
        for piece in self.pieces:
            step = self._best_step(piece, place)
            if step.move is Move.AFTER:
                remaining = len(self.pieces) - piece
                yield from repeat(step, remaining)
                return
            yield step
            place = step.column

    def _best_step(self, piece: int, place: int) -> Step:
        """The step of a piece with which most is gained, of equal ones the first."""
        choices = list(self._choices(piece, place))
        best = max(choices, key=_GAIN)
        choices.remove(best)
        next_best = max(choices, key=_GAIN)
        margin = best.gain - next_best.gain
        return Step(best.move, best.column, margin)

    def _choices(self, piece: int, place: int) -> Iterator[_Choice]:
        """All steps of a piece after one that stands in a place."""
        ahead = self.ahead[piece + 1]
        nothing = self.gains.nothing[piece] + ahead[place]
        yield _Choice(Move.NOTHING, place, nothing)
        cells = self._cells(piece, ahead)
        if place != self.row_end:
            yield from self._in_row(piece, place, cells)
        yield from self._after_row(piece, place, cells)

    def _in_row(self, piece: int, place: int, cells: _Floats) -> Iterator[_Choice]:
        """The steps with which a piece belongs to the row of the piece before it."""
        following = place + 1
        to_next = self.gains.next[piece] - self.before[following]
        for column in range(following, self.row_end):
            yield _Choice(Move.NEXT, column, to_next + cells[column])
        ahead = self.ahead[piece + 1]
        gains = self.gains.same[piece]
        same = gains[place] + ahead[place]
        yield _Choice(Move.SAME, place, same)

    def _after_row(self, piece: int, place: int, cells: _Floats) -> Iterator[_Choice]:
        """The steps of a piece with which the row of the piece before it ends."""
        row_ends = self.left[place]
        to_row = self.gains.row[piece]
        for column, cell in enumerate(cells):
            new_row = to_row + cell
            yield _Choice(Move.ROW, column, row_ends + new_row)
        ahead = self.ahead[piece + 1]
        heading = self.gains.heading[piece] + ahead[self.row_end]
        yield _Choice(Move.HEADING, self.row_end, row_ends + heading)
        yield _Choice(Move.AFTER, self.row_end, row_ends)
