"""A cell that holds one day, as a person or a spreadsheet writes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from lib.text import spellings

_DAY: Final = re.compile("(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")


def read(text: str) -> date | None:
    """Read 2026-06-15, 2026-6-15, 2026/6/15, 2026年6月15日, 46188; None for what is no such day."""
    match = _DAY.fullmatch(spellings.normal(text) or "")
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:  # 2月30日
        return None
