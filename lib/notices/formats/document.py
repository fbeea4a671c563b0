"""A document's bytes → its blocks: told by what the file is, not by what it is called.

What can't be read raises BoardError with a code under `error.` that says what it is and how to save it.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from lib.errors import BoardError
from lib.files import elements, kinds
from lib.notices.formats import limits, plain, table_file
from lib.notices.model import Document

_PARTS: Final = 5_000  # files that an archive may have
_HTML_NAMES: Final = (".html", ".htm")


def read(data: bytes, name: str) -> Document:
    """Read a document. Raises BoardError where it can't be read as one."""
    refuse(data, name)
    document = _read(data, name)
    has_text = any(block.text.strip() for block in document.blocks)
    if not has_text:
        raise BoardError("notice_empty", file=name)
    return document


def refuse(data: bytes, name: str) -> None:
    """Raise where a file is known to be none that can be read."""
    if len(data) > limits.LARGEST:
        size = len(data) >> 20
        limit = limits.LARGEST >> 20
        raise BoardError("notice_too_large", file=name, size=size, limit=limit)
    if kinds.is_empty(data):
        raise BoardError("notice_empty", file=name)
    if data.startswith(kinds.OLE):
        if kinds.is_encrypted(data):
            raise BoardError("notice_encrypted", file=name)
        if not kinds.is_workbook(data):
            raise BoardError("notice_old_word", file=name)
    if kind := kinds.foreign(data):
        raise BoardError("notice_foreign", file=name, kind=kind)


def _read(data: bytes, name: str) -> Document:
    """Read with the reader of the file's format; each is loaded when it is needed."""
    if table_file.is_one(data, name):
        table = table_file.read(data, name)
        if table.has_columns or kinds.is_workbook(data):
            return table.document
    if data.startswith(kinds.ZIP):
        return _archive(data, name)
    if kinds.is_pdf(data):
        from lib.notices.formats import pdf

        return Document(pdf.blocks(data, name))
    if kinds.markup(data) == "HTML":
        from lib.notices.formats import html

        return html.read(data, name)
    return _text(data, name)


def _text(data: bytes, name: str) -> Document:
    """Read a text, which is a page if it is called so."""
    text = plain.decode(data, name)
    if name.lower().endswith(_HTML_NAMES):
        from lib.notices.formats import html

        return html.read(text.encode(), name)
    return Document(plain.lines(text))


def _archive(data: bytes, name: str) -> Document:
    """Read a .docx, told by what the archive holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _office(archive, data, name)
    except elements.BROKEN as error:
        raise BoardError("notice_broken", file=name, why=str(error)) from error


def _office(archive: zipfile.ZipFile, data: bytes, name: str) -> Document:
    from lib.notices.formats import office

    parts = office.Parts(archive, name)
    if len(parts.names) > _PARTS:
        raise BoardError("notice_bomb", file=name)
    if "word/document.xml" in parts.names:
        from lib.notices.formats import word

        return word.read(parts)
    kind = "OpenDocument" if "mimetype" in parts.names else "ZIP"
    raise BoardError("notice_foreign", file=name, kind=kind)
