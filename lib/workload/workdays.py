"""Days and working days to a deadline."""

from __future__ import annotations

from datetime import date

import numpy as np

from lib.measures import Table
from lib.text import workdays
from lib.workload.rows import Positions

Days = list[int | None]  # of each row, None where it has no due date


def days_left(table: Table, rows: Positions, as_of: date) -> Days:
    """Calendar days to the due date of each row, negative after it, None where there is none."""
    days: Days = []
    for due in _due_dates(table, rows):
        if due is None:
            days.append(None)
        else:
            difference = due - as_of
            days.append(difference.days)
    return days


def workdays_left(table: Table, rows: Positions, as_of: date) -> Days:
    """Working days after `as_of` up to the due date, holidays and 调休 workdays taken into account.

    Negative after the due date, None where there is none.
    """
    days: Days = []
    for due in _due_dates(table, rows):
        if due is None:
            days.append(None)
        else:
            days.append(workdays.between(as_of, due))
    return days


def _due_dates(table: Table, rows: Positions) -> list[date | None]:
    windows = table.codes.windows
    deadlines = windows.code[rows]
    return plain_dates(windows.due[deadlines])


def plain_dates(days: np.ndarray) -> list[date | None]:
    """Days of NumPy as dates of Python, None for NaT."""
    objects = days.astype("datetime64[D]").astype(object)
    dates: list[date | None] = objects.tolist()
    return dates
