"""The tree that a text's items make."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lib.notices.model import Source, Span
from lib.notices.reading.claims.claim import Claims
from lib.text.marks import Mark


@dataclass
class Node:
    """An item of the outline.

    parts: its own text; the first of them comes after its number.
    claims: its own responsibility.
    heading: the claims stand on the heading's own line.
    is_bare: it is such a heading, without a number.
    by_line: the claims stand on a line of their own.
    group: claims that hold for several items, before or after it.
    run: which sequence of numbers it is of.
    said: whether a person says that it is a measure.
    """

    mark: Mark | None
    parent: Node | None
    where: Source
    parts: list[Span] = field(default_factory=list)
    claims: Claims = field(default_factory=list)
    heading: bool = False
    is_bare: bool = False
    by_line: bool = False
    group: Claims = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    run: int = 0
    said: bool = False

    @property
    def folded(self) -> str:
        """Its first words."""
        if self.parts:
            return self.parts[0].folded
        return ""

    def has_style(self, style: str) -> bool:
        """Whether its number is written in a style."""
        return self.mark is not None and self.mark.style == style

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the document."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


class Loose(NamedTuple):
    """Text that belongs to no item. why: `notice.unplaced.<code>` in the locale."""

    part: Span
    why: str


@dataclass
class Outline:
    """The tree, and the paragraphs that belong to no item.

    notes: who of a list leads.
    loose: all else, in the order of the document.
    """

    root: Node
    notes: list[Span] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)

    def numbers(self) -> Iterator[Source]:
        """Where the numbers of the items stand."""
        for node in self.root.walk():
            if node.mark:
                yield Source(node.where.block, node.mark.start, node.mark.end)


def lift_labels(parent: Node) -> None:
    """Give the labels of the last of several points, 1. 2. 3., to the item that they are of.

    They are of the last point alone where another one has labels, too.
    """
    points = [child for child in parent.children if child.mark]
    is_root = parent.parent is None
    if len(points) < 2:
        return
    if is_root:
        return
    if parent.claims:
        return
    *earlier, last = points
    has_labels_below = last.by_line and last.claims and not last.children
    if not has_labels_below:
        return
    if any(map(_says_more, earlier)):
        return
    parent.claims = last.claims
    parent.by_line = True
    parent.heading = False
    last.claims = []


def _says_more(point: Node) -> bool:
    """Whether a point is more than a text."""
    return bool(point.claims or point.group or point.children)


def without(outline: Outline, headings: Collection[int]) -> Outline:
    """Take out of the outline what the headings of tables say: it holds for the tables' rows.

    Args:
        headings: the blocks of those headings.
    """
    if not headings:
        return outline
    for node in outline.root.walk():
        node.claims = [claim for claim in node.claims if claim.source.block not in headings]
    return outline
