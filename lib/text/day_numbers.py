"""Days as the numbers that a spreadsheet keeps them in: 46356 is 30 November 2026."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

CALENDAR: Final = date(1899, 12, 30)  # day 0
_FIRST: Final = 36_526  # 1 January 2000
_LAST: Final = 55_153  # 31 December 2050: a larger number is likelier to be a sum
_NUMBER: Final = "([0-9]{5})(?:[.][0-9]{1,12})?"  # the fraction is the time of the day
_NUMBERS: Final = re.compile(f"{_NUMBER}(?:[-至]{_NUMBER})?")


def in_words(text: str) -> str:
    """Write a number of a day, or two of them as from and to, as dates: 2026年11月30日.

    Returns:
        The dates; "" where the text is no such number.
    """
    match = _NUMBERS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return ""
    numbers = [int(number) for number in match.groups() if number]
    if min(numbers) < _FIRST or max(numbers) > _LAST:
        return ""
    return "至".join(map(_day, numbers))


def _day(number: int) -> str:
    day = CALENDAR + timedelta(number)
    return f"{day.year}年{day.month}月{day.day}日"
