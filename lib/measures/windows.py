"""Years and deadlines: each pair of phrase and year is read once."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import pyarrow as pa

from lib.measures import schema
from lib.measures.model import EMPTY, READ, UNREADABLE, Windows
from lib.text import deadlines, numerals

YEARS: Final = deadlines.YEARS
_YEAR: Final = re.compile(rf"[0-9{numerals.DIGITS}零]{{4}}")


def year_of(text: str) -> int:
    """2020, 2020年, 2020年度 or 二〇二〇年 as a number, 0 where it is none between 2000 and 2099."""
    plain = (
        unicodedata.normalize("NFKC", text)
        .strip()
        .removesuffix("度")
        .removesuffix("年")
        .removesuffix(".0")
    )
    if not _YEAR.fullmatch(plain):
        return 0
    year = numerals.read(plain)
    return year if year in YEARS else 0


def window_of(phrase: str, year: int) -> tuple[deadlines.Window, int]:
    if not phrase:
        return deadlines.Window(None, None), EMPTY
    window = deadlines.read(phrase, year or None)
    return (window, READ) if window else (deadlines.Window(None, None), UNREADABLE)


def window_columns(windows: Windows) -> dict[str, pa.Array]:
    code = pa.array(windows.code)
    return {
        "start": pa.array(windows.start, pa.date32()).take(code),
        "due": pa.array(windows.due, pa.date32()).take(code),
        "ongoing": pa.array(windows.ongoing).take(code),
        "recurring": pa.array([schema.RECURRING[i] for i in windows.recurring], pa.string()).take(
            code
        ),
    }
