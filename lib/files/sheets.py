"""A file as text columns: CSV in four encodings, .xlsx, .parquet. Knows files, not measures.

What is wrong with single lines is a Problem beside them; a file that can't be read as a table raises BoardError.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from lib.errors import BoardError, Problem, cause

_LOOK: Final = 30  # rows in which the header must stand: titles and notes may come before it
_QUOTE_LINES: Final = (
    500  # lines that one quoted cell may run over before its quote counts as unclosed
)
_START: Final = 65_536  # bytes or characters in which the header must stand
_BLOCK: Final = 8 << 20  # bytes that Arrow parses at a time; a line must fit into one
_FEW_TEXTS: Final = (
    250_000  # bytes of a Parquet column's distinct texts up to which they count as few
)
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
# A web page, or Excel's XML of 2003, as office systems export it under the name .xls
_MARKUP: Final = re.compile(
    rb"[\s\xef\xbb\xbf]*<(?:(?P<HTML>html|!doctype html|table|meta)|(?P<XML>\?xml))\b",
    re.IGNORECASE,
)
_BOM: Final = codecs.BOM_UTF8
_NOTHING: Final = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"  # what an empty file may hold: white space and byte order marks
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_FILLED: Final = 4_000_000  # cells between the first and the last of a sheet that are read however few are filled
_SPARSE: Final = 20  # and how many there may be for each filled one
# A row or cell that is not empty, and one beyond Z99999: up to there it needs no closer look
_PLACE: Final = re.compile(rb' r="([A-Z]{0,3})([0-9]{1,7})"[^<>]*(?<!/)>(?!</)')
_FAR: Final = re.compile(rb' r="(?:[A-Z]{2,3}[0-9]{1,7}|[A-Z]?[0-9]{6,7})"[^<>]*(?<!/)>(?!</)')

csv.field_size_limit(
    2**31 - 1
)  # as Arrow: a cell that is too long for Excel is a Problem, not an error

IsHeader = Callable[[list[str]], bool]


@dataclass(frozen=True)
class Sheet:
    """One table as text.

    header: the header row's cells, "" for a column without a name; columns: a string array for each, without nulls;
    lines: the 1-based line (or sheet row) of each row; problems: what was wrong with single lines; name: the sheet's
    name in a workbook, else ""; kinds: of columns that the file itself keeps as codes, the distinct texts and a code
    for each row, in the order of the table.
    """

    header: list[str]
    columns: list[pa.Array]
    lines: np.ndarray
    problems: list[Problem] = field(default_factory=list)
    name: str = ""
    kinds: dict[int, pa.DictionaryArray] = field(default_factory=dict)


def shown(value: str) -> str:
    """A wrong value as a Problem keeps it: the first 200 characters, an ellipsis where there were more."""
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def read(path: Path, is_header: IsHeader) -> list[Sheet]:
    """Every table of a file whose header row `is_header` accepts; a CSV or Parquet file has one at the most.

    Raises BoardError: not_found, locked, unreadable, empty, not_a_table, old_excel, encrypted, broken_workbook,
    scattered, broken_parquet, undecodable, no_header, changed.
    """
    before = _identity(path)
    data = _load(path)
    sheets = parse(path, data, is_header)
    if _identity(path) != before:
        raise BoardError("changed", file=path.name)
    return sheets


def is_csv(path: Path, data: bytes) -> bool:
    """Whether a table's bytes are text: neither a workbook nor Parquet."""
    return not data.startswith((_ZIP, b"PAR1")) and path.suffix.lower() not in (".xlsx", ".parquet")


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise BoardError("not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error
    return found.st_size, found.st_mtime_ns


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except PermissionError:
        raise BoardError("locked", file=path.name) from None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=cause(error)) from error
    if not (data[:4096].strip(_NOTHING) or data.strip(_NOTHING)):
        raise BoardError("empty", file=path.name)
    return data


