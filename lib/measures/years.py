"""The year of each row, and what is told apart by it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures.arrays import Ints
from lib.measures.cells import Cells
from lib.measures.columns import as_mask
from lib.text import day_numbers, spellings

_MORE_THAN_YEARS: Final = 4096
# In the one form of a phrase: 2020, 2020年度, or a date, of which the year counts.
_YEAR: Final = re.compile("(20[0-9]{2})(?:年度?|年[0-9]{1,2}月(?:[0-9]{1,2}日)?)?")


def year_of(text: str) -> int:
    """2020, 2020年度, 二〇二〇年 or 2020-01-01 as a number, 0 outside 2000 to 2099."""
    whole = text.strip().removesuffix(".0")
    phrase = spellings.normal(whole) or ""
    match = _YEAR.fullmatch(phrase)
    if match is None:
        return 0
    return int(match[1])


def years_of(cells: Cells) -> Ints:
    """The year of each row, 0 where there is none. Reports what is missing or no year."""
    coded = cells.coded["year"]
    texts: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.to_numpy()
    year_of_code = np.array([*map(year_of, texts), 0], np.int16)
    years: Ints = year_of_code[codes]
    if "year" not in cells:
        return years
    is_empty = as_mask(pc.equal(cells.text["year"], ""))
    is_invalid = (years == 0) & ~is_empty
    cells.report_each("year_missing", "year", is_empty)
    cells.report_each("year_invalid", "year", is_invalid)
    header = cells.header("year")
    numbers = [_note_of_number(text) for text in texts]
    cells.report.add_coded("day_number", header, codes, numbers)
    return years


def _note_of_number(text: str) -> str:
    """Say as which year the number of a day was read; "" where a text is no such number."""
    if not day_numbers.in_words(text):
        return ""
    return f"{text} → {year_of(text)}"


class ToldApart(NamedTuple):
    """A new code for each row, in the order of the table, and the two that each code stands for."""

    codes: Ints
    meanings: list[tuple[int, int]]


def by_year(codes: Ints, years: Ints) -> ToldApart:
    """Tell codes apart by year: 5 and 5 in 2020 and 5 in 2021 become 0, 0 and 1.

    Each new code stands for the code that a row had and its year.
    """
    return told_apart(codes, years, _MORE_THAN_YEARS)


def told_apart(codes: Ints, others: Ints, count: int) -> ToldApart:
    """Tell codes apart by others, of which there are fewer than a count."""
    pairs = codes.astype(np.int64) * count + others
    encoded = pa.array(pairs).dictionary_encode()
    new_codes = encoded.indices.to_numpy()
    distinct_pairs = encoded.dictionary.to_pylist()
    meanings = [divmod(pair, count) for pair in distinct_pairs]
    return ToldApart(new_codes, meanings)
