"""The tables of measures and of milestones in a file, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lib.files import Grid
from lib.grids import tables
from lib.grids.model import Known, Table
from lib.measures import heads, schema
from lib.measures.headers import MILESTONES, Choices, known
from lib.measures.heads import Head


class Source(NamedTuple):
    """A grid, its number in the file, and the line of each of its rows there."""

    grid: Grid
    number: int
    lines: Sequence[int]


class Placed(NamedTuple):
    """A table, the grid that it stands on, and what the rows above it say."""

    table: Table
    source: Source
    head: Head

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.source.grid.name

    def lines_of(self, rows: Sequence[int]) -> list[int]:
        """The lines of some rows of its grid."""
        return [self.source.lines[row] for row in rows]


class Tables(NamedTuple):
    """The tables of a file.

    ignored: the sheets whose tables may list measures, but not as plainly as others.
    unread: the sheets that have no table, though something stands on them.
    """

    measures: list[Placed]
    milestones: list[Placed]
    ignored: list[str]
    unread: list[str]


def sources_of(grids: Sequence[Grid]) -> list[Source]:
    """The grids of a workbook, whose rows are counted from 1."""
    sources: list[Source] = []
    for number, grid in enumerate(grids):
        lines = range(1, len(grid.rows) + 1)
        sources.append(Source(grid, number, lines))
    return sources


def find_tables(sources: Sequence[Source], choices: Choices) -> Tables:
    """Find the tables of all sheets; one that is called 节点 lists no measures.

    Args:
        choices: what a person has chosen some of the columns to be.
    """
    measures: list[Placed] = []
    milestones: list[Placed] = []
    unread: list[str] = []
    for source in sources:
        name = source.grid.name
        measures_here = _tables_on(source, known(choices))
        if measures_here and name not in schema.MILESTONE_SHEETS:
            measures += measures_here
            continue
        milestones_here = milestones_on(source)
        milestones += milestones_here
        is_empty = not any(map(any, source.grid.rows))
        if not milestones_here and not is_empty:
            unread.append(name)
    plain = _plain_sheets(measures)
    ignored = {placed.sheet for placed in measures} - plain
    measures = [placed for placed in measures if placed.sheet in plain]
    return Tables(measures, milestones, sorted(ignored), unread)


def milestones_on(source: Source) -> list[Placed]:
    """The tables of milestones on a grid."""
    return _tables_on(source, MILESTONES)


def _tables_on(source: Source, looked_for: Known) -> list[Placed]:
    """The tables of a grid, each with what stands above it."""
    placed: list[Placed] = []
    for table in tables.read(source.grid, looked_for):
        head = heads.of_rows(table.above, source.grid.name)
        placed.append(Placed(table, source, head))
    return placed


def _plain_sheets(measures: Sequence[Placed]) -> set[str]:
    """The sheets that plainly hold a measure list; all where none does.

    A sheet of rarer words may be something else; one of samples or instructions is.
    """
    names: set[str] = set()
    plain_names: set[str] = set()
    for placed in measures:
        names.add(placed.sheet)
        if _is_plainly_a_list(placed):
            plain_names.add(placed.sheet)
    return plain_names or names


def _is_plainly_a_list(placed: Placed) -> bool:
    if placed.source.grid.is_sample:
        return False
    says_all = {"leaders", "deadline"} <= placed.table.columns.keys()
    return says_all or schema.USUAL_TABLE.fit(placed.table.labels)
