"""One form for each spelling of a deadline phrase, and off with the words that change no date."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from lib.text import day_numbers, english, feasts, folding, invisible, numerals
from lib.text.pieces import DAY, MONTH, SHORT_YEAR_BEFORE

LONGEST: Final = 60  # characters: a deadline cell holds a phrase, what is longer is a sentence
# The same with its spaces and accents. NFKC is slow on a long run of accents.
LONGEST_WRITTEN: Final = 240

BEFORE: Final = "[之以]前|前夕"  # as well as 前
WITHIN: Final = "[之以]?内"

# A date in digits, and a quarter by its sign, in a sentence as well; 8.31 is one only before 前.
IN_DIGITS: Final = (
    r"20[0-9]{2}-20[0-9]{2}(?:年度?(?![一-鿿])|(?![^),、;。\s]))"
    rf"|20[0-9]{{2}}[-./]{MONTH}(?:[-./]{DAY}日?|月)?(?![0-9])"
    r"|20[0-9]{2}(?:年度?)? *[Qq][1-4](?![0-9A-Za-z])"
    rf"|(?<![0-9A-Za-z./]){MONTH}[./](?:3[01]|[12][0-9]|0[1-9])日?(?=[之以]?前)"
)

_MARKS: Final = str.maketrans({"号": "日", ";": ","})
# Quotes, and marks that nobody sees: zero-width spaces, byte-order marks, direction signs.
_DROPPED: Final = re.compile(rf"[\"'“”‘’「」『』《》〈〉{invisible.MARKS}]")
# NFKC would turn “①2月”, item ① in February, into December.
_ITEM_MARK: Final = re.compile("[²³¹⁰-⁹₀-₉①-⒛⓪]")
_EDGE: Final = "()[]。.,、!"

# 2026-06-30 00:00:00.000, 2026年6月30日0:00, 2026/6/30 上午12:00:00, 2026/6/30 12:00 AM: what a
# spreadsheet or a database writes of a day, alone or as from and to.
_CLOCK: Final = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,12})?)?"
_EXCEL_TIME: Final = re.compile(
    rf"(?:(?<=[0-9])[ T]+|(?<=[日号]) *)(?:[上下]午 ?)?{_CLOCK}(?: ?[AP]M)?(?= ?(?:[-—~至到]|$))"
)
_INSTANT: Final = re.compile(
    rf"(?P<day>20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})[T ](?P<clock>{_CLOCK})"
    " ?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
_CHINA: Final = timezone(timedelta(hours=8))
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
    text = unicodedata.normalize("NFKC", phrase).strip()
    text = english.in_chinese(text) or day_numbers.in_words(text) or text
    if ":" in text:
        text = _EXCEL_TIME.sub("", _INSTANT.sub(_day_in_china, text))
    text = "".join(_SPACE_BEFORE_HOUR.sub("日", text).split())
    if len(text) > LONGEST:
        return None
    text = _DROPPED.sub("", folding.fold(text).translate(_MARKS))
    text = _in_digits(feasts.named(text)).strip(_EDGE)
    if _LOST_ZERO.fullmatch(text):
        return None
    text = _ROMAN_QUARTER.sub(_quarter_in_digits, text)
    return _digits_as_dates(_QUARTER_SIGN.sub(_quarter_in_words, text))


def _day_in_china(instant: re.Match[str]) -> str:
    """The day of 2026-06-30T00:00:00Z.

    2026-06-29T16:00:00Z is left, and unread: it says the 29th, and is the 30th in China.
    """
    try:
        time = datetime.fromisoformat(f"{instant['day']}T{instant['clock']}{instant['zone']}")
    except ValueError:
        return instant[0]
    if time.astimezone(_CHINA).date() != time.date():
        return instant[0]
    return instant["day"]


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


# Ⅱ季度, and II、IV季度; Ⅱ is II by now.
_ROMAN_QUARTER: Final = re.compile(
    "(?<![0-9A-Za-z])(?:IV|I{1,3})(?=季|[-、,和及至到]第?(?:IV|I{1,3})季)"
)
_QUARTER_OF_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def _quarter_in_digits(numeral: re.Match[str]) -> str:
    return _QUARTER_OF_ROMAN[numeral[0]]


_YEAR: Final = "(?<![0-9])(?P<year>20[0-9]{2})"
_LAST_YEAR: Final = "(?P=mark)(?P<year>20[0-9]{2})(?![0-9])"
_LATE_DAY: Final = "(?P<day>1[3-9]|2[0-9]|3[01])"  # that is no month
_IN_WORDS: Final = (
    # 2026 and 2026全年, where nothing else stands
    ("^(?P<year>20[0-9]{2})(?=全年|$)", r"\g<year>年"),
    # 25年6月, 25年底
    (
        rf"(?<![0-9])(?P<year>[23][0-9])年(?={MONTH}月|{SHORT_YEAR_BEFORE}|第?[1-4]季)",
        r"20\g<year>年",
    ),
    # 2018.09.15
    (
        rf"{_YEAR}(?P<mark>[-./])(?P<month>{MONTH})(?P=mark)(?P<day>{DAY})(?![0-9])日?",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    # 9/15/2018 and 15/9/2018, but not 9/5/2018
    (
        rf"(?<![0-9./])(?P<month>{MONTH})(?P<mark>[-./]){_LATE_DAY}{_LAST_YEAR}",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    (
        rf"(?<![0-9./]){_LATE_DAY}(?P<mark>[-./])(?P<month>{MONTH}){_LAST_YEAR}",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    # 2018-2020
    (
        r"(?<![0-9])(?P<first>20[0-9]{2})-(?P<last>20[0-9]{2})(?![0-9年.学])",
        r"\g<first>年-\g<last>年",
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
# What is there then.
_RESULTS: Final = (
    "完工|整治|建设|建成|通车|竣工|封顶|验收|交付|投产|投用|投入(?:使用|运行|运营)|试运行|印发|出台|发布|"
    "公布|上线|启用|销号|化解|清0|取得|初见|明显|阶段性|初步|实质性|成效|实效|见效|进展|突破"
)
_WORKS_BEGUN: Final = "开工|动工|开建"
BEGUN: Final = f"启动|{_WORKS_BEGUN}"
ENDINGS: Final = f"(?:{CLOSINGS}|{_RESULTS})+"
# What is to be there by then: 6月底前完成初稿, 6月30日前制定方案; but not 完成过半 or 完成50%.
_DRAFTS: Final = (
    "制定|修订|建立|编制|形成|提出|制作|确定|组建|梳理|签订|部署|调研|自查|评估|总结|汇总"
)
_DOING: Final = f"(?:{CLOSINGS}|{_RESULTS}|{_DRAFTS})+"
_NOT_DONE: Final = "[半未不无除约后每并且]|长期|持续|常态|动态"
_OBJECT: Final = rf"(?:(?!{_NOT_DONE})[一-鿿]){{0,12}}"
# 24时前, 下午5点半前, 18:00前, (星期四): the day is what counts. 0时 is left, and unread: it may mean
# the day before.
_HOUR: Final = r"(?:0?[1-9]|1[0-9]|2[0-4])(?::[0-5][0-9]|[时点](?:[0-5]?[0-9]分|半|整)?)"
_WEEKDAY: Final = r"(?:\(?(?:星期|周)[1-6日天]\)?)?"
_TIME_OF_DAY: Final = rf"{_WEEKDAY}(?:(?:上午|下午|中午|晚上|晚)?{_HOUR}|上午|下午|下班|全天)?"
FEWEST: Final = "至少|不少于|不低于"
DONE_ALREADY: Final = "已毕"  # 已完成, 已办结: without its verb it would say nothing
_DONE: Final = "完成|整改|办结|落实|销号"


class _Rule(NamedTuple):
    """What changes no date. sign: a text without it need not be looked at."""

    sign: str
    pattern: re.Pattern[str]
    words: str = ""


_SAME: Final = (
    # 6月30日(含)前, 6月30日前(含6月30日), 6月底前(已完成)
    _Rule("(", re.compile(rf"\((?:含(?:当[日天]|[0-9月日]*)|已(?:{_DONE})+)(?:\)|$)")),
    _Rule("", re.compile(rf"^(?:{_LABEL})?(?:{_OPENINGS})*")),
    _Rule("已", re.compile(rf"^已经?(?:{CLOSINGS}|{_RESULTS})+$"), DONE_ALREADY),
    _Rule("次", re.compile("^半年1次"), "每半年"),
    _Rule("次", re.compile("^1年1次"), "每年"),
    # 6月、12月各1次, 全年不少于2次
    _Rule(
        "次",
        re.compile(rf"[,、]?(?:(?:各|分别|{FEWEST})(?:{CLOSINGS})*|(?<=全年))[1-9两]次$"),
    ),
    # 12月底前主体工程完工
    _Rule(
        "",
        re.compile(rf"(?<=[前底末])(?:(?!{_NOT_DONE}|的)[一-鿿]){{1,12}}(?:{_DONE}|{_RESULTS})$"),
    ),
    _Rule("", re.compile(f"{ENDINGS}$")),
    # By then it must have begun. 8月启动 says when it starts; 8月开工 is what is to be reached.
    _Rule("前", re.compile(rf"(?<=前)(?:{BEGUN}){_OBJECT}$")),
    _Rule("工", re.compile(f"(?<=[月份底末日旬度年内])(?:{_WORKS_BEGUN})(?:建设)?$")),
    _Rule("", re.compile(rf"(?<=[前底末日]){_DOING}{_OBJECT}$")),
    _Rule("止", re.compile("(?<=[日底末月年])为?止$")),  # 12月31日止
    _Rule("前", re.compile(BEFORE), "前"),
    _Rule("", re.compile("(?:[-到]|至(?!少))+"), "-"),
    # 全年至全年, where one cell stands for both beginning and end
    _Rule("-", re.compile(r"^([^0-9]+)-\1$"), r"\1"),
    _Rule("-", re.compile("^[自从]?(?:即日|即刻|立即|现在)起?-")),
    _Rule("初", re.compile("^年初(?=-)"), "1月"),
    _Rule("初", re.compile("(?<=[0-9]年)初(?=-)"), "1月"),
    _Rule("旬", re.compile("中上旬"), "上中旬"),
    _Rule("日", re.compile(rf"(?<=日){_TIME_OF_DAY}(?=[前,、-]|$)")),
    # Not after a bare 月: 3月内 may be three months.
    _Rule("内", re.compile(f"(?<=[日底末旬份]){WITHIN}|(?<=年)[之以]内")),
    _Rule("内", re.compile(f"(?<=季度|半年){WITHIN}")),
    _Rule("份", re.compile("(?<=月)份")),
    _Rule("", re.compile("^[自从](?=.+(?:起|开始|-))|贯穿于?")),
)
_RESULT: Final = re.compile(
    f"{_RESULTS}|{_DRAFTS}|[开动]工|开建|(?<=前)启动|清零|完成(?!并|且|整改)[一-鿿]"
)


def says_result(text: str) -> bool:
    """Whether a folded text says what is there by its dates, and not the dates alone."""
    return _RESULT.search(text) is not None


def unwrapped(text: str) -> str:
    """Take off labels, verbs, hours and marks: 完成时限:力争8月底之前完成 becomes 8月底前."""
    for rule in _SAME:
        if rule.sign in text:
            text = rule.pattern.sub(rule.words, text)
    return text.strip(_EDGE)
