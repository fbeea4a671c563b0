"""Periods of reporting: a month or a quarter, and the day on which their reports are due."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple, Self

from lib.ledger.events import Cadence, Month, Started

MONTHS_OF_QUARTER: Final = 3
MONTHS_OF_YEAR: Final = 12
_CODE: Final = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")


class Period(NamedTuple):
    """A month or a quarter. number: 1 to 12, or 1 to 4."""

    cadence: Cadence
    year: int
    number: int

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Read 2026-09 or 2026-Q3; raises ValueError for anything else."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(code)
        year, month, quarter = match.groups()
        if month:
            return cls(Cadence.MONTH, int(year), int(month))
        return cls(Cadence.QUARTER, int(year), int(quarter))

    @classmethod
    def of_day(cls, day: date, cadence: Cadence) -> Self:
        """The period that a day is in."""
        if cadence is Cadence.MONTH:
            return cls(cadence, day.year, day.month)
        return cls(cadence, day.year, (day.month - 1) // MONTHS_OF_QUARTER + 1)

    @property
    def code(self) -> str:
        """2026-09 or 2026-Q3."""
        if self.cadence is Cadence.MONTH:
            return f"{self.year}-{self.number:02}"
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, self._last_month - self._months + 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return _day_of_month(self.year, self._last_month, 31)

    def next(self) -> Period:
        """The period after it."""
        periods = MONTHS_OF_YEAR // self._months
        if self.number < periods:
            return self._replace(number=self.number + 1)
        return self._replace(year=self.year + 1, number=1)

    def due(self, start: Started) -> date:
        """The day by which its reports are to be there, as its list was started."""
        year, month = self.year, self._last_month
        if start.due_month is Month.NEXT:
            year, month = (year, month + 1) if month < MONTHS_OF_YEAR else (year + 1, 1)
        return _day_of_month(year, month, start.due_day)

    @property
    def _months(self) -> int:
        return 1 if self.cadence is Cadence.MONTH else MONTHS_OF_QUARTER

    @property
    def _last_month(self) -> int:
        return self.number * self._months


@lru_cache(maxsize=1024)
def _day_of_month(year: int, month: int, day: int) -> date:
    """A day of a month, its last one where it has not so many."""
    _, days = calendar.monthrange(year, month)
    return date(year, month, min(day, days))


def begun(first: Period, day: date) -> list[Period]:
    """The periods from the first one to the one that the day is in, none where that lies before."""
    periods: list[Period] = []
    period = first
    while period.first_day <= day:
        periods.append(period)
        period = period.next()
    return periods
