"""A measure table of any size: ``python -m bench.table.generate ROWS OUT.csv [--seed N]``.

For each 10,000 measures 30 leaders and 400 departments, several lists over the years 2020–2026,
about ten sections a list. One row in two hundred is wrong, in one of six ways. The same seed gives
the same table. OUT may also end in .parquet.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bench.table import columns
from bench.table.columns import YEARS, join, pick, text_of
from bench.table.names import department_names, leader_names
from bench.table.words import HEADINGS, LISTS, NO_YEARS, UNREADABLE, numeral

SECTIONS_A_LIST = 10
DEPARTMENTS_A_ROW = 0.04
LEADERS_A_ROW = 0.003
FEWEST_DEPARTMENTS = 6
FEWEST_LEADERS = 2
FEWEST_LISTS = 2
LISTS_EXPONENT = 0.3  # so much slower than the measures the lists become more
TO_THE_FIRST = 1.2  # above 1: more measures for the first departments than for the last ones
HEADINGS_A_LIST = 7  # so many headings further than the list before it a list begins
WRONG_SHARE = 0.005
# The columns in which a row is wrong, in turn.
WRONG = ["完成时限", "责任领导", "责任部门", "举措", "编号", "年度"]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Codes = np.ndarray[Any, Any]


class Order(NamedTuple):
    """Where each measure stands: numbers from 0, articles from 1."""

    years: Codes
    lists: Codes
    sections: Codes
    articles: Codes


def table(rows: int, seed: int = 2020) -> pa.Table:
    """Make a measure table of Arrow strings, in the order in which it would be printed."""
    rng = np.random.default_rng(seed)
    departments = department_names(max(FEWEST_DEPARTMENTS, round(rows * DEPARTMENTS_A_ROW)))
    leaders = leader_names(max(FEWEST_LEADERS, round(rows * LEADERS_A_ROW)), rng)
    order = _order(rows, rng)
    home = (len(departments) * rng.random(rows) ** TO_THE_FIRST).astype(np.int64)

    last_number = max(int(order.articles.max()), SECTIONS_A_LIST)
    numerals = [numeral(number) for number in range(1, last_number + 1)]
    section = pick(numerals, order.sections)
    article = pick(numerals, order.articles - 1)
    heading = (order.lists * HEADINGS_A_LIST + order.sections) % len(HEADINGS)
    year = text_of(order.years)
    numbers = [text_of(order.lists + 1), text_of(order.sections + 1), text_of(order.articles)]
    cells = {
        "编号": join(year, *numbers, sep="-"),
        "年度": year,
        "清单": join(year, "年", pick(LISTS, order.lists)),
        "板块": pick(HEADINGS, heading),
        "条目": join(section, "（", article, "）"),
        "举措": columns.titles(rows, rng),
        "责任领导": columns.leader_cells(home, len(departments), leaders, rng),
        "责任部门": columns.department_cells(home, departments, rng),
        "完成时限": columns.deadline_cells(order.years, rng),
    }
    _spoil(cells, rows, rng)
    return pa.table(cells)


def _order(rows: int, rng: np.random.Generator) -> Order:
    """Spread measures over years, lists and sections, and number those of a section."""
    count_of_lists = min(len(LISTS), max(FEWEST_LISTS, round(rows**LISTS_EXPONENT)))
    years = rng.choice(np.arange(YEARS[0], YEARS[-1] + 1), size=rows)
    lists = rng.integers(count_of_lists, size=rows)
    sections = rng.integers(SECTIONS_A_LIST, size=rows)
    group = (years * len(LISTS) + lists) * SECTIONS_A_LIST + sections

    order = np.argsort(group, kind="stable")
    group = group[order]
    is_first = np.concatenate([[True], group[1:] != group[:-1]])
    firsts = np.flatnonzero(is_first)
    sizes = np.diff(np.append(firsts, rows))
    articles = np.arange(rows) - np.repeat(firsts, sizes) + 1
    return Order(years[order], lists[order], sections[order], articles)


def _spoil(cells: dict[str, pa.Array], rows: int, rng: np.random.Generator) -> None:
    """Make one row in two hundred wrong, in place.

    A deadline that nobody can read, no leader, no department, no title, the neighbour's number, or
    no year.
    """
    wrong = rng.permutation(rows)[: round(rows * WRONG_SHARE)]
    for way, column in enumerate(WRONG):
        wrong_here = np.sort(wrong[way :: len(WRONG)])
        is_wrong = np.zeros(rows, dtype=bool)
        is_wrong[wrong_here] = True
        instead = _instead(column, cells[column], wrong_here, rng)
        cells[column] = pc.replace_with_mask(cells[column], pa.array(is_wrong), instead)


def _instead(column: str, cells: pa.Array, rows: Codes, rng: np.random.Generator) -> pa.Array:
    """Give what stands wrongly in some rows of a column."""
    if column == "编号":
        neighbours = np.where(rows > 0, rows - 1, rows + 1)
        return cells.take(pa.array(neighbours))
    wrong = {"完成时限": UNREADABLE, "年度": NO_YEARS}.get(column)
    if wrong is None:
        return pick([""], np.zeros(len(rows), dtype=int))
    return pick(wrong, rng.integers(len(wrong), size=len(rows)))


def write(measures: pa.Table, path: Path) -> None:
    """Write CSV as Excel opens it (UTF-8 with BOM, comma), or Parquet, by the name's ending."""
    if path.suffix == ".parquet":
        pq.write_table(measures, path)
        return
    options = pa_csv.WriteOptions(quoting_style="none", quoting_header="none")
    with path.open("wb") as out:
        out.write(BYTE_ORDER_MARK)
        pa_csv.write_csv(measures, out, options)


def main() -> None:
    """Make a table by hand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, metavar="ROWS")
    parser.add_argument("out", type=Path, metavar="OUT", help="ends in .csv or .parquet")
    parser.add_argument("--seed", type=int, default=2020)
    options = parser.parse_args()
    if options.out.suffix not in {".csv", ".parquet"}:
        parser.error("OUT must end in .csv or .parquet")
    if options.rows < 1:
        parser.error("ROWS must be at least 1")
    write(table(options.rows, options.seed), options.out)


if __name__ == "__main__":
    main()