def parse(path: Path, data: bytes, is_header: IsHeader) -> list[Sheet]:
    """`read` of bytes, by what the file is, not by what it is called: a picture named .csv is a picture."""
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise BoardError("not_a_table", file=path.name, kind=kind)
    if markup := _MARKUP.match(data):
        raise BoardError("not_a_table", file=path.name, kind=markup.lastgroup)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise BoardError("encrypted" if encrypted else "old_excel", file=path.name)
    if data.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        sheets = [_parquet(path, data, is_header)]
    elif data.startswith(_ZIP) or path.suffix.lower() == ".xlsx":
        sheets = _workbook(path, data, is_header)
    else:
        sheets = [_csv(path, data, is_header)]
    return [_without_blank_rows(sheet) for sheet in sheets]


def _without_blank_rows(sheet: Sheet) -> Sheet:
    """A row with nothing in any cell is none: Excel leaves hundreds of them below a table."""
    blank: np.ndarray | None = None
    for column in sheet.columns:
        cells = column if blank is None else column.take(pa.array(blank))
        here = np.flatnonzero(
            pc.equal(pc.utf8_trim_whitespace(cells), "").to_numpy(zero_copy_only=False)
        )
        blank = here if blank is None else blank[here]
        if not len(blank):
            return sheet
    keep = np.ones(len(sheet.lines), bool)
    keep[blank] = False
    filled = pa.array(keep)
    columns = [column.filter(filled) for column in sheet.columns]
    return replace(sheet, columns=columns, lines=sheet.lines[keep], kinds={})


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv(path: Path, data: bytes, is_header: IsHeader) -> Sheet:
    text = _utf8_start(data)
    head = _header(text, is_header)
    if head:
        skip = data.startswith(_BOM) * len(_BOM) + len(text[: head.end].encode())
        sheet = _fast_csv(data, skip, head)
        if sheet is not None:
            return sheet
    text, damaged, _ = _decode(path, data, is_header)
    head = _header(text, is_header)
    if not head:
        raise BoardError("no_header", file=path.name, found=_first_line(text))
    return _slow_csv(text[head.end :], head, damaged)


@dataclass(frozen=True)
class Text:
    """A CSV file as its lines, with their ends.

    header: its first line and the line behind it, from 0; `"".join(lines).encode(encoding, errors)` is the file again.
    """

    lines: list[str]
    header: tuple[int, int]
    width: int
    delimiter: str
    encoding: str
    errors: str

    def record(self, at: int) -> tuple[list[str], int, bool]:
        """The record that begins at a line: its cells, the line behind it, and whether its quotes are sound."""
        return _record(self.lines, at, self.delimiter, self.width)


def text(path: Path, data: bytes, is_header: IsHeader) -> Text:
    """A CSV file as its lines; raises BoardError: undecodable, no_header."""
    _, damaged, encoding = _decode(path, data, is_header)
    wide = encoding.startswith("utf-16")
    if wide and damaged:
        raise BoardError("undecodable", file=path.name)
    errors = (
        "strict" if wide else "surrogateescape"
    )  # bytes that are no text come out again as they were
    whole = data.decode(encoding, errors).lstrip("\ufeff")
    head = _header(whole, is_header)
    if not head:
        raise BoardError("no_header", file=path.name, found=_first_line(whole))
    return Text(
        _lines(whole),
        (head.first, head.line),
        len(head.cells),
        head.delimiter,
        "utf-16" if wide else encoding,
        errors,
    )


def _utf8_start(data: bytes) -> str:
    """The first characters of the file, nothing where they are not UTF-8."""
    first = data[:_START]
    try:
        # By steps, since the last character may be cut
        return "" if _is_utf16(first) else codecs.getincrementaldecoder("utf-8-sig")().decode(first)
    except UnicodeDecodeError:
        return ""


def _is_utf16(data: bytes) -> bool:
    return (
        data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        or data[:200].count(0) > len(data[:200]) // 8
    )


