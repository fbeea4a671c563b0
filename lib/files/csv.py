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


class Opened(NamedTuple):
    """A CSV file as text, and where its header stands."""

    text: encodings.Decoded
    head: Head


class Cells(NamedTuple):
    """All cells of a CSV file without a header in one line. first_line: that is not blank."""

    grid: Grid
    first_line: str


def read_csv(data: bytes, headers: Sequence[Headers]) -> Sheet | None:
    """The table in a CSV file whose header is one line, else None."""
    start = encodings.utf8_start(data[:START])
    head = find_head(start, headers)
    if head:
        sheet = _at_once(data, _bytes_up_to(head, start, data), head)
        if sheet is not None:
            return sheet
    decoded = encodings.decode(data)
    head = find_head(decoded.text, headers)
    if head is None:
        return None
    return _by_lines(decoded.text[head.characters :], head, decoded.damaged)


def read_cells(path: Path, data: bytes) -> Cells:
    """All cells of a CSV file; raises BoardError: undecodable."""
    decoded = encodings.decode(data)
    if decoded.damaged and decoded.encoding == "gb18030":
        raise BoardError("undecodable", file=path.name)
    return Cells(Grid("", all_cells(decoded.text)), _first_line(decoded.text))


def open_text(path: Path, data: bytes, headers: Sequence[Headers]) -> Opened:
    """A CSV file's text and header; raises BoardError: undecodable, no_header."""
    decoded = encodings.decode(data)
    head = find_head(decoded.text, headers)
    if head is None:
        raise BoardError("no_header", file=path.name, found=_first_line(decoded.text))
    return Opened(decoded, head)


def _first_line(text: str) -> str:
    """The first line that is not blank, as an error shows it."""
    lines = (line.strip() for line in text.splitlines())
    return shown(next(filter(None, lines), ""))


def _bytes_up_to(head: Head, text: str, data: bytes) -> int:
    """The bytes before the first row."""
    size = len(text[: head.characters].encode())
    if data.startswith(_BOM):
        return size + len(_BOM)
    return size


# --- at once: kernels over the bytes of a whole file ----------------------------------------------


def _at_once(data: bytes, skip: int, head: Head) -> Sheet | None:
    """The table by Arrow's parser, or None where a line needs a closer look.

    That is: a line too long or too short, quotes inside cells or over several lines, \\r without \\n,
    bytes that are not UTF-8.

    Args:
        data: the file.
        skip: where its first row begins.
    """
    if _has_lone_return(data, skip) or not _well_quoted(data, skip, head.delimiter):
        return None
    body = memoryview(data)[skip:]
    try:
        columns = _parsed(body, head, quote='"')
    except pa.ArrowInvalid:
        return None
    numbers = _line_numbers(data, skip, rows=len(columns[0]))
    if len(numbers) != len(columns[0]):  # a quoted cell has a line break in it
        return None
    return Sheet(head.names, columns, numbers + head.end + 1, above=head.above)


def _line_numbers(data: bytes, skip: int, rows: int) -> np.ndarray:
    """The number of each line that is a row, from 0: Arrow passes over empty lines."""
    lines = _count(data, skip, "\n")
    if not data.endswith(b"\n"):
        lines += 1
    if rows == lines:
        return np.arange(rows, dtype=np.int32)
    return _filled_lines(memoryview(data)[skip:])


def _has_lone_return(data: bytes, skip: int) -> bool:
    if data.find(b"\r", skip) < 0:
        return False
    return _count(data, skip, "\r") != data.count(b"\r\n", skip)


def _count(data: bytes, skip: int, char: str) -> int:
    """How often an ASCII character stands in the bytes."""
    raw = np.frombuffer(data, np.uint8)
    count = 0
    for begin in range(skip, len(raw), _CACHED):
        count += int(np.count_nonzero(raw[begin : begin + _CACHED] == ord(char)))
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
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = raw[opening[opening > 0] - 1]
    after = raw[closing[closing < len(raw) - 1] + 1]
    around = np.frombuffer(f'{delimiter}"\r\n'.encode(), np.uint8)
    return bool(np.isin(before, around).all() and np.isin(after, around).all())


def _filled_lines(body: memoryview) -> np.ndarray:
    """The numbers, from 0, of the lines that are not empty."""
    raw = np.frombuffer(body, np.uint8)
    ends = np.append(np.flatnonzero(raw == ord("\n")), len(raw))
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    first = raw[np.minimum(starts, len(raw) - 1)]
    only_return = (lengths == 1) & (first == ord("\r"))
    return np.flatnonzero((lengths > 0) & ~only_return).astype(np.int32)


