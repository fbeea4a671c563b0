"""The status of every measure of a table on a day, as arrays beside its rows.

It is the fold of the events that were recorded and count on or before the day: the same day gives
the same status next year, and an earlier day what was known then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.ledger.events import Asked, Kind, Started
from lib.ledger.journal import KINDS, NONE, Journal, keys_of
from lib.ledger.periods import Period, begun
from lib.ledger.states import STATE_AFTER, State
from lib.measures import Codes, Table

REPORTS: Final = (Kind.REPORTED, Kind.CORRECTED)
COVERS: Final = (*REPORTS, Kind.CLAIMED)  # what answers for a period
_NO_DAY: Final = np.datetime64("NaT", "D")
_ANSWERS: Final = (Kind.EXTENSION_ASKED, Kind.EXTENSION_GRANTED, Kind.EXTENSION_REFUSED)


@dataclass(frozen=True)
class Known:
    """The events that were recorded on or before a day, and the measure that each is about.

    Events are recorded in the order of their days, so that these are the first of the journal.
    """

    journal: Journal
    count: int

    @property
    def measure(self) -> np.ndarray:
        """The code of each event's measure."""
        return self.journal.measure[: self.count]

    def places(self, *kinds: Kind, by: date) -> np.ndarray:
        """Where the events of these kinds stand that count on or before a day."""
        counts = self.journal.effective[: self.count] <= np.datetime64(by, "D")
        of_kind = self.journal.of_kind(*kinds)[: self.count]
        of_a_measure = self.measure != NONE
        places: np.ndarray = np.flatnonzero(counts & of_kind & of_a_measure)
        return places

    def reports(self, by: date) -> np.ndarray:
        """Where the reports stand that count on or before a day, in the order of what they are about.

        What was put right stands only as it was put right last.
        """
        newest_first = self.places(*REPORTS, by=by)[::-1]
        origins, newest = np.unique(self.journal.origin[newest_first], return_index=True)
        in_order = np.argsort(self.journal.effective[origins], kind="stable")
        places: np.ndarray = newest_first[newest][in_order]
        return places

    def last(self, places: np.ndarray) -> np.ndarray:
        """For each measure the last of these places, NONE where it has none."""
        last = np.full(len(self.journal.measures), NONE, np.int64)
        last[self.measure[places]] = places  # of several for one measure the last one stays
        return last

    def first(self, places: np.ndarray) -> np.ndarray:
        """For each measure the first of these places, NONE where it has none."""
        return self.last(places[::-1])

    def states(self, by: date) -> np.ndarray:
        """The state of each measure, as the events say that count on or before a day."""
        counts = self.journal.effective[self._changes] <= np.datetime64(by, "D")
        changes = self._changes[counts]
        states = np.full(len(self.journal.measures), State.OPEN, np.int8)
        states[self.measure[changes]] = _STATE_AFTER[self.journal.kind[changes]]
        return states

    @cached_property
    def _changes(self) -> np.ndarray:
        """Where the events stand that change a state."""
        return self.places(*STATE_AFTER, by=date.max)


# The state after each kind of event, by the kind's place in KINDS
_STATE_AFTER: Final = np.array([STATE_AFTER.get(kind, State.OPEN) for kind in KINDS], np.int8)


def known_on(journal: Journal, as_of: date) -> Known:
    """The events that were known at the end of a day."""
    count = np.searchsorted(journal.known, np.datetime64(as_of, "D"), side="right")
    return Known(journal, int(count))


@dataclass(frozen=True)
class Round:
    """One period of a list that is followed.

    rows: of the table, those of the list; due: the day by which their reports are to be there.
    asked: which departments of a measure are to report.
    """

    list: str
    period: Period
    due: date
    rows: np.ndarray
    asked: Asked


