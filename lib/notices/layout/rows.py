"""The rows of a table that lost its grid, and the cells among them that hold for several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lib.files.grid import Extent, Place
from lib.notices.layout.likeness import Column
from lib.notices.layout.path import Move, Step
from lib.notices.layout.pieces import Piece


@dataclass
class Row:
    """A row: of each column the pieces of its cell. is_heading: one piece over the whole width."""

    cells: dict[int, list[Piece]] = field(default_factory=dict)
    is_heading: bool = False
    is_doubtful: bool = False

    @property
    def block(self) -> int:
        """The block in which it begins."""
        first_pieces = [pieces[0] for pieces in self.cells.values()]
        return min(piece.block for piece in first_pieces)

    def text(self, column: int) -> str:
        """What stands in a column, its lines as they were."""
        text = ""
        for piece in self.cells.get(column, []):
            if text:
                text += "\n" if piece.begins_line else " "
            text += piece.text
        return text

    def texts(self, width: int) -> list[str]:
        """What stands in each column."""
        return [self.text(column) for column in range(width)]

    def is_doubtful_in(self, column: int) -> bool:
        """Whether a cell may stand elsewhere; one that the row does not have may."""
        return self.is_doubtful or column not in self.cells

    def add(self, piece: Piece, step: Step) -> None:
        """Add a piece to the cell in which it stands."""
        column = 0 if self.is_heading else step.column
        cell = self.cells.setdefault(column, [])
        cell.append(piece)
        if piece.text and step.is_doubtful:
            self.is_doubtful = True


def rows_of(pieces: Iterable[Piece], steps: Iterable[Step]) -> list[Row]:
    """The rows that pieces make with their steps, up to the piece after the table."""
    rows: list[Row] = []
    for piece, step in zip(pieces, steps, strict=True):
        if step.move is Move.AFTER:
            break
        if step.move is Move.NOTHING:
            continue
        is_heading = step.move is Move.HEADING
        if is_heading or step.move is Move.ROW:
            row = Row(is_heading=is_heading)
            rows.append(row)
        rows[-1].add(piece, step)
    return rows


class Merged:
    """The cells that hold for several rows, though they stand in the first of them alone.

    A cell that a row does not have is one with that above it where it stands before the measure,
    or where the row is a line: had it been blank, its place would have been printed. A line that
    lost its first cells was filled up with blanks at its end.

    extents: how many rows and columns each of them covers.
    tops: of each column, the row of the cell that may hold for the next one.
    """

    def __init__(self, columns: Sequence[Column], *, in_line: bool) -> None:
        self.width = len(columns)
        self.measure = self.width
        for column, kind in enumerate(columns):
            if kind is Column.WORK:
                self.measure = column
        self.in_line = in_line
        self.extents: dict[Place, Extent] = {}
        self.tops: dict[int, int] = {}

    def add(self, number: int, row: Row) -> None:
        """Take up the next row."""
        if row.is_heading:
            self.tops = {}
            self.extents[number, 0] = (1, self.width)
            return
        present = list(row.cells)
        end = max(present)
        lost_first_cells = self.in_line and min(present) > 0
        if lost_first_cells:
            present = [column for column in present if row.text(column)]
            end = self.width
        for column in range(self.width):
            if column in present:
                self.tops[column] = number
            elif column < end and self._holds(column):
                self._extend(column, number)
            else:
                self.tops.pop(column, None)

    def _holds(self, column: int) -> bool:
        """Whether the last cell of a column may hold for the row below it."""
        if column not in self.tops or column == self.measure:
            return False
        return self.in_line or column < self.measure

    def _extend(self, column: int, number: int) -> None:
        """Let the last cell of a column hold for a row too."""
        top = self.tops[column]
        rows = number - top + 1
        self.extents[top, column] = (rows, 1)