def _parsed(
    body: memoryview | bytes, head: Head, quote: str | bool, block: int = _BLOCK
) -> list[pa.Array]:
    """The columns of rows without their header, as text."""
    if body[: len(_BOM)] == _BOM:
        body = _BOM + body  # Arrow takes one off: here it belongs to a cell
    names = [str(column) for column in range(len(head.names))]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(body)),
        pyarrow.csv.ReadOptions(column_names=names, block_size=block),
        pyarrow.csv.ParseOptions(delimiter=head.delimiter, quote_char=quote),
        pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
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


def _by_lines(text: str, head: Head, damaged: bool) -> Sheet:
    """The table with a Problem for each line that is not as wide as the header or ill quoted."""
    lines = split_lines(text)
    is_plain = _plain_lines(lines, len(head.names), head.delimiter)
    odd = _odd_records(lines, np.flatnonzero(~is_plain).tolist(), head)
    is_plain[odd.lines] = False
    plain = np.flatnonzero(is_plain)
    columns = _parsed_lines([lines[number] for number in plain.tolist()], head)
    numbers = np.concatenate((plain, np.array([*odd.cells], int))).astype(np.int32)
    if odd.cells:
        order = np.argsort(numbers, kind="stable")
        columns = _with_rows(columns, [*odd.cells.values()], pa.array(order))
        numbers = numbers[order]
    sheet = Sheet(head.names, columns, numbers + head.end + 1, odd.problems, above=head.above)
    if damaged:
        return replace(sheet, problems=odd.problems + _damaged_cells(sheet))
    return sheet


def _with_rows(
    columns: Sequence[pa.Array], rows: Sequence[list[str]], order: pa.Array
) -> list[pa.Array]:
    """Columns with further rows under them, then in another order."""
    longer = []
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        further = pa.array(cells, pa.string())
        longer.append(pa.concat_arrays([column, further]).take(order))
    return longer


def _odd_records(lines: list[str], starts: Sequence[int], head: Head) -> _Odd:
    """The records that begin at lines that are not plain; a record may run over further lines."""
    width = len(head.names)
    records = Records(lines, head.delimiter, width)
    odd = _Odd({}, [], [])
    end = 0
    for first in starts:
        if first < end:
            continue
        record = records.at(first)
        end = record.end
        odd.lines.extend(range(first, end))
        if not any(cell.strip() for cell in record.cells):
            continue
        odd.cells[first] = (record.cells + [""] * width)[:width]
        code = _wrong_with(record, head)
        if code:
            line = shown(lines[first].rstrip("\r\n"))
            odd.problems.append(Problem(code, first + head.end + 1, "", line))
    return odd


def _plain_lines(lines: list[str], width: int, delimiter: str) -> np.ndarray:
    """Which lines are a row each, without quotes and as wide as the table."""
    delimiters = width - 1
    plain = [line.count(delimiter) == delimiters and '"' not in line for line in lines]
    if width > 1:
        return np.array(plain, bool)
    filled = [not line.isspace() for line in lines]
    return np.logical_and(plain, filled)


def _wrong_with(record: Record, head: Head) -> str:
    """The code of what is wrong with a record, else ""."""
    if not record.sound:
        return "unclosed_quote"
    if len(record.cells) < head.named:
        return "too_few_cells"
    if any(cell.strip() for cell in record.cells[len(head.names) :]):
        return "too_many_cells"
    return ""


def _parsed_lines(lines: list[str], head: Head) -> list[pa.Array]:
    if not lines:
        return [pa.array([], pa.string()) for _ in head.names]
    longest = _BYTES * max(map(len, lines))
    body = "".join(lines).encode()
    return _parsed(body, head, quote=False, block=max(_BLOCK, longest))


def _damaged_cells(sheet: Sheet) -> list[Problem]:
    """A Problem for each cell in which bytes could not be decoded."""
    problems = []
    for name, column in zip(sheet.header, sheet.columns, strict=True):
        damaged = as_mask(pc.match_substring(column, encodings.REPLACEMENT))
        for row in np.flatnonzero(damaged).tolist():
            cell = shown(column[row].as_py())
            problems.append(Problem("encoding", int(sheet.lines[row]), name, cell))
    return problems
