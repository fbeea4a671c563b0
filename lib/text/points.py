"""Points in time: each way to name a day, a month, a quarter or a year, and the days it stands for.

The rules are written with the two spellings of `pieces`, so that what is read is also found in a
sentence.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from lib.text import feasts, numerals, pieces


class Days(NamedTuple):
    """The days that a point stands for.

    Attributes:
        told: the phrase gives its first day: 三季度 does, 8月 does not.
    """

    first: date
    last: date
    told: bool = False


class Named(NamedTuple):
    """The pieces that a phrase names a point by, and the year of its list."""

    pieces: dict[str, str | None]
    list_year: int | None

    def __str__(self) -> str:
        return "".join(word for word in self.pieces.values() if word)

    def word(self, piece: str) -> str:
        """Give a piece as written, "" where the phrase has none."""
        return self.pieces.get(piece) or ""

    def number(self, piece: str) -> int:
        """Give a piece as a number."""
        return int(self.word(piece))

    @property
    def is_next_year(self) -> bool:
        """Whether it is said to be of the year after the list's."""
        return self.word("word") in pieces.NEXT_YEAR.split("|")

    @property
    def names_its_year(self) -> bool:
        """Whether its year is another than the list's, or could be."""
        return self.is_next_year or bool(self.word("year"))

    @property
    def year(self) -> int:
        """The year it lies in; ValueError where neither the phrase nor the list tells."""
        if self.word("year"):
            return self.number("year")
        if self.list_year is None:
            raise ValueError(str(self))
        if self.is_next_year:
            return self.list_year + 1
        return self.list_year


_JANUARY: Final = 1
_JUNE: Final = 6
_JULY: Final = 7
_DECEMBER: Final = 12


def _months(year: int, first: int, last: int, *, told: bool = False) -> Days:
    _, length = monthrange(year, last)
    return Days(date(year, first, 1), date(year, last, length), told)


def _end_of(days: Days) -> Days:
    return Days(days.last, days.last)


def _day(named: Named) -> Days:
    day = date(named.year, named.number("month"), named.number("day"))
    return Days(day, day)


def _month(named: Named) -> Days:
    month = named.number("month")
    return _months(named.year, month, month)


def _month_end(named: Named) -> Days:
    return _end_of(_month(named))


_TO_THE_END: Final = 0
_DAYS_OF_THIRD: Final = {
    "初": (1, 10),
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中旬": (11, 20),
    "中下旬": (11, _TO_THE_END),
    "下旬": (21, _TO_THE_END),
}


def _third(named: Named) -> Days:
    month = _month(named)
    first, last = _DAYS_OF_THIRD[named.word("third")]
    begin = month.first.replace(day=first)
    if last == _TO_THE_END:
        return Days(begin, month.last)
    return Days(begin, month.first.replace(day=last))


_MONTHS_OF_QUARTER: Final = 3


def _quarter(named: Named) -> Days:
    last = named.number("quarter") * _MONTHS_OF_QUARTER
    first = last - _MONTHS_OF_QUARTER + 1
    return _months(named.year, first, last, told=True)


def _quarter_end(named: Named) -> Days:
    return _end_of(_quarter(named))


def _first_quarters(named: Named) -> Days:
    if named.word("count") == "两":
        return _months(named.year, _JANUARY, _JUNE, told=True)
    last = named.number("count") * _MONTHS_OF_QUARTER
    return _months(named.year, _JANUARY, last, told=True)


def _half(named: Named) -> Days:
    if named.word("half") in ("上", "前"):
        return _months(named.year, _JANUARY, _JUNE, told=True)
    return _months(named.year, _JULY, _DECEMBER, told=True)


def _half_end(named: Named) -> Days:
    return _end_of(_half(named))


def _midyear(named: Named) -> Days:
    return _end_of(_months(named.year, _JANUARY, _JUNE))


def _year(named: Named) -> Days:
    return _months(named.year, _JANUARY, _DECEMBER)


def _year_end(named: Named) -> Days:
    return _end_of(_year(named))


def _feast(named: Named) -> Days:
    day = feasts.day(named.word("feast"), named.year)
    return Days(day, day)


def _holiday(named: Named) -> Days:
    length = feasts.HOLIDAYS.get(named.word("feast"))
    if length is None:
        raise ValueError(str(named))
    first = _feast(named).first
    return Days(first, first + timedelta(length - 1), told=True)


_PLANS_SINCE: Final = 1951  # 十四五 began fourteen times five years later
_FIVE_YEARS: Final = 5
_TENTH: Final = 10


def _plan(named: Named) -> Days:
    number = _TENTH + numerals.read(named.word("plan"))
    first = _PLANS_SINCE + _FIVE_YEARS * number
    last = first + _FIVE_YEARS - 1
    return Days(date(first, _JANUARY, 1), date(last, _DECEMBER, 31), told=True)


