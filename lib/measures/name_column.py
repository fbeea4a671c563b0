"""A column of several names a cell, as integers: what a million rows can be counted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import spelling

NONE: Final = -1  # the code of a name that a column does not have
NOBODY: Final = "无"  # in the place of a name; a cell says nothing by it, so nobody is called so


@dataclass(frozen=True, eq=False)
class Names:
    """A column of names as codes; row i has codes[offsets[i]:offsets[i + 1]].

    The cells 甲、乙 and nothing and 乙:

        names     甲 乙        the distinct ones
        codes     0 1 1
        offsets   0 2 2 3
        row       0 0 2
    """

    names: pa.Array
    offsets: np.ndarray
    codes: np.ndarray

    @cached_property
    def row(self) -> np.ndarray:
        """The row of each code."""
        rows = np.arange(len(self.offsets) - 1, dtype=np.int32)
        return np.repeat(rows, self.counts)

    @cached_property
    def position(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names.to_pylist())}

    def code_of(self, name: str) -> int:
        """The code of a name in any spelling, -1 where the column does not have it."""
        if name in self.position:
            return self.position[name]
        return self.position.get(spelling.even(name), NONE)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many names each row has."""
        return np.diff(self.offsets)

    @cached_property
    def uses(self) -> np.ndarray:
        """How many rows have each name."""
        return np.bincount(self.codes, minlength=len(self.names))

    @cached_property
    def busiest(self) -> np.ndarray:
        """The codes that any row has, the most used first, then the earlier in the table."""
        return descending(self.uses)

    @cached_property
    def with_nobody(self) -> Names:
        """The column with NOBODY, as its last name, in the cells that have none."""
        counts = np.maximum(self.counts, 1)
        is_unnamed = np.repeat(self.counts == 0, counts)
        if not is_unnamed.any():
            return self
        codes = np.full(len(is_unnamed), len(self.names), np.int32)
        codes[~is_unnamed] = self.codes
        nobody = pa.array([NOBODY], self.names.type)
        return Names(pa.concat_arrays([self.names, nobody]), _offsets(counts), codes)

    @cached_property
    def _rows_by_code(self) -> np.ndarray:
        return self.row[np.argsort(self.codes, kind="stable")]

    @cached_property
    def _ends_by_code(self) -> np.ndarray:
        return np.cumsum(self.uses)

    def rows_of(self, code: int) -> np.ndarray:
        """The rows that have a name, ascending."""
        end = self._ends_by_code[code]
        return self._rows_by_code[end - self.uses[code] : end]

    def pairs(self, rows: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """The row and the code of every name in some rows; None means all rows."""
        if rows is None:
            return self.row, self.codes
        starts = self.offsets[rows]
        counts = self.offsets[rows + 1] - starts
        return np.repeat(rows, counts), self.codes[_ranges(starts, counts)]

    def of(self, row: int) -> list[str]:
        """The names of one row."""
        codes = self.codes[self.offsets[row] : self.offsets[row + 1]]
        return [self.names[int(code)].as_py() for code in codes]

    def array(self) -> pa.ListArray:
        """The column as Arrow lists of texts, each text kept once."""
        texts = pa.DictionaryArray.from_arrays(pa.array(self.codes), self.names)
        return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), texts)

    def at(self, rows: np.ndarray) -> Names:
        """The column whose cells are those of the given rows, each as often as it is given."""
        return Names(self.names, _offsets(self.counts[rows]), self.pairs(rows)[1])

    def part(self, is_kept: np.ndarray) -> Names:
        """The column with only some of its codes; the names stay shared."""
        if is_kept.all():
            return self
        return Names(self.names, _offsets(is_kept)[self.offsets], self.codes[is_kept])

    def renamed(self, texts: Mapping[int, str]) -> Names:
        """The column with other texts for some codes; names that become alike become one."""
        if not texts:
            return self
        names = self.names.to_pylist()
        for code, text in texts.items():
            names[code] = text
        distinct = pa.array(names, pa.string()).dictionary_encode()
        return Names(distinct.dictionary, self.offsets, distinct.indices.to_numpy()[self.codes])

    def used(self) -> Names:
        """The column without names that no cell has, the names in the order of the table."""
        size = len(self.codes)
        first_use = np.full(len(self.names), size)
        # From the end: what is written last is the first in the table
        first_use[self.codes[::-1]] = np.arange(size)[::-1]
        order = np.argsort(first_use, kind="stable")
        order = order[: np.count_nonzero(first_use < size)]
        new_code = np.zeros(len(self.names), np.int32)
        new_code[order] = np.arange(len(order))
        return Names(self.names.take(pa.array(order)), self.offsets, new_code[self.codes])


def as_texts(lists: pa.ListArray) -> pa.StringArray:
    """Lists of names as texts, as an office writes them."""
    return pc.binary_join(lists.cast(pa.list_(pa.string())), "、")


def descending(uses: np.ndarray) -> np.ndarray:
    """The places of those above zero, the highest first, then in the array's order."""
    order = np.argsort(-uses, kind="stable")
    return order[: np.count_nonzero(uses)]


def in_common(columns: Sequence[Names]) -> tuple[pa.Array, list[np.ndarray]]:
    """The names of several columns as one list, and the codes of each column in it.

    甲 乙 and 丙 乙 become 甲 乙 丙: the first column's codes stay, the second's become 2 and 1.
    """
    every = pa.concat_arrays([column.names for column in columns]).dictionary_encode()
    common_code = every.indices.to_numpy()
    codes = [columns[0].codes]
    start = len(columns[0].names)
    for column in columns[1:]:
        end = start + len(column.names)
        codes.append(common_code[start:end][column.codes])
        start = end
    return every.dictionary, codes


def _offsets(counts: np.ndarray) -> np.ndarray:
    """Where each cell begins, and the last one ends."""
    return np.concatenate((np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32)))


def _ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The numbers from each start on: from 3 two and from 7 three are 3 4 7 8 9."""
    before = np.cumsum(counts) - counts
    steps = np.arange(counts.sum(), dtype=np.int64) - np.repeat(before, counts)
    numbers: np.ndarray = np.repeat(starts, counts) + steps
    return numbers
