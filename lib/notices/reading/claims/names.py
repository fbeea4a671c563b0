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
    return [Named(printed.strip(EDGES), note) for printed, note in split_names(even(span.text))]


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
    return "".join(
        "、" if mark in "()[]" else char for char, mark in zip(text, folded, strict=True)
    )


def with_person(name: str) -> list[str]:
    """Tell a department and a person in one name apart: 组宣部（张慧）; all else stays one name."""
    match = _TWO_IN_ONE.fullmatch(name)
    if not match:
        return [name]
    parts = [match[1], match[2]]
    one_department = is_department(parts[0]) != is_department(parts[1])
    return parts if one_department and any(map(is_person, parts)) else [name]


def are_names(listed: Sequence[str]) -> bool:
    """Whether all are formed like names, and at least one like a department's."""
    folded = [folding.fold(name) for name in listed]
    return any(map(name_forms.is_department, folded)) and all(map(name_forms.is_name, folded))
