"""Rows → bytes: CSV and .xlsx with the as-of date and the filters on top.

What is written reads back as the same rows.

Nothing in a download is run as a formula, and negative numbers stay numbers (`files.guard`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib import measures, workload
from lib.answers import palette
from lib.files import guard
from lib.files.csv_writing import csv_of_columns
from lib.i18n import Translator
from lib.measures import Table, schema

NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,14})?")
OUR_HEADERS: Final = frozenset(
    (schema.COLUMNS | schema.ROLE_COLUMNS | schema.DATE_COLUMNS).values()
)
WIDTHS: Final = {
    "title": 48,
    "list": 30,
    "section": 30,
    "departments": 36,
    "lead_departments": 18,
    "support_departments": 36,
}  # characters
OTHER_WIDTH: Final = 12  # characters, of every other column
BATCH: Final = 50_000  # rows that are turned into Python objects at a time
LONGEST_NAME: Final = 80  # characters of a file's name
NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f：；、，。（）]+')
A4: Final = 9  # Excel's number for the paper

Followed = Mapping[str, Sequence[str]]  # what the ledger says, by schema.FOLLOWED_COLUMNS
NOT_FOLLOWED: Final[Followed] = {}
Columns = dict[str, pa.Array]  # by their headers, in the order in which they are written


def file_name(parts: Sequence[str], as_of: date, kind: str) -> str:
    """The name of a file that says what is in it, as every system takes it.

    Args:
        parts: the table's name, then the filters in words.
        as_of: the day, which stands in it whatever is cut.
        kind: the ending.
    """
    end = f"-{as_of}.{kind}"
    words = NOT_IN_NAMES.sub(" ", "-".join(parts)).split()
    room = LONGEST_NAME - len(end)
    stem = " ".join(words)[:room].rstrip(" .")
    return stem + end


# --- columns --------------------------------------------------------------------------------------


def _columns(
    table: Table, rows: np.ndarray, as_of: date, t: Translator, followed: Followed
) -> Columns:
    """The columns of a download: as issued, who leads and supports, the days beside that, the
    file's extra ones, then what the date decides, and what the ledger says.

    An extra column that is called as one of ours keeps its cells, and gets a number after its name.
    """
    cells = table.rows.iloc[rows]
    columns = _columns_as_issued(cells, t)
    extra = cells.columns.drop([*schema.OWN_COLUMNS], errors="ignore")
    for name in extra:
        header = _free(name, {*columns, *OUR_HEADERS})
        columns[header] = _arrow(cells[name])
    added = _added(table, rows, as_of, t)
    for name in schema.ADDED_COLUMNS:
        header = _free(t(f"field.{name}"), columns)
        columns[header] = added[name]
    for name, texts in followed.items():
        header = _free(t(f"field.{name}"), columns)
        columns[header] = pa.array(texts, pa.string())
    return columns


def _columns_as_issued(cells: pd.DataFrame, t: Translator) -> Columns:
    """Our columns, who leads and supports, and the days beside that."""
    columns: Columns = {}
    for name in (*schema.COLUMNS, *schema.ROLE_COLUMNS, *schema.DATE_COLUMNS):
        if name in cells:
            header = t(f"field.{name}")
            columns[header] = _arrow(cells[name])
    return columns


def _added(table: Table, rows: np.ndarray, as_of: date, t: Translator) -> Columns:
    """What the date decides, by field: `measures` knows these columns when it reads them back."""
    due = _arrow(table.rows["due"].iloc[rows])
    words = pa.array([t(f"state.{state}") for state in workload.STATES])
    states = workload.row_states(table, rows, as_of)
    return {
        "due": due,
        "state": words.take(pa.array(states)),
        "days_left": pc.days_between(pa.scalar(as_of), due),
    }


def _free(name: str, headers: Container[str]) -> str:
    """A header that none of the others has: the name, or the name with the first number that is
    free.
    """
    header = name
    number = 1
    while header in headers:
        number += 1
        header = f"{name} ({number})"
    return header


def _arrow(column: pd.Series[Any]) -> pa.Array:
    """A column of `Table.rows` in Arrow; lists of names as text."""
    cells = pa.array(column)
    if pa.types.is_list(cells.type):
        return measures.as_texts(cells)
    return cells


# --- CSV ------------------------------------------------------------------------------------------


def csv(
    table: Table,
    rows: np.ndarray,
    as_of: date,
    preamble: Sequence[str],
    t: Translator,
    followed: Followed = NOT_FOLLOWED,
) -> bytes:
    """The rows as CSV: UTF-8 with BOM, as Excel and WPS open it.

    Args:
        preamble: lines that stand above the header, and an empty one after them.
        followed: what the ledger says of the rows, {} where no list is followed.
    """
    return csv_of_columns(_columns(table, rows, as_of, t, followed), preamble)


# --- .xlsx ----------------------------------------------------------------------------------------


def xlsx(
    table: Table,
    rows: np.ndarray,
    as_of: date,
    preamble: Sequence[str],
    t: Translator,
    followed: Followed = NOT_FOLLOWED,
) -> bytes:
    """The rows as a workbook, and their milestones on a second sheet; dates are dates, numbers are
    numbers.
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day)})
    formats = _formats(book)
    sheet = _Sheet(
        name=t("page.measures"),
        columns=_columns(table, rows, as_of, t, followed),
        preamble=preamble,
        widths={t(f"field.{name}"): width for name, width in WIDTHS.items()},
        text={t(f"field.{name}") for name in schema.COLUMNS},
    )
    _write_sheet(book, sheet, formats)
    milestones = workload.milestones(table, rows).sort_index()
    if len(milestones):
        _write_sheet(book, _milestone_sheet(milestones, t), formats)
    book.close()
    return file.getvalue()


