"""Which deadlines a word of the search finds: 12月, 上半年, 8月底前, 全年."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from lib.measures.arrays import Bools
from lib.measures.model import Windows
from lib.text import deadlines
from lib.text.folding import fold

SHORTEST: Final = 2  # characters: 月 alone stands in most deadlines
_NO_DIGIT_BEFORE: Final = r"(?<!\d)"


def found_by(word: str, windows: Windows) -> Bools:
    """For each deadline of the table whether a word finds it.

    As it is printed, or by its due day, where the word is itself a deadline: 8月底前 finds 8月, and
    上半年 what falls due in its six months. What runs through or recurs is found as printed only.
    """
    is_number_or_name = word.isascii() and word.isalnum()
    if is_number_or_name or len(word) < SHORTEST:
        return np.zeros(len(windows.phrase), bool)
    is_printed = _printed_in(word, windows.phrase)
    is_found: Bools = is_printed | _due_within(word, windows)
    return is_found


def _printed_in(word: str, phrases: list[str]) -> Bools:
    """For each phrase whether it has the word; 2月 does not stand in 12月."""
    folded = fold(word)
    pattern = re.escape(folded)
    if folded[0].isdigit():
        pattern = _NO_DIGIT_BEFORE + pattern
    search = re.compile(pattern).search
    has_word = [search(fold(phrase)) is not None for phrase in phrases]
    return np.array(has_word, bool)


def _due_within(word: str, windows: Windows) -> Bools:
    """For each deadline whether it falls due in the time that the word says in its list's year."""
    is_due = np.zeros(len(windows.phrase), bool)
    for year in np.unique(windows.year).tolist():
        span = _span_of(word, year)
        if span is None:
            continue
        is_within = windows.year == year
        is_within &= windows.due >= np.datetime64(span.first)
        is_within &= windows.due <= np.datetime64(span.last)
        is_due |= is_within
    runs_on = windows.ongoing | (windows.recurring > 0)
    return is_due & ~runs_on


class _Span(NamedTuple):
    """The days of a time, both included."""

    first: date
    last: date


def _span_of(word: str, year: int) -> _Span | None:
    """The time that a word says in the lists of a year, None where it says none that ends once.

    Args:
        year: 0 for lists without a year.
    """
    known_year = year or None
    window = deadlines.read(word, known_year)
    if window is None or window.due is None:
        return None
    if window.ongoing or window.recurring:
        return None
    first = window.start or _first_day(window.due)
    return _Span(first, window.due)


def _first_day(due: date) -> date:
    """The first day of the time that ends with a day: of the month that it ends, else itself."""
    _, last_of_month = calendar.monthrange(due.year, due.month)
    if due.day < last_of_month:
        return due
    return due.replace(day=1)
