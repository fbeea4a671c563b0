"""Deadlines: a phrase and a year give a window, and a sentence has phrases (docs/design.md, Deadlines).

Both go by one grammar. A phrase of a cell is put in one form (`spellings`), and a grammar of full
matches reads it (`phrases`, of `points` and `ranges`). In a sentence the same points and words are
looked for as they are printed, and what is found is read as if it stood alone.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from lib.text import counted, phrases, spellings
from lib.text.feasts import YEARS
from lib.text.phrases import Known, Window
from lib.text.spellings import says_result

__all__ = ["YEARS", "Mention", "Window", "find", "in_full", "needs_issue", "read", "says_result"]

_REMEMBERED: Final = 10_000  # phrases; a table or a notice has few


def read(phrase: str, year: int | None, issued: date | None = None) -> Window | None:
    """Read the phrase of a cell.

    Args:
        phrase: any text.
        year: the list's, one of YEARS. Without it only a phrase that names its own or needs none
            is read.
        issued: the day on which the list was issued. Without it 月底前 has no day, and 三个月内
            can't be read.

    Returns:
        What the phrase says; None where it can't be read.
    """
    if len(phrase) > spellings.LONGEST_WRITTEN:
        return None
    known_year = year if year in YEARS else None
    return _read(phrase, Known(known_year, issued))


@lru_cache(_REMEMBERED)
def _read(phrase: str, known: Known) -> Window | None:
    text = spellings.normal(phrase)
    if text is None:
        return None
    try:
        return _counted(text, known.issued) or phrases.read(spellings.unwrapped(text), known)
    except ValueError:  # 2月30日, or a year that nobody named
        return None


def _counted(text: str, issued: date | None) -> Window | None:
    if issued is None or issued.year not in YEARS:
        return None
    return counted.read(text, issued)


def needs_issue(phrase: str, year: int | None, issued: date | None) -> bool:
    """Whether a phrase says its day only where the day of issue is known: 月底前, 三个月内."""
    return read(phrase, year, issued) != read(phrase, year)


def in_full(phrase: str, year: int | None) -> str:
    """Write a phrase so that it is read the same in a list of another year.

    5月 of the second year of a school year becomes 2022年5月.
    """
    return f"{year}年{phrase}"


class Mention(NamedTuple):
    """A deadline phrase in a sentence.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        text: the phrase, folded.
        window: what it says, with a year of our own where the sentence names none: good to compare
            the mentions of one sentence.
    """

    start: int
    end: int
    text: str
    window: Window

    @property
    def order(self) -> date:
        """The day by which mentions are compared: 长期 is later than any day."""
        if self.window.due:
            return self.window.due
        if self.text in _LATEST:
            return date.max
        return date.min


_LATEST: Final = ("长期", "长期坚持")
_ANY_YEAR: Final = 2020
_NAMED_YEAR: Final = re.compile("20[0-9]{2}|[23][0-9](?=年)")
_CENTURY: Final = 2000
_YEARS_OF_CENTURY: Final = 100
# After these a date tells of something else: 2020年以来, 2020年版, 2020年度报告.
_NO_DEADLINE: Final = re.compile(" *(?:以来|版)|(?<=年度)报告")


@cache
def _mention() -> re.Pattern[str]:
    """Compile the pattern of a phrase in a sentence; a table does without it, and need not wait."""
    printed = phrases.printed()
    # Each phrase begins with a character of the pattern: all others are passed over quickly.
    first_letters = set(re.findall("[〇一-鿿]", printed))
    letters = "".join(sorted(first_letters))
    return re.compile(f'(?=[0-9{letters}“"])(?:{printed})')


def find(folded: str, start: int, end: int) -> list[Mention]:
    """Find the deadline phrases in a part of a folded text, from left to right."""
    mentions: list[Mention] = []
    year = _ANY_YEAR
    for match in _mention().finditer(folded, start, end):
        text = match[0].strip()
        begin = match.start()
        after = begin + len(text)
        named_year = _NAMED_YEAR.match(text)
        if named_year:
            year = _CENTURY + int(named_year[0]) % _YEARS_OF_CENTURY
        window = read(text, year)
        if window and not _NO_DEADLINE.match(folded, after):
            mentions.append(Mention(begin, after, text, window))
    return mentions
