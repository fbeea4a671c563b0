"""The verbs that say who leads, who supports and who is in charge: 由甲牵头，乙、丙配合."""

from __future__ import annotations

import re
from typing import Final

from lib.measures.vocabulary import CLAUSES
from lib.notices.model import Span
from lib.notices.reading.claims.claim import Claims, fields_of


def _any_of(kind: str) -> str:
    """The alternatives of a pattern, longest first, from the table of words."""
    return "|".join(sorted(CLAUSES[kind], key=len, reverse=True))


_SHARED: Final = (  # 按职责分工负责
    r"(?:按照?|根据|依)(?:各自)?(?:职责|职能|分工|任务)(?:分工|职责)*"
    r"(?:负责|落实|抓好|推进|实施|做好)?"
)
_NO_NOUN: Final = (  # 各学科负责单位, 管委会办公室
    "(?!公室|(?:责任)?(?:单位|部门|科室|处室|部室|股室|机构|人员|同志|领导))"
)
VERB: Final = re.compile(
    rf"(?P<shared>{_SHARED})"
    rf"|(?P<lead>(?:{_any_of('lead_verbs')}){_NO_NOUN})"
    rf"|(?P<support>(?:共同|积极|协调|协助)?(?:{_any_of('support_verbs')}){_NO_NOUN})"
    rf"|(?P<charge>(?:{_any_of('charge_verbs')}){_NO_NOUN})"
)
TOGETHER: Final = re.compile(
    r"会同|(?<![招工电通经外客协])商(?![务会业贸标场城店户品圈检联行投])"
    r"|联合(?![会社国体大学办组])|协同(?![办创处科])"
)
_ACTIONS: Final = (*CLAUSES["actions"], ",", "、?于", "在", "对")
ACTION: Final = re.compile("|".join(_ACTIONS))
_CLAUSE_END: Final = re.compile(r"[,。;；、\s]")


def is_note(verb: re.Match[str]) -> bool:
    """Whether a verb stands alone in brackets after a name: 甲（牵头）."""
    start, end = verb.span()
    before = verb.string[start - 1 : start]
    after = verb.string[end : end + 1]
    return before == "(" and after == ")"


def clause_end(span: Span, verb: re.Match[str]) -> int:
    """Where a verb's clause ends: after the next comma, full stop or space."""
    mark = span.since(verb.end()).search(_CLAUSE_END)
    if mark:
        return mark.end()
    return span.end


def role(verb: re.Match[str], before: Claims) -> str:
    """What a verb makes of those it is said of; `charge` is somebody else than who leads.

    Args:
        before: what the clauses before it say.
    """
    if verb["lead"]:
        return "lead_departments"
    if verb["support"]:
        return "support_departments"
    somebody_leads = "lead_departments" in fields_of(before)
    return "charge" if somebody_leads else "departments"
