"""The zip archives that .xlsx and .docx are, part by part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

# What opening or reading a damaged archive may raise
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
PICTURES: Final = ("xl/media/", "Pictures/", "Thumbnails/")  # which nobody reads
_LETTERS: Final = 26


def chunks(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """The bytes of a part, unpacked by and by."""
    with archive.open(part) as stream:
        while chunk := stream.read(size):
            yield chunk


def pieces(
    archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, size: int, mark: bytes
) -> Iterator[bytes]:
    """The bytes of a part, cut before the last mark in each chunk; anywhere where there is none."""
    uncut = b""
    for chunk in chunks(archive, part, size):
        piece = uncut + chunk
        cut = piece.rfind(mark)
        if cut <= 0:
            cut = len(piece)
        yield piece[:cut]
        uncut = piece[cut:]
    yield uncut


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        place = ord(letter) - ord("A") + 1
        number = number * _LETTERS + place
    return number
