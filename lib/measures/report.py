"""The problems of one sheet, collected while it is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from lib.errors import Problem
from lib.files import Sheet, shown

_BROKEN: Final = frozenset({"too_few_cells", "too_many_cells", "unclosed_quote"})
_SAYS_ALL: Final = frozenset({"error_cell", "nothing_above"})  # of a cell that is missing with it


class Report:
    """The problems of one sheet.

    A line that is broken as such, and a cell that is damaged, are not judged again: one mistake is
    one problem.
    """

    def __init__(self, sheet: Sheet, source: str = "") -> None:
        self.problems = [replace(problem, source=source) for problem in sheet.problems]
        self._lines = sheet.lines
        self._header = sheet.header
        self._source = source
        self._starts = [start for start, _ in sheet.sources]
        self._names = [source, *(name for _, name in sheet.sources)]
        self._broken = {problem.line for problem in sheet.problems if problem.code in _BROKEN}
        self._damaged = {(problem.line, problem.column) for problem in sheet.problems}

    def add(self, code: str, column: str, is_wrong: np.ndarray, values: pa.Array) -> None:
        """Report each row of a mask, with what stands there in values."""
        rows = np.flatnonzero(is_wrong)
        self.add_at(code, column, rows, values.take(pa.array(rows)).to_pylist())

    def add_at(self, code: str, column: str, rows: np.ndarray, cells: Sequence[str]) -> None:
        """Report some rows, each with what stands there."""
        for row, line, cell in zip(rows.tolist(), self._lines[rows].tolist(), cells, strict=True):
            if line not in self._broken and (line, column) not in self._damaged:
                source = self._names[bisect_right(self._starts, row)]
                self.problems.append(Problem(code, line, column, shown(cell), source))
        if code in _SAYS_ALL:
            self._damaged |= {(line, column) for line in self._lines[rows].tolist()}

    def add_said(self, code: str, column: str, codes: np.ndarray, said: Sequence[str]) -> None:
        """Report each row of whose code something is said, "" being nothing."""
        if any(said):
            is_said = np.array([text != "" for text in said], bool)
            values = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(said))
            self.add(code, column, is_said[codes], values)

    def whole(self, code: str, column: str, value: str = "") -> None:
        """Report a column of the whole table."""
        self.problems.append(Problem(code, 0, column, value, self._source))

    def sorted(self) -> list[Problem]:
        """The problems in the order of the table: by line, then by column."""
        place: dict[str, int] = {}
        for position, name in enumerate(self._header):
            place.setdefault(name, position)
        return sorted(
            self.problems,
            key=lambda problem: (problem.line, place.get(problem.column, -1), problem.code),
        )
