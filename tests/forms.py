"""Forms for tests: as they are sent, filled in, and as programs and people give them back."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lib.files import whole
from lib.files.archives import column_letters
from lib.ledger import forms
from lib.ledger.events import Draft, Started
from lib.ledger.forms import Basis, Preview
from tests import workbooks
from tests.ledgers import LIST, MONTHLY, Office

PERIOD: Final = "2026-03"
MADE: Final = "2026-03-20"
CAME_BACK: Final = "2026-04-02"
DEPARTMENT: Final = "组宣部"
HEADER: Final = 3  # the row of the header in a form as it is sent
ROWS: Final = """
    2026-1-1,2026,重点工作,一,一（一）,建成职工书屋,张慧,组宣部、办公室,6月底前
    2026-1-2,2026,重点工作,一,一（二）,开展技能竞赛,张慧,经济部、组宣部,9月底前
    2026-2-1,2026,重点工作,二,二（一）,走访困难职工,李强,组宣部、保障部,长期坚持
    2026-2-2,2026,重点工作,二,二（二）,完成换届,李强,组宣部,12月底前
    2026-2-3,2026,重点工作,二,二（三）,编印年鉴,李强,保障部,12月底前
"""
MILESTONES: Final = """编号,节点时限,节点,目标值,单位
2026-1-1,6月,职工书屋,4,个
2026-1-1,6月,覆盖率,80,%
2026-2-2,12月,换届单位,12,家
"""
Answers = Mapping[str, Mapping[str, object]]  # by 编号, then by header


def office_of(folder: Path, rule: Started = MONTHLY) -> Office:
    """An office that has started its list, of which three measures have targets."""
    (folder / "table.milestones.csv").write_text(MILESTONES, "utf-8")
    office = Office(folder, ROWS)
    office.start(rule=rule)
    return office


def basis(office: Office, day: str) -> Basis:
    return Basis(
        office.table,
        office.journal(),
        office.status(day),
        office.reporting(day),
        office.ledger.by_seq,
    )


def sent(office: Office, department: str = DEPARTMENT, period: str = PERIOD) -> bytes:
    """The form of a department as it goes out."""
    return forms.write(forms.of_department(basis(office, MADE), LIST, period, department))


def read(office: Office, *files: tuple[str, bytes], period: str = PERIOD) -> Preview:
    """What comes of files, by their names."""
    found = [one for name, data in files for one in whole.read(name, data)]
    return forms.read(found, basis(office, CAME_BACK), LIST, period)


def outcome(preview: Preview) -> str:
    """What comes of each row, and the codes of its problems; then those of the files."""
    lines: list[str] = []
    for file in preview.files:
        if file.error:
            lines.append(f"file {file.error.code}")
        lines += [f"file {problem.code}" for problem in file.problems]
        for row in file.rows:
            codes = " ".join(problem.code for problem in row.problems)
            lines.append(f"{row.measure_id or '?'} {row.verdict} {codes}".rstrip())
    return "; ".join(lines)


def said(draft: Draft) -> str:
    """What a draft says, in a line."""
    return f"{draft.measure_id} {draft.kind} {draft.period} {draft.body}"


# --- filled in and changed by a person ------------------------------------------------------------


def changed(data: bytes, change: Callable[[Worksheet, Workbook], Any]) -> bytes:
    """A workbook after something was done to its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0], book)
    return workbooks.as_bytes(book)


def filled(data: bytes, answers: Answers) -> bytes:
    """A form with answers in its cells."""

    def fill(sheet: Worksheet, _: Workbook) -> None:
        for measure_id, cells in answers.items():
            for header, value in cells.items():
                sheet.cell(line_of(sheet, measure_id), column_of(sheet, header)).value = value

    return changed(data, fill)


def column_of(sheet: Worksheet, header: str) -> int:
    headers = [str(cell.value) for cell in sheet[HEADER]]
    return headers.index(header) + 1


def line_of(sheet: Worksheet, measure_id: str) -> int:
    ids = [cell.value for cell in sheet["A"]]
    return ids.index(measure_id) + 1


# --- as programs save it --------------------------------------------------------------------------

