"""The date state of a measure on a day: what its deadline alone says.

Whether it is done only reports can tell.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

import numpy as np

from lib.measures import EMPTY, UNREADABLE, Table, Windows, schema
from lib.workload.rows import Flags, Positions, Rows, deadline_uses, deadlines, with_deadline

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
    due = windows.due
    today = np.datetime64(as_of, "D")
    recurs = windows.recurring > 0
    says_nothing = np.isnat(due) & ~windows.ongoing & ~recurs
    is_in_state = {
        "unreadable": windows.kind == UNREADABLE,
        "no_date": (windows.kind == EMPTY) | says_nothing,
        "recurring": recurs,
        "passed": due < today,
        "ongoing": windows.ongoing,
        "this_month": due <= _month_end(as_of),
        "within_30": due <= today + SOON_DAYS,
    }
    conditions = [*is_in_state.values()]
    codes = [STATES.index(state) for state in is_in_state]
    later = STATES.index("later")
    states = np.select(conditions, codes, later)
    return states.astype(np.int8)


def _month_end(day: date) -> np.datetime64:
    """The last day of a day's month."""
    _, days = calendar.monthrange(day.year, day.month)
    last = day.replace(day=days)
    return np.datetime64(last, "D")


def row_states(table: Table, rows: Rows, as_of: date) -> np.ndarray:
    """The date state of each of the rows, as an index into STATES."""
    states = deadline_states(table.codes.windows, as_of)
    of_rows: np.ndarray = states[deadlines(table, rows)]
    return of_rows


def by_state(table: Table, rows: Rows, as_of: date) -> dict[str, int]:
    """Count the rows in each date state, in the order of STATES."""
    states = deadline_states(table.codes.windows, as_of)
    uses = deadline_uses(table, rows)
    counts = np.bincount(states, uses, len(STATES))
    whole = counts.astype(int).tolist()  # weighted counts are floats
    return dict(zip(STATES, whole, strict=True))


def in_state(table: Table, rows: Rows, as_of: date, state: str) -> Positions:
    """The positions of the rows that are in a date state, or fall due in the next 30 days."""
    windows = table.codes.windows
    if state == NEXT_30:
        fits = _falls_due_soon(windows, as_of)
    else:
        states = deadline_states(windows, as_of)
        fits = states == STATES.index(state)
    return with_deadline(table, rows, fits)


def due_soon(table: Table, rows: Rows, as_of: date) -> int:
    """Count the rows that fall due from the day to 30 days after it, without the ongoing ones.

    They overlap the date states: some are of this month, some of the next.
    """
    uses = deadline_uses(table, rows)
    is_soon = _falls_due_soon(table.codes.windows, as_of)
    return int(uses[is_soon].sum())


def _falls_due_soon(windows: Windows, as_of: date) -> Flags:
    """For each distinct deadline whether it falls due on one of these days."""
    today = np.datetime64(as_of, "D")
    last_day = today + SOON_DAYS
    fits: Flags = ~windows.ongoing
    fits &= windows.due >= today
    fits &= windows.due <= last_day
    return fits
