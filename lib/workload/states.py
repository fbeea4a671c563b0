"""The date state of a measure on a day: what its deadline alone says.

Whether it is done only reports can tell.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

import numpy as np

from lib.measures import EMPTY, UNREADABLE, Table, Windows, schema
from lib.workload.rows import Rows, deadline_uses, deadlines, with_deadline

STATES: Final = tuple(schema.STATES)
EXPLAINED: Final = ("passed", "unreadable")  # states whose words are easily taken for more
SOON_DAYS: Final = 30
# Beside the date states, which are a partition: what falls due from the day to 30 days after it
NEXT_30: Final = "next_30"
MARKS: Final = {NEXT_30: "→", **schema.STATES}


def deadline_states(windows: Windows, as_of: date) -> np.ndarray:
    """The date state of each distinct deadline on a day, as an index into STATES: the first that
    fits.
    """
    today = np.datetime64(as_of, "D")
    undated = np.isnat(windows.due)
    recurring = windows.recurring > 0
    nothing_said = undated & ~windows.ongoing & ~recurring
    conditions = {
        "unreadable": windows.kind == UNREADABLE,
        "no_date": (windows.kind == EMPTY) | nothing_said,
        "recurring": recurring,
        "passed": windows.due < today,
        "ongoing": windows.ongoing,
        "this_month": windows.due <= np.datetime64(_month_end(as_of), "D"),
        "within_30": windows.due <= today + SOON_DAYS,
    }
    states = [STATES.index(state) for state in conditions]
    later = STATES.index("later")
    return np.select(list(conditions.values()), states, later).astype(np.int8)


def _month_end(day: date) -> date:
    _, days = calendar.monthrange(day.year, day.month)
    return day.replace(day=days)


def row_states(table: Table, rows: Rows, as_of: date) -> np.ndarray:
    """The date state of each of the rows, as an index into STATES."""
    states = deadline_states(table.codes.windows, as_of)
    of_rows: np.ndarray = states[deadlines(table, rows)]
    return of_rows


def by_state(table: Table, rows: Rows, as_of: date) -> dict[str, int]:
    """Count the rows in each date state, in the order of STATES."""
    states = deadline_states(table.codes.windows, as_of)
    counts = np.bincount(states, deadline_uses(table, rows), len(STATES))
    return dict(zip(STATES, counts.astype(int).tolist(), strict=True))


def in_state(table: Table, rows: Rows, as_of: date, state: str) -> np.ndarray:
    """The positions of the rows that are in a date state, or fall due in the next 30 days."""
    if state == NEXT_30:
        return with_deadline(table, rows, _falls_due_soon(table.codes.windows, as_of))
    states = deadline_states(table.codes.windows, as_of)
    return with_deadline(table, rows, states == STATES.index(state))


def due_soon(table: Table, rows: Rows, as_of: date) -> int:
    """Count the rows that fall due from the day to 30 days after it, without the ongoing ones.

    They overlap the date states: some are of this month, some of the next.
    """
    uses = deadline_uses(table, rows)
    return int(uses[_falls_due_soon(table.codes.windows, as_of)].sum())


def _falls_due_soon(windows: Windows, as_of: date) -> np.ndarray:
    """For each distinct deadline whether it falls due on one of these days."""
    today = np.datetime64(as_of, "D")
    is_soon = (windows.due >= today) & (windows.due <= today + SOON_DAYS)
    fits: np.ndarray = is_soon & ~windows.ongoing
    return fits
