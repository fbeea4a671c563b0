"""An .xlsx → blocks: each sheet a table, with its merged cells; numbers and dates as a person would type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from lib.errors import BoardError
from lib.files.archives import column_number
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.formats.grids import Extent, Place, grid_blocks
from lib.notices.formats.office import Parts, ignore, number, value
from lib.notices.model import Block

_COLUMNS: Final = 200  # that are read
_WIDEST: Final = 18_000  # columns of a merged cell that is believed: a sheet has 16,384
_ROWS: Final = 60_000  # that are read
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Excel's own formats that show a number as a date
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_SIGN: Final = re.compile(r'(?:\[[^\]]*\]|"[^"]*"|\\.)|([yYmMdD])')
# Between these days since the beginning of the calendar, 1954 and 2119, a number may be a date
_FIRST_DAY: Final = 20_000
_LAST_DAY: Final = 80_000
_CALENDAR: Final = date(1899, 12, 30)
_CALENDAR_1904: Final = date(1904, 1, 1)
_WHOLE: Final = 1e15  # up to which a float is a whole number for sure


def blocks(parts: Parts) -> list[Block]:
    """The blocks of a workbook: what is written in its sheets that are not hidden."""
    book, strings, formats = _Book(), _Strings(), _Formats()
    parts.read("xl/workbook.xml", book.start, ignore, ignore)
    parts.read("xl/_rels/workbook.xml.rels", book.start, ignore, ignore)
    parts.read("xl/sharedStrings.xml", strings.start, strings.end, strings.chars)
    parts.read("xl/styles.xml", formats.start, formats.end, ignore)
    values = _Values(strings.texts, formats.dates, book.calendar)
    read: list[Block] = []
    for table, reference in enumerate(book.sheets):
        sheet = _Sheet(parts.name, values)
        parts.read(book.part(reference), sheet.start, sheet.end, sheet.chars)
        read += _blocks_of(sheet, table)
    return limits.capped(read)


class _Book:
    """workbook.xml and its relations: the sheets that are not hidden, and their parts."""

    def __init__(self) -> None:
        self.sheets: list[str] = []  # references
        self.calendar = _CALENDAR
        self._targets: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and value(attributes, "state") not in ("hidden", "veryHidden"):
            references = [text for name, text in attributes.items() if name.endswith(":id")]
            self.sheets += references[:1] or [""]
        elif tag == "Relationship":
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif tag == "workbookPr" and value(attributes, "date1904") in ("1", "true"):
            self.calendar = _CALENDAR_1904

    def part(self, reference: str) -> str:
        target = self._targets.get(reference, "")
        if target.startswith("/"):
            return target.lstrip("/")
        return f"xl/{target}"


class _Strings:
    """sharedStrings.xml, without the phonetic readings."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._in_phonetic = False
        self._in_text = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        if tag == "rPh":
            self._in_phonetic = True
        self._in_text = tag == "t"

    def end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append(clean("".join(self._pieces)))
        if tag == "rPh":
            self._in_phonetic = False
        self._in_text = False

    def chars(self, text: str) -> None:
        if self._in_text and not self._in_phonetic:
            self._pieces.append(text)


