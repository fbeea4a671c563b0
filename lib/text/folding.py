"""The one writing in which texts are compared: half-width and simplified, one character for one."""

from __future__ import annotations

from functools import cache
from typing import Final

FULL_WIDTH_SHIFT: Final = 0xFEE0  # ！ (U+FF01) … ～ (U+FF5E) lie that far behind ! … ~
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_HAN: Final = range(0x3400, 0xA000)  # the unified ideographs, with extension A
_MARKS: Final[dict[str, str]] = {
    "〔【［〖": "[",
    "〕】］〗": "]",
    "﹙❨⦅": "(",
    "﹚❩⦆": ")",
    "\u3000\xa0\u2002\u2003\u2009\u200a\t\r\x0b\x0c": " ",
    "︰∶﹕︓": ":",
    "﹔": ";",
    "﹐": ",",
    "｡": "。",
    "•": "·",
    "–—―−～〜‐‑‒~": "-",
    "○零": "〇",
}


def fold(text: str) -> str:
    """Fold a text for comparison.

    Returns:
        A text as long as the one that came in, so that a place in one is the same place in the
        other: （一）強化 becomes (一)强化.
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """Give the folded form of each character that has one."""
    table = {code: chr(code - FULL_WIDTH_SHIFT) for code in _FULL_WIDTH}
    for spellings, mark in _MARKS.items():
        table |= dict.fromkeys(map(ord, spellings), mark)
    return table | _simplified()


def _simplified() -> dict[int, str]:
    """Give the simplified form of each traditional character that has one of one character."""
    from opencc import OpenCC  # slow to load, and a table of measures does without

    written = [chr(code) for code in _HAN]
    simplified = OpenCC("t2s").convert("\n".join(written)).split("\n")
    return {
        ord(character): form
        for character, form in zip(written, simplified, strict=True)
        if form != character and len(form) == 1
    }
