"""Points in time: each way to name a day, a month, a quarter or a year, and the days it stands for.

The rules are written with the two spellings of `pieces`, so that what is read is also found in a
sentence.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from lib.text import feasts, numerals, pieces
from lib.text.pieces import MONTH, NEXT_YEAR


class Days(NamedTuple):
    """The days that a point stands for.

    Attributes:
        told: the phrase gives its first day: 三季度 does, 8月 does not.
    """

    first: date
    last: date
    told: bool = False


_Meaning = Callable[[re.Match[str], int | None], Days]


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to name a point in time.

    Attributes:
        pattern: how it is written, with the pieces in braces.
        days: from a match and the list's year the days it stands for.
        in_sentence: it is found in a sentence, and not only read where it stands alone.
    """

    pattern: str
    days: _Meaning
    in_sentence: bool = True


def _year(match: re.Match[str], year: int | None) -> int:
    if match["year"]:
        return int(match["year"])
    if year is None:
        raise ValueError(match[0])
    if _is_next_year(match):
        return year + 1
    return year


def _is_next_year(match: re.Match[str]) -> bool:
    word = match.groupdict().get("word")
    return word is not None and re.fullmatch(NEXT_YEAR, word) is not None


def _months(year: int, first: int, last: int, *, told: bool = False) -> Days:
    return Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]), told)


def _end_of(days: Days) -> Days:
    return Days(days.last, days.last)


def _day(match: re.Match[str], year: int | None) -> Days:
    day = date(_year(match, year), int(match["month"]), int(match["day"]))
    return Days(day, day)


def _month(match: re.Match[str], year: int | None) -> Days:
    month = int(match["month"])
    return _months(_year(match, year), month, month)


def _month_end(match: re.Match[str], year: int | None) -> Days:
    return _end_of(_month(match, year))


_LAST: Final = 0  # the last day of the month
_DAYS_OF_THIRD: Final = {
    "初": (1, 10),
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中旬": (11, 20),
    "中下旬": (11, _LAST),
    "下旬": (21, _LAST),
}


def _third(match: re.Match[str], year: int | None) -> Days:
    month = _month(match, year)
    first, last = _DAYS_OF_THIRD[match["third"]]
    if last == _LAST:
        return Days(month.first.replace(day=first), month.last)
    return Days(month.first.replace(day=first), month.first.replace(day=last))


_QUARTER: Final = 3  # months


def _quarter(match: re.Match[str], year: int | None) -> Days:
    last = int(match["quarter"]) * _QUARTER
    return _months(_year(match, year), last - 2, last, told=True)


def _quarter_end(match: re.Match[str], year: int | None) -> Days:
    return _end_of(_quarter(match, year))


def _first_quarters(match: re.Match[str], year: int | None) -> Days:
    count = {"2": 2, "两": 2, "3": 3}[match["count"]]
    return _months(_year(match, year), 1, count * _QUARTER, told=True)


_JANUARY, _JUNE, _JULY, _DECEMBER = 1, 6, 7, 12


def _half(match: re.Match[str], year: int | None) -> Days:
    if match["half"] in "上前":
        return _months(_year(match, year), _JANUARY, _JUNE, told=True)
    return _months(_year(match, year), _JULY, _DECEMBER, told=True)


def _half_end(match: re.Match[str], year: int | None) -> Days:
    return _end_of(_half(match, year))


def _midyear(match: re.Match[str], year: int | None) -> Days:
    return _end_of(_months(_year(match, year), _JANUARY, _JUNE))


def whole_year(match: re.Match[str], year: int | None) -> Days:
    """Give the year that a match names, or else the list's."""
    return _months(_year(match, year), _JANUARY, _DECEMBER)


def _year_end(match: re.Match[str], year: int | None) -> Days:
    return _end_of(whole_year(match, year))


def _feast(match: re.Match[str], year: int | None) -> Days:
    day = feasts.day(match["feast"], _year(match, year))
    return Days(day, day)


def _holiday(match: re.Match[str], year: int | None) -> Days:
    length = feasts.HOLIDAYS.get(match["feast"])
    if length is None:
        raise ValueError(match[0])
    first = _feast(match, year).first
    return Days(first, first + timedelta(length - 1), told=True)


