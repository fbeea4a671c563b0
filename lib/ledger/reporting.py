"""Who has reported in which period: on time, late, or not at all.

Silence after the day, a late report and "no news" are three different things.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from lib.ledger.events import Stage
from lib.ledger.journal import NONE, STAGES, Journal
from lib.ledger.periods import Period
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
class Reporting:
    """All rounds of a table on a day.

    outcome: of each row of the table in each period, by the period's code, the earliest first.
    rows: how many the table has.
    """

    rounds: tuple[Round, ...]
    outcome: Mapping[str, np.ndarray]
    rows: int

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
    outcomes: dict[str, np.ndarray] = {}
    for period, of_lists in _by_period(status.rounds).items():
        due = _due(table, of_lists)
        outcome = _unreported(table, known, status, period, due)
        _add_reported(outcome, table, known, status, _of_period(known, answers, period), due)
        outcomes[period.code] = outcome
    return Reporting(status.rounds, outcomes, len(table))


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
    is_late = known.journal.known[first] > due_of_rows
    no_news = known.journal.stage[last] == STAGES.index(Stage.NO_NEWS)
    in_time = np.where(no_news, Outcome.NO_NEWS, Outcome.ON_TIME)
    outcome[rows] = np.where(is_late, Outcome.LATE, in_time)


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
    frames = [
        _of_departments(table, period, np.where(chosen, outcome, Outcome.NOT_ASKED))
        for period, outcome in reporting.outcome.items()
    ]
    columns = ["department", "period", *COUNTED]
    counts = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    return counts[counts["due"] > 0].reset_index(drop=True)


def _of_departments(table: Table, period: str, outcome: np.ndarray) -> pd.DataFrame:
    names = table.codes.lead
    of_names = outcome[names.row]
    columns: dict[str, object] = {"department": names.names.to_pylist(), "period": period}
    for name, outcomes in COUNTED.items():
        counted = is_one_of(outcomes, of_names)
        columns[name] = np.bincount(names.codes[counted], minlength=len(names.names))
    return pd.DataFrame(columns)
