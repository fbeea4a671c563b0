"""The one writing in which texts are compared: half-width and simplified, one character for one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

FULL_WIDTH_SHIFT: Final = 0xFEE0  # ！ (U+FF01) … ～ (U+FF5E) come that far after ! … ~
HALF_WIDTH: Final = {code: chr(code - FULL_WIDTH_SHIFT) for code in range(0xFF01, 0xFF5F)}
_MARKS: Final[dict[str, str]] = {
    "〔【［〖": "[",
    "〕】］〗": "]",
    "﹙❨⦅": "(",
    "﹚❩⦆": ")",
    "\u3000\xa0\u2002\u2003\u2009\u200a\t\r\x0b\x0c": " ",
    "︰∶﹕︓": ":",
    "﹔": ";",
    "﹐": ",",
    "﹒": ".",
    "｡": "。",
    "•": "·",
    "–—―−～〜‐‑‒\u223c~": "-",
    "○◯零": "〇",
}
# Pairs: a traditional character and its simplified form, as OpenCC has them (a test compares).
# OpenCC itself takes 0.1 s to load, which a table of measures would wait for.
_SIMPLIFIED: Final = Path(__file__).with_name("simplified.txt")


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
    table = dict(HALF_WIDTH)
    for spellings, mark in _MARKS.items():
        table |= dict.fromkeys(map(ord, spellings), mark)
    pairs = _SIMPLIFIED.read_text(encoding="utf-8").split()
    return table | {ord(pair[0]): pair[1] for pair in pairs}
