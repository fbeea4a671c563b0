"""Who has reported in which period: on time, late, or not at all.

Silence after the day, a late report and "no news" are three different things. Where all departments of
a measure are asked, each supporting one answers for itself: its report is none of the lead's, and the
lead's none of its.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.ledger.events import Asked, Stage
from lib.ledger.journal import NONE, STAGES, Journal
from lib.ledger.periods import Period
from lib.ledger.states import State
from lib.ledger.status import COVERS, Known, Round, Status, known_on
from lib.measures import Names, Table


class Outcome(IntEnum):
    """What became of one measure's report in one period."""

    NOT_ASKED = 0
    WAITING = 1  # asked, and the day has not passed
    ON_TIME = 2
    NO_NEWS = 3  # reported on time, that there is nothing new
    LATE = 4
    MISSING = 5


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

    row: np.ndarray
    name: np.ndarray
    of_event: np.ndarray

    @property
    def is_said_by(self) -> np.ndarray:
        """For each event of the journal whether a supporter says it."""
        is_said_by: np.ndarray = self.of_event != NONE
        return is_said_by

    def last(self, places: np.ndarray) -> np.ndarray:
        """For each supporter the last of these places of events, NONE where it has none."""
        last = np.full(len(self.row), NONE, np.int64)
        last[self.of_event[places]] = places
        return last


@dataclass(frozen=True)
class Reporting:
    """All rounds of a table on a day.

    outcome: of each row of the table in each period, of its lead, by the period's code, the earliest first.
    support: of each of the supporters in each period; none is asked where only the lead is.
    rows: how many the table has.
    """

    rounds: tuple[Round, ...]
    outcome: Mapping[str, np.ndarray]
    support: Mapping[str, np.ndarray]
    supporters: Supporters
    rows: int

    @property
    def asks_support(self) -> bool:
        """Whether any supporting department is asked itself."""
        return len(self.supporters.row) > 0

    def of_round(self, of_list: Round) -> np.ndarray:
        """The outcome of each of a round's rows."""
        of_rows: np.ndarray = self.outcome[of_list.period.code][of_list.rows]
        return of_rows

    @cached_property
    def silent(self) -> np.ndarray:
        """For each row how many periods it has been silent, to the last one that was due."""
        silent = np.zeros(self.rows, np.int16)
        for outcome in self.outcome.values():
            silent += outcome == Outcome.MISSING
            silent[is_one_of(REPORTED, outcome)] = 0
        return silent

    def last_due(self, as_of: date) -> tuple[Round, ...]:
        """The rounds of the last period whose day has passed, of each list one."""
        last = {of_list.list: of_list for of_list in self.rounds if of_list.due < as_of}
        return tuple(last.values())


def is_one_of(outcomes: Collection[Outcome], outcome: np.ndarray) -> np.ndarray:
    """For each row whether its outcome is one of these."""
    is_meant = np.array([one in outcomes for one in Outcome])
    fits: np.ndarray = is_meant[outcome]
    return fits


def of_table(table: Table, journal: Journal, status: Status) -> Reporting:
    """The outcomes of all rounds of a table on the day of a status."""
    known = known_on(journal, status.as_of)
    answers = known.places(*COVERS, by=status.as_of)
    supporters = _supporters(table, journal, status)
    outcomes: dict[str, np.ndarray] = {}
    support: dict[str, np.ndarray] = {}
    for period, of_lists in _by_period(status.rounds).items():
        due = _due(table, of_lists)
        due_of_support = _due(table, [each for each in of_lists if each.asked is Asked.ALL])
        outcome = _unreported(table, known, status, period, due)
        of_period = _of_period(known, answers, period)
        is_support = _is_support(table, supporters, of_period, due_of_support)
        support[period.code] = _of_supporters(
            table, known, supporters, outcome, of_period[is_support], due_of_support
        )
        _add_reported(outcome, table, known, status, of_period[~is_support], due)
        outcomes[period.code] = outcome
    return Reporting(status.rounds, outcomes, support, supporters, len(table))


# --- who supports ---------------------------------------------------------------------------------


