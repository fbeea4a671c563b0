"""Numbers as notices print them: 12, １２, 十二, 二〇, 廿五, 拾贰, ⑫, ㈢.

cn2an does as much and more, but takes 0.2 s to import.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

DIGITS: Final = "〇一二三四五六七八九"
FORMAL: Final = (
    "壹贰貳叁參参肆伍陆陸柒捌玖拾"  # of the Chinese numerals those of contracts and cheques
)
SIGNS: Final = "①-⒛㈠-㈩❶-❿➀-➉"  # the body of a character class: one sign is a whole number
LARGEST: Final = 999  # what is written

_TEN: Final = 10
_HUNDRED: Final = 100
_ZEROS: Final = str.maketrans("零○", "〇〇")
_NUMERAL: Final = re.compile(rf"\d{{1,9}}|[{DIGITS}零○{FORMAL}十百廿卅]{{1,9}}|[{SIGNS}]")


def read(numeral: str) -> int:
    """Read one numeral: 十二, 12 and ⑫ are 12, 二〇 is 20.

    Raises:
        ValueError: a character of it stands for no number.
    """
    values = [int(unicodedata.numeric(sign)) for sign in numeral.translate(_ZEROS)]
    if max(values) < _TEN:
        return int("".join(map(str, values)))
    total = 0
    digit = 0
    for value in values:
        if value < _TEN:
            digit = value
        elif value in (_TEN, _HUNDRED):
            total += (digit or 1) * value
            digit = 0
        else:
            total += value  # 廿, ⑫
    return total + digit


def find(text: str) -> list[int]:
    """Read the numerals of a text, from left to right: 一（二） gives [1, 2]."""
    return [read(numeral) for numeral in _NUMERAL.findall(text)]


def write(number: int) -> str:
    """Write a number from 0 to LARGEST in Chinese: 一百〇三, 十二, 二十."""
    hundreds, below = divmod(number, _HUNDRED)
    tens, ones = divmod(below, _TEN)
    text = ""
    if hundreds:
        text = f"{DIGITS[hundreds]}百"
    if tens > 1 or (tens and hundreds):
        text += DIGITS[tens]
    if tens:
        text += "十"
    elif hundreds and ones:
        text += "〇"
    if ones or not number:
        text += DIGITS[ones]
    return text
