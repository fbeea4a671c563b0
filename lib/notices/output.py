"""A notice → the measure table that `measures.read` reads back identically, and its milestones."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lib import errors
from lib.files import guard, saving
from lib.i18n import Translator
from lib.measures import identity, milestones_path, schema, split_names
from lib.notices.model import Cell, Measure, Notice
from lib.text import deadlines

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Rows = list[list[str]]


def text(cell: Cell) -> str:
    """What a cell says, names joined as they are written to the table."""
    return "、".join(cell.names) or cell.text


def reason(cell: Cell, t: Translator) -> str:
    """Why a cell was read so, in words."""
    return t(
        f"notice.reason.{cell.reason}",
        detail=errors.one_line(cell.detail) or t("notice.reason.plain"),
    )


def to_table(notice: Notice) -> tuple[Rows, Rows]:
    """The measure table and the milestones, each with its header row, as cells of text.

    牵头部门 and 配合部门 are written where roles are named; a single list stays 责任部门 as printed, its first leading.
    """
    ids = identities(notice)
    explicit = any(not measure.departments for measure in notice.measures)
    header = [*schema.COLUMNS.values(), *(schema.ROLE_COLUMNS.values() if explicit else ())]
    rows = [header] + [
        _row(notice, measure, ids[at], explicit=explicit)
        for at, measure in enumerate(notice.measures)
    ]
    milestones = [list(schema.MILESTONE_COLUMNS.values())] + [
        [ids[item.measure], item.deadline, item.text, item.target, item.unit]
        for item in notice.milestones
    ]
    return _clean(rows), _clean(milestones)


def _row(notice: Notice, measure: Measure, measure_id: str, *, explicit: bool) -> list[str]:
    cells = measure.cells
    lead, support = (
        "、".join(cells[field].names) for field in ("lead_departments", "support_departments")
    )
    single = bool(measure.departments) and _same(measure)
    both = "、".join(name for name in (lead, support) if name)
    deadline = cells["deadline"].text
    if deadline and deadlines.read(deadline, notice.year) != measure.window:
        deadline = deadlines.in_full(deadline, measure.year, measure.issued)
    row = [
        measure_id,
        str(notice.year or ""),
        notice.title,
        cells["section"].text,
        cells["article"].text,
        cells["title"].text,
        "、".join(cells["leaders"].names),
        measure.departments if single else both,
        deadline,
    ]
    return row + (["", ""] if single else [lead, support]) if explicit else row


def _same(measure: Measure) -> bool:
    """Whether the printed list, read again, gives the names."""
    names = [name for name, _ in split_names(measure.departments)]
    return names == [
        *measure.cells["lead_departments"].names,
        *measure.cells["support_departments"].names,
    ]


def identities(notice: Notice) -> list[str]:
    """The 编号 of each measure."""
    articles = [measure.cells["article"].text for measure in notice.measures]
    return identity.of_list(notice.year or 0, articles)


def _clean(rows: Rows) -> Rows:
    """Cells as the table may hold them: no control characters, on one line, no apostrophe that would be taken off."""
    return [[_CONTROL.sub("", cell).strip()[: schema.LONGEST_CELL] for cell in row] for row in rows]


def csv_bytes(rows: Rows) -> bytes:
    """As Excel and WPS open it: UTF-8 with BOM; what would run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guard.guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write(notice: Notice, path: Path, milestones: Path | None = None) -> None:
    """Write the table as .csv, .xlsx (milestones on a second sheet) or .parquet; milestones beside it by default.

    Raises BoardError (locked, unwritable), and has written nothing or no half a file then.
    """
    rows, dates = to_table(notice)
    kind = path.suffix.lower()
    if kind == ".xlsx":
        data = xlsx_bytes(rows, dates if milestones is None else [])
    else:
        data = parquet_bytes(rows) if kind == ".parquet" else csv_bytes(rows)
    files = [(path, data)]
    if len(dates) > 1 and (milestones or kind != ".xlsx"):
        files.append((milestones or milestones_path(path), csv_bytes(dates)))
    saving.replace(files)


def xlsx_bytes(rows: Rows, milestones: Rows) -> bytes:
    """A workbook; text is text, never a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    for name, table in (("举措", rows), (schema.MILESTONE_SHEET, milestones)):
        if len(table) > 1 or name == "举措":
            _sheet(book.add_worksheet(name), table)
    book.close()
    return out.getvalue()


def _sheet(sheet: object, table: Sequence[Sequence[str]]) -> None:
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, guard.escaped(cell))  # type: ignore[attr-defined]


def parquet_bytes(rows: Rows) -> bytes:
    """A Parquet file of text columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [[] for _ in rows[0]]
    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                guard.escaped(name): pa.array([guard.escaped(cell) for cell in column], pa.string())
                for name, column in zip(rows[0], columns, strict=True)
            }
        ),
        out,
    )
    return out.getvalue()
