"""Clauses without labels → claims: 由甲牵头，乙、丙配合，6月底前完成."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lib.measures import name_forms, person_names
from lib.measures.joined import without_others
from lib.notices.model import Span
from lib.notices.reading.claims import deadlines, lists, names, verbs
from lib.notices.reading.claims.claim import LEADS, Claim, has_deadline, has_names
from lib.text import endings, folding

_NEAR: Final = 500  # characters before a verb in which those it is said of are named
_BOTH: Final = 2  # names
_LISTED: Final = re.compile(r"[、,，;；/\s]")
_SENTENCE_ENDS: Final = "。;；:：!！？?\n"
_BEFORE_NAMES: Final = re.compile(
    r"(?:以上|上述|本项)?(?:任务|工作|事项|各项|内容|措施|举措)*+(?:分别|均|都|统一)?(?:由|请)"
    r"|(?:并|其中|原则上)?由|[,、 ]++"
)
_ADVERBS: Final = ("共同", "分别", "具体", "统一", "一并", "密切", "积极", "负责")
_AFTER_NAMES: Final = (*(f"等{adverb}" for adverb in _ADVERBS), *_ADVERBS, ",", "、", " ")


def read(span: Span, *, strict: bool) -> list[Claim]:
    """What the verbs of a piece of text say, and its date.

    Args:
        strict: take no names without a verb, and a date without names only where it is alone.
    """
    first_date, after = deadlines.ahead(span)
    claims = _read(after, strict=strict)
    if not first_date:
        return claims
    if not has_names(claims):
        return []
    return claims if has_deadline(claims) else claims + first_date


def _read(span: Span, *, strict: bool) -> list[Claim]:
    """What the verbs say of the names before them, then the date after the last verb."""
    claims: list[Claim] = []
    cursor = span.start
    for verb in span.finditer(verbs.VERB):
        if verb.start() < cursor or verbs.is_note(verb):
            continue
        claims += of_verb(span.since(cursor), verb, claims)
        cursor = verbs.clause_end(span, verb)
    if claims:
        return claims + deadlines.after_names(span.since(cursor))
    date = deadlines.last(span.since(cursor))
    if strict:
        return date if deadlines.is_alone(span) else []
    stop = date[0].source.start if date else span.end
    return _names_alone(span.until(stop).trimmed()) + date


def of_verb(clause: Span, verb: re.Match[str], before: list[Claim]) -> list[Claim]:
    """What a verb says of the names before it.

    Args:
        clause: begins where the names may begin.
        before: what the clauses before it say.
    """
    start = max(clause.start, verb.start() - _NEAR)
    subject = subject_of(clause.part(start, verb.start()))
    if subject.length <= 0:
        return []
    role = verbs.role(verb, before)
    together = subject.search(verbs.TOGETHER)
    if together and role in LEADS:
        lead = named(subject.until(together.start()), "lead_departments", "together")
        support = named(subject.since(together.end()), "support_departments", "together")
        return lead + support if lead and support else []
    claims = named(subject, role, "verb")
    if role != "departments":
        return claims
    if verb["shared"]:
        return [_shared(claim) for claim in claims]
    return [_both(claim) for claim in claims]


def _both(claim: Claim) -> Claim:
    """甲和乙负责: of two that are joined by a word neither is the first."""
    is_both = len(claim.names) == _BOTH and not _LISTED.search(claim.text)
    return replace(claim, field="lead_departments") if is_both else claim


def _shared(claim: Claim) -> Claim:
    """按职责分工负责: of several nobody leads."""
    return replace(claim, sure=False, reason="shared") if len(claim.names) > 1 else claim


def subject_of(span: Span) -> Span:
    """The names at the end of a span, without 由, commas, adverbs and an earlier sentence."""
    span = span.since(max(span.start, _sentence_end(span) + 1))
    if span.folded.count("(") > span.folded.count(")"):  # 各镇（市住建局牵头）
        span = span.since(span.rfind("(") + 1)
    by = span.rfind("由")
    if by == span.start or (by > span.start and span.line.folded[by - 1] != "理"):
        span = span.since(by + 1)
    while before := span.match(_BEFORE_NAMES):
        span = span.since(before.end())
    length = endings.start_of_last_words(span.folded, _AFTER_NAMES)
    return span.until(span.start + length).trimmed()


def _sentence_end(span: Span) -> int:
    """The last mark that ends a sentence, -1 for none.

    Marks inside a bracket don't count: 由甲（联系人：乙）牵头.
    """
    while span.length > 0:
        mark = max(map(span.rfind, _SENTENCE_ENDS))
        closed = span.since(mark).find(")")
        opened = span.until(max(mark, span.start)).rfind("(")
        if mark < 0 or opened < 0 or closed < 0 or span.part(opened, mark).find(")") >= 0:
            return mark
        span = span.until(opened)
    return -1


def named(span: Span, role: str, reason: str) -> list[Claim]:
    """The names of a clause, if each of them is formed like one; persons lead nothing but answer.

    Args:
        role: a field, or `charge` for who is in charge beside those who lead.
    """
    printed = names.split(span)
    given = _without_titles(name for name, _ in printed)
    folded = [folding.fold(name) for name in given]
    if not given or not all(name_forms.is_name(person_names.bare(name)) for name in folded):
        return []
    if role == "departments":
        claims = lists.noted(span, printed, "")
        if claims:
            return claims
    persons = [name for name in given if not names.is_department(name)]
    others = [name for name in given if name not in persons]
    claims = []
    if persons and role != "support_departments":
        untitled = [person_names.untitled(name) for name in persons]
        claims.append(Claim.of(span, "leaders", untitled, reason, sure=not others, rank=1))
    if others:
        clipped = any(without_others(name) != name for name, _ in printed)
        field = "support_departments" if role == "charge" else role
        claims.append(Claim.of(span, field, others, reason, sure=not persons and not clipped))
    return claims


def _without_titles(printed: Iterable[str]) -> list[str]:
    """The names, each department apart from its person.

    等部门 is taken off a name; a name that is a mere title (分管副市长) is left out.
    """
    bare_names: list[str] = []
    for name in printed:
        bare = without_others(name)
        if bare and not names.is_title(bare):
            bare_names += names.with_person(bare)
    return bare_names


def _names_alone(span: Span) -> list[Claim]:
    """Names alone in a bracket at the end: （组宣部、办公室）. No label says so: to be checked."""
    printed = names.split(span)
    given = [name for name, _ in printed]
    if not names.are_names(given):
        return []
    claims = lists.noted(span, printed, "")
    if claims:
        return claims
    claims = lists.either(span, given, "who", "")
    return [replace(claim, reason="bare", sure=False) for claim in claims]
