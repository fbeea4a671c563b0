"""The deadlines of a table: each pair of phrase and year is read once."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.measures import placeholders, schema
from lib.measures.cells import Cells
from lib.measures.model import EMPTY, READ, UNREADABLE, Windows
from lib.measures.years import by_year
from lib.text import day_numbers, deadlines, slips
from lib.text.deadlines import Window

NO_WINDOW: Final = Window(None, None)
_NO_DEADLINE: Final = (placeholders.MISSING, placeholders.DITTO)


class Reading(NamedTuple):
    """What a phrase says. kind: READ, EMPTY or UNREADABLE."""

    window: Window
    kind: int


def reading_of(phrase: str, year: int) -> Reading:
    """Read a phrase in its list's year, 0 for none."""
    if not phrase or placeholders.kind_of(phrase) in _NO_DEADLINE:
        return Reading(NO_WINDOW, EMPTY)
    window = deadlines.read(phrase, year or None)
    if window is None:
        return Reading(NO_WINDOW, UNREADABLE)
    return Reading(window, READ)


def windows_of(cells: Cells, years: np.ndarray) -> Windows:
    """Read the deadlines of a table. Reports what is missing or can't be read."""
    coded = cells.coded["deadline"]
    texts: list[str] = coded.dictionary.to_pylist()
    code, meanings = by_year(coded.indices.to_numpy(), years)
    phrases = [texts[text] for text, _ in meanings]
    year_of_code = [year for _, year in meanings]
    readings = [reading_of(*entry) for entry in zip(phrases, year_of_code, strict=True)]
    found = [reading.window for reading in readings]
    windows = Windows(
        code=code,
        phrase=phrases,
        start=np.array([window.start for window in found], "datetime64[D]"),
        due=np.array([window.due for window in found], "datetime64[D]"),
        ongoing=np.array([window.ongoing for window in found], bool),
        recurring=np.array([schema.RECURRING.index(window.recurring) for window in found], np.int8),
        year=np.array(year_of_code, np.int16),
        kind=np.array([reading.kind for reading in readings], np.int8),
    )
    if "deadline" in cells:
        _report(cells, windows)
        _report_doubts(cells, windows, found)
    return windows


def _report(cells: Cells, windows: Windows) -> None:
    is_missing = windows.kind == EMPTY
    entries = zip(windows.kind, windows.year, windows.phrase, strict=True)
    is_unreadable = np.array([_is_unreadable(*entry) for entry in entries], bool)
    for code, is_wrong in (
        ("deadline_missing", is_missing),
        ("deadline_unreadable", is_unreadable),
    ):
        if is_wrong.any():
            cells.report_each(code, "deadline", is_wrong[windows.code])


def _is_unreadable(kind: int, year: int, phrase: str) -> bool:
    """Whether more than the year is wanting, which is said already: of 年度, or of its column."""
    if kind != UNREADABLE:
        return False
    return year > 0 or deadlines.read(phrase, deadlines.YEARS.start) is None


def said_of_number(phrase: str, window: Window) -> str:
    """Say as which day a number was read, to be checked; "" where the phrase is no number."""
    if not day_numbers.in_words(phrase):
        return ""
    return f"{phrase} → {window.due}"


def said_of_slip(phrase: str, window: Window, year: int) -> str:
    """Say what may be a slip of the year; "" where it is likely to be none."""
    if not slips.is_likely(phrase, window, year):
        return ""
    return slips.shown(phrase, window, year)


def _report_doubts(cells: Cells, windows: Windows, found: list[Window]) -> None:
    """Report what was read and is to be checked: numbers of days, and slips of the year."""
    header = cells.header("deadline")
    numbers = list(map(said_of_number, windows.phrase, found))
    cells.report.add_said("day_number", header, windows.code, numbers)
    said = list(map(said_of_slip, windows.phrase, found, windows.year.tolist()))
    if any(said):
        lists = cells.coded["list"]
        spans = list(map(slips.spans_years, lists.dictionary.to_pylist()))
        is_spanned = np.array(spans, bool)[lists.indices.to_numpy()]
        # The last code says nothing: that of the rows whose list is one of several years.
        codes = np.where(is_spanned, len(said), windows.code)
        cells.report.add_said("deadline_year", header, codes, [*said, ""])


def window_columns(windows: Windows) -> dict[str, pa.Array]:
    """The columns of the rows that are derived from the deadlines."""
    code = pa.array(windows.code)
    recurring = [schema.RECURRING[position] for position in windows.recurring]
    return {
        "start": pa.array(windows.start, pa.date32()).take(code),
        "due": pa.array(windows.due, pa.date32()).take(code),
        "ongoing": pa.array(windows.ongoing).take(code),
        "recurring": pa.array(recurring, pa.string()).take(code),
    }
