"""The rows that a question is about, and the deadlines and names that they have.

The table holds each distinct deadline once. A question about deadlines is answered for the distinct
ones, of which there are few, and then carried over to the rows.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from lib.measures import Names, Table

Positions = np.ndarray  # of rows in the table, ascending
Rows = Positions | None  # None for all
Counts = np.ndarray
Flags = np.ndarray  # truth values
Role = Literal["lead", "support"]

ROLES: Final[tuple[Role, ...]] = ("lead", "support")
OTHERS: Final = ""  # the name of the row, column or lane that holds what does not fit


def positions(table: Table, rows: Rows) -> Positions:
    """The rows as positions, where None stands for all of them."""
    if rows is None:
        return np.arange(len(table))
    return rows


def deadlines(table: Table, rows: Rows) -> np.ndarray:
    """The distinct deadline of each of the rows, as an index into `Codes.windows`."""
    windows = table.codes.windows
    if rows is None:
        return windows.code
    of_rows: np.ndarray = windows.code[rows]
    return of_rows


def deadline_uses(table: Table, rows: Rows) -> Counts:
    """Count how many of the rows have each distinct deadline."""
    windows = table.codes.windows
    if rows is None:
        return windows.uses
    deadlines_of_rows = windows.code[rows]
    return np.bincount(deadlines_of_rows, minlength=len(windows.kind))


def with_deadline(table: Table, rows: Rows, fits: Flags) -> Positions:
    """The positions of the rows whose deadline fits.

    fits: whether it does, for each distinct deadline.
    """
    row_fits = fits[deadlines(table, rows)]
    places: np.ndarray = np.flatnonzero(row_fits)
    if rows is None:
        return places
    fitting_rows: Positions = rows[places]
    return fitting_rows


def of_role(table: Table, role: Role) -> Names:
    """The departments that lead, or those that support."""
    if role == "lead":
        return table.codes.lead
    return table.codes.support


def name_uses(names: Names, rows: Rows) -> Counts:
    """Count how many of the rows have each name."""
    if rows is None:
        return names.uses
    _, codes = names.pairs(rows)
    return np.bincount(codes, minlength=len(names.names))


def tally(down: np.ndarray, across: np.ndarray, height: int, width: int) -> Counts:
    """Count the pairs of two codes, as a grid.

    The cells of the grid are numbered line by line: with height and width 2 the pairs (0, 1),
    (0, 1) and (1, 0) are in the cells 1, 1 and 2, which gives [[0, 2], [1, 0]].
    """
    lines = down.astype(np.int64)
    cells = lines * width + across
    size = height * width
    counts = np.bincount(cells, minlength=size)
    return counts.reshape(height, width)


def with_name(order: np.ndarray, code: int, limit: int) -> np.ndarray:
    """An order in which one name is among the first, in the last place of them if need be.

    Args:
        order: codes.
        code: of the name, one that is not among them for none.
        limit: how many are the first.
    """
    if len(order) <= limit + 1 or code in order[:limit] or code not in order:
        return order
    without_it = order[order != code]
    return np.insert(without_it, limit - 1, code)
