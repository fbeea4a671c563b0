"""Cells that a spreadsheet would run as a formula, written so that it does not, and read back as they were.

A spreadsheet that opens a CSV file runs a cell that begins with = + - @, a tab or a return, in
either width. An apostrophe in front makes it text. It is taken off when the cell is read, so a cell
that begins with apostrophes and such a sign by itself gets one more:

    =1+1 is written '=1+1        '=x is written ''=x        -5 and '甲 stay as they are

In .xlsx and Parquet text is text and nothing runs, but the same reader takes an apostrophe off: there
only a cell that has one by itself gets one more. Negative numbers stay numbers. Source of the rule:
OWASP, CSV Injection.
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# Both Python's `re` and Arrow's RE2 read these, and the same way
_SPACE: Final = (
    "\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # that reading trims
)
# A tab or a return before nothing runs nothing, and is trimmed
_SIGN: Final = rf"(?:[=+\-@＝＋－＠]|[\t\r][{_SPACE}]*[^{_SPACE}])"
_RUNS: Final = rf"^'*{_SIGN}"
_NUMBER: Final = r"^-(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?$"
_APOSTROPHE: Final = rf"^'('*{_SIGN})"

# What Excel would run and is not only text: anything after =, a call, a bracket or a pipe after + - @
FORMULA: Final = r"^(?:=.|[+\-@][^，。；、]*[(|!])"

_runs: Final = re.compile(_RUNS).match
_is_number: Final = re.compile(_NUMBER).fullmatch
_has_apostrophe: Final = re.compile(_APOSTROPHE).match


def guarded(cell: str) -> str:
    """A cell as it is written to CSV."""
    if _runs(cell) and not _is_number(cell):
        return f"'{cell}"
    return cell


def escaped(cell: str) -> str:
    """A cell as it is written where text is text: to .xlsx and Parquet."""
    if _has_apostrophe(cell):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """A cell as it was before it was `guarded` or `escaped`."""
    if _has_apostrophe(cell):
        return cell.removeprefix("'")
    return cell


def guarded_column(cells: pa.Array) -> pa.Array:
    """`guarded` for each cell of a string array."""
    runs = pc.match_substring_regex(cells, _RUNS)
    is_number = pc.match_substring_regex(cells, _NUMBER)
    with_apostrophe = pc.binary_join_element_wise("'", cells, "")
    return pc.if_else(pc.and_not(runs, is_number), with_apostrophe, cells)


def unguarded_column(cells: pa.Array) -> pa.Array:
    """`unguarded` for each cell of a string array; the same array where no cell was guarded."""
    marked = pc.starts_with(cells, "'")
    if not pc.any(marked, min_count=0).as_py():
        return cells
    freed = pc.replace_substring_regex(cells.filter(marked), _APOSTROPHE, r"\1")
    return pc.replace_with_mask(cells, marked, freed)
