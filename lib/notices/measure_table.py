"""A measure table as a document: read as the board reads it, each cell with its place on the paper.

A file of rows and columns is such a table where the board finds measures in it. A table of the
board's own (with 编号, 年度 and 清单: its file, its downloads, what Intake has written) is one wherever it
stands, in a pasted text too. Nothing in it is to be checked but what the board asks about. Each
measure keeps its 编号, its year, its list and the office's own columns.
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

_NOTHING: Final = Grid("", [])
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
        found = sheets.of_content(file.content, name, choices)
    except BoardError:
        return None
    if found.milestones is None and file.milestones is not None:
        found = _with_milestones(found, file.milestones, len(file.paper.grids) - 1)
    found = replace(found, problems=[*found.problems, *problems])
    head = _head(file.paper, found.standing[0], name)
    found = replace(found, measures=_with_list(found.measures, head, year))
    return Reading(file.paper, found, head).notice(name)


def _head(paper: Paper, table: Standing, name: str) -> Head:
    """What stands over a table, or what the name of its file says."""
    lines = [Line.of(number, block.text) for number, block in enumerate(paper.blocks)]
    first = next(paper.blocks_in(table.grid, table.header), len(lines))
    head = heads.read(paper.blocks, lines, first, ())
    named = of_rows([Path(name).stem], "")
    return replace(head, title=head.title or named.list, year=head.year or named.year or None)


def own(raw: Document, name: str, year: int | None = None) -> Notice | None:
    """Read a document that is one table of the board's own; None for any other."""
    grids = grids_of(raw.blocks)
    tables = [number for number, grid in enumerate(grids) if _is_own(grid)]
    if len(tables) != 1:
        return None
    kept = [
        grid if number in tables or _has_header(grid, schema.MILESTONE_TABLE) else _NOTHING
        for number, grid in enumerate(grids)
    ]
    found = sheets.of_content(Content(grids=kept), name)
    found = replace(found, measures=_with_list(found.measures, _UNKNOWN, year))
    notice = Reading(Paper.of(grids, raw.blocks), found, _UNKNOWN).notice(name)
    return replace(notice, problems=(*raw.problems, *notice.problems))


# --- what is read ---------------------------------------------------------------------------------


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
