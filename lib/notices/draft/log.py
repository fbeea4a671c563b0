"""The edits of a draft one after another, with what a person tells of how the document is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lib.files.headers import normal_header
from lib.measures.headers import CHOOSABLE, NO_CHOICES, Choices
from lib.notices import words
from lib.notices.draft.parts import without_item
from lib.notices.draft.plain import Edit, apply
from lib.notices.model import Notice
from lib.notices.words import Word


class Told(NamedTuple):
    """What a person has told of how a document is to be read.

    choices: what the columns of its tables are; words: what its lines are.
    """

    choices: Choices = NO_CHOICES
    words: tuple[Word, ...] = ()


NOTHING_TOLD: Final = Told()


class Replayed(NamedTuple):
    """A notice after the edits of a log.

    can_undo: whether one of them can be taken back.
    told: with which it is to be read.
    """

    notice: Notice
    can_undo: bool
    told: Told


class _Step(NamedTuple):
    """The notice, and what is told, before or after an edit."""

    notice: Notice
    told: Told


def replay(notice: Notice, log: Iterable[Edit], told: Told = NOTHING_TOLD) -> Replayed:
    """The notice after the edits of a log, in their order.

    Args:
        log: edits as `apply` takes them, and some more.
            `{"do": "undo"}` takes back the last one before it that has changed something.
            `{"do": "column", "text": "谁负责", "field": "leaders"}` chooses what a column is.
            `{"do": "table", "lines": [3, 62], "cells": ["serial", "title"]}` and the other kinds of
            `words` say what lines are.
            `{"do": "unsay", "item": 0}` takes back the first of these.
        told: before.
    """
    step = _Step(notice, told)
    earlier: list[_Step] = []
    for edit in log:
        if edit.get("do") == "undo":
            if earlier:
                step = earlier.pop()
            continue
        notice = apply(step.notice, edit)
        told = _told_after(step.told, edit)
        has_changed = notice is not step.notice or told is not step.told
        if has_changed:
            earlier.append(step)
            step = _Step(notice, told)
    return Replayed(step.notice, bool(earlier), step.told)


def _told_after(told: Told, edit: Edit) -> Told:
    """What is told after an edit; the same where it tells nothing, or what was told before."""
    choices = _choices_after(told.choices, edit)
    said = _words_after(told.words, edit)
    if choices is told.choices and said == told.words:
        return told
    return Told(choices, said)


def _words_after(said: tuple[Word, ...], edit: Edit) -> tuple[Word, ...]:
    """What is said of lines after an edit."""
    if edit.get("do") == "unsay":
        return _without_word(said, edit.get("item"))
    word = words.of_edit(edit)
    if word is None:
        return said
    return words.after(said, word)


def _without_word(said: tuple[Word, ...], item: object) -> tuple[Word, ...]:
    """All words but one; the same where there is none in that place."""
    if isinstance(item, int) and 0 <= item < len(said):
        return without_item(said, item)
    return said


def _choices_after(choices: Choices, edit: Edit) -> Choices:
    """The choices after an edit; the same where it chooses nothing, or what was chosen before."""
    if edit.get("do") != "column":
        return choices
    label = normal_header(str(edit.get("text", "")))
    field = edit.get("field")
    if not label or field not in CHOOSABLE:
        return choices
    if choices.get(label) == field:
        return choices
    return {**choices, label: str(field)}
