"""A file as sheets, by what the file is: a picture named .csv is a picture."""

from __future__ import annotations

from pathlib import Path

from lib.errors import BoardError, cause
from lib.files import kinds
from lib.files.csv import read_csv
from lib.files.headers import Headers
from lib.files.parquet import read_parquet
from lib.files.sheet import Sheet, without_blank_rows
from lib.files.workbook import read_workbook


def read(path: Path, *headers: Headers) -> list[Sheet]:
    """Every table of a file that has one of the headers; a CSV or Parquet file holds one at the most.

    Raises:
        BoardError: not_found, locked, unreadable, empty, not_a_table, old_excel, encrypted,
            broken_workbook, scattered, broken_parquet, undecodable, no_header, changed.
    """
    before = _identity(path)
    data = _load(path)
    sheets = parse(path, data, *headers)
    if _identity(path) != before:
        raise BoardError("changed", file=path.name)
    return sheets


def parse(path: Path, data: bytes, *headers: Headers) -> list[Sheet]:
    """`read` of bytes. path: what the file is called."""
    _refuse(path, data)
    if data.startswith(kinds.PARQUET) or path.suffix.lower() == ".parquet":
        sheets = [read_parquet(path, data, headers)]
    elif data.startswith(kinds.ZIP) or path.suffix.lower() == ".xlsx":
        sheets = read_workbook(path, data, headers)
    else:
        sheets = [read_csv(path, data, headers)]
    return [without_blank_rows(sheet) for sheet in sheets]


def is_csv(path: Path, data: bytes) -> bool:
    """Whether a table's bytes are text: neither a workbook nor Parquet."""
    if data.startswith((kinds.ZIP, kinds.PARQUET)):
        return False
    return path.suffix.lower() not in (".xlsx", ".parquet")


def _identity(path: Path) -> tuple[int, int]:
    """By which a file that has changed is told: its size and when it was written."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BoardError("not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error
    return status.st_size, status.st_mtime_ns


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
    if kind := kinds.foreign(data) or kinds.markup(data):
        raise BoardError("not_a_table", file=path.name, kind=kind)
    if data.startswith(kinds.OLE):
        if kinds.is_encrypted(data):
            raise BoardError("encrypted", file=path.name)
        raise BoardError("old_excel", file=path.name)
