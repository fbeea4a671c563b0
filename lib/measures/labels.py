"""Columns of one label a row: lists and sections."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lib.measures import spelling
from lib.measures.arrays import Ints
from lib.measures.model import Labels
from lib.measures.years import by_year
from lib.text.excerpts import excerpt
from lib.text.invisible import visible


def labels_of(coded: pa.DictionaryArray) -> Labels:
    """A column of few texts as labels; those that only look alike are one, as the first is written.

    Of a text that no page can show it is the beginning.
    """
    names: list[str] = []
    new_code: list[int] = []
    code_of_key: dict[str, int] = {}
    for text in coded.dictionary.to_pylist():
        beginning = excerpt(text)
        key = spelling.key(beginning)
        next_code = len(names)
        code = code_of_key.setdefault(key, next_code)
        if code == next_code:
            names.append(visible(beginning))
        new_code.append(code)
    codes = coded.indices.to_numpy()
    has_duplicates = len(names) < len(new_code)
    if has_duplicates:
        codes = np.array(new_code, np.int32)[codes]
    return Labels(names, codes)


def list_labels(years: Ints, coded: pa.DictionaryArray) -> Labels:
    """Lists with their year, 2020 · 要点: an office issues a list of the same name each year."""
    lists = labels_of(coded)
    codes, meanings = by_year(lists.codes, years)
    names: list[str] = []
    for code, year in meanings:
        name = _list_name(year, lists.names[code])
        names.append(name)
    return Labels(names, codes)


def _list_name(year: int, name: str) -> str:
    if year and name:
        return f"{year} · {name}"
    return str(year) if year else name
