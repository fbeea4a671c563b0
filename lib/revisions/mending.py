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
from lib.revisions.history import as_issued, load
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
        of_measures = headers is schema.MEASURE_TABLE
        if sheet is None or (of_measures and not _is_read_under(sheet.header, content, path)):
            raise BoardError("not_one_header", file=path.name)
        fields = schema.fields if of_measures else schema.milestone_fields
        return cls(path, data, headers, sheet, _columns(sheet.header, fields(sheet.header)))

    def row_at(self, line: int) -> int | None:
        """The row that begins in a line, None where none does."""
        rows = np.flatnonzero(self.sheet.lines == line)
        return int(rows[0]) if len(rows) else None

    def cells(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row."""
        header, columns = self.sheet.header, self.sheet.columns
        return tuple(
            Cell(key, header[column], guard.unguarded(columns[column][row].as_py()))
            for key, column in self.columns.items()
        )

    def mended(self, row: int, cells: Mapping[str, str]) -> bytes:
        """The file with some cells of a row mended; columns of days that it lacks stand behind it."""
        fresh = [key for key in cells if key not in self.columns]
        edits = csv_edits.Edits(
            cells={row: {self.columns[key]: cells[key] for key in cells if key not in fresh}},
            appended=[(schema.DATE_COLUMNS[key], self._only_in(row, cells[key])) for key in fresh],
        )
        text = csv_edits.text_of(self.path, self.data, self.headers)
        return csv_edits.apply(text, self.sheet.lines.tolist(), edits)

    def _only_in(self, row: int, text: str) -> Sequence[str]:
        column = [""] * len(self.sheet.lines)
        column[row] = text
        return column


def _is_read_under(header: Sequence[str], content: files.Content, path: Path) -> bool:
    """Whether the measures are read under a file's header as it stands, and not under two lines."""
    read = sheets.of_content(content, path.name).measures.header
    return read[: len(header)] == header


def _columns(header: Sequence[str], fields: Mapping[str, int]) -> dict[str, int]:
    """The column of each cell that can be mended, by its key, in the order of the file."""
    key_of = {column: field for field, column in fields.items()}
    columns: dict[str, int] = {}
    for column, name in enumerate(header):
        key = key_of.get(column, name)
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
    file = _file_of(path, _base(contents, issued), source)
    row = file.row_at(line)
    if issued is not None and contents.table is None:
        row = _row_in(issued, line)
    if row is None:
        raise BoardError("row_gone", file=file.path.name, line=line)
    return Row(path, file.path.name, int(file.sheet.lines[row]), file.cells(row), issued)


def _base(contents: Contents, issued: Path | None) -> Contents:
    """A table as it is; where it is not written yet, as the workbook beside it says."""
    if issued is not None and contents.table is None:
        return as_issued(issued)
    return contents


def _row_in(workbook: Path, line: int) -> int | None:
    """The row of the table whose measure stands in a line of a workbook's first sheet."""
    content = files.read(workbook, schema.MEASURE_TABLE, schema.MILESTONE_TABLE)
    sheet = sheets.of_content(content, workbook.name).measures
    end = sheet.sources[0][0] if sheet.sources else len(sheet.lines)
    rows = np.flatnonzero(sheet.lines[:end] == line)
    return int(rows[0]) if len(rows) else None


def mend(row: Row, cells: Mapping[str, str]) -> Revision:
    """What becomes of a table where some cells of a row are mended, worked out and not yet written.

    Only these cells are written anew. Of 起, 止 and 印发日期 those that the file has no column for
    get one behind the others.

    Args:
        row: as it was read; it must stand there still.
        cells: the new texts, by their keys.

    Raises:
        BoardError: row_changed, and those of `row_of`.
    """
    before = load(row.path)
    base = _base(before, row.issued)
    file = _file_of(row.path, base, "" if row.is_measure else row.file)
    place = file.row_at(row.line)
    if place is None or file.cells(place) != row.cells:
        raise BoardError("row_changed", file=row.file, line=row.line)
    cells = {key: text.strip() for key, text in cells.items()}
    data = file.mended(place, cells)
    after = base._replace(**{"table" if row.is_measure else "milestones": data})
    fields = {key: Difference(row.text(key), text) for key, text in cells.items()}
    change = Change(
        "changed", row.text("measure_id"), row.text("article"), row.text("title"), fields
    )
    return Revision(row.path, (change,), len(file.sheet.lines) - 1, None, before, after)


def _file_of(path: Path, contents: Contents, source: str) -> _File:
    if not source:
        return _File.of(path, contents.table, schema.MEASURE_TABLE)
    return _File.of(measures.milestones_path(path), contents.milestones, schema.MILESTONE_TABLE)
