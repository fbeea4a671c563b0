"""A table of the board's own as a document: its file, its downloads, and what Intake has written.

It is read as the board reads it, and nothing in it is to be checked but what the board asks about.
Each measure keeps its 编号, its year, its list and the office's own columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lib import files, measures
from lib.files import Headers, Sheet
from lib.files.records import HEADER_ROWS
from lib.files.sheet import names_of, string_column, without_blank_rows
from lib.measures import schema, sheets
from lib.notices.model import (
    FIELDS,
    YEARS,
    Block,
    Cell,
    Document,
    Given,
    Measure,
    Milestone,
    Notice,
    Source,
    Unplaced,
)

# Why a cell is to be checked, by the problem that the board has with it
_REASONS: Final = {
    "title_missing": "empty",
    "leader_missing": "empty",
    "department_missing": "empty",
    "deadline_unreadable": "unreadable",
}

_ORPHAN: Final = -1  # row of a milestone whose measure the table does not have

_Place = tuple[int, int]  # line of the file or the sheet, from 1, and column from 0
_Doubts = Mapping[tuple[int, str], str]  # row of the table and field → the problem's code


def is_own(blocks: Sequence[Block]) -> bool:
    """Whether a document is one table of the board's own."""
    return len([*_tables_on(_grids(blocks), schema.OWN_TABLE)]) == 1


def with_milestones(table: Document, beside: Document) -> Document:
    """A document with its milestones, which stand in a file of their own, as a table after it."""
    tables = 1 + max(block.table for block in table.blocks)
    blocks = [replace(block, table=block.table + tables) for block in beside.blocks]
    return Document([*table.blocks, *blocks], [*table.problems, *beside.problems])


def read(raw: Document, name: str, year: int | None = None) -> Notice | None:
    """Read a document that is a table of the board's own; None for any other.

    Args:
        raw: the document, with its milestones.
        name: what the file is called.
        year: of all rows, where the table says it wrong.
    """
    grids = _grids(raw.blocks)
    tables = [*_tables_on(grids, schema.OWN_TABLE)]
    if len(tables) != 1:
        return None
    own = tables[0]
    if year is not None and year in YEARS:
        own = replace(own, sheet=_in_year(own.sheet, year))
    others = [grid for grid in grids if grid is not own.grid]
    dates = next(_tables_on(others, schema.MILESTONE_TABLE), None)
    notice = _Reading(own, dates).notice(name)
    return replace(notice, problems=(*raw.problems, *notice.problems))


# --- where it stands ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grid:
    """A table of a document.

    cells: place → number of the block there; one that is merged downwards stands in each line.
    lines: those in which something stands.
    """

    blocks: Sequence[Block]
    cells: Mapping[_Place, int]
    lines: Sequence[int]
    width: int

    def texts(self, line: int) -> list[str]:
        """The cells of a line."""
        numbers = [self.cells.get((line, column)) for column in range(self.width)]
        return ["" if number is None else self.blocks[number].text for number in numbers]

    def numbers(self, without: Collection[int] = ()) -> set[int]:
        """The blocks of its cells, but for some lines."""
        return {number for (line, _), number in self.cells.items() if line not in without}


@dataclass(frozen=True)
class _Table:
    """A sheet and the grid on which it stands."""

    grid: _Grid
    sheet: Sheet

    def source(self, line: int, header: str) -> Source | None:
        """Where the cell of a line under a header stands in the document.

        A section that was read from a heading over the lines has no cell in each.
        """
        if header not in self.sheet.header:
            return None
        number = self.grid.cells.get((line, self.sheet.header.index(header)))
        if number is None:
            return None
        return Source(number, 0, len(self.grid.blocks[number].text))


def _grids(blocks: Sequence[Block]) -> list[_Grid]:
    cells: dict[int, dict[_Place, int]] = defaultdict(dict)
    for number, block in enumerate(blocks):
        if block.table >= 0:
            first = block.line or block.row + 1
            for line in range(first, first + block.down):
                cells[block.table][line, block.column] = number
    return [_grid(blocks, of_table) for of_table in cells.values()]


def _grid(blocks: Sequence[Block], cells: Mapping[_Place, int]) -> _Grid:
    lines = sorted({line for line, _ in cells})
    width = 1 + max(column for _, column in cells)
    return _Grid(blocks, cells, lines, width)


def _tables_on(grids: Sequence[_Grid], headers: Headers) -> Iterator[_Table]:
    """The sheets under a header, at most one on a grid."""
    for grid in grids:
        for place, line in enumerate(grid.lines[:HEADER_ROWS]):
            header = names_of(grid.texts(line))
            if headers.fit(header):
                yield _Table(grid, _sheet(grid, header, grid.lines[place + 1 :]))
                break


def _sheet(grid: _Grid, header: list[str], lines: Sequence[int]) -> Sheet:
    texts = [grid.texts(line) for line in lines]
    columns = [string_column(texts, column) for column in range(grid.width)]
    return without_blank_rows(Sheet(header, columns, np.array(lines, np.int32)))


