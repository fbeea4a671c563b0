"""Who has reported in which period: on time, late, or not at all.

Silence after the day, a late report and "no news" are three different things. Where all departments of
a measure are asked, each supporting one answers for itself: its report is none of the lead's, and the
lead's none of its.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd

from lib.ledger.coded import NONE, Days, are_among, last_of_each, of_codes, places_among
from lib.ledger.events import Asked, Stage
from lib.ledger.journal import STAGES, Journal
from lib.ledger.periods import Period
from lib.ledger.states import State
from lib.ledger.status import COVERS, Known, Round, Status, known_on
from lib.measures import Names, Table
from lib.measures.arrays import Bools, Ints


class Outcome(IntEnum):
    """What became of one measure's report in one period."""

    NOT_ASKED = 0
    WAITING = 1  # asked, and the day has not passed
    ON_TIME = 2
    NO_NEWS = 3  # reported on time, that there is nothing new
    LATE = 4
    MISSING = 5


# As they stand in arrays
_NOT_ASKED: Final = np.int8(Outcome.NOT_ASKED)
_WAITING: Final = np.int8(Outcome.WAITING)
_ON_TIME: Final = np.int8(Outcome.ON_TIME)
_NO_NEWS: Final = np.int8(Outcome.NO_NEWS)
_LATE: Final = np.int8(Outcome.LATE)
_MISSING: Final = np.int8(Outcome.MISSING)

REPORTED: Final = (Outcome.ON_TIME, Outcome.NO_NEWS, Outcome.LATE)
# What of a period is counted: all that were asked, and what became of it
COUNTED: Final = {
    "due": (Outcome.WAITING, *REPORTED, Outcome.MISSING),
    "reported": REPORTED,
    "late_report": (Outcome.LATE,),
    "missing": (Outcome.MISSING,),
}


@dataclass(frozen=True)
class Supporters:
    """Each support of the table that may be asked for a report, and which events are its reports.

    Attributes:
        row: of the table.
        name: as `table.codes.support` has it.
        of_event: for each event of the journal the supporter that it is written for, NONE for the lead.
    """

    row: Ints
    name: Ints
    of_event: Ints

    @property
    def is_said_by(self) -> Bools:
        """For each event of the journal whether a supporter says it."""
        is_said_by: Bools = self.of_event != NONE
        return is_said_by

    def last(self, places: Ints) -> Ints:
        """For each supporter the last of these places of events, NONE where it has none."""
        supporter = self.of_event[places]
        return last_of_each(supporter, places, len(self.row))


Outcomes = Mapping[str, Ints]  # of Outcome, by the code of the period, the earliest first


@dataclass(frozen=True)
class Reporting:
    """All rounds of a table on a day.

    outcome: of each row of the table, of its lead.
    support: of each of the supporters; none is asked where only the lead is.
    rows: how many the table has.
    """

    rounds: tuple[Round, ...]
    outcome: Outcomes
    support: Outcomes
    supporters: Supporters
    rows: int

    @property
    def asks_support(self) -> bool:
        """Whether any supporting department is asked itself."""
        return len(self.supporters.row) > 0

    def of_round(self, of_list: Round) -> Ints:
        """The outcome of each of a round's rows."""
        of_table = self.outcome[of_list.period.code]
        return of_table[of_list.rows]

    @cached_property
    def silent(self) -> Ints:
        """For each row how many periods it has been silent, to the last one that was due."""
        silent = np.zeros(self.rows, np.int16)
        for outcome in self.outcome.values():
            is_reported = is_one_of(REPORTED, outcome)
            silent += outcome == Outcome.MISSING
            silent[is_reported] = 0
        return silent

    def last_due(self, as_of: date) -> tuple[Round, ...]:
        """The rounds of the last period whose day has passed, of each list one."""
        last: dict[str, Round] = {}
        for of_list in self.rounds:
            if of_list.due < as_of:
                last[of_list.list] = of_list
        return tuple(last.values())


def is_one_of(outcomes: Collection[Outcome], outcome: Ints) -> Bools:
    """For each row whether its outcome is one of these."""
    is_meant = np.array([each in outcomes for each in Outcome])
    return is_meant[outcome]


