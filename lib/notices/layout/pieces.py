"""The lines of a table that lost its grid → pieces: what was a cell, or a part of one.

Between the cells stand line ends, |, tabs or spaces, in any mixture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.layout import boxes
from lib.notices.model import Block, Blocks

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
_PATTERNS: Final = (_PIPE, _TAB, *_MARKS, _GAP, *_IN_SENTENCES)  # the likeliest first


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
        pieces: list[Piece] = []
        for number, (start, end) in enumerate(self._spans(text)):
            begins_line = number == 0
            piece = _piece(text, block, start, end, begins_line=begins_line)
            if not boxes.is_border(piece.text):
                pieces.append(piece)
        return pieces

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each piece of a line begins and ends."""
        start, end = self._bounds(text)
        if self.pattern:
            for separator in self.pattern.finditer(text, start, end):
                yield start, separator.start()
                start = separator.end()
        yield start, end

    def _bounds(self, text: str) -> tuple[int, int]:
        """Where the cells of a line begin and end."""
        without_indent = text.lstrip(" \u3000")
        start = len(text) - len(without_indent)
        end = len(text.rstrip())
        if self.opens and text.startswith(_PIPES, start, end):
            start += 1
        if self.closes and text.endswith(_PIPES, start, end):
            end -= 1
        return start, max(start, end)


def _piece(text: str, block: int, start: int, end: int, *, begins_line: bool) -> Piece:
    """The piece between two places of a line, without the spaces around it."""
    within = text[start:end]
    without_indent = within.lstrip()
    indent = len(within) - len(without_indent)
    start_of_words = start + indent
    return Piece(without_indent.rstrip(), block, start_of_words, begins_line)


def separators(blocks: Blocks, start: int) -> Iterator[Separator]:
    """What may stand between the cells of a table that begins at a block, the likeliest first."""
    first = blocks[start].text.strip()
    near = blocks[start : start + _LOOK]
    if any(map(_has_pipe, near)):
        opens = first.startswith(_PIPES)
        closes = first.endswith(_PIPES)
        yield Separator(_PIPE, opens, closes)
        return
    for pattern in (_TAB, _WIDE, _SPACE):
        marks = pattern.findall(first)
        if len(marks) >= _FEWEST:
            yield Separator(pattern)
    yield Separator(None)


def _has_pipe(block: Block) -> bool:
    """Whether a block is a line in which | stands."""
    if block.table >= 0:
        return False
    return _PIPE.search(block.text) is not None


def between(lines: Blocks) -> Separator:
    """What stands between the cells of lines that are a table, as a person says.

    It stands in most of them. Where nothing does, a line is a cell.
    """
    texts = [line.text.strip() for line in lines if not boxes.is_border(line.text)]
    filled = [text for text in texts if text]
    half = len(filled) / 2
    for pattern in _PATTERNS:
        if _parted_by(filled, pattern) <= half:
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
    counts: list[int] = []
    for text in texts:
        count = len(pattern.findall(text))
        if count >= _FEWEST:
            counts.append(count)
    if pattern not in _IN_SENTENCES:
        return len(counts)
    return max(map(counts.count, counts), default=0)