def _supporters(table: Table, journal: Journal, status: Status) -> Supporters:
    """The supports of a table; none where no round asks them, so that they cost nothing."""
    names = table.codes.support
    row, name = names.pairs(None)
    are_asked = any(of_list.asked is Asked.ALL for of_list in status.rounds)
    if not are_asked or not len(row):
        nobody = np.empty(0, np.int64)
        return Supporters(nobody, nobody, np.full(len(journal), NONE, np.int64))
    found = pc.index_in(names.names.cast(pa.string()), value_set=journal.departments.texts)
    departments = pc.fill_null(found, NONE).to_numpy(zero_copy_only=False)
    keys = _keys(journal, status.code[row], departments[name])
    of_events = _keys(journal, journal.measure, journal.on_behalf)
    order = np.argsort(keys)
    places = np.searchsorted(keys, of_events, sorter=order)
    nearest = order[np.minimum(places, len(order) - 1)]
    is_support = (keys[nearest] == of_events) & (of_events != NONE)
    return Supporters(row, name, np.where(is_support, nearest, NONE))


def _keys(journal: Journal, measures: np.ndarray, departments: np.ndarray) -> np.ndarray:
    """One number for a measure and a department, NONE where the ledger doesn't name either."""
    keys = measures.astype(np.int64) * len(journal.departments) + departments
    return np.where((measures == NONE) | (departments == NONE), NONE, keys)


def _is_support(
    table: Table, supporters: Supporters, answers: np.ndarray, due: np.ndarray
) -> np.ndarray:
    """For each of the places whether a supporter answers that is asked itself.

    due: of each list that asks all departments, NaT for the others.
    """
    supporter = supporters.of_event[answers]
    is_asked = ~np.isnat(due)[table.codes.lists.codes[supporters.row]]
    with_none = np.append(is_asked, False)  # NONE, -1, is the last one
    is_support: np.ndarray = with_none[supporter]
    return is_support


def _of_supporters(
    table: Table,
    known: Known,
    supporters: Supporters,
    unreported: np.ndarray,
    answers: np.ndarray,
    due: np.ndarray,
) -> np.ndarray:
    """What became of the report of each supporter in a period.

    Args:
        unreported: what becomes of each row where nobody reports.
        answers: the places of what supporters say of the period.
        due: of each list that asks all departments, NaT for the others.
    """
    due_of_support = due[table.codes.lists.codes[supporters.row]]
    is_asked = ~np.isnat(due_of_support)
    support = np.where(is_asked, unreported[supporters.row], np.int8(Outcome.NOT_ASKED))
    first, last = supporters.last(answers[::-1]), supporters.last(answers)
    said = np.flatnonzero(first != NONE)
    support[said] = _came(known, first[said], last[said], due_of_support[said])
    return support


# --- what became of reports -----------------------------------------------------------------------


def _by_period(rounds: Sequence[Round]) -> dict[Period, list[Round]]:
    by_period: dict[Period, list[Round]] = {}
    for of_list in rounds:
        by_period.setdefault(of_list.period, []).append(of_list)
    return by_period


def _due(table: Table, of_lists: Sequence[Round]) -> np.ndarray:
    """The day on which each list's reports of a period are due, NaT where it has no such period."""
    due_of_list = {of_list.list: of_list.due for of_list in of_lists}
    return np.array([due_of_list.get(name) for name in table.codes.lists.names], "M8[D]")


def _unreported(
    table: Table, known: Known, status: Status, period: Period, due: np.ndarray
) -> np.ndarray:
    """What becomes of each row in a period for which nobody reports.

    Asked is what is open when the period ends, and whose window has begun by then.

    Args:
        due: of each list.
    """
    is_over = due < np.datetime64(status.as_of, "D")
    if_asked = np.where(is_over, Outcome.MISSING, Outcome.WAITING).astype(np.int8)
    if_asked[np.isnat(due)] = Outcome.NOT_ASKED
    end = min(period.last_day, status.as_of)
    is_open = _with_none(known.states(end) == State.OPEN, status.code, True)
    windows = table.codes.windows
    has_begun = ~(windows.start > np.datetime64(period.last_day, "D"))  # what has no begin has
    is_asked = is_open & has_begun[windows.code]
    return np.where(is_asked, if_asked[table.codes.lists.codes], np.int8(Outcome.NOT_ASKED))