def _plan_end(named: Named) -> Days:
    return _end_of(_plan(named))


class _Rule(NamedTuple):
    """A way to name a point in time.

    Attributes:
        pattern: how it is written, with the pieces in braces.
        days: the days that it stands for.
        in_sentence: it is found in a sentence, and not only read where it stands alone.
    """

    pattern: str
    days: Callable[[Named], Days]
    in_sentence: bool = True


_OF_A_YEAR: Final = "{year}"  # with which most patterns begin

# 前 changes nothing after these: 6月30日前 and 6月底前 include the day.
_MOMENTS: Final = (
    _Rule("{year}{month}{day}", _day),
    # 6月30 without its 日 is a day; 三月三 is a feast of the moon.
    _Rule("{year}{month}(?P<day>3[01]|[12][0-9]|0[1-9])", _day, in_sentence=False),
    # 8-31 is a day, since there is no 31st month; 3-5 may be a day or two months: unread.
    _Rule("{year}(?P<month>1[0-2]|0?[1-9])-(?P<day>1[3-9]|2[0-9]|3[01])", _day, in_sentence=False),
    _Rule("{year}{month}月?[底末]", _month_end),
    _Rule("{year}{quarter}[底末]", _quarter_end),
    _Rule("{year}{half}[底末]", _half_end),
    _Rule("{in_year}[底末终]", _year_end),
    # In a sentence 今年中 may go on with 央 or 秋.
    _Rule("{in_year}中", _midyear, in_sentence=False),
    _Rule("{plan}(?:期末|末期?)", _plan_end),
)
# 前 ends these the day before they begin: 6月前 is 31 May.
_STRETCHES: Final = (
    _Rule("{year}{month}{third}", _third),
    _Rule("{year}{month}", _month),
    _Rule("{year}前{count}个?季度", _first_quarters),
    _Rule("{year}{quarter}", _quarter),
    _Rule("{year}{half}", _half),
    _Rule("{year}{feast}(?:期间|假期)", _holiday),
    _Rule("{year}{feast}(?:当[天日])?", _feast),
    # In a sentence 半年内 and 三年内 have it at their end.
    _Rule("{year}(?<![0-9一二三四五六七八九十两半几多])年度?内", _year),
    _Rule("{named_year}内?", _year),
    # In a sentence a plan says what it is about: “十四五”期间….
    _Rule("{plan}[期时](?:间|期)", _plan, in_sentence=False),
)
_BEFORE: Final = "(?P<before>(?<![内间期天])(?<!当日)前)?"


class _Reader(NamedTuple):
    """A rule for text in its one form."""

    pattern: re.Pattern[str]
    days: Callable[[Named], Days]


def _reader(rule: _Rule, before: str) -> _Reader:
    """A rule, with the pattern of a 前 after it."""
    pattern = pieces.in_one_form(f"(?:{rule.pattern}){before}")
    return _Reader(re.compile(pattern), rule.days)


_READERS: Final = (
    *(_reader(rule, "前?") for rule in _MOMENTS),
    *(_reader(rule, _BEFORE) for rule in _STRETCHES),
)


def read(text: str, year: int | None) -> Days | None:
    """Read a point in time in its one form.

    Returns:
        The days it stands for, or with 前 the day before them; None where the text is none.

    Raises:
        ValueError: there is no such day, or it lacks the year.
    """
    for pattern, days_of in _READERS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        named = Named(match.groupdict(), year)
        days = days_of(named)
        if named.word("before"):
            return _eve(named, days.first)
        return days
    return None


def _eve(named: Named, first: date) -> Days:
    """Give the day before.

    It lies in the year before only where the phrase names the year: 2021年1月前, but not 1月前.
    """
    eve = first - timedelta(1)
    if eve.year < first.year and not named.names_its_year:
        if named.word("feast") != feasts.NEW_YEAR:
            raise ValueError(str(named))
        eve = date(first.year, _DECEMBER, 31)  # an office that writes 元旦前 means the coming one
    return Days(eve, eve)


def printed() -> str:
    """Give the pattern of the points in folded text, the longer before the shorter."""
    rules = [rule.pattern for rule in _MOMENTS + _STRETCHES if rule.in_sentence]
    in_a_year = []
    others = []
    for rule in rules:
        if rule.startswith(_OF_A_YEAR):
            in_a_year.append(rule.removeprefix(_OF_A_YEAR))
        else:
            others.append(rule)
    after_year = "|".join(in_a_year)
    without_year = "|".join(others)
    return pieces.printed(f"(?:{_OF_A_YEAR}(?:{after_year})|{without_year})")
