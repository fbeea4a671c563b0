"""Deadlines in a piece of text: after a label, after names, before names, alone."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Final

from lib.measures import name_forms
from lib.notices.model import Span
from lib.notices.reading.claims.claim import Claim, is_ditto
from lib.text.deadlines import Mention, read, says_result
from lib.text.spellings import ENDINGS

ANY_YEAR: Final = 2020  # whether a phrase can be read does not depend on the year
_ANY_DAY: Final = datetime.date(
    ANY_YEAR, 1, 1
)  # of issue: a count from it may be read once it is known
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
    rf"(?:力争|争取|确保|务必|于|在)?+(?P<event>[一-鿿]{{2,12}}?(?:[之以]?前|期间|[之以]?内))(?:{ENDINGS})?"
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
    phrase = _without_finished(span)
    found = span.find_dates()
    says_more = found and says_result(phrase.folded)  # 6月底前投入使用: the date alone is cut out
    if not says_more and read(phrase.folded, ANY_YEAR, _ANY_DAY) is not None:
        return Claim.of(phrase, "deadline", detail=label)
    if not found or _is_unlike(span, found):
        return Claim.of(span, "deadline", reason="unreadable", sure=False, detail=label)
    last = _last(found)
    several = len(found) > 1
    whole = several or last.start == span.start
    after = span.since(last.end)
    is_told = says_more or after.match(_DONE) is not None  # 全年分批推进 says more than 全年
    goes_on = _GOES_ON.search(after.folded)
    # 全年推进，11月底前完成: which of them?
    is_last = last.start == max(date.start for date in found)
    return Claim.of(
        span.part(last.start, last.end),
        "deadline",
        reason="last_date" if several else "date",
        sure=whole and is_told and not goes_on and is_last,
        detail=label,
    )


def _without_finished(span: Span) -> Span:
    """A phrase without 完成 at its end; 已完成 says nothing else."""
    if span.folded.startswith("已"):
        return span
    return span.until(span.start + len(_FINISHED.sub("", span.folded)))


def _is_unlike(span: Span, found: list[Mention]) -> bool:
    """Whether dates in a phrase are not the deadline: a year of the Republic, a year's event."""
    if _OF_THE_REPUBLIC.match(span.until(found[0].start).folded):
        return True
    last = _last(found)
    only_year = len(found) == 1 and _YEAR.fullmatch(last.text)
    return bool(only_year) and span.since(last.end).fullmatch(_EVENT) is not None


def _last(found: list[Mention]) -> Mention:
    """The date that is due last; of two due on one day, the second."""
    return max(found, key=lambda date: (date.order, date.start))


def last(span: Span) -> list[Claim]:
    """The latest date in a span, as it stands in a sentence; [] for none."""
    found = span.find_dates()
    if not found:
        return []
    date = _last(found)
    return [Claim.of(span.part(date.start, date.end), "deadline", reason="sentence")]


def after_names(span: Span) -> list[Claim]:
    """The deadline after the last names, as printed and without 完成: ，年内持续推进.

    A time that nobody knows, ，资金到位前完成, is kept and is to be checked; so is a date that is a
    part of something else.
    """
    rest = span.trimmed()
    phrase = _without_finished(rest)
    if not says_result(phrase.folded) and read(phrase.folded, ANY_YEAR, _ANY_DAY):
        return [Claim.of(phrase, "deadline", reason="sentence")]
    dated = last(span)
    if dated:
        after = span.since(dated[0].source.end)
        return [replace(dated[0], sure=after.match(_DONE) is not None)]
    event = rest.fullmatch(_BY_EVENT)
    if not event:
        return []
    phrase = rest.group(event, "event")
    if read(phrase.folded, ANY_YEAR) is not None:  # 汛期前
        return [Claim.of(phrase, "deadline", reason="sentence")]
    return [Claim.of(phrase, "deadline", reason="unreadable", sure=False)]


def ahead(span: Span) -> tuple[list[Claim], Span]:
    """The date that comes first, （3月，德育处负责）, and the span where the names begin."""
    begin = span.trimmed().start
    stop = begin
    for date in span.part(begin, min(span.end, begin + _AHEAD)).find_dates():  # 4月、6月
        if span.part(stop, date.start).folded in ("", "、", "和"):
            stop = date.end
    if stop == begin:
        return [], span
    comma = span.since(stop).match(_COMMA)
    if not comma:
        return [], span
    claim = Claim.of(span.part(begin, stop), "deadline", reason="sentence")
    return [claim], span.since(comma.end())


def is_alone(span: Span) -> bool:
    """Whether a text is a date and nothing else: （6月底前完成）."""
    found = span.find_dates()
    if not found:
        return False
    left = span.length - sum(date.end - date.start for date in found)
    return left <= _SHORT and _ENDS.search(span.folded) is not None


def names_end(span: Span) -> int:
    """Where a list of names ends and a date begins: 甲、乙，10月底前完成 or 甲、乙10月底前完成."""
    for date in span.find_dates():
        if date.start == span.start:
            continue
        leads_over = _LEADS_OVER.search(
            span.part(max(span.start, date.start - _BEFORE), date.start).folded
        )
        after = span.since(date.end)
        ends_list = after.match(_DONE) and _SPELLED.search(date.text)
        if ends_list or (leads_over and not _begins_with_office(after)):
            return date.start - (len(leads_over[0]) if leads_over else 0)
    return span.end


def _begins_with_office(span: Span) -> bool:
    """Whether a department's name follows a date; ，年底前形成送审稿 has none."""
    piece = span.match(_PIECE)
    return piece is not None and name_forms.is_department(piece[0])
