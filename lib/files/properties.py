"""What a workbook's program was asked to keep beside its sheets: the document's own properties."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import Final

from lib.files import elements, kinds
from lib.files.elements import Attributes, Reader, plain, stream

_OF_OFFICE: Final = "docProps/custom.xml"
_OF_OPEN_DOCUMENT: Final = "meta.xml"


def read(data: bytes) -> dict[str, str]:
    """The properties of an .xlsx or .ods by their names; none where there are none, or it is damaged."""
    properties = _Properties()
    if not data.startswith(kinds.ZIP):
        return {}
    with contextlib.suppress(*elements.BROKEN):
        archive = zipfile.ZipFile(io.BytesIO(data))
        stream(archive, _OF_OFFICE, properties)
        stream(archive, _OF_OPEN_DOCUMENT, properties)
    return {name: "".join(pieces) for name, pieces in properties.pieces.items()}


class _Properties(Reader):
    """The texts of properties, in pieces, by their names."""

    def __init__(self) -> None:
        self.pieces: dict[str, list[str]] = {}
        self._name = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = plain(tag)
        if tag == "property":
            self._name = attributes.get("name", "")
        elif tag == "lpwstr":
            self.collect(self.pieces.setdefault(self._name, []))
        elif tag == "user-defined":
            self.collect(self.pieces.setdefault(attributes.get("meta:name", ""), []))
