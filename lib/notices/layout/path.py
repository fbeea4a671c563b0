"""The best way to lay a run of pieces into the columns of a table, row by row.

Each piece takes one step. The steps' gains are summed, and the way with the largest sum is found
from the end backwards, once for each piece and column (dynamic programming). How much less the
next best step would have gained is the margin: how sure a step is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

_NOWHERE: Final = float("-inf")


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


@dataclass(frozen=True, slots=True)
class Gains:
    """What the steps of pieces gain; a loss is below 0.

    cells: of each piece, what it gains as a cell of each column.
    row, next: of each piece, and beside that as the first of a row, or after another cell of it.
    same: of each piece, what it gains in each column where it goes on with the cell before.
    heading, nothing: of each piece.
    missing: of each column, what a row gains that has no cell there.
    """

    cells: Sequence[Sequence[float]]
    row: Sequence[float]
    next: Sequence[float]
    same: Sequence[Sequence[float]]
    heading: Sequence[float]
    nothing: Sequence[float]
    missing: Sequence[float]


@dataclass(frozen=True, slots=True)
class Path:
    """The steps of all pieces, and what they gain together."""

    steps: Sequence[Step]
    gain: float


def best(gains: Gains) -> Path:
    """The way that gains most."""
    return _Search(gains).path()


class _Search:
    """Looks for the best way.

    row_end: the place after the last column, of a piece that stands in no row.
    before: of each column, what a row gains that has no cell in the columns before it.
    left: of each column, what a row gains that ends there.
    ahead: of each piece and each place that the piece before it may have, the best sum from there.
    """

    def __init__(self, gains: Gains) -> None:
        self.gains = gains
        self.row_end = len(gains.missing)
        self.before = [0.0]
        for gain in gains.missing:
            self.before.append(self.before[-1] + gain)
        self.left = [self.before[-1] - before for before in self.before[1:]]
        self.ahead = [[*self.left, 0.0]]

    def path(self) -> Path:
        for piece in reversed(range(len(self.gains.cells))):
            self.ahead.append(self._sums(piece, self.ahead[-1]))
        self.ahead.reverse()
        return Path(list(self._steps()), self.ahead[0][self.row_end])

    def _sums(self, piece: int, ahead: Sequence[float]) -> list[float]:
        """The best sum from each place before a piece.

        Args:
            ahead: the same for the piece after it.
        """
        gains, row_end = self.gains, self.row_end
        nothing = gains.nothing[piece]
        cells = self._cells(piece, ahead)
        outside = max(0.0, ahead[row_end] + max(gains.heading[piece], nothing))
        at_row_end = max(outside, gains.row[piece] + max(cells))
        sums = [at_row_end] * (row_end + 1)
        later = _NOWHERE  # the best cell in a column after this one
        for column in reversed(range(row_end)):
            following = gains.next[piece] + later - self.before[column + 1]
            staying = ahead[column] + max(gains.same[piece][column], nothing)
            sums[column] = max(following, staying, self.left[column] + at_row_end)
            later = max(later, cells[column])
        return sums

    def _cells(self, piece: int, ahead: Sequence[float]) -> list[float]:
        """Of each column, the best sum where the piece is a cell in it and the first of its row."""
        sums: list[float] = []
        for column, gain in enumerate(self.gains.cells[piece]):
            sums.append(self.before[column] + gain + ahead[column])
        return sums

    def _steps(self) -> Iterator[Step]:
        """Walk the best way from the beginning."""
        place = self.row_end
        for piece in range(len(self.gains.cells)):
            sums = dict(self._choices(piece, place))
            step = max(sums, key=lambda choice: sums[choice])
            gain = sums.pop(step)
            step = step._replace(margin=gain - max(sums.values()))
            if step.move is Move.AFTER:
                yield from [step] * (len(self.gains.cells) - piece)
                return
            yield step
            place = step.column

    def _choices(self, piece: int, place: int) -> Iterator[tuple[Step, float]]:
        """All steps of a piece after one that stands in a place, each with the best sum from there."""
        ahead = self.ahead[piece + 1]
        yield Step(Move.NOTHING, place), self.gains.nothing[piece] + ahead[place]
        if place == self.row_end:
            yield from self._after_row(piece, ahead)
            return
        yield from self._in_row(piece, place, ahead)
        for step, gain in self._after_row(piece, ahead):
            yield step, self.left[place] + gain

    def _in_row(
        self, piece: int, place: int, ahead: Sequence[float]
    ) -> Iterator[tuple[Step, float]]:
        """The steps with which a piece belongs to the row of the piece before it."""
        following = self.gains.next[piece] - self.before[place + 1]
        cells = self._cells(piece, ahead)
        for column in range(place + 1, self.row_end):
            yield Step(Move.NEXT, column), following + cells[column]
        yield Step(Move.SAME, place), self.gains.same[piece][place] + ahead[place]

    def _after_row(self, piece: int, ahead: Sequence[float]) -> Iterator[tuple[Step, float]]:
        """The steps of a piece after a whole row."""
        for column, gain in enumerate(self._cells(piece, ahead)):
            yield Step(Move.ROW, column), self.gains.row[piece] + gain
        yield Step(Move.HEADING, self.row_end), self.gains.heading[piece] + ahead[self.row_end]
        yield Step(Move.AFTER, self.row_end), 0.0
