"""The board's reading of a table, as a notice: each cell with its place on the paper.

Nothing is to be checked but what the board asks about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np

from lib import measures
from lib.errors import Problem
from lib.grids.tables import Kind
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

_Doubts = Mapping[tuple[int, str], str]  # row of the table and field → the problem's code
_Place = tuple[int, int]  # a grid and its row


class _Row(NamedTuple):
    """Where a measure or a milestone stands: its table, and its row in the grid."""

    table: Standing
    row: int


def _rows(tables: Sequence[Standing]) -> list[_Row]:
    return [_Row(table, row) for table in tables for row in table.rows]


class Reading:
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
            headers=tuple(headers_of(self.paper, self.found.standing)),
            is_own=self.is_own,
        )

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
            issued=self.table.codes.windows.issued_on(row) or self.head.issued,
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
            title, deadline = measure.cells["title"], measure.cells["deadline"]
            if title.source is not None:
                text = self._block(title.source)
                yield from figures.find(number, [text], deadline.text, deadline.source)
            if deadline.source is not None:
                yield from figures.find_in_deadline(number, self._block(deadline.source))

    def _block(self, source: Source) -> Span:
        """The whole text of the block in which something stands."""
        return Line.of(source.block, self.paper.blocks[source.block].text).span

    def _unplaced(self) -> Iterator[Unplaced]:
        """What stands beside the tables, rows that may be measures, milestones of no measure."""
        standing = [*self.found.standing, *self.found.milestones_standing]
        read = {table.grid for table in standing}
        for number, block in enumerate(self.paper.blocks):
            if block.table not in read and block.text.strip():
                why = "table" if block.table >= 0 else "text"
                yield Unplaced(Source(number, 0, len(block.text)), block.text.strip(), why)
        for grid, row in [*self._above(), *self._passed(), *self._orphans()]:
            for number in self.paper.blocks_in(grid, row):
                text = self.paper.blocks[number].text
                if text.strip() and number not in self.head.blocks:
                    yield Unplaced(Source(number, 0, len(text)), text.strip(), "table")

    def _above(self) -> Iterator[_Place]:
        """The rows above the first header of each grid; above the board's own is what a download adds."""
        if self.is_own:
            return
        headers: dict[int, int] = {}
        for table in self.found.standing:
            headers.setdefault(table.grid, table.header)
        for grid, header in headers.items():
            for row in range(header):
                yield grid, row

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
