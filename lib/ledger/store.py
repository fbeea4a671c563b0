"""The ledger on disk: events are added at the end, read, and checked; nothing else.

SQLite beside the table by default, or what LEDGER names. Whoever writes takes the lock of the whole
ledger first, so that every event follows one that all have seen.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Column, Connection, Engine, create_engine, insert, make_url, select
from sqlalchemy import event as hooks
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from lib.errors import BoardError
from lib.ledger import events, names, states
from lib.ledger.events import COLUMNS, Draft, Event, Kind, Renamed
from lib.ledger.migrations import EVENTS, is_current, migrate
from lib.ledger.names import Name, Renaming
from lib.ledger.place import is_on_network

BUSY_SECONDS: Final = 10  # that a writer waits for another one
WAL_TRIES: Final = 50
WAL_PAUSE: Final = 0.1  # seconds
MICROSECOND: Final = 1_000  # nanoseconds
ROWS_OF_A_PART: Final = 20_000
PARAMETERS: Final = 500  # that one query asks for, well below what any SQLite takes
# What SQLite's error says, by the first part of its name
_CAUSES: Final = {
    "SQLITE_BUSY": "ledger_busy",
    "SQLITE_LOCKED": "ledger_busy",
    "SQLITE_FULL": "ledger_full",
    "SQLITE_READONLY": "ledger_read_only",
    "SQLITE_CANTOPEN": "ledger_unopened",
    "SQLITE_PERM": "ledger_unopened",
    "SQLITE_AUTH": "ledger_unopened",
    "SQLITE_CORRUPT": "ledger_damaged",
    "SQLITE_NOTADB": "ledger_damaged",
}
_OTHER_CAUSE: Final = "ledger_failed"
_IN_ORDER: Final = select(EVENTS).order_by(EVENTS.c.seq)
_LAST: Final = EVENTS.c.seq.desc()

T = TypeVar("T")


def microseconds_now() -> int:
    """This moment, since 1970 in UTC. The ledger has to know it; nothing else here asks for it."""
    return time.time_ns() // MICROSECOND


class Head(NamedTuple):
    """The seq and the hash of the last event: what identifies a ledger's content."""

    seq: int = 0
    hash: str = events.FIRST_PREVIOUS


class Ledger:
    """The events of one ledger.

    Args:
        address: sqlite:///….

    Raises:
        BoardError: ledger_address_unknown, and ledger_on_network for a file on a network drive, on
            which SQLite's locks don't hold.
    """

    def __init__(self, address: str) -> None:
        self.path = _path_of(address)
        self.name = self.path.name
        if is_on_network(self.path):
            raise BoardError("ledger_on_network", file=self.name)
        self._engine = _engine(address)

    def exists(self) -> bool:
        """Whether there is a ledger; it is made by the first event."""
        return self.path.exists()

    def append(self, drafts: Sequence[Draft], now: int | None = None) -> list[Event]:
        """Record events, all or none. What was sent before is not recorded again.

        Args:
            now: microseconds since 1970; None for this moment.

        Returns:
            The event of each draft, the first one where it was sent before.

        Raises:
            BoardError: those of `states.check` where an event doesn't fit what was recorded
                meanwhile, and why the ledger can't be written: ledger_busy, ledger_full,
                ledger_read_only, ledger_unopened, ledger_damaged, ledger_failed, ledger_newer.
        """
        moment = microseconds_now() if now is None else now
        with self._writing() as connection:
            return _append(connection, drafts, moment)

    def take_in(self, events_of_another: Sequence[Event]) -> None:
        """Fill an empty ledger with the events of another one, as they are.

        Raises:
            BoardError: ledger_not_empty, act_chain_broken, and those of `append`.
        """
        check_chain(events_of_another)
        rows = [_row(event) for event in events_of_another]
        with self._writing() as connection:
            if _last(connection) is not None:
                raise BoardError("ledger_not_empty", file=self.name)
            if rows:
                connection.execute(insert(EVENTS), rows)

    def events(self, after: int = 0) -> list[Event]:
        """The events after a seq, in order; none where there is no ledger yet.

        Raises:
            BoardError: ledger_busy, ledger_unopened, ledger_damaged, ledger_failed, ledger_newer.
        """
        is_later = EVENTS.c.seq > after
        query = _IN_ORDER.where(is_later)
        return [Event(*row) for row in self.rows(query)]

    def of_measure(self, name: Name) -> list[Event]:
        """The events of one measure, in order, whatever it was called; renamings of it among them."""
        if not self.exists():
            return []
        with self._reading() as connection:
            if not is_current(connection):
                return []
            renamings = _renamings(connection)
            of_measure = _of_measures(connection, [name], renamings)[name]
            spans = names.spans(name, renamings)
            renamed_at = [span.after for span in spans if span.after]
            of_renamings = _where(connection, EVENTS.c.seq, renamed_at)
            return sorted([*of_measure, *of_renamings], key=_seq)

    def by_seq(self, seqs: Sequence[int]) -> dict[int, Event]:
        """Some events by their seqs."""
        by_seq: dict[int, Event] = {}
        for some_seqs in in_parts(seqs):
            is_asked_for = EVENTS.c.seq.in_(some_seqs)
            query = _IN_ORDER.where(is_asked_for)
            for row in self.rows(query):
                by_seq[row.seq] = Event(*row)
        return by_seq

    def head(self) -> Head:
        """The last event, as it identifies what is in the ledger."""
        events_of_head = select(EVENTS.c.seq, EVENTS.c.hash)
        query = events_of_head.order_by(_LAST).limit(1)
        for row in self.rows(query):
            return Head(*row)
        return Head()

    def begins_with(self, head: Head) -> bool:
        """Whether what was read up to a head is still the beginning of the ledger."""
        query = select(EVENTS.c.hash).where(EVENTS.c.seq == head.seq)
        return head == Head() or [row.hash for row in self.rows(query)] == [head.hash]

    def rows(self, query: Any) -> Sequence[Any]:
        """What a query gives, nothing where there is no ledger yet."""
        if not self.exists():
            return ()
        with self._reading() as connection:
            if not is_current(connection):
                return ()
            return connection.execute(query).all()

    def parts(self, query: Any) -> Iterator[Sequence[Any]]:
        """What a query of a ledger that is there gives, part by part, so that it is never held whole.

        They are the driver's own tuples, which take half the time of SQLAlchemy's rows.
        """
        with self._reading() as connection:
            cursor: Any = connection.execute(query).cursor
            yield from iter(partial(cursor.fetchmany, ROWS_OF_A_PART), [])

    def close(self) -> None:
        """Give back what it holds open."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _our_errors(self.name), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that no other writer is beside."""
        with self._reading() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                migrate(connection)
                yield connection


