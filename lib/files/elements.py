"""The elements of an archive's XML parts, told one by one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import partial
from typing import Final
from xml.parsers import expat

from lib.files import archives

# What reading a damaged archive or part may raise
BROKEN: Final = (*archives.BROKEN, expat.ExpatError, ValueError)
_CHUNK: Final = 1 << 16  # bytes that are parsed at a time
_LONGEST: Final = 1 << 20  # bytes of a tag or a comment

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
    parse(parser, archives.chunks(archive, part, _CHUNK))


def parse(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Let a parser read a part, chunk by chunk.

    What it has not come to the end of, it reads again from the beginning with each chunk: a comment
    may not go on for ever.

    Raises:
        ExpatError: the part is no sound XML, or in an encoding that nobody knows.
    """
    parsed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            parsed += len(chunk)
            unfinished = parsed - parser.CurrentByteIndex
            if unfinished > _LONGEST:
                raise expat.ExpatError("a tag or comment without an end")
        parser.Parse(b"", True)
    except LookupError as error:
        raise expat.ExpatError(str(error)) from error


def _start_first(reader: Reader, tag: str, attributes: Attributes) -> None:
    """Read the first element. A part without prefixes costs nothing for them from here on."""
    name = plain(tag)
    prefix = tag.removesuffix(name)

    def start_without_prefix(tag: str, attributes: Attributes) -> None:
        reader.start(tag.removeprefix(prefix), attributes)

    handler = start_without_prefix if prefix else reader.start
    reader.parser.StartElementHandler = handler
    reader.start(name, attributes)


def plain(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name[name.find(":") + 1 :]
