"""Columns of one label a row: lists, sections."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.measures.model import Labels


def list_labels(years: np.ndarray, coded: pa.DictionaryArray) -> Labels:
    """Lists with their year, `2020 · name`: an office issues a list of the same name each year."""
    named = labels_of(coded)
    code, distinct = pd.factorize(named.codes.astype(np.int64) * 4096 + years)
    parts = [(str(key % 4096 or ""), named.names[key // 4096]) for key in distinct.tolist()]
    return Labels([" · ".join(filter(None, part)) for part in parts], code.astype(np.int32))


def labels_of(coded: pa.DictionaryArray) -> Labels:
    return Labels(coded.dictionary.to_pylist(), coded.indices.to_numpy())