def check_chain(chain: Sequence[Event]) -> None:
    """Walk the chain; raises BoardError: act_chain_broken, with the seq of the first that doesn't fit."""
    previous = events.FIRST_PREVIOUS
    for place, event in enumerate(chain, 1):
        is_next = event.seq == place
        follows = event.prev == previous
        is_whole = event.hash == events.hash_of(event)
        if not (is_next and follows and is_whole):
            raise BoardError("act_chain_broken", seq=place)
        previous = event.hash


# --- appending ------------------------------------------------------------------------------------


def _append(connection: Connection, drafts: Sequence[Draft], now: int) -> list[Event]:
    keys = [events.key_of(draft) for draft in drafts]
    recorded = _where(connection, EVENTS.c.key, keys)
    known = {event.key: event for event in recorded}
    renamings = _renamings(connection)
    kinds_so_far = _kinds(connection, drafts, renamings)
    last = _last(connection)
    added: list[Event] = []
    for draft, key in zip(drafts, keys, strict=True):
        if key in known:
            continue
        event = events.of_draft(draft, last, now)
        if event.measure_id:
            name = Name(event.list, event.measure_id)  # clean, which those of a draft may not be
            kinds = kinds_so_far[name]
            _check_name(name, draft, renamings)
            states.check(draft.kind, kinds, name.id)
            kinds.append(draft.kind)
        elif isinstance(draft.body, Renamed):
            _check_renaming(connection, draft.list, draft.body, renamings)
        known[key] = event
        added.append(event)
        last = event
    if added:
        rows = [_row(event) for event in added]
        connection.execute(insert(EVENTS), rows)
    return [known[key] for key in keys]


def _last(connection: Connection) -> Event | None:
    query = select(EVENTS).order_by(_LAST).limit(1)
    row = connection.execute(query).first()
    if row is None:
        return None
    return Event(*row)


def _check_name(name: Name, draft: Draft, renamings: Sequence[Renaming]) -> None:
    """Refuse what was written while a name meant something else; raises BoardError: act_renamed."""
    if names.touched_at(name, renamings) > draft.after:
        raise BoardError("act_renamed", id=name.id)


