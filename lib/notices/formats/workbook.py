"""An .xlsx → blocks: each sheet a table, with its merged cells; numbers and dates as a person would type them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from lib.errors import BoardError
from lib.notices.formats import readers
from lib.notices.formats.office import Parts, number, value
from lib.notices.model import Block

_COLUMNS: Final = 200
_ROWS: Final = 60_000
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_CODE: Final = re.compile(r'(?:\[[^\]]*\]|"[^"]*"|\\.)|([yYmMdD])')


class _Strings:
    """sharedStrings.xml, without the phonetic readings."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.piece: list[str] = []
        self.phonetic = False
        self.inside = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self.piece = []
        self.phonetic = self.phonetic or tag == "rPh"
        self.inside = tag == "t"

    def end(self, tag: str) -> None:
        if tag == "si":
            self.found.append(readers.clean("".join(self.piece)))
        self.phonetic = self.phonetic and tag != "rPh"
        self.inside = False

    def chars(self, text: str) -> None:
        if self.inside and not self.phonetic:
            self.piece.append(text)


class _Formats:
    """styles.xml: which cell formats show a number as a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self.codes: set[int] = set()
        self.cells = False
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            code = value(attributes, "formatCode")
            if any(match[1] for match in _DATE_CODE.finditer(code)):
                self.codes.add(number(value(attributes, "numFmtId")))
        self.cells = self.cells or tag == "cellXfs"
        if tag == "xf" and self.cells:
            form = number(value(attributes, "numFmtId"))
            if form in _DATE_IDS or form in self.codes:
                self.dates.add(self.count)
            self.count += 1

    def end(self, tag: str) -> None:
        self.cells = self.cells and tag != "cellXfs"


class _Book:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self.since = date(1899, 12, 30)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and value(attributes, "state") not in ("hidden", "veryHidden"):
            reference = next(
                (text for name, text in attributes.items() if name.endswith(":id")), ""
            )
            self.sheets.append((value(attributes, "name"), reference))
        elif tag == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif tag == "workbookPr" and value(attributes, "date1904") in ("1", "true"):
            self.since = date(1904, 1, 1)

    def part(self, reference: str) -> str:
        target = self.targets.get(reference, "")
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Sheet:
    def __init__(self, parts: Parts, strings: list[str], dates: set[int], since: date) -> None:
        self.parts, self.strings, self.dates, self.since = parts, strings, dates, since
        self.cells: dict[tuple[int, int], str] = {}
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self.row, self.column = -1, -1
        self.kind, self.form = "", 0
        self.text: list[str] = []
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.row = number(attributes.get("r", ""), self.row + 2) - 1
            self.column = -1
        elif tag == "c":
            self._place(attributes.get("r", ""))
            self.kind, self.form, self.text = (
                attributes.get("t", ""),
                number(attributes.get("s", "")),
                [],
            )
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        self.inside = tag in ("v", "t")

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        self.column = column_of(match[1]) if match else self.column + 1

    def _merge(self, reference: str) -> None:
        corners = [(int(m[2]) - 1, column_of(m[1])) for m in _REFERENCE.finditer(reference)]
        if len(corners) == 2:
            (top, left), (bottom, right) = corners
            if 0 <= bottom - top < _ROWS and 0 <= right - left < _COLUMNS * 90:
                self.merged[top, left] = (bottom - top + 1, min(right, _COLUMNS) - left + 1)

    def end(self, tag: str) -> None:
        self.inside = False
        if tag == "c" and self.text:
            text = self._value("".join(self.text))
            if text.strip() and 0 <= self.column < _COLUMNS and self.row >= 0:
                self.cells[self.row, self.column] = text
                if len(self.cells) > readers.PIECES or self.row > _ROWS:
                    raise BoardError("notice_bomb", file=self.parts.name)

    def chars(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def _value(self, text: str) -> str:
        if self.kind == "s":
            at = number(text, -1)
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if self.kind in ("", "n"):
            return self._number(text)
        return readers.clean(text)

    def _number(self, text: str) -> str:
        try:
            size = float(text)
        except ValueError:
            return readers.clean(text)
        if self.form in self.dates and 20_000 < size < 80_000:
            return (self.since + timedelta(int(size))).isoformat()
        return str(int(size)) if abs(size) < 1e15 and size == int(size) else repr(size)


def column_of(letters: str) -> int:
    """0 for A, 26 for AA."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def blocks(parts: Parts) -> list[Block]:
    """The blocks of a workbook: what is written in its sheets that are not hidden."""
    book, strings, formats = _Book(), _Strings(), _Formats()
    parts.read("xl/workbook.xml", book.start, _nothing, _nothing)
    parts.read("xl/_rels/workbook.xml.rels", book.start, _nothing, _nothing)
    parts.read("xl/sharedStrings.xml", strings.start, strings.end, strings.chars)
    parts.read("xl/styles.xml", formats.start, formats.end, _nothing)
    found: list[Block] = []
    for at, (_, reference) in enumerate(book.sheets):
        sheet = _Sheet(parts, strings.found, formats.dates, book.since)
        parts.read(book.part(reference), sheet.start, sheet.end, sheet.chars)
        found += _of(sheet, at)
    return readers.capped(found)


def _of(sheet: _Sheet, table: int) -> list[Block]:
    rows = sorted({row for row, _ in sheet.cells})
    if not rows:
        return []
    last = max(column for _, column in sheet.cells)
    place = {row: at for at, row in enumerate(rows)}
    grid = [[sheet.cells.get((row, column), "") for column in range(last + 1)] for row in rows]
    merged = {}
    for (top, left), (down, across) in sheet.merged.items():
        covered = sum(top <= row < top + down for row in rows) if down > 1 else 1
        if top in place and left <= last:
            merged[place[top], left] = (max(1, covered), min(across, last + 1 - left))
    return readers.grid_blocks(grid, table, merged)


def _nothing(*_: object) -> None:
    pass
