"""The elements of an archive's XML parts, told one by one."""

from __future__ import annotations

import zipfile
from functools import partial
from typing import Final
from xml.parsers import expat

from lib.files import archives

# What reading a damaged archive or part may raise
BROKEN: Final = (*archives.BROKEN, expat.ExpatError, ValueError, LookupError)
_CHUNK: Final = 1 << 16  # bytes that are parsed at a time

Attributes = dict[str, str]


class Reader:
    """What is told of each element that begins, and may ask for the text in it."""

    parser: expat.XMLParserType

    def start(self, tag: str, attributes: Attributes) -> None:
        """Read the beginning of an element.

        Names have their prefixes, but for that of the part's first element, which is left out.
        """

    def collect(self, pieces: list[str]) -> None:
        """Append the text up to the end of the element to pieces."""
        self.parser.CharacterDataHandler = pieces.append
        self.parser.EndElementHandler = self._stop

    def _stop(self, _: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None


def stream(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, reader: Reader) -> None:
    """Give the elements of a part to a reader; a part that isn't there has none."""
    if isinstance(part, str) and part not in archive.namelist():
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = partial(_start_first, reader)
    reader.parser = parser
    for chunk in archives.chunks(archive, part, _CHUNK):
        _parse(parser, chunk)
    parser.Parse(b"", True)


def _parse(parser: expat.XMLParserType, chunk: bytes) -> None:
    """Parse a piece of XML. An encoding that nobody knows is an error as any other."""
    try:
        parser.Parse(chunk, False)
    except LookupError as error:
        raise expat.ExpatError(str(error)) from error


def _start_first(reader: Reader, tag: str, attributes: Attributes) -> None:
    """Read the first element. A part without prefixes costs nothing for them from here on."""
    prefix = tag[: tag.find(":") + 1]

    def start(tag: str, attributes: Attributes) -> None:
        reader.start(tag.removeprefix(prefix), attributes)

    reader.parser.StartElementHandler = start if prefix else reader.start
    reader.start(plain(tag), attributes)


def plain(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name[name.find(":") + 1 :]
