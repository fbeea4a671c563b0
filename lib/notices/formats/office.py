"""Word and Excel files, streamed: sizes are checked before unpacking, document types (entities) are refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from lib.errors import BoardError
from lib.files import archives, elements
from lib.files.elements import Attributes
from lib.notices.formats import limits

ELEMENTS: Final = 4_000_000  # that a part may have: some two seconds of reading
_RATIO: Final = 150  # how much a large part may be packed: text comes to 20
_LARGE: Final = 1 << 20  # bytes
_CHUNK: Final = 1 << 16  # bytes that are parsed at a time

Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Parts:
    """The XML parts of an archive, each read once by handlers.

    left: how many more bytes may be unpacked.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.names = frozenset(archive.namelist())
        self.left = limits.UNPACKED

    def read(self, part: str, start: Start, end: End, text: Text) -> None:
        """Stream a part through handlers, with element names without their prefix.

        A part that isn't there is empty.

        Raises:
            BoardError: notice_bomb, notice_entities.
        """
        if part not in self.names:
            return
        info = self.archive.getinfo(part)
        self._check_size(info)
        self.left -= info.file_size
        parser = self._parser(start, end, text)
        chunks = archives.chunks(self.archive, info, _CHUNK)
        elements.parse(parser, chunks)

    def check_sizes(self) -> None:
        """Raise BoardError notice_bomb where all parts but pictures are too much together."""
        for info in self.archive.infolist():
            if not info.filename.startswith(archives.PICTURES):
                self._check_size(info)
                self.left -= info.file_size

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        size = info.file_size
        most = info.compress_size * _RATIO
        is_packed = size > _LARGE and size > most
        if size > self.left or is_packed:
            raise BoardError("notice_bomb", file=self.name)

    def _parser(self, start: Start, end: End, text: Text) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        count = 0

        def start_counted(tag: str, attributes: Attributes) -> None:
            nonlocal count
            count += 1
            if count > ELEMENTS:
                raise BoardError("notice_bomb", file=self.name)
            start(_without_prefix(tag), attributes)

        def refuse(*_: object) -> None:
            raise BoardError("notice_entities", file=self.name)

        parser.StartElementHandler = start_counted
        parser.EndElementHandler = lambda tag: end(_without_prefix(tag))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refuse
        return parser


def _without_prefix(name: str) -> str:
    return name.rpartition(":")[2]


def value(attributes: Attributes, key: str = "val") -> str:
    """An attribute by its name without prefix, "" where there is none."""
    usual = attributes.get(f"w:{key}", attributes.get(key))
    if usual:
        return usual
    others = (text for name, text in attributes.items() if _without_prefix(name) == key)
    return next(others, "")


def number(text: str, default: int = 0) -> int:
    """A small whole number as an attribute has it."""
    if re.fullmatch(r"-?[0-9]{1,7}", text):
        return int(text)
    return default


def ignore(*_: object) -> None:
    """A handler for what a reader does not need."""
