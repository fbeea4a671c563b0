"""Who leads and who supports, from the three columns that may say it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures.model import Names
from lib.measures.splitting import used

_MANY: Final = 16  # names in a cell


def explicit_roles(
    named: Names, leads: np.ndarray, lead: Names, support: Names
) -> tuple[Names, np.ndarray]:
    """All names of each row, the leading ones first, and which lead, by 牵头部门, then 配合部门, then 责任部门."""
    parts = (lead, named, support)
    names = pa.concat_arrays([part.names for part in parts]).dictionary_encode()
    starts = np.cumsum([0, *(len(part.names) for part in parts)])
    codes = [
        names.indices.to_numpy()[part.codes + start]
        for part, start in zip(parts, starts, strict=False)
    ]
    led, given, supported = (
        part.row * len(names) + code for part, code in zip(parts, codes, strict=True)
    )
    leads = (
        _leads_beside(named.row, leads, np.isin(given, supported))
        & (np.diff(lead.offsets) == 0)[named.row]
    )
    # Lead, then of 责任部门 who leads, then support, then of 责任部门 whom the other two columns leave over
    rank = np.concatenate((np.full(len(led), 0), np.where(leads, 1, 3), np.full(len(supported), 2)))
    row, code = np.concatenate([part.row for part in parts]), np.concatenate(codes)
    order = np.argsort(row * np.int64(4) + rank, kind="stable")
    order = order[~np.isin(order, len(led) + np.flatnonzero(np.isin(given, led)))]
    offsets = np.searchsorted(row[order], np.arange(len(named.offsets))).astype(np.int32)
    return used(Names(names.dictionary, offsets, code[order])), rank[order] <= 1


def _leads_beside(row: np.ndarray, leads: np.ndarray, supports: np.ndarray) -> np.ndarray:
    """Who leads of 责任部门 where 配合部门 names supporters: the first that it does not name, if there is one."""
    free = np.flatnonzero(~supports)
    first = np.zeros(len(row), bool)
    first[free[np.diff(row[free], prepend=-1) > 0]] = True
    still = leads & ~supports
    keeps = np.isin(row, row[still])
    replaced = ~keeps & np.isin(row, row[first])
    return np.where(keeps, still, np.where(replaced, first, leads))


def repeated(named: Names) -> np.ndarray:
    """For each code whether its row has named it before."""
    codes, counts = named.codes, np.diff(named.offsets)
    again = np.zeros(len(codes), bool)
    for step in range(1, min(counts.max(initial=0), _MANY)):
        same = np.flatnonzero(codes[step:] == codes[:-step])
        again[step + same[named.row[step + same] == named.row[same]]] = True
    for row in np.flatnonzero(counts > _MANY).tolist():
        part = slice(named.offsets[row], named.offsets[row + 1])
        again[part] = pd.Series(codes[part]).duplicated()
    return again


def first_of_each(offsets: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """For each code whether it is among the first of its row, so many as counts says, or all that there are."""
    some = np.minimum(counts, np.diff(offsets)) > 0
    edges = np.zeros(offsets[-1] + 1, np.int8)
    edges[offsets[:-1][some]] += 1
    edges[np.minimum(offsets[:-1] + counts, offsets[1:])[some]] -= 1
    return np.cumsum(edges, dtype=np.int8)[:-1] > 0


def led_and_supported(named: Names, leads: np.ndarray, again: np.ndarray) -> np.ndarray:
    """The rows in which a department that leads is named a second time as supporting."""
    found = np.zeros(len(named.offsets) - 1, bool)
    twice = np.flatnonzero(again & ~leads)
    found[named.row[twice]] = True
    led = np.flatnonzero(leads & found[named.row]) if len(twice) else twice
    led_keys, keys = (
        named.row[which].astype(np.int64) * len(named.names) + named.codes[which]
        for which in (led, twice)
    )
    found[:] = False
    found[named.row[twice[np.isin(keys, led_keys)]]] = True
    return found
