"""A column of text as Arrow keeps it: one run of UTF-8 bytes, and where each cell begins."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

BLOCK: Final = 1 << 18  # bytes
WIDE: Final = 0x80  # the first byte of UTF-8 that is not ASCII


def blank(size: int) -> pa.Array:
    return pa.repeat(pa.scalar("", pa.string()), size)


def as_mask(found: pa.Array) -> np.ndarray:
    mask: np.ndarray = found.to_numpy(zero_copy_only=False)
    return mask


def codes_of(column: pa.Array) -> np.ndarray:
    """A number for each distinct text, in the order of the table."""
    codes: np.ndarray = column.dictionary_encode().indices.to_numpy()
    return codes


def raw_bytes(column: pa.Array) -> np.ndarray:
    """The column's characters as one run of bytes."""
    offsets, data = offsets_of(column), column.buffers()[2]
    return (
        np.zeros(0, np.uint8)
        if data is None
        else np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    )


def offsets_of(column: pa.Array) -> np.ndarray:
    if not len(column):  # then Arrow may keep none
        return np.zeros(1, np.int32)
    return np.frombuffer(column.buffers()[1], np.int32)[
        column.offset : column.offset + len(column) + 1
    ]


def first_bytes(column: pa.Array) -> np.ndarray:
    """The first byte of each cell that has one."""
    offsets = offsets_of(column)
    first: np.ndarray = raw_bytes(column)[(offsets[:-1] - offsets[0])[np.diff(offsets) > 0]]
    return first


def blocks(raw: np.ndarray) -> list[np.ndarray]:
    """Parts that stay in the processor's cache."""
    return [raw[begin : begin + BLOCK] for begin in range(0, len(raw), BLOCK)]
