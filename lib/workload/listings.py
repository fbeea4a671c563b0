"""Rows and their milestones as people read them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import Labels, Table
from lib.workload.order import upcoming
from lib.workload.rows import Rows
from lib.workload.states import STATES, row_states
from lib.workload.workdays import days_left, workdays_left


def next_due(table: Table, rows: Rows, as_of: date, limit: int) -> pd.DataFrame:
    """What comes next: the columns of `listing` for the next measures to fall due."""
    return listing(table, upcoming(table, rows, as_of, limit), as_of)


def listing(table: Table, rows: np.ndarray, as_of: date) -> pd.DataFrame:
    """Rows as people read them.

    Returns:
        position, measure_id, title, section, list, deadline, due, whether it is given, state,
        days_left, workdays_left, and leaders, lead and support as lists of names.
    """
    codes = table.codes
    places = pa.array(rows)
    windows = codes.windows.code[rows].tolist()
    due = plain_dates(codes.windows.due[windows])
    columns = {
        "position": rows,
        "measure_id": codes.ids.take(places).to_pylist(),
        "title": codes.titles.take(places).to_pylist(),
        "section": _labels(codes.sections, rows),
        "list": _labels(codes.lists, rows),
        "deadline": [codes.windows.phrase[window] for window in windows],
        "due": pd.Series(due, dtype=object),
        "given": codes.windows.given[windows],
        "state": [STATES[state] for state in row_states(table, rows, as_of)],
        "days_left": pd.array(days_left(table, rows, as_of), dtype="Int64"),
        "workdays_left": pd.array(workdays_left(table, rows, as_of), dtype="Int64"),
    }
    for role, names in (
        ("leaders", codes.leaders),
        ("lead", codes.lead),
        ("support", codes.support),
    ):
        columns[role] = [names.of(row) for row in rows.tolist()]
    return pd.DataFrame(columns)


def _labels(labels: Labels, rows: np.ndarray) -> list[str]:
    return [labels.names[code] for code in labels.codes[rows].tolist()]


def plain_dates(days: np.ndarray) -> list[date | None]:
    """Days of NumPy as dates of Python, None for NaT."""
    dates: list[date | None] = days.astype("datetime64[D]").astype(object).tolist()
    return dates


def milestones(table: Table, rows: Rows) -> pd.DataFrame:
    """The milestones of the rows, the earliest first.

    A milestone's window may reach past its measure's deadline (下半年 under a 9月 deadline): it is
    shown at the deadline then, and `moved` says so.

    Returns:
        The columns of `Table.milestones`; shown, the day at which the milestone stands; moved.
    """
    windows = table.codes.windows
    of_rows = table.milestones[table.milestones["row"] >= 0]
    if rows is not None:
        of_rows = of_rows[np.isin(of_rows["row"], rows)]
    deadline = windows.due[windows.code[of_rows["row"]]]
    due = of_rows["due"].to_numpy("datetime64[D]")
    moved = due > deadline
    day = np.where(moved, deadline, due)
    dated = of_rows.assign(shown=day, moved=moved)
    return dated.sort_values("shown", kind="stable")
