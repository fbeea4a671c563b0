"""CSV as a sheet: at once by Arrow where the file is sound, else line by line.

Arrow's parser is fast and believes what it reads. It gets the whole file only where every reader
would read the same. All other files go through `_by_lines`, which has a Problem for each line that
is wrong, and gives to Arrow the lines that are plain, together.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from lib.errors import BoardError, Problem
from lib.files import encodings
from lib.files.grid import Grid
from lib.files.headers import Headers
from lib.files.records import (
    START,
    Head,
    Record,
    Records,
    all_cells,
    find_head,
    split_lines,
)
from lib.files.sheet import Sheet, as_mask, in_one_piece, shown

_BOM: Final = codecs.BOM_UTF8
_BLOCK: Final = 8 << 20  # bytes that Arrow parses at a time; a line must fit into one
_CACHED: Final = 1 << 18  # bytes that stay in the processor's cache
_BYTES: Final = 4  # that a character has in UTF-8 at the most

_Columns = list[pa.Array]


class Opened(NamedTuple):
    """A CSV file as text, and where its header stands."""

    text: encodings.Decoded
    head: Head


class Cells(NamedTuple):
    """All cells of a CSV file without a header in one line.

    first_line: the first that is not blank.
    """

    grid: Grid
    first_line: str


def read_csv(data: bytes, headers: Sequence[Headers]) -> Sheet | None:
    """The table in a CSV file whose header is one line, else None."""
    start = encodings.utf8_start(data[:START])
    head = find_head(start, headers)
    if head:
        first_row = _bytes_up_to(head, start, data)
        sheet = _at_once(data, first_row, head)
        if sheet is not None:
            return sheet

    decoded = encodings.decode(data)
    head = find_head(decoded.text, headers)
    if head is None:
        return None
    body = decoded.text[head.characters :]
    return _by_lines(body, head, decoded.damaged)


def read_cells(path: Path, data: bytes) -> Cells:
    """All cells of a CSV file; raises BoardError: undecodable."""
    decoded = encodings.decode(data)
    if decoded.damaged and decoded.encoding == "gb18030":
        raise BoardError("undecodable", file=path.name)
    grid = Grid("", all_cells(decoded.text))
    return Cells(grid, _first_line(decoded.text))


def open_text(path: Path, data: bytes, headers: Sequence[Headers]) -> Opened:
    """A CSV file's text and header; raises BoardError: undecodable, no_header."""
    decoded = encodings.decode(data)
    head = find_head(decoded.text, headers)
    if head is None:
        raise BoardError("no_header", file=path.name, found=_first_line(decoded.text))
    return Opened(decoded, head)


def _first_line(text: str) -> str:
    """The first line that is not blank, as an error shows it."""
    lines = map(str.strip, text.splitlines())
    first = next(filter(None, lines), "")
    return shown(first)


def _bytes_up_to(head: Head, text: str, data: bytes) -> int:
    """The bytes before the first row."""
    before = text[: head.characters]
    length = len(before.encode())
    if data.startswith(_BOM):
        length += len(_BOM)
    return length


# --- at once: kernels over the bytes of a whole file ----------------------------------------------


def _at_once(data: bytes, skip: int, head: Head) -> Sheet | None:
    """The table by Arrow's parser, or None where a line needs a closer look.

    That is: a line too long or too short, quotes inside cells or over several lines, \\r without \\n,
    bytes that are not UTF-8.

    Args:
        data: the file.
        skip: where its first row begins.
    """
    if _has_lone_return(data, skip):
        return None
    if not _well_quoted(data, skip, head.delimiter):
        return None
    body = memoryview(data)[skip:]
    try:
        columns = _parsed(body, head, quote='"')
    except pa.ArrowInvalid:
        return None

    rows = len(columns[0])
    numbers = _line_numbers(data, skip, rows)
    if len(numbers) != rows:  # a quoted cell has a line break in it
        return None
    first_line = head.end + 1
    lines = numbers + first_line
    return Sheet(head.names, columns, lines, above=head.above)


def _line_numbers(data: bytes, skip: int, rows: int) -> np.ndarray:
    """The number of each line that is a row, from 0: Arrow passes over empty lines."""
    lines = _count(data, skip, "\n")
    if not data.endswith(b"\n"):
        lines += 1
    if rows == lines:
        return np.arange(rows, dtype=np.int32)
    body = memoryview(data)[skip:]
    return _filled_lines(body)


