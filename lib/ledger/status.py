"""The status of every measure of a table on a day, as arrays beside its rows.

It is the fold of the events that were recorded and count on or before the day: the same day gives
the same status next year, and an earlier day what was known then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.ledger.coded import NONE, Days, keys_of, last_of_each, of_codes
from lib.ledger.events import Asked, Kind, Started
from lib.ledger.journal import KINDS, Journal
from lib.ledger.periods import Period, begun
from lib.ledger.states import STATE_AFTER, State
from lib.measures import Codes, Table
from lib.measures.arrays import Bools, Ints

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
    def measure(self) -> Ints:
        """The code of each event's measure."""
        return self.journal.measure[: self.count]

    def places(self, *kinds: Kind, by: date) -> Ints:
        """Where the events of these kinds stand that count on or before a day."""
        effective = self.journal.effective[: self.count]
        counts = effective <= np.datetime64(by)
        is_of_kind = self.journal.of_kind(*kinds)[: self.count]
        is_of_a_measure = self.measure != NONE
        return np.flatnonzero(counts & is_of_kind & is_of_a_measure)

    def reports(self, by: date) -> Ints:
        """Where the reports stand that count on or before a day, in the order of what they are about.

        What was put right stands only as it was put right last.
        """
        in_order_of_recording = self.places(*REPORTS, by=by)
        newest_first = in_order_of_recording[::-1]
        origin = self.journal.origin[newest_first]
        origins, newest = np.unique(origin, return_index=True)
        counts_from = self.journal.effective[origins]
        in_order = np.argsort(counts_from, kind="stable")
        return newest_first[newest][in_order]

    def last(self, places: Ints) -> Ints:
        """For each measure the last of these places, NONE where it has none."""
        measure = self.measure[places]
        return last_of_each(measure, places, len(self.journal.measures))

    def first(self, places: Ints) -> Ints:
        """For each measure the first of these places, NONE where it has none."""
        return self.last(places[::-1])

    def states(self, by: date) -> Ints:
        """The state of each measure, as the events say that count on or before a day."""
        effective = self.journal.effective[self._changes]
        counts = effective <= np.datetime64(by)
        changes = self._changes[counts]
        measure = self.measure[changes]
        kind = self.journal.kind[changes]
        count = len(self.journal.measures)
        states = np.full(count, State.OPEN, np.int8)
        states[measure] = _STATE_AFTER[kind]
        return states

    @cached_property
    def _changes(self) -> Ints:
        """Where the events stand that change a state."""
        return self.places(*STATE_AFTER, by=date.max)


# The state after each kind of event, by the kind's place in KINDS
_STATES: Final = [STATE_AFTER.get(kind, State.OPEN) for kind in KINDS]
_STATE_AFTER: Final = np.array(_STATES, np.int8)


def known_on(journal: Journal, as_of: date) -> Known:
    """The events that were known at the end of a day."""
    day = np.datetime64(as_of)
    count = np.searchsorted(journal.known, day, side="right")
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
    rows: Ints
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
    followed: Bools
    state: Ints
    returned: Bools
    reopened: Bools
    asked_until: Days
    first_due: Days
    due: Days
    closed_on: Days
    claimed_on: Days
    report: Ints
    code: Ints
    rounds: tuple[Round, ...]

    @property
    def today(self) -> np.datetime64:
        """The day, as arrays of days are compared with it."""
        return np.datetime64(self.as_of)

    def due_of(self, row: int) -> date | None:
        """The current day of a row, None where it has none."""
        due: date | None = self.due[row].astype(object)
        return due

    @property
    def is_started(self) -> bool:
        """Whether any list of the table is followed."""
        return bool(self.followed.any())

    def current(self, list_name: str) -> Period | None:
        """The period of which a list is asked for reports now, None before its first one.

        It is the first whose day has not passed: in the first days of March that of February.
        """
        period: Period | None = None
        for of_round in self.rounds:
            if of_round.list != list_name:
                continue
            period = of_round.period
            if of_round.due >= self.as_of:
                break
        return period

    @property
    def asked(self) -> Bools:
        """Where an extension is asked for."""
        return ~np.isnat(self.asked_until)

    @property
    def extended(self) -> Bools:
        """Where the day was moved."""
        has_due = ~np.isnat(self.due)
        is_moved: Bools = self.due != self.first_due
        return has_due & is_moved

    @property
    def counted(self) -> Bools:
        """What shares are of: followed, and not cancelled."""
        is_kept: Bools = self.state != State.CANCELLED
        return self.followed & is_kept

    @property
    def is_running(self) -> Bools:
        """What is open or claimed."""
        is_open: Bools = self.state == State.OPEN
        is_claimed: Bools = self.state == State.CLAIMED
        return self.followed & (is_open | is_claimed)

    @property
    def late(self) -> Bools:
        """What is not closed after its current day. Silence is not late, and claimed is not closed."""
        day_has_passed: Bools = self.due < self.today
        return self.is_running & day_has_passed


