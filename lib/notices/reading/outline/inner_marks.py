"""The numbers inside a paragraph at which another item begins."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from lib.measures.meanings import DUTIES
from lib.notices.model import Line
from lib.notices.reading.claims import brackets
from lib.text import marks
from lib.text.marks import Mark

_NOTE: Final = re.compile(r"\([^()]*\)")
_WORDS: Final = re.compile(r"[^\s。;,.、]")
_DOUBLE: Final = ("han", "chapter", "formal")  # styles after which a second number may come
_FAR: Final = 40  # characters between a bracket and the number after it
_FEWEST_ITEMS: Final = 2  # of a list in one paragraph
_HEADING: Final = 60  # characters of a heading between its items
_RUN_IN: Final = 90  # characters of a heading that has its first item in one line
_NEAR_MARKS: Final = 3  # numbers of which one is that of a first item in the line of its heading

Marks = Sequence[Mark]  # the numbers of a paragraph, in its order


def find(line: Line, first: Mark | None, after: Line | None) -> Marks:
    """The numbers at which another item begins.

    Args:
        first: the number that the paragraph begins with.
        after: the next paragraph, which tells whether a heading is run into the text.
    """
    inside: Marks = marks.inner(line.folded, line.text)
    if first:
        inside = _beyond(inside, first)
    paragraph = _Paragraph(line, first, inside)
    double = paragraph.second_of_two()
    if double:
        beyond = _Paragraph(line, double, _beyond(inside, double))
        return [double, *beyond.after_brackets()]
    return paragraph.after_brackets() or paragraph.labelled() or paragraph.run_in(after)


def _beyond(inside: Marks, mark: Mark) -> Marks:
    """The numbers after one."""
    return [inner for inner in inside if inner.start > mark.start]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, the number that it begins with, and all those after it."""

    line: Line
    first: Mark | None
    inside: Marks

    def second_of_two(self) -> Mark | None:
        """The second number where two stand side by side: 一、（一）…."""
        if not self.first:
            return None
        if self.first.style not in _DOUBLE:
            return None
        second = marks.at(self.line.folded, self.line.text, self.first.end)
        if not second or second.style == "han":
            return None
        return second

    # -- after brackets

    def after_brackets(self) -> list[Mark]:
        """The numbers after brackets of responsibility, where a paragraph has several of these.

        The number before the first of them counts too, where a heading begins the paragraph.
        """
        if not self.inside:
            return []
        ends = [bracket.end for bracket in brackets.of_duty(self.line)]
        if len(ends) < _FEWEST_ITEMS:
            return []
        closing = [mark for mark in self.inside if self._closes(ends, mark.start)]
        if not closing:
            return []
        items = self._without_headings(closing)
        before = self._number_before(items[0])
        if before:
            items.insert(0, before)
        return self._with_headings(items, ends)

    def _closes(self, ends: Sequence[int], start: int) -> bool:
        """Whether nothing but marks stands between a bracket's end and a number.

        Args:
            ends: those of the brackets, ascending.
            start: that of the number.
        """
        bracket = bisect_right(ends, start) - 1
        if bracket < 0 or start - ends[bracket] > _FAR:
            return False
        end = ends[bracket]
        between = self.line.folded[end:start]
        without_notes = _NOTE.sub("", between)
        return _WORDS.search(without_notes) is None

    def _without_headings(self, items: Marks) -> list[Mark]:
        """The numbers of items, where among some also headings have theirs: 二、主要任务 3、…"""
        styles = Counter(mark.style for mark in items)
        [(usual, _)] = styles.most_common(1)
        numbers: list[Mark] = []
        for mark in items:
            if mark.style == usual:
                numbers.append(mark)
            else:
                numbers.append(self._soon_after(mark, usual))
        return numbers

    def _soon_after(self, heading: Mark, style: str) -> Mark:
        """The first number of a style in the words of a heading, or else the heading's own."""
        near = self._within(heading, _HEADING)
        of_style = (mark for mark in near if mark.style == style)
        return next(of_style, heading)

    def _within(self, mark: Mark, length: int) -> Marks:
        """The numbers after one, up to so many characters after it."""
        starts = [inner.start for inner in self.inside]
        begin = bisect_right(starts, mark.start)
        end = bisect_right(starts, mark.start + length)
        return self.inside[begin:end]

    def _number_before(self, mark: Mark) -> Mark | None:
        """The number before one, in a paragraph that a heading begins: 一、…（一）…（…）（二）."""
        if self.first and self.first.style == mark.style:
            return None
        for inner in self.inside:
            is_before = inner.start < mark.start
            is_one_less = inner.number == mark.number - 1
            if is_before and is_one_less and inner.style == mark.style:
                return inner
        return None

    # -- with labels

    def labelled(self) -> Marks:
        """The numbers of a whole list, where a label in each item says who answers.

        Headings with numbers of their own may stand between the items.
        """
        if not self.inside:
            return []
        labels = self.line.span.find_labels()
        duties = [label.start for label in labels if label.field in DUTIES]
        if len(duties) < _FEWEST_ITEMS:
            return []
        longest: Marks = []
        styles = dict.fromkeys(mark.style for mark in self.inside)
        for style in styles:
            items = self._counted(style)
            is_longer = len(items) > len(longest)
            if is_longer and _are_answered(items, duties):
                longest = items
        if not longest:
            return []
        return self._with_headings(longest, duties)

    def _counted(self, style: str) -> list[Mark]:
        """The marks of a style that count on from the first; after another mark they may begin anew."""
        items: list[Mark] = []
        next_number: int | None = None
        if self.first and self.first.style == style:
            items.append(self.first)
            next_number = self.first.number + 1
        is_after_another = True
        for mark in self.inside:
            if mark.style != style:
                is_after_another = True
                continue
            counts_on = mark.number == next_number
            begins_anew = is_after_another and mark.number == 1
            if counts_on or begins_anew:
                items.append(mark)
                next_number = mark.number + 1
                is_after_another = False
        return items

    def _with_headings(self, items: Marks, duties: Sequence[int]) -> list[Mark]:
        """The items but the paragraph's first number, and the numbers of short headings above one.

        Args:
            duties: where it says who answers, which no heading does; ascending.
        """
        styles = {item.style for item in items}
        starts = [item.start for item in items]
        chosen = [item for item in items if item is not self.first]
        for mark in self.inside:
            is_other_style = mark.style not in styles
            if is_other_style and _is_of_heading(mark.start, starts, duties):
                chosen.append(mark)
        return sorted(chosen, key=attrgetter("start"))

    # -- in the line of a heading

    def run_in(self, after: Line | None) -> list[Mark]:
        """The first item of a heading in one line with it: the next line goes on with its numbers."""
        if not self.first or not after:
            return []
        following = marks.at(after.folded, after.text)
        if not following or following.number != 2:
            return []
        if following.style == self.first.style:
            return []
        for mark in self.inside[:_NEAR_MARKS]:
            is_first = mark.number == 1 and mark.start < _RUN_IN
            if is_first and mark.style == following.style:
                return [mark]
        return []


def _are_answered(items: Marks, duties: Sequence[int]) -> bool:
    """Whether a label stands in most items, in two of them at least."""
    starts = [item.start for item in items]
    answered = {bisect_right(starts, duty) for duty in duties}
    answered.discard(0)  # before the first item
    half = len(items) / 2
    return len(answered) >= max(_FEWEST_ITEMS, half)


def _is_of_heading(start: int, items: Sequence[int], duties: Sequence[int]) -> bool:
    """Whether a number stands shortly before an item, with nobody who answers between them.

    Args:
        start: that of the number.
        items: where items begin; ascending.
        duties: where it says who answers; ascending.
    """
    item = bisect_left(items, start)
    is_near = item < len(items) and items[item] - start <= _HEADING
    duty = bisect_left(duties, start)
    return is_near and (duty == len(duties) or duties[duty] > items[item])
