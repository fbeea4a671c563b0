"""How far the sheets of an .xlsx reach: two cells far apart would take all memory.

A sheet that says where its cells stand as all programs write it is only searched. Any other is read.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final, NamedTuple
from xml.parsers.expat import ExpatError

from lib.errors import BoardError
from lib.files import archives
from lib.files.elements import Attributes, Reader, plain, stream

_PIECE: Final = 1 << 20  # bytes of a sheet that are looked at together
_PLACES: Final = 4_000_000  # up to the last row and column, that are read however few are filled
_PLACES_IN_BOOK: Final = 8_000_000
_PLACES_EACH: Final = 20  # that there may be for each filled one, beyond that
_LETTERS: Final = 26
# A cell or a row that is not written <c r="A1" or <row r="1", or may be beyond Z9999999; a prefix
# before their names; and other bytes than these, by which they may be written
_UNUSUAL: Final = (
    re.compile(rb'<c(?! r="[A-Z][0-9]{1,7}")(?![A-Za-z])'),
    re.compile(rb'<row(?! r="[0-9]{1,7}")'),
    re.compile(rb":(?:c|row)[\s/>]"),
    re.compile(rb"\x00"),
    re.compile(rb"""<\?xml[^<>]{0,80}encoding\s*+=\s*+["'](?!(?:UTF|utf)-8["'])"""),
)
_FILLED: Final = (b"<v>", b"<is>")  # what stands in a cell
_VALUES: Final = frozenset({"v", "is", "f"})
_REFERENCE: Final = re.compile("([A-Za-z]{1,4})([0-9]{1,20})")


class _Rows(NamedTuple):
    """How many rows there may be where a number is found, and none of the next kind.

    number: of a row or a cell, so great or greater.
    """

    number: re.Pattern[bytes]
    rows: int


_ROWS: Final = (
    _Rows(re.compile(rb'"[A-Z]?[0-9]{4,7}"'), 9_999),
    _Rows(re.compile(rb'"[A-Z]?[0-9]{5,7}"'), 99_999),
    _Rows(re.compile(rb'"[A-Z]?[0-9]{6,7}"'), 199_999),
    _Rows(re.compile(rb'"[A-Z]?(?:[2-9][0-9]{5}|[0-9]{7})"'), 399_999),
    _Rows(re.compile(rb'"[A-Z]?(?:[4-9][0-9]{5}|[0-9]{7})"'), 999_999),
    _Rows(re.compile(rb'"[A-Z]?[0-9]{7}"'), 9_999_999),
)
_FEWEST_ROWS: Final = 999


class Reach(NamedTuple):
    """The last row and column of a sheet, from 1, and how many cells are filled."""

    rows: int
    columns: int
    filled: int

    @property
    def places(self) -> int:
        """How many cells there are up to the last row and column."""
        return self.rows * self.columns

    def is_scattered(self, limit: int = _PLACES) -> bool:
        """Whether far more places than a limit are held for few filled cells."""
        return self.places > max(limit, _PLACES_EACH * self.filled)


def refuse(path: Path, reach: Reach) -> None:
    """Raise BoardError scattered where a sheet is far larger than what is filled of it.

    A place is held for each cell up to the last one.
    """
    if reach.is_scattered():
        raise BoardError("scattered", file=path.name, rows=reach.rows, columns=reach.columns)


def refuse_book(path: Path, sheet: Reach, book: Reach) -> None:
    """Raise BoardError scattered where the sheets of a book, of which one is the last, are so."""
    if book.is_scattered(_PLACES_IN_BOOK):
        raise BoardError("scattered", file=path.name, rows=sheet.rows, columns=sheet.columns)


def filled_cells(path: Path, archive: zipfile.ZipFile) -> int:
    """How many cells of an .xlsx are filled, in which none stand far apart.

    Every part is looked at: it is a sheet if the book says so, whatever its name is.

    Raises:
        BoardError: scattered, for a sheet or for all together; broken_workbook for a sheet in which
            one can't see where cells stand.
    """
    places = 0
    filled = 0
    for part in archive.infolist():
        if part.filename.startswith(archives.PICTURES):
            continue
        reach = _searched(archive, part)
        if reach is None or _is_scattered_book(places + reach.places, filled):
            reach = _read(path, archive, part)
        refuse(path, reach)
        places += reach.places
        filled += reach.filled
        refuse_book(path, reach, Reach(places, 1, filled))
    return filled


def _is_scattered_book(places: int, filled: int) -> bool:
    return Reach(places, 1, filled).is_scattered(_PLACES_IN_BOOK)


def _searched(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Reach | None:
    """How far a part may reach at most; None where that can't be told by searching it."""
    rows = _FEWEST_ROWS
    filled = 0
    more_rows = list(_ROWS)
    for piece in archives.pieces(archive, part, _PIECE, b"<"):
        if any(unusual.search(piece) for unusual in _UNUSUAL):
            return None
        filled += sum(map(piece.count, _FILLED))
        while more_rows and more_rows[0].number.search(piece):
            rows = more_rows.pop(0).rows
    reach = Reach(rows, _LETTERS, filled)
    if reach.is_scattered():
        return None
    return reach


def _read(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Reach:
    """How far a part reaches by its elements; nowhere where it is no XML."""
    cells = _Cells()
    try:
        stream(archive, part, cells)
    except ExpatError as error:
        if cells.is_sheet:
            raise BoardError("broken_workbook", file=path.name, why=str(error)) from error
    return Reach(cells.rows, cells.columns, cells.filled)


class _Cells(Reader):
    """The filled cells of a sheet, wherever it says that they stand.

    Without a place a cell stands beside the one before, and a row below the one before.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.filled = 0
        self.is_sheet = False
        self._row = 0
        self._column = 0
        self._is_counted = True  # the cell that has begun

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = plain(tag)
        if tag == "c":
            self._is_counted = False
            self._stand_at(attributes.get("r", ""))
        elif tag == "row":
            self._begin_row(attributes.get("r", ""))
        elif tag in _VALUES and not self._is_counted:
            self._count()

    def _begin_row(self, number: str) -> None:
        self.is_sheet = True
        self._column = 0
        if number.isdecimal():
            self._row = int(number)
        else:
            self._row += 1

    def _stand_at(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            self._column += 1
            return
        self._row = int(match[2])
        self._column = archives.column_number(match[1].upper())

    def _count(self) -> None:
        self._is_counted = True
        self.filled += 1
        self.rows = max(self.rows, self._row)
        self.columns = max(self.columns, self._column)