def measure_codes(table: Table, journal: Journal) -> Ints:
    """The journal's code of each row's measure, NONE where the ledger doesn't name it.

    They are as wide as numpy's own indices: narrower ones it would widen each time that they are used.
    """
    lists = table.codes.lists
    names = pa.array(lists.names, pa.string())
    labels = names.take(pa.array(lists.codes))
    ids = table.codes.ids.cast(pa.string())
    codes = journal.measures.codes(keys_of(labels, ids))
    return codes.astype(np.intp)


def of_table(table: Table, journal: Journal, as_of: date, codes: Ints | None = None) -> Status:
    """The status of each row of a table on a day.

    Args:
        codes: of `measure_codes`, where they are at hand.
    """
    if codes is None:
        codes = measure_codes(table, journal)
    known = known_on(journal, as_of)
    day = _Day(known, as_of, codes)
    rounds, followed = _rounds(table, journal, as_of)
    windows = table.codes.windows
    first_due = windows.due[windows.code]
    states = known.states(as_of)
    state = day.of_rows(states, State.OPEN)
    last_kind = day.last_kind()
    is_open = state == State.OPEN
    is_closed = state == State.CLOSED
    is_claimed = state == State.CLAIMED
    was_returned = last_kind == KINDS.index(Kind.RETURNED)
    was_reopened = last_kind == KINDS.index(Kind.REOPENED)
    closed_on = day.last_day(Kind.CLOSED)
    claimed_on = day.last_day(Kind.CLAIMED)
    return Status(
        as_of=as_of,
        followed=followed,
        state=state,
        returned=is_open & was_returned,
        reopened=is_open & was_reopened,
        asked_until=day.asked_until(),
        first_due=first_due,
        due=day.current_due(first_due),
        closed_on=np.where(is_closed, closed_on, _NO_DAY),
        claimed_on=np.where(is_claimed, claimed_on, _NO_DAY),
        report=day.last_report(),
        code=codes,
        rounds=rounds,
    )


class _Day(NamedTuple):
    """What the events say of each row of a table on a day. codes: of the rows' measures."""

    known: Known
    as_of: date
    codes: Ints

    @property
    def journal(self) -> Journal:
        """All events, also those that were not known yet."""
        return self.known.journal

    def last_kind(self) -> Ints:
        """The kind of the last event that changed each row's state, NONE where none did."""
        last = self._last(*STATE_AFTER)
        kind = _at(last, self.journal.kind, NONE)
        return self.of_rows(kind, NONE)

    def last_day(self, kind: Kind) -> Days:
        """The day from which the last event of a kind counts."""
        last = self._last(kind)
        effective = _at(last, self.journal.effective, _NO_DAY)
        return self.of_rows(effective, _NO_DAY)

    def last_report(self) -> Ints:
        """The place of each row's last report, NONE where it has none."""
        reports = self.known.reports(self.as_of)
        last = self.known.last(reports)
        return self.of_rows(last, NONE)

    def asked_until(self) -> Days:
        """The day to which an extension was asked for and not yet answered."""
        last = self._last(*_ANSWERS)
        kind = _at(last, self.journal.kind, NONE)
        is_asked = kind == KINDS.index(Kind.EXTENSION_ASKED)
        until = np.where(is_asked, self.journal.until[last], _NO_DAY)
        return self.of_rows(until, _NO_DAY)

    def current_due(self, first_due: Days) -> Days:
        """The day of the last extension that was granted, else the first one."""
        last = self._last(Kind.EXTENSION_GRANTED)
        until = _at(last, self.journal.until, _NO_DAY)
        granted = self.of_rows(until, _NO_DAY)
        return np.where(np.isnat(granted), first_due, granted)

    def _last(self, *kinds: Kind) -> Ints:
        """For each measure of the journal the place of its last event of these kinds."""
        places = self.known.places(*kinds, by=self.as_of)
        return self.known.last(places)

    def of_rows(self, of_measures: np.ndarray, otherwise: Any) -> np.ndarray:
        """Carry over to the rows what is known of each measure of the journal."""
        return of_codes(of_measures, self.codes, otherwise)


