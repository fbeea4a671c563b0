"""The board's ledger: one for all sessions, read again when it has grown. Nothing here knows Streamlit.

It stands beside the board's own table, or where LEDGER in the environment says.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from lib.errors import BoardError
from lib.ledger import acts, journal, lights, place, progress, unplaced
from lib.ledger import status as statuses
from lib.ledger.acts import About
from lib.ledger.events import Draft
from lib.ledger.journal import Journal
from lib.ledger.names import Name
from lib.ledger.progress import Progress
from lib.ledger.store import Ledger, microseconds_now
from lib.ledger.unplaced import Unplaced
from lib.measures import Table, position
from lib.revisions.model import Difference
from lib.web import store
from lib.web.kept import Kept
from lib.web.store import Version

EVERY: Final = 2.0  # seconds between two looks at whether it has grown

_PROGRESS: Final = Kept(16)  # by table, head, day and rules
_UNPLACED: Final = Kept(2)  # by table and head
_CODES: Final = Kept(2)  # of the measures, by table and how many the ledger names


class Known(NamedTuple):
    """The ledger as it was read last. trouble: why a newer state could not be read."""

    journal: Journal
    trouble: BoardError | None = None


class Follower:
    """Keeps the journal of one ledger, and adds what is new."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._known = Known(journal.empty())
        self._not_before = 0.0

    def known(self) -> Known:
        """The journal, looked at again where the last look is some seconds ago."""
        with self._lock:
            if time.monotonic() >= self._not_before:
                self._known = self._read()
                self._not_before = time.monotonic() + EVERY
            return self._known

    def ledger(self) -> Ledger:
        """The ledger itself; raises BoardError: ledger_on_network."""
        if self._ledger is None:
            self._ledger = Ledger(self.address)
        return self._ledger

    def record(self, drafts: Sequence[Draft]) -> None:
        """Record events, before them the rules of the lights where they have changed.

        Raises:
            BoardError: what `Ledger.append` raises.
        """
        try:
            self.ledger().append([*self._changed_rules(drafts), *drafts])
        finally:
            self._not_before = 0.0  # the next question looks again

    def _changed_rules(self, drafts: Sequence[Draft]) -> list[Draft]:
        toml = rules_of_file()
        recorded = [change.toml for change in self.known().journal.rules]
        if not toml or recorded[-1:] == [toml]:
            return []
        lights.read(toml, lights.path_beside(store.source()).name)
        about = About("", "", drafts[0].effective, form=f"rules {len(recorded)}")
        return [acts.change_rules(about, toml)]

    def _read(self) -> Known:
        before = self._known.journal
        try:
            ledger = self.ledger()
            if not ledger.exists():
                return Known(journal.empty())
            head = ledger.head()
            if head == before.head:
                return Known(before)
            earlier = before if ledger.begins_with(before.head) else None  # another in its place
            return Known(journal.load(ledger, place.zone(), earlier))
        except BoardError as error:
            return Known(before, error)


_FOLLOWERS: Final[dict[str, Follower]] = {}


def follower() -> Follower:
    """Who follows the ledger of the board's own table."""
    address = place.of_table(store.source())
    return _FOLLOWERS.setdefault(address, Follower(address))


def seqs_at(places: np.ndarray) -> list[int]:
    """The seqs of events by their places in the journal, 0 for no place."""
    seq = follower().known().journal.seq
    return [int(seq[place]) if place >= 0 else 0 for place in places.tolist()]


def last_day() -> date | None:
    """The day of the last event, None before the first. A clock that stepped back leaves it ahead."""
    known = follower().known().journal.known
    day: date | None = known[-1].astype(object) if len(known) else None
    return day


def followed_lists(day: date) -> frozenset[str]:
    """The lists that are followed on a day."""
    starts = follower().known().journal.starts
    return frozenset(
        start.list for start in starts if start.known <= day and start.effective <= day
    )


