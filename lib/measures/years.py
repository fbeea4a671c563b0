"""The year of each row, and what is told apart by it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from lib.measures.cells import Cells
from lib.measures.columns import as_mask
from lib.text import deadlines, numerals

_MORE_THAN_YEARS: Final = 4096
_YEAR: Final = re.compile(rf"[0-9{numerals.DIGITS}零]{{4}}")


def year_of(text: str) -> int:
    """2020, 2020年, 2020年度 or 二〇二〇年 as a number, 0 outside 2000 to 2099."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for ending in ("度", "年", ".0"):
        plain = plain.removesuffix(ending)
    if not _YEAR.fullmatch(plain):
        return 0
    year = numerals.read(plain)
    return year if year in deadlines.YEARS else 0


def years_of(cells: Cells) -> np.ndarray:
    """The year of each row, 0 where there is none. Reports what is missing or no year."""
    coded = cells.coded["year"]
    year_of_code = [year_of(text) for text in coded.dictionary.to_pylist()]
    years: np.ndarray = np.array([*year_of_code, 0], np.int16)[coded.indices.to_numpy()]
    if "year" in cells:
        is_empty = as_mask(pc.equal(cells.text["year"], ""))
        cells.report_each("year_missing", "year", is_empty)
        cells.report_each("year_invalid", "year", (years == 0) & ~is_empty)
    return years


def by_year(codes: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Tell codes apart by year: 5 and 5 in 2020 and 5 in 2021 become 0, 0 and 1.

    Returns:
        A new code for each row, in the order of the table, and what each stands for: the code that
        it had and the year.
    """
    keys = codes.astype(np.int64) * _MORE_THAN_YEARS + years
    new_codes, distinct = pd.factorize(keys)
    meanings = [divmod(key, _MORE_THAN_YEARS) for key in distinct.tolist()]
    return new_codes.astype(np.int32), meanings
