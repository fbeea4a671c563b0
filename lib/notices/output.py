"""A notice → the measure table that `measures.read` reads back identically, and its milestones."""

from __future__ import annotations

import io
import re
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Final

from lib import errors
from lib.files import guard, saving
from lib.files.csv_writing import csv_of_rows
from lib.i18n import Translator
from lib.measures import identity, milestones_path, schema, split_names
from lib.notices.model import Cell, Measure, Notice
from lib.text import deadlines

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_SHEET: Final = "举措"  # of a workbook

Rows = list[list[str]]  # cells of text, the header row first


def text(cell: Cell) -> str:
    """What a cell says, names joined as they are written to the table."""
    return "、".join(cell.names) or cell.text


def reason(cell: Cell, t: Translator) -> str:
    """Why a cell was read so, in words."""
    detail = errors.one_line(cell.detail) or t("notice.reason.plain")
    return t(f"notice.reason.{cell.reason}", detail=detail)


def to_table(notice: Notice) -> tuple[Rows, Rows]:
    """The measure table and the milestones, each with its header row, as cells of text.

    牵头部门 and 配合部门 are written where roles are named; a single list stays 责任部门 as printed, its
    first leading. 印发日期 is written where a deadline is counted from it.
    """
    ids = identities(notice)
    cells = [*map(_cells, repeat(notice), notice.measures, ids)]
    headers = {**schema.COLUMNS}
    if any(row["lead_departments"] or row["support_departments"] for row in cells):
        headers |= schema.ROLE_COLUMNS
    others = [*map(_other_cells, notice.measures)]
    extra = [*dict.fromkeys(chain.from_iterable(others))]
    rows = [[*headers.values(), *(schema.DATE_COLUMNS.get(name, name) for name in extra)]]
    for row, of_row in zip(cells, others, strict=True):
        rows.append([row[field] for field in headers] + [of_row.get(name, "") for name in extra])
    milestones = [[*schema.MILESTONE_COLUMNS.values()]]
    for item in notice.milestones:
        milestones.append([ids[item.measure], item.deadline, item.text, item.target, item.unit])
    return _clean(rows), _clean(milestones)


def _other_cells(measure: Measure) -> dict[str, str]:
    """The office's own cells, by their headers, and those of days, by their fields."""
    cells = dict(measure.given.extra) if measure.given else {}
    phrase = measure.cells["deadline"].text
    if "issued" not in cells and deadlines.needs_issue(phrase, measure.year, measure.issued):
        cells["issued"] = str(measure.issued)
    if measure.due_given:
        cells["given_due"] = str(measure.due_given)
    return cells


def _cells(notice: Notice, measure: Measure, measure_id: str) -> dict[str, str]:
    """What is written for a measure, by field."""
    return {
        "measure_id": measure_id,
        "year": str(_year(notice, measure) or ""),
        "list": measure.given.list_name if measure.given else notice.title,
        "section": measure.cells["section"].text,
        "article": measure.cells["article"].text,
        "title": measure.cells["title"].text,
        "leaders": "、".join(measure.cells["leaders"].names),
        "deadline": _deadline(notice, measure),
        **_responsible(measure),
    }


def _deadline(notice: Notice, measure: Measure) -> str:
    """The phrase as printed, in full where the year of the list does not make the same day of it."""
    deadline = measure.cells["deadline"].text
    of_list = deadlines.read(deadline, _year(notice, measure), measure.issued)
    if deadline and of_list != measure.window:
        return deadlines.in_full(deadline, measure.year)
    return deadline


def _year(notice: Notice, measure: Measure) -> int | None:
    """The year of a measure's list."""
    return measure.given.year if measure.given else notice.year


def _responsible(measure: Measure) -> dict[str, str]:
    """Who leads and who supports: as printed where the first leads, else in columns of their own."""
    lead = measure.cells["lead_departments"].names
    support = measure.cells["support_departments"].names
    if not lead:  # of 责任部门 the first would lead
        return {
            "departments": "",
            "lead_departments": "",
            "support_departments": "、".join(support),
        }
    printed = [name for name, _ in split_names(measure.departments)]
    if measure.departments and printed == [*lead, *support]:
        return {
            "departments": measure.departments,
            "lead_departments": "",
            "support_departments": "",
        }
    return {
        "departments": measure.departments or "、".join([*lead, *support]),
        "lead_departments": "、".join(lead),
        "support_departments": "、".join(support),
    }


def identities(notice: Notice) -> list[str]:
    """The 编号 of each measure."""
    years = [_year(notice, measure) or 0 for measure in notice.measures]
    articles = [measure.cells["article"].text for measure in notice.measures]
    given = [measure.given.measure_id if measure.given else "" for measure in notice.measures]
    return identity.of_list(years, articles, given)


def _clean(rows: Rows) -> Rows:
    """Cells as the table may hold them: trimmed, without control characters, no longer than Excel's."""
    return [[_cleaned(cell) for cell in row] for row in rows]


def _cleaned(cell: str) -> str:
    return _CONTROL.sub("", cell).strip()[: schema.LONGEST_CELL]


def write(notice: Notice, path: Path, milestones: Path | None = None) -> None:
    """Write the table as .csv, .xlsx or .parquet, and its milestones.

    Args:
        milestones: their file; by default they stand beside the table, in a workbook on a sheet of
            their own.

    Raises:
        BoardError: locked, unwritable; then nothing or no half a file was written.
    """
    rows, dates = to_table(notice)
    kind = path.suffix.lower()
    beside = milestones
    if kind == ".xlsx":
        inside = dates if milestones is None else []
        table = xlsx_bytes(rows, inside)
    else:
        table = parquet_bytes(rows) if kind == ".parquet" else csv_of_rows(rows)
        beside = milestones or milestones_path(path)
    files = [(path, table)]
    if beside and len(dates) > 1:
        files.append((beside, csv_of_rows(dates)))
    saving.replace(files)


def xlsx_bytes(rows: Rows, milestones: Rows) -> bytes:
    """A workbook; text is text, never a formula."""
    import xlsxwriter

    out = io.BytesIO()
    text_only = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    book = xlsxwriter.Workbook(out, text_only)
    _write_sheet(book.add_worksheet(_SHEET), rows)
    if len(milestones) > 1:
        _write_sheet(book.add_worksheet(schema.MILESTONE_SHEET), milestones)
    book.close()
    return out.getvalue()


def _write_sheet(sheet: Any, rows: Rows) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, guard.escaped(cell))


def parquet_bytes(rows: Rows) -> bytes:
    """A Parquet file of text columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, *body = [[guard.escaped(cell) for cell in row] for row in rows]
    columns = [pa.array([row[at] for row in body], pa.string()) for at in range(len(header))]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=header), out)
    return out.getvalue()
