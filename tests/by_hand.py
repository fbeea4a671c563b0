"""Every question about the workload, counted over the rows one by one, as a person would."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from lib import measures
from lib.workload import NOBODY, OTHERS, ROLES, STATES, Grid
from tests.clock import untraced

MONTHS: Final = range(1, 13)
HEADER: Final = ["年度", "清单", "板块", "举措", "责任领导", "责任部门", "完成时限"]
NO_MILESTONES: Final = [["编号"]]


class Window(NamedTuple):
    """The first and the last day on which a measure is in force."""

    first: date
    last: date


class Measure:
    """One row as a person sees it."""

    def __init__(self, position: int, row: Mapping[Any, Any]) -> None:
        self.position = position
        self.year = 0 if pd.isna(row["year"]) else int(row["year"])
        self.start: date | None = None if pd.isna(row["start"]) else row["start"]
        self.due: date | None = None if pd.isna(row["due"]) else row["due"]
        self.ongoing = bool(row["ongoing"])
        self.recurring = bool(row["recurring"])
        self.deadline: str = row["deadline"]
        self.list: str = row["list"]
        self._names: dict[str, list[str]] = {
            "leader": list(row["leaders"]),
            "lead": list(row["lead_departments"]),
            "support": list(row["support_departments"]),
            "section": [row["section"]] if row["section"] else [],
        }

    def names(self, column: str) -> list[str]:
        """Who stands in a column: leader, lead, support or section."""
        return self._names[column]

    def lanes(self, column: str) -> list[str]:
        """The same, but NOBODY where the column is empty."""
        return self.names(column) or [NOBODY]

    def state(self, day: date) -> str:
        """The first of the date states that fits."""
        if not (self.start or self.due or self.ongoing or self.recurring):
            says_nothing_of_a_date = self.deadline in ("", "立即")
            return "no_date" if says_nothing_of_a_date else "unreadable"
        if self.recurring:
            return "recurring"
        if self.due and self.due < day:
            return "passed"
        return "ongoing" if self.ongoing else self._coming_state(day)

    def _coming_state(self, day: date) -> str:
        month_end = day.replace(day=monthrange(day.year, day.month)[1])
        if self.due and self.due <= month_end:
            return "this_month"
        if self.due and self.due <= day + timedelta(days=30):
            return "within_30"
        return "later"

    def due_months(self, year: int) -> list[int]:
        """The month of a year in which it is due, none where it is due in another year."""
        return [self.due.month] if self.due and self.due.year == year else []

    @cached_property
    def window(self) -> Window | None:
        """From January or its own beginning up to the deadline or the end of the year."""
        anchor = self.due or self.start
        list_year = self.year or (anchor.year if anchor else None)
        if list_year is None or not (self.due or self.ongoing or self.recurring):
            return None
        first = self.start or date(list_year, 1, 1)
        last = self.due or date(max(first.year, list_year), 12, 31)
        if last < first:
            first = last.replace(day=1)
        return Window(first, last)

    def touches(self, year: int) -> bool:
        """Whether the window reaches into a year; without one, whether the list is of that year."""
        if self.window is None:
            return self.year == year
        return self.window.first.year <= year <= self.window.last.year

    def is_in_force(self, day: date) -> bool:
        return self.window is not None and self.window.first <= day <= self.window.last

    def is_over(self, day: date) -> bool:
        return self.window is not None and self.window.last < day

    def months_in_force(self, year: int) -> list[int]:
        if self.window is None:
            return []
        first = (self.window.first.year, self.window.first.month)
        last = (self.window.last.year, self.window.last.month)
        return [month for month in MONTHS if first <= (year, month) <= last]


def by_due(asked: Iterable[Measure]) -> list[Measure]:
    """Measures by their due day, those without one last."""
    return sorted(asked, key=lambda measure: measure.due or date.max)


def positions(asked: Iterable[Measure]) -> list[int]:
    return [measure.position for measure in asked]


# --- names and how often they stand there ---------------------------------------------------------


def uses(asked: Iterable[Measure], column: str) -> Counter[str]:
    """How many of the measures have each name of a column."""
    return Counter(name for measure in asked for name in measure.names(column))


def fullest_first(counts: Counter[str], names: Iterable[str]) -> list[str]:
    """The names that stand anywhere, by descending count, the earlier in the table first."""
    counted = [name for name in names if counts[name]]
    return sorted(counted, key=lambda name: -counts[name])


def state_counts(asked: Sequence[Measure], day: date) -> list[int]:
    """How many of the measures are in each state."""
    counts = Counter(measure.state(day) for measure in asked)
    return [counts[state] for state in STATES]


class Axis(NamedTuple):
    """The names along one side of a grid, OTHERS last, and how many of them it stands for."""

    labels: list[str]
    others: int = 0

    @classmethod
    def of_first(cls, names: list[str], limit: int) -> Axis:
        """The first names; all of them where no more than one does not fit."""
        if len(names) <= limit + 1:
            return cls(names)
        return cls([*names[:limit], OTHERS], len(names) - limit)

    def label(self, name: str) -> str:
        return name if name in self.labels else OTHERS


MONTH_AXIS: Final = Axis([str(month) for month in MONTHS])


class PlainGrid(NamedTuple):
    """A grid that can be compared."""

    rows: list[str]
    columns: list[str]
    counts: list[list[int]]
    others: tuple[int, int]

    @classmethod
    def of(cls, grid: Grid) -> PlainGrid:
        return cls(grid.rows, grid.columns, grid.counts.tolist(), grid.others)

    @classmethod
    def counted(cls, down: Axis, across: Axis, pairs: Iterable[tuple[str, str]]) -> PlainGrid:
        """How often each pair of names occurs."""
        cells = Counter((down.label(name), across.label(other)) for name, other in pairs)
        counts = [[cells[row, column] for column in across.labels] for row in down.labels]
        return cls(down.labels, across.labels, counts, (down.others, across.others))


# --- any table and what may be asked of it --------------------------------------------------------

PEOPLE: Final = ["甲", "乙", "丙", "丁", "戊", "己"]
PLACES: Final = ["组", "办", "财", "审", "工", "机"]
DEADLINES: Final = [
    *("全年", "8月", "12月", "一季度", "3—5月", "每月", "每季度", "长期", "立即", "待定", ""),
    *("2021年2月底", "6月起", "年底前", "2019年3月", "2020年3月起"),
]
DAYS: Final = st.dates(date(2019, 12, 1), date(2021, 3, 31))


def some_of(names: Sequence[str]) -> st.SearchStrategy[str]:
    """A cell with up to four of the names."""
    return st.lists(st.sampled_from(names), max_size=4, unique=True).map("、".join)


ROW: Final = st.tuples(
    st.sampled_from(["2020", "2021", "x"]),
    st.sampled_from(["单一", "单二"]),
    st.sampled_from(["一", "二", "三", ""]),
    st.just("题"),
    some_of(PEOPLE),
    some_of(PLACES),
    st.sampled_from(DEADLINES),
)


@dataclass(frozen=True)
class Question:
    """A table, some of its rows (None for all), a day, and how many names are shown."""

    table: measures.Table
    rows: np.ndarray | None
    day: date
    limit: int

    @cached_property
    def whole_table(self) -> list[Measure]:
        rows = untraced(lambda: self.table.rows.to_dict("records"))
        return [Measure(position, row) for position, row in enumerate(rows)]

    @cached_property
    def measures(self) -> list[Measure]:
        """The measures that are asked about."""
        if self.rows is None:
            return self.whole_table
        return [self.whole_table[position] for position in self.rows.tolist()]

    def names(self, column: str) -> list[str]:
        """All names of a column, as the table has them; departments of both roles together."""
        codes = self.table.codes
        if column == "section":
            headings = [name for measure in self.whole_table for name in measure.names(column)]
            return list(dict.fromkeys(headings))
        names = codes.lead.names if column in ROLES else codes.leaders.names
        return names.to_pylist()


@st.composite
def questions(draw: st.DrawFn) -> Question:
    cells = draw(st.lists(ROW, max_size=12))
    table = untraced(lambda: measures.of_rows([HEADER, *cells], NO_MILESTONES))
    asked = draw(st.none() | st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    rows = None if asked is None else np.flatnonzero(np.array(asked, bool))
    return Question(table, rows, draw(DAYS), draw(st.integers(1, 7)))