def of_table(table: Table, journal: Journal, status: Status) -> Reporting:
    """The outcomes of all rounds of a table on the day of a status."""
    known = known_on(journal, status.as_of)
    answers = known.places(*COVERS, by=status.as_of)
    supporters = _supporters(table, journal, status)
    fold = _Fold(table, known, status, supporters)
    outcomes: dict[str, Ints] = {}
    support: dict[str, Ints] = {}
    for period, of_lists in _by_period(status.rounds).items():
        due = _due(table, of_lists)
        due_of_support = _due(table, filter(_asks_all, of_lists))
        of_period = _of_period(known, answers, period)
        is_support = fold.is_support(of_period, due_of_support)
        of_supporters = of_period[is_support]
        of_leads = of_period[~is_support]
        outcome = fold.unreported(period, due)
        of_support = fold.support(outcome, of_supporters, due_of_support)
        fold.add_reported(outcome, of_leads, due)
        outcomes[period.code] = outcome
        support[period.code] = of_support
    return Reporting(
        rounds=status.rounds,
        outcome=outcomes,
        support=support,
        supporters=supporters,
        rows=len(table),
    )


# --- who supports ---------------------------------------------------------------------------------


def _supporters(table: Table, journal: Journal, status: Status) -> Supporters:
    """The supports of a table; none where no round asks them, so that they cost nothing."""
    names = table.codes.support
    row, name = names.pairs(None)
    are_asked = any(map(_asks_all, status.rounds))
    if not are_asked or not len(row):
        nobody = np.empty(0, np.int64)
        of_event = np.full(len(journal), NONE, np.int64)
        return Supporters(row=nobody, name=nobody, of_event=of_event)
    departments = journal.departments.codes(names.names)
    measure = status.code[row]
    keys = _keys(journal, measure, departments[name])
    keys_of_events = _keys(journal, journal.measure, journal.on_behalf)
    supporter = places_among(keys_of_events, keys)
    supporter = np.where(keys_of_events == NONE, NONE, supporter)
    return Supporters(row, name, supporter)


def _keys(journal: Journal, measures: Ints, departments: Ints) -> Ints:
    """One number for a measure and a department, NONE where the ledger doesn't name either."""
    count = len(journal.departments)
    keys = measures.astype(np.int64) * count + departments
    is_unnamed = (measures == NONE) | (departments == NONE)
    return np.where(is_unnamed, NONE, keys)


# --- what became of reports -----------------------------------------------------------------------


def _by_period(rounds: Sequence[Round]) -> dict[Period, list[Round]]:
    by_period: dict[Period, list[Round]] = {}
    for of_list in rounds:
        by_period.setdefault(of_list.period, []).append(of_list)
    return by_period


def _asks_all(of_list: Round) -> bool:
    return of_list.asked is Asked.ALL


def _due(table: Table, of_lists: Iterable[Round]) -> Days:
    """The day on which each list's reports of a period are due, NaT where it has no such period."""
    names = table.codes.lists.names
    due_of_list = {of_list.list: of_list.due for of_list in of_lists}
    due = [due_of_list.get(name) for name in names]
    return np.array(due, "M8[D]")


def _of_period(known: Known, answers: Ints, period: Period) -> Ints:
    """What of all that answers for a period answers for this one."""
    journal = known.journal
    code = journal.periods.code(period.code)
    if code == NONE:
        return answers[:0]
    is_of_period: Bools = journal.period[answers] == code
    return answers[is_of_period]


