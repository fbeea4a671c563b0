"""A CSV file with some cells changed: every line that is not concerned stays as it was, mistakes included."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lib.files import sheets


@dataclass(frozen=True)
class Edits:
    """What is to change. Rows and columns are counted as `sheets.parse` gives them, from 0.

    columns: new ones, set before the first, each a header and a cell for every row; cells: row → column → text;
    removed: rows; added: rows of cells, the new columns' first, under the row that they follow (-1: the header).
    """

    columns: Sequence[tuple[str, Sequence[str]]] = ()
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    added: dict[int, list[list[str]]] = field(default_factory=dict)


def apply(path: Path, data: bytes, is_header: sheets.IsHeader, edits: Edits) -> bytes:
    """The bytes of a CSV file with its edits, in its own encoding; UTF-8 gets the mark by which Excel knows it.

    A line whose quotes are broken is written soundly, as it is read: else a quote in a new line could close it.
    """
    (sheet,) = sheets.parse(path, data, is_header)
    text = sheets.text(path, data, is_header)
    return "".join(_edited(text, sheet.lines.tolist(), edits)).encode(text.encoding, text.errors)


def _edited(text: sheets.Text, numbers: Sequence[int], edits: Edits) -> list[str]:
    lines, writer = text.lines, _Writer(text)
    first, behind = text.header
    lines[-1] += "" if lines[-1].endswith(("\n", "\r")) else writer.end
    out = [
        *lines[:first],
        writer.before([header for header, _ in edits.columns]),
        *lines[first:behind],
    ]
    out += map(writer.line, edits.added.get(-1, ()))
    for row, number in enumerate(numbers):
        cells, end, sound = text.record(number - 1)
        out += lines[behind : number - 1]
        if row not in edits.removed:
            out.append(writer.before([column[row] for _, column in edits.columns]))
            changed = edits.cells.get(row, {})
            whole = sound and not changed
            out += lines[number - 1 : end] if whole else [writer.line(_with(cells, changed))]
        out += map(writer.line, edits.added.get(row, ()))
        behind = end
    return out + lines[behind:]


def _with(cells: list[str], changed: dict[int, str]) -> list[str]:
    """A record's cells with those that change; a record that is too short is filled up as far as needed."""
    width = max([len(cells), *(at + 1 for at in changed)])
    return [changed.get(at, cells[at] if at < len(cells) else "") for at in range(width)]


class _Writer:
    """Writes lines with the delimiter and the line end that a file has."""

    def __init__(self, text: sheets.Text) -> None:
        first = text.lines[text.header[1] - 1]
        self.end = first[len(first.rstrip("\r\n")) :] or "\r\n"
        self.delimiter = text.delimiter

    def line(self, cells: Sequence[str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.end).writerow(cells)
        return out.getvalue()

    def before(self, cells: Sequence[str]) -> str:
        """Cells to stand before a line."""
        return self.line([*cells, ""]).removesuffix(self.end) if cells else ""
