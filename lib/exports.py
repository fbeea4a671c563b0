"""Rows → bytes: CSV and .xlsx with the as-of date and the filters on top. What is written reads back as a table.

Nothing in a download is run as a formula: in .xlsx text is text; in CSV a cell that begins like one gets an apostrophe,
which `measures.read` takes off again. Negative numbers stay numbers (source: OWASP, CSV Injection).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from lib import schema, workload
from lib.i18n import Translator
from lib.measures import Table

_RUNS: Final = r"^[=+\-@\t\r＝＋－＠]"
_NUMBER: Final = r"^[+\-]?[0-9]+(?:\.[0-9]+)?%?$"
_WIDTHS: Final = {"title": 48, "list": 30, "section": 30, "departments": 36, "lead_departments": 18, "support_departments": 36}
_BATCH: Final = 50_000  # rows that are turned into Python objects at a time


def csv(table: Table, rows: np.ndarray, as_of: date, preamble: Sequence[str], t: Translator) -> bytes:
    """The rows as CSV: UTF-8 with BOM, as Excel and WPS open it. preamble: lines that stand above the header."""
    data = _frame(table, rows, as_of, t)
    safe = {name: _guarded(column) if pa.types.is_string(column.type) else column for name, column in data.items()}
    out = io.BytesIO()
    out.write(b"\xef\xbb\xbf")
    for line in (*preamble, ""):
        out.write(_cell(line).encode() + b"\r\n")
    out.write((",".join(map(_cell, data)) + "\r\n").encode())
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    pyarrow.csv.write_csv(pa.table(safe), out, options)
    return out.getvalue()


def xlsx(table: Table, rows: np.ndarray, as_of: date, preamble: Sequence[str], t: Translator) -> bytes:
    """The rows as a workbook, and their milestones on a second sheet; dates are dates, numbers are numbers."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day)})
    _sheet(book, t("page.measures"), preamble, _frame(table, rows, as_of, t), _widths(t))
    found = workload.milestones(table, rows)
    if len(found):
        columns = {schema.MILESTONE_COLUMNS[name]: pa.array(found[name], pa.string()) for name in schema.MILESTONE_COLUMNS}
        columns[schema.MILESTONE_COLUMNS["target"]] = pa.array(_numbers(found["target"]), pa.float64())
        _sheet(book, schema.MILESTONE_SHEET, (), columns, {})
    book.close()
    return out.getvalue()


def _frame(table: Table, rows: np.ndarray, as_of: date, t: Translator) -> dict[str, pa.Array]:
    """The columns of a download: as issued, any extra ones, then what is derived from them."""
    view = table.rows.iloc[rows]
    issued = {t(f"field.{name}"): _arrow(view[name]) for name in schema.COLUMNS}
    extra = {name: _arrow(view[name]) for name in view.columns if name not in schema.ROW_COLUMNS}
    state = np.array([t(f"state.{name}") for name in workload.STATES], object)
    derived = {
        t("field.lead_departments"): _arrow(view["lead_departments"]),
        t("field.support_departments"): _arrow(view["support_departments"]),
        t("field.due"): _arrow(view["due"]),
        t("field.state"): pa.array(state[workload.row_states(table, rows, as_of)], pa.string()),
        t("field.days_left"): pa.array(workload.days_left(table, rows, as_of), pa.int32()),
    }
    return issued | extra | derived


def _arrow(column: Any) -> pa.Array:
    """A column of `Table.rows` as one Arrow array; lists of names as text."""
    array = pa.array(column)
    return pc.binary_join(array, "、") if pa.types.is_list(array.type) else array


def _guarded(column: pa.Array) -> pa.Array:
    runs = pc.and_(pc.match_substring_regex(column, _RUNS), pc.invert(pc.match_substring_regex(column, _NUMBER)))
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)


def _cell(text: str) -> str:
    guarded: str = _guarded(pa.array([text], pa.string()))[0].as_py()
    return f'"{guarded.replace(chr(34), chr(34) * 2)}"' if set(guarded) & set(',"\r\n') else guarded


def _numbers(column: Sequence[str]) -> list[float | None]:
    return [float(text) if text.replace(".", "", 1).isdigit() else None for text in column]


def _widths(t: Translator) -> dict[str, int]:
    return {t(f"field.{name}"): width for name, width in _WIDTHS.items()}


def _sheet(book: Any, name: str, preamble: Sequence[str], columns: dict[str, pa.Array], widths: dict[str, int]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for at, header in enumerate(columns):
        sheet.set_column(at, at, widths.get(header, 12))
    for at, line in enumerate(preamble):
        sheet.write_string(at, 0, line)
    top = len(preamble) + bool(preamble)
    for at, header in enumerate(columns):
        sheet.write_string(top, at, header, head)
    length = len(next(iter(columns.values())))
    for start in range(0, length, _BATCH):
        batch = zip(*(column.slice(start, _BATCH).to_pylist() for column in columns.values()), strict=True)
        for row, cells in enumerate(batch, top + 1 + start):
            for at, value in enumerate(cells):
                _write(sheet, row, at, value, body, dated)
    sheet.autofilter(top, 0, top + length, len(columns) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, at: int, value: object, body: Any, dated: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, at, value, body)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), dated)
    elif value is not None:
        sheet.write_number(row, at, value, body)
