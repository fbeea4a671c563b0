"""A measure table as a document: read as the board reads it, each cell with its place on the paper.

A file of rows and columns is such a table where the board finds measures in it. A table of the
board's own (with 编号, 年度 and 清单: its file, its downloads, what Intake has written) is one
wherever it stands, in a pasted text too. Nothing in it is to be checked but what the board asks
about. Each measure keeps its 编号, its year, its list and the office's own columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa

from lib.errors import BoardError, Problem
from lib.files import Content, Grid, Headers, Sheet
from lib.files.records import HEADER_ROWS
from lib.files.sheet import names_of
from lib.measures import schema, sheets
from lib.measures.headers import NO_CHOICES, Choices
from lib.measures.heads import of_rows
from lib.measures.sheets import Sheets, Standing
from lib.notices.board_reading import Reading
from lib.notices.formats.table_file import Paper, TableFile, grids_of
from lib.notices.model import YEARS, Document, Line, Notice
from lib.notices.reading import heads
from lib.notices.reading.heads import Head

_NO_GRID: Final = Grid("", [])
_UNKNOWN: Final = Head()


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
        tables = sheets.of_content(file.content, name, choices)
    except BoardError:
        return None
    if tables.milestones is None and file.milestones is not None:
        last_grid = len(file.paper.grids) - 1
        tables = _with_milestones(tables, file.milestones, last_grid)
    head = _head(file.paper, tables.standing[0], name)
    tables = replace(
        tables,
        measures=_with_list(tables.measures, head, year),
        problems=[*tables.problems, *problems],
    )
    reading = Reading(file.paper, tables, head)
    return reading.notice(name)


def _head(paper: Paper, table: Standing, name: str) -> Head:
    """What stands over a table, or what the name of its file says."""
    lines: list[Line] = []
    for number, block in enumerate(paper.blocks):
        lines.append(Line.of(number, block.text))
    in_header = paper.blocks_in(table.grid, table.header)
    first = next(in_header, len(lines))
    head = heads.read(paper.blocks, lines, first, ())
    stem = Path(name).stem
    name_says = of_rows([stem], "")
    title = head.title or name_says.list
    year = head.year or name_says.year or None
    return replace(head, title=title, year=year)


def own(raw: Document, name: str, year: int | None = None) -> Notice | None:
    """Read a document that is one table of the board's own; None for any other."""
    grids = grids_of(raw.blocks)
    own_grids = [grid for grid in grids if _is_own(grid)]
    if len(own_grids) != 1:
        return None
    content = Content(grids=[_of_board(grid) for grid in grids])
    tables = sheets.of_content(content, name)
    measures = _with_list(tables.measures, _UNKNOWN, year)
    tables = replace(tables, measures=measures)
    paper = Paper.of(grids, raw.blocks)
    notice = Reading(paper, tables, _UNKNOWN).notice(name)
    problems = (*raw.problems, *notice.problems)
    return replace(notice, problems=problems)


# --- what is read ---------------------------------------------------------------------------------


def _of_board(grid: Grid) -> Grid:
    """A grid of the board's own as it is, an empty one in the place of any other."""
    is_of_board = _is_own(grid) or _has_header(grid, schema.MILESTONE_TABLE)
    return grid if is_of_board else _NO_GRID


def _is_own(grid: Grid) -> bool:
    return _has_header(grid, schema.OWN_TABLE)


def _has_header(grid: Grid, headers: Headers) -> bool:
    """Whether one of the first rows that are not empty is such a header."""
    filled = (cells for cells in grid.rows if any(map(str.strip, cells)))
    for cells in islice(filled, HEADER_ROWS):
        names = names_of(cells)
        if headers.fit(names):
            return True
    return False


def _with_milestones(tables: Sheets, milestones: Sheet, grid: int) -> Sheets:
    """A table with its milestones, which stand in a file of their own. grid: its number."""
    header_row = len(milestones.above)
    first_row = header_row + 1
    end = first_row + len(milestones.lines)
    rows = list(range(first_row, end))
    fields = schema.milestone_fields(milestones.header)
    standing = Standing(grid, header_row, milestones.header, fields, rows)
    return replace(tables, milestones=milestones, milestones_standing=[standing])


def _with_list(sheet: Sheet, head: Head, year: int | None) -> Sheet:
    """A sheet that says the list and the year of its rows.

    Args:
        head: what holds where no column says it.
        year: of all rows, whatever the sheet says.
    """
    fields = schema.fields(sheet.header)
    if year is not None and year in YEARS:
        sheet = _with_column(sheet, "year", str(year))
    elif head.year and "year" not in fields:
        sheet = _with_column(sheet, "year", str(head.year))
    if head.title and "list" not in fields:
        sheet = _with_column(sheet, "list", head.title)
    return sheet


def _with_column(sheet: Sheet, field: str, text: str) -> Sheet:
    """A sheet with the same text in a field of each row."""
    cells = pa.repeat(pa.scalar(text), len(sheet.lines))
    header = [*sheet.header]
    columns = [*sheet.columns]
    place = schema.fields(header).get(field)
    if place is None:
        header.append(schema.COLUMNS[field])
        columns.append(cells)
        return replace(sheet, header=header, columns=columns)
    columns[place] = cells
    return replace(sheet, columns=columns, codes={})
