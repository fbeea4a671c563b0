"""Whom to chase, and for what: the rows that the office has to look at on a day, the most pressing first."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Final

import numpy as np
import pandas as pd

from lib.ledger.lights import Facts
from lib.ledger.reporting import Outcome, Reporting
from lib.ledger.status import Round, Status


class Reason(IntEnum):
    """Why a measure is on the list, in the order in which it stands there."""

    LATE = 0
    CLAIMED = 1  # the office has to agree, or not
    ASKED = 2  # the office has to grant or to refuse
    DUE_SOON = 3
    SILENT = 4


SOON_WORKDAYS: Final = 10


def reasons(status: Status, reporting: Reporting, known: Facts) -> dict[Reason, np.ndarray]:
    """For each row whether each reason holds; a measure may have several."""
    with np.errstate(invalid="ignore"):
        is_soon = known.values["days_to_due"] <= SOON_WORKDAYS
        is_not_over = known.values["days_to_due"] >= 0
    return {
        Reason.LATE: status.late,
        Reason.CLAIMED: known.values["claimed"] & status.followed,
        Reason.ASKED: status.asked & status.is_running,
        Reason.DUE_SOON: status.is_running & is_soon & is_not_over & ~status.late,
        Reason.SILENT: missing_now(status, reporting),
    }


def missing_now(status: Status, reporting: Reporting) -> np.ndarray:
    """The rows of which the last report that was due is missing."""
    missing = np.zeros(len(status.state), bool)
    for of_list in reporting.last_due(status.as_of):
        missing[of_list.rows] = reporting.of_round(of_list) == Outcome.MISSING
    still_owed: np.ndarray = missing & status.is_running
    return still_owed


def missing_rounds(reporting: Reporting, as_of: date) -> dict[int, Round]:
    """For each row of which the last report that was due is missing the round that it is missing in."""
    rounds: dict[int, Round] = {}
    for of_list in reporting.last_due(as_of):
        is_missing = reporting.of_round(of_list) == Outcome.MISSING
        rounds |= dict.fromkeys(of_list.rows[is_missing].tolist(), of_list)
    return rounds


def listing(
    status: Status, reporting: Reporting, known: Facts, rows: np.ndarray | None
) -> pd.DataFrame:
    """The rows to be chased: by their first reason, then by day.

    Returns:
        position (in the table), reason (of Reason, the first that holds), due (datetime64).
    """
    holds = reasons(status, reporting, known)
    first = np.select(list(holds.values()), list(holds), len(Reason))
    chased = first < len(Reason)
    if rows is not None:
        of_rows = np.zeros(len(chased), bool)
        of_rows[rows] = True
        chased &= of_rows
    positions = np.flatnonzero(chased)
    frame = pd.DataFrame(
        {
            "position": positions,
            "reason": first[positions],
            "due": status.due[positions].astype("M8[s]"),
        }
    )
    return frame.sort_values(["reason", "due", "position"], ignore_index=True)
