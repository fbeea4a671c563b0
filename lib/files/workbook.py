"""A workbook's bytes → its visible sheets as their reader sees them."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from lib.errors import BoardError, Problem
from lib.files import (
    biff,
    compound,
    elements,
    extents,
    kinds,
    opendocument,
    shared_strings,
    xlsb,
    xlsx,
)
from lib.files.grid import Grid
from lib.files.look import Look, grid_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_PANIC: Final = "PanicException"  # of Rust; no module gives it away, and it is no Exception


@dataclass(frozen=True)
class Book:
    """A workbook as its reader sees it.

    grids: the visible sheets, the one that Excel opens first.
    problems: what was left out of the whole workbook.
    hidden: the hidden sheets, where they were asked for.
    """

    grids: list[Grid]
    problems: list[Problem]
    hidden: list[Grid] = field(default_factory=list)


def read_grids(path: Path, data: bytes, *, with_hidden: bool = False) -> Book:
    """The sheets of a workbook.

    Args:
        with_hidden: whether hidden sheets are read as well.

    Raises:
        BoardError: encrypted, broken_workbook, scattered, too_much_text.
    """
    import python_calamine

    try:
        if opendocument.is_one(data):
            return _open_document(path, data, with_hidden)
        with _panic_reported(path):
            return _by_calamine(path, data, with_hidden)
    except python_calamine.PasswordError:
        raise BoardError("encrypted", file=path.name) from None
    except (python_calamine.CalamineError, *elements.BROKEN) as error:
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error


@contextlib.contextmanager
def _panic_reported(path: Path) -> Iterator[None]:
    """Say that a workbook is damaged where calamine meets what it has not thought of."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error


# --- sheets ---------------------------------------------------------------------------------------


class _Looks(Protocol):
    """How the sheets of a workbook look.

    active: the number of the sheet that is opened, from 0, hidden ones counted.
    """

    active: int

    def of(self, sheet: str) -> Look:
        """How a sheet looks, by its name."""


class _Sheets(NamedTuple):
    visible: list[CalamineSheet]
    hidden: list[CalamineSheet]


def _open_document(path: Path, data: bytes, with_hidden: bool) -> Book:
    archive = zipfile.ZipFile(io.BytesIO(data))
    tables = opendocument.tables(path, archive)
    grids = [table.grid() for table in tables if not table.is_hidden]
    hidden = [table for table in tables if table.is_hidden]
    rows_of_hidden = {table.name: len(table.rows) for table in hidden}
    problems = _hidden_sheets(rows_of_hidden)
    if not with_hidden:
        return Book(grids, problems)
    hidden_grids = [table.grid() for table in hidden]
    return Book(grids, problems, hidden_grids)


def _by_calamine(path: Path, data: bytes, with_hidden: bool) -> Book:
    """A workbook of Excel: its values by calamine, and how they look by a reader of the format."""
    from python_calamine import load_workbook

    looks = _looks(path, data)
    book = load_workbook(io.BytesIO(data))
    sheets = _sheets(book, looks)
    look_of_each = [_look(sheet.name, looks) for sheet in sheets.visible]
    grids = [*map(_grid, sheets.visible, look_of_each)]
    problems = _hidden_sheets(_rows_of_each(sheets.hidden))
    if None in look_of_each:
        problems.append(Problem("sheet_formats_unknown"))
    if not with_hidden:
        return Book(grids, problems)
    hidden_grids = []
    for sheet in sheets.hidden:
        look = _look(sheet.name, looks)
        hidden_grids.append(_grid(sheet, look))
    return Book(grids, problems, hidden_grids)


def _rows_of_each(sheets: Iterable[CalamineSheet]) -> dict[str, int]:
    """How many rows each sheet has that is not empty, by its name."""
    rows: dict[str, int] = {}
    for sheet in sheets:
        if sheet.end:
            last_row, _ = sheet.end
            rows[sheet.name] = last_row + 1
    return rows


def _looks(path: Path, data: bytes) -> _Looks | None:
    """How the sheets look; None where the file doesn't say it.

    Raises:
        BoardError: encrypted, scattered, too_much_text, broken_workbook.
    """
    # What calamine says of a damaged file is better
    with contextlib.suppress(*compound.BROKEN, *elements.BROKEN, KeyError):
        if data.startswith(kinds.OLE):
            return biff.Looks(path, data)
        archive = zipfile.ZipFile(io.BytesIO(data))
        if xlsb.BOOK in archive.namelist():
            xlsb.refuse_scattered(path, archive)
            return None
        cells = extents.filled_cells(path, archive)
        shared_strings.refuse_long(path, archive, cells)
        return xlsx.Looks(archive)
    return None


def _sheets(book: CalamineWorkbook, looks: _Looks | None) -> _Sheets:
    """The sheets of cells, among the visible ones the active first."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = _Sheets(visible=[], hidden=[])
    active = looks.active if looks else 0
    for number, metadata in enumerate(book.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(number)
        if metadata.visible != SheetVisibleEnum.Visible:
            sheets.hidden.append(sheet)
        elif number == active:
            sheets.visible.insert(0, sheet)
        else:
            sheets.visible.append(sheet)
    return sheets


def _hidden_sheets(rows: Mapping[str, int]) -> list[Problem]:
    """One Problem that names the hidden sheets and their number of rows, without empty ones."""
    sheets = [f"{name} ({number})" for name, number in rows.items() if number]
    if not sheets:
        return []
    names = "、".join(sheets)
    return [Problem("sheet_hidden", 0, "", names)]


def _look(name: str, looks: _Looks | None) -> Look | None:
    """How a sheet looks; None where the file doesn't say it, or says it in no sound XML."""
    with contextlib.suppress(*elements.BROKEN, KeyError):
        if looks:
            return looks.of(name)
    return None


def _grid(sheet: CalamineSheet, look: Look | None) -> Grid:
    values = sheet.to_python(skip_empty_area=False)
    rows = [[*map(_as_typed, cells)] for cells in values]
    ranges = sheet.merged_cell_ranges or []
    known_look = look or Look()
    return grid_of(sheet.name, rows, ranges, known_look)


def _as_typed(value: Any) -> str:
    """A workbook's value as a person would type it: 8.0 is 8, a date is 2020-08-31."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
