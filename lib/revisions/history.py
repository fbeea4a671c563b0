"""A table saved, and the save undone.

Beside the table stand the version before the save, <stem>.previous.csv, the saved one once more,
.<stem>.saved.csv, each with its milestones, and a record of both. So a save or an undo that is cut
off anywhere leaves both versions whole, and an undo knows whether somebody has edited the table
since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lib import measures
from lib.errors import PIPE_OR_DEVICE, BoardError, cause
from lib.files import saving
from lib.files.reading import is_pipe_or_device
from lib.revisions.model import Contents, Revision

_File = tuple[Path, bytes | None]  # a file and its bytes, None where there is to be none
_Digest = str | None  # None where there is no file
_Digests = tuple[_Digest, _Digest]  # of a table and of its milestones


class _Versions(NamedTuple):
    """A table as it is, and the one of both versions that an undo makes of it."""

    now: Contents
    after_undo: Contents


class Undoable(NamedTuple):
    """A save that can be undone. saved: when it was; other: the table that an undo puts back."""

    saved: datetime
    other: Path


class _Record(NamedTuple):
    """The digests of both versions, of each file one."""

    saved: _Digests
    previous: _Digests


def save(revision: Revision) -> None:
    """Write what was planned.

    The table comes first: until its milestones follow, nothing is lost, some are missing.

    Raises:
        BoardError: revised_meanwhile where a file is no longer as it was planned upon,
            previous_foreign where a file that the board has not written stands in the place of the
            version before, and those of `saving`.
    """
    path = revision.path
    before = revision.before
    after = revision.after
    with _only_writer(path):
        if load(path) != before:
            raise BoardError("revised_meanwhile", file=path.name)
        if after == before:
            return
        _refuse_foreign(path, before)
        record = _Record(saved=_digests(after), previous=_digests(before))
        files = [
            *_contents(_previous(path), before),
            *_contents(_saved(path), after),
            _written(path, record),
            *_changed(path, before, after),
        ]
        _replace(path, files)


def undo(path: Path) -> None:
    """Put back the table before the last save; a second undo brings the saved one back.

    Raises:
        BoardError: nothing_to_undo, undo_overtaken where the table has been edited since, and
            those of `saving`.
    """
    with _only_writer(path):
        versions = _versions(path)
        record_file = _record(path)
        record = (record_file, _load(record_file))  # written anew, for its time
        changed = _changed(path, versions.now, versions.after_undo)
        _replace(path, [*changed, record])


def undoable(path: Path) -> Undoable | None:
    """What an undo would undo, None where nothing can be undone."""
    try:
        versions = _versions(path)
        saved = _record(path).stat().st_mtime
        is_previous = load(_previous(path)) == versions.after_undo
    except (BoardError, OSError):
        return None
    time = datetime.fromtimestamp(saved).astimezone()
    if is_previous:
        return Undoable(time, _previous(path))
    return Undoable(time, _saved(path))


def load(path: Path) -> Contents:
    """A table's two files as they are; raises BoardError: unreadable."""
    table, milestones = map(_load, _files(path))
    return Contents(table, milestones)


def base_of(contents: Contents, issued: Path | None) -> Contents:
    """A table as it is; where it is not written yet, as the workbook beside it says.

    Args:
        issued: the workbook; None where there is none.

    Raises:
        BoardError: what `measures.read` raises.
    """
    if issued is not None and contents.table is None:
        return _as_issued(issued)
    return contents


def _as_issued(path: Path) -> Contents:
    """What a workbook says, as the files of a table."""
    from lib.measures.as_issued import as_csv, milestones_as_csv  # only who plans needs it

    table = measures.read(path)
    return Contents(as_csv(table), milestones_as_csv(table))


def _load(path: Path) -> bytes | None:
    try:
        if is_pipe_or_device(path.stat()):
            raise BoardError("unreadable", file=path.name, why=PIPE_OR_DEVICE)
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error


# --- the files ------------------------------------------------------------------------------------


def _files(path: Path) -> tuple[Path, Path]:
    return path, measures.milestones_path(path)


