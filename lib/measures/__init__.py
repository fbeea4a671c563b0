"""The measure list: `read(path)` gives a `Table`, `select` finds rows in it.

A table is rows, milestones, problems and integer codes. It says what the notice says; start, due,
ongoing, recurring and the split names are derived from it. The codes stand beside the rows, built
once; `workload` answers from them, so that a million rows cost what ten cost.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from lib.measures.model import (
    EMPTY,
    READ,
    UNREADABLE,
    Codes,
    Labels,
    Table,
    Windows,
)
from lib.measures.name_column import NOBODY, Names, as_texts, descending
from lib.measures.paths import columns_path, milestones_path, written_path

if TYPE_CHECKING:
    from lib.measures.names import split_names
    from lib.measures.reading import of, of_rows, read
    from lib.measures.selection import When, position, select

__all__ = [
    "EMPTY",
    "NOBODY",
    "READ",
    "UNREADABLE",
    "Codes",
    "Labels",
    "Names",
    "Table",
    "When",
    "Windows",
    "as_texts",
    "columns_path",
    "descending",
    "milestones_path",
    "of",
    "of_rows",
    "position",
    "read",
    "select",
    "split_names",
    "written_path",
]

# Loaded when it is asked for: one process reads, and the other one, for the board, selects.
_LOADED_LATER: Final = {
    "When": "selection",
    "of": "reading",
    "of_rows": "reading",
    "position": "selection",
    "read": "reading",
    "select": "selection",
    "split_names": "names",
}


def __getattr__(name: str) -> Any:
    module = _LOADED_LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
