"""One form for each spelling of a deadline phrase, and off with the words that change no date."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lib.text import feasts, folding, numerals
from lib.text.pieces import DAY, MONTH

LONGEST: Final = 60  # characters: a deadline cell holds a phrase, what is longer is a sentence
# The same with its spaces and accents. NFKC is slow on a long run of accents.
LONGEST_WRITTEN: Final = 240

BEFORE: Final = "[之以]前|前夕"  # as well as 前
WITHIN: Final = "[之以]?内"

# A date in digits, in a sentence as well.
IN_DIGITS: Final = rf"20[0-9]{{2}}[-./]{MONTH}(?:[-./]{DAY}日?|月)?"

_MARKS: Final = str.maketrans({"号": "日", ";": ","})
# Quotes, and marks that nobody sees: zero-width spaces, byte-order marks, direction signs.
_DROPPED: Final = re.compile(
    r"[\"'“”‘’「」『』《》〈〉\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# NFKC would turn “①2月”, item ① in February, into December.
_ITEM_MARK: Final = re.compile("[²³¹⁰-⁹₀-₉①-⒛⓪]")
_EDGE: Final = "()[]。.,、!"

_EXCEL_TIME: Final = re.compile(r"(?<=[0-9])[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?$")
_SPACE_BEFORE_HOUR: Final = re.compile(r"(?<=[0-9]) (?=[0-9]{1,2}:[0-9]{2})")
# A number cell loses its last zero: 2018.1 may be 2018.10, and 8.3 may be 8.30.
_LOST_ZERO: Final = re.compile(r"20[0-9]{2}\.1|[0-9]{1,2}\.[123]")


def normal(phrase: str) -> str | None:
    """Give the one form of a phrase: folded, without spaces and quotes, in Arabic digits.

    Returns:
        The phrase in its one form; None where it is too long for one, or a number in it may be
        two things.
    """
    if len(phrase) > LONGEST_WRITTEN or _ITEM_MARK.search(phrase):
        return None
    text = _EXCEL_TIME.sub("", unicodedata.normalize("NFKC", phrase).strip())
    text = "".join(_SPACE_BEFORE_HOUR.sub("日", text).split())
    if len(text) > LONGEST:
        return None
    text = _DROPPED.sub("", folding.fold(text).translate(_MARKS))
    text = _in_digits(feasts.named(text)).strip(_EDGE)
    if _LOST_ZERO.fullmatch(text):
        return None
    return _digits_as_dates(_QUARTER_SIGN.sub(_quarter_in_words, text))


# A run beside an Arabic digit is left: “1二月” is no number. So are 七夕 and 腊八, where the numeral
# is part of a name.
_HAN_RUN: Final = re.compile(rf"(?<![0-9腊])[{numerals.DIGITS}十]+(?![0-9夕])")
_HAN_NUMBER: Final = re.compile(
    rf"[{numerals.DIGITS}]|[{numerals.DIGITS}]{{4}}|[一二三四五六七八九]?十[一二三四五六七八九]?"
)


def _in_digits(text: str) -> str:
    """Write the Chinese numerals in digits, but for those that may be two: 一二月."""
    return _HAN_RUN.sub(_number, text.replace("廿", "二十").replace("卅", "三十"))


def _number(run: re.Match[str]) -> str:
    if _HAN_NUMBER.fullmatch(run[0]):
        return str(numerals.read(run[0]))
    return run[0]


_QUARTER_SIGN: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<year>20[0-9]{2})(?:[-./]|年度?)?)?"
    r"[Qq](?P<quarter>[1-4])(?![0-9A-Za-z])(?:季度?)?"
)


def _quarter_in_words(sign: re.Match[str]) -> str:
    """Q3, 2026Q3, 2026年Q3: the quarter as a notice writes it."""
    if sign["year"]:
        return f"{sign['year']}年{sign['quarter']}季度"
    return f"{sign['quarter']}季度"


_YEAR: Final = "(?<![0-9])(?P<year>20[0-9]{2})"
_IN_WORDS: Final = (
    # 2018.09.15
    (
        rf"{_YEAR}(?P<mark>[-./])(?P<month>{MONTH})(?P=mark)(?P<day>{DAY})(?![0-9])日?",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    # 2018/9
    (rf"{_YEAR}[-./](?P<month>{MONTH})(?![0-9])月?", r"\g<year>年\g<month>月"),
    # 20180915
    (
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])(?![0-9])",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    # 201809
    (rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?![0-9])", r"\g<year>年\g<month>月"),
    # 8.31
    (
        rf"(?<![0-9.])(?P<month>{MONTH})[./](?P<day>{DAY})(?![0-9./月年])日?",
        r"\g<month>月\g<day>日",
    ),
)
_DIGITS: Final = tuple((re.compile(digits), words) for digits, words in _IN_WORDS)


def _digits_as_dates(text: str) -> str:
    """Write dates of digits in words: after that a dash can only mean a range."""
    for pattern, words in _DIGITS:
        text = pattern.sub(words, text)
    return text


_LABEL: Final = (
    "(?:完成|办结|整改|落实|工作|任务|要求|截止|推进)*"
    "(?:时限|时间节点|时间|期限|日期|节点)(?:要求|安排)?:?"
)
_OPENINGS: Final = (
    "力争|争取|确保|计划|预计|预期|原则上|务必|必须|要求|拟定|拟|定|应|须|于|在|"
    "截至|截止到?|最迟|不迟于|不晚于|直至|直到|至|到"
)
CLOSINGS: Final = (
    "完成|完结|完毕|办结|办理|结束|到位|落实|整改|开展|举行|举办|召开|进行|组织|推进|实施|报送|"
    "上报|提交|全面|全部|基本|按时|如期|任务|工作"
)
# 24时前, 下午5点半前, 18:00前, (星期四): the day is what counts. 0时 is left, and unread: it may mean
# the day before.
_HOUR: Final = r"(?:0?[1-9]|1[0-9]|2[0-4])(?::[0-5][0-9]|[时点](?:[0-5]?[0-9]分|半|整)?)"
_WEEKDAY: Final = r"(?:\(?(?:星期|周)[1-6日天]\)?)?"
_TIME_OF_DAY: Final = rf"{_WEEKDAY}(?:(?:上午|下午|中午|晚上|晚)?{_HOUR}|下班)?"
_SAME: Final = (
    (re.compile(rf"^(?:{_LABEL})?(?:{_OPENINGS})*"), ""),
    (re.compile(rf"(?:{CLOSINGS})+$"), ""),
    (re.compile(BEFORE), "前"),
    (re.compile("(?:[-到]|至(?!少))+"), "-"),
    (re.compile(rf"(?<=日){_TIME_OF_DAY}(?=[前,、-]|$)"), ""),
    # Not after a bare 月: 3月内 may be three months.
    (re.compile(f"(?<=[日底末旬份]){WITHIN}|(?<=年)[之以]内"), ""),
    (re.compile(f"(?<=季度|半年){WITHIN}"), ""),
    (re.compile("(?<=月)份"), ""),
    (re.compile("^[自从](?=.+(?:起|开始|-))|贯穿于?"), ""),
)


def unwrapped(text: str) -> str:
    """Take off labels, verbs, hours and marks: 完成时限:力争8月底之前完成 becomes 8月底前."""
    for pattern, words in _SAME:
        text = pattern.sub(words, text)
    return text.strip(_EDGE)
