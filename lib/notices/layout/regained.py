"""What the ways to regain a table share: the result, and how a header is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lib.measures.meanings import DUTIES, field_of
from lib.notices.formats.grids import grid_blocks
from lib.notices.model import Block
from lib.text.folding import fold

_WHO = DUTIES - {"deadline"}


class Regained(NamedTuple):
    """The cells of a table, and the block after it.

    No cells: from a block to that one no table begins.
    """

    cells: list[Block]
    end: int


def text_at(blocks: Sequence[Block], number: int) -> str:
    """The text of a block outside tables, "" where there is none."""
    if number >= len(blocks) or blocks[number].table >= 0:
        return ""
    return blocks[number].text


def field(label: str) -> str:
    """What a label as printed stands for, "" where it is none."""
    return field_of(fold(label))


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells can be the header of a list of measures.

    Most are labels, one says who answers, and another what is to be done, or what is not known.
    """
    filled = sum(1 for cell in cells if cell)
    known = [name for name in map(field, cells) if name]
    if len(known) < 2 or len(known) * 2 < filled or _WHO.isdisjoint(known):
        return False
    return len(known) < filled or "title" in known or "section" in known


def grid(rows: Sequence[Sequence[str]], width: int, table: int) -> list[Block]:
    """The cells of rows as blocks; a row of one cell stands over the whole width."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    full: list[list[str]] = []
    for number, row in enumerate(rows):
        if len(row) == 1:
            merged[number, 0] = (1, width)
        blank = [""] * (width - len(row))
        full.append([*row, *blank])
    return grid_blocks(full, table, merged)
