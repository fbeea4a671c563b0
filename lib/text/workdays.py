"""Working days in China: weekends, public holidays and the weekends that are worked instead (调休).

Source: the State Council's holiday notices, as the library `holidays` keeps them. In years that are
not yet announced only the statutory days are known.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from typing import Any, Final, NamedTuple, cast

import numpy as np

_DAY: Final = timedelta(days=1)


def between(first: date, last: date) -> int:
    """Count the working days after the first up to the last day, negative where it lies before."""
    if last < first:
        return -between(last, first)
    begin = first + _DAY
    end = last + _DAY
    free: list[date] = []
    worked_weekends = 0
    for year in range(first.year, last.year + 1):
        calendar = _calendar(year)
        free += calendar.free
        worked_weekends += sum(begin <= day < end for day in calendar.worked_weekends)
    weekdays = int(np.busday_count(begin, end, holidays=free))
    return weekdays + worked_weekends


def after(first: date, count: int) -> date:
    """Give the working day by which so many have passed since a day, which does not count."""
    day = first
    while count > 0:
        day += _DAY
        count -= between(day - _DAY, day)
    return day


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
