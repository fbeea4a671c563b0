"""What each piece of a table that lost its grid gains in each place that it may have.

All weights are small numbers of one scale (`likeness`): what fits a column clearly gains 3 there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add
from typing import Final

from lib.grids import kinds
from lib.notices.layout import likeness, traits
from lib.notices.layout.body import UNNUMBERED, Body, Entry
from lib.notices.layout.likeness import Column, Kind
from lib.notices.layout.path import Gains
from lib.notices.layout.traits import Usual
from lib.text.folding import fold

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
_SAME_EXPECTED: Final = -0.3

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

_LEARNED: Final = 1.0  # for being what its column mostly holds, and against being something else

OfColumns = list[list[float]]  # of each piece, what it gains in each column

NOTHING_SAID: Final[Mapping[int, int]] = {}
_NOTHING_LEARNED: Final[Usual] = {}


class Weights:
    """Weighs the pieces below a header.

    said: the columns of the pieces that are one row, as a person says; they come first.
    fits: of each piece, what it gains in each column by what kind of thing it is; [] of a blank.
    losses: of each column, what a piece loses there that goes on with the cell before it.
    blank_lines_part: whether a blank line is no cell and only parts the others.
    """

    def __init__(self, body: Body, said: Mapping[int, int] = NOTHING_SAID) -> None:
        self.body = body
        self.columns = body.columns
        self.in_line = body.in_line
        self.said = said
        self.fits = _fits(body)
        self.losses = [_SAME.get(kind, _SAME_USUALLY) for kind in self.columns]
        blank_lines = [entry for entry in body.entries if _is_blank_line(entry)]
        many = len(body.entries) * _SPACING
        are_many = len(blank_lines) > many
        self.blank_lines_part = body.in_line or are_many

    def gains(self, usual: Usual = _NOTHING_LEARNED) -> Gains:
        """What all pieces gain.

        Args:
            usual: what the cells of some columns mostly are.
        """
        entries = self.body.entries
        cells = [self._cells(entry) for entry in entries]
        self._add_places(cells)
        self._add_numbers(cells)
        self._add_learned(cells, usual)
        following = [self._next(entry) for entry in entries]
        same = [self._same(entry) for entry in entries]
        self._add_said(cells, same)
        self._add_row_after_said(following, same)
        return Gains(
            cells=cells,
            row=[self._row(entry) for entry in entries],
            next=following,
            same=same,
            heading=[self._heading(entry) for entry in entries],
            nothing=[self._nothing(entry) for entry in entries],
            missing=self._missing(),
        )

    # -- as a cell

    def _cells(self, entry: Entry) -> list[float]:
        """What a piece gains as a cell of each column, for itself."""
        if entry.text:
            return list(self.fits[entry.number])
        if not entry.begins_line:
            return [_BLANKS.get(kind, _BLANK) for kind in self.columns]
        width = len(self.columns)
        if self.blank_lines_part:
            return [_NEVER] * width
        return [_BLANK_LINE] * width

    def _add_places(self, cells: OfColumns) -> None:
        """Add what the n-th piece of a line gains in the n-th column, where the line is whole."""
        if not self.in_line:
            return
        prints_blanks = any(map(_is_blank_within_line, self.body.entries))
        for line in self.body.lines:
            is_whole = self._is_whole(line, prints_blanks=prints_blanks)
            if not is_whole:
                continue
            for column, entry in enumerate(line):
                if entry.text:
                    cells[entry.number][column] += _IN_PLACE

    def _is_whole(self, line: Sequence[Entry], *, prints_blanks: bool) -> bool:
        """Whether a line lost no cell but blank ones at its end.

        Such a line begins with its number. It has as many pieces as there are columns, or fewer,
        where blanks are printed in other lines. Without numbers one may have lost its first cells
        and have been filled up with blanks, but not where it ends with words.
        """
        width = len(self.columns)
        first = line[0]
        if not first.begins_line or len(line) > width:
            return False
        is_full = len(line) == width
        has_serials = self.columns[0] is Column.SERIAL
        is_numbered = has_serials and Kind.NUMBER in first.kinds
        if is_numbered:
            return is_full or prints_blanks
        last = line[-1]
        return is_full and last.text != ""

    def _add_numbers(self, cells: OfColumns) -> None:
        """Add what a number gains as a serial that is one more than the number before it."""
        serials = self._columns_of(Column.SERIAL)
        last = 0
        for entry in self.body.entries:
            if Kind.NUMBER not in entry.kinds:
                continue
            number = likeness.number(entry.text)
            if number == last + 1:
                for column in serials:
                    cells[entry.number][column] += _NEXT_NUMBER
            last = number

    def _columns_of(self, kind: Column) -> list[int]:
        """The columns that hold one kind of thing."""
        return [column for column, holds in enumerate(self.columns) if holds is kind]

    def _add_learned(self, cells: OfColumns, usual: Usual) -> None:
        """Add what is gained by being like the other cells of a column, and lost by being unlike.

        Args:
            usual: of some columns what most cells are, a kind or how they are numbered (`traits`). A
                piece that has no trait there neither gains nor loses.
        """
        for column, trait in usual.items():
            for entry in self.body.entries:
                gains = cells[entry.number]
                own_traits = traits.of_entry(self.body, entry, column)
                if trait in own_traits:
                    gains[column] += _LEARNED
                elif own_traits:
                    gains[column] -= _LEARNED

    def _add_said(self, cells: OfColumns, same: OfColumns) -> None:
        """Add what a piece gains where a person says that it stands."""
        column_before = _NOWHERE
        for piece, column in self.said.items():
            goes_on = column == column_before
            gains = same if goes_on else cells
            gains[piece][column] += _SAID
            column_before = column

    def _add_row_after_said(self, following: list[float], same: OfColumns) -> None:
        """Add what the piece after the row of which a person speaks loses where it begins none."""
        if not self.said:
            return
        after_row = max(self.said) + 1
        if after_row < len(following):
            following[after_row] -= _SAID
            same[after_row] = [gain - _SAID for gain in same[after_row]]

    # -- beside other cells

    def _row(self, entry: Entry) -> float:
        """What a piece gains as the first cell of a row."""
        if self.in_line and not entry.begins_line:
            return _INSIDE_LINE
        words = fold(entry.text)
        if kinds.begins_note(words):
            return _NOTE
        return 0.0

    def _next(self, entry: Entry) -> float:
        """What a piece gains as a later cell of a row."""
        if self.in_line and entry.begins_line:
            return _ACROSS_LINES
        return 0.0

    def _same(self, entry: Entry) -> list[float]:
        """What it gains to go on with the cell of the piece before, by column."""
        width = len(self.columns)
        if entry.number == 0 or not entry.text:
            return [_NEVER] * width
        losses = self.losses
        if entry.is_expected:
            losses = [_SAME_EXPECTED] * width
        fits = self.fits[entry.number]
        gains = list(map(add, fits, losses))
        with_room = self._columns_with_room(entry)
        for column in range(with_room, width):
            gains[column] = _INSIDE_LINE
        return gains

    def _columns_with_room(self, entry: Entry) -> int:
        """Of how many columns, from the first, the cells may go on with a piece.

        Where rows are lines, the line has room for the other cells.
        """
        width = len(self.columns)
        if not self.in_line:
            return width
        if not entry.begins_line:
            return width if self.body.spaced else 0
        return max(0, width - entry.left_in_line + 1)

    def _heading(self, entry: Entry) -> float:
        """What it gains to stand between two rows, in a line of its own."""
        is_short = 0 < len(entry.text) <= _LONGEST_HEADING
        if not is_short or not entry.is_alone:
            return _NEVER
        if entry.style != UNNUMBERED:
            return _HEADING.get(entry.style, _NO_HEADING)
        counts = any(map(str.isdigit, fold(entry.text)))
        if self.in_line and not counts:
            return _HEADING_ALONE
        return _NO_HEADING

    def _nothing(self, entry: Entry) -> float:
        """What it gains to be a blank that is no cell."""
        if entry.text:
            return _NEVER
        if self.in_line and not entry.begins_line:
            return _UNUSED_BLANK
        return 0.0

    def _missing(self) -> list[float]:
        """Of each column, what a row without a cell there gains."""
        missing = [_MISSING.get(kind, _MISSING_NAMES) for kind in self.columns]
        work = self._columns_of(Column.WORK)
        for column in work:
            missing[column] = _MISSING_GROUP
        if work:
            is_divided = self.body.is_divided
            last = work[-1]
            missing[last] = _MISSING_OF_GROUP if is_divided else _MISSING_WORK
        return missing


def _is_blank_line(entry: Entry) -> bool:
    """Whether a piece begins a line and says nothing."""
    return entry.begins_line and not entry.text


def _is_blank_within_line(entry: Entry) -> bool:
    """Whether a piece says nothing that stands after a separator."""
    return not entry.begins_line and not entry.text


def _fits(body: Body) -> OfColumns:
    """Of each piece, what it gains in each column by what kind of thing it is; [] of a blank."""
    of_kinds: dict[Sequence[Kind], list[float]] = {(): []}
    fits: OfColumns = []
    for entry in body.entries:
        kinds_of_entry = entry.kinds
        if kinds_of_entry not in of_kinds:
            of_kinds[kinds_of_entry] = likeness.gains(kinds_of_entry, body.columns)
        fits.append(of_kinds[kinds_of_entry])
    return fits
