"""How far the sheets of an .xlsx reach: two cells far apart would take all memory."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from lib.errors import BoardError
from lib.files import archives

_PIECE: Final = 1 << 20  # bytes of a sheet that are looked at together
_PLACES: Final = 4_000_000  # up to the last row and column, that are read however few are filled
_PLACES_EACH: Final = 20  # that there may be for each filled one, beyond that
# A row or cell that is not empty, and one beyond Z99999: up to there it needs no closer look
_PLACE: Final = re.compile(rb' r="([A-Z]{0,3})([0-9]{1,7})"[^<>]*(?<!/)>(?!</)')
_FAR: Final = re.compile(rb' r="(?:[A-Z]{2,3}[0-9]{1,7}|[A-Z]?[0-9]{6,7})"[^<>]*(?<!/)>(?!</)')


class Reach(NamedTuple):
    """The last row and column of a sheet, from 1, and how many rows and cells are filled."""

    rows: int
    columns: int
    filled: int


def refuse(path: Path, reach: Reach) -> None:
    """Raise BoardError scattered where a sheet is far larger than what is filled of it.

    A place is held for each cell up to the last one.
    """
    if reach.rows * reach.columns > max(_PLACES, _PLACES_EACH * reach.filled):
        raise BoardError("scattered", file=path.name, rows=reach.rows, columns=reach.columns)


def refuse_scattered(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise BoardError scattered for a sheet of an .xlsx in which cells stand far apart."""
    for part in archive.namelist():
        if part.startswith("xl/worksheets/") and _reaches_far(archive, part):
            refuse(path, _reach(archive, part))


def _reaches_far(archive: zipfile.ZipFile, part: str) -> bool:
    pieces = archives.pieces(archive, part, _PIECE, b" r=")
    return any(_FAR.search(piece) for piece in pieces)


def _reach(archive: zipfile.ZipFile, part: str) -> Reach:
    rows = columns = filled = 0
    for piece in archives.pieces(archive, part, _PIECE, b" r="):
        for letters, number in _PLACE.findall(piece):
            rows = max(rows, int(number))
            columns = max(columns, archives.column_number(letters.decode()))
            filled += 1
    return Reach(rows, columns, filled)
