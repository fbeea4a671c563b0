"""Tables whose rows are lines with |, tabs or wide spaces between the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from lib.notices.layout import boxes
from lib.notices.layout.regained import Regained, grid, is_header, text_at
from lib.notices.model import Block

_SURPLUS: Final = 3  # cells that a row may have beyond those of the header
_SECTION: Final = 40  # characters of a section's heading between the rows
_PIPE: Final = re.compile("[|｜]")
_WIDE_SPACE: Final = re.compile(r" {2,}|[\u3000\t]+ *")
_Split = Callable[[str], list[str]]


def read(blocks: Sequence[Block], start: int, table: int) -> Regained | None:
    """The table that begins at a block with a header, None where none does."""
    for split in (_by_pipe, _by_tab, _by_space):
        header = split(text_at(blocks, start))
        if header and is_header(header):
            regained = _below(header, blocks, start + 1, table, split)
            if regained:
                return regained
    return None


def _below(
    header: list[str], blocks: Sequence[Block], start: int, table: int, split: _Split
) -> Regained | None:
    """The rows below a header; None where there are none."""
    rows = [header]
    number = start
    while number < len(blocks) and blocks[number].table < 0:
        text = blocks[number].text.strip()
        if text and not boxes.is_border(text):
            row = _row(blocks, number, split, most=len(header) + _SURPLUS)
            if not row:
                break
            rows.append(row)
        number += 1
    return Regained(grid(rows, len(header), table), number) if len(rows) > 1 else None


def _row(blocks: Sequence[Block], number: int, split: _Split, *, most: int) -> list[str]:
    """The cells of a line, or a section's heading alone; [] where the table has ended."""
    cells = split(blocks[number].text)
    if 2 <= len(cells) <= most:
        return cells
    if split is _by_space or not _is_section(blocks, number, split):
        return []
    return [blocks[number].text.strip()]


def _is_section(blocks: Sequence[Block], number: int, split: _Split) -> bool:
    """Whether a line without separators, short and between rows, is a section's heading."""
    if len(blocks[number].text) >= _SECTION:
        return False
    for block in blocks[number + 1 : number + 3]:
        if block.text.strip():
            return bool(split(block.text))
    return False


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _by_pipe(text: str) -> list[str]:
    if len(_PIPE.findall(text)) < 2:
        return []
    bare = text.strip()
    if bare[0] in "|｜" and bare[-1] in "|｜":
        bare = bare[1:-1]
    return _stripped(_PIPE.split(bare))


def _by_tab(text: str) -> list[str]:
    if text.count("\t") < 2:
        return []
    return _stripped(text.rstrip("\n").split("\t"))


def _by_space(text: str) -> list[str]:
    cells = _stripped(_WIDE_SPACE.split(text.strip()))
    return cells if len(cells) > 2 else []
