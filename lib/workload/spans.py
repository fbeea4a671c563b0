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
    return days.astype("datetime64[M]").astype(np.int64)


def year_number(days: np.ndarray) -> np.ndarray:
    """The year of each day."""
    return days.astype("datetime64[Y]").astype(np.int64) + EPOCH_YEAR


def january(year: Year) -> Year:
    """The first month of a year, in months since January 1970."""
    return (year - EPOCH_YEAR) * MONTHS_A_YEAR


def year_of_month(month: np.ndarray) -> np.ndarray:
    """The year of a month that is counted since January 1970."""
    return month // MONTHS_A_YEAR + EPOCH_YEAR


def first_day(month: np.ndarray) -> np.ndarray:
    """The first day of a month that is counted since January 1970."""
    return month.astype("datetime64[M]").astype("datetime64[D]")


def in_force(windows: Windows) -> InForce:
    """The months in which each distinct deadline is in force."""
    dated = ~np.isnat(windows.due)
    endless = ~dated & (windows.ongoing | (windows.recurring > 0))
    # A phrase may name a year that the list lacks
    anchor = np.where(dated, windows.due, windows.start)
    listed = windows.year > 0
    year = np.where(listed, windows.year, year_number(anchor))
    known = (dated | endless) & (listed | ~np.isnat(anchor))

    no_start = np.isnat(windows.start)
    start = np.where(no_start, january(year), month_number(windows.start))
    latest_year = year_of_month(np.maximum(january(year), start))
    december = january(latest_year) + MONTHS_A_YEAR - 1
    end = np.where(endless, december, month_number(windows.due))
    # Due in an earlier year than the list's (a slip of the pen): in force in its due month alone
    first = np.minimum(start, end)
    return InForce(
        first=np.where(known, first, 0),
        last=np.where(known, end, 0),
        known=known,
    )


def days_in_force(windows: Windows) -> Days:
    """The first and the last day on which each distinct deadline is in force."""
    months = in_force(windows)
    month_begin = first_day(months.first)
    month_end = first_day(months.last + 1) - 1
    first = np.where(np.isnat(windows.start), month_begin, windows.start)
    last = np.where(np.isnat(windows.due), month_end, windows.due)
    return Days(
        first=np.where(months.known, np.minimum(first, last), NO_DAY),
        last=np.where(months.known, last, NO_DAY),
    )
