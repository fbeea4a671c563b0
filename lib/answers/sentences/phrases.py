"""Dates, numbers and names as words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from lib import workload
from lib.answers.names import named
from lib.i18n import Translator

COUNTED: Final = 10  # names with their counts that a line holds
NAMED: Final = 3  # names that a sentence holds before it says how many there are
ENUMERATION_COMMA: Final = "、"
DECIMALS: Final = 2  # of a weighted load
SHORTEST_SPAN: Final = 3  # months in a row that are written as a span


def day(value: date, t: Translator) -> str:
    """A date as the reader's language writes it: 2020年9月15日, 15 Sep 2020."""
    name = t(f"month.{value.month}")
    return t("date.day", year=value.year, month=value.month, day=value.day, name=name)


def month(value: str, t: Translator) -> str:
    """A month of the URL in words: 2020-12 is 2020年12月, Dec 2020."""
    year, number = year_and_month(value)
    return months_of_year([number], year, t)


def year_and_month(value: str) -> tuple[int, int]:
    year, number = value.split("-")
    return int(year), int(number)


def months_in_a_row(numbers: Sequence[int], t: Translator) -> str:
    """Months in a row, as a span where they follow one another. numbers: 1 to 12, ascending."""
    words = [t(f"month.{number}") for number in numbers]
    steps = numbers[-1] - numbers[0]
    have_no_gap = steps == len(numbers) - 1
    if have_no_gap and len(numbers) >= SHORTEST_SPAN:
        return t("date.months", first=words[0], last=words[-1])
    return names(words, "month", t)


def months_of_year(numbers: Sequence[int], year: int, t: Translator) -> str:
    """Months in a row with their year, without it where it is 0."""
    text = months_in_a_row(numbers, t)
    if year:
        return t("date.month", year=year, month=text)
    return text


def year_to_name(months: pd.DataFrame, year: int, total: int) -> int:
    """The year, if the months of the year don't hold all the measures, so that it must be named;
    else 0.
    """
    in_year = int(months["due"].sum() + months["ongoing"].sum())
    if in_year < total:
        return year
    return 0


def years(ascending: Sequence[int], t: Translator) -> str:
    """Years in short: 2019–2021、2025."""
    spans: list[list[int]] = []
    for year in ascending:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return t("text.separator").join(map(_span, spans))


def _span(years_in_a_row: Sequence[int]) -> str:
    first = years_in_a_row[0]
    last = years_in_a_row[-1]
    if first == last:
        return str(first)
    return f"{first}–{last}"


def names(words: Sequence[str], kind: str, t: Translator) -> str:
    """Names in a row; beyond three, the first ones and how many there are in all.

    kind: leader, department, section or month.
    """
    words = [in_sentence(word, t) for word in words]
    if len(words) <= NAMED:
        return in_a_row(words, t)
    return _first_of_many(words, NAMED, kind, t)


def _first_of_many(words: Sequence[str], limit: int, kind: str, t: Translator) -> str:
    """The first of some names, how many more there are, and how many in all."""
    first = t("text.separator").join(words[:limit])
    total = len(words)
    return t(f"text.many.{kind}", names=first, n=total - limit, total=total)


def in_sentence(name: str, t: Translator) -> str:
    """A name as it stands in a sentence: in quotes where it has a comma of its own (一、…)."""
    if ENUMERATION_COMMA in name:
        return t("text.quoted", text=name)
    return named(name, t)


def counted(words: Sequence[str], counts: Sequence[int], kind: str, t: Translator) -> str:
    """Names with their counts in a row, 县水务局 2、县财政局 1; beyond some how many there are in all.

    kind: leader or department.
    """
    row = [f"{name} {count:,}" for name, count in zip(words, counts, strict=True)]
    if len(row) <= COUNTED:
        return t("text.separator").join(row)
    return _first_of_many(row, COUNTED, kind, t)


def in_a_row(parts: Sequence[str], t: Translator) -> str:
    """Parts with "and" before the last."""
    *first, last = parts
    if not first:
        return last
    all_but_last = t("text.separator").join(first)
    return t("text.and").join([all_but_last, last])


def share(part: float) -> str:
    """A share as whole per cent; a little is never 0 %, and nearly all never 100 %."""
    text = f"{part:.0%}"
    if part < 1 and text == "100%":
        return ">99%"
    if part and text == "0%":
        return "<1%"
    return text


def plain_number(value: float) -> float:
    """A count, or a weighted load with two decimals at most: 9, 8.5."""
    rounded = round(float(value), DECIMALS)
    if rounded.is_integer():
        return int(rounded)
    return rounded


def who_has_most(
    key: str, frame: pd.DataFrame, column: str, t: Translator, **figures: object
) -> str:
    """Who is at the top of a load frame by a column, "" if nobody.

    Args:
        key: the text, which is told names, count, n (how many tie) and `figures`.
    """
    leading, count = workload.concentration(frame, column)
    if not leading:
        return ""
    kind = str(frame.columns[0])
    tied = len(leading)
    all_tie = tied == np.count_nonzero(frame[column])
    who = names(leading, kind, t)
    if all_tie and tied > NAMED:
        who = t(f"text.every.{kind}", n=tied)
    return t(key, names=who, n=tied, count=plain_number(count), **figures)
