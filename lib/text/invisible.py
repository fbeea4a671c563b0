"""Marks that take no room: of width zero, of direction, for hyphenation, of byte order."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

_RANGES: Final = (
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFFC, 0xFFFC),
)
# Each of them, and that a reader sees nothing of it: as a class of characters holds them
MARKS: Final = "".join(map(chr, chain(*(range(first, last + 1) for first, last in _RANGES))))

_MARK: Final = re.compile(f"[{MARKS}]")


def visible(text: str) -> str:
    """A text as it is seen."""
    return _MARK.sub("", text)
