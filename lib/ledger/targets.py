"""How far the numbers of a measure have come, as its reports say."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from lib.ledger.journal import Journal
from lib.ledger.status import Status
from lib.measures import Table

PERCENT: Final = 100
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
# Words of a target that is good when it stays below its number
_INVERSE: Final = re.compile("以内|以下|不超过|不高于|低于|控制在|下降")


class Target(NamedTuple):
    """A quantity that a measure names. number: None where it is no number to be reached."""

    row: int
    name: str
    unit: str
    number: float | None


def of_table(table: Table) -> list[Target]:
    """The targets that the milestones of a table name, in its order."""
    columns = table.milestone_columns.select(["row", "milestone", "target", "unit"])
    targets: list[Target] = []
    for milestone in columns.to_pylist():
        if milestone["row"] >= 0 and milestone["target"]:
            name = milestone["milestone"] or milestone["target"]
            number = to_reach(name, milestone["target"])
            targets.append(Target(milestone["row"], name, milestone["unit"] or "", number))
    return targets


def to_reach(name: str, target: str) -> float | None:
    """The number of a target that is to be reached; None for an inverse one, or without a number."""
    if _INVERSE.search(name + target):
        return None
    match = _NUMBER.search(target.replace(",", "").replace("，", ""))
    if match is None or float(match[0]) == 0:
        return None
    return float(match[0])


def reached(table: Table, journal: Journal, status: Status) -> dict[tuple[int, str], float]:
    """The last number that was reported for each target, by row and name, on the day of a status."""
    row_of_code = {code: row for row, code in enumerate(status.code.tolist()) if code >= 0}
    day = np.datetime64(status.as_of, "D")
    values = journal.values
    is_known = (journal.known[values.event] <= day) & (journal.effective[values.event] <= day)
    numbers: dict[tuple[int, str], float] = {}
    for place in np.flatnonzero(is_known).tolist():
        row = row_of_code.get(int(journal.measure[values.event[place]]))
        if row is not None:
            name = values.targets.texts[values.target[place]]
            numbers[row, name] = float(values.number[place])
    return numbers


def behind(table: Table, journal: Journal, status: Status) -> np.ndarray:
    """Points by which the share that is reached lies behind the share of the time, for each row.

    The most of its targets; NaN for what has none with a number, or no window to measure time by.
    """
    points = np.full(len(table), np.nan)
    numbers = reached(table, journal, status)
    if not numbers:
        return points
    windows = table.codes.windows
    for target in of_table(table):
        if target.number is None or (target.row, target.name) not in numbers:
            continue
        begin: date | None = windows.start[windows.code[target.row]].astype(object)
        share = numbers[target.row, target.name] / target.number
        of_time = _share_of_time(begin, status.due[target.row].astype(object), status.as_of)
        if of_time is not None:
            points[target.row] = np.fmax(points[target.row], PERCENT * (of_time - share))
    return points


def _share_of_time(begin: date | None, due: date | None, as_of: date) -> float | None:
    """The share of a window that has passed; where it has no begin, from the begin of its year."""
    if due is None:
        return None
    begin = begin or date(due.year, 1, 1)
    days = (due - begin).days + 1
    passed = (as_of - begin).days + 1
    return min(max(passed / days, 0.0), 1.0)
