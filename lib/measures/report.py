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
from lib.measures.arrays import Bools, Ints

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
        self._starts: list[int] = []
        self._names = [source]
        for start, name in sheet.sources:
            self._starts.append(start)
            self._names.append(name)
        self._broken: set[int] = set()
        self._damaged: set[tuple[int, str]] = set()
        for problem in sheet.problems:
            cell = (problem.line, problem.column)
            self._damaged.add(cell)
            if problem.code in _BROKEN:
                self._broken.add(problem.line)

    def add(self, code: str, column: str, is_wrong: Bools, values: pa.Array) -> None:
        """Report each row of a mask, with what stands there in values."""
        rows = np.flatnonzero(is_wrong)
        cells = values.take(pa.array(rows))
        self.add_at(code, column, rows, cells.to_pylist())

    def add_at(self, code: str, column: str, rows: Ints, cells: Sequence[str]) -> None:
        """Report some rows, each with what stands there."""
        lines = self._lines[rows].tolist()
        for row, line, cell in zip(rows.tolist(), lines, cells, strict=True):
            if self._is_judged(line, column):
                continue
            source = self._source_of(row)
            problem = Problem(code, line, column, shown(cell), source)
            self.problems.append(problem)
        if code in _SAYS_ALL:
            self._damaged.update((line, column) for line in lines)

    def _is_judged(self, line: int, column: str) -> bool:
        """Whether a problem says already all there is to say of a cell."""
        if line in self._broken:
            return True
        return (line, column) in self._damaged

    def _source_of(self, row: int) -> str:
        """The name of the file or the sheet that a row is from."""
        place = bisect_right(self._starts, row)
        return self._names[place]

    def add_coded(self, code: str, column: str, codes: Ints, texts: Sequence[str]) -> None:
        """Report each row whose code has a text.

        Args:
            code: the problem's.
            codes: of each row, its place in the texts.
            texts: what is reported of each code, "" for nothing.
        """
        if not any(texts):
            return
        has_text = np.array([text != "" for text in texts], bool)
        is_reported = has_text[codes]
        code_of_row = pa.array(codes)
        text_of_code = pa.array(texts)
        values = pa.DictionaryArray.from_arrays(code_of_row, text_of_code)
        self.add(code, column, is_reported, values)

    def whole(self, code: str, column: str, value: str = "") -> None:
        """Report a column of the whole table."""
        problem = Problem(code, 0, column, value, self._source)
        self.problems.append(problem)

    def sorted(self) -> list[Problem]:
        """The problems in the order of the table: by line, then by column."""
        place: dict[str, int] = {}
        for position, name in enumerate(self._header):
            place.setdefault(name, position)

        def by_place(problem: Problem) -> tuple[int, int, str]:
            column = place.get(problem.column, -1)
            return problem.line, column, problem.code

        return sorted(self.problems, key=by_place)
