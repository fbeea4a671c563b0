"""Deadlines that are counted from the day on which the list was issued: 三个月内, 10个工作日内."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from lib.text import workdays
from lib.text.phrases import Window
from lib.text.spellings import CLOSINGS, WITHIN

_ISSUED: Final = "印发|发文|下发|发布|公布|制发|通知|文件|方案"
_SINCE: Final = f"(?:[自从]?(?:本|即日|{_ISSUED})+(?:之日|当日|日)?[起后](?:计算?)?[,的]?)?"
_COUNT: Final = (
    "(?P<number>[1-9][0-9]{0,2}|两|半(?=年))(?P<unit>个?工作日|个月|[日天]|个?周|个?星期|年)"
)
_PHRASE: Final = re.compile(f"{_SINCE}[在于]?{_COUNT}(?P<within>{WITHIN})?(?:{CLOSINGS})*")
# 30日 may be the 30th, and 5年 a number of anything: only these are counted without 内.
_COUNTED_ALONE: Final = ("工作日", "月", "天")
_TWO: Final = "两"
_HALF: Final = "半"
_DAYS_OF_WEEK: Final = 7
_MONTHS_OF_YEAR: Final = 12


def read(text: str, issued: date) -> Window | None:
    """Read a phrase in its one form, not unwrapped.

    The day of issue does not count: ten days from the 1st end on the 11th. A month from 31 January
    ends on the last of February.

    Returns:
        From the day of issue to the last day; None where the phrase is no such count.
    """
    match = _PHRASE.fullmatch(text)
    if match is None:
        return None
    unit = match["unit"].removeprefix("个")
    if not match["within"] and unit not in _COUNTED_ALONE:
        return None
    last = _last_day(match["number"], unit, issued)
    return Window(issued, last)


def _last_day(number: str, unit: str, issued: date) -> date:
    if number == _HALF:
        return _months_after(issued, _MONTHS_OF_YEAR // 2)
    count = 2 if number == _TWO else int(number)
    if unit == "工作日":
        return workdays.after(issued, count)
    if unit == "月":
        return _months_after(issued, count)
    if unit == "年":
        return _months_after(issued, count * _MONTHS_OF_YEAR)
    if unit in ("日", "天"):
        return issued + timedelta(count)
    return issued + timedelta(count * _DAYS_OF_WEEK)


def _months_after(day: date, count: int) -> date:
    """The same day some months later, the last of the month where that is shorter."""
    months_from_january = day.month - 1 + count
    years, months = divmod(months_from_january, _MONTHS_OF_YEAR)
    year = day.year + years
    month = months + 1
    _, length = monthrange(year, month)
    return date(year, month, min(day.day, length))
