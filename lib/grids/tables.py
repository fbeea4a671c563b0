"""The tables of a sheet, row by row: its measures with merged cells filled in, and all else by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from lib.files.grid import Grid
from lib.files.sheet import names_of
from lib.grids import headers, kinds
from lib.grids.cells import NONE, Row, cell, numbered
from lib.grids.headers import Header, Words
from lib.grids.kinds import Places
from lib.text import marks
from lib.text.folding import fold

_HEADER_ROWS: Final = 30  # filled rows in which the first header must stand
_BETWEEN_NAMES: Final = "、"
_LONGEST_DUTY: Final = 12  # characters of a label over names or days
_ROWS_FOR_BLANK: Final = 5  # of so many cells one is blank in a column that groups the rows

# How deep headings are among themselves.
_DEPTHS: Final = {"chapter": 0, "formal": 0, "han": 1, "han_bracket": 2}
_UNNUMBERED: Final = 3
_DEEPEST: Final = 4


@dataclass(frozen=True)
class Known:
    """What tables are looked for.

    words: what labels stand for.
    columns: the column of each field, by the labels of a header as printed, and their fields.
    fits: whether a header with these fields is one of such a table.
    title: the field that each row has; names, times: those that say who answers, and by when.
    """

    words: Words
    columns: Callable[[Sequence[str], Mapping[int, str]], dict[str, int]]
    fits: Callable[[Set[str]], bool]
    title: str
    names: Set[str]
    times: Set[str]


class Kind(Enum):
    """Why a row is no measure."""

    HEADER = "header"
    SUM = "sum"
    NOTE = "note"
    OTHER = "other"  # of a table that lists no measures


class Passed(NamedTuple):
    """A row that is no measure. row: of the grid, from 0; text: what it says."""

    row: int
    kind: Kind
    text: str


@dataclass
class Table:
    """One table of a sheet.

    columns: field → column; labels: what is printed over each column.
    header: the first row of its header.
    above: what stands in the rows above the header.
    group: a column of no field whose cells are merged over several measures, NONE for none.
    rows: the cells of each measure, as many as there are labels; lines: its row in the grid, from 0.
    sections: the headings over each measure, the outermost first.
    passed: the rows that are none; joined: the rows whose cells were added to the row above.
    """

    columns: dict[str, int]
    labels: list[str]
    above: list[str]
    header: int = 0
    group: int = NONE
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    sections: list[tuple[str, ...]] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)


def read(grid: Grid, known: Known) -> list[Table]:
    """The tables of a sheet, none where no row is such a header."""
    return _Reader(grid, known).tables()


class _Heading(NamedTuple):
    """A section row. depth: among headings, from 0; row: of the grid."""

    depth: int
    row: int
    text: str


class _Reader:
    """Reads a sheet from top to bottom.

    table: the one that is being read; places: what its columns are; names: those of names; labels:
        its header's cells;
        grouping: the column of measures that others divide, NONE for none.
    headings: the section rows that hold, the outermost first.
    last: the row of the last measure.
    in_other: whether the rows are of a table that lists no measures.
    unused: headings over no measure yet; loose: single cells below the last measure. Both count only
        if a measure follows.
    """

    def __init__(self, grid: Grid, known: Known) -> None:
        self.cells, self.rows = numbered(grid)
        self.known = known
        self.found: list[Table] = []
        self.table = Table({}, [], [])
        self.places = Places()
        self.names: Sequence[int] = ()
        self.labels: Set[int] = frozenset()
        self.grouping = NONE
        self.headings: list[_Heading] = []
        self.last: Row = ()
        self.in_other = False
        self.unused: list[_Heading] = []
        self.loose: list[int] = []
        self._is_label = cache(self._is_known_label)

    def tables(self) -> list[Table]:
        """Read all rows."""
        above: list[int] = []
        row = 0
        while row < len(self.rows) and len(above) < _HEADER_ROWS:
            header = self._header(row)
            if header:
                self._begin(header, above)
                row = header.end
                continue
            filled = self.cells.filled(self.rows[row])
            if filled and self.found:
                self._row(row, filled)
            elif filled:
                above.append(row)
            row += 1
        self._drop_waiting()
        return self.found

    # -- headers

    def _header(self, row: int) -> Header | None:
        """The header of a table that begins in a row."""
        if self.found and not self._may_be_header(row):
            return None
        header = headers.at(self.cells, self.rows, row, self.known.words)
        if header and self.known.fits(set(header.fields.values())):
            return header
        if self.found and headers.is_of_another(self.cells, self.rows[row], self.known.words):
            self._drop_waiting()
            self.in_other = True
        return None

    def _may_be_header(self, row: int) -> bool:
        """Whether a row may be a header: a label stands where names should, or nothing."""
        numbers = [cell(self.rows[row], column) for column in self.names]
        texts = [self.cells.text(number) for number in numbers if self.cells.is_filled(number)]
        return not texts or any(map(self._is_label, texts))

    def _is_known_label(self, text: str) -> bool:
        if len(text) > _LONGEST_DUTY:
            return False
        return self.known.words.is_label(fold(text).replace("\n", ""))

    def _begin(self, header: Header, above: list[int]) -> None:
        """Begin a table; a header that is printed again goes on with the one above it."""
        width = len(self.rows[header.first])
        labels = names_of(self._label(header, column) for column in range(width))
        columns = self._regrouped(self.known.columns(labels, header.fields), header)
        titles = self._titles_between() if self.found else self._titles(above)
        if self.found and columns == self.table.columns and set(titles) <= set(self.table.above):
            self._pass_over(range(header.first, header.end), Kind.HEADER)
            return
        self._drop_loose()
        self.last, self.in_other = (), False
        self.headings = [heading for heading in self.headings if heading in self.unused]
        self.labels = {*header.labels.values()}
        group = self._group(columns, header)
        self.table = Table(columns, labels, titles or self.table.above, header.first, group)
        self.found.append(self.table)
        self.names = [column for field, column in columns.items() if field in self.known.names]
        times = [column for field, column in columns.items() if field in self.known.times]
        title = columns[self.known.title]
        serial = columns.get("serial", columns.get("measure_id", NONE))
        self.places = Places(title, serial, [*self.names, *times])
        is_coarse = columns.get("section") in self._columns_of(header, self.known.title)
        self.grouping = columns["section"] if is_coarse else NONE

    def _columns_of(self, header: Header, name: str) -> list[int]:
        return [column for column, field in header.fields.items() if field == name]

    def _titles(self, above: list[int]) -> list[str]:
        """What stands above the first header; a heading with a number is its first section."""
        titles: list[str] = []
        for row in above:
            filled = self.cells.filled(self.rows[row])
            if len(filled) == 1 and self._depth(filled[0]) != _UNNUMBERED:
                self._open(row, filled[0], self._words(filled))
            else:
                titles.append(self._words(filled))
        return titles

    def _titles_between(self) -> list[str]:
        """Take the headings without a number above a header: they are its title, and no section."""
        titles = [heading for heading in self.unused if heading.depth == _UNNUMBERED]
        if titles:
            before, self.unused = self.unused, self.unused[self.unused.index(titles[-1]) + 1 :]
            empty = [heading.row for heading in before if heading.depth != _UNNUMBERED]
            self._pass_over([row for row in empty if row < titles[-1].row], Kind.NOTE)
            self.headings = [heading for heading in self.headings if heading in self.unused]
        return [heading.text for heading in titles]

    def _label(self, header: Header, column: int) -> str:
        """What is printed over a column: the lowest label."""
        return self.cells.text(header.labels.get(column, NONE))

    def _regrouped(self, columns: dict[str, int], header: Header) -> dict[str, int]:
        """Find the column that is the measure: of two the finer one, the other is the section.

        Its cells stand in rows in which the other is merged, or empty.
        """
        title = columns[self.known.title]
        for column, name in header.fields.items():
            is_finer = name == self.known.title and column > title
            if is_finer and self._groups(title, column, header.end, by_blanks=True):
                columns = {"section": title} | columns | {self.known.title: column}
                title = column
        return columns

    def _group(self, columns: dict[str, int], header: Header) -> int:
        """The column of another label whose cells are merged over several measures, NONE for none."""
        title = columns[self.known.title]
        for column in header.labels:
            is_free = column < title and column not in columns.values()
            if is_free and self._groups(column, title, header.end, by_blanks=False):
                return column
        return NONE

    def _groups(self, left: int, right: int, first: int, *, by_blanks: bool) -> bool:
        """Whether a cell of the left column stands over several of the right one."""
        blank = filled = 0
        for above, below in pairwise(self.rows[first:]):
            if below[right] == above[right] or not self.cells.is_filled(below[right]):
                continue
            if above[left] == below[left] != NONE:
                return True
            filled += 1
            blank += below[left] == NONE
        return by_blanks and 0 < filled <= blank * _ROWS_FOR_BLANK

    # -- rows

    def _row(self, row: int, filled: Sequence[int]) -> None:
        """Read a row: a measure, more of the one above it, a heading, or none of these."""
        if self.in_other:
            self._pass_over([row], Kind.OTHER)
            return
        cells, numbers = self.cells, self.rows[row]
        title = cell(numbers, self.places.title)
        is_new = cells.is_filled(title) and title != cell(self.last, self.places.title)
        if is_new and self._is_answered(numbers):
            self._measure(row)
        elif kinds.is_sum(cells, filled):
            self._pass_over([row], Kind.SUM)
        elif kinds.is_signed(cells, filled):
            self._pass_over([row], Kind.NOTE)
        elif section := kinds.find_section(cells, numbers, filled, self.places):
            self._heading(row, section)
        elif is_new or self._has_own_number(numbers):
            self._measure(row)
        elif cells.is_filled(title) or len(filled) > 1:
            self._join(row)
        else:
            self.loose.append(row)

    def _is_answered(self, row: Row) -> bool:
        """Whether all is said of who answers and by when: such a row is a measure."""
        numbers = [cell(row, column) for column in self.places.duties]
        return row[self.places.title] not in numbers and all(map(self.cells.is_filled, numbers))

    def _has_own_number(self, row: Row) -> bool:
        """Whether a row has a 编号 that the row above it does not have."""
        number = cell(row, self.places.serial)
        return self.cells.is_filled(number) and number != cell(self.last, self.places.serial)

    def _measure(self, row: int) -> None:
        self._take_waiting()
        texts = self._texts(row)
        if self.grouping != NONE and not texts[self.grouping] and self.table.rows:
            texts[self.grouping] = self.table.rows[-1][self.grouping]
        self.table.rows.append(texts)
        self.table.lines.append(row)
        self.table.sections.append(tuple(heading.text for heading in self.headings))
        self.last = self.rows[row]

    def _texts(self, row: int) -> list[str]:
        """The cells of a row; one that is merged over several columns stands in the first alone.

        Persons do not become departments because a cell is wide. A header's cell that reaches down
        into the row says nothing of it.
        """
        texts: list[str] = []
        left = NONE
        for number in self.rows[row]:
            is_first = number != left and number not in self.labels
            text = self.cells.text(number).strip()
            texts.append(text if is_first else "")
            left = number
        return texts

    def _join(self, row: int) -> None:
        """Add the cells of a row to those of the measure above it."""
        if not self.table.rows:
            self._pass_over([row], Kind.NOTE)
            return
        measure = self.table.rows[-1]
        for column, text in enumerate(self._texts(row)):
            is_merged = self.rows[row][column] == cell(self.last, column)
            if not text or is_merged or text == measure[column]:
                continue
            between = _BETWEEN_NAMES if column in self.names else "\n"
            measure[column] = between.join(filter(None, (measure[column], text)))
        self.table.joined.append(row)
        self.last = self.rows[row]

    def _heading(self, row: int, section: kinds.SectionRow) -> None:
        """Open a section, if a measure follows."""
        folded = self.cells.folded(section.cell).strip()
        if kinds.is_note(folded):
            self._pass_over([row], Kind.NOTE)
            return
        words = " ".join(self.cells.text(section.cell).split())
        self._open(row, section.cell, kinds.with_number(self.cells, section, words))

    def _depth(self, number: int) -> int:
        """How deep a heading is, by the style of its number."""
        folded = self.cells.folded(number).strip()
        mark = marks.at(folded, folded)
        return _DEPTHS.get(mark.style, _DEEPEST) if mark else _UNNUMBERED

    def _open(self, row: int, number: int, text: str) -> None:
        """Begin a section: it ends those of its own depth and deeper ones."""
        heading = _Heading(self._depth(number), row, text)
        outer = [other for other in self.headings if other.depth < heading.depth]
        self.headings = [*outer, heading]
        self.unused.append(heading)

    # -- rows that wait, and rows that are passed over

    def _take_waiting(self) -> None:
        """A measure follows: headings stand over it, single cells belong to the one before."""
        for row in self.loose:
            self._join(row)
        empty = [heading.row for heading in self.unused if heading not in self.headings]
        self._pass_over(empty, Kind.NOTE)
        self.unused, self.loose = [], []

    def _drop_waiting(self) -> None:
        """No measure follows: what waits is a note."""
        self._pass_over([heading.row for heading in self.unused], Kind.NOTE)
        self.unused = []
        self._drop_loose()

    def _drop_loose(self) -> None:
        self._pass_over(self.loose, Kind.NOTE)
        self.loose = []

    def _pass_over(self, rows: Iterable[int], kind: Kind) -> None:
        for row in rows:
            text = self._words(self.cells.filled(self.rows[row]))
            self.table.passed.append(Passed(row, kind, text))

    def _words(self, filled: Sequence[int]) -> str:
        return " ".join(self.cells.text(number).strip() for number in filled)
