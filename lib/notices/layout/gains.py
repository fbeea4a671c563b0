"""What each piece of a table that lost its grid gains in each place that it may have.

All weights are small numbers of one scale (`likeness`): what fits a column clearly gains 3 there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from lib.grids import kinds
from lib.notices.layout import likeness
from lib.notices.layout.likeness import Column, Kind
from lib.notices.layout.path import Gains, Move, Step
from lib.notices.layout.pieces import Piece
from lib.text import marks
from lib.text.folding import fold

NARROW: Final = 1.0  # a margin that leaves a doubt

# What a row gains that has no cell in a column: a loss, unless its cell may be merged with the one above.
_MISSING: Final = {Column.SERIAL: -2.5, Column.OTHER: -0.7}
_MISSING_NAMES: Final = -1.2
_MISSING_WORK: Final = -4.0
_MISSING_GROUP: Final = -1.0  # in a column of work before the last, whose cells group those of it
_MISSING_OF_GROUP: Final = -2.5  # in the last of several

# What a blank gains as a cell in which nothing stands.
_BLANKS: Final = {Column.WORK: -3.0, Column.SERIAL: -1.0}
_BLANK: Final = 0.1
_BLANK_LINE: Final = -0.2
_SPACING: Final = 0.3  # of the lines are blank where blank lines only part the others
_UNUSED_BLANK: Final = -0.3  # as no cell, between two separators

# What a piece gains that goes on with the cell before it, beside what it gains in its column.
_SAME: Final = {Column.SERIAL: -8.0, Column.DATE: -2.0, Column.WORK: -1.5}
_SAME_USUALLY: Final = -1.0
_SAME_UNFINISHED: Final = -0.3
_UNFINISHED: Final = ("、", "，", ",", "：", ":", "（", "(", "和", "及", "与")

_NEVER: Final = -50.0
_SAID: Final = 50.0  # for a piece where a person says that it stands, against more of that row
_NOWHERE: Final = -1  # no column
_ACROSS_LINES: Final = -4.0  # for a cell of a row to begin a line, where rows are lines
_INSIDE_LINE: Final = -6.0  # for a row to begin within a line, or a cell to be parted there
_NEXT_NUMBER: Final = 1.0  # for a number that is one more than the one before
_IN_PLACE: Final = 2.5  # for a piece that is as far in its line as its column in the table
_NOTE: Final = -6.0  # for a note or a signature below the rows

_HEADING: Final = {"chapter": 2.5, "formal": 2.5, "han": 2.5, "han_bracket": 1.0}
_HEADING_ALONE: Final = -0.5  # of a line in which nothing is counted, where rows are lines
_NO_HEADING: Final = -3.0
_LONGEST_HEADING: Final = 60  # characters

_FEWEST_CELLS: Final = 2  # by which it is told what a column holds
_MOSTLY: Final = 0.6  # of its cells are then alike
_LEARNED: Final = 1.0  # for being like them, and against being unlike
_UNNUMBERED: Final = ""  # how a text without a number is numbered
_DASHED: Final = "dash"
_DASHES: Final = ("—", "-", "●", "◆", "■")

# Of a column, what its cells mostly are: a kind, or how they are numbered
Likes = Mapping[int, "Kind | str"]

NOTHING_SAID: Final[Mapping[int, int]] = {}


class Weights:
    """Weighs the pieces below a header.

    said: the columns of the pieces that are one row, as a person says; they come first.
    in_line: whether rows are lines; spaced: whether a cell of a line may hold its separator.
    """

    def __init__(
        self,
        below: Sequence[Piece],
        columns: Sequence[Column],
        said: Mapping[int, int] = NOTHING_SAID,
        *,
        in_line: bool,
        spaced: bool,
    ) -> None:
        self.below = below
        self.columns = columns
        self.said = said
        self.in_line = in_line
        self.spaced = spaced
        self.kinds = [likeness.kinds_of(piece.text) if piece.text else () for piece in below]
        self.fits = self._fits()
        self.styles = [_style(piece.text) for piece in below]
        self.line_ends = _line_ends(below)
        self.losses = [_SAME.get(kind, _SAME_USUALLY) for kind in columns]
        blank_lines = sum(1 for piece in below if piece.begins_line and not piece.text)
        self.parted = in_line or blank_lines > len(below) * _SPACING
        self.divided = columns.count(Column.WORK) > 1

    def gains(self, likes: Likes) -> Gains:
        """What all pieces gain. likes: what is known of some columns."""
        pieces = range(len(self.below))
        cells = [self._cells(piece) for piece in pieces]
        self._add_places(cells)
        self._add_numbers(cells)
        self._add_likes(cells, likes)
        following = [self._next(piece) for piece in pieces]
        same = [self._same(piece) for piece in pieces]
        self._add_said(cells, following, same)
        return Gains(
            cells=cells,
            row=[self._row(piece) for piece in pieces],
            next=following,
            same=same,
            heading=[self._heading(piece) for piece in pieces],
            nothing=[self._nothing(piece) for piece in pieces],
            missing=self._missing(),
        )

    def likes(self, steps: Sequence[Step]) -> Likes:
        """What the cells mostly are in columns whose labels do not say it well enough.

        Args:
            steps: of all pieces; those that were taken beyond doubt count.
        """
        alike: dict[int, list[Kind | str]] = {}
        for piece, step in enumerate(steps):
            is_cell = step.move in (Move.ROW, Move.NEXT) and self.below[piece].text
            if is_cell and step.margin >= NARROW:
                alike.setdefault(step.column, []).extend(self._likes(piece, step.column))
        usual = {column: self._usual(likes) for column, likes in alike.items()}
        return {column: like for column, like in usual.items() if like is not None}

    def _usual(self, likes: Sequence[Kind | str]) -> Kind | str | None:
        """What most cells of a column are; None where they differ, or where that tells nothing."""
        for like, count in Counter(likes).most_common(1):
            tells = like is not _UNNUMBERED or self.divided
            if tells and count >= max(_FEWEST_CELLS, len(likes) * _MOSTLY):
                return like
        return None

    def _likes(self, piece: int, column: int) -> Sequence[Kind | str]:
        """What a piece is that other cells of its column may be too."""
        kind = self.columns[column]
        if kind is Column.OTHER:
            return self.kinds[piece]
        return [self.styles[piece]] if kind is Column.WORK else []

    # -- as a cell

    def _fits(self) -> list[list[float]]:
        """Of each piece, what it gains in each column by what kind of thing it is; [] of a blank."""
        known: dict[Sequence[Kind], list[float]] = {(): []}
        for kinds_of_text in set(self.kinds) - known.keys():
            known[kinds_of_text] = likeness.gains(kinds_of_text, self.columns)
        return [known[kinds_of_text] for kinds_of_text in self.kinds]

    def _cells(self, piece: int) -> list[float]:
        """What a piece gains as a cell of each column, for itself."""
        if self.below[piece].text:
            return list(self.fits[piece])
        if self.below[piece].begins_line:  # it is no cell where it only parts lines
            return [_NEVER if self.parted else _BLANK_LINE] * len(self.columns)
        return [_BLANKS.get(kind, _BLANK) for kind in self.columns]

    def _add_places(self, cells: list[list[float]]) -> None:
        """Add what the pieces gain in lines that lost no cell but blank ones at their end.

        Such a line begins with its number. It has as many pieces as there are columns, or fewer,
        where blanks are printed in other lines. Without numbers one may have lost its first cells
        and have been filled up with blanks, but not where it ends with words.
        """
        if not self.in_line:
            return
        prints_blanks = any(not (piece.text or piece.begins_line) for piece in self.below)
        for start, end in self.line_ends.items():
            if not self._is_in_place(start, end, prints_blanks=prints_blanks):
                continue
            for column, piece in enumerate(range(start, end)):
                if self.below[piece].text:
                    cells[piece][column] += _IN_PLACE

    def _is_in_place(self, start: int, end: int, *, prints_blanks: bool) -> bool:
        """Whether a line lost no cell but blank ones at its end."""
        is_whole = end - start == len(self.columns)
        is_short = end - start < len(self.columns)
        if self.columns[0] is Column.SERIAL and Kind.NUMBER in self.kinds[start]:
            return is_whole or (prints_blanks and is_short)
        return is_whole and self.below[end - 1].text != ""

    def _add_numbers(self, cells: list[list[float]]) -> None:
        """Add what a number gains as a serial that is one more than the number before it."""
        serials = [place for place, kind in enumerate(self.columns) if kind is Column.SERIAL]
        last = 0
        for place, piece in enumerate(self.below):
            if Kind.NUMBER not in self.kinds[place]:
                continue
            number = likeness.number(piece.text)
            for column in serials if number == last + 1 else ():
                cells[place][column] += _NEXT_NUMBER
            last = number

    def _add_likes(self, cells: list[list[float]], likes: Likes) -> None:
        """Add what is gained by being like the other cells of a column, and lost by being unlike."""
        for column, usual in likes.items():
            for number, piece in enumerate(self.below):
                likes_of_piece = self._likes(number, column) if piece.text else ()
                if likes_of_piece:
                    is_like = usual in likes_of_piece
                    cells[number][column] += _LEARNED if is_like else -_LEARNED

    def _add_said(
        self, cells: list[list[float]], following: list[float], same: list[list[float]]
    ) -> None:
        """Add what a piece gains where a person says that it stands; the one after them begins a row."""
        before = _NOWHERE
        for piece, column in self.said.items():
            gains = same if column == before else cells
            gains[piece][column] += _SAID
            before = column
        end = max(self.said, default=len(self.below)) + 1
        if end < len(self.below):
            following[end] -= _SAID
            same[end] = [gain - _SAID for gain in same[end]]

    # -- beside other cells

    def _row(self, piece: int) -> float:
        if self.in_line and not self.below[piece].begins_line:
            return _INSIDE_LINE
        return _NOTE if kinds.begins_note(fold(self.below[piece].text)) else 0.0

    def _next(self, piece: int) -> float:
        return _ACROSS_LINES if self.in_line and self.below[piece].begins_line else 0.0

    def _same(self, piece: int) -> list[float]:
        """What it gains to go on with the cell of the piece before, by column."""
        text = self.below[piece].text
        if not text or piece == 0:
            return [_NEVER] * len(self.columns)
        before = self.below[piece - 1].text
        goes_on = before.endswith(_UNFINISHED) or self._follows(piece)
        losses = [_SAME_UNFINISHED] * len(self.columns) if goes_on else self.losses
        gains: list[float] = []
        for column, fit in enumerate(self.fits[piece]):
            may = not self.in_line or self._may_go_on(piece, column)
            gains.append(fit + losses[column] if may else _INSIDE_LINE)
        return gains

    def _follows(self, piece: int) -> bool:
        """Whether a piece has the number after the one before it: 1.… and 2.…"""
        mark = marks.at(fold(self.below[piece].text), "") if self.styles[piece] else None
        if not mark or mark.number < 2 or self.styles[piece - 1] != mark.style:
            return False
        above = marks.at(fold(self.below[piece - 1].text), "")
        return above is not None and above.number == mark.number - 1

    def _may_go_on(self, piece: int, column: int) -> bool:
        """Whether a cell may go on where rows are lines: in a line that has room for the others."""
        if not self.below[piece].begins_line:
            return self.spaced
        return self.line_ends[piece] - piece <= len(self.columns) - column

    def _heading(self, piece: int) -> float:
        """What it gains to stand between two rows, in a line of its own."""
        text, style = self.below[piece].text, self.styles[piece]
        if not text or not self._is_alone(piece) or len(text) > _LONGEST_HEADING:
            return _NEVER
        if style:
            return _HEADING.get(style, _NO_HEADING)
        is_bare = self.in_line and not any(map(str.isdigit, fold(text)))
        return _HEADING_ALONE if is_bare else _NO_HEADING

    def _is_alone(self, piece: int) -> bool:
        """Whether nothing else stands in the line of a piece."""
        if not self.below[piece].begins_line:
            return False
        others = self.below[piece + 1 : self.line_ends[piece]]
        return not any(other.text for other in others)

    def _nothing(self, piece: int) -> float:
        """What it gains to be a blank that is no cell."""
        if self.below[piece].text:
            return _NEVER
        return _UNUSED_BLANK if self.in_line and not self.below[piece].begins_line else 0.0

    def _missing(self) -> list[float]:
        """Of each column, what a row without a cell there gains."""
        missing = [_MISSING.get(kind, _MISSING_NAMES) for kind in self.columns]
        work = [column for column, kind in enumerate(self.columns) if kind is Column.WORK]
        for column in work:
            missing[column] = _MISSING_GROUP
        if work:
            missing[work[-1]] = _MISSING_OF_GROUP if self.divided else _MISSING_WORK
        return missing


def _style(text: str) -> str:
    """The style of the number that a text begins with, or of a dash; "" for none."""
    if text.startswith(_DASHES):
        return _DASHED
    mark = marks.at(fold(text), "") if text else None
    return mark.style if mark else _UNNUMBERED


def _line_ends(below: Sequence[Piece]) -> dict[int, int]:
    """Of each piece that begins a line, the piece after that line."""
    starts = [number for number, piece in enumerate(below) if piece.begins_line]
    return dict(pairwise([*starts, len(below)]))
