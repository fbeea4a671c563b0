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
_SHORTEST: Final = 2  # characters of a heading that ends with a colon
_SPOKEN: Final = 4  # characters after which a sentence may begin to say who and when

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
_LABELS_OF_TITLES: Final = ("title", "section")
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
    sources = [claim.source for claim in claims]
    words = _first_words(node, sources)
    damaged = words.match(_DAMAGED)
    if damaged:
        words = words.since(damaged.end())
    heading = _heading(words, sources)
    span = heading.span.trimmed()
    is_worded = span.length > 0 and not kinds.dated(span.folded)
    # 由甲牵头，开展…: who comes before what
    begins_with_who = span.text.startswith("由")
    is_whole = heading.reason != "space" and not begins_with_who
    return Cell(
        text=span.text,
        reason=heading.reason,
        sure=is_whole and is_worded,
        source=span.source,
    )


def _first_words(node: Node, sources: Sequence[Source]) -> Span:
    """An item's first words; of a problem its 整改措施, of a card its 项目名称.

    Args:
        sources: where it says who answers; where it begins with that, its first words come after.
    """
    first = node.parts[0]
    if _is_problem(node):
        return _cure(node) or first
    worded = [part for part in node.parts if part.text.strip()]
    if not worded:
        return first
    untold = [part for part in worded if part.trimmed().source not in sources]
    candidates = untold or worded
    if node.has_style("card"):
        for part in candidates:
            if labels.first_of(part.line.folded, part.start, ("title",)):
                return part
    return candidates[0]


def _is_problem(node: Node) -> bool:
    """Whether an item tells of a problem, and then what is to be done about it."""
    is_numbered_so = node.mark is not None and node.mark.label.startswith("问题")
    return is_numbered_so or node.parts[0].match(_ILL) is not None


def _cure(node: Node) -> Span | None:
    """What is to be done about a problem: 整改措施：…."""
    for part in node.parts[1:]:
        if part.match(_CURE):
            return part
    return None


def _heading(part: Span, sources: Sequence[Source], *, labelled: bool = True) -> _Heading:
    """Find where a title ends: at a full stop, or a colon or wide space after a short heading.

    Args:
        sources: where the item says who answers.
        labelled: whether a label for the title may stand before it.
    """
    after_label = _after_label(part) if labelled else None
    if after_label:
        return _heading(after_label, sources, labelled=False)
    stop = _outside(part, "。!")
    sentence = part if stop < 0 else part.until(stop)
    before_colon = _before_colon(sentence)
    if before_colon:
        return _Heading(before_colon, "heading")
    space = _space(sentence)
    if space >= 0:
        return _Heading(part.until(space), "space")
    spoken_from = _spoken_from(sentence, sources)
    if stop < 0:
        return _Heading(part.until(spoken_from), "line")
    after_stop = part.since(stop)
    goes_on = _WORD.search(after_stop.folded) is not None
    if goes_on:
        return _Heading(sentence, "heading")
    return _Heading(part.until(spoken_from), "sentence_title")


def _before_colon(sentence: Span) -> Span | None:
    """A short heading that ends with a colon in a sentence."""
    colon = _outside(_beginning(sentence), ":")
    if colon <= sentence.start + _SHORTEST:
        return None
    heading = sentence.until(colon)
    return heading if heading.find(",") < 0 else None


def _beginning(span: Span) -> Span:
    """The characters in which a short heading ends."""
    near = span.start + _BEFORE_COLON
    return span.until(min(span.end, near))


def _after_label(part: Span) -> Span | None:
    """What comes after a label for the title, 【任务】… or 任务：…; None where there is none."""
    if part.line.folded.startswith("[", part.start):
        opening = labels.first_of(part.line.folded, part.start, _LABELS_OF_TITLES)
        if opening:
            return part.since(opening.end)
    colon = _outside(_beginning(part), ":")
    if colon < 0:
        return None
    label = part.until(colon)
    if field_of(label.folded) not in _LABELS_OF_TITLES:
        return None
    return part.since(colon + 1)


