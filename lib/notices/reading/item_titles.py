"""An item of the outline → its title, and the section and the article that it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.measures.meanings import field_of
from lib.notices import kinds, labels
from lib.notices.model import Cell, Source, Span
from lib.notices.reading.claims.claim import Claim
from lib.notices.reading.outline import Node
from lib.text.marks import Mark

_BEFORE_COLON: Final = 30  # characters of a heading that ends with a colon or a space
_AFTER_SPACE: Final = 12  # characters of text that come after a heading and a space

_ILL: Final = re.compile(r" *(?:存在|反馈|主要|具体)?的?(?:主要)?问题 *:")
_CURE: Final = re.compile(r" *(?:具体)?(?:整改)?(?:措施|举措) *:")
_WIDE_SPACE: Final = re.compile(r"(?<=[一-鿿”》)]) {1,8}(?=[一-鿿“《])")
_DAMAGED: Final = re.compile(r" *[?□■\ufffd]{1,3} *[。、.]")  # a number that was lost on the way
_LEADS_OVER: Final = re.compile(r"[,、;]?(?:并)?(?:由|请)?$")
_DECIMAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_WORD: Final = re.compile(r"\w")
_CLAUSE_MARK: Final = re.compile(r"[,;、]")
_NO_HEADING: Final = re.compile(r"[,;、“]")
_OPENERS: Final = "(《“[「"
_CLOSERS: Final = ")》”]」"
_DIGITS: Final = frozenset("0123456789")


# --- the title -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    """The span of a title, and by which rule it ends."""

    span: Span
    reason: str


def title(node: Node, claims: Sequence[Claim]) -> Cell:
    """An item's title: its heading, or its first sentence.

    Args:
        claims: what the item says of who answers, which is no part of the title.
    """
    words = _first_words(node, [claim.source for claim in claims])
    damaged = words.match(_DAMAGED)
    words = words.since(damaged.end()) if damaged else words
    heading = _heading(words, [claim.source for claim in claims])
    span = heading.span.trimmed()
    # 由甲牵头，开展…: who comes before what
    whole = heading.reason != "space" and not span.text.startswith("由")
    worded = span.length > 0 and not kinds.dated(span.folded)
    return Cell(span.text, (), heading.reason, whole and worded, span.source)


def _first_words(node: Node, said: Sequence[Source]) -> Span:
    """An item's first words; of a problem its 整改措施, of a card its 项目名称.

    Args:
        said: where it says who answers; where it begins with that, its first words come after.
    """
    first = node.parts[0]
    is_problem = node.mark is not None and node.mark.label.startswith("问题")
    if is_problem or first.match(_ILL):
        for part in node.parts[1:]:
            if part.match(_CURE):
                return part
        return first
    worded = [part for part in node.parts if part.text.strip()]
    worded = [part for part in worded if part.trimmed().source not in said] or worded
    if node.has_style("card"):
        for part in worded:
            if labels.first_of(part.line.folded, part.start, ("title",)):
                return part
    return worded[0] if worded else first


def _heading(part: Span, said: Sequence[Source], *, labelled: bool = True) -> _Heading:
    """Find where a title ends: at a full stop, or a colon or wide space after a short heading.

    Args:
        said: where the item says who answers.
        labelled: whether a label for the title may stand before it.
    """
    after_label = _after_label(part) if labelled else None
    if after_label:
        return _heading(after_label, said, labelled=False)
    stop = _outside(part, "。!")
    sentence = part if stop < 0 else part.until(stop)
    colon = _outside(part.until(min(part.end, part.start + _BEFORE_COLON)), ":")
    before_colon = part.until(colon)
    if part.start + 2 < colon < sentence.end and before_colon.find(",") < 0:
        return _Heading(before_colon, "heading")
    space = _space(sentence)
    if space >= 0:
        return _Heading(part.until(space), "space")
    if stop < 0:
        return _Heading(part.until(_spoken_from(sentence, said)), "line")
    if _WORD.search(part.since(stop).folded):
        return _Heading(sentence, "heading")
    spoken = min(_spoken_from(sentence, said), stop)
    return _Heading(part.until(spoken), "sentence_title")


def _after_label(part: Span) -> Span | None:
    """What comes after a label for the title, 【任务】… or 任务：…; None where there is none."""
    if part.line.folded.startswith("[", part.start):
        opening = labels.first_of(part.line.folded, part.start, ("title", "section"))
        if opening:
            return part.since(opening.end)
    colon = _outside(part.until(min(part.end, part.start + _BEFORE_COLON)), ":")
    if colon < 0 or field_of(part.until(colon).folded) not in ("title", "section"):
        return None
    return part.since(colon + 1)


def _outside(span: Span, stops: str) -> int:
    """The first of some marks outside quotes and brackets, -1 for none."""
    depth = 0
    for place in range(span.start, span.end):
        char = span.line.folded[place]
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
        elif not depth and char in stops:
            return place
    return -1


def _space(sentence: Span) -> int:
    """A space between a short heading and its text, -1 for none."""
    near = sentence.until(min(sentence.end, sentence.start + _BEFORE_COLON))
    space = near.search(_WIDE_SPACE)
    if not space or sentence.end - space.end() < _AFTER_SPACE:
        return -1
    if _NO_HEADING.search(sentence.until(space.start()).folded):
        return -1
    after = sentence.since(space.end())
    return space.start() if _CLAUSE_MARK.search(after.folded) else -1


def _spoken_from(sentence: Span, said: Sequence[Source]) -> int:
    """Where a sentence begins to say who and when: 建成3处，由甲牵头，6月底前完成."""
    starts: list[int] = []
    for source in said:
        same = source.block == sentence.line.block
        if same and sentence.start + 4 < source.start < sentence.end:
            starts.append(source.start)
    if not starts:
        return sentence.end
    before = sentence.until(min(starts))
    comma = sentence.until(before.end + 1).rfind(",")
    if comma > sentence.start:
        before = sentence.until(comma)
    leads_over = _LEADS_OVER.search(before.folded)
    return before.end - (len(leads_over[0]) if leads_over else 0)


# --- section and article ---------------------------------------------------------------------------


def place(node: Node, *, running: bool) -> dict[str, Cell]:
    """An item's section, the topmost heading, and its article, the numbers down to its own.

    Args:
        running: the numbers run through the sections, so that an item's own says enough.
    """
    above = _headings_above(node)
    section = Cell()
    if above and above[0].mark:
        section = _section(above[0], above[0].mark)
    elif above and above[0].is_bare:
        heading = above[0].parts[0].trimmed()
        section = Cell(heading.text, (), "heading", True, heading.source)
    if not node.mark:
        return {"section": section, "article": Cell()}
    own = node.mark.label
    article = own
    if own and not running and not node.has_style("card"):
        numbers = [heading.mark.label for heading in above if heading.mark]
        article = _joined([*numbers, own])
    source = Source(node.where.block, node.mark.start, node.mark.end)
    reason = "number" if own else "absent"
    return {"section": section, "article": Cell(article, (), reason, True, source)}


def _headings_above(node: Node) -> list[Node]:
    """The items that an item stands under, the topmost first."""
    above: list[Node] = []
    up = node.parent
    while up and up.parent:
        above.append(up)
        up = up.parent
    return above[::-1]


def _joined(numbers: Sequence[str]) -> str:
    """Numbers side by side; a decimal number (1.2) says its own way down."""
    own = numbers[-1]
    if _DECIMAL.fullmatch(own):
        return own
    joined = ""
    for number in numbers:
        if joined and number[0] in _DIGITS and joined[-1] in _DIGITS:
            joined += "-"
        joined += number
    return joined


def _section(node: Node, mark: Mark) -> Cell:
    """A heading as the name of a section: with its number, up to the end of its sentence."""
    part = node.parts[0]
    if not part.text.strip():  # 一、（一）…: two numbers share their words
        shared = title(node.children[0], [])
        number = part.line.text[mark.start : mark.end].strip()
        return replace(shared, text=number + shared.text, reason="shared_words", sure=True)
    words = words_of_heading(node).since(mark.start).trimmed()
    return Cell(words.text, (), "heading", True, words.source)


def words_of_heading(node: Node) -> Span:
    """What an item with others below it says in its first words, up to the end of its sentence."""
    part = node.parts[0]
    stop = _outside(part, "。!:")
    return part if stop < 0 else part.until(stop)
