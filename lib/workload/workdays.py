"""Days and working days to a deadline."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from typing import Any, Final, NamedTuple, cast

import numpy as np

from lib.measures import Table

DAY: Final = timedelta(days=1)


def days_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Calendar days to the due date of each row, negative after it, None where there is none."""
    days: list[int | None] = []
    for due in _due_dates(table, rows):
        days.append(None if due is None else (due - as_of).days)
    return days


def workdays_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Working days after `as_of` up to the due date, both public holidays and 调休 workdays taken
    into account.

    Negative after the due date, None where there is none. Source: the State Council's holiday
    notices, as the library `holidays` keeps them. In years that are not yet announced only the
    statutory days are known.
    """
    days: list[int | None] = []
    for due in _due_dates(table, rows):
        days.append(None if due is None else _workdays(as_of, due))
    return days


def _due_dates(table: Table, rows: np.ndarray) -> list[date | None]:
    windows = table.codes.windows
    dates: list[date | None] = windows.due[windows.code[rows]].astype(object).tolist()
    return dates


def _workdays(first: date, last: date) -> int:
    """Working days after the first up to the last day."""
    if last < first:
        return -_workdays(last, first)
    begin, end = first + DAY, last + DAY
    free: list[date] = []
    worked = 0
    for year in range(first.year, last.year + 1):
        of_year = _calendar(year)
        free += of_year.free
        worked += sum(begin <= day < end for day in of_year.worked_weekends)
    return int(np.busday_count(begin, end, holidays=free)) + worked


class _Calendar(NamedTuple):
    """The days off of a year, and the days of its weekends that are worked."""

    free: tuple[date, ...]
    worked_weekends: tuple[date, ...]


@cache
def _calendar(year: int) -> _Calendar:
    """The calendar of a year in China."""
    china = _china()(years=year)
    worked: set[date] = china.weekend_workdays
    return _Calendar(tuple(china), tuple(day for day in worked if day.year == year))


def _china() -> Any:
    """The library's class for China, without the 250 other countries that its package loads.

    They would take 0.2 s of the first page. Each country is a module of its own, for which it is
    enough that its package is there; whoever asks the library for another one still gets it.
    """
    countries = cast(ModuleSpec, find_spec("holidays.countries"))
    sys.modules.setdefault(countries.name, module_from_spec(countries))
    from holidays.countries.china import China

    return China
