"""The state of a measure in the ledger, and which events may follow in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from lib.errors import BoardError
from lib.ledger.events import Kind


class State(IntEnum):
    """What was agreed of a measure: claimed is not closed, and only the office closes."""

    OPEN = 0
    CLAIMED = 1
    CLOSED = 2
    PAUSED = 3
    CANCELLED = 4


# The state after an event; what is not here changes none.
STATE_AFTER: Final = {
    Kind.CLAIMED: State.CLAIMED,
    Kind.CLOSED: State.CLOSED,
    Kind.RETURNED: State.OPEN,
    Kind.REOPENED: State.OPEN,
    Kind.PAUSED: State.PAUSED,
    Kind.CANCELLED: State.CANCELLED,
}

_ACTIVE: Final = frozenset({State.OPEN, State.CLAIMED})
_ENDED: Final = frozenset({State.CLOSED, State.PAUSED, State.CANCELLED})
# In which states an event may happen; what is not here may in any.
_ALLOWED: Final = {
    Kind.REPORTED: _ACTIVE,
    Kind.CLAIMED: frozenset({State.OPEN}),
    Kind.CLOSED: _ACTIVE,
    Kind.RETURNED: frozenset({State.CLAIMED}),
    Kind.REOPENED: _ENDED,
    Kind.EXTENSION_ASKED: frozenset({State.OPEN}),
    Kind.EXTENSION_GRANTED: _ACTIVE,
    Kind.EXTENSION_REFUSED: _ACTIVE,
    Kind.PAUSED: _ACTIVE,
    Kind.CANCELLED: _ACTIVE | {State.PAUSED},
}
# The error that says in which state it is
_REFUSED: Final = {
    State.OPEN: "act_measure_open",
    State.CLAIMED: "act_measure_claimed",
    State.CLOSED: "act_measure_closed",
    State.PAUSED: "act_measure_paused",
    State.CANCELLED: "act_measure_cancelled",
}
_ASKING: Final = frozenset({Kind.EXTENSION_ASKED, Kind.EXTENSION_GRANTED, Kind.EXTENSION_REFUSED})


def after(kinds: Iterable[Kind]) -> State:
    """The state of a measure after its events, in the order of their recording."""
    state = State.OPEN
    for kind in kinds:
        state = STATE_AFTER.get(kind, state)
    return state


def may_follow(kind: Kind, state: State) -> bool:
    """Whether an event may happen to a measure in a state."""
    return state in _ALLOWED.get(kind, State)


def check(kind: Kind, earlier: list[Kind], measure_id: str) -> None:
    """Refuse an event that doesn't fit what has happened to its measure meanwhile.

    Raises:
        BoardError: act_measure_open, act_measure_claimed, act_measure_closed, act_measure_paused or
            act_measure_cancelled; act_nothing_asked where an extension is refused for which nobody asked.
    """
    state = after(earlier)
    if not may_follow(kind, state):
        raise BoardError(_REFUSED[state], id=measure_id)
    if kind is Kind.EXTENSION_REFUSED and not is_asked(earlier):
        raise BoardError("act_nothing_asked", id=measure_id)


def is_asked(kinds: list[Kind]) -> bool:
    """Whether an extension was asked for and not yet answered."""
    about_extension = [kind for kind in kinds if kind in _ASKING]
    return about_extension[-1:] == [Kind.EXTENSION_ASKED]
