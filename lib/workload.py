"""Who carries what: by leader, department and role, by month, and who works with whom.

Every question is answered from the table's integer codes with `np.bincount`. `rows` are positions in the table,
ascending, or None for all of them (`measures.select`); `as_of` is always given, never asked for. Lead and support are
counted apart and never summed but with a stated weight (DESIGN.md §2).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import EMPTY, UNREADABLE, Codes, Names, Table, Windows, descending, schema

Rows = np.ndarray | None  # positions in the table, ascending; None for all
Positions = np.ndarray
Counting = Literal["due", "in_force"]
Role = Literal["lead", "support"]

STATES: Final = tuple(schema.STATES)
MARKS: Final = schema.STATES
SOON: Final = 30  # days
ROLES: Final[tuple[Role, ...]] = ("lead", "support")
OTHERS: Final = ""  # the name of the row or column that holds what does not fit


@dataclass(frozen=True)
class Grid:
    """Counts of rows × columns, both in descending order of their totals, what does not fit under OTHERS.

    others: how many names the last row and the last column stand for, 0 where all fit.
    """

    rows: list[str]
    columns: list[str]
    counts: np.ndarray
    others: tuple[int, int] = (0, 0)


# --- date states -----------------------------------------------------------------------------------------------------


def states(windows: Windows, as_of: date) -> np.ndarray:
    """The date state of each distinct deadline on a day, as an index into STATES: the first that fits (DESIGN §4)."""
    day = np.datetime64(as_of, "D")
    month_end = np.datetime64(_month_end(as_of), "D")
    dated = ~np.isnat(windows.due)
    conditions = [
        windows.kind == UNREADABLE,
        (windows.kind == EMPTY) | (~dated & ~windows.ongoing & (windows.recurring == 0)),
        windows.recurring > 0,
        windows.due < day,
        windows.ongoing,
        windows.due <= month_end,
        windows.due <= day + SOON,
    ]
    return np.select(conditions, np.arange(len(conditions)), len(conditions)).astype(np.int8)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def row_states(table: Table, rows: Rows, as_of: date) -> np.ndarray:
    """The date state of each of the rows, as an index into STATES."""
    found: np.ndarray = states(table.codes.windows, as_of)[_windows(table, rows)]
    return found


def _windows(table: Table, rows: Rows) -> np.ndarray:
    code = table.codes.windows.code
    return code if rows is None else code[rows]


def _window_uses(table: Table, rows: Rows) -> np.ndarray:
    """How many of the rows have each distinct deadline."""
    windows = table.codes.windows
    return (
        windows.uses
        if rows is None
        else np.bincount(windows.code[rows], minlength=len(windows.kind))
    )


def by_state(table: Table, rows: Rows, as_of: date) -> dict[str, int]:
    """How many of the rows are in each date state, in the order of STATES."""
    windows = table.codes.windows
    counts = np.bincount(states(windows, as_of), _window_uses(table, rows), len(STATES)).astype(int)
    return dict(zip(STATES, counts.tolist(), strict=True))


def in_state(table: Table, rows: Rows, as_of: date, state: str) -> np.ndarray:
    """The positions of the rows that are in a date state."""
    return _kept(table, rows, states(table.codes.windows, as_of) == STATES.index(state))


def _kept(table: Table, rows: Rows, fits: np.ndarray) -> np.ndarray:
    """The positions of the rows whose deadline fits. fits: for each distinct deadline."""
    found: np.ndarray = np.flatnonzero(fits[_windows(table, rows)])
    return found if rows is None else rows[found]


def in_year(table: Table, rows: Rows, year: int) -> np.ndarray:
    """The positions of the rows whose window touches a year; without a window, those of that year's lists."""
    windows = table.codes.windows
    first, last = (day.astype("datetime64[Y]").astype(np.int64) + 1970 for day in _spans(windows))
    known = _force_bounds(windows)[2]
    return _kept(
        table, rows, np.where(known, (first <= year) & (year <= last), windows.year == year)
    )


def due_months(table: Table, rows: Rows) -> list[str]:
    """The months in which any of the rows falls due, as `2020-08`, ascending."""
    windows = table.codes.windows
    used = _window_uses(table, rows) > 0
    return [
        str(month)
        for month in np.unique(windows.due[used & ~np.isnat(windows.due)].astype("datetime64[M]"))
    ]


