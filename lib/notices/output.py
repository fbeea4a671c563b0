"""A notice → the measure table that `measures.read` reads back identically, and its milestones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
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
_BETWEEN_NAMES: Final = "、"

Rows = list[list[str]]  # cells of text, the header row first
_Cells = dict[str, str]  # of a row: by field, or by the header of a column of the office's own


def text(cell: Cell) -> str:
    """What a cell says, names joined as they are written to the table."""
    return _joined(cell.names) or cell.text


def _joined(names: Iterable[str]) -> str:
    return _BETWEEN_NAMES.join(names)


def reason(cell: Cell, t: Translator) -> str:
    """Why a cell was read so, in words."""
    detail = errors.one_line(cell.detail) or t("notice.reason.plain")
    return t(f"notice.reason.{cell.reason}", detail=detail)


# --- the table and its milestones -----------------------------------------------------------------


def to_table(notice: Notice) -> tuple[Rows, Rows]:
    """The measure table and the milestones, each with its header row, as cells of text.

    牵头部门 and 配合部门 are written where roles are named; a single list stays 责任部门 as printed, its
    first leading. 印发日期 is written where a deadline is counted from it.
    """
    ids = identities(notice)
    return _clean(_measures(notice, ids)), _clean(_milestones(notice, ids))


def _measures(notice: Notice, ids: Sequence[str]) -> Rows:
    """The header row and a row for each measure: the board's columns, then the office's own."""
    rows = [*map(_cells, repeat(notice), notice.measures, ids)]
    rows_of_others = [*map(_other_cells, notice.measures)]
    headers = _headers(rows)
    others = [*dict.fromkeys(chain.from_iterable(rows_of_others))]
    header_row = [*headers.values()]
    for name in others:
        header_row.append(schema.DATE_COLUMNS.get(name, name))
    table = [header_row]
    for cells, other_cells in zip(rows, rows_of_others, strict=True):
        row = [cells[field] for field in headers]
        row += [other_cells.get(name, "") for name in others]
        table.append(row)
    return table


def _headers(rows: Sequence[_Cells]) -> dict[str, str]:
    """The board's columns that are written, and their headers; those of roles where one has any."""
    for row in rows:
        if row["lead_departments"] or row["support_departments"]:
            return schema.COLUMNS | schema.ROLE_COLUMNS
    return schema.COLUMNS


def _milestones(notice: Notice, ids: Sequence[str]) -> Rows:
    """The header row and a row for each milestone."""
    rows = [[*schema.MILESTONE_COLUMNS.values()]]
    for milestone in notice.milestones:
        row = [
            ids[milestone.measure],
            milestone.deadline,
            milestone.text,
            milestone.target,
            milestone.unit,
        ]
        rows.append(row)
    return rows


def identities(notice: Notice) -> list[str]:
    """The 编号 of each measure: the given one, else one made of year and article (`identity.of_list`)."""
    years: list[int] = []
    articles: list[str] = []
    given_ids: list[str] = []
    for measure in notice.measures:
        years.append(_year(notice, measure) or 0)
        articles.append(measure.cells["article"].text)
        given_ids.append(measure.given.measure_id if measure.given else "")
    return identity.of_list(years, articles, given_ids)


def _clean(rows: Rows) -> Rows:
    """Cells as the table may hold them: trimmed, printable, not longer than Excel's."""
    return [[*map(_cleaned, row)] for row in rows]


def _cleaned(cell: str) -> str:
    printable = _CONTROL.sub("", cell)
    return printable.strip()[: schema.LONGEST_CELL]


# --- the cells of a measure -----------------------------------------------------------------------


def _cells(notice: Notice, measure: Measure, measure_id: str) -> _Cells:
    """What is written for a measure, by field."""
    year = _year(notice, measure)
    given = measure.given
    return {
        "measure_id": measure_id,
        "year": str(year or ""),
        "list": given.list_name if given else notice.title,
        "section": measure.cells["section"].text,
        "article": measure.cells["article"].text,
        "title": measure.cells["title"].text,
        "leaders": _joined(measure.cells["leaders"].names),
        "deadline": _deadline(measure, year),
        **_responsible(measure),
    }


