"""What a measure is called in the ledger: its list and its 编号, which the table may change.

Events are never changed. That the table calls something otherwise is an event of its own, from which
on the old name means nothing, or another measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from lib.ledger.events import Event, Kind, Renamed


class Name(NamedTuple):
    """A measure's list, by its label in the table, and its 编号. The next year's list has others."""

    list: str
    id: str


@dataclass(frozen=True)
class Renaming:
    """That a list or measures of it are called otherwise after an event. list: as it is called then."""

    seq: int
    list: str
    body: Renamed

    def touches(self, name: Name) -> bool:
        """Whether a name, as it is used after it, means something else or nothing before it."""
        ids = self.body.ids
        if name.list != self.list:
            return name.list == self.body.list_was  # another list's name by now
        is_relabelled = bool(self.body.list_was)
        return is_relabelled or name.id in ids or name.id in ids.values()

    def after(self, name: Name) -> Name:
        """What a measure is called after it."""
        if name.list != self._list_before:
            return name
        new_id = self.body.ids.get(name.id, name.id)
        return Name(self.list, new_id)

    @property
    def _list_before(self) -> str:
        return self.body.list_was or self.list

    def before(self, name: Name) -> Name | None:
        """What a measure was called before it, None where the name was another one's."""
        if name.list == self.body.list_was != self.list:
            return None
        if name.list != self.list:
            return name
        for old_id, new_id in self.body.ids.items():
            if new_id == name.id:
                return Name(self._list_before, old_id)
        is_anothers = name.id in self.body.ids
        return None if is_anothers else Name(self._list_before, name.id)


def of_events(events: Iterable[Event]) -> list[Renaming]:
    """The renamings among some events, in their order."""
    renamings: list[Renaming] = []
    renamed = [event for event in events if event.kind == Kind.RENAMED]
    for event in renamed:
        body = msgspec.json.decode(event.body, type=Renamed)
        renamings.append(Renaming(event.seq, event.list, body))
    return renamings


class Span(NamedTuple):
    """What a measure is called in the events after one (exclusive) and up to another (inclusive).

    upto: None for the last event.
    """

    name: Name
    after: int
    upto: int | None

    def has(self, event: Event) -> bool:
        """Whether an event is one of the measure."""
        if Name(event.list, event.measure_id) != self.name:
            return False
        is_after_the_begin = event.seq > self.after
        is_before_the_end = self.upto is None or event.seq <= self.upto
        return is_after_the_begin and is_before_the_end


def spans(name: Name, renamings: Sequence[Renaming]) -> list[Span]:
    """What a measure has been called, the newest name first; never empty.

    The last one ends where the name was another measure's, or at the beginning.
    """
    newest_first: list[Span] = []
    upto: int | None = None
    called = name
    for renaming in reversed(renamings):
        if not renaming.touches(called):
            continue
        newest_first.append(Span(called, renaming.seq, upto))
        upto = renaming.seq
        before = renaming.before(called)
        if before is None:
            return newest_first
        called = before
    newest_first.append(Span(called, 0, upto))
    return newest_first


def touched_at(name: Name, renamings: Sequence[Renaming]) -> int:
    """The seq of the last renaming that gave a name its meaning, 0 for none."""
    newest, *_ = spans(name, renamings)
    return newest.after