@dataclass(frozen=True)
class _Sheet:
    """What one sheet holds.

    text: the columns whose cells stay text even if they look like numbers (`1.10`, `001`).
    """

    name: str
    columns: Columns
    preamble: Sequence[str] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    text: Container[str] = ()

    @property
    def header_row(self) -> int:
        """Below the preamble and an empty row."""
        if not self.preamble:
            return 0
        return len(self.preamble) + 1

    @property
    def length(self) -> int:
        first = next(iter(self.columns.values()))
        return len(first)


def _milestone_sheet(milestones: pd.DataFrame, t: Translator) -> _Sheet:
    headers = {name: t(f"field.{name}") for name in schema.MILESTONE_COLUMNS}
    headers["deadline"] = t("field.milestone_deadline")
    columns: Columns = {}
    for name, header in headers.items():
        columns[header] = pa.array(milestones[name], pa.string())
    text = {*columns} - {headers["target"]}
    return _Sheet(t("field.milestones"), columns, text=text)


def _formats(book: Any) -> dict[type, Any]:
    """How cells look, by the type of what stands in them; type: a header."""
    looks: dict[type, dict[str, object]] = {
        type: {
            "bold": True,
            "bg_color": palette.HEADER,
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
        },
        str: {"text_wrap": True, "valign": "top"},
        float: {"valign": "top"},
        date: {"num_format": "yyyy-mm-dd", "valign": "top"},
    }
    return {kind: book.add_format(look) for kind, look in looks.items()}


def _write_sheet(book: Any, sheet: _Sheet, formats: dict[type, Any]) -> None:
    """The columns' widths, the preamble, the header and the cells, in the order of the rows."""
    page = book.add_worksheet(sheet.name)
    for column, header in enumerate(sheet.columns):
        width = sheet.widths.get(header, OTHER_WIDTH)
        page.set_column(column, column, width)
    for row, line in enumerate(sheet.preamble):
        page.write_string(row, 0, line)
    for column, header in enumerate(sheet.columns):
        text = guard.escaped(header)
        page.write_string(sheet.header_row, column, text, formats[type])
    _write_cells(page, sheet, formats)
    _set_up(page, sheet)


def _set_up(page: Any, sheet: _Sheet) -> None:
    """Filters in the header, which stays in sight; on paper all columns on one page."""
    last_row = sheet.header_row + sheet.length
    last_column = len(sheet.columns) - 1
    page.autofilter(sheet.header_row, 0, last_row, last_column)
    page.freeze_panes(sheet.header_row + 1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _write_cells(page: Any, sheet: _Sheet, formats: dict[type, Any]) -> None:
    """The cells below the header, row by row, as a workbook in constant memory needs them."""
    numeric = [header not in sheet.text for header in sheet.columns]
    row = sheet.header_row
    for cells in _rows_of(sheet):
        row += 1
        for column, value in enumerate(cells):
            cell = _number(value) if numeric[column] else value
            _write_cell(page, (row, column), cell, formats)


def _rows_of(sheet: _Sheet) -> Iterator[tuple[object, ...]]:
    """The cells of each row; only some rows at a time are Python objects."""
    for start in range(0, sheet.length, BATCH):
        batch = [cells.slice(start, BATCH) for cells in sheet.columns.values()]
        columns = [cells.to_pylist() for cells in batch]
        yield from zip(*columns, strict=True)


def _number(value: object) -> object:
    """Text that is a number as a number, where reading it back gives the same text; all else as it
    is.
    """
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        return value
    number = float(value)
    written = str(number)
    if number.is_integer():
        written = str(int(number))
    if written != value:
        return value
    return number


def _write_cell(page: Any, place: tuple[int, int], value: object, formats: dict[type, Any]) -> None:
    if isinstance(value, str):
        text = _cut(guard.escaped(value))
        page.write_string(*place, text, formats[str])
    elif isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day)
        page.write_datetime(*place, midnight, formats[date])
    elif value is not None:
        page.write_number(*place, value, formats[float])


def _cut(text: str) -> str:
    """A text at Excel's limit for a cell, with a sign that it goes on."""
    if len(text) <= schema.LONGEST_CELL:
        return text
    ellipsis = "…"
    room = schema.LONGEST_CELL - len(ellipsis)
    return text[:room] + ellipsis
