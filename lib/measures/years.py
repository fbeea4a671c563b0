"""The year of each row, and what is told apart by it."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures.cells import Cells
from lib.measures.columns import as_mask
from lib.text import day_numbers, spellings

_MORE_THAN_YEARS: Final = 4096
# In the one form of a phrase: 2020, 2020年度, or a date, of which the year counts.
_YEAR: Final = re.compile("(20[0-9]{2})(?:年度?|年[0-9]{1,2}月(?:[0-9]{1,2}日)?)?")


def year_of(text: str) -> int:
    """2020, 2020年度, 二〇二〇年 or 2020-01-01 as a number, 0 outside 2000 to 2099."""
    plain = spellings.normal(text.strip().removesuffix(".0"))
    match = _YEAR.fullmatch(plain or "")
    return int(match[1]) if match else 0


def years_of(cells: Cells) -> np.ndarray:
    """The year of each row, 0 where there is none. Reports what is missing or no year."""
    coded = cells.coded["year"]
    texts: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.to_numpy()
    year_of_code = [year_of(text) for text in texts]
    years: np.ndarray = np.array([*year_of_code, 0], np.int16)[codes]
    if "year" in cells:
        is_empty = as_mask(pc.equal(cells.text["year"], ""))
        cells.report_each("year_missing", "year", is_empty)
        cells.report_each("year_invalid", "year", (years == 0) & ~is_empty)
        cells.report.add_coded("day_number", cells.header("year"), codes, _numbers(texts))
    return years


def _numbers(texts: list[str]) -> list[str]:
    """Say of each text that is the number of a day as which year it was read; "" for others."""
    said = []
    for text in texts:
        is_number = day_numbers.in_words(text) != ""
        said.append(f"{text} → {year_of(text)}" if is_number else "")
    return said


def by_year(codes: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Tell codes apart by year: 5 and 5 in 2020 and 5 in 2021 become 0, 0 and 1.

    Returns:
        A new code for each row, in the order of the table, and what each stands for: the code that
        it had and the year.
    """
    return told_apart(codes, years, _MORE_THAN_YEARS)


def told_apart(
    codes: np.ndarray, others: np.ndarray, count: int
) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Tell codes apart by others, of which there are fewer than a count.

    Returns:
        A new code for each row, in the order of the table, and the two that each stands for.
    """
    keys = codes.astype(np.int64) * count + others
    encoded = pa.array(keys).dictionary_encode()
    meanings = [divmod(key, count) for key in encoded.dictionary.to_pylist()]
    return encoded.indices.to_numpy(), meanings
