"""An OpenDocument spreadsheet (.ods), which keeps what each cell shows beside its value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from lib.errors import BoardError
from lib.files import kinds, number_formats
from lib.files.elements import Attributes, Reader, plain, stream
from lib.files.extents import Reach, refuse, refuse_book
from lib.files.grid import Grid, Place, Rows
from lib.files.look import Look, Range, grid_of
from lib.files.number_formats import Shown
from lib.files.opendocument_styles import DATE_PARTS, Styles

_CONTENT: Final = "content.xml"
_MIME_TYPE: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_START: Final = 200  # bytes in which it stands
_MANIFEST: Final = "META-INF/manifest.xml"
_ENCRYPTED: Final = b"encryption-data"
_COLUMNS: Final = 16_384  # of a sheet
_SMALL: Final = re.compile("[0-9]{1,7}")
_FULL_DATE: Final = "yyyy-m-d"
_BEGINNING: Final = datetime(1899, 12, 30)  # from which number formats count the days
_VISIBLE: Final = "visible"
_SPACES: Final = 100  # that are believed to stand together
# Comments, readings of characters, drawings, and what was deleted: no text of a cell
_UNSEEN: Final = frozenset(
    {"annotation", "ruby-text", "shapes", "frame", "custom-shape", "tracked-changes"}
)


@dataclass
class Table:
    """A sheet as it is read.

    look: what is shown otherwise than its rows say.
    ranges: the merged ones, by their first and last place.
    """

    name: str
    is_hidden: bool
    rows: Rows = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    look: Look = field(default_factory=Look)

    def grid(self) -> Grid:
        """The sheet as its reader sees it."""
        width = max(map(len, self.rows), default=0)
        rows = []
        for cells in self.rows:
            missing = width - len(cells)
            rows.append(cells + [""] * missing)
        return grid_of(self.name, rows, self.ranges, self.look)


def is_one(data: bytes) -> bool:
    """Whether a file is such a spreadsheet, by the first part of its archive, which is not packed."""
    return data.startswith(kinds.ZIP) and _MIME_TYPE in data[:_START]


def tables(path: Path, archive: zipfile.ZipFile) -> list[Table]:
    """The sheets of an .ods, the active one first.

    Raises:
        BoardError: encrypted, scattered.
        elements.BROKEN: the file is damaged.
    """
    if _is_encrypted(archive):
        raise BoardError("encrypted", file=path.name)
    settings = _Settings()
    styles = Styles()
    stream(archive, "settings.xml", settings)
    stream(archive, "styles.xml", styles)
    stream(archive, _CONTENT, styles)
    content = _Content(path, styles)
    stream(archive, _CONTENT, content)
    active = "".join(settings.active)
    return sorted(content.tables, key=lambda table: table.name != active)


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    if _MANIFEST not in archive.namelist():
        return False
    return _ENCRYPTED in archive.read(_MANIFEST)


class _Settings(Reader):
    """settings.xml: the name of the sheet that is opened, in pieces."""

    def __init__(self) -> None:
        self.active: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if attributes.get("config:name") == "ActiveTable":
            self.collect(self.active)


@dataclass
class _Cell:
    """A cell that is being read.

    named: its attributes.
    text: what stands in it.
    struck: what of it is struck out.
    is_shown: whether it shows what stands in it, be it nothing.
    """

    named: Attributes
    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    is_shown: bool = False

    @property
    def value(self) -> str:
        """What it shows; its number where it doesn't say what it shows."""
        return "".join(self.text) or self.named.get("value", "")


