"""The tables of a document, row by row → measures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.errors import BoardError
from lib.grids import kinds
from lib.grids.cells import NONE, Row, cell
from lib.grids.kinds import SectionRow
from lib.measures.meanings import DUTIES
from lib.measures.placeholders import ERROR, kind_of
from lib.notices.model import FIELDS, Block, Cell, Line, Measure, Source, Span
from lib.notices.reading import cells
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import Claim, has_who
from lib.notices.reading.entry import Entry
from lib.notices.reading.outline import MOST
from lib.notices.reading.rules import Rules
from lib.notices.reading.tables import headers, headings, row_claims
from lib.notices.reading.tables.columns import SAYS, Columns, arrange
from lib.notices.reading.tables.headings import Headings
from lib.notices.reading.tables.sheet import Sheet, one_line
from lib.notices.words import ABOVE
from lib.text import marks
from lib.text.marks import Mark

_TITLE: Final = 60  # characters of a table's title
_EDGES: Final = "、. "
_DASH: Final = re.compile(r" *-{1,3} *(?=[^\s0-9-])")
_NAMED_FOR: Final = {  # columns of names, and the cell that one fills first
    "leaders": "leaders",
    "departments": "lead_departments",
    "lead_departments": "lead_departments",
    "support_departments": "support_departments",
}


@dataclass
class _Entry(Entry):
    """A measure of a table, of which several rows may say something.

    lines: of its text; said: the cells that say something of it.
    """

    lines: list[str] = field(default_factory=list)
    said: set[int] = field(default_factory=set)


@dataclass
class Found:
    """What tables hold.

    entries: the measures.
    headers: the cells that are headers of columns.
    sections: the words that are headings over rows.
    headings: the lines of the text that belong to a table below them.
    """

    entries: list[_Entry] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)
    sections: list[Source] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)


def lines_below(blocks: Sequence[Block]) -> set[int]:
    """The lines below tables of which a person says that they belong to the measure above."""
    below: set[int] = set()
    for number, block in enumerate(blocks[1:], 1):
        is_below = number - 1 in below or blocks[number - 1].table >= 0
        if block.said == ABOVE and is_below:
            below.add(number)
    return below


def read(blocks: Sequence[Block], lines: Sequence[Line], rules: Rules) -> Found:
    """Read the measures of all tables among the blocks.

    Raises:
        BoardError: notice_too_long, for more measures than a notice can have.
    """
    tables: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if block.table >= 0:
            tables[block.table].append(number)
    reader = _Reader(Sheet(blocks, lines), rules)
    for members in tables.values():
        first = len(reader.found.entries)
        reader.table(members)
        if len(reader.found.entries) > first:
            reader.below(members[-1] + 1)
        cells.point_out(reader.found.entries[first:])
    for entry in reader.found.entries:
        entry.measure = replace(entry.measure, text="\n".join(entry.lines))
    return reader.found


@dataclass
class _Part:
    """Rows under one header, which may be printed again between them: then there are stretches."""

    columns: Columns
    stretches: list[list[Row]] = field(default_factory=lambda: [[]])


class _Reader:
    """Reads one table after the other.

    columns, width: of the table before, with which one without a header goes on.
    title: the lines above the table of which one may be its title.
    over: the headings that hold for a row.
    above: of the columns of names that a section has once, the cell that holds; lent: those of them
        that hold for a row without one.
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
        self.lent: set[int] = set()
        self.last_title = NONE
        self.before: dict[str, Cell] | None = None
        self.claims: list[Claim] = []

    # -- a table

    def table(self, members: Sequence[int]) -> None:
        """Read a table.

        One without a header goes on with the columns of the table before, if it is as wide.
        """
        grid = self.sheet.grid(members)
        width = len(grid[0])
        header = headers.find(self.sheet, grid)
        start = 0
        if header:
            start = header.end
            self.columns, self.width = header.columns, width
            self.over = Headings()
            self.title = self._title(members[0], grid[: start - 1])
            self._open_sections(grid[: header.first], header.columns)
            self._heads(grid[header.first : header.end])
        if self.columns is None or width != self.width:
            return
        above = headings.read_above(self.sheet, members[0], self.columns, self.over)
        self.found.headings |= above
        self.last_title = NONE
        self._rows(grid, start)

    def below(self, number: int) -> None:
        """Add the lines from one on that belong to the last measure, as a person says."""
        blocks, last = self.sheet.blocks, self.found.entries[-1]
        while number < len(blocks) and blocks[number].said == ABOVE:
            last.kept.append(self.sheet.span(number))
            last.lines.append(self.sheet.text(number).strip())
            number += 1

    def _heads(self, rows: Sequence[Row]) -> None:
        """Keep in mind the cells of a header."""
        for row in rows:
            self.found.headers.update(number for number in row if number != NONE)

    def _open_sections(self, rows_above: Sequence[Row], columns: Columns) -> None:
        """Begin the sections of numbered headings in the rows above a header."""
        for row in rows_above:
            filled = self.sheet.filled(row)
            if len(filled) == 1 and marks.at(self.sheet.folded(filled[0]), ""):
                self._open_section(SectionRow(filled[0], NONE), columns)

    def _open_section(self, section: SectionRow, columns: Columns) -> None:
        """Begin the section of a row that says one thing, unless that is a note."""
        level = headings.section_level(self.sheet, section, columns)
        if level is None:
            return
        self.over.open(level)
        if level.cell.source:
            self.found.sections.append(level.cell.source)
        if section.number != NONE:
            self.found.sections.append(self.sheet.source(section.number))

    def _title(self, first: int, rows_above: Sequence[Row]) -> str:
        """The lines and rows above a header of which one may be the table's title."""
        candidates: list[int] = []
        for number in range(max(first - headings.ABOVE, 0), first):
            if self.sheet.blocks[number].table < 0:
                candidates.append(number)
        for row in rows_above:
            if len(set(row)) == 1:
                candidates.append(row[0])
        texts = [self.sheet.folded(number).strip() for number in candidates]
        return "\n".join(text for text in texts if len(text) <= _TITLE and "。" not in text)

    def _rows(self, grid: Sequence[Row], start: int) -> None:
        """Read the rows from one on; a header among them may name the columns anew."""
        for part in self._parts(grid, start):
            self.columns = part.columns
            rows = [row for stretch in part.stretches for row in stretch]
            arrange(self.sheet, part.columns, rows, self.title)
            self.above = {}
            for stretch in part.stretches:
                self._stretch(stretch, part.columns)

    def _parts(self, grid: Sequence[Row], start: int) -> list[_Part]:
        """The rows from one on, parted at the headers among them."""
        parts = [_Part(self.columns or Columns())]
        while start < len(grid):
            again = headers.at(self.sheet, grid, start)
            if again is None:
                parts[-1].stretches[-1].append(grid[start])
                start += 1
                continue
            self._heads(grid[start : again.end])
            start = again.end
            if again.columns.has_header_of(parts[-1].columns):
                parts[-1].stretches.append([])
            else:
                parts.append(_Part(again.columns))
        return parts

    def _stretch(self, rows: Sequence[Row], columns: Columns) -> None:
        """Read rows between two headers, up to the beginning of another table."""
        for row in rows:
            if headers.is_of_another(self.sheet, row):
                return
            self._row(row, columns)
            if len(self.found.entries) > MOST:
                raise BoardError("notice_too_long", limit=MOST)

    # -- a row

    def _row(self, row: Row, columns: Columns) -> None:
        """Read a row: a measure, more of the one before, a heading, or nothing."""
        filled = self.sheet.filled(row)
        if columns.title < 0 or not filled or kinds.is_sum(self.sheet, filled):
            return
        section = headings.find_section_row(self.sheet, row, filled, columns)
        if section:
            self._open_section(section, columns)
            return
        if kinds.is_signed(self.sheet, filled):
            return
        row = self._filled_up(row, columns)
        claims = row_claims.read(self.sheet, row, columns)
        title = cell(row, columns.title)
        titled = self.sheet.is_filled(title)
        if titled and title != self.last_title:
            if columns.says_who or columns.said or self.over.say_who:
                self._measure(row, columns, claims)
        elif titled or not self._serial(row, columns):
            self._more(row, columns, claims)

    def _filled_up(self, row: Row, columns: Columns) -> Row:
        """A row with the cells of names that hold for it in the place of its blank ones."""
        full = list(row)
        self.lent = set()
        for column in columns.grouped:
            if self.sheet.is_filled(cell(row, column)):
                self.above[column] = row[column]
            elif column in self.above:
                full[column] = self.above[column]
                self.lent.add(full[column])
        return full

    def _serial(self, row: Row, columns: Columns) -> str:
        return self.sheet.text(cell(row, columns.serial)).strip()

    # -- a measure

    def _measure(self, row: Row, columns: Columns, claims: list[Claim]) -> None:
        """Make a measure of a row."""
        number = row[columns.title]
        line = self.sheet.lines[number]
        mark = marks.at(line.folded, line.text)
        words = line.span.since(mark.end) if mark else _without_dash(line.span)
        bracket = None if has_who(claims) else _duty_bracket(line)
        if bracket:
            claims = claims + labelled.read(brackets.inside(bracket))
            words = words.until(bracket.start)
        words = _first_item(words, mark)
        self.claims = claims
        layered = self.over.over(claims)
        filled = cells.fill(layered, self.rules, self.before)
        found = filled.cells | {
            "title": self._title_cell(words.trimmed(), columns),
            "article": self._article(row, columns, mark),
            "section": self._section(row, columns),
        }
        for name, doubt in self._doubts(row, columns).items():
            if found[name].reason == "absent":
                found[name] = doubt
        for name, value in found.items():
            if value.source and value.source.block in self.lent:
                found[name] = replace(value, reason="blank_below", sure=False)
        for name in self._misplaced(row, columns):
            found[name] = replace(found[name], reason="fitted", sure=False)
        measure = Measure(
            cells={name: found[name] for name in FIELDS},
            departments=filled.departments,
            where=self.sheet.source(number),
            year=self.rules.year_of(found["deadline"].text),
            issued=self.rules.issued,
        )
        self.last_title, self.before = number, measure.cells
        self.found.entries.append(_Entry(measure, layered))
        self._words(row, columns, _values(measure, layered))

    def _words(self, row: Row, columns: Columns, values: Iterable[Source]) -> None:
        """Add to the text of the last measure what a row says of it.

        That is the column of its title and those of words after it. What stands in a column of
        another kind is kept with its header: steps, targets, remarks and figures are of the
        measure. Names and dates that reached no cell are not: a person is to see them.

        Args:
            values: where the row says what stands in the measure's cells.
        """
        entry = self.found.entries[-1]
        for column in columns.body:
            number = cell(row, column)
            if column >= columns.title and self._is_new(number):
                entry.body.append(self.sheet.span(number))
                entry.lines.append(self.sheet.text(number).strip())
        entry.said.update(source.block for source in values)
        for column, number in enumerate(row):
            if columns.fields.get(column) not in DUTIES and self._is_new(number):
                entry.kept.append(self.sheet.span(number))
                label = columns.word(column)
                words = self.sheet.text(number).strip()
                entry.lines.append(f"{label}：{words}" if label else words)

    def _is_new(self, number: int) -> bool:
        """Whether a cell says something that the last measure does not say yet; now it does."""
        said = self.found.entries[-1].said
        if number in said or not self.sheet.is_filled(number):
            return False
        said.add(number)
        return True

    def _title_cell(self, words: Span, columns: Columns) -> Cell:
        header = columns.word(columns.title)
        return Cell(one_line(words.text), (), "column", not columns.guessed, words.source, header)

    def _article(self, row: Row, columns: Columns, mark: Mark | None) -> Cell:
        """The number in a column of numbers, or else the one before the title."""
        if self._serial(row, columns):
            article = self._of_column(row, columns.serial, columns)
            bare = self.sheet.folded(row[columns.serial]).strip().strip(_EDGES)
            text = article.text.strip("、.． ") if bare else ""
            return replace(article, text=text)
        if not mark:
            return Cell()
        source = Source(row[columns.title], mark.start, mark.end)
        return Cell(mark.label, (), "number", True, source)

    def _section(self, row: Row, columns: Columns) -> Cell:
        """The section of a row: of a section row, of a column, or of the row above.

        Of several levels it is the top one: a column inside a section divides it further.
        """
        if self.over.section_row:
            return self.over.section_row
        number = cell(row, columns.section)
        if self.sheet.is_filled(number):
            section = self._of_column(row, columns.section, columns)
            self.over.section = replace(section, text=one_line(section.text))
            return self.over.section
        above = self.over.section
        if number >= 0 and above.reason in ("column", "merged", "above"):
            return replace(above, reason="above", sure=columns.sparse)
        return above

    def _of_column(self, row: Row, column: int, columns: Columns) -> Cell:
        """A cell of the table as it is."""
        number = row[column]
        reason = "merged" if self.sheet.is_merged(number) else "column"
        text = self.sheet.text(number).strip()
        return Cell(text, (), reason, True, self.sheet.source(number), columns.word(column))

    def _doubts(self, row: Row, columns: Columns) -> dict[str, Cell]:
        """What may stand in columns whose header is not known, or did where an error stands."""
        doubts: dict[str, Cell] = {}
        for name, column in columns.doubts.items():
            number = cell(row, column)
            if self.sheet.is_filled(number):
                source, header = self.sheet.source(number), columns.words[column]
                doubts[name] = Cell("", (), "unknown_label", False, source, header)
        for column, name in columns.fields.items():
            number = cell(row, column)
            if name in _NAMED_FOR and kind_of(self.sheet.text(number)) == ERROR:
                source, text = self.sheet.source(number), self.sheet.text(number).strip()
                doubts[_NAMED_FOR[name]] = Cell("", (), "error_cell", False, source, text)
        return doubts

    def _misplaced(self, row: Row, columns: Columns) -> list[str]:
        """The cells of a measure that stand where the grid of a table was lost and only told again."""
        doubtful: set[str] = set()
        for column in (*columns.fields, columns.title):
            number = cell(row, column)
            if number >= 0 and self.sheet.blocks[number].doubtful:
                doubtful.add("title" if column == columns.title else columns.fields[column])
        return [name for name in FIELDS if not doubtful.isdisjoint(SAYS[name])]

    def _more(self, row: Row, columns: Columns, claims: list[Claim]) -> None:
        """Let a second row of the same measure add to it."""
        if not self.found.entries:
            return
        new = [claim for claim in claims if claim not in self.claims and claim.field != "deadline"]
        if new:
            self._more_claims(new)
        self._words(row, columns, [claim.source for claim in new])

    def _more_claims(self, new: list[Claim]) -> None:
        """Let a second row of the same measure say more of who answers: that is to be checked."""
        self.claims = self.claims + new
        layered = self.over.over(self.claims)
        filled = cells.fill(layered, self.rules, None)
        last = self.found.entries[-1]
        row = dict(last.measure.cells)
        for name, added in filled.cells.items():
            row[name] = added if added == row[name] else replace(added, sure=False, reason="rows")
        self.before, last.claims = row, layered
        last.measure = replace(last.measure, cells=row, departments=filled.departments)


def _without_dash(words: Span) -> Span:
    """A cell without the dash that it begins with in the place of a number."""
    dash = words.match(_DASH)
    return words.since(dash.end()) if dash else words


def _first_item(words: Span, mark: Mark | None) -> Span:
    """The first of several numbered lines in a cell: they are the steps of one measure."""
    if mark is None:
        return words
    end = words.find("\n")
    below = marks.at(words.line.folded, words.line.text, end + 1) if end >= 0 else None
    if below is None or (below.style, below.number) != (mark.style, mark.number + 1):
        return words
    return words.until(end)


def _values(measure: Measure, claims: Iterable[Claim]) -> Iterator[Source]:
    """Where it stands what the cells of a measure say."""
    yield from (claim.source for claim in claims)
    for value in measure.cells.values():
        if value.source and (value.text or value.names):
            yield value.source


def _duty_bracket(line: Line) -> Span | None:
    """A bracket with labels in a measure's own cell that says who answers."""
    labelled_brackets = (duty for duty in brackets.of_duty(line) if duty.find_labels())
    return next(labelled_brackets, None)
