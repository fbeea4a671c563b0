"""Lines → paragraphs: what was broken in the middle of a sentence, a bracket or a heading is put together again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.notices import labels
from lib.notices.layout import marks
from lib.notices.model import Block
from lib.text import folding

_OPENERS: Final = {"(": ")", "[": "]", "《": "》", "“": "”", "「": "」"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_AHEAD: Final = 8  # lines in which an open bracket must be closed
_FAR: Final = 900  # characters in which it must be closed
_TERMINAL: Final = "。;:!?)]…"
_PAGE: Final = re.compile(
    r"[ \-—–]*(?:第 *)?[0-9]{1,3}(?: *页(?: *[,/共] *[共0-9 ]+页?)?)?[ \-—–]*|[0-9]{1,3} */ *[0-9]{1,3}"
)


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken lines joined; blank blocks and page numbers are left out, tables stay as they are."""
    width = _wrapped([block.text for block in blocks if block.soft and block.table < 0])
    blocks = [
        block for block in blocks if block.table >= 0 or not (block.soft and _is_page(block.text))
    ]
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.table >= 0:
            out.append(block)
        elif block.text.strip():
            text, at = _grown(blocks, at, block, width)
            out.append(replace(block, text=text))
    return out


def _is_page(text: str) -> bool:
    bare = text.strip()
    return 0 < len(bare) < 20 and bool(_PAGE.fullmatch(folding.fold(bare)))


def _wrapped(lines: list[str]) -> float:
    """How wide a full line is, where the text was broken at a width; 0 where it was not."""
    widths = [_width(line) for line in lines if line.strip()]
    if len(widths) < 4:
        return 0.0
    widest = max(widths)
    full = sum(width >= widest - 2.5 for width in widths)
    return widest if 12 <= widest <= 60 and full >= max(3, len(widths) * 0.2) else 0.0


def _width(text: str) -> float:
    return sum(
        1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text.rstrip()
    )


def _grown(blocks: Sequence[Block], at: int, block: Block, width: float) -> tuple[str, int]:
    """A block's text with the lines that belong to it, and the place behind them."""
    pieces, last = [block.text], block
    open_ = _open("", folding.fold(block.text))
    while at < len(blocks):
        following = _closing(blocks, at, open_) if open_ else at
        if open_ and following < 0:
            open_, following = "", at
        if following >= len(blocks) or blocks[following].table >= 0:
            break
        line = blocks[following]
        if not open_ and not (
            last.soft and line.text.strip() and _goes_on(pieces, last, blocks, following, width)
        ):
            break
        for piece in blocks[at:following] if open_ else []:
            pieces.append(piece.text.strip())
        pieces.append(line.text.strip() if len(pieces[-1]) else line.text)
        open_ = (
            _open("", folding.fold("".join(pieces)[-_FAR:]))
            if open_
            else _open("", folding.fold(line.text))
        )
        last, at = line, following + 1
    return _glued(pieces), at


def _glued(pieces: list[str]) -> str:
    """Lines as one text; a space stays between words in Latin letters."""
    out = [pieces[0].rstrip() if len(pieces) > 1 else pieces[0]]
    for piece in pieces[1:]:
        text = piece.strip()
        gap = (
            " "
            if text
            and out[-1][-1:].isascii()
            and out[-1][-1:].isalpha()
            and text[:1].isascii()
            and text[:1].isalpha()
            else ""
        )
        out.append(gap + text)
    return "".join(out)


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


def _closing(blocks: Sequence[Block], at: int, opener: str) -> int:
    """The line in which an open bracket is closed, -1 where it isn't within reach; an item's number ends the search."""
    length, seen, depth = 0, 0, 1
    for place in range(at, min(len(blocks), at + _AHEAD * 2)):
        if blocks[place].table >= 0:
            return -1
        folded = folding.fold(blocks[place].text)
        if not folded.strip():
            continue
        begun = marks.at(folded, folded)
        if begun and begun.style in ("han", "han_bracket", "arabic", "article"):
            return -1
        depth = _depth(folded, opener, depth)
        if depth <= 0:
            return place
        length, seen = length + len(folded), seen + 1
        if length > _FAR or seen >= _AHEAD:
            return -1
    return -1


def _depth(folded: str, opener: str, depth: int) -> int:
    """How deep brackets of one kind are open behind a line; 0 as soon as all were closed once."""
    for char in folded:
        depth += (char == opener) - (char == _OPENERS[opener])
        if depth <= 0:
            return 0
    return depth


def _goes_on(
    pieces: list[str], last: Block, blocks: Sequence[Block], at: int, width: float
) -> bool:
    """Whether a line goes on with the one before."""
    before, line = folding.fold(last.text).rstrip(), folding.fold(blocks[at].text)
    if _begins(line):
        return False
    if before.endswith(("、", ",", "的", "和")) and not width:
        return True
    label = labels.labels_in(before, 0, len(before))
    if label and label[-1].end == len(before) and label[-1].start <= 2:
        return True  # the value stands in the next line
    if width and _width(last.text) >= width - 2.5:
        return before[-1:] not in "。;"
    return (
        not width and _heading_goes_on(folding.fold(pieces[0]), before, line, blocks, at)
        if len(pieces) == 1
        else False
    )


def _begins(line: str) -> bool:
    """Whether a line begins something of its own: an item, a label, a bracket of responsibility."""
    if marks.at(line, line) or labels.opening_label(line, 0, min(len(line), 30)):
        return True
    found = labels.labels_in(line, 0, min(len(line), 30))
    return bool(found) and not line[: found[0].start].strip(" ([·*-")


def _heading_goes_on(first: str, before: str, line: str, blocks: Sequence[Block], at: int) -> bool:
    """A heading broken in two: numbered, without an end; then a short rest before the next number or a full stop."""
    if (
        not marks.at(first, first)
        or before[-1:] in _TERMINAL
        or len(before) > 45
        or len(before) < 8
    ):
        return False
    stop = line.find("。")
    if 0 < stop <= 14 and len(line) > stop + 1 and "," not in line[:stop]:
        return True
    following = next(
        (folding.fold(block.text) for block in blocks[at + 1 : at + 3] if block.text.strip()), ""
    )
    return (
        stop < 0
        and len(line.strip()) <= 14
        and not re.search("[,;:]", line)
        and bool(following and marks.at(following, following))
    )
