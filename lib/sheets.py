"""A file as text columns: CSV in four encodings, .xlsx, .parquet. Knows files, not measures.

What is wrong with single lines is a Problem beside them; a file that can't be read as a table raises BoardError.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from lib.errors import BoardError, Problem

_LOOK: Final = 30  # rows in which the header must stand: titles and notes may come before it
_QUOTE_LINES: Final = 500  # lines that one quoted cell may run over before its quote counts as unclosed
_DELIMITERS: Final = (",", "\t", ";")  # a tab is what Excel's "Unicode text" (UTF-16) writes
_SHOWN: Final = 200  # characters of a wrong value that a Problem keeps
_FOREIGN: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"

IsHeader = Callable[[list[str]], bool]


@dataclass(frozen=True)
class Sheet:
    """One table as text.

    header: the header row's cells; columns: a string array for each, without nulls; lines: the 1-based line (or sheet
    row) of each row; problems: what was wrong with single lines; name: the sheet's name in a workbook, else "".
    """

    header: list[str]
    columns: list[pa.Array]
    lines: np.ndarray
    problems: list[Problem] = field(default_factory=list)
    name: str = ""


def shown(value: str) -> str:
    """A wrong value as a Problem keeps it: the first 200 characters, an ellipsis where there were more."""
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def read(path: Path, is_header: IsHeader) -> list[Sheet]:
    """Every table of a file whose header row `is_header` accepts; a CSV or Parquet file has one at the most.

    Raises BoardError: not_found, locked, unreadable, empty, not_a_table, old_excel, encrypted, broken_workbook,
    broken_parquet, undecodable, no_header, changed.
    """
    before = _identity(path)
    data = _load(path)
    sheets = _by_kind(path, data, is_header)
    if _identity(path) != before:
        raise BoardError("changed", file=path.name)
    return sheets


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise BoardError("not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=error.strerror or str(error)) from error
    return found.st_size, found.st_mtime_ns


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except PermissionError:
        raise BoardError("locked", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=error.strerror or str(error)) from error
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BoardError("empty", file=path.name)
    return data


def _by_kind(path: Path, data: bytes, is_header: IsHeader) -> list[Sheet]:
    """By what the file is, not by what it is called: a picture named .csv is a picture."""
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise BoardError("not_a_table", file=path.name, kind=kind)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise BoardError("encrypted" if encrypted else "old_excel", file=path.name)
    if data.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return [_parquet(path, data, is_header)]
    if data.startswith(_ZIP) or path.suffix.lower() == ".xlsx":
        return _workbook(path, data, is_header)
    return [_csv(path, data, is_header)]


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv(path: Path, data: bytes, is_header: IsHeader) -> Sheet:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    first = data[: 1 << 16]
    if not _is_utf16(first):
        head, delimiter = _header(first.decode("utf-8", errors="replace"), is_header)
        sheet = _fast_csv(data, head, delimiter) if head else None
        if sheet is not None:
            return sheet
    text, damaged = _decode(path, data, is_header)
    head, delimiter = _header(text, is_header)
    if not head:
        raise BoardError("no_header", file=path.name, found=_first_line(text))
    return _slow_csv(text, head, delimiter, damaged)


def _is_utf16(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:200].count(b"\x00") > len(data[:200]) // 8


def _decode(path: Path, data: bytes, is_header: IsHeader) -> tuple[str, bool]:
    """The text of the file, and whether some bytes could not be decoded (they stand as � then)."""
    if _is_utf16(data):
        order = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _utf16_order(data)
        return data.decode(order, errors="replace").lstrip("\ufeff"), False
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB18030 accepts many bytes that are none: only a header that can be read proves the guess
        if encoding == "utf-8" or _header(text, is_header)[0]:
            return text, False
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if _header(text, is_header)[0]:
            return text, True
    raise BoardError("undecodable", file=path.name)


def _utf16_order(data: bytes) -> str:
    """Which half of the first code units is zero: Latin digits, commas and line ends have their high byte empty."""
    return "utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"


def _first_line(text: str) -> str:
    return shown(next((line.strip() for line in text.splitlines() if line.strip()), ""))


@dataclass(frozen=True)
class _Head:
    """Where the header stands. cells: its names; line: its 1-based last line; end: characters of text up to its end."""

    cells: list[str]
    line: int
    end: int


def _header(text: str, is_header: IsHeader) -> tuple[_Head | None, str]:
    """The header row within the first rows, by the first delimiter under which there is one."""
    for delimiter in _DELIMITERS:
        end = 0
        for line, cells, taken, _ in islice(_records(_lines(text[:65_536]), delimiter), _LOOK):
            end += taken
            if is_header(cells):
                return _Head(_named(cells), line, end), delimiter
    return None, ","


def _named(cells: Sequence[str]) -> list[str]:
    """Header cells without the empty ones that trail; empty ones inside get no name but keep their place."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _fast_csv(data: bytes, head: _Head, delimiter: str) -> Sheet | None:
    """The table by Arrow's parser, or None where a line needs a closer look (ragged, quotes over lines, encoding)."""
    skip = _offset_of_line(data, head.line)
    body = memoryview(data)[skip:]
    names = [str(at) for at in range(len(head.cells))]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            pyarrow.csv.ReadOptions(column_names=names, block_size=8 << 20),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in data),
            pyarrow.csv.ConvertOptions(column_types={name: pa.string() for name in names}, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    lines = _filled_lines(body, head.line)
    if len(lines) != table.num_rows:
        return None
    columns = [column.combine_chunks() if column.num_chunks != 1 else column.chunk(0) for column in table.columns]
    return Sheet(head.cells, columns, lines)


def _offset_of_line(data: bytes, line: int) -> int:
    """The byte behind the given number of lines."""
    end = 0
    for _ in range(line):
        end = data.find(b"\n", end) + 1
        if not end:
            return len(data)
    return end


def _filled_lines(body: memoryview, before: int) -> np.ndarray:
    """The numbers of the lines that are not empty; Arrow passes over those that are."""
    raw = np.frombuffer(body, np.uint8)
    ends = np.flatnonzero(raw == 0x0A)
    if len(raw) and (not len(ends) or ends[-1] != len(raw) - 1):
        ends = np.append(ends, len(raw))
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lengths = ends - starts
    if len(ends):
        lengths = lengths - (raw[np.maximum(ends - 1, 0)] == 0x0D) * (lengths > 0)
    return (np.flatnonzero(lengths > 0) + before + 1).astype(np.int32)


def _lines(text: str) -> list[str]:
    """Lines with their ends; only \\n, \\r\\n and \\r end a line, unlike str.splitlines."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str], int, str]]:
    """Records as (last line, cells, characters taken, problem code or "").

    A quote that is never closed, or closed only in the middle of another cell, would swallow the rest of the file:
    its line is then read with the quote as a plain character, and reading goes on in the next line.
    """
    at = 0
    while at < len(lines):
        line = lines[at].rstrip("\r\n")
        cells, last = (line.split(delimiter), at) if '"' not in line else _quoted(lines, at, delimiter)
        code = ""
        if cells is None:
            cells, last, code = line.replace('"', "").split(delimiter), at, "unclosed_quote"
        taken = sum(map(len, lines[at : last + 1]))
        at = last + 1
        if any(cell.strip() for cell in cells):
            yield at, cells, taken, code


def _quoted(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the record that begins at a line with quotes, and its last line; None for an unclosed quote."""
    for last in range(at, min(at + _QUOTE_LINES, len(lines))):
        if last > at and '"' not in lines[last]:
            continue
        try:
            records = list(csv.reader(lines[at : last + 1], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            return None, at
        return (records[0], last) if len(records) == 1 else (None, at)
    return None, at


def _slow_csv(text: str, head: _Head, delimiter: str, damaged: bool) -> Sheet:
    """The table line by line, with a Problem for each line that is not as wide as the header or not well quoted."""
    width = len(head.cells)
    rows: list[list[str]] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    for last, cells, _, code in _records(_lines(text[head.end :]), delimiter):
        line = last + head.line
        if code:
            problems.append(Problem(code, line, "", shown(delimiter.join(cells))))
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            problems.append(Problem("ragged", line, f"{len(cells)}/{width}", shown(delimiter.join(cells))))
        if damaged and any("�" in cell for cell in cells):
            problems.append(Problem("encoding", line, "", shown(delimiter.join(cells))))
        rows.append((cells + [""] * width)[:width])
        numbers.append(line)
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)] or [pa.array([], pa.string())] * width
    return Sheet(head.cells, columns, np.array(numbers, np.int32), problems)


# --- .xlsx and .parquet ----------------------------------------------------------------------------------------------


def _workbook(path: Path, data: bytes, is_header: IsHeader) -> list[Sheet]:
    import io

    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        found = [_sheet(book.get_sheet_by_name(name), is_header) for name in book.sheet_names]
    except python_calamine.PasswordError:
        raise BoardError("encrypted", file=path.name) from None
    except Exception as error:  # calamine raises its own kinds for each way in which an archive can be broken
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise BoardError("no_header", file=path.name, found="、".join(book.sheet_names))
    return sheets


def _sheet(source: Any, is_header: IsHeader) -> Sheet | None:
    grid: list[list[Any]] = source.to_python(skip_empty_area=False)
    for at, cells in enumerate(grid[:_LOOK]):
        header = _named([_cell(cell) for cell in cells])
        if is_header(header):
            break
    else:
        return None
    _fill_merged(grid, source.merged_cell_ranges or [], at + 1)
    rows = [(at + 2 + i, [_cell(cell) for cell in cells[: len(header)]]) for i, cells in enumerate(grid[at + 1 :])]
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    columns = [pa.array([cells[i] for _, cells in rows], pa.string()) for i in range(len(header))]
    return Sheet(header, columns, np.array([line for line, _ in rows], np.int32), [], source.name)


def _fill_merged(grid: list[list[Any]], ranges: list[Any], first: int) -> None:
    """Write a cell that is merged downwards into each of its rows, as a reader sees it."""
    for (top, left), (bottom, _) in ranges:
        for row in range(max(top, first) + 1, min(bottom + 1, len(grid))):
            grid[row][left] = grid[top][left]


def _cell(value: Any) -> str:
    """A workbook's value as a person would type it: 8.0 is 8, a date is 2020-08-31."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _parquet(path: Path, data: bytes, is_header: IsHeader) -> Sheet:
    try:
        table = pyarrow.parquet.read_table(pa.BufferReader(data))
    except (pa.ArrowInvalid, OSError) as error:
        raise BoardError("broken_parquet", file=path.name, why=str(error)) from error
    header = _named(table.column_names)
    if not is_header(header):
        raise BoardError("no_header", file=path.name, found=shown("、".join(header)))
    columns = [_as_text(column) for column in table.columns]
    return Sheet(header, columns, np.arange(1, table.num_rows + 1, dtype=np.int32))


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        array = pc.binary_join(array.cast(pa.list_(pa.string())), "、")
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.date32(), safe=False)
    return pc.fill_null(array.cast(pa.string()), "")
