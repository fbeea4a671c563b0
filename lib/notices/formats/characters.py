"""The characters of a page of a PDF, and the lines that they make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

from lib.errors import BoardError
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean

_PAGE_SHARE: Final = 20  # a page may have the twentieth part of what a document may
_SMALLEST: Final = 4.0  # points: a character is taken to be at least so high
_ONE_LINE: Final = 0.6  # of a character's height: so far apart are the middles of one line
_WIDE_GAP: Final = 0.9  # of a character's height: a gap that is a space
_LATIN_GAP: Final = 2.0  # points: a space between Latin letters


class Char(NamedTuple):
    """A character and its box, in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """How high its box is."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """Across and up."""
        across = (self.left + self.right) / 2
        up = (self.bottom + self.top) / 2
        return across, up


def chars_of(page: Any) -> list[Char]:
    """The characters of a page, without spaces but wide ones.

    Raises:
        BoardError: notice_too_long.
    """
    text_page = page.get_textpage()
    chars: list[Char] = []
    for place, char in enumerate(_written(text_page)):
        if not char.isspace() or char == "\u3000":
            box = text_page.get_charbox(place, loose=True)
            chars.append(Char(char, *box))
    return chars


def _written(text_page: Any) -> str:
    """The text of a page, as long as it has characters; those beyond the first plane count once."""
    count = text_page.count_chars()
    if count > limits.TEXT // _PAGE_SHARE:
        raise BoardError("notice_too_long", limit=limits.TEXT)
    if count == 0:
        return ""
    written: str = text_page.get_text_range(0, count)
    if len(written) == count:
        return written
    chars: list[str] = []
    for place in range(count):
        char = text_page.get_text_range(place, 1) or " "
        chars.append(char[0])
    return "".join(chars)


def lines_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters on one height, from left to right; from top to bottom."""
    lines: list[list[Char]] = []
    from_top = sorted(chars, key=lambda char: -(char.top + char.bottom))
    for char in from_top:
        if not lines or not _are_on_one_line(lines[-1][0], char):
            lines.append([])
        lines[-1].append(char)
    for line in lines:
        line.sort(key=attrgetter("left"))
    return lines


def _are_on_one_line(first: Char, second: Char) -> bool:
    """Whether two characters stand nearly on one height."""
    _, first_middle = first.centre
    _, second_middle = second.centre
    distance = abs(first_middle - second_middle)
    return distance < _height(first, second) * _ONE_LINE


def _height(first: Char, second: Char) -> float:
    """The height of the higher of two characters."""
    return max(first.height, second.height, _SMALLEST)


def text_of(line: Sequence[Char]) -> str:
    """A line's text; a gap wider than a character is a space."""
    text = line[0].text
    for before, char in pairwise(line):
        if _is_gap(before, char):
            text += " "
        text += char.text
    return clean(text)


def _is_gap(before: Char, char: Char) -> bool:
    """Whether a space stands between two characters."""
    gap = char.left - before.right
    if gap > _height(before, char) * _WIDE_GAP:
        return True
    are_latin = before.text.isascii() and char.text.isascii()
    return are_latin and gap > _LATIN_GAP
