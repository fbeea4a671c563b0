"""Bytes as text: UTF-8, GB18030 and UTF-16, with or without a byte order mark.

A table is decoded so that one bad byte costs one cell (`decode`), a document so that it is text
throughout or not read at all (`decode_strictly`).
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Final, NamedTuple

REPLACEMENT: Final = "\ufffd"  # stands for bytes that could not be decoded
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF16_LOOK: Final = 200  # bytes by which UTF-16 without a mark is told
_ZEROS: Final = 8  # of so many bytes more than one is zero then
_TEXT_LOOK: Final = 4096  # characters by which it is told whether a document is text
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_COMMON: Final = re.compile("[0-9A-Za-z \r\n\t,.一-鿿，。、：；（）]")


class Decoded(NamedTuple):
    """A file's text.

    damaged: whether some bytes could not be decoded.
    encoding: one that Python knows.
    """

    text: str
    damaged: bool
    encoding: str


def decode(data: bytes) -> Decoded:
    """A table's text; bytes that can't be decoded stand as `REPLACEMENT` in it."""
    if is_utf16(data):
        encoding = _utf16_by_zeros(data)
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
        return Decoded(text, REPLACEMENT in text, encoding)
    with suppress(UnicodeDecodeError):
        return Decoded(data.decode("utf-8-sig"), False, "utf-8-sig")
    tolerant = data.decode("utf-8-sig", errors="replace")
    # What is not UTF-8 is hardly ever so by chance: then most of its characters come out as �
    undecoded = tolerant.count(REPLACEMENT)
    is_mostly_utf8 = 2 * undecoded < len(_NOT_ASCII.findall(tolerant))
    if is_mostly_utf8:
        return Decoded(tolerant, True, "utf-8-sig")
    text = data.decode("gb18030", errors="replace")
    return Decoded(text, REPLACEMENT in text, "gb18030")


def decode_strictly(data: bytes) -> str | None:
    """A document's text, None where it is in none of the encodings."""
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\x00" not in text[:_TEXT_LOOK]:
                return text
    return _utf16_by_characters(data)


def utf8_start(data: bytes) -> str:
    """The first characters of a file, "" where they are not UTF-8. The last character may be cut."""
    if is_utf16(data):
        return ""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(data)
    except UnicodeDecodeError:
        return ""


def is_utf16(data: bytes) -> bool:
    """Whether a table is UTF-16: by its mark, or since its digits, commas and line ends are half zeros."""
    start = data[:_UTF16_LOOK]
    has_many_zeros = start.count(0) > len(start) // _ZEROS
    return has_many_zeros or start.startswith(_UTF16_MARKS)


def _utf16_by_zeros(data: bytes) -> str:
    """The byte order by the mark, or by which half of the first code units is zero more often."""
    if data.startswith(_UTF16_MARKS):
        return "utf-16"
    start = data[:_UTF16_LOOK]
    first_halves = start[0::2]
    second_halves = start[1::2]
    if second_halves.count(0) >= first_halves.count(0):
        return "utf-16-le"
    return "utf-16-be"


def _utf16_by_characters(data: bytes) -> str | None:
    """Text without a mark in the byte order in which common characters come out; None if they are few."""

    def common_characters(encoding: str) -> int:
        start = data[: 2 * _TEXT_LOOK].decode(encoding, errors="ignore")
        return len(_COMMON.findall(start))

    encoding = max("utf-16-le", "utf-16-be", key=common_characters)
    text = data.decode(encoding, errors="replace")
    start = text[:_TEXT_LOOK]
    if 2 * len(_COMMON.findall(start)) > len(start):
        return text
    return None
