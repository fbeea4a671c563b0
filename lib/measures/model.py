"""What a measure table is in memory: rows, and integer codes that answer questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lib.errors import Problem
from lib.measures import spelling
from lib.measures.arrays import Ints
from lib.measures.name_column import NOBODY, NONE, Names

if TYPE_CHECKING:
    import pandas as pd

READ, EMPTY, UNREADABLE = range(3)  # Windows.kind


@dataclass(frozen=True)
class Labels:
    """A column of one label a row, as codes. names: the distinct ones in the table's order."""

    names: list[str]
    codes: np.ndarray

    @cached_property
    def position(self) -> dict[str, int]:
        """The code of each label."""
        return {name: code for code, name in enumerate(self.names)}

    def code_of(self, name: str) -> int:
        """The code of a label in any spelling, -1 where the column does not have it.

        NOBODY stands for the empty label.
        """
        label = "" if name == NOBODY else name
        key = spelling.key(label)
        return self._code_of_key.get(key, NONE)

    @cached_property
    def _code_of_key(self) -> dict[str, int]:
        return {spelling.key(name): code for code, name in enumerate(self.names)}

    def as_names(self) -> Names:
        """The labels as a column of one name a cell, none where the label is empty."""
        names = pa.array(self.names, pa.string())
        count = len(self.codes)
        one_a_cell = np.arange(count + 1, dtype=np.int32)
        named = Names(names, one_a_cell, self.codes)
        empty = self.position.get("", NONE)
        return named.part(self.codes != empty)


@dataclass(frozen=True)
class Windows:
    """The distinct deadlines of the table.

    One entry for each phrase, its year, and the days that stand beside it (`schema.DATE_COLUMNS`).

    Attributes:
        code: the entry of each row.
        phrase: the deadline as printed.
        start, due: datetime64[D], NaT where there is none.
        given: whether the due day is one that a person gave, whatever the phrase says.
        ongoing: whether it runs through.
        recurring: index into schema.RECURRING.
        year: the list's year, 0 where it has none.
        issued: datetime64[D], the day on which the list was issued, NaT where it is not known.
        kind: READ, EMPTY or UNREADABLE.
    """

    code: np.ndarray
    phrase: list[str]
    start: np.ndarray
    due: np.ndarray
    given: np.ndarray
    ongoing: np.ndarray
    recurring: np.ndarray
    year: np.ndarray
    issued: np.ndarray
    kind: np.ndarray

    def issued_on(self, row: int) -> date | None:
        """The day on which the list of a row was issued, None where it is not known."""
        entry = self.code[row]
        day: date | None = self.issued[entry].astype(object)
        return day

    @cached_property
    def uses(self) -> Ints:
        """How many rows have each deadline."""
        return np.bincount(self.code, minlength=len(self.kind))


@dataclass(frozen=True)
class Codes:
    """The table as integers, and the columns that are looked up.

    lead and support share their names; a year of 0 is none; a title longer than a cell of Excel is
    its beginning, which is what is shown and searched.
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
        return self.sections.as_names()

    def once(self, count: Callable[..., Ints], *names: Names) -> Ints:
        """What a function counts of whole columns, counted once.

        Args:
            count: a function of these codes and the columns given.
            names: the columns.
        """
        counted = self._counted
        key = (count, *names)
        if key not in counted:
            counted[key] = count(self, *names)
        return counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[object, ...], Ints]:
        return {}


@dataclass(frozen=True)
class Table:
    """A measure list as read.

    Attributes:
        columns: of the rows, in schema.ROW_COLUMNS, then those of schema.DATE_COLUMNS that the
            file has, then its extra columns. leaders (with their titles), lead_departments and
            support_departments are lists, departments and the dates the cell as printed.
        milestone_columns: measure_id, deadline, milestone, target, unit, row (position in rows, -1
            if none), start, due.
        problems: what is wrong, in the order of the lines.
        codes: the same as integers.
    """

    columns: pa.Table
    milestone_columns: pa.Table
    problems: tuple[Problem, ...]
    codes: Codes

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    # pandas takes half a second to be loaded: who only reads a table does without.

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The columns as a frame, backed by the same memory."""
        import pandas as pd

        frame: pd.DataFrame = self.columns.to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """The milestones as a frame; start and due are dates, or None."""
        frame: pd.DataFrame = self.milestone_columns.to_pandas()
        return frame
