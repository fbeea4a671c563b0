"""The lines of a table that lost its grid → pieces: what was a cell, or a part of one.

Between the cells stand line ends, |, tabs or spaces, in any mixture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.layout import boxes
from lib.notices.model import Blocks

_LOOK: Final = 4  # lines by which it is told what stands between the cells
_FEWEST: Final = 2  # separators that a line has at least, where lines have several cells
_PIPES: Final = ("|", "｜")
_PIPE: Final = re.compile("[|｜]")
_TAB: Final = re.compile("\t")
_WIDE: Final = re.compile(r"(?: {2,}|[\u3000\t]) *")
_MARKS: Final = tuple(map(re.compile, ("[/／]", "→", "[>＞]", "[#＃]", "[=＝]", "[~～]", "[·•]")))
_GAP: Final = re.compile(r"(?: {2}|\u3000)[ \u3000]*")
_STOP: Final = re.compile("[;；]")
_COMMA: Final = re.compile("[,，]")

# Spaces, but for one between two single characters: 工 作 任 务.
_AFTER_NO_SINGLE: Final = r"(?<!\s[一-鿿])(?<!^[一-鿿])"
_BEFORE_NO_SINGLE: Final = r"(?![ \u3000\t][一-鿿](?:\s|$))"
_SPACE: Final = re.compile(rf"(?:{_AFTER_NO_SINGLE}|{_BEFORE_NO_SINGLE})[ \u3000\t]+")

_IN_SENTENCES: Final = (_STOP, _SPACE, _COMMA)


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell or a part of one.

    text: without the spaces around it, "" for nothing between two separators, and for a blank line.
    block, start: where it stands; begins_line: whether it is the first of its line.
    """

    text: str
    block: int
    start: int
    begins_line: bool


Pieces = Sequence[Piece]  # in the order of the text


@dataclass(frozen=True, slots=True)
class Separator:
    """What stands between the cells of a line.

    pattern: None where nothing does, and a line is a cell or a part of one.
    opens, closes: whether it stands before the first and after the last cell of a line too.
    """

    pattern: re.Pattern[str] | None
    opens: bool = False
    closes: bool = False

    @property
    def is_space(self) -> bool:
        """Whether a cell may hold what stands between two of them."""
        return self.pattern is _SPACE

    def pieces(self, text: str, block: int) -> list[Piece]:
        """The pieces of a line: one without text for a blank line, none for a drawn border."""
        if boxes.is_border(text):
            return []
        start, end = self._bounds(text)
        pieces: list[Piece] = []
        if self.pattern:
            for mark in self.pattern.finditer(text, start, end):
                pieces.append(_piece(text, block, start, mark.start(), is_first=not pieces))
                start = mark.end()
        pieces.append(_piece(text, block, start, end, is_first=not pieces))
        return [piece for piece in pieces if not boxes.is_border(piece.text)]

    def _bounds(self, text: str) -> tuple[int, int]:
        """Where the cells of a line begin and end."""
        start = len(text) - len(text.lstrip(" \u3000"))
        end = len(text.rstrip())
        if self.opens and start < end and text[start] in _PIPES:
            start += 1
        if self.closes and start < end and text[end - 1] in _PIPES:
            end -= 1
        return start, max(start, end)


def _piece(text: str, block: int, start: int, end: int, *, is_first: bool) -> Piece:
    """The piece between two places of a line, without the spaces around it."""
    within = text[start:end]
    indent = len(within) - len(within.lstrip())
    return Piece(within.strip(), block, start + indent, is_first)


def separators(blocks: Blocks, start: int) -> Iterator[Separator]:
    """What may stand between the cells of a table that begins at a block, the likeliest first."""
    first = blocks[start].text.strip()
    near = blocks[start : start + _LOOK]
    if any(_PIPE.search(block.text) for block in near if block.table < 0):
        yield Separator(_PIPE, first.startswith(_PIPES), first.endswith(_PIPES))
        return
    for pattern in (_TAB, _WIDE, _SPACE):
        if len(pattern.findall(first)) >= _FEWEST:
            yield Separator(pattern)
    yield Separator(None)


def between(lines: Blocks) -> Separator:
    """What stands between the cells of lines that are a table, as a person says.

    It stands in most of them. Where nothing does, a line is a cell.
    """
    texts = [line.text.strip() for line in lines if not boxes.is_border(line.text)]
    filled = [text for text in texts if text]
    for pattern in (_PIPE, _TAB, *_MARKS, _GAP, *_IN_SENTENCES):
        if _parted_by(filled, pattern) * 2 <= len(filled):
            continue
        if pattern is not _PIPE:
            return Separator(pattern)
        opens = all(text.startswith(_PIPES) for text in filled)
        closes = all(text.endswith(_PIPES) for text in filled)
        return Separator(pattern, opens, closes)
    return Separator(None)


def _parted_by(texts: Sequence[str], pattern: re.Pattern[str]) -> int:
    """How many lines have cells between which a separator stands.

    What stands in sentences too counts only where it stands as often in each of these lines.
    """
    counts = [len(pattern.findall(text)) for text in texts]
    counts = [count for count in counts if count >= _FEWEST]
    if pattern not in _IN_SENTENCES:
        return len(counts)
    return max(map(counts.count, counts), default=0)
