"""What a header or a label stands for: a word of the vocabulary, or one that is put together.

All texts are folded (`lib.text.folding`). A field is a cell of a measure, or one of these that
stand for several: who, lead_who, support_who, both; or period, named, serial, other
(vocabulary.toml).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lib.measures.vocabulary import COMPOUNDS, LABELS

# Fields that say who does a thing, or by when.
DUTIES: Final = frozenset(
    {
        "leaders",
        "departments",
        "lead_departments",
        "support_departments",
        "lead_who",
        "support_who",
        "who",
        "both",
        "deadline",
    }
)
_MARKS: Final = re.compile(r"[\s()\[\]、/和及与·:*]")
_BRACKETS: Final = re.compile(r"[\s()\[\]:*]")
_NOTE: Final = re.compile(r"\([^()]{0,20}\)|\[[^\[\]]{0,20}\]")
_JOINERS: Final = re.compile("[和及与]")
# 责任单位（和责任人）, 责任单位及责任人 and 责任单位责任人 are one.
_WORD_OF_SPELLING: Final = {_JOINERS.sub("", word): word for word in LABELS}
_QUALIFIERS: Final = tuple(sorted(COMPOUNDS["qualifiers"], key=len, reverse=True))
LONGEST_LABEL: Final = max(map(len, LABELS)) + 6  # with qualifiers before it
_SHORTEST_COMPOUND: Final = 3
_SHORTEST_PART: Final = 4  # of a header that holds a label
_LONGEST_HEADER: Final = 18


def _any(*kinds: str) -> str:
    """Make a pattern for any word of some kinds, the longest first."""
    words: set[str] = set()
    for kind in kinds:
        words.update(COMPOUNDS[kind])
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(longest_first) + ")"


_LEVELS: Final = f"{_any('levels')}{{0,3}}"
_COMPOUND_PATTERNS: Final = {
    "leaders": (
        f"{_any('leads', 'charged')}{_LEVELS}{_any('persons')}"
        f"|{_any('levels')}{{1,3}}{_any('persons')}"
        f"|{_any('persons')}(?<=长)"
    ),
    "lead_departments": f"{_any('leads')}(?:责任)?{_LEVELS}{_any('offices')}",
    "support_departments": f"{_any('supports')}{{1,2}}(?:责任)?{_LEVELS}{_any('offices')}",
    "departments": f"{_any('charged')}{_LEVELS}{_any('offices')}",
    "deadline": f"{_any('ends')}{{1,3}}(?:的)?{_any('times')}(?:要求|安排)?",
    "title": f"[一-鿿]{{0,4}}{_any('titles')}{{1,2}}{_any('title_ends')}",
    "serial": f"[一-鿿]{{2,4}}{_any('serials')}",
}
_COMPOUND_OF: Final = {field: re.compile(pattern) for field, pattern in _COMPOUND_PATTERNS.items()}

# A column of a calendar: what is done in that month.
_PERIOD: Final = re.compile(
    r"(?:20[0-9]{2}年?)?"
    r"(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|第?[一二三四1-4]季度?|q[1-4]|[上下]半年)"
    rf"(?:工作)?{_any('details', 'titles')}?(?:计划|进度|安排)?"
    r"|20[0-9]{2}年度?",
    re.IGNORECASE,
)
_DETAILS: Final = tuple(COMPOUNDS["details"])
_ENDS_IN_WORK: Final = re.compile(f"(?!存在|下一?步|上级|相关)[一-鿿]{{2,6}}{_any('titles')}")
_BETWEEN_TWO: Final = re.compile(r"[及和与、/\n()]+| +")


def key(text: str) -> str:
    """A label or header without spaces, notes in brackets and the marks between its parts."""
    return _MARKS.sub("", _NOTE.sub("", text)) or _BRACKETS.sub("", text)


def without_joiners(text: str) -> str:
    """A label as `word_of` compares it: 责任单位和责任人 is 责任单位责任人."""
    return _JOINERS.sub("", text)


def word_of(spelling: str) -> str:
    """The vocabulary's word for one without joiners, "" where it has none."""
    return _WORD_OF_SPELLING.get(spelling, "")


def known(spelling: str) -> str:
    """What a word of the vocabulary, without joiners, stands for; "" where it is none."""
    return LABELS.get(word_of(spelling), "")


def field_of(text: str) -> str:
    """What a header or label stands for, "" for nothing: 整改责任单位（部门） is departments."""
    bare = key(text)
    if len(bare) > LONGEST_LABEL:
        return ""
    field = known(bare) or known(_MARKS.sub("", text))
    if field:
        return field
    field = compound(without_joiners(bare))
    if field == "title":
        return field
    return _without_qualifiers(bare) or field


def _without_qualifiers(bare: str) -> str:
    """What is left of a label once words that change nothing are off: 市级牵头部门 is 牵头部门."""
    while bare:
        qualifier = next((word for word in _QUALIFIERS if bare.startswith(word)), bare)
        bare = bare.removeprefix(qualifier)
        field = known(bare)
        if field:
            return field
    return ""


@cache
def compound(bare: str) -> str:
    """What a label put together stands for, "" where it is none: 分管区领导, 牵头办所, 竣工时限."""
    if not _SHORTEST_COMPOUND <= len(bare) <= LONGEST_LABEL:
        return ""
    for field, pattern in _COMPOUND_OF.items():
        if pattern.fullmatch(bare):
            return field
    return ""


def field_of_header(text: str) -> str:
    """What a header cell stands for: a label, or one that holds a label of four characters."""
    field = _office_and_person(text) or field_of(text)
    if field:
        return field
    bare = key(text)
    if _PERIOD.fullmatch(bare):
        return "other"
    if not _SHORTEST_PART <= len(bare) <= _LONGEST_HEADER:
        return ""
    field = _longest_part(bare)
    if not field and _ENDS_IN_WORK.fullmatch(bare):
        return "title"
    return field


def is_detail(header: str) -> bool:
    """Whether a header names a column that says more closely what is to be done: 具体要求, 年度目标.

    Where another column names the work, such a column may divide it, or only describe it.
    """
    if not key(header).endswith(_DETAILS):
        return False
    return field_of_header(header) in ("", "other")


def _longest_part(bare: str) -> str:
    """What the longest label inside a header stands for, of two that are as long the last."""
    shorter = range(_SHORTEST_PART, len(bare))
    for size in reversed(shorter):
        last_start = len(bare) - size
        for start in range(last_start, -1, -1):
            end = start + size
            field = known(bare[start:end])
            if field:
                return field
    return ""


def _office_and_person(text: str) -> str:
    """A header for an office and its person: 牵头单位及责任人, 责任科室（责任人）."""
    parts = [part for part in _BETWEEN_TWO.split(text) if part]
    fields = sorted(map(field_of, parts))
    if fields == ["lead_departments", "leaders"]:
        return "both"
    return "who" if fields == ["departments", "leaders"] else ""
