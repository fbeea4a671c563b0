"""A piece of text → its responsibility, the text that is left, and the notes on who leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from lib.measures.meanings import DUTIES, field_of
from lib.notices.model import Span
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import Claims

_OPENER: Final = re.compile(r"[(\[]")
_WORD: Final = re.compile(r"\w")
_ENDED: Final = re.compile(r"[\s。;,.、]*(?:$|[(\[])")
_FIRST: Final = 30  # characters in which the first label must stand
_GENERIC: Final = 3  # labels up to this length may be words of a sentence


@dataclass(slots=True)
class Content:
    """What a piece says of who answers, the text without that, and the notes on who leads."""

    claims: Claims = field(default_factory=list)
    body: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)


def take(piece: Span) -> Content:
    """Take the responsibility out of a piece of text."""
    content = Content()
    labels_start = _labels_first(piece)
    cut_spans = _take_brackets(piece, content, with_duties=labels_start is None)
    if labels_start is None:
        labels_start = _labels_last(piece, cut_spans)
    if labels_start is not None and not content.claims:
        labels_to_end = piece.since(labels_start)
        before_notes = _before_notes(labels_to_end, content.notes)
        content.claims = labelled.read(before_notes)
        cut_spans.append(labels_to_end)
    is_empty = not content.notes and not content.claims
    if is_empty and brackets.is_note(piece.folded):
        return Content(notes=[piece])
    content.body = _left(piece, cut_spans)
    return content


def _before_notes(span: Span, notes: list[Span]) -> Span:
    """Labels and their values without the notes after them."""
    if notes and notes[0].start > span.start:
        return span.until(notes[0].start)
    return span


def _take_brackets(piece: Span, content: Content, *, with_duties: bool) -> list[Span]:
    """Take the notes and the responsibilities in brackets, and give the spans to be cut out.

    Args:
        with_duties: whether responsibilities stand in brackets at all.
    """
    cut_spans: list[Span] = []
    for bracket in brackets.find(piece):
        if brackets.is_note(bracket.folded):
            content.notes.append(bracket)
            cut_spans.append(bracket)
        elif with_duties and _counts(bracket, piece.end):
            if _is_label(bracket):
                value = bracket.until(piece.end)
                content.claims += labelled.read(value)
                cut_spans.append(value)
                break
            inside = _unclosed(bracket).since(bracket.start + 1)
            content.claims += labelled.read(inside)
            cut_spans.append(bracket)
    return cut_spans


def _unclosed(bracket: Span) -> Span:
    """A bracket without the mark that closes it, if one does."""
    is_closed = bracket.folded[-1] in ")]"
    if is_closed:
        return bracket.until(bracket.end - 1)
    return bracket


def _is_label(bracket: Span) -> bool:
    """Whether a bracket is a label alone: after 【责任单位】 stands its value."""
    if bracket.folded[0] != "[":
        return False
    inside = brackets.inside(bracket)
    return field_of(inside.folded) in DUTIES


def _counts(bracket: Span, end: int) -> bool:
    """Whether a bracket says who answers, where it stands.

    One with labels counts anywhere, one with verbs only at the end of a sentence.

    Args:
        end: of the piece that the bracket stands in.
    """
    if not brackets.is_duty(bracket):
        return False
    if bracket.find_labels():
        return True
    after_bracket = bracket.part(bracket.end, end)
    if _ENDED.match(after_bracket.folded):
        return True
    # At the piece's own end the line may go on: then the next piece begins there.
    line = bracket.line.folded
    following = line[bracket.end : bracket.end + 1]
    return following in "。;\n "


def _labels_first(piece: Span) -> int | None:
    """Where labels begin that run to the end, with brackets in their values: 责任科室：甲、乙（甲牵头）.

    They stand at the start, or after a sentence without brackets.
    """
    opener = piece.search(_OPENER)
    beginning_end = piece.start + _FIRST
    if opener:
        beginning_end = max(beginning_end, opener.start())
    beginning = piece.until(min(piece.end, beginning_end))
    for label in beginning.find_labels():
        if label.field in DUTIES:
            is_bracketed = piece.line.folded[label.start] in "(["
            before = piece.until(label.start).folded.rstrip()
            if not is_bracketed and _is_at_start(before):
                return label.start
            return None
    return None


def _is_at_start(before: str) -> bool:
    """Whether what stands before a label is nothing, or sentences without brackets."""
    if not before:
        return True
    ends_sentence = before[-1] in "。;"
    return ends_sentence and not _OPENER.search(before)


def _labels_last(piece: Span, cut_spans: list[Span]) -> int | None:
    """Where labels without brackets begin that run to the end.

    They stand at the start, or after the end of a sentence.
    """
    text = piece.until(cut_spans[0].start) if cut_spans else piece
    opening = text.opening_label()
    if opening and opening.field in DUTIES:
        return opening.start
    for label in text.find_labels():
        if label.field in DUTIES and _is_told(text.until(label.start), label.word):
            return label.start
    return None


def _is_told(before: Span, label: str) -> bool:
    """Whether a label is no word of a sentence, by the text before it or by its length."""
    folded = before.folded
    words = folded.rstrip()
    if not words or words[-1] in "。;,、!)]":
        return True
    is_after_space = folded[-1] == " "
    return is_after_space or len(label) > _GENERIC


def _left(piece: Span, cut_spans: list[Span]) -> list[Span]:
    """The text of a piece without what was cut out; parts without a word are left out."""
    parts: list[Span] = []
    start = piece.start
    cut_spans.sort(key=attrgetter("start", "end"))
    for span in cut_spans:
        before_span = piece.part(start, span.start)
        _add_worded(parts, before_span)
        start = max(start, span.end)
    end = piece.since(start)
    _add_worded(parts, end)
    return parts


def _add_worded(parts: list[Span], part: Span) -> None:
    if part.length > 0 and _WORD.search(part.text):
        parts.append(part)
