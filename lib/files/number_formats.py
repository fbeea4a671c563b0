"""What a cell's number format shows: 46174 is 2026年6月 under yyyy"年"m"月", and 1 is 001 under 000.

A day is written as 2026-06-30 whatever the order of its parts, and 6月30日 where the year is not
shown. Formats that no office list has (fractions, powers of ten, conditions) show nothing here:
their cells stay as a person would type them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        value, section = -value, sections[1]  # which writes the sign itself
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
    kind, text = token.lastgroup or "", token[token.lastgroup or 0]
    if kind == "bracket":
        return _bracket(text)
    if kind == "letter":
        return _Piece("date", text.lower())
    return _Piece(_KINDS.get(kind, "text"), _INSTEAD.get(kind, text))


def _bracket(text: str) -> _Piece:
    """A piece in brackets: a condition, an elapsed time or a currency; colours show nothing."""
    if text.startswith(_CONDITION):
        return _Piece("odd", text)
    if _ELAPSED.fullmatch(text):
        return _Piece("date", "h")
    currency = _CURRENCY.match(text)
    return _Piece("text", currency[1] if currency else "")


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
    letters = "".join(piece.text if piece.kind == "date" else " " for piece in section)
    groups = [match[0] for match in _REPEATED.finditer(letters) if match[1] != " "]
    parts = set()
    for place, group in enumerate(groups):
        letter = group[0]
        if letter in "hs" or (letter == "m" and _are_minutes(groups, place)):
            parts.add("h")
        elif letter in "ye":
            parts.add("y")
        elif letter == "m" or len(group) <= _DAY_OF_MONTH:
            parts.add(letter)
    return parts


def _are_minutes(groups: Sequence[str], place: int) -> bool:
    """Whether an m stands behind hours or before seconds."""
    before = "".join(groups[place - 1 : place])
    after = "".join(groups[place + 1 : place + 2])
    return before.startswith("h") or after.startswith("s")


def _with_time(day: date, part: float) -> str:
    """A day and its time to the second, which is left out at midnight."""
    moment = datetime(day.year, day.month, day.day) + timedelta(seconds=round(part * _SECONDS))
    return str(moment).removesuffix(" 00:00:00")


# --- numbers --------------------------------------------------------------------------------------


def _number(value: float, section: Sequence[_Piece]) -> Shown | None:
    """A number among the texts of its format; None where the format has it in several parts."""
    places = [place for place, piece in enumerate(section) if piece.kind == "digits"]
    texts = ["" if piece.kind == "digits" else piece.text for piece in section]
    if not places:
        return Shown("".join(texts).strip())
    first, last = places[0], places[-1]
    if last - first >= len(places):
        return None
    pattern = "".join(piece.text for piece in section[first : last + 1])
    size = Decimal(format(abs(value), _DIGITS)).scaleb(2 * texts.count("%"))
    digits = _digits(size, pattern)
    if digits is None:
        return None
    texts[first] = digits
    text = "".join(texts).strip()
    if value < 0 and _NOT_ZERO.search(digits):
        text = f"-{text}"
    return Shown(text)


def _digits(size: Decimal, pattern: str) -> str | None:
    """The digits of a number under #,##0.00; None for a pattern that is not understood."""
    if pattern.lower() == "general":
        return format(size.normalize(), "f")
    match = _PATTERN.fullmatch(pattern)
    if match is None or size >= _LARGEST:
        return None
    decimals = match["decimals"] or ""
    size = size.scaleb(-3 * len(match["thousands"]))
    rounded = size.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    grouping = "," if "," in match["whole"] else ""
    whole, _, fraction = format(rounded, f"{grouping}f").partition(".")
    return _whole(whole, match["whole"]) + _fraction(fraction, decimals)


def _whole(digits: str, pattern: str) -> str:
    """The digits before the point, at least as many as the pattern has zeros."""
    least = pattern.count("0")
    if not least:
        digits = digits.removeprefix("0")
    return digits.rjust(least, "0")


def _fraction(digits: str, pattern: str) -> str:
    """The point and the digits behind it, without the zeros that the pattern does not ask for."""
    least = pattern.count("0")
    kept = digits[:least] + digits[least:].rstrip("0")
    if not kept:
        return ""
    return f".{kept}"
