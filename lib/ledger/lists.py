"""What events about no measure say: of a list that is followed, of the lights, of names, of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Final, NamedTuple

import msgspec

from lib.ledger.coded import days_of
from lib.ledger.events import Kind, Reminder, Renamed, Rules, Started
from lib.ledger.migrations import EVENTS
from lib.ledger.names import Renaming

COLUMNS: Final = (
    EVENTS.c.seq,
    EVENTS.c.list,
    EVENTS.c.kind,
    EVENTS.c.recorded,
    EVENTS.c.effective,
    EVENTS.c.body,
)


@dataclass(frozen=True)
class ListStart:
    """That a list is followed. known: the day on which this was recorded."""

    list: str
    known: date
    effective: date
    rule: Started


@dataclass(frozen=True)
class RulesChange:
    """That the rules of the lights were changed, and to what. known: the day of the recording."""

    known: date
    toml: str


@dataclass(frozen=True)
class Reminded:
    """That a department was reminded, and of what (`events.Reminder`). known: the day of the recording."""

    known: date
    to: str
    about: tuple[str, ...]


class OfLists(NamedTuple):
    """What is said of lists and not of one measure."""

    starts: list[ListStart]
    rules: list[RulesChange]
    renamings: list[Renaming]
    reminders: list[Reminded]


def of_lists(rows: Sequence[Any], zone: tzinfo) -> OfLists:
    """What events about no measure say, of which there are few. rows: of `COLUMNS`."""
    of_lists = OfLists([], [], [], [])
    for seq, name, kind, recorded, effective, body in rows:
        known: date = days_of([recorded], zone)[0].astype(object)
        if kind == Kind.STARTED:
            rule = msgspec.json.decode(body, type=Started)
            start = ListStart(name, known, date.fromisoformat(effective), rule)
            of_lists.starts.append(start)
        elif kind == Kind.RULES_CHANGED:
            rules = msgspec.json.decode(body, type=Rules)
            of_lists.rules.append(RulesChange(known, rules.toml))
        elif kind == Kind.REMINDED:
            reminder = msgspec.json.decode(body, type=Reminder)
            of_lists.reminders.append(Reminded(known, reminder.to, reminder.about))
        elif kind == Kind.RENAMED:
            renamed = msgspec.json.decode(body, type=Renamed)
            of_lists.renamings.append(Renaming(seq, name, renamed))
    return of_lists