def due_in(table: Table, rows: Rows, month: str) -> np.ndarray:
    """The positions of the rows whose due date lies in a month (`2020-08`), ongoing ones among them."""
    return _kept(
        table, rows, table.codes.windows.due.astype("datetime64[M]") == np.datetime64(month, "M")
    )


def _positions(table: Table, rows: Rows) -> np.ndarray:
    return np.arange(len(table)) if rows is None else rows


# --- by leader and department ----------------------------------------------------------------------------------------


def by_leader(table: Table, rows: Rows, as_of: date) -> pd.DataFrame:
    """Leaders with their load: leader, measures, and one column for each date state; the busiest first.

    A measure with two leaders counts once for each, so that the sum may exceed the number of measures.
    """
    return _load(table, "leader", table.codes.leaders, rows, as_of)


def by_department(
    table: Table, rows: Rows, *, weight: float, sort: str = "weighted"
) -> pd.DataFrame:
    """Departments with lead, support and weighted = lead + support × weight, in descending order of the column `sort`.

    Ties are broken by the other two columns, then by the order of the table.
    """
    codes = table.codes
    lead, support = (_uses(names, rows) for names in (codes.lead, codes.support))
    named = np.flatnonzero(lead + support)
    # Many departments share their counts: the distinct pairs are sorted, then the departments by their pair's place
    pair, pairs = pd.factorize(lead[named] << 32 | support[named])
    counts = pd.DataFrame({"lead": pairs >> 32, "support": pairs & 0xFFFFFFFF})
    counts["weighted"] = counts["lead"] + counts["support"] * weight
    keys = [
        counts[name].to_numpy() for name in dict.fromkeys((sort, "weighted", "lead", "support"))
    ]
    best = np.lexsort((*(-key for key in reversed(keys)),))
    place = np.empty(
        len(pairs), np.min_scalar_type(len(pairs))
    )  # short integers are sorted by their digits
    place[best] = np.arange(len(pairs))
    order = np.argsort(place[pair], kind="stable")
    frame = counts.take(pair[order]).reset_index(drop=True)
    frame.insert(0, "department", _strings(codes.lead.names, named[order]))
    return frame


def department_states(table: Table, rows: Rows, as_of: date, role: Role) -> pd.DataFrame:
    """Departments in one role: department, measures, and one column for each date state; the busiest first."""
    return _load(table, "department", _in_role(table, role), rows, as_of)


def _in_role(table: Table, role: Role) -> Names:
    return table.codes.lead if role == "lead" else table.codes.support


def _uses(names: Names, rows: Rows) -> np.ndarray:
    return (
        names.uses
        if rows is None
        else np.bincount(names.pairs(rows)[1], minlength=len(names.names))
    )


def _load(table: Table, head: str, names: Names, rows: Rows, as_of: date) -> pd.DataFrame:
    codes, state = table.codes, states(table.codes.windows, as_of)
    if rows is None and len(names.names) * len(state) <= 2 * len(names.codes):
        counts = codes.once(_by_deadline, names) @ np.eye(len(STATES), dtype=np.float32)[state]
    else:
        row, code = names.pairs(rows)
        counts = _tally(code, state.take(codes.windows.code[row]), len(names.names), len(STATES))
    counts = counts.astype(int)
    total = counts.sum(axis=1)
    order = descending(total)
    loads = dict(zip(STATES, counts[order].T, strict=True))
    return pd.DataFrame({head: _strings(names.names, order), "measures": total[order], **loads})


def _by_deadline(codes: Codes, names: Names) -> np.ndarray:
    """Names × distinct deadlines: how often each name has each deadline.

    As floats, whose products are fast, and exact up to 16 million.
    """
    windows = codes.windows
    return _tally(names.codes, windows.code[names.row], len(names.names), len(windows.kind)).astype(
        np.float32
    )


def _strings(names: pa.Array, codes: np.ndarray) -> pd.Series:
    """Names as a column without Python objects: there may be forty thousand."""
    return pd.Series(pd.arrays.ArrowExtensionArray(names.take(pa.array(codes))))


def busiest(columns: Sequence[Names], limit: int) -> list[str]:
    """The names with most measures in columns that share their names, in descending order."""
    uses = sum(names.uses for names in columns)
    names: list[str] = columns[0].names.take(descending(np.asarray(uses))[:limit]).to_pylist()
    return names


