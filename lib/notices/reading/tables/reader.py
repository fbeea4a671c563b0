"""The tables of a document, row by row → measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.errors import BoardError
from lib.grids import kinds
from lib.grids.cells import NONE, Row
from lib.grids.kinds import SectionRow
from lib.notices.model import FIELDS, Blocks, Cell, Lines, Measure, Source
from lib.notices.reading import cells
from lib.notices.reading.claims.claim import Claim, Claims, has_who
from lib.notices.reading.outline import MOST
from lib.notices.reading.rules import Rules
from lib.notices.reading.tables import headers, headings, parts, row_cells, row_claims
from lib.notices.reading.tables.columns import Columns, arrange
from lib.notices.reading.tables.headers import Header
from lib.notices.reading.tables.headings import Headings
from lib.notices.reading.tables.rows import Rows
from lib.notices.reading.tables.sheet import Sheet
from lib.notices.reading.tables.table_entry import TableEntry
from lib.notices.reading.tables.table_row import TableRow
from lib.notices.words import ABOVE
from lib.text import marks

_Cells = dict[str, Cell]

_TITLE: Final = 60  # characters of a table's title


@dataclass
class Found:
    """What tables hold.

    entries: the measures.
    headers: the cells that are headers of columns.
    sections: the words that are headings over rows.
    headings: the lines of the text that belong to a table below them.
    """

    entries: list[TableEntry] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)
    sections: list[Source] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)


def lines_below(blocks: Blocks) -> set[int]:
    """The lines below tables of which a person says that they belong to the measure above."""
    below: set[int] = set()
    for above, block in enumerate(blocks[1:]):
        is_below = above in below or blocks[above].table >= 0
        if block.said == ABOVE and is_below:
            below.add(above + 1)
    return below


def read(blocks: Blocks, lines: Lines, rules: Rules) -> Found:
    """Read the measures of all tables among the blocks.

    Raises:
        BoardError: notice_too_long, for more measures than a notice can have.
    """
    reader = _Reader(Sheet(blocks, lines), rules)
    entries = reader.found.entries
    for members in _tables(blocks):
        first = len(entries)
        reader.table(members)
        if len(entries) > first:
            reader.below(members[-1] + 1)
        cells.point_out(entries[first:])
    for entry in entries:
        text = "\n".join(entry.lines)
        entry.measure = replace(entry.measure, text=text)
    return reader.found


def _tables(blocks: Blocks) -> Iterable[list[int]]:
    """The cells of each table, by the numbers of their blocks."""
    tables: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if block.table >= 0:
            tables[block.table].append(number)
    return tables.values()


class _Reader:
    """Reads one table after the other.

    columns, width: of the table before, with which one without a header goes on.
    title: the lines above the table of which one may be its title.
    over: the headings that hold for a row.
    above: of the columns of names that a section has once, the cell that holds.
    last_title: the block of the last measure's title; before: its cells; claims: its own claims.
    """

    def __init__(self, sheet: Sheet, rules: Rules) -> None:
        self.sheet = sheet
        self.rules = rules
        self.found = Found()
        self.columns: Columns | None = None
        self.width = 0
        self.title = ""
        self.over = Headings()
        self.above: dict[int, int] = {}
        self.last_title = NONE
        self.before: Mapping[str, Cell] | None = None
        self.claims: Claims = []

    # -- a table

    def table(self, members: Sequence[int]) -> None:
        """Read a table.

        One without a header goes on with the columns of the table before, if it is as wide.
        """
        first_cell = members[0]
        grid = self.sheet.grid(members)
        width = len(grid[0])
        start = 0
        header = headers.find(self.sheet, grid)
        if header:
            self.width = width
            self._begin(header, grid, first_cell)
            start = header.end
        columns = self.columns
        if columns is None:
            return
        if width != self.width:
            return
        lines_above = headings.read_above(self.sheet, first_cell, columns, self.over)
        self.found.headings |= lines_above
        self.last_title = NONE
        for part in parts.of_table(self.sheet, grid, start, columns):
            self._part(part)

    def below(self, number: int) -> None:
        """Add the lines from one on that belong to the last measure, as a person says."""
        blocks = self.sheet.blocks
        last = self.found.entries[-1]
        for line in range(number, len(blocks)):
            if blocks[line].said != ABOVE:
                return
            span = self.sheet.span(line)
            words = span.text.strip()
            last.kept.append(span)
            last.lines.append(words)

    def _begin(self, header: Header, grid: Sequence[Row], first_cell: int) -> None:
        """Begin a table that has a header."""
        self.columns = header.columns
        self.over = Headings()
        last_row = header.end - 1
        above_last_row = grid[:last_row]
        self.title = _title_lines(self.sheet, first_cell, above_last_row)
        above_header = grid[: header.first]
        for row in above_header:
            filled = self.sheet.filled(row)
            if len(filled) != 1:
                continue
            [heading] = filled
            if self._is_numbered(heading):
                section = SectionRow(heading, NONE)
                self._open_section(section, header.columns)
        header_rows = grid[header.first : header.end]
        self._keep_headers(header_rows)

    def _is_numbered(self, number: int) -> bool:
        """Whether a cell begins with a number."""
        words = self.sheet.folded(number)
        return marks.at(words, "") is not None

    def _keep_headers(self, rows: Sequence[Row]) -> None:
        """Keep in mind the cells of a header."""
        for row in rows:
            self.found.headers.update(row)
        self.found.headers.discard(NONE)

    def _open_section(self, section: SectionRow, columns: Columns) -> None:
        """Begin the section of a row that says one thing, unless that is a note."""
        level = headings.section_level(self.sheet, section, columns)
        if level is None:
            return
        self.over.open(level)
        sections = self.found.sections
        if level.cell.source:
            sections.append(level.cell.source)
        if section.number != NONE:
            number = self.sheet.source(section.number)
            sections.append(number)

    def _part(self, part: parts.Part) -> None:
        """Read the rows under one header, each stretch up to the beginning of another table."""
        self.columns = part.columns
        self.above = {}
        self._keep_headers(part.headers)
        rows = Rows(self.sheet, part.rows)
        arrange(rows, part.columns, self.title)
        for stretch in part.stretches:
            for row in stretch:
                if headers.is_of_another(self.sheet, row):
                    break
                table_row = TableRow(self.sheet, row, part.columns)
                self._row(table_row)
                if len(self.found.entries) > MOST:
                    raise BoardError("notice_too_long", limit=MOST)

    # -- a row

    def _row(self, row: TableRow) -> None:
        """Read a row: a measure, more of the one before, a heading, or nothing."""
        columns = row.columns
        filled = self.sheet.filled(row.cells)
        if columns.title < 0 or not filled:
            return
        if kinds.is_sum(self.sheet, filled):
            return
        section = headings.find_section_row(row, filled)
        if section:
            self._open_section(section, columns)
            return
        if kinds.is_signed(self.sheet, filled):
            return
        row = self._filled_up(row)
        claims = row_claims.read(row)
        has_title = row.is_filled(columns.title)
        if has_title and row.title != self.last_title:
            if self._says_who(columns):
                self._measure(row, claims)
        elif has_title or not row.serial:
            self._add_to_last(row, claims)

    def _says_who(self, columns: Columns) -> bool:
        """Whether the table says who answers, or the headings over its rows."""
        if columns.says_who or columns.by_person:
            return True
        return self.over.say_who

    def _filled_up(self, row: TableRow) -> TableRow:
        """A row with the cells of names that hold for it in the place of its blank ones."""
        numbers = list(row.cells)
        lent: set[int] = set()
        for column in row.columns.grouped:
            if row.is_filled(column):
                self.above[column] = numbers[column]
            elif column in self.above:
                numbers[column] = self.above[column]
                lent.add(numbers[column])
        return replace(row, cells=numbers, lent=frozenset(lent))

    # -- a measure

    def _measure(self, row: TableRow, claims: Claims) -> None:
        """Make a measure of a row."""
        is_told_who = has_who(claims)
        words = row_cells.words(row, with_bracket=not is_told_who)
        self.claims = claims + words.claims
        layered = self.over.over(self.claims)
        filled = cells.fill(layered, self.rules, self.before)
        values = self._values(row, words, filled)
        measure = Measure(
            cells={name: values[name] for name in FIELDS},
            departments=filled.departments,
            where=self.sheet.source(row.title),
            year=self.rules.year_of(values["deadline"].text),
            issued=self.rules.issued,
        )
        self.last_title = row.title
        self.before = measure.cells
        entry = TableEntry(measure, layered)
        sources = _sources(measure, layered)
        entry.add(row, sources)
        self.found.entries.append(entry)

    def _values(self, row: TableRow, words: row_cells.Words, filled: cells.Filled) -> _Cells:
        """The cells of a measure.

        Args:
            words: what stands in the cell that is the measure.
            filled: the cells for names and the deadline.
        """
        values = dict(filled.cells)
        values["title"] = row_cells.title(row, words.title)
        values["article"] = row_cells.article(row, words.mark)
        values["section"] = self.over.section_of(row)
        _doubt(values, row)
        return values

    def _add_to_last(self, row: TableRow, claims: Claims) -> None:
        """Let a second row of the same measure add to it."""
        if not self.found.entries:
            return
        new: Claims = []
        for claim in claims:
            says_who = claim.field != "deadline"
            if says_who and claim not in self.claims:
                new.append(claim)
        if new:
            self._add_claims(new)
        last = self.found.entries[-1]
        sources = [claim.source for claim in new]
        last.add(row, sources)

    def _add_claims(self, new: Claims) -> None:
        """Let a second row of the same measure say more of who answers: that is to be checked."""
        self.claims = self.claims + new
        layered = self.over.over(self.claims)
        filled = cells.fill(layered, self.rules, None)
        last = self.found.entries[-1]
        values = dict(last.measure.cells)
        for name, value in filled.cells.items():
            if value != values[name]:
                values[name] = replace(value, sure=False, reason="rows")
        self.before = values
        last.claims = layered
        last.measure = replace(last.measure, cells=values, departments=filled.departments)


def _title_lines(sheet: Sheet, first_cell: int, rows_above: Sequence[Row]) -> str:
    """The lines and rows above a table of which one may be its title.

    Args:
        first_cell: the table's.
        rows_above: those above the last one of its header.
    """
    titles: list[str] = []
    for number in _above(sheet, first_cell, rows_above):
        text = sheet.folded(number).strip()
        is_short = len(text) <= _TITLE
        if is_short and "。" not in text:
            titles.append(text)
    return "\n".join(titles)


def _above(sheet: Sheet, first_cell: int, rows_above: Sequence[Row]) -> list[int]:
    """The lines right above a table, and the cells that are a row each above its header."""
    above: list[int] = []
    first_line = max(first_cell - headings.ABOVE, 0)
    for number in range(first_line, first_cell):
        if sheet.blocks[number].table < 0:
            above.append(number)
    for row in rows_above:
        is_one_cell = len(set(row)) == 1
        if is_one_cell:
            above.append(row[0])
    return above


def _doubt(values: _Cells, row: TableRow) -> None:
    """Mark the cells of a measure that are to be checked."""
    for name, doubt in row_cells.doubts(row).items():
        if values[name].reason == "absent":
            values[name] = doubt
    for name, value in values.items():
        if value.source and value.source.block in row.lent:
            values[name] = replace(value, reason="blank_below", sure=False)
    for name in row_cells.misplaced(row):
        values[name] = replace(values[name], reason="fitted", sure=False)


def _sources(measure: Measure, claims: Iterable[Claim]) -> Iterator[Source]:
    """Where it stands what the cells of a measure say."""
    for claim in claims:
        yield claim.source
    for value in measure.cells.values():
        if value.source and (value.text or value.names):
            yield value.source
