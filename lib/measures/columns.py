"""A column of text as Arrow keeps it: one run of UTF-8 bytes, and where each cell begins.

The cells 甲、, nothing and 乙 are 9 bytes with the offsets 0 6 6 9.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from lib.measures.arrays import Bools, Ints

BLOCK: Final = 1 << 18  # bytes that stay in the processor's cache
WIDE: Final = 0x80  # the first byte of UTF-8 that is not ASCII


def blank(size: int) -> pa.Array:
    """A column of empty cells."""
    return pa.repeat(pa.scalar("", pa.string()), size)


def as_mask(booleans: pa.Array) -> Bools:
    """An Arrow array of booleans for NumPy."""
    mask: Bools = booleans.to_numpy(zero_copy_only=False)
    return mask


def codes_of(column: pa.Array) -> Ints:
    """A number for each distinct text, in the order of the table."""
    codes: Ints = column.dictionary_encode().indices.to_numpy()
    return codes


def offsets_of(column: pa.Array) -> Ints:
    """Where each cell begins in the bytes of the whole array, and the last one ends."""
    if not len(column):  # then Arrow may keep none
        return np.zeros(1, np.int32)
    _, offsets_buffer, _ = column.buffers()
    offsets = np.frombuffer(offsets_buffer, np.int32)
    first = column.offset
    end = first + len(column) + 1
    return offsets[first:end]


def raw_bytes(column: pa.Array) -> Ints:
    """The column's characters as one run of bytes."""
    offsets = offsets_of(column)
    _, _, characters_buffer = column.buffers()
    characters = np.frombuffer(characters_buffer, np.uint8)
    return characters[offsets[0] : offsets[-1]]


def lengths(column: pa.Array) -> Ints:
    """How many bytes each cell has."""
    return np.diff(offsets_of(column))


def first_bytes(column: pa.Array) -> Ints:
    """The first byte of each cell that has one."""
    offsets = offsets_of(column)
    starts = offsets[:-1] - offsets[0]
    is_filled = lengths(column) > 0
    first: Ints = raw_bytes(column)[starts[is_filled]]
    return first


def blocks(raw: Ints) -> list[Ints]:
    """A run of bytes in parts of BLOCK."""
    starts = range(0, len(raw), BLOCK)
    return [raw[start : start + BLOCK] for start in starts]


def stand_again(values: Ints) -> Bools:
    """For each value whether it has stood before: 5 7 5 5 are 0 0 1 1."""
    codes = codes_of(pa.array(values))
    nothing = np.array([-1], codes.dtype)
    nothing_and_codes = np.concatenate((nothing, codes))
    # New texts have ever higher codes: one that is not above all before it has stood already
    highest = np.maximum.accumulate(nothing_and_codes)
    return codes <= highest[:-1]


def places_in_groups(codes: Ints) -> Ints:
    """For each code how many alike stand before it: 0 1 0 0 are 0 0 1 2."""
    counts = np.bincount(codes)
    starts = np.cumsum(counts) - counts
    sorted_by_code = np.argsort(codes, kind="stable")
    start_of_group = np.repeat(starts, counts)
    places = np.empty(len(codes), np.int64)
    places[sorted_by_code] = np.arange(len(codes)) - start_of_group
    return places
