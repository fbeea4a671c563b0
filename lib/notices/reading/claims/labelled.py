"""Labels and their values → claims: 责任领导：甲；责任部门：乙、丙；完成时限：8月."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.measures.meanings import DUTIES
from lib.notices import labels
from lib.notices.labels import Label
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, lists, names, verbs
from lib.notices.reading.claims.claim import (
    Claim,
    Claims,
    for_field,
    has_names,
    is_undated,
    is_unnamed,
)

_ENDED: Final = re.compile(  # 责任人：石山，各村配合。11月底前完成
    r"。(?=.)|,(?=[^,、。]*(?:配合|协助|参与|完成|月|底前|办结|组织))"
)
# The fields whose names a clause with a verb may stand for.
_MAY_BE_SPOKEN: Final = frozenset({"departments", "who", "lead_who"})
_SHORT_LABEL: Final = 3  # characters under which a label may be a word of the text


def read(span: Span) -> Claims:
    """Everything that a bracket's inside or a line of labels says."""
    found_labels = _labels(span)
    if not found_labels:
        return clauses.read(span, strict=False)
    claims: Claims = []
    first_label = found_labels[0].start
    if first_label > span.start:
        claims += clauses.read(span.until(first_label), strict=True)
    value_ends = [label.start for label in found_labels[1:]]
    value_ends.append(span.end)
    for label, value_end in zip(found_labels, value_ends, strict=True):
        value = span.part(label.end, value_end)
        claims += _of_value(label, value.trimmed())
    return claims


def _labels(span: Span) -> list[Label]:
    """The labels of a span; where it begins with one without a colon, others need none either."""
    with_colons = span.find_labels()
    words = span.until(with_colons[0].start) if with_colons else span
    opening = words.opening_label()
    if not opening:
        return with_colons
    all_labels = [opening, *with_colons]
    for spaced in labels.spaced_labels(span.line.folded, opening.end, span.end):
        if not _is_inside(spaced, with_colons):
            all_labels.append(spaced)
    return sorted(all_labels)


def _is_inside(spaced: Label, with_colons: Sequence[Label]) -> bool:
    """Whether a label begins inside one of others."""
    return any(label.start <= spaced.start < label.end for label in with_colons)


def _of_value(label: Label, value: Span) -> Claims:
    """What a label says of the text after it."""
    if label.field not in DUTIES:
        return []
    if label.field == "deadline":
        if is_undated(value):
            return []
        return _deadline(label, value)
    if is_unnamed(value):
        return []
    names_end = deadlines.names_end(value)
    claims = _who(label, value.until(names_end).trimmed())
    return claims + after_names(value.since(names_end), label.word)


def _deadline(label: Label, value: Span) -> Claims:
    """A deadline, and who is named after a semicolon in the same value."""
    semicolon = value.find(";")
    if semicolon <= value.start:
        return [deadlines.labelled(value, label.word)]
    after_semicolon = _spoken(value.since(semicolon + 1))
    if has_names(after_semicolon):
        value = value.until(semicolon)
    return [deadlines.labelled(value, label.word), *after_semicolon]


def _spoken(span: Span) -> Claims:
    """What verbs say beside the names after a label."""
    return clauses.read(span, strict=True)


def after_names(span: Span, label: str) -> Claims:
    """The date in the clause after a list of names."""
    return [replace(claim, detail=label) for claim in deadlines.last(span)]


def _who(label: Label, value: Span) -> Claims:
    """The names after a label, and what a bracket or a clause among them says of their roles."""
    if label.field == "leaders":
        return _leaders(label, value)
    if label.field == "departments":
        by_bracket = _by_bracket(value, label.word)
        if by_bracket:
            return by_bracket
        by_last_clause = _by_last_clause(value, label.word)
        if by_last_clause:
            return by_last_clause
    if label.field in _MAY_BE_SPOKEN:
        spoken = _spoken(value)
        if spoken:
            return [replace(claim, detail=label.word) for claim in spoken]
    return lists.listed(value, label.field, label.word)


def _leaders(label: Label, value: Span) -> Claims:
    """Leaders, and the sentence after them."""
    sentence_end = value.search(_ENDED)
    names_end = sentence_end.start() if sentence_end else value.end
    listed = value.until(names_end).trimmed()
    leaders = lists.leaders(listed, label.word)
    after_label = value.line.folded[label.end - 1]
    is_vague = after_label in "为是" or len(label.word) < _SHORT_LABEL
    if is_vague and not all(claim.sure for claim in leaders):
        leaders = []  # 分管：财务科 is of no measure
    if sentence_end:
        leaders += _spoken(value.since(names_end))
    return leaders


def _by_bracket(value: Span, label: str) -> Claims:
    """A list whose last bracket says who of it leads, or who else supports it.

    责任科室：餐饮科、生产科（生产科牵头）; [] where there is no such bracket.
    """
    bracket = value.rfind("(")
    is_closed = value.folded.endswith(")")
    if bracket <= value.start or not is_closed:
        return []
    spoken = _spoken(value.part(bracket + 1, value.end - 1))
    lead = for_field(spoken, "lead_departments")
    support = for_field(spoken, "support_departments")
    if not (lead or support):
        return []
    claims = [replace(claim, reason="noted", detail=label) for claim in lead]
    claims += _others(value.until(bracket), lead, label)
    return claims + support


def _others(listed: Span, lead: Sequence[Claim], label: str) -> Claims:
    """Who is listed beside those that lead: they support; one list where nobody is said to lead."""
    leading_names: set[str] = set()
    for claim in lead:
        leading_names.update(claim.names)
    others = [name for name in names.listed(listed) if name not in leading_names]
    if not others:
        return []
    field = "support_departments" if lead else "departments"
    return [Claim.of(listed, field, others, "noted", detail=label)]


def _by_last_clause(value: Span, label: str) -> Claims:
    """A list after whose last comma stands who supports: 责任股室：预算股，国库股配合."""
    verb = value.search(verbs.VERB)
    if not verb or verbs.is_note(verb):
        return []
    if not verb["support"]:
        return []
    comma = value.until(verb.start()).rfind(",")
    if comma <= value.start:
        return []
    supporting = value.part(comma + 1, verb.start())
    support = clauses.named(supporting, "support_departments", "verb")
    if not support:
        return []
    before_comma = value.until(comma).trimmed()
    return lists.listed(before_comma, "departments", label) + support