def top(frame: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The first rows of a load frame; the others, where they are two or more, in one row named OTHERS.

    Adds the column others: how many names the row stands for, 0 for a name of its own.
    """
    if len(frame) <= limit + 1:
        return frame.assign(others=0)
    rest = frame.iloc[limit:]
    sums = {
        name: rest[name].sum() for name in frame.columns[1:]
    }  # one by one: counts stay whole numbers
    summed = pd.DataFrame([{frame.columns[0]: OTHERS, **sums, "others": len(rest)}])
    return pd.concat([frame.iloc[:limit].assign(others=0), summed], ignore_index=True)


def concentration(frame: pd.DataFrame, column: str) -> tuple[list[str], int]:
    """(names, count) of those at the top of a load frame by a column: all that tie for first place; ([], 0) if none.

    The names stand in the frame's first column.
    """
    counts = frame[column].to_numpy()
    most = counts.max(initial=0)
    return (
        (frame.iloc[np.flatnonzero(np.isclose(counts, most)), 0].tolist(), most)
        if most
        else ([], 0)
    )


def rank_changes(
    frame: pd.DataFrame, weight: float, among: int = 8
) -> list[tuple[str, str, float, bool]]:
    """Where the ranking by weighted load turns with the weight: (upper, lower, at, tie) for pairs among the first.

    At the weight `at` the lower has caught up with the upper; `tie`: the weight is at its end, 1, so it draws
    level there and does not pass. Nearest to the present weight first. frame: `by_department` at that weight.
    """
    first = frame.nlargest(among, "weighted", keep="first")
    names, leads, supports = (
        first[column].tolist() for column in ("department", "lead", "support")
    )
    found: list[tuple[str, str, float, bool]] = []
    for upper, lower in combinations(range(len(names)), 2):
        slope = supports[lower] - supports[upper]
        crossing = (leads[upper] - leads[lower]) / slope if slope else -1.0
        if 0 < crossing <= 1 and crossing != weight:
            found.append((names[upper], names[lower], crossing, crossing == 1))
    return sorted(found, key=lambda change: abs(change[2] - weight))


# --- by month --------------------------------------------------------------------------------------------------------


def by_month(table: Table, rows: Rows, year: int) -> pd.DataFrame:
    """The twelve months of a year: month (1–12), due, ongoing, in_force.

    due: measures whose due date lies in the month, without the ongoing ones (全年), which are counted in `ongoing`;
    in_force: measures whose window covers any day of the month. The two ways are never mixed (DESIGN.md §4).
    """
    windows, uses = table.codes.windows, _window_uses(table, rows)
    columns = {"month": np.arange(1, 13)}
    due = _due_months(windows, year)
    for name, which in (("due", ~windows.ongoing), ("ongoing", windows.ongoing)):
        columns[name] = np.bincount(due[which], uses[which], 13).astype(int)[:12]
    columns["in_force"] = (
        np.bincount(_force_months(windows, year), uses, 13 * 13).astype(int) @ _COVERED
    )
    return pd.DataFrame(columns)


def outside(table: Table, rows: Rows, year: int) -> int:
    """How many of the rows fall due in another year than the one that is shown."""
    windows = table.codes.windows
    other = ~np.isnat(windows.due) & (_due_months(windows, year) == _NONE)
    return int(_window_uses(table, rows)[other].sum())


def peak(months: pd.DataFrame) -> tuple[list[int], int]:
    """The months with most due, and how many; ([], 0) where nothing is due. months: `by_month`."""
    top = int(months["due"].max())
    return (months.loc[months["due"] == top, "month"].tolist(), top) if top else ([], 0)


_NONE: Final = 12  # where a month 0–11 would stand
# Which of the twelve months a span covers, for each code first × 13 + last of `_force_months`.
_COVERED: Final = np.array(
    [[first <= month <= last for month in range(12)] for first in range(13) for last in range(13)],
    int,
)


def _due_months(windows: Windows, year: int) -> np.ndarray:
    """0–11 for each distinct deadline that is due in the year, _NONE for the others."""
    month = windows.due.astype("datetime64[M]").astype(np.int64) - (year - 1970) * 12
    return np.where(~np.isnat(windows.due) & (month >= 0) & (month < _NONE), month, _NONE)


def _force_months(windows: Windows, year: int) -> np.ndarray:
    """The months of the year in which each distinct deadline is in force, as first × 13 + last; 12 × 13 for none.

    The list's year begins in January unless the phrase says otherwise. What has no due date but runs or recurs is in
    force through the list's year; what is to be done at once, has no phrase or an unreadable one, in none.
    """
    start, end, known = _force_bounds(windows)
    offset = (year - 1970) * 12
    first, last = np.clip(start - offset, 0, _NONE), np.clip(end - offset, -1, 11)
    return np.where(known & (first <= last), first * 13 + last, _NONE * 13)


def _force_bounds(windows: Windows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and last month (since 1970) of each distinct deadline, and whether it has a window at all."""
    told = np.where(
        np.isnat(windows.due), windows.start, windows.due
    )  # a phrase may name a year that the list lacks
    year = np.where(
        windows.year > 0, windows.year, told.astype("datetime64[Y]").astype(np.int64) + 1970
    )
    january = (year - 1970) * 12
    endless = np.isnat(windows.due) & (windows.ongoing | (windows.recurring > 0))
    known = (~np.isnat(windows.due) | endless) & ((windows.year > 0) | ~np.isnat(told))
    start = np.where(
        np.isnat(windows.start), january, windows.start.astype("datetime64[M]").astype(np.int64)
    )
    end = np.where(
        endless,
        np.maximum(january, start) // 12 * 12 + 11,
        windows.due.astype("datetime64[M]").astype(np.int64),
    )
    # Due in an earlier year than the list's (a slip of the pen): in force in its due month alone
    return np.where(known, np.minimum(start, end), 0), np.where(known, end, 0), known


# --- grids -----------------------------------------------------------------------------------------------------------


def leader_by_month(table: Table, rows: Rows, year: int, counting: Counting, top: int) -> Grid:
    """Leaders × the twelve months of a year."""
    return _names_by_month(table, table.codes.leaders, rows, year, counting, top)


def department_by_month(
    table: Table, rows: Rows, year: int, counting: Counting, role: Role, top: int
) -> Grid:
    """Departments in one role × the twelve months of a year."""
    return _names_by_month(table, _in_role(table, role), rows, year, counting, top)


def _names_by_month(
    table: Table, names: Names, rows: Rows, year: int, counting: Counting, top: int
) -> Grid:
    """By way of the few distinct months or spans of months: the uses of each, then each one's months."""
    windows = table.codes.windows
    if counting == "due":
        span, months = (
            np.where(windows.ongoing, _NONE, _due_months(windows, year)),
            np.eye(13, 12, dtype=int),
        )
    else:
        span, months = _force_months(windows, year), _COVERED
    shown, labels, others = _ranked(names, rows, top)
    place, row = _shown_rows(names, shown, rows, len(table))
    counts = _tally(place, span[windows.code[row]], len(shown), len(months))
    if others:
        used = _named_uses(table, names, rows)
        counts = _with_rest(counts, np.bincount(span, used, len(months)))
    return Grid(labels, [str(month) for month in range(1, 13)], counts @ months, (others, 0))


def _named_uses(table: Table, names: Names, rows: Rows) -> np.ndarray:
    """How many names of a column stand at each distinct deadline in the rows."""
    windows = table.codes.windows
    if rows is None:
        return table.codes.once(_all_named_uses, names)
    return np.bincount(windows.code[rows], names.counts[rows], len(windows.kind))


def _all_named_uses(codes: Codes, names: Names) -> np.ndarray:
    return np.bincount(codes.windows.code, names.counts, len(codes.windows.kind))


def leader_by_department(table: Table, rows: Rows, role: Role, top: int) -> Grid:
    """Leaders × departments in one role: how many measures they share."""
    return _names_by_names(table, table.codes.leaders, _in_role(table, role), rows, top)


def lead_by_support(table: Table, rows: Rows, top: int) -> Grid:
    """Leading × supporting departments: in how many measures the one leads and the other supports."""
    return _names_by_names(table, table.codes.lead, table.codes.support, rows, top)


def _names_by_names(table: Table, down: Names, across: Names, rows: Rows, top: int) -> Grid:
    """The shown names of both, counted from the rows of the ones down; the others are what the totals leave."""
    shown_down, down_labels, down_others = _ranked(down, rows, top)
    shown_across, across_labels, across_others = _ranked(across, rows, top)
    size = len(table)
    place, row = _shown_rows(down, shown_down, rows, size)
    rank = np.full(len(across.names), len(shown_across))
    rank[shown_across] = np.arange(len(shown_across))
    partner = rank[across.pairs(row)[1]]
    counts = _tally(
        np.repeat(place, across.counts[row]), partner, len(shown_down), len(shown_across) + 1
    )
    if down_others:
        column, row = _shown_rows(across, shown_across, rows, size)
        total = np.bincount(column, down.counts[row], len(shown_across) + 1)
        total[-1] = _shared(table, down, across, rows) - total.sum()
        counts = _with_rest(counts, total)
    return Grid(
        down_labels, across_labels, counts[:, : len(across_labels)], (down_others, across_others)
    )


def _ranked(names: Names, rows: Rows, top: int) -> tuple[np.ndarray, list[str], int]:
    """The codes of the first `top` names by their uses, their labels, and how many names the label OTHERS stands for.

    One name too many is shown, not put under OTHERS: it would take the same room.
    """
    order = names.busiest if rows is None else descending(_uses(names, rows))
    others = len(order) - top if len(order) > top + 1 else 0
    shown = order[: len(order) - others]
    return (
        shown,
        [*names.names.take(pa.array(shown)).to_pylist(), *([OTHERS] if others else [])],
        others,
    )


def _shown_rows(
    names: Names, shown: np.ndarray, rows: Rows, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """(place, row) of each use of the shown names within the rows."""
    found = [names.rows_of(int(code)) for code in shown]
    row = np.concatenate(found) if found else np.zeros(0, np.int32)
    place = np.repeat(np.arange(len(shown)), [len(each) for each in found])
    if rows is None:
        return place, row
    within = np.zeros(size, bool)
    within[rows] = True
    return place[within[row]], row[within[row]]


def _shared(table: Table, down: Names, across: Names, rows: Rows) -> int:
    """How many pairs of a name of the one and a name of the other column the rows have."""
    if rows is None:
        return int(table.codes.once(_all_shared, down, across)[0])
    return int((down.counts[rows] * across.counts[rows]).sum())


def _all_shared(_codes: Codes, down: Names, across: Names) -> np.ndarray:
    return np.atleast_1d((down.counts * across.counts).sum())


def _with_rest(counts: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Counts with one row more: what they leave of the total."""
    return np.vstack((counts, total.astype(int) - counts.sum(axis=0)))


def _tally(down: np.ndarray, across: np.ndarray, height: int, width: int) -> np.ndarray:
    return np.bincount(down.astype(np.int64) * width + across, minlength=height * width).reshape(
        height, width
    )


# --- what comes next -------------------------------------------------------------------------------------------------


def upcoming(table: Table, rows: Rows, as_of: date, limit: int) -> np.ndarray:
    """The positions of the next measures to fall due on or after a day, the nearest first; without ongoing ones."""
    windows = table.codes.windows
    open_ = (windows.due >= np.datetime64(as_of, "D")) & ~windows.ongoing
    waiting = _kept(table, rows, open_)
    nearest: np.ndarray = waiting[
        _smallest(windows.due[windows.code[waiting]].astype(np.int64), limit)
    ]
    return nearest


def next_due(table: Table, rows: Rows, as_of: date, limit: int) -> pd.DataFrame:
    """What comes next: the columns of `listing` for the next measures to fall due."""
    return listing(table, upcoming(table, rows, as_of, limit), as_of)


def listing(table: Table, rows: np.ndarray, as_of: date) -> pd.DataFrame:
    """Rows as people read them: position, measure_id, title, deadline, due, state, days_left, workdays_left, and
    leaders, lead, support as lists of names.
    """
    codes, at = table.codes, pa.array(rows)
    windows = codes.windows.code[rows].tolist()
    names = {"leaders": codes.leaders, "lead": codes.lead, "support": codes.support}
    return pd.DataFrame(
        {
            "position": rows,
            "measure_id": codes.ids.take(at).to_pylist(),
            "title": codes.titles.take(at).to_pylist(),
            "deadline": [codes.windows.phrase[window] for window in windows],
            "due": pd.Series(_days(codes.windows.due[windows]), dtype=object),
            "state": [STATES[index] for index in row_states(table, rows, as_of)],
            "days_left": pd.array(days_left(table, rows, as_of), dtype="Int64"),
            "workdays_left": pd.array(workdays_left(table, rows, as_of), dtype="Int64"),
            **{name: [column.of(row) for row in rows.tolist()] for name, column in names.items()},
        }
    )


def milestones(table: Table, rows: Rows) -> pd.DataFrame:
    """The milestones of the rows, the earliest first: the columns of `Table.milestones`, and shown, its day.

    A milestone's window may reach past its measure's deadline (下半年 under a 9月 deadline): it is shown at the
    deadline then, and `moved` says so (DESIGN.md §4).
    """
    found = table.milestones[table.milestones["row"] >= 0]
    if rows is not None:
        found = found[np.isin(found["row"], rows)]
    limit = table.codes.windows.due[table.codes.windows.code[found["row"]]]
    due = found["due"].to_numpy("datetime64[D]")
    moved = due > limit
    shown = np.where(moved, limit, due)
    return found.assign(shown=shown, moved=moved).sort_values("shown", kind="stable")


def days_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Calendar days to the due date of each row, negative after it, None where there is none."""
    due = table.codes.windows.due[table.codes.windows.code[rows]]
    return [
        None if np.isnat(day) else int(left)
        for day, left in zip(due, (due - np.datetime64(as_of, "D")).astype(int), strict=True)
    ]


def workdays_left(table: Table, rows: np.ndarray, as_of: date) -> list[int | None]:
    """Working days after `as_of` up to the due date, both public holidays and 调休 workdays taken into account.

    Negative after the due date. Source: the State Council's holiday notices, as the library `holidays` keeps them; in
    years that are not yet announced only the statutory days are known.
    """
    due = table.codes.windows.due[table.codes.windows.code[rows]]
    return [None if np.isnat(day) else _workdays(as_of, day.astype(object)) for day in due]


def _workdays(first: date, last: date) -> int:
    if last < first:
        return -_workdays(last, first)
    years = [_calendar(year) for year in range(first.year, last.year + 1)]
    free = [day for days, _ in years for day in days]
    worked = [day for _, days in years for day in days]
    begin, end = first + timedelta(days=1), last + timedelta(days=1)
    return int(np.busday_count(begin, end, holidays=free)) + sum(
        begin <= day < end for day in worked
    )


@cache
def _calendar(year: int) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days off and the weekend days that are worked in a year, in China."""
    import holidays

    china = holidays.country_holidays("CN", years=year)
    worked: set[date] = china.weekend_workdays
    return tuple(china), tuple(day for day in worked if day.year == year)


# --- orders and lanes ------------------------------------------------------------------------------------------------

SORTS: Final = ("due", "-due", "state", "leader", "lead")


def ordered(table: Table, rows: Rows, as_of: date, sort: str) -> np.ndarray:
    """The positions of the rows by one of SORTS; any other word keeps the order of the table.

    Rows without a date come last either way; names are in the order of GB18030, which for common characters is pinyin.
    """
    positions = _positions(table, rows)
    if sort not in SORTS:
        return positions
    if sort == "state":
        key = row_states(table, rows, as_of).astype(np.int64)
    elif sort in ("leader", "lead"):
        key = _first_names(table.codes.leaders if sort == "leader" else table.codes.lead)[positions]
    else:
        due = table.codes.windows.due
        days = np.where(
            np.isnat(due), 1 << 30, due.astype(np.int64) * (-1 if sort == "-due" else 1)
        )
        key = days[_windows(table, rows)]
    return positions[np.argsort(key, kind="stable")]


def chosen(table: Table, rows: Rows, as_of: date, state: str, month: str, sort: str) -> np.ndarray:
    """The positions of the rows in a date state and due in a month ("" for any), by one of SORTS."""
    if state:
        rows = in_state(table, rows, as_of, state)
    if month:
        rows = due_in(table, rows, month)
    return ordered(table, rows, as_of, sort)


def _first_names(names: Names) -> np.ndarray:
    """For each row the place of its first name in the order of names; rows without one come last."""
    texts = [name.encode("gb18030", "replace") for name in names.names.to_pylist()]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = np.empty(len(order) + 1, np.int64)
    place[order] = np.arange(len(order))
    place[-1] = len(order)
    empty = np.diff(names.offsets) == 0
    first = np.where(empty, 0, names.offsets[:-1])
    codes = np.append(names.codes, -1)
    return place[np.where(empty, -1, codes[np.minimum(first, len(names.codes))])]


LANES: Final = ("leader", "lead", "section")


def lanes(table: Table, lane: str) -> Names:
    """The column that a timeline is laned by: leader, lead (the leading department) or section."""
    codes = table.codes
    if lane == "section":
        return codes.section_names
    return codes.lead if lane == "lead" else codes.leaders


def by_lane(table: Table, rows: Rows, year: int, lane: str, top: int) -> Grid:
    """Lanes × the twelve months of a year: how many fall due, for lists too long for single bars."""
    return _names_by_month(table, lanes(table, lane), rows, year, "due", top)


def bars(table: Table, rows: Rows, as_of: date, lane: str, start: int, limit: int) -> pd.DataFrame:
    """The rows as bars of a timeline, lane by lane (the fullest first), by due date within a lane; a page of them.

    Columns: position, lane, title, start, end, due, ongoing, recurring, state, milestones (list of (day, text, moved)).
    A row with two leaders stands in both lanes; one without any in the lane OTHERS, the last.
    """
    names = lanes(table, lane)
    row, code = names.pairs(rows)
    place = np.empty(len(names.names) + 1, np.int64)
    place[np.argsort(-np.bincount(code, minlength=len(names.names)), kind="stable")] = np.arange(
        len(names.names)
    )
    place[-1] = len(names.names)
    positions = _positions(table, rows)
    nobody = positions[names.offsets[positions] == names.offsets[positions + 1]]
    row, code = np.concatenate((row, nobody)), np.concatenate((code, np.full(len(nobody), -1)))
    due = table.codes.windows.due
    days = np.where(np.isnat(due), 1 << 30, due.astype(np.int64) + (1 << 29))[
        table.codes.windows.code[row]
    ]
    order = _smallest(place[code] << 32 | days, start + limit)[start:]
    return _bar_frame(
        table,
        row[order],
        [names.names[int(at)].as_py() if at >= 0 else OTHERS for at in code[order]],
        as_of,
    )


def _smallest(keys: np.ndarray, count: int) -> np.ndarray:
    """The places of the smallest keys in ascending order, equal ones in the order of the array."""
    if count < len(keys):
        within = np.flatnonzero(keys <= np.partition(keys, count)[count])
        return within[np.argsort(keys[within], kind="stable")][:count]
    return np.argsort(keys, kind="stable")


def _bar_frame(table: Table, rows: np.ndarray, lane: list[str], as_of: date) -> pd.DataFrame:
    windows = table.codes.windows
    window = windows.code[rows]
    first, last = _spans(windows)
    found = milestones(table, np.unique(rows))
    dots: dict[int, list[tuple[date, str, bool]]] = {}
    for row, shown, text, moved in zip(
        found["row"], found["shown"], found["milestone"], found["moved"], strict=True
    ):
        if not pd.isna(shown):
            dots.setdefault(int(row), []).append((pd.Timestamp(shown).date(), text, bool(moved)))
    columns = {
        "position": rows,
        "lane": lane,
        "title": [table.codes.titles[int(row)].as_py() for row in rows],
        "start": _days(first[window]),
        "end": _days(last[window]),
        "due": _days(windows.due[window]),
        "ongoing": windows.ongoing[window],
        "recurring": [schema.RECURRING[index] for index in windows.recurring[window]],
        "state": [STATES[index] for index in states(windows, as_of)[window]],
        "milestones": [dots.get(int(row), []) for row in rows],
    }
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def _spans(windows: Windows) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of each distinct deadline, NaT where it has no window (see `_force_months`)."""
    month = "datetime64[M]"
    start, end, known = _force_bounds(windows)
    first = np.where(
        np.isnat(windows.start), start.astype(month).astype("datetime64[D]"), windows.start
    )
    last = np.where(
        np.isnat(windows.due), (end + 1).astype(month).astype("datetime64[D]") - 1, windows.due
    )
    nat = np.datetime64("NaT", "D")
    return np.where(known, np.minimum(first, last), nat), np.where(known, last, nat)


def _days(values: np.ndarray) -> list[date | None]:
    return [None if np.isnat(value) else value.astype(object) for value in values]


def years(table: Table, lists: Sequence[str] = ()) -> tuple[int, ...]:
    """The years of the table, or of the chosen lists, ascending; none where no row has a year."""
    codes = table.codes
    found = codes.once(_years_of_lists)
    if lists:
        found = found[
            [codes.lists.position[name] for name in lists if name in codes.lists.position]
        ]
    return tuple(np.unique(found[found > 0]).tolist())


def _years_of_lists(codes: Codes) -> np.ndarray:
    """The year of each list: one of the same name in another year is another list."""
    found = np.zeros(len(codes.lists.names), np.int64)
    found[codes.lists.codes] = codes.years
    return found
