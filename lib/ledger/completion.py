"""How much is done, and how much of it in time, with what each share is of.

Cancelled measures are in no count but their own. Punctuality is of what is closed or whose day has passed,
once by the day as issued and once by the day as extended.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from lib.ledger.coded import Days
from lib.ledger.states import State
from lib.ledger.status import Status
from lib.measures import Names, Table, descending
from lib.measures.arrays import Bools, Ints

# What is counted, in the order of the columns
COUNTS: Final = (
    "measures",
    "closed",
    "claimed",
    "running",
    "late",
    "paused",
    "extended",
    "cancelled",
    "of_first_due",
    "on_first_due",
    "of_due",
    "on_due",
)


def flags(status: Status) -> dict[str, Bools]:
    """For each row of the table whether it counts as each of `COUNTS`.

    measures: followed and not cancelled, which is what `closed` is a share of. running: open, and not
    claimed. of_first_due: closed, or not paused and after the day as issued; on_first_due: of these,
    what was closed by that day. of_due and on_due: the same by the current day.
    """
    counted, state = status.counted, status.state
    closed = counted & (state == State.CLOSED)
    paused = counted & (state == State.PAUSED)
    unpaused = counted & ~paused
    today = status.today
    of_first_due = _to_be_done(status.first_due, today, closed, unpaused)
    of_due = _to_be_done(status.due, today, closed, unpaused)
    return {
        "measures": counted,
        "closed": closed,
        "claimed": counted & (state == State.CLAIMED),
        "running": counted & (state == State.OPEN),
        "late": status.late,
        "paused": paused,
        "extended": counted & status.extended,
        "cancelled": status.followed & (state == State.CANCELLED),
        "of_first_due": of_first_due,
        "on_first_due": of_first_due & closed & (status.closed_on <= status.first_due),
        "of_due": of_due,
        "on_due": of_due & closed & (status.closed_on <= status.due),
    }


def _to_be_done(due: Days, today: np.datetime64, closed: Bools, unpaused: Bools) -> Bools:
    """For each row whether it has a day and is closed, or the day has passed and it isn't paused."""
    has_due = ~np.isnat(due)
    day_has_passed: Bools = due < today
    return has_due & (closed | (unpaused & day_has_passed))


def total(status: Status, rows: Ints | None) -> dict[str, int]:
    """Count the rows that count as each of `COUNTS`."""
    totals: dict[str, int] = {}
    for name, flag in flags(status).items():
        of_rows = flag if rows is None else flag[rows]
        totals[name] = int(of_rows.sum())
    return totals


def by_department(table: Table, rows: Ints | None, status: Status) -> pd.DataFrame:
    """Count what each department that leads has done.

    Returns:
        One row a department that leads any of the followed rows, most measures first: department, and
        `COUNTS`.
    """
    return _by_name("department", table.codes.lead, rows, status)


def by_leader(table: Table, rows: Ints | None, status: Status) -> pd.DataFrame:
    """Count what is done of what each leader carries, as `by_department`, with the column leader."""
    return _by_name("leader", table.codes.leaders, rows, status)


def _by_name(head: str, names: Names, rows: Ints | None, status: Status) -> pd.DataFrame:
    row, code = names.pairs(rows)
    counts: dict[str, Ints] = {}
    for name, flag in flags(status).items():
        is_counted = flag[row]
        counts[name] = np.bincount(code[is_counted], minlength=len(names.names))
    order = descending(counts["measures"] + counts["cancelled"])
    in_order = names.names.take(order)
    columns: dict[str, object] = {head: in_order.to_pylist()}
    for name, of_names in counts.items():
        columns[name] = of_names[order]
    return pd.DataFrame(columns)
