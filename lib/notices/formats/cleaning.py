"""Text without characters that nobody sees, and without radicals that stand for characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lib.text.invisible import MARKS

_INVISIBLE: Final = re.compile(rf"[{MARKS}\x00-\x08\x0e-\x1f\x7f]")
_RADICAL: Final = re.compile("[⺀-⿕]")
_KANGXI: Final = range(0x2F00, 0x2FD6)  # radicals that Unicode knows as the characters
_OTHERS: Final = (
    "⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻥鱼"
    "⻦鸟⻬齐⻮齿⻰龙⻩黄⺠民⻄西⻣骨⻤鬼⻨麦⻑長⻝食⺁厂⺟母"
)


def _radicals() -> dict[int, str]:
    usual = {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    radicals = _OTHERS[::2]
    characters = _OTHERS[1::2]
    for radical, character in zip(radicals, characters, strict=True):
        usual[ord(radical)] = character
    return usual


_CHARACTERS: Final = _radicals()


def clean(text: str) -> str:
    """A text as it is seen. Radicals come from PDF."""
    text = _INVISIBLE.sub("", text)
    if _RADICAL.search(text):
        return text.translate(_CHARACTERS)
    return text
