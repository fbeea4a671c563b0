"""A deadline phrase in its one form is a window: when to begin, when it is due, how often.

    phrase = 长期 | 即时 | 月底 | recurrence | stretch | phrase，长期坚持
    stretch = 全年 | point起 | point启动，point | dates
    recurrence = 每月 | 每年 dates | stretch，每月 | 每月，stretch
    dates = point | point-point | dates、dates

Each line is a full match. Nothing is searched for inside a sentence, so nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from lib.text import points, ranges, spellings
from lib.text.pieces import DAY, in_one_form
from lib.text.points import Days, point, whole_year
from lib.text.spellings import CLOSINGS, unwrapped


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


class _Rhythm(NamedTuple):
    """What recurs.

    Attributes:
        recurring: how often, the Window's word.
        words: how it is written.
        narrowed: what may follow, as 底前 and 25日 after 每月.
    """

    recurring: str
    words: str
    narrowed: str


_IN_MONTH: Final = rf"(?:月?[底末初]|[上中下]旬|(?:{DAY}日?-)?{DAY}日?)?"
_AT_END: Final = "[底末初]?"
_RHYTHMS: Final = (
    _Rhythm("weekly", "[每各]个?(?:周|星期)|[按逐]周", "[1-6一二三四五六日天末]?"),
    _Rhythm("monthly", "[每各]个?月|[按逐]月", _IN_MONTH),
    _Rhythm("quarterly", "[每各]个?季度?|[按逐]季度?", _AT_END),
    _Rhythm("half_yearly", "[每各]个?半年度?|[按逐]半年", _AT_END),
    _Rhythm("yearly", "每年度?|[按逐]年", ""),
)
_TIMES: Final = "(?:至少)?(?:[1-9]次)?前?"
_DONE: Final = f"(?:{CLOSINGS})*(?:[1-9]次)?"
_UP_TO: Final = "(?:[,、]?(?:持续|一直|直)?-|[,、])"  # 每月报送1次，直至12月底
_RHYTHM: Final = "|".join(
    f"(?P<{rhythm.recurring}>(?:{rhythm.words}){rhythm.narrowed}){_TIMES}" for rhythm in _RHYTHMS
)

# Words for what is done at once, and for what never ends. Those of the second line are read where
# they stand alone; in a sentence they say how something is done, not by when: 随时抽查, 持续改善.
_AT_ONCE: Final = "立行立改|即知即改|立即整改"
_AT_ONCE_ALONE: Final = "即时|即刻|立即|立刻|马上就办|马上|随时|立查立改|立知立改|即行即改|边查边改"
_ENDLESS: Final = "长期坚持|长期|常态化(?:推进|开展|坚持)?|持续推进|贯穿始终|常抓不懈"
_ENDLESS_ALONE: Final = "常态|持续|常年|动态(?:管理|更新|调整|清零|监管|推进)|始终|全程|全过程"
_KEPT_UP: Final = "性?地?(?:坚持|推进|开展|落实|实施|抓好|进行|执行|保持|推动|办理)*"

_NOW: Final = f"(?:{_AT_ONCE}|{_AT_ONCE_ALONE})"
# Atomic, so that no word is tried in two ways.
_ONGOING: Final = f"(?:(?>(?:{_ENDLESS}|{_ENDLESS_ALONE}){_KEPT_UP})[,、]?)+"
_AND: Final = "[,、(]*(?:并且?|且)?"


def read(text: str, known: Known) -> Window | None:
    """Read a phrase in its one form, unwrapped.

    Returns:
        What it says; None where it is not understood.

    Raises:
        ValueError: there is no such day, or it lacks the year.
    """
    return _understood(_RULES, text, known)


def _at_once(_match: re.Match[str], _known: Known) -> Window:
    return Window(None, None)


def _ongoing(_match: re.Match[str], _known: Known) -> Window:
    return Window(None, None, ongoing=True)


def _recurring(match: re.Match[str], _known: Known) -> Window:
    return Window(None, None, recurring=_how_often(match))


def _how_often(match: re.Match[str]) -> str:
    words = match.groupdict()
    return next(rhythm.recurring for rhythm in _RHYTHMS if words[rhythm.recurring])


def _end_of_month(_match: re.Match[str], known: Known) -> Window:
    """月底前 is said on the day of issue; without that the month is not known, but the phrase is."""
    if known.issued is None:
        return Window(None, None)
    last = monthrange(known.issued.year, known.issued.month)[1]
    return Window(None, known.issued.replace(day=last))


def _recurring_within(match: re.Match[str], known: Known) -> Window | None:
    """12月底前每月, 每月至12月底: what recurs, and its end."""
    stretch = _understood(_STRETCHES, unwrapped(match["stretch"]), known)
    return stretch and replace(stretch, recurring=_how_often(match))


def _each_year(match: re.Match[str], known: Known) -> Window | None:
    stretch = _as_window(ranges.dates(match["dates"], known.year))
    return stretch and replace(stretch, recurring="yearly")


def _and_goes_on(match: re.Match[str], known: Known) -> Window | None:
    first = read(unwrapped(match["first"]), known)
    return first and replace(first, ongoing=True)


def _all_year(match: re.Match[str], known: Known) -> Window:
    days = whole_year(match, known.year)
    return Window(days.first, days.last, ongoing=True)


def _from(match: re.Match[str], known: Known) -> Window | None:
    begin = point(match["begin"], known.year)
    return begin and Window(begin.first, None, ongoing=True)


def _from_until(match: re.Match[str], known: Known) -> Window | None:
    return _as_window(ranges.from_to(f"{match['begin']}-{match['end']}", known.year))


def _dates(match: re.Match[str], known: Known) -> Window | None:
    return _as_window(ranges.dates(match[0], known.year))


def _as_window(days: Days | None) -> Window | None:
    if days is None:
        return None
    return Window(days.first if days.told else None, days.last)


_Meaning = Callable[[re.Match[str], Known], Window | None]
_Rules = tuple[tuple[re.Pattern[str], _Meaning], ...]

_STRETCHES: Final[_Rules] = (
    (re.compile(in_one_form("{year}全年度?内?")), _all_year),
    # 3月启动 alone doesn't say when it ends; 3月起 says that it doesn't.
    (re.compile(rf"(?P<begin>.+?)(?<!前)(?:起|开始|启动(?=.))后?(?:{_AND}{_ONGOING})?"), _from),
    (re.compile("(?P<begin>[^,、]+?)(?:起|开始|启动)[,、-]?(?P<end>.+)"), _from_until),
    (re.compile(".+"), _dates),
)
_RULES: Final[_Rules] = (
    (re.compile(rf"{_NOW}(?:[,、]?{_NOW})*"), _at_once),
    (re.compile(_ONGOING), _ongoing),
    (re.compile(_RHYTHM), _recurring),
    (re.compile("[本当]?月[底末]前?"), _end_of_month),
    (re.compile(rf"(?P<stretch>.+?)[,、-]?(?:{_RHYTHM})"), _recurring_within),
    (re.compile(rf"(?:{_RHYTHM}){_DONE}{_UP_TO}(?P<stretch>.+)"), _recurring_within),
    (re.compile("每(?P<dates>年[底末终].*)"), _each_year),
    (re.compile("每年(?!20)(?P<dates>.+)"), _each_year),
    (re.compile(rf"(?P<first>.+?){_AND}{_ONGOING}"), _and_goes_on),
    *_STRETCHES,
)


def _understood(rules: _Rules, text: str, known: Known) -> Window | None:
    """Give what the first rule makes of the text that fits it and understands it."""
    for pattern, meaning in rules:
        match = pattern.fullmatch(text)
        window = match and meaning(match, known)
        if window:
            return window
    return None


_FOUND_BEFORE: Final = f"(?:{spellings.BEFORE}|前|期间|{spellings.WITHIN})?"


def printed() -> str:
    """Give the pattern of what is found in folded text: dates, recurrences, 长期."""
    one = points.printed()
    recurring = "|".join(f"(?:{rhythm.words}){rhythm.narrowed}" for rhythm in _RHYTHMS)
    return (
        rf"(?:每年 *)?{one}(?: *[-至到] *{one})?{_FOUND_BEFORE}"
        f"|{spellings.IN_DIGITS}{_FOUND_BEFORE}"
        f"|全年|{_ENDLESS}|{_AT_ONCE}"
        f"|(?:{recurring})前?(?:[,、]? *(?:直至|直到|[-至到]) *{one}{_FOUND_BEFORE})?"
    )
