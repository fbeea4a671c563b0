"""Deadlines that may be a slip of the year: 2025年6月底前 or 2062年 in a list of 2026."""

from __future__ import annotations

import re
from typing import Final

from lib.text import folding
from lib.text.phrases import Window

_LATEST: Final = 10  # years after its list's in which a deadline may lie
_PLAN: Final = re.compile("十[三四五六七]五")
_SEVERAL_YEARS: Final = re.compile(
    "20[0-9]{2} *+年?度? *+[-至到] *+(?:20[0-9]{2}|[0-9]{2} *+[年学])"
    "|[两二三四五六2-6] *年 *(?:行动|计划|规划|攻坚|滚动|整治|整改|提升|工作|任务|方案|实施)"
    f"|{_PLAN.pattern}|中长期"
)


def is_likely(phrase: str, window: Window, year: int) -> bool:
    """Whether a deadline is due in a year that its list can hardly mean.

    What goes on or comes again, and what spans several years, is no slip.

    Args:
        phrase: the deadline as printed.
        window: what it says.
        year: the list's, 0 for none.
    """
    if window.due is None or not year:
        return False
    if window.ongoing or window.recurring:
        return False
    due_year = window.due.year
    spans_several = window.start and window.start.year != due_year
    if spans_several or _PLAN.search(folding.fold(phrase)):
        return False
    return not year <= due_year <= year + _LATEST


def spans_years(name: str) -> bool:
    """Whether a list is by its name one of several years: 2024—2026年, 三年行动, 十四五."""
    return _SEVERAL_YEARS.search(folding.fold(name)) is not None


def shown(phrase: str, window: Window, year: int) -> str:
    """What is to be checked: the list's year, the phrase, and the day on which it is due."""
    return f"{year} · {phrase} → {window.due}"
