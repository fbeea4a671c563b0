"""What holds for all measures of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from lib.text import deadlines

_AUTUMN: Final = 9  # the month in which a school year begins


@dataclass(frozen=True, slots=True)
class Rules:
    """What a notice says once for all of its measures.

    year: the list's year.
    note: the words that say who of a list of departments leads.
    unordered: a note says that the order means nothing.
    turn: in a school year or a heating season, the day before which a date without a year is one
        of the year after.
    issued: the day on which the notice was issued.
    spans_years: it is by its title one of several years.
    """

    year: int | None = None
    note: str = ""
    unordered: bool = False
    turn: date | None = None
    issued: date | None = None
    spans_years: bool = False

    def year_of(self, phrase: str) -> int | None:
        """The year that a phrase is read with: in 2021—2022学年 5月 is of 2022, 11月 of 2021."""
        if self.year is None or self.turn is None:
            return self.year
        window = deadlines.read(phrase, self.year)
        if window is None or window.due is None:
            return self.year
        due = window.due
        is_before_turn = due.year == self.year and due < self.turn
        if not is_before_turn or due.month >= _AUTUMN:
            return self.year
        next_year = self.year + 1
        names_year = deadlines.read(phrase, next_year) == window
        return self.year if names_year else next_year
