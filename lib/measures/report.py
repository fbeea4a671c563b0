"""The problems of one sheet, collected while it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from lib.errors import Problem
from lib.files import Sheet, shown

_BROKEN: Final = frozenset({"too_few_cells", "too_many_cells", "unclosed_quote"})


class Report:
    """The problems of one sheet. A line that is broken as such is not judged cell by cell: one mistake, one problem."""

    def __init__(self, sheet: Sheet, source: str = "") -> None:
        self.problems = [replace(problem, source=source) for problem in sheet.problems]
        self.lines = sheet.lines
        self.header = sheet.header
        self.source = source
        self.broken = {problem.line for problem in sheet.problems if problem.code in _BROKEN}
        self.damaged = {(problem.line, problem.column) for problem in sheet.problems}

    def add(
        self, code: str, column: str, where: np.ndarray, values: pa.Array | None = None
    ) -> None:
        """A problem for each row of a mask, with what stands there in values."""
        rows = np.flatnonzero(where)
        cells = [""] * len(rows) if values is None else values.take(pa.array(rows)).to_pylist()
        for line, cell in zip(self.lines[rows].tolist(), cells, strict=True):
            if line not in self.broken and (line, column) not in self.damaged:
                self.problems.append(Problem(code, line, column, shown(cell), self.source))

    def whole(self, code: str, column: str) -> None:
        """A problem of the whole table."""
        self.problems.append(Problem(code, 0, column, "", self.source))

    def sorted(self) -> list[Problem]:
        """In the order of the table: by line, then by column."""
        place = {name: at for at, name in reversed([*enumerate(self.header)])}
        return sorted(
            self.problems, key=lambda found: (found.line, place.get(found.column, -1), found.code)
        )
