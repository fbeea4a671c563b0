"""How far the numbers of a measure have come, as its reports say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.ledger.journal import NONE, Dictionary, Journal
from lib.ledger.status import Status, known_on
from lib.measures import Table

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
    for milestone in columns.to_pylist():
        if milestone["row"] >= 0 and milestone["target"]:
            name = milestone["milestone"] or milestone["target"]
            number = to_reach(name, milestone["target"])
            unit = milestone["unit"] or ""
            targets.append(Target(milestone["row"], name, unit, number, milestone["target"]))
    return targets


def by_row(table: Table) -> dict[int, list[Target]]:
    """The targets of each row that has any."""
    rows: dict[int, list[Target]] = {}
    for target in of_table(table):
        rows.setdefault(target.row, []).append(target)
    return rows


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
    match = _NUMBER.search(target.replace(",", "").replace("，", ""))
    if match is None or float(match[0]) == 0:
        return None
    return float(match[0])


class Reached(NamedTuple):
    """The last number that was reported for each target of each measure.

    Attributes:
        names: of the targets, by their codes in the journal.
        key: what a measure and a target are known by, ascending.
        number: of each key.
    """

    names: Dictionary
    key: np.ndarray
    number: np.ndarray

    def of(self, measure: np.ndarray, target: np.ndarray) -> np.ndarray:
        """The numbers of some targets by the codes of both, NaN where none was reported."""
        if not len(self.key):
            return np.full(len(measure), np.nan)
        key = _key(measure, target, self.names)
        place = np.minimum(self.key.searchsorted(key), len(self.key) - 1)
        is_reported = (self.key[place] == key) & (measure != NONE) & (target != NONE)
        return np.where(is_reported, self.number[place], np.nan)

    def one(self, measure: int, name: str) -> float | None:
        """The number of one target of a measure, by its code and its name; None where none was reported."""
        target = self.names.code(name)
        number = self.of(np.array([measure]), np.array([target]))[0]
        return None if np.isnan(number) else float(number)


def _key(measure: np.ndarray, target: np.ndarray, names: Dictionary) -> np.ndarray:
    key: np.ndarray = measure.astype(np.int64) * len(names) + target
    return key


def reached(journal: Journal, status: Status, of_supporters: np.ndarray) -> Reached:
    """What was reported last for each target on the day of a status.

    of_supporters: for each event whether a supporting department says it: how far the measure is, its
    lead says.
    """
    reports = known_on(journal, status.as_of).reports(status.as_of)
    of_leads = reports[~of_supporters[reports]]
    rank = np.full(len(journal), NONE, np.int64)
    rank[of_leads] = np.arange(len(of_leads))
    values = journal.values
    rank_of_values = rank[values.event]
    counting = np.flatnonzero(rank_of_values != NONE)
    newest_first = counting[np.argsort(rank_of_values[counting], kind="stable")][::-1]
    measure = journal.measure[values.event[newest_first]]
    keys = _key(measure, values.target[newest_first], values.targets)
    key, newest = np.unique(keys, return_index=True)
    return Reached(values.targets, key, values.number[newest_first][newest])


def behind(table: Table, status: Status, numbers: Reached) -> np.ndarray:
    """Points by which the share that is reached lies behind the share of the time, for each row.

    The most of its targets; NaN for what has none with a number, or no window to measure time by.

    Args:
        numbers: `reached`.
    """
    points = np.full(len(table), np.nan)
    if not len(numbers.key):
        return points
    wanted = _to_reach(table)
    name = pc.index_in(wanted.name, value_set=numbers.names.texts)
    name_codes = pc.fill_null(name, NONE).to_numpy(zero_copy_only=False)
    number = numbers.of(status.code[wanted.row], name_codes)
    late = _share_of_time(table, status, wanted.row) - number / wanted.number
    np.fmax.at(points, wanted.row, PERCENT * late)
    return points


class _ToReach(NamedTuple):
    """The targets of a table with a number, as columns. row: in the table."""

    row: np.ndarray
    name: pa.Array
    number: np.ndarray


def _to_reach(table: Table) -> _ToReach:
    """The targets that have a number to be reached, each distinct text read once."""
    columns = table.milestone_columns.combine_chunks()
    target = pc.fill_null(columns["target"], "")
    milestone = pc.fill_null(columns["milestone"], "")
    name = pc.if_else(pc.equal(milestone, ""), target, milestone)
    texts = pc.binary_join_element_wise(name, target, _BETWEEN).combine_chunks().dictionary_encode()
    numbers = [to_reach(*text.split(_BETWEEN)) for text in texts.dictionary.to_pylist()]
    number = np.array(numbers, float)[texts.indices.to_numpy()]
    row = columns["row"].to_numpy()
    counts = ~np.isnan(number) & (row >= 0)
    return _ToReach(row[counts], name.filter(counts).combine_chunks(), number[counts])


def _share_of_time(table: Table, status: Status, rows: np.ndarray) -> np.ndarray:
    """The share of each row's window that has passed; where it has no begin, from its year's on."""
    windows = table.codes.windows
    due = status.due[rows]
    start = windows.start[windows.code[rows]]
    begin = np.where(np.isnat(start), due.astype("M8[Y]").astype("M8[D]"), start)
    days = np.maximum(due - begin + _DAY, _DAY) / _DAY
    passed = (np.datetime64(status.as_of, "D") - begin + _DAY) / _DAY
    share: np.ndarray = np.clip(passed / days, 0.0, 1.0)
    return share
