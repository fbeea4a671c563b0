"""Which measures of two versions of a list are the same one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Final, NamedTuple

_SAME_ARTICLE: Final = 0.5  # how alike two titles under one article must be to be one measure
_ANYWHERE: Final = 0.75  # … under different ones
_PAIRS: Final = 40_000  # pairs of titles that are compared closely at the most: two seconds


class Heading(NamedTuple):
    """By what a measure is known again; article and folded: as `folded` writes them."""

    article: str
    folded: str
    title: str

    @classmethod
    def of(cls, article: str, title: str) -> Heading:
        return cls(folded(article), folded(title), title)


class _Likeness(NamedTuple):
    """How alike two measures are: 0 to 1 by their titles, and 1 more under one article."""

    degree: float
    new: int
    old: int


Headings = Mapping[int, Heading]  # of the rows of a table


def folded(text: str) -> str:
    """A text as it is compared: width, spaces and upper case make no difference."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def paired(new: Headings, old: Headings) -> dict[int, int]:
    """Find the row of the old list for each row of the new one that has one.

    By article and title, by title, then by a like title: the likest first, preferably under the same
    article.
    """
    pairs: dict[int, int] = {}
    for key in (lambda heading: (heading.article, heading.folded), lambda heading: heading.folded):
        new_left, old_left = _without(new, pairs), _without(old, pairs.values())
        pairs |= _equal(new_left, old_left, key)
    new_left, old_left = _without(new, pairs), _without(old, pairs.values())
    likest = sorted(_alike(new_left, old_left), key=lambda like: -like.degree)
    taken: set[int] = set()
    for like in likest:
        if like.new not in pairs and like.old not in taken:
            pairs[like.new] = like.old
            taken.add(like.old)
    return pairs


def _without(headings: Headings, rows: Collection[int]) -> Headings:
    left = headings.keys() - set(rows)
    return {row: heading for row, heading in headings.items() if row in left}


def _equal(new: Headings, old: Headings, key: Callable[[Heading], Hashable]) -> dict[int, int]:
    """Pair rows that have the same key, the first with the first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for row, heading in old.items():
        waiting[key(heading)].append(row)
    pairs = {}
    for row, heading in new.items():
        rows = waiting[key(heading)]
        if rows:
            pairs[row] = rows.pop(0)
    return pairs


def _alike(new: Headings, old: Headings) -> Iterable[_Likeness]:
    """The pairs whose titles are alike enough."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for new_row, old_row in _candidates(new, old):
        one, other = new[new_row], old[old_row]
        same_article = one.article == other.article != ""
        matcher.set_seqs(one.title, other.title)
        if _reaches(matcher, _SAME_ARTICLE if same_article else _ANYWHERE):
            degree = matcher.ratio()
            if same_article:
                degree += 1
            yield _Likeness(degree, new_row, old_row)


def _reaches(matcher: SequenceMatcher[str], least: float) -> bool:
    """Whether two texts are alike enough; the cheap upper bounds are asked first."""
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= least for bound in bounds)


def _candidates(new: Headings, old: Headings) -> Iterable[tuple[int, int]]:
    """All pairs, or where there are too many those under one article."""
    if len(new) * len(old) <= _PAIRS:
        return product(new, old)
    return islice(_under_one_article(new, old), _PAIRS)


def _under_one_article(new: Headings, old: Headings) -> Iterable[tuple[int, int]]:
    rows = defaultdict(list)
    for row, heading in old.items():
        rows[heading.article].append(row)
    for row, heading in new.items():
        for old_row in rows[heading.article]:
            yield row, old_row
