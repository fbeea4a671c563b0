"""One row of a table's files as it stands there, and some of its cells mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lib import files, measures
from lib.errors import BoardError
from lib.files import csv_edits, guard
from lib.measures import schema, sheets
from lib.revisions.history import base_of, load
from lib.revisions.model import Cell, Change, Contents, Difference, Revision, Row


@dataclass(frozen=True)
class _File:
    """One of a table's two files. columns: of each cell that can be mended, by its key."""

    path: Path
    data: bytes
    headers: files.Headers
    sheet: files.Sheet
    columns: Mapping[str, int]

    @classmethod
    def of(cls, path: Path, data: bytes | None, headers: files.Headers) -> _File:
        """Open a file.

        Raises:
            BoardError: not_found, not_revisable (.xlsx, .parquet), not_one_header, and those of
                `files.parse`.
        """
        if data is None:
            raise BoardError("not_found", file=path.name)
        if not files.is_csv(path, data):
            raise BoardError("not_revisable", file=path.name)
        content = files.parse(path, data, headers)
        sheet = content.sheet
        if sheet is None:
            raise BoardError("not_one_header", file=path.name)
        if headers is schema.MILESTONE_TABLE:
            fields = schema.milestone_fields(sheet.header)
        else:
            _refuse_two_lines_of_header(sheet.header, content, path)
            fields = schema.fields(sheet.header)
        columns = _columns(sheet.header, fields)
        return cls(path, data, headers, sheet, columns)

    def row_at(self, line: int) -> int | None:
        """The row that begins in a line, None where none does."""
        return _first_row(self.sheet.lines == line)

    def cells(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row."""
        cells: list[Cell] = []
        for key, column in self.columns.items():
            header = self.sheet.header[column]
            stored = self.sheet.columns[column][row]
            text = guard.unguarded(stored.as_py())
            cell = Cell(key, header, text)
            cells.append(cell)
        return tuple(cells)

    def mended(self, row: int, cells: Mapping[str, str]) -> bytes:
        """The file with some cells of a row mended.

        Columns of days that it lacks come after its own.
        """
        changed: dict[int, str] = {}
        appended: list[tuple[str, list[str]]] = []
        for key, text in cells.items():
            column = self.columns.get(key)
            if column is not None:
                changed[column] = text
                continue
            header = schema.DATE_COLUMNS[key]
            new_column = self._column_with(row, text)
            appended.append((header, new_column))
        edits = csv_edits.Edits(cells={row: changed}, appended=appended)
        source = csv_edits.text_of(self.path, self.data, self.headers)
        lines = self.sheet.lines.tolist()
        return csv_edits.apply(source, lines, edits)

    def _column_with(self, row: int, text: str) -> list[str]:
        """A column that is empty but for one row."""
        column = [""] * len(self.sheet.lines)
        column[row] = text
        return column


def _first_row(is_row: np.ndarray) -> int | None:
    """The first row of which something is true, None where there is none."""
    rows = np.flatnonzero(is_row)
    if not len(rows):
        return None
    return int(rows[0])


def _refuse_two_lines_of_header(header: Sequence[str], content: files.Content, path: Path) -> None:
    """Raise where the measures are read under two lines, not under a file's header as it stands."""
    read_under = sheets.of_content(content, path.name).measures.header
    if read_under[: len(header)] != header:
        raise BoardError("not_one_header", file=path.name)


def _columns(header: Sequence[str], fields: Mapping[str, int]) -> dict[str, int]:
    """The column of each cell that can be mended, by its key, in the order of the file."""
    field_of = {column: field for field, column in fields.items()}
    columns: dict[str, int] = {}
    for column, name in enumerate(header):
        key = field_of.get(column, name)
        if key:
            columns.setdefault(key, column)
    return columns


def row_of(path: Path, line: int, source: str = "", issued: Path | None = None) -> Row:
    """Read a row as it stands in the file.

    Args:
        path: the table.
        line: where the row begins, from 1.
        source: the name of the file of its milestones for a row of them, as a Problem has it.
        issued: the workbook beside which the table is written. Until it is, the line is one of the
            workbook, and the row is the one that the table will begin with.

    Raises:
        BoardError: row_gone where no row begins there, not_found, not_revisable, not_one_header,
            and those of `files.parse`.
    """
    contents = load(path)
    file = _file_of(path, base_of(contents, issued), source)
    row = file.row_at(line)
    if issued is not None and contents.table is None:
        row = _row_in(issued, line)
    if row is None:
        raise BoardError("row_gone", file=file.path.name, line=line)
    return Row(
        path=path,
        file=file.path.name,
        line=int(file.sheet.lines[row]),
        cells=file.cells(row),
        issued=issued,
    )


def _row_in(workbook: Path, line: int) -> int | None:
    """The row of the table whose measure stands in a line of a workbook's first sheet."""
    content = files.read(workbook, schema.MEASURE_TABLE, schema.MILESTONE_TABLE)
    sheet = sheets.of_content(content, workbook.name).measures
    starts = [row for row, _ in sheet.sources]  # of the other sheets
    end = starts[0] if starts else len(sheet.lines)
    lines_of_first = sheet.lines[:end]
    return _first_row(lines_of_first == line)


def mend(row: Row, cells: Mapping[str, str]) -> Revision:
    """What becomes of a table where some cells of a row are mended, worked out and not yet written.

    Only these cells are written anew. Of 起, 止 and 印发日期 those that the file has no column for
    get one after the others.

    Args:
        row: as it was read; it must stand there still.
        cells: the new texts, by their keys.

    Raises:
        BoardError: row_changed, and those of `row_of`.
    """
    before = load(row.path)
    base = base_of(before, row.issued)
    source = "" if row.is_measure else row.file
    file = _file_of(row.path, base, source)
    place = file.row_at(row.line)
    if place is None or file.cells(place) != row.cells:
        raise BoardError("row_changed", file=row.file, line=row.line)
    texts = {key: text.strip() for key, text in cells.items()}
    data = file.mended(place, texts)
    part = "table" if row.is_measure else "milestones"
    after = base._replace(**{part: data})
    change = _change(row, texts)
    unchanged = len(file.sheet.lines) - 1
    return Revision(row.path, (change,), unchanged, None, before, after)


def _change(row: Row, texts: Mapping[str, str]) -> Change:
    """What becomes of a row with some new texts."""
    differing: dict[str, Difference] = {}
    for key, text in texts.items():
        differing[key] = Difference(row.text(key), text)
    return Change(
        kind="changed",
        measure_id=row.text("measure_id"),
        article=row.text("article"),
        title=row.text("title"),
        fields=differing,
    )


def _file_of(path: Path, contents: Contents, source: str) -> _File:
    """The file of the table, or that of its milestones where a row of them names it."""
    if not source:
        return _File.of(path, contents.table, schema.MEASURE_TABLE)
    beside = measures.milestones_path(path)
    return _File.of(beside, contents.milestones, schema.MILESTONE_TABLE)
