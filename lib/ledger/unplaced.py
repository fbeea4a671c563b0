"""What the ledger has records of and the table no row for: measures that are gone, lists called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from lib.ledger.journal import NONE, Journal, key_of, name_of
from lib.ledger.names import Name
from lib.measures import Table


class Unplaced(NamedTuple):
    """What has no row. lists: those that were started; measures: those of the table's lists."""

    lists: list[str]
    measures: list[Gone]


class Gone(NamedTuple):
    """A measure that the table has no row for. events: how many; last: the seq of the last one."""

    name: Name
    events: int
    last: int


def of_table(table: Table, journal: Journal, codes: np.ndarray) -> Unplaced:
    """What the ledger has records of and a table no row for. codes: `status.measure_codes`."""
    return Unplaced(lists(table, journal), measures(table, journal, codes))


def lists(table: Table, journal: Journal) -> list[str]:
    """The lists that were started and that the table doesn't have under their name."""
    started = dict.fromkeys(start.list for start in journal.starts)
    there = table.codes.lists.position
    return [name for name in started if name not in there]


def measures(table: Table, journal: Journal, codes: np.ndarray) -> list[Gone]:
    """The measures of the table's lists that have events and no row, the last recorded first.

    Args:
        codes: `status.measure_codes`.
    """
    counts = events_of_measures(journal)
    has_row = np.zeros(len(counts), bool)
    has_row[codes[codes != NONE]] = True
    last = np.zeros(len(counts), np.int64)
    of_measure = journal.measure != NONE
    last[journal.measure[of_measure]] = journal.seq[of_measure]  # of several the last one stays
    there = table.codes.lists.position
    gone: list[Gone] = []
    for code in np.flatnonzero((counts > 0) & ~has_row).tolist():
        name = name_of(journal.measures.texts[code].as_py())
        if name.list in there:
            gone.append(Gone(name, int(counts[code]), int(last[code])))
    return sorted(gone, key=lambda measure: -measure.last)


def without_records(table: Table, journal: Journal, codes: np.ndarray, list_name: str) -> list[int]:
    """The rows of a list that have no event, which a measure that is gone may be."""
    counts = np.append(events_of_measures(journal), 0)  # NONE, -1, is the last one
    is_of_list = table.codes.lists.codes == table.codes.lists.position[list_name]
    rows: list[int] = np.flatnonzero((counts[codes] == 0) & is_of_list).tolist()
    return rows


def events_of_measures(journal: Journal) -> np.ndarray:
    """How many events each measure of the journal has."""
    of_measures = journal.measure[journal.measure != NONE]
    return np.bincount(of_measures, minlength=len(journal.measures.texts))


def recorded(journal: Journal, names: Iterable[Name]) -> dict[Name, int]:
    """How many events each of some measures has, without those that have none."""
    counts = events_of_measures(journal)
    found: dict[Name, int] = {}
    for name in names:
        code = journal.measures.code(key_of(*name))
        if code != NONE and counts[code]:
            found[name] = int(counts[code])
    return found


def freed(journal: Journal, names: Iterable[Name], on: date) -> Mapping[str, str]:
    """Other 编号 for measures that are gone, so that new ones may have theirs: 5 becomes 5@2026-07-01.

    names: of the new measures.
    """
    return {name.id: f"{name.id}@{on.isoformat()}" for name in recorded(journal, names)}
