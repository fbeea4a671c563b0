"""Names as a notice writes them: lists taken apart, titles and brackets taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.measures import name_forms
from lib.measures.names import Named, split_names
from lib.notices.model import Span
from lib.text import folding

EDGES: Final = " ：:。"  # marks that are no part of a name

_PARTNERLESS: Final = "()[]"  # the folded brackets that are replaced where one is open
_BRACKET_BELOW: Final = re.compile(r"(?<=\S)\s{1,9}(?=[（(])")
_TWO_IN_ONE: Final = re.compile(
    r"([^:：]{2,20})(?:[（(]|[:：](?=[^（()）]+$))([^（()）:：]{2,12})[)）]?"
)


def is_department(name: str) -> bool:
    """Whether a name as printed is formed like a department's."""
    return name_forms.is_department(folding.fold(name))


def is_person(name: str) -> bool:
    """Whether a name as printed is formed like a person's."""
    return name_forms.is_person(folding.fold(name))


def is_title(name: str) -> bool:
    """Whether a name as printed is a title alone."""
    return name_forms.is_title(folding.fold(name))


def split(span: Span) -> list[Named]:
    """Split a list of names as the measure table does."""
    evened = even(span.text)
    return [Named(name.strip(EDGES), note) for name, note in split_names(evened)]


def listed(span: Span) -> list[str]:
    """The names of a list, without the notes in brackets after them."""
    return [name for name, _ in split(span)]


def even(text: str) -> str:
    """Give each bracket its partner: a name whose bracket is open would swallow those after it.

    A bracket on a line of its own belongs to the name above.
    """
    text = _BRACKET_BELOW.sub("", text)
    folded = folding.fold(text)
    opened = folded.count("(") + folded.count("[")
    closed = folded.count(")") + folded.count("]")
    if opened == closed:
        return text
    evened = ""
    for char, folded_char in zip(text, folded, strict=True):
        evened += "、" if folded_char in _PARTNERLESS else char
    return evened


def with_person(name: str) -> list[str]:
    """Tell a department and a person in one name apart: 组宣部（张慧）; all else stays one name."""
    match = _TWO_IN_ONE.fullmatch(name)
    if not match:
        return [name]
    first, second = match.groups()
    one_is_department = is_department(first) != is_department(second)
    one_is_person = is_person(first) or is_person(second)
    if one_is_department and one_is_person:
        return [first, second]
    return [name]


def are_names(printed: Sequence[str]) -> bool:
    """Whether all are formed like names, and at least one like a department's."""
    folded = [folding.fold(name) for name in printed]
    has_department = any(map(name_forms.is_department, folded))
    return has_department and all(map(name_forms.is_name, folded))
