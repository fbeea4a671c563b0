"""Tables that lost their cells on the way → cells again.

What was a table stands in the text as one cell a line, or as lines with tabs, |, wide spaces or box
characters between the cells.
"""

from __future__ import annotations

from lib.notices.layout import boxes, fitted
from lib.notices.layout.regained import LONGEST_LINE, Regained
from lib.notices.model import Block, Blocks, last_table


def tables(blocks: Blocks) -> list[Block]:
    """Turn the flattened tables among some blocks into table cells."""
    whole: list[Block] = []
    table = last_table(blocks) + 1
    start = 0
    while start < len(blocks):
        regained = _table(blocks, start, table)
        end = regained.end if regained else start + 1
        if regained and regained.cells:
            whole += regained.cells
            table += 1
        else:
            whole += blocks[start:end]
        start = end
    return whole


def _table(blocks: Blocks, start: int, table: int) -> Regained | None:
    """The table that begins at a block, None where none does; lines of a drawing have no cells."""
    block = blocks[start]
    if block.table >= 0 or block.said or len(block.text) > LONGEST_LINE:
        return None
    if boxes.begins(blocks, start):
        return boxes.read(blocks, start, table)
    return fitted.read(blocks, start, table)
