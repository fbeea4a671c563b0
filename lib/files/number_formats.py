"""What a cell's number format shows: 46174 is 2026年6月 under yyyy"年"m"月", and 1 is 001 under 000.

A day is written as 2026-06-30 whatever the order of its parts, and 6月30日 where the year is not
shown. Formats that no office list has (fractions, powers of ten, conditions) show nothing here:
their cells stay as a person would type them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from lib.text.day_numbers import CALENDAR

CALENDAR_1904: Final = date(1904, 1, 1)
_FIRST_DAY: Final = 61  # 1 March 1900: before it Excel counts a day that never was
_LAST_DAY: Final = 2_958_465  # 31 December 9999
_LARGEST: Final = 1e15  # up to which a number is shown with all its digits
_DIGITS: Final = ".15g"  # as many as Excel keeps
_SECONDS: Final = 86_400  # of a day

# The formats that every workbook knows by number, as Chinese Excel and WPS show them
_YEAR_MONTH: Final = 'yyyy"年"m"月"'
_MONTH_DAY: Final = 'm"月"d"日"'
_DAY: Final = "yyyy-m-d"
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: _DAY,
    15: _DAY,
    16: _MONTH_DAY,
    17: _YEAR_MONTH,
    22: "yyyy-m-d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: _DAY,
    31: _DAY,
    36: _YEAR_MONTH,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
_KEPT: Final = 5000  # formats, and numbers under them, that need not be read again
_WITH_ZERO: Final = 3  # sections that a format has where zero has its own
PLAIN: Final = frozenset({"", "general", "@"})  # formats that show what was typed
NOTHING: Final = ";;;"  # a format that shows neither numbers nor texts

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|[_*](?P<room>.)"
    r"|(?P<general>General)"
    r"|(?P<odd>E[+-]|@)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<digit>[0#?,.])"
    r"|(?P<letter>[ymdhseabg])"
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_KINDS: Final = {"general": "digits", "digit": "digits", "odd": "odd", "noon": "date"}
_INSTEAD: Final = {"noon": "h", "room": ""}  # what stands for a piece
_CONDITION: Final = ("<", ">", "=")
_ELAPSED: Final = re.compile("h+|m+|s+", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\$([^-]*)")  # as in [$¥-804]
_REPEATED: Final = re.compile(r"(.)\1*")
_DAY_OF_MONTH: Final = 2  # letters that it has at most: ddd is the day of the week
_THOUSAND: Final = 3  # zeros, that a comma after the digits leaves out
_NOT_ZERO: Final = re.compile("[1-9]")
_PATTERN: Final = re.compile(
    r"(?P<whole>(?:,*+[0#?]++)*+)(?P<thousands>,*+)(?:\.(?P<decimals>[0#?]*+))?"
)


class Shown(NamedTuple):
    """A cell's text, and its year where it is a day or a month that is shown without it."""

    text: str
    year: int | None = None


class _Piece(NamedTuple):
    """A piece of a format.

    kind: text, date (a letter of a day or a time), digits, or odd for what is not understood.
    """

    kind: str
    text: str


@lru_cache(_KEPT)
def shown(value: float, code: str, calendar: date = CALENDAR) -> Shown | None:
    """What a number looks like, None where it is as a person would type it."""
    if not abs(value) < _LARGEST:
        return None
    sections = _sections(code)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section = sections[1]
        value = -value  # the section writes the sign itself
    elif value == 0 and len(sections) >= _WITH_ZERO:
        section = sections[2]
    kinds = {piece.kind for piece in section}
    if "odd" in kinds:
        return None
    if "date" in kinds:
        return _date(value, section, calendar)
    return _number(value, section)


# --- the format -----------------------------------------------------------------------------------


