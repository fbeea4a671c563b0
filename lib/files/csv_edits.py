"""A CSV file with some cells changed: every line that is not concerned stays as it was, mistakes included."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from lib.errors import BoardError
from lib.files import guard
from lib.files.csv import open_text
from lib.files.headers import Headers
from lib.files.records import Record, Records, split_lines

_UTF8: Final = "utf-8-sig"  # with the mark by which Excel knows it
_LINE_END: Final = "\r\n"
_AS_THEY_WERE: Final = "surrogateescape"  # how bytes are kept that are no text
_HEADER: Final = -1  # what stands for the header where rows are counted from 0

_Cells = Sequence[str]
_Column = tuple[str, _Cells]  # its header, and a cell for every row
_Changed = Mapping[int, str]  # column → the new text of its cell


@dataclass(frozen=True)
class Text:
    """A CSV file as its lines, with their ends.

    `"".join(lines).encode(encoding, errors)` is the file again.

    header: its first line and the line after it, from 0.
    width: how many cells the header has.
    """

    lines: list[str]
    header: tuple[int, int]
    width: int
    delimiter: str = ","
    encoding: str = _UTF8
    errors: str = _AS_THEY_WERE

    @property
    def line_end(self) -> str:
        """What ends the header's line, and with it every new one."""
        _, end = self.header
        last_line = self.lines[end - 1]
        return _parted(last_line).end or _LINE_END

    def cell(self, cell: str) -> str:
        """A cell as it stands in the file, in quotes where it needs them."""
        line = io.StringIO()
        writer = csv.writer(line, delimiter=self.delimiter, lineterminator=_LINE_END)
        writer.writerow([cell, ""])  # alone, an empty cell would get quotes
        after_cell = self.delimiter + _LINE_END
        return line.getvalue().removesuffix(after_cell)

    def new_cell(self, cell: str) -> str:
        """A plain cell, as it is written."""
        guarded = guard.guarded(cell)
        return self.cell(guarded)

    def new_line(self, cells: Iterable[str]) -> str:
        """A line of plain cells, with the delimiter and the line end of the file."""
        written = map(self.new_cell, cells)
        line = self.delimiter.join(written)
        return line + self.line_end


@dataclass(frozen=True)
class Edits:
    """What is to change, in plain cells. Rows and columns are counted as `files.parse` gives them, from 0.

    columns: new ones, set before the first, each a header and a cell for every row.
    appended: the same, set after the last.
    cells: row → column → text.
    removed: rows.
    added: rows of cells, the new columns' first, under the row that they follow (-1: the header).
    """

    columns: Sequence[_Column] = ()
    appended: Sequence[_Column] = ()
    cells: Mapping[int, _Changed] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    added: Mapping[int, Sequence[_Cells]] = field(default_factory=dict)


def text_of(path: Path, data: bytes, *headers: Headers) -> Text:
    """A CSV file as its lines; raises BoardError: undecodable, no_header."""
    decoded, head = open_text(path, data, headers)
    encoding = decoded.encoding
    errors = _AS_THEY_WERE
    if encoding.startswith("utf-16"):
        if decoded.damaged:
            raise BoardError("undecodable", file=path.name)
        encoding = "utf-16"  # the one that writes its mark
        errors = "strict"
    # Again, since the text that was decoded has lost the bytes that are none
    characters = data.decode(decoded.encoding, errors).lstrip("\ufeff")
    lines = split_lines(characters)
    header = (head.first, head.end)
    width = len(head.names)
    return Text(lines, header, width, head.delimiter, encoding, errors)


