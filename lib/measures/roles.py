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
import pyarrow as pa

from lib.measures.columns import stand_again
from lib.measures.name_column import Names, in_common

_MANY: Final = 16  # names in a cell, up to which comparing neighbours is fastest
# The order of the names in a row: who leads by 牵头部门, then by 责任部门, who supports by
# 配合部门, then whom of 责任部门 the other two columns leave over.
_RANKS: Final = 4
_LEAD, _LEADING, _SUPPORT, _LEFT_OVER = range(_RANKS)


def first_of_each(offsets: np.ndarray, counts: np.ndarray) -> np.ndarray:
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


def repeated(named: Names) -> np.ndarray:
    """For each code whether its row has named it before."""
    is_repeated = np.zeros(len(named.codes), bool)
    most_names = named.counts.max(initial=0)
    for distance in range(1, min(most_names, _MANY)):
        is_repeated[_repeated_after(named, distance)] = True
    for row in np.flatnonzero(named.counts > _MANY).tolist():
        cell = slice(named.offsets[row], named.offsets[row + 1])
        is_repeated[cell] = stand_again(named.codes[cell])
    return is_repeated


def _repeated_after(named: Names, distance: int) -> np.ndarray:
    """The places whose name stands the given number of places before, in the same row."""
    is_alike = named.codes[distance:] == named.codes[:-distance]
    earlier = np.flatnonzero(is_alike)
    later = earlier + distance
    are_in_one_row = named.row[later] == named.row[earlier]
    return later[are_in_one_row]


def led_and_supported(named: Names, leads: np.ndarray, is_repeated: np.ndarray) -> np.ndarray:
    """For each row whether a department that leads is named a second time as supporting."""
    height = len(named.counts)
    is_both = np.zeros(height, bool)
    second = np.flatnonzero(is_repeated & ~leads)
    if not len(second):
        return is_both
    has_second = np.zeros(height, bool)
    has_second[named.row[second]] = True
    leading = np.flatnonzero(leads & has_second[named.row])
    also_leads = np.isin(_keys_at(second, named), _keys_at(leading, named))
    is_both[named.row[second[also_leads]]] = True
    return is_both


def _keys_at(places: np.ndarray, named: Names) -> np.ndarray:
    """The keys of some places in a column."""
    return _keys(named.row[places], named.codes[places], named.names)


class Roles(NamedTuple):
    """All departments of each row, those that lead first, and for each code whether it leads."""

    named: Names
    leads: np.ndarray


def explicit_roles(departments: Names, leads: np.ndarray, lead: Names, support: Names) -> Roles:
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
    names, codes = in_common((lead, departments, support))
    lead_code, department_code, support_code = codes
    lead_key = _keys(lead.row, lead_code, names)
    department_key = _keys(departments.row, department_code, names)
    support_key = _keys(support.row, support_code, names)

    is_supporting = np.isin(department_key, support_key)
    has_lead = lead.counts > 0
    leads = _leads_beside(departments.row, leads, is_supporting)
    leads &= ~has_lead[departments.row]
    rank = np.where(leads, _LEADING, _LEFT_OVER)
    is_new = ~np.isin(department_key, lead_key)

    of_lead = _Ranked(lead.row, lead_code, np.full(len(lead_code), _LEAD))
    of_departments = _Ranked(departments.row[is_new], department_code[is_new], rank[is_new])
    of_support = _Ranked(support.row, support_code, np.full(len(support_code), _SUPPORT))
    ranked = _sorted([of_lead, of_departments, of_support])
    offsets = np.searchsorted(ranked.row, np.arange(len(departments.offsets)))
    named = Names(names, offsets.astype(np.int32), ranked.code)
    return Roles(named.used(), ranked.rank <= _LEADING)


class _Ranked(NamedTuple):
    """Names with the row that each stands in, and its rank there."""

    row: np.ndarray
    code: np.ndarray
    rank: np.ndarray


def _sorted(columns: Sequence[_Ranked]) -> _Ranked:
    """The names of several columns by row, in each row by rank, then in the order of the cell."""
    row, code, rank = map(np.concatenate, zip(*columns, strict=True))
    order = np.argsort(row * np.int64(_RANKS) + rank, kind="stable")
    return _Ranked(row[order], code[order], rank[order])


def _leads_beside(row: np.ndarray, leads: np.ndarray, is_supporting: np.ndarray) -> np.ndarray:
    """Who leads of 责任部门 where 配合部门 names some of them as supporters.

    Those that lead and are not named there; where none is left, the first that is not named there;
    where all are named, as 责任部门 says. Of 甲、乙 beside the supporter 甲 it is 乙.

    Args:
        row: the row of each code of 责任部门.
        leads: which of them lead by this column alone.
        is_supporting: which of them 配合部门 names.
    """
    first_free = _first_free(row, is_supporting)
    still_leads = leads & ~is_supporting
    row_has_leader = np.isin(row, row[still_leads])
    row_has_free = np.isin(row, row[first_free])
    otherwise = np.where(row_has_free, first_free, leads)
    return np.where(row_has_leader, still_leads, otherwise)


def _first_free(row: np.ndarray, is_supporting: np.ndarray) -> np.ndarray:
    """For each code whether it is the first of its row that does not support."""
    free = np.flatnonzero(~is_supporting)
    opens_row = np.diff(row[free], prepend=-1) > 0
    is_first = np.zeros(len(row), bool)
    is_first[free[opens_row]] = True
    return is_first


def _keys(row: np.ndarray, code: np.ndarray, names: pa.Array) -> np.ndarray:
    """One number for each pair of row and name."""
    keys: np.ndarray = row.astype(np.int64) * len(names) + code
    return keys
