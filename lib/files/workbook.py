"""A workbook's bytes → its visible sheets, each cell as a person would type it."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lib.errors import BoardError, Problem
from lib.files import archives
from lib.files.grid import Extent, Grid, Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_CHUNK: Final = 1 << 20  # bytes of a sheet that are looked at together
_PLACES: Final = 4_000_000  # up to the last row and column, that are read however few are filled
_PLACES_EACH: Final = 20  # that there may be for each filled one, beyond that
# A row or cell that is not empty, and one beyond Z99999: up to there it needs no closer look
_PLACE: Final = re.compile(rb' r="([A-Z]{0,3})([0-9]{1,7})"[^<>]*(?<!/)>(?!</)')
_FAR: Final = re.compile(rb' r="(?:[A-Z]{2,3}[0-9]{1,7}|[A-Z]?[0-9]{6,7})"[^<>]*(?<!/)>(?!</)')
_ACTIVE: Final = re.compile(rb'<(?:\w+:)?workbookView\b[^>]*\bactiveTab="([0-9]{1,5})"')


@dataclass(frozen=True)
class Book:
    """A workbook as its reader sees it.

    grids: the visible sheets, the one that Excel opens first.
    problems: what was left out of the whole workbook.
    """

    grids: list[Grid]
    problems: list[Problem]


class _Extent(NamedTuple):
    """The last row and column of a sheet, from 1, and how many rows and cells are filled."""

    rows: int
    columns: int
    filled: int


def read_grids(path: Path, data: bytes) -> Book:
    """The visible sheets of a workbook.

    Raises:
        BoardError: encrypted, broken_workbook, scattered.
    """
    import python_calamine

    _refuse_scattered(path, data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        visible, hidden = _sheets(book, _active_sheet(data))
        grids = [_grid(sheet) for sheet in visible]
    except python_calamine.PasswordError:
        raise BoardError("encrypted", file=path.name) from None
    except python_calamine.CalamineError as error:
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error
    return Book(grids, _hidden_sheets(hidden))


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


def _sheets(book: CalamineWorkbook, active: int) -> tuple[list[CalamineSheet], list[CalamineSheet]]:
    """The visible sheets of cells, the active one first, and the hidden ones."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible: list[CalamineSheet] = []
    hidden: list[CalamineSheet] = []
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            hidden.append(book.get_sheet_by_index(number))
        elif number == active:
            visible.insert(0, book.get_sheet_by_index(number))
        else:
            visible.append(book.get_sheet_by_index(number))
    return visible, hidden


def _active_sheet(data: bytes) -> int:
    """The number of the sheet that Excel opens, from 0."""
    with contextlib.suppress(*archives.BROKEN, KeyError):
        match = _ACTIVE.search(zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml"))
        if match:
            return int(match[1])
    return 0


def _hidden_sheets(sheets: Sequence[CalamineSheet]) -> list[Problem]:
    """One Problem that names the hidden sheets with their number of rows, the empty ones left out."""
    names = [f"{sheet.name} ({sheet.end[0] + 1})" for sheet in sheets if sheet.end]
    if not names:
        return []
    return [Problem("sheet_hidden", 0, "", "、".join(names))]


def _grid(sheet: CalamineSheet) -> Grid:
    values = sheet.to_python(skip_empty_area=False)
    rows = [[_as_typed(value) for value in cells] for cells in values]
    return Grid(sheet.name, rows, _merged(rows, sheet.merged_cell_ranges or []))


def _merged(
    rows: Sequence[list[str]], ranges: Sequence[tuple[Place, Place]]
) -> dict[Place, Extent]:
    """The merged ranges as far as they cover the rows, whose covered cells are emptied.

    A range may reach beyond the cells that have ever been filled. No place belongs to two ranges:
    all together are no larger than the sheet.
    """
    merged = {}
    height, width = len(rows), len(rows[0]) if rows else 0
    left_over = height * width
    for (top, left), (bottom, right) in ranges:
        down, across = min(bottom + 1, height) - top, min(right + 1, width) - left
        if down < 1 or across < 1 or down * across == 1:
            continue
        left_over -= down * across
        if left_over < 0:
            break
        merged[top, left] = (down, across)
        text = rows[top][left]
        for cells in rows[top : top + down]:
            cells[left : left + across] = [""] * across
        rows[top][left] = text
    return merged


def _as_typed(value: Any) -> str:
    """A workbook's value as a person would type it: 8.0 is 8, a date is 2020-08-31."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
