"""Files and pastes made to end who reads them, or to hold him up: small, and each of another kind."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from tests.notices import office
from tests.tables import HEADER
from tests.workbooks import as_bytes, of_rows

SHEET: Final = "xl/worksheets/sheet1.xml"
FAR_CELL: Final = '<c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c>'
OPERATORS: Final = 50_000_000  # of a page, two bytes each
LONG_COMMENT: Final = 400 << 20  # bytes


def _changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive in which one part is another."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            out.writestr(name, change(content) if name == part else content)
    return changed.getvalue()


def _list() -> bytes:
    """A sound workbook of one measure."""
    row = ["1", "2026", "清单", "一", "1", "建立制度", "张慧", "办公室", "8月"]
    return as_bytes(of_rows({"清单": [HEADER.split(","), row]}))


def _with_row(xml: str) -> bytes:
    """The workbook with one more row of XML."""
    return _changed(_list(), SHEET, lambda sheet: sheet.replace(b"</sheetData>", xml.encode()))


def _far(cell: str) -> bytes:
    return _with_row(f'<row r="1048576">{cell}</row></sheetData>')


def _many_references_to_one_text() -> bytes:
    """59,000 cells that all show one text of 32,767 characters."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(3, 59_000)
    )
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    book = _with_row(f"{cells}</sheetData>")
    return _changed(book, "xl/sharedStrings.xml", lambda _: texts % (b"x" * 32_767))


def _overlapping_merges(count: int = 2_000) -> bytes:
    areas = "".join(f'<mergeCell ref="A1:Z{row}"/>' for row in range(2, count))
    xml = f'</sheetData><mergeCells count="{count}">{areas}</mergeCells>'
    return _with_row(xml)


def _two_columns_far_apart() -> bytes:
    rows = [
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="GR{row}"><v>1</v></c></row>'
        for row in range(3, 59_000)
    ]
    return _with_row("".join(rows) + "</sheetData>")


def _parquet(changed: int) -> bytes:
    """A table in which one byte is another."""
    out = io.BytesIO()
    cells = ["1", "2026", "清单", "一", "1", "建立制度", "张慧", "办公室", "8月"]
    columns = {name: [cell] * 3 for name, cell in zip(HEADER.split(","), cells, strict=True)}
    pq.write_table(pa.table(columns), out)
    data = bytearray(out.getvalue())
    data[changed % len(data)] ^= 0xFF
    return bytes(data)


def _pdf(content: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page with packed content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream"
        % (len(content), filters.encode(), content),
    ]
    body = b"%PDF-1.4\n"
    for number, text in enumerate(objects, 1):
        body += b"%d 0 obj%s\nendobj\n" % (number, text)
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _ruled_grid(lines: int = 1_000) -> bytes:
    """A page of crossing lines: a million cells."""
    across = "".join(f"0 {y * 0.8:.1f} m 600 {y * 0.8:.1f} l " for y in range(lines))
    down = "".join(f"{x * 0.6:.1f} 0 m {x * 0.6:.1f} 800 l " for x in range(lines))
    return _pdf(zlib.compress(f"{across}{down}S".encode()))


def _many_operators() -> bytes:
    return _pdf(_packed(b"q ", OPERATORS))


