"""From when to when each distinct deadline is in force.

The list's year begins in January unless the phrase says otherwise. What has no due date but runs or
recurs is in force to the end of the list's year. What is to be done at once, has no phrase or an
unreadable one, is never in force.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeVar

import numpy as np

from lib.measures import Windows

EPOCH_YEAR: Final = 1970  # where NumPy counts days, months and years from
MONTHS_A_YEAR: Final = 12
Year = TypeVar("Year", int, np.ndarray)

NO_DAY: Final = np.datetime64("NaT", "D")


class InForce(NamedTuple):
    """The months in which each distinct deadline is in force.

    first, last: months since January 1970, 0 where there is no window; known: whether there is one.
    """

    first: np.ndarray
    last: np.ndarray
    known: np.ndarray


class Days(NamedTuple):
    """The first and the last day of each distinct deadline, NaT where it has no window."""

    first: np.ndarray
    last: np.ndarray


def month_number(days: np.ndarray) -> np.ndarray:
    """Months since January 1970."""
    months = days.astype("datetime64[M]")
    return months.astype(np.int64)


def year_number(days: np.ndarray) -> np.ndarray:
    """The year of each day."""
    years = days.astype("datetime64[Y]")
    return years.astype(np.int64) + EPOCH_YEAR


def january(year: Year) -> Year:
    """The first month of a year, in months since January 1970."""
    return (year - EPOCH_YEAR) * MONTHS_A_YEAR


def year_of_month(month: np.ndarray) -> np.ndarray:
    """The year of a month that is counted since January 1970."""
    return month // MONTHS_A_YEAR + EPOCH_YEAR


def first_day(month: np.ndarray) -> np.ndarray:
    """The first day of a month that is counted since January 1970."""
    months = month.astype("datetime64[M]")
    return months.astype("datetime64[D]")


def in_force(windows: Windows) -> InForce:
    """The months in which each distinct deadline is in force."""
    years = _years_in_force(windows)
    has_no_start = np.isnat(windows.start)
    first_of_year = january(years.year)
    start = np.where(has_no_start, first_of_year, month_number(windows.start))
    last_of_year = _december(years.year, start)
    end = np.where(years.endless, last_of_year, month_number(windows.due))
    # Due in an earlier year than the list's (a slip of the pen): in force in its due month alone
    first = np.minimum(start, end)
    return InForce(
        first=np.where(years.known, first, 0),
        last=np.where(years.known, end, 0),
        known=years.known,
    )


class _Years(NamedTuple):
    """The year in which each distinct deadline is in force.

    year: the list's, else the one that the phrase names; known: whether it is in force at all;
    endless: whether it runs or recurs without a due date.
    """

    year: np.ndarray
    known: np.ndarray
    endless: np.ndarray


def _years_in_force(windows: Windows) -> _Years:
    is_dated = ~np.isnat(windows.due)
    runs_or_recurs = windows.ongoing | (windows.recurring > 0)
    endless = ~is_dated & runs_or_recurs
    is_listed = windows.year > 0
    # A phrase may name a year that the list lacks
    named_day = np.where(is_dated, windows.due, windows.start)
    has_year = is_listed | ~np.isnat(named_day)
    year = np.where(is_listed, windows.year, year_number(named_day))
    known = (is_dated | endless) & has_year
    return _Years(year, known, endless)


def _december(year: np.ndarray, start: np.ndarray) -> np.ndarray:
    """The last month of a year, or of the one in which a window begins that is later."""
    first_month = np.maximum(january(year), start)
    latest_year = year_of_month(first_month)
    return january(latest_year) + MONTHS_A_YEAR - 1


def days_in_force(windows: Windows) -> Days:
    """The first and the last day on which each distinct deadline is in force."""
    months = in_force(windows)
    month_begin = first_day(months.first)
    month_end = first_day(months.last + 1) - 1
    has_no_start = np.isnat(windows.start)
    has_no_due = np.isnat(windows.due)
    first = np.where(has_no_start, month_begin, windows.start)
    last = np.where(has_no_due, month_end, windows.due)
    first = np.minimum(first, last)
    return Days(
        first=np.where(months.known, first, NO_DAY),
        last=np.where(months.known, last, NO_DAY),
    )
