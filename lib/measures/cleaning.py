"""Cells as the table keeps them: trimmed, without control characters, what is odd reported."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import schema
from lib.measures.columns import as_mask, blocks, first_bytes, offsets_of, raw_bytes
from lib.measures.report import Report

_DELETE: Final = 0x7F
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# What Excel would run: anything after =, and a call, a bracket or a pipe after + - @.
_FORMULA: Final = r"^(?:=.|[+\-@][^，。；、]*[(|!])"
_GUARD: Final = r"^'('*[=+\-@\t\r＝＋－＠])"


def clean(column: pa.Array, header: str, report: Report) -> pa.Array:
    """A column without outer white space and control characters; what was odd in a cell is a Problem."""
    column = pc.utf8_trim_whitespace(column)
    if _has_control(column):
        odd = as_mask(pc.match_substring_regex(column, _CONTROL))
        report.add("control_characters", header, odd, column)
        column = _replaced(column, odd, _CONTROL, "")
    if np.diff(offsets_of(column)).max(initial=0) > schema.LONGEST_CELL:
        report.add(
            "too_long",
            header,
            as_mask(pc.greater(pc.utf8_length(column), schema.LONGEST_CELL)),
            column,
        )
    run = _beginning_with(column, b"=+-@")
    run[run] = as_mask(pc.match_substring_regex(column.filter(pa.array(run)), _FORMULA))
    report.add("formula", header, run, column)
    # Our own exports put an apostrophe before what a spreadsheet would run, and before what has one already
    return _replaced(column, _beginning_with(column, b"'"), _GUARD, r"\1")


def _beginning_with(column: pa.Array, signs: bytes) -> np.ndarray:
    """The cells that begin with one of the ASCII signs."""
    found = np.diff(offsets_of(column)) > 0
    found[found] = np.isin(first_bytes(column), list(signs))
    return found


def _replaced(column: pa.Array, where: np.ndarray, pattern: str, by: str) -> pa.Array:
    """A column in which some cells have a pattern replaced, and are trimmed again."""
    mask = pa.array(where)
    cells = pc.utf8_trim_whitespace(pc.replace_substring_regex(column.filter(mask), pattern, by))
    return pc.replace_with_mask(column, mask, cells)


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