def _packed(piece: bytes, count: int) -> bytes:
    """So many pieces, packed without ever being in memory at once."""
    packer = zlib.compressobj(9)
    block = piece * 100_000
    packed = [packer.compress(block) for _ in range(count // 100_000)]
    return b"".join([*packed, packer.flush()])


def _forms_in_forms(depth: int = 30) -> bytes:
    """A page whose form draws a form twice, and so on: a billion of them."""
    forms = []
    for number in range(depth):
        inside = b"/F Do /F Do"
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (6 + number, len(inside), inside)
        )
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 2>>stream\nq \nendstream"
    body = b"%PDF-1.4\n"
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    begin = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
        page,
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    for number, text in enumerate([*begin, *forms, last], 1):
        body += b"%d 0 obj%s\nendobj\n" % (number, text)
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _more_pages_than_there_are() -> bytes:
    return _pdf(zlib.compress(b"q")).replace(b"/Count 1>>", b"/Count 9>>")


def _far_list_level() -> bytes:
    return office.docx(office.numbered("建立制度", 9_999_999) * 20)


def _many_paragraphs() -> bytes:
    return office.docx("<w:p><w:r><w:t>责任部门：办公室</w:t></w:r></w:p>" * 119_000)


def _long_comment() -> bytes:
    """A Word file with a comment of 400 MB in its text."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        part.write(f"<w:document {office.W}><w:body><!--".encode())
        for _ in range(LONG_COMMENT >> 20):
            part.write(b" " * (1 << 20))
        part.write(f"-->{office.p('建立制度')}</w:body></w:document>".encode())
    return out.getvalue()


def _far_in_open_document() -> bytes:
    rows = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    cell = '<table:table-cell office:value-type="string"><text:p>远</text:p></table:table-cell>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="清单">{rows}<table:table-row>'
        f'<table:table-cell table:number-columns-repeated="16000"/>{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return office.packed({"mimetype": kind, "content.xml": content})


def _long_notice() -> bytes:
    """An honest notice of 2,400,000 characters: long, and not hostile."""
    duty = "责任领导：张慧；责任部门：办公室、财务部；完成时限：8月"
    text = "推进职工服务阵地建设，" * 20
    measures = [f"{number}. {text}。{duty}" for number in range(1, 9_400)]
    return "\n".join(measures).encode()


def _quotes() -> bytes:
    return ('x",y,"z\n' * 2_000).encode()


_CHANGED: Final = {
    f"changed_{byte}.parquet": partial(_parquet, byte) for byte in range(150, 3_000, 150)
}

FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    "far.xlsx": lambda: _far(FAR_CELL),
    "far_tab.xlsx": lambda: _far(FAR_CELL.replace(" r=", "\tr=")),
    "far_single_quotes.xlsx": lambda: _far(FAR_CELL.replace('"', "'")),
    "far_spaces.xlsx": lambda: _far(FAR_CELL.replace("r=", "r =  ")),
    "far_eleven_digits.xlsx": lambda: _far(FAR_CELL.replace("XFD1048576", "XFD00001048576")),
    "far_small_letters.xlsx": lambda: _far(FAR_CELL.replace("XFD", "xfd")),
    "far.ods": _far_in_open_document,
    "one_long_text.xlsx": _many_references_to_one_text,
    "overlapping_merges.xlsx": _overlapping_merges,
    "two_columns_far_apart.xlsx": _two_columns_far_apart,
    **_CHANGED,
    "many_operators.pdf": _many_operators,
    "forms_in_forms.pdf": _forms_in_forms,
    "ruled_grid.pdf": _ruled_grid,
    "more_pages.pdf": _more_pages_than_there_are,
    "far_list_level.docx": _far_list_level,
    "many_paragraphs.docx": _many_paragraphs,
    "long_comment.docx": _long_comment,
    "unknown_encoding.html": lambda: b'<?xml version="1.0" encoding="e"?><html><table><tr><td>1',
    "utf32.csv": lambda: HEADER.encode("utf-32"),
    "quotes.csv": _quotes,
    "one_cell_a_line.txt": lambda: "\n".join(["办公室", "8月", "牵头"] * 8_000).encode(),
    "long_notice.txt": _long_notice,
    "many_measures.txt": lambda: "1. 建立制度。责任部门：办公室；完成时限：8月\n".encode() * 25_000,
}

PASTES: Final[Mapping[str, Callable[[], str]]] = {
    "filler": lambda: "完成" + "不少于" * 13_000,
    "stars": lambda: "★" * 80_000,
    "spaces": lambda: "责任部门：" + " " * 80_000 + "办公室",
    "brackets": lambda: "（" * 40_000,
    "numerals": lambda: "一" * 80_000,
    "lead": lambda: "牵头" * 40_000,
    "tabs": lambda: "\t" * 80_000 + "\n" + "办公室\t" * 20_000,
}