def _year(notice: Notice, measure: Measure) -> int | None:
    """The year of a measure's list."""
    if measure.given:
        return measure.given.year
    return notice.year


def _deadline(measure: Measure, year: int | None) -> str:
    """The phrase as printed; in full where the list's year does not make the same day of it."""
    phrase = measure.cells["deadline"].text
    if not phrase:
        return ""
    in_list = deadlines.read(phrase, year, measure.issued)
    if in_list == measure.window:
        return phrase
    return deadlines.in_full(phrase, measure.year)


def _responsible(measure: Measure) -> _Cells:
    """Who leads and who supports: as printed where the first leads, else in their own columns."""
    lead = measure.cells["lead_departments"].names
    support = measure.cells["support_departments"].names
    cells = {
        "departments": measure.departments,
        "lead_departments": "",
        "support_departments": "",
    }
    if not lead:  # of 责任部门 the first would lead
        return cells | {"departments": "", "support_departments": _joined(support)}
    both = lead + support
    printed = [name for name, _ in split_names(measure.departments)]
    is_said_by_order = tuple(printed) == both
    if measure.departments and is_said_by_order:
        return cells
    return {
        "departments": measure.departments or _joined(both),
        "lead_departments": _joined(lead),
        "support_departments": _joined(support),
    }


def _other_cells(measure: Measure) -> _Cells:
    """The office's own cells, by their headers, and those of days, by their fields."""
    cells = dict(measure.given.extra) if measure.given else {}
    phrase = measure.cells["deadline"].text
    if "issued" not in cells and deadlines.needs_issue(phrase, measure.year, measure.issued):
        cells["issued"] = str(measure.issued)
    if measure.due_given:
        cells["given_due"] = str(measure.due_given)
    return cells


# --- the files ------------------------------------------------------------------------------------


def write(notice: Notice, path: Path, milestones: Path | None = None) -> None:
    """Write the table as .csv, .xlsx or .parquet, and its milestones.

    Args:
        milestones: their file; by default they stand beside the table, in a workbook on a sheet of
            their own.

    Raises:
        BoardError: locked, unwritable; then nothing or no half a file was written.
    """
    rows, milestone_rows = to_table(notice)
    kind = path.suffix.lower()
    if kind == ".xlsx":
        on_sheet = milestone_rows if milestones is None else []
        table = xlsx_bytes(rows, on_sheet)
    else:
        table = parquet_bytes(rows) if kind == ".parquet" else csv_of_rows(rows)
        milestones = milestones or milestones_path(path)
    files = [(path, table)]
    if milestones and _has_rows(milestone_rows):
        files.append((milestones, csv_of_rows(milestone_rows)))
    saving.replace(files)


def _has_rows(rows: Rows) -> bool:
    """Whether there is a row below the header row."""
    return len(rows) > 1


def xlsx_bytes(rows: Rows, milestones: Rows) -> bytes:
    """A workbook; text is text, never a formula."""
    import xlsxwriter

    out = io.BytesIO()
    text_only = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    book = xlsxwriter.Workbook(out, text_only)
    sheet = book.add_worksheet(_SHEET)
    _write_sheet(sheet, rows)
    if _has_rows(milestones):
        milestone_sheet = book.add_worksheet(schema.MILESTONE_SHEET)
        _write_sheet(milestone_sheet, milestones)
    book.close()
    return out.getvalue()


def _write_sheet(sheet: Any, rows: Rows) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = guard.escaped(cell)
            sheet.write_string(row, column, text)


def parquet_bytes(rows: Rows) -> bytes:
    """A Parquet file of text columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, *body = [[*map(guard.escaped, row)] for row in rows]
    columns: list[pa.Array] = []
    for column in range(len(header)):
        cells = [row[column] for row in body]
        columns.append(pa.array(cells, pa.string()))
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=header), out)
    return out.getvalue()
