"""What an .xlsx says about its cells beside their values: formats, strike-out, hidden rows, errors.

Only a sheet in which there is such a thing is read for it, so that a plain one costs no time.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.files import archives, number_formats
from lib.files.elements import Attributes, Reader, plain, stream
from lib.files.grid import Place
from lib.files.look import Look
from lib.files.number_formats import Shown
from lib.text import day_numbers

_PIECE: Final = 1 << 20  # bytes of a sheet that are searched at a time
_COLUMNS: Final = 16_384  # of a sheet
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SMALL: Final = re.compile("[0-9]{1,7}")
_TRUE: Final = frozenset({"1", "true"})
_FALSE: Final = frozenset({"0", "false"})
_STRIKE: Final = b"strike"
# What stands in a sheet whose cells may look otherwise than their values; single quotes are rare
_HINTS: Final = (b'hidden="1"', b'hidden="true"', b't="e"', b"='", b"</f>", _STRIKE)
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class Looks:
    """How the sheets of an .xlsx look.

    active: the number of the sheet that Excel opens, from 0, hidden ones counted.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read what all sheets refer to; raises `elements.BROKEN`."""
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._book = _Book()
        self._styles = _Styles()
        stream(archive, "xl/workbook.xml", self._book)
        stream(archive, "xl/_rels/workbook.xml.rels", self._book)
        stream(archive, "xl/styles.xml", self._styles)
        self._strings = self._strings_of_runs()
        self.active = self._book.active

    def of(self, sheet: str) -> Look:
        """How a sheet looks, by its name."""
        part = self._book.part(sheet)
        if part not in self._names or not self._has_looks(part):
            return Look()
        cells = _Cells(self._book, self._styles, self._strings, self._kinds(part))
        stream(self._archive, part, cells)
        cells.end_cell()
        return cells.look

    def _kinds(self, part: str) -> frozenset[str]:
        """The kinds of cells that may look otherwise than their values whatever their style."""
        kinds = {"e"}
        if self._strings:
            kinds.add("s")
        if self._styles.struck or self._holds(part, [_STRIKE]):
            kinds.add("inlineStr")
        return frozenset(kinds)

    def _has_looks(self, part: str) -> bool:
        """Whether something in a sheet may look otherwise than its value."""
        if self._strings or "0" in self._styles.special:
            return True
        styles = [f' s="{style}"'.encode() for style in self._styles.special]
        return self._holds(part, (*_HINTS, *styles))

    def _holds(self, part: str, words: Sequence[bytes]) -> bool:
        """Whether one of some words stands in a part; a search of bytes is much cheaper than XML."""
        pieces = archives.pieces(self._archive, part, _PIECE, b"<")
        return any(word in piece for piece in pieces for word in words)

    def _strings_of_runs(self) -> dict[int, list[_Run]]:
        """The shared strings that are written in several ways, where any cell is struck out."""
        strings = _Strings()
        part = "xl/sharedStrings.xml"
        if part in self._names and (self._styles.struck or self._holds(part, [_STRIKE])):
            stream(self._archive, part, strings)
            strings.end()
        return strings.of_runs


# --- the book -------------------------------------------------------------------------------------


class _Book(Reader):
    """workbook.xml and its relations: where the sheets stand, and which one is active."""

    def __init__(self) -> None:
        self.active = 0
        self.calendar = day_numbers.CALENDAR
        self._references: dict[str, str] = {}  # by the name of the sheet
        self._targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            by_name = {plain(name): text for name, text in attributes.items()}
            self._references[by_name.get("name", "")] = by_name.get("id", "")
        elif tag == "Relationship":
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif tag == "workbookView":
            self.active = _number(attributes.get("activeTab", ""))
        elif tag == "workbookPr" and attributes.get("date1904") in _TRUE:
            self.calendar = number_formats.CALENDAR_1904

    def part(self, sheet: str) -> str:
        """Where a sheet stands, "" where that is not said."""
        target = self._targets.get(self._references.get(sheet, ""), "")
        return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


class _Styles(Reader):
    """styles.xml: the formats and fonts of cells, by the number of their style.

    formats: style → number format, of those that show something else than was typed.
    struck: styles whose font is struck out.
    """

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.struck: set[str] = set()
        self._codes: dict[int, str] = dict(number_formats.BUILT_IN)
        self._struck_fonts: set[int] = set()
        self._fonts = 0
        self._styles = 0
        self._part = ""

    @property
    def special(self) -> set[str]:
        """The styles under which a cell may look otherwise than its value."""
        return self.formats.keys() | self.struck

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._part = tag
        elif tag == "numFmt" and self._part != "dxfs":
            code = attributes.get("formatCode", "")
            self._codes[_number(attributes.get("numFmtId", ""))] = code
        elif tag == "font" and self._part == "fonts":
            self._fonts += 1
        elif tag == "strike" and self._part == "fonts" and attributes.get("val") not in _FALSE:
            self._struck_fonts.add(self._fonts - 1)
        elif tag == "xf" and self._part == "cellXfs":
            self._add(attributes)

    def _add(self, attributes: Attributes) -> None:
        style = str(self._styles)
        self._styles += 1
        code = self._codes.get(_number(attributes.get("numFmtId", "")), "")
        if code.lower() not in number_formats.PLAIN:
            self.formats[style] = code
        if _number(attributes.get("fontId", "")) in self._struck_fonts:
            self.struck.add(style)


# --- texts ----------------------------------------------------------------------------------------


@dataclass
class _Run:
    """A part of a text that is written in one way; struck: out or not, None for as its cell."""

    struck: bool | None = None
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        text = "".join(self.pieces)
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)

    def is_out(self, *, cell: bool) -> bool:
        """Whether it is struck out; cell: whether its cell is."""
        if self.struck is None:
            return cell
        return self.struck


class _Runs(Reader):
    """A text in runs, its phonetic readings left out."""

    def __init__(self) -> None:
        self.runs: list[_Run] = []
        self._run = _Run()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Read an element of the text."""
        if tag in ("si", "is"):
            self._run = _Run()
            self.runs = [self._run]
        elif tag == "r":
            self._run = _Run()
            self.runs.append(self._run)
        elif tag == "rPr":
            self._run.struck = False
        elif tag == "strike":
            self._run.struck = attributes.get("val") not in _FALSE
        elif tag == "rPh":
            self._run = _Run()  # no run of the text
        elif tag == "t":
            self.collect(self._run.pieces)


