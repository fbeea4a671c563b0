"""Measures as bars in lanes, a page of them at a time."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import Names, Table, schema
from lib.workload.grids import Grid, names_by_month
from lib.workload.listings import milestones, plain_dates
from lib.workload.order import smallest
from lib.workload.rows import OTHERS, Rows, positions
from lib.workload.spans import days_in_force
from lib.workload.states import STATES, deadline_states

LANES: Final = ("leader", "lead", "section")
NOBODY: Final = -1  # the code of the lane of rows without a name
DUE_BITS: Final = 32  # of a sort key; the bits above hold the place of the lane
BEFORE_1970: Final = 1 << 29  # days, added so that days before 1970 are not negative
UNDATED: Final = 1 << 30  # a day after every date


def lanes(table: Table, lane: str) -> Names:
    """The column that a timeline is laned by: leader, lead (the leading department) or section."""
    codes = table.codes
    columns = {"leader": codes.leaders, "lead": codes.lead, "section": codes.section_names}
    return columns[lane]


def by_lane(table: Table, rows: Rows, year: int, lane: str, limit: int) -> Grid:
    """Lanes × the twelve months of a year: how many fall due, for lists too long for bars."""
    return names_by_month(table, lanes(table, lane), rows, year, "due", limit)


class Dot(NamedTuple):
    """A milestone on its measure's bar.

    moved: it is shown at the deadline, since its window reaches past it.
    """

    day: date
    text: str
    moved: bool


def bars(table: Table, rows: Rows, as_of: date, lane: str, start: int, limit: int) -> pd.DataFrame:
    """A page of the rows as bars of a timeline, lane by lane (the fullest first), by due date
    within a lane.

    A row with two leaders stands in both lanes, one without any in the lane OTHERS, the last.

    Args:
        lane: one of LANES.
        start: how many bars stand on the pages before.
        limit: how many bars the page holds.

    Returns:
        One row a bar: position, measure_id, lane, title, start, end, due, ongoing, recurring, state, milestones
        (a list of `Dot`).
    """
    names = lanes(table, lane)
    of_bars = _lanes_of_rows(table, names, rows)
    keys = _page_keys(table, names, of_bars)
    page = smallest(keys, start + limit)[start:]
    labels = [_label(names, code) for code in of_bars.lane[page].tolist()]
    return _bar_frame(table, of_bars.row[page], labels, as_of)


class _Bars(NamedTuple):
    """All the bars of a timeline: the row of each and its lane, as a code of the lane's name or
    NOBODY.
    """

    row: np.ndarray
    lane: np.ndarray


def _lanes_of_rows(table: Table, names: Names, rows: Rows) -> _Bars:
    row, lane = names.pairs(rows)
    places = positions(table, rows)
    unnamed = places[names.counts[places] == 0]
    nobody = np.full(len(unnamed), NOBODY)
    return _Bars(np.concatenate((row, unnamed)), np.concatenate((lane, nobody)))


def _page_keys(table: Table, names: Names, of_bars: _Bars) -> np.ndarray:
    """One number a bar that sorts by the place of its lane, then by its due date.

    The lane in place 2 and day 5 give 2 × 2**32 + 5 + 2**29.
    """
    windows = table.codes.windows
    lane_count = len(names.names)
    named = of_bars.lane[of_bars.lane != NOBODY]
    fullest_first = np.argsort(-np.bincount(named, minlength=lane_count), kind="stable")
    place = np.empty(lane_count + 1, np.int64)
    place[fullest_first] = np.arange(lane_count)
    place[NOBODY] = lane_count

    days = windows.due.astype(np.int64) + BEFORE_1970
    days = np.where(np.isnat(windows.due), UNDATED, days)
    keys: np.ndarray = place[of_bars.lane] << DUE_BITS | days[windows.code[of_bars.row]]
    return keys


def _label(names: Names, code: int) -> str:
    if code == NOBODY:
        return OTHERS
    label: str = names.names[code].as_py()
    return label


def _bar_frame(table: Table, rows: np.ndarray, labels: list[str], as_of: date) -> pd.DataFrame:
    windows = table.codes.windows
    window = windows.code[rows]
    days = days_in_force(windows)
    dots = _dots(table, rows)
    columns = {
        "position": rows,
        "measure_id": table.codes.ids.take(pa.array(rows)).to_pylist(),
        "lane": labels,
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