def _at(places: Ints, column: np.ndarray, otherwise: Any) -> np.ndarray:
    """What stands in a column at each of the places, something else where there is none."""
    is_none: Bools = places == NONE
    return np.where(is_none, otherwise, column[places])


# --- the lists that are followed, and their periods -----------------------------------------------


def _rounds(table: Table, journal: Journal, as_of: date) -> tuple[tuple[Round, ...], Bools]:
    """The periods of all followed lists that have begun, and the rows of these lists."""
    rounds: list[Round] = []
    followed = np.zeros(len(table), bool)
    rules_of_lists = _rules_of_lists(journal, as_of)
    for name, rules in rules_of_lists.items():
        rows = rows_of_list(table, name)
        followed[rows] = True
        for period, due, asked in _terms(rules, as_of):
            rounds.append(Round(name, period, due, rows, asked))
    rounds.sort(key=_last_day)
    return tuple(rounds), followed


def _last_day(of_list: Round) -> date:
    return of_list.period.last_day


def _rules_of_lists(journal: Journal, as_of: date) -> dict[str, tuple[Started, ...]]:
    """How each list was started that is followed on a day, and started anew later."""
    rules: dict[str, tuple[Started, ...]] = {}
    for start in journal.starts:
        is_followed = max(start.known, start.effective) <= as_of
        if is_followed:
            earlier = rules.get(start.list, ())
            rules[start.list] = (*earlier, start.rule)
    return rules


class _Term(NamedTuple):
    """A period of a list, the day on which its reports are due, and who is asked."""

    period: Period
    due: date
    asked: Asked


@lru_cache(maxsize=64)  # lists are started alike
def _terms(rules: tuple[Started, ...], as_of: date) -> list[_Term]:
    """The periods that have begun. A list that is started anew has the new rule from its first period on."""
    terms: list[_Term] = []
    for rule in rules:
        first = Period.of_code(rule.first_period)
        begin = first.first_day
        terms = [term for term in terms if term.period.last_day < begin]
        for period in begun(first, as_of):
            due = period.due(rule)
            terms.append(_Term(period, due, rule.asked))
    return terms


def rows_of_list(table: Table, name: str) -> Ints:
    """The rows of a list, by its label in the table."""
    code = table.codes.lists.position.get(name, NONE)
    if code == NONE:
        return np.empty(0, np.int64)
    rows = table.codes.once(_list_by_list)
    firsts = table.codes.once(_first_of_lists)
    first, first_of_next = firsts[code : code + 2]
    return rows[first:first_of_next]


def _list_by_list(codes: Codes) -> Ints:
    """The rows of the first list, then those of the second …"""
    return np.argsort(codes.lists.codes, kind="stable")


def _first_of_lists(codes: Codes) -> Ints:
    """Where the rows of each list begin in `_list_by_list`, and where those of the last one end."""
    lists = codes.lists
    counts = np.bincount(lists.codes, minlength=len(lists.names))
    ends = np.cumsum(counts)
    return np.append(0, ends)
