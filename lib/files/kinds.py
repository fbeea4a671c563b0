"""What a file is: told by its first bytes, not by what it is called."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Final

from lib.files import compound

ZIP: Final = b"PK\x03\x04"  # .xlsx, .docx
PARQUET: Final = b"PAR1"
PDF: Final = b"%PDF"
OLE: Final = b"\xd0\xcf\x11\xe0"  # .xls, .doc, .wps, and anything of Office with a password

_BEGINNINGS: Final = {
    "PNG": rb"\x89PNG",
    "JPEG": rb"\xff\xd8\xff",
    "GIF": rb"GIF8",
    "TIFF": rb"II\*\x00",
    "BMP": rb"BM.{4}\x00{4}",  # a text may begin with BM too, but not with four zeros after its size
    "RTF": rb"\{\\rtf",
    "ELF": rb"\x7fELF",
    "EXE": rb"MZ",
    "RAR": rb"Rar!",
    "7z": rb"7z\xbc\xaf",
    "gzip": rb"\x1f\x8b",
    "UTF-32": rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff",
}
_FOREIGN: Final = {
    kind: re.compile(beginning, re.DOTALL) for kind, beginning in _BEGINNINGS.items()
}
_UTF32_LOOK: Final = 400  # bytes by which UTF-32 without a mark is told
_UTF32_LEAST: Final = 16
_UTF32_WIDTH: Final = 4  # bytes of a character
# A web page, or Excel's XML of 2003, as office systems export it under the name .xls
_MARKUP: Final = re.compile(
    rb"\s*(?:(?P<HTML><!--|(?:<\?xml[^>]{0,200}\?>\s*)?"
    rb"<(?:!doctype html|html|head|body|div|table|meta|p)\b)|(?P<XML><\?xml\b))",
    re.IGNORECASE,
)
_START: Final = 4096  # bytes in which a page must begin, and nearly every text does
_PDF_START: Final = 1024  # bytes in which the mark of a PDF must stand
_NOTHING: Final = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"  # white space and byte order marks
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# Streams of Excel since 97, of Excel before, and of Word
_WORKBOOK, _BOOK, _TEXT = "workbook", "book", "worddocument"
_WORKBOOKS: Final = frozenset({_WORKBOOK, _BOOK})
_AS_WRITTEN: Final = {_WORKBOOK: "Workbook", _BOOK: "Book", _TEXT: "WordDocument"}


def is_empty(data: bytes) -> bool:
    """Whether a file holds nothing but white space and byte order marks."""
    start = data[:_START]  # which nearly always tells it, without a copy of the rest
    if start.strip(_NOTHING):
        return False
    return not data.strip(_NOTHING)


def foreign(data: bytes) -> str:
    """The name of a kind that holds neither a table nor a document that can be read, else ""."""
    for kind, beginning in _FOREIGN.items():
        if beginning.match(data):
            return kind
    if _is_utf32(data):
        return "UTF-32"
    return ""


def _is_utf32(data: bytes) -> bool:
    """Whether of each four bytes the same two are zero, as in no other text that is not empty."""
    start = data[:_UTF32_LOOK]
    is_long_enough = len(start) >= _UTF32_LEAST
    has_whole_characters = len(data) % _UTF32_WIDTH == 0
    if not is_long_enough or not has_whole_characters or not any(start):
        return False
    first_halves = start[0::4] + start[1::4]
    second_halves = start[2::4] + start[3::4]
    return not any(first_halves) or not any(second_halves)


def markup(data: bytes) -> str:
    """HTML or XML where a file is that, else ""."""
    start = data[:_START]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", errors="ignore").encode()
    match = _MARKUP.match(start.removeprefix(codecs.BOM_UTF8))
    if match is None:
        return ""
    return str(match.lastgroup)


def is_pdf(data: bytes) -> bool:
    """Whether a file is PDF as its readers see it: something else may stand before its mark."""
    return PDF + b"-" in data[:_PDF_START]


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE file is a file of Office with a password."""
    return _ENCRYPTED in data


def is_workbook(data: bytes) -> bool:
    """Whether a file may be a workbook: an archive, or one of Excel before 2007, or of WPS."""
    return data.startswith(ZIP) or bool(_WORKBOOKS & _streams(data))


def old_kind(data: bytes) -> str:
    """What an OLE file is that is no workbook: Word, or else OLE."""
    if _TEXT in _streams(data):
        return "Word"
    return "OLE"


def _streams(data: bytes) -> frozenset[str]:
    """The names of an OLE file's streams; of a damaged one those of Office that stand in it."""
    if not data.startswith(OLE):
        return frozenset()
    with suppress(*compound.BROKEN):
        return compound.Compound(data).names
    names = set()
    for name, text in _AS_WRITTEN.items():
        written = f"{text}\0".encode("utf-16-le")
        if written in data:
            names.add(name)
    return frozenset(names)
