"""The board's reading of a table, as a notice: each cell with its place on the paper.

Nothing is to be checked but what the board asks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final, NamedTuple

from lib import measures
from lib.errors import Problem
from lib.grids.model import Kind
from lib.measures import schema
from lib.measures.headers import FROM, TO
from lib.measures.sheets import Sheets, Standing
from lib.notices.formats.table_file import Paper
from lib.notices.model import (
    FIELDS,
    Cell,
    Given,
    Line,
    Measure,
    Measures,
    Milestone,
    Notice,
    Source,
    Span,
    Unplaced,
)
from lib.notices.reading import checks, figures
from lib.notices.reading.heads import Head
from lib.notices.table_headers import headers_of
from lib.text import deadlines

# Why a cell is to be checked, by the problem that the board has with it
_REASONS: Final = {
    "title_missing": "empty",
    "leader_missing": "empty",
    "department_missing": "empty",
    "deadline_unreadable": "unreadable",
}
# Columns without which a list can do: the desk shows what they would say, or that they are empty
_DISPENSABLE: Final = frozenset(
    schema.COLUMNS[field] for field in ("year", "list", "section", "article")
)
_ORPHAN: Final = -1  # row of a milestone whose measure the table does not have
# The columns under which a field may stand: a deadline may stand in two, a number counts as article
_STANDS_UNDER: Final = {
    "deadline": ("deadline", FROM, TO),
    "article": ("article", "serial", "measure_id"),
}
_NO_MEASURES: Final = frozenset({Kind.HEADER, Kind.SUM})  # rows that are passed over rightly


class _CellOf(NamedTuple):
    """A cell of the table: its row there, and its field."""

    row: int
    field: str


class _RowOf(NamedTuple):
    """Where a measure or a milestone stands: its table, and its row in the grid."""

    table: Standing
    row: int


class _GridRow(NamedTuple):
    """A row of the paper."""

    grid: int
    row: int


_Doubts = Mapping[_CellOf, str]  # of the cells with which the board has a problem, its code
_Values = Mapping[str, Any]  # what a row of the table says, by column


def _rows_of(tables: Iterable[Standing]) -> list[_RowOf]:
    """Where the rows of some tables stand, in their order."""
    rows: list[_RowOf] = []
    for table in tables:
        rows += [_RowOf(table, row) for row in table.rows]
    return rows


def _cell_with(value: str | list[str] | None) -> Cell:
    """A cell with a text, or with names."""
    if isinstance(value, list):
        return Cell(names=tuple(value))
    return Cell(text=value or "")


class Reading:
    """The board's reading of a table, as a notice.

    Attributes:
        paper: the document.
        sheets: the measures without sums, notes and what else is none, and their milestones.
        head: what stands over them.
        table: the same as the board has it.
        rows: its rows, by column.
        leaders: those of each row, as the board counts them.
        numbers: 编号 of each row as the file has it.
        roles: 牵头部门 and 配合部门 of each row as the file has them.
        places: where each stands.
        is_own: whether it is one table of the board's own.
    """

    def __init__(self, paper: Paper, sheets: Sheets, head: Head) -> None:
        self.paper = paper
        self.sheets = sheets
        self.head = head
        self.table = measures.of(sheets.measures, sheets.milestones, sheets.problems)
        self.rows: list[_Values] = self.table.columns.to_pylist()
        leaders = self.table.codes.leaders
        self.leaders: list[list[str]] = leaders.array().to_pylist()
        self.numbers = self._column_of("measure_id")
        self.roles = {field: self._column_of(field) for field in schema.ROLE_COLUMNS}
        self.places = _rows_of(sheets.standing)
        self.is_own = self._is_own()

    def _is_own(self) -> bool:
        if len(self.sheets.standing) != 1:
            return False
        [table] = self.sheets.standing
        return schema.OWN_TABLE.fit(table.labels)

    def notice(self, name: str) -> Notice:
        """What was read. A list and a year are the notice's where all rows have them."""
        doubts = self._doubts()
        numbers = range(len(self.rows))
        rows = tuple(self._measure(row, doubts) for row in numbers)
        milestones = tuple(self._milestones(rows))
        return Notice(
            name=name,
            blocks=tuple(self.paper.blocks),
            title=self._common("list") or self.head.title,
            issuer=self.head.issuer,
            document_number=self.head.document_number,
            year=self._common("year"),
            issued=self.head.issued,
            measures=rows,
            milestones=milestones,
            problems=tuple(self._problems(rows, milestones)),
            unplaced=tuple(sorted(self._unplaced())),
            headers=tuple(headers_of(self.paper, self.sheets.standing)),
            is_own=self.is_own,
        )

    def _column_of(self, field: str) -> list[str]:
        """The cells of a field as they stand in the file, empty ones where it has none."""
        sheet = self.sheets.measures
        column = schema.fields(sheet.header).get(field)
        if column is None:
            return [""] * len(sheet.lines)
        cells = sheet.columns[column].to_pylist()
        return [text.strip() for text in cells]

    def _common(self, column: str) -> Any:
        """What all rows have in a column, None where they differ."""
        values = {row[column] for row in self.rows}
        if len(values) != 1:
            return None
        return values.pop()

    # -- problems

    def _problems(self, rows: Measures, milestones: Sequence[Milestone]) -> Iterator[Problem]:
        """What the board has a problem with; in a list of others what contradicts itself as well.

        What a cell lacks that is to be checked is said once.
        """
        if self.is_own:
            yield from self.table.problems
            return
        for problem in self.table.problems:
            is_dispensable = problem.code == "missing_column" and problem.column in _DISPENSABLE
            if not is_dispensable and problem.code not in _REASONS:
                yield problem
        lines: list[Line] = []
        for number, block in enumerate(self.paper.blocks):
            lines.append(Line.of(number, block.text))
        year = self._common("year") or self.head.year
        yield from checks.find(rows, milestones, lines, words=(), numbers=(), year=year)

    def _doubts(self) -> _Doubts:
        """The cells with which the board has a problem."""
        field_of = self._field_of_each_label()
        row_of = self._row_of_each_line()
        doubts: dict[_CellOf, str] = {}
        for problem in self.table.problems:
            line = (problem.source, problem.line)
            row = row_of.get(line)
            field = field_of.get(problem.column, "")
            if field == "departments":
                field = "lead_departments"
            if row is not None:
                cell = _CellOf(row, field)
                doubts[cell] = problem.code
        return doubts

    def _field_of_each_label(self) -> dict[str, str]:
        """The field that each column of the table holds, by its label."""
        header = self.sheets.measures.header
        field_of: dict[str, str] = {}
        for field, column in schema.fields(header).items():
            label = header[column]
            field_of[label] = field
        return field_of

    def _row_of_each_line(self) -> dict[tuple[str, int], int]:
        """The row of the table that begins in a line of a source, by both.

        A source is "" or, where a file has several, the name of one; it holds for the rows from its
        first one to the first one of the next.
        """
        sheet = self.sheets.measures
        lines = sheet.lines.tolist()
        name_from = dict(sheet.sources)  # the first row of a source → its name
        name = ""
        row_of: dict[tuple[str, int], int] = {}
        for row, line in enumerate(lines):
            name = name_from.get(row, name)
            row_of[name, line] = row
        return row_of

    # -- measures

    def _measure(self, row: int, doubts: _Doubts) -> Measure:
        values = self.rows[row]
        cells = {field: self._cell(row, field, doubts) for field in FIELDS}
        issued = self.table.codes.windows.issued_on(row)
        return Measure(
            cells=cells,
            departments=values["departments"],
            where=cells["title"].source,
            year=values["year"],
            issued=issued or self.head.issued,
            given=self._given(values),
        )

    def _given(self, values: _Values) -> Given:
        """What a row says of its measure beside the cells. values: by column."""
        extra: dict[str, str] = {}
        for name, value in values.items():
            if name not in schema.ROW_COLUMNS:
                extra[name] = value or ""
        measure_id = values["measure_id"] if self.is_own else ""
        return Given(measure_id, values["year"], values["list"], extra)

    def _cell(self, row: int, field: str, doubts: _Doubts) -> Cell:
        """A cell as it stands there: sure, unless the board has a problem with it."""
        cell = self._cell_as_printed(row, field)
        problem = doubts.get(_CellOf(row, field))
        if problem and not self._is_settled(field, cell):
            reason = _REASONS.get(problem, cell.reason)
            return replace(cell, reason=reason, sure=False)
        if field == "deadline" and self._needs_year(row):
            return replace(cell, reason="needs_year", sure=False)
        return cell

    def _is_settled(self, field: str, cell: Cell) -> bool:
        """Whether a problem of the board's is none here: the day of issue dates a deadline."""
        if field != "deadline":
            return False
        return self._is_dated_by_issue(cell.text)

    def _cell_as_printed(self, row: int, field: str) -> Cell:
        """A cell with the column that says it, where one does."""
        value = self._value(row, field)
        cell = _cell_with(value)
        column = self._column(row, field)
        if not value or column is None:
            return cell
        place = self.places[row]
        source = self._source(place, column)
        label = place.table.labels[column]
        return replace(cell, reason="column", source=source, detail=label)

    def _source(self, place: _RowOf, column: int) -> Source | None:
        """Where a cell of a row stands in the document."""
        grid = place.table.grid
        return self.paper.source((grid, place.row, column))

    def _value(self, row: int, field: str) -> str | list[str]:
        """What a cell says.

        A list of others has leaders without titles, and its 编号 is the number of an article: the
        board's own ones tell its lists apart.
        """
        value: str | list[str] = self.rows[row][field]
        if self.is_own:
            return value
        if field == "leaders":
            return self.leaders[row]
        if field == "article":
            return value or self.numbers[row]
        return value

    def _is_dated_by_issue(self, phrase: str) -> bool:
        """Whether the day of issue dates a phrase."""
        issued = self.head.issued
        if issued is None:
            return False
        return deadlines.read(phrase, issued.year, issued) is not None

    def _needs_year(self, row: int) -> bool:
        """Whether a deadline would say a day if only the year of the list were known."""
        values = self.rows[row]
        phrase = values["deadline"]
        if values["year"] or not phrase:
            return False
        return deadlines.read(phrase, None) is None

    def _column(self, row: int, field: str) -> int | None:
        """The column that says a field: who leads stands in one of its own, or in 责任部门."""
        fields = _STANDS_UNDER.get(field, (field,))
        if field in self.roles:
            role = self.roles[field][row]
            if not role:
                fields = ("departments", *fields)
        columns = self.places[row].table.columns
        for name in fields:
            if name in columns:
                return columns[name]
        return None

    # -- milestones, and what is neither

    def _milestones(self, rows: Measures) -> Iterator[Milestone]:
        """Those of the table's measures, else what their texts name beside the deadlines."""
        if self.sheets.milestones is None:
            if not self.is_own:
                yield from self._named_in(rows)
            return
        milestones = self.table.milestone_columns.to_pylist()
        places = _rows_of(self.sheets.milestones_standing)
        for place, cells in zip(places, milestones, strict=True):
            if cells["row"] != _ORPHAN:
                yield self._milestone(place, cells)

    def _milestone(self, place: _RowOf, cells: _Values) -> Milestone:
        column = place.table.columns["milestone"]
        return Milestone(
            measure=cells["row"],
            deadline=cells["deadline"],
            text=cells["milestone"],
            target=cells["target"],
            unit=cells["unit"],
            source=self._source(place, column),
        )

    def _named_in(self, rows: Measures) -> Iterator[Milestone]:
        """What the texts of measures name beside the deadlines."""
        for number, measure in enumerate(rows):
            title = measure.cells["title"]
            deadline = measure.cells["deadline"]
            if title.source is not None:
                whole_text = [self._block(title.source)]
                yield from figures.find(number, whole_text, deadline.text, deadline.source)
            if deadline.source is not None:
                whole_cell = self._block(deadline.source)
                yield from figures.find_in_deadline(number, whole_cell)

    def _block(self, source: Source) -> Span:
        """The whole text of the block in which something stands."""
        block = self.paper.blocks[source.block]
        return Line.of(source.block, block.text).span

    def _unplaced(self) -> Iterator[Unplaced]:
        """What stands beside the tables, rows that may be measures, milestones of no measure."""
        standing = chain(self.sheets.standing, self.sheets.milestones_standing)
        read_grids = {table.grid for table in standing}
        for number, block in enumerate(self.paper.blocks):
            if block.table not in read_grids:
                why = "table" if block.table >= 0 else "text"
                yield from self._whole_block(number, why)
        for place in chain(self._above(), self._passed(), self._orphans()):
            for number in self.paper.blocks_in(place.grid, place.row):
                if number not in self.head.blocks:
                    yield from self._whole_block(number, "table")

    def _whole_block(self, number: int, why: str) -> Iterator[Unplaced]:
        """A block that is not placed; none where it is empty."""
        text = self.paper.blocks[number].text
        words = text.strip()
        if words:
            source = Source(number, 0, len(text))
            yield Unplaced(source, words, why)

    def _above(self) -> Iterator[_GridRow]:
        """The rows above the first header of each grid.

        Above the board's own table stands what a download adds.
        """
        if self.is_own:
            return
        first_headers: dict[int, int] = {}
        for table in self.sheets.standing:
            first_headers.setdefault(table.grid, table.header)
        for grid, header in first_headers.items():
            for row in range(header):
                yield _GridRow(grid, row)

    def _passed(self) -> Iterator[_GridRow]:
        """The rows that are no measures, and no headers and sums either."""
        for table in self.sheets.standing:
            for passed in table.passed:
                if passed.kind not in _NO_MEASURES:
                    yield _GridRow(table.grid, passed.row)

    def _orphans(self) -> Iterator[_GridRow]:
        """The rows with milestones of no measure."""
        places = _rows_of(self.sheets.milestones_standing)
        measure_rows = self.table.milestone_columns["row"].to_pylist()
        for place, measure_row in zip(places, measure_rows, strict=True):
            if measure_row == _ORPHAN:
                yield _GridRow(place.table.grid, place.row)
