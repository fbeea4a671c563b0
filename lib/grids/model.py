"""What tables are looked for on a sheet, and what is found of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from lib.grids.cells import NONE
from lib.grids.headers import Columns, Fields, Words


@dataclass(frozen=True)
class Known:
    """What tables are looked for.

    words: what labels stand for.
    columns: the column of each field, by the labels of a header as printed, and their fields.
    fits: whether a header with these fields is one of such a table.
    title: the field that each row has; names, times: those that say who answers, and by when.
    """

    words: Words
    columns: Callable[[Sequence[str], Fields], Columns]
    fits: Callable[[Set[str]], bool]
    title: str
    names: Set[str]
    times: Set[str]


class Kind(Enum):
    """Why a row is no measure."""

    HEADER = "header"
    SUM = "sum"
    NOTE = "note"
    OTHER = "other"  # of a table that lists no measures


class Passed(NamedTuple):
    """A row that is no measure. row: of the grid, from 0; text: what it says."""

    row: int
    kind: Kind
    text: str


@dataclass
class Table:
    """One table of a sheet.

    columns: field → column; labels: what is printed over each column.
    header: the first row of its header.
    above: what stands in the rows above the header.
    group: a column of no field whose cells are merged over several measures, NONE for none.
    rows: the cells of each measure, as many as there are labels; lines: its row in the grid, from 0.
    sections: the headings over each measure, the outermost first.
    passed: the rows that are none; joined: the rows whose cells were added to the row above.
    """

    columns: Columns
    labels: list[str]
    above: list[str]
    header: int = 0
    group: int = NONE
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    sections: list[tuple[str, ...]] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
