"""The tables of a sheet, row by row: its measures with merged cells filled in, and all else by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import Final

from lib.files.grid import Grid
from lib.files.sheet import names_of
from lib.grids import grouping, headers, kinds
from lib.grids.cells import NONE, Row, cell, numbered
from lib.grids.headers import Columns, Header
from lib.grids.headings import UNNUMBERED, Heading, depth_of
from lib.grids.kinds import Places
from lib.grids.model import Kind, Known, Passed, Table
from lib.text.folding import fold

_HEADER_ROWS: Final = 30  # filled rows in which the first header must stand
_BETWEEN_NAMES: Final = "、"
_LONGEST_DUTY: Final = 12  # characters of a label over names or days


def read(grid: Grid, known: Known) -> list[Table]:
    """The tables of a sheet, none where no row is such a header."""
    return _Reader(grid, known).tables()


class _Reader:
    """Reads a sheet from top to bottom.

    begun: the tables so far.
    table: the one that is being read; places: what its columns are; names: those of names; labels:
        its header's cells; coarse: the column of measures that others divide, NONE for none.
    headings: the section rows that hold, the outermost first.
    last: the row of the last measure.
    in_other: whether the rows are of a table that lists no measures.
    unused: headings over no measure yet; loose: single cells below the last measure. Both count only
        if a measure follows.
    """

    def __init__(self, grid: Grid, known: Known) -> None:
        self.grid = numbered(grid)
        self.cells, self.rows = self.grid
        self.known = known
        self.begun: list[Table] = []
        self.table = Table({}, [], [])
        self.places = Places()
        self.names: Sequence[int] = ()
        self.labels: Set[int] = frozenset()
        self.coarse = NONE
        self.headings: list[Heading] = []
        self.last: Row = ()
        self.in_other = False
        self.unused: list[Heading] = []
        self.loose: list[int] = []
        self._is_label = cache(self._is_known_label)

    def tables(self) -> list[Table]:
        """Read all rows."""
        above: list[int] = []
        row = 0
        while row < len(self.rows) and len(above) < _HEADER_ROWS:
            header = self._header(row)
            if header:
                self._read_header(header, above)
                row = header.end
                continue
            filled = self.cells.filled(self.rows[row])
            if filled and self.begun:
                self._read_row(row, filled)
            elif filled:
                above.append(row)
            row += 1
        self._drop_waiting()
        return self.begun

    # -- headers

    def _header(self, row: int) -> Header | None:
        """The header of a table that begins in a row."""
        words = self.known.words
        if self.begun and not self._may_be_header(row):
            return None
        header = headers.at(self.cells, self.rows, row, words)
        if header and self.known.fits(set(header.fields.values())):
            return header
        if self.begun and headers.is_of_another(self.cells, self.rows[row], words):
            self._drop_waiting()
            self.in_other = True
        return None

    def _may_be_header(self, row: int) -> bool:
        """Whether a row may be a header: a label stands where names should, or nothing."""
        is_empty = True
        for column in self.names:
            number = cell(self.rows[row], column)
            if not self.cells.is_filled(number):
                continue
            if self._is_label(self.cells.text(number)):
                return True
            is_empty = False
        return is_empty

    def _is_known_label(self, text: str) -> bool:
        if len(text) > _LONGEST_DUTY:
            return False
        label = fold(text).replace("\n", "")
        return self.known.words.is_label(label)

    def _read_header(self, header: Header, above: list[int]) -> None:
        """Begin a table; a header that is printed again goes on with the one above it.

        Args:
            above: the rows above the first table.
        """
        title = self.known.title
        labels = self._labels(header)
        columns = self.known.columns(labels, header.fields)
        columns = grouping.with_finer_title(columns, title, header, self.grid)
        titles = self._titles_between() if self.begun else self._titles(above)
        if self.begun and self._is_printed_again(columns, titles):
            rows = range(header.first, header.end)
            self._pass_over(rows, Kind.HEADER)
            return
        self._drop_loose()
        table = Table(columns, labels, titles or self.table.above, header.first)
        table.group = grouping.unnamed_group(columns, title, header, self.grid)
        self._begin(table, header)

    def _is_printed_again(self, columns: Columns, titles: list[str]) -> bool:
        """Whether a header has the columns of the table above it, and no title of its own."""
        if columns != self.table.columns:
            return False
        return set(titles) <= set(self.table.above)

    def _begin(self, table: Table, header: Header) -> None:
        """Begin a table: only headings over no measure yet stand over it as well."""
        self.table = table
        self.begun.append(table)
        self.last = ()
        self.in_other = False
        self._close_used_headings()
        self.labels = {*header.labels.values()}
        self.names = self._columns_of(self.known.names)
        self.places = self._places_of(table.columns)
        self.coarse = grouping.coarse_column(table.columns, self.known.title, header)

    def _places_of(self, columns: Columns) -> Places:
        """What the columns of the table are that is being read."""
        identity = columns.get("measure_id", NONE)
        serial = columns.get("serial", identity)
        title = columns[self.known.title]
        times = self._columns_of(self.known.times)
        duties = [*self.names, *times]
        return Places(title, serial, duties)

    def _columns_of(self, fields: Set[str]) -> list[int]:
        """The columns of some fields in the table that is being read."""
        columns: list[int] = []
        for name, column in self.table.columns.items():
            if name in fields:
                columns.append(column)
        return columns

    def _close_used_headings(self) -> None:
        """End the sections over which measures stand already."""
        self.headings = [heading for heading in self.headings if heading in self.unused]

    def _titles(self, above: list[int]) -> list[str]:
        """What stands above the first header; a heading with a number is its first section."""
        titles: list[str] = []
        for row in above:
            filled = self.cells.filled(self.rows[row])
            text = self._words(filled)
            first = filled[0]
            is_alone = len(filled) == 1
            if is_alone and depth_of(self.cells, first) != UNNUMBERED:
                self._open(row, first, text)
            else:
                titles.append(text)
        return titles

    def _titles_between(self) -> list[str]:
        """Take the headings without a number above a header: they are its title, and no section."""
        titles: list[str] = []
        sections_above: list[int] = []  # of the last title
        empty_sections: list[int] = []
        below_title = 0
        for place, heading in enumerate(self.unused, 1):
            if heading.depth == UNNUMBERED:
                titles.append(heading.text)
                sections_above = [*empty_sections]
                below_title = place
            else:
                empty_sections.append(heading.row)
        if titles:
            self._pass_over(sections_above, Kind.NOTE)
            self.unused = self.unused[below_title:]
            self._close_used_headings()
        return titles

    def _labels(self, header: Header) -> list[str]:
        """What is printed over each column: the lowest label."""
        labels: list[str] = []
        for column in range(len(self.rows[header.first])):
            number = header.labels.get(column, NONE)
            labels.append(self.cells.text(number))
        return names_of(labels)

    # -- rows

    def _read_row(self, row: int, filled: Sequence[int]) -> None:
        """Read a row: a measure, more of the one above it, a heading, or none of these."""
        if self.in_other:
            self._pass_over([row], Kind.OTHER)
            return
        cells = self.cells
        places = self.places
        numbers = self.rows[row]
        has_new_title = self._has_new(numbers, places.title)
        if has_new_title and self._is_answered(numbers):
            self._add_measure(row)
        elif kinds.is_sum(cells, filled):
            self._pass_over([row], Kind.SUM)
        elif kinds.is_signed(cells, filled):
            self._pass_over([row], Kind.NOTE)
        elif section := kinds.find_section(cells, numbers, filled, places):
            self._read_heading(row, section)
        elif has_new_title or self._has_new(numbers, places.serial):
            self._add_measure(row)
        elif len(filled) > 1 or cells.is_filled(cell(numbers, places.title)):
            self._join(row)
        else:
            self.loose.append(row)

    def _has_new(self, row: Row, column: int) -> bool:
        """Whether a row says something in a column that the measure above it does not have there."""
        number = cell(row, column)
        if not self.cells.is_filled(number):
            return False
        return number != cell(self.last, column)

    def _is_answered(self, row: Row) -> bool:
        """Whether all is said of who answers and by when: such a row is a measure."""
        duties = [cell(row, column) for column in self.places.duties]
        title = row[self.places.title]
        if title in duties:
            return False
        return all(map(self.cells.is_filled, duties))

    def _add_measure(self, row: int) -> None:
        """Add a row as a measure; a section that is not said again is that of the one above."""
        self._take_waiting()
        table = self.table
        texts = self._texts(row)
        section = self.coarse
        if section != NONE and table.rows:
            above = table.rows[-1]
            texts[section] = texts[section] or above[section]
        headings = [heading.text for heading in self.headings]
        table.rows.append(texts)
        table.lines.append(row)
        table.sections.append(tuple(headings))
        self.last = self.rows[row]

    def _texts(self, row: int) -> list[str]:
        """The cells of a row; one that is merged over several columns stands in the first alone.

        Persons do not become departments because a cell is wide. A header's cell that reaches down
        into the row says nothing of it.
        """
        texts: list[str] = []
        left = NONE
        for number in self.rows[row]:
            if number == left or number in self.labels:
                texts.append("")
            else:
                text = self.cells.text(number)
                texts.append(text.strip())
            left = number
        return texts

    def _join(self, row: int) -> None:
        """Add the cells of a row to those of the measure above it."""
        if not self.table.rows:
            self._pass_over([row], Kind.NOTE)
            return
        measure = self.table.rows[-1]
        numbers = self.rows[row]
        for column, text in enumerate(self._texts(row)):
            is_merged = numbers[column] == cell(self.last, column)  # with the one above
            if not is_merged:
                measure[column] = self._joined(measure[column], text, column)
        self.table.joined.append(row)
        self.last = numbers

    def _joined(self, above: str, text: str, column: int) -> str:
        """The text of a cell with what stands in the row below it."""
        if text in ("", above):
            return above
        between = _BETWEEN_NAMES if column in self.names else "\n"
        return between.join(filter(None, (above, text)))

    def _read_heading(self, row: int, section: kinds.SectionRow) -> None:
        """Open a section, if a measure follows."""
        folded = self.cells.folded(section.cell)
        if kinds.is_note(folded.strip()):
            self._pass_over([row], Kind.NOTE)
            return
        words = self.cells.text(section.cell).split()
        text = kinds.with_number(self.cells, section, " ".join(words))
        self._open(row, section.cell, text)

    def _open(self, row: int, number: int, text: str) -> None:
        """Begin a section: it ends those of its own depth and deeper ones."""
        depth = depth_of(self.cells, number)
        heading = Heading(depth, row, text)
        outer = [above for above in self.headings if above.depth < depth]
        outer.append(heading)
        self.headings = outer
        self.unused.append(heading)

    # -- rows that wait, and rows that are passed over

    def _take_waiting(self) -> None:
        """A measure follows: headings stand over it, single cells belong to the one before."""
        for row in self.loose:
            self._join(row)
        empty = [heading.row for heading in self.unused if heading not in self.headings]
        self._pass_over(empty, Kind.NOTE)
        self.unused = []
        self.loose = []

    def _drop_waiting(self) -> None:
        """No measure follows: what waits is a note."""
        empty = [heading.row for heading in self.unused]
        self._pass_over(empty, Kind.NOTE)
        self.unused = []
        self._drop_loose()

    def _drop_loose(self) -> None:
        self._pass_over(self.loose, Kind.NOTE)
        self.loose = []

    def _pass_over(self, rows: Iterable[int], kind: Kind) -> None:
        """Note rows that are no measures."""
        for row in rows:
            filled = self.cells.filled(self.rows[row])
            passed = Passed(row, kind, self._words(filled))
            self.table.passed.append(passed)

    def _words(self, filled: Sequence[int]) -> str:
        """What some cells say, on one line."""
        texts = [self.cells.text(number).strip() for number in filled]
        return " ".join(texts)