@dataclass(frozen=True)
class Status:
    """What is known on a day, for each row of a table.

    Attributes:
        followed: whether its list is started; the other fields say nothing where it isn't.
        state: of State.
        returned, reopened: marks on what is open: the claim was returned; it was closed, paused or
            cancelled before.
        asked_until: datetime64[D], the day that an extension is asked for to and that the office has
            not answered; NaT where none is.
        first_due, due: datetime64[D], as issued and as extended; NaT where there is none.
        closed_on: datetime64[D], the day on which it was done, NaT while it isn't closed.
        claimed_on: datetime64[D], NaT unless it is claimed.
        report: place of the last report in the journal, NONE where there is none.
        code: of the measure in the journal, NONE where the ledger doesn't name it.
        rounds: the periods that have begun, in order.
    """

    as_of: date
    followed: np.ndarray
    state: np.ndarray
    returned: np.ndarray
    reopened: np.ndarray
    asked_until: np.ndarray
    first_due: np.ndarray
    due: np.ndarray
    closed_on: np.ndarray
    claimed_on: np.ndarray
    report: np.ndarray
    code: np.ndarray
    rounds: tuple[Round, ...]

    @property
    def is_started(self) -> bool:
        """Whether any list of the table is followed."""
        return bool(self.followed.any())

    def current(self, list_name: str) -> Period | None:
        """The period of which a list is asked for reports now, None before its first one.

        It is the first whose day has not passed: in the first days of March that of February.
        """
        of_list = [of_round for of_round in self.rounds if of_round.list == list_name]
        waiting = [of_round.period for of_round in of_list if of_round.due >= self.as_of]
        return next(iter(waiting), of_list[-1].period if of_list else None)

    @property
    def asked(self) -> np.ndarray:
        """Where an extension is asked for."""
        asked: np.ndarray = ~np.isnat(self.asked_until)
        return asked

    @property
    def extended(self) -> np.ndarray:
        """Where the day was moved."""
        extended: np.ndarray = ~np.isnat(self.due) & (self.due != self.first_due)
        return extended

    @property
    def counted(self) -> np.ndarray:
        """What shares are of: followed, and not cancelled."""
        counted: np.ndarray = self.followed & (self.state != State.CANCELLED)
        return counted

    @property
    def is_running(self) -> np.ndarray:
        """What is open or claimed."""
        is_active = (self.state == State.OPEN) | (self.state == State.CLAIMED)
        running: np.ndarray = self.followed & is_active
        return running

    @property
    def late(self) -> np.ndarray:
        """What is not closed after its current day. Silence is not late, and claimed is not closed."""
        late: np.ndarray = self.is_running & (self.due < np.datetime64(self.as_of, "D"))
        return late


def measure_codes(table: Table, journal: Journal) -> np.ndarray:
    """The journal's code of each row's measure, NONE where the ledger doesn't name it.

    They are as wide as numpy's own indices: narrower ones it would widen each time that they are used.
    """
    lists = table.codes.lists
    labels = pa.array(lists.names, pa.string()).take(pa.array(lists.codes))
    keys = keys_of(labels, table.codes.ids.cast(pa.string()))
    found = pc.index_in(keys, value_set=journal.measures.texts)
    codes: np.ndarray = pc.fill_null(found, NONE).to_numpy(zero_copy_only=False)
    return codes.astype(np.intp)


def of_table(
    table: Table, journal: Journal, as_of: date, codes: np.ndarray | None = None
) -> Status:
    """The status of each row of a table on a day.

    Args:
        codes: of `measure_codes`, where they are at hand.
    """
    if codes is None:
        codes = measure_codes(table, journal)
    known = known_on(journal, as_of)
    rounds, followed = _rounds(table, journal, as_of)
    windows = table.codes.windows
    first_due = windows.due[windows.code]
    state = _of_rows(known.states(as_of), codes, State.OPEN)
    last_kind = _last_kind(known, as_of)
    is_open = state == State.OPEN
    return Status(
        as_of=as_of,
        followed=followed,
        state=state,
        returned=is_open & _of_rows(last_kind == KINDS.index(Kind.RETURNED), codes, False),
        reopened=is_open & _of_rows(last_kind == KINDS.index(Kind.REOPENED), codes, False),
        asked_until=_of_rows(_asked_until(known, as_of), codes, _NO_DAY),
        first_due=first_due,
        due=_current_due(known, as_of, codes, first_due),
        closed_on=_day_of(known, Kind.CLOSED, as_of, codes, state == State.CLOSED),
        claimed_on=_day_of(known, Kind.CLAIMED, as_of, codes, state == State.CLAIMED),
        report=_of_rows(known.last(known.reports(as_of)), codes, NONE),
        code=codes,
        rounds=rounds,
    )