def _has_lone_return(data: bytes, skip: int) -> bool:
    if data.find(b"\r", skip) < 0:
        return False
    before_line_feeds = data.count(b"\r\n", skip)
    return _count(data, skip, "\r") != before_line_feeds


def _count(data: bytes, skip: int, char: str) -> int:
    """How often an ASCII character stands in the bytes."""
    raw = np.frombuffer(data, np.uint8)
    code = ord(char)
    count = 0
    for begin in range(skip, len(raw), _CACHED):
        end = begin + _CACHED
        chunk = raw[begin:end]
        count += int(np.count_nonzero(chunk == code))  # unnamed, so that its memory is used again
    return count


def _well_quoted(data: bytes, skip: int, delimiter: str) -> bool:
    """Whether each quote opens a cell, closes one, or is doubled: then every reader reads the same.

    The quotes in their order open and close in turn. In `"a""b",c` the first and the third open:
    before each stands the beginning of the line or another quote. The second and the fourth close:
    after them stands a quote or a delimiter.
    """
    if data.find(b'"', skip) < 0:
        return True
    raw = np.frombuffer(data, np.uint8)[skip:]
    quotes = np.flatnonzero(raw == ord('"'))
    are_pairs = len(quotes) % 2 == 0
    if not are_pairs:
        return False
    last = len(raw) - 1
    opening = quotes[0::2]
    closing = quotes[1::2]
    opening = opening[opening > 0]  # before the first byte stands nothing
    closing = closing[closing < last]  # and nothing after the last one
    before = raw[opening - 1]
    after = raw[closing + 1]
    allowed = f'{delimiter}"\r\n'.encode()
    return _are_all(before, allowed) and _are_all(after, allowed)


def _are_all(characters: np.ndarray, allowed: bytes) -> bool:
    """Whether some bytes are all among those that are allowed."""
    allowed_bytes = np.frombuffer(allowed, np.uint8)
    is_allowed = np.isin(characters, allowed_bytes)
    return bool(is_allowed.all())


def _filled_lines(body: memoryview) -> np.ndarray:
    """The numbers, from 0, of the lines that are not empty.

    Of `甲\\r\\n\\r\\n乙` the lines end at the two \\n and at the end of the text. The second has one
    byte, a \\r, and is empty.
    """
    raw = np.frombuffer(body, np.uint8)
    line_feeds = np.flatnonzero(raw == ord("\n"))
    ends = np.append(line_feeds, len(raw))
    starts = np.concatenate(([0], line_feeds + 1))
    lengths = ends - starts
    last = len(raw) - 1
    first_bytes = raw[np.minimum(starts, last)]  # the last line may begin beyond the end
    begins_with_return = first_bytes == ord("\r")
    is_return = (lengths == 1) & begins_with_return
    is_filled = (lengths > 0) & ~is_return
    return np.flatnonzero(is_filled).astype(np.int32)


def _parsed(
    body: memoryview | bytes, head: Head, quote: str | bool, block: int = _BLOCK
) -> _Columns:
    """The columns of rows without their header, as text."""
    if body[: len(_BOM)] == _BOM:
        body = _BOM + body  # Arrow takes one off: here it belongs to a cell
    names = [str(column) for column in range(len(head.names))]
    all_text = dict.fromkeys(names, pa.string())
    reader = pa.BufferReader(pa.py_buffer(body))
    how_to_read = pyarrow.csv.ReadOptions(column_names=names, block_size=block)
    how_to_parse = pyarrow.csv.ParseOptions(delimiter=head.delimiter, quote_char=quote)
    how_to_convert = pyarrow.csv.ConvertOptions(column_types=all_text, strings_can_be_null=False)
    table = pyarrow.csv.read_csv(reader, how_to_read, how_to_parse, how_to_convert)
    return [in_one_piece(column) for column in table.columns]


# --- line by line ---------------------------------------------------------------------------------


class _Odd(NamedTuple):
    """The records of a table that are not one plain line each.

    cells: of each record, under the number of its first line, as many as the table is wide.
    lines: all lines that such records, and blank ones, run over.
    """

    cells: dict[int, list[str]]
    lines: list[int]
    problems: list[Problem]


class _Rows(NamedTuple):
    """Rows, column by column, and the number of each row's first line, from 0."""

    columns: _Columns
    numbers: np.ndarray


