"""Columns or rows as a CSV file that Excel and WPS open, and that nothing runs in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.csv

from lib.files import guard


def csv_of_columns(columns: Mapping[str, pa.Array], preamble: Sequence[str] = ()) -> bytes:
    """Columns as CSV: UTF-8 with BOM.

    Args:
        columns: by their headers, in their order.
        preamble: lines that stand above the header, and an empty one after them.
    """
    lines = [*map(_quoted, preamble), ""] if preamble else []
    header = ",".join(map(_quoted, columns))
    out = io.BytesIO()
    out.write("\r\n".join([*lines, header, ""]).encode("utf-8-sig"))
    safe: dict[str, pa.Array] = {}
    for name, cells in columns.items():
        safe[name] = cells
        if pa.types.is_string(cells.type):
            safe[name] = guard.guarded_column(cells)
    options = pyarrow.csv.WriteOptions(include_header=False, eol="\r\n")
    pyarrow.csv.write_csv(pa.table(safe), out, options)
    return out.getvalue()


def csv_of_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of text as CSV, the header row first: in quotes stands only what needs them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guard.guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _quoted(text: str) -> str:
    """One cell, quoted as Arrow quotes the cells below it."""
    doubled = guard.guarded(text).replace('"', '""')
    return f'"{doubled}"'
