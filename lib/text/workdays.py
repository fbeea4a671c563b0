"""Working days in China: weekends, public holidays and the weekends that are worked instead (调休).

Source: the State Council's holiday notices, as the library `holidays` keeps them. In years that are
not yet announced only the statutory days are known.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from typing import Any, Final, NamedTuple, cast

import numpy as np

_DAY: Final = timedelta(days=1)


def between(first: date, last: date) -> int:
    """Count the working days after the first up to the last day, negative where it lies before."""
    return int(between_each(first, np.array([last], "M8[D]"))[0])


def between_each(first: date, last: np.ndarray) -> np.ndarray:
    """Count the working days after a day up to each of some days, negative where it lies before.

    last: datetime64[D].
    """
    if not len(last):
        return np.empty(0, np.int64)
    day = np.datetime64(first, "D")
    begin, end = np.minimum(last, day), np.maximum(last, day)
    days = _days(begin.min().astype(object).year, end.max().astype(object).year)
    weekdays = np.busday_count(begin + 1, end + 1, busdaycal=days.weekdays)
    worked = days.worked_weekends
    weekends = worked.searchsorted(end, "right") - worked.searchsorted(begin, "right")
    count: np.ndarray = np.where(last < day, -1, 1) * (weekdays + weekends)
    return count


def is_workday(day: date) -> bool:
    """Whether it is worked on a day."""
    return between(day - _DAY, day) == 1


def after(first: date, count: int) -> date:
    """Give the working day by which so many have passed since a day, which does not count."""
    day = first
    while count > 0:
        day += _DAY
        count -= between(day - _DAY, day)
    return day


class _Days(NamedTuple):
    """The weekdays that are worked in some years, and the days of weekends, ascending."""

    weekdays: np.busdaycalendar
    worked_weekends: np.ndarray


@lru_cache(maxsize=64)
def _days(first_year: int, last_year: int) -> _Days:
    """The working days from the begin of a year to the end of another."""
    free: list[date] = []
    worked: list[date] = []
    for year in range(first_year, last_year + 1):
        calendar = _calendar(year)
        free += calendar.free
        worked += calendar.worked_weekends
    return _Days(np.busdaycalendar(holidays=free), np.sort(np.array(worked, "M8[D]")))


class _Calendar(NamedTuple):
    """The days off of a year, and the days of its weekends that are worked."""

    free: tuple[date, ...]
    worked_weekends: tuple[date, ...]


@cache
def _calendar(year: int) -> _Calendar:
    """The calendar of a year."""
    china = _china()(years=year)
    worked_weekends: set[date] = china.weekend_workdays
    of_year = [day for day in worked_weekends if day.year == year]
    return _Calendar(tuple(china), tuple(of_year))


def _china() -> Any:
    """The library's class for China, without the 250 other countries that its package loads.

    They would take 0.2 s of the first page. Each country is a module of its own, for which it is
    enough that its package is there; whoever asks the library for another one still gets it.
    """
    countries = cast(ModuleSpec, find_spec("holidays.countries"))
    sys.modules.setdefault(countries.name, module_from_spec(countries))
    from holidays.countries.china import China

    return China
