"""A measure table as a document: read as the board reads it, each cell with its place on the paper.

A file of rows and columns is such a table where the board finds measures in it. A table of the
board's own (with 编号, 年度 and 清单: its file, its downloads, what Intake has written) is one wherever it
stands, in a pasted text too. Nothing in it is to be checked but what the board asks about. Each
measure keeps its 编号, its year, its list and the office's own columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib import measures
from lib.errors import BoardError, Problem
from lib.files import Content, Grid, Headers, Sheet
from lib.files.records import HEADER_ROWS
from lib.files.sheet import names_of
from lib.grids.cells import numbered
from lib.grids.headers import likely_header
from lib.grids.tables import Kind
from lib.measures import schema, sheets
from lib.measures.headers import FROM, NO_CHOICES, TO, Choices, known
from lib.measures.heads import of_rows
from lib.measures.sheets import Sheets, Standing
from lib.notices.formats.table_file import Paper, TableFile
from lib.notices.model import (
    FIELDS,
    YEARS,
    Block,
    Cell,
    Document,
    Given,
    Line,
    Measure,
    Milestone,
    Notice,
    Source,
    TableHeader,
    Unplaced,
)
from lib.notices.reading import checks, figures, heads
from lib.notices.reading.heads import Head
from lib.text import deadlines
from lib.text.folding import fold

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
# How a person knows the fields of some columns: the two halves of a deadline, numbers without 编号
_SHOWN_AS: Final = {FROM: "deadline", TO: "deadline", "serial": "article"}
_NOTHING: Final = Grid("", [])
_UNKNOWN: Final = Head()
_NO_MEASURES: Final = frozenset({Kind.HEADER, Kind.SUM})  # rows that are passed over rightly

_Doubts = Mapping[tuple[int, str], str]  # row of the table and field → the problem's code
_Place = tuple[int, int]  # of two numbers: a grid and its row, a row and a column


def of_file(
    file: TableFile,
    name: str,
    year: int | None = None,
    choices: Choices = NO_CHOICES,
    problems: Sequence[Problem] = (),
) -> Notice | None:
    """Read a file of rows and columns; None where the board finds no measures in it.

    Args:
        file: with its milestones.
        name: what it is called, which may say the list and its year where nothing else does.
        year: of all rows, where the table says none or a wrong one.
        choices: what a person has chosen some columns to be.
        problems: with the milestones beside the file.
    """
    try:
        found = sheets.of_content(file.content, name, choices)
    except BoardError:
        return None
    if found.milestones is None and file.milestones is not None:
        found = _with_milestones(found, file.milestones, len(file.paper.grids) - 1)
    found = replace(found, problems=[*found.problems, *problems])
    head = _head(file.paper, found.standing[0], name)
    found = replace(found, measures=_with_list(found.measures, head, year))
    return _Reading(file.paper, found, head).notice(name)


def _head(paper: Paper, table: Standing, name: str) -> Head:
    """What stands over a table, or what the name of its file says."""
    lines = [Line.of(number, block.text) for number, block in enumerate(paper.blocks)]
    first = next(paper.blocks_in(table.grid, table.header), len(lines))
    head = heads.read(paper.blocks, lines, first, ())
    named = of_rows([Path(name).stem], "")
    return replace(head, title=head.title or named.list, year=head.year or named.year or None)


def own(raw: Document, name: str, year: int | None = None) -> Notice | None:
    """Read a document that is one table of the board's own; None for any other."""
    grids = _grids(raw.blocks)
    tables = [number for number, grid in enumerate(grids) if _is_own(grid)]
    if len(tables) != 1:
        return None
    kept = [
        grid if number in tables or _has_header(grid, schema.MILESTONE_TABLE) else _NOTHING
        for number, grid in enumerate(grids)
    ]
    found = sheets.of_content(Content(grids=kept), name)
    found = replace(found, measures=_with_list(found.measures, _UNKNOWN, year))
    notice = _Reading(Paper.of(grids, raw.blocks), found, _UNKNOWN).notice(name)
    return replace(notice, problems=(*raw.problems, *notice.problems))


