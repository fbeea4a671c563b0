"""Downloads of a table, and the table as it reads after them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa

from lib import measures
from lib.answers import exports
from lib.i18n import Translator, translator
from lib.measures import schema
from tests.tables import HEADER

DAY = date(2020, 9, 15)
PREAMBLE = ("举措看板", "基准日 2020年9月15日 · 责任领导：张慧")
LESHAN = measures.read(Path(__file__).resolve().parent.parent / "data" / "measures.csv")
ZH, EN = translator("zh"), translator("en")

Make = Callable[..., bytes]
MAKE: dict[str, Make] = {"csv": exports.csv, "xlsx": exports.xlsx}


ROW = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]


def exported(kind: str, table: measures.Table, t: Translator = ZH, rows: Any = None) -> bytes:
    return MAKE[kind](
        table, np.arange(len(table)) if rows is None else np.array(rows), DAY, PREAMBLE, t
    )


def again(kind: str, table: measures.Table, t: Translator = ZH) -> measures.Table:
    """The table as it reads after a download."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{kind}"
        path.write_bytes(exported(kind, table, t))
        return measures.read(path)


def read(folder: Path, cells: list[list[str]], extra: tuple[str, ...] = ()) -> measures.Table:
    """A table of rows of cells, under the usual header and extra columns."""
    text = io.StringIO()
    csv.writer(text).writerows([[*HEADER.split(","), *extra], *cells])
    path = folder / "table.csv"
    path.write_text(text.getvalue(), "utf-8", newline="")
    return measures.read(path)


def rows_of(table: measures.Table, extra: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    columns = [*schema.ROW_COLUMNS, *extra]
    records: list[dict[str, Any]] = pa.Table.from_pandas(
        table.rows[columns], preserve_index=False
    ).to_pylist()
    return records


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def runs(cell: str) -> bool:
    """Whether a spreadsheet that opens a CSV may run the cell. Written apart from the code: what begins like a formula
    and is no number."""
    if cell[:1] not in set("=+-@\t\r\n＝＋－＠") or not cell:
        return False
    try:
        float(cell.removesuffix("%").replace(",", ""))
    except ValueError:
        return True
    return cell[0] != "-"
