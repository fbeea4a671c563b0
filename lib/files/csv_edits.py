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


_Column = tuple[str, Sequence[str]]


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
        line = self.lines[end - 1]
        return line[len(line.rstrip("\r\n")) :] or _LINE_END

    def cell(self, cell: str) -> str:
        """A cell as it stands in the file, in quotes where it needs them."""
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter, lineterminator=_LINE_END).writerow([cell, ""])
        return line.getvalue().removesuffix(self.delimiter + _LINE_END)

    def new_cell(self, cell: str) -> str:
        """A plain cell, as it is written."""
        return self.cell(guard.guarded(cell))

    def new_line(self, cells: Iterable[str]) -> str:
        """A line of plain cells, with the delimiter and the line end of the file."""
        return self.delimiter.join(map(self.new_cell, cells)) + self.line_end


@dataclass(frozen=True)
class Edits:
    """What is to change, in plain cells. Rows and columns are counted as `files.parse` gives them, from 0.

    columns: new ones, set before the first, each a header and a cell for every row.
    appended: the same, set behind the last.
    cells: row → column → text.
    removed: rows.
    added: rows of cells, the new columns' first, under the row that they follow (-1: the header).
    """

    columns: Sequence[_Column] = ()
    appended: Sequence[_Column] = ()
    cells: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    added: Mapping[int, Sequence[Sequence[str]]] = field(default_factory=dict)


def text_of(path: Path, data: bytes, *headers: Headers) -> Text:
    """A CSV file as its lines; raises BoardError: undecodable, no_header."""
    decoded, head = open_text(path, data, headers)
    encoding, errors = decoded.encoding, _AS_THEY_WERE
    if encoding.startswith("utf-16"):
        if decoded.damaged:
            raise BoardError("undecodable", file=path.name)
        encoding, errors = "utf-16", "strict"
    lines = split_lines(data.decode(decoded.encoding, errors).lstrip("\ufeff"))
    header = (head.first, head.end)
    return Text(lines, header, len(head.names), head.delimiter, encoding, errors)


def new_text(header: Sequence[str]) -> Text:
    """A new file that has nothing but a header, as Excel and WPS open it."""
    line = io.StringIO()
    csv.writer(line, lineterminator=_LINE_END).writerow(map(guard.guarded, header))
    return Text([line.getvalue()], (0, 1), len(header))


def apply(text: Text, numbers: Sequence[int], edits: Edits) -> bytes:
    """The bytes of a CSV file with its edits, in its own encoding; UTF-8 gets its mark.

    A line whose quotes are broken is written soundly, as it is read: else a quote in a new line could close it.

    Args:
        numbers: the line of each row, from 1.
    """
    return "".join(_edited(text, numbers, edits)).encode(text.encoding, text.errors)


def _edited(text: Text, numbers: Sequence[int], edits: Edits) -> Iterator[str]:
    lines = _ended_lines(text)
    first, end = text.header
    yield from lines[:first]
    yield _beginning(text, [header for header, _ in edits.columns])
    yield _longer(text, "".join(lines[first:end]), [header for header, _ in edits.appended])
    yield from map(text.new_line, edits.added.get(-1, ()))
    records = Records(lines, text.delimiter, text.width)
    for row, number in enumerate(numbers):
        record = records.at(number - 1)
        yield from lines[end : number - 1]
        end = record.end
        if row not in edits.removed:
            yield _beginning(text, [column[row] for _, column in edits.columns])
            line = "".join(lines[number - 1 : end])
            yield _changed(text, record, line, _changes(text, edits, row))
        yield from map(text.new_line, edits.added.get(row, ()))
    yield from lines[end:]


def _ended_lines(text: Text) -> list[str]:
    """The lines of a file, of which the last has an end too."""
    *lines, last = text.lines
    if last.endswith(("\n", "\r")):
        return text.lines
    return [*lines, last + text.line_end]


def _beginning(text: Text, cells: Sequence[str]) -> str:
    """Cells of new columns, to stand before a line."""
    return "".join(text.new_cell(cell) + text.delimiter for cell in cells)


def _longer(text: Text, line: str, cells: Sequence[str]) -> str:
    """A line with cells of new columns behind it."""
    content, end = _parted(line)
    return text.delimiter.join([content, *map(text.new_cell, cells)]) + end


class _Changes(NamedTuple):
    """What changes in a row, as it is written: column → cell, and the cells of columns behind."""

    cells: Mapping[int, str]
    appended: Sequence[str]


def _changes(text: Text, edits: Edits, row: int) -> _Changes:
    cells = edits.cells.get(row, {})
    return _Changes(
        {column: text.new_cell(cell) for column, cell in cells.items()},
        [text.new_cell(column[row]) for _, column in edits.appended],
    )


def _changed(text: Text, record: Record, line: str, changes: _Changes) -> str:
    """A row with its changes; no other cell of it is written anew, unless its quotes are broken."""
    if record.sound and not any(changes):
        return line
    content, end = _parted(line)
    cells = _as_written(content, text.delimiter)
    if not record.sound:
        cells = [*map(text.cell, record.cells)]
    for column, cell in changes.cells.items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cell
    if changes.appended:
        cells += [""] * (text.width - len(cells))
        cells[text.width : text.width] = changes.appended
    return text.delimiter.join(cells) + end


def _parted(line: str) -> tuple[str, str]:
    """What stands in a line, and its end."""
    content = line.rstrip("\r\n")
    return content, line[len(content) :]


def _as_written(content: str, delimiter: str) -> list[str]:
    """The cells of a sound line with their quotes."""
    cells: list[str] = []
    start = 0
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:"(?:[^"]|"")*"|[^{mark}]*)(?={mark}|$)')
    while start <= len(content) and (found := cell.match(content, start)):
        cells.append(found[0])
        start += len(cells[-1]) + len(delimiter)
    return cells