class _Formats:
    """styles.xml: which cell formats show a number as a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._codes: set[int] = set()  # of the number formats that do so
        self._in_cells = False
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            code = value(attributes, "formatCode")
            if any(match[1] for match in _DATE_SIGN.finditer(code)):
                self._codes.add(number(value(attributes, "numFmtId")))
        if tag == "cellXfs":
            self._in_cells = True
        if tag == "xf" and self._in_cells:
            code_number = number(value(attributes, "numFmtId"))
            if code_number in _DATE_FORMATS or code_number in self._codes:
                self.dates.add(self._count)
            self._count += 1

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False


@dataclass(frozen=True)
class _Values:
    """What the cells of all sheets refer to: shared strings, formats of dates, the beginning of the calendar."""

    strings: Sequence[str]
    dates: set[int]
    calendar: date

    def text(self, raw: str, kind: str, style: int) -> str:
        """A cell as a person would type it."""
        if kind == "s":
            place = number(raw, -1)
            if 0 <= place < len(self.strings):
                return self.strings[place]
            return ""
        if kind in ("", "n"):
            return self._number(raw, style)
        return clean(raw)

    def _number(self, raw: str, style: int) -> str:
        try:
            size = float(raw)
        except ValueError:
            return clean(raw)
        if style in self.dates and _FIRST_DAY < size < _LAST_DAY:
            return (self.calendar + timedelta(int(size))).isoformat()
        if abs(size) < _WHOLE and size == int(size):
            return str(int(size))
        return repr(size)


@dataclass
class _Cell:
    """A cell that is being read: where it stands, its kind and style, and its pieces."""

    column: int = -1
    kind: str = ""
    style: int = 0
    pieces: list[str] = field(default_factory=list)


class _Sheet:
    """A sheet's cells that are not empty, and its merged ranges."""

    def __init__(self, name: str, values: _Values) -> None:
        self.cells: dict[Place, str] = {}
        self.merged: dict[Place, Extent] = {}
        self._name = name
        self._values = values
        self._row = -1
        self._cell = _Cell()
        self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._row = number(attributes.get("r", ""), self._row + 2) - 1
            self._cell = _Cell()
        elif tag == "c":
            column = self._column(attributes.get("r", ""))
            style = number(attributes.get("s", ""))
            self._cell = _Cell(column, attributes.get("t", ""), style)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        self._in_value = tag in ("v", "t")

    def end(self, tag: str) -> None:
        self._in_value = False
        if tag == "c" and self._cell.pieces:
            self._cell_ends()

    def chars(self, text: str) -> None:
        if self._in_value:
            self._cell.pieces.append(text)

    def _column(self, reference: str) -> int:
        """The column of a cell, which follows the one before where it doesn't say it."""
        match = _REFERENCE.fullmatch(reference)
        if match:
            return column_number(match[1]) - 1
        return self._cell.column + 1

    def _cell_ends(self) -> None:
        cell = self._cell
        text = self._values.text("".join(cell.pieces), cell.kind, cell.style)
        if text.strip() and 0 <= cell.column < _COLUMNS and self._row >= 0:
            self.cells[self._row, cell.column] = text
            if len(self.cells) > limits.PIECES or self._row > _ROWS:
                raise BoardError("notice_bomb", file=self._name)

    def _merge(self, reference: str) -> None:
        corners = [
            (int(match[2]) - 1, column_number(match[1]) - 1)
            for match in _REFERENCE.finditer(reference)
        ]
        if len(corners) != 2:
            return
        (top, left), (bottom, right) = corners
        if 0 <= bottom - top < _ROWS and 0 <= right - left < _WIDEST:
            self.merged[top, left] = (bottom - top + 1, min(right, _COLUMNS) - left + 1)


def _blocks_of(sheet: _Sheet, table: int) -> list[Block]:
    """The blocks of a sheet, without the rows in which nothing stands."""
    if not sheet.cells:
        return []
    rows = sorted({row for row, _ in sheet.cells})
    width = max(column for _, column in sheet.cells) + 1
    grid = [[sheet.cells.get((row, column), "") for column in range(width)] for row in rows]
    return grid_blocks(grid, table, _merged_among(sheet, rows, width))


def _merged_among(sheet: _Sheet, rows: Sequence[int], width: int) -> dict[Place, Extent]:
    """The merged cells, counted in the rows that are left."""
    merged = {}
    places = {row: place for place, row in enumerate(rows)}
    for (top, left), (down, across) in sheet.merged.items():
        if top in places and left < width:
            covered = sum(1 for row in rows if top <= row < top + down) if down > 1 else 1
            merged[places[top], left] = (max(1, covered), min(across, width - left))
    return merged
