"""Every question about the workload, counted over the rows one by one, as a person would."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from lib import measures
from lib.workload import OTHERS, STATES

HEADER = ["年度", "清单", "板块", "举措", "责任领导", "责任部门", "完成时限"]


class Measure:
    """One row as a person sees it."""

    def __init__(self, table, at):
        row = table.rows.iloc[at]
        self.at = at
        self.year = 0 if pd.isna(row["year"]) else int(row["year"])
        self.start, self.due = (
            None if pd.isna(row[name]) else row[name] for name in ("start", "due")
        )
        self.ongoing, self.recurring = bool(row["ongoing"]), row["recurring"]
        self.phrase = row["deadline"]
        self.section, self.list = row["section"], row["list"]
        self.leaders, self.lead = list(row["leaders"]), list(row["lead_departments"])
        self.support = list(row["support_departments"])

    def state(self, day):
        blank = not (self.start or self.due or self.ongoing or self.recurring)
        month_end = day.replace(day=monthrange(day.year, day.month)[1])
        conditions = (
            ("unreadable", blank and self.phrase not in ("", "立即")),
            ("no_date", blank),
            ("recurring", self.recurring),
            ("passed", self.due and self.due < day),
            ("ongoing", self.ongoing),
            ("this_month", self.due and self.due <= month_end),
            ("within_30", self.due and self.due <= day + timedelta(30)),
            ("later", True),
        )
        return next(name for name, fits in conditions if fits)

    def due_month(self, year):
        return self.due.month if self.due and self.due.year == year else None

    def window(self):
        """First and last day in force."""
        anchor = self.due or self.start
        list_year = self.year or (anchor.year if anchor else None)
        if list_year is None or not (self.due or self.ongoing or self.recurring):
            return None
        first = self.start or date(list_year, 1, 1)
        last = self.due or date(max(first.year, list_year), 12, 31)
        return (last.replace(day=1) if last < first else first), last

    def touches(self, year):
        """Whether the window reaches into a year; without one, whether the list is of that year."""
        span = self.window()
        return span[0].year <= year <= span[1].year if span else self.year == year

    def in_force(self, year):
        if not self.window():
            return []
        first, last = self.window()
        return [
            month
            for month in range(1, 13)
            if (first.year, first.month) <= (year, month) <= (last.year, last.month)
        ]


def in_order(counter, names):
    """By descending count, the earlier in the table first."""
    return sorted((name for name in names if counter[name]), key=lambda name: -counter[name])


def load(found, names, of, day):
    """Rows of a load frame: the name, its measures, and how many are in each state."""
    counts = Counter(name for one in found for name in of(one))
    states = Counter((name, one.state(day)) for one in found for name in of(one))
    return [
        [name, counts[name], *(states[name, state] for state in STATES)]
        for name in in_order(counts, names)
    ]


def grid_of(down_names, across_names, pairs, down_uses, across_uses, top):
    """Rows, columns and counts of a grid with its others."""

    def labels(uses, names):
        order = in_order(uses, names)
        return (order, 0) if len(order) <= top + 1 else ([*order[:top], OTHERS], len(order) - top)

    down, down_others = labels(down_uses, down_names)
    across, across_others = (
        labels(across_uses, across_names) if across_uses is not None else (across_names, 0)
    )
    counts = Counter(
        (one if one in down else OTHERS, two if two in across else OTHERS) for one, two in pairs
    )
    return (
        down,
        across,
        [[counts[one, two] for two in across] for one in down],
        (down_others, across_others),
    )


def as_plain(grid):
    return grid.rows, grid.columns, grid.counts.tolist(), grid.others


PEOPLE = ["甲", "乙", "丙", "丁", "戊", "己"]
PLACES = ["组", "办", "财", "审", "工", "机"]
PHRASES = [
    "全年",
    "8月",
    "12月",
    "一季度",
    "3—5月",
    "每月",
    "每季度",
    "长期",
    "立即",
    "待定",
    "",
    "2021年2月底",
    "6月起",
    "年底前",
]


def cells(names):
    return st.lists(st.sampled_from(names), max_size=4, unique=True).map("、".join)


ROW = st.tuples(
    st.sampled_from(["2020", "2021", "x"]),
    st.sampled_from(["单一", "单二"]),
    st.sampled_from(["一", "二", "三", ""]),
    st.just("题"),
    cells(PEOPLE),
    cells(PLACES),
    st.sampled_from([*PHRASES, "2019年3月", "2020年3月起"]),
)
DAYS = st.dates(date(2019, 12, 1), date(2021, 3, 31))


@dataclass(frozen=True)
class Question:
    """A table, some of its rows (None for all), a day, and how many names are shown."""

    table: measures.Table
    rows: np.ndarray | None
    day: date
    limit: int

    @property
    def found(self) -> list[Measure]:
        """The measures that are asked about."""
        if self.rows is None:
            return self.every
        return [Measure(self.table, row) for row in self.rows.tolist()]

    @property
    def every(self) -> list[Measure]:
        return [Measure(self.table, row) for row in range(len(self.table))]

    @property
    def leaders(self) -> list[str]:
        return self.table.codes.leaders.names.to_pylist()

    @property
    def departments(self) -> list[str]:
        return self.table.codes.lead.names.to_pylist()


@st.composite
def questions(draw) -> Question:
    cells = draw(st.lists(ROW, max_size=12))
    table = measures.of_rows([HEADER, *cells], [["编号"]])
    asked = draw(st.none() | st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    rows = None
    if asked is not None:
        rows = np.flatnonzero(np.array(asked, bool))
    return Question(table, rows, draw(DAYS), draw(st.integers(1, 7)))


COLUMNS = {
    "leader": lambda measure: measure.leaders,
    "lead": lambda measure: measure.lead,
    "support": lambda measure: measure.support,
    "section": lambda measure: [measure.section] if measure.section else [],
}


def uses_of(column, found):
    """How many of the measures have each name of a column."""
    return Counter(name for measure in found for name in COLUMNS[column](measure))


def by_due(found):
    """Measures by their due day, those without one last."""
    return sorted(found, key=lambda measure: (measure.due is None, measure.due or date.min))
