"""Plain text as blocks."""

from __future__ import annotations

import re
from typing import Final

from lib.errors import BoardError
from lib.files import encodings
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.model import Block

_NOISE_LOOK: Final = 8192  # characters by which noise is told
_NOISE: Final = 20  # of so many characters one may be odd
_ODD: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")  # that nobody writes
_LINE_END: Final = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029\x85]")
_GAP: Final = re.compile(r"\n{3,}")


def decode(data: bytes, name: str) -> str:
    """Text in UTF-8, GB18030 or UTF-16; raises BoardError: notice_undecodable, notice_too_long."""
    text = encodings.decode_strictly(data)
    if text is None or _is_noise(text):
        raise BoardError("notice_undecodable", file=name)
    if len(text) > limits.TEXT:
        raise BoardError("notice_too_long", limit=limits.TEXT)
    return text


def _is_noise(text: str) -> bool:
    """Whether it is no text a person wrote."""
    start = text[:_NOISE_LOOK]
    odd = _ODD.findall(start)
    return len(odd) * _NOISE > len(start)


def lines(text: str) -> list[Block]:
    """A plain text: a block a line. Whether a line ends a paragraph is for the outline to tell."""
    with_plain_ends = _LINE_END.sub("\n", text)
    without_gaps = _GAP.sub("\n\n", with_plain_ends)
    if without_gaps.count("\n") > limits.PIECES:
        raise BoardError("notice_too_long", limit=limits.TEXT)
    cleaned = map(clean, without_gaps.split("\n"))
    blocks = [Block(line, soft=True) for line in cleaned]
    return limits.capped(blocks)
