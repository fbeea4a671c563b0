"""The records of a CSV file in one pass: the same as by trying ever more lines."""

from __future__ import annotations

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.files.records import Records, split_lines
from tests.growth import LINEAR, Run, growth


def cells_by_trying(lines: list[str], first: int) -> list[str] | None:
    """The cells of a record with quotes, None where they are not sound."""
    for last in range(first, len(lines)):
        try:
            (cells,) = csv.reader(lines[first : last + 1], strict=True)
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            return None
        return cells
    return None


@given(st.text(alphabet='a",\n', max_size=30))
@settings(max_examples=300)
def test_each_line_begins_the_record_that_trying_finds(text: str) -> None:
    lines = split_lines(text)
    records = Records(lines, ",")
    for first, line in enumerate(lines):
        record = records.at(first)
        if '"' in line:
            expected = cells_by_trying(lines, first)
            assert record.sound == (expected is not None)
            assert record.cells == expected or not record.sound


def test_quotes_that_never_close_take_linear_time() -> None:
    """Each line opens a quote, which the next one closes and opens again."""

    def run(size: int) -> Run:
        lines = ['x",y,"z\n'] * size

        def read() -> None:
            records = Records(lines, ",")
            for first in range(size):
                records.at(first)

        return read

    assert growth(run, (2_000, 16_000), floor=0.1) < LINEAR
