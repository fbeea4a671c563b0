"""What the cells of a column mostly are, learned from a first fit where its label doesn't say it.

A trait is a kind of thing, or the way in which a text is numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from lib.notices.layout.body import UNNUMBERED, Body, Entry
from lib.notices.layout.likeness import Column, Kind
from lib.notices.layout.path import Move, Step

_FEWEST_CELLS: Final = 2  # by which it is told what a column holds
_MOSTLY: Final = 0.6  # of its cells are then alike

Trait = Kind | str
Usual = Mapping[int, Trait]  # of some columns


def of_entry(body: Body, entry: Entry, column: int) -> Sequence[Trait]:
    """What a piece is that other cells of its column may be too."""
    kind = body.columns[column]
    if kind is Column.OTHER:
        return entry.kinds
    if kind is Column.WORK and entry.text:
        return [entry.style]
    return []


def usual(body: Body, steps: Sequence[Step]) -> Usual:
    """What the cells mostly are in columns whose labels do not say it well enough.

    Args:
        steps: of all pieces; those that were taken beyond doubt count.
    """
    traits: dict[int, list[Trait]] = {}
    for entry, step in zip(body.entries, steps, strict=True):
        begins_cell = step.move in (Move.ROW, Move.NEXT)
        if not begins_cell or not entry.text or step.is_doubtful:
            continue
        of_column = traits.setdefault(step.column, [])
        of_column += of_entry(body, entry, step.column)
    return _most_frequent(traits, is_divided=body.is_divided)


def _most_frequent(traits: Mapping[int, Sequence[Trait]], *, is_divided: bool) -> Usual:
    """The trait of most cells, of each column in which it tells something."""
    most: dict[int, Trait] = {}
    for column, of_column in traits.items():
        enough = max(_FEWEST_CELLS, len(of_column) * _MOSTLY)
        for trait, count in Counter(of_column).most_common(1):
            tells = trait != UNNUMBERED or is_divided
            if tells and count >= enough:
                most[column] = trait
    return most
