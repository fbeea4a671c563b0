"""编号, what tells a measure from all others: derived where none is given, the same each time.

2020-1-3      year and article, 一（三）; 0000 stands for no year
2020-7        the seventh of its list, where articles don't tell the measures of a list apart
2020-1-3-2    the second under this article, in a list that is still being made
2020.2-1-3    in the second list of a year
2020-#9       the ninth row of the table, where only some rows have none
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import spelling
from lib.measures.arrays import Bools, Ints
from lib.measures.columns import (
    WIDE,
    as_mask,
    blocks,
    codes_of,
    places_in_groups,
    raw_bytes,
    stand_again,
)
from lib.measures.model import Labels
from lib.text import numerals

# Which bytes beyond ASCII begin a dash, a full-width character, a space or what nobody sees
_ODD_FIRST_BYTES: Final = (0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF)
_SPACE, _TILDE = ord(" "), ord("~")


def article_number(article: str) -> str:
    """The numbers of an article as printed: 一（二） is 1-2, 附则 is "" ."""
    numbers = numerals.find(article)
    return "-".join(map(str, numbers))


def of_list(years: Sequence[int], articles: Sequence[str], given: Sequence[str]) -> list[str]:
    """The ids of a list that is being made, from the year and the article of each measure.

    Where an article comes again its measures are counted, so that splitting one measure in two
    leaves the ids of all others as they are.

    Args:
        given: the ids that measures have already, which they keep; "" for one without.
    """
    used = set(given)
    numbers = _numbers(articles)
    ids: dict[str, None] = {}
    for year, number, given_id in zip(years, numbers, given, strict=True):
        if given_id and given_id not in ids:
            ids[given_id] = None
            continue
        derived = given_id or f"{_head(year)}-{number}"
        free = _free_id(derived, used)
        used.add(free)
        ids[free] = None
    return [*ids]


def _numbers(articles: Sequence[str]) -> list[str]:
    """The number of each article; the places in the list where one has none."""
    numbers = [article_number(article) for article in articles]
    if all(numbers):
        return numbers
    return [str(place) for place in range(1, len(articles) + 1)]


def _free_id(identity: str, used: Collection[str]) -> str:
    """An id as it is, or counted, where it is used already."""
    candidate = identity
    times = 1
    while candidate in used:
        times += 1
        candidate = f"{identity}-{times}"
    return candidate


def beside(taken: Collection[str], ids: Sequence[str]) -> list[str]:
    """The ids of a list, as those of the first list of the year in which none of them is taken."""
    used = set(taken)
    list_number = 1
    candidates = [*ids]
    while not used.isdisjoint(candidates):
        list_number += 1
        candidates = [_in_list(identity, list_number) for identity in ids]
    return candidates


def _in_list(identity: str, list_number: int) -> str:
    """2020-1-3 in the second list of the year: 2020.2-1-3."""
    year, dash, article = identity.partition("-")
    return f"{year}{_list_mark(list_number)}{dash}{article}"


def _head(year: int, list_number: int = 1) -> str:
    return f"{year:04}{_list_mark(list_number)}"


def _list_mark(list_number: int) -> str:
    """What tells a list of a year from its first one."""
    if list_number == 1:
        return ""
    return f".{list_number}"


# --- a table of a million rows ------------------------------------------------------------------
#
# Each list of three, of which the second has an article twice:
#
#     list        0      0      1          1          article
#     number      1      2      1          1          numbers of the articles as one text each
#     vague       no     no     no         yes        what an earlier row of the list has, or empty
#     by place    no     no     yes        yes        every row of a list with a vague one
#     id          2020-1 2020-2 2020.2-1   2020.2-2


def of_table(years: Ints, lists: Labels, articles: pa.DictionaryArray) -> pa.Array:
    """The id of each row of a table without 编号, from its year, its list and its article.

    Args:
        years: the year of each row, 0 for none.
        lists: the list of each row; all its rows are of one year.
        articles: the article of each row.
    """
    numbers, number_of_row = _article_numbers(articles)
    by_place = _by_place(lists, numbers, number_of_row)
    place = places_in_groups(lists.codes) + 1
    place_in_words = pa.array(place).cast(pa.string())
    number = numbers.take(pa.array(number_of_row))
    tails = pc.if_else(pa.array(by_place), place_in_words, number)
    heads = pa.array(_heads(years, lists), pa.string())
    head_of_row = heads.take(pa.array(lists.codes))
    return pc.binary_join_element_wise(head_of_row, tails, "-")


def _by_place(lists: Labels, numbers: pa.Array, number_of_row: Ints) -> Bools:
    """For each row whether articles don't tell the measures of its list apart."""
    first_of_list = lists.codes.astype(np.int64) * len(numbers)
    number_in_list = first_of_list + number_of_row
    is_empty = as_mask(pc.equal(numbers, ""))
    is_vague = stand_again(number_in_list)
    is_vague |= is_empty[number_of_row]
    has_vague = np.zeros(len(lists.names), bool)
    has_vague[lists.codes[is_vague]] = True
    by_place: Bools = has_vague[lists.codes]
    return by_place