class _Strings(_Runs):
    """sharedStrings.xml: the strings of several runs, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.of_runs: dict[int, list[_Run]] = {}
        self._count = -1

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self.end()
            self._count += 1
        super().start(tag, attributes)

    def end(self) -> None:
        """Keep the string that has been read."""
        if any(run.struck is not None for run in self.runs):
            self.of_runs[self._count] = self.runs
        self.runs = []


# --- cells ----------------------------------------------------------------------------------------


class _Cells(_Runs):
    """A sheet's cells that look otherwise than their values."""

    def __init__(
        self,
        book: _Book,
        styles: _Styles,
        strings: dict[int, list[_Run]],
        kinds: frozenset[str],
    ) -> None:
        super().__init__()
        self.look = Look()
        self._book = book
        self._styles = styles
        self._special = frozenset(styles.special)
        self._kinds = kinds
        self._strings = strings
        self._row = -1
        self._column = -1
        self._begun: Attributes = {}  # the cell that was begun last
        self._cell: Attributes | None = None  # the same, if it is looked at
        self._has_formula = False
        self._value: list[str] = []
        self._others = {"row": self._start_row, "col": self._hide_columns, "f": self._start_formula}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self.end_cell()
            self._column += 1
            self._begun = attributes
            if attributes.get("t") in self._kinds or attributes.get("s", "0") in self._special:
                self._cell = attributes
        elif tag == "v":
            if self._cell is not None:
                self.collect(self._value)
        elif tag in self._others:
            self._others[tag](attributes)
        elif self._cell is not None:
            super().start(tag, attributes)

    def end_cell(self) -> None:
        """Look at the cell that has been read."""
        if self._cell is None:
            return
        place = self._place(self._cell.get("r", ""))
        style, kind = self._cell.get("s", "0"), self._cell.get("t", "n")
        self._look_at(place, style, kind, "".join(self._value))
        self._cell = None
        self._has_formula = False
        self._value = []
        self.runs = []

    def _look_at(self, place: Place, style: str, kind: str, value: str) -> None:
        runs = self.runs
        if kind == "s":
            runs = self._strings.get(_number(value), [])
        code = self._styles.formats.get(style, "")
        if code == number_formats.NOTHING:
            self.look.concealed.add(place)
            return
        if any(run.struck is not None for run in runs):
            is_struck = style in self._styles.struck
            self.look.add_runs(place, [(run.text, run.is_out(cell=is_struck)) for run in runs])
        elif style in self._styles.struck:
            self.look.struck[place] = None
        if kind == "e":
            self.look.texts[place] = Shown(value)
        elif kind == "n":
            self._look_at_number(place, code, value)

    def _look_at_number(self, place: Place, code: str, value: str) -> None:
        if value and code:
            shown = number_formats.shown(float(value), code, self._book.calendar)
            if shown:
                self.look.texts[place] = shown
        elif not value and self._has_formula:
            self.look.unknown.append(place)

    def _place(self, reference: str) -> Place:
        """Where a cell stands, which follows the one before where it doesn't say it."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return self._row, self._column
        return int(match[2]) - 1, archives.column_number(match[1]) - 1

    def _start_formula(self, _: Attributes) -> None:
        self._cell = self._begun
        self._has_formula = True

    def _start_row(self, attributes: Attributes) -> None:
        self.end_cell()
        self._row = _number(attributes.get("r", ""), self._row + 2) - 1
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.look.rows.add(self._row)

    def _hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = _number(attributes.get("min", "")), _number(attributes.get("max", ""))
            self.look.columns.update(range(first - 1, min(last, _COLUMNS)))


def _number(text: str, default: int = 0) -> int:
    """A small whole number as an attribute has it."""
    if _SMALL.fullmatch(text):
        return int(text)
    return default
