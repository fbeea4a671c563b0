"""Whom to chase, and for what: the rows that the office has to look at on a day, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.ledger.coded import Days, are_among
from lib.ledger.lights import Facts
from lib.ledger.reporting import Outcome, Reporting
from lib.ledger.status import Round, Status
from lib.measures import Table
from lib.measures.arrays import Bools, Ints


class Reason(IntEnum):
    """Why a measure is on the list, in the order in which it stands there."""

    LATE = 0
    CLAIMED = 1  # the office has to agree, or not
    ASKED = 2  # the office has to grant or to refuse
    DUE_SOON = 3
    SILENT = 4
    SUPPORT_SILENT = 5  # a supporting department that is asked itself


class Silent(NamedTuple):
    """Of one list the reports that are missing: of these rows, or of supporters at these places."""

    round: Round
    rows: Ints
    places: Ints


Reasons = Mapping[Reason, Bools]  # for each row whether each holds
Departments = dict[str, Round]  # whose report is missing, and in which round

SOON_WORKDAYS: Final = 10


def reasons(status: Status, reporting: Reporting, known: Facts) -> Reasons:
    """For each row whether each reason holds; a measure may have several."""
    days_to_due = known.values["days_to_due"]
    is_running = status.is_running
    late = status.late
    with np.errstate(invalid="ignore"):
        is_soon = (days_to_due >= 0) & (days_to_due <= SOON_WORKDAYS)
    silent = _silent(reporting, status.as_of)
    silent_support = _silent_support(reporting, status.as_of)
    return {
        Reason.LATE: late,
        Reason.CLAIMED: known.values["claimed"] & status.followed,
        Reason.ASKED: status.asked & is_running,
        Reason.DUE_SOON: is_running & is_soon & ~late,
        Reason.SILENT: _rows_of(silent, status) & is_running,
        Reason.SUPPORT_SILENT: _rows_of(silent_support, status) & is_running,
    }


def _rows_of(silent: Iterable[Silent], status: Status) -> Bools:
    """For each row whether a report of it is missing."""
    is_missing = np.zeros(len(status.state), bool)
    for of_list in silent:
        is_missing[of_list.rows] = True
    return is_missing


def _silent(reporting: Reporting, as_of: date) -> Iterator[Silent]:
    """Whose leading department has not sent the last report that was due."""
    for of_list in reporting.last_due(as_of):
        is_missing = reporting.of_round(of_list) == Outcome.MISSING
        rows = of_list.rows[is_missing]
        yield Silent(of_list, rows, rows)


def _silent_support(reporting: Reporting, as_of: date) -> Iterator[Silent]:
    """Whose supporting departments have not sent the last report that was due."""
    supporters = reporting.supporters
    for of_list in reporting.last_due(as_of):
        is_missing = reporting.support[of_list.period.code] == Outcome.MISSING
        is_of_list = np.isin(supporters.row, of_list.rows)
        places = np.flatnonzero(is_missing & is_of_list)
        yield Silent(of_list, supporters.row[places], places)


def missing_rounds(reporting: Reporting, as_of: date) -> dict[int, Round]:
    """For each row of which the last report that was due is missing the round that it is missing in."""
    rounds: dict[int, Round] = {}
    for of_list in _silent(reporting, as_of):
        rounds |= dict.fromkeys(of_list.rows.tolist(), of_list.round)
    return rounds


def missing_of_support(table: Table, reporting: Reporting, as_of: date) -> dict[int, Departments]:
    """For each row the supporting departments that have not sent the last report that was due."""
    names = table.codes.support.names
    missing: dict[int, Departments] = {}
    for of_list in _silent_support(reporting, as_of):
        codes = reporting.supporters.name[of_list.places]
        departments = names.take(pa.array(codes)).to_pylist()
        rows = of_list.rows.tolist()
        for row, department in zip(rows, departments, strict=True):
            of_row = missing.setdefault(row, {})
            of_row[department] = of_list.round
    return missing


def listing(reasons: Reasons, due: Days, rows: Ints | None) -> pd.DataFrame:
    """The rows to be chased: by their first reason, then by day.

    Args:
        reasons: of all rows of the table.
        due: the current day of each, datetime64.
        rows: those that are asked for, None for all.

    Returns:
        position (in the table), reason (of Reason, the first that holds), due (datetime64).
    """
    no_reason = len(Reason)
    first = np.select(list(reasons.values()), list(reasons), no_reason)
    is_chased = first < no_reason
    if rows is not None:
        is_chased &= are_among(rows, len(is_chased))
    positions = np.flatnonzero(is_chased)
    frame = pd.DataFrame(
        {
            "position": positions,
            "reason": first[positions],
            "due": due[positions].astype("M8[s]"),
        }
    )
    return frame.sort_values(["reason", "due", "position"], ignore_index=True)