class _Fold:
    """What is known on a day, from which the outcomes of a period are counted.

    In its functions due is the day of each list: by which all that are asked report, or, where it is
    about support, the supporting ones; NaT for a list that asks none.
    """

    def __init__(self, table: Table, known: Known, status: Status, supporters: Supporters) -> None:
        self._known = known
        self._status = status
        self._supporters = supporters
        self._windows = table.codes.windows
        self._list_of_rows = table.codes.lists.codes
        self._list_of_support = self._list_of_rows[supporters.row]

    def is_support(self, answers: Ints, due: Days) -> Bools:
        """For each of the places whether a supporter answers that is asked itself."""
        due_of_support = due[self._list_of_support]
        is_asked = ~np.isnat(due_of_support)
        supporter = self._supporters.of_event[answers]
        return of_codes(is_asked, supporter, False)

    def unreported(self, period: Period, due: Days) -> Ints:
        """What becomes of each row in a period for which nobody reports.

        Asked is what is open when the period ends, and whose window has begun by then.
        """
        is_over = due < self._status.today
        of_list = np.where(is_over, _MISSING, _WAITING)
        of_list[np.isnat(due)] = _NOT_ASKED
        if_asked = of_list[self._list_of_rows]
        end = min(period.last_day, self._status.as_of)
        is_open_measure = self._known.states(end) == State.OPEN
        is_open = of_codes(is_open_measure, self._status.code, True)
        begins_later = self._windows.start > np.datetime64(period.last_day)
        has_begun = ~begins_later  # also what has no begin
        is_asked = is_open & has_begun[self._windows.code]
        return np.where(is_asked, if_asked, _NOT_ASKED)

    def support(self, unreported: Ints, answers: Ints, due: Days) -> Ints:
        """What became of the report of each supporter in a period.

        Args:
            unreported: what becomes of each row where nobody reports.
            answers: the places of what supporters say of the period.
        """
        due_of_support = due[self._list_of_support]
        is_asked = ~np.isnat(due_of_support)
        if_asked = unreported[self._supporters.row]
        support = np.where(is_asked, if_asked, _NOT_ASKED)
        first = self._supporters.last(answers[::-1])
        last = self._supporters.last(answers)
        answering = np.flatnonzero(first != NONE)
        first, last = first[answering], last[answering]
        support[answering] = self._came(first, last, due_of_support[answering])
        return support

    def add_reported(self, outcome: Ints, answers: Ints, due: Days) -> None:
        """Write what has become of the rows for which somebody has reported.

        answers: the places of what answers for the period.
        """
        measures = self._known.journal.measures
        measure = self._known.measure[answers]
        is_reported = are_among(measure, len(measures))
        is_reported_row = of_codes(is_reported, self._status.code, False)
        rows = np.flatnonzero(is_reported_row)
        list_of_rows = self._list_of_rows[rows]
        due_of_rows = due[list_of_rows]
        is_followed = ~np.isnat(due_of_rows)
        rows = rows[is_followed]
        due_of_rows = due_of_rows[is_followed]
        codes = self._status.code[rows]
        first = self._known.first(answers)[codes]
        last = self._known.last(answers)[codes]
        outcome[rows] = self._came(first, last, due_of_rows)

    def _came(self, first: Ints, last: Ints, due: Days) -> Ints:
        """What became of reports that came. first, last: the places of their events."""
        journal = self._known.journal
        is_late = journal.known[first] > due
        no_news = STAGES.index(Stage.NO_NEWS)
        is_no_news = journal.stage[last] == no_news
        in_time = np.where(is_no_news, _NO_NEWS, _ON_TIME)
        return np.where(is_late, _LATE, in_time)


# --- by department --------------------------------------------------------------------------------

Role = Literal["lead", "support"]


def by_department(table: Table, rows: Ints | None, reporting: Reporting) -> pd.DataFrame:
    """How many reports each department was asked for in each period, and how many came.

    What it leads and what it supports are counted apart.

    Returns:
        One row a department, role and period in which it was asked, the periods in order: department,
        role, period, due (how many were asked for), reported, late_report, missing.
    """
    is_chosen = np.ones(len(table), bool)
    if rows is not None:
        is_chosen = are_among(rows, len(table))
    lead = table.codes.lead
    support = table.codes.support
    supporters = reporting.supporters
    is_chosen_lead = is_chosen[lead.row]
    is_chosen_support = is_chosen[supporters.row]
    lead_codes = lead.codes[is_chosen_lead]
    support_codes = supporters.name[is_chosen_support]
    frames: list[pd.DataFrame] = []
    for period, outcome in reporting.outcome.items():
        of_leads = outcome[lead.row][is_chosen_lead]
        of_support = reporting.support[period][is_chosen_support]
        led = _counts(lead, "lead", period, lead_codes, of_leads)
        supported = _counts(support, "support", period, support_codes, of_support)
        frames += [led, supported]
    columns = ["department", "role", "period", *COUNTED]
    counts = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    is_asked = counts["due"] > 0
    return counts[is_asked].reset_index(drop=True)


def _counts(names: Names, role: Role, period: str, codes: Ints, outcome: Ints) -> pd.DataFrame:
    """What became of the reports of each name in a period. codes: the name of each outcome."""
    columns: dict[str, object] = {
        "department": names.names.to_pylist(),
        "role": role,
        "period": period,
    }
    for name, outcomes in COUNTED.items():
        is_counted = is_one_of(outcomes, outcome)
        counted = codes[is_counted]
        columns[name] = np.bincount(counted, minlength=len(names.names))
    return pd.DataFrame(columns)