def _article_numbers(articles: pa.DictionaryArray) -> tuple[pa.Array, Ints]:
    """The distinct numbers of the articles, and which of them each row has."""
    texts = map(article_number, articles.dictionary.to_pylist())
    numbers = pa.array(texts, pa.string()).dictionary_encode()
    number_of_article = numbers.indices.to_numpy()
    article_of_row = articles.indices.to_numpy()
    return numbers.dictionary, number_of_article[article_of_row]


def _heads(years: Ints, lists: Labels) -> list[str]:
    """How the ids of each list begin: 2020 for the first list of a year, 2020.2 for the second."""
    year_of_list = np.zeros(len(lists.names), np.int64)
    year_of_list[lists.codes] = years
    lists_of_year: Counter[int] = Counter()
    heads = []
    for year in year_of_list.tolist():
        lists_of_year[year] += 1
        head = _head(year, lists_of_year[year])
        heads.append(head)
    return heads


def seen_before(ids: pa.Array) -> Bools:
    """For each id whether it has stood above: then its code is no higher than all so far."""
    codes = codes_of(keys(ids))
    highest = np.maximum.accumulate(codes)
    growth = np.diff(highest, prepend=np.int32(-1))
    is_repeated: Bools = growth == 0
    return is_repeated


def keys(ids: pa.Array) -> pa.Array:
    """By which ids are compared: those that differ in width, spaces or dashes alone are one."""
    parts = blocks(raw_bytes(ids))
    if not any(map(_may_be_odd, parts)):
        return ids
    distinct = ids.dictionary_encode()
    texts = distinct.dictionary.to_pylist()
    keys = pa.array(map(spelling.key, texts), pa.string())
    return keys.take(distinct.indices)


def _may_be_odd(raw: Ints) -> bool:
    """Whether ids may be other than their keys, by their bytes."""
    has_space = (raw <= _SPACE).any()
    if has_space or (raw == _TILDE).any():
        return True
    if raw.max() < WIDE:
        return False
    is_odd = np.isin(raw, _ODD_FIRST_BYTES)
    return bool(is_odd.any())


def rows_of(wanted: pa.Array, ids: pa.Array) -> pa.Array:
    """The first row of each wanted id; null where no row has it."""
    return pc.index_in(keys(wanted), value_set=keys(ids))


def filled(ids: pa.Array, is_empty: Bools, years: Ints) -> pa.Array:
    """The ids with one by its row for each that is empty, none that another row has."""
    texts = ids.to_pylist()
    used = set(texts)
    rows = np.flatnonzero(is_empty)
    for row in rows.tolist():
        number = row + 1
        identity = f"{_head(years[row])}-#{number}"
        while identity in used:
            identity += "'"
        texts[row] = identity
    return pa.array(texts, pa.string())
