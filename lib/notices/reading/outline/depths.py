"""How deep a number stands: the item under which the next number belongs."""

from __future__ import annotations

from typing import Final

from lib.notices.reading.outline.tree import Node
from lib.text.marks import Mark

# A number's usual depth, for one that comes without those above it.
_DEPTHS: Final = {
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


def parent_of(mark: Mark, node: Node) -> Node:
    """The item under which a number belongs that comes after an item.

    A style that is open is gone on with; a new one goes deeper.
    """
    open_node = node
    while open_node.parent:
        if open_node.has_style(mark.style):
            return open_node.parent
        open_node = open_node.parent
    return _parent_of_new_style(mark, node)


def _parent_of_new_style(mark: Mark, node: Node) -> Node:
    """The item under which a style belongs that is not open.

    One that usually stands higher and comes late ends what is open below it: 一、 after (一)
    without a 一、 before.
    """
    parent = node
    is_paragraph = not parent.mark and not parent.is_bare
    if parent.parent and is_paragraph:
        parent = parent.parent
    depth = _depth(mark)
    while parent.parent and parent.mark and _depth(parent.mark) > depth:
        parent = parent.parent
    return parent


def _depth(mark: Mark) -> int:
    return _DEPTHS.get(mark.style, _DEEPEST)


def last_of_style(parent: Node, style: str) -> Node | None:
    """The last item directly below another whose number has a style."""
    for child in reversed(parent.children):
        if child.has_style(style):
            return child
    return None