def _outside(span: Span, stops: str) -> int:
    """The first of some marks outside quotes and brackets, -1 for none."""
    depth = 0
    for place, char in enumerate(span.folded, span.start):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
        elif depth == 0 and char in stops:
            return place
    return -1


def _space(sentence: Span) -> int:
    """A space between a short heading and its text, -1 for none."""
    space = _beginning(sentence).search(_WIDE_SPACE)
    if not space or sentence.end - space.end() < _AFTER_SPACE:
        return -1
    heading = sentence.until(space.start())
    text = sentence.since(space.end())
    has_clauses = _CLAUSE_MARK.search(text.folded) is not None
    if _NO_HEADING.search(heading.folded) or not has_clauses:
        return -1
    return space.start()


def _spoken_from(sentence: Span, sources: Sequence[Source]) -> int:
    """Where a sentence begins to say who and when: 建成3处，由甲牵头，6月底前完成.

    Args:
        sources: where the item says who answers.
    """
    earliest = sentence.start + _SPOKEN
    starts: list[int] = []
    for source in sources:
        is_same_line = source.block == sentence.line.block
        if is_same_line and earliest < source.start < sentence.end:
            starts.append(source.start)
    if not starts:
        return sentence.end
    first = min(starts)
    comma = sentence.until(first + 1).rfind(",")
    end = comma if comma > sentence.start else first
    before = sentence.until(end)
    without_words_over = _LEADS_OVER.sub("", before.folded)
    return before.start + len(without_words_over)


# --- section and article ---------------------------------------------------------------------------


def place(node: Node, *, running: bool) -> dict[str, Cell]:
    """An item's section, the topmost heading, and its article, the numbers down to its own.

    Args:
        running: the numbers run through the sections, so that an item's own says enough.
    """
    above = _headings_above(node)
    return {
        "section": _section(above[0]) if above else Cell(),
        "article": _article(node, above, running=running),
    }


def _article(node: Node, above: Sequence[Node], *, running: bool) -> Cell:
    """An item's number after those of the headings above it."""
    mark = node.mark
    source = Source(node.where.block, mark.start, mark.end) if mark else None
    if mark is None or not mark.label:
        return Cell(source=source)
    if running or node.has_style("card"):
        return Cell(text=mark.label, reason="number", source=source)
    numbers = [heading.mark.label for heading in above if heading.mark]
    article = _joined([*numbers, mark.label])
    return Cell(text=article, reason="number", source=source)


def _headings_above(node: Node) -> list[Node]:
    """The items that an item stands under, the topmost first."""
    above: list[Node] = []
    heading = node.parent
    while heading and heading.parent:
        above.insert(0, heading)
        heading = heading.parent
    return above


def _joined(numbers: Sequence[str]) -> str:
    """Numbers side by side; a decimal number (1.2) says its own way down."""
    last = numbers[-1]
    if _DECIMAL.fullmatch(last):
        return last
    joined = ""
    for number in numbers:
        ends_with_digit = joined[-1:] in _DIGITS
        is_between_digits = ends_with_digit and number[0] in _DIGITS
        if is_between_digits:
            joined += "-"
        joined += number
    return joined


def _section(heading: Node) -> Cell:
    """The topmost heading as the name of a section; empty for an item that is none."""
    if heading.mark:
        return _numbered_section(heading, heading.mark)
    words = heading.parts[0].trimmed()
    named = Cell(text=words.text, reason="heading", source=words.source)
    return named if heading.is_bare else Cell()


def _numbered_section(heading: Node, mark: Mark) -> Cell:
    """A heading with its number, up to the end of its sentence."""
    part = heading.parts[0]
    if not part.text.strip():  # 一、（一）…: two numbers share their words
        shared = title(heading.children[0], [])
        number = part.line.text[mark.start : mark.end]
        text = number.strip() + shared.text
        return replace(shared, text=text, reason="shared_words", sure=True)
    words = words_of_heading(heading).since(mark.start).trimmed()
    return Cell(text=words.text, reason="heading", source=words.source)


def words_of_heading(node: Node) -> Span:
    """What an item with others below it says in its first words, up to the end of its sentence."""
    part = node.parts[0]
    stop = _outside(part, "。!:")
    if stop < 0:
        return part
    return part.until(stop)
