"""Feasts: what they are called, and the day on which each falls."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from lib.text import numerals

YEARS: Final = range(2000, 2100)  # those that the tables of the moon hold
NEW_YEAR: Final = "元旦"

# 春节期间: the days that the usual holiday has.
HOLIDAYS: Final = {"春节": 7, "国庆节": 7, "劳动节": 5}

_FIXED: Final = {  # month and day
    "元旦": "0101",
    "妇女节": "0308",
    "植树节": "0312",
    "劳动节": "0501",
    "青年节": "0504",
    "儿童节": "0601",
    "建党节": "0701",
    "建军节": "0801",
    "教师节": "0910",
    "国庆节": "1001",
    "宪法日": "1204",
}
# Name → the feast in the library's tables, and the days after it.
_LUNAR: Final = {
    "除夕": ("lunar_new_year", -1),
    "春节": ("lunar_new_year", 0),
    "元宵节": ("lunar_new_year", 14),
    "清明节": ("qingming", 0),
    "端午节": ("dragon_boat", 0),
    "中秋节": ("mid_autumn", 0),
    "重阳节": ("double_ninth", 0),
}
# The two that the library has no table for, month and day, from 2000 on. 腊八 moves through January:
# where a year has none or two of it, nothing is said.
_TABLES: Final = {
    "七夕": """
0806 0825 0815 0804 0822 0811 0731 0819 0807 0826 0816 0806 0823 0813 0802 0820 0809 0828 0817 0807
0825 0814 0804 0822 0810 0829 0819 0808 0826 0816 0805 0824 0812 0801 0820 0810 0828 0817 0807 0826
0814 0803 0822 0811 0731 0819 0808 0827 0816 0805 0823 0812 0801 0820 0810 0829 0817 0806 0825 0814
0802 0821 0811 0801 0819 0808 0827 0816 0804 0823 0812 0802 0820 0810 0828 0818 0806 0824 0814 0803
0821 0811 0731 0819 0808 0826 0815 0805 0823 0812 0802 0821 0809 0828 0817 0806 0824 0813 0803 0822
""",
    "腊八": """
0114 0102 0120 ---- ---- 0117 0107 0126 0115 0103 0122 0111 0101 0119 0108 0127 0117 0105 0124 0113
0102 0120 ---- ---- 0118 0107 0126 0115 0104 0122 0111 0101 0120 0108 0127 0116 0105 0123 0112 0102
0121 ---- ---- 0118 0107 0125 0114 0103 0122 0111 0101 0120 0109 0127 0116 0105 0124 0112 0102 0121
---- ---- 0118 0107 0125 0114 0103 0122 ---- ---- 0119 0108 0127 0115 0105 0124 0113 0102 0121 ----
---- 0117 0106 0125 0115 0103 0122 0112 0101 0119 0108 0127 0116 0105 0124 0113 0103 0120 ---- ----
""",
}

NAMES: Final = "|".join((*_FIXED, *_LUNAR, *_TABLES))  # in the one form that `named` gives


@cache
def day(name: str, year: int) -> date:
    """Give the day of a feast.

    Raises:
        ValueError: the year has no such day, or lies beyond the tables (明年春节 of 2099).
    """
    if name in _FIXED:
        return _written_day(year, _FIXED[name])
    if year not in YEARS:
        raise ValueError(year)
    if name in _TABLES:
        days = _TABLES[name].split()
        return _written_day(year, days[year - YEARS.start])
    return _lunar_day(name, year)


def _written_day(year: int, written: str) -> date:
    """0501 is 1 May, ---- no day."""
    month, day_of_month = written[:2], written[2:]
    return date(year, int(month), int(day_of_month))


def _lunar_day(name: str, year: int) -> date:
    # Imported here: a board without a lunar feast is not to wait for it.
    from holidays.calendars.chinese import _ChineseLunisolar

    table, days = _LUNAR[name]
    feast: date = getattr(_ChineseLunisolar(), f"{table}_date")(year)[0]
    return feast + timedelta(days)


_NUMERAL: Final = f"0-9{numerals.DIGITS}十廿卅"
_NO_NUMBER: Final = rf"(?![{_NUMERAL}月日年个])"  # 五一 is no 51
_NO_MONTHS: Final = rf"(?![{_NUMERAL}月日年个]|[-、,和及至到][{_NUMERAL}])"  # 十一—十二月


class _Spelling(NamedTuple):
    """How a feast is written.

    Attributes:
        name: its one form.
        words: its names without the day, as a pattern.
        numeral: its day as a name, 五一; "" where that is not usual.
        after: what may follow the numeral.
        unlike: what must follow the numeral where none of that does.
    """

    name: str
    words: str
    numeral: str = ""
    after: str = ""
    unlike: str = _NO_NUMBER


_SPELLINGS: Final = (
    _Spelling("元旦", "元旦节?"),
    _Spelling("妇女节", "(?:国际)?妇女节", "三八", "(?:国际)?妇女节|节"),
    _Spelling("劳动节", "(?:国际)?劳动节", "五一", "(?:国际)?劳动节|节"),
    _Spelling("青年节", "青年节", "五四", "青年节|节"),
    _Spelling("儿童节", "(?:国际)?儿童节", "六一", "(?:国际)?儿童节|节"),
    _Spelling("建党节", "建党节", "七一", "建党节|节"),
    _Spelling("建军节", "建军节", "八一", "建军节|节"),
    _Spelling("国庆节", "国庆节?", "十一", "国庆节?", _NO_MONTHS),
    _Spelling("教师节", "教师节"),
    _Spelling("植树节", "植树节"),
    _Spelling("宪法日", "(?:国家)?宪法日"),
    _Spelling("清明节", "清明节?"),
    _Spelling("除夕", "(?:农历)?除夕夜?"),
    _Spelling("春节", "农历新年|(?:农历)?春节"),
    _Spelling("元宵节", "(?:农历)?元宵节?"),
    _Spelling("端午节", "(?:农历)?端午节?"),
    _Spelling("七夕", "(?:农历)?七夕节?"),
    _Spelling("中秋节", "(?:农历)?中秋节?"),
    _Spelling("重阳节", "(?:农历)?重阳节?"),
    _Spelling("腊八", "(?:农历)?腊八节?"),
)


def _one_form(spelling: _Spelling) -> str:
    """Give the pattern of a feast in a phrase, without quotes."""
    if not spelling.numeral:
        return spelling.words
    return f"{spelling.numeral}(?:{spelling.after}|{spelling.unlike})|{spelling.words}"


def _printed(spelling: _Spelling) -> str:
    """Give the pattern of a feast in a sentence: “五一”, '五一'国际劳动节."""
    if not spelling.numeral:
        return spelling.words
    return f'[“"]?{spelling.numeral}[”"]?(?:{spelling.after})?|{spelling.words}'


PRINTED: Final = "|".join(map(_printed, _SPELLINGS))

_ANY: Final = re.compile(
    rf"(?<![{_NUMERAL}.])(?:{'|'.join(f'({_one_form(spelling)})' for spelling in _SPELLINGS)})"
)


def named(text: str) -> str:
    """Give each feast of a phrase one name: 五一国际劳动节 and 五一 are 劳动节.

    The numerals are read after this: 五一 is no 51, and 十一 is 11 only before 月 or 日.
    """
    return _ANY.sub(lambda match: _SPELLINGS[(match.lastindex or 1) - 1].name, text)
