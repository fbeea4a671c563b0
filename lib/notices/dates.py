"""Dates inside a text: where a phrase stands that `deadlines.read` can read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lib.text import deadlines

_N: Final = "[一二三四五六七八九十]"
_YEAR: Final = (
    r"(?:20[0-9]{2} *年度?|[二两]〇[〇一二三四五六七八九]{2}年|今年|本年度?|当年|明年|次年)"
)
_M: Final = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTH: Final = rf"{_M}(?: *[-至到、和] *{_M})? *月(?!度|刊|季|报|饼|球|嫂|子)"
_DAY: Final = r"(?: *(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]) *[日号])"
_PART: Final = r"(?:份? *(?:月?底|月?末|初|上旬|中下旬|中旬|下旬|上中旬)|份)"
_HALF: Final = r"(?:[上下]半年)"
_QUARTER: Final = r"(?:第 *)?(?:[1-4]|[一二三四]) *季度(?:末|底|初)?"
_FEAST: Final = (
    r"(?:元旦|春节|元宵节?|清明节?|端午节?|中秋节?|重阳节?|国庆节?|劳动节|妇女节|儿童节|教师节|建军节|建党节"
    r"|[“\"]?(?:五一|七一|八一|十一|六一|三八|五四)[”\"]?(?:国际)?"
    r"(?:劳动节|妇女节|儿童节|青年节|建党节|建军节|国庆节|节)?)"
)
_BEFORE: Final = r"(?:[之以]?前|前夕|期间|[之以]?内)?"
_ONE: Final = rf"(?:{_YEAR} *)?(?:{_MONTH}(?:{_DAY}|{_PART})?|{_HALF}|{_QUARTER}|(?:年?年底|年终|年末)|{_FEAST})"
_PATTERN: Final = re.compile(
    rf"{_ONE}(?: *[-至到] *{_ONE})?{_BEFORE}"
    rf"|20[0-9]{{2}}[./-](?:1[0-2]|0?[1-9])(?:[./-](?:3[01]|[12][0-9]|0?[1-9]))?(?:日)?{_BEFORE}"
    rf"|{_YEAR} *(?:年?底|末|内|年内|[上下]半年)?{_BEFORE}|年内|全年"
    r"|长期坚持|长期|常态化(?:推进|开展|坚持)?|持续推进|贯穿始终|常抓不懈|每月|每季度|每周|立行立改|即知即改|立即整改"
)
# Behind these a date tells of something else: 自2020年以来, 2020年度报告.
_NO_DEADLINE: Final = re.compile(r"(?:以来|来|度|版|初步)")


class Date(NamedTuple):
    """A date phrase. order: its due day for comparison."""

    start: int
    end: int
    text: str
    order: str


@lru_cache(maxsize=10_000)
def window(phrase: str, year: int | None) -> deadlines.Window | None:
    """`deadlines.read`, remembered: a notice has few phrases."""
    return deadlines.read(phrase, year)


def find(folded: str, start: int, end: int) -> list[Date]:
    """The date phrases in a part of a folded text, from left to right."""
    found: list[Date] = []
    year = 2020
    for match in _PATTERN.finditer(folded, start, end):
        text = match[0].strip()
        if named := re.match(r"20[0-9]{2}", text):
            year = int(named[0])
        if (read := window(text, year)) is not None:
            order = (
                read.due.isoformat() if read.due else "9999" if text in ("长期", "长期坚持") else ""
            )
            found.append(Date(match.start(), match.start() + len(text), text, order))
    return found
