"""A column of cells of names → codes: what `names` says of one cell, for a million of them."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures.columns import BLOCK, WIDE, as_mask, blocks, offsets_of, raw_bytes
from lib.measures.model import Names
from lib.measures.names import CLOSE, INSIDE, OPEN, ROLE, SEPARATORS, led_first

_NOT_PLAIN: Final = rf"[\s\p{{Z}}]|{ROLE}|责任.*[:：]"
_PAIR: Final = f"{OPEN}{INSIDE}*{CLOSE}"
_NARROW_SEPARATORS: Final = np.array([ord(sign) for sign in SEPARATORS if sign.isascii()], np.uint8)
_WIDE_SEPARATORS: Final = np.array(
    [int.from_bytes(sign.encode()) for sign in SEPARATORS if not sign.isascii()], np.int32
)
_LEADS: Final = (0xE3, 0xEF)  # their first bytes


def names_of(cells: pa.Array, pool: Executor) -> tuple[Names, np.ndarray]:
    """The names of each cell as codes, those that lead first, and how many of them lead."""
    half = len(cells) // 2
    named = _joined(*pool.map(_split, [cells[:half], cells[half:]]))
    odd = _are_odd(named.names)
    rows = np.zeros(len(cells), bool)
    if odd.any():
        rows[named.row[odd[named.codes]]] = True
    named, leading = _with_odd_cells(named, np.flatnonzero(rows), cells)
    return _without_empty(named), leading


def expanded(named: Names, rows: np.ndarray) -> Names:
    """The column whose cells are those of the given rows."""
    offsets = np.concatenate((np.zeros(1, np.int32), np.cumsum(named.counts[rows], dtype=np.int32)))
    return Names(named.names, offsets, named.pairs(rows)[1])


def part_of(named: Names, which: np.ndarray) -> Names:
    """The column with only some of its codes; the names stay shared."""
    if which.all():
        return named
    offsets = np.concatenate((np.zeros(1, np.int32), np.cumsum(which, dtype=np.int32)))[
        named.offsets
    ]
    return Names(named.names, offsets, named.codes[which])


def used(named: Names) -> Names:
    """The column without names that no cell has, the names in the order of the table."""
    first = np.full(len(named.names), len(named.codes))
    first[named.codes[::-1]] = np.arange(len(named.codes))[
        ::-1
    ]  # the last to be written is the first in the table
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(named.codes))]
    place = np.zeros(len(first), np.int32)
    place[order] = np.arange(len(order))
    return Names(named.names.take(pa.array(order)), named.offsets, place[named.codes])


def _split(cells: pa.Array) -> Names:
    """The pieces of each cell between separators, trimmed, without regard to brackets."""
    offsets, pieces, between = _pieces(cells)
    coded = pieces.dictionary_encode()
    codes = coded.indices.to_numpy()[~between]
    used = np.bincount(codes, minlength=len(coded.dictionary)) > 0  # the separators are not
    names = pc.utf8_trim_whitespace(coded.dictionary.filter(pa.array(used))).dictionary_encode()
    place = np.zeros(len(used), np.int32)
    place[used] = names.indices.to_numpy()
    return Names(names.dictionary, offsets, place[codes])


def _joined(above: Names, below: Names) -> Names:
    """Two columns one below the other, with the names in common."""
    names = pa.concat_arrays([above.names, below.names]).dictionary_encode()
    codes = names.indices.to_numpy()[len(above.names) :][below.codes]
    offsets = np.concatenate((above.offsets, below.offsets[1:] + above.offsets[-1]))
    return Names(names.dictionary, offsets, np.concatenate((above.codes, codes)))


def _without_empty(named: Names) -> Names:
    filled = as_mask(pc.not_equal(named.names, ""))
    if filled.all():
        return named
    left = part_of(named, filled[named.codes])
    place = np.cumsum(filled, dtype=np.int32) - np.int32(1)
    return Names(named.names.filter(pa.array(filled)), left.offsets, place[left.codes])


def _pieces(cells: pa.Array) -> tuple[np.ndarray, pa.Array, np.ndarray]:
    """The cells cut at their separators: which is the first name of each cell, all pieces, and which are separators.

    The pieces lie where the cells lie, separators among them: nothing is copied, and no string is made before it is
    known to be new.
    """
    begins, raw = offsets_of(cells) - offsets_of(cells)[0], raw_bytes(cells)
    ends, widths = _separators(raw)
    before = np.searchsorted(ends, begins, side="right").astype(np.int32)
    offsets = np.arange(len(begins), dtype=np.int32) + before
    bounds = np.empty(len(begins) + 2 * len(ends), np.int32)
    between = np.ones(len(bounds), bool)
    between[offsets + before] = False  # a cell begins here
    cuts = np.flatnonzero(between)
    bounds[offsets + before] = begins
    bounds[cuts[::2]], bounds[cuts[1::2]] = ends - widths, ends
    between[cuts[1::2]] = False
    return (
        offsets,
        pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(raw)),
        between[:-1],
    )


def _separators(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in a run of UTF-8 bytes the separators end, ascending, and how many bytes each has."""
    found = [_candidates(block) + at * BLOCK for at, block in enumerate(blocks(raw))]
    at = np.concatenate([np.zeros(0, np.int32), *found])
    first = raw[at]
    wide = at[first >= WIDE]
    codes = raw[wide].astype(np.int32) << 16 | raw[wide + 1].astype(np.int32) << 8 | raw[wide + 2]
    wide = wide[np.isin(codes, _WIDE_SEPARATORS)] + 3
    narrow = at[np.isin(first, _NARROW_SEPARATORS)] + 1
    ends = np.sort(np.concatenate((wide, narrow)), kind="stable") if len(narrow) else wide
    return ends, np.where(raw[ends - 1] < WIDE, 1, 3).astype(np.int32)


def _candidates(raw: np.ndarray) -> np.ndarray:
    """Bytes with which a separator may begin: ASCII, and the first ones of 、 and ，."""
    return np.flatnonzero((raw < WIDE) | (raw == _LEADS[0]) | (raw == _LEADS[1])).astype(np.int32)


def _are_odd(names: pa.Array) -> np.ndarray:
    """Which pieces are more than a name: with a role, white space, or a bracket whose other half is elsewhere."""
    halves = pc.match_substring_regex(
        pc.replace_substring_regex(names, _PAIR, ""), OPEN + "|" + CLOSE
    )
    return as_mask(pc.or_(halves, pc.match_substring_regex(names, _NOT_PLAIN)))


def _with_odd_cells(named: Names, rows: np.ndarray, cells: pa.Array) -> tuple[Names, np.ndarray]:
    """The same with the cells of some rows split one by one, and how many names lead in each row."""
    leading = np.ones(len(cells), np.int64)
    if not len(rows):
        return named, leading
    coded = cells.take(pa.array(rows)).dictionary_encode()
    split = [led_first(cell) for cell in coded.dictionary.to_pylist()]
    lists = pa.array([names for names, _ in split], pa.list_(pa.string()))
    names = pa.concat_arrays([named.names, lists.values]).dictionary_encode()
    apart = pa.ListArray.from_arrays(lists.offsets, names.indices[len(named.names) :])
    order = np.arange(len(cells))
    order[rows] = len(cells) + coded.indices.to_numpy()
    whole = pa.ListArray.from_arrays(pa.array(named.offsets), pa.array(named.codes))
    together = pa.concat_arrays([whole, apart]).take(pa.array(order))
    leading[rows] = np.array([count for _, count in split])[coded.indices.to_numpy()]
    return used(
        Names(names.dictionary, together.offsets.to_numpy(), together.values.to_numpy())
    ), leading
