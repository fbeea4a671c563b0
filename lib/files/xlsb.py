"""How far the sheets of an .xlsb reach, which are lists of records in place of XML."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from lib.files.extents import Reach, refuse

BOOK: Final = "xl/workbook.bin"
_SHEETS: Final = "xl/worksheets/"
_ROW: Final = 0  # the kind of a record that begins a row
_FILLED: Final = range(2, 12)  # the kinds of cells in which something stands
_MORE: Final = 0x80  # set in a byte where another follows
_BITS: Final = 7  # of a number in each byte


class _Record(NamedTuple):
    kind: int
    data: bytes


def refuse_scattered(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise BoardError scattered for a sheet in which cells stand far apart.

    Raises:
        struct.error, IndexError: a sheet is damaged.
    """
    for part in archive.namelist():
        if part.startswith(_SHEETS) and part.endswith(".bin"):
            refuse(path, _reach(archive.read(part)))


def _reach(sheet: bytes) -> Reach:
    row = 0
    rows = 0
    columns = 0
    filled = 0
    for kind, data in _records(sheet):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif kind in _FILLED:
            (column,) = struct.unpack_from("<I", data)
            rows = max(rows, row + 1)
            columns = max(columns, column + 1)
            filled += 1
    return Reach(rows, columns, filled)


def _records(sheet: bytes) -> Iterator[_Record]:
    place = 0
    while place < len(sheet):
        kind = sheet[place]
        place += 1
        if kind & _MORE:
            kind += sheet[place] << _BITS
            place += 1
        size = 0
        bits = 0  # of the size, that have been read
        byte = _MORE
        while byte & _MORE:
            byte = sheet[place]
            size += (byte & ~_MORE) << bits
            bits += _BITS
            place += 1
        yield _Record(kind, sheet[place : place + size])
        place += size
