"""Rows in an order: by any of their columns, and the ones that fall due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from lib import search
from lib.measures import Codes, Names, Table
from lib.text import marks
from lib.text.folding import fold
from lib.workload.months import in_month
from lib.workload.rows import Rows, deadlines, positions, with_deadline
from lib.workload.states import in_state, row_states

SORTABLE: Final = (  # what rows can be sorted by
    *("measure_id", "title", "list", "section", "state", "deadline", "due", "days_left"),
    *("workdays_left", "leader", "lead", "support"),
)
DOWN: Final = "-"  # before what is sorted by from the last to the first
SORTS: Final = tuple(sign + name for name in SORTABLE for sign in ("", DOWN))
LAST: Final = 1 << 30  # the place of a row that has nothing to sort by


def ordered(table: Table, rows: Rows, as_of: date, sort: str) -> np.ndarray:
    """The positions of the rows by one of SORTS; any other word keeps the order of the table.

    Rows without a date or a name come last either way, rows that are equal in the order of the
    table. Texts are in the order of `search.places`: names by pinyin, 9 before 10.
    """
    of_rows = positions(table, rows)
    if sort not in SORTS:
        return of_rows
    places = _places(table, rows, as_of, sort.removeprefix(DOWN)).astype(np.int64)
    if sort.startswith(DOWN):
        places = np.where(places == LAST, LAST, -places)
    return of_rows[np.argsort(places, kind="stable")]


def _places(table: Table, rows: Rows, as_of: date, name: str) -> np.ndarray:
    """A number for each of the rows, the smallest for the first by one of SORTABLE."""
    codes = table.codes
    if name == "state":
        return row_states(table, rows, as_of)
    if name == "deadline":
        return codes.once(_deadline_places).take(deadlines(table, rows))
    if name in ("due", "days_left", "workdays_left"):
        return _due_places(codes).take(deadlines(table, rows))
    return _of_table(codes, name).take(positions(table, rows))


def _of_table(codes: Codes, name: str) -> np.ndarray:
    """The same for all rows of the table, where neither the day nor the deadline counts."""
    if name == "measure_id":
        return codes.once(_id_places)
    if name == "title":
        return codes.once(_title_places)
    if name == "list":
        return _of_labels(codes.lists.names, range(len(codes.lists.names))).take(codes.lists.codes)
    if name == "section":
        return _section_places(codes.sections.names).take(codes.sections.codes)
    names = {"leader": codes.leaders, "lead": codes.lead, "support": codes.support}
    return codes.once(_first_name_places, names[name])


def _due_places(codes: Codes) -> np.ndarray:
    due = codes.windows.due
    return np.where(np.isnat(due), LAST, due.astype("datetime64[D]").astype(np.int64))


def _deadline_places(codes: Codes) -> np.ndarray:
    """Deadlines by the day on which they are due, then by what is printed; nothing printed last."""
    windows = codes.windows
    phrases = search.places(pa.array(windows.phrase, pa.string()))
    by_day_and_phrase = np.stack((_due_places(codes), phrases), axis=1)
    _, places = np.unique(by_day_and_phrase, axis=0, return_inverse=True)
    is_printed = np.array([bool(phrase) for phrase in windows.phrase], bool)
    return np.where(is_printed, places, LAST)


def _id_places(codes: Codes) -> np.ndarray:
    return search.places(codes.ids)


def _title_places(codes: Codes) -> np.ndarray:
    return search.places(codes.titles)


def _first_name_places(codes: Codes, names: Names) -> np.ndarray:
    """For each row the place of its first name; without one the last."""
    places = search.places(names.names, persons=names is codes.leaders)
    of_rows = np.full(len(names.counts), LAST, np.int32)
    named = np.flatnonzero(names.counts)
    of_rows[named] = places[names.codes[names.offsets[:-1][named]]]
    return of_rows


def _section_places(names: Sequence[str]) -> np.ndarray:
    """Sections by the numbers that they begin with, then in the order of the table."""
    numbers = [_number(name) for name in names]
    return _of_labels(names, sorted(range(len(names)), key=numbers.__getitem__))


def _number(name: str) -> int:
    """The number that a section begins with, 十一、 or alone 十一; without one it comes last."""
    closed = f"{name}、"  # 十一 alone is a number too
    mark = marks.at(fold(name), name) or marks.at(fold(closed), closed)
    return LAST if mark is None else mark.number


def _of_labels(names: Sequence[str], in_order: Sequence[int]) -> np.ndarray:
    """The place of each label; of one without a name the last."""
    places = np.empty(len(names), np.int64)
    places[np.asarray(in_order, np.int64)] = np.arange(len(names))
    is_named = np.array([bool(name) for name in names], bool)
    return np.where(is_named, places, LAST)


@dataclass(frozen=True)
class Part:
    """A part of the rows, as a mark of a chart counts it; "" for any.

    state: a date state, or NEXT_30.
    month: `2020-08`.
    count: what of the month, as `in_month` has it.
    progress: what of the ledger, as `ledger.selection` reads it; whoever knows a ledger narrows by it.
    """

    state: str = ""
    month: str = ""
    count: str = ""
    progress: str = ""


def chosen(table: Table, rows: Rows, as_of: date, part: Part, sort: str) -> np.ndarray:
    """The positions of a part of the rows, by one of SORTS."""
    if part.state:
        rows = in_state(table, rows, as_of, part.state)
    if part.month:
        rows = in_month(table, rows, part.month, part.count)
    return ordered(table, rows, as_of, sort)


def upcoming(table: Table, rows: Rows, as_of: date, limit: int) -> np.ndarray:
    """The positions of the next measures to fall due on or after a day, the nearest first; without
    ongoing ones.
    """
    windows = table.codes.windows
    still_due = (windows.due >= np.datetime64(as_of, "D")) & ~windows.ongoing
    waiting = with_deadline(table, rows, still_due)
    days = windows.due[windows.code[waiting]].astype(np.int64)
    nearest: np.ndarray = waiting[smallest(days, limit)]
    return nearest


def smallest(keys: np.ndarray, count: int) -> np.ndarray:
    """The places of the smallest keys in ascending order, equal ones in the order of the array.

    Of a million keys only those are sorted that may be among the first `count`.
    """
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    bound = np.partition(keys, count)[count]
    within = np.flatnonzero(keys <= bound)
    order = np.argsort(keys[within], kind="stable")
    return within[order][:count]
