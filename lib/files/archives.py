"""The zip archives that .xlsx and .docx are, part by part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

# What opening or reading a damaged archive may raise
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)


def chunks(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """The bytes of a part, unpacked by and by."""
    with archive.open(part) as stream:
        while chunk := stream.read(size):
            yield chunk


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
