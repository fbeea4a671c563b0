"""A CSV file with some cells changed: every line that is not concerned stays as it was, mistakes included."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lib.errors import BoardError
from lib.files import guard
from lib.files.csv import open_text
from lib.files.headers import Headers
from lib.files.records import Records, split_lines

_UTF8: Final = "utf-8-sig"  # with the mark by which Excel knows it
_LINE_END: Final = "\r\n"
_AS_THEY_WERE: Final = "surrogateescape"  # how bytes are kept that are no text


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

    def written(self, cells: Iterable[str]) -> str:
        """A line of cells as they stand in the file, with its delimiter and its line end."""
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter, lineterminator=self.line_end).writerow(cells)
        return line.getvalue()

    def new_line(self, cells: Iterable[str]) -> str:
        """A line of plain cells."""
        return self.written(map(guard.guarded, cells))


@dataclass(frozen=True)
class Edits:
    """What is to change, in plain cells. Rows and columns are counted as `files.parse` gives them, from 0.

    columns: new ones, set before the first, each a header and a cell for every row.
    cells: row → column → text.
    removed: rows.
    added: rows of cells, the new columns' first, under the row that they follow (-1: the header).
    """

    columns: Sequence[tuple[str, Sequence[str]]] = ()
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


def new_file(rows: Sequence[Sequence[str]]) -> bytes:
    """A new file of plain cells, the header row first."""
    text = new_text(rows[0])
    return apply(text, [], Edits(added={-1: rows[1:]}))


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
    yield from lines[first:end]
    yield from map(text.new_line, edits.added.get(-1, ()))
    records = Records(lines, text.delimiter, text.width)
    for row, number in enumerate(numbers):
        record = records.at(number - 1)
        yield from lines[end : number - 1]
        end = record.end
        if row not in edits.removed:
            yield _beginning(text, [column[row] for _, column in edits.columns])
            changed = edits.cells.get(row, {})
            if record.sound and not changed:
                yield from lines[number - 1 : end]
            else:
                yield text.written(_with_changes(record.cells, changed))
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
    if not cells:
        return ""
    return text.new_line([*cells, ""]).removesuffix(text.line_end)


def _with_changes(cells: list[str], changed: Mapping[int, str]) -> list[str]:
    """A record's cells with those that change; one that is too short is filled up as far as needed."""
    last = max(changed, default=0)
    filled = cells + [""] * (last + 1 - len(cells))
    for column, cell in changed.items():
        filled[column] = guard.guarded(cell)
    return filled
