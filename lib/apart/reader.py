"""What comes from outside, read apart: tables, rows, notices, and a plan for a table's file.

Each function is the one of `measures`, `notices` or `revisions` that it names, and raises the same;
where the process of the reading ends it raises BoardError: reading_too_long, reading_too_much,
reading_failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lib import measures
from lib.apart import limits, pool
from lib.apart.message import Request
from lib.apart.pool import EndedError
from lib.errors import BoardError

if TYPE_CHECKING:
    from lib.notices import Notice
    from lib.revisions import Revision

Kind = TypeVar("Kind")


def table(path: str | Path) -> measures.Table:
    """`measures.read`."""
    path = Path(path)
    size = _size(path) + _size(measures.milestones_path(path))
    return _read("table", {"path": str(path)}, measures.Table, path.name, size)


def table_of_rows(
    rows: Sequence[Sequence[str]], milestones: Sequence[Sequence[str]], name: str
) -> measures.Table:
    """`measures.of_rows`. name: where the rows come from, for errors."""
    arguments = {"rows": rows, "milestones": milestones}
    size = sum(len(cell) for row in (*rows, *milestones) for cell in row)
    return _read("rows", arguments, measures.Table, name, size)


def notice(path: Path, year: int | None = None) -> Notice:
    """`notices.read` of a file."""
    from lib.notices import Notice

    arguments = {"path": str(path), "year": year}
    return _read("notice", arguments, Notice, path.name, _size(path))


def notice_of(data: bytes, name: str, year: int | None = None) -> Notice:
    """`notices.read` of bytes."""
    from lib.notices import Notice

    arguments = {"data": data, "name": name, "year": year}
    return _read("notice_of", arguments, Notice, name, len(data))


def text(pasted: str, name: str, year: int | None = None) -> Notice:
    """`notices.read_text`."""
    from lib.notices import Notice

    arguments = {"pasted": pasted, "name": name, "year": year}
    return _read("text", arguments, Notice, name, len(pasted.encode()))


def plan(
    path: Path,
    rows: Sequence[Sequence[str]],
    milestones: Sequence[Sequence[str]],
    replaces: str | None = None,
    *,
    is_copy: bool = False,
) -> Revision:
    """`revisions.plan`."""
    from lib.revisions import Revision

    arguments = {
        "path": str(path),
        "rows": rows,
        "milestones": milestones,
        "replaces": replaces,
        "is_copy": is_copy,
    }
    return _read("plan", arguments, Revision, path.name, _size(path))


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
    try:
        return pool.of_the_board.ask(Request(task, dict(arguments), allowed.seconds), kind, allowed)
    except EndedError as ended:
        megabytes = allowed.memory // limits.MEGABYTE
        raise BoardError(
            ended.how.value, file=name, seconds=allowed.seconds, megabytes=megabytes
        ) from None


def _size(path: Path) -> int:
    """The size of a file, 0 where there is none: the reading says what is wrong with it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
