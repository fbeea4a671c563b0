"""Rows in an order: by any of their columns, and the ones that fall due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from lib import search
from lib.measures import Codes, Labels, Names, Table
from lib.text import marks
from lib.text.folding import fold
from lib.workload.months import in_month
from lib.workload.rows import Flags, Positions, Rows, deadlines, positions, with_deadline
from lib.workload.states import in_state, row_states

SORTABLE: Final = (  # what rows can be sorted by
    *("measure_id", "title", "list", "section", "state", "deadline", "due", "days_left"),
    *("workdays_left", "leader", "lead", "support"),
)
DOWN: Final = "-"  # before what is sorted by from the last to the first
SORTS: Final = (*SORTABLE, *(DOWN + name for name in SORTABLE))
LAST: Final = 1 << 30  # the place of a row that has nothing to sort by

Places = np.ndarray  # a number for each row, name or deadline, the smallest for the first


def ordered(table: Table, rows: Rows, as_of: date, sort: str) -> Positions:
    """The positions of the rows by one of SORTS; any other word keeps the order of the table.

    Rows without a date or a name come last either way, rows that are equal in the order of the
    table. Texts are in the order of `search.places`: names by pinyin, 9 before 10.
    """
    unordered = positions(table, rows)
    if sort not in SORTS:
        return unordered
    name = sort.removeprefix(DOWN)
    places = _places(table, rows, as_of, name).astype(np.int64)
    if sort.startswith(DOWN):
        places = np.where(places == LAST, LAST, -places)
    order = np.argsort(places, kind="stable")
    return unordered[order]


def _places(table: Table, rows: Rows, as_of: date, name: str) -> Places:
    """A number for each of the rows, the smallest for the first by one of SORTABLE."""
    codes = table.codes
    if name == "state":
        return row_states(table, rows, as_of)
    if name == "deadline":
        of_deadlines = codes.once(_deadline_places)
        return of_deadlines.take(deadlines(table, rows))
    if name in ("due", "days_left", "workdays_left"):
        of_deadlines = _due_places(codes)
        return of_deadlines.take(deadlines(table, rows))
    of_table = _places_in_table(codes, name)
    return of_table.take(positions(table, rows))


def _places_in_table(codes: Codes, name: str) -> Places:
    """The same for all rows of the table, where neither the day nor the deadline counts."""
    if name == "measure_id":
        return codes.once(_id_places)
    if name == "title":
        return codes.once(_title_places)
    if name == "list":
        return _list_places(codes.lists)
    if name == "section":
        return _section_places(codes.sections)
    names = {"leader": codes.leaders, "lead": codes.lead, "support": codes.support}
    return codes.once(_first_name_places, names[name])


def _due_places(codes: Codes) -> Places:
    """Deadlines by the day on which they are due."""
    due = codes.windows.due.astype("datetime64[D]")
    has_none = np.isnat(due)
    return np.where(has_none, LAST, due.astype(np.int64))


def _deadline_places(codes: Codes) -> Places:
    """Deadlines by the day on which they are due, then by what is printed; nothing printed last."""
    phrases = codes.windows.phrase
    is_filled = _are_filled(phrases)
    due_places = _due_places(codes)
    phrase_places = search.places(pa.array(phrases, pa.string()))
    by_day_and_phrase = np.stack((due_places, phrase_places), axis=1)
    _, places = np.unique(by_day_and_phrase, axis=0, return_inverse=True)
    return np.where(is_filled, places, LAST)


def _are_filled(texts: Sequence[str]) -> Flags:
    """Whether each text says something."""
    return np.array([*map(bool, texts)], bool)


def _id_places(codes: Codes) -> Places:
    return search.places(codes.ids)


def _title_places(codes: Codes) -> Places:
    return search.places(codes.titles)


def _first_name_places(codes: Codes, names: Names) -> Places:
    """For each row the place of its first name; without one the last."""
    are_persons = names is codes.leaders
    places = search.places(names.names, persons=are_persons)
    of_rows = np.full(len(names.counts), LAST, np.int32)
    named_rows = np.flatnonzero(names.counts)
    starts = names.offsets[:-1]  # where the names of each row begin
    first_names = names.codes[starts[named_rows]]
    of_rows[named_rows] = places[first_names]
    return of_rows


def _list_places(lists: Labels) -> Places:
    """Lists in the order of the table."""
    in_order = np.arange(len(lists.names))
    return _label_places(lists, in_order)


def _section_places(sections: Labels) -> Places:
    """Sections by the numbers that they begin with, then in the order of the table."""
    numbers = [_number(name) for name in sections.names]
    in_order = np.argsort(numbers, kind="stable")
    return _label_places(sections, in_order)


def _number(name: str) -> int:
    """The number that a section begins with, 十一、 or alone 十一; without one it comes last."""
    mark = marks.at(fold(name), name)
    if mark is None:
        closed = f"{name}、"  # 十一 alone is a number too
        mark = marks.at(fold(closed), closed)
    if mark is None:
        return LAST
    return mark.number


def _label_places(labels: Labels, in_order: np.ndarray) -> Places:
    """For each row the place of its label; of one without a name the last.

    in_order: the codes of the labels in their order.
    """
    count = len(in_order)
    places = np.empty(count, np.int64)
    places[in_order] = np.arange(count)
    is_named = _are_filled(labels.names)
    of_labels = np.where(is_named, places, LAST)
    return of_labels.take(labels.codes)


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


def chosen(table: Table, rows: Rows, as_of: date, part: Part, sort: str) -> Positions:
    """The positions of a part of the rows, by one of SORTS."""
    if part.state:
        rows = in_state(table, rows, as_of, part.state)
    if part.month:
        rows = in_month(table, rows, part.month, part.count)
    return ordered(table, rows, as_of, sort)


def upcoming(table: Table, rows: Rows, as_of: date, limit: int) -> Positions:
    """The positions of the next measures to fall due on or after a day, the nearest first.

    The ongoing ones are not among them.
    """
    windows = table.codes.windows
    today = np.datetime64(as_of, "D")
    is_waiting = ~windows.ongoing
    is_waiting &= windows.due >= today
    waiting = with_deadline(table, rows, is_waiting)
    deadlines_of_waiting = windows.code[waiting]
    days = windows.due.astype(np.int64)
    days_of_waiting = days[deadlines_of_waiting]
    nearest: Positions = waiting[smallest(days_of_waiting, limit)]
    return nearest


def smallest(keys: np.ndarray, count: int) -> np.ndarray:
    """The places of the smallest keys in ascending order, equal ones in the order of the array.

    Of a million keys only those are sorted that may be among the first `count`: no larger than the
    key that a partition puts there. Of 5, 1, 4, 1, 3 and count 2 that is 3: 1, 1 and 3 are sorted.
    """
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    bound = np.partition(keys, count)[count]
    small = np.flatnonzero(keys <= bound)
    order = np.argsort(keys[small], kind="stable")
    in_order = small[order]
    return in_order[:count]
