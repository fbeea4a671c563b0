"""A table before and after a notice, what changes between the two, and a row of it to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

Rows = Sequence[Sequence[str]]  # cells of text, the header row first


class Contents(NamedTuple):
    """The bytes of a table's two files, None where there is no file."""

    table: bytes | None
    milestones: bytes | None


class Difference(NamedTuple):
    """A field before and after, as the table is read.

    It is "" where it is empty or its measure is not there.
    """

    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What becomes of one measure.

    fields: those that differ. Beside the fields of `schema` there is milestones, one on a line.
    """

    kind: Literal["added", "changed", "removed"]
    measure_id: str
    article: str
    title: str
    fields: Mapping[str, Difference]


@dataclass(frozen=True)
class Revision:
    """A table before and after a notice, not yet saved.

    changes: in the order of the notice, what is removed last.
    unchanged: how many measures of the list stay as they are.
    renamed: the list before and after, where the notice calls it otherwise.
    """

    path: Path
    changes: tuple[Change, ...]
    unchanged: int
    renamed: Difference | None
    before: Contents = field(repr=False)
    after: Contents = field(repr=False)


# --- a row to be mended ---------------------------------------------------------------------------


class Cell(NamedTuple):
    """A cell of a row.

    Attributes:
        key: its field, or the header of a column of the office's own.
        header: what stands over it.
        text: what stands in it, as somebody types it.
    """

    key: str
    header: str
    text: str


@dataclass(frozen=True)
class Row:
    """A row of a table, or of its milestones.

    Attributes:
        path: the table.
        file: the name of the file in which the row stands.
        line: where it stands there, from 1.
        cells: in the order of the file, without columns that nothing stands over.
        issued: the workbook beside which the table is written; None where it is a file itself.
    """

    path: Path
    file: str
    line: int
    cells: tuple[Cell, ...]
    issued: Path | None = None

    @property
    def is_measure(self) -> bool:
        """Whether it is a row of the table itself."""
        return self.file == self.path.name

    def text(self, key: str) -> str:
        """What stands in a cell, "" where the row has none of the kind."""
        for cell in self.cells:
            if cell.key == key:
                return cell.text
        return ""
