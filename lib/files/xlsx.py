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
_SHARED_STRINGS: Final = "xl/sharedStrings.xml"
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
        kinds = self._kinds(part)
        cells = _Cells(self._book, self._styles, self._strings, kinds)
        stream(self._archive, part, cells)
        cells.end_cell()
        return cells.look

    def _kinds(self, part: str) -> frozenset[str]:
        """The kinds of cells that may look otherwise than their values whatever their style."""
        kinds = {"e"}
        if self._strings:
            kinds.add("s")
        if self._may_strike(part):
            kinds.add("inlineStr")
        return frozenset(kinds)

    def _may_strike(self, part: str) -> bool:
        """Whether a text in a part may be struck out, by its style or by itself."""
        if self._styles.struck:
            return True
        return self._holds(part, [_STRIKE])

    def _has_looks(self, part: str) -> bool:
        """Whether something in a sheet may look otherwise than its value."""
        if self._strings or "0" in self._styles.special:
            return True
        hints = list(_HINTS)
        for style in self._styles.special:
            hint = f' s="{style}"'
            hints.append(hint.encode())
        return self._holds(part, hints)

    def _holds(self, part: str, words: Sequence[bytes]) -> bool:
        """Whether one of some words stands in a part; a search of bytes is much cheaper than XML."""

        def is_hit(piece: bytes) -> bool:
            return any(word in piece for word in words)

        pieces = archives.pieces(self._archive, part, _PIECE, b"<")
        return any(map(is_hit, pieces))

    def _strings_of_runs(self) -> dict[int, list[_Run]]:
        """The shared strings that are written in several ways, where any cell is struck out."""
        part = _SHARED_STRINGS
        if part not in self._names or not self._may_strike(part):
            return {}
        strings = _Strings()
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
            self._add_sheet(attributes)
        elif tag == "Relationship":
            reference = attributes.get("Id", "")
            self._targets[reference] = attributes.get("Target", "")
        elif tag == "workbookView":
            self.active = _number(attributes.get("activeTab", ""))
        elif tag == "workbookPr" and attributes.get("date1904") in _TRUE:
            self.calendar = number_formats.CALENDAR_1904

    def _add_sheet(self, attributes: Attributes) -> None:
        named = {plain(name): text for name, text in attributes.items()}
        sheet = named.get("name", "")
        self._references[sheet] = named.get("id", "")

    def part(self, sheet: str) -> str:
        """Where a sheet stands, "" where that is not said."""
        reference = self._references.get(sheet, "")
        target = self._targets.get(reference, "")
        path = posixpath.join("/xl", target)
        return posixpath.normpath(path).lstrip("/")


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
            number = _number(attributes.get("numFmtId", ""))
            self._codes[number] = attributes.get("formatCode", "")
        elif self._part == "fonts":
            self._read_font(tag, attributes)
        elif tag == "xf" and self._part == "cellXfs":
            self._add_style(attributes)

    def _read_font(self, tag: str, attributes: Attributes) -> None:
        """Read a font, or an element in it."""
        if tag == "font":
            self._fonts += 1
        elif tag == "strike" and attributes.get("val") not in _FALSE:
            self._struck_fonts.add(self._fonts - 1)

    def _add_style(self, attributes: Attributes) -> None:
        style = str(self._styles)
        self._styles += 1
        number = _number(attributes.get("numFmtId", ""))
        code = self._codes.get(number, "")
        shows_something_else = code.lower() not in number_formats.PLAIN
        if shows_something_else:
            self.formats[style] = code
        font = _number(attributes.get("fontId", ""))
        if font in self._struck_fonts:
            self.struck.add(style)


# --- texts ----------------------------------------------------------------------------------------


@dataclass
class _Run:
    """A part of a text that is written in one way; struck: out or not, None for as its cell."""

    struck: bool | None = None
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it shows."""
        text = "".join(self.pieces)
        return _ESCAPE.sub(_unescaped, text)

    def is_out(self, *, cell: bool) -> bool:
        """Whether it is struck out; cell: whether its cell is."""
        if self.struck is None:
            return cell
        return self.struck


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], base=16)
    return chr(code)


def _is_mixed(runs: Sequence[_Run]) -> bool:
    """Whether some runs say by themselves whether they are struck out."""
    return any(run.struck is not None for run in runs)


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
        if _is_mixed(self.runs):
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
            self._start_cell(attributes)
        elif tag == "v" and self._cell is not None:
            self.collect(self._value)
        elif tag in self._others:
            self._others[tag](attributes)
        elif self._cell is not None:
            super().start(tag, attributes)

    def _start_cell(self, attributes: Attributes) -> None:
        self.end_cell()
        self._column += 1
        self._begun = attributes
        is_special = attributes.get("s", "0") in self._special
        if is_special or attributes.get("t") in self._kinds:
            self._cell = attributes

    def end_cell(self) -> None:
        """Look at the cell that has been read."""
        if self._cell is None:
            return
        value = "".join(self._value)
        self._look_at(self._cell, value)
        self._cell = None
        self._has_formula = False
        self._value = []
        self.runs = []

    def _look_at(self, cell: Attributes, value: str) -> None:
        place = self._place(cell.get("r", ""))
        kind = cell.get("t", "n")
        style = cell.get("s", "0")
        code = self._styles.formats.get(style, "")
        if code == number_formats.NOTHING:
            self.look.concealed.add(place)
            return

        runs = self.runs
        if kind == "s":
            runs = self._strings.get(_number(value), [])
        is_struck = style in self._styles.struck
        self._look_at_text(place, runs, is_struck)
        if kind == "e":
            self.look.texts[place] = Shown(value)
        elif kind == "n":
            self._look_at_number(place, code, value)

    def _look_at_text(self, place: Place, runs: Sequence[_Run], is_struck: bool) -> None:
        """Note what is struck out of a cell's text; is_struck: all that doesn't say otherwise."""
        if _is_mixed(runs):
            parts = [(run.text, run.is_out(cell=is_struck)) for run in runs]
            self.look.add_runs(place, parts)
        elif is_struck:
            self.look.struck[place] = None

    def _look_at_number(self, place: Place, code: str, value: str) -> None:
        if value and code:
            number = float(value)
            text = number_formats.shown(number, code, self._book.calendar)
            if text:
                self.look.texts[place] = text
        elif not value and self._has_formula:
            self.look.unknown.append(place)

    def _place(self, reference: str) -> Place:
        """Where a cell stands, which follows the one before where it doesn't say it."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return self._row, self._column
        row = int(match[2])
        column = archives.column_number(match[1])
        return row - 1, column - 1

    def _start_formula(self, _: Attributes) -> None:
        self._cell = self._begun
        self._has_formula = True

    def _start_row(self, attributes: Attributes) -> None:
        self.end_cell()
        number_after_last = self._row + 2
        number = _number(attributes.get("r", ""), number_after_last)
        self._row = number - 1
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.look.rows.add(self._row)

    def _hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first = _number(attributes.get("min", ""))
            last = _number(attributes.get("max", ""))
            end = min(last, _COLUMNS)
            columns = range(first - 1, end)
            self.look.columns.update(columns)


def _number(text: str, default: int = 0) -> int:
    """A small whole number as an attribute has it."""
    if _SMALL.fullmatch(text):
        return int(text)
    return default
