"""Who leads and who supports, from the three columns that may say it. Kernels over whole columns.

All of them answer with one value a code of a column of names, or one a row. With 责任部门
甲、乙、甲 in the only row, of which the first leads:

    names      甲 乙
    codes      0  1  0
    leads      1  0  0       first_of_each
    repeated   0  0  1       repeated
"""

from __future__ import annotations

from typing import Final

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
    ends = np.minimum(starts + counts, offsets[1:])
    some = ends > starts
    edges = np.zeros(offsets[-1] + 1, np.int8)
    edges[starts[some]] += 1
    edges[ends[some]] -= 1
    return np.cumsum(edges, dtype=np.int8)[:-1] > 0


def repeated(named: Names) -> np.ndarray:
    """For each code whether its row has named it before."""
    is_repeated = np.zeros(len(named.codes), bool)
    for distance in range(1, min(named.counts.max(initial=0), _MANY)):
        earlier = np.flatnonzero(named.codes[distance:] == named.codes[:-distance])
        later = earlier + distance
        is_repeated[later[named.row[later] == named.row[earlier]]] = True
    for row in np.flatnonzero(named.counts > _MANY).tolist():
        cell = slice(named.offsets[row], named.offsets[row + 1])
        is_repeated[cell] = stand_again(named.codes[cell])
    return is_repeated


def led_and_supported(named: Names, leads: np.ndarray, is_repeated: np.ndarray) -> np.ndarray:
    """For each row whether a department that leads is named a second time as supporting."""
    is_both = np.zeros(len(named.counts), bool)
    second = np.flatnonzero(is_repeated & ~leads)
    if not len(second):
        return is_both
    has_second = np.zeros(len(named.counts), bool)
    has_second[named.row[second]] = True
    leading = np.flatnonzero(leads & has_second[named.row])
    second_key = _keys(named.row[second], named.codes[second], named.names)
    leading_key = _keys(named.row[leading], named.codes[leading], named.names)
    also_leads = np.isin(second_key, leading_key)
    is_both[named.row[second[also_leads]]] = True
    return is_both


def explicit_roles(
    departments: Names, leads: np.ndarray, lead: Names, support: Names
) -> tuple[Names, np.ndarray]:
    """Take 责任部门, 牵头部门 and 配合部门 together: 牵头部门 wins, then 配合部门.

    With 责任部门 乙、甲、丙 beside 牵头部门 甲 and 配合部门 丁:

        names     甲(牵头)  丁(配合)  乙(责任)  丙(责任)
        leads     1         0         0         0

    Args:
        departments: 责任部门.
        leads: for each of its codes whether it leads by this column alone.
        lead: 牵头部门.
        support: 配合部门.

    Returns:
        All names of each row, those that lead first, and for each code whether it leads.
    """
    names, codes = in_common((lead, departments, support))
    lead_code, department_code, support_code = codes
    lead_key = _keys(lead.row, lead_code, names)
    department_key = _keys(departments.row, department_code, names)
    support_key = _keys(support.row, support_code, names)

    is_supporting = np.isin(department_key, support_key)
    has_lead = lead.counts > 0
    leads = _leads_beside(departments.row, leads, is_supporting) & ~has_lead[departments.row]
    department_rank = np.where(leads, _LEADING, _LEFT_OVER)
    is_new = ~np.isin(department_key, lead_key)

    row = np.concatenate((lead.row, departments.row[is_new], support.row))
    code = np.concatenate((lead_code, department_code[is_new], support_code))
    rank = np.concatenate(
        (
            np.full(len(lead_code), _LEAD),
            department_rank[is_new],
            np.full(len(support_code), _SUPPORT),
        )
    )
    order = np.argsort(row * np.int64(_RANKS) + rank, kind="stable")
    rows = np.arange(len(departments.offsets))
    offsets = np.searchsorted(row[order], rows).astype(np.int32)
    return Names(names, offsets, code[order]).used(), rank[order] <= _LEADING


def _leads_beside(row: np.ndarray, leads: np.ndarray, is_supporting: np.ndarray) -> np.ndarray:
    """Who leads of 责任部门 where 配合部门 names some of them as supporters.

    Those that lead and are not named there; where none is left, the first that is not named there;
    where all are named, as 责任部门 says. Of 甲、乙 beside the supporter 甲 it is 乙.

    Args:
        row: the row of each code of 责任部门.
        leads: which of them lead by this column alone.
        is_supporting: which of them 配合部门 names.
    """
    free = np.flatnonzero(~is_supporting)
    opens_row = np.diff(row[free], prepend=-1) > 0
    first_free = np.zeros(len(row), bool)
    first_free[free[opens_row]] = True
    still_leads = leads & ~is_supporting
    has_leader = np.isin(row, row[still_leads])
    has_free = np.isin(row, row[first_free])
    replaced = np.where(has_free, first_free, leads)
    return np.where(has_leader, still_leads, replaced)


def _keys(row: np.ndarray, code: np.ndarray, names: pa.Array) -> np.ndarray:
    """One number for each pair of row and name."""
    keys: np.ndarray = row.astype(np.int64) * len(names) + code
    return keys
