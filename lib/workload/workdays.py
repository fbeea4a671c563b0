"""Days and working days to a deadline."""

from __future__ import annotations

from datetime import date

import numpy as np

from lib.measures import Table
from lib.text import workdays


def days_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Calendar days to the due date of each row, negative after it, None where there is none."""
    days: list[int | None] = []
    for due in _due_dates(table, rows):
        days.append(None if due is None else (due - as_of).days)
    return days


def workdays_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Working days after `as_of` up to the due date, holidays and 调休 workdays taken into account.

    Negative after the due date, None where there is none.
    """
    days: list[int | None] = []
    for due in _due_dates(table, rows):
        days.append(None if due is None else workdays.between(as_of, due))
    return days


def _due_dates(table: Table, rows: np.ndarray) -> list[date | None]:
    windows = table.codes.windows
    dates: list[date | None] = windows.due[windows.code[rows]].astype(object).tolist()
    return dates