def _decode(path: Path, data: bytes, is_header: IsHeader) -> tuple[str, bool, str]:
    """The text of the file, whether some bytes could not be decoded (they stand as � then), and the encoding."""
    if _is_utf16(data):
        encoding = _utf16_order(data)
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
        return text, "�" in text, encoding
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig"), False, "utf-8-sig"
    tolerant = data.decode("utf-8-sig", errors="replace")
    # What is not UTF-8 is hardly ever so by chance: then most of its characters come out as �
    if 2 * tolerant.count("�") < len(_NOT_ASCII.findall(tolerant)):
        return tolerant, True, "utf-8-sig"
    text = data.decode("gb18030", errors="replace")
    if "�" in text and not _header(text, is_header):
        raise BoardError("undecodable", file=path.name)
    return text, "�" in text, "gb18030"


def _utf16_order(data: bytes) -> str:
    """By the mark, or by which half of the first code units is zero: digits, commas and line ends have it so."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    return "utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"


def _first_line(text: str) -> str:
    return shown(next((line.strip() for line in text.splitlines() if line.strip()), ""))


@dataclass(frozen=True)
class _Head:
    """Where the header stands. cells: its names; first: its first line, from 0; line: its last one, from 1.

    end: characters up to its end.
    """

    cells: list[str]
    first: int
    line: int
    end: int
    delimiter: str

    @property
    def named(self) -> int:
        """How many cells a line must have: those up to the last one that has a name."""
        return max(at for at, cell in enumerate(self.cells, 1) if cell)


def _header(text: str, is_header: IsHeader) -> _Head | None:
    """The header row within the first rows, by the first delimiter under which there is one."""
    lines = _lines(text[:_START])
    for delimiter in _DELIMITERS:
        at = looked = 0
        while at < len(lines) and looked < _LOOK:
            first = at
            cells, at, _ = _record(lines, at, delimiter)
            looked += any(cell.strip() for cell in cells)
            if is_header(cells):
                return _Head(_stripped(cells), first, at, sum(map(len, lines[:at])), delimiter)
    return None


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lstrip("\ufeff") for cell in cells]


def _lines(text: str) -> list[str]:
    """Lines with their ends; only \\n, \\r\\n and \\r end a line, unlike str.splitlines."""
    return io.StringIO(text, newline="").readlines()


def _fast_csv(data: bytes, skip: int, head: _Head) -> Sheet | None:
    """The table by Arrow's parser, or None where a line needs a closer look.

    That is: a ragged line, quotes inside cells or over several lines, lone \\r, bytes that are not UTF-8.
    """
    if _has_lone_return(data, skip) or not _well_quoted(data, skip, head.delimiter):
        return None
    body = memoryview(data)[skip:]
    try:
        columns = _parsed(body, head, quote='"')
    except pa.ArrowInvalid:
        return None
    rows = len(columns[0])
    lines = _count(data, skip, "\n") + (not data.endswith(b"\n"))
    # Arrow passes over empty lines
    numbers = np.arange(rows, dtype=np.int32) if rows == lines else _filled_lines(body)
    return Sheet(head.cells, columns, numbers + head.line + 1) if len(numbers) == rows else None


def _has_lone_return(data: bytes, skip: int) -> bool:
    return data.find(b"\r", skip) >= 0 and _count(data, skip, "\r") != data.count(b"\r\n", skip)


def _count(data: bytes, skip: int, char: str) -> int:
    """How often an ASCII character stands in the bytes: block by block in the processor's cache."""
    raw = np.frombuffer(data, np.uint8)
    blocks = range(skip, len(raw), 1 << 18)
    return sum(
        int(np.count_nonzero(raw[begin : begin + (1 << 18)] == ord(char))) for begin in blocks
    )


def _parsed(
    body: memoryview | bytes, head: _Head, quote: str | bool, block: int = _BLOCK
) -> list[pa.Array]:
    names = [str(at) for at in range(len(head.cells))]
    marked = (
        _BOM + body if body[: len(_BOM)] == _BOM else body
    )  # Arrow takes one off: here it belongs to a cell
    table = pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(marked)),
        pyarrow.csv.ReadOptions(column_names=names, block_size=block),
        pyarrow.csv.ParseOptions(delimiter=head.delimiter, quote_char=quote),
        pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )
    return [_joined(column) for column in table.columns]