def likely_headers(paper: Paper, choices: Choices) -> tuple[TableHeader, ...]:
    """What may be the headers of tables in which the board finds no measures.

    Of each grid the row with most labels: so a person can choose what its columns are.
    """
    field_of = known(choices).words.field_of
    headers: list[TableHeader] = []
    for number, grid in enumerate(paper.grids):
        cells, rows = numbered(grid)
        row = likely_header(cells, rows)
        if row is not None:
            labels = names_of(cells.text(cell) for cell in rows[row])
            fields = [field_of(fold(label)) for label in labels]
            headers += _header(paper, number, row, labels, fields)
    return tuple(headers)


def _header(
    paper: Paper, grid: int, row: int, labels: Sequence[str], fields: Sequence[str]
) -> list[TableHeader]:
    """A header with the fields by which a person knows them; none where the desk does not show it."""
    block = next(paper.blocks_in(grid, row), None)
    if block is None:
        return []
    shown = [_SHOWN_AS.get(field, field) for field in fields]
    of_columns = [
        field or schema.carried_field_of(label) for field, label in zip(shown, labels, strict=True)
    ]
    place = paper.blocks[block]
    return [TableHeader(place.table, place.row, tuple(labels), tuple(of_columns))]


# --- where it stands ------------------------------------------------------------------------------


def _grids(blocks: Sequence[Block]) -> list[Grid]:
    """The tables of a document as grids, each under its number."""
    cells: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.table >= 0:
            cells[block.table].append(block)
    return [_grid(cells[number]) for number in range(max(cells, default=-1) + 1)]


def _grid(blocks: Sequence[Block]) -> Grid:
    height = max((block.row + block.down for block in blocks), default=0)
    width = max((block.column + block.across for block in blocks), default=0)
    rows = [[""] * width for _ in range(height)]
    merged: dict[_Place, _Place] = {}
    for block in blocks:
        rows[block.row][block.column] = block.text
        if (block.down, block.across) != (1, 1):
            merged[block.row, block.column] = (block.down, block.across)
    return Grid("", rows, merged)


def _is_own(grid: Grid) -> bool:
    return _has_header(grid, schema.OWN_TABLE)


def _has_header(grid: Grid, headers: Headers) -> bool:
    filled = (names_of(cells) for cells in grid.rows if any(map(str.strip, cells)))
    return any(map(headers.fit, islice(filled, HEADER_ROWS)))


def _with_milestones(found: Sheets, milestones: Sheet, grid: int) -> Sheets:
    """A table with its milestones, which stand in a file of their own. grid: its number."""
    header = len(milestones.above)
    rows = [*range(header + 1, header + 1 + len(milestones.lines))]
    columns = schema.milestone_fields(milestones.header)
    standing = Standing(grid, header, milestones.header, columns, rows)
    return replace(found, milestones=milestones, milestones_standing=[standing])


def _with_list(sheet: Sheet, head: Head, year: int | None) -> Sheet:
    """A sheet that says the list and the year of its rows.

    Args:
        head: what holds where no column says it.
        year: of all rows, whatever the sheet says.
    """
    if year is not None and year in YEARS:
        sheet = _with_column(sheet, "year", str(year))
    elif head.year and "year" not in schema.fields(sheet.header):
        sheet = _with_column(sheet, "year", str(head.year))
    if head.title and "list" not in schema.fields(sheet.header):
        sheet = _with_column(sheet, "list", head.title)
    return sheet


def _with_column(sheet: Sheet, field: str, text: str) -> Sheet:
    """A sheet with the same text in a field of each row."""
    cells = pa.repeat(pa.scalar(text), len(sheet.lines))
    place = schema.fields(sheet.header).get(field)
    if place is None:
        header = [*sheet.header, schema.COLUMNS[field]]
        return replace(sheet, header=header, columns=[*sheet.columns, cells])
    columns = [*sheet.columns]
    columns[place] = cells
    return replace(sheet, columns=columns, kinds={})


# --- what it says ---------------------------------------------------------------------------------


class _Row(NamedTuple):
    """Where a measure or a milestone stands: its table, and its row in the grid."""

    table: Standing
    row: int


def _rows(tables: Sequence[Standing]) -> list[_Row]:
    return [_Row(table, row) for table in tables for row in table.rows]


