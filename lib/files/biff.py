"""What an .xls (or WPS .et) says about its cells beside their values, as `xlsx` does for .xlsx.

The file is a list of records: first those of the whole book, then those of each sheet.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from lib.errors import BoardError
from lib.files import number_formats
from lib.files.biff_strings import FontText, strings_of_fonts
from lib.files.compound import Compound
from lib.files.extents import Reach, refuse, refuse_book
from lib.files.grid import Place
from lib.files.look import Look
from lib.files.number_formats import Shown
from lib.text import day_numbers

STREAM: Final = "workbook"

# The kinds of records
_BEGIN: Final = 0x809
_END: Final = 0x0A
_CONTINUE: Final = 0x3C
_PASSWORD: Final = 0x2F
_WINDOW: Final = 0x3D
_CALENDAR: Final = 0x22
_SHEET: Final = 0x85
_FORMAT: Final = 0x41E
_FONT: Final = 0x31
_STYLE: Final = 0xE0
_STRINGS: Final = 0xFC
_ROW: Final = 0x208
_COLUMNS: Final = 0x7D
_NUMBER: Final = 0x203
_SHORT_NUMBER: Final = 0x27E
_SHORT_NUMBERS: Final = 0xBD
_FORMULA: Final = 0x06
_TRUTH_OR_ERROR: Final = 0x205
_STRING: Final = 0xFD
_LABEL: Final = 0x204
_CELLS: Final = frozenset({_NUMBER, _SHORT_NUMBER, _FORMULA, _TRUTH_OR_ERROR, _STRING, _LABEL})

_EXCEL_97: Final = b"\x00\x06"  # the version whose looks are read
_IN_1904: Final = b"\x01"
_HIDDEN_ROW: Final = 0x20
_HIDDEN_COLUMN: Final = 0x01
_STRUCK: Final = 0x08
_NO_FONT: Final = 4  # fonts are counted 0, 1, 2, 3, 5 …
_NO_NUMBER: Final = b"\xff\xff"  # at the end of a formula's result
_ERROR: Final = 2  # the kind of a formula's result
# The flags of a number in four bytes
_IN_HUNDREDTHS: Final = 1
_IS_WHOLE: Final = 2
_FLAGS: Final = 2  # bits
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class _Record(NamedTuple):
    kind: int
    data: bytes


class Looks:
    """How the sheets of an .xls look.

    active: the number of the sheet that is opened, from 0, hidden ones counted.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        """Read the whole book, before anything else takes the memory for it.

        Raises:
            BoardError: encrypted, scattered.
            compound.BROKEN, KeyError: the file is damaged, or older than Excel 97.
        """
        stream = Compound(data).read(STREAM)
        book = _Book(path, _records(stream, 0))
        self.active = book.active
        self._looks: dict[str, Look] = {}
        places = filled = 0
        for name, start in book.sheets.items():
            cells = _Cells(book)
            for record in _records(stream, start):
                cells.read(record)
            reach = Reach(cells.rows, cells.columns, cells.filled)
            refuse(path, reach)
            places += reach.places
            filled += reach.filled
            refuse_book(path, reach, Reach(places, 1, filled))
            self._looks[name] = cells.look

    def of(self, sheet: str) -> Look:
        """How a sheet looks, by its name."""
        return self._looks[sheet]


def _records(data: bytes, start: int) -> Iterator[_Record]:
    """The records of the book or of a sheet, without those of the charts in it."""
    place, depth = start, 0
    while True:
        kind, size = struct.unpack_from("<2H", data, place)
        content = data[place + 4 : place + 4 + size]
        place += 4 + size
        if kind == _BEGIN:
            depth += 1
        if depth == 1:
            yield _Record(kind, content)
        if kind == _END:
            depth -= 1
            if depth < 1:
                return


# --- the book -------------------------------------------------------------------------------------


class _Book:
    """The records of the whole book.

    active: the number of the sheet that is opened.
    sheets: where each begins, by its name.
    formats: style → number format, of those that show something else than was typed.
    struck: styles whose font is struck out, and struck_fonts: these fonts.
    strings: the texts in several fonts, by their number, where any font is struck out.
    """

    def __init__(self, path: Path, records: Iterable[_Record]) -> None:
        self.active = 0
        self.calendar = day_numbers.CALENDAR
        self.sheets: dict[str, int] = {}
        self.formats: dict[int, str] = {}
        self.struck: set[int] = set()
        self.struck_fonts: set[int] = set()
        self.strings: dict[int, FontText] = {}
        self._codes = dict(number_formats.BUILT_IN)
        self._fonts = 0
        self._styles = 0
        parts: list[bytes] = []  # of the strings
        continued = 0
        for kind, data in records:
            if kind == _PASSWORD:
                raise BoardError("encrypted", file=path.name)
            if kind == _BEGIN and data[:2] != _EXCEL_97:
                raise ValueError("older than Excel 97")
            if kind != _CONTINUE:
                continued = kind
            if continued == _STRINGS:
                parts.append(data)
            self._read(kind, data)
        if parts and self.struck_fonts:
            self.strings = strings_of_fonts(parts)

    def _read(self, kind: int, data: bytes) -> None:
        if kind == _WINDOW:
            (self.active,) = struct.unpack_from("<H", data, 10)
        elif kind == _CALENDAR and data.startswith(_IN_1904):
            self.calendar = number_formats.CALENDAR_1904
        elif kind == _SHEET:
            (start,) = struct.unpack_from("<I", data)
            self.sheets[_text(data[6:], length_size=1)] = start
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", data)
            self._codes[number] = _text(data[2:], length_size=2)
        elif kind == _FONT:
            self._add_font(data)
        elif kind == _STYLE:
            self._add_style(data)

    def _add_font(self, data: bytes) -> None:
        number = self._fonts
        if number >= _NO_FONT:
            number += 1
        self._fonts += 1
        (flags,) = struct.unpack_from("<H", data, 2)
        if flags & _STRUCK:
            self.struck_fonts.add(number)

    def _add_style(self, data: bytes) -> None:
        font, number = struct.unpack_from("<2H", data)
        code = self._codes.get(number, "")
        if code.lower() not in number_formats.PLAIN:
            self.formats[self._styles] = code
        if font in self.struck_fonts:
            self.struck.add(self._styles)
        self._styles += 1


