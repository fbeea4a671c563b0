"""A piece of text → its responsibility, the text that is left, and the notes on who leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lib.measures.meanings import DUTIES, field_of
from lib.notices.model import Span
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import Claim

_OPENER: Final = re.compile(r"[(\[]")
_WORD: Final = re.compile(r"\w")
_ENDED: Final = re.compile(r"[\s。;,.、]*(?:$|[(\[])")
_FIRST: Final = 30  # characters in which the first label must stand
_GENERIC: Final = 3  # labels up to this length may be words of a sentence


@dataclass(slots=True)
class Taken:
    """What a piece says of who answers, the text without that, and the notes on who leads."""

    claims: list[Claim] = field(default_factory=list)
    body: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)


def take(piece: Span) -> Taken:
    """Take the responsibility out of a piece of text."""
    taken = Taken()
    labels_from = _labels_first(piece)
    cut = _take_brackets(piece, taken, with_duties=labels_from is None)
    if labels_from is None:
        labels_from = _labels_last(piece, cut)
    if not taken.claims and labels_from is not None:
        tail = piece.since(labels_from)
        notes_after = taken.notes and taken.notes[0].start > tail.start
        stop = taken.notes[0].start if notes_after else tail.end
        taken.claims = labelled.read(tail.until(stop))
        cut.append(tail)
    if not taken.notes and not taken.claims and brackets.is_note(piece.folded):
        return Taken(notes=[piece])
    taken.body = _left(piece, cut)
    return taken


def _take_brackets(piece: Span, taken: Taken, *, with_duties: bool) -> list[Span]:
    """Take the notes and the responsibilities in brackets, and give the spans to be cut out.

    Args:
        with_duties: whether responsibilities stand in brackets at all.
    """
    cut: list[Span] = []
    for bracket in brackets.find(piece):
        if brackets.is_note(bracket.folded):
            taken.notes.append(bracket)
            cut.append(bracket)
            continue
        if not with_duties or not brackets.is_duty(bracket) or not _counts(bracket, piece.end):
            continue
        if _is_label(bracket):
            value = bracket.until(piece.end)
            taken.claims += labelled.read(value)
            cut.append(value)
            break
        taken.claims += labelled.read(_unclosed(bracket).since(bracket.start + 1))
        cut.append(bracket)
    return cut


def _unclosed(bracket: Span) -> Span:
    """A bracket without the mark that closes it, if one does."""
    return bracket.until(bracket.end - 1) if bracket.folded[-1] in ")]" else bracket


def _is_label(bracket: Span) -> bool:
    """Whether a bracket is a label alone: after 【责任单位】 stands its value."""
    if bracket.folded[0] != "[":
        return False
    return field_of(brackets.inside(bracket).folded) in DUTIES


def _counts(bracket: Span, end: int) -> bool:
    """Whether a bracket counts where it stands.

    One with labels counts anywhere, one with verbs only at the end of a sentence.
    """
    if bracket.find_labels():
        return True
    after = bracket.part(bracket.end, end)
    if _ENDED.match(after.folded):
        return True
    # At the piece's own end the line may go on: then the next piece begins there.
    return bracket.line.folded[bracket.end : bracket.end + 1] in "。;\n "


def _labels_first(piece: Span) -> int | None:
    """Where labels begin that run to the end, with brackets in their values: 责任科室：甲、乙（甲牵头）.

    They stand at the start, or after a sentence without brackets.
    """
    opener = piece.search(_OPENER)
    stop = max(piece.start + _FIRST, opener.start() if opener else piece.start)
    for label in piece.until(min(piece.end, stop)).find_labels():
        if label.field not in DUTIES:
            continue
        before = piece.until(label.start).folded.rstrip()
        bracketed = piece.line.folded[label.start] in "(["
        ended = not before or (before[-1] in "。;" and not _OPENER.search(before))
        return label.start if ended and not bracketed else None
    return None


def _labels_last(piece: Span, cut: list[Span]) -> int | None:
    """Where labels without brackets begin that run to the end.

    They stand at the start, or after the end of a sentence.
    """
    text = piece.until(cut[0].start) if cut else piece
    opening = text.opening_label()
    if opening and opening.field in DUTIES:
        return opening.start
    for label in text.find_labels():
        if label.field in DUTIES and _is_told(text.until(label.start), label.word):
            return label.start
    return None


def _is_told(before: Span, label: str) -> bool:
    """Whether a label is no word of a sentence, by the text before it or by its length."""
    words = before.folded.rstrip()
    if not words or words[-1] in "。;,、!)]":
        return True
    return before.folded[-1] == " " or len(label) > _GENERIC


def _left(piece: Span, cut: list[Span]) -> list[Span]:
    """The text of a piece without what was cut out; parts without a word are left out."""
    parts: list[Span] = []
    start = piece.start
    for span in sorted(cut, key=lambda span: (span.start, span.end)):
        _add_worded(parts, piece.part(start, span.start))
        start = max(start, span.end)
    _add_worded(parts, piece.since(start))
    return parts


def _add_worded(parts: list[Span], part: Span) -> None:
    if part.length > 0 and _WORD.search(part.text):
        parts.append(part)