Rows = Sequence[Sequence[Any]]


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of all sheets of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [["" if cell is None else cell for cell in row] for row in sheet.values]
        for sheet in book.worksheets
    }


def properties_of(data: bytes) -> dict[str, str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {found.name: str(found.value) for found in book.custom_doc_props.props}


def as_csv(data: bytes, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The first sheet as a program saves it as text."""
    (rows, *_) = sheets_of(data).values()
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def as_plain_xlsx(
    data: bytes, *, with_properties: bool = True, dimension: str = "A1:A1", only: int = 9
) -> bytes:
    """A workbook part by part: texts in the cells, no styles, a dimension that is wrong.

    only: how many of its sheets are kept.
    """
    sheets = [*sheets_of(data).items()][:only]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": _relations("officeDocument", ["xl/workbook.xml"]),
        "xl/workbook.xml": _book([name for name, _ in sheets]),
        "xl/_rels/workbook.xml.rels": _relations(
            "worksheet", [f"worksheets/sheet{number}.xml" for number in range(len(sheets))]
        ),
    }
    for number, (_, rows) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, dimension)
    if with_properties:
        parts["docProps/custom.xml"] = _custom(properties_of(data))
    return zipped(parts)


_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relations(kind: str, targets: Sequence[str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def _book(names: Sequence[str]) -> str:
    hidden = ["", ' state="hidden"']
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number + 1}" r:id="rId{number}"{hidden[number > 0]}/>'
        for number, name in enumerate(names)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'


def _sheet(rows: Rows, dimension: str) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(number, *cell) for cell in enumerate(cells, 1))}</row>'
        for number, cells in enumerate(rows, 1)
    )
    size = f'<dimension ref="{dimension}"/>'
    return f'<worksheet xmlns="{_MAIN}">{size}<sheetData>{lines}</sheetData></worksheet>'


def _cell(row: int, column: int, value: Any) -> str:
    place = f"{column_letters(column)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    if not value:
        return ""
    text = escape(str(value))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _custom(properties: Mapping[str, str]) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    listed = "".join(
        f'<property pid="{number}" name="{name}"><vt:lpwstr>{escape(text)}</vt:lpwstr></property>'
        for number, (name, text) in enumerate(properties.items(), 2)
    )
    spaces = f'xmlns="{space}/custom-properties" xmlns:vt="{space}/docPropsVTypes"'
    return f"<Properties {spaces}>{listed}</Properties>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_ods(data: bytes, *, with_properties: bool = True) -> bytes:
    """The same as LibreOffice saves it in its own format."""
    style = (
        '<style:style style:name="unseen" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    tables: list[str] = []
    for name, rows in sheets_of(data).items():
        lines = [
            workbooks.ods_row(*(workbooks.ods_cell(escape(str(text))) for text in cells))
            for cells in rows
        ]
        hidden = 'table:style-name="unseen"' if tables else ""
        tables.append(workbooks.ods_table(*lines, name=name, attributes=hidden))
    extra: dict[str, str] = {}
    if with_properties:
        listed = "".join(
            f'<meta:user-defined meta:name="{name}">{text}</meta:user-defined>'
            for name, text in properties_of(data).items()
        )
        space = "urn:oasis:names:tc:opendocument:xmlns"
        extra["meta.xml"] = (
            f'<office:document-meta xmlns:office="{space}:office:1.0" '
            f'xmlns:meta="{space}:meta:1.0"><office:meta>{listed}</office:meta>'
            "</office:document-meta>"
        )
    return workbooks.ods(*tables, styles=style, extra=extra)


def as_xls(data: bytes) -> bytes:
    """The same as Excel before 2007 and WPS (.et) save it."""
    sheets: list[tuple[str, bytes]] = []
    for name, rows in sheets_of(data).items():
        cells = b"".join(
            _label(row, column, str(value))
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if value != ""
        )
        sheets.append((name, cells))
    book = workbooks.font() + workbooks.style()
    names = [name for name, _ in sheets]
    return workbooks.compound(workbooks.xls_stream(book, sheets, hidden=names[1:]))


def _label(row: int, column: int, text: str) -> bytes:
    length = struct.pack("<3HHB", row, column, 0, len(text), 1)
    return workbooks.record(0x204, length + text.encode("utf-16-le"))
