"""What comes from outside, read apart: tables, notices, drafts, returned files, a plan for a table.

Each function is the one of `measures`, `notices`, `revisions` or `files` that it names, and raises the same;
where the process of the reading ends it raises BoardError: reading_too_long, reading_too_much,
reading_failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from lib import measures
from lib.apart import limits, pool
from lib.apart.message import Draft, Drawn, Request, Source, Told
from lib.apart.pool import EndedError
from lib.errors import BoardError

if TYPE_CHECKING:
    from lib.files.whole import WholeFile
    from lib.notices import Notice
    from lib.revisions import Revision, Row

Kind = TypeVar("Kind")


def table(path: str | Path) -> measures.Table:
    """`measures.read`."""
    path = Path(path)
    arguments = {"path": str(path)}
    return _read("table", arguments, measures.Table, path.name, _size_of_both(path))


def notice(path: Path, year: int | None = None) -> Notice:
    """`notices.read` of a file."""
    from lib.notices import Notice

    arguments = {"path": str(path), "year": year}
    return _read("notice", arguments, Notice, path.name, _size(path))


# --- drafts ---------------------------------------------------------------------------------------


def draft(source: Source, columns: dict[str, str] | None = None) -> Draft:
    """`notices.read` of a file's bytes, or `notices.read_text`, as a draft.

    Args:
        columns: what columns were chosen to be before; None where nothing here remembers it.
    """
    told = Told(columns or {})
    return Draft(
        _notice_of(source, told),
        told=told,
        read_by=told,
        browser_remembers=columns is None,
    )


def read_anew(draft: Draft, source: Source, told: Told) -> Draft:
    """A draft whose notice is read as something else is told of it; the log stays."""
    notice = _notice_of(source, told)
    return msgspec.structs.replace(draft, notice=notice, read_by=told)


def _notice_of(source: Source, told: Told) -> bytes:
    arguments = {"source": source, "told": told}
    return _read("draft", arguments, bytes, source.name, len(source.data))


def drawn(draft: Draft, name: str, language: str) -> Drawn:
    """What is said and drawn of a draft. name: where it comes from, for errors, as below."""
    arguments = {"draft": draft, "language": language}
    return _read("drawn", arguments, Drawn, name, len(draft.notice))


def tried(draft: Draft, name: str) -> measures.Table:
    """`measures.of_rows` of a draft: the board over it."""
    arguments = {"draft": draft}
    return _read("tried", arguments, measures.Table, name, len(draft.notice))


def file(draft: Draft, name: str, kind: str) -> bytes:
    """A draft as a file to be handed out. kind: csv, milestones or xlsx."""
    arguments = {"draft": draft, "kind": kind}
    return _read("file", arguments, bytes, name, len(draft.notice))


def plan(
    path: Path,
    draft: Draft,
    replaces: str | None = None,
    *,
    is_copy: bool = False,
    instead: bool = False,
    issued: Path | None = None,
) -> Revision:
    """`revisions.plan` of a draft."""
    from lib.revisions import Revision

    size = _size(path) + _size(issued or path) + len(draft.notice)
    arguments = {
        "path": str(path),
        "draft": draft,
        "replaces": replaces,
        "is_copy": is_copy,
        "instead": instead,
        "issued": _as_text(issued),
    }
    return _read("plan", arguments, Revision, path.name, size)


# --- a row that is mended -------------------------------------------------------------------------


def row(path: Path, line: int, source: str = "", issued: Path | None = None) -> Row:
    """`revisions.row_of`."""
    from lib.revisions import Row

    arguments = {
        "path": str(path),
        "line": line,
        "source": source,
        "issued": _as_text(issued),
    }
    size = _size_of_both(path) + _size(issued or path)
    return _read("row", arguments, Row, path.name, size)


def mended(row: Row, cells: Mapping[str, str]) -> Revision:
    """`revisions.mend`."""
    from lib.revisions import Revision

    arguments = {"row": row, "cells": dict(cells)}
    size = _size_of_both(row.path) + _size(row.issued or row.path)
    return _read("mend", arguments, Revision, row.path.name, size)


# --- files that came back -------------------------------------------------------------------------


def whole(sources: Sequence[Source]) -> list[WholeFile]:
    """`files.whole.read` of each; what ends the process is said of its file, and no other one."""
    from lib.files.whole import WholeFile, refused

    found: list[WholeFile] = []
    for source in sources:
        arguments = {"source": source}
        try:
            found += _read("whole", arguments, list[WholeFile], source.name, len(source.data))
        except BoardError as error:
            found.append(refused(source.name, error))
    return found


# --- asked of a process ---------------------------------------------------------------------------


def _read(
    task: str, arguments: Mapping[str, object], kind: type[Kind], name: str, size: int
) -> Kind:
    """Read apart.

    Args:
        kind: of what comes back.
        name: what is read, for errors.
        size: in bytes, by which it is limited.
    """
    allowed = limits.of_size(size)
    request = Request(task, dict(arguments), allowed.seconds)
    try:
        return pool.of_the_board.ask(request, kind, allowed)
    except EndedError as ended:
        megabytes = allowed.memory // limits.MEGABYTE
        raise BoardError(
            ended.how.value, file=name, seconds=allowed.seconds, megabytes=megabytes
        ) from None


def _as_text(path: Path | None) -> str | None:
    """A path as the worker takes it, where there is one."""
    if path is None:
        return None
    return str(path)


def _size_of_both(path: Path) -> int:
    """The size of a table with its milestones."""
    return _size(path) + _size(measures.milestones_path(path))


def _size(path: Path) -> int:
    """The size of a file, 0 where there is none: the reading says what is wrong with it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