class _Reading:
    """The board's reading of a table, as a notice.

    Attributes:
        paper: the document.
        found: the measures without sums, notes and what else is none, and their milestones.
        head: what stands over them.
        table: the same as the board has it.
        rows: its rows, by column.
        leaders: those of each row, as the board counts them.
        numbers: 编号 of each row as the file has it.
        roles: 牵头部门 and 配合部门 of each row as the file has them.
        places: where each stands.
        is_own: whether it is one table of the board's own.
    """

    def __init__(self, paper: Paper, found: Sheets, head: Head) -> None:
        self.paper, self.found, self.head = paper, found, head
        self.table = measures.of(found.measures, found.milestones, found.problems)
        self.rows: list[dict[str, Any]] = self.table.columns.to_pylist()
        self.leaders: list[list[str]] = self.table.codes.leaders.array().to_pylist()
        self.numbers = self._column_of("measure_id")
        self.roles = {field: self._column_of(field) for field in schema.ROLE_COLUMNS}
        self.places = _rows(found.standing)
        labels = [table.labels for table in found.standing]
        self.is_own = len(labels) == 1 and schema.OWN_TABLE.fit(labels[0])

    def notice(self, name: str) -> Notice:
        """What was read. A list and a year are the notice's where all rows have them."""
        doubts = dict(self._found_wrong())
        rows = tuple(self._measure(row, doubts) for row in range(len(self.rows)))
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
            headers=tuple(self._headers()),
            is_own=self.is_own,
        )

    def _headers(self) -> Iterator[TableHeader]:
        for table in self.found.standing:
            fields = [""] * len(table.labels)
            for field, column in table.columns.items():
                fields[column] = field
            yield from _header(self.paper, table.grid, table.header, table.labels, fields)

    def _column_of(self, field: str) -> list[str]:
        """The cells of a field as they stand in the file, empty ones where it has none."""
        sheet = self.found.measures
        column = schema.fields(sheet.header).get(field)
        if column is None:
            return [""] * len(sheet.lines)
        return [text.strip() for text in sheet.columns[column].to_pylist()]

    def _common(self, column: str) -> Any:
        """What all rows have in a column, None where they differ."""
        values = {row[column] for row in self.rows}
        return values.pop() if len(values) == 1 else None

    def _problems(
        self, rows: Sequence[Measure], milestones: Sequence[Milestone]
    ) -> Iterator[Problem]:
        """What the board has a problem with; in a list of others what contradicts itself as well.

        What a cell lacks that is to be checked is said once.
        """
        if self.is_own:
            yield from self.table.problems
            return
        for problem in self.table.problems:
            is_missing = problem.code == "missing_column" and problem.column in _DISPENSABLE
            if not is_missing and problem.code not in _REASONS:
                yield problem
        lines = [Line.of(number, block.text) for number, block in enumerate(self.paper.blocks)]
        year = self._common("year") or self.head.year
        yield from checks.find(rows, milestones, lines, words=(), numbers=(), year=year)

    def _found_wrong(self) -> Iterator[tuple[tuple[int, str], str]]:
        """The cells with which the board has a problem."""
        sheet = self.found.measures
        places = schema.fields(sheet.header)
        field_of = {sheet.header[column]: field for field, column in places.items()}
        starts = [0, *(row for row, _ in sheet.sources)]
        names = ["", *(name for _, name in sheet.sources)]
        part_of = np.searchsorted(starts, np.arange(len(sheet.lines)), side="right") - 1
        row_of = {
            (names[part], line): row
            for row, (part, line) in enumerate(zip(part_of, sheet.lines.tolist(), strict=True))
        }
        for problem in self.table.problems:
            row = row_of.get((problem.source, problem.line))
            field = field_of.get(problem.column, "")
            if field == "departments":
                field = "lead_departments"
            if row is not None:
                yield (row, field), problem.code

    # -- measures

    def _measure(self, row: int, doubts: _Doubts) -> Measure:
        values = self.rows[row]
        extra = {name: values[name] or "" for name in values if name not in schema.ROW_COLUMNS}
        cells = {field: self._cell(row, field, doubts) for field in FIELDS}
        measure_id = values["measure_id"] if self.is_own else ""
        return Measure(
            cells=cells,
            departments=values["departments"],
            where=cells["title"].source,
            year=values["year"],
            issued=self.head.issued,
            given=Given(measure_id, values["year"], values["list"], extra),
        )

    def _value(self, row: int, field: str) -> str | list[str]:
        """What a cell says. A list of others has leaders without titles, and its 编号 is the number
        of an article: the board's own ones tell its lists apart.
        """
        if not self.is_own:
            if field == "leaders":
                return self.leaders[row]
            if field == "article" and not self.rows[row]["article"]:
                return self.numbers[row]
        value: str | list[str] = self.rows[row][field]
        return value

    def _cell(self, row: int, field: str, doubts: _Doubts) -> Cell:
        """A cell as it stands there: sure, unless the board has a problem with it."""
        value = self._value(row, field)
        names = tuple(value) if isinstance(value, list) else ()
        text = value if isinstance(value, str) else ""
        cell = Cell(text, names)
        table, place = self.places[row]
        column = self._column(row, field)
        if value and column is not None:
            source = self.paper.source((table.grid, place, column))
            cell = replace(cell, reason="column", source=source, detail=table.labels[column])
        code = doubts.get((row, field))
        if code and not (field == "deadline" and self._dates(text)):
            return replace(cell, reason=_REASONS.get(code, cell.reason), sure=False)
        if field == "deadline" and self._needs_year(row):
            return replace(cell, reason="needs_year", sure=False)
        return cell

    def _dates(self, phrase: str) -> bool:
        """Whether the day of issue dates a phrase."""
        issued = self.head.issued
        return issued is not None and deadlines.read(phrase, issued.year, issued) is not None

    def _needs_year(self, row: int) -> bool:
        """Whether a deadline would say a day if only the year of the list were known."""
        values = self.rows[row]
        phrase = values["deadline"]
        if values["year"] or not phrase:
            return False
        return deadlines.read(phrase, None) is None

    def _column(self, row: int, field: str) -> int | None:
        """The column that says a field: who leads stands in one of its own, or in 责任部门."""
        names = _STANDS_UNDER.get(field, (field,))
        if field in self.roles and not self.roles[field][row]:
            names = ("departments", *names)
        columns = self.places[row].table.columns
        return next((columns[name] for name in names if name in columns), None)

    # -- milestones, and what is neither

    def _milestones(self, rows: Sequence[Measure]) -> Iterator[Milestone]:
        """Those of the table's measures, else what their texts name beside the deadlines."""
        if self.found.milestones is None:
            if not self.is_own:
                yield from self._named_in(rows)
            return
        milestones = self.table.milestone_columns.to_pylist()
        for place, cells in zip(_rows(self.found.milestones_standing), milestones, strict=True):
            if cells["row"] != _ORPHAN:
                column = place.table.columns["milestone"]
                yield Milestone(
                    measure=cells["row"],
                    deadline=cells["deadline"],
                    text=cells["milestone"],
                    target=cells["target"],
                    unit=cells["unit"],
                    source=self.paper.source((place.table.grid, place.row, column)),
                )

    def _named_in(self, rows: Sequence[Measure]) -> Iterator[Milestone]:
        for number, measure in enumerate(rows):
            title = measure.cells["title"].source
            if title is not None:
                line = Line.of(title.block, self.paper.blocks[title.block].text)
                deadline = measure.cells["deadline"]
                yield from figures.find(number, [line.span], deadline.text, deadline.source)

    def _unplaced(self) -> Iterator[Unplaced]:
        """What stands beside the tables, rows that may be measures, milestones of no measure."""
        standing = [*self.found.standing, *self.found.milestones_standing]
        read = {table.grid for table in standing}
        for number, block in enumerate(self.paper.blocks):
            if block.table not in read and block.text.strip():
                why = "table" if block.table >= 0 else "text"
                yield Unplaced(Source(number, 0, len(block.text)), block.text.strip(), why)
        for grid, row in [*self._passed(), *self._orphans()]:
            for number in self.paper.blocks_in(grid, row):
                text = self.paper.blocks[number].text
                if text.strip():
                    yield Unplaced(Source(number, 0, len(text)), text.strip(), "table")

    def _passed(self) -> Iterator[_Place]:
        """The rows that are no measures, and no headers and sums either."""
        for table in self.found.standing:
            for passed in table.passed:
                if passed.kind not in _NO_MEASURES:
                    yield table.grid, passed.row

    def _orphans(self) -> Iterator[_Place]:
        """The rows with milestones of no measure."""
        rows = self.table.milestone_columns["row"].to_pylist()
        for place, row in zip(_rows(self.found.milestones_standing), rows, strict=True):
            if row == _ORPHAN:
                yield place.table.grid, place.row