def _well_quoted(data: bytes, skip: int, delimiter: str) -> bool:
    """Whether each quote opens a cell, closes one, or is doubled: then Arrow reads them as everybody does."""
    if data.find(b'"', skip) < 0:
        return True
    raw = np.frombuffer(data, np.uint8)[skip:]
    at = np.flatnonzero(raw == ord('"'))
    around = np.frombuffer(f'{delimiter}"\r\n'.encode(), np.uint8)
    before = raw[at[0::2][at[0::2] > 0] - 1]
    after = raw[at[1::2][at[1::2] < len(raw) - 1] + 1]
    return len(at) % 2 == 0 and bool(np.isin(before, around).all() and np.isin(after, around).all())


def _filled_lines(body: memoryview) -> np.ndarray:
    """The numbers, from 0, of the lines that are not empty."""
    raw = np.frombuffer(body, np.uint8)
    ends = np.append(np.flatnonzero(raw == ord("\n")), len(raw))
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    only_return = (lengths == 1) & (raw[np.minimum(starts, len(raw) - 1)] == ord("\r"))
    return np.flatnonzero((lengths > 0) & ~only_return).astype(np.int32)


def _slow_csv(text: str, head: _Head, damaged: bool) -> Sheet:
    """The table with a Problem for each line that is not as wide as the header or not well quoted.

    Only such lines, and those with quotes, are read one by one; all others go through Arrow's parser together.
    """
    lines = _lines(text)
    plain, odd, problems = _sorted_lines(lines, head)
    columns = _parsed_lines([lines[at] for at in plain.tolist()], head)
    numbers = np.concatenate((plain, np.array([*odd], int))).astype(np.int32)
    if odd:
        order = pa.array(np.argsort(numbers, kind="stable"))
        apart = [pa.array(cells, pa.string()) for cells in zip(*odd.values(), strict=True)]
        columns = [pa.concat_arrays(pair).take(order) for pair in zip(columns, apart, strict=True)]
        numbers = np.sort(numbers)
    sheet = Sheet(head.cells, columns, numbers + head.line + 1, problems)
    return replace(sheet, problems=problems + _damaged_cells(sheet)) if damaged else sheet


def _parsed_lines(lines: list[str], head: _Head) -> list[pa.Array]:
    if not lines:
        return [pa.array([], pa.string())] * len(head.cells)
    longest = 4 * max(map(len, lines))  # a character has four bytes at the most
    return _parsed("".join(lines).encode(), head, quote=False, block=max(_BLOCK, longest))


def _sorted_lines(
    lines: list[str], head: _Head
) -> tuple[np.ndarray, dict[int, list[str]], list[Problem]]:
    """The lines that are plain, the cells of the records that are not, each under its first line, and what is wrong."""
    width, delimiter = len(head.cells), head.delimiter
    plain = np.array(
        [line.count(delimiter) == width - 1 and '"' not in line for line in lines], bool
    )
    if width == 1:
        plain &= np.array([not line.isspace() for line in lines], bool)
    odd: dict[int, list[str]] = {}
    problems: list[Problem] = []
    behind = 0
    for at in np.flatnonzero(~plain).tolist():
        if at < behind:
            continue
        cells, behind, sound = _record(lines, at, delimiter, width)
        plain[at:behind] = False
        if any(cell.strip() for cell in cells):
            odd[at] = (cells + [""] * width)[:width]
            code = _wrong_with(cells, head) if sound else "unclosed_quote"
            if code:
                problems.append(
                    Problem(code, at + head.line + 1, "", shown(lines[at].rstrip("\r\n")))
                )
    return np.flatnonzero(plain), odd, problems


def _wrong_with(cells: list[str], head: _Head) -> str:
    if len(cells) < head.named:
        return "too_few_cells"
    return "too_many_cells" if any(cell.strip() for cell in cells[len(head.cells) :]) else ""


