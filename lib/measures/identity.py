"""编号: derived where a table has none, the same at each reading."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures.columns import as_mask, codes_of
from lib.measures.model import Labels
from lib.text import numerals


def seen_before(cells: pa.Array) -> np.ndarray:
    """For each cell whether it has stood above: then its number is no higher than all so far."""
    highest = np.maximum.accumulate(codes_of(cells))
    again: np.ndarray = np.diff(highest, prepend=np.int32(-1)) == 0
    return again


def derived_ids(years: np.ndarray, lists: Labels, articles: pa.DictionaryArray) -> pa.Array:
    """`2020-1-3` from year, list and article; by the order in the list where the articles don't tell its rows apart.

    The second list of a year is `2020.2-…`, so that two lists of one year never share an id.
    """
    group, keys = pd.factorize(years.astype(np.int64) * (len(lists.names) + 1) + lists.codes)
    printed = ["-".join(map(str, _numerals(text))) for text in articles.dictionary.to_pylist()]
    numbers = pa.array(printed, pa.string()).dictionary_encode()
    number = numbers.indices.to_numpy()[articles.indices.to_numpy()]
    vague = pd.Series(group * (len(numbers.dictionary) + 1) + number).duplicated().to_numpy()
    vague = vague | as_mask(pc.equal(numbers.dictionary, ""))[number]
    by_order = np.isin(group, group[vague])
    order = pd.Series(group).groupby(group).cumcount().to_numpy() + 1
    tail = pc.if_else(
        pa.array(by_order),
        pa.array(order).cast(pa.string()),
        numbers.dictionary.take(pa.array(number)),
    )
    prefixes = pa.array(_prefixes((keys // (len(lists.names) + 1)).tolist()), pa.string())
    return pc.binary_join_element_wise(prefixes.take(pa.array(group)), tail, "-")


def _prefixes(years: list[int]) -> list[str]:
    """2020 for the first list of a year, 2020.2 for the second."""
    seen: Counter[int] = Counter()
    found = []
    for year in years:
        seen[year] += 1
        found.append(f"{year:04}" + (f".{seen[year]}" if seen[year] > 1 else ""))
    return found


def _numerals(article: str) -> list[int]:
    """The numbers of an article as printed: 一（二） gives [1, 2]."""
    return numerals.find(unicodedata.normalize("NFKC", article))


def filled_ids(given: pa.Array, empty: np.ndarray, years: np.ndarray) -> pa.Array:
    """An id by the order for each row that has none, one that no other row has."""
    ids = given.to_pylist()
    taken = set(ids)
    for row in np.flatnonzero(empty).tolist():
        name = f"{years[row]:04}-#{row + 1}"
        while name in taken:
            name += "'"
        ids[row] = name
    return pa.array(ids, pa.string())
