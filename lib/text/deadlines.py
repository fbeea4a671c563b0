"""A deadline phrase and a year give a window (DESIGN.md §4, Deadlines).

A phrase goes three steps: `_normalise` gives each spelling of it one form, `_unwrap` takes off the words that change
nothing, and a grammar of full matches reads the rest. Nothing is searched for inside a sentence, so nothing is guessed:

    phrase = 每月 | 长期 | 即时 | phrase，长期坚持 | point起 | point启动，point | 全年 | dates
    dates  = point | point-point | dates、dates
    point  = a day, month, third of a month, quarter, half, year, feast or five-year plan; 前 may follow
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

__all__ = ["Window", "read"]


@dataclass(frozen=True, slots=True)
class Window:
    """What a deadline phrase says: see DESIGN.md §4."""

    start: date | None  # first day, only where the phrase gives one
    due: date | None  # last day
    ongoing: bool = False
    recurring: str = ""  # "", "monthly", "quarterly", "weekly"


def read(phrase: str, year: int | None) -> Window | None:
    """Read a deadline phrase of a list of that year; None where it can't be read.

    The rules are DESIGN.md §4's. Without a year, only a phrase that names its own or needs none is read. Years are
    2000 to 2099, the span of the lunar tables. Any text is allowed; None is the only sign of trouble.
    """
    text = _normalise(phrase)
    if text is None:
        return None
    try:
        return _window(_unwrap(text), year if year in _YEARS else None)
    except ValueError:
        return None


_YEARS = range(2000, 2100)
_LONGEST = 60  # a deadline cell holds a phrase; what is longer is a sentence


# One form for each spelling


_SIMPLIFIED = str.maketrans(
    "長節過個週貫實動終確爭預計劃擬則內辦結開隨時號點後續進勞婦兒黨軍師國慶憲陽臘農曆學間啟啓馬並併舉於規堅態際從當務須應執報運樹",
    "长节过个周贯实动终确争预计划拟则内办结开随时号点后续进劳妇儿党军师国庆宪阳腊农历学间启启马并并举于规坚态际从当务须应执报运树",
)
_ONE_MARK = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012–—―−~\u223c〜", "-")
    | dict.fromkeys("○◯零", "〇")
    | {"号": "日", ";": ","}
)
# Quotes, and marks that nobody sees: zero-width spaces, byte-order marks, direction signs.
_DROPPED = re.compile(
    r"[\"'“”‘’「」『』《》〈〉\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# NFKC would turn “①2月”, item ① in February, into December.
_ITEM_MARK = re.compile("[²³¹⁰-⁹₀-₉①-⒛⓪]")
_EDGE = "()[]【】〔〕。.,、!"

_HAN = "〇一二三四五六七八九"
_HAN_DIGITS = str.maketrans(_HAN, "0123456789")
# A run beside an Arabic digit is left: “1二月” is no number. So are 七夕 and 腊八, where the numeral is part of a name.
_HAN_RUN = re.compile(rf"(?<![0-9腊])[{_HAN}十]+(?![0-9夕])")
_HAN_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")


def _normalise(phrase: str) -> str | None:
    # Before NFKC, which is slow on a long run of accents.
    if len(phrase) > 4 * _LONGEST or _ITEM_MARK.search(phrase):
        return None
    text = _EXCEL_TIME.sub("", unicodedata.normalize("NFKC", phrase).strip())
    text = "".join(_SPACE_BEFORE_HOUR.sub("日", text).split())
    if len(text) > _LONGEST:
        return None
    text = _DROPPED.sub("", text.translate(_SIMPLIFIED).translate(_ONE_MARK))
    text = _FEAST.sub(lambda m: _FEAST_NAMES[m.lastindex or 0], text)
    text = _HAN_RUN.sub(_arabic, text.replace("廿", "二十").replace("卅", "三十")).strip(_EDGE)
    return (
        None
        if _LOST_ZERO.fullmatch(text)
        else _digits_to_dates(_QUARTER_SIGN.sub(_quarter_in_words, text))
    )


def _quarter_in_words(sign: re.Match[str]) -> str:
    """Q3, 2026Q3, 2026年Q3: the quarter as a notice writes it."""
    return f"{sign['year']}年{sign['quarter']}季度" if sign["year"] else f"{sign['quarter']}季度"


def _arabic(run: re.Match[str]) -> str:
    """The numeral in digits, or as it stands: 一二月 is January and February. (cn2an makes 12 of it.)"""
    if tens := _HAN_TENS.fullmatch(run[0]):
        return f"{tens[1] or '一'}{tens[2] or '〇'}".translate(_HAN_DIGITS)
    return run[0].translate(_HAN_DIGITS) if len(run[0]) in (1, 4) and "十" not in run[0] else run[0]


_M, _D = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_EXCEL_TIME = re.compile(r"(?<=[0-9])[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?$")
_SPACE_BEFORE_HOUR = re.compile(r"(?<=[0-9]) (?=[0-9]{1,2}:[0-9]{2})")
# A number cell loses its last zero: 2018.1 may be 2018.10, and 8.3 may be 8.30.
_LOST_ZERO = re.compile(r"20[0-9]{2}\.1|[0-9]{1,2}\.[123]")
_QUARTER_SIGN = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<year>20[0-9]{2})(?:[-./]|年度?)?)?[Qq](?P<quarter>[1-4])(?![0-9A-Za-z])(?:季度?)?"
)
_DIGITS = (
    (re.compile(rf"(?<![0-9])(20[0-9]{{2}})([-./])({_M})\2({_D})(?![0-9])日?"), r"\1年\3月\4日"),
    (re.compile(rf"(?<![0-9])(20[0-9]{{2}})[-./]({_M})(?![0-9])月?"), r"\1年\2月"),
    (re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])"), r"\1年\2月\3日"),
    (re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])(?![0-9])"), r"\1年\2月"),
    (re.compile(rf"(?<![0-9.])({_M})[./]({_D})(?![0-9./月年])日?"), r"\1月\2日"),
)


def _digits_to_dates(text: str) -> str:
    """2018.09.15, 20180915, 2018/9, 8.31 in words, after which a dash can only mean a range."""
    for pattern, words in _DIGITS:
        text = pattern.sub(words, text)
    return text


# Feasts: before the numerals, since 五一 is no 51 and 十一 is 11 only before 月 or 日


_NUMERAL = f"0-9{_HAN}十廿卅"
_FEAST_SPELLINGS = (
    ("元旦", "元旦节?"),
    ("妇女节", rf"三八(?:(?:国际)?妇女节|节|(?![{_NUMERAL}月日年个]))|国际妇女节"),
    ("劳动节", rf"五一(?:(?:国际)?劳动节|节|(?![{_NUMERAL}月日年个]))|国际劳动节"),
    ("青年节", rf"五四(?:青年节|节|(?![{_NUMERAL}月日年个]))"),
    ("儿童节", rf"六一(?:(?:国际)?儿童节|节|(?![{_NUMERAL}月日年个]))|国际儿童节"),
    ("建党节", rf"七一(?:建党节|节|(?![{_NUMERAL}月日年个]))"),
    ("建军节", rf"八一(?:建军节|节|(?![{_NUMERAL}月日年个]))"),
    # 十一—十二月 and 十一、十二月 are months.
    ("国庆节", rf"十一(?:国庆节?|(?![{_NUMERAL}月日年个]|[-、,和及至到][{_NUMERAL}]))|国庆节?"),
    ("宪法日", "国家宪法日"),
    ("清明节", "清明节?"),
    ("除夕", "(?:农历)?除夕夜?"),
    ("春节", "农历新年|(?:农历)?春节"),
    ("元宵节", "(?:农历)?元宵节?"),
    ("端午节", "(?:农历)?端午节?"),
    ("七夕", "(?:农历)?七夕节?"),
    ("中秋节", "(?:农历)?中秋节?"),
    ("重阳节", "(?:农历)?重阳节?"),
    ("腊八", "(?:农历)?腊八节?"),
)
_FEAST_NAMES = ("", *(name for name, _ in _FEAST_SPELLINGS))
_FEAST = re.compile(
    rf"(?<![{_NUMERAL}.])(?:{'|'.join(f'({spellings})' for _, spellings in _FEAST_SPELLINGS)})"
)
_FIXED = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆节": (10, 1),
    "宪法日": (12, 4),
}
# Name → the feast in the library's tables, and the days after it.
_LUNAR = {
    "除夕": ("lunar_new_year", -1),
    "春节": ("lunar_new_year", 0),
    "元宵节": ("lunar_new_year", 14),
    "清明节": ("qingming", 0),
    "端午节": ("dragon_boat", 0),
    "中秋节": ("mid_autumn", 0),
    "重阳节": ("double_ninth", 0),
}
# The two that the library has no table for, month and day, from 2000 on. 腊八 moves through January: where a year has
# none or two of it, nothing is said.
_TABLES = {
    "七夕": """