class _Content(Reader):
    """content.xml: the sheets, row by row."""

    def __init__(self, path: Path, styles: Styles) -> None:
        self.tables: list[Table] = []
        self._path = path
        self._styles = styles
        self._unseen = 0  # elements around that are not seen
        self._defaults: list[str] = []  # the style of each column's cells
        self._hidden_row = False
        self._row_times = 1
        self._row: list[str] = []
        self._width = 0  # of the sheet so far
        self._places = 0  # of the sheet
        self._places_before = 0  # of the sheets before it
        self._blank_rows = 0  # before the row that is being read
        self._blank_cells = 0  # before the cell that is being read
        self._cell = _Cell({})
        self._spans: list[str] = []  # the styles of the text that is being read
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "spreadsheet": self._begin,
            "table": self._start_table,
            "table-column": self._start_column,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": self._start_paragraph,
            "span": self._start_span,
            "s": self._spaces,
            "tab": self._spaces,
            "line-break": self._line_break,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
            "p": self._end_paragraph,
            "span": self._end_span,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = plain(tag)
        if self._unseen or tag in _UNSEEN:
            self._unseen += 1
        elif tag in self._starts:
            named = {plain(name): text for name, text in attributes.items()}
            self._starts[tag](named)

    def _end(self, tag: str) -> None:
        tag = plain(tag)
        if self._unseen:
            self._unseen -= 1
        elif tag in self._ends:
            self._ends[tag]()

    def _begin(self, _: Attributes) -> None:
        self.parser.EndElementHandler = self._end

    # Sheets, columns and rows

    def _start_table(self, named: Attributes) -> None:
        is_hidden = named.get("style-name", "") in self._styles.hidden
        self.tables.append(Table(named.get("name", ""), is_hidden))
        self._defaults = []
        self._blank_rows = 0
        self._width = 0
        self._places_before += self._places
        self._places = 0

    def _start_column(self, named: Attributes) -> None:
        first = len(self._defaults)
        times = _columns_from(first, named)
        style = named.get("default-cell-style-name", "")
        self._defaults += [style] * times
        if _is_hidden(named):
            look = self.tables[-1].look
            look.columns.update(range(first, first + times))

    def _start_row(self, named: Attributes) -> None:
        self._row = []
        self._blank_cells = 0
        self._row_times = _times(named, "number-rows-repeated")
        self._hidden_row = _is_hidden(named)

    def _end_row(self) -> None:
        table = self.tables[-1]
        if not self._row:
            self._blank_rows += self._row_times
            return
        first = len(table.rows) + self._blank_rows
        end = first + self._row_times
        self._width = max(self._width, len(self._row))
        self._refuse_scattered(Reach(rows=end, columns=self._width, filled=0))
        for _ in range(self._blank_rows):
            table.rows.append([])
        for _ in range(self._row_times):
            table.rows.append([*self._row])
        self._blank_rows = 0
        if self._hidden_row:
            table.look.rows.update(range(first, end))
        if self._row_times > 1:
            later_rows = range(first + 1, end)
            for column in range(len(self._row)):
                place = (first, column)
                table.look.repeat(place, later_rows)

    def _refuse_scattered(self, reach: Reach) -> None:
        """Raise BoardError scattered for a sheet, or all sheets together, with too many places."""
        self._places = reach.places
        refuse(self._path, reach)
        places_of_all = self._places_before + reach.places
        reach_of_all = Reach(places_of_all, 1, 0)
        refuse_book(self._path, reach, reach_of_all)

    # Cells

    def _start_cell(self, named: Attributes) -> None:
        self._cell = _Cell(named)

    def _end_cell(self) -> None:
        cell = self._cell
        row, first = self._place()
        self._note_merged(row, first)
        times = _columns_from(first, cell.named)
        if not cell.value and not cell.struck:
            self._blank_cells += times
            return
        self._row += [""] * self._blank_cells
        self._row += [cell.value] * times
        self._blank_cells = 0
        for column in range(first, first + times):
            self._look_at((row, column))

    def _note_merged(self, row: int, column: int) -> None:
        """Note the range that the cell covers, where that is more than one place."""
        named = self._cell.named
        down = _times(named, "number-rows-spanned")
        across = _times(named, "number-columns-spanned")
        if down > 1 or across > 1:
            first = (row, column)
            last_row = row + down - 1
            last_column = column + across - 1
            last = (last_row, last_column)
            self.tables[-1].ranges.append((first, last))

    def _place(self) -> Place:
        """Where the cell stands."""
        table = self.tables[-1]
        row = len(table.rows) + self._blank_rows
        column = len(self._row) + self._blank_cells
        return row, column

    def _look_at(self, place: Place) -> None:
        """Note what the cell shows otherwise than its text says."""
        cell = self._cell
        look = self.tables[-1].look
        style = cell.named.get("style-name") or self._default_style(place)
        if cell.is_shown and not cell.text and not cell.struck:
            look.concealed.add(place)
        date = cell.named.get("date-value", "")
        date_format = self._styles.formats.get(style, [])
        day = _day(date, date_format)
        if day:
            look.texts[place] = day
        if cell.struck:
            look.struck[place] = "".join(cell.struck)
        elif style in self._styles.struck:
            look.struck[place] = None

    def _default_style(self, place: Place) -> str:
        """The style of the cells of a column, "" where it has none."""
        _, column = place
        if column < len(self._defaults):
            return self._defaults[column]
        return ""

    # Text

    def _start_paragraph(self, _: Attributes) -> None:
        self._cell.is_shown = True
        if self._cell.text:
            self._cell.text.append("\n")
        self.parser.CharacterDataHandler = self._add

    def _end_paragraph(self) -> None:
        self.parser.CharacterDataHandler = None

    def _start_span(self, named: Attributes) -> None:
        self._spans.append(named.get("style-name", ""))

    def _end_span(self) -> None:
        self._spans.pop()

    def _spaces(self, named: Attributes) -> None:
        number = min(_times(named, "c"), _SPACES)
        self._add(" " * number)

    def _line_break(self, _: Attributes) -> None:
        self._add("\n")

    def _add(self, text: str) -> None:
        if self._unseen:
            return
        if self._styles.struck.isdisjoint(self._spans):
            self._cell.text.append(text.replace("\r", "\n"))
        else:
            self._cell.struck.append(text)


def _day(value: str, pieces: Sequence[str]) -> Shown | None:
    """A date as its format shows it; None for what is no date."""
    try:
        since = datetime.fromisoformat(value) - _BEGINNING
    except (ValueError, TypeError):
        return None
    code = "".join(map(_as_code, pieces))
    days = since / timedelta(days=1)
    return number_formats.shown(days, code or _FULL_DATE)


def _as_code(piece: str) -> str:
    """A piece of a date's format as number formats have it: a text stands in quotes."""
    if piece in DATE_PARTS.values():
        return piece
    return f'"{piece}"'


def _is_hidden(named: Attributes) -> bool:
    return named.get("visibility", _VISIBLE) != _VISIBLE


def _columns_from(first: int, named: Attributes) -> int:
    """How many columns a cell or a column stands for, up to the last that a sheet may have."""
    return min(_times(named, "number-columns-repeated"), _COLUMNS - first)


def _times(named: Attributes, name: str) -> int:
    """How often something stands there, as an attribute has it."""
    text = named.get(name, "")
    if _SMALL.fullmatch(text):
        return max(1, int(text))
    return 1
