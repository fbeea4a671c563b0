"""The body of a table that lost its grid: the pieces below its header, and what each of them tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.layout import likeness
from lib.notices.layout.likeness import Column, Kind
from lib.notices.layout.pieces import Piece, Pieces
from lib.text import marks
from lib.text.folding import fold
from lib.text.marks import Mark

UNNUMBERED: Final = ""  # the style of a text without a number
_DASHED: Final = "dash"
_DASHES: Final = ("—", "-", "●", "◆", "■")
_UNFINISHED: Final = ("、", "，", ",", "：", ":", "（", "(", "和", "及", "与")


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece below a header.

    number: its place among all of them.
    kinds: what it may be, nothing for a blank.
    mark: the number that its text begins with.
    style: how it is numbered, or that a dash comes before it.
    left_in_line: how many pieces its line has from this one on.
    is_alone: whether nothing else stands in its line.
    is_expected: whether the piece before it can't be the end of a text: it has the number before
        this one's, or ends with a comma.
    """

    number: int
    text: str
    begins_line: bool
    kinds: Sequence[Kind]
    mark: Mark | None
    style: str
    left_in_line: int
    is_alone: bool
    is_expected: bool


class Body:
    """The pieces below a header.

    columns: what the header's columns hold.
    in_line: whether rows are lines.
    spaced: whether a cell of a line may hold its separator.
    """

    def __init__(
        self, pieces: Pieces, columns: Sequence[Column], *, in_line: bool, spaced: bool
    ) -> None:
        self.columns = columns
        self.in_line = in_line
        self.spaced = spaced
        self.entries: list[Entry] = []
        self.lines: list[list[Entry]] = []
        for line in _lines(pieces):
            self._add_line(line)

    @property
    def is_divided(self) -> bool:
        """Whether several columns say what is to be done."""
        return self.columns.count(Column.WORK) > 1

    def _add_line(self, line: Pieces) -> None:
        """Take up the pieces of the next line."""
        first_number = len(self.entries)
        is_single = not any(piece.text for piece in line[1:])
        for place, piece in enumerate(line):
            left_in_line = len(line) - place
            is_alone = is_single and piece.begins_line
            self._add(piece, left_in_line, is_alone=is_alone)
        entries = self.entries[first_number:]
        self.lines.append(entries)

    def _add(self, piece: Piece, left_in_line: int, *, is_alone: bool) -> None:
        """Take up the next piece."""
        mark = marks.at(fold(piece.text), "")
        before = self.entries[-1] if self.entries else None
        entry = Entry(
            number=len(self.entries),
            text=piece.text,
            begins_line=piece.begins_line,
            kinds=likeness.kinds_of(piece.text) if piece.text else (),
            mark=mark,
            style=_style(piece.text, mark),
            left_in_line=left_in_line,
            is_alone=is_alone,
            is_expected=before is not None and _expects(before, mark),
        )
        self.entries.append(entry)


def _lines(pieces: Pieces) -> list[list[Piece]]:
    """The pieces of each line; the first may have begun before them."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if piece.begins_line or not lines:
            lines.append([])
        lines[-1].append(piece)
    return lines


def _style(text: str, mark: Mark | None) -> str:
    """The style of the number that a text begins with, or of a dash; "" for none."""
    if text.startswith(_DASHES):
        return _DASHED
    return mark.style if mark else UNNUMBERED


def _expects(before: Entry, mark: Mark | None) -> bool:
    """Whether a piece is not the end of a text, given the number that the next one begins with."""
    if before.text.endswith(_UNFINISHED):
        return True
    if mark is None or before.mark is None or before.style != mark.style:
        return False
    return before.mark.number == mark.number - 1
