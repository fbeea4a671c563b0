"""Measures as bars in lanes: how many each lane has, and the bars of those that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import NOBODY, Names, Table, schema
from lib.workload.grids import Grid, busiest_first, names_by_month
from lib.workload.listings import milestones
from lib.workload.rows import Flags, Positions, Rows, name_uses, with_deadline
from lib.workload.sections import as_in_table, sections_of
from lib.workload.spans import days_in_force
from lib.workload.states import STATES, deadline_states
from lib.workload.workdays import plain_dates

LANES: Final = ("leader", "lead", "section")


class Lanes(NamedTuple):
    """The lanes of a timeline, the fullest first, sections in the table's order, NOBODY last.

    due: lanes × the twelve months of a year, what does not fit under OTHERS; measures: how many
    each lane of it has.
    """

    due: Grid
    measures: list[int]


def by_lane(table: Table, rows: Rows, year: int, lane: str, limit: int) -> Lanes:
    """How many measures each lane has, and how many of them fall due in each month of a year.

    Args:
        lane: one of LANES.
        limit: how many lanes are shown at most, besides OTHERS.
    """
    names = _lanes(table, lane)
    order = _order(names, rows, lane)
    due = names_by_month(table, names, rows, year, "due", limit, order=order)
    uses = name_uses(names, rows)
    measures = uses[order].tolist()
    others, _ = due.others
    if others:
        named = len(due.rows) - 1
        of_others = sum(measures[named:])
        measures = [*measures[:named], of_others]
    return Lanes(due, measures)


def _lanes(table: Table, lane: str) -> Names:
    """The column that a timeline is laned by: leader, lead (the leading department) or section."""
    codes = table.codes
    if lane == "section":
        return sections_of(table)
    columns = {"leader": codes.leaders, "lead": codes.lead}
    return columns[lane].with_nobody


def _order(names: Names, rows: Rows, lane: str) -> np.ndarray:
    """The codes of the lanes that any of the rows stands in, in the order to be shown."""
    if lane == "section":
        return as_in_table(names, rows)
    fullest = busiest_first(names, rows)
    is_nobody = fullest == names.position.get(NOBODY)
    return np.concatenate((fullest[~is_nobody], fullest[is_nobody]))


def running(table: Table, rows: Rows, as_of: date) -> int:
    """Count the rows whose window is open on a day."""
    days = days_in_force(table.codes.windows)
    today = np.datetime64(as_of, "D")
    has_begun = days.first <= today
    is_not_over = days.last >= today
    return len(with_deadline(table, rows, has_begun & is_not_over))


# --- bars -----------------------------------------------------------------------------------------


class Dot(NamedTuple):
    """A milestone on its measure's bar.

    moved: it is shown at the deadline, since its window reaches past it.
    """

    day: date
    text: str
    moved: bool


def bars(
    table: Table, rows: Rows, as_of: date, lane: str, opened: Sequence[str], part: slice
) -> pd.DataFrame:
    """The bars of open lanes, in the order of `opened`, a part of each.

    Within a lane what is in force on the day or comes later stands first, by due date, and what is
    over last, so that the first part of a long lane is what matters on the day. A row with two
    leaders stands in both lanes.

    Args:
        lane: one of LANES.
        opened: names of lanes.
        part: which bars of each lane.

    Returns:
        One row a bar: position, measure_id, lane, place (in its lane, from 1), title, start, end,
        due, ongoing, recurring, state, milestones (a list of `Dot`).
    """
    names = _lanes(table, lane)
    is_asked = _is_asked(table, rows)
    rows_of_bars: list[Positions] = [np.zeros(0, np.int64)]
    labels: list[str] = []
    places: list[int] = []
    first_place = part.start + 1
    for name in opened:
        code = names.position[name]
        of_lane = names.rows_of(code)
        asked_of_lane = of_lane[is_asked[of_lane]]
        in_order = _by_day(table, asked_of_lane, as_of)
        in_part = in_order[part]
        rows_of_bars.append(in_part)
        count = len(in_part)
        labels += [name] * count
        places += range(first_place, first_place + count)
    positions = np.concatenate(rows_of_bars)
    frame = _bar_frame(table, positions, as_of)
    frame.insert(1, "lane", labels)
    frame.insert(2, "place", places)
    return frame


def _is_asked(table: Table, rows: Rows) -> Flags:
    """For each row of the table whether it is one of the rows."""
    if rows is None:
        return np.ones(len(table), bool)
    is_asked = np.zeros(len(table), bool)
    is_asked[rows] = True
    return is_asked


def _by_day(table: Table, rows: Positions, as_of: date) -> Positions:
    """The rows by due date, those without one last, and after all others those that are over."""
    windows = table.codes.windows
    deadline = windows.code[rows]
    today = np.datetime64(as_of, "D")
    is_over = days_in_force(windows).last < today
    due_of_rows = windows.due[deadline]
    is_row_over = is_over[deadline]
    order = np.lexsort((due_of_rows, is_row_over))
    ordered: Positions = rows[order]
    return ordered


def _bar_frame(table: Table, rows: Positions, as_of: date) -> pd.DataFrame:
    codes = table.codes
    windows = codes.windows
    deadline = windows.code[rows]
    days = days_in_force(windows)
    states = deadline_states(windows, as_of)
    dots = _dots(table, rows)
    places = pa.array(rows)
    ids = codes.ids.take(places)
    titles = codes.titles.take(places)
    recurring = windows.recurring[deadline]
    columns = {
        "position": rows,
        "measure_id": ids.to_pylist(),
        "title": titles.to_pylist(),
        "start": plain_dates(days.first[deadline]),
        "end": plain_dates(days.last[deadline]),
        "due": plain_dates(windows.due[deadline]),
        "ongoing": windows.ongoing[deadline],
        "recurring": [schema.RECURRING[kind] for kind in recurring],
        "state": [STATES[state] for state in states[deadline]],
        "milestones": [dots.get(row, []) for row in rows.tolist()],
    }
    return pd.DataFrame(columns, dtype=object)


def _dots(table: Table, rows: Positions) -> dict[int, list[Dot]]:
    """The milestones of each row that have a day, the earliest first."""
    dots: dict[int, list[Dot]] = defaultdict(list)
    of_rows = milestones(table, np.unique(rows))
    dated = of_rows.dropna(subset="shown")
    for milestone in dated.to_dict("records"):
        row = int(milestone["row"])
        day = milestone["shown"].date()
        is_moved = bool(milestone["moved"])
        dot = Dot(day, milestone["milestone"], is_moved)
        dots[row].append(dot)
    return dots
