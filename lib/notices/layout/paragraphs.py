"""Lines → paragraphs: what was broken in a sentence, a bracket or a heading is put together again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from lib.notices import labels
from lib.notices.model import Block, Blocks
from lib.text import folding, marks

_OPENERS: Final = {"(": ")", "[": "]", "《": "》", "“": "”", "「": "」"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_AHEAD: Final = 8  # lines with words in which an open bracket must be closed
_AHEAD_WITH_BLANKS: Final = 16
_FAR: Final = 900  # characters in which it must be closed
_ITEMS: Final = ("han", "han_bracket", "arabic", "article")  # numbers that no bracket runs over

_SENTENCE_ENDS: Final = ("。", ";")

# A text that was broken at a width: enough lines, enough of them about as wide as the widest.
# Widths are counted in Chinese characters.
_FEWEST: Final = 4
_WIDTHS: Final = (12, 60)
_NEARLY: Final = 2.5  # under the widest
_FULL_SHARE: Final = 0.2
_FULL_LINES: Final = 3

_HEADING: Final = range(8, 46)  # characters of the first line of a heading broken in two
_SECOND_LINE: Final = 14  # characters of its second line
_BEGINNING: Final = 30  # characters in which a label begins a line
_LABEL_INDENT: Final = 2  # characters before a label that is alone on its line
_PAGE_LENGTH: Final = 20  # characters under which a line may be a page number

_TERMINAL: Final = "。;:!?)]…"
_UNFINISHED: Final = ("、", ",", "的", "和")
_BULLETS: Final = " ([·*-"
_CLAUSE: Final = re.compile("[,;:]")
_DASHES: Final = r"[ \-—–]*"
_OF_PAGES: Final = "(?: *[,/共][共0-9 ]++页?)?"
_PAGE: Final = re.compile(
    rf"{_DASHES}(?:第 *)?[0-9]{{1,3}}(?: *页{_OF_PAGES})?{_DASHES}|[0-9]{{1,3}} */ *[0-9]{{1,3}}"
)


def joined(blocks: Blocks) -> list[Block]:
    """The blocks with broken lines joined.

    Blank blocks and page numbers are left out, tables stay as they are.
    """
    no_pages = [block for block in blocks if not is_page(block)]
    lines = _Lines(no_pages, _full_width(blocks))
    paragraphs: list[Block] = []
    number = 0
    while number < len(no_pages):
        block = no_pages[number]
        if block.table >= 0:
            paragraphs.append(block)
            number += 1
        elif not block.text.strip():
            number += 1
        else:
            paragraph = lines.paragraph(number)
            paragraphs.append(replace(block, text=paragraph.text))
            number = paragraph.end
    return paragraphs


def is_page(block: Block) -> bool:
    """Whether a line is the number of a page: — 3 —, 第 3 页 共 8 页."""
    if block.table >= 0 or not block.soft:
        return False
    bare = block.text.strip()
    if len(bare) >= _PAGE_LENGTH:
        return False
    folded = folding.fold(bare)
    return _PAGE.fullmatch(folded) is not None


# --- where lines were broken -----------------------------------------------------------------------


def _full_width(blocks: Blocks) -> float:
    """How wide a full line is, where the text was broken at a width; 0 where it was not."""
    soft = [block.text for block in blocks if block.soft and block.table < 0]
    widths = [_width(text) for text in soft if text.strip()]
    if len(widths) < _FEWEST:
        return 0.0
    widest = max(widths)
    narrowest, limit = _WIDTHS
    if not narrowest <= widest <= limit:
        return 0.0
    nearly_widest = widest - _NEARLY
    full = [width for width in widths if width >= nearly_widest]
    enough = max(_FULL_LINES, len(widths) * _FULL_SHARE)
    if len(full) < enough:
        return 0.0
    return widest


def _width(text: str) -> float:
    """The width of a line in Chinese characters; a Latin letter is half as wide."""
    text = text.rstrip()
    wide = [char for char in text if unicodedata.east_asian_width(char) in "WFA"]
    halves = len(text) + len(wide)
    return halves / 2


# --- paragraphs ------------------------------------------------------------------------------------


class _Paragraph(NamedTuple):
    """A text, and the block after it."""

    text: str
    end: int


class _Lines:
    """The lines of a document, put together into paragraphs.

    width: that of a full line, 0 where the text was not broken at a width.
    """

    def __init__(self, blocks: Blocks, width: float) -> None:
        self.blocks = blocks
        self.width = width

    def paragraph(self, first: int) -> _Paragraph:
        """A line with the lines after it that belong to it."""
        pieces = [self.blocks[first].text]
        opener = _open_bracket(pieces[0])
        end = first + 1
        while end < len(self.blocks):
            closing = self._closing(end, opener) if opener else None
            if closing is not None:
                within = self.blocks[end : closing + 1]
                pieces += [block.text.strip() for block in within]
                text = "".join(pieces)
                opener = _open_bracket(text[-_FAR:])
                end = closing + 1
                continue
            if not self._goes_on(pieces, end):
                break
            text = self.blocks[end].text
            pieces.append(text.strip())
            opener = _open_bracket(text)
            end += 1
        return _Paragraph(_glued(pieces), end)

    def _closing(self, start: int, opener: str) -> int | None:
        """The block in which the innermost open bracket is closed; the others are asked for after it.

        None where it isn't within reach; an item's number, a table, or what a person has said something
        of ends the search.
        """
        length = 0
        lines = 0
        depth = 1
        stop = min(len(self.blocks), start + _AHEAD_WITH_BLANKS)
        for number in range(start, stop):
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
        block = self.blocks[number]
        if block.table >= 0:
            return True
        return block.said != ""

    def _goes_on(self, pieces: Sequence[str], number: int) -> bool:
        """Whether a line goes on with the one before it."""
        if not self._may_go_on(number):
            return False
        last = self.blocks[number - 1].text
        before = folding.fold(last).rstrip()
        if _ends_with_label(before):  # its value stands in the next line
            return True
        if self.width:
            is_full = _width(last) >= self.width - _NEARLY
            return is_full and not before.endswith(_SENTENCE_ENDS)
        if before.endswith(_UNFINISHED):
            return True
        if len(pieces) > 1:
            return False
        heading = folding.fold(pieces[0])
        return self._heading_goes_on(heading, number)

    def _may_go_on(self, number: int) -> bool:
        """Whether a line begins nothing of its own, and the one before it may end in a line break."""
        if self._is_of_its_own(number):
            return False
        line_before = self.blocks[number - 1]
        text = self.blocks[number].text
        if not line_before.soft or not text.strip():
            return False
        return not _begins(folding.fold(text))

    def _heading_goes_on(self, heading: str, number: int) -> bool:
        """Whether a numbered heading without an end is broken in two.

        Its short rest comes before a full stop, or before the next number.
        """
        before = heading.rstrip()
        is_broken_off = len(before) in _HEADING and before[-1] not in _TERMINAL
        if not is_broken_off or not marks.at(heading, heading):
            return False
        line = folding.fold(self.blocks[number].text)
        stop = line.find("。")
        if stop < 0:
            is_short = len(line.strip()) <= _SECOND_LINE and not _CLAUSE.search(line)
            return is_short and self._number_follows(number)
        has_text_after = len(line) > stop + 1
        if 0 < stop <= _SECOND_LINE and has_text_after:
            return "," not in line[:stop]
        return False

    def _number_follows(self, number: int) -> bool:
        """Whether one of the two lines after one begins an item, the first of them with words."""
        after = number + 1
        for block in self.blocks[after : after + 2]:
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
        if _is_latin(last[-1:]) and _is_latin(text[:1]):
            glued += " "
        glued += text
        last = text
    return glued


def _is_latin(character: str) -> bool:
    """Whether a character is a Latin letter."""
    return character.isascii() and character.isalpha()


def _open_bracket(text: str) -> str:
    """The bracket that is open at the end of a text, "" for none."""
    stack: list[str] = []
    for char in folding.fold(text):
        if char in _OPENERS:
            stack.append(char)
        elif char in _CLOSERS and stack:
            _close(stack, char)
    return stack[-1] if stack else ""


def _close(stack: list[str], closer: str) -> None:
    """Take the bracket that is closed off those that are open; one inside it was never closed."""
    if _OPENERS[stack[-1]] == closer:
        stack.pop()
    elif len(stack) > 1 and _OPENERS[stack[-2]] == closer:
        del stack[-2:]


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
    in_line = labels.labels_in(line, 0, len(line))
    if not in_line:
        return False
    last = in_line[-1]
    return last.end == len(line) and last.start <= _LABEL_INDENT


def _begins(line: str) -> bool:
    """Whether a line begins something of its own: an item, a label, a bracket of responsibility."""
    stop = min(len(line), _BEGINNING)
    if marks.at(line, line) or labels.opening_label(line, 0, stop):
        return True
    near_beginning = labels.labels_in(line, 0, stop)
    if not near_beginning:
        return False
    before_label = line[: near_beginning[0].start]
    return not before_label.strip(_BULLETS)
