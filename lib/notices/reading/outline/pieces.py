"""A paragraph → its pieces: one item, or several where each says who answers, or a heading run in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lib.measures.meanings import DUTIES
from lib.notices import labels
from lib.notices.model import Line, Span
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import has_who
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
_FEWEST_ITEMS: Final = 2  # of a list in one paragraph
_HEADING: Final = 60  # characters of a heading between its items
_SENTENCE: Final = 8  # characters that a sentence has at least
# After the bracket at the end of a sentence: the next one, which goes on with nothing
_AFTER_TOLD: Final = re.compile(r" *+[。.]? *+(?:$|(?=[^\s,;、。:()（）和及并]))")
_RUN_IN: Final = 90  # characters of a heading that has its first item in one line


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that is one item.

    mark: its number, None where it has none; begins: whether it is an item of its own without one.
    """

    span: Span
    mark: Mark | None
    begins: bool = False

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
    pieces = _told_sentences(line, first)
    if pieces:
        return pieces
    start, mark = 0, first or _card(line, after)
    for following in _marks_inside(line, first, after):
        pieces.append(Piece(line.span.part(start, following.start), mark))
        start, mark = following.start, following
    return [*pieces, Piece(line.span.since(start), mark)]


def _told_sentences(line: Line, first: Mark | None) -> list[Piece]:
    """Sentences of which several end with a bracket that says who answers: each is an item.

    （一）整治市场。开展检查。（市场监管局负责）查处案件。（公安局负责） The first is then a heading.
    """
    ends = _ends_of_told(line)
    numbered = {mark.start for mark in marks.inner(line.folded, line.text)}
    if len(ends) < _FEWEST_ITEMS or not numbered.isdisjoint(ends):
        return []
    words = first.end if first else 0
    heading = line.folded.find("。", words, ends[0]) + 1 if first else 0
    is_headed = 0 < heading - words <= _HEADING and _WORDS.search(line.folded[heading : ends[0]])
    cuts = [heading, *ends] if is_headed else ends
    if _WORDS.search(line.folded[cuts[-1] :]):
        cuts.append(len(line.text))
    is_of_item_above = line.folded.startswith(("(", "["))
    begins = first is None and not is_of_item_above
    pieces = [Piece(line.span.until(cuts[0]), first, begins=begins)]
    for start, end in pairwise(cuts):
        pieces.append(Piece(line.span.part(start, end), None, begins=True))
    return pieces


def _ends_of_told(line: Line) -> list[int]:
    """Where sentences end with who answers for them, if another sentence follows each but the last."""
    ends: list[int] = []
    told = [bracket for bracket in brackets.of_duty(line) if _says_who(bracket)]
    if len(told) < _FEWEST_ITEMS:
        return []
    start = 0
    for bracket in told:
        after = _AFTER_TOLD.match(line.folded, bracket.end)
        sentence = line.folded[start : bracket.start].rstrip()
        is_whole = sentence.endswith("。") or len(sentence) >= _SENTENCE
        if after is None or not (is_whole or bracket.start == 0):
            return []
        ends.append(after.end())
        start = after.end()
    return ends


def _says_who(bracket: Span) -> bool:
    return has_who(labelled.read(brackets.inside(bracket)))


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
    return (
        _after_brackets(line, first, inside)
        or _labelled(line, first, inside)
        or _run_in(first, inside, after)
    )


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
    chosen = _without_headings(chosen, inside)
    if chosen:
        head = _predecessor(chosen[0], inside, first)
        if head:
            chosen.insert(0, head)
    return _with_headings(chosen, ends, first, inside) if chosen else []


def _without_headings(chosen: Sequence[Mark], inside: Sequence[Mark]) -> list[Mark]:
    """The numbers of items, where among some also headings have theirs: 二、主要任务 3、…"""
    styles = Counter(mark.style for mark in chosen)
    usual = max(styles, key=lambda style: styles[style], default="")
    starts = [mark.start for mark in inside]
    items: list[Mark] = []
    for mark in chosen:
        below = bisect_right(starts, mark.start)
        end = bisect_right(starts, mark.start + _HEADING)
        first = (other for other in inside[below:end] if other.style == usual)
        items.append(mark if mark.style == usual else next(first, mark))
    return items


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


def _labelled(line: Line, first: Mark | None, inside: Sequence[Mark]) -> Sequence[Mark]:
    """The numbers of a whole list in one paragraph, where a label in each item says who answers.

    Headings with numbers of their own may stand between the items.
    """
    if not inside:
        return []
    duties = [label.start for label in line.span.find_labels() if label.field in DUTIES]
    if len(duties) < _FEWEST_ITEMS:
        return []
    lists: list[list[Mark]] = []
    for style in dict.fromkeys(mark.style for mark in inside):
        items = _counted(style, first, inside)
        if _are_answered(items, duties):
            lists.append(items)
    items = max(lists, key=len, default=[])
    return _with_headings(items, duties, first, inside) if items else []


def _counted(style: str, first: Mark | None, inside: Sequence[Mark]) -> list[Mark]:
    """The marks of a style that count on from the first; after another mark they may begin anew."""
    items = [first] if first and first.style == style else []
    between = True
    for mark in inside:
        if mark.style != style:
            between = True
        elif (items and mark.number == items[-1].number + 1) or (mark.number == 1 and between):
            items.append(mark)
            between = False
    return items


def _are_answered(items: Sequence[Mark], duties: Sequence[int]) -> bool:
    """Whether a label stands in most items, in two of them at least."""
    starts = [item.start for item in items]
    answered = {bisect_right(starts, duty) for duty in duties} - {0}
    return len(answered) >= max(_FEWEST_ITEMS, len(items) / 2)


def _with_headings(
    items: Sequence[Mark], duties: Sequence[int], first: Mark | None, inside: Sequence[Mark]
) -> list[Mark]:
    """The items but the first mark of all, and the numbers of short headings right before one.

    Args:
        duties: where it says who answers, which no heading does.
    """
    starts = [item.start for item in items]
    styles = {item.style for item in items}
    chosen = [item for item in items if item is not first]
    for mark in inside:
        item = bisect_left(starts, mark.start)
        is_near = item < len(starts) and starts[item] - mark.start <= _HEADING
        duty = bisect_left(duties, mark.start)
        is_told = duty < len(duties) and is_near and duties[duty] <= starts[item]
        if is_near and not is_told and mark.style not in styles:
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.start)


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
