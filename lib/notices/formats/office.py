"""Word and Excel files, streamed: sizes are checked before unpacking, document types (entities) are refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from lib.errors import BoardError
from lib.notices.formats import readers

ELEMENTS: Final = 4_000_000  # that a part may have: some two seconds of reading
_RATIO: Final = 150  # how much a part of more than a megabyte may be packed: text comes to 20

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Parts:
    """The XML parts of an archive, each read once by handlers."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.names = frozenset(archive.namelist())
        self.left = readers.UNPACKED

    def read(self, part: str, start: Start, end: End, text: Text) -> None:
        """Stream a part through handlers, with element names without their prefix. A part that isn't there is empty."""
        if part not in self.names:
            return
        info = self.archive.getinfo(part)
        packed = info.file_size > (1 << 20) and info.file_size > info.compress_size * _RATIO
        if info.file_size > self.left or packed:
            raise BoardError("notice_bomb", file=self.name)
        self.left -= info.file_size
        parser = self._parser(start, end, text)
        with self.archive.open(info) as stream:
            while chunk := stream.read(1 << 16):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _parser(self, start: Start, end: End, text: Text) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        count = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal count
            count += 1
            if count > ELEMENTS:
                raise BoardError("notice_bomb", file=self.name)
            start(tag.rpartition(":")[2], attributes)

        def refused(*_: object) -> None:
            raise BoardError("notice_entities", file=self.name)

        parser.StartElementHandler = opened
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refused
        return parser


def value(attributes: dict[str, str], key: str = "val") -> str:
    """An attribute by its name without prefix."""
    if found := attributes.get(f"w:{key}", attributes.get(key)):
        return found
    return next((text for name, text in attributes.items() if name.rpartition(":")[2] == key), "")


def number(text: str, default: int = 0) -> int:
    """A small whole number as an attribute has it."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,7}", text) else default