def of_table(table: Table, version: Version, as_of: date) -> Progress | None:
    """What the ledger says of the board's own table on a day, None where no list is started then.

    Raises:
        BoardError: lights_unreadable, too_many_lights.
    """
    known = follower().known().journal
    if not followed_lists(as_of):
        return None
    toml = lights.in_force(known, as_of, rules_of_file())
    key = (version, known.head, as_of, toml)
    of_day: Progress = _PROGRESS.get(key, partial(_progress, table, version, known, as_of, toml))
    return of_day if of_day.status.is_started else None


def warm() -> None:
    """Read the ledger before the first visitor comes, and find its measures in the table."""
    known = follower().known().journal
    loaded = store.load()
    if loaded.table is not None and known.starts:
        _codes(loaded.table, loaded.version, known)


def _progress(table: Table, version: Version, known: Journal, as_of: date, toml: str) -> Progress:
    codes = _codes(table, version, known)
    return progress.of_table(table, known, as_of, lights.read(toml), codes)


def _codes(table: Table, version: Version, known: Journal) -> np.ndarray:
    """The journal's code of each row's measure."""
    key = (version, len(known.measures))
    codes: np.ndarray = _CODES.get(key, partial(statuses.measure_codes, table, known))
    return codes


def without_row(table: Table, version: Version) -> Unplaced:
    """What the ledger has records of and the board's own table no row for."""
    known = follower().known().journal
    if not len(known):
        return Unplaced([], [])
    codes = _codes(table, version, known)
    found: Unplaced = _UNPLACED.get(
        (version, known.head), partial(unplaced.of_table, table, known, codes)
    )
    return found


def rows_without_records(table: Table, version: Version, list_name: str) -> list[int]:
    """The rows of a list of the board's own table that have no event."""
    known = follower().known().journal
    return unplaced.without_records(table, known, _codes(table, version, known), list_name)


def recorded(ids: Sequence[str]) -> dict[str, int]:
    """How many events measures of the board's table have, without those that have none."""
    names = _names(store.load().table, ids)
    found = unplaced.recorded(follower().known().journal, names)
    return {name.id: count for name, count in found.items()}


def follow_revision(added: Sequence[str], renamed: Difference | None) -> None:
    """Tell the ledger what the table calls otherwise since a notice was written into it.

    Args:
        added: the 编号 of new measures. What another one has left under such a number is moved to
            number@day.
        renamed: the list before and after, where the notice calls it otherwise.

    Raises:
        BoardError: what `Ledger.append` raises, and why the table can't be read.
    """
    journal = follower().known().journal
    today = place.day_of(microseconds_now())
    list_before: dict[str, str] = {}  # by its name now, of a list that is followed
    if renamed and any(start.list == renamed.before for start in journal.starts):
        list_before[renamed.after] = renamed.before
    new_ids: dict[str, list[str]] = {name: [] for name in list_before}
    for name in _names(_table_as_written(), added) if added else ():
        new_ids.setdefault(name.list, []).append(name.id)
    drafts: list[Draft] = []
    for label, ids in new_ids.items():
        list_was = list_before.get(label, "")
        names = [Name(list_was or label, each) for each in ids]
        freed = unplaced.freed(journal, names, today)
        if freed or list_was:
            # The head makes the key: a revision that is told twice is recorded once
            about = About(label, "", today, form=f"revision {journal.head.hash}")
            drafts.append(acts.rename(about, freed, list_was))
    if drafts:
        follower().record(drafts)


def _table_as_written() -> Table | None:
    """The board's own table, read anew: what a click would see for a moment may still be the old one."""
    loaded = store.current()
    if loaded.trouble:
        raise loaded.trouble
    return loaded.table


def _names(table: Table | None, ids: Sequence[str]) -> list[Name]:
    """What measures of the board's table are called in the ledger."""
    if table is None:
        return []
    lists = table.codes.lists
    rows = [row for row in (position(table, each) for each in ids) if row >= 0]
    return [Name(lists.names[lists.codes[row]], table.codes.ids[row].as_py()) for row in rows]


def rules_of_file() -> str:
    """What <table>.lights.toml says, "" where there is none."""
    path = lights.path_beside(store.source())
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
