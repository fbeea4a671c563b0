"""Which measures of two versions of a list are the same one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import islice, product
from operator import attrgetter
from typing import Final, NamedTuple

# How alike two titles must be to be of one measure, 0 to 1
_LEAST_UNDER_ONE_ARTICLE: Final = 0.5
_LEAST_ANYWHERE: Final = 0.75
_MOST_PAIRS: Final = 40_000  # pairs of titles that are compared closely: two seconds


class Heading(NamedTuple):
    """By what a measure is known again; article and folded: as `folded` writes them."""

    article: str
    folded: str
    title: str

    @classmethod
    def of(cls, article: str, title: str) -> Heading:
        return cls(folded(article), folded(title), title)


class _Likeness(NamedTuple):
    """How alike two measures are: 0 to 1 by their titles, and 1 more under one article.

    new, old: their rows.
    """

    degree: float
    new: int
    old: int


Headings = Mapping[int, Heading]  # of the rows of a table
Pairs = dict[int, int]  # row of the new list → row of the old one
Key = Callable[[Heading], Hashable]


def folded(text: str) -> str:
    """A text as it is compared: width, spaces and upper case make no difference."""
    half_width = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", half_width).casefold()


def paired(new: Headings, old: Headings) -> Pairs:
    """Find the row of the old list for each row of the new one that has one.

    By article and title, by title, then by a like title: the likest first, preferably under the
    same article.
    """
    pairs = _equal(new, old, _by_article_and_title)
    left = _unpaired(new, old, pairs)
    pairs |= _equal(left.new, left.old, _by_title)
    left = _unpaired(new, old, pairs)
    likenesses = _alike(left.new, left.old)
    return pairs | _likest_first(likenesses)


def _by_article_and_title(heading: Heading) -> Hashable:
    return heading.article, heading.folded


def _by_title(heading: Heading) -> Hashable:
    return heading.folded


class _Unpaired(NamedTuple):
    """The headings of the rows that have no pair yet."""

    new: Headings
    old: Headings


def _unpaired(new: Headings, old: Headings, pairs: Pairs) -> _Unpaired:
    paired_old = set(pairs.values())
    return _Unpaired(
        new={row: heading for row, heading in new.items() if row not in pairs},
        old={row: heading for row, heading in old.items() if row not in paired_old},
    )


def _equal(new: Headings, old: Headings, key: Key) -> Pairs:
    """Pair rows that have the same key, the first with the first."""
    old_rows: dict[Hashable, deque[int]] = defaultdict(deque)
    for row, heading in old.items():
        old_rows[key(heading)].append(row)
    pairs: Pairs = {}
    for row, heading in new.items():
        of_same_key = old_rows[key(heading)]
        if of_same_key:
            pairs[row] = of_same_key.popleft()
    return pairs


def _alike(new: Headings, old: Headings) -> Iterable[_Likeness]:
    """The pairs whose titles are alike enough."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for new_row, old_row in _candidates(new, old):
        new_heading = new[new_row]
        old_heading = old[old_row]
        matcher.set_seqs(new_heading.title, old_heading.title)
        if _are_under_one_article(new_heading, old_heading):
            if _reaches(matcher, _LEAST_UNDER_ONE_ARTICLE):
                yield _Likeness(matcher.ratio() + 1, new_row, old_row)
        elif _reaches(matcher, _LEAST_ANYWHERE):
            yield _Likeness(matcher.ratio(), new_row, old_row)


def _likest_first(likenesses: Iterable[_Likeness]) -> Pairs:
    """Pair each row once, with the likest of those that have no pair yet."""
    pairs: Pairs = {}
    paired_old: set[int] = set()
    likest_first = sorted(likenesses, key=attrgetter("degree"), reverse=True)
    for like in likest_first:
        if like.new not in pairs and like.old not in paired_old:
            pairs[like.new] = like.old
            paired_old.add(like.old)
    return pairs


def _are_under_one_article(new: Heading, old: Heading) -> bool:
    """Whether both have the same article, and not none."""
    return new.article != "" and new.article == old.article


def _reaches(matcher: SequenceMatcher[str], least: float) -> bool:
    """Whether two texts are alike enough; the cheap upper bounds are asked first."""
    if matcher.real_quick_ratio() < least:
        return False
    if matcher.quick_ratio() < least:
        return False
    return matcher.ratio() >= least


def _candidates(new: Headings, old: Headings) -> Iterable[tuple[int, int]]:
    """All pairs of a new and an old row, or where there are too many those under one article."""
    if len(new) * len(old) <= _MOST_PAIRS:
        return product(new, old)
    return islice(_under_one_article(new, old), _MOST_PAIRS)


def _under_one_article(new: Headings, old: Headings) -> Iterable[tuple[int, int]]:
    old_rows: dict[str, list[int]] = defaultdict(list)
    for row, heading in old.items():
        old_rows[heading.article].append(row)
    for row, heading in new.items():
        for old_row in old_rows[heading.article]:
            yield row, old_row
