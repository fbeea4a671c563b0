"""Who leads and who supports, from the three columns that may say it. Kernels over whole columns.

All of them answer with one value a code of a column of names, or one a row. With 责任部门
甲、乙、甲 in the only row, of which the first leads:

    names      甲 乙
    codes      0  1  0
    leads      1  0  0       first_of_each
    repeated   0  0  1       repeated
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from lib.measures.arrays import Bools, Ints
from lib.measures.columns import stand_again
from lib.measures.name_column import Names, in_common

_MANY: Final = 16  # names in a cell, up to which comparing neighbours is fastest
# The order of the names in a row: who leads by 牵头部门, then by 责任部门, who supports by
# 配合部门, then whom of 责任部门 the other two columns leave over.
_RANKS: Final = 4
_LEAD, _LEADING, _SUPPORT, _LEFT_OVER = range(_RANKS)


def first_of_each(offsets: Ints, counts: Ints) -> Bools:
    """For each code whether it is among the first of its row, as many as counts says or there are.

    With offsets 0 2 5 and counts 1 2 the edges are 1 -1 1 0 -1, summed up 1 0 1 1 0.
    """
    starts = offsets[:-1]
    row_ends = offsets[1:]
    ends = np.minimum(starts + counts, row_ends)
    has_first = ends > starts
    edges = np.zeros(offsets[-1] + 1, np.int8)
    edges[starts[has_first]] += 1
    edges[ends[has_first]] -= 1
    depth = np.cumsum(edges, dtype=np.int8)
    return depth[:-1] > 0


def repeated(named: Names) -> Bools:
    """For each code whether its row has named it before."""
    is_repeated = np.zeros(len(named.codes), bool)
    most_names = named.counts.max(initial=0)
    farthest = min(most_names, _MANY)
    for distance in range(1, farthest):
        places = _repeated_after(named, distance)
        is_repeated[places] = True
    rows_of_many = np.flatnonzero(named.counts > _MANY)
    for row in rows_of_many.tolist():
        start, end = named.offsets[row : row + 2]
        cell = slice(start, end)
        is_repeated[cell] = stand_again(named.codes[cell])
    return is_repeated


def _repeated_after(named: Names, distance: int) -> Ints:
    """The places whose name stands the given number of places before, in the same row."""
    codes = named.codes
    is_alike = codes[distance:] == codes[:-distance]
    earlier = np.flatnonzero(is_alike)
    later = earlier + distance
    is_in_one_row = named.row[later] == named.row[earlier]
    repeated_places: Ints = later[is_in_one_row]
    return repeated_places


def led_and_supported(named: Names, leads: Bools, is_repeated: Bools) -> Bools:
    """For each row whether a department that leads is named a second time as supporting."""
    height = len(named.counts)
    is_both = np.zeros(height, bool)
    second = np.flatnonzero(is_repeated & ~leads)
    if not len(second):
        return is_both
    row = named.row
    has_second = np.zeros(height, bool)
    has_second[row[second]] = True
    leading = np.flatnonzero(leads & has_second[row])
    key = _row_name_keys(named)
    also_leads = np.isin(key[second], key[leading])
    supports_too = second[also_leads]
    is_both[row[supports_too]] = True
    return is_both


class Roles(NamedTuple):
    """All departments of each row, those that lead first, and for each code whether it leads."""

    named: Names
    leads: Bools


def explicit_roles(departments: Names, leads: Bools, lead: Names, support: Names) -> Roles:
    """Take 责任部门, 牵头部门 and 配合部门 together: 牵头部门 wins, then 配合部门.

    With 责任部门 乙、甲、丙 beside 牵头部门 甲 and 配合部门 丁:

        names     甲(牵头)  丁(配合)  乙(责任)  丙(责任)
        leads     1         0         0         0

    Args:
        departments: 责任部门.
        leads: for each of its codes whether it leads by this column alone.
        lead: 牵头部门.
        support: 配合部门.
    """
    lead, departments, support = in_common((lead, departments, support))
    row = departments.row
    key = _row_name_keys(departments)
    key_of_lead = _row_name_keys(lead)
    key_of_support = _row_name_keys(support)
    is_supporting = np.isin(key, key_of_support)
    has_lead = lead.counts > 0
    leads = _leads_beside(row, leads, is_supporting)
    leads &= ~has_lead[row]
    rank = np.where(leads, _LEADING, _LEFT_OVER)
    is_new = ~np.isin(key, key_of_lead)
    new = _Ranked(departments.part(is_new), rank[is_new])
    return _by_rank([_all_of_rank(lead, _LEAD), new, _all_of_rank(support, _SUPPORT)])


class _Ranked(NamedTuple):
    """A column of names, and the rank of each code in its row."""

    named: Names
    rank: Ints


def _all_of_rank(named: Names, rank: int) -> _Ranked:
    """A column whose names have one rank."""
    ranks = np.full(len(named.codes), rank)
    return _Ranked(named, ranks)


def _by_rank(columns: Sequence[_Ranked]) -> Roles:
    """Columns that share their names as one: in each row by rank, then in the order of the cell."""
    row = np.concatenate([column.named.row for column in columns])
    code = np.concatenate([column.named.codes for column in columns])
    rank = np.concatenate([column.rank for column in columns])
    rank_in_row = row * np.int64(_RANKS) + rank
    order = np.argsort(rank_in_row, kind="stable")
    first = columns[0].named
    rows = np.arange(len(first.offsets))
    offsets = np.searchsorted(row[order], rows)
    named = Names(first.names, offsets.astype(np.int32), code[order])
    leads = rank[order] <= _LEADING
    return Roles(named.used(), leads)


def _leads_beside(row: Ints, leads: Bools, is_supporting: Bools) -> Bools:
    """Who leads of 责任部门 where 配合部门 names some of them as supporters.

    Those that lead and are not named there; where none is left, the first that is not named there;
    where all are named, as 责任部门 says. Of 甲、乙 beside the supporter 甲 it is 乙.

    Args:
        row: the row of each code of 责任部门.
        leads: which of them lead by this column alone.
        is_supporting: which of them 配合部门 names.
    """
    first_free = _first_not_supporting(row, is_supporting)
    still_leads = leads & ~is_supporting
    row_has_leader = np.isin(row, row[still_leads])
    row_has_free = np.isin(row, row[first_free])
    otherwise = np.where(row_has_free, first_free, leads)
    return np.where(row_has_leader, still_leads, otherwise)


def _first_not_supporting(row: Ints, is_supporting: Bools) -> Bools:
    """For each code whether it is the first of its row that does not support."""
    free = np.flatnonzero(~is_supporting)
    opens_row = np.diff(row[free], prepend=-1) > 0
    is_first = np.zeros(len(row), bool)
    is_first[free[opens_row]] = True
    return is_first


def _row_name_keys(named: Names) -> Ints:
    """One number for each pair of row and name."""
    first_key_of_row = named.row.astype(np.int64) * len(named.names)
    keys: Ints = first_key_of_row + named.codes
    return keys
