"""Files replaced whole: who reads sees the old or the new one, and a crash at any moment leaves one of them."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from lib import errors
from lib.errors import BoardError

PATIENCE: Final = 10.0  # seconds to wait for another writer
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4)  # seconds between the attempts to replace a file in use
_TAG_BYTES: Final = 4  # random, in the name of a temporary file
_TAG: Final = "?" * 2 * _TAG_BYTES  # its hexadecimal digits, in a pattern of names
_OURS_ALONE: Final = 0o600
_WRITABLE: Final = 0o222  # by anybody

_File = tuple[Path, bytes | None]  # and its new bytes, None where there is to be none
_ITS_OWN: Final[Mapping[Path, Path]] = MappingProxyType({})


class _Staged(NamedTuple):
    """A new file beside the one that it will replace; gone: the old one is only to be removed."""

    temporary: Path
    target: Path
    gone: bool


def replace(files: Sequence[_File], access: Mapping[Path, Path] = _ITS_OWN) -> None:
    """Replace files, in this order, by new bytes (None: by nothing).

    All are on the disk before the first is replaced, so that a full disk changes nothing. Links
    stay, and so do owner, group, permissions and extended attributes. Where it fails, no temporary
    file is left.

    Args:
        access: files that get the owner and the permissions of another, if that one is there.

    Raises:
        BoardError: read_only, owner_unkept, locked, disk_full, unwritable.
    """
    for path, _ in files:
        with _reported(path):
            _refuse_read_only(path.resolve())
    staged: list[_Staged] = []
    try:
        for path, data in files:
            with _reported(path):
                target = path.resolve()
                staged.append(_Staged(_temporary(target), target, gone=data is None))
                if data is not None:
                    _stage(staged[-1], data, access.get(path, target))
        for file in staged:
            with _reported(file.target, in_use="locked"):
                _put(file)
    finally:
        for file in staged:
            with contextlib.suppress(OSError):
                file.temporary.unlink(missing_ok=True)


def sweep(paths: Iterable[Path]) -> None:
    """Remove what killed writers left beside files. Only who is their `only_writer` may."""
    for path in paths:
        target = path.resolve()
        pattern = _temporary_name(glob.escape(target.name), _TAG)
        with contextlib.suppress(OSError):
            for left in target.parent.glob(pattern):
                left.unlink()


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Keep other sessions and processes from writing a file meanwhile.

    The system locks an empty file beside it, and gives the lock back when the process dies.

    Raises:
        BoardError: busy where another writes for longer than `PATIENCE`, lock_is_folder,
            disk_full, unwritable.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.lock")
    with _reported(path):
        import filelock

        # Where the system has no locks, the library's own kind would outlive its process
        lock = filelock.FileLock(beside, timeout=PATIENCE, fallback_to_soft=False)
        if beside.is_dir():
            raise BoardError("lock_is_folder", file=path.name, lock=beside.name)
        beside.touch()  # the library would make a folder that is not there
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise BoardError("busy", file=path.name) from error
    try:
        yield
    finally:
        lock.release()


def _temporary(target: Path) -> Path:
    """A new name beside a file, by which `sweep` knows it again."""
    return target.with_name(_temporary_name(target.name, secrets.token_hex(_TAG_BYTES)))


def _temporary_name(name: str, tag: str) -> str:
    return f".{name}.{tag}.tmp"


def _refuse_read_only(target: Path) -> None:
    """Raise where a file is not to be written: replacing it would ask the folder alone."""
    if not target.exists():
        return
    is_read_only = not target.stat().st_mode & _WRITABLE  # which does not stop an administrator
    if is_read_only or not os.access(target, os.W_OK):
        raise BoardError("read_only", file=target.name)


def _stage(file: _Staged, data: bytes, model: Path) -> None:
    """Write a file to the disk, with the access that its model has."""
    if not model.exists():
        model = file.target
    is_new = not model.exists()
    opener = None if is_new else partial(os.open, mode=_OURS_ALONE)
    with open(file.temporary, "xb", opener=opener) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if not is_new:
        _take_access(file, model)


def _take_access(file: _Staged, model: Path) -> None:
    """Give a staged file the owner, the permissions and the extended attributes of another.

    Its time stays that of the writing, by which readers see that it is new.
    """
    owner = _owner(model)
    if _owner(file.temporary) != owner:
        try:
            os.chown(file.temporary, owner.user, owner.group)
        except OSError as error:
            raise BoardError("owner_unkept", file=model.name) from error
    shutil.copystat(model, file.temporary)
    os.utime(file.temporary)


class _Owner(NamedTuple):
    """By their numbers."""

    user: int
    group: int


def _owner(path: Path) -> _Owner:
    status = path.stat()
    return _Owner(status.st_uid, status.st_gid)


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
def _reported(path: Path, in_use: str = "unwritable") -> Iterator[None]:
    """Say of which file a failure of the system is. in_use: the code where it is not permitted."""
    try:
        yield
    except PermissionError as error:
        raise BoardError(in_use, file=path.name, why=errors.cause(error)) from error
    except OSError as error:
        why = errors.cause(error)
        code = "disk_full" if why == errors.FULL else "unwritable"
        raise BoardError(code, file=path.name, why=why) from error
