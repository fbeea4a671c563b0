"""Deadlines in a piece of text: after a label, after names, before names, alone."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Final

from lib.measures import name_forms
from lib.notices.model import Span
from lib.notices.reading.claims.claim import Claim, Claims, is_ditto
from lib.text.deadlines import Mention, read, says_result
from lib.text.spellings import ENDINGS

ANY_YEAR: Final = 2020  # whether a phrase can be read does not depend on the year
# Of issue: a count from it may be read once the day is known.
_ANY_DAY: Final = datetime.date(ANY_YEAR, 1, 1)
_AHEAD: Final = 40  # characters at the beginning in which the first date must stand
_SHORT: Final = 4  # characters beside the dates of a text that is a date and nothing else
_BEFORE: Final = 14  # characters before a date that lead over to it

_FINISHED: Final = re.compile(
    r"(?<=.)(?:全部|全面|基本)?"
    r"(?:完成(?:整改|任务|建设|改造|创建|整治|目标)?|整改完成|办结|完毕|办理完毕|整改到位)$"
)
_YEAR: Final = re.compile(r"20[0-9]{2}年度?|[今本明]年")
_EVENT: Final = re.compile(r"[一-鿿]{2,12}(?:前|后|起|止|期间|时)")  # 2018年|秋季学期开学前
# 汛期前完成, 秋季开学前投入使用, 资金到位前完成
_BY_EVENT: Final = re.compile(
    r"(?:力争|争取|确保|务必|于|在)?+"
    r"(?P<event>[一-鿿]{2,12}?(?:[之以]?前|期间|[之以]?内))"
    rf"(?:{ENDINGS})?"
)
_OF_THE_REPUBLIC: Final = re.compile(r"[0-9]{2,3}年")  # 113年9月
_GOES_ON: Final = re.compile(r"[0-9日前底]")
_COMMA: Final = re.compile(r"[^,;，。、]{0,6}[,;] *(?=.)")
_ENDS: Final = re.compile(r"前|完成|办结|底|旬|全年|长期")

# What leads from a list of names to a date, and what follows a date that ends such a list.
_LEADS_OVER: Final = re.compile(
    r"[,、;。(\s](?:(?:并|力争|争取|确保|务必|计划|预计|要求|应|须|拟|限|于|在|截至|最迟)*"
    r"|(?:完成)?(?:时限|时间|期限)[为是]?)$"
)
_DONE: Final = re.compile(
    r"(?:按时|按期|如期|全部|全面|基本|力争|初步|集中)*(?:完成|办结|完毕|办理|落实|到位|整改|建成"
    r"|见效|开展|启动|投用|投入|竣工|实施|举办|召开|报送|销号|起|开始|坚持|推进)|[(),、;。\s]|$"
)
_SPELLED: Final = re.compile(r"[0-9一二三四五六七八九十] *[月年日季]|年底|半年|全年")
_PIECE: Final = re.compile(r"[^,、;。]{1,30}")


def labelled(span: Span, label: str) -> Claim:
    """The deadline after a label: the phrase as printed, without 完成.

    Of several dates with words between them the last counts; a phrase that can't be read stays as
    it is and is to be checked.
    """
    if is_ditto(span):
        return Claim.of(span, "deadline", reason="ditto")
    dates = span.find_dates()
    phrase = _without_finished(span)
    # 6月底前投入使用: the date alone is cut out
    says_more = bool(dates) and says_result(phrase.folded)
    if _is_readable(phrase) and not says_more:
        return Claim.of(phrase, "deadline", detail=label)
    if not dates or _is_unlike(span, dates):
        return Claim.of(span, "deadline", reason="unreadable", sure=False, detail=label)
    return _cut_out(span, dates, label, says_more=says_more)


def _is_readable(phrase: Span) -> bool:
    return read(phrase.folded, ANY_YEAR, _ANY_DAY) is not None


def _cut_out(span: Span, dates: list[Mention], label: str, *, says_more: bool) -> Claim:
    """The deadline among the words of a phrase.

    Args:
        says_more: whether the phrase says what is there by then.
    """
    date = _last(dates)
    are_several = len(dates) > 1
    after_date = span.since(date.end)
    is_at_start = are_several or date.start == span.start
    # 全年分批推进 says more than 全年
    is_told = says_more or after_date.match(_DONE) is not None
    goes_on = _GOES_ON.search(after_date.folded) is not None
    # 全年推进，11月底前完成: which of them?
    is_due_last = date.start == dates[-1].start
    return Claim.of(
        span.part(date.start, date.end),
        "deadline",
        reason="last_date" if are_several else "date",
        sure=is_at_start and is_told and is_due_last and not goes_on,
        detail=label,
    )


def _without_finished(span: Span) -> Span:
    """A phrase without 完成 at its end; 已完成 says nothing else."""
    if span.folded.startswith("已"):
        return span
    finished = _FINISHED.search(span.folded)
    if not finished:
        return span
    return span.until(span.start + finished.start())


def _is_unlike(span: Span, dates: list[Mention]) -> bool:
    """Whether dates in a phrase are not the deadline: a year of the Republic, a year's event."""
    before_dates = span.until(dates[0].start)
    if _OF_THE_REPUBLIC.match(before_dates.folded):
        return True
    if len(dates) > 1:
        return False
    if not _YEAR.fullmatch(dates[0].text):
        return False
    after_year = span.since(dates[0].end)
    return after_year.fullmatch(_EVENT) is not None


