"""What would run as a formula: written so that it does not, and read back as it was, whatever it is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib import files, measures
from lib.files import csv_edits, guard, saving
from lib.files.csv_writing import csv_of_rows
from lib.files.sheet import names_of
from lib.measures import schema
from lib.notices import output

WRITTEN = [
    # what a spreadsheet would run gets an apostrophe
    ("=1+1", "'=1+1"),
    ("+x", "'+x"),
    ("-甲部", "'-甲部"),
    ("@甲", "'@甲"),
    ("\t=x", "'\t=x"),
    ("\r@x", "'\r@x"),
    ("＝x", "'＝x"),
    # what has one by itself gets one more
    ("'=x", "''=x"),
    ("''=x", "'''=x"),
    ("''-5", "'''-5"),
    # all else stays: negative numbers too
    ("-5", "-5"),
    ("-1,234.50", "-1,234.50"),
    ("-5%", "-5%"),
    ("'甲", "'甲"),
    ("甲=乙", "甲=乙"),
    ("'", "'"),
    ("\r \u3000", "\r \u3000"),
    ("", ""),
]
SIGNS = "=+-@＝＋－＠\t\r\n'\" ,.5%甲\u3000\x85"
ANY = st.text(st.sampled_from(SIGNS), max_size=8) | st.text(max_size=8)


@pytest.mark.parametrize(("cell", "written"), WRITTEN)
def test_a_cell_is_written_with_an_apostrophe_where_it_needs_one(cell: str, written: str) -> None:
    assert guard.guarded(cell) == written
    assert guard.unguarded(written) == cell


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "=1+1"), ("'=x", "''=x"), ("''-5", "'''-5"), ("'甲", "'甲")]
)
def test_where_text_is_text_only_an_apostrophe_of_its_own_gets_one_more(
    cell: str, written: str
) -> None:
    assert guard.escaped(cell) == written
    assert guard.unguarded(written) == cell


@given(ANY)
@example("''=x")
@example("-5\n")
def test_whatever_the_text_it_comes_back_as_it_was(cell: str) -> None:
    assert guard.unguarded(guard.guarded(cell)) == cell
    assert guard.unguarded(guard.escaped(cell)) == cell


@given(st.lists(ANY))
@example(["-5\n", "'-5", "\t\x85", "\t\u3000x", "\r\x1c"])
def test_a_column_is_written_and_read_as_its_cells_are(cells: list[str]) -> None:
    column = pa.array(cells, pa.string())
    written = guard.guarded_column(column)
    assert written.to_pylist() == [guard.guarded(cell) for cell in cells]
    assert guard.unguarded_column(column).to_pylist() == [guard.unguarded(cell) for cell in cells]
    assert guard.unguarded_column(written).equals(column)


def test_a_column_that_nothing_guards_is_not_copied() -> None:
    column = pa.array(["甲", "-5", "=1"])
    assert guard.unguarded_column(column) is column


@given(ANY)
@example("'\t=x")
@example("\ufeff =x")
def test_a_header_that_was_read_reads_back_as_it_was(cell: str) -> None:
    (name,) = names_of([cell])
    assert names_of([guard.guarded(name), guard.escaped(name)]) == [name, name]


# --- through files ----------------------------------------------------------------------------------------------------

HEADER = [*schema.COLUMNS.values()]
# As a table may hold it: trimmed, without control characters
HELD = ANY.map(lambda text: "".join(char for char in text if char == "\t" or char.isprintable()))
HELD = HELD.map(str.strip)


def table_of(title: str, extra: str = "备注", cell: str = "") -> output.Rows:
    row = ["1", "2020", "清单", "一", "1", title, "甲", "乙", "8月", cell]
    return [[*HEADER, extra], row]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
@given(title=HELD, header=HELD, cell=HELD)
@example(title="''=x", header="=x", cell="-5")
@example(title="建立制度", header="主责", cell="")
@example(title="'=x", header="''=x", cell="'-5")
def test_a_notices_table_reads_back_as_it_was_in_every_kind_of_file(
    kind: str, title: str, header: str, cell: str
) -> None:
    write = {
        "csv": csv_of_rows,
        "xlsx": lambda rows: output.xlsx_bytes(rows, []),
        "parquet": output.parquet_bytes,
    }
    if schema.likely_field_of(header) or header in schema.ROW_COLUMNS or not header:
        header = "备注"
    rows = table_of(title, header, cell)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t.{kind}"
        saving.replace([(path, write[kind](rows))])
        table = measures.read(path)
    assert table.rows["title"].tolist() == [title]
    assert table.rows[header].tolist() == [cell]


@given(title=HELD, cell=HELD)
@example(title="''=x", cell="'=x")
def test_what_is_edited_in_a_csv_reads_back_as_it_was(title: str, cell: str) -> None:
    path = Path("t.csv")
    data = csv_of_rows(table_of("", "备注", "注"))
    text = csv_edits.text_of(path, data, schema.MEASURE_TABLE)
    edits = csv_edits.Edits(
        columns=[("=新列", [cell])],
        cells={0: {HEADER.index("举措"): title}},
        added={0: [[cell, *table_of(title)[1]]]},
    )
    edited = csv_edits.apply(text, [2], edits)
    sheet = files.parse(path, edited, schema.MEASURE_TABLE).sheet
    assert sheet
    table = measures.of(sheet)
    assert table.rows["title"].tolist() == [title, title]
    assert table.rows["=新列"].tolist() == [cell, cell]
