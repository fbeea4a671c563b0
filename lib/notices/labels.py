"""The labels in a text, 责任单位：…, and where what they label begins. All texts are folded."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final, NamedTuple

from lib.measures.meanings import (
    DUTIES,
    LONGEST_LABEL,
    compound,
    known,
    without_joiners,
    word_of,
)
from lib.measures.vocabulary import COMPOUNDS, LABELS

_LABELLED: Final = DUTIES | {"other"}
_NEVER_COMPOUND: Final = ("serial", "title")  # fields whose labels are single words
_QUALIFIERS: Final = tuple(sorted(COMPOUNDS["qualifiers"], key=len, reverse=True))
_GENERIC: Final = 3  # labels up to this length are words of common speech: only after a mark
_GAPS: Final = 12  # marks and spaces inside a label: 责 任 人
_LONGEST_SPACED: Final = LONGEST_LABEL + 8  # with the gaps in it
_OPENED: Final = 20  # characters in which a label that opens a text ends
_INDENT: Final = 2  # characters that may stand before it
_INSIDE: Final = " ()[]、/和及与·"  # 责任领导（单位）, 责 任 人
_FIRST_HAN: Final = "㐀"
_LAST_HAN: Final = "鿿"
_BOUNDARY: Final = " ;,.。:()[]!、\n|/"
_MARK: Final = re.compile(r"[:;]|\](?! *:)|[为是](?![了期主止准否指]|牵头|配合|责任|协办|第一)")
_BETWEEN_SPACES: Final = re.compile(r"(?:(?<=\s)|^)[一-鿿]{4,10}(?= )")
_OPENING: Final = re.compile(r"[ \[(]*([一-鿿]{4,12})(?:[\])]| +|为(?!了)|是)")


class Label(NamedTuple):
    """A label in a text: `field` for the text from `end` on."""

    start: int
    end: int
    field: str
    word: str


def labels_in(text: str, start: int, end: int) -> list[Label]:
    """The labels with a colon, or in brackets of their own, in a part of a text.

    After a first label a semicolon written for the colon passes: 责任部门；德育处.
    """
    labels: list[Label] = []
    low = start
    for mark in _MARK.finditer(text, start, end):
        label_at = _in_brackets if mark[0] == "]" else _before
        label = label_at(text, low, mark.start())
        if label and _fits_mark(label, mark[0], text, is_first=not labels):
            labels.append(label)
            low = label.end
    return labels


def _fits_mark(label: Label, mark: str, text: str, *, is_first: bool) -> bool:
    """Whether a label may end at a mark: any at : and ], a duty's at 为, 是 and ; too."""
    if mark in ":]":
        return True
    is_duty = label.field in DUTIES and len(label.word) > _GENERIC
    if mark == ";":
        return is_duty and not is_first and text[label.start - 1] in _BOUNDARY
    return is_duty


def first_of(text: str, begin: int, fields: Container[str]) -> Label | None:
    """The label with its mark that a text begins with there, if it is for one of the fields."""
    end = min(begin + _OPENED, len(text))
    labels = labels_in(text, begin, end)
    if not labels:
        return None
    label = labels[0]
    is_at_beginning = label.start - begin <= _INDENT
    if is_at_beginning and label.field in fields:
        return label
    return None


def spaced_labels(text: str, start: int, end: int) -> list[Label]:
    """Labels between spaces, without colons: 责任领导 甲 责任单位 乙."""
    spaced: list[Label] = []
    for match in _BETWEEN_SPACES.finditer(text, start, end):
        word = match[0]
        field = LABELS.get(word)
        if field in _LABELLED:
            start_of_word, end_of_word = match.span()
            label = Label(start_of_word, end_of_word, field, word)
            spaced.append(label)
    return spaced


def opening_label(text: str, start: int, end: int) -> Label | None:
    """A label without a colon at the beginning of a part: 责任单位 甲, 牵头单位为甲."""
    match = _OPENING.match(text, start, end)
    if match is None:
        return None
    word = match[1]
    field = LABELS.get(word)
    if field not in _LABELLED:
        return None
    return Label(match.start(1), match.end(), field, word)


def _before(text: str, low: int, mark: int) -> Label | None:
    """The longest label that ends at a mark, with the qualifiers before it."""
    longest: Label | None = None
    word = ""
    gaps = 0
    earliest = max(low, mark - _LONGEST_SPACED)
    for start in reversed(range(earliest, mark)):
        character = text[start]
        if character in _INSIDE:
            gaps += 1
            if gaps > _GAPS:
                break
            continue
        if not _FIRST_HAN <= character <= _LAST_HAN:
            break
        word = character + word
        is_edge = start == low or text[start - 1] in _BOUNDARY
        field = _field_before_mark(word, is_edge=is_edge)
        if field:
            known_word = word_of(word) or word
            longest = Label(start, mark + 1, field, known_word)
    if longest is None:
        return None
    return _with_qualifiers(text, low, longest)


def _field_before_mark(word: str, *, is_edge: bool) -> str:
    """What a word before a mark stands for.

    is_edge: another mark or the line's beginning stands before the word.
    """
    field = known(word)
    if field:
        is_label = is_edge or len(word) > _GENERIC
        return field if is_label else ""
    if not is_edge:
        return ""
    field = compound(word)
    return "" if field in _NEVER_COMPOUND else field


def _in_brackets(text: str, low: int, close: int) -> Label | None:
    """A label in square brackets of its own: 【责任单位】."""
    earliest = max(low, close - _LONGEST_SPACED)
    start = text.rfind("[", earliest, close)
    if start < 0:
        return None
    inside = text[start + 1 : close]
    without_spaces = re.sub(r"\s", "", inside)
    word = word_of(without_joiners(without_spaces))
    if not word:
        return None
    return Label(start, close + 1, LABELS[word], word)


def _with_qualifiers(text: str, low: int, label: Label) -> Label:
    """The label from its qualifiers and opening brackets on: 市级牵头部门, （责任人."""
    start = label.start
    while qualifier := _qualifier_before(text, low, start):
        start -= len(qualifier)
    while start > low and text[start - 1] in "[(":
        start -= 1
    return label._replace(start=start)


def _qualifier_before(text: str, low: int, start: int) -> str:
    for word in _QUALIFIERS:
        if text.endswith(word, low, start):
            return word
    return ""
