"""A table from rows is the table that is read from their file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import measures
from lib.files import kinds, saving
from lib.files.csv_writing import csv_of_rows
from lib.measures import schema

HEADER = [*schema.COLUMNS.values(), "备注"]
DATES = [*schema.MILESTONE_COLUMNS.values()]
# Cells as `to_table` gives them: one line, trimmed
CELLS = st.text(st.sampled_from("甲乙、；'=+-@，,\"1年（）\u3000 \t"), max_size=5).map(str.strip)
PHRASES = st.sampled_from(["8月", "全年", "待定", "", "'=8月"])
# What Intake writes has a title; a line of a file without one may belong to the line above it
TITLES = CELLS.map(lambda text: f"办{text}")
ROWS = st.lists(
    st.tuples(
        CELLS,
        st.sampled_from(["2020", "", "x"]),
        *[CELLS] * 3,
        TITLES,
        *[CELLS] * 2,
        PHRASES,
        CELLS,
    ),
    max_size=4,
)
MILESTONES = st.lists(
    st.tuples(st.sampled_from(["1", "9"]), PHRASES, CELLS, CELLS, CELLS), max_size=3
)


@settings(max_examples=30)
@example([("1", "2020", "清单", "一", "1", "''=x", "甲", "乙", "8月", "'=1")], [])
@example([("", *[""] * 9), ("1", *[""] * 8, "x")], [("1", "8月", "'=x", "-5", "个")])
@given(rows=ROWS, milestones=MILESTONES)
def test_a_table_from_rows_equals_the_one_from_their_file(
    rows: list[tuple[str, ...]], milestones: list[tuple[str, ...]]
) -> None:
    table_rows, dates = [HEADER, *map(list, rows)], [DATES, *map(list, milestones)]
    table = measures.of_rows(table_rows, dates)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.csv"
        contents: list[tuple[Path, bytes | None]] = [(path, csv_of_rows(table_rows))]
        if milestones:
            contents.append((measures.milestones_path(path), csv_of_rows(dates)))
        saving.replace(contents)
        read = measures.read(path)
    assert table.rows.equals(read.rows)
    assert table.milestones.equals(read.milestones)
    assert table.problems == read.problems
    assert table.codes.ids.equals(read.codes.ids)


HTML = [
    (b"<html>", "HTML"),
    ("\ufeff <DIV>".encode(), "HTML"),
    ("\ufeff<table>".encode("utf-16-le"), "HTML"),
    (b"<!-- x -->", "HTML"),
    (b"<?xml version='1.0'?>\n<html>", "HTML"),
    (b"<?xml version='1.0'?><Workbook>", "XML"),
    (b"<headline>", ""),
    ("<2026年清单>".encode(), ""),
]


@pytest.mark.parametrize(("data", "kind"), HTML)
def test_a_page_is_told_by_its_first_element(data: bytes, kind: str) -> None:
    assert kinds.markup(data) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"BM\x9a\x00\x00\x00\x00\x00\x00\x006", "BMP"),
        ("BMI,举措".encode(), ""),
        (b"II*\x00", "TIFF"),
        (b"Rar!\x1a", "RAR"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        ("举措,甲".encode("utf-32"), "UTF-32"),
        ("举措,甲".encode("utf-32-le"), "UTF-32"),
        ("举措,甲".encode("utf-32-be"), "UTF-32"),
        ("举措,甲".encode("utf-16-le") * 2, ""),
        (bytes(16), ""),
    ],
)
def test_a_kind_is_told_by_more_than_letters_that_a_text_may_begin_with(
    data: bytes, kind: str
) -> None:
    assert kinds.foreign(data) == kind
