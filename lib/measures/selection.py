"""Which rows fit the filters and the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib import search
from lib.measures import deadline_words, identity
from lib.measures.columns import as_mask
from lib.measures.model import Codes, Labels, Table, Windows
from lib.measures.name_column import NOBODY, NONE, Names
from lib.text.invisible import visible


class When(NamedTuple):
    """Of which year's lists, and due between which days.

    year: 0 for any; a row whose list has no year fits each.
    first, last: both included, None for no limit; what is ongoing (全年) falls due on no day.
    """

    year: int = 0
    first: date | None = None
    last: date | None = None


ANY_TIME: Final = When()


def select(
    table: Table,
    *,
    lists: Sequence[str] = (),
    sections: Sequence[str] = (),
    leaders: Sequence[str] = (),
    departments: Sequence[str] = (),
    role: str = "",
    query: str = "",
    when: When = ANY_TIME,
) -> np.ndarray | None:
    """Find the rows that fit every filter; within one filter any value fits.

    A value that the table does not have fits nothing: a selection is never widened.

    Args:
        role: "lead" or "support" says how the departments must be named.
        query: words, each of which finds something (`search.find`) or a deadline; of a long query
            the first 100 characters count.
        when: of which year's lists, and due between which days.

    Returns:
        Positions in the table, ascending; None for all of them.
    """
    codes = table.codes
    masks = []
    if leaders:
        masks.append(_naming([codes.leaders], leaders, len(table)))
    if departments:
        masks.append(_naming(_columns_of(codes, role), departments, len(table)))
    if query.strip():
        masks.append(_matching(table, query))
    rows = np.flatnonzero(np.logical_and.reduce(masks)) if masks else None
    # Last: most often few rows are left, and a million labels need not be looked at
    if lists:
        rows = _labelled(codes.lists, lists, rows)
    if sections:
        rows = _labelled(codes.sections, sections, rows)
    if when.year:
        rows = _of_year(codes.years, when.year, rows)
    if when.first or when.last:
        rows = _due_between(codes.windows, when, rows)
    return rows


def position(table: Table, measure_id: str) -> int:
    """The first row of a 编号 in any spelling, -1 where the table does not have it."""
    row: int = pc.index(table.codes.ids, measure_id).as_py()
    if row < 0:
        wanted = identity.keys(pa.array([measure_id]))[0]
        row = pc.index(identity.keys(table.codes.ids), wanted).as_py()
    return row


def _columns_of(codes: Codes, role: str) -> list[Names]:
    if role == "lead":
        return [codes.lead]
    if role == "support":
        return [codes.support]
    return [codes.lead, codes.support]


def _labelled(labels: Labels, wanted: Sequence[str], rows: np.ndarray | None) -> np.ndarray:
    """The rows, of some or of all, that have one of the labels."""
    fits = np.zeros(len(labels.names), bool)
    codes = [labels.code_of(name) for name in wanted]
    fits[[code for code in codes if code != NONE]] = True
    if rows is None:
        return np.flatnonzero(fits[labels.codes])
    fitting: np.ndarray = rows[fits[labels.codes[rows]]]
    return fitting


def _of_year(years: np.ndarray, year: int, rows: np.ndarray | None) -> np.ndarray:
    """The rows, of some or of all, whose list is of a year or of none."""
    if rows is None:
        return np.flatnonzero((years == year) | (years == 0))
    of_rows = years[rows]
    fitting: np.ndarray = rows[(of_rows == year) | (of_rows == 0)]
    return fitting


def _due_between(windows: Windows, when: When, rows: np.ndarray | None) -> np.ndarray:
    """The rows, of some or of all, that fall due from one day to another."""
    fits = ~np.isnat(windows.due) & ~windows.ongoing
    if when.first:
        fits &= windows.due >= np.datetime64(when.first, "D")
    if when.last:
        fits &= windows.due <= np.datetime64(when.last, "D")
    if rows is None:
        return np.flatnonzero(fits[windows.code])
    fitting: np.ndarray = rows[fits[windows.code[rows]]]
    return fitting


def _naming(columns: Sequence[Names], wanted: Sequence[str], size: int) -> np.ndarray:
    """For each row whether one of the columns names one of the wanted."""
    fits = np.zeros(size, bool)
    for column in columns:
        for name in wanted:
            if name == NOBODY and column is columns[0]:
                fits |= column.counts == 0
            code = column.code_of(name)
            if code != NONE:
                fits[column.rows_of(code)] = True
    return fits


def _matching(table: Table, query: str) -> np.ndarray:
    """For each row whether each word of the query finds something in it."""
    fits = np.ones(len(table), bool)
    words = search.counted(query).split()
    for word in dict.fromkeys(words):
        if not fits.any():
            break
        fits &= _having(table.codes, word)
    return fits


def _having(codes: Codes, word: str) -> np.ndarray:
    """For each row whether a word finds its title, 编号, a leader, a department or its deadline."""
    is_in_id = as_mask(pc.match_substring(codes.ids, word, ignore_case=True))
    fits: np.ndarray = search.find(word, codes.titles) | is_in_id
    for column, kind in ((codes.leaders, "person"), (codes.lead, "name"), (codes.support, "name")):
        is_found = search.find(visible(word), column.names, kind=kind)
        fits[column.row[is_found[column.codes]]] = True
    windows = codes.windows
    fits |= deadline_words.found_by(word, windows)[windows.code]
    return fits
