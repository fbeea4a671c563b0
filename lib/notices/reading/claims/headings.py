"""Whom a heading names: 副市长王强负责的工作（3项）, 市教育局, 王强副市长; or by when: 6月底前完成的任务."""

from __future__ import annotations

import re
from typing import Final

from lib.grids import kinds
from lib.measures import name_forms
from lib.notices.model import Span
from lib.notices.reading.claims import lists, names
from lib.notices.reading.claims.claim import Claim, Claims, for_field

_WORK: Final = "工作|任务|事项|项目|举措|措施|实事"
_LED_BY: Final = re.compile(
    r"(?:由)?(?P<who>[^,。;:]{2,30}?)(?:同志)?"
    r"(?:负责|牵头|分管|主抓|包抓|包联|包保|联系|领衔|主管)"
    r"(?:的|办理|推进|抓好|落实|督办|实施)*"
    rf"(?:[一-鿿]{{0,6}}(?:{_WORK}))?"
)
_BY_WHEN: Final = re.compile("前|完成|办结|整改|见效|到位")
_DUE: Final = re.compile(
    r"(?:需|须|要|应)?(?:全部|全面|基本)?(?:完成|办结|整改|见效|坚持|推进)*(?:到位)?的?"
    r"(?:整改|重点)?(?:工作|任务|事项|项目|问题|措施)"
)


def led(heading: Span) -> Claims:
    """Who leads what stands below a heading, or by when it is done, where it says nothing else."""
    heading = _uncounted(heading)
    led_by = heading.fullmatch(_LED_BY)
    if led_by:
        return _office_or_person(heading.group(led_by, "who").trimmed())
    dates = heading.find_dates()
    if not dates:
        return []
    if dates[0].start != heading.start:
        return []
    date_end = dates[0].end
    if not heading.since(date_end).fullmatch(_DUE):
        return []
    # 上半年工作 may be what was done then
    is_sure = _BY_WHEN.search(heading.folded) is not None
    return [Claim.of(heading.until(date_end), "deadline", reason="heading", sure=is_sure)]


def alone(heading: Span) -> Claims:
    """An office that is a heading, or a person with a title: 市教育局（3项）, 王强副市长.

    A bare name, 王强, is none: it may be any words.
    """
    name = _uncounted(heading).trimmed()
    claims = _office_or_person(name)
    if not claims:
        return []
    is_untitled = claims[0].names == (name.text,)
    if is_untitled and not name_forms.is_office(name.folded):
        return []
    return claims


def offices(heading: Span) -> Claims:
    """The offices that a heading consists of, also those that their form alone tells: 图书馆."""
    claims = _office_or_person(_uncounted(heading).trimmed())
    return for_field(claims, "lead_departments")


def _uncounted(heading: Span) -> Span:
    """Leave out how many measures it has."""
    count = heading.search(kinds.COUNT)
    if count:
        return heading.until(count.start())
    return heading


def _office_or_person(span: Span) -> Claims:
    """One office or several, or else persons and nothing else."""
    listed = names.listed(span)
    if not listed:
        return []
    if all(map(names.is_department, listed)):
        return [Claim.of(span, "lead_departments", listed, "heading")]
    claims = lists.leaders(span, "")
    for claim in claims:
        if not all(map(names.is_person, claim.names)):
            return []
    return claims
