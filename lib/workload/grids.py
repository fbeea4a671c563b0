"""Who × when and who × with whom: counts as a grid, for as many names as fit.

The grids count only the rows of the names that are shown. What the others have is the total less
that, and the total is counted once for the whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa

from lib.measures import Codes, Names, Table, Windows, descending
from lib.workload.months import COVERED, NO_MONTH, due_month_codes, span_codes
from lib.workload.rows import OTHERS, Counts, Role, Rows, name_uses, of_role, tally, with_name
from lib.workload.spans import MONTHS_A_YEAR

Counting = Literal["due", "in_force"]


@dataclass(frozen=True)
class Grid:
    """Counts of rows × columns, what does not fit under OTHERS.

    Both are in descending order of their totals, but for sections, which stand in the table's.

    others: how many names the last row and the last column stand for, 0 where all fit.
    """

    rows: list[str]
    columns: list[str]
    counts: np.ndarray
    others: tuple[int, int] = (0, 0)


# --- by month -------------------------------------------------------------------------------------


def leader_by_month(
    table: Table, rows: Rows, year: int, counting: Counting, limit: int, *, also: str = ""
) -> Grid:
    """Leaders × the twelve months of a year. limit, also: as `names_by_month` has them."""
    leaders = table.codes.leaders
    order = busiest_first(leaders, rows)
    return names_by_month(table, leaders, rows, year, counting, limit, also=also, order=order)


def department_by_month(
    table: Table,
    rows: Rows,
    year: int,
    counting: Counting,
    role: Role,
    limit: int,
    *,
    also: str = "",
) -> Grid:
    """Departments in one role × the twelve months of a year. limit, also: as `names_by_month` has
    them.
    """
    departments = of_role(table, role)
    order = busiest_first(departments, rows)
    return names_by_month(table, departments, rows, year, counting, limit, also=also, order=order)


def names_by_month(
    table: Table,
    names: Names,
    rows: Rows,
    year: int,
    counting: Counting,
    limit: int,
    *,
    also: str = "",
    order: np.ndarray,
) -> Grid:
    """Names × the twelve months of a year, by way of the few distinct months or spans of months.

    Args:
        limit: how many names are shown at most, besides OTHERS.
        also: a name that is among them in any case, in the last place if need be; "" for none.
        order: the codes of the names in the order to be shown.
    """
    windows = table.codes.windows
    months = _months(windows, year, counting)
    order = with_name(order, names.code_of(also), limit)
    down = _first_names(names, order, limit)
    uses = _uses_within(names, down, rows, len(table))
    months_of_uses = months.code[windows.code[uses.row]]
    width = len(months.covered)
    counts = tally(uses.place, months_of_uses, len(down.codes), width)
    if down.others:
        deadline_uses = _deadline_uses(table, names, rows)
        total = np.bincount(months.code, deadline_uses, width)
        counts = _with_others(counts, total)
    months_of_year = range(1, MONTHS_A_YEAR + 1)
    month_names = [str(month) for month in months_of_year]
    return Grid(
        rows=down.labels,
        columns=month_names,
        counts=counts @ months.covered,
        others=(down.others, 0),
    )


class _Months(NamedTuple):
    """The months that count for each distinct deadline, as one code.

    covered: codes × the twelve months, 1 where a code covers the month. Counts by code become
    counts by month where they are multiplied with it: 2 deadlines from January to February and 1
    in February are 2 and 3.
    """

    code: np.ndarray
    covered: np.ndarray


def _months(windows: Windows, year: int, counting: Counting) -> _Months:
    if counting == "in_force":
        return _Months(span_codes(windows, year), COVERED)
    due = due_month_codes(windows, year)
    code = np.where(windows.ongoing, NO_MONTH, due)
    covers_itself = np.eye(NO_MONTH + 1, MONTHS_A_YEAR, dtype=int)
    return _Months(code, covers_itself)


def _deadline_uses(table: Table, names: Names, rows: Rows) -> Counts:
    """Count how many names of a column stand at each distinct deadline in the rows."""
    windows = table.codes.windows
    if rows is None:
        return table.codes.once(_all_deadline_uses, names)
    deadlines_of_rows = windows.code[rows]
    names_of_rows = names.counts[rows]
    return np.bincount(deadlines_of_rows, names_of_rows, len(windows.kind))


def _all_deadline_uses(codes: Codes, names: Names) -> Counts:
    windows = codes.windows
    return np.bincount(windows.code, names.counts, len(windows.kind))


# --- by name --------------------------------------------------------------------------------------


def leader_by_department(
    table: Table, rows: Rows, role: Role, limit: int, *, also: str = ""
) -> Grid:
    """Leaders × departments in one role: how many measures they share.

    also: a leader, as `names_by_month` has it.
    """
    departments = of_role(table, role)
    return _names_by_names(table, table.codes.leaders, departments, rows, limit, also)


def lead_by_support(table: Table, rows: Rows, limit: int, *, also: str = "") -> Grid:
    """Leading × supporting departments: in how many measures they lead and support.

    also: one that leads, as `names_by_month` has it.
    """
    codes = table.codes
    return _names_by_names(table, codes.lead, codes.support, rows, limit, also)


def _names_by_names(
    table: Table, down: Names, across: Names, rows: Rows, limit: int, also: str
) -> Grid:
    """Names × names, counted from the rows of the ones down. also: one of them."""
    order_down = with_name(busiest_first(down, rows), down.code_of(also), limit)
    order_across = busiest_first(across, rows)
    first_down = _first_names(down, order_down, limit)
    first_across = _first_names(across, order_across, limit)
    width = len(first_across.codes) + 1  # the last column is for the others
    uses = _uses_within(down, first_down, rows, len(table))
    pairs = _partners(across, first_across, uses)
    counts = tally(pairs.place, pairs.column, len(first_down.codes), width)
    if first_down.others:
        total = _pairs_of_columns(table, down, across, first_across, rows)
        counts = _with_others(counts, total)
    shown_columns = len(first_across.labels)
    return Grid(
        rows=first_down.labels,
        columns=first_across.labels,
        counts=counts[:, :shown_columns],
        others=(first_down.others, first_across.others),
    )


def _pairs_of_columns(
    table: Table, down: Names, across: Names, first: _First, rows: Rows
) -> Counts:
    """Count the pairs that each shown name across has with names down, and last those of the others.

    first: the names across that are shown.
    """
    uses = _uses_within(across, first, rows, len(table))
    partner_counts = down.counts[uses.row]
    total = np.bincount(uses.place, partner_counts, len(first.codes) + 1)
    total[-1] = _pairs_in_all(table, down, across, rows) - total.sum()
    return total


class _Pairs(NamedTuple):
    """Each pair of names in a row: the place of the one down, and the column of the one across."""

    place: np.ndarray
    column: np.ndarray


def _partners(across: Names, first: _First, uses: _Uses) -> _Pairs:
    """The pairs of shown names down with all names across.

    A use in a row with two names across is two pairs: the uses of the places 0, 1 in rows with 2
    and 1 names become the places 0, 0, 1. The names that are not shown share the last column.
    """
    last_column = len(first.codes)
    column_of_name = np.full(len(across.names), last_column)
    column_of_name[first.codes] = np.arange(last_column)
    _, partners = across.pairs(uses.row)
    partners_of_uses = across.counts[uses.row]
    place = np.repeat(uses.place, partners_of_uses)
    return _Pairs(place, column_of_name[partners])


def _pairs_in_all(table: Table, down: Names, across: Names, rows: Rows) -> int:
    """Count the pairs of a name of the one and a name of the other column in the rows."""
    if rows is None:
        [all_pairs] = table.codes.once(_all_pairs, down, across)
        return int(all_pairs)
    pairs_of_rows = down.counts[rows] * across.counts[rows]
    return int(pairs_of_rows.sum())


def _all_pairs(_codes: Codes, down: Names, across: Names) -> Counts:
    pairs_of_rows = down.counts * across.counts
    return np.atleast_1d(pairs_of_rows.sum())


# --- the names that are shown ---------------------------------------------------------------------


class _First(NamedTuple):
    """The names that are shown.

    labels: the names, and OTHERS after them where it is needed; others: how many names it stands
    for.
    """

    codes: np.ndarray
    labels: list[str]
    others: int


def busiest_first(names: Names, rows: Rows) -> np.ndarray:
    """The codes of the names that any of the rows has, the most used first."""
    if rows is None:
        return names.busiest
    uses = name_uses(names, rows)
    return descending(uses)


def _first_names(names: Names, order: np.ndarray, limit: int) -> _First:
    """The first names in an order.

    One too many is shown and not put under OTHERS: that would take the same room.
    """
    count = len(order)
    if count <= limit + 1:
        labels = _labels(names, order)
        return _First(order, labels, others=0)
    first = order[:limit]
    labels = [*_labels(names, first), OTHERS]
    return _First(first, labels, others=count - limit)


def _labels(names: Names, codes: np.ndarray) -> list[str]:
    chosen = names.names.take(pa.array(codes))
    labels: list[str] = chosen.to_pylist()
    return labels


class _Uses(NamedTuple):
    """Each use of a shown name: the place of the name among the shown ones, and the row."""

    place: np.ndarray
    row: np.ndarray


def _uses_within(names: Names, first: _First, rows: Rows, size: int) -> _Uses:
    """The uses of the shown names within the rows. size: the length of the table."""
    rows_of_names = [names.rows_of(code) for code in first.codes.tolist()]
    no_row = np.zeros(0, np.int32)
    row = np.concatenate([no_row, *rows_of_names])
    places = np.arange(len(first.codes))
    place = np.repeat(places, names.uses[first.codes])
    if rows is None:
        return _Uses(place, row)
    is_asked = np.zeros(size, bool)
    is_asked[rows] = True
    is_within = is_asked[row]
    return _Uses(place[is_within], row[is_within])


def _with_others(counts: Counts, total: Counts) -> Counts:
    """Counts with one row more: what they leave of the total."""
    shown_in_all = counts.sum(axis=0)
    others = total.astype(int) - shown_in_all
    return np.vstack((counts, others))
