"""A paragraph → its pieces: one item, or several where each says who answers, or a heading run in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices import labels
from lib.notices.model import Line, Span
from lib.notices.reading.claims import brackets
from lib.text import marks, numerals
from lib.text.marks import Mark

CODE: Final = re.compile(  # the number of a card, 序号：A-01
    r" *(?P<n>[A-Za-z]{0,4}-?[0-9]{1,4}|[一二三四五六七八九十]{1,3})(?:[ ,;]+|$)"
)
_LETTERS: Final = re.compile("^[A-Za-z]*-?")
_NOTE: Final = re.compile(r"\([^()]*\)")
_WORDS: Final = re.compile(r"[^\s。;,.、]")
_DOUBLE: Final = ("han", "chapter", "formal")  # styles after which a second number may come
_FAR: Final = 40  # characters between a bracket and the number after it
_RUN_IN: Final = 90  # characters of a heading that has its first item in one line


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that is one item; mark: its number, None where it has none."""

    span: Span
    mark: Mark | None

    @property
    def words(self) -> Span:
        """The piece after its number."""
        return self.span.since(self.mark.end) if self.mark else self.span


def cut(line: Line, after: Line | None) -> list[Piece]:
    """Cut a paragraph into its pieces.

    Args:
        after: the next paragraph, which tells whether a heading is run into the text.
    """
    first = marks.at(line.folded, line.text)
    pieces: list[Piece] = []
    start, mark = 0, first or _card(line, after)
    for following in _marks_inside(line, first, after):
        pieces.append(Piece(line.span.part(start, following.start), mark))
        start, mark = following.start, following
    return [*pieces, Piece(line.span.since(start), mark)]


def _card(line: Line, after: Line | None) -> Mark | None:
    """The number that a card begins with, 序号：1, above or before its 项目名称：… or 类别：…."""
    serial = labels.first_of(line.folded, 0, ("serial",))
    code = CODE.match(line.folded, serial.end) if serial else None
    if code is None:
        return None
    if not _begins_card(line, code.end(), after):
        return None
    start, end = code.span("n")
    number = numerals.read(_LETTERS.sub("", code["n"]))
    return Mark("card", number, line.text[start:end], start, code.end())


def _begins_card(line: Line, end: int, after: Line | None) -> bool:
    """Whether a card's name or class comes after its number, on the same line or the next."""
    if end < len(line.folded):
        return _is_named(line, end)
    return after is not None and _is_named(after, 0)


def _is_named(line: Line, begin: int) -> bool:
    """Whether a label for a title or a section stands there."""
    return labels.first_of(line.folded, begin, ("title", "section")) is not None


def _marks_inside(line: Line, first: Mark | None, after: Line | None) -> Sequence[Mark]:
    """The numbers inside a paragraph at which another item begins."""
    inside = marks.inner(line.folded, line.text)
    if first:
        inside = [mark for mark in inside if mark.start > first.start]
    if first and first.style in _DOUBLE:
        double = marks.at(line.folded, line.text, first.end)
        if double and double.style != "han":
            beyond = [mark for mark in inside if mark.start > double.start]
            return [double, *_after_brackets(line, double, beyond)]
    return _after_brackets(line, first, inside) or _run_in(first, inside, after)


def _after_brackets(line: Line, first: Mark | None, inside: Sequence[Mark]) -> list[Mark]:
    """The numbers after brackets of responsibility, where a paragraph has several of these.

    The number before the first of them counts too, where a heading begins the paragraph.
    """
    if not inside:
        return []
    duties = brackets.of_duty(line)
    if len(duties) < 2:
        return []
    ends = [bracket.end for bracket in duties]
    chosen = [mark for mark in inside if _closes(line.folded, ends, mark.start)]
    if chosen:
        head = _predecessor(chosen[0], inside, first)
        if head:
            chosen.insert(0, head)
    return chosen


def _closes(folded: str, ends: list[int], start: int) -> bool:
    """Whether nothing but marks stands between a bracket's end and a number."""
    last = bisect_right(ends, start) - 1
    if last < 0 or start - ends[last] > _FAR:
        return False
    between = _NOTE.sub("", folded[ends[last] : start])
    return not _WORDS.search(between)


def _predecessor(mark: Mark, inside: Sequence[Mark], first: Mark | None) -> Mark | None:
    """The number before one, in a paragraph that a heading begins: 一、…（一）…（…）（二）."""
    if first and first.style == mark.style:
        return None
    for other in inside:
        before = other.style == mark.style and other.start < mark.start
        if before and other.number == mark.number - 1:
            return other
    return None


def _run_in(first: Mark | None, inside: Sequence[Mark], after: Line | None) -> list[Mark]:
    """The first item of a heading in one line with it: the next line goes on with its numbers."""
    following = marks.at(after.folded, after.text) if after else None
    if not first or not following or following.number != 2:
        return []
    for mark in inside[:3]:
        new = mark.style != first.style and mark.number == 1 and mark.start < _RUN_IN
        if new and following.style == mark.style:
            return [mark]
    return []
