"""The headings over the measures of a table, and how deep each is among the others."""

from __future__ import annotations

from typing import Final, NamedTuple

from lib.grids.cells import Cells
from lib.text import marks

# By the style of a heading's number.
_DEPTHS: Final = {"chapter": 0, "formal": 0, "han": 1, "han_bracket": 2}
UNNUMBERED: Final = 3
_DEEPEST: Final = 4


class Heading(NamedTuple):
    """A section row. depth: among headings, from 0; row: of the grid."""

    depth: int
    row: int
    text: str


def depth_of(cells: Cells, number: int) -> int:
    """How deep the heading in a cell is, by the style of its number."""
    folded = cells.folded(number).strip()
    mark = marks.at(folded, folded)
    if mark is None:
        return UNNUMBERED
    return _DEPTHS.get(mark.style, _DEEPEST)
