"""The measure list: `read(path)` gives a `Table`, `select` finds rows in it.

A table is rows, milestones, problems and integer codes. It says what the notice says; start, due,
ongoing, recurring and the split names are derived from it. The codes stand beside the rows, built
once; `workload` answers from them, so that a million rows cost what ten cost.
"""

from lib.measures.milestones import milestones_path
from lib.measures.model import (
    EMPTY,
    READ,
    UNREADABLE,
    Codes,
    Labels,
    Table,
    Windows,
)
from lib.measures.name_column import Names, descending
from lib.measures.names import split_names
from lib.measures.reading import of, of_rows, read
from lib.measures.selection import position, select

__all__ = [
    "EMPTY",
    "READ",
    "UNREADABLE",
    "Codes",
    "Labels",
    "Names",
    "Table",
    "Windows",
    "descending",
    "milestones_path",
    "of",
    "of_rows",
    "position",
    "read",
    "select",
    "split_names",
]
