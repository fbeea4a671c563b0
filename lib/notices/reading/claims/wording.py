"""The words by which a text says who answers and by when, beside the names and dates themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lib.measures import placeholders
from lib.measures.meanings import DUTIES
from lib.notices import labels
from lib.notices.model import Span
from lib.notices.reading.claims import verbs
from lib.text import spellings

_LONGEST: Final = 40  # characters of such words in one place
_KEPT: Final = 1_000  # texts: a list has the same labels in each of its items
_WORD: Final = re.compile(r"\w")
_LEADS_OVER: Final = re.compile(  # to names: 以上任务由甲负责; to a date: 力争于6月底前
    "以上|上述|本项|其中|原则上|任务|工作|事项|各项|内容|措施|举措|分别|统一|具体|一并|密切|积极|共同"
    "|力争|争取|确保|务必|截至|最迟|[由请均都并等在于]"
)
_WORDING: Final = (
    verbs.VERB,
    verbs.TOGETHER,
    _LEADS_OVER,
    re.compile(f"{spellings.ENDINGS}|{spellings.BEGUN}"),
)
_Places = tuple[tuple[int, int], ...]


def saying_more(span: Span) -> Iterator[Span]:
    """The parts of a text around names and dates that say more: a label, 无, 由 or 牵头 does not."""
    places_in = _remembered_places if span.length <= _LONGEST else _places
    for start, end in places_in(span.folded):
        yield span.part(span.start + start, span.start + end)


def _places(folded: str) -> _Places:
    """Where the parts of a text between its labels stand that say more."""
    places: list[tuple[int, int]] = []
    start = 0
    for label in labels.labels_in(folded, 0, len(folded)):
        if label.field in DUTIES:
            places.append((start, label.start))
            start = label.end
    places.append((start, len(folded)))
    telling: list[tuple[int, int]] = []
    for start, end in places:
        if _says_more(folded[start:end]):
            telling.append((start, end))
    return tuple(telling)


_remembered_places: Final = lru_cache(_KEPT)(_places)


def _says_more(folded: str) -> bool:
    if len(folded) > _LONGEST or not _WORD.search(folded):
        return _WORD.search(folded) is not None
    if placeholders.kind_of(folded) != placeholders.STATED:
        return False
    for words in _WORDING:
        folded = words.sub("", folded)
    return _WORD.search(folded) is not None
