"""Lines → paragraphs: what was broken in a sentence, a bracket or a heading is put together again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.notices import labels
from lib.notices.model import Block
from lib.text import folding, marks

_OPENERS: Final = {"(": ")", "[": "]", "《": "》", "“": "”", "「": "」"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_AHEAD: Final = 8  # lines in which an open bracket must be closed
_FAR: Final = 900  # characters in which it must be closed
_ITEMS: Final = ("han", "han_bracket", "arabic", "article")  # numbers that no bracket runs over

# A text that was broken at a width: enough lines, enough of them about as wide as the widest.
# Widths are counted in Chinese characters.
_FEWEST: Final = 4
_WIDTHS: Final = (12, 60)
_NEARLY: Final = 2.5  # under the widest
_FULL_SHARE: Final = 0.2
_FULL_LINES: Final = 3

_HEADING: Final = range(8, 46)  # characters of the first line of a heading broken in two
_REST: Final = 14  # characters of its second line
_BEGINNING: Final = 30  # characters in which a label begins a line
_LABEL_INDENT: Final = 2  # characters before a label that is alone on its line
_PAGE_LENGTH: Final = 20  # characters under which a line may be a page number

_TERMINAL: Final = "。;:!?)]…"
_UNFINISHED: Final = ("、", ",", "的", "和")
_BULLETS: Final = " ([·*-"
_CLAUSE: Final = re.compile("[,;:]")
_PAGE: Final = re.compile(
    r"[ \-—–]*(?:第 *)?[0-9]{1,3}(?: *页(?: *[,/共][共0-9 ]++页?)?)?[ \-—–]*"
    r"|[0-9]{1,3} */ *[0-9]{1,3}"
)


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken lines joined.

    Blank blocks and page numbers are left out, tables stay as they are.
    """
    width = _full_width(blocks)
    lines = _Lines([block for block in blocks if not is_page(block)], width)
    paragraphs: list[Block] = []
    number = 0
    while number < len(lines.blocks):
        block = lines.blocks[number]
        number += 1
        if block.table >= 0:
            paragraphs.append(block)
        elif block.text.strip():
            paragraph = lines.paragraph(number - 1)
            paragraphs.append(replace(block, text=paragraph.text))
            number = paragraph.end
    return paragraphs


def is_page(block: Block) -> bool:
    """Whether a line is the number of a page: — 3 —, 第 3 页 共 8 页."""
    if block.table >= 0 or not block.soft:
        return False
    bare = block.text.strip()
    return len(bare) < _PAGE_LENGTH and _PAGE.fullmatch(folding.fold(bare)) is not None


# --- where lines were broken -----------------------------------------------------------------------


def _full_width(blocks: Sequence[Block]) -> float:
    """How wide a full line is, where the text was broken at a width; 0 where it was not."""
    soft = [block.text for block in blocks if block.soft and block.table < 0]
    widths = [_width(text) for text in soft if text.strip()]
    if len(widths) < _FEWEST:
        return 0.0
    widest = max(widths)
    full = [width for width in widths if width >= widest - _NEARLY]
    enough = max(_FULL_LINES, len(widths) * _FULL_SHARE)
    narrowest, limit = _WIDTHS
    if not narrowest <= widest <= limit or len(full) < enough:
        return 0.0
    return widest


def _width(text: str) -> float:
    """The width of a line in Chinese characters; a Latin letter is half as wide."""
    text = text.rstrip()
    wide = [char for char in text if unicodedata.east_asian_width(char) in "WFA"]
    return (len(text) + len(wide)) / 2


# --- paragraphs ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text, and the block after it."""

    text: str
    end: int


