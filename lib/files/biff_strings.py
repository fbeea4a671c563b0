"""The texts of an .xls, which stand together in one record and those that continue it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_IS_WIDE: Final = 0x01
_HAS_PHONETICS: Final = 0x04
_HAS_FONTS: Final = 0x08
_RUN: Final = 4  # bytes: from which character which font holds


class FontText(NamedTuple):
    """A text in pieces, and the fonts of all but the first of them, which is as its cell."""

    pieces: list[str]
    fonts: list[int]


def strings_of_fonts(parts: Sequence[bytes]) -> dict[int, FontText]:
    """The texts in several fonts, by their number among all; raises struct.error, IndexError."""
    reader = _Reader(parts)
    _, count = struct.unpack("<2I", reader.take(8))
    strings = {}
    for number in range(count):
        text = reader.string()
        if text.fonts:
            strings[number] = text
    return strings


class _Reader:
    """Bytes in several records, as one."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = [*parts]
        self._place = 0

    def string(self) -> FontText:
        """The next text."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = phonetics = 0
        if flags & _HAS_FONTS:
            (runs,) = struct.unpack("<H", self.take(2))
        if flags & _HAS_PHONETICS:
            (phonetics,) = struct.unpack("<I", self.take(4))
        text = self._text(length, flags)
        fonts = [*struct.iter_unpack("<2H", self.take(runs * _RUN))]
        self.take(phonetics)
        ends = [0, *(start for start, _ in fonts), length]
        pieces = [text[start:end] for start, end in pairwise(ends)]
        return FontText(pieces, [font for _, font in fonts])

    def take(self, size: int) -> bytes:
        """The next bytes."""
        taken = b""
        while len(taken) < size:
            if not self._is_left():
                self._next_part()
            taken += self._some(size - len(taken))
        return taken

    def _text(self, length: int, flags: int) -> str:
        """The next characters; a record that continues them begins with their flags."""
        text = ""
        while len(text) < length:
            if not self._is_left():
                self._next_part()
                (flags,) = self._some(1)
            if flags & _IS_WIDE:
                text += self._some(2 * (length - len(text))).decode("utf-16-le", "surrogatepass")
            else:
                text += self._some(length - len(text)).decode("latin-1")
        return text

    def _is_left(self) -> bool:
        return self._place < len(self._parts[0])

    def _next_part(self) -> None:
        """Go on to the next record; raises IndexError where there is none."""
        self._parts.pop(0)
        self._place = 0

    def _some(self, size: int) -> bytes:
        """The next bytes of this record, so many at the most."""
        start = self._place
        self._place += size
        return self._parts[0][start : self._place]
