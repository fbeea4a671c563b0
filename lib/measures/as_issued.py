"""A table in the board's own form: what it says of each measure, and nothing that is derived."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from lib.files.csv_writing import csv_of_columns
from lib.measures import schema
from lib.measures.model import Table
from lib.measures.name_column import as_texts

_PRINTED: Final[dict[str, str]] = schema.COLUMNS | schema.ROLE_COLUMNS


def as_csv(table: Table) -> bytes:
    """A CSV file that reads back as the table: 编号 written out, who leads in a column of its own."""
    columns = {word: _as_text(table.columns[field]) for field, word in _PRINTED.items()}
    for name in table.columns.column_names:
        if name in schema.ROW_COLUMNS:
            continue
        header = schema.DATE_COLUMNS.get(name, name)
        columns[header] = _as_text(table.columns[name])
    return csv_of_columns(columns)


def milestones_as_csv(table: Table) -> bytes | None:
    """The milestones of its measures as the file beside it, None where there are none."""
    milestones = table.milestone_columns
    if not milestones.num_rows:
        return None
    columns: dict[str, pa.Array] = {}
    for field, word in schema.MILESTONE_COLUMNS.items():
        columns[word] = _as_text(milestones[field])
    return csv_of_columns(columns)


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    """A column as text; several names as an office writes them, nothing as an empty cell."""
    cells = column.combine_chunks()
    if pa.types.is_list(cells.type):
        cells = as_texts(cells)
    return pc.fill_null(cells.cast(pa.string()), "")
