"""A deadline phrase in its one form is a window: when to begin, when it is due, how often.

    phrase = 长期 | 即时 | 适时 | 汛期前 | 月底 | 每月 | 每年 dates | 每年汛期前 | stretch，每月
             | 每月，stretch | stretch | phrase，长期坚持
    stretch = 全年 | point起 | point启动，point | dates
    dates = point | point-point | dates、dates

Each rule is a full match. Nothing is searched for inside a sentence, so nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from lib.text import points, ranges, recurrences, spellings, undated
from lib.text.pieces import in_one_form
from lib.text.points import Days
from lib.text.spellings import unwrapped


@dataclass(frozen=True, slots=True)
class Window:
    """What a deadline phrase says (docs/design.md, Deadlines).

    Attributes:
        start: first day, only where the phrase gives one.
        due: last day; of what recurs the last day of all, of what recurs each year this year's.
        ongoing: it runs through, or goes on afterwards.
        recurring: "" or how often: "weekly", "monthly", "quarterly", "half_yearly", "yearly".
    """

    start: date | None
    due: date | None
    ongoing: bool = False
    recurring: str = ""


class Known(NamedTuple):
    """What a list knows that a phrase may not name: its year and the day on which it was issued."""

    year: int | None
    issued: date | None


class _Phrase(NamedTuple):
    """A phrase that fits a rule.

    Attributes:
        words: what stands in each part of the rule, "" where it has none.
        known: what the list knows.
    """

    words: dict[str, str]
    known: Known

    def dates(self) -> Window | None:
        """Read the part that is a point, a range or a list."""
        return _window(ranges.read(self.words["dates"], self.known.year))


def _window(days: Days | None) -> Window | None:
    if days is None:
        return None
    if days.told:
        return Window(days.first, days.last)
    return Window(None, days.last)


def _without_day(_: _Phrase) -> Window:
    return Window(None, None)


def _ongoing(_: _Phrase) -> Window:
    return Window(None, None, ongoing=True)


def _recurring(phrase: _Phrase) -> Window:
    return Window(None, None, recurring=recurrences.recurring(phrase.words))


def _end_of_month(phrase: _Phrase) -> Window:
    """月底前 is said on the day of issue: where that is not known it has no day."""
    issued = phrase.known.issued
    if issued is None:
        return Window(None, None)
    _, length = monthrange(issued.year, issued.month)
    return Window(None, issued.replace(day=length))


def _recurring_within(phrase: _Phrase) -> Window | None:
    """12月底前每月, 每月至12月底: what recurs, and its end."""
    stretch = _understood(_STRETCHES, unwrapped(phrase.words["stretch"]), phrase.known)
    if stretch is None:
        return None
    return replace(stretch, recurring=recurrences.recurring(phrase.words))


def _each_year(phrase: _Phrase) -> Window | None:
    dates = phrase.dates()
    return dates and replace(dates, recurring="yearly")


def _each_year_undated(_: _Phrase) -> Window:
    return Window(None, None, recurring="yearly")


def _and_goes_on(phrase: _Phrase) -> Window | None:
    first = read(unwrapped(phrase.words["first"]), phrase.known)
    return first and replace(first, ongoing=True)


def _all_year(phrase: _Phrase) -> Window | None:
    year = points.read(phrase.words["whole"] or "年内", phrase.known.year)
    return year and Window(year.first, year.last, ongoing=True)


def _from(phrase: _Phrase) -> Window | None:
    begin = points.read(phrase.words["begin"], phrase.known.year)
    return begin and Window(begin.first, None, ongoing=True)


def _from_until(phrase: _Phrase) -> Window | None:
    begin, end = phrase.words["begin"], phrase.words["end"]
    return _window(ranges.from_to(f"{begin}-{end}", phrase.known.year))


# Words for what is done at once, and for what never ends. Those of …_ALONE are read where they
# stand alone; in a sentence they say how something is done, not by when: 随时抽查, 持续改善.
_AT_ONCE: Final = "立行立改|即知即改|立即整改"
_AT_ONCE_ALONE: Final = (
    "即时|即刻|立即|立刻|马上就办|马上|随时|立查立改|立知立改|立整立改|即行即改|即查即改|边查边改"
)
_ENDLESS: Final = "长期坚持|长期|常态化(?:推进|开展|坚持)?|持续推进|贯穿始终|常抓不懈"
_ENDLESS_ALONE: Final = (
    "常态|持续|常年|动态(?:管理|更新|调整|监管|推进)?|始终|全程|全过程|日常|经常"
)
_KEPT_UP: Final = (
    "性?地?(?:坚持|推进|开展|落实|实施|抓好|进行|执行|保持|推动|办理|更新|完善|优化|深化|巩固|"
    "提升|改进|加强|管理|长效|机制)*"
)

_NOW: Final = f"(?:{_AT_ONCE}|{_AT_ONCE_ALONE})"
# Atomic, so that no word is tried in two ways.
_ONGOING: Final = f"(?:(?>(?:{_ENDLESS}|{_ENDLESS_ALONE}){_KEPT_UP})[,、]?)+"
_AND: Final = "[,、(]*(?:并且?|且)?"
_AGAIN: Final = recurrences.IN_ONE_FORM
_DONE: Final = f"(?:{spellings.CLOSINGS})*(?:[1-9]次)?"
_BEGINS: Final = f"起|开始|{spellings.BEGUN}"
_UP_TO: Final = "(?:[,、]?(?:持续|一直|直)?-|[,、])"  # 每月报送1次，直至12月底

_Rule = tuple[re.Pattern[str], Callable[[_Phrase], Window | None]]

_STRETCHES: Final[tuple[_Rule, ...]] = (
    (re.compile(in_one_form("(?P<whole>{year})全年度?内?")), _all_year),
    # 3月启动 alone doesn't say when it ends; 3月起 says that it doesn't.
    (re.compile(rf"(?P<begin>.+?)(?<!前)(?:起|开始|启动(?=.))后?(?:{_AND}{_ONGOING})?"), _from),
    (re.compile(rf"(?P<begin>[^,、]+)(?<!前)-{_ONGOING}"), _from),
    (re.compile(rf"(?P<begin>[^,、]+?)(?:{_BEGINS})[,、-]?(?P<end>.+)"), _from_until),
    (re.compile("(?P<dates>.+)"), _Phrase.dates),
)
_RULES: Final[tuple[_Rule, ...]] = (
    (re.compile(rf"{_NOW}(?:[,、]?{_NOW})*"), _without_day),
    (re.compile(undated.UNTIMED), _without_day),
    (re.compile(in_one_form(f"{{year}}(?:{undated.TIMES})")), _without_day),
    (re.compile(in_one_form(undated.EARLY_IN_YEAR)), _without_day),
    (re.compile(rf"(?:已(?:完成|整改){_AND})?{_ONGOING}"), _ongoing),
    (re.compile(_AGAIN), _recurring),
    (re.compile("[本当]?月[底末]前?|[本当]月[之以]?内"), _end_of_month),
    (re.compile(rf"(?P<stretch>.+?)[,、-]?(?:{_AGAIN})"), _recurring_within),
    (re.compile(rf"(?:{_AGAIN}){_DONE}{_UP_TO}(?P<stretch>.+)"), _recurring_within),
    (re.compile(f"每年(?:{in_one_form(undated.TIMES)})"), _each_year_undated),
    (re.compile("每(?P<dates>年[底末终].*)"), _each_year),
    (re.compile("每年(?!20)(?P<dates>.+)"), _each_year),
    (re.compile(rf"(?P<first>.+?){_AND}{_ONGOING}"), _and_goes_on),
    *_STRETCHES,
)


def read(text: str, known: Known) -> Window | None:
    """Read a phrase in its one form, unwrapped.

    Returns:
        What it says; None where it is not understood.

    Raises:
        ValueError: there is no such day, or it lacks the year.
    """
    return _understood(_RULES, text, known)


def _understood(rules: tuple[_Rule, ...], text: str, known: Known) -> Window | None:
    """Give what the first rule says that fits the text and understands it."""
    for pattern, meaning in rules:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        window = meaning(_Phrase(match.groupdict(""), known))
        if window:
            return window
    return None


_BEFORE: Final = f"(?:{spellings.BEFORE}|前|期间|{spellings.WITHIN})?"


def printed() -> str:
    """Give the pattern of what is found in folded text: dates, recurrences, 长期."""
    point = points.printed()
    again = rf"(?: *(?=[每按逐])(?:{recurrences.PRINTED}))?"  # 12月底前每月
    dates = rf"{point}(?: *[-至到] *{point})?{_BEFORE}"
    date_or_range = rf"(?P<each_year>每年 *)?{dates}(?(each_year)|{again})"
    in_digits = f"(?:{spellings.IN_DIGITS}){_BEFORE}"
    up_to = f"(?:[,、]? *(?:直至|直到|[-至到]) *{point}{_BEFORE})?"
    recurrence = f"(?:{recurrences.PRINTED}){up_to}"
    return f"{in_digits}|{date_or_range}|全年|{_ENDLESS}|{_AT_ONCE}|{recurrence}"
