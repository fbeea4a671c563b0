"""Cells as the table keeps them: trimmed, without control characters, what is odd reported."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.files import guard
from lib.measures import schema
from lib.measures.columns import as_mask, blocks, first_bytes, offsets_of, raw_bytes
from lib.measures.report import Report

_DELETE: Final = 0x7F
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def clean(column: pa.Array, header: str, report: Report) -> pa.Array:
    """A column without outer white space and control characters; what was odd in a cell is a Problem."""
    column = pc.utf8_trim_whitespace(column)
    if _has_control(column):
        odd = as_mask(pc.match_substring_regex(column, _CONTROL))
        report.add("control_characters", header, odd, column)
        column = _without_control(column, odd)
    if np.diff(offsets_of(column)).max(initial=0) > schema.LONGEST_CELL:
        report.add(
            "too_long",
            header,
            as_mask(pc.greater(pc.utf8_length(column), schema.LONGEST_CELL)),
            column,
        )
    run = _beginning_with(column, b"=+-@")
    run[run] = as_mask(pc.match_substring_regex(column.filter(pa.array(run)), guard.FORMULA))
    report.add("formula", header, run, column)
    unguarded = guard.unguarded_column(column)
    return column if unguarded is column else pc.utf8_trim_whitespace(unguarded)


def _beginning_with(column: pa.Array, signs: bytes) -> np.ndarray:
    """The cells that begin with one of the ASCII signs."""
    found = np.diff(offsets_of(column)) > 0
    found[found] = np.isin(first_bytes(column), list(signs))
    return found


def _without_control(column: pa.Array, odd: np.ndarray) -> pa.Array:
    """A column without the control characters of its odd cells, which are trimmed again."""
    mask = pa.array(odd)
    cells = pc.replace_substring_regex(column.filter(mask), _CONTROL, "")
    return pc.replace_with_mask(column, mask, pc.utf8_trim_whitespace(cells))


def is_clean(column: pa.Array) -> bool:
    """Whether `clean` would find nothing."""
    first = np.bincount(first_bytes(column), minlength=256)
    long = np.diff(offsets_of(column)).max(initial=0) > schema.LONGEST_CELL
    odd = long or first[list(b"=+-@'")].any() or _has_control(column)
    return not odd and pc.utf8_trim_whitespace(column).equals(column)


def _has_control(column: pa.Array) -> bool:
    return any(
        block.min() < ord(" ") or (block == _DELETE).any() for block in blocks(raw_bytes(column))
    )
