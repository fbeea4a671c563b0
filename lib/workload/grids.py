"""Who × when and who × with whom: counts as a grid, for as many names as fit.

The grids count only the rows of the names that are shown. What the others have is the total less
that, and the total is counted once for the whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa

from lib.measures import Codes, Names, Table, descending
from lib.workload.months import COVERED, NO_MONTH, due_month_codes, span_codes
from lib.workload.rows import OTHERS, Role, Rows, name_uses, of_role, tally, with_name
from lib.workload.spans import MONTHS_A_YEAR

Counting = Literal["due", "in_force"]


@dataclass(frozen=True)
class Grid:
    """Counts of rows × columns, in descending order of their totals but for sections, which stand
    in the table's; what does not fit under OTHERS.

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
    if counting == "due":
        months = np.where(windows.ongoing, NO_MONTH, due_month_codes(windows, year))
        covered = np.eye(NO_MONTH + 1, MONTHS_A_YEAR, dtype=int)
    else:
        months = span_codes(windows, year)
        covered = COVERED
    down = _first_names(names, with_name(order, names.code_of(also), limit), limit)
    uses = _uses_within(names, down, rows, len(table))
    months_of_uses = months[windows.code[uses.row]]
    counts = tally(uses.place, months_of_uses, len(down.codes), len(covered))
    if down.others:
        deadline_uses = _deadline_uses(table, names, rows)
        total = np.bincount(months, deadline_uses, len(covered))
        counts = _with_others(counts, total)
    columns = [str(month) for month in range(1, MONTHS_A_YEAR + 1)]
    return Grid(
        rows=down.labels,
        columns=columns,
        counts=counts @ covered,
        others=(down.others, 0),
    )


def _deadline_uses(table: Table, names: Names, rows: Rows) -> np.ndarray:
    """Count how many names of a column stand at each distinct deadline in the rows."""
    windows = table.codes.windows
    if rows is None:
        return table.codes.once(_all_deadline_uses, names)
    return np.bincount(windows.code[rows], names.counts[rows], len(windows.kind))


def _all_deadline_uses(codes: Codes, names: Names) -> np.ndarray:
    return np.bincount(codes.windows.code, names.counts, len(codes.windows.kind))


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
    return _names_by_names(table, table.codes.lead, table.codes.support, rows, limit, also)


def _names_by_names(
    table: Table, down: Names, across: Names, rows: Rows, limit: int, also: str
) -> Grid:
    """Names × names, counted from the rows of the ones down. also: one of them."""
    order = with_name(busiest_first(down, rows), down.code_of(also), limit)
    first_down = _first_names(down, order, limit)
    first_across = _first_names(across, busiest_first(across, rows), limit)
    width = len(first_across.codes) + 1  # the last column is for the others
    column_of_name = np.full(len(across.names), width - 1)
    column_of_name[first_across.codes] = np.arange(width - 1)

    uses = _uses_within(down, first_down, rows, len(table))
    _, partners = across.pairs(uses.row)
    place = np.repeat(uses.place, across.counts[uses.row])
    column = column_of_name[partners]
    counts = tally(place, column, len(first_down.codes), width)
    if first_down.others:
        uses = _uses_within(across, first_across, rows, len(table))
        partner_counts = down.counts[uses.row]
        total = np.bincount(uses.place, partner_counts, width)
        total[-1] = _pairs_in_all(table, down, across, rows) - total.sum()
        counts = _with_others(counts, total)
    return Grid(
        rows=first_down.labels,
        columns=first_across.labels,
        counts=counts[:, : len(first_across.labels)],
        others=(first_down.others, first_across.others),
    )


def _pairs_in_all(table: Table, down: Names, across: Names, rows: Rows) -> int:
    """Count the pairs of a name of the one and a name of the other column in the rows."""
    if rows is None:
        counted_once = table.codes.once(_all_pairs, down, across)
        return int(counted_once[0])
    pairs = down.counts[rows] * across.counts[rows]
    return int(pairs.sum())


def _all_pairs(_codes: Codes, down: Names, across: Names) -> np.ndarray:
    pairs = down.counts * across.counts
    return np.atleast_1d(pairs.sum())


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
    return descending(name_uses(names, rows))


def _first_names(names: Names, order: np.ndarray, limit: int) -> _First:
    """The first names in an order.

    One too many is shown and not put under OTHERS: that would take the same room.
    """
    if len(order) <= limit + 1:
        return _First(order, _labels(names, order), others=0)
    first = order[:limit]
    labels = [*_labels(names, first), OTHERS]
    return _First(first, labels, others=len(order) - limit)


def _labels(names: Names, codes: np.ndarray) -> list[str]:
    labels: list[str] = names.names.take(pa.array(codes)).to_pylist()
    return labels


class _Uses(NamedTuple):
    """Each use of a shown name: the place of the name among the shown ones, and the row."""

    place: np.ndarray
    row: np.ndarray


def _uses_within(names: Names, first: _First, rows: Rows, size: int) -> _Uses:
    """The uses of the shown names within the rows. size: the length of the table."""
    of_names = [names.rows_of(int(code)) for code in first.codes]
    row = np.concatenate([np.zeros(0, np.int32), *of_names])
    lengths = [len(of_name) for of_name in of_names]
    place = np.repeat(np.arange(len(of_names)), np.array(lengths, int))
    if rows is None:
        return _Uses(place, row)
    asked = np.zeros(size, bool)
    asked[rows] = True
    within = asked[row]
    return _Uses(place[within], row[within])


def _with_others(counts: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Counts with one row more: what they leave of the total."""
    others = total.astype(int) - counts.sum(axis=0)
    return np.vstack((counts, others))
