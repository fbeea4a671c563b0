"""The texts that the cells of an .xlsx share: one long one in many cells would take all memory."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError

from lib.errors import BoardError
from lib.files import archives
from lib.files.elements import Attributes, Reader, plain, stream

_PART: Final = "xl/sharedstrings.xml"  # in small letters
_PIECE: Final = 1 << 20  # bytes that are searched at a time
_CHARACTERS: Final = 300_000_000  # in all cells of a book
_LONGEST_NUMBER: Final = 20  # digits that are believed
_BEGINS: Final = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?si[\s/>]")
_ANNOUNCED: Final = re.compile(rb"""uniqueCount\s*+=\s*+["']([0-9]+)""")


def refuse_long(path: Path, archive: zipfile.ZipFile, cells: int) -> None:
    """Raise where the texts of all cells together are too long.

    Args:
        cells: how many are filled.

    Raises:
        BoardError: too_much_text; broken_workbook where more texts are announced than there can be.
    """
    for part in archive.infolist():
        if part.filename.lower() != _PART:
            continue
        if _announced(archive, part) > part.file_size:
            raise BoardError("broken_workbook", file=path.name, why="uniqueCount")
        most_possible = _longest(archive, part) * cells
        if most_possible <= _CHARACTERS:
            continue
        if _characters(archive, part) > _CHARACTERS:
            raise BoardError("too_much_text", file=path.name, limit=_CHARACTERS)


def _announced(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many texts there are by what the part says of itself: so much room is made for them."""
    start = next(archives.chunks(archive, part, _PIECE), b"")
    counts = [int(digits[:_LONGEST_NUMBER]) for digits in _ANNOUNCED.findall(start)]
    return max(counts, default=0)


def _longest(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The bytes of the longest text, with its elements."""
    longest = 0
    length = 0  # of the text that goes on in the next piece
    for piece in archives.pieces(archive, part, _PIECE, b"<"):
        before, *texts = _BEGINS.split(piece)
        length += len(before)
        for text in texts:
            longest = max(longest, length)
            length = len(text)
    return max(longest, length)


def _characters(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The characters of all cells that have one of the texts."""
    texts = _Texts()
    stream(archive, part, texts)
    cells = _Cells(texts.lengths)
    for sheet in archive.infolist():
        if sheet.filename.startswith(archives.PICTURES) or sheet is part:
            continue
        with suppress(ExpatError):  # no XML, and no sheet
            stream(archive, sheet, cells)
    return cells.characters


class _Texts(Reader):
    """How long each text is."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if plain(tag) == "si":
            self.lengths.append(0)
            self.parser.CharacterDataHandler = self._add

    def _add(self, text: str) -> None:
        self.lengths[-1] += len(text)


class _Cells(Reader):
    """How many characters the cells show that have one of the texts."""

    def __init__(self, lengths: list[int]) -> None:
        self.characters = 0
        self._lengths = lengths
        self._is_shared = False

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = plain(tag)
        self.parser.CharacterDataHandler = None
        if tag == "c":
            self._is_shared = attributes.get("t") == "s"
        elif tag == "v" and self._is_shared:
            self.parser.CharacterDataHandler = self._add

    def _add(self, text: str) -> None:
        with suppress(ValueError, IndexError):
            self.characters += self._lengths[int(text)]
