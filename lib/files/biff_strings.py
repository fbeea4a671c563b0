"""The texts of an .xls, which stand together in one record and those that continue it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_IS_WIDE: Final = 0x01
_HAS_PHONETICS: Final = 0x04
_HAS_FONTS: Final = 0x08
# The beginnings of records, in the order of the file
_COUNTS: Final = struct.Struct("<2I")  # how many cells have a text, and how many texts there are
_TEXT: Final = struct.Struct("<HB")  # a text's length in characters, and its flags
_RUNS: Final = struct.Struct("<H")  # how many runs a text has
_RUN: Final = struct.Struct("<2H")  # from which character which font holds
_PHONETICS: Final = struct.Struct("<I")  # bytes of a text's phonetic readings
_WIDE: Final = 2  # bytes of a character


class FontText(NamedTuple):
    """A text in pieces, and the fonts of all but the first of them, which is as its cell."""

    pieces: list[str]
    fonts: list[int]


def strings_of_fonts(parts: Sequence[bytes]) -> dict[int, FontText]:
    """The texts in several fonts, by their number among all; raises struct.error, IndexError."""
    reader = _Reader(parts)
    _, count = reader.unpack(_COUNTS)
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
        length, flags = self.unpack(_TEXT)
        runs = 0
        phonetics = 0
        if flags & _HAS_FONTS:
            (runs,) = self.unpack(_RUNS)
        if flags & _HAS_PHONETICS:
            (phonetics,) = self.unpack(_PHONETICS)
        text = self._text(length, flags)
        starts = []
        fonts = []
        for start, font in _RUN.iter_unpack(self._take(runs * _RUN.size)):
            starts.append(start)
            fonts.append(font)
        self._take(phonetics)
        bounds = [0, *starts, length]
        pieces = [text[start:end] for start, end in pairwise(bounds)]
        return FontText(pieces, fonts)

    def unpack(self, numbers: struct.Struct) -> tuple[int, ...]:
        """The next numbers."""
        return numbers.unpack(self._take(numbers.size))

    def _take(self, size: int) -> bytes:
        """The next bytes."""
        content = b""
        while len(content) < size:
            if not self._is_left():
                self._next_part()
            content += self._some(size - len(content))
        return content

    def _text(self, length: int, flags: int) -> str:
        """The next characters; a record that continues them begins with their flags."""
        text = ""
        while len(text) < length:
            if not self._is_left():
                self._next_part()
                (flags,) = self._some(1)
            missing = length - len(text)
            if flags & _IS_WIDE:
                characters = self._some(_WIDE * missing)
                text += characters.decode("utf-16-le", "surrogatepass")
            else:
                text += self._some(missing).decode("latin-1")
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
