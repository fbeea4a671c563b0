"""A sheet of a workbook as its reader sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lib.errors import Problem

Place = tuple[int, int]  # row and column, from 0
Rows = list[list[str]]  # the texts of cells
Extent = tuple[int, int]  # how many rows and columns a merged cell covers


_SAMPLE: Final = re.compile(
    "说明|样表|示例|样例|范例|模板|sample|example|template|instruction", re.IGNORECASE
)


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook as its reader sees it.

    name: the sheet's.
    rows: the text of each cell, "" for nothing; row 0 is the sheet's row 1, all rows are of one
        length. A merged cell's text stands in its first place alone.
    merged: the first place of each merged range → how many rows and columns of the grid it covers.
    hidden: the numbers (from 0) of the rows that are hidden.
    problems: what was left out or settled in this sheet (struck-out text, hidden columns …).
    years: the year that is stored in a cell whose format shows a day or a month without it.
    """

    name: str
    rows: Rows
    merged: dict[Place, Extent] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    years: dict[Place, int] = field(default_factory=dict)

    @property
    def is_sample(self) -> bool:
        """Whether the sheet's name says that it shows how to fill in the others."""
        return _SAMPLE.search(self.name) is not None
