"""Ids that a spreadsheet has turned into dates, as they were before.

Excel takes 2026-1-3 for a date where it opens a CSV file, and saves 2026/1/3, or 2026年3月 for
2026-3. It leaves 2026-1-32 and 2026-13-1 as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import pyarrow as pa

from lib.measures import identity
from lib.measures.arrays import Ints

_LOOKED_AT: Final = 20  # ids at the top, of which one must be a date
_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})"
    r"(?:月|[-/.月](?P<day>[0-9]{1,2})日?)(?: 0?0:00(?::00)?)?"
)
_WITH_ZERO: Final = re.compile("[-/.年月]0")
_ID: Final = re.compile(r"[0-9]{4}(?:\.[0-9]+)?(?:-[1-9][0-9]*)+")


class Restored(NamedTuple):
    """Ids as they were. example: the first that has changed, as it stands there and as it was."""

    ids: pa.Array
    example: str


def restored(ids: pa.Array, years: Ints, articles: pa.Array) -> Restored | None:
    """The ids of a table as they were; None where no spreadsheet has changed them.

    They are restored only where all other ids have the board's form and each date is of the year of its
    row.
    A date with zeros, 2026-01-03, may be an id that is meant: it has been 2026-1-3 only where the
    article of its row says so.

    Args:
        years: of each row, 0 for none.
        articles: of each row, as printed.
    """
    first_texts = ids[:_LOOKED_AT].to_pylist()
    if not any(map(_is_date, first_texts)):
        return None
    texts = ids.to_pylist()
    before = [id_of_date(text) for text in texts]
    stated = [text for text in before if text]
    if not all(map(_ID.fullmatch, stated)):
        return None
    rows = [row for row, text in enumerate(texts) if text != before[row]]
    dates = [texts[row] for row in rows]
    dates_before = [before[row] for row in rows]
    years_of_dates = years[rows]
    if not _are_of_years(dates_before, years_of_dates.tolist()):
        return None
    may_be_meant = any(map(_WITH_ZERO.search, dates))
    articles_of_dates = articles.take(pa.array(rows))
    if may_be_meant and not _are_of_articles(dates_before, articles_of_dates.to_pylist()):
        return None
    return _restored(texts, before)


def restored_among(ids: pa.Array, known: pa.Array) -> Restored | None:
    """The ids of milestones as the measures have them; None where no spreadsheet has changed them.

    Args:
        known: the ids of the measures.
    """
    texts = ids.to_pylist()
    of_measures = {*known.to_pylist()}
    before = [*texts]
    for row, text in enumerate(texts):
        identity_before = id_of_date(text)
        if text not in of_measures and identity_before in of_measures:
            before[row] = identity_before
    if before == texts:
        return None
    return _restored(texts, before)


def id_of_date(text: str) -> str:
    """2026/1/3 as 2026-1-3 and 2026年3月 as 2026-3; what is no date or an id, 2026.2-1, as it is."""
    match = _DATE.fullmatch(text)
    if match is None or _ID.fullmatch(text):
        return text
    identity_before = f"{match['year']}-{int(match['month'])}"
    if match["day"]:
        identity_before += f"-{int(match['day'])}"
    return identity_before


def _is_date(text: str) -> bool:
    """Whether it is a date in another form than that of an id."""
    return id_of_date(text) != text


def _are_of_years(ids: Sequence[str], years: Sequence[int]) -> bool:
    """Whether no id is of another year than its row, where that has one."""
    pairs = zip(ids, years, strict=True)
    return all(text.startswith(str(year)) for text, year in pairs if year)


def _are_of_articles(ids: Sequence[str], articles: Sequence[str]) -> bool:
    """Whether the articles say the ids, 一（三） 2026-1-3, each that has a number."""
    some_have_numbers = False
    for text, article in zip(ids, articles, strict=True):
        number = identity.article_number(article)
        if not number:
            continue
        _, _, number_in_id = text.partition("-")
        if number_in_id != number:
            return False
        some_have_numbers = True
    return some_have_numbers


def _restored(texts: Sequence[str], before: Sequence[str]) -> Restored:
    """Ids as they were. before: the same as the texts where none has changed."""
    ids = pa.array(before, pa.string())
    pairs = zip(texts, before, strict=True)
    text, text_before = next(pair for pair in pairs if pair[0] != pair[1])
    return Restored(ids, f"{text} → {text_before}")
