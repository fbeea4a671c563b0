"""What falls due and what is in force in each month of a year.

The two ways of counting are never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from lib.measures import Codes, Table, Windows
from lib.workload.rows import Rows, deadline_uses, with_deadline
from lib.workload.spans import (
    MONTHS_A_YEAR,
    days_in_force,
    in_force,
    january,
    month_number,
    year_number,
)

# A month of the year is 0 to 11; what lies outside the year has this code.
NO_MONTH: Final = MONTHS_A_YEAR
# A span of months has the code first × 13 + last; a span outside the year has the first 12.
SPAN_BASE: Final = MONTHS_A_YEAR + 1
NO_SPAN: Final = NO_MONTH * SPAN_BASE


def _covered_months() -> np.ndarray:
    """Which of the twelve months each span covers: the span 2 × 13 + 4 covers the months 2, 3 and
    4.
    """
    covered = np.zeros((SPAN_BASE * SPAN_BASE, MONTHS_A_YEAR), int)
    for first, last in product(range(SPAN_BASE), repeat=2):
        covered[first * SPAN_BASE + last, first : last + 1] = 1
    return covered


COVERED: Final = _covered_months()


def due_month_codes(windows: Windows, year: int) -> np.ndarray:
    """The month of the year in which each distinct deadline is due, NO_MONTH where it is not due in
    it.
    """
    month = month_number(windows.due) - january(year)
    in_year = ~np.isnat(windows.due) & (month >= 0) & (month < MONTHS_A_YEAR)
    return np.where(in_year, month, NO_MONTH)


def span_codes(windows: Windows, year: int) -> np.ndarray:
    """The months of the year in which each distinct deadline is in force, as the code of a span."""
    months = in_force(windows)
    first = np.clip(months.first - january(year), 0, NO_MONTH)
    last = np.clip(months.last - january(year), -1, MONTHS_A_YEAR - 1)
    in_year = months.known & (first <= last)
    return np.where(in_year, first * SPAN_BASE + last, NO_SPAN)


def by_month(table: Table, rows: Rows, year: int) -> pd.DataFrame:
    """Count what falls due and what is in force in the twelve months of a year.

    Returns:
        One row a month: month (1 to 12); due, the measures whose due date lies in the month,
        without the ongoing ones (全年); ongoing, those; in_force, the measures whose window covers
        any day of the month.
    """
    windows = table.codes.windows
    uses = deadline_uses(table, rows)
    due = due_month_codes(windows, year)
    spans = span_codes(windows, year)
    columns = {"month": np.arange(1, MONTHS_A_YEAR + 1)}
    for name, of_kind in (("due", ~windows.ongoing), ("ongoing", windows.ongoing)):
        counts = np.bincount(due[of_kind], uses[of_kind], NO_MONTH + 1)
        columns[name] = counts.astype(int)[:MONTHS_A_YEAR]
    span_uses = np.bincount(spans, uses, len(COVERED))
    columns["in_force"] = span_uses.astype(int) @ COVERED
    return pd.DataFrame(columns)


def peak(months: pd.DataFrame) -> tuple[list[int], int]:
    """The months with most due, and how many that is; ([], 0) where nothing is due.

    months: `by_month`.
    """
    most = int(months["due"].max())
    if not most:
        return [], 0
    fullest = months["due"] == most
    return months.loc[fullest, "month"].tolist(), most


def outside(table: Table, rows: Rows, year: int) -> int:
    """Count the rows that fall due in another year."""
    windows = table.codes.windows
    in_other_year = due_month_codes(windows, year) == NO_MONTH
    in_other_year &= ~np.isnat(windows.due)
    uses = deadline_uses(table, rows)
    return int(uses[in_other_year].sum())


def due_months(table: Table, rows: Rows) -> list[str]:
    """The months in which any of the rows falls due, as `2020-08`, ascending."""
    due = table.codes.windows.due
    used = deadline_uses(table, rows) > 0
    months = due[used & ~np.isnat(due)].astype("datetime64[M]")
    return [str(month) for month in np.unique(months)]


def due_in(table: Table, rows: Rows, month: str) -> np.ndarray:
    """The positions of the rows whose due date lies in a month (`2020-08`), ongoing ones among
    them.
    """
    months = table.codes.windows.due.astype("datetime64[M]")
    return with_deadline(table, rows, months == np.datetime64(month, "M"))


def in_month(table: Table, rows: Rows, month: str, count: str) -> np.ndarray:
    """The positions of the rows that `by_month` counts in a month (`2020-08`).

    Args:
        count: in which of its columns: due, ongoing or in_force; any other text means due and
            ongoing.
    """
    if count == "in_force":
        of_month = month_number(np.array([month], "datetime64[M]"))[0]
        windows = in_force(table.codes.windows)
        covers = windows.known & (windows.first <= of_month) & (of_month <= windows.last)
        return with_deadline(table, rows, covers)
    due = due_in(table, rows, month)
    ongoing = table.codes.windows.ongoing[table.codes.windows.code[due]]
    kept = {"due": ~ongoing, "ongoing": ongoing}
    if count in kept:
        due = due[kept[count]]
    return due


def in_year(table: Table, rows: Rows, year: int) -> np.ndarray:
    """The positions of the rows whose window touches a year; without a window, those of that year's
    lists.
    """
    windows = table.codes.windows
    days = days_in_force(windows)
    begun = year_number(days.first) <= year
    not_over = year_number(days.last) >= year
    touches = np.where(in_force(windows).known, begun & not_over, windows.year == year)
    return with_deadline(table, rows, touches)


def years(table: Table, lists: Sequence[str] = ()) -> tuple[int, ...]:
    """The years of the table, or of the chosen lists, ascending; none where no row has a year."""
    codes = table.codes
    of_lists = codes.once(_years_of_lists)
    if lists:
        places = codes.lists.position
        of_lists = of_lists[[places[name] for name in lists if name in places]]
    return tuple(np.unique(of_lists[of_lists > 0]).tolist())


def lists_of_year(table: Table, year: int) -> tuple[str, ...]:
    """The lists of a year, and those without one, in the order of the table; all for the year 0."""
    names = table.codes.lists.names
    if not year:
        return tuple(names)
    of_lists = table.codes.once(_years_of_lists).tolist()
    return tuple(
        name for name, of_list in zip(names, of_lists, strict=True) if of_list in {year, 0}
    )


def _years_of_lists(codes: Codes) -> np.ndarray:
    """The year of each list: one of the same name in another year is another list."""
    of_lists = np.zeros(len(codes.lists.names), np.int64)
    of_lists[codes.lists.codes] = codes.years
    return of_lists
