"""Ranges and lists of points in time; in them a bare number borrows from its neighbour."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from lib.text import points
from lib.text.pieces import DAY, in_one_form
from lib.text.points import Days
from lib.text.spellings import unwrapped

_UNIT: Final = re.compile(r"[0-9](月|日|季度|年)")
_UP_TO_MONTH: Final = re.compile(in_one_form("{year}{month}"))
_WITHIN_MONTH: Final = re.compile(rf"月?(?:[底末]|[上中下]旬|{DAY}日).*")
_SEPARATOR: Final = re.compile("[、,/和及与]|以及")
_SEPTEMBER: Final = 9  # in which a school year begins
_SCHOOL_YEAR: Final = re.compile(r"(20[0-9]{2})-(20[0-9]{2})学年度?")


def read(text: str, year: int | None) -> Days | None:
    """Read a point, a school year, a range or a list in its one form.

    Returns:
        The days it stands for, of a list the last; None where the text is nothing of these.

    Raises:
        ValueError: there is no such day, or it lacks the year.
    """
    return points.read(text, year) or _school_year(text) or from_to(text, year) or _list(text, year)


def _school_year(text: str) -> Days | None:
    match = _SCHOOL_YEAR.fullmatch(text)
    if match is None:
        return None
    first_year = int(match[1])
    last_year = int(match[2])
    if last_year != first_year + 1:
        return None
    first = date(first_year, _SEPTEMBER, 1)
    next_first = date(last_year, _SEPTEMBER, 1)
    return Days(first, next_first - timedelta(days=1), told=True)


def from_to(text: str, year: int | None) -> Days | None:
    """Read a range: 3-5月, 11月-次年2月, 6月20日-30日; None where it is none or runs backwards."""
    left, dash, right = text.partition("-")
    if not dash or left.endswith("前"):
        return None
    begin = points.read(left, year) or points.read(_with_unit(left, right), year)
    if begin is None:
        return None
    end = _end(_with_month(right, left), begin, year)
    if end is None or end.last < begin.first:
        return None
    return Days(begin.first, end.last, told=True)


def _end(text: str, begin: Days, year: int | None) -> Days | None:
    """Read the end of a range: of the year in which it began, or of the next if that is the list's.

    In a list of 2026 both 6月 of 3月-6月 and that of 2025年10月-6月 are June 2026.
    """
    first_year = begin.first.year
    end = points.read(text, first_year)
    if end and end.last < begin.first and year == first_year + 1:
        return points.read(text, year)
    return end


def _with_unit(text: str, after: str) -> str:
    """3 before 5月 is 3月."""
    unit = _UNIT.search(after)
    if unit is None:
        return text
    return text + unit[1]


def _with_month(text: str, before: str) -> str:
    """30日 after 6月20日 is 6月30日."""
    month = _UP_TO_MONTH.match(before)
    if month is None or not _WITHIN_MONTH.fullmatch(text):
        return text
    return month[0] + text.removeprefix("月")


def _list(text: str, year: int | None) -> Days | None:
    """Read several dates: the last is due. One that goes back in time is not understood."""
    parts = [unwrapped(part) for part in _SEPARATOR.split(text)]
    if len(parts) == 1:
        return None
    latest = date.min
    for before, part in pairwise(["", *parts]):
        days = _listed(_with_month(part, before), parts[-1], year)
        if days is None or days.last < latest:
            return None
        latest = days.last
        year = latest.year
    return Days(latest, latest)


def _listed(part: str, tail: str, year: int | None) -> Days | None:
    days = points.read(part, year) or from_to(part, year)
    if days:
        return days
    return points.read(_with_unit(part, tail), year)
