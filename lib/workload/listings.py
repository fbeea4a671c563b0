"""Rows and their milestones as people read them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import Labels, Names, Table
from lib.workload.order import upcoming
from lib.workload.rows import Positions, Rows
from lib.workload.states import STATES, row_states
from lib.workload.workdays import days_left, plain_dates, workdays_left


def next_due(table: Table, rows: Rows, as_of: date, limit: int) -> pd.DataFrame:
    """What comes next: the columns of `listing` for the next measures to fall due."""
    next_rows = upcoming(table, rows, as_of, limit)
    return listing(table, next_rows, as_of)


def listing(table: Table, rows: Positions, as_of: date) -> pd.DataFrame:
    """Rows as people read them.

    Returns:
        position, measure_id, title, section, list, deadline, due, whether it is given, state,
        days_left, workdays_left, and leaders, lead and support as lists of names.
    """
    codes = table.codes
    windows = codes.windows
    places = pa.array(rows)
    deadlines = windows.code[rows]
    ids = codes.ids.take(places)
    titles = codes.titles.take(places)
    due = plain_dates(windows.due[deadlines])
    states = row_states(table, rows, as_of)
    columns = {
        "position": rows,
        "measure_id": ids.to_pylist(),
        "title": titles.to_pylist(),
        "section": _labels(codes.sections, rows),
        "list": _labels(codes.lists, rows),
        "deadline": [windows.phrase[deadline] for deadline in deadlines.tolist()],
        "due": pd.Series(due, dtype=object),
        "given": windows.given[deadlines],
        "state": [STATES[state] for state in states],
        "days_left": pd.array(days_left(table, rows, as_of), dtype="Int64"),
        "workdays_left": pd.array(workdays_left(table, rows, as_of), dtype="Int64"),
        "leaders": _names(codes.leaders, rows),
        "lead": _names(codes.lead, rows),
        "support": _names(codes.support, rows),
    }
    return pd.DataFrame(columns)


def _labels(labels: Labels, rows: Positions) -> list[str]:
    codes = labels.codes[rows]
    return [labels.names[code] for code in codes.tolist()]


def _names(names: Names, rows: Positions) -> list[list[str]]:
    return [names.of(row) for row in rows.tolist()]


def milestones(table: Table, rows: Rows) -> pd.DataFrame:
    """The milestones of the rows, the earliest first.

    A milestone's window may reach past its measure's deadline (下半年 under a 9月 deadline): it is
    shown at the deadline then, and `moved` says so.

    Returns:
        The columns of `Table.milestones`; shown, the day at which the milestone stands; moved.
    """
    of_rows = table.milestones
    of_rows = of_rows[of_rows["row"] >= 0]
    if rows is not None:
        is_asked = np.isin(of_rows["row"], rows)
        of_rows = of_rows[is_asked]
    windows = table.codes.windows
    entries = windows.code[of_rows["row"]]
    deadline = windows.due[entries]
    due = of_rows["due"].to_numpy("datetime64[D]")
    moved = due > deadline
    shown = np.where(moved, deadline, due)
    dated = of_rows.assign(shown=shown, moved=moved)
    return dated.sort_values("shown", kind="stable")
