"""Columns of one label a row: lists and sections."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lib.measures.model import Labels
from lib.measures.years import by_year


def labels_of(coded: pa.DictionaryArray) -> Labels:
    """A column of few texts as labels."""
    return Labels(coded.dictionary.to_pylist(), coded.indices.to_numpy())


def list_labels(years: np.ndarray, coded: pa.DictionaryArray) -> Labels:
    """Lists with their year, 2020 · 要点: an office issues a list of the same name each year."""
    lists = labels_of(coded)
    codes, meanings = by_year(lists.codes, years)
    names = [_list_name(year, lists.names[code]) for code, year in meanings]
    return Labels(names, codes)


def _list_name(year: int, name: str) -> str:
    if year and name:
        return f"{year} · {name}"
    return str(year) if year else name