_PLANS_SINCE: Final = 1951  # the first year of 十四五 is fourteen times five years later
_FIVE_YEARS: Final = 5
_TENTH: Final = 10


def _plan(match: re.Match[str], _: int | None) -> Days:
    number = _TENTH + numerals.read(match["plan"])
    first = _PLANS_SINCE + _FIVE_YEARS * number
    return Days(date(first, 1, 1), date(first + _FIVE_YEARS - 1, 12, 31), told=True)


def _plan_end(match: re.Match[str], year: int | None) -> Days:
    return _end_of(_plan(match, year))


# 前 changes nothing after these: 6月30日前 and 6月底前 include the day.
_MOMENTS: Final = (
    Rule("{year}{month}{day}", _day),
    # 6月30 without its 日 is a day; 三月三 is a feast of the moon.
    Rule("{year}{month}(?P<day>3[01]|[12][0-9]|0[1-9])", _day, in_sentence=False),
    # 8-31 is a day, since there is no 31st month; 3-5 may be a day or two months: unread.
    Rule(
        f"{{year}}(?P<month>{MONTH})-(?P<day>1[3-9]|2[0-9]|3[01])",
        _day,
        in_sentence=False,
    ),
    Rule("{year}{month}月?[底末]", _month_end),
    Rule("{year}{quarter}[底末]", _quarter_end),
    Rule("{year}{half}[底末]", _half_end),
    Rule("{in_year}[底末终]", _year_end),
    Rule("{in_year}中", _midyear, in_sentence=False),  # 今年中央…
    Rule("{plan}(?:期末|末期?)", _plan_end),
)
# 前 ends these the day before they begin: 6月前 is 31 May.
_STRETCHES: Final = (
    Rule("{year}{month}{third}", _third),
    Rule("{year}{month}", _month),
    Rule("{year}前{count}个?季度", _first_quarters),
    Rule("{year}{quarter}", _quarter),
    Rule("{year}{half}", _half),
    Rule("{year}{feast}(?:期间|假期)", _holiday),
    Rule("{year}{feast}(?:当[天日])?", _feast),
    Rule("{year}年度?内", whole_year),
    Rule("{named_year}内?", whole_year),
    # In a sentence a plan says what it is about: “十四五”期间….
    Rule("{plan}[期时](?:间|期)", _plan, in_sentence=False),
)

_BEFORE: Final = "(?P<before>(?<![内间期天])(?<!当日)前)?"


_READ: Final = (
    *((re.compile(pieces.in_one_form(f"(?:{rule.pattern})前?")), rule.days) for rule in _MOMENTS),
    *(
        (re.compile(pieces.in_one_form(f"(?:{rule.pattern}){_BEFORE}")), rule.days)
        for rule in _STRETCHES
    ),
)


def point(text: str, year: int | None) -> Days | None:
    """Read a point in time in its one form.

    Returns:
        The days it stands for, or with 前 the day before them; None where the text is none.

    Raises:
        ValueError: there is no such day, or it lacks the year.
    """
    for pattern, days in _READ:
        if match := pattern.fullmatch(text):
            if match.groupdict().get("before"):
                return _eve(match, days(match, year).first)
            return days(match, year)
    return None


def _eve(match: re.Match[str], first: date) -> Days:
    """Give the day before.

    It lies in the year before only where the phrase names the year: 2021年1月前, but not 1月前.
    """
    eve = first - timedelta(1)
    words = match.groupdict()
    if eve.year < first.year and not words.get("year") and not _is_next_year(match):
        if words.get("feast") != feasts.NEW_YEAR:
            raise ValueError(match[0])
        eve = date(first.year, 12, 31)  # an office that writes 元旦前 means the coming one
    return Days(eve, eve)


def printed() -> str:
    """Give the pattern of all points that are found in folded text, the longer before the shorter."""
    rules = [rule.pattern for rule in (*_MOMENTS, *_STRETCHES) if rule.in_sentence]
    in_a_year = [rule.removeprefix("{year}") for rule in rules if rule.startswith("{year}")]
    others = [rule for rule in rules if not rule.startswith("{year}")]
    return pieces.printed(f"(?:{{year}}(?:{'|'.join(in_a_year)})|{'|'.join(others)})")
