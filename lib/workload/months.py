"""What falls due and what is in force in each month of a year.

The two ways of counting are never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from lib.measures import Codes, Table, Windows
from lib.workload.rows import Counts, Flags, Positions, Rows, deadline_uses, with_deadline
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
    """Which of the twelve months each span covers, 1 or 0.

    The span 2 × 13 + 4 covers the months 2, 3 and 4.
    """
    spans = SPAN_BASE * SPAN_BASE
    covered = np.zeros((spans, MONTHS_A_YEAR), int)
    for span in range(spans):
        first, last = divmod(span, SPAN_BASE)
        end = last + 1
        covered[span, first:end] = 1
    return covered


COVERED: Final = _covered_months()


def due_month_codes(windows: Windows, year: int) -> np.ndarray:
    """The month of the year in which each distinct deadline is due, else NO_MONTH."""
    month = month_number(windows.due) - january(year)
    is_in_year = ~np.isnat(windows.due)
    is_in_year &= month >= 0
    is_in_year &= month < MONTHS_A_YEAR
    return np.where(is_in_year, month, NO_MONTH)


def span_codes(windows: Windows, year: int) -> np.ndarray:
    """The months of the year in which each distinct deadline is in force, as the code of a span."""
    months = in_force(windows)
    first_month = months.first - january(year)
    last_month = months.last - january(year)
    # What begins after the year has no first month in it, what ends before it no last one
    first = np.clip(first_month, 0, NO_MONTH)
    last = np.clip(last_month, -1, MONTHS_A_YEAR - 1)
    in_year = months.known & (first <= last)
    span = first * SPAN_BASE + last
    return np.where(in_year, span, NO_SPAN)


def by_month(table: Table, rows: Rows, year: int) -> pd.DataFrame:
    """Count what falls due and what is in force in the twelve months of a year.

    Returns:
        One row a month: month (1 to 12); due, the measures whose due date lies in the month,
        without the ongoing ones (全年); ongoing, those; in_force, the measures whose window covers
        any day of the month.
    """
    windows = table.codes.windows
    is_ongoing = windows.ongoing
    uses = deadline_uses(table, rows)
    months = due_month_codes(windows, year)
    spans = span_codes(windows, year)
    span_uses = np.bincount(spans, uses, len(COVERED))
    frame = pd.DataFrame()
    frame["month"] = np.arange(1, MONTHS_A_YEAR + 1)
    frame["due"] = _uses_in_months(months, uses, ~is_ongoing)
    frame["ongoing"] = _uses_in_months(months, uses, is_ongoing)
    frame["in_force"] = span_uses.astype(int) @ COVERED
    return frame


def _uses_in_months(months: np.ndarray, uses: Counts, counts: Flags) -> Counts:
    """Count the uses of distinct deadlines in each month of a year.

    Args:
        months: in which each of them is due.
        counts: whether it counts.
    """
    in_months = np.bincount(months[counts], uses[counts], NO_MONTH + 1)
    in_year = in_months[:MONTHS_A_YEAR]
    return in_year.astype(int)


def peak(months: pd.DataFrame) -> tuple[list[int], int]:
    """The months with most due, and how many that is; ([], 0) where nothing is due.

    months: `by_month`.
    """
    most = int(months["due"].max())
    if not most:
        return [], 0
    is_fullest = months["due"] == most
    fullest = months.loc[is_fullest, "month"]
    return fullest.tolist(), most


def outside(table: Table, rows: Rows, year: int) -> int:
    """Count the rows that fall due in another year."""
    windows = table.codes.windows
    is_dated = ~np.isnat(windows.due)
    months = due_month_codes(windows, year)
    is_outside = is_dated & (months == NO_MONTH)
    uses = deadline_uses(table, rows)
    return int(uses[is_outside].sum())


def due_months(table: Table, rows: Rows) -> list[str]:
    """The months in which any of the rows falls due, as `2020-08`, ascending."""
    due = table.codes.windows.due
    is_used = deadline_uses(table, rows) > 0
    is_dated = ~np.isnat(due)
    days = due[is_used & is_dated]
    months = np.unique(days.astype("datetime64[M]"))
    return [str(month) for month in months]


def due_in(table: Table, rows: Rows, month: str) -> Positions:
    """The positions of the rows whose due date lies in a month (`2020-08`).

    Ongoing ones are among them.
    """
    months = table.codes.windows.due.astype("datetime64[M]")
    fits = months == np.datetime64(month, "M")
    return with_deadline(table, rows, fits)


def in_month(table: Table, rows: Rows, month: str, count: str) -> Positions:
    """The positions of the rows that `by_month` counts in a month (`2020-08`).

    Args:
        count: in which of its columns: due, ongoing or in_force; any other text means due and
            ongoing.
    """
    if count == "in_force":
        return _in_force_in(table, rows, month)
    due = due_in(table, rows, month)
    windows = table.codes.windows
    is_ongoing = windows.ongoing[windows.code[due]]
    if count == "due":
        due = due[~is_ongoing]
    if count == "ongoing":
        due = due[is_ongoing]
    return due


def _in_force_in(table: Table, rows: Rows, month: str) -> Positions:
    """The positions of the rows whose window covers any day of a month."""
    asked = np.array([month], "datetime64[M]")
    [number] = month_number(asked)
    months = in_force(table.codes.windows)
    has_begun = months.first <= number
    is_not_over = months.last >= number
    covers_it = months.known & has_begun & is_not_over
    return with_deadline(table, rows, covers_it)


def in_year(table: Table, rows: Rows, year: int) -> Positions:
    """The positions of the rows whose window touches a year.

    Those without a window are of the year of their list.
    """
    windows = table.codes.windows
    days = days_in_force(windows)
    has_window = in_force(windows).known
    has_begun = year_number(days.first) <= year
    is_not_over = year_number(days.last) >= year
    is_listed = windows.year == year
    touches = np.where(has_window, has_begun & is_not_over, is_listed)
    return with_deadline(table, rows, touches)


def years(table: Table, lists: Sequence[str] = ()) -> tuple[int, ...]:
    """The years of the table, or of the chosen lists, ascending; none where no row has a year."""
    codes = table.codes
    of_lists = codes.once(_years_of_lists)
    if lists:
        position = codes.lists.position
        chosen = [position[name] for name in lists if name in position]
        of_lists = of_lists[chosen]
    known = of_lists[of_lists > 0]
    return tuple(np.unique(known).tolist())


def lists_of_year(table: Table, year: int) -> tuple[str, ...]:
    """The lists of a year, and those without one, in the order of the table; all for the year 0."""
    names = table.codes.lists.names
    if not year:
        return tuple(names)
    of_lists = table.codes.once(_years_of_lists).tolist()
    of_year: list[str] = []
    for name, year_of_list in zip(names, of_lists, strict=True):
        if year_of_list in (year, 0):
            of_year.append(name)
    return tuple(of_year)


def _years_of_lists(codes: Codes) -> np.ndarray:
    """The year of each list: one of the same name in another year is another list."""
    of_lists = np.zeros(len(codes.lists.names), np.int64)
    of_lists[codes.lists.codes] = codes.years
    return of_lists
