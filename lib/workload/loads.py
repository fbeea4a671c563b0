"""What each leader and department carries, who most, and what the weight of support changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures import Codes, Names, Table, descending
from lib.workload.rows import OTHERS, Counts, Rows, name_uses, tally, with_name
from lib.workload.states import STATES, deadline_states

RANKED: Final = 8  # the departments among which changes of rank are told
# Names × distinct deadlines are kept where they take little more room than the names in the rows.
_MOST_CELLS_A_NAME_IN_A_ROW: Final = 2
# Two counts as one number: lead above the 32 bits of support.
LEAD_BITS: Final = 32
SUPPORT_MASK: Final = (1 << LEAD_BITS) - 1


def by_leader(table: Table, rows: Rows, as_of: date) -> pd.DataFrame:
    """Count what each leader carries.

    A measure with two leaders counts once for each, so that the sum may exceed the number of
    measures.

    Returns:
        One row a leader, the busiest first: leader, measures, and one column for each date state.
    """
    leaders = table.codes.leaders
    counts = states_of_names(table, leaders, rows, as_of)
    measures = counts.sum(axis=1)
    order = descending(measures)
    return load_frame("leader", leaders, order, counts, STATES)


def load_frame(
    head: str, names: Names, order: np.ndarray, counts: np.ndarray, kinds: Sequence[str]
) -> pd.DataFrame:
    """Names with their measures and the kinds of these.

    Args:
        head: of the names' column.
        order: the codes of the names to be shown.
        counts: names × kinds; kinds: what they are called, as `states_of_names` counts STATES.
    """
    shown = counts[order]
    frame = pd.DataFrame(shown, columns=[*kinds])
    frame.insert(0, head, _name_column(names, order))
    frame.insert(1, "measures", shown.sum(axis=1))
    return frame


def states_of_names(table: Table, names: Names, rows: Rows, as_of: date) -> np.ndarray:
    """Names × date states: how many of the rows of each name are in each state."""
    codes = table.codes
    states = deadline_states(codes.windows, as_of)
    height = len(names.names)
    most_cells = _MOST_CELLS_A_NAME_IN_A_ROW * len(names.codes)
    is_small = height * len(states) <= most_cells
    if rows is None and is_small:
        deadlines = codes.once(_deadlines_of_names, names)
        return _states_of_deadlines(deadlines, states)
    row, name = names.pairs(rows)
    deadline_of_row = codes.windows.code[row]
    states_of_rows = states.take(deadline_of_row)
    return tally(name, states_of_rows, height, len(STATES))


def _deadlines_of_names(codes: Codes, names: Names) -> Counts:
    """Names × distinct deadlines: how often each name has each deadline.

    As floats, whose products are fast, and exact up to 16 million.
    """
    windows = codes.windows
    deadlines = windows.code[names.row]
    counts = tally(names.codes, deadlines, len(names.names), len(windows.kind))
    return counts.astype(np.float32)


def _states_of_deadlines(deadlines: Counts, states: np.ndarray) -> Counts:
    """Names × date states, from names × distinct deadlines and the state of each of these.

    A row with a single 1 stands for a state. Multiplied with them, counts of deadlines that are in
    one state are added up: 4, 2 and 1 with the states 1, 0 and 1 become 2 and 5.
    """
    row_of_state = np.eye(len(STATES), dtype=np.float32)
    counts: Counts = deadlines @ row_of_state[states]
    return counts.astype(int)


def by_department(
    table: Table, rows: Rows, *, weight: float, sort: str = "weighted"
) -> pd.DataFrame:
    """Count what each department leads and supports.

    Args:
        weight: what one supported measure counts beside a led one, 0 to 1.
        sort: the column by which the rows stand in descending order; ties are broken by the other
            two, then by the order of the table.

    Returns:
        One row a department that leads or supports any of the rows: department, lead, support, and
        weighted = lead + support × weight.
    """
    codes = table.codes
    lead = name_uses(codes.lead, rows)
    support = name_uses(codes.support, rows)
    named = np.flatnonzero(lead + support)
    loads = _distinct_loads(lead[named], support[named], weight)
    place_of_load = _load_places(loads.counts, sort)
    place_of_name = place_of_load[loads.of_name]
    order = np.argsort(place_of_name, kind="stable")
    load_of_row = loads.of_name[order]
    frame = loads.counts.take(load_of_row)
    frame = frame.reset_index(drop=True)
    departments = _name_column(codes.lead, named[order])
    frame.insert(0, "department", departments)
    return frame


class _Loads(NamedTuple):
    """The distinct loads, and which of them each name has.

    Many departments share their counts, so the few distinct pairs are sorted in their place. Lead
    2, 1, 2 and support 0, 3, 0 are the two loads (2, 0) and (1, 3); the names have the loads 0, 1,
    0.
    """

    counts: pd.DataFrame
    of_name: np.ndarray


def _distinct_loads(lead: np.ndarray, support: np.ndarray, weight: float) -> _Loads:
    pair_of_name = lead << LEAD_BITS
    pair_of_name |= support
    of_name, pairs = pd.factorize(pair_of_name)
    counts = pd.DataFrame()
    counts["lead"] = pairs >> LEAD_BITS
    counts["support"] = pairs & SUPPORT_MASK
    counts["weighted"] = counts["lead"] + counts["support"] * weight
    return _Loads(counts, of_name)


def _load_places(loads: pd.DataFrame, sort: str) -> np.ndarray:
    """The place of each load among all, from 0 for the highest.

    As short integers, which are sorted by their digits.
    """
    columns = dict.fromkeys((sort, "weighted", "lead", "support"))
    keys = [-loads[name].to_numpy() for name in columns]
    keys.reverse()  # the last key is the first to sort by
    highest_first = np.lexsort(keys)
    size = len(loads)
    places = np.empty(size, np.min_scalar_type(size))
    places[highest_first] = np.arange(size)
    return places


def _name_column(names: Names, codes: np.ndarray) -> pd.Series:
    """Names as a column without Python objects: there may be forty thousand."""
    cells = names.names.take(pa.array(codes))
    return pd.Series(pd.arrays.ArrowExtensionArray(cells))


def busiest(columns: Sequence[Names], limit: int) -> list[str]:
    """The names with most measures in columns that share their names, in descending order."""
    uses_of_columns = [names.uses for names in columns]
    uses = np.sum(uses_of_columns, axis=0)
    most_used = descending(uses)[:limit]
    shared_names = columns[0].names
    busiest_names: list[str] = shared_names.take(most_used).to_pylist()
    return busiest_names


def top(frame: pd.DataFrame, limit: int, *, also: str = "") -> pd.DataFrame:
    """The first rows of a load frame, and the others in one row named OTHERS.

    A single other one keeps its own row.

    Args:
        also: a name that is among the first in any case, in the last place if need be.

    Returns:
        The frame's columns, and others: how many names the row stands for, 0 for a name of its own.
    """
    count = len(frame)
    if count <= limit + 1:
        return frame.assign(others=0)
    names = frame.iloc[:, 0]
    place = _place_of(also, names)
    order = with_name(np.arange(count), place, limit)
    ordered = frame.iloc[order]
    first = ordered.head(limit)
    first = first.assign(others=0)
    others = _as_one_row(ordered.iloc[limit:])
    return pd.concat([first, others], ignore_index=True)


def _as_one_row(others: pd.DataFrame) -> pd.DataFrame:
    """The rows that are not shown as one row, named OTHERS."""
    name, *columns = others.columns
    # Column by column, so that counts stay whole numbers
    sums = {column: others[column].sum() for column in columns}
    row = {name: OTHERS, **sums, "others": len(others)}
    return pd.DataFrame([row])


def _place_of(name: str, names: pd.Series) -> int:
    """The place of a name among others, -1 where it is none of them."""
    places = np.flatnonzero(names == name)
    if not len(places):
        return -1
    return int(places[0])


def concentration(frame: pd.DataFrame, column: str) -> tuple[list[str], int]:
    """Who is at the top of a load frame by a column, and with how many.

    Returns:
        The names of all that tie for first place, from the frame's first column, and their count;
        ([], 0) if nobody has any.
    """
    counts = frame[column].to_numpy()
    most = counts.max(initial=0)
    if not most:
        return [], 0
    places = np.flatnonzero(np.isclose(counts, most))
    names = frame.iloc[places, 0]
    return names.tolist(), most


class RankChange(NamedTuple):
    """The weight at which the lower of two departments has caught up with the upper.

    tie: the weight is 1, its end, so that the two draw level there and the lower does not pass.
    """

    upper: str
    lower: str
    weight: float
    tie: bool


def rank_changes(frame: pd.DataFrame, weight: float) -> list[RankChange]:
    """Where the ranking by weighted load turns with the weight.

    The turn that is nearest to the present weight comes first.

    frame: `by_department` at the present weight.
    """
    ranked = frame.nlargest(RANKED, "weighted", keep="first")
    changes: list[RankChange] = []
    for upper, lower in combinations(ranked.to_dict("records"), 2):
        gain = lower["support"] - upper["support"]  # of the lower one, where the weight grows by 1
        if not gain:
            continue
        lag = upper["lead"] - lower["lead"]
        level = lag / gain
        if 0 < level <= 1 and level != weight:
            is_tie = level == 1
            change = RankChange(upper["department"], lower["department"], level, is_tie)
            changes.append(change)

    def distance(change: RankChange) -> float:
        return abs(change.weight - weight)

    return sorted(changes, key=distance)