def _last(dates: list[Mention]) -> Mention:
    """The date that is due last; of two due on one day, the second."""
    return max(dates, key=lambda date: (date.order, date.start))


def in_sentence(span: Span) -> Claim:
    """The deadline that a date in a sentence is."""
    return Claim.of(span, "deadline", reason="sentence")


def last(span: Span) -> Claims:
    """The latest date in a span, as it stands in a sentence; [] for none."""
    dates = span.find_dates()
    if not dates:
        return []
    date = _last(dates)
    return [in_sentence(span.part(date.start, date.end))]


def after_names(span: Span) -> Claims:
    """The deadline after the last names, as printed and without 完成: ，年内持续推进.

    A time that nobody knows, ，资金到位前完成, is kept and is to be checked; so is a date that is a
    part of something else.
    """
    words = span.trimmed()
    phrase = _without_finished(words)
    if _is_readable(phrase) and not says_result(phrase.folded):
        return [in_sentence(phrase)]
    for claim in last(span):
        after_date = span.since(claim.source.end)
        is_sure = after_date.match(_DONE) is not None
        return [replace(claim, sure=is_sure)]
    by_event = words.fullmatch(_BY_EVENT)
    if not by_event:
        return []
    event = words.group(by_event, "event")
    if read(event.folded, ANY_YEAR) is not None:  # 汛期前
        return [in_sentence(event)]
    return [Claim.of(event, "deadline", reason="unreadable", sure=False)]


def ahead(span: Span) -> tuple[Claims, Span]:
    """The date that comes first, （3月，德育处负责）, and the span where the names begin."""
    start = span.trimmed().start
    end = start
    furthest = min(span.end, start + _AHEAD)
    beginning = span.part(start, furthest)
    for date in beginning.find_dates():  # 4月、6月
        between = span.part(end, date.start)
        if between.folded in ("", "、", "和"):
            end = date.end
    if end == start:
        return [], span
    comma = span.since(end).match(_COMMA)
    if not comma:
        return [], span
    first_date = in_sentence(span.part(start, end))
    return [first_date], span.since(comma.end())


def is_alone(span: Span) -> bool:
    """Whether a text is a date and nothing else: （6月底前完成）."""
    dates = span.find_dates()
    if not dates:
        return False
    beside_dates = span.length
    for date in dates:
        beside_dates -= date.end - date.start
    if beside_dates > _SHORT:
        return False
    return _ENDS.search(span.folded) is not None


def names_end(span: Span) -> int:
    """Where a list of names ends and a date begins: 甲、乙，10月底前完成 or 甲、乙10月底前完成."""
    for date in span.find_dates():
        if date.start == span.start:
            continue
        leading_from = max(span.start, date.start - _BEFORE)
        before_date = span.part(leading_from, date.start)
        after_date = span.since(date.end)
        leads_over = before_date.search(_LEADS_OVER)
        if leads_over and not _begins_with_office(after_date):
            return leads_over.start()
        ends_list = after_date.match(_DONE) and _SPELLED.search(date.text)
        if ends_list:
            return leads_over.start() if leads_over else date.start
    return span.end


def _begins_with_office(span: Span) -> bool:
    """Whether a department's name follows a date; ，年底前形成送审稿 has none."""
    piece = span.match(_PIECE)
    return piece is not None and name_forms.is_department(piece[0])
