"""A paragraph → its pieces: one item, or several where each says who answers, or a heading run in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lib.notices import labels
from lib.notices.model import Line, Span
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import has_who
from lib.notices.reading.outline import inner_marks
from lib.text import marks, numerals
from lib.text.marks import Mark

CODE: Final = re.compile(  # the number of a card, 序号：A-01
    r" *(?P<n>[A-Za-z]{0,4}-?[0-9]{1,4}|[一二三四五六七八九十]{1,3})(?:[ ,;]+|$)"
)
_LETTERS: Final = re.compile("^[A-Za-z]*-?")
_WORDS: Final = re.compile(r"[^\s。;,.、]")
_FEWEST_ITEMS: Final = 2  # of a list in one paragraph
_HEADING: Final = 60  # characters of a heading between its items
_SENTENCE: Final = 8  # characters that a sentence has at least
# After the bracket at the end of a sentence: the next one, which goes on with nothing
_AFTER_TOLD: Final = re.compile(r" *+[。.]? *+(?:$|(?=[^\s,;、。:()（）和及并]))")


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
        if self.mark is None:
            return self.span
        return self.span.since(self.mark.end)


def cut(line: Line, after: Line | None) -> list[Piece]:
    """Cut a paragraph into its pieces.

    Args:
        after: the next paragraph, which tells whether a heading is run into the text.
    """
    first = marks.at(line.folded, line.text)
    pieces = _told_sentences(line, first)
    if pieces:
        return pieces
    start = 0
    mark = first or _card(line, after)
    for following in inner_marks.find(line, first, after):
        span = line.span.part(start, following.start)
        pieces.append(Piece(span, mark))
        start = following.start
        mark = following
    pieces.append(Piece(line.span.since(start), mark))
    return pieces


def _told_sentences(line: Line, first: Mark | None) -> list[Piece]:
    """Sentences of which several end with a bracket that says who answers: each is an item.

    （一）整治市场。开展检查。（市场监管局负责）查处案件。（公安局负责） The first is then a heading.
    """
    ends = _ends_of_told(line)
    if len(ends) < _FEWEST_ITEMS:
        return []
    numbered = {mark.start for mark in marks.inner(line.folded, line.text)}
    if not numbered.isdisjoint(ends):
        return []
    cuts = _cuts(line, first, ends)
    is_of_item_above = line.folded.startswith(("(", "["))
    begins = first is None and not is_of_item_above
    first_span = line.span.until(cuts[0])
    pieces = [Piece(first_span, first, begins)]
    for start, end in pairwise(cuts):
        span = line.span.part(start, end)
        pieces.append(Piece(span, None, begins=True))
    return pieces


def _cuts(line: Line, first: Mark | None, ends: list[int]) -> list[int]:
    """Where a paragraph is cut: after its heading, after each sentence, and at its end.

    Args:
        ends: of the sentences that say who answers for them.
    """
    cuts = list(ends)
    heading_end = 0
    if first:
        heading_end = _heading_end(line, first, ends[0])
    if heading_end:
        cuts.insert(0, heading_end)
    after_last = line.folded[cuts[-1] :]
    if _WORDS.search(after_last):
        cuts.append(len(line.text))
    return cuts


def _heading_end(line: Line, number: Mark, sentence_end: int) -> int:
    """Where a short heading ends before other words of a paragraph, 0 where there is none.

    Args:
        number: the one that the paragraph begins with.
        sentence_end: of the first sentence that says who answers for it.
    """
    end = line.folded.find("。", number.end, sentence_end) + 1
    is_short = end - number.end <= _HEADING
    after_heading = line.folded[end:sentence_end]
    has_words_after = _WORDS.search(after_heading) is not None
    return end if is_short and has_words_after else 0


def _ends_of_told(line: Line) -> list[int]:
    """Where sentences end with who answers for them, if another sentence follows each but the last."""
    duties = brackets.of_duty(line)
    told = [bracket for bracket in duties if _says_who(bracket)]
    if len(told) < _FEWEST_ITEMS:
        return []
    ends: list[int] = []
    start = 0
    for bracket in told:
        after = _AFTER_TOLD.match(line.folded, bracket.end)
        if after is None:
            return []
        sentence = line.folded[start : bracket.start].rstrip()
        is_whole = sentence.endswith("。") or len(sentence) >= _SENTENCE
        begins_line = bracket.start == 0
        if not (is_whole or begins_line):
            return []
        start = after.end()
        ends.append(start)
    return ends


def _says_who(bracket: Span) -> bool:
    claims = labelled.read(brackets.inside(bracket))
    return has_who(claims)


def _card(line: Line, after: Line | None) -> Mark | None:
    """The number that a card begins with, 序号：1, above or before its 项目名称：… or 类别：…."""
    serial = labels.first_of(line.folded, 0, ("serial",))
    if serial is None:
        return None
    code = CODE.match(line.folded, serial.end)
    if code is None:
        return None
    if not _begins_card(line, code.end(), after):
        return None
    number = numerals.read(_LETTERS.sub("", code["n"]))
    label = line.span.group(code, "n")
    return Mark("card", number, label.text, label.start, code.end())


def _begins_card(line: Line, end: int, after: Line | None) -> bool:
    """Whether a card's name or class comes after its number, on the same line or the next."""
    if end < len(line.folded):
        return _is_named(line, end)
    return after is not None and _is_named(after, 0)


def _is_named(line: Line, begin: int) -> bool:
    """Whether a label for a title or a section stands there."""
    return labels.first_of(line.folded, begin, ("title", "section")) is not None
