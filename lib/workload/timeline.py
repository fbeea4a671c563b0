"""Measures as bars in lanes: how many each lane has, and the bars of those that are open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import NOBODY, Names, Table, schema
from lib.workload.grids import Grid, busiest_first, names_by_month
from lib.workload.listings import milestones, plain_dates
from lib.workload.rows import Rows, name_uses, with_deadline
from lib.workload.sections import as_in_table, sections_of
from lib.workload.spans import days_in_force
from lib.workload.states import STATES, deadline_states

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
    measures = name_uses(names, rows)[order].tolist()
    shown = len(due.rows)
    if due.others[0]:
        measures = [*measures[: shown - 1], sum(measures[shown - 1 :])]
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
    return len(with_deadline(table, rows, (days.first <= today) & (today <= days.last)))


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
    is_asked = np.ones(len(table), bool)
    if rows is not None:
        is_asked[:] = False
        is_asked[rows] = True
    shown: list[np.ndarray] = [np.zeros(0, np.int64)]
    labels: list[str] = []
    places: list[int] = []
    for name in opened:
        of_lane = names.rows_of(names.position[name])
        ordered = _by_day(table, of_lane[is_asked[of_lane]], as_of)[part]
        shown.append(ordered)
        labels += [name] * len(ordered)
        places += range(part.start + 1, part.start + 1 + len(ordered))
    frame = _bar_frame(table, np.concatenate(shown), as_of)
    frame.insert(1, "lane", labels)
    frame.insert(2, "place", places)
    return frame


def _by_day(table: Table, rows: np.ndarray, as_of: date) -> np.ndarray:
    """The rows by due date, those without one last, and after all others those that are over."""
    windows = table.codes.windows
    code = windows.code[rows]
    is_over = days_in_force(windows).last < np.datetime64(as_of, "D")
    order = np.lexsort((windows.due[code], is_over[code]))
    ordered: np.ndarray = rows[order]
    return ordered


def _bar_frame(table: Table, rows: np.ndarray, as_of: date) -> pd.DataFrame:
    windows = table.codes.windows
    window = windows.code[rows]
    days = days_in_force(windows)
    dots = _dots(table, rows)
    columns = {
        "position": rows,
        "measure_id": table.codes.ids.take(pa.array(rows)).to_pylist(),
        "title": [table.codes.titles[row].as_py() for row in rows.tolist()],
        "start": plain_dates(days.first[window]),
        "end": plain_dates(days.last[window]),
        "due": plain_dates(windows.due[window]),
        "ongoing": windows.ongoing[window],
        "recurring": [schema.RECURRING[kind] for kind in windows.recurring[window]],
        "state": [STATES[state] for state in deadline_states(windows, as_of)[window]],
        "milestones": [dots.get(row, []) for row in rows.tolist()],
    }
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def _dots(table: Table, rows: np.ndarray) -> dict[int, list[Dot]]:
    """The milestones of each row that have a day, the earliest first."""
    dots: dict[int, list[Dot]] = {}
    dated = milestones(table, np.unique(rows)).dropna(subset="shown")
    for milestone in dated.to_dict("records"):
        day = milestone["shown"].date()
        dot = Dot(day, milestone["milestone"], bool(milestone["moved"]))
        dots.setdefault(int(milestone["row"]), []).append(dot)
    return dots
