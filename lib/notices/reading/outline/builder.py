"""Paragraphs, one after the other → the tree: what begins an item, and what belongs to the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.errors import BoardError
from lib.measures.vocabulary import CLAUSES
from lib.notices.model import Line, Source, Span
from lib.notices.reading.claims import brackets, clauses, headings, sentences
from lib.notices.reading.claims.claim import Claim, fields_of, has_who
from lib.notices.reading.outline import apart, pieces, taking
from lib.notices.reading.outline.pieces import Piece
from lib.notices.reading.outline.taking import Taken
from lib.notices.reading.outline.tree import Loose, Node, Outline
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

# A number's usual depth, for one that comes without those above it.
_RANKS: Final = {
    "chapter": 0,
    "formal": 0,
    "article": 1,
    "han": 1,
    "stem": 1,
    "han_bracket": 2,
    "word": 2,
    "arabic": 3,
    "arabic_bracket": 4,
    "arabic_half": 4,
    "circle": 5,
}
_DEEPEST: Final = 9


def read(lines: Sequence[Line]) -> Outline:
    """Read the outline of a text's lines.

    Raises:
        BoardError: more items say who answers than a notice can have.
    """
    builder = _Builder()
    foot = furniture.foot([line.folded for line in lines])
    text: list[Line] = []
    for number, line in enumerate(lines):
        if not line.said and (number >= foot or furniture.is_furniture(line.folded)):
            builder.leave(line.span, "other_label")
        else:
            text.append(line)
    following: list[Line | None] = [*text[1:], None]
    for line, after in zip(text, following, strict=False):
        builder.paragraph(line, after)
    builder.finish()
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
        taken = self._take(piece.words)
        if piece.mark:
            self._numbered(piece, piece.mark, taken)
        else:
            self._unnumbered(piece, taken, after)

    def _take(self, words: Span) -> Taken:
        """Take out of a text who answers and who leads."""
        taken = taking.take(words)
        if taken.claims:
            self.claimed += 1
        if self.claimed > MOST:
            raise BoardError("notice_too_long", limit=MOST)
        self.outline.notes += taken.notes
        return taken

    def _become(self, mark: Mark | None, parent: Node, span: Span, run: int) -> None:
        """Begin an item."""
        self.node = self.last = Node(mark, parent, span.source, run=run)
        parent.children.append(self.node)

    # -- what a person has said of a paragraph

    def _said_measure(self, line: Line) -> None:
        """Begin the measure that a paragraph is, beside others of which that was said."""
        piece = Piece(line.span, marks.at(line.folded, line.text))
        taken = self._take(piece.words)
        while self.node.said and self.node.parent:
            self.node = self.node.parent
        if piece.mark:
            self._open(piece.mark, piece.span)
        else:
            self._begin(piece.span)
        self.node.said = True
        self._fill(line, taken)

    def _said_above(self, line: Line) -> None:
        """Add a line to the item above, whatever it looks like."""
        if self.last is None:
            self.leave(line.span, "text")
            return
        self.node = self.last
        taken = self._take(line.span)
        self.node.parts += taken.body
        if taken.claims:
            self._claims_line(taken.claims)

    # -- pieces with a number

    def _numbered(self, piece: Piece, mark: Mark, taken: Taken) -> None:
        if taken.claims and self._is_point(mark, piece.words, taken.body):
            self._claims_line(taken.claims)
            return
        self._open(mark, piece.span)
        self._fill(piece.span.line, taken)

    def _is_point(self, mark: Mark, words: Span, body: Sequence[Span]) -> bool:
        """Whether a point of an item says who answers for the item.

        3.责任科室：…, numbered beside the item's aim and its steps.
        """
        parent = self._parent(mark)
        if parent.parent is None or apart.has_words(body):
            return False
        stop = min(len(words.line.folded), words.start + _ITEM_LABEL)
        opening = words.until(stop).find_labels()
        if not opening or words.until(opening[0].start).folded.strip():
            return False
        self.node = parent
        return True

    def _open(self, mark: Mark, span: Span) -> None:
        """Begin an item with a number."""
        parent = self._parent(mark)
        before = _last_of_style(parent, mark.style)
        if before and before.mark and before.mark.number < mark.number:
            run = before.run
        else:
            self.runs += 1
            run = self.runs
        self._become(mark, parent, span, run)

    def _parent(self, mark: Mark) -> Node:
        """The item under which a number belongs.

        A style that is open is gone on with; a new one goes deeper.
        """
        node = self.node
        while node.parent:
            if node.has_style(mark.style):
                return node.parent
            node = node.parent
        return self._above(mark)

    def _above(self, mark: Mark) -> Node:
        """The item under which a new style belongs.

        One of a higher rank that comes late ends what is open below it: 一、 after (一) without
        a 一、 before.
        """
        here = self.node
        if here.parent and not here.mark and not here.is_bare:
            here = here.parent
        rank = _rank(mark)
        while here.parent and here.mark and _rank(here.mark) > rank:
            here = here.parent
        return here

    def _fill(self, line: Line, taken: Taken) -> None:
        """Give the open item a text and a responsibility."""
        node = self.node
        first = not node.parts
        node.parts += taken.body
        if not node.parts:
            node.parts.append(line.span.part(node.where.start, node.where.start))
        if taken.claims:
            node.heading = first and not apart.has_sentences(taken.body)
            node.claims += taken.claims

    # -- pieces without a number

    def _unnumbered(self, piece: Piece, taken: Taken, after: Line | None) -> None:
        span = piece.span
        if self._is_group(span, taken.claims):
            return
        if not apart.has_words(taken.body):
            # labels or a note alone; a label that says nothing (协办单位：无) counts too
            if taken.claims:
                self._claims_line(taken.claims)
            return
        if self._is_led(span) or self._is_apart(span.line, after):
            return
        if piece.begins or self._is_named_item(span) or self._begins_item(taken.claims, after):
            self._begin(span)
        elif self.outside:
            for part in taken.body:
                self.leave(part, "text")
            return
        self._fill(span.line, taken)

    def _is_led(self, span: Span) -> bool:
        """Begin a heading without a number that says who leads: 李静副县长牵头的重点工作."""
        led = headings.led(span) if span.length <= _LED_LENGTH else []
        if not has_who(led) or not span.folded.endswith(_WORK):
            return False
        self.runs += 1
        self._become(None, self.outline.root, span, self.runs)
        self.node.parts, self.node.claims = [span], led
        self.node.heading = self.node.is_bare = True
        return True

    def _is_group(self, span: Span, claims: list[Claim]) -> bool:
        """以上由甲负责 holds for the items before it, 以下任务由甲牵头 for those after it."""
        if span.length > _GROUP_LENGTH:
            return False
        below = _GROUP_BELOW.match(span.folded)
        if not below and not _GROUP.match(span.folded):
            return False
        spoken = claims or _spoken(span)
        if spoken and below:
            section = self._section()
            section.claims += spoken
            section.heading = True
        elif spoken:
            self._group(spoken)
        return bool(spoken)

    def _section(self) -> Node:
        """The heading that a line about what follows belongs to."""
        node = self.node
        if node.parent and (node.claims or apart.has_sentences(node.parts)):
            return node.parent
        return node

    def _group(self, claims: list[Claim]) -> None:
        """Give claims to the items before that no other group has taken."""
        parent = self.node.parent or self.node
        for child in reversed(parent.children):
            if child.group:
                break
            child.group += claims

    def _is_apart(self, line: Line, after: Line | None) -> bool:
        """Leave a signature, a title or a label of none of ours: no text of the item above."""
        if apart.is_signature(line, after):
            self.leave(line.span, "signature")
        elif self._is_list_title(line, after):
            self.leave(line.span, "title")
        elif apart.has_other_label(line):
            self.leave(line.span, "other_label")
            return True
        else:
            return False
        self.node = self.outline.root
        return True

    def _is_list_title(self, line: Line, after: Line | None) -> bool:
        """The title of a list after its covering notice, or of a second list."""
        if self.outside or not apart.is_list_title(line):
            return False
        return not self.claimed or apart.begins_list(after)

    def _is_named_item(self, span: Span) -> bool:
        """Whether 任务：… begins an item: below a heading, or below another such item."""
        found = span.until(min(span.end, span.start + _ITEM_LABEL)).find_labels()
        if not found or found[0].word not in _ITEM_LABELS:
            return False
        node = self.node
        if span.until(found[0].start).folded.strip() or node.has_style("card"):
            return False
        if node.claims:
            return node.mark is None
        return ":" not in node.folded and not apart.has_sentences(node.parts)

    def _begins_item(self, claims: list[Claim], after: Line | None) -> bool:
        """Whether an unnumbered paragraph begins an item.

        It says who answers while the open item has said so, or the line after it does.
        """
        node = self.node
        answered = bool(node.claims) and (not node.heading or node.mark is None)
        if claims:
            below_heading = node.heading and bool(node.claims)
            known = answered or self.outside or below_heading
            return known or self._is_first_of_several(after)
        if not (answered or self.outside or node.by_line):
            return False
        return after is not None and apart.is_claims_line(after)

    def _is_first_of_several(self, after: Line | None) -> bool:
        """Whether below a heading several paragraphs without numbers begin, each with its duties."""
        node = self.node
        if node.mark is None or node.claims or apart.has_sentences(node.parts):
            return False
        if after is None or marks.at(after.folded, after.text) or apart.is_claims_line(after):
            return False
        return bool(brackets.of_duty(after))

    def _begin(self, span: Span) -> None:
        """Begin an item without a number."""
        node = self.node
        parent = node.parent or node
        is_open = node.mark and not node.by_line and (node.heading or not node.claims)
        if is_open or node.is_bare:
            parent = node
        if not parent.children or parent.children[-1].mark:
            self.runs += 1
        self._become(None, parent, span, self.runs)

    def _claims_line(self, claims: list[Claim]) -> None:
        """Give a line of labels alone to the item above it."""
        node = self.node
        if node.parent is None:
            return
        node.by_line = True
        bare = len(node.parts) == 1 and not node.claims and not node.children
        if bare and not apart.has_sentences(node.parts):
            node.heading = True
        fields = fields_of(node.claims)
        for claim in claims:
            if claim.field not in fields or claim.field == "leaders":
                node.claims.append(claim)

    def finish(self) -> None:
        """Move labels after the last of several points to the item that these are of."""
        for node in list(self.outline.root.walk()):
            _lift(node)


def _last_of_style(parent: Node, style: str) -> Node | None:
    for child in reversed(parent.children):
        if child.has_style(style):
            return child
    return None


def _rank(mark: Mark) -> int:
    return _RANKS.get(mark.style, _DEEPEST)


def _lift(parent: Node) -> None:
    """Points (1. 2. 3.) of which only the last has a line of labels: the labels are the parent's."""
    points = [child for child in parent.children if child.mark]
    if len(points) < 2 or parent.parent is None or parent.claims:
        return
    *others, last = points
    if not last.by_line or not last.claims or last.children:
        return
    if any(point.claims or point.group or point.children for point in others):
        return
    parent.claims, last.claims = last.claims, []
    parent.by_line, parent.heading = True, False


def _spoken(span: Span) -> list[Claim]:
    """What a sentence or a clause says of who answers."""
    return sentences.read(span) or clauses.read(span, strict=True)
