"""A document's bytes → blocks: told by what the file is, not by what it is called.

What can't be read raises BoardError with a code under `error.` that says what it is and how to save it.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from lib.errors import BoardError
from lib.notices.formats import readers
from lib.notices.model import Block

_OLE: Final = b"\xd0\xcf\x11\xe0"
_FOREIGN: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"BM", "BMP"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)
_MARKUP: Final = re.compile(
    rb"\s*(?:<!--|<!doctype html|<\?xml[^>]{0,200}\?>\s*<html|<html|<head|<body|<div|<table|<p\b|<meta)",
    re.I,
)


def blocks(data: bytes, name: str) -> list[Block]:
    """The blocks of a document. Raises BoardError where it can't be read as one."""
    found = _dispatch(data, name)
    if not any(block.text.strip() for block in found):
        raise BoardError("notice_empty", file=name)
    return found


def _dispatch(data: bytes, name: str) -> list[Block]:
    _refuse(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, name)
    if b"%PDF-" in data[:1024]:
        from lib.notices.formats import pdf

        return pdf.blocks(data, name)
    if _is_html(data):
        from lib.notices.formats import html

        return html.blocks(data, name)
    text = readers.decode(data, name)
    if name.lower().endswith((".html", ".htm")):
        from lib.notices.formats import html

        return html.blocks(text.encode(), name)
    return readers.table(text) if name.lower().endswith(".csv") else readers.lines(text)


def _refuse(data: bytes, name: str) -> None:
    if len(data) > readers.LARGEST:
        raise BoardError(
            "notice_too_large", file=name, size=len(data) >> 20, limit=readers.LARGEST >> 20
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BoardError("notice_empty", file=name)
    if data.startswith(_OLE):
        raise BoardError(
            "notice_encrypted"
            if "EncryptedPackage".encode("utf-16-le") in data
            else _old(data, name),
            file=name,
        )
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise BoardError("notice_foreign", file=name, kind=kind)


def _old(data: bytes, name: str) -> str:
    """Which of the old formats: an Excel book names its stream, everything else is a text."""
    books = ("Workbook".encode("utf-16-le"), "Book\x00".encode("utf-16-le"))
    return (
        "notice_old_excel"
        if any(book in data for book in books) or name.lower().endswith((".xls", ".et"))
        else "notice_old_word"
    )


def _is_html(data: bytes) -> bool:
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode()
    return bool(_MARKUP.match(head.removeprefix(codecs.BOM_UTF8)))


def _archive(data: bytes, name: str) -> list[Block]:
    """The blocks of a .docx or .xlsx, told by what the archive holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, name)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise BoardError("notice_broken", file=name, why=str(error)) from error


def _parts(archive: zipfile.ZipFile, name: str) -> list[Block]:
    names = set(archive.namelist())
    if len(names) > 5_000:
        raise BoardError("notice_bomb", file=name)
    if "word/document.xml" in names:
        from lib.notices.formats import office, word

        return word.blocks(office.Parts(archive, name))
    if "xl/workbook.xml" in names:
        from lib.notices.formats import office, workbook

        return workbook.blocks(office.Parts(archive, name))
    kind = "OpenDocument" if "mimetype" in names else "ZIP"
    raise BoardError("notice_foreign", file=name, kind=kind)
