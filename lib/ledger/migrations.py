"""How the tables of the ledger came to be: each step once, in one transaction with its record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
)

from lib.errors import BoardError

HASH_LENGTH: Final = 64  # hexadecimal digits of a SHA-256
UUID_LENGTH: Final = 36

METADATA: Final = MetaData()
EVENTS: Final = Table(
    "events",
    METADATA,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("id", String(UUID_LENGTH), nullable=False, unique=True),
    Column("list", Text, nullable=False),
    Column("measure_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("on_behalf", Text, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("effective", String(10), nullable=False),
    Column("body", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("key", String(HASH_LENGTH), nullable=False, unique=True),
    Column("prev", String(HASH_LENGTH), nullable=False, unique=True),
    Column("hash", String(HASH_LENGTH), nullable=False),
    Index("events_of_measure", "measure_id", "seq"),
)
APPLIED: Final = Table(
    "migrations",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)


class Migration(NamedTuple):
    """A step forward. Steps are added at the end and never changed."""

    name: str
    apply: Callable[[Connection], None]


MIGRATIONS: Final = (Migration("events", EVENTS.create),)


def migrate(connection: Connection) -> None:
    """Take the steps that are missing; to be called under the lock of an append.

    Raises:
        BoardError: ledger_newer where a newer board has written to it.
    """
    APPLIED.create(connection, checkfirst=True)
    done = _done(connection)
    if done > len(MIGRATIONS):
        raise _newer(connection, done)
    for number, migration in enumerate(MIGRATIONS[done:], done + 1):
        migration.apply(connection)
        connection.execute(insert(APPLIED).values(number=number, name=migration.name))


def is_current(connection: Connection) -> bool:
    """Whether no step is missing; raises BoardError: ledger_newer."""
    if not inspect(connection).has_table(APPLIED.name):
        return False
    done = _done(connection)
    if done > len(MIGRATIONS):
        raise _newer(connection, done)
    return done == len(MIGRATIONS)


def _newer(connection: Connection, version: int) -> BoardError:
    name = Path(connection.engine.url.database or "").name
    return BoardError("ledger_newer", file=name, version=version, known=len(MIGRATIONS))


def _done(connection: Connection) -> int:
    return connection.scalar(select(func.max(APPLIED.c.number))) or 0
