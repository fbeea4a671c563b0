"""What the ledger has records of and the table no row for: measures that are gone, lists called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from lib.ledger.coded import NONE, are_among, key_of, last_of_each, name_of, of_codes
from lib.ledger.journal import Journal
from lib.ledger.names import Name
from lib.measures import Table
from lib.measures.arrays import Ints


class Unplaced(NamedTuple):
    """What has no row. lists: those that were started; measures: those of the table's lists."""

    lists: list[str]
    measures: list[Gone]


class Gone(NamedTuple):
    """A measure that the table has no row for. events: how many; last: the seq of the last one."""

    name: Name
    events: int
    last: int


def of_table(table: Table, journal: Journal, codes: Ints) -> Unplaced:
    """What the ledger has records of and a table no row for. codes: `status.measure_codes`."""
    gone = measures(table, journal, codes)
    return Unplaced(lists(table, journal), gone)


def lists(table: Table, journal: Journal) -> list[str]:
    """The lists that were started and that the table doesn't have under their name."""
    started = dict.fromkeys(start.list for start in journal.starts)
    in_table = table.codes.lists.position
    return [name for name in started if name not in in_table]


def measures(table: Table, journal: Journal, codes: Ints) -> list[Gone]:
    """The measures of the table's lists that have events and no row, the last recorded first.

    Args:
        codes: `status.measure_codes`.
    """
    counts = events_of_measures(journal)
    last = _last_events(journal)
    codes_of_rows = codes[codes != NONE]
    has_row = are_among(codes_of_rows, len(counts))
    is_gone = (counts > 0) & ~has_row
    in_table = table.codes.lists.position
    gone: list[Gone] = []
    for code in np.flatnonzero(is_gone).tolist():
        key = journal.measures.texts[code].as_py()
        name = name_of(key)
        if name.list in in_table:
            events = int(counts[code])
            last_seq = int(last[code])
            gone.append(Gone(name, events, last_seq))
    return sorted(gone, key=lambda measure: -measure.last)


def _last_events(journal: Journal) -> Ints:
    """The seq of the last event of each measure of the journal, NONE where it has none."""
    is_of_a_measure = journal.measure != NONE
    measure = journal.measure[is_of_a_measure]
    seq = journal.seq[is_of_a_measure]
    return last_of_each(measure, seq, len(journal.measures))


def without_records(table: Table, journal: Journal, codes: Ints, list_name: str) -> list[int]:
    """The rows of a list that have no event, which a measure that is gone may be."""
    lists = table.codes.lists
    is_of_list = lists.codes == lists.position[list_name]
    events_of_rows = of_codes(events_of_measures(journal), codes, 0)
    is_without = is_of_list & (events_of_rows == 0)
    rows: list[int] = np.flatnonzero(is_without).tolist()
    return rows


def events_of_measures(journal: Journal) -> Ints:
    """How many events each measure of the journal has."""
    is_of_a_measure = journal.measure != NONE
    measure = journal.measure[is_of_a_measure]
    return np.bincount(measure, minlength=len(journal.measures))


def recorded(journal: Journal, names: Iterable[Name]) -> dict[Name, int]:
    """How many events each of some measures has, without those that have none."""
    counts = np.append(events_of_measures(journal), 0)  # NONE, -1, is the last one
    recorded: dict[Name, int] = {}
    for name in names:
        key = key_of(*name)
        code = journal.measures.code(key)
        events = int(counts[code])
        if events:
            recorded[name] = events
    return recorded


def freed(journal: Journal, names: Iterable[Name], on: date) -> Mapping[str, str]:
    """Other 编号 for measures that are gone, so that new ones may have theirs: 5 becomes 5@2026-07-01.

    names: of the new measures, as the journal would have them.
    """
    return {name.id: _free_id(journal, name, on) for name in recorded(journal, names)}


def _free_id(journal: Journal, name: Name, on: date) -> str:
    """5@2026-07-01, or 5@2026-07-01-2 where another one has that already."""
    first = f"{name.id}@{on.isoformat()}"
    free, number = first, 1
    while journal.measures.code(key_of(name.list, free)) != NONE:
        number += 1
        free = f"{first}-{number}"
    return free
