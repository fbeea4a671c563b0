"""Words in a figure: how wide they are, how they break into lines, and how Plotly shows them as
written.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from lib.i18n import Translator
from lib.text.excerpts import excerpt

TEXT: Final = 13  # pixels, the size of names and numbers
SMALL: Final = 12  # pixels, the size of everything else
LINE: Final = 17  # pixels, the height of a line
MARGIN: Final = 10  # pixels beside words
LATIN: Final = 0.6  # the width of a sign that is not Chinese, of a Chinese one
HOVER_LIMIT: Final = 20  # Chinese characters in a line of what is told on hover
THOUSAND: Final = 1_000
TEN_THOUSAND: Final = 10_000

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", "$": "&#36;", "#": "&#35;"})
# What stays together: a Latin word or number, an opening bracket with what follows, closing marks
# with what precedes.
_UNIT: Final = re.compile(r"[（(〔\[《“‘]*(?:[!-'*-~]+|\S)[，。、；：！？）)〕\]》”’·]*\s*")
_BRACKET: Final = re.compile(r"(?=[（(〔])")
# A number before its heading (一、) is no clause of its own
_CLAUSE: Final = re.compile(
    r"(?:^[一二三四五六七八九十]+、)?[^，、；：。]+[，、；：。]*\s*|[，、；：。]+\s*"
)


def plain(text: str) -> str:
    """A text as Plotly must be given it to show it as written: no tags, entities, formulas or theme
    colours.
    """
    return text.translate(_ESCAPES)


def in_lines(lines: Iterable[str], bold: bool = False) -> str:
    """Lines one below the other, as Plotly must be given them."""
    text = "<br>".join(map(plain, lines))
    if bold:
        return f"<b>{text}</b>"
    return text


def heading(text: str) -> str:
    """A name as the heading of what is told on hover."""
    return in_lines(wrapped(text, HOVER_LIMIT), bold=True)


def ems(text: str) -> float:
    """The width of a text in Chinese characters."""
    return sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return LATIN


def room_for(texts: Iterable[str], size: int = TEXT) -> int:
    """The pixels that the widest of some texts needs."""
    widest = max(map(ems, texts), default=0.0)
    return int(widest * size) + MARGIN


def wrapped(text: str, limit: int) -> tuple[str, ...]:
    """A text in full, in as few lines as possible, of about equal width.

    Longer words are broken; a bracket begins a line of its own, and clauses end theirs, where that
    costs no line. Of more than a thousand characters it is the beginning.

    Args:
        limit: how many Chinese characters a line holds.
    """
    return _wrapped(excerpt(text), limit)


@lru_cache(maxsize=4096)
def _wrapped(text: str, limit: int) -> tuple[str, ...]:
    units: list[str] = []
    for unit in _UNIT.findall(text):
        units += _chopped(unit, limit)
    least_lines = len(_filled(units, limit))
    by_brackets = _by_brackets(text, limit)
    if by_brackets and len(by_brackets) <= least_lines:
        return tuple(by_brackets)
    clauses = _filled(_CLAUSE.findall(text), limit)
    all_fit = max(map(ems, clauses)) <= limit
    if len(clauses) == least_lines and all_fit:
        return tuple(clauses)
    return tuple(_evenly(units, limit, least_lines))


def _chopped(unit: str, limit: int) -> list[str]:
    """A unit in parts of equal length that fit a line each."""
    parts = math.ceil(ems(unit) / limit)
    size = math.ceil(len(unit) / parts)
    return [unit[start : start + size] for start in range(0, len(unit), size)]


def _filled(units: Iterable[str], limit: float) -> list[str]:
    """Units in lines, each as full as it gets."""
    lines: list[str] = []
    for unit in units:
        if lines and ems(lines[-1] + unit.rstrip()) <= limit:
            lines[-1] += unit
        else:
            lines.append(unit)
    return [line.rstrip() for line in lines] or [""]


def _by_brackets(text: str, limit: int) -> list[str]:
    """The lines of a text whose brackets begin lines of their own; none where no bracket follows
    its first sign.
    """
    parts = _BRACKET.split(text)
    if len(parts) == 1 or not parts[0]:
        return []
    lines: list[str] = []
    for part in parts:
        lines += wrapped(part, limit)
    return lines


def _evenly(units: list[str], limit: int, count: int) -> list[str]:
    """Units in so many lines, filled to the least width for which that many are enough."""
    width_of_all = ems("".join(units))
    least_width = int(width_of_all / count)
    for width in range(least_width, limit):
        lines = _filled(units, width)
        if len(lines) == count:
            return lines
    return _filled(units, limit)


def short_number(count: float, t: Translator) -> str:
    """A count as it stands at a bar: 8, 13.5, 8,824, 8.3 万."""
    if count < TEN_THOUSAND:
        return f"{count:,g}"
    wan = f"{count / TEN_THOUSAND:.3g}"
    thousands = f"{count / THOUSAND:.4g}"
    return t("chart.big", wan=wan, k=thousands)