def _record(
    lines: list[str], at: int, delimiter: str, width: int = 0
) -> tuple[list[str], int, bool]:
    """The record that begins at a line: its cells, the line behind it, and whether its quotes are sound.

    A quote that is never closed, or closed only in another cell, would swallow the rest of the file: its line is then
    read with the quotes as plain characters, and reading goes on in the next line. width: of the table, if known.
    """
    line = lines[at].rstrip("\r\n")
    if '"' not in line:
        return line.split(delimiter), at + 1, True
    for last in range(at, min(at + _QUOTE_LINES, len(lines))):
        if last > at and '"' not in lines[last]:
            continue
        try:
            (cells,) = csv.reader(lines[at : last + 1], delimiter=delimiter, strict=True)
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            break
        if last > at and _two_stray_quotes(lines[at : last + 1], delimiter, width):
            break
        return cells, last + 1, True
    without = line.replace('"', "").split(delimiter)
    lenient = next(csv.reader([line], delimiter=delimiter))
    return lenient if len(lenient) == width != len(without) else without, at + 1, False


def _two_stray_quotes(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether the only quotes of several lines stand in the first and the last, each as wide as the table: two rows.

    A stray quote has text beside it; one alone between delimiters opens or closes a cell that has a line break there.
    """
    quotes = [line.count('"') for line in lines]
    wide = all(line.count(delimiter) == width - 1 for line in lines)
    stray = quotes[0] == quotes[-1] == 1 and sum(quotes) == quotes[0] + quotes[-1]
    alone = any('"' in line.rstrip("\r\n").split(delimiter) for line in (lines[0], lines[-1]))
    return width > 1 and wide and stray and not alone


def _damaged_cells(sheet: Sheet) -> list[Problem]:
    """A Problem for each cell in which bytes could not be decoded."""
    return [
        Problem("encoding", int(sheet.lines[at]), name, shown(column[at].as_py()))
        for name, column in zip(sheet.header, sheet.columns, strict=True)
        for at in np.flatnonzero(
            pc.match_substring(column, "�").to_numpy(zero_copy_only=False)
        ).tolist()
    ]


# --- .xlsx and .parquet ----------------------------------------------------------------------------------------------


def _workbook(path: Path, data: bytes, is_header: IsHeader) -> list[Sheet]:
    import python_calamine

    _refuse_scattered(path, data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sources = [book.get_sheet_by_name(name) for name in book.sheet_names]
        grids = [(source.to_python(skip_empty_area=False), source) for source in sources]
    except python_calamine.PasswordError:
        raise BoardError("encrypted", file=path.name) from None
    except python_calamine.CalamineError as error:
        raise BoardError("broken_workbook", file=path.name, why=str(error)) from error
    found = [
        _sheet(grid, source.merged_cell_ranges or [], source.name, is_header)
        for grid, source in grids
    ]
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise BoardError("no_header", file=path.name, found=shown("、".join(book.sheet_names)))
    return sheets


def _refuse_scattered(path: Path, data: bytes) -> None:
    """Calamine holds a cell for each place up to the last one: two cells far apart would take all memory."""
    with contextlib.suppress(
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError
    ):  # its own error is better
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and any(map(_FAR.search, _parts(archive, name))):
                rows, columns, filled = _extent(_parts(archive, name))
                if rows * columns > max(_FILLED, _SPARSE * filled):
                    raise BoardError("scattered", file=path.name, rows=rows, columns=columns)


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A file of the archive by the megabyte, cut between elements."""
    rest = b""
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 20):
            whole, mark, rest = (rest + chunk).rpartition(b" r=")
            yield whole
            rest = mark + rest
    yield rest


def _extent(parts: Iterator[bytes]) -> tuple[int, int, int]:
    """(last row, last column, how many rows and cells there are) of a sheet."""
    rows = columns = filled = 0
    for part in parts:
        for letters, number in _PLACE.findall(part):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters))
            filled += 1
    return rows, columns, filled


def _column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at


