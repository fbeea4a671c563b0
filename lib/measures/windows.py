"""The deadlines of a table: what rows say of their time is read once for all that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.measures import placeholders, schema
from lib.measures.cells import Cells
from lib.measures.model import EMPTY, READ, UNREADABLE, Windows
from lib.measures.years import by_year, told_apart
from lib.text import day_numbers, days, deadlines, slips
from lib.text.deadlines import Window

NO_WINDOW: Final = Window(None, None)
_NO_DEADLINE: Final = (placeholders.MISSING, placeholders.DITTO)


class Said(NamedTuple):
    """What a row says of its time: the phrase, its list's year (0 for none), and the days beside it.

    The names of the days are those of schema.DATE_COLUMNS.
    """

    phrase: str
    year: int
    issued: date | None = None
    given_start: date | None = None
    given_due: date | None = None


class Reading(NamedTuple):
    """What is read from it. kind: READ, EMPTY or UNREADABLE; is_given: whether the due day is."""

    window: Window
    kind: int
    is_given: bool = False


def reading_of(phrase: str, year: int, issued: date | None = None) -> Reading:
    """Read a phrase in its list's year, 0 for none."""
    if not phrase or placeholders.kind_of(phrase) in _NO_DEADLINE:
        return Reading(NO_WINDOW, EMPTY)
    window = deadlines.read(phrase, year or None, issued)
    if window is None:
        return Reading(NO_WINDOW, UNREADABLE)
    return Reading(window, READ)


def _read(said: Said) -> Reading:
    """Read a phrase with the days that a person has given beside it.

    A given 止 is the day on which it is due, and what the phrase says of 全年 or 每月 counts no
    more. A given 起 is its first day; beside what says no time (汛期前) or can't be read it is 3月起,
    without an end.
    Days that would end before they begin are asked about, and do not count.
    """
    reading = reading_of(said.phrase, said.year, said.issued)
    start = said.given_start or reading.window.start
    due = said.given_due or reading.window.due
    if start and due and start > due:
        return reading
    if said.given_due:
        return Reading(Window(start, due), READ, is_given=True)
    if said.given_start and reading.window == NO_WINDOW and reading.kind != EMPTY:
        return Reading(Window(start, None, ongoing=True), READ)
    return reading._replace(window=replace(reading.window, start=start))


def windows_of(cells: Cells, years: np.ndarray) -> Windows:
    """Read the deadlines of a table. Reports what is missing or can't be read."""
    code, said = _said_by_rows(cells, years)
    readings = [_read(each) for each in said]
    found = [reading.window for reading in readings]
    windows = Windows(
        code=code,
        phrase=[each.phrase for each in said],
        start=np.array([window.start for window in found], "datetime64[D]"),
        due=np.array([window.due for window in found], "datetime64[D]"),
        given=np.array([reading.is_given for reading in readings], bool),
        ongoing=np.array([window.ongoing for window in found], bool),
        recurring=np.array([schema.RECURRING.index(window.recurring) for window in found], np.int8),
        year=np.array([each.year for each in said], np.int16),
        issued=np.array([each.issued for each in said], "datetime64[D]"),
        kind=np.array([reading.kind for reading in readings], np.int8),
    )
    if "deadline" in cells:
        _report(cells, windows)
        _report_doubts(cells, windows, found)
    _report_given(cells, windows, said, found)
    return windows


def _said_by_rows(cells: Cells, years: np.ndarray) -> tuple[np.ndarray, list[Said]]:
    """What the rows say: the code of each, and what each code stands for."""
    coded = cells.coded["deadline"]
    texts: list[str] = coded.dictionary.to_pylist()
    code, meanings = by_year(coded.indices.to_numpy(), years)
    said = [Said(texts[text], year) for text, year in meanings]
    for field in schema.DATE_COLUMNS:
        if field in cells:
            coded = cells.coded[field]
            dates = _dates_of(coded)
            code, meanings = told_apart(code, coded.indices.to_numpy(), len(dates))
            said = [_with_day(said[before], field, dates[day]) for before, day in meanings]
    return code, said


def _with_day(said: Said, field: str, day: date | None) -> Said:
    """What a row says, with one of its days."""
    return Said(**said._asdict() | {field: day})


def _dates_of(coded: pa.DictionaryArray) -> list[date | None]:
    """The days that the distinct texts of a column say, None for those that are none."""
    return [days.read(text) for text in coded.dictionary.to_pylist()]


# --- what is reported -----------------------------------------------------------------------------


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
    numbers = _unless(windows.given, map(said_of_number, windows.phrase, found))
    cells.report.add_said("day_number", header, windows.code, numbers)
    slips_of_year = map(said_of_slip, windows.phrase, found, windows.year.tolist())
    _report_slips(cells, "deadline", windows, _unless(windows.given, slips_of_year))


def _unless(is_left_out: np.ndarray, said: Iterable[str]) -> list[str]:
    """What is said of entries, "" for those that are left out."""
    return ["" if left_out else text for left_out, text in zip(is_left_out, said, strict=True)]


def _report_slips(cells: Cells, field: str, windows: Windows, said: list[str]) -> None:
    """Report what may be slips of the year, but for the rows whose list is one of several years."""
    if any(said):
        lists = cells.coded["list"]
        spans = list(map(slips.spans_years, lists.dictionary.to_pylist()))
        is_spanned = np.array(spans, bool)[lists.indices.to_numpy()]
        # The last code says nothing: that of the rows whose list is one of several years.
        codes = np.where(is_spanned, len(said), windows.code)
        cells.report.add_said("deadline_year", cells.header(field), codes, [*said, ""])


def _report_given(cells: Cells, windows: Windows, said: list[Said], found: list[Window]) -> None:
    """Report the days beside the phrases that can't be read, that don't count, or may be slips."""
    for field in schema.DATE_COLUMNS:
        if field in cells:
            _report_dates(cells, field)
    for field in schema.GIVEN_DAYS:
        if field in cells:
            _report_refused(cells, field, windows, said, found)
    if windows.given.any():
        slips_of_year = map(said_of_slip, windows.phrase, found, windows.year.tolist())
        _report_slips(cells, "given_due", windows, _unless(~windows.given, slips_of_year))


def _report_refused(
    cells: Cells, field: str, windows: Windows, said: list[Said], found: list[Window]
) -> None:
    """Report given days that would end before they begin: 止 where it is given, else 起."""
    culprits = ["given_start" if each.given_due is None else "given_due" for each in said]
    is_of_other = np.array([culprit != field for culprit in culprits], bool)
    refused = _unless(is_of_other, map(_said_of_refused, said, found))
    cells.report.add_said("given_backwards", cells.header(field), windows.code, refused)


def _report_dates(cells: Cells, field: str) -> None:
    coded = cells.coded[field]
    header, codes = cells.header(field), coded.indices.to_numpy()
    unreadable: list[str] = []
    numbers: list[str] = []
    for text, day in zip(coded.dictionary.to_pylist(), _dates_of(coded), strict=True):
        unreadable.append(text if day is None else "")
        numbers.append("" if day is None else said_of_number(text, Window(None, day)))
    cells.report.add_said("date_unreadable", header, codes, unreadable)
    cells.report.add_said("day_number", header, codes, numbers)


def _said_of_refused(said: Said, window: Window) -> str:
    """Say which days don't count, since they would end before they begin; "" where they do."""
    days_given = (said.given_start or window.start, said.given_due or window.due)
    if days_given == (window.start, window.due):
        return ""
    return " → ".join(map(str, days_given))


# --- columns --------------------------------------------------------------------------------------


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
