"""A table saved, and the save undone.

The table before is kept beside the one that is saved, as <stem>.previous.csv with its milestones, and a
record of both, by which an undo knows whether somebody has edited the table since.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lib import measures
from lib.errors import BoardError
from lib.files import saving
from lib.revisions.model import Contents, Revision

_File = tuple[Path, bytes | None]  # and its bytes, None where there is to be none


class _Versions(NamedTuple):
    """A table as it is, and as it was before the last save."""

    now: Contents
    before: Contents


def save(revision: Revision) -> None:
    """Write what was planned. The table comes first: until its milestones follow, nothing is lost, some are missing.

    Raises:
        BoardError: revised_meanwhile where a file is no longer as it was planned upon, busy, locked,
            unwritable.
    """
    path, before, after = revision.path, revision.before, revision.after
    with saving.only_writer(path):
        if load(path) != before:
            raise BoardError("revised_meanwhile", file=path.name)
        if after != before:
            saving.replace([*_kept(path, before, after), *_changed(path, before, after)])


def undo(path: Path) -> None:
    """Put back the table before the last save; a second undo brings the saved one back.

    Raises:
        BoardError: nothing_to_undo, undo_overtaken where the table has been edited since, busy, locked,
            unwritable.
    """
    with saving.only_writer(path):
        now, before = _versions(path)
        # What was before is put back first: a crash must not leave two copies of what is now
        saving.replace([*_changed(path, now, before), *_kept(path, now, before)])


def undoable(path: Path) -> datetime | None:
    """When the table was saved, None where that can't be undone."""
    try:
        _versions(path)
        saved = _record(path).stat().st_mtime
    except (BoardError, OSError):
        return None
    return datetime.fromtimestamp(saved).astimezone()


def load(path: Path) -> Contents:
    """A table's two files as they are; raises BoardError: unreadable."""
    table, milestones = map(_load, _files(path))
    return Contents(table, milestones)


def _load(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=error.strerror or str(error)) from error


def _files(path: Path) -> tuple[Path, Path]:
    return path, measures.milestones_path(path)


def _previous(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def _record(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous.json")


def _changed(path: Path, before: Contents, after: Contents) -> list[_File]:
    """The files of a table that become others."""
    changes = zip(_files(path), before, after, strict=True)
    return [(file, new) for file, old, new in changes if new != old]


def _kept(path: Path, before: Contents, after: Contents) -> list[_File]:
    """The table before, and the record by which an undo knows both."""
    record = json.dumps({"saved": _digests(after), "previous": _digests(before)})
    previous = zip(_files(_previous(path)), before, strict=True)
    return [*previous, (_record(path), record.encode())]


def _versions(path: Path) -> _Versions:
    """The table as it is and the one before. A save that was cut off between its two files can be undone too.

    Raises:
        BoardError: nothing_to_undo, undo_overtaken.
    """
    now, before = load(path), load(_previous(path))
    try:
        record = json.loads(_record(path).read_bytes())
        known = [{*digests} for digests in zip(record["saved"], record["previous"], strict=True)]
        is_kept = record["previous"] == _digests(before)
    except (OSError, ValueError, KeyError, TypeError):
        raise BoardError("nothing_to_undo", file=path.name) from None
    if not is_kept or now == before:
        raise BoardError("nothing_to_undo", file=path.name)
    for digest, versions in zip(_digests(now), known, strict=True):
        if digest not in versions:
            raise BoardError("undo_overtaken", file=path.name)
    return _Versions(now, before)


def _digests(contents: Contents) -> list[str | None]:
    return [None if data is None else hashlib.sha256(data).hexdigest() for data in contents]
