"""Paragraphs, one after the other → the tree: what begins an item, and what belongs to the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.errors import BoardError
from lib.measures.vocabulary import CLAUSES
from lib.notices.model import Line, Lines, Source, Span
from lib.notices.reading.claims import brackets, clauses, headings, sentences
from lib.notices.reading.claims.claim import Claims, fields_of, has_who
from lib.notices.reading.outline import apart, depths, pieces, taking
from lib.notices.reading.outline.pieces import Piece
from lib.notices.reading.outline.taking import Content
from lib.notices.reading.outline.tree import Loose, Node, Outline, lift_labels
from lib.notices.words import ABOVE, MEASURE
from lib.text import furniture, marks
from lib.text.marks import Mark

MOST: Final = 12_000  # measures that a notice may have
_LED_LENGTH: Final = 40  # characters of a heading that says who leads what is below it
_WORK: Final = ("工作", "任务", "事项", "项目", "举措", "措施", "实事")
_GROUP_LENGTH: Final = 200  # characters of a line that says who answers for several items
_ITEM_LABEL: Final = 20  # characters in which the label of an item stands
_ITEM_LABELS: Final = frozenset(CLAUSES["item_labels"])
_GROUP: Final = re.compile(r"[ (\[]*(?:以上|上述|前述|以上所列|上列)")
_GROUP_BELOW: Final = re.compile(r"[ (\[]*(?:以下|下列)(?:各项|任务|工作|措施|事项|举措|内容)")


def read(lines: Lines) -> Outline:
    """Read the outline of a text's lines.

    Raises:
        BoardError: more items say who answers than a notice can have.
    """
    builder = _Builder()
    text: list[Line] = []
    foot = furniture.foot([line.folded for line in lines])
    for number, line in enumerate(lines):
        is_furniture = number >= foot or furniture.is_furniture(line.folded)
        if is_furniture and not line.said:
            builder.leave(line.span, "other_label")
        else:
            text.append(line)
    following: list[Line | None] = [*text[1:], None]
    for line, after in zip(text, following, strict=False):
        builder.paragraph(line, after)
    for node in list(builder.outline.root.walk()):
        lift_labels(node)
    return builder.outline


class _Builder:
    """Builds the tree.

    node: the item that text belongs to; the root before the first and after a list's end.
    last: the item that was begun last.
    runs: how many sequences of numbers have begun.
    claimed: how many pieces said who answers.
    """

    def __init__(self) -> None:
        self.outline = Outline(Node(None, None, Source(0, 0, 0)))
        self.node = self.outline.root
        self.last: Node | None = None
        self.runs = 0
        self.claimed = 0

    @property
    def outside(self) -> bool:
        """Whether no item is open."""
        return self.node is self.outline.root

    def paragraph(self, line: Line, after: Line | None) -> None:
        """Place one paragraph.

        Args:
            after: the next one, which tells whether a heading is run into the text.
        """
        if line.said == MEASURE:
            self._said_measure(line)
            return
        if line.said == ABOVE:
            self._said_above(line)
            return
        for piece in pieces.cut(line, after):
            self._piece(piece, after)

    def leave(self, part: Span, why: str) -> None:
        """Keep a text that belongs to no item."""
        self.outline.loose.append(Loose(part, why))

    def _piece(self, piece: Piece, after: Line | None) -> None:
        content = self._take(piece.words)
        if piece.mark:
            self._numbered(piece, piece.mark, content)
        else:
            self._unnumbered(piece, content, after)

    def _take(self, words: Span) -> Content:
        """Take out of a text who answers and who leads."""
        content = taking.take(words)
        if content.claims:
            self.claimed += 1
        if self.claimed > MOST:
            raise BoardError("notice_too_long", limit=MOST)
        self.outline.notes += content.notes
        return content

    def _become(self, mark: Mark | None, parent: Node, span: Span, run: int) -> None:
        """Begin an item."""
        node = Node(mark, parent, span.source, run=run)
        parent.children.append(node)
        self.node = node
        self.last = node

    # -- what a person has said of a paragraph

    def _said_measure(self, line: Line) -> None:
        """Begin the measure that a paragraph is, beside others of which that was said."""
        piece = Piece(line.span, marks.at(line.folded, line.text))
        content = self._take(piece.words)
        while self.node.said and self.node.parent:
            self.node = self.node.parent
        if piece.mark:
            self._open(piece.mark, piece.span)
        else:
            self._begin(piece.span)
        self.node.said = True
        self._fill(line, content)

    def _said_above(self, line: Line) -> None:
        """Add a line to the item above, whatever it looks like."""
        if self.last is None:
            self.leave(line.span, "text")
            return
        self.node = self.last
        content = self._take(line.span)
        self.node.parts += content.body
        if content.claims:
            self._claims_line(content.claims)

    # -- pieces with a number

    def _numbered(self, piece: Piece, mark: Mark, content: Content) -> None:
        parent = depths.parent_of(mark, self.node)
        if content.claims and _is_point_of_claims(parent, piece.words, content.body):
            self.node = parent
            self._claims_line(content.claims)
            return
        self._open(mark, piece.span)
        self._fill(piece.span.line, content)

    def _open(self, mark: Mark, span: Span) -> None:
        """Begin an item with a number."""
        parent = depths.parent_of(mark, self.node)
        before = depths.last_of_style(parent, mark.style)
        goes_on = before and before.mark and before.mark.number < mark.number
        if before and goes_on:
            run = before.run
        else:
            self.runs += 1
            run = self.runs
        self._become(mark, parent, span, run)

    def _fill(self, line: Line, content: Content) -> None:
        """Give the open item a text and a responsibility."""
        node = self.node
        is_first = not node.parts
        node.parts += content.body
        if not node.parts:
            start = node.where.start
            node.parts.append(line.span.part(start, start))
        if content.claims:
            node.heading = is_first and not apart.has_sentences(content.body)
            node.claims += content.claims

    # -- pieces without a number

    def _unnumbered(self, piece: Piece, content: Content, after: Line | None) -> None:
        span = piece.span
        if self._is_group(span, content.claims):
            return
        if not apart.has_words(content.body):
            # labels or a note alone; a label that says nothing (协办单位：无) counts too
            if content.claims:
                self._claims_line(content.claims)
            return
        if self._is_led(span) or self._is_apart(span.line, after):
            return
        if self._begins_item(piece, content.claims, after):
            self._begin(span)
        elif self.outside:
            for part in content.body:
                self.leave(part, "text")
            return
        self._fill(span.line, content)

    def _is_led(self, span: Span) -> bool:
        """Begin a heading without a number that says who leads: 李静副县长牵头的重点工作."""
        if span.length > _LED_LENGTH:
            return False
        if not span.folded.endswith(_WORK):
            return False
        led = headings.led(span)
        if not has_who(led):
            return False
        self.runs += 1
        self._become(None, self.outline.root, span, self.runs)
        self.node.parts = [span]
        self.node.claims = led
        self.node.heading = True
        self.node.is_bare = True
        return True

    def _is_group(self, span: Span, claims: Claims) -> bool:
        """以上由甲负责 holds for the items before it, 以下任务由甲牵头 for those after it."""
        if span.length > _GROUP_LENGTH:
            return False
        is_for_below = span.match(_GROUP_BELOW) is not None
        if not is_for_below and not _GROUP.match(span.folded):
            return False
        spoken = claims or _spoken(span)
        if not spoken:
            return False
        if is_for_below:
            section = self._section()
            section.claims += spoken
            section.heading = True
        else:
            self._give_to_items_above(spoken)
        return True

    def _section(self) -> Node:
        """The heading that a line about what follows belongs to."""
        node = self.node
        is_item = bool(node.claims) or apart.has_sentences(node.parts)
        if node.parent and is_item:
            return node.parent
        return node

    def _give_to_items_above(self, claims: Claims) -> None:
        """Give claims to the items before that no other group has taken."""
        parent = self.node.parent or self.node
        for child in reversed(parent.children):
            if child.group:
                break
            child.group += claims

    def _is_apart(self, line: Line, after: Line | None) -> bool:
        """Leave a signature, a title or a label of none of ours: no text of the item above."""
        if apart.is_signature(line, after):
            self._end_list(line, "signature")
            return True
        if self._is_list_title(line, after):
            self._end_list(line, "title")
            return True
        if apart.has_other_label(line):
            self.leave(line.span, "other_label")
            return True
        return False

    def _end_list(self, line: Line, why: str) -> None:
        """Leave a line that comes after a list: what follows is no text of its items."""
        self.leave(line.span, why)
        self.node = self.outline.root

    def _is_list_title(self, line: Line, after: Line | None) -> bool:
        """The title of a list after its covering notice, or of a second list."""
        if self.outside:
            return False
        if not apart.is_list_title(line):
            return False
        return not self.claimed or apart.begins_list(after)

    def _begins_item(self, piece: Piece, claims: Claims, after: Line | None) -> bool:
        """Whether an unnumbered piece begins an item.

        It is called one, or says who answers while the open item has said so, or the line after
        it does.
        """
        if piece.begins:
            return True
        if self._is_named_item(piece.span):
            return True
        node = self.node
        is_for_points = node.heading and node.mark is not None
        is_answered = bool(node.claims) and not is_for_points
        if claims:
            is_below_heading = node.heading and bool(node.claims)
            if is_answered or self.outside or is_below_heading:
                return True
            return self._is_first_of_several(after)
        may_end = is_answered or self.outside or node.by_line
        return may_end and after is not None and apart.is_claims_line(after)

    def _is_named_item(self, span: Span) -> bool:
        """Whether 任务：… begins an item: below a heading, or below another such item."""
        labels = _first_words(span).find_labels()
        if not labels:
            return False
        if labels[0].word not in _ITEM_LABELS:
            return False
        node = self.node
        before_label = span.until(labels[0].start).folded
        if before_label.strip() or node.has_style("card"):
            return False
        if node.claims:
            return node.mark is None
        return ":" not in node.folded and not apart.has_sentences(node.parts)

    def _is_first_of_several(self, after: Line | None) -> bool:
        """Whether below a heading several paragraphs without numbers begin, each with its duties."""
        node = self.node
        is_heading = node.mark is not None and not node.claims
        if not is_heading or apart.has_sentences(node.parts) or after is None:
            return False
        if marks.at(after.folded, after.text) or apart.is_claims_line(after):
            return False
        return bool(brackets.of_duty(after))

    def _begin(self, span: Span) -> None:
        """Begin an item without a number."""
        node = self.node
        parent = node.parent or node
        is_heading = node.heading or not node.claims
        is_open = node.mark and is_heading and not node.by_line
        if is_open or node.is_bare:
            parent = node
        if not parent.children or parent.children[-1].mark:
            self.runs += 1
        self._become(None, parent, span, self.runs)

    def _claims_line(self, claims: Claims) -> None:
        """Give a line of labels alone to the item above it."""
        node = self.node
        if node.parent is None:
            return
        node.by_line = True
        has_one_part = len(node.parts) == 1
        is_bare = has_one_part and not node.claims and not node.children
        if is_bare and not apart.has_sentences(node.parts):
            node.heading = True
        fields = fields_of(node.claims)
        for claim in claims:
            if claim.field not in fields or claim.field == "leaders":
                node.claims.append(claim)


def _is_point_of_claims(parent: Node, words: Span, body: Sequence[Span]) -> bool:
    """Whether a point of an item says who answers for the item.

    3.责任科室：…, numbered beside the item's aim and its steps.

    Args:
        words, body: those of the point, with its labels and without.
    """
    if parent.parent is None:
        return False
    if apart.has_words(body):
        return False
    labels = _first_words(words).find_labels()
    if not labels:
        return False
    before_label = words.until(labels[0].start).folded
    return not before_label.strip()


def _first_words(span: Span) -> Span:
    """The beginning of an item, in which its label stands."""
    return span.until(min(span.end, span.start + _ITEM_LABEL))


def _spoken(span: Span) -> Claims:
    """What a sentence or a clause says of who answers."""
    return sentences.read(span) or clauses.read(span, strict=True)
