"""Small workbooks for the tests: .xlsx of rows, .xls record by record, .ods as XML."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl import Workbook

from tests.notices import office

SECTOR = 512
SMALL = 64
CUTOFF = 4096
NONE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

# --- .xlsx ----------------------------------------------------------------------------------------


def of_rows(
    sheets: Mapping[str, Sequence[Sequence[object]]], merged: Iterable[str] = ()
) -> Workbook:
    """A workbook of sheets, each its rows; merged: ranges of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    for area in merged:
        book.worksheets[0].merge_cells(area)
    return book


def as_bytes(book: Workbook) -> bytes:
    """A workbook as a file holds it."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- .xls -----------------------------------------------------------------------------------------


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream; a short one stands in small sectors."""
    is_small = len(stream) < CUTOFF
    size = SMALL if is_small else SECTOR
    padded = stream + bytes(-len(stream) % size)
    data = padded + bytes(-len(padded) % SECTOR)
    count = len(data) // SECTOR
    tables = [END, END, END]  # the table itself, the directory, the table of small sectors
    chain = [*range(4, 3 + count), END]
    table = [TABLE, *tables[1:], *chain]
    small = [*range(1, len(padded) // SMALL), END] if is_small else []
    root = _entry("Root Entry", 5, below=1, sector=3 if is_small else END, size=len(data))
    first = 0 if is_small else 3
    directory = root + _entry(name, 2, below=NONE, sector=first, size=len(stream))
    return b"".join(
        [
            _header(),
            _sector(struct.pack(f"<{len(table)}I", *table), b"\xff"),
            _sector(directory, b"\0"),
            _sector(struct.pack(f"<{len(small)}I", *small), b"\xff"),
            data,
        ]
    )


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    start += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    start += struct.pack("<9I", 0, 1, 1, 0, CUTOFF, 2, 1, END, 0)
    return start + struct.pack("<109I", 0, *[NONE] * 108)


def _entry(name: str, kind: int, *, below: int, sector: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    data = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, NONE, NONE, below)
    return data + bytes(36) + struct.pack("<IQ", sector, size)


def _sector(data: bytes, filling: bytes) -> bytes:
    assert len(data) <= SECTOR, "the helper has one sector for each table"
    return data.ljust(SECTOR, filling)


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<2H", kind, len(data)) + data


def text(words: str, length: str = "H") -> bytes:
    """A text as records have it: its length, that its characters have two bytes, and they."""
    return struct.pack(f"<{length}B", len(words), 1) + words.encode("utf-16-le")


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, column, style, value))


def string(row: int, column: int, place: int, style: int = 0) -> bytes:
    """A cell with one of the book's strings."""
    return record(0xFD, struct.pack("<3HI", row, column, style, place))


def font(*, struck: bool = False) -> bytes:
    return record(0x31, struct.pack("<2H10x", 200, 8 * struck) + text("宋体", "B"))


def style(font_number: int = 0, format_number: int = 0) -> bytes:
    return record(0xE0, struct.pack("<2H16x", font_number, format_number))


def strings(*texts: bytes) -> bytes:
    return record(0xFC, struct.pack("<2I", len(texts), len(texts)) + b"".join(texts))


BEGIN_BOOK = record(0x809, struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 0))
BEGIN_SHEET = record(0x809, struct.pack("<4H2I", 0x600, 0x10, 0, 0, 0, 0))
ENDED = record(0x0A)


def xls_stream(
    book: bytes, sheets: Sequence[tuple[str, bytes]], hidden: Sequence[str] = (), active: int = 0
) -> bytes:
    """The records of an .xls: those of the book, then those of each sheet by its name."""
    window = record(0x3D, struct.pack("<9H", 0, 0, 0, 0, 0, active, 0, 0, 0))
    names = [text(name, "B") for name, _ in sheets]
    start = len(BEGIN_BOOK + window + book + ENDED) + sum(len(name) + 10 for name in names)
    listed = b""
    for (name, cells), name_bytes in zip(sheets, names, strict=True):
        listed += record(0x85, struct.pack("<IBB", start, name in hidden, 0) + name_bytes)
        start += len(BEGIN_SHEET + cells + ENDED)
    bodies = b"".join(BEGIN_SHEET + cells + ENDED for _, cells in sheets)
    return BEGIN_BOOK + window + listed + book + ENDED + bodies


# --- .ods -----------------------------------------------------------------------------------------

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "number", "config")
)


def ods(
    *tables: str, styles: str = "", active: str = "", extra: dict[str, str] | None = None
) -> bytes:
    """A spreadsheet of these tables' XML."""
    item = f'<config:config-item config:name="ActiveTable">{active}</config:config-item>'
    parts = {
        "content.xml": f"<office:document-content {_SPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>",
        "settings.xml": f"<office:document-settings {_SPACES}>{item}</office:document-settings>",
    } | (extra or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods_table(*rows: str, name: str = "清单", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def ods_row(*cells: str, attributes: str = "") -> str:
    """A row; what is no element is the text of a cell."""
    inner = "".join(cell if cell.startswith("<") else ods_cell(cell) for cell in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def ods_cell(words: str = "", attributes: str = "") -> str:
    paragraph = f"<text:p>{words}</text:p>" if words else ""
    return f"<table:table-cell {attributes}>{paragraph}</table:table-cell>"


# --- .xlsb ----------------------------------------------------------------------------------------


def xlsb(*cells: tuple[int, int, str]) -> bytes:
    """A workbook of one sheet, with texts at rows and columns."""
    listed = struct.pack("<2I", 0, 1) + _long_text("s1") + _long_text("清单")
    sheet = _part(148, bytes(16)) + _part(145)
    for row, column, words in cells:
        sheet += _part(0, struct.pack("<I", row) + bytes(13))
        sheet += _part(6, struct.pack("<2I", column, 0) + _long_text(words))
    book = _part(143) + _part(156, listed) + _part(144) + _part(132)
    parts = {"workbook.bin": book, "worksheets/sheet1.bin": sheet + _part(146)}
    return office.of_parts(parts, {"s1": "worksheets/sheet1.bin"})


def _long_text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _part(kind: int, data: bytes = b"") -> bytes:
    """A record of an .xlsb: its kind and its size have seven bits in each byte."""
    size = len(data)
    head = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 0x7F else bytes([kind])
    return head + bytes([size & 0x7F | 0x80, size >> 7]) + data
