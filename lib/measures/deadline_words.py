"""Which deadlines a word of the search finds: 12月, 上半年, 8月底前, 全年."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

import numpy as np

from lib.measures.model import Windows
from lib.text import deadlines
from lib.text.folding import fold

SHORTEST: Final = 2  # characters: 月 alone stands in most deadlines


def found_by(word: str, windows: Windows) -> np.ndarray:
    """For each deadline of the table whether a word finds it.

    As it is printed, or by its due day, where the word is itself a deadline: 8月底前 finds 8月, and
    上半年 what falls due in its six months. What runs through or recurs is found as printed only.
    """
    is_number_or_name = word.isascii() and word.isalnum()
    if is_number_or_name or len(word) < SHORTEST:
        return np.zeros(len(windows.phrase), bool)
    fits: np.ndarray = _printed_in(word, windows.phrase) | _due_within(word, windows)
    return fits


def _printed_in(word: str, phrases: list[str]) -> np.ndarray:
    """For each phrase whether it has the word; 2月 does not stand in 12月."""
    folded = fold(word)
    begin = r"(?<!\d)" if folded[0].isdigit() else ""
    pattern = re.compile(begin + re.escape(folded))
    return np.array([pattern.search(fold(phrase)) is not None for phrase in phrases], bool)


def _due_within(word: str, windows: Windows) -> np.ndarray:
    """For each deadline whether it falls due in the time that the word says in its list's year."""
    fits = np.zeros(len(windows.phrase), bool)
    for year in np.unique(windows.year).tolist():
        window = deadlines.read(word, year or None)
        if window and window.due and not window.ongoing and not window.recurring:
            first = window.start or _first_day(window.due)
            is_within = (windows.due >= np.datetime64(first)) & (
                windows.due <= np.datetime64(window.due)
            )
            fits |= is_within & (windows.year == year)
    runs_on = windows.ongoing | (windows.recurring > 0)
    return fits & ~runs_on


def _first_day(due: date) -> date:
    """The first day of the time that ends with a day: of the month that it ends, else itself."""
    _, days = calendar.monthrange(due.year, due.month)
    return due.replace(day=1) if due.day == days else due