def _check_renaming(
    connection: Connection, list_name: str, body: Renamed, renamings: Sequence[Renaming]
) -> None:
    """Refuse a name that another measure has events under; raises BoardError: act_name_taken."""
    new_ids = [new_id for new_id in body.ids.values() if new_id not in body.ids]
    new_names = [Name(list_name, new_id) for new_id in new_ids]
    events_of = _of_measures(connection, new_names, renamings)
    for name, of_measure in events_of.items():
        if of_measure:
            raise BoardError("act_name_taken", id=name.id)


def _renamings(connection: Connection) -> list[Renaming]:
    """What was called otherwise: events that are about no measure, of which there are few."""
    is_about_none = EVENTS.c.measure_id == ""
    is_renaming = EVENTS.c.kind == Kind.RENAMED
    rows = connection.execute(_IN_ORDER.where(is_about_none, is_renaming))
    return names.of_events(Event(*row) for row in rows)


def _kinds(
    connection: Connection, drafts: Sequence[Draft], renamings: Sequence[Renaming]
) -> dict[Name, list[Kind]]:
    """The kinds of what has happened to the measures of the drafts, in order."""
    about: set[Name] = set()
    for draft in drafts:
        list_name = events.clean(draft.list)
        measure_id = events.clean(draft.measure_id)
        if measure_id:
            about.add(Name(list_name, measure_id))
    kinds: dict[Name, list[Kind]] = {}
    events_of = _of_measures(connection, about, renamings)
    for name, of_measure in events_of.items():
        kinds[name] = [Kind(event.kind) for event in of_measure]
    return kinds


def _of_measures(
    connection: Connection, about: Iterable[Name], renamings: Sequence[Renaming]
) -> dict[Name, list[Event]]:
    """The events of some measures, in order, whatever they were called."""
    spans_of = {name: names.spans(name, renamings) for name in about}
    ids: set[str] = set()
    for spans in spans_of.values():
        ids.update(span.name.id for span in spans)
    events_of_id: defaultdict[str, list[Event]] = defaultdict(list)
    for event in _where(connection, EVENTS.c.measure_id, sorted(ids)):
        events_of_id[event.measure_id].append(event)
    of_measures: dict[Name, list[Event]] = {}
    for name, spans in spans_of.items():
        of_measure: list[Event] = []
        for span in spans:
            of_id = events_of_id[span.name.id]
            of_measure += filter(span.has, of_id)
        of_measures[name] = sorted(of_measure, key=_seq)
    return of_measures


def _where(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Iterator[Event]:
    """The events whose column has one of the values; those of one value in order."""
    for some_values in in_parts(values):
        query = _IN_ORDER.where(column.in_(some_values))
        for row in connection.execute(query):
            yield Event(*row)


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some values, so many at a time as one query may ask for."""
    for first in range(0, len(values), PARAMETERS):
        yield values[first : first + PARAMETERS]


def _seq(event: Event) -> int:
    return event.seq


def _row(event: Event) -> dict[str, object]:
    return {column: getattr(event, column) for column in COLUMNS}


# --- the database ---------------------------------------------------------------------------------


def _path_of(address: str) -> Path:
    """The file that an address names; raises BoardError: ledger_address_unknown."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise BoardError("ledger_address_unknown", file=address) from error
    is_sqlite = url.get_backend_name() == "sqlite"
    if not is_sqlite or not url.database:
        raise BoardError("ledger_address_unknown", file=address)
    return Path(url.database)


def _engine(address: str) -> Engine:
    """An engine that begins transactions itself, since the driver would begin them too late."""
    options = {"timeout": BUSY_SECONDS, "isolation_level": None}
    engine = create_engine(address, connect_args=options, poolclass=NullPool)
    hooks.listen(engine, "connect", _prepare)
    hooks.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set what a new connection needs: WAL lets others read while one writes.

    Two programs that begin at once both switch to it, and one of them is told to come again.
    """
    for _ in range(WAL_TRIES):
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
            break
        time.sleep(WAL_PAUSE)
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(options.get("begin", "BEGIN"))


@contextlib.contextmanager
def _our_errors(name: str) -> Iterator[None]:
    """Say in our words why the database refuses."""
    try:
        yield
    except DBAPIError as error:
        raise BoardError(_cause(error.orig), file=name) from error
    except sqlite3.Error as error:
        raise BoardError(_cause(error), file=name) from error


def _cause(error: BaseException | None) -> str:
    error_name = getattr(error, "sqlite_errorname", "")
    for prefix, code in _CAUSES.items():
        if error_name.startswith(prefix):
            return code
    return _OTHER_CAUSE
