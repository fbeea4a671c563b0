"""Paragraphs that are no text of an item: signatures, titles of lists, lines of labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lib.measures import name_forms
from lib.measures.meanings import DUTIES
from lib.notices import labels
from lib.notices.model import Line, Span
from lib.text import marks

_SIGNATURE: Final = 40  # characters
_TITLE: Final = range(8, 81)  # characters of a list's title
_SENTENCES: Final = 60  # characters of text that are more than a heading
_CLAIMS: Final = 40  # characters in which a line of labels begins
_OTHER: Final = 30  # characters in which a label for none of our fields stands
_INDENT: Final = 2  # characters that may stand before a label
_GENERIC: Final = 2  # labels up to this length are words of common speech

_STYLES_OF_LISTS: Final = frozenset({"han", "han_bracket", "arabic", "chapter"})

_LIST_TITLE: Final = re.compile(
    r"(?:清单|分解表?|台账|方案|安排|任务表|一览表|要点|责任书|分工表?|重点工作|重点任务|任务"
    r"|计划|目录)(?: *\([^()]{1,24}\))?$"
)
_SIGNED: Final = re.compile(
    r"[(\[]?(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2}) *[年./-] *"
    r"[0-9一二三四五六七八九十]{1,3} *[月./-] *[0-9一二三四五六七八九十]{1,3} *[日号]?"
    r"(?:印发)?[)\]]?"
)
_PRINTED: Final = re.compile(r"[^,。;]{2,24} *20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日 *印发?")
_PUNCTUATION: Final = re.compile("[。;:,]")
_WORD: Final = re.compile(r"[\w]")
_SECOND_SENTENCE: Final = re.compile(r"[。;；][^\w。;；\n]*+\w")


def is_signature(line: Line, after: Line | None) -> bool:
    """Whether a line is a date alone, or the office above one."""
    text = line.folded.strip()
    if len(text) > _SIGNATURE:
        return False
    if _SIGNED.fullmatch(text):
        return True
    if _PRINTED.fullmatch(text):
        return True
    is_office = name_forms.is_department(text.replace(" ", ""))
    if after is None or not is_office:
        return False
    return _SIGNED.fullmatch(after.folded.strip()) is not None


def is_list_title(line: Line) -> bool:
    """Whether a line is formed like the title of a list."""
    text = line.folded.strip()
    if len(text) not in _TITLE:
        return False
    if _PUNCTUATION.search(text):
        return False
    return _LIST_TITLE.search(text) is not None


def begins_list(line: Line | None) -> bool:
    """Whether a line begins a list anew, with the first of its numbers."""
    mark = marks.at(line.folded, line.text) if line else None
    if line is None or mark is None or mark.number != 1:
        return False
    return mark.style in _STYLES_OF_LISTS


def has_other_label(line: Line) -> bool:
    """Whether a line begins with a label that is for none of our fields."""
    near_labels = labels.labels_in(line.folded, 0, _OTHER)
    if not near_labels:
        return False
    first = near_labels[0]
    return first.field == "other" and first.start <= _INDENT


def is_claims_line(line: Line) -> bool:
    """Whether a line begins with a label that says who answers or by when."""
    beginning = line.span.until(min(len(line.folded), _CLAIMS))
    with_colons = beginning.find_labels()
    first = with_colons[0] if with_colons else beginning.opening_label()
    if first is None:
        return False
    if first.start > _INDENT:
        return False
    return first.field in DUTIES and len(first.word) > _GENERIC


def has_words(body: Iterable[Span]) -> bool:
    """Whether anything but marks stands in a text."""
    return any(_WORD.search(part.text) for part in body)


def has_sentences(body: Sequence[Span]) -> bool:
    """Whether a text goes on after its heading."""
    if sum(part.length for part in body) > _SENTENCES:
        return True
    return any(_SECOND_SENTENCE.search(part.text) for part in body)
