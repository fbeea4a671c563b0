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
from lib.measures.arrays import Bools, Ints

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
    def row(self) -> Ints:
        """The row of each code."""
        height = len(self.offsets) - 1
        rows = np.arange(height, dtype=np.int32)
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
    def counts(self) -> Ints:
        """How many names each row has."""
        return np.diff(self.offsets)

    @cached_property
    def uses(self) -> Ints:
        """How many rows have each name."""
        return np.bincount(self.codes, minlength=len(self.names))

    @cached_property
    def busiest(self) -> Ints:
        """The codes that any row has, the most used first, then the earlier in the table."""
        return descending(self.uses)

    @cached_property
    def with_nobody(self) -> Names:
        """The column with NOBODY, as its last name, in the cells that have none."""
        counts = np.maximum(self.counts, 1)
        is_unnamed = np.repeat(self.counts == 0, counts)
        if not is_unnamed.any():
            return self
        code_of_nobody = len(self.names)
        codes = np.full(len(is_unnamed), code_of_nobody, np.int32)
        codes[~is_unnamed] = self.codes
        nobody = pa.array([NOBODY], self.names.type)
        names = pa.concat_arrays([self.names, nobody])
        return Names(names, _offsets(counts), codes)

    @cached_property
    def _rows_by_code(self) -> Ints:
        sorted_by_code = np.argsort(self.codes, kind="stable")
        return self.row[sorted_by_code]

    @cached_property
    def _ends_by_code(self) -> Ints:
        return np.cumsum(self.uses)

    def rows_of(self, code: int) -> Ints:
        """The rows that have a name, ascending."""
        end = self._ends_by_code[code]
        start = end - self.uses[code]
        return self._rows_by_code[start:end]

    def pairs(self, rows: Ints | None) -> tuple[Ints, Ints]:
        """The row and the code of every name in some rows; None means all rows."""
        if rows is None:
            return self.row, self.codes
        starts = self.offsets[rows]
        ends = self.offsets[rows + 1]
        counts = ends - starts
        places = _ranges(starts, counts)
        return np.repeat(rows, counts), self.codes[places]

    def of(self, row: int) -> list[str]:
        """The names of one row."""
        start, end = self.offsets[row : row + 2]
        codes = self.codes[start:end]
        return [self.names[code].as_py() for code in codes.tolist()]

    def array(self) -> pa.ListArray:
        """The column as Arrow lists of texts, each text kept once."""
        offsets = pa.array(self.offsets, pa.int32())
        codes = pa.array(self.codes)
        texts = pa.DictionaryArray.from_arrays(codes, self.names)
        return pa.ListArray.from_arrays(offsets, texts)

    def at(self, rows: Ints) -> Names:
        """The column whose cells are those of the given rows, each as often as it is given."""
        _, codes = self.pairs(rows)
        offsets = _offsets(self.counts[rows])
        return Names(self.names, offsets, codes)

    def part(self, is_kept: Bools) -> Names:
        """The column with only some of its codes; the names stay shared."""
        if is_kept.all():
            return self
        kept_before = _offsets(is_kept)
        offsets = kept_before[self.offsets]
        return Names(self.names, offsets, self.codes[is_kept])

    def renamed(self, texts: Mapping[int, str]) -> Names:
        """The column with other texts for some codes; names that become alike become one."""
        if not texts:
            return self
        names = self.names.to_pylist()
        for code, text in texts.items():
            names[code] = text
        distinct = pa.array(names, pa.string()).dictionary_encode()
        new_code = distinct.indices.to_numpy()
        codes = new_code[self.codes]
        return Names(distinct.dictionary, self.offsets, codes)

    def used(self) -> Names:
        """The column without names that no cell has, the names in the order of the table."""
        in_use = self._codes_by_first_use()
        new_code = np.zeros(len(self.names), np.int32)
        new_code[in_use] = np.arange(len(in_use))
        codes = new_code[self.codes]
        names = self.names.take(pa.array(in_use))
        return Names(names, self.offsets, codes)

    def _codes_by_first_use(self) -> Ints:
        """The codes that a cell has, in the order in which they come in the table."""
        never = len(self.codes)
        places = np.arange(never)
        first_use = np.full(len(self.names), never)
        # From the end: of several places of a code the first is written last, and stays
        first_use[self.codes[::-1]] = places[::-1]
        codes = np.argsort(first_use, kind="stable")
        count = np.count_nonzero(first_use < never)
        return codes[:count]


def as_texts(lists: pa.ListArray) -> pa.StringArray:
    """Lists of names as texts, as an office writes them."""
    plain_lists = lists.cast(pa.list_(pa.string()))
    return pc.binary_join(plain_lists, "、")


def descending(uses: Ints) -> Ints:
    """The places of those above zero, the highest first, then in the array's order."""
    places = np.argsort(-uses, kind="stable")
    count = np.count_nonzero(uses)
    return places[:count]


def in_common(columns: Sequence[Names]) -> list[Names]:
    """Several columns with the names of all of them as one list, which they share.

    Of 甲 乙 and 丙 乙 it is 甲 乙 丙: the codes of the first stay, those of the second are 2 and 1.
    """
    stacked = pa.concat_arrays([column.names for column in columns])
    distinct = stacked.dictionary_encode()
    common_code = distinct.indices.to_numpy()
    in_common: list[Names] = []
    start = 0
    for column in columns:
        end = start + len(column.names)
        new_code = common_code[start:end]
        codes = new_code[column.codes]
        shared = Names(distinct.dictionary, column.offsets, codes)
        in_common.append(shared)
        start = end
    return in_common


def _offsets(counts: Ints | Bools) -> Ints:
    """Where each cell begins, and the last one ends."""
    offsets = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, dtype=np.int32, out=offsets[1:])
    return offsets


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers from each start on: from 3 two and from 7 three are 3 4 7 8 9."""
    before = np.cumsum(counts) - counts
    # From a place among all numbers to the number that stands there, the same for all of a start
    distance = starts - before
    places = np.arange(counts.sum(), dtype=np.int64)
    numbers: Ints = places + np.repeat(distance, counts)
    return numbers
