"""The deadlines of a table: what rows say of their time is read once for all that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.measures import placeholders, schema
from lib.measures.arrays import Bools, Ints
from lib.measures.cells import Cells
from lib.measures.model import EMPTY, READ, UNREADABLE, Windows
from lib.measures.years import by_year, told_apart
from lib.text import day_numbers, days, deadlines, slips
from lib.text.deadlines import Window

NO_WINDOW: Final = Window(None, None)
_DAY: Final = "datetime64[D]"
_NO_DEADLINE: Final = (placeholders.MISSING, placeholders.DITTO)


class Entry(NamedTuple):
    """What rows say of their time: the phrase, its list's year (0 for none), the days beside it.

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
    known_year = year or None
    window = deadlines.read(phrase, known_year, issued)
    if window is None:
        return Reading(NO_WINDOW, UNREADABLE)
    return Reading(window, READ)


def _read(entry: Entry) -> Reading:
    """Read a phrase with the days that a person has given beside it.

    A given 止 is the day on which it is due, and what the phrase says of 全年 or 每月 counts no
    more. A given 起 is its first day; beside what says no time (汛期前) or can't be read it is 3月起,
    without an end.
    Days that would end before they begin are asked about, and do not count.
    """
    reading = reading_of(entry.phrase, entry.year, entry.issued)
    start = entry.given_start or reading.window.start
    due = entry.given_due or reading.window.due
    if start and due and start > due:
        return reading
    if entry.given_due:
        return Reading(Window(start, due), READ, is_given=True)
    says_no_time = reading.window == NO_WINDOW and reading.kind != EMPTY
    if entry.given_start and says_no_time:
        return Reading(Window(start, None, ongoing=True), READ)
    window = replace(reading.window, start=start)
    return reading._replace(window=window)


def windows_of(cells: Cells, years: Ints) -> Windows:
    """Read the deadlines of a table. Reports what is missing or can't be read."""
    code, entries = _entries_of_rows(cells, years)
    readings = [_read(entry) for entry in entries]
    windows = _as_arrays(code, entries, readings)
    spans = [reading.window for reading in readings]
    if "deadline" in cells:
        _report_no_deadline(cells, windows)
        _report_doubts(cells, windows, spans)
    _report_given(cells, windows, entries, spans)
    return windows


def _as_arrays(code: Ints, entries: list[Entry], readings: list[Reading]) -> Windows:
    """What was read, as one array of each property.

    Args:
        code: the entry of each row.
        readings: of each entry.
    """
    spans = [reading.window for reading in readings]
    phrases = [entry.phrase for entry in entries]
    starts = [span.start for span in spans]
    dues = [span.due for span in spans]
    are_given = [reading.is_given for reading in readings]
    are_ongoing = [span.ongoing for span in spans]
    recurring = [schema.RECURRING.index(span.recurring) for span in spans]
    years = [entry.year for entry in entries]
    issued = [entry.issued for entry in entries]
    kinds = [reading.kind for reading in readings]
    return Windows(
        code=code,
        phrase=phrases,
        start=np.array(starts, _DAY),
        due=np.array(dues, _DAY),
        given=np.array(are_given, bool),
        ongoing=np.array(are_ongoing, bool),
        recurring=np.array(recurring, np.int8),
        year=np.array(years, np.int16),
        issued=np.array(issued, _DAY),
        kind=np.array(kinds, np.int8),
    )


def _entries_of_rows(cells: Cells, years: Ints) -> tuple[Ints, list[Entry]]:
    """All that rows say of their time, each once, and the number of its entry for each row."""
    coded = cells.coded["deadline"]
    texts: list[str] = coded.dictionary.to_pylist()
    code, meanings = by_year(coded.indices.to_numpy(), years)
    entries = [Entry(texts[text], year) for text, year in meanings]
    for field in schema.DATE_COLUMNS:
        if field in cells:
            code, entries = _with_days(code, entries, cells.coded[field], field)
    return code, entries


def _with_days(
    code: Ints, entries: list[Entry], coded: pa.DictionaryArray, field: str
) -> tuple[Ints, list[Entry]]:
    """What rows say of their time, with the days of one more column.

    Args:
        code: the entry of each row so far.
        coded: the column; field: its name.
    """
    dates = _dates_of(coded)
    code, meanings = told_apart(code, coded.indices.to_numpy(), len(dates))
    with_days: list[Entry] = []
    for number, day in meanings:
        fields = entries[number]._asdict()
        fields[field] = dates[day]
        with_days.append(Entry(**fields))
    return code, with_days


def _dates_of(coded: pa.DictionaryArray) -> list[date | None]:
    """The days that the distinct texts of a column say, None for those that are none."""
    return [days.read(text) for text in coded.dictionary.to_pylist()]


# --- what is reported -----------------------------------------------------------------------------


def _report_no_deadline(cells: Cells, windows: Windows) -> None:
    """Report the deadlines that are missing or can't be read."""
    is_missing = windows.kind == EMPTY
    _report_entries(cells, "deadline_missing", windows, is_missing)
    unreadable = map(_is_unreadable, windows.kind, windows.year, windows.phrase)
    is_unreadable = np.array([*unreadable], bool)
    _report_entries(cells, "deadline_unreadable", windows, is_unreadable)


def _report_entries(cells: Cells, code: str, windows: Windows, is_wrong: Bools) -> None:
    """Report the deadline of each row whose entry is wrong."""
    if not is_wrong.any():
        return
    is_row_wrong = is_wrong[windows.code]
    cells.report_each(code, "deadline", is_row_wrong)