def new_text(header: Sequence[str]) -> Text:
    """A new file that has nothing but a header, as Excel and WPS open it."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator=_LINE_END)
    guarded = map(guard.guarded, header)
    writer.writerow(guarded)
    lines = [line.getvalue()]
    return Text(lines, header=(0, 1), width=len(header))


def apply(text: Text, numbers: Sequence[int], edits: Edits) -> bytes:
    """The bytes of a CSV file with its edits, in its own encoding; UTF-8 gets its mark.

    A line whose quotes are broken is written soundly, as it is read: else a quote in a new line could close it.

    Args:
        numbers: the line of each row, from 1.
    """
    lines = _edited_lines(text, numbers, edits)
    edited = "".join(lines)
    return edited.encode(text.encoding, text.errors)


def _edited_lines(text: Text, numbers: Sequence[int], edits: Edits) -> Iterator[str]:
    lines = _ended_lines(text)
    first, end = text.header
    header = "".join(lines[first:end])
    yield from lines[:first]
    yield _edited_header(text, header, edits)
    yield from _added_lines(text, edits, _HEADER)

    records = Records(lines, text.delimiter, text.width)
    for row, number in enumerate(numbers):
        start = number - 1
        record = records.at(start)
        yield from lines[end:start]  # between two rows: blank ones
        end = record.end
        if row not in edits.removed:
            line = "".join(lines[start:end])
            yield _edited_row(text, line, record, edits, row)
        yield from _added_lines(text, edits, row)
    yield from lines[end:]


def _ended_lines(text: Text) -> list[str]:
    """The lines of a file, of which the last has an end too."""
    *lines, last = text.lines
    if last.endswith(("\n", "\r")):
        return text.lines
    return [*lines, last + text.line_end]


def _edited_header(text: Text, line: str, edits: Edits) -> str:
    """The header's line with the new columns before and after it."""
    content, end = _parted(line)
    cells = [text.new_cell(header) for header, _ in edits.columns]
    cells.append(content)
    cells += [text.new_cell(header) for header, _ in edits.appended]
    return text.delimiter.join(cells) + end


def _added_lines(text: Text, edits: Edits, row: int) -> Iterator[str]:
    """The new rows that follow a row."""
    for cells in edits.added.get(row, ()):
        yield text.new_line(cells)


# --- one row --------------------------------------------------------------------------------------


class _Line(NamedTuple):
    content: str
    end: str


class _Changes(NamedTuple):
    """What changes in a row, as it is written: column → cell, and the cells of columns after it."""

    cells: _Changed
    appended: _Cells


def _edited_row(text: Text, line: str, record: Record, edits: Edits, row: int) -> str:
    """The line of a row with its changes, and before it the cells of the new columns."""
    cells = [text.new_cell(column[row]) for _, column in edits.columns]
    changes = _changes(text, edits, row)
    changed = _changed_line(text, line, record, changes)
    cells.append(changed)
    return text.delimiter.join(cells)


def _changes(text: Text, edits: Edits, row: int) -> _Changes:
    plain_cells = edits.cells.get(row, {})
    cells = {}
    for column, cell in plain_cells.items():
        cells[column] = text.new_cell(cell)
    appended = [text.new_cell(column[row]) for _, column in edits.appended]
    return _Changes(cells, appended)


def _changed_line(text: Text, line: str, record: Record, changes: _Changes) -> str:
    """A row with its changes; no other cell of it is written anew, unless its quotes are broken."""
    if record.sound and not any(changes):
        return line
    content, end = _parted(line)
    cells = _written_cells(text, content, record)
    for column, cell in changes.cells.items():
        _lengthen(cells, column + 1)
        cells[column] = cell
    if changes.appended:
        width = text.width
        _lengthen(cells, width)
        cells[width:width] = changes.appended
    return text.delimiter.join(cells) + end


def _parted(line: str) -> _Line:
    """What stands in a line, and its end."""
    content = line.rstrip("\r\n")
    end = line[len(content) :]
    return _Line(content, end)


def _written_cells(text: Text, content: str, record: Record) -> list[str]:
    """The cells of a line with their quotes; of a line that is not sound as it is read."""
    if not record.sound:
        return [text.cell(cell) for cell in record.cells]
    mark = re.escape(text.delimiter)
    quoted = '"(?:[^"]|"")*"'
    plain = f"[^{mark}]*"
    cell = re.compile(f"{mark}({quoted}|{plain})(?={mark}|$)")
    with_mark_before_each = text.delimiter + content
    return cell.findall(with_mark_before_each)


def _lengthen(cells: list[str], length: int) -> None:
    """Append empty cells to a row that is too short."""
    missing = length - len(cells)
    cells.extend([""] * missing)
