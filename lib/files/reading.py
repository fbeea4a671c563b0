"""A file as sheets, by what the file is: a picture named .csv is a picture."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from lib.errors import PIPE_OR_DEVICE, BoardError, Problem, cause
from lib.files import kinds
from lib.files.csv import read_cells, read_csv
from lib.files.grid import Grid
from lib.files.headers import Headers
from lib.files.sheet import Sheet, shown, without_blank_rows

# How files are called that are no text
_WORKBOOK: Final = ".xlsx"
_PARQUET: Final = ".parquet"


@dataclass(frozen=True)
class Content:
    """What a file holds.

    sheet: the table of a CSV or Parquet file whose header is one line.
    grids: what else has rows and columns: the sheets of a workbook, the active one first.
    problems: what was left out.
    found: what an error shows where no table is among them.
    hidden: the hidden sheets of a workbook, where they were asked for.
    """

    sheet: Sheet | None = None
    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: str = ""
    hidden: list[Grid] = field(default_factory=list)


def read(path: Path, *headers: Headers) -> Content:
    """Read a file.

    Args:
        headers: by which the header of a table is known.

    Raises:
        BoardError: not_found, locked, unreadable, empty, not_a_table, encrypted,
            broken_workbook, scattered, too_much_text, broken_parquet, undecodable, no_header, changed.
    """
    before = _identity(path)
    data = _load(path)
    content = parse(path, data, *headers)
    if _identity(path) != before:
        raise BoardError("changed", file=path.name)
    return content


def parse(path: Path, data: bytes, *headers: Headers, with_hidden: bool = False) -> Content:
    """`read` of bytes.

    Args:
        path: what the file is called.
        with_hidden: whether hidden sheets are read as well.

    The readers of Parquet and of workbooks are loaded when one comes: a board of CSV starts
    without them.
    """
    _refuse(path, data)
    suffix = path.suffix.lower()
    if data.startswith(kinds.PARQUET) or suffix == _PARQUET:
        from lib.files.parquet import read_parquet

        sheet = read_parquet(path, data, headers)
        return Content(without_blank_rows(sheet))
    if kinds.is_workbook(data) or suffix == _WORKBOOK:
        return _parse_workbook(path, data, with_hidden)
    return _parse_csv(path, data, headers)


def _parse_workbook(path: Path, data: bytes, with_hidden: bool) -> Content:
    from lib.files.workbook import read_grids

    book = read_grids(path, data, with_hidden=with_hidden)
    names = "、".join(grid.name for grid in book.grids)
    return Content(None, book.grids, book.problems, shown(names), book.hidden)


def _parse_csv(path: Path, data: bytes, headers: Sequence[Headers]) -> Content:
    sheet = read_csv(data, headers)
    if sheet is not None:
        return Content(without_blank_rows(sheet))
    cells = read_cells(path, data)
    return Content(None, [cells.grid], [], cells.first_line)


def is_csv(path: Path, data: bytes) -> bool:
    """Whether a table's bytes are text: neither a workbook nor Parquet."""
    if kinds.is_workbook(data) or data.startswith(kinds.PARQUET):
        return False
    return path.suffix.lower() not in (_WORKBOOK, _PARQUET)


def is_pipe_or_device(status: os.stat_result) -> bool:
    """Whether it is nothing to be read to its end: a pipe waits for ever, a device has no end."""
    is_file = stat.S_ISREG(status.st_mode)
    is_folder = stat.S_ISDIR(status.st_mode)
    return not (is_file or is_folder)


class _Identity(NamedTuple):
    """What tells a file that has changed: its number, its size, and when it was written."""

    number: int
    size: int
    written: int


def _identity(path: Path) -> _Identity:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BoardError("not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error
    if is_pipe_or_device(status):
        raise BoardError("unreadable", file=path.name, why=PIPE_OR_DEVICE)
    return _Identity(status.st_ino, status.st_size, status.st_mtime_ns)


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except PermissionError:
        raise BoardError("locked", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error
    if kinds.is_empty(data):
        raise BoardError("empty", file=path.name)
    return data


def _refuse(path: Path, data: bytes) -> None:
    """Raise where a file is known to hold no table that can be read."""
    if data.startswith(kinds.PDF):
        raise BoardError("not_a_table", file=path.name, kind="PDF")
    kind = kinds.foreign(data) or kinds.markup(data)
    if kind:
        raise BoardError("not_a_table", file=path.name, kind=kind)
    if data.startswith(kinds.OLE):
        if kinds.is_encrypted(data):
            raise BoardError("encrypted", file=path.name)
        if not kinds.is_workbook(data):
            raise BoardError("not_a_table", file=path.name, kind=kinds.old_kind(data))