def _in_year(sheet: Sheet, year: int) -> Sheet:
    """A sheet whose rows are all of a year."""
    columns = [*sheet.columns]
    columns[schema.fields(sheet.header)["year"]] = pa.repeat(str(year), len(sheet.lines))
    return replace(sheet, columns=columns)


# --- what it says ---------------------------------------------------------------------------------


class _Reading:
    """The board's reading of a table, as a notice.

    Attributes:
        own, dates: the measures and their milestones in the document.
        sheet: the measures without sums, notes and what else is none.
        table: the same as the board has it.
        rows: its rows, by column.
        places: field → column of the sheet.
    """

    def __init__(self, own: _Table, dates: _Table | None) -> None:
        self.own, self.dates = own, dates
        found = sheets.of_content(files.Content(own.sheet), "")
        self.sheet = found.measures
        self.places = schema.fields(self.sheet.header)
        milestones = None
        if dates:
            milestones = replace(dates.sheet, name=schema.MILESTONE_SHEET)
        self.table = measures.of(self.sheet, milestones, found.problems)
        self.rows: list[dict[str, Any]] = self.table.columns.to_pylist()

    def notice(self, name: str) -> Notice:
        """What was read. A list and a year are the notice's where all rows have them."""
        doubts = dict(self._found_wrong())
        return Notice(
            name=name,
            blocks=tuple(self.own.grid.blocks),
            title=self._common("list") or "",
            year=self._common("year"),
            measures=tuple(self._measure(row, doubts) for row in range(len(self.rows))),
            milestones=tuple(self._milestones()),
            problems=self.table.problems,
            unplaced=tuple(self._unplaced()),
        )

    def _common(self, column: str) -> Any:
        """What all rows have in a column, None where they differ."""
        values = {row[column] for row in self.rows}
        return values.pop() if len(values) == 1 else None

    def _found_wrong(self) -> Iterator[tuple[tuple[int, str], str]]:
        """The cells with which the board has a problem."""
        field_of = {self.sheet.header[column]: field for field, column in self.places.items()}
        row_of = {line: row for row, line in enumerate(self.sheet.lines.tolist())}
        for problem in self.table.problems:
            field = field_of.get(problem.column, "")
            if field == "departments":
                field = "lead_departments"
            if problem.line in row_of and not problem.source:
                yield (row_of[problem.line], field), problem.code

    # -- measures

    def _measure(self, row: int, doubts: _Doubts) -> Measure:
        values = self.rows[row]
        extra = {name: values[name] for name in values if name not in schema.ROW_COLUMNS}
        issued = self.table.codes.windows.issued_on(row)
        cells = {field: self._cell(row, field, doubts) for field in FIELDS}
        return Measure(
            cells=cells,
            departments=values["departments"],
            where=cells["title"].source,
            year=values["year"],
            issued=issued,
            given=Given(values["measure_id"], values["year"], values["list"], extra),
        )

    def _cell(self, row: int, field: str, doubts: _Doubts) -> Cell:
        """A cell as it stands there: sure, unless the board has a problem with it."""
        value = self.rows[row][field]
        names = tuple(value) if isinstance(value, list) else ()
        cell = Cell("" if names else value or "", names)
        column = self._column(row, field)
        if value and column is not None:
            header = self.sheet.header[column]
            source = self.own.source(int(self.sheet.lines[row]), header)
            cell = replace(cell, reason="column", source=source, detail=header)
        if code := doubts.get((row, field)):
            cell = replace(cell, reason=_REASONS.get(code, cell.reason), sure=False)
        return cell

    def _column(self, row: int, field: str) -> int | None:
        """The column that says a field: who leads stands in one of its own, or in 责任部门."""
        column = self.places.get(field)
        if not field.endswith("_departments"):
            return column
        if column is None or not self.sheet.columns[column][row].as_py().strip():
            return self.places.get("departments", column)
        return column

    # -- milestones, and what is neither

    def _milestones(self) -> Iterator[Milestone]:
        """Those of the table's measures."""
        if self.dates is None:
            return
        header = self.dates.sheet.header
        column = schema.milestone_fields(header)["milestone"]
        milestones = self.table.milestone_columns.to_pylist()
        for line, cells in zip(self.dates.sheet.lines.tolist(), milestones, strict=True):
            if cells["row"] != _ORPHAN:
                yield Milestone(
                    measure=cells["row"],
                    deadline=cells["deadline"],
                    text=cells["milestone"],
                    target=cells["target"],
                    unit=cells["unit"],
                    source=self.dates.source(line, header[column]),
                )

    def _unplaced(self) -> Iterator[Unplaced]:
        """What stands beside the two tables, and milestones of no measure."""
        used = self.own.grid.numbers()
        if self.dates:
            used |= self.dates.grid.numbers(without=self._orphans(self.dates))
        for number, block in enumerate(self.own.grid.blocks):
            if number not in used and block.text.strip():
                why = "table" if block.table >= 0 else "text"
                yield Unplaced(Source(number, 0, len(block.text)), block.text.strip(), why)

    def _orphans(self, dates: _Table) -> set[int]:
        """The lines with milestones of no measure."""
        is_orphan = self.table.milestone_columns["row"].to_numpy() == _ORPHAN
        return {*dates.sheet.lines[is_orphan].tolist()}