def _is_unreadable(kind: int, year: int, phrase: str) -> bool:
    """Whether a phrase can't be read, also if its year were known.

    That the year alone is missing is reported of 年度, or of its column.
    """
    if kind != UNREADABLE:
        return False
    if year > 0:
        return True
    any_year = deadlines.YEARS.start
    return deadlines.read(phrase, any_year) is None


def note_of_number(phrase: str, window: Window) -> str:
    """Say as which day a number was read, to be checked; "" where the phrase is no number."""
    if not day_numbers.in_words(phrase):
        return ""
    return f"{phrase} → {window.due}"


def note_of_slip(phrase: str, window: Window, year: int) -> str:
    """Say what may be a slip of the year; "" where it is likely to be none."""
    if not slips.is_likely(phrase, window, year):
        return ""
    return slips.shown(phrase, window, year)


def _report_doubts(cells: Cells, windows: Windows, spans: list[Window]) -> None:
    """Report what was read and is to be checked: numbers of days, and slips of the year."""
    header = cells.header("deadline")
    numbers = map(note_of_number, windows.phrase, spans)
    numbers_of_phrases = _kept(~windows.given, numbers)
    cells.report.add_coded("day_number", header, windows.code, numbers_of_phrases)
    slips_of_phrases = _kept(~windows.given, _slips_of_year(windows, spans))
    _report_slips(cells, "deadline", windows, slips_of_phrases)


def _slips_of_year(windows: Windows, spans: list[Window]) -> Iterable[str]:
    """What may be a slip of the year in each entry, "" for nothing."""
    return map(note_of_slip, windows.phrase, spans, windows.year.tolist())


def _kept(is_kept: Bools, texts: Iterable[str]) -> list[str]:
    """The texts of some entries, "" for the others."""
    return [text if kept else "" for kept, text in zip(is_kept, texts, strict=True)]


def _report_slips(cells: Cells, field: str, windows: Windows, texts: list[str]) -> None:
    """Report what may be slips of the year, but for the rows whose list is one of several years."""
    if not any(texts):
        return
    lists = cells.coded["list"]
    list_of_row = lists.indices.to_numpy()
    names = lists.dictionary.to_pylist()
    spans_years = np.array([*map(slips.spans_years, names)], bool)
    is_left_out = spans_years[list_of_row]
    # Such a row has the code after all others, of which nothing is reported
    nothing = len(texts)
    texts_and_nothing = [*texts, ""]
    codes = np.where(is_left_out, nothing, windows.code)
    header = cells.header(field)
    cells.report.add_coded("deadline_year", header, codes, texts_and_nothing)


def _report_given(
    cells: Cells, windows: Windows, entries: list[Entry], spans: list[Window]
) -> None:
    """Report the days beside the phrases that can't be read, that don't count, or may be slips."""
    for field in schema.DATE_COLUMNS:
        if field in cells:
            _report_dates(cells, field)
    for field in schema.GIVEN_DAYS:
        if field in cells:
            pairs = zip(entries, spans, strict=True)
            _report_backwards(cells, field, windows.code, pairs)
    if windows.given.any():
        slips_of_days = _kept(windows.given, _slips_of_year(windows, spans))
        _report_slips(cells, "given_due", windows, slips_of_days)


def _report_backwards(
    cells: Cells, field: str, code: Ints, entries: Iterable[tuple[Entry, Window]]
) -> None:
    """Report the days of a field that would end before they begin.

    Args:
        code: the entry of each row.
        entries: what rows say of their time, and what counts.
    """
    texts = [_backwards(field, entry, window) for entry, window in entries]
    cells.report.add_coded("given_backwards", cells.header(field), code, texts)


def _backwards(field: str, entry: Entry, window: Window) -> str:
    """Say which days don't count, since they would end before they begin.

    They are reported of 止 where it is given, else of 起.

    Args:
        field: of which it is asked.
        window: what counts.

    Returns:
        "" where the days count, or are reported of the other field.
    """
    reported_of = "given_start" if entry.given_due is None else "given_due"
    if field != reported_of:
        return ""
    start = entry.given_start or window.start
    due = entry.given_due or window.due
    if (start, due) == (window.start, window.due):
        return ""
    return f"{start} → {due}"


def _report_dates(cells: Cells, field: str) -> None:
    """Report the days that can't be read, and the numbers that were read as days."""
    coded = cells.coded[field]
    texts = coded.dictionary.to_pylist()
    unreadable: list[str] = []
    numbers: list[str] = []
    for text, day in zip(texts, _dates_of(coded), strict=True):
        if day is None:
            unreadable.append(text)
            numbers.append("")
        else:
            unreadable.append("")
            window = Window(None, day)
            numbers.append(note_of_number(text, window))
    header = cells.header(field)
    codes = coded.indices.to_numpy()
    cells.report.add_coded("date_unreadable", header, codes, unreadable)
    cells.report.add_coded("day_number", header, codes, numbers)


# --- columns --------------------------------------------------------------------------------------


def window_columns(windows: Windows) -> dict[str, pa.Array]:
    """The columns of the rows that are derived from the deadlines."""
    recurring = [schema.RECURRING[position] for position in windows.recurring]
    code = pa.array(windows.code)
    start = pa.array(windows.start, pa.date32())
    due = pa.array(windows.due, pa.date32())
    ongoing = pa.array(windows.ongoing)
    rhythm = pa.array(recurring, pa.string())
    return {
        "start": start.take(code),
        "due": due.take(code),
        "ongoing": ongoing.take(code),
        "recurring": rhythm.take(code),
    }
