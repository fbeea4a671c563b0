"""Clauses without labels → claims: 由甲牵头，乙、丙配合，6月底前完成."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from lib.measures import name_forms, person_names
from lib.measures.joined import without_others
from lib.measures.names import Named
from lib.notices.model import Span
from lib.notices.reading.claims import deadlines, lists, names, verbs
from lib.notices.reading.claims.claim import LEADS, Claim, Claims, has_deadline, has_names
from lib.text import endings, folding

_NEAR: Final = 500  # characters before a verb in which those it is said of are named
_LISTED: Final = re.compile(r"[、,，;；/\s]")
_SENTENCE_ENDS: Final = "。;；:：!！？?\n"
_BEFORE_NAMES: Final = re.compile(
    r"(?:以上|上述|本项)?(?:任务|工作|事项|各项|内容|措施|举措)*+(?:分别|均|都|统一)?(?:由|请)"
    r"|(?:并|其中|原则上)?由|[,、 ]++"
)
_ADVERBS: Final = ("共同", "分别", "具体", "统一", "一并", "密切", "积极", "负责")
_ADVERBS_OF_OTHERS: Final = tuple(f"等{adverb}" for adverb in _ADVERBS)
_AFTER_NAMES: Final = (*_ADVERBS_OF_OTHERS, *_ADVERBS, ",", "、", " ")


def read(span: Span, *, strict: bool) -> Claims:
    """What the verbs of a piece of text say, and its date.

    Args:
        strict: take no names without a verb, and a date without names only where it is alone.
    """
    first_date, after_date = deadlines.ahead(span)
    claims = _after_first_date(after_date, strict=strict)
    if not first_date:
        return claims
    if not has_names(claims):
        return []
    if has_deadline(claims):
        return claims
    return claims + first_date


def _after_first_date(span: Span, *, strict: bool) -> Claims:
    """What the verbs say of the names before them, then the date after the last verb."""
    claims: Claims = []
    cursor = span.start
    for verb in span.finditer(verbs.VERB):
        is_passed = verb.start() < cursor
        if is_passed or verbs.is_note(verb):
            continue
        clause = span.since(cursor)
        claims += of_verb(clause, verb, claims)
        cursor = verbs.clause_end(span, verb)
    after_verbs = span.since(cursor)
    if claims:
        return claims + deadlines.after_names(after_verbs)
    date = deadlines.last(after_verbs)
    if strict:
        return date if deadlines.is_alone(span) else []
    names_end = date[0].source.start if date else span.end
    return _names_alone(span.until(names_end).trimmed()) + date


def of_verb(clause: Span, verb: re.Match[str], before: Claims) -> Claims:
    """What a verb says of the names before it.

    Args:
        clause: begins where the names may begin.
        before: what the clauses before it say.
    """
    near = max(clause.start, verb.start() - _NEAR)
    before_verb = clause.part(near, verb.start())
    subject = subject_of(before_verb)
    if subject.length <= 0:
        return []
    role = verbs.role(verb, before)
    together = subject.search(verbs.TOGETHER)
    if together and role in LEADS:
        return _led_together(subject, together)
    claims = named(subject, role, "verb")
    if role != "departments":
        return claims
    if verb["shared"]:
        return [_shared(claim) for claim in claims]
    return [_both(claim) for claim in claims]


def _led_together(subject: Span, together: re.Match[str]) -> Claims:
    """甲会同乙: the names before the word lead, those after it support."""
    before_word = subject.until(together.start())
    after_word = subject.since(together.end())
    lead = named(before_word, "lead_departments", "together")
    support = named(after_word, "support_departments", "together")
    return lead + support if lead and support else []


def _both(claim: Claim) -> Claim:
    """甲和乙负责: of two that are joined by a word neither is the first."""
    are_two = len(claim.names) == 2
    is_listed = _LISTED.search(claim.text) is not None
    if are_two and not is_listed:
        return replace(claim, field="lead_departments")
    return claim


def _shared(claim: Claim) -> Claim:
    """按职责分工负责: of several nobody leads."""
    if len(claim.names) > 1:
        return replace(claim, sure=False, reason="shared")
    return claim


def subject_of(span: Span) -> Span:
    """The names at the end of a span, without 由, commas, adverbs and an earlier sentence."""
    sentence_start = max(span.start, _sentence_end(span) + 1)
    subject = span.since(sentence_start)
    folded = subject.folded
    is_unclosed = folded.count("(") > folded.count(")")
    if is_unclosed:  # 各镇（市住建局牵头）
        bracket = subject.rfind("(")
        subject = subject.since(bracket + 1)
    subject = _after_by(subject)
    while before := subject.match(_BEFORE_NAMES):
        subject = subject.since(before.end())
    length = endings.start_of_last_words(subject.folded, _AFTER_NAMES)
    return subject.until(subject.start + length).trimmed()


def _after_by(span: Span) -> Span:
    """What comes after the last 由, if there is one; that of 理由 inside a span is none."""
    by = span.rfind("由")
    if by < 0 or span.until(by + 1).folded.endswith("理由"):
        return span
    return span.since(by + 1)


def _sentence_end(span: Span) -> int:
    """The last mark that ends a sentence, -1 for none.

    Marks inside a bracket don't count: 由甲（联系人：乙）牵头.
    """
    while span.length > 0:
        mark = max(map(span.rfind, _SENTENCE_ENDS))
        if mark < 0:
            return -1
        bracket = _bracket_around(span, mark)
        if bracket < 0:
            return mark
        span = span.until(bracket)
    return -1


def _bracket_around(span: Span, place: int) -> int:
    """Where the bracket opens that a place of a span is inside of, -1 where it is in none."""
    opened = span.until(place).rfind("(")
    if opened < 0:
        return -1
    is_closed_before = span.part(opened, place).find(")") >= 0
    is_closed_after = span.since(place).find(")") >= 0
    is_around = is_closed_after and not is_closed_before
    return opened if is_around else -1


def named(span: Span, role: str, reason: str) -> Claims:
    """The names of a clause, if each of them is formed like one; persons lead nothing but answer.

    Args:
        role: a field, or `charge` for who is in charge beside those who lead.
    """
    printed = names.split(span)
    distinct = _without_mere_titles(printed)
    if not distinct:
        return []
    if not all(map(_is_name, distinct)):
        return []
    if role == "departments":
        by_notes = lists.noted(span, printed, "")
        if by_notes:
            return by_notes
    return _persons_and_departments(span, printed, role, reason)


def _persons_and_departments(
    span: Span, printed: Sequence[Named], role: str, reason: str
) -> Claims:
    """The claims for names of both kinds: in a clause that has both they are to be checked."""
    distinct = _without_mere_titles(printed)
    departments = [name for name in distinct if names.is_department(name)]
    persons = [name for name in distinct if not names.is_department(name)]
    claims: Claims = []
    if persons and role != "support_departments":
        untitled = [person_names.untitled(name) for name in persons]
        is_sure = not departments
        leaders = Claim.of(span, "leaders", untitled, reason, sure=is_sure, rank=lists.IN_CHARGE)
        claims.append(leaders)
    if departments:
        field = "support_departments" if role == "charge" else role
        is_sure = not persons and not _are_clipped(printed)
        claim = Claim.of(span, field, departments, reason, sure=is_sure)
        claims.append(claim)
    return claims


def _are_clipped(printed: Iterable[Named]) -> bool:
    """Whether 等 or 等部门 is taken off a name."""
    return any(without_others(name) != name for name, _ in printed)


def _is_name(name: str) -> bool:
    folded = folding.fold(name)
    bare = person_names.bare(folded)
    return name_forms.is_name(bare)


def _without_mere_titles(printed: Iterable[Named]) -> list[str]:
    """The names, each department apart from its person.

    等部门 is taken off a name; a name that is a mere title (分管副市长) is left out.
    """
    parts: list[str] = []
    for name, _ in printed:
        bare = without_others(name)
        if bare and not names.is_title(bare):
            parts += names.with_person(bare)
    return parts


def _names_alone(span: Span) -> Claims:
    """Names alone in a bracket at the end: （组宣部、办公室）. No label says so: to be checked."""
    printed = names.split(span)
    listed = [name for name, _ in printed]
    if not names.are_names(listed):
        return []
    by_notes = lists.noted(span, printed, "")
    if by_notes:
        return by_notes
    claims = lists.either(span, listed, "who", "")
    return [replace(claim, reason="bare", sure=False) for claim in claims]
