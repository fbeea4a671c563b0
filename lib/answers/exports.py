"""Rows → bytes: CSV and .xlsx with the as-of date and the filters on top. What is written reads back as the same rows.

Nothing in a download is run as a formula, and negative numbers stay numbers (`files.guard`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from lib import workload
from lib.answers import palette
from lib.files import guard
from lib.i18n import Translator
from lib.measures import Table, schema

_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,14})?")
_OWN: Final = frozenset((schema.COLUMNS | schema.ROLE_COLUMNS).values())
_WIDTHS: Final = {
    "title": 48,
    "list": 30,
    "section": 30,
    "departments": 36,
    "lead_departments": 18,
    "support_departments": 36,
}
_WIDTH: Final = 12  # characters, of every other column
_BATCH: Final = 50_000  # rows that are turned into Python objects at a time

Columns = dict[str, pa.Array]


def csv(
    table: Table, rows: np.ndarray, as_of: date, preamble: Sequence[str], t: Translator
) -> bytes:
    """The rows as CSV: UTF-8 with BOM, as Excel and WPS open it. preamble: lines that stand above the header."""
    columns = _columns(table, rows, as_of, t)
    out = io.BytesIO()
    top = [*map(_quoted, preamble), "", ",".join(map(_quoted, columns)), ""]
    out.write(("\ufeff" + "\r\n".join(top)).encode())
    safe = {
        name: guard.guarded_column(column) if pa.types.is_string(column.type) else column
        for name, column in columns.items()
    }
    pyarrow.csv.write_csv(
        pa.table(safe), out, pyarrow.csv.WriteOptions(include_header=False, eol="\r\n")
    )
    return out.getvalue()


def xlsx(
    table: Table, rows: np.ndarray, as_of: date, preamble: Sequence[str], t: Translator
) -> bytes:
    """The rows as a workbook, and their milestones on a second sheet; dates are dates, numbers are numbers."""
    import xlsxwriter

    columns = _columns(table, rows, as_of, t)
    widths = {t(f"field.{name}"): width for name, width in _WIDTHS.items()}
    text = {t(f"field.{name}") for name in schema.COLUMNS}
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day)})
    formats = _formats(book)
    _write_sheet(book, _Sheet(t("page.measures"), columns, preamble, widths, text), formats)
    found = workload.milestones(table, rows).sort_index()
    if len(found):
        headers = {name: t(f"field.{name}") for name in schema.MILESTONE_COLUMNS}
        headers["deadline"] = t("field.milestone_deadline")
        milestones = {
            header: pa.array(found[name], pa.string()) for name, header in headers.items()
        }
        text = {header for name, header in headers.items() if name != "target"}
        _write_sheet(book, _Sheet(t("field.milestones"), milestones, text=text), formats)
    book.close()
    return out.getvalue()


# --- columns ---------------------------------------------------------------------------------------------------------


def _columns(table: Table, rows: np.ndarray, as_of: date, t: Translator) -> Columns:
    """The columns of a download: as issued, who leads and supports, the file's extra ones, then what the date decides.

    An extra column that is called as one of ours keeps its cells, and gets a number behind its name.
    """
    view = table.rows.iloc[rows]
    columns = {
        t(f"field.{name}"): _arrow(view[name]) for name in (*schema.COLUMNS, *schema.ROLE_COLUMNS)
    }
    for name in view.columns.drop(list(schema.ROW_COLUMNS)):
        columns[_free(name, (columns, _OWN))] = _arrow(view[name])
    due, states = _arrow(view["due"]), pa.array([t(f"state.{name}") for name in workload.STATES])
    derived = {
        "due": due,
        "state": states.take(pa.array(workload.row_states(table, rows, as_of))),
        "days_left": pc.days_between(pa.scalar(as_of), due),
    }
    for name, column in derived.items():
        columns[_free(t(f"field.{name}"), (columns,))] = column
    return columns


def _free(name: str, taken: Sequence[Container[str]]) -> str:
    """A header that none of the others has: the name, or the name with the first number that is free."""
    header, number = name, 1
    while any(header in names for names in taken):
        number += 1
        header = f"{name} ({number})"
    return header


def _arrow(column: pd.Series[Any]) -> pa.Array:
    """A column of `Table.rows` in Arrow; lists of names as text."""
    array = pa.array(column)
    return pc.binary_join(array, "、") if pa.types.is_list(array.type) else array


# --- CSV -------------------------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    """One cell, quoted as Arrow quotes the cells below it."""
    return '"' + guard.guarded(text).replace('"', '""') + '"'


# --- .xlsx -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    """What one sheet holds. text: the columns whose cells stay text even if they look like numbers (`1.10`, `001`)."""

    name: str
    columns: Columns
    preamble: Sequence[str] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    text: Container[str] = ()


def _formats(book: Any) -> dict[type, Any]:
    """How cells look, by the type of what stands in them; type: a header."""
    head = {
        "bold": True,
        "bg_color": palette.HEADER,
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
    }
    body = {"text_wrap": True, "valign": "top"}
    looks = {
        type: head,
        str: body,
        float: {"valign": "top"},
        date: {"num_format": "yyyy-mm-dd", "valign": "top"},
    }
    return {kind: book.add_format(look) for kind, look in looks.items()}


def _write_sheet(book: Any, sheet: _Sheet, formats: dict[type, Any]) -> None:
    page = book.add_worksheet(sheet.name)
    for at, header in enumerate(sheet.columns):
        page.set_column(at, at, sheet.widths.get(header, _WIDTH))
    for at, line in enumerate(sheet.preamble):
        page.write_string(at, 0, line)
    top = len(sheet.preamble) + bool(sheet.preamble)
    for at, header in enumerate(sheet.columns):
        page.write_string(top, at, guard.escaped(header), formats[type])
    numeric = [header not in sheet.text for header in sheet.columns]
    length = len(next(iter(sheet.columns.values())))
    for start in range(0, length, _BATCH):
        batch = zip(
            *(column.slice(start, _BATCH).to_pylist() for column in sheet.columns.values()),
            strict=True,
        )
        for row, cells in enumerate(batch, top + 1 + start):
            for at, value in enumerate(cells):
                _write(page, (row, at), _number(value) if numeric[at] else value, formats)
    page.autofilter(top, 0, top + length, len(sheet.columns) - 1)
    page.freeze_panes(top + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _number(value: object) -> object:
    """Text that is a number as a number, where reading it back gives the same text; all else as it is."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        number = float(value)
        return (
            number if value == (str(int(number)) if number.is_integer() else str(number)) else value
        )
    return value


def _write(page: Any, place: tuple[int, int], value: object, formats: dict[type, Any]) -> None:
    if isinstance(value, str):
        value = guard.escaped(value)
        fits = len(value) <= schema.LONGEST_CELL
        page.write_string(
            *place, value if fits else value[: schema.LONGEST_CELL - 1] + "…", formats[str]
        )
    elif isinstance(value, date):
        page.write_datetime(*place, datetime(value.year, value.month, value.day), formats[date])
    elif value is not None:
        page.write_number(*place, value, formats[float])