class _Lines:
    """The lines of a document, put together into paragraphs.

    width: that of a full line, 0 where the text was not broken at a width.
    """

    def __init__(self, blocks: Sequence[Block], width: float) -> None:
        self.blocks = blocks
        self.width = width

    def paragraph(self, first: int) -> _Paragraph:
        """A line with the lines after it that belong to it."""
        pieces = [self.blocks[first].text]
        opener = _open("", folding.fold(pieces[0]))
        end = first + 1
        while end < len(self.blocks):
            closing = self._closing(end, opener) if opener else None
            if closing is not None:
                pieces += [block.text.strip() for block in self.blocks[end : closing + 1]]
                opener = _open("", folding.fold("".join(pieces)[-_FAR:]))
                end = closing + 1
                continue
            if not self._goes_on(pieces, end):
                break
            text = self.blocks[end].text
            pieces.append(text.strip())
            opener = _open("", folding.fold(text))
            end += 1
        return _Paragraph(_glued(pieces), end)

    def _closing(self, start: int, opener: str) -> int | None:
        """The line in which an open bracket is closed.

        None where it isn't within reach; an item's number or a table ends the search.
        """
        length, lines, depth = 0, 0, 1
        for number in range(start, min(len(self.blocks), start + _AHEAD * 2)):
            if self._is_of_its_own(number):
                return None
            folded = folding.fold(self.blocks[number].text)
            if not folded.strip():
                continue
            mark = marks.at(folded, folded)
            if mark and mark.style in _ITEMS:
                return None
            depth = _depth(folded, opener, depth)
            if depth <= 0:
                return number
            length += len(folded)
            lines += 1
            if length > _FAR or lines >= _AHEAD:
                return None
        return None

    def _is_of_its_own(self, number: int) -> bool:
        """Whether a block goes on with none before it: a cell, or what a person has said something of."""
        return self.blocks[number].table >= 0 or self.blocks[number].said != ""

    def _goes_on(self, pieces: Sequence[str], number: int) -> bool:
        """Whether a line goes on with the one before it."""
        block, last = self.blocks[number], self.blocks[number - 1]
        if self._is_of_its_own(number) or not last.soft or not block.text.strip():
            return False
        before, line = folding.fold(last.text).rstrip(), folding.fold(block.text)
        if _begins(line):
            return False
        unfinished = not self.width and before.endswith(_UNFINISHED)
        if unfinished or _ends_with_label(before):  # its value stands in the next line
            return True
        if self.width and _width(last.text) >= self.width - _NEARLY:
            return before[-1:] not in "。;"
        if self.width or len(pieces) > 1:
            return False
        return self._heading_goes_on(folding.fold(pieces[0]), line, number)

    def _heading_goes_on(self, heading: str, line: str, number: int) -> bool:
        """Whether a numbered heading without an end is broken in two.

        Its short rest comes before a full stop, or before the next number.
        """
        before = heading.rstrip()
        if not marks.at(heading, heading) or before[-1:] in _TERMINAL:
            return False
        if len(before) not in _HEADING:
            return False
        stop = line.find("。")
        if 0 < stop <= _REST and len(line) > stop + 1 and "," not in line[:stop]:
            return True
        if stop >= 0 or len(line.strip()) > _REST or _CLAUSE.search(line):
            return False
        return self._number_follows(number)

    def _number_follows(self, number: int) -> bool:
        """Whether one of the two lines after one begins an item, the first of them with words."""
        for block in self.blocks[number + 1 : number + 3]:
            if block.text.strip():
                folded = folding.fold(block.text)
                return marks.at(folded, folded) is not None
        return False


def _glued(pieces: Sequence[str]) -> str:
    """Lines as one text; a space stays between words in Latin letters."""
    if len(pieces) == 1:
        return pieces[0]
    glued = pieces[0].rstrip()
    last = glued
    for piece in pieces[1:]:
        text = piece.strip()
        glued += _gap(last, text) + text
        last = text
    return glued


def _gap(before: str, after: str) -> str:
    """What stands between two lines: nothing, but between Latin letters a space."""
    return " " if _is_latin(before[-1:]) and _is_latin(after[:1]) else ""


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _open(before: str, folded: str) -> str:
    """The bracket that is open at the end of a text, "" for none."""
    stack = [before] if before else []
    for char in folded:
        if char in _OPENERS:
            stack.append(char)
        elif char in _CLOSERS and stack:
            if _OPENERS[stack[-1]] == char:
                stack.pop()
            elif len(stack) > 1 and _OPENERS[stack[-2]] == char:
                stack = stack[:-2]
    return stack[-1] if stack else ""


def _depth(folded: str, opener: str, depth: int) -> int:
    """How deep brackets of one kind are open after a line; 0 once all were closed."""
    for char in folded:
        if char == opener:
            depth += 1
        elif char == _OPENERS[opener]:
            depth -= 1
        if depth <= 0:
            return 0
    return depth


def _ends_with_label(line: str) -> bool:
    """Whether a line is a label and nothing else."""
    found = labels.labels_in(line, 0, len(line))
    return bool(found) and found[-1].end == len(line) and found[-1].start <= _LABEL_INDENT


def _begins(line: str) -> bool:
    """Whether a line begins something of its own: an item, a label, a bracket of responsibility."""
    stop = min(len(line), _BEGINNING)
    if marks.at(line, line) or labels.opening_label(line, 0, stop):
        return True
    found = labels.labels_in(line, 0, stop)
    return bool(found) and not line[: found[0].start].strip(_BULLETS)
