"""Sentences of the running text → claims: somebody must lead or be in charge, named after 由 or before 牵头, 会同."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lib.measures import name_forms, person_names
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, headings, verbs
from lib.notices.reading.claims.claim import Claim, fields_of

_HEADING: Final = 60  # characters of a heading that may say who leads what is below it
_BY_WHOM: Final = 20  # characters after 由 in which somebody is named
_LONGEST: Final = 60  # characters of names whose end no mark tells
_NAME_END: Final = 12  # characters at the end of which a department is told
_SHORTEST: Final = 2  # characters of a name

_SENTENCE: Final = re.compile(r"[^。；;！!\n]+")
_SAYS_WHO: Final = re.compile(r"牵头|主办|由.{2,60}|会同|分工负责|按职责分工|负责")
# What is done with reports: it is no measure.
_COLLECTS: Final = re.compile(" *(?:统一|负责)?(?:汇总|收集|转报|通报|备案)")
_LEADER: Final = re.compile(
    r"(责任领导|分管领导|牵头领导|包保领导|责任人|负责人)(?:为|是)?([一-鿿]{2,4})(?=[,。;、 )]|$)"
)


def read(span: Span) -> list[Claim]:
    """What the sentences of a paragraph say of who answers and by when."""
    if span.length <= _HEADING:
        claims = headings.led(span)
        if claims:
            return claims
    claims = _leaders_without_colon(span)
    for match in span.finditer(_SENTENCE):
        sentence = span.group(match)
        if _SAYS_WHO.search(match[0]):
            claims += _sentence(sentence)
        elif claims:
            claims += _supporting(sentence)
    return claims


def _leaders_without_colon(span: Span) -> list[Claim]:
    """分管领导李静 without a colon."""
    claims: list[Claim] = []
    for match in span.finditer(_LEADER):
        if name_forms.is_person(match[2]) and not name_forms.is_department(match[2]):
            name = span.group(match, 2)
            leader = person_names.untitled(name.text)
            claims.append(Claim.of(name, "leaders", [leader], "verb", detail=match[1]))
    return claims


def _supporting(sentence: Span) -> list[Claim]:
    """Who supports, in a sentence after one that says who leads: 由甲牵头…；乙、丙参与."""
    supporting: list[Claim] = []
    for claim in clauses.read(sentence, strict=True):
        begins = claim.source.start == sentence.start
        if claim.field == "support_departments" and begins:
            supporting.append(claim)
    return supporting


def _sentence(sentence: Span) -> list[Claim]:
    """What one sentence says: by 会同, by its verbs, or else by whoever stands after 由."""
    claims = _together(sentence)
    cursor = sentence.start
    for verb in sentence.finditer(verbs.VERB):
        if verb.start() < cursor or verbs.is_note(verb):
            continue
        clause = sentence.since(cursor)
        named = clauses.of_verb(clause, verb, claims)
        after_comma = _after_comma(clause.until(verb.start()))
        if not named and after_comma > clause.start:
            named = clauses.of_verb(clause.since(after_comma), verb, claims)
        if named and (claims or _is_order(verb, named)):
            claims += named
            cursor = verbs.clause_end(sentence, verb)
    claims = claims or _by_whom(sentence)
    return claims + deadlines.last(sentence) if claims else []


def _is_order(verb: re.Match[str], named: list[Claim]) -> bool:
    """Whether a verb says who must do something, and does not tell what somebody does anyway."""
    if verb["lead"] or verb["shared"] or named[0].reason == "together":
        return True
    return _is_after_by(verb.string, named[0]) or _is_whole_clause(verb, named)


def _is_after_by(folded: str, claim: Claim) -> bool:
    start = claim.source.start
    return "由" in folded[max(0, start - 2) : start]


def _is_whole_clause(verb: re.Match[str], named: list[Claim]) -> bool:
    """市教育局负责，…: departments at the beginning of a clause and nothing after the verb."""
    if not verb["charge"] or "leaders" in fields_of(named):
        return False
    folded = verb.string
    start = named[0].source.start
    ends = verb.end() == len(folded) or folded[verb.end()] in ",。;、 "
    begins = start == 0 or folded[start - 1] in ",。;: 、"
    return ends and begins


def _by_whom(sentence: Span) -> list[Claim]:
    """市财政局 in 由市财政局审核后拨付: whoever stands after 由 acts; to be checked."""
    by = sentence.find("由")
    if by < 0 or (by > sentence.start and sentence.line.folded[by - 1] not in ",。;: 、并,"):
        return []
    stop = min(sentence.end, by + _BY_WHOM)
    action = sentence.part(by + 2, stop).search(verbs.ACTION)
    actors = sentence.part(by + 1, action.start() if action else stop)
    claims: list[Claim] = []
    for claim in _longest(actors, "departments", "by"):
        collects = sentence.since(claim.source.end).match(_COLLECTS)
        if claim.field != "departments" or collects or claim.names[0].startswith("各"):
            continue
        claims.append(replace(claim, sure=False))
    return claims


def _together(sentence: Span) -> list[Claim]:
    """由甲会同乙、丙制定: any words may follow the names; they end where something is done."""
    word = sentence.search(verbs.TOGETHER)
    if not word or sentence.since(word.end()).search(verbs.VERB):
        return []
    before = sentence.until(word.start())
    first = clauses.subject_of(before.since(_after_comma(before)))
    action = sentence.since(word.end()).search(verbs.ACTION)
    others = sentence.part(word.end(), action.start() if action else sentence.end)
    lead = clauses.named(first, "lead_departments", "together")
    support = _longest(others, "support_departments", "together")
    return lead + support if lead and support else []


def _longest(span: Span, role: str, reason: str) -> list[Claim]:
    """The longest beginning of a span that is names and nothing else.

    Where it isn't the whole span, the claims are to be checked.
    """
    furthest = min(span.end, span.start + _LONGEST)
    for end in range(furthest, span.start + _SHORTEST - 1, -1):
        beginning = span.until(end)
        if not name_forms.is_department(beginning.folded[-_NAME_END:]):
            continue
        claims = clauses.named(beginning, role, reason)
        if claims and end < span.end:
            return [replace(claim, sure=False) for claim in claims]
        if claims:
            return claims
    return []


def _after_comma(span: Span) -> int:
    """After the last comma, or the beginning: 拆除违规店招，城管队牵头."""
    return max(span.start, span.rfind(",") + 1)
