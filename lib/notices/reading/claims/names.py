"""Names as a notice writes them: lists taken apart, titles and brackets taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from lib import measures
from lib.notices import name_forms
from lib.notices.model import Span
from lib.text import folding

LEAD_NOTES: Final = ("牵头", "主办", "主责")  # what stands in brackets after the name that leads
EDGES: Final = " ：:。"  # marks that are no part of a name

_EXPLANATION: Final = re.compile(  # （联系人：甲） is no part of a name
    r"[（(][^（()）:：]{1,20}[:：][^（()）]{0,40}[)）]$"
)
_STARS: Final = re.compile(r"^[*＊★☆▲△#＃]+|[*＊★☆▲△]+$")
_BRACKET_BELOW: Final = re.compile(r"(?<=\S)\s{1,9}(?=[（(])")
_INNER: Final = r"[（(\[［〔【][^（()）\[\]］〕】]{0,40}[)）\]］〕】]"
_ASIDE: Final = re.compile(rf"^{_INNER}|{_INNER}$|[0-9][0-9 -]{{5,20}}$")
_TWO_IN_ONE: Final = re.compile(
    r"([^:：]{2,20})(?:[（(]|[:：](?=[^（()）]+$))([^（()）:：]{2,12})[)）]?"
)
_PLAIN: Final = re.compile(
    "[一-鿿㐀-䶿]{2,4}|[一-鿿]{1,9}[·•][一-鿿·•]{1,12}|[A-Za-z][A-Za-z .]{1,30}|[甲乙丙丁戊己庚辛]"
)


class Named(NamedTuple):
    """A name of a list, and the role that is noted after it: 市教育局（牵头）."""

    name: str
    note: str


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
    """Split a list of names as the measure table does; a starred name leads."""
    listed: list[Named] = []
    for printed, note in measures.split_names(even(span.text)):
        starred = _EXPLANATION.sub("", printed).strip(EDGES)
        name = _STARS.sub("", starred)
        if name:
            listed.append(Named(name, note if name == starred else "牵头"))
    return listed


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


def bare(name: str) -> str:
    """A person's name without what is said in brackets, before a colon or in digits."""
    title, _, after = folding.fold(name).rpartition(":")
    if name_forms.is_title(title):
        name = name[len(name) - len(after) :]
    return _ASIDE.sub("", name).strip()


def untitled(name: str) -> str:
    """A person's name without title and bracket; what then looks like none stays as it is."""
    name = bare(name) or name
    folded = folding.fold(name)
    person = name_forms.untitled(folded)
    start = folded.find(person)
    return name[start : start + len(person)] if is_plain(person) else name


def is_plain(name: str) -> bool:
    """Whether a name is beyond doubt a person's, also with a surname that is not listed."""
    folded = folding.fold(name)
    if name_forms.is_person(folded):
        return True
    unlike = name_forms.is_department(folded) or name_forms.is_role(folded)
    return not unlike and bool(_PLAIN.fullmatch(name))


def are_names(listed: Sequence[str]) -> bool:
    """Whether all are formed like names, and at least one like a department's."""
    folded = [folding.fold(name) for name in listed]
    return any(map(name_forms.is_department, folded)) and all(map(name_forms.is_name, folded))
