"""How well a text fits a column, by the kinds of thing that it may be: the weights of the fitter.

A weight is a gain in the sum that the fit of a table makes as large as it can be; what fits
clearly gains 3, what is clearly of another kind loses 4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

from lib.measures import name_forms
from lib.notices import kinds
from lib.text import marks
from lib.text.folding import fold


class Kind(Enum):
    """What a text may be."""

    NUMBER = "number"
    TALLY = "tally"  # 一, （二）: the number of a section
    PERSONS = "persons"
    OFFICES = "offices"
    ROLES = "roles"  # 办公室牵头，各科室配合
    DATE = "date"
    SENTENCE = "sentence"
    WORDS = "words"


class Column(Enum):
    """What a column holds, as far as it matters for a fit."""

    SERIAL = "serial"
    PERSONS = "persons"
    OFFICES = "offices"
    ANYBODY = "anybody"
    DATE = "date"
    WORK = "work"
    OTHER = "other"


_COLUMN_OF: Final = {
    "serial": Column.SERIAL,
    "leaders": Column.PERSONS,
    "named": Column.PERSONS,
    "departments": Column.OFFICES,
    "lead_departments": Column.OFFICES,
    "support_departments": Column.OFFICES,
    "lead_who": Column.ANYBODY,
    "support_who": Column.ANYBODY,
    "who": Column.ANYBODY,
    "both": Column.ANYBODY,
    "deadline": Column.DATE,
    "title": Column.WORK,
    "section": Column.WORK,
    "detail": Column.WORK,
}

# The gain of a text of each kind in a column of each kind, in their order.
_GAINS: Final = {
    Kind.NUMBER: (3.0, -4.0, -4.0, -4.0, -2.0, -3.0, 0.0),
    Kind.TALLY: (1.5, -4.0, -4.0, -4.0, -4.0, -1.0, -1.0),
    Kind.PERSONS: (-4.0, 3.0, 0.0, 3.0, -4.0, -2.0, 0.0),
    Kind.OFFICES: (-4.0, -2.0, 3.0, 3.0, -4.0, -1.5, 0.0),
    Kind.ROLES: (-4.0, 1.0, 2.5, 3.0, -3.0, -1.5, -1.0),
    Kind.DATE: (-4.0, -4.0, -4.0, -4.0, 3.0, -1.5, 0.0),
    Kind.SENTENCE: (-4.0, -4.0, -3.0, -3.0, -2.5, 2.0, 1.0),
    Kind.WORDS: (-4.0, -1.0, -1.0, -0.5, -1.0, 1.0, 0.5),
}
_PLACES: Final = {column: place for place, column in enumerate(Column)}

_SENTENCE: Final = 16  # characters; shorter words may be a name or a phrase
_LONGEST: Final = 80  # characters of names or of a deadline
_NUMBER: Final = re.compile(r"\(?([0-9]{1,4})\)?[.、]?")
_TALLY: Final = re.compile(r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)")
_ROLE: Final = re.compile("牵头|配合|负责|协助|主办|协办")
_COUNTED: Final = re.compile("[0-9][处所个站]$")  # 6处 is no office
_STOPS: Final = ("。", "；", ";")


def number(text: str) -> int:
    """The number that a text consists of, -1 where it is none."""
    match = _NUMBER.fullmatch(fold(text).strip())
    return int(match[1]) if match else -1


def column_of(field: str) -> Column:
    """What the column of a field holds."""
    return _COLUMN_OF.get(field, Column.OTHER)


def gains(kinds: Sequence[Kind], columns: Sequence[Column]) -> list[float]:
    """What a text gains in each of some columns, as the kind that fits it best.

    Args:
        kinds: what the text may be.
    """
    of_kinds = [_GAINS[kind] for kind in kinds]
    by_place = zip(*of_kinds, strict=True)
    best = list(map(max, by_place))
    return [best[_PLACES[column]] for column in columns]


@lru_cache(4096)
def kinds_of(text: str) -> Sequence[Kind]:
    """What a text may be; it is filled."""
    folded = fold(text).strip()
    if number(text) >= 0:
        return (Kind.NUMBER,)
    if _TALLY.fullmatch(folded):
        return (Kind.TALLY,)
    kinds = _short_kinds(folded) if len(folded) <= _LONGEST else []
    if _is_sentence(text, folded):
        if Kind.OFFICES not in kinds:
            kinds.append(Kind.SENTENCE)
    elif not kinds:
        kinds.append(Kind.WORDS)
    return tuple(kinds)


def _is_sentence(text: str, folded: str) -> bool:
    """Whether a text is long, ends as a sentence does or begins with a number."""
    if len(folded) > _SENTENCE or text.endswith(_STOPS):
        return True
    return marks.at(folded, folded) is not None


def _short_kinds(folded: str) -> list[Kind]:
    """What a text is that may consist of names or say when."""
    may_be: list[Kind] = []
    if kinds.people(folded):
        may_be.append(Kind.PERSONS)
    if _are_offices(folded):
        may_be.append(Kind.OFFICES)
    elif _ROLE.search(folded) and not folded.endswith("。"):
        may_be.append(Kind.ROLES)
    if kinds.dated(folded):
        may_be.append(Kind.DATE)
    return may_be


def _are_offices(folded: str) -> bool:
    """Whether a text is a list of departments, also of some that are told by their form alone."""
    names = kinds.listed(folded)
    if any(map(_COUNTED.search, names)):
        return False
    return bool(names) and all(map(name_forms.is_department, names))
