"""Sentences of the running text → claims.

Somebody must lead or be in charge who is named after 由 or before 牵头, 会同.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lib.measures import name_forms, person_names
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, headings, verbs
from lib.notices.reading.claims.claim import Claim, Claims, fields_of, for_field

_HEADING: Final = 60  # characters of a heading that may say who leads what is below it
_BY_WHOM: Final = 20  # characters after 由 in which somebody is named
_LONGEST: Final = 60  # characters of names whose end no mark tells
_NAME_END: Final = 12  # characters at the end of which a department is told
_SHORTEST: Final = 2  # characters of a name

# Marks around a clause that says nothing but who answers, and before a 由 that begins one.
_BEFORE_CLAUSE: Final = ",。;: 、"
_AFTER_CLAUSE: Final = ",。;、 "
_BEFORE_BY: Final = ",。;: 、并"
_SENTENCE: Final = re.compile(r"[^。；;！!\n]+")
_SAYS_WHO: Final = re.compile(r"牵头|主办|由.{2,60}|会同|分工负责|按职责分工|负责")
# What is done with reports: it is no measure.
_COLLECTS: Final = re.compile(" *(?:统一|负责)?(?:汇总|收集|转报|通报|备案)")
_LEADER: Final = re.compile(
    r"(责任领导|分管领导|牵头领导|包保领导|责任人|负责人)(?:为|是)?([一-鿿]{2,4})(?=[,。;、 )]|$)"
)


def read(span: Span) -> Claims:
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


def _leaders_without_colon(span: Span) -> Claims:
    """分管领导李静 without a colon."""
    claims: Claims = []
    for match in span.finditer(_LEADER):
        label, name = match.groups()
        if name_forms.is_person(name) and not name_forms.is_department(name):
            leader = span.group(match, 2)
            names = [person_names.untitled(leader.text)]
            claim = Claim.of(leader, "leaders", names, "verb", detail=label)
            claims.append(claim)
    return claims


def _supporting(sentence: Span) -> Claims:
    """Who supports, in a sentence after one that says who leads: 由甲牵头…；乙、丙参与."""
    claims = clauses.read(sentence, strict=True)
    supporting = for_field(claims, "support_departments")
    return [claim for claim in supporting if claim.source.start == sentence.start]


def _sentence(sentence: Span) -> Claims:
    """What one sentence says: by 会同, by its verbs, or else by whoever stands after 由."""
    claims = _together(sentence)
    cursor = sentence.start
    for verb in sentence.finditer(verbs.VERB):
        is_passed = verb.start() < cursor
        if is_passed or verbs.is_note(verb):
            continue
        named = _of_verb(sentence.since(cursor), verb, claims)
        if named and (claims or _is_order(verb, named)):
            claims += named
            cursor = verbs.clause_end(sentence, verb)
    claims = claims or _by_whom(sentence)
    if not claims:
        return []
    return claims + deadlines.last(sentence)


def _of_verb(clause: Span, verb: re.Match[str], before: Claims) -> Claims:
    """What a verb says of the names before it, or else of those after the last comma alone.

    Args:
        before: what the clauses before this one say.
    """
    claims = clauses.of_verb(clause, verb, before)
    names_from = _after_comma(clause.until(verb.start()))
    if claims or names_from == clause.start:
        return claims
    return clauses.of_verb(clause.since(names_from), verb, before)


def _is_order(verb: re.Match[str], named: Claims) -> bool:
    """Whether a verb says who must do something, and does not tell what somebody does anyway."""
    first = named[0]
    if verb["lead"] or verb["shared"] or first.reason == "together":
        return True
    if _is_after_by(verb.string, first):
        return True
    return _is_whole_clause(verb, named)


def _is_after_by(folded: str, claim: Claim) -> bool:
    names_from = claim.source.start
    near = max(0, names_from - 2)
    return "由" in folded[near:names_from]


def _is_whole_clause(verb: re.Match[str], named: Claims) -> bool:
    """市教育局负责，…: departments at the beginning of a clause and nothing after the verb."""
    if not verb["charge"] or "leaders" in fields_of(named):
        return False
    names_from = named[0].source.start
    verb_end = verb.end()
    mark_from = max(0, names_from - 1)
    # both are empty, and so in the marks, where the text begins or ends
    before_names = verb.string[mark_from:names_from]
    after_verb = verb.string[verb_end : verb_end + 1]
    return before_names in _BEFORE_CLAUSE and after_verb in _AFTER_CLAUSE


def _by_whom(sentence: Span) -> Claims:
    """市财政局 in 由市财政局审核后拨付: whoever stands after 由 acts; to be checked."""
    actors = _actors(sentence)
    if actors is None:
        return []
    claims: Claims = []
    for claim in _longest(actors, "departments", "by"):
        after_names = sentence.since(claim.source.end)
        collects = after_names.match(_COLLECTS) is not None
        is_of_several = claim.names[0].startswith("各")
        if claim.field == "departments" and not collects and not is_of_several:
            claims.append(replace(claim, sure=False))
    return claims


def _actors(sentence: Span) -> Span | None:
    """The words after a 由 that begins a clause, up to what is done."""
    by = sentence.find("由")
    if by < 0:
        return None
    before_by = sentence.until(by).folded
    if before_by and before_by[-1] not in _BEFORE_BY:
        return None
    near = min(sentence.end, by + _BY_WHOM)
    actors = sentence.part(by + 1, near)
    action = actors.since(by + 2).search(verbs.ACTION)
    if action:
        return actors.until(action.start())
    return actors


def _together(sentence: Span) -> Claims:
    """由甲会同乙、丙制定: any words may follow the names; they end where something is done."""
    word = sentence.search(verbs.TOGETHER)
    if not word:
        return []
    before_word = sentence.until(word.start())
    after_word = sentence.since(word.end())
    if after_word.search(verbs.VERB):
        return []
    action = after_word.search(verbs.ACTION)
    after_word = after_word.until(action.start()) if action else after_word
    clause_start = _after_comma(before_word)
    first = clauses.subject_of(before_word.since(clause_start))
    lead = clauses.named(first, "lead_departments", "together")
    support = _longest(after_word, "support_departments", "together")
    if lead and support:
        return lead + support
    return []


def _longest(span: Span, role: str, reason: str) -> Claims:
    """The longest beginning of a span that is names and nothing else.

    Where it isn't the whole span, the claims are to be checked.
    """
    shortest = span.start + _SHORTEST
    longest = min(span.end, span.start + _LONGEST)
    for end in range(longest, shortest - 1, -1):
        beginning = span.until(end)
        name_end = beginning.folded[-_NAME_END:]
        if not name_forms.is_department(name_end):
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
