"""Who has reported in which period: on time, late, or not at all.

Silence after the day, a late report and "no news" are three different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from lib.ledger.events import Stage
from lib.ledger.journal import NONE, STAGES, Journal
from lib.ledger.states import State
from lib.ledger.status import COVERS, Known, Round, Status, known_on
from lib.measures import Table


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
class RoundOutcome:
    """The outcomes of one round. outcome: of each row of `round.rows`."""

    round: Round
    outcome: np.ndarray


@dataclass(frozen=True)
class Reporting:
    """All rounds of a table on a day. rows: how many the table has."""

    rounds: tuple[RoundOutcome, ...]
    rows: int

    @cached_property
    def silent(self) -> np.ndarray:
        """For each row how many periods it has been silent, to the last one that was due."""
        silent = np.zeros(self.rows, np.int16)
        for of_round in self.rounds:
            rows, outcome = of_round.round.rows, of_round.outcome
            is_missing = outcome == Outcome.MISSING
            is_reported = np.isin(outcome, REPORTED)
            silent[rows[is_missing]] += 1
            silent[rows[is_reported]] = 0
        return silent

    def last_due(self, as_of: date) -> tuple[RoundOutcome, ...]:
        """The rounds of the last period whose day has passed, of each list one."""
        last: dict[str, RoundOutcome] = {}
        for of_round in self.rounds:
            if of_round.round.due < as_of:
                last[of_round.round.list] = of_round
        return tuple(last.values())


def of_table(table: Table, journal: Journal, status: Status) -> Reporting:
    """The outcomes of all rounds of a table on the day of a status."""
    known = known_on(journal, status.as_of)
    begins = _begins(table)
    rounds = [
        RoundOutcome(of_list, _outcomes(known, of_list, status, begins))
        for of_list in status.rounds
    ]
    return Reporting(tuple(rounds), len(table))


def _begins(table: Table) -> np.ndarray:
    """The first day of each row's window; of what has none, a day before all periods."""
    windows = table.codes.windows
    starts = windows.start[windows.code]
    return np.where(np.isnat(starts), np.datetime64(date.min, "D"), starts)


def _outcomes(known: Known, of_list: Round, status: Status, begins: np.ndarray) -> np.ndarray:
    """What became of each row's report in a round.

    Asked is what is open when the period ends, and whose window has begun by then.
    """
    end = min(of_list.period.last_day, status.as_of)
    codes = status.code[of_list.rows]
    is_open = _with_none(known.states(end), codes, State.OPEN) == State.OPEN
    has_begun = begins[of_list.rows] <= np.datetime64(of_list.period.last_day, "D")
    first, last = _reports(known, of_list, status.as_of)
    first_of_rows = _with_none(first, codes, NONE)
    last_of_rows = _with_none(last, codes, NONE)
    is_reported = first_of_rows != NONE
    due = np.datetime64(of_list.due, "D")
    is_late = known.journal.known[first_of_rows] > due
    no_news = known.journal.stage[last_of_rows] == STAGES.index(Stage.NO_NEWS)
    is_over = status.as_of > of_list.due
    unreported = Outcome.MISSING if is_over else Outcome.WAITING
    conditions = [
        is_reported & is_late,
        is_reported & no_news,
        is_reported,
        is_open & has_begun,
    ]
    outcomes = [Outcome.LATE, Outcome.NO_NEWS, Outcome.ON_TIME, unreported]
    return np.select(conditions, outcomes, Outcome.NOT_ASKED).astype(np.int8)


def _reports(known: Known, of_list: Round, as_of: date) -> tuple[np.ndarray, np.ndarray]:
    """For each measure the first and the last event that answers for a round's period."""
    code = known.journal.periods.code_of.get(of_list.period.code, NONE - 1)
    places = known.places(*COVERS, by=as_of)
    of_period = places[known.journal.period[places] == code]
    return known.first(of_period), known.last(of_period)


def _with_none(of_measures: np.ndarray, codes: np.ndarray, otherwise: int) -> np.ndarray:
    """Carry over to rows what is known of measures; NONE, -1, takes the last place."""
    of_rows: np.ndarray = np.append(of_measures, otherwise)[codes]
    return of_rows


def by_department(table: Table, rows: np.ndarray | None, reporting: Reporting) -> pd.DataFrame:
    """How many reports each leading department was asked for in each period, and how many came.

    Returns:
        One row a department and a period in which it was asked: department, period, due (how many were
        asked for), reported, late_report, missing.
    """
    chosen = np.ones(len(table), bool)
    if rows is not None:
        chosen = np.zeros(len(table), bool)
        chosen[rows] = True
    frames = [_of_departments(table, chosen, of_round) for of_round in reporting.rounds]
    columns = ["department", "period", *COUNTED]
    whole = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    counts = whole.groupby(["department", "period"], sort=False, as_index=False).sum()
    return counts[counts["due"] > 0].reset_index(drop=True)


def _of_departments(table: Table, chosen: np.ndarray, of_round: RoundOutcome) -> pd.DataFrame:
    names = table.codes.lead
    is_chosen = chosen[of_round.round.rows]
    of_rows = np.full(len(table), Outcome.NOT_ASKED, np.int8)
    of_rows[of_round.round.rows[is_chosen]] = of_round.outcome[is_chosen]
    outcome = of_rows[names.row]
    columns: dict[str, object] = {
        "department": names.names.to_pylist(),
        "period": of_round.round.period.code,
    }
    for name, outcomes in COUNTED.items():
        counted = np.isin(outcome, outcomes)
        columns[name] = np.bincount(names.codes[counted], minlength=len(names.names))
    return pd.DataFrame(columns)
