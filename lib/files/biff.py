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
_END_OF_RESULT: Final = slice(6, 8)  # of a formula
_NO_NUMBER: Final = b"\xff\xff"  # what stands there then
_ERROR: Final = 2  # the kind of a formula's result
# The flags of a number in four bytes
_IN_HUNDREDTHS: Final = 1
_IS_WHOLE: Final = 2
_FLAG_BITS: Final = 2
_HUNDRED: Final = 100
# The beginnings of records
_HEAD: Final = struct.Struct("<2H")  # of each: its kind, and how many bytes follow
_CELL: Final = struct.Struct("<3H")  # row, column, style
_ROW_NUMBERS: Final = struct.Struct("<H 10x I")  # row, flags
_COLUMN_NUMBERS: Final = struct.Struct("<2H 4x H")  # first column, last column, flags
_RUN_OF_NUMBERS: Final = struct.Struct("<2H")  # row, first column
_NUMBER_IN_RUN: Final = struct.Struct("<HI")  # style, a number in four bytes
_ACTIVE_SHEET: Final = struct.Struct("<10x H")
_FONT_FLAGS: Final = struct.Struct("<2x H")
_FONT_AND_FORMAT: Final = struct.Struct("<2H")
# Single numbers
_SHORT: Final = struct.Struct("<H")
_LONG: Final = struct.Struct("<I")
_SIGNED: Final = struct.Struct("<i")
_FLOAT: Final = struct.Struct("<d")
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
        places = 0
        filled = 0
        for name, start in book.sheets.items():
            cells = _Cells(book)
            for record in _records(stream, start):
                cells.read(record)
            reach = cells.reach
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
    place = start
    depth = 0
    while True:
        kind, size = _HEAD.unpack_from(data, place)
        begin = place + _HEAD.size
        place = begin + size
        if kind == _BEGIN:
            depth += 1
        if depth == 1:
            yield _Record(kind, data[begin:place])
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
        parts_of_strings: list[bytes] = []
        last_kind = 0
        for kind, data in records:
            if kind == _PASSWORD:
                raise BoardError("encrypted", file=path.name)
            if kind == _BEGIN and not data.startswith(_EXCEL_97):
                raise ValueError("older than Excel 97")
            if kind != _CONTINUE:
                last_kind = kind
            if last_kind == _STRINGS:
                parts_of_strings.append(data)
            self._read(kind, data)
        if parts_of_strings and self.struck_fonts:
            self.strings = strings_of_fonts(parts_of_strings)

    def _read(self, kind: int, data: bytes) -> None:
        if kind == _WINDOW:
            (self.active,) = _ACTIVE_SHEET.unpack_from(data)
        elif kind == _CALENDAR and data.startswith(_IN_1904):
            self.calendar = number_formats.CALENDAR_1904
        elif kind == _SHEET:
            (start,) = _LONG.unpack_from(data)
            name = _text(data[6:], length_size=1)
            self.sheets[name] = start
        elif kind == _FORMAT:
            (number,) = _SHORT.unpack_from(data)
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
        (flags,) = _FONT_FLAGS.unpack_from(data)
        if flags & _STRUCK:
            self.struck_fonts.add(number)

    def _add_style(self, data: bytes) -> None:
        font, number = _FONT_AND_FORMAT.unpack_from(data)
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

    look: how they look.
    """

    def __init__(self, book: _Book) -> None:
        self.look = Look()
        self._book = book
        self._filled = 0
        self._rows = 0  # up to the last cell
        self._columns = 0

    @property
    def reach(self) -> Reach:
        """How far they reach, and how many there are."""
        return Reach(self._rows, self._columns, self._filled)

    def read(self, record: _Record) -> None:
        """Read a record."""
        kind, data = record
        if kind in _CELLS:
            row, column, style = _CELL.unpack_from(data)
            self._read_cell(kind, (row, column), style, data[_CELL.size :])
        elif kind == _SHORT_NUMBERS:
            self._read_short_numbers(data)
        elif kind == _ROW:
            row, flags = _ROW_NUMBERS.unpack_from(data)
            if flags & _HIDDEN_ROW:
                self.look.rows.add(row)
        elif kind == _COLUMNS:
            first, last, flags = _COLUMN_NUMBERS.unpack_from(data)
            if flags & _HIDDEN_COLUMN:
                self.look.columns.update(range(first, last + 1))

    def _read_short_numbers(self, data: bytes) -> None:
        """Read the cells of a row that stand side by side, each with a number in four bytes."""
        row, first = _RUN_OF_NUMBERS.unpack_from(data)
        content = data[_RUN_OF_NUMBERS.size : -_SHORT.size]  # the last column comes after them
        numbers = _NUMBER_IN_RUN.iter_unpack(content)
        for column, (style, number) in enumerate(numbers, first):
            place = (row, column)
            self._look_at(place, style)
            self._look_at_number(place, style, _unpacked(number))

    def _read_cell(self, kind: int, place: Place, style: int, data: bytes) -> None:
        self._look_at(place, style)
        if kind == _NUMBER:
            (value,) = _FLOAT.unpack_from(data)
            self._look_at_number(place, style, value)
        elif kind == _SHORT_NUMBER:
            (packed,) = _LONG.unpack_from(data)
            self._look_at_number(place, style, _unpacked(packed))
        elif kind == _STRING:
            (number,) = _LONG.unpack_from(data)
            self._look_at_string(place, style, number)
        elif kind == _TRUTH_OR_ERROR and data[1]:
            self._name_error(place, data[0])
        elif kind == _FORMULA:
            self._read_formula(place, style, data)

    def _read_formula(self, place: Place, style: int, data: bytes) -> None:
        """Read a formula's result: a number, or what its first byte says."""
        if data[_END_OF_RESULT] != _NO_NUMBER:
            (value,) = _FLOAT.unpack_from(data)
            self._look_at_number(place, style, value)
        elif data[0] == _ERROR:
            self._name_error(place, data[2])

    def _look_at(self, place: Place, style: int) -> None:
        """Count a cell, and look at what holds for all that stands in it."""
        row, column = place
        self._filled += 1
        self._rows = max(self._rows, row + 1)
        self._columns = max(self._columns, column + 1)
        if self._book.formats.get(style) == number_formats.NOTHING:
            self.look.concealed.add(place)
        elif style in self._book.struck:
            self.look.struck[place] = None

    def _look_at_number(self, place: Place, style: int, value: float) -> None:
        code = self._book.formats.get(style)
        if not code or code == number_formats.NOTHING:
            return
        text = number_formats.shown(value, code, self._book.calendar)
        if text:
            self.look.texts[place] = text

    def _look_at_string(self, place: Place, style: int, number: int) -> None:
        """Tell what of a text in several fonts is struck out; up to the first it is as the cell."""
        if number not in self._book.strings or place in self.look.concealed:
            return
        text = self._book.strings[number]
        is_struck = [style in self._book.struck]
        for font in text.fonts:
            is_struck.append(font in self._book.struck_fonts)
        runs = zip(text.pieces, is_struck, strict=True)
        self.look.add_runs(place, [*runs])

    def _name_error(self, place: Place, code: int) -> None:
        self.look.texts[place] = Shown(_ERRORS[code])


def _unpacked(packed: int) -> float:
    """A number in four bytes: whole or the upper half of a longer one, and perhaps in hundredths."""
    flags = packed & (_IN_HUNDREDTHS | _IS_WHOLE)
    if flags & _IS_WHOLE:
        (signed,) = _SIGNED.unpack(_LONG.pack(packed))
        value = float(signed >> _FLAG_BITS)
    else:
        lower_half = bytes(_LONG.size)
        upper_half = _LONG.pack(packed - flags)
        (value,) = _FLOAT.unpack(lower_half + upper_half)
    if flags & _IN_HUNDREDTHS:
        return value / _HUNDRED
    return value