def _sheet(
    grid: list[list[Any]], merged: list[Any], name: str, is_header: IsHeader
) -> Sheet | None:
    headers = (_stripped([_cell(cell) for cell in cells]) for cells in grid[:_LOOK])
    at, header = next(
        ((at, cells) for at, cells in enumerate(headers, 1) if is_header(cells)), (0, [])
    )
    if not at:
        return None
    _fill_merged(grid, merged, at)
    rows = [[_cell(cell) for cell in cells] for cells in grid[at:]]
    columns = [pa.array([cells[i] for cells in rows], pa.string()) for i in range(len(header))]
    return Sheet(header, columns, np.arange(at + 1, at + 1 + len(rows), dtype=np.int32), [], name)


def _fill_merged(grid: list[list[Any]], ranges: list[Any], first: int) -> None:
    """Write a cell that is merged downwards into each of its rows, as a reader sees it."""
    for (top, left), (bottom, _) in ranges:
        # A merged range may reach beyond the cells that have ever been filled
        if top >= first and left < len(grid[0]):
            for cells in grid[top + 1 : bottom + 1]:
                cells[left] = grid[top][left]


def _cell(value: Any) -> str:
    """A workbook's value as a person would type it: 8.0 is 8, a date is 2020-08-31."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _parquet(path: Path, data: bytes, is_header: IsHeader) -> Sheet:
    try:
        metadata = pyarrow.parquet.read_metadata(pa.BufferReader(data))
        table = pyarrow.parquet.ParquetFile(
            pa.BufferReader(data), read_dictionary=_few_texts(metadata)
        ).read()
    except (pa.ArrowException, OSError) as error:
        raise BoardError("broken_parquet", file=path.name, why=str(error)) from error
    header = _stripped(table.column_names)
    if not is_header(header):
        raise BoardError("no_header", file=path.name, found=shown("、".join(header)))
    with ThreadPoolExecutor() as pool:
        read = [*pool.map(_text_and_kinds, map(_joined, table.columns))]
    kinds = {at: coded for at, (_, coded) in enumerate(read) if coded is not None}
    return Sheet(
        header,
        [text for text, _ in read],
        np.arange(1, table.num_rows + 1, dtype=np.int32),
        kinds=kinds,
    )


def _text_and_kinds(array: pa.Array) -> tuple[pa.Array, pa.DictionaryArray | None]:
    """A column as text, and as codes if the file keeps it so."""
    if not _is_coded(array):
        return _as_text(array), None
    coded = _in_order(array)
    return coded.dictionary_decode(), coded


def _few_texts(metadata: Any) -> list[str]:
    """The columns that the file keeps as codes for few texts; to read them as such costs half."""
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    chunks = [group.column(at) for at in range(group.num_columns)]
    return [
        chunk.path_in_schema
        for chunk in chunks
        if chunk.has_dictionary_page
        and chunk.data_page_offset - chunk.dictionary_page_offset < _FEW_TEXTS
    ]


def _is_coded(array: pa.Array) -> bool:
    return (
        pa.types.is_dictionary(array.type)
        and pa.types.is_string(array.type.value_type)
        and not array.null_count
    )


def _in_order(array: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same with the texts in the order of the table, without any that no row has."""
    codes = array.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(codes.indices, array.dictionary.take(codes.dictionary))


def _joined(column: pa.ChunkedArray) -> pa.Array:
    return (
        column.chunk(0) if column.num_chunks == 1 else column.unify_dictionaries().combine_chunks()
    )


def _as_text(array: pa.Array) -> pa.Array:
    """A typed column as text: "" for null, a date without its midnight, the items of a list with 、 between them."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_timestamp(array.type):
        array = _without_midnight(array)
    try:
        return pc.fill_null(array.cast(pa.string()), "")
    except pa.ArrowException:  # lists, structures, bytes that are no text
        return pa.array([_nested_text(value) for value in array.to_pylist()], pa.string())


def _without_midnight(array: pa.Array) -> pa.Array:
    """Dates where no value has a time of day, seconds where none has fractions."""
    for unit, simpler in (("day", pa.date32()), ("second", pa.timestamp("s", array.type.tz))):
        if pc.all(pc.equal(array, pc.floor_temporal(array, unit=unit)), min_count=0).as_py():
            return array.cast(simpler)
    return array


def _nested_text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_nested_text(one) for one in value if one is not None)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return "" if value is None else str(value)
