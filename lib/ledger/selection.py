"""Which rows a word of the address means: `late`, `missing:2026-09` of one period, `light:✖` of a light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.ledger.chase import Reason, Reasons
from lib.ledger.coded import are_among
from lib.ledger.completion import flags
from lib.ledger.periods import Period
from lib.ledger.reporting import COUNTED, Outcome, Reporting, is_one_of
from lib.ledger.status import Status

SUPPORT_SILENT: Final = "support_silent"
# What a page may ask for, in the order in which it is offered
WORDS: Final = (
    "late",
    "claimed",
    "asked",
    "due_soon",
    "silent",
    SUPPORT_SILENT,
    "running",
    "closed",
    "paused",
    "cancelled",
    "extended",
    "returned",
    "unfollowed",
)
DUE_SUPPORT: Final = "due_support"  # with a period: of which supporting departments were asked
LIGHT: Final = "light"  # the word of what has a light, with the light's mark
_OF_CHASE: Final = {
    "claimed": Reason.CLAIMED,
    "asked": Reason.ASKED,
    "due_soon": Reason.DUE_SOON,
    "silent": Reason.SILENT,
    SUPPORT_SILENT: Reason.SUPPORT_SILENT,
}
_BETWEEN: Final = ":"
_LONGEST_MARK: Final = 8  # signs; a mark may have a style or be joined of several


@dataclass(frozen=True)
class Word:
    """A word, and what it is about: a period, the mark of a light, "" for nothing."""

    name: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.name}{_BETWEEN}{self.about}" if self.about else self.name


def offered(reporting: Reporting) -> list[str]:
    """The words that a page offers: of supporting departments only where they are asked."""
    return [word for word in WORDS if word != SUPPORT_SILENT or reporting.asks_support]


def parse(text: str) -> Word | None:
    """Read a word of the address, None where it means nothing."""
    name, _, about = text.partition(_BETWEEN)
    if not about:
        return Word(name) if name in WORDS else None
    if name == LIGHT:
        return Word(name, about) if len(about) <= _LONGEST_MARK else None
    try:
        Period.of_code(about)
    except ValueError:
        return None
    return Word(name, about) if name in COUNTED or name == DUE_SUPPORT else None


def rows_of(word: Word, status: Status, reporting: Reporting, reasons: Reasons) -> np.ndarray:
    """For each row of the table whether the word means it; not of lights, which the rules know."""
    if word.about:
        return _of_period(word, reporting, len(status.state))
    if word.name in _OF_CHASE:
        return reasons[_OF_CHASE[word.name]]
    if word.name == "unfollowed":
        return ~status.followed
    if word.name == "returned":
        returned: np.ndarray = status.returned & status.followed
        return returned
    return flags(status)[word.name]


def _of_period(word: Word, reporting: Reporting, rows: int) -> np.ndarray:
    if word.about not in reporting.outcome:
        return np.zeros(rows, bool)
    if word.name == DUE_SUPPORT:
        is_asked = reporting.support[word.about] != Outcome.NOT_ASKED
        rows_asked = reporting.supporters.row[is_asked]
        return are_among(rows_asked, rows)
    return is_one_of(COUNTED[word.name], reporting.outcome[word.about])
