"""Excel's .xlsx as sheets, each cell as a person would type it."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.errors import BoardError
from lib.files import archives
from lib.files.headers import Headers, is_header
from lib.files.records import HEADER_ROWS
from lib.files.sheet import Sheet, names_of, shown, string_column

Grid = list[list[Any]]
Corner = tuple[int, int]  # row and column, from 0

_CHUNK: Final = 1 << 20  # bytes of a sheet that are looked at together
_PLACES: Final = 4_000_000  # up to the last row and column, that are read however few are filled
_PLACES_EACH: Final = 20  # that there may be for each filled one, beyond that
# A row or cell that is not empty, and one beyond Z99999: up to there it needs no closer look
_PLACE: Final = re.compile(rb' r="([A-Z]{0,3})([0-9]{1,7})"[^<>]*(?<!/)>(?!</)')
_FAR: Final = re.compile(rb' r="(?:[A-Z]{2,3}[0-9]{1,7}|[A-Z]?[0-9]{6,7})"[^<>]*(?<!/)>(?!</)')


class _Extent(NamedTuple):
    """The last row and column of a sheet, from 1, and how many rows and cells are filled."""

    rows: int
    columns: int
    filled: int


def read_workbook(path: Path, data: bytes, headers: Sequence[Headers]) -> list[Sheet]:
    """The tables in a workbook; raises BoardError: encrypted, broken_workbook, scattered, no_header."""
    import python_calamine

    _refuse_scattered(path, data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sources = [book.get_sheet_by_name(name) for name in book.sheet_names]
        grids = [source.to_python(skip_empty_area=False) for source in sources]
    except python_calamine.PasswordError:
        raise BoardError("encrypted", file=path.name) from None
    except python_calamine.CalamineError as error:
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error
    sheets = []
    for grid, source in zip(grids, sources, strict=True):
        sheet = _table_on(grid, source.merged_cell_ranges or [], source.name, headers)
        if sheet is not None:
            sheets.append(sheet)
    if not sheets:
        raise BoardError("no_header", file=path.name, found=shown("、".join(book.sheet_names)))
    return sheets


# --- how far a sheet reaches ------------------------------------------------------------------------------------------


def _refuse_scattered(path: Path, data: bytes) -> None:
    """Calamine holds a cell for each place up to the last one: two cells far apart would take all memory."""
    with contextlib.suppress(*archives.BROKEN):  # what calamine says of it is better
        archive = zipfile.ZipFile(io.BytesIO(data))
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and _reaches_far(archive, part):
                rows, columns, filled = _extent(archive, part)
                if rows * columns > max(_PLACES, _PLACES_EACH * filled):
                    raise BoardError("scattered", file=path.name, rows=rows, columns=columns)


def _reaches_far(archive: zipfile.ZipFile, part: str) -> bool:
    return any(_FAR.search(piece) for piece in _pieces(archive, part))


def _extent(archive: zipfile.ZipFile, part: str) -> _Extent:
    rows = columns = filled = 0
    for piece in _pieces(archive, part):
        for letters, number in _PLACE.findall(piece):
            rows = max(rows, int(number))
            columns = max(columns, archives.column_number(letters.decode()))
            filled += 1
    return _Extent(rows, columns, filled)


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A sheet's XML by the megabyte, cut between elements."""
    uncut = b""
    for chunk in archives.chunks(archive, part, _CHUNK):
        piece, mark, uncut = (uncut + chunk).rpartition(b" r=")
        yield piece
        uncut = mark + uncut
    yield uncut


# --- cells ------------------------------------------------------------------------------------------------------------


def _table_on(
    grid: Grid, merged: Sequence[tuple[Corner, Corner]], name: str, headers: Sequence[Headers]
) -> Sheet | None:
    """The table on a sheet, None where no row is a header."""
    for row, cells in enumerate(grid[:HEADER_ROWS]):
        header = names_of(map(_as_typed, cells))
        if is_header(header, headers):
            first = row + 1
            _fill_merged(grid, merged, first)
            columns = _columns(grid[first:], width=len(header))
            lines = np.arange(first + 1, len(grid) + 1, dtype=np.int32)
            return Sheet(header, columns, lines, [], name)
    return None


def _columns(grid: Grid, width: int) -> list[pa.Array]:
    rows = [[_as_typed(value) for value in values] for values in grid]
    return [string_column(rows, column) for column in range(width)]


def _fill_merged(grid: Grid, merged: Sequence[tuple[Corner, Corner]], first: int) -> None:
    """Write a cell that is merged downwards into each of its rows, as a reader sees it."""
    for (top, left), (bottom, _) in merged:
        # A merged range may reach beyond the cells that have ever been filled
        if top >= first and left < len(grid[0]):
            for cells in grid[top + 1 : bottom + 1]:
                cells[left] = grid[top][left]


def _as_typed(value: Any) -> str:
    """A workbook's value as a person would type it: 8.0 is 8, a date is 2020-08-31."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
