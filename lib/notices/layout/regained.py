"""What the ways to regain a table share: the result, a limit, and what stands outside tables."""

from __future__ import annotations

from typing import Final, NamedTuple

from lib.notices.model import Block, Blocks

LONGEST_LINE: Final = 5_000  # characters; a longer one is part of no table


class Regained(NamedTuple):
    """The cells of a table and what is left of its last line, and the block after it.

    No cells: from a block to that one no table begins.
    """

    cells: list[Block]
    end: int


def text_at(blocks: Blocks, number: int) -> str:
    """The text of a block outside tables, "" where there is none."""
    if number >= len(blocks) or blocks[number].table >= 0:
        return ""
    return blocks[number].text
