"""The lines of a CSV file, the records that they make, and the one among them that is the header.

A quote that opens a cell and is never closed would swallow the rest of the file. Such a line is read
with its quotes as plain characters, and reading goes on in the next one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from lib.files.grid import Rows
from lib.files.headers import Headers, is_header
from lib.files.sheet import names_of

START: Final = 65_536  # bytes or characters in which the header must stand
HEADER_ROWS: Final = 30  # rows in which it must stand: titles and notes may come before it
_QUOTE_LINES: Final = 500  # lines over which one cell may run before its quote counts as unclosed
_DELIMITERS: Final = (",", "\t", ";")  # a tab is what Excel's "Unicode text" (UTF-16) writes
_RARE_DELIMITERS: Final = ("|", "，")

# As Arrow: a cell that is too long for Excel is a Problem, not an error
csv.field_size_limit(2**31 - 1)


class Record(NamedTuple):
    """The cells of one row.

    end: the line after it.
    sound: whether its quotes open and close cells as they should.
    """

    cells: list[str]
    end: int
    sound: bool


@dataclass(frozen=True)
class Head:
    """Where the header stands.

    names: of the columns.
    above: what stands in the lines before it.
    first: its first line, from 0.
    end: the line after it.
    characters: how many there are up to that line.
    """

    names: list[str]
    above: list[str]
    first: int
    end: int
    characters: int
    delimiter: str

    @property
    def named(self) -> int:
        """How many cells a line must have: those up to the last one that has a name."""
        named = 0
        for number, name in enumerate(self.names, 1):
            if name:
                named = number
        return named


def find_head(text: str, headers: Sequence[Headers]) -> Head | None:
    """The header row within the first rows, by the first delimiter under which there is one."""
    lines = split_lines(text[:START])
    for delimiter in _DELIMITERS:
        head = _head_under(delimiter, lines, headers)
        if head:
            return head
    return None


def _head_under(delimiter: str, lines: list[str], headers: Sequence[Headers]) -> Head | None:
    above: list[str] = []
    records = Records(lines, delimiter)
    first = 0
    while first < len(lines) and len(above) < HEADER_ROWS:
        record = records.at(first)
        if is_header(record.cells, headers):
            names = names_of(record.cells)
            up_to_rows = lines[: record.end]
            characters = sum(map(len, up_to_rows))
            return Head(names, above, first, record.end, characters, delimiter)
        text = _text_of_row(record.cells)
        if text:
            above.append(text)
        first = record.end
    return None


def _text_of_row(cells: Sequence[str]) -> str:
    """What stands in a row above the header."""
    stripped = map(str.strip, cells)
    return " ".join(filter(None, stripped))


def all_cells(text: str) -> Rows:
    """The cells of a text, a row for each line."""
    lines = split_lines(text)
    delimiter = _most_frequent_delimiter(lines[:HEADER_ROWS])
    records = Records(lines, delimiter)
    rows: Rows = [[] for _ in lines]  # empty for a line within a record
    first = 0
    while first < len(lines):
        record = records.at(first)
        rows[first] = [cell.strip() for cell in record.cells]
        first = record.end
    return _padded(rows)


def _padded(rows: Rows) -> Rows:
    """Rows that are all as long as the longest."""
    width = max(map(len, rows), default=0)
    padded: Rows = []
    for row in rows:
        missing = width - len(row)
        padded.append(row + [""] * missing)
    return padded


def _most_frequent_delimiter(lines: list[str]) -> str:
    """The delimiter that parts a line into the most cells; of two that are alike the usual one."""

    def most_in_a_line(delimiter: str) -> int:
        return max(line.count(delimiter) for line in lines)

    delimiters = _DELIMITERS + _RARE_DELIMITERS
    return max(delimiters, key=most_in_a_line)


def split_lines(text: str) -> list[str]:
    """Lines with their ends; only \\n, \\r\\n and \\r end a line, unlike str.splitlines."""
    return io.StringIO(text, newline="").readlines()


class Records:
    """The records of some lines, found in one pass: what each line does to a quote is looked at once.

    width: how many cells the table has, 0 where that is unknown.
    """

    def __init__(self, lines: list[str], delimiter: str, width: int = 0) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._width = width
        self._closing: dict[int, int] = {}  # by a line within a quote, the one that ends the quote

    def at(self, first: int) -> Record:
        """The record that begins at a line."""
        line = self._lines[first].rstrip("\r\n")
        if '"' not in line:
            cells = line.split(self._delimiter)
            return Record(cells, first + 1, sound=True)
        record = self._quoted(first)
        if record is None:
            cells = _cells_despite_quotes(line, self._delimiter, self._width)
            return Record(cells, first + 1, sound=False)
        return record

    def _quoted(self, first: int) -> Record | None:
        """The record with cells in quotes that begins there, None where the quotes are not sound."""
        last = first
        first_line = self._lines[first]
        if _ends_in_quotes(first_line, self._delimiter):
            last = self._closing_line(first + 1)
        is_unclosed = last == len(self._lines)
        if is_unclosed or last - first >= _QUOTE_LINES:
            return None

        end = last + 1
        spanned = self._lines[first:end]
        try:
            (cells,) = csv.reader(spanned, delimiter=self._delimiter, strict=True)
        except csv.Error:
            return None
        has_line_break = last > first
        if has_line_break and _are_two_rows(spanned, self._delimiter, self._width):
            return None
        return Record(cells, end, sound=True)

    def _closing_line(self, start: int) -> int:
        """The first line from one on that ends a quote before it; the number of lines for none."""
        number = start
        while number < len(self._lines):
            if number in self._closing:
                number = self._closing[number]
                break
            line = self._lines[number]
            if self._closes(line):
                break
            number += 1
        self._remember_closing(range(start, number), number)
        return number

    def _closes(self, line: str) -> bool:
        """Whether a line ends the quote in which it begins."""
        if '"' not in line:
            return False
        return not _ends_in_quotes(f'"{line}', self._delimiter)

    def _remember_closing(self, within: range, last: int) -> None:
        """Note for lines within a quote which one ends it; after a known one all are known."""
        for number in within:
            if number in self._closing:
                break
            self._closing[number] = last


def _ends_in_quotes(line: str, delimiter: str) -> bool:
    """Whether a cell in quotes goes on below a line."""
    reader = csv.reader([line], delimiter=delimiter, strict=True)
    try:
        next(reader)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _are_two_rows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether lines are two rows with a stray quote each, and not one cell with line breaks in it.

    So it is where the only quotes stand in the first and in the last line, and each line is as wide as
    the table. A stray quote has text beside it; one alone between delimiters opens or closes a cell
    that has a line break there.
    """
    first, *between, last = lines
    if first.count('"') != 1 or last.count('"') != 1:
        return False
    if '"' in "".join(between):
        return False
    delimiters = width - 1
    if delimiters < 1 or any(line.count(delimiter) != delimiters for line in lines):
        return False
    is_alone = _has_quote_alone(first, delimiter) or _has_quote_alone(last, delimiter)
    return not is_alone


def _has_quote_alone(line: str, delimiter: str) -> bool:
    """Whether a cell of a line is a quote and nothing else."""
    cells = line.rstrip("\r\n").split(delimiter)
    return '"' in cells


def _cells_despite_quotes(line: str, delimiter: str, width: int) -> list[str]:
    """The cells of a line whose quotes are not sound: as wide as the table, where there is such a reading."""
    plain = line.replace('"', "").split(delimiter)
    if len(plain) == width:
        return plain
    lenient = next(csv.reader([line], delimiter=delimiter))
    if len(lenient) == width:
        return lenient
    return plain
