"""How far the numbers of a measure have come, as its reports say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.ledger.coded import NONE, Dictionary, Numbers, last_of_each
from lib.ledger.journal import Journal
from lib.ledger.status import Status, known_on
from lib.measures import Table
from lib.measures.arrays import Bools, Ints

PERCENT: Final = 100
_BETWEEN: Final = "\0"  # a name and its target
_DAY: Final = np.timedelta64(1, "D")
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
# Words of a target that is good when it stays below its number
_INVERSE: Final = re.compile("以内|以下|不超过|不高于|(?<!不)低于|控制在|下降")


class Target(NamedTuple):
    """A quantity that a measure names.

    number: None where it is no number to be reached; text: as printed, 4 or 4%以内.
    """

    row: int
    name: str
    unit: str
    number: float | None
    text: str


def of_table(table: Table) -> list[Target]:
    """The targets that the milestones of a table name, in its order."""
    columns = table.milestone_columns.select(["row", "milestone", "target", "unit"])
    targets: list[Target] = []
    values = columns.to_pydict().values()
    for row, milestone, text, unit in zip(*values, strict=True):
        if row >= 0 and text:
            name = milestone or text
            number = to_reach(name, text)
            targets.append(Target(row, name, unit or "", number, text))
    return targets


def by_row(table: Table) -> dict[int, list[Target]]:
    """The targets of each row that has any."""
    by_row: dict[int, list[Target]] = {}
    for target in of_table(table):
        by_row.setdefault(target.row, []).append(target)
    return by_row


def each_name_once(of_row: Iterable[Target]) -> list[Target]:
    """The targets of a row that a report asks for: it says one number of what has a name."""
    by_name: dict[str, Target] = {}
    for target in of_row:
        by_name.setdefault(target.name, target)
    return [*by_name.values()]


def to_reach(name: str, target: str) -> float | None:
    """The number of a target that is to be reached; None for an inverse one, or without a number."""
    if _INVERSE.search(name + target):
        return None
    without_commas = target.replace(",", "").replace("，", "")
    match = _NUMBER.search(without_commas)
    if match is None:
        return None
    return float(match[0]) or None


class Reached(NamedTuple):
    """The last number that was reported for each target of each measure.

    Attributes:
        names: of the targets, by their codes in the journal.
        key: what a measure and a target are known by, ascending.
        number: of each key.
    """

    names: Dictionary
    key: Ints
    number: Numbers

    def of(self, measure: Ints, target: Ints) -> Numbers:
        """The numbers of some targets by the codes of both, NaN where none was reported."""
        if not len(self.key):
            return np.full(len(measure), np.nan)
        key = _key(measure, target, self.names)
        last_place = len(self.key) - 1
        next_place = self.key.searchsorted(key)
        place = np.minimum(next_place, last_place)
        is_known = (measure != NONE) & (target != NONE)
        is_its_own: Bools = self.key[place] == key
        is_reported = is_known & is_its_own
        return np.where(is_reported, self.number[place], np.nan)

    def one(self, measure: int, name: str) -> float | None:
        """The number of one target of a measure, by its code and its name; None where none was reported."""
        target = self.names.code(name)
        measures = np.array([measure])
        numbers = self.of(measures, np.array([target]))
        number = float(numbers[0])
        return None if math.isnan(number) else number


def _key(measure: Ints, target: Ints, names: Dictionary) -> Ints:
    first_key = measure.astype(np.int64) * len(names)
    key: Ints = first_key + target
    return key


def reached(journal: Journal, status: Status, of_supporters: Bools) -> Reached:
    """What was reported last for each target on the day of a status.

    of_supporters: for each event whether a supporting department says it: how far the measure is, its
    lead says.
    """
    known = known_on(journal, status.as_of)
    reports = known.reports(status.as_of)
    is_of_lead = ~of_supporters[reports]
    of_leads = reports[is_of_lead]
    ranks = np.arange(len(of_leads))
    rank = last_of_each(of_leads, ranks, len(journal))  # of each event
    values = journal.values
    newest_first = _newest_first(rank[values.event])
    event = values.event[newest_first]
    target = values.target[newest_first]
    number = values.number[newest_first]
    measure = journal.measure[event]
    keys = _key(measure, target, values.targets)
    key, newest = np.unique(keys, return_index=True)
    return Reached(values.targets, key, number[newest])


def _newest_first(rank: Ints) -> Ints:
    """The places of what has a rank, the highest first."""
    places = np.flatnonzero(rank != NONE)
    oldest_first = np.argsort(rank[places], kind="stable")
    return places[oldest_first][::-1]


def behind(table: Table, status: Status, numbers: Reached) -> Numbers:
    """Points by which the share that is reached lies behind the share of the time, for each row.

    The most of its targets; NaN for what has none with a number, or no window to measure time by.

    Args:
        numbers: `reached`.
    """
    points = np.full(len(table), np.nan)
    if not len(numbers.key):
        return points
    goals = _to_reach(table)
    measure = status.code[goals.row]
    target = numbers.names.codes(goals.name)
    share_reached = numbers.of(measure, target) / goals.number
    share_of_time = _share_of_time(table, status, goals.row)
    points_of_goals = PERCENT * (share_of_time - share_reached)
    np.fmax.at(points, goals.row, points_of_goals)
    return points


class _ToReach(NamedTuple):
    """The targets of a table with a number, as columns. row: in the table."""

    row: Ints
    name: pa.Array
    number: Numbers


def _to_reach(table: Table) -> _ToReach:
    """The targets that have a number to be reached, each distinct text read once."""
    columns = table.milestone_columns.combine_chunks()
    target = pc.fill_null(columns["target"], "")
    milestone = pc.fill_null(columns["milestone"], "")
    is_unnamed = pc.equal(milestone, "")
    name = pc.if_else(is_unnamed, target, milestone)
    pairs = pc.binary_join_element_wise(name, target, _BETWEEN).combine_chunks()
    coded = pairs.dictionary_encode()
    numbers: list[float | None] = []
    for pair in coded.dictionary.to_pylist():
        name_of_pair, target_of_pair = pair.split(_BETWEEN)
        numbers.append(to_reach(name_of_pair, target_of_pair))
    place = coded.indices.to_numpy()
    number = np.array(numbers, float)[place]
    row = columns["row"].to_numpy()
    is_in_table = row >= 0
    counts = is_in_table & ~np.isnan(number)
    counting_names = name.filter(counts).combine_chunks()
    return _ToReach(row[counts], counting_names, number[counts])


def _share_of_time(table: Table, status: Status, rows: Ints) -> Numbers:
    """The share of each row's window that has passed; where it has no begin, from its year's on."""
    windows = table.codes.windows
    due = status.due[rows]
    window = windows.code[rows]
    start = windows.start[window]
    new_year = due.astype("M8[Y]").astype("M8[D]")
    has_no_begin = np.isnat(start)
    begin = np.where(has_no_begin, new_year, start)
    days = due - begin + _DAY
    days_passed = status.today - begin + _DAY
    passed = days_passed / np.maximum(days, _DAY)
    share: Numbers = np.clip(passed, 0.0, 1.0)
    return share
