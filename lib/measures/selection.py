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
from lib.measures.arrays import Bools, Ints
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
) -> Ints | None:
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
    masks: list[Bools] = []
    if leaders:
        is_named = _naming([codes.leaders], leaders, len(table))
        masks.append(is_named)
    if departments:
        columns = _columns_of(codes, role)
        is_named = _naming(columns, departments, len(table))
        masks.append(is_named)
    if query.strip():
        masks.append(_matching(table, query))
    rows: Ints | None = np.flatnonzero(np.logical_and.reduce(masks)) if masks else None
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
        key = identity.keys(pa.array([measure_id]))[0]
        keys = identity.keys(table.codes.ids)
        row = pc.index(keys, key).as_py()
    return row


def _columns_of(codes: Codes, role: str) -> list[Names]:
    if role == "lead":
        return [codes.lead]
    if role == "support":
        return [codes.support]
    return [codes.lead, codes.support]


def _fitting(fits: Bools, codes: Ints, rows: Ints | None) -> Ints:
    """The rows, of some or of all, whose code fits.

    Args:
        fits: for each code whether it does.
        codes: of all rows.
    """
    if rows is None:
        return np.flatnonzero(fits[codes])
    is_fitting = fits[codes[rows]]
    fitting: Ints = rows[is_fitting]
    return fitting


def _labelled(labels: Labels, names: Sequence[str], rows: Ints | None) -> Ints:
    """The rows, of some or of all, that have one of the labels."""
    fits = np.zeros(len(labels.names), bool)
    for name in names:
        code = labels.code_of(name)
        if code != NONE:
            fits[code] = True
    return _fitting(fits, labels.codes, rows)


def _of_year(years: Ints, year: int, rows: Ints | None) -> Ints:
    """The rows, of some or of all, whose list is of a year or of none."""
    if rows is None:
        return np.flatnonzero((years == year) | (years == 0))
    years_of_rows = years[rows]
    fits = (years_of_rows == year) | (years_of_rows == 0)
    fitting: Ints = rows[fits]
    return fitting


def _due_between(windows: Windows, when: When, rows: Ints | None) -> Ints:
    """The rows, of some or of all, that fall due from one day to another."""
    due = windows.due
    fits = ~np.isnat(due) & ~windows.ongoing
    if when.first:
        fits &= due >= np.datetime64(when.first, "D")
    if when.last:
        fits &= due <= np.datetime64(when.last, "D")
    return _fitting(fits, windows.code, rows)


def _naming(columns: Sequence[Names], names: Sequence[str], size: int) -> Bools:
    """For each row whether one of the columns has one of the names.

    NOBODY stands for an empty cell of the first column.
    """
    fits = np.zeros(size, bool)
    if NOBODY in names:
        fits |= columns[0].counts == 0
    for column in columns:
        for name in names:
            code = column.code_of(name)
            if code != NONE:
                fits[column.rows_of(code)] = True
    return fits


def _matching(table: Table, query: str) -> Bools:
    """For each row whether each word of the query finds something in it."""
    fits = np.ones(len(table), bool)
    words = search.counted(query).split()
    for word in dict.fromkeys(words):
        if not fits.any():
            break
        fits &= _having(table.codes, word)
    return fits


def _having(codes: Codes, word: str) -> Bools:
    """For each row whether a word finds its title, 编号, a leader, a department or its deadline."""
    windows = codes.windows
    is_in_id = pc.match_substring(codes.ids, word, ignore_case=True)
    fits: Bools = search.find(word, codes.titles) | as_mask(is_in_id)
    leaders = _rows_naming(word, codes.leaders, "person")
    lead = _rows_naming(word, codes.lead, "name")
    support = _rows_naming(word, codes.support, "name")
    for rows in (leaders, lead, support):
        fits[rows] = True
    is_found = deadline_words.found_by(word, windows)
    fits |= is_found[windows.code]
    return fits


def _rows_naming(word: str, column: Names, kind: str) -> Ints:
    """The rows with a name that a word finds, once or more often."""
    is_found = search.find(visible(word), column.names, kind=kind)
    places = is_found[column.codes]
    rows: Ints = column.row[places]
    return rows
