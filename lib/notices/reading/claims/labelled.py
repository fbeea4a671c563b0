"""Labels and their values → claims: 责任领导：甲；责任部门：乙、丙；完成时限：8月."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lib.measures.meanings import DUTIES
from lib.notices import labels
from lib.notices.labels import Label
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, lists, names, verbs
from lib.notices.reading.claims.claim import Claim, has_names, is_undated, is_unnamed

_ENDED: Final = re.compile(  # 责任人：石山，各村配合。11月底前完成
    r"。(?=.)|,(?=[^,、。]*(?:配合|协助|参与|完成|月|底前|办结|组织))"
)
_SHORT_LABEL: Final = 3  # characters under which a label may be a word of the text


def read(span: Span) -> list[Claim]:
    """Everything that a bracket's inside or a line of labels says."""
    found = _labels(span)
    if not found:
        return clauses.read(span, strict=False)
    claims: list[Claim] = []
    first = found[0].start
    if first > span.start:
        claims += clauses.read(span.until(first), strict=True)
    stops = [label.start for label in found[1:]] + [span.end]
    for label, stop in zip(found, stops, strict=True):
        claims += _value(label, span.part(label.end, stop).trimmed())
    return claims


def _labels(span: Span) -> list[Label]:
    """The labels of a span; where it begins with one without a colon, others need none either."""
    found = span.find_labels()
    opening = span.until(found[0].start if found else span.end).opening_label()
    if not opening:
        return found
    for spaced in labels.spaced_labels(span.line.folded, opening.end, span.end):
        if not any(label.start <= spaced.start < label.end for label in found):
            found.append(spaced)
    return sorted([opening, *found])


def _value(label: Label, value: Span) -> list[Claim]:
    """What a label says of the text after it."""
    if label.field not in DUTIES:
        return []
    if label.field == "deadline":
        return [] if is_undated(value) else _deadline(label, value)
    if is_unnamed(value):
        return []
    stop = deadlines.names_end(value)
    claims = _who(label, value.until(stop).trimmed())
    return claims + after_names(value.since(stop), label.word)


def _deadline(label: Label, value: Span) -> list[Claim]:
    """A deadline, and who is named after a semicolon in the same value."""
    semicolon = value.find(";")
    if semicolon > value.start:
        spoken = clauses.read(value.since(semicolon + 1), strict=True)
        if has_names(spoken):
            value = value.until(semicolon)
        return [deadlines.labelled(value, label.word), *spoken]
    return [deadlines.labelled(value, label.word)]


def after_names(span: Span, label: str) -> list[Claim]:
    """The date in the clause after a list of names."""
    return [replace(claim, detail=label) for claim in deadlines.last(span)]


def _who(label: Label, value: Span) -> list[Claim]:
    """The names after a label, and what a bracket or a clause among them says of their roles."""
    if label.field == "leaders":
        return _leaders(label, value)
    if label.field == "departments":
        claims = _by_bracket(value, label.word) or _by_last_clause(value, label.word)
        if claims:
            return claims
    spoken = clauses.read(value, strict=True)
    if spoken and label.field in ("departments", "who", "lead_who"):
        return [replace(claim, detail=label.word) for claim in spoken]
    return lists.listed(value, label.field, label.word)


def _leaders(label: Label, value: Span) -> list[Claim]:
    """Leaders, and the sentence after them."""
    ended = value.search(_ENDED)
    stop = ended.start() if ended else value.end
    named = lists.leaders(value.until(stop).trimmed(), label.word)
    vague = value.line.folded[label.end - 1] in "为是" or len(label.word) < _SHORT_LABEL
    if vague and not all(claim.sure for claim in named):
        named = []  # 分管：财务科 is of no measure
    if ended:
        return named + clauses.read(value.since(stop), strict=True)
    return named


def _by_bracket(value: Span, label: str) -> list[Claim]:
    """A list whose last bracket says who of it leads, or who else supports it.

    责任科室：餐饮科、生产科（生产科牵头）; [] where there is no such bracket.
    """
    opened = value.rfind("(")
    if opened <= value.start or value.line.folded[value.end - 1] != ")":
        return []
    spoken = clauses.read(value.part(opened + 1, value.end - 1), strict=True)
    lead = [claim for claim in spoken if claim.field == "lead_departments"]
    support = [claim for claim in spoken if claim.field == "support_departments"]
    if not (lead or support):
        return []
    claims = [replace(claim, reason="noted", detail=label) for claim in lead]
    leading = {name for claim in lead for name in claim.names}
    before = value.until(opened)
    others = [name for name, _ in names.split(before) if name not in leading]
    if others:
        field = "support_departments" if lead else "departments"
        claims.append(Claim.of(before, field, others, "noted", detail=label))
    return claims + support


def _by_last_clause(value: Span, label: str) -> list[Claim]:
    """A list after whose last comma stands who supports: 责任股室：预算股，国库股配合."""
    verb = value.search(verbs.VERB)
    if not verb or not verb["support"] or verbs.is_note(verb):
        return []
    comma = value.until(verb.start()).rfind(",")
    if comma <= value.start:
        return []
    supporting = value.part(comma + 1, verb.start())
    support = clauses.named(supporting, "support_departments", "verb")
    if not support:
        return []
    return lists.listed(value.until(comma).trimmed(), "departments", label) + support