@lru_cache(_KEPT)
def _sections(code: str) -> tuple[tuple[_Piece, ...], ...]:
    """The pieces of a format's sections: for positive numbers, negative ones, zero and text."""
    sections: list[list[_Piece]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["sign"] == ";":
            sections.append([])
        else:
            sections[-1].append(_piece(token))
    return tuple(map(tuple, sections))


def _piece(token: re.Match[str]) -> _Piece:
    group = token.lastgroup or ""
    text = token[group]
    if group == "bracket":
        return _bracket(text)
    if group == "letter":
        return _Piece("date", text.lower())
    kind = _KINDS.get(group, "text")
    return _Piece(kind, _INSTEAD.get(group, text))


def _bracket(text: str) -> _Piece:
    """A piece in brackets: a condition, an elapsed time or a currency; colours show nothing."""
    if text.startswith(_CONDITION):
        return _Piece("odd", text)
    if _ELAPSED.fullmatch(text):
        return _Piece("date", "h")
    currency = _CURRENCY.match(text)
    if currency:
        return _Piece("text", currency[1])
    return _Piece("text", "")


# --- dates ----------------------------------------------------------------------------------------


def _date(value: float, section: Sequence[_Piece], calendar: date) -> Shown | None:
    """The parts of a day that the format shows; None for a time alone, or for no day at all."""
    days_before = (calendar - CALENDAR).days
    if not _FIRST_DAY <= value + days_before < _LAST_DAY:
        return None
    parts = _date_parts(section)
    day = calendar + timedelta(days=int(value))
    if "y" not in parts:
        return _without_year(day, parts)
    if "m" not in parts:
        return Shown(_year(day, section))
    if "d" not in parts:
        return Shown(f"{day.year}年{day.month}月")
    if "h" not in parts:
        return Shown(str(day))
    return Shown(_with_time(day, value % 1))


def _year(day: date, section: Sequence[_Piece]) -> str:
    """The year, and 年 where the format has it."""
    literals = "".join(piece.text for piece in section)
    if "年" in literals:
        return f"{day.year}年"
    return str(day.year)


def _without_year(day: date, parts: set[str]) -> Shown | None:
    text = ""
    if "m" in parts:
        text = f"{day.month}月"
    if "d" in parts:
        text += f"{day.day}日"
    if not text:
        return None
    return Shown(text, day.year)


def _date_parts(section: Sequence[_Piece]) -> set[str]:
    """The letters y, m, d and h (for any time of day) of what a format shows."""
    letters = "".join(map(_letters, section))
    groups = [match[0] for match in _REPEATED.finditer(letters) if match[1] != " "]
    padded = ["", *groups, ""]
    parts: set[str] = set()
    for place, group in enumerate(groups, 1):
        before = padded[place - 1]
        after = padded[place + 1]
        parts.add(_part(before, group, after))
    return parts - {""}


def _letters(piece: _Piece) -> str:
    """The letters of a day or a time, a space for anything else."""
    if piece.kind == "date":
        return piece.text
    return " "


def _part(before: str, group: str, after: str) -> str:
    """What equal letters between two other groups stand for: y, m, d, h, or "" for a weekday."""
    letter = group[0]
    are_minutes = letter == "m" and (before.startswith("h") or after.startswith("s"))
    if are_minutes or letter in "hs":
        return "h"
    if letter in "ye":
        return "y"
    if letter == "m" or len(group) <= _DAY_OF_MONTH:
        return letter
    return ""


def _with_time(day: date, part: float) -> str:
    """A day and its time to the second, which is left out at midnight."""
    midnight = datetime(day.year, day.month, day.day)
    seconds = round(part * _SECONDS)
    moment = midnight + timedelta(seconds=seconds)
    return str(moment).removesuffix(" 00:00:00")


# --- numbers --------------------------------------------------------------------------------------


def _number(value: float, section: Sequence[_Piece]) -> Shown | None:
    """A number among the texts of its format; None where the format has it in several parts."""
    places = [place for place, piece in enumerate(section) if piece.kind == "digits"]
    if not places:
        return Shown(_joined(section))
    first = places[0]
    end = places[-1] + 1
    if end - first > len(places):
        return None

    before = section[:first]
    after = section[end:]
    pattern = "".join(piece.text for piece in section[first:end])
    percents = sum(piece.text == "%" for piece in section)
    size = Decimal(format(abs(value), _DIGITS))
    digits = _digits(size.scaleb(2 * percents), pattern)
    if digits is None:
        return None
    text = _joined([*before, _Piece("text", digits), *after])
    if value < 0 and _NOT_ZERO.search(digits):
        return Shown(f"-{text}")
    return Shown(text)


def _joined(pieces: Iterable[_Piece]) -> str:
    text = "".join(piece.text for piece in pieces)
    return text.strip()


def _digits(size: Decimal, pattern: str) -> str | None:
    """The digits of a number under #,##0.00; None for a pattern that is not understood."""
    if pattern.lower() == "general":
        return format(size.normalize(), "f")
    match = _PATTERN.fullmatch(pattern)
    if match is None or size >= _LARGEST:
        return None
    decimals = match["decimals"] or ""
    zeros_left_out = _THOUSAND * len(match["thousands"])
    last_digit = Decimal(1).scaleb(-len(decimals))
    scaled = size.scaleb(-zeros_left_out)
    rounded = scaled.quantize(last_digit, ROUND_HALF_UP)
    grouping = "," if "," in match["whole"] else ""
    digits = format(rounded, f"{grouping}f")
    whole, _, fraction = digits.partition(".")
    return _whole(whole, match["whole"]) + _fraction(fraction, decimals)


def _whole(digits: str, pattern: str) -> str:
    """The digits before the point, at least as many as the pattern has zeros."""
    least = pattern.count("0")
    if not least:
        digits = digits.removeprefix("0")
    return digits.rjust(least, "0")


def _fraction(digits: str, pattern: str) -> str:
    """The point and the digits after it, without the zeros that the pattern does not ask for."""
    least = pattern.count("0")
    asked_for = digits[:least]
    further = digits[least:].rstrip("0")
    kept = asked_for + further
    if not kept:
        return ""
    return f".{kept}"
