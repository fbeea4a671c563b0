"""Texts as codes, which the columns of a journal hold, and days and numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.ledger.names import Name
from lib.measures.arrays import Bools, Ints

NONE: Final = -1  # of a code: no measure, no period, no stage
BETWEEN: Final = "\x1f"  # the separator of units, which is not written in tables

Days = npt.NDArray[np.datetime64]  # NaT for none
Numbers = npt.NDArray[np.floating[Any]]  # NaN where nobody knows


@dataclass(frozen=True)
class Dictionary:
    """Texts by code: what stands in a column more than once is kept once. "" has the code NONE."""

    texts: pa.Array

    def __len__(self) -> int:
        return len(self.texts)

    def code(self, text: str) -> int:
        """The code of a text, NONE where it is not known."""
        return int(pc.index(self.texts, text).as_py())

    def codes(self, texts: pa.Array) -> Ints:
        """The code of each text, NONE where it is not known."""
        plain = texts.cast(pa.string())
        return _places(plain, self.texts)

    def with_texts(self, column: pa.Array) -> tuple[Dictionary, Ints]:
        """This dictionary with the new texts of a column, and the column's codes."""
        coded = column.dictionary_encode()
        distinct = coded.dictionary
        codes = self.codes(distinct).copy()
        is_text = pc.not_equal(distinct, "").to_numpy(zero_copy_only=False)
        is_new = (codes == NONE) & is_text
        new_texts = distinct.filter(pa.array(is_new))
        texts = pa.concat_arrays([self.texts, new_texts])
        codes[is_new] = np.arange(len(self), len(texts))
        place = coded.indices.to_numpy()
        return Dictionary(texts), codes[place]


NO_TEXTS: Final = Dictionary(pa.array([], pa.string()))


def places_among(keys: Ints, others: Ints) -> Ints:
    """The place of each key among others, NONE where it is none of them."""
    return _places(pa.array(keys), pa.array(others))


def _places(values: pa.Array, others: pa.Array) -> Ints:
    place_or_null = pc.index_in(values, value_set=others)
    places: Ints = pc.fill_null(place_or_null, NONE).to_numpy(zero_copy_only=False)
    return places


def are_among(places: Ints, count: int) -> Bools:
    """For each of so many rows, measures or events whether its place is one of these."""
    is_among = np.zeros(count, bool)
    is_among[places] = True
    return is_among


def last_of_each(codes: Ints, values: Ints, count: int) -> Ints:
    """For each of so many codes the last of its values, NONE where it has none."""
    last = np.full(count, NONE, np.int64)
    last[codes] = values  # of several for one code the last one stays
    return last


def of_codes(values: np.ndarray, codes: Ints, otherwise: Any) -> np.ndarray:
    """The value of each code, something else for NONE."""
    of_none = np.array(otherwise).astype(values.dtype)
    with_none = np.append(values, of_none)  # NONE, -1, is the last one
    of_each: np.ndarray = with_none[codes]
    return of_each


def key_of(list_name: str, measure_id: str) -> str:
    """A measure's list and 编号 as one text, "" where it is about none."""
    return f"{list_name}{BETWEEN}{measure_id}" if measure_id else ""


def keys_of(labels: pa.Array, measure_ids: pa.Array) -> pa.Array:
    """`key_of` many measures at once."""
    keys = pc.binary_join_element_wise(labels, measure_ids, BETWEEN)
    return pc.if_else(pc.equal(measure_ids, ""), "", keys)


def name_of(key: str) -> Name:
    """The list and the 编号 of a key."""
    list_name, _, measure_id = key.rpartition(BETWEEN)
    return Name(list_name, measure_id)


def text_array(texts: Sequence[str]) -> pa.Array:
    return pa.array(texts, pa.string())


def days_of(recorded: Sequence[int], zone: tzinfo) -> Days:
    """The days of moments, which are microseconds in UTC, in a zone."""
    microseconds = np.array(recorded, np.int64)
    moments = pd.to_datetime(microseconds, unit="us", utc=True)
    local = moments.tz_convert(zone).tz_localize(None)
    days: Days = local.to_numpy().astype("M8[D]")
    return days