def _text(data: bytes, length_size: int) -> str:
    """A short text: its length, whether its characters have two bytes, and they."""
    length = int.from_bytes(data[:length_size], "little")
    is_wide = data[length_size] & 1
    characters = data[length_size + 1 :]
    if is_wide:
        return characters[: 2 * length].decode("utf-16-le")
    return characters[:length].decode("latin-1")


# --- cells ----------------------------------------------------------------------------------------


class _Cells:
    """The cells of a sheet, told record by record.

    look: how they look; filled: how many there are; rows and columns: up to the last one.
    """

    def __init__(self, book: _Book) -> None:
        self.look = Look()
        self.filled = self.rows = self.columns = 0
        self._book = book

    def read(self, record: _Record) -> None:
        """Read a record."""
        kind, data = record
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<3H", data)
            self._read_cell(kind, (row, column), style, data[6:])
        elif kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<2H", data)
            numbers = struct.iter_unpack("<HI", data[4:-2])
            for column, (style, number) in enumerate(numbers, first):
                self._look_at((row, column), style)
                self._look_at_number((row, column), style, _short(number))
        elif kind == _ROW:
            (row,) = struct.unpack_from("<H", data)
            (flags,) = struct.unpack_from("<I", data, 12)
            if flags & _HIDDEN_ROW:
                self.look.rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", data)
            if flags & _HIDDEN_COLUMN:
                self.look.columns.update(range(first, last + 1))

    def _read_cell(self, kind: int, place: Place, style: int, data: bytes) -> None:
        self._look_at(place, style)
        if kind == _NUMBER:
            self._look_at_number(place, style, *struct.unpack_from("<d", data))
        elif kind == _SHORT_NUMBER:
            self._look_at_number(place, style, _short(*struct.unpack_from("<I", data)))
        elif kind == _STRING:
            self._look_at_string(place, style, *struct.unpack_from("<I", data))
        elif kind == _TRUTH_OR_ERROR and data[1]:
            self._name_error(place, data[0])
        elif kind == _FORMULA and data[6:8] != _NO_NUMBER:
            self._look_at_number(place, style, *struct.unpack_from("<d", data))
        elif kind == _FORMULA and data[0] == _ERROR:
            self._name_error(place, data[2])

    def _look_at(self, place: Place, style: int) -> None:
        """Count a cell, and look at what holds for all that stands in it."""
        row, column = place
        self.filled += 1
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        if self._book.formats.get(style) == number_formats.NOTHING:
            self.look.concealed.add(place)
        elif style in self._book.struck:
            self.look.struck[place] = None

    def _look_at_number(self, place: Place, style: int, value: float) -> None:
        code = self._book.formats.get(style)
        if code and code != number_formats.NOTHING:
            shown = number_formats.shown(value, code, self._book.calendar)
            if shown:
                self.look.texts[place] = shown

    def _look_at_string(self, place: Place, style: int, number: int) -> None:
        """Tell what of a text in several fonts is struck out; up to the first it is as the cell."""
        if number in self._book.strings and place not in self.look.concealed:
            pieces, fonts = self._book.strings[number]
            is_struck = [style in self._book.struck]
            is_struck += [font in self._book.struck_fonts for font in fonts]
            self.look.add_runs(place, [*zip(pieces, is_struck, strict=True)])

    def _name_error(self, place: Place, code: int) -> None:
        self.look.texts[place] = Shown(_ERRORS[code])


def _short(raw: int) -> float:
    """A number in four bytes: whole or the upper half of a longer one, and perhaps in hundredths."""
    flags = raw & (_IN_HUNDREDTHS | _IS_WHOLE)
    if flags & _IS_WHOLE:
        (signed,) = struct.unpack("<i", struct.pack("<I", raw))
        value = float(signed >> _FLAGS)
    else:
        (value,) = struct.unpack("<d", struct.pack("<2I", 0, raw - flags))
    if flags & _IN_HUNDREDTHS:
        return value / 100
    return value
