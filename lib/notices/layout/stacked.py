"""Tables with one cell a line: a header, one label a line, then the cells in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from lib.notices.layout.regained import Regained, field, grid, is_header, text_at
from lib.notices.model import Block

_MOST_COLUMNS: Final = 16
_LABEL: Final = 14  # characters of a label
_UNKNOWN: Final = range(2, 9)  # characters of a label that is not known
_CELL: Final = 400  # characters
_NEAR: Final = 4  # lines beyond two rows in which the next number must stand
_NUMBER: Final = re.compile(r"\s*([0-9]{1,4})[.、]?\s*")


class _Rows(NamedTuple):
    """Rows of cells, and the block after them."""

    cells: list[list[str]]
    end: int


def read(blocks: Sequence[Block], start: int, table: int) -> Regained | None:
    """The table that begins at a block, None where none does."""
    header = _header(blocks, start)
    width = len(header)
    if width < 3 or not is_header(header):
        return None
    body = start + width
    numbered = field(header[0]) == "serial"
    rows = _numbered(blocks, body, width) if numbered else _counted(blocks, body, width)
    if not rows.cells:
        return None
    return Regained(grid([header, *rows.cells], width, table), rows.end)


def _header(blocks: Sequence[Block], start: int) -> list[str]:
    """The labels one a line; one of them may be unknown."""
    header: list[str] = []
    unknown = 0
    for number in range(start, min(len(blocks), start + _MOST_COLUMNS)):
        text = text_at(blocks, number).strip()
        if not _is_label(text):
            between = bool(header) and _is_label(text_at(blocks, number + 1).strip())
            if unknown or not between or len(text) not in _UNKNOWN:
                break
            unknown += 1
        header.append(text)
    return header


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL and field(text) != ""


def _numbered(blocks: Sequence[Block], start: int, width: int) -> _Rows:
    """Rows that are told by their serial numbers."""
    rows: list[list[str]] = []
    number = _next_filled(blocks, start)
    while _serial(text_at(blocks, number)) == len(rows) + 1:
        following = _next_serial(blocks, number + 1, len(rows) + 2, width)
        stop = following or min(number + width, len(blocks))
        cells = [text_at(blocks, place).strip() for place in range(number, stop)]
        rows.append(_fitted(cells, width))
        number = _next_filled(blocks, stop)
    return _Rows(rows, number)


def _next_filled(blocks: Sequence[Block], start: int) -> int:
    """The next block that is not blank."""
    number = start
    while number < len(blocks) and blocks[number].table < 0 and not blocks[number].text.strip():
        number += 1
    return number


def _fitted(cells: list[str], width: int) -> list[str]:
    """The cells of a row, without blank lines where there are too many or too few of them."""
    filled = [cell for cell in cells if cell]
    if len(filled) == width or len(cells) < width:
        return filled[:width]
    if any(cells[width:]):
        return [cells[0], *filled[1:]][:width]
    return cells[:width]


def _serial(text: str) -> int:
    """The number that a line consists of, 0 where it is none."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else 0


def _next_serial(blocks: Sequence[Block], start: int, serial: int, width: int) -> int | None:
    """The line with a serial number, within reach."""
    for number in range(start, min(len(blocks), start + width * 2 + _NEAR)):
        if _serial(text_at(blocks, number)) == serial:
            return number
    return None


def _counted(blocks: Sequence[Block], start: int, width: int) -> _Rows:
    """Rows of as many lines as the header has; blank lines are left out."""
    rows: list[list[str]] = []
    row: list[str] = []
    end = number = start
    while number < len(blocks) and blocks[number].table < 0:
        text = blocks[number].text
        if len(text) >= _CELL:
            break
        number += 1
        if text.strip():
            row.append(text.strip())
        if len(row) == width:
            rows.append(row)
            row, end = [], number
    return _Rows(rows, end)