0806 0825 0815 0804 0822 0811 0731 0819 0807 0826 0816 0806 0823 0813 0802 0820 0809 0828 0817 0807 0825 0814 0804 0822
0810 0829 0819 0808 0826 0816 0805 0824 0812 0801 0820 0810 0828 0817 0807 0826 0814 0803 0822 0811 0731 0819 0808 0827
0816 0805 0823 0812 0801 0820 0810 0829 0817 0806 0825 0814 0802 0821 0811 0801 0819 0808 0827 0816 0804 0823 0812 0802
0820 0810 0828 0818 0806 0824 0814 0803 0821 0811 0731 0819 0808 0826 0815 0805 0823 0812 0802 0821 0809 0828 0817 0806
0824 0813 0803 0822""",
    "腊八": """
0114 0102 0120 ---- ---- 0117 0107 0126 0115 0103 0122 0111 0101 0119 0108 0127 0117 0105 0124 0113 0102 0120 ---- ----
0118 0107 0126 0115 0104 0122 0111 0101 0120 0108 0127 0116 0105 0123 0112 0102 0121 ---- ---- 0118 0107 0125 0114 0103
0122 0111 0101 0120 0109 0127 0116 0105 0124 0112 0102 0121 ---- ---- 0118 0107 0125 0114 0103 0122 ---- ---- 0119 0108
0127 0115 0105 0124 0113 0102 0121 ---- ---- 0117 0106 0125 0115 0103 0122 0112 0101 0119 0108 0127 0116 0105 0124 0113
0103 0120 ---- ----""",
}
_HOLIDAYS = {"春节": 7, "国庆节": 7, "劳动节": 5}  # 期间: the days that the usual holiday has


@cache
def _feast_day(name: str, year: int) -> date:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if year not in _YEARS:  # 明年春节 of 2099
        raise ValueError(year)
    if name in _TABLES:
        written = _TABLES[name].split()[year - _YEARS.start]
        return date(year, int(written[:2]), int(written[2:]))
    # Imported here: a board without a lunar feast is not to wait for it.
    from holidays.calendars.chinese import _ChineseLunisolar

    table, days = _LUNAR[name]
    day: date = getattr(_ChineseLunisolar(), f"{table}_date")(year)[0]
    return day + timedelta(days)


# Words that change nothing


_LABEL = r"(?:完成|办结|整改|落实|工作|任务|要求|截止|推进)*(?:时限|时间节点|时间|期限|日期|节点)(?:要求|安排)?:?"
_OPENINGS = (
    "力争|争取|确保|计划|预计|预期|原则上|务必|必须|要求|拟定|拟|定|应|须|于|在|"
    "截至|截止到?|最迟|不迟于|不晚于|直至|直到|至|到"
)
_CLOSINGS = (
    "完成|完结|完毕|办结|办理|结束|到位|落实|整改|开展|举行|举办|召开|进行|组织|推进|实施|报送|上报|提交|"
    "全面|全部|基本|按时|如期|任务|工作"
)
# 24时前, 下午5点半前, 18:00前, (星期四): the day is what counts. 0时 is left, and unread: it may mean the day before.
_HOUR = r"(?:0?[1-9]|1[0-9]|2[0-4])(?::[0-5][0-9]|[时点](?:[0-5]?[0-9]分|半|整)?)"
_WEEKDAY = r"(?:\(?(?:星期|周)[1-6日天]\)?)?"
_SAME = (
    (re.compile(rf"^(?:{_LABEL})?(?:{_OPENINGS})*"), ""),
    (re.compile(rf"(?:{_CLOSINGS})+$"), ""),
    (re.compile(r"[之以]前|前夕"), "前"),
    (re.compile(r"(?:[-到]|至(?!少))+"), "-"),
    (
        re.compile(rf"(?<=日){_WEEKDAY}(?:(?:上午|下午|中午|晚上|晚)?{_HOUR}|下班)?(?=[前,、-]|$)"),
        "",
    ),
    # Not after a bare 月: 3月内 may be three months.
    (re.compile(r"(?<=[日底末旬份])[之以]?内|(?<=年)[之以]内"), ""),
    (re.compile(r"(?<=季度|半年)[之以]?内"), ""),
    (re.compile(r"(?<=月)份"), ""),
    (re.compile(r"^[自从](?=.+(?:起|开始|-))|贯穿于?"), ""),
)


def _unwrap(text: str) -> str:
    """What is left without the labels, verbs, hours and marks that change no date."""
    for pattern, words in _SAME:
        text = pattern.sub(words, text)
    return text.strip(_EDGE)


# Points: each rule is a full match and what it stands for


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date
    told: bool = False  # the phrase gives its first day: 三季度 does, 8月 does not


def _year(m: re.Match[str], year: int | None) -> int:
    if m["year"]:
        return int(m["year"])
    if year is None:
        raise ValueError(m[0])
    return year + (m["word"] in _NEXT)


def _months(year: int, first: int, last: int, *, told: bool = False) -> _Span:
    return _Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), told)


def _day(m: re.Match[str], year: int | None) -> _Span:
    day = date(_year(m, year), int(m["month"]), int(m["day"]))
    return _Span(day, day)


def _month(m: re.Match[str], year: int | None) -> _Span:
    return _months(_year(m, year), int(m["month"]), int(m["month"]))


def _third(m: re.Match[str], year: int | None) -> _Span:
    month = _month(m, year)
    first, last = _THIRDS[m["third"]]
    return _Span(
        month.first.replace(day=first),
        month.last if last == _END else month.first.replace(day=last),
    )


def _quarter(m: re.Match[str], year: int | None) -> _Span:
    last = int(m["quarter"]) * 3
    return _months(_year(m, year), last - 2, last, told=True)


def _first_quarters(m: re.Match[str], year: int | None) -> _Span:
    return _months(_year(m, year), 1, 6 if m["count"] in "2两" else 9, told=True)


def _half(m: re.Match[str], year: int | None) -> _Span:
    first = 1 if m["half"] in "上前" else 7
    return _months(_year(m, year), first, first + 5, told=True)


def _midyear(m: re.Match[str], year: int | None) -> _Span:
    return _end(_months(_year(m, year), 1, 6))


def _whole_year(m: re.Match[str], year: int | None) -> _Span:
    return _months(_year(m, year), 1, 12)


def _feast(m: re.Match[str], year: int | None) -> _Span:
    day = _feast_day(m["feast"], _year(m, year))
    return _Span(day, day)


def _holiday(m: re.Match[str], year: int | None) -> _Span:
    first = _feast(m, year).first
    return _Span(first, first + timedelta(_HOLIDAYS[m["feast"]] - 1), told=True)


def _plan(m: re.Match[str], _: int | None) -> _Span:
    first = 1951 + 5 * (
        10 + _HAN.index(m["plan"])
    )  # 十四五, the fourteenth five years, began in 2021
    return _Span(date(first, 1, 1), date(first + 4, 12, 31), told=True)


def _end(span: _Span) -> _Span:
    return _Span(span.last, span.last)


_END = 0
_THIRDS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中旬": (11, 20),
    "中下旬": (11, _END),
    "下旬": (21, _END),
}
_NEXT = ("明年", "来年", "次年", "翌年")
_Y = r"(?:(?P<year>20[0-9]{2})年度?|(?P<word>今年|本年度?|当年|明年|来年|次年|翌年))?"
_Y_OR_YEAR = rf"{_Y}(?:年|(?<=[年度]))"  # 2020年底, 2020年年底 and 年底, but not 底
_MONTH = rf"{_Y}(?P<month>{_M})月"
_QUARTER = rf"{_Y}第?(?P<quarter>[1-4])季度?"
_HALF = rf"{_Y}(?P<half>[上下前后])半年度?"
_PLAN = r"十(?P<plan>[三四五六])五(?:规划)?"
_FEASTS = "|".join((*_FIXED, *_LUNAR, *_TABLES))

_Build = Callable[[re.Match[str], int | None], _Span]
# Moments: 前 changes nothing, 6月30日前 and 6月底前 include the day.
_MOMENTS: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(rf"(?:{pattern})前?"), build)
    for pattern, build in (
        # 6月30 without its 日 is a day; 三月三 is a feast of the moon.
        (rf"{_MONTH}(?P<day>{_D})(?:日|(?<=[0-9][0-9]))", _day),
        # 8-31 is a day, since there is no 31st month; 3-5 may be a day or two months, and stays unread.
        (rf"{_Y}(?P<month>{_M})-(?P<day>1[3-9]|2[0-9]|3[01])", _day),
        (rf"{_MONTH}月?[底末]", lambda m, year: _end(_month(m, year))),
        (rf"{_QUARTER}[底末]", lambda m, year: _end(_quarter(m, year))),
        (rf"{_HALF}[底末]", lambda m, year: _end(_half(m, year))),
        (rf"{_Y_OR_YEAR}中", _midyear),
        (rf"{_Y_OR_YEAR}[底末终]", lambda m, year: _end(_whole_year(m, year))),
        (rf"{_PLAN}(?:期末|末期?)", lambda m, year: _end(_plan(m, year))),
    )
)
# Stretches: 前 ends the day before they begin, 6月前 is 31 May.
_STRETCHES: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(rf"(?:{pattern})(?P<before>(?<![内间期天])(?<!当日)前)?"), build)
    for pattern, build in (
        (_MONTH, _month),
        (rf"{_MONTH}(?P<third>{'|'.join(_THIRDS)})", _third),
        (_QUARTER, _quarter),
        (rf"{_Y}前(?P<count>[23两])个?季度", _first_quarters),
        (_HALF, _half),
        (rf"{_Y}(?:年度?内|(?<=[年度])内?)", _whole_year),
        (rf"{_Y}(?P<feast>{_FEASTS})(?:当[天日])?", _feast),
        (rf"{_Y}(?P<feast>{'|'.join(_HOLIDAYS)})(?:期间|假期)", _holiday),
        (rf"{_PLAN}[期时](?:间|期)", _plan),
    )
)


def _point(text: str, year: int | None) -> _Span | None:
    for pattern, build in _MOMENTS:
        if m := pattern.fullmatch(text):
            return build(m, year)
    for pattern, build in _STRETCHES:
        if m := pattern.fullmatch(text):
            span = build(m, year)
            return _eve(m, span.first) if m["before"] else span
    return None


def _eve(m: re.Match[str], first: date) -> _Span:
    """The day before. It lies in the year before only where the phrase names the year: 2021年1月前, but not 1月前."""
    words = m.groupdict()
    eve = first - timedelta(1)
    if eve.year < first.year and not words.get("year") and words.get("word") not in _NEXT:
        if words.get("feast") != "元旦":
            raise ValueError(m[0])
        eve = date(first.year, 12, 31)  # an office that writes 元旦前 means the coming one
    return _Span(eve, eve)


# Ranges and lists: a bare number borrows from its neighbour


_UNIT = re.compile(r"[0-9](月|日|季度|年)")
_UP_TO_MONTH = re.compile(rf"{_MONTH}")
_WITHIN_MONTH = re.compile(rf"月?(?:[底末]|[上中下]旬|{_D}日).*")
_SEPARATOR = re.compile("[、,/和及与]|以及")
_SCHOOL_YEAR = re.compile(r"(20[0-9]{2})-(20[0-9]{2})学年度?")


def _with_unit(text: str, after: str) -> str:
    """3 before 5月 is 3月."""
    unit = _UNIT.search(after)
    return text + unit[1] if unit else text


def _with_month(text: str, before: str) -> str:
    """30日 after 6月20日 is 6月30日."""
    month = _UP_TO_MONTH.match(before)
    return month[0] + text.removeprefix("月") if month and _WITHIN_MONTH.fullmatch(text) else text


def _dates(text: str, year: int | None) -> _Span | None:
    return _point(text, year) or _school_year(text) or _range(text, year) or _list(text, year)


def _school_year(text: str) -> _Span | None:
    m = _SCHOOL_YEAR.fullmatch(text)
    if m is None or int(m[2]) != int(m[1]) + 1:
        return None
    return _Span(date(int(m[1]), 9, 1), date(int(m[2]), 8, 31), told=True)


def _range(text: str, year: int | None) -> _Span | None:
    left, dash, right = text.partition("-")
    if not dash or left.endswith("前"):
        return None
    begin = _point(left, year) or _point(_with_unit(left, right), year)
    end = begin and _point(_with_month(right, left), begin.first.year)
    if begin is None or end is None or end.last < begin.first:
        return None
    return _Span(begin.first, end.last, told=True)


def _list(text: str, year: int | None) -> _Span | None:
    """Several dates: the last is due. One that goes back in time is not understood."""
    parts = _SEPARATOR.split(text)
    last: _Span | None = None
    for before, part in pairwise(["", *parts]):
        span = _listed(_with_month(part, before), parts[-1], year)
        if span is None or (last and span.last < last.last):
            return None
        last, year = span, span.last.year
    return _end(last) if last and len(parts) > 1 else None


def _listed(part: str, tail: str, year: int | None) -> _Span | None:
    return _point(part, year) or _range(part, year) or _point(_with_unit(part, tail), year)


# Phrases


_AND = r"[,、(]*(?:并且?|且)?"
_NOW = r"(?:即时|即刻|立即|立刻|马上就办|马上|随时|立行立改|立查立改|立知立改|即知即改|即行即改|边查边改)"
_ONGOING = (
    r"(?:(?:(?:长期|常态化?|持续|常年)性?地?(?:坚持|推进|开展|落实|实施|抓好|进行|执行|保持|推动|办理)*"
    r"|动态(?:管理|更新|调整|清零|监管|推进)|始终|全程|全过程|常抓不懈)[,、]?)+"
)
_IN_MONTH = rf"(?:月?[底末初]|[上中下]旬|(?:{_D}日?-)?{_D}日?)?"
_TIMES = r"(?:至少)?(?:[1-9]次)?前?"

_NO_DATE = (
    (rf"{_NOW}(?:[,、]?{_NOW})*", Window(None, None)),
    (_ONGOING, Window(None, None, ongoing=True)),
    (rf"(?:[每各]个?月|[按逐]月){_IN_MONTH}{_TIMES}", Window(None, None, recurring="monthly")),
    (
        rf"(?:[每各]个?季度?|[按逐]季度?)[底末初]?{_TIMES}",
        Window(None, None, recurring="quarterly"),
    ),
    (
        rf"(?:[每各]个?(?:周|星期)|[按逐]周)[1-6日天末]?{_TIMES}",
        Window(None, None, recurring="weekly"),
    ),
)


def _all_year(m: re.Match[str], year: int | None) -> Window | None:
    span = _whole_year(m, year)
    return Window(span.first, span.last, ongoing=True)


def _from(m: re.Match[str], year: int | None) -> Window | None:
    begin = _point(m["begin"], year)
    return Window(begin.first, None, ongoing=True) if begin else None


def _and_goes_on(m: re.Match[str], year: int | None) -> Window | None:
    window = _window(_unwrap(m["first"]), year)
    return replace(window, ongoing=True) if window else None


def _from_until(m: re.Match[str], year: int | None) -> Window | None:
    return _as_window(_range(f"{m['begin']}-{m['end']}", year))


def _each_year(m: re.Match[str], year: int | None) -> Window | None:
    return _as_window(_dates(m["dates"], year))


def _any_dates(m: re.Match[str], year: int | None) -> Window | None:
    return _as_window(_dates(m[0], year))


def _as_window(span: _Span | None) -> Window | None:
    return Window(span.first if span.told else None, span.last) if span else None


_PHRASES: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], int | None], Window | None]], ...
] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        *((pattern, lambda m, year, window=window: window) for pattern, window in _NO_DATE),
        (rf"{_Y}全年度?内?", _all_year),
        # 3月启动 alone doesn't say when it ends; 3月起 says that it doesn't.
        (rf"(?P<begin>.+?)(?<!前)(?:起|开始|启动(?=.))后?(?:{_AND}{_ONGOING})?", _from),
        (rf"(?P<first>.+?){_AND}{_ONGOING}", _and_goes_on),
        (r"(?P<begin>[^,、]+?)(?:起|开始|启动)[,、-]?(?P<end>.+)", _from_until),
        (r"每年(?!20)(?P<dates>.+)", _each_year),
        (r".+", _any_dates),
    )
)


def _window(text: str, year: int | None) -> Window | None:
    for pattern, build in _PHRASES:
        if m := pattern.fullmatch(text):
            return build(m, year)
    return None