def _add_reported(
    outcome: np.ndarray,
    table: Table,
    known: Known,
    status: Status,
    answers: np.ndarray,
    due: np.ndarray,
) -> None:
    """Write what has become of the rows for which somebody has reported.

    Args:
        answers: the places of what answers for the period.
        due: of each list.
    """
    is_reported = np.zeros(len(known.journal.measures), bool)
    is_reported[known.measure[answers]] = True
    rows = np.flatnonzero(_with_none(is_reported, status.code, False))
    due_of_rows = due[table.codes.lists.codes[rows]]
    is_followed = ~np.isnat(due_of_rows)
    rows, due_of_rows = rows[is_followed], due_of_rows[is_followed]
    codes = status.code[rows]
    first, last = known.first(answers)[codes], known.last(answers)[codes]
    outcome[rows] = _came(known, first, last, due_of_rows)


def _came(known: Known, first: np.ndarray, last: np.ndarray, due: np.ndarray) -> np.ndarray:
    """What became of reports that came. first, last: the places of their events."""
    is_late = known.journal.known[first] > due
    no_news = known.journal.stage[last] == STAGES.index(Stage.NO_NEWS)
    in_time = np.where(no_news, Outcome.NO_NEWS, Outcome.ON_TIME)
    return np.where(is_late, Outcome.LATE, in_time).astype(np.int8)


def _of_period(known: Known, answers: np.ndarray, period: Period) -> np.ndarray:
    """What of all that answers for a period answers for this one."""
    code = known.journal.periods.code(period.code)
    if code == NONE:
        return answers[:0]
    of_period: np.ndarray = answers[known.journal.period[answers] == code]
    return of_period


def _with_none(of_measures: np.ndarray, codes: np.ndarray, otherwise: bool) -> np.ndarray:
    """Carry over to rows what is known of measures; NONE, -1, takes the last place."""
    of_rows: np.ndarray = np.append(of_measures, otherwise)[codes]
    return of_rows


# --- by department --------------------------------------------------------------------------------

Role = Literal["lead", "support"]


def by_department(table: Table, rows: np.ndarray | None, reporting: Reporting) -> pd.DataFrame:
    """How many reports each department was asked for in each period, and how many came.

    What it leads and what it supports are counted apart.

    Returns:
        One row a department, role and period in which it was asked, the periods in order: department,
        role, period, due (how many were asked for), reported, late_report, missing.
    """
    is_chosen = np.ones(len(table), bool)
    if rows is not None:
        is_chosen = np.zeros(len(table), bool)
        is_chosen[rows] = True
    lead, supporters = table.codes.lead, reporting.supporters
    is_chosen_lead, is_chosen_support = is_chosen[lead.row], is_chosen[supporters.row]
    frames: list[pd.DataFrame] = []
    for period, outcome in reporting.outcome.items():
        of_leads = outcome[lead.row][is_chosen_lead]
        frames.append(_counts(lead, "lead", period, lead.codes[is_chosen_lead], of_leads))
        of_supporters = reporting.support[period][is_chosen_support]
        codes = supporters.name[is_chosen_support]
        frames.append(_counts(table.codes.support, "support", period, codes, of_supporters))
    columns = ["department", "role", "period", *COUNTED]
    counts = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    return counts[counts["due"] > 0].reset_index(drop=True)


def _counts(
    names: Names, role: Role, period: str, codes: np.ndarray, outcome: np.ndarray
) -> pd.DataFrame:
    """What became of the reports of each name in a period. codes: the name of each outcome."""
    columns: dict[str, object] = {
        "department": names.names.to_pylist(),
        "role": role,
        "period": period,
    }
    for name, outcomes in COUNTED.items():
        counted = is_one_of(outcomes, outcome)
        columns[name] = np.bincount(codes[counted], minlength=len(names.names))
    return pd.DataFrame(columns)
