"""Rows in an order: by date, by state, by name, and the ones that fall due next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from lib.measures import Names, Table
from lib.workload.months import in_month
from lib.workload.rows import Rows, deadlines, positions, with_deadline
from lib.workload.states import in_state, row_states

SORTS: Final = ("due", "-due", "state", "leader", "lead")
NEVER: Final = 1 << 30  # a day after every date, for rows without one


def ordered(table: Table, rows: Rows, as_of: date, sort: str) -> np.ndarray:
    """The positions of the rows by one of SORTS; any other word keeps the order of the table.

    Rows without a date come last either way. Names are in the order of GB18030, which for common
    characters is pinyin.
    """
    places = positions(table, rows)
    if sort not in SORTS:
        return places
    keys = _sort_keys(table, rows, as_of, sort)
    return places[np.argsort(keys, kind="stable")]


def _sort_keys(table: Table, rows: Rows, as_of: date, sort: str) -> np.ndarray:
    """A number for each of the rows, the smallest for the first."""
    if sort == "state":
        return row_states(table, rows, as_of).astype(np.int64)
    if sort in ("leader", "lead"):
        names = {"leader": table.codes.leaders, "lead": table.codes.lead}[sort]
        return _first_names(names).take(positions(table, rows))
    due = table.codes.windows.due
    days = due.astype(np.int64)
    if sort == "-due":
        days = -days
    of_deadlines = np.where(np.isnat(due), NEVER, days)
    return of_deadlines.take(deadlines(table, rows))


def _first_names(names: Names) -> np.ndarray:
    """For each row the place of its first name in the order of names; without one the last."""
    in_gb18030 = [name.encode("gb18030", "replace") for name in names.names.to_pylist()]
    order = sorted(range(len(in_gb18030)), key=in_gb18030.__getitem__)
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    of_rows = np.full(len(names.counts), len(order), np.int64)
    named = names.counts > 0
    first = names.offsets[:-1][named]
    of_rows[named] = places[names.codes[first]]
    return of_rows


@dataclass(frozen=True)
class Part:
    """A part of the rows, as a mark of a chart counts it; "" for any.

    state: a date state, or NEXT_30.
    month: `2020-08`.
    count: what of the month, as `in_month` has it.
    """

    state: str = ""
    month: str = ""
    count: str = ""


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
