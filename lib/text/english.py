"""Deadline phrases of an English list, in the words of a Chinese one.

by June 2026 is left unread: it may mean the end of June, or that of May.
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR: Final = "20[0-9]{2}"
_BY: Final = "(?:by|before|until|till|no later than|not later than|on or before|due)?(?: the)? *"
_END_OF: Final = "(?:the )?(?:end of|end|late)(?: the)? "

# A whole phrase, and what it says; {month} is the month's number.
_DATED: Final = (
    (rf"{_BY}(?P<day>{_DAY}) (?:of )?(?P<m>{_MONTH}),? ?(?P<y>{_YEAR})?", "{year}{month}月{day}日"),
    (rf"{_BY}(?P<m>{_MONTH}) (?P<day>{_DAY}),? ?(?P<y>{_YEAR})?", "{year}{month}月{day}日"),
    (rf"{_BY}{_END_OF}(?P<m>{_MONTH}),? ?(?P<y>{_YEAR})?", "{year}{month}月底前"),
    (rf"(?:in |during )?(?P<m>{_MONTH}),? ?(?P<y>{_YEAR})?", "{year}{month}月"),
    (
        rf"(?P<from>{_MONTH}),? ?(?P<x>{_YEAR})? ?(?:to|until|-) ?(?P<m>{_MONTH}),? ?(?P<y>{_YEAR})?",
        "{first_year}{first}月至{year}{month}月",
    ),
    (rf"{_BY}(?:{_END_OF})?q(?P<q>[1-4]),? ?(?P<y>{_YEAR})?", "{year}{q}季度"),
    (rf"{_BY}(?:the )?first half(?: of)?(?: the year)?,? ?(?P<y>{_YEAR})?", "{year}上半年"),
    (rf"{_BY}(?:the )?second half(?: of)?(?: the year)?,? ?(?P<y>{_YEAR})?", "{year}下半年"),
    (rf"{_BY}{_END_OF}(?P<y>{_YEAR})", "{year}底前"),
    (rf"{_BY}(?:{_END_OF}(?:the )?year|year[- ]end)", "年底前"),
)
_UNDATED: Final = (
    ("ongoing|on-going|continuous(?:ly)?|permanent|long[- ]term|open[- ]ended|standing", "长期"),
    ("(?:all|whole|full|throughout the|all the) ?-?year|year[- ]round|all year round", "全年"),
    ("monthly|(?:every|each) month", "每月"),
    ("quarterly|(?:every|each) quarter", "每季度"),
    ("weekly|(?:every|each) week", "每周"),
    ("half[- ]yearly|every (?:six|6) months|twice a year", "每半年"),
    ("yearly|annual(?:ly)?|(?:every|each) year", "每年"),
    ("immediate(?:ly)?|at once", "立即"),
)
_PATTERNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), words) for pattern, words in (*_DATED, *_UNDATED)
)


def in_chinese(phrase: str) -> str:
    """The same phrase in Chinese, "" where it is none of an English list."""
    if not phrase.isascii():
        return ""
    for pattern, words in _PATTERNS:
        match = pattern.fullmatch(phrase)
        if match:
            return words.format_map(_parts(match))
    return ""


def _parts(match: re.Match[str]) -> dict[str, str]:
    """The parts of a date, as Chinese writes them; empty where the phrase lacks them."""
    pieces = {name: text for name, text in match.groupdict().items() if text}
    last_year = _with_year(pieces.get("y"))
    return {
        "day": re.sub("[a-z]", "", pieces.get("day", ""), flags=re.IGNORECASE),
        "month": _number(pieces.get("m")),
        "year": last_year,
        "first": _number(pieces.get("from")),
        "first_year": _with_year(pieces.get("x")) or last_year,
        "q": pieces.get("q", ""),
    }


def _with_year(year: str | None) -> str:
    if year:
        return f"{year}年"
    return ""


def _number(month: str | None) -> str:
    """The number of a month: September is 9."""
    if not month:
        return ""
    place = _MONTHS.index(month[:3].lower())
    return str(place + 1)
