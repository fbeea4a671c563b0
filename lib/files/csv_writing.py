"""Columns or rows as a CSV file that Excel and WPS open, and that nothing runs in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.csv

from lib.files import guard

_LINE_END: Final = "\r\n"
_ENCODING: Final = "utf-8-sig"  # with the mark by which Excel knows it


def csv_of_columns(columns: Mapping[str, pa.Array], preamble: Sequence[str] = ()) -> bytes:
    """Columns as CSV: UTF-8 with BOM.

    Args:
        columns: by their headers, in their order.
        preamble: lines that stand above the header, and an empty one after them.
    """
    lines = [_quoted(line) for line in preamble]
    if lines:
        lines.append("")
    lines.append(_header_line(columns))
    head = "".join(line + _LINE_END for line in lines)
    out = io.BytesIO()
    out.write(head.encode(_ENCODING))
    safe_columns = {name: _safe(cells) for name, cells in columns.items()}
    options = pyarrow.csv.WriteOptions(include_header=False, eol=_LINE_END)
    pyarrow.csv.write_csv(pa.table(safe_columns), out, options)
    return out.getvalue()


def _header_line(names: Iterable[str]) -> str:
    return ",".join(map(_quoted, names))


def _safe(cells: pa.Array) -> pa.Array:
    """A column in which nothing runs: numbers and dates can't."""
    if pa.types.is_string(cells.type):
        return guard.guarded_column(cells)
    return cells


def csv_of_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of text as CSV, the header row first: in quotes stands only what needs them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=_LINE_END)
    for row in rows:
        writer.writerow(map(guard.guarded, row))
    return out.getvalue().encode(_ENCODING)


def _quoted(text: str) -> str:
    """One cell, quoted as Arrow quotes the cells below it."""
    doubled = guard.guarded(text).replace('"', '""')
    return f'"{doubled}"'
