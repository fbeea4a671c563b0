"""What a measure table is in memory: rows beside integer codes, from which every question is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.errors import Problem

READ, EMPTY, UNREADABLE = 0, 1, 2  # Windows.kind


@dataclass(frozen=True, eq=False)
class Names:
    """A column of several names a cell, as codes.

    names: the distinct ones; offsets: row i has codes[offsets[i]:offsets[i + 1]].
    """

    names: pa.Array
    offsets: np.ndarray
    codes: np.ndarray

    @cached_property
    def row(self) -> np.ndarray:
        """The row of each code."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def position(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names.to_pylist())}

    @cached_property
    def counts(self) -> np.ndarray:
        """How many names each row has."""
        return np.diff(self.offsets)

    @cached_property
    def uses(self) -> np.ndarray:
        """How many rows have each name."""
        return np.bincount(self.codes, minlength=len(self.names))

    @cached_property
    def busiest(self) -> np.ndarray:
        """The codes that any row has, in descending order of their uses, the earlier in the table first."""
        return descending(self.uses)

    @cached_property
    def _postings(self) -> tuple[np.ndarray, np.ndarray]:
        return self.row[np.argsort(self.codes, kind="stable")], np.concatenate(
            ([0], np.cumsum(self.uses))
        )

    def rows_of(self, code: int) -> np.ndarray:
        """The rows that have a name, ascending."""
        rows, starts = self._postings
        return rows[starts[code] : starts[code + 1]]

    def pairs(self, rows: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """(row, code) of every name in the rows; None means all rows."""
        if rows is None:
            return self.row, self.codes
        starts, counts = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        steps = np.arange(counts.sum(), dtype=np.int64) - np.repeat(
            np.cumsum(counts) - counts, counts
        )
        return np.repeat(rows, counts), self.codes[np.repeat(starts, counts) + steps]

    def of(self, row: int) -> list[str]:
        """The names of one row."""
        return [
            self.names[int(code)].as_py()
            for code in self.codes[self.offsets[row] : self.offsets[row + 1]]
        ]

    def array(self) -> pa.ListArray:
        """The column as Arrow lists of strings."""
        return pa.ListArray.from_arrays(
            pa.array(self.offsets, pa.int32()), self.names.take(pa.array(self.codes))
        )


def descending(uses: np.ndarray) -> np.ndarray:
    """The places of those above zero, the highest first, in the order of the array where they tie."""
    order = np.argsort(-uses, kind="stable")
    return order[: np.count_nonzero(uses)]


@dataclass(frozen=True)
class Labels:
    """A column of one label a row, as codes. names: the distinct labels in the order of the table."""

    names: list[str]
    codes: np.ndarray

    @cached_property
    def position(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.names)}


@dataclass(frozen=True)
class Windows:
    """The distinct deadlines of the table, one entry for each pair of phrase and year, and each row's entry.

    code: entry of each row; start, due: datetime64[D], NaT where there is none; year: the list's year, 0 where it has
    none; recurring: index into schema.RECURRING; kind: READ, EMPTY or UNREADABLE.
    """

    code: np.ndarray
    phrase: list[str]
    start: np.ndarray
    due: np.ndarray
    ongoing: np.ndarray
    recurring: np.ndarray
    year: np.ndarray
    kind: np.ndarray

    @cached_property
    def uses(self) -> np.ndarray:
        """How many rows have each deadline."""
        return np.bincount(self.code, minlength=len(self.kind))


@dataclass(frozen=True)
class Codes:
    """The table as integers, and the columns that are looked up.

    lead and support share their names; a year of 0 is none.
    """

    ids: pa.Array
    leaders: Names
    lead: Names
    support: Names
    lists: Labels
    sections: Labels
    windows: Windows
    titles: pa.Array
    years: np.ndarray

    @cached_property
    def section_names(self) -> Names:
        """The sections as a column of one name a cell."""
        names = pa.array(self.sections.names, pa.string())
        return Names(
            names, np.arange(len(self.sections.codes) + 1, dtype=np.int32), self.sections.codes
        )

    def once(self, count: Callable[..., np.ndarray], *names: Names) -> np.ndarray:
        """What a function counts of whole columns, counted once. count: of these codes and the columns given."""
        key = (count, *names)
        if key not in self._counted:
            self._counted[key] = count(self, *names)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[object, ...], np.ndarray]:
        return {}


@dataclass(frozen=True)
class Table:
    """A measure list as read.

    rows: Arrow-backed DataFrame in schema.ROW_COLUMNS, then the file's extra columns; leaders, lead_departments and
    support_departments are lists, departments the cell as printed. milestones: measure_id, deadline, milestone, target,
    unit, row (position in rows, -1 if none), start, due. problems: what is wrong, in the order of the lines.
    """

    rows: pd.DataFrame
    milestones: pd.DataFrame
    problems: tuple[Problem, ...]
    codes: Codes

    def __len__(self) -> int:
        return len(self.rows)
