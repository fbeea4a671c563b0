"""A file of rows and columns → its grids, as the board reads them, and the same as a document."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lib import files
from lib.errors import BoardError, Problem
from lib.files import Content, Grid, elements, kinds, opendocument
from lib.files.grid import Extent
from lib.measures import schema, sheets
from lib.notices.formats import limits, office
from lib.notices.formats.grids import blocks_of
from lib.notices.model import Block, Blocks, Document, Source

Place = tuple[int, int, int]  # number of the grid, row and column from 0

_BOOKS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin"})  # parts of workbooks
_FEWEST_ROWS: Final = 2  # of pasted cells
_MOST_LINES: Final = 0.7  # of a text that have as many tabs as any, where it is cells
_TEXTS: Final = (".csv", ".tsv")
# What the errors of tables are called here
_ERRORS: Final = {
    "empty": "notice_empty",
    "encrypted": "notice_encrypted",
    "broken_workbook": "notice_broken",
    "scattered": "notice_bomb",
    "too_much_text": "notice_too_long",
    "undecodable": "notice_undecodable",
}


@dataclass(frozen=True)
class Paper:
    """The grids of a document, and where their cells stand among its blocks.

    cells: place → number of the block there; one that is merged downwards stands in each row.
    """

    grids: Sequence[Grid]
    blocks: Blocks
    cells: Mapping[Place, int]

    @classmethod
    def of(cls, grids: Sequence[Grid], blocks: Blocks) -> Paper:
        """The paper of blocks: of each its table numbers the grid, its line the row from 1."""
        cells: dict[Place, int] = {}
        for number, block in enumerate(blocks):
            if block.table < 0:
                continue
            first = block.line - 1 if block.line else block.row
            end = first + block.down
            for row in range(first, end):
                place = (block.table, row, block.column)
                cells[place] = number
        return cls(grids, blocks, cells)

    def source(self, place: Place) -> Source | None:
        """Where a cell stands in the document; None where nothing stands there."""
        number = self.cells.get(place)
        if number is None or not self.blocks[number].text:
            return None
        length = len(self.blocks[number].text)
        return Source(number, 0, length)

    def blocks_in(self, grid: int, row: int) -> Iterator[int]:
        """The numbers of the blocks in a row."""
        cells = self.grids[grid].rows[row]
        for column in range(len(cells)):
            place = (grid, row, column)
            if place in self.cells:
                yield self.cells[place]


@dataclass(frozen=True)
class TableFile:
    """A file of rows and columns.

    content: as the board has it.
    paper: all that can be seen in it.
    milestones: that stand in a file beside it; then they are the last grid of the paper.
    """

    content: Content
    paper: Paper
    milestones: files.Sheet | None = None

    @property
    def has_columns(self) -> bool:
        """Whether anything stands beside something else."""
        return any(block.column for block in self.paper.blocks)

    @property
    def document(self) -> Document:
        """All that can be seen in it, and what was left out."""
        blocks = [*self.paper.blocks]
        read = {block.table for block in blocks}
        are_several = len(read) > 1
        problems = list(self.content.problems)
        for number, grid in enumerate(self.paper.grids):
            has_text = any(map(any, grid.rows))
            if has_text and number not in read:
                problems.append(Problem("sheet_ignored", 0, "", grid.name))
            source = grid.name if are_several else ""
            for problem in grid.problems:
                of_grid = replace(problem, line=0, source=source)
                problems.append(of_grid)
        return Document(blocks, problems)


def is_one(data: bytes, name: str) -> bool:
    """Whether a file has rows and columns: a workbook, Parquet, or a text that is called .csv.

    Args:
        data: of a file that is none of another kind that cannot be read.
    """
    if data.startswith((kinds.PARQUET, kinds.OLE)):
        return True
    if data.startswith(kinds.ZIP):
        return opendocument.is_one(data) or _is_book(data)
    if kinds.is_pdf(data) or kinds.markup(data):
        return False
    return name.lower().endswith(_TEXTS)


def _is_book(data: bytes) -> bool:
    """Whether an archive is a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _BOOKS.isdisjoint(archive.namelist())
    except elements.BROKEN:
        return False


def are_cells(pasted: str) -> bool:
    """Whether a text is the cells of a table as a spreadsheet copies them: as many tabs in each line.

    Some lines may have fewer: a cell has line breaks of its own.
    """
    filled = [line for line in pasted.splitlines() if line.strip()]
    tabs = [line.count("\t") for line in filled]
    most = max(tabs, default=0)
    if most == 0:
        return False
    whole_lines = tabs.count(most)
    most_lines = _MOST_LINES * len(tabs)
    return whole_lines >= max(_FEWEST_ROWS, most_lines)


def read(data: bytes, name: str, milestones: files.Sheet | None = None) -> TableFile:
    """Read such a file.

    Args:
        milestones: that stand in a file beside it.

    Raises:
        BoardError: notice_empty, notice_broken, notice_bomb, notice_too_long,
            notice_undecodable, broken_parquet.
    """
    if data.startswith(kinds.ZIP):
        _refuse_bomb(data, name)
    content = _parsed(data, name)
    if content.sheet is not None:
        limits.check_rows(len(content.sheet.lines))
        grids = [sheets.grid_of(content.sheet)]
    else:
        grids = content.grids
    are_all_samples = all(grid.is_sample for grid in grids)
    blocks: list[Block] = []
    for number, grid in enumerate(grids):
        if are_all_samples or not grid.is_sample:
            blocks += blocks_of(grid, number, name)
    if milestones is not None:
        grid = sheets.grid_of(milestones)
        blocks += blocks_of(grid, len(grids), name)
        grids = [*grids, grid]
    paper = Paper.of(grids, limits.capped(blocks))
    return TableFile(content, paper, milestones)


def _refuse_bomb(data: bytes, name: str) -> None:
    """Raise BoardError for an archive whose parts are too much, or that is none: notice_bomb, notice_broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            office.Parts(archive, name).check_sizes()
    except elements.BROKEN as error:
        raise BoardError("notice_broken", file=name, why=str(error)) from error


def _parsed(data: bytes, name: str) -> Content:
    """What the board reads of a file.

    Raises:
        BoardError: its code as notices have it.
    """
    try:
        return files.parse(Path(name), data, schema.MEASURE_TABLE, schema.MILESTONE_TABLE)
    except BoardError as error:
        code = _ERRORS.get(error.code, error.code)
        raise BoardError(code, **error.details) from error


def grids_of(blocks: Blocks) -> list[Grid]:
    """The tables of a document as grids, each under its number."""
    cells: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.table >= 0:
            cells[block.table].append(block)
    count = max(cells, default=-1) + 1
    return [_grid_of(cells[number]) for number in range(count)]


def _grid_of(blocks: Blocks) -> Grid:
    """A table as a grid; one that has far more places than cells as an empty one."""
    last_row = max((block.row for block in blocks), default=-1)
    last_column = max((block.column for block in blocks), default=-1)
    height = last_row + 1
    width = last_column + 1
    if height * width > limits.PIECES:
        return Grid("", [])
    rows = [[""] * width for _ in range(height)]
    merged: dict[tuple[int, int], Extent] = {}
    for block in blocks:
        row = rows[block.row]
        row[block.column] = block.text
        across = min(block.across, width - block.column)
        if block.down > 1 or across > 1:
            place = (block.row, block.column)
            merged[place] = (block.down, across)
    return Grid("", rows, merged)
