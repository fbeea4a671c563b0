"""Cells as the table keeps them: trimmed, without control characters, what is odd reported.

Nearly all columns are clean, which their bytes tell at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.files import guard
from lib.measures import schema
from lib.measures.arrays import Bools
from lib.measures.columns import as_mask, blocks, first_bytes, lengths, raw_bytes
from lib.measures.report import Report

_SPACE: Final = ord(" ")  # control characters come before it
_DELETE: Final = 0x7F
_CONTROL: Final = r"[\x00-\x08\x0e-\x1f\x7f]"
_LINE_BREAK: Final = (
    r"[\x0b\x0c]"  # as Word and Excel write one inside a paragraph, or a page's end
)
_LINE_BREAK_BYTES: Final = (0x0B, 0x0C)
_RUNS: Final = b"=+-@"  # what a formula begins with
_GUARDS: Final = b"'"
_BYTES: Final = 256


def cleaned(column: pa.Array, header: str, report: Report) -> pa.Array:
    """A column without outer white space and control characters; what is odd is reported."""
    if is_clean(column):
        return column
    column = pc.utf8_trim_whitespace(column)
    if _has_control(column):
        column = _without_control(column, header, report)
    if _may_be_too_long(column):
        characters = pc.utf8_length(column)
        is_too_long = pc.greater(characters, schema.LONGEST_CELL)
        report.add("too_long", header, as_mask(is_too_long), column)
    report.add("formula", header, _are_formulas(column), column)
    unguarded = guard.unguarded_column(column)
    if unguarded is column:
        return column
    return pc.utf8_trim_whitespace(unguarded)


def is_clean(column: pa.Array) -> bool:
    """Whether `cleaned` would find nothing."""
    uses = np.bincount(first_bytes(column), minlength=_BYTES)
    may_run = uses[list(_RUNS + _GUARDS)].any()
    if may_run or _may_be_too_long(column) or _has_control(column):
        return False
    is_trimmed: bool = pc.utf8_trim_whitespace(column).equals(column)
    return is_trimmed


def beginnings(column: pa.Array) -> pa.Array:
    """A column with the beginning of each cell that is too long."""
    if not _may_be_too_long(column):
        return column
    return pc.utf8_slice_codeunits(column, 0, schema.LONGEST_CELL)


def _may_be_too_long(column: pa.Array) -> bool:
    """Whether a cell has more bytes than it may have characters."""
    longest: int = lengths(column).max(initial=0)
    return longest > schema.LONGEST_CELL


def _are_formulas(column: pa.Array) -> Bools:
    """The cells that a spreadsheet would run."""
    is_formula = lengths(column) > 0
    is_formula[is_formula] = np.isin(first_bytes(column), list(_RUNS))
    candidates = column.filter(pa.array(is_formula))
    would_run = pc.match_substring_regex(candidates, guard.FORMULA)
    is_formula[is_formula] = as_mask(would_run)
    return is_formula


def _without_control(column: pa.Array, header: str, report: Report) -> pa.Array:
    """A column without control characters, which are reported; a line break is \\n."""
    if _has_line_break(column):
        column = pc.replace_substring_regex(column, _LINE_BREAK, "\n")
    has_control = pc.match_substring_regex(column, _CONTROL)
    report.add("control_characters", header, as_mask(has_control), column)
    cells = column.filter(has_control)
    without = pc.replace_substring_regex(cells, _CONTROL, "")
    trimmed = pc.utf8_trim_whitespace(without)
    return pc.replace_with_mask(column, has_control, trimmed)


def _has_line_break(column: pa.Array) -> bool:
    """Whether a cell has a line break other than \\n and \\r."""
    raw = raw_bytes(column)
    return any(np.isin(block, _LINE_BREAK_BYTES).any() for block in blocks(raw))


def _has_control(column: pa.Array) -> bool:
    """Whether a byte is a control character's, also one that white space is."""
    raw = raw_bytes(column)
    return any(block.min() < _SPACE or (block == _DELETE).any() for block in blocks(raw))
