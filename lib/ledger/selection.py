"""Which rows a word of the address means: `late`, or `missing:2026-09` of one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.ledger import chase
from lib.ledger.chase import Reason
from lib.ledger.completion import flags
from lib.ledger.lights import Facts
from lib.ledger.periods import Period
from lib.ledger.reporting import COUNTED, Reporting
from lib.ledger.status import Status

# What a page may ask for, in the order in which it is offered
WORDS: Final = (
    "late",
    "claimed",
    "asked",
    "due_soon",
    "silent",
    "running",
    "closed",
    "paused",
    "cancelled",
    "extended",
    "returned",
)
_OF_CHASE: Final = {
    "claimed": Reason.CLAIMED,
    "asked": Reason.ASKED,
    "due_soon": Reason.DUE_SOON,
    "silent": Reason.SILENT,
}
_BETWEEN: Final = ":"


@dataclass(frozen=True)
class Word:
    """A word, and the period that it is about, "" for none."""

    name: str
    period: str = ""

    def __str__(self) -> str:
        return f"{self.name}{_BETWEEN}{self.period}" if self.period else self.name


def parse(text: str) -> Word | None:
    """Read a word of the address, None where it means nothing."""
    name, _, period = text.partition(_BETWEEN)
    if not period:
        return Word(name) if name in WORDS else None
    try:
        Period.of_code(period)
    except ValueError:
        return None
    return Word(name, period) if name in COUNTED else None


def rows_of(word: Word, status: Status, reporting: Reporting, known: Facts) -> np.ndarray:
    """For each row of the table whether the word means it."""
    if word.period:
        return _of_period(word, reporting, len(status.state))
    if word.name in _OF_CHASE:
        return chase.reasons(status, reporting, known)[_OF_CHASE[word.name]]
    if word.name == "returned":
        returned: np.ndarray = status.returned & status.followed
        return returned
    return flags(status)[word.name]


def _of_period(word: Word, reporting: Reporting, rows: int) -> np.ndarray:
    fits = np.zeros(rows, bool)
    for of_round in reporting.rounds:
        if of_round.round.period.code == word.period:
            is_meant = np.isin(of_round.outcome, COUNTED[word.name])
            fits[of_round.round.rows[is_meant]] = True
    return fits
