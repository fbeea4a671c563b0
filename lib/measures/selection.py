"""Which rows fit the filters and the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from lib import search
from lib.measures.columns import as_mask
from lib.measures.model import Codes, Labels, Table
from lib.measures.name_column import Names


def select(
    table: Table,
    *,
    lists: Sequence[str] = (),
    sections: Sequence[str] = (),
    leaders: Sequence[str] = (),
    departments: Sequence[str] = (),
    role: str = "",
    query: str = "",
) -> np.ndarray | None:
    """The positions of the rows that fit every filter, ascending; None for all of them.

    Within one filter any value fits; role "lead" or "support" says how the departments must be named. A value that the
    table does not have fits nothing: a selection is never widened. query: see `search.find`.
    """
    codes = table.codes
    masks = [
        *([_naming([codes.leaders], leaders, len(table))] if leaders else []),
        *([_naming(_by_role(codes, role), departments, len(table))] if departments else []),
        *([_searched(table, query)] if query.strip() else []),
    ]
    rows = np.flatnonzero(np.logical_and.reduce(masks)) if masks else None
    for labels, wanted in ((codes.lists, lists), (codes.sections, sections)):
        if wanted:  # last: most often few rows are left, and a million labels need not be looked at
            rows = _labelled(labels, wanted, rows)
    return rows


def _by_role(codes: Codes, role: str) -> list[Names]:
    return {"lead": [codes.lead], "support": [codes.support]}.get(role, [codes.lead, codes.support])


def _labelled(labels: Labels, wanted: Sequence[str], rows: np.ndarray | None) -> np.ndarray:
    fits = np.zeros(len(labels.names), bool)
    fits[[labels.position[name] for name in wanted if name in labels.position]] = True
    return np.flatnonzero(fits[labels.codes]) if rows is None else rows[fits[labels.codes[rows]]]


def _naming(columns: Sequence[Names], wanted: Sequence[str], size: int) -> np.ndarray:
    found = np.zeros(size, bool)
    for column in columns:
        for name in wanted:
            if name in column.position:
                found[column.rows_of(column.position[name])] = True
    return found


def _searched(table: Table, query: str) -> np.ndarray:
    """Rows in which each word of the query finds something: the title, a leader, a department or the id."""
    found = np.ones(len(table), bool)
    for word in query.split():
        found &= _finding(table.codes, word)
    return found


def _finding(codes: Codes, word: str) -> np.ndarray:
    found: np.ndarray = search.find(word, codes.titles) | as_mask(
        pc.match_substring(codes.ids, word, ignore_case=True)
    )
    for column, kind in ((codes.leaders, "person"), (codes.lead, "name"), (codes.support, "name")):
        found[column.row[search.find(word, column.names, kind=kind)[column.codes]]] = True
    return found