def _of_rows(of_measures: np.ndarray, codes: np.ndarray, otherwise: object) -> np.ndarray:
    """Carry over to the rows what is known of each measure of the journal."""
    with_none = np.append(of_measures, np.array(otherwise).astype(of_measures.dtype))
    of_rows: np.ndarray = with_none[codes]  # NONE, -1, is the last one
    return of_rows


def _last_kind(known: Known, as_of: date) -> np.ndarray:
    """The kind of the last event that changed each measure's state, NONE where none did."""
    last = known.last(known.places(*STATE_AFTER, by=as_of))
    return np.where(last == NONE, NONE, known.journal.kind[last])


def _asked_until(known: Known, as_of: date) -> np.ndarray:
    """For each measure the day to which an extension was asked for and not yet answered."""
    last = known.last(known.places(*_ANSWERS, by=as_of))
    asked_last = known.journal.kind[last] == KINDS.index(Kind.EXTENSION_ASKED)
    is_asked = asked_last & (last != NONE)
    return np.where(is_asked, known.journal.until[last], _NO_DAY)


def _current_due(known: Known, as_of: date, codes: np.ndarray, first_due: np.ndarray) -> np.ndarray:
    """The day of the last extension that was granted, else the first one."""
    last = known.last(known.places(Kind.EXTENSION_GRANTED, by=as_of))
    until = np.where(last == NONE, _NO_DAY, known.journal.until[last])
    granted = _of_rows(until, codes, _NO_DAY)
    return np.where(np.isnat(granted), first_due, granted)


def _day_of(
    known: Known, kind: Kind, as_of: date, codes: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """The day from which the last event of a kind counts, for the rows where it still does."""
    last = known.last(known.places(kind, by=as_of))
    effective = np.where(last == NONE, _NO_DAY, known.journal.effective[last])
    return np.where(counts, _of_rows(effective, codes, _NO_DAY), _NO_DAY)


# --- the lists that are followed, and their periods -----------------------------------------------


def _rounds(table: Table, journal: Journal, as_of: date) -> tuple[tuple[Round, ...], np.ndarray]:
    """The periods of all followed lists that have begun, and the rows of these lists."""
    rounds: list[Round] = []
    followed = np.zeros(len(table), bool)
    for name, rules in _rules_of_lists(journal, as_of).items():
        rows = rows_of_list(table, name)
        followed[rows] = True
        for period, due, asked in _periods(rules, as_of):
            rounds.append(Round(name, period, due, rows, asked))
    rounds.sort(key=lambda of_list: of_list.period.last_day)
    return tuple(rounds), followed


def _rules_of_lists(journal: Journal, as_of: date) -> dict[str, tuple[Started, ...]]:
    """How each list was started that is followed on a day, and started anew later."""
    rules: dict[str, tuple[Started, ...]] = {}
    for start in journal.starts:
        if start.known <= as_of and start.effective <= as_of:
            rules[start.list] = (*rules.get(start.list, ()), start.rule)
    return rules


@lru_cache(maxsize=64)  # lists are started alike
def _periods(rules: tuple[Started, ...], as_of: date) -> list[tuple[Period, date, Asked]]:
    """The periods that have begun, each with the day on which its reports are due, and who is asked.

    A list that is started anew has the new rule from its first period on.
    """
    periods: list[tuple[Period, date, Asked]] = []
    for rule in rules:
        first = Period.of_code(rule.first_period)
        periods = [earlier for earlier in periods if earlier[0].last_day < first.first_day]
        periods += [(period, period.due(rule), rule.asked) for period in begun(first, as_of)]
    return periods


def rows_of_list(table: Table, name: str) -> np.ndarray:
    """The rows of a list, by its label in the table."""
    code = table.codes.lists.position.get(name, NONE)
    if code == NONE:
        return np.empty(0, np.int64)
    rows = table.codes.once(_list_by_list)
    firsts = table.codes.once(_first_of_lists)
    return rows[firsts[code] : firsts[code + 1]]


def _list_by_list(codes: Codes) -> np.ndarray:
    """The rows of the first list, then those of the second …"""
    return np.argsort(codes.lists.codes, kind="stable")


def _first_of_lists(codes: Codes) -> np.ndarray:
    """Where the rows of each list begin in `_list_by_list`, and where those of the last one end."""
    counts = np.bincount(codes.lists.codes, minlength=len(codes.lists.names))
    return np.concatenate([[0], np.cumsum(counts)])