def _by_lines(text: str, head: Head, damaged: bool) -> Sheet:
    """The table with a Problem for each line that is not as wide as the header or ill quoted."""
    lines = split_lines(text)
    width = len(head.names)
    is_plain = _plain_lines(lines, width, head.delimiter)
    not_plain = np.flatnonzero(~is_plain)
    odd = _odd_records(lines, not_plain.tolist(), head)
    is_plain[odd.lines] = False
    rows = _plain_rows(lines, is_plain, head)
    if odd.cells:
        rows = _with_odd_rows(rows, odd)

    first_line = head.end + 1
    numbers = rows.numbers + first_line
    numbers = numbers.astype(np.int32)
    sheet = Sheet(head.names, rows.columns, numbers, odd.problems, above=head.above)
    if damaged:
        problems = odd.problems + _damaged_cells(sheet)
        return replace(sheet, problems=problems)
    return sheet


def _plain_rows(lines: list[str], is_plain: np.ndarray, head: Head) -> _Rows:
    numbers = np.flatnonzero(is_plain)
    plain = [lines[number] for number in numbers.tolist()]
    return _Rows(_parsed_lines(plain, head), numbers)


def _with_odd_rows(plain: _Rows, odd: _Odd) -> _Rows:
    """All rows in the order of the file."""
    odd_numbers = np.array(list(odd.cells), int)
    numbers = np.concatenate((plain.numbers, odd_numbers))
    order = np.argsort(numbers, kind="stable")
    in_order = pa.array(order)
    odd_columns = zip(*odd.cells.values(), strict=True)
    columns = []
    for plain_cells, odd_cells in zip(plain.columns, odd_columns, strict=True):
        further = pa.array(odd_cells, pa.string())
        cells = pa.concat_arrays([plain_cells, further])
        columns.append(cells.take(in_order))
    return _Rows(columns, numbers[order])


def _odd_records(lines: list[str], starts: Sequence[int], head: Head) -> _Odd:
    """The records that begin at lines that are not plain; a record may run over further lines."""
    width = len(head.names)
    records = Records(lines, head.delimiter, width)
    odd = _Odd(cells={}, lines=[], problems=[])
    end = 0
    for first in starts:
        if first < end:
            continue
        record = records.at(first)
        end = record.end
        odd.lines.extend(range(first, end))
        if _is_blank(record.cells):
            continue
        odd.cells[first] = _as_wide(record.cells, width)
        code = _wrong_with(record, head)
        if code:
            line = lines[first].rstrip("\r\n")
            number = first + head.end + 1
            problem = Problem(code, number, "", shown(line))
            odd.problems.append(problem)
    return odd


def _as_wide(cells: list[str], width: int) -> list[str]:
    """The cells of a row, as many as the table has columns."""
    padded = cells + [""] * width
    return padded[:width]


def _plain_lines(lines: list[str], width: int, delimiter: str) -> np.ndarray:
    """Which lines are a row each, without quotes and as wide as the table."""
    delimiters = width - 1
    is_plain = [line.count(delimiter) == delimiters and '"' not in line for line in lines]
    if width > 1:
        return np.array(is_plain, bool)
    is_filled = [not line.isspace() for line in lines]
    return np.logical_and(is_plain, is_filled)


def _wrong_with(record: Record, head: Head) -> str:
    """The code of what is wrong with a record, else ""."""
    if not record.sound:
        return "unclosed_quote"
    if len(record.cells) < head.named:
        return "too_few_cells"
    beyond = record.cells[len(head.names) :]
    if not _is_blank(beyond):
        return "too_many_cells"
    return ""


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _parsed_lines(lines: list[str], head: Head) -> _Columns:
    if not lines:
        empty = pa.array([], pa.string())
        return [empty for _ in head.names]
    characters = max(map(len, lines))
    longest = _BYTES * characters
    body = "".join(lines).encode()
    return _parsed(body, head, quote=False, block=max(_BLOCK, longest))


def _damaged_cells(sheet: Sheet) -> list[Problem]:
    """A Problem for each cell in which bytes could not be decoded."""
    problems = []
    for name, column in zip(sheet.header, sheet.columns, strict=True):
        damaged = as_mask(pc.match_substring(column, encodings.REPLACEMENT))
        for row in np.flatnonzero(damaged).tolist():
            line = int(sheet.lines[row])
            cell = shown(column[row].as_py())
            problem = Problem("encoding", line, name, cell)
            problems.append(problem)
    return problems
