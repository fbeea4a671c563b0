"""Files replaced whole: who reads sees the old or the new one, and a crash at any moment leaves one of them."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from lib.errors import BoardError

PATIENCE: Final = 10.0  # seconds to wait for another writer
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4)  # seconds between the attempts to replace a file in use


class _Staged(NamedTuple):
    """A new file beside the one that it will replace; gone: the old one is only to be removed."""

    temporary: Path
    target: Path
    gone: bool


def replace(files: Sequence[tuple[Path, bytes | None]]) -> None:
    """Replace files, in this order, by new bytes (None: by nothing).

    All are on the disk before the first is replaced, so that a full disk changes nothing. Links and
    permissions stay. Where it fails, no temporary file is left.

    Raises:
        BoardError: locked, unwritable.
    """
    staged: list[_Staged] = []
    try:
        for path, data in files:
            with _reported(path):
                target = path.resolve()
                temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
                staged.append(_Staged(temporary, target, gone=data is None))
                if data is not None:
                    _stage(temporary, data, target)
        for file in staged:
            with _reported(file.target):
                _put(file)
    finally:
        for file in staged:
            with contextlib.suppress(OSError):
                file.temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Keep other sessions and processes from writing a file meanwhile.

    The system locks an empty file beside it, and gives the lock back when the process dies.

    Raises:
        BoardError: busy where another writes for longer than `PATIENCE`, locked, unwritable.
    """
    import filelock

    target = path.resolve()
    beside = target.with_name(f".{target.name}.lock")
    # Where the system has no locks, the library's own kind would outlive its process
    lock = filelock.FileLock(beside, timeout=PATIENCE, fallback_to_soft=False)
    with _reported(path):
        beside.touch()  # the library would make a folder that is not there
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise BoardError("busy", file=path.name) from error
    try:
        yield
    finally:
        lock.release()


def _stage(temporary: Path, data: bytes, target: Path) -> None:
    """Write a file to the disk with the permissions of the one that it will replace."""
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode)


def _put(file: _Staged) -> None:
    """Put a staged file in the place of the old one, and have the disk remember it."""
    if file.gone:
        file.target.unlink(missing_ok=True)
    else:
        _move(file.temporary, file.target)
    # Windows can't open a folder and doesn't need it
    with contextlib.suppress(OSError):
        folder = os.open(file.target.parent, os.O_RDONLY)
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
def _reported(path: Path) -> Iterator[None]:
    """Say of which file a failure of the system is."""
    try:
        yield
    except PermissionError as error:
        raise BoardError("locked", file=path.name) from error
    except OSError as error:
        raise BoardError("unwritable", file=path.name, why=error.strerror or str(error)) from error
