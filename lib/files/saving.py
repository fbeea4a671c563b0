"""Files replaced whole: who reads sees the old or the new one, and a crash at any moment leaves one of them."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from lib.errors import BoardError

_PATIENCE: Final = 10.0  # seconds to wait for another writer
_PAUSES: Final = (
    0.05,
    0.1,
    0.2,
    0.4,
)  # seconds between the attempts to replace a file that is being read


def replace(files: Sequence[tuple[Path, bytes | None]]) -> None:
    """Replace files, in this order, by new bytes (None: by nothing).

    All are on the disk before the first is replaced, so that a full disk changes nothing. Links and permissions stay.
    Raises BoardError (locked, unwritable), and leaves no temporary file then.
    """
    staged: list[tuple[Path, Path, bool]] = []
    try:
        for path, data in files:
            with _reported(path):
                target = path.resolve()
                temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
                staged.append((temporary, target, data is None))
                if data is not None:
                    _stage(temporary, data, target)
        for temporary, target, gone in staged:
            with _reported(target):
                _put(temporary, target, gone=gone)
    finally:
        for temporary, _, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(temporary: Path, data: bytes, target: Path) -> None:
    """Write a file to the disk with the permissions of the one that it will replace."""
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode)


def _put(temporary: Path, target: Path, *, gone: bool) -> None:
    if gone:
        target.unlink(missing_ok=True)
    else:
        _move(temporary, target)
    # Windows can't open a folder and doesn't need it
    with contextlib.suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _move(temporary: Path, target: Path) -> None:
    """On Windows a file that somebody reads can't be replaced: what reads it is done in a moment, Excel is not."""
    for pause in _PAUSES:
        with contextlib.suppress(PermissionError):
            temporary.replace(target)
            return
        time.sleep(pause)
    temporary.replace(target)


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Keep other sessions and processes from writing a file meanwhile; waits for one that does, then BoardError busy.

    It is SQLite's lock, on an empty file beside it: the same on every system, and given back when a process dies.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.lock")
    with _reported(path):
        beside.touch()
    connection = sqlite3.connect(beside, timeout=_PATIENCE, isolation_level=None)
    with contextlib.closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise BoardError("busy", file=path.name) from error
        yield


@contextlib.contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise BoardError("locked", file=path.name) from error
    except OSError as error:
        raise BoardError("unwritable", file=path.name, why=error.strerror or str(error)) from error