def _previous(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def _saved(path: Path) -> Path:
    return path.with_name(f".{path.stem}.saved{path.suffix}")


def _versions_of(path: Path) -> tuple[Path, Path, Path]:
    """The table as it is, before the last save, and as saved."""
    return path, _previous(path), _saved(path)


def _record(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous.json")


@contextlib.contextmanager
def _only_writer(path: Path) -> Iterator[None]:
    """Keep others from writing, and remove what one that was killed has left."""
    with saving.only_writer(path):
        files = [_record(path)]
        for version in _versions_of(path):
            files += _files(version)
        saving.sweep(files)
        yield


def _replace(path: Path, files: Sequence[_File]) -> None:
    """Replace files of a table.

    What is kept of it is for those who may read it, and no others: each file has the access of the
    table or of its milestones.
    """
    table, milestones = _files(path)
    if not milestones.exists():
        milestones = table
    access = {_record(path): table}
    for version in _versions_of(path):
        table_of_version, milestones_of_version = _files(version)
        access[table_of_version] = table
        access[milestones_of_version] = milestones
    saving.replace(files, access)


def _contents(path: Path, contents: Contents) -> list[_File]:
    """The files of a version."""
    return [*zip(_files(path), contents, strict=True)]


def _changed(path: Path, before: Contents, after: Contents) -> list[_File]:
    """The files of a table that become others."""
    changed: list[_File] = []
    for file, data_before, data_after in zip(_files(path), before, after, strict=True):
        if data_after != data_before:
            changed.append((file, data_after))
    return changed


# --- the record -----------------------------------------------------------------------------------


def _written(path: Path, record: _Record) -> _File:
    text = json.dumps(record._asdict())
    return _record(path), text.encode()


def _read_record(path: Path) -> _Record | None:
    """The record of the last save, None where there is none of ours.

    Raises:
        BoardError: unreadable.
    """
    data = _load(_record(path)) or b""
    try:
        record = json.loads(data)
        saved_table, saved_milestones = record["saved"]
        previous_table, previous_milestones = record["previous"]
    except (ValueError, KeyError, TypeError):
        return None
    saved = (saved_table, saved_milestones)
    previous = (previous_table, previous_milestones)
    return _Record(saved, previous)


def _versions(path: Path) -> _Versions:
    """The table as it is, and as an undo would make it.

    A save or an undo that was cut off can be undone too.

    Raises:
        BoardError: nothing_to_undo, undo_overtaken.
    """
    record = _read_record(path)
    if record is None:
        raise BoardError("nothing_to_undo", file=path.name)
    now = load(path)
    saved = load(_saved(path))
    previous = load(_previous(path))
    kept = _Record(_digests(saved), _digests(previous))
    if record != kept or saved == previous:
        raise BoardError("nothing_to_undo", file=path.name)
    for data, *known in zip(now, saved, previous, strict=True):
        if data not in known:
            raise BoardError("undo_overtaken", file=path.name)
    if now == previous:
        return _Versions(now, saved)
    return _Versions(now, previous)


def _refuse_foreign(path: Path, before: Contents) -> None:
    """Raise where the board has not written what stands in the place of the version before.

    A save that was cut off has left the table itself there.
    """
    previous = _previous(path)
    files = _files(previous)
    digests = _digests(load(previous))
    written = _known_previous(path)
    cut_off = _digests(before)
    for file, digest, *known in zip(files, digests, written, cut_off, strict=True):
        if digest and digest not in known:
            raise BoardError("previous_foreign", file=file.name)


def _known_previous(path: Path) -> _Digests:
    """The digests of the version before, by the record; raises BoardError: previous_foreign."""
    record = _read_record(path)
    if record:
        return record.previous
    if _record(path).exists():
        raise BoardError("previous_foreign", file=_record(path).name)
    return (None, None)


def _digests(contents: Contents) -> _Digests:
    return _digest(contents.table), _digest(contents.milestones)


def _digest(data: bytes | None) -> _Digest:
    if data is None:
        return None
    return hashlib.sha256(data).hexdigest()
