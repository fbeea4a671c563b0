"""How many rows of each kind a name or a month has, for kinds that the deadlines alone don't know."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from lib.measures import Names, Table, descending
from lib.workload.loads import load_frame
from lib.workload.months import due_month_codes
from lib.workload.rows import Rows, tally, with_deadline
from lib.workload.sections import as_in_table, sections_of
from lib.workload.spans import MONTHS_A_YEAR

Whose = Literal["leader", "department", "section"]


class Kinds(NamedTuple):
    """What each row of a table is counted as. of_row: places among columns; columns: their names."""

    of_row: np.ndarray
    columns: tuple[str, ...]


def by_kind(table: Table, whose: Whose, rows: Rows, kinds: Kinds) -> pd.DataFrame:
    """Count what each leader, leading department or section has of each kind.

    Returns:
        One row a name, the busiest first, sections in the order of the table: the name under the head
        `whose`, measures, and one column for each kind.
    """
    names = _names(table, whose)
    row, name = names.pairs(rows)
    kind = kinds.of_row[row]
    counts = tally(name, kind, len(names.names), len(kinds.columns))
    if whose == "section":
        order = as_in_table(names, rows)
    else:
        measures = counts.sum(axis=1)
        order = descending(measures)
    return load_frame(whose, names, order, counts, kinds.columns)


def _names(table: Table, whose: Whose) -> Names:
    if whose == "section":
        return sections_of(table)
    if whose == "leader":
        return table.codes.leaders
    return table.codes.lead


def months_by_kind(table: Table, rows: Rows, year: int, kinds: Kinds) -> pd.DataFrame:
    """Count what falls due in each month of a year of each kind, without the ongoing ones (全年).

    Returns:
        One row a month: month (1 to 12), and one column for each kind.
    """
    windows = table.codes.windows
    months = due_month_codes(windows, year)
    falls_due = (months < MONTHS_A_YEAR) & ~windows.ongoing
    due_rows = with_deadline(table, rows, falls_due)
    month = months[windows.code[due_rows]]
    kind = kinds.of_row[due_rows]
    counts = tally(month, kind, MONTHS_A_YEAR, len(kinds.columns))
    frame = pd.DataFrame(counts, columns=[*kinds.columns])
    frame.insert(0, "month", range(1, MONTHS_A_YEAR + 1))
    return frame
