"""Brackets: which of them say who answers or by when, and which only say who of a list leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.measures import name_forms
from lib.measures.meanings import DUTIES
from lib.notices.model import Line, Span
from lib.notices.reading.claims import clauses, deadlines, names
from lib.text.folding import fold

_UNCLOSED: Final = 60  # characters in which a label must stand for an unclosed bracket to count
_LONGEST_DUTY: Final = 1_500  # characters
_AFTER_ITEM: Final = re.compile(r"[ 。;]*+(?:$|(?=[(]?[0-9一二三四五六七八九十]{1,3}[)、.]))")
_NUMBERED: Final = re.compile(r"(?:^|[。;:! ])[(]?[0-9一二三四五六七八九十]{1,3}[)、.]")
_OFFICE: Final = 4  # characters of an office that says who answers alone: （市经信委）
_LONGEST_NOTE: Final = 120  # characters

_BRACKET: Final = re.compile(r"[(\[)\]]")
_MAY_BE_DUTY: Final = re.compile(r"[:为]|负责|牵头|配合|落实|完成|主办|承办|会同|前|月|底|年|办")
_NOTE: Final = re.compile(
    r"下同|(?:排名|排|列|名列|位列|排列|排序)(?:在)?第一"
    r"|第一(?:责任)?(?:单位|部门|个).{0,8}(?:为|是)牵头|排名不分先后"
    r"|为牵头(?:单位|部门|部室|科室)"
)


def find(span: Span) -> list[Span]:
    """The outermost bracketed parts of a span, with their brackets.

    One that is never closed runs to the end if a label stands in it.
    """
    found: list[Span] = []
    depth, begin = 0, 0
    for bracket in span.finditer(_BRACKET):
        if bracket[0] in "([":
            if not depth:
                begin = bracket.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append(span.part(begin, bracket.end()))
    if depth:
        unclosed = span.since(begin)
        if unclosed.until(min(span.end, begin + _UNCLOSED)).find_labels():
            found.append(unclosed)
    return found


def of_duty(line: Line) -> list[Span]:
    """The outermost brackets of a line that say who answers or by when."""
    if not _MAY_BE_DUTY.search(line.folded):
        return []
    return [bracket for bracket in find(line.span) if is_duty(bracket)]


def inside(bracket: Span) -> Span:
    """What stands between the two brackets."""
    return bracket.part(bracket.start + 1, bracket.end - 1)


def is_duty(bracket: Span) -> bool:
    """Whether a bracket states a responsibility: a label inside, or verbs after names alone."""
    inner = inside(bracket)
    if inner.length > _LONGEST_DUTY or _NOTE.search(inner.folded):
        return False
    found = bracket.find_labels()
    if any(label.field in DUTIES for label in found):
        return True
    opening = bracket.since(inner.start).opening_label()
    if opening and opening.field in DUTIES:
        return True
    if found:
        return False
    return bool(clauses.read(inner, strict=True)) or _is_bare(inner)


def _is_bare(inner: Span) -> bool:
    """Departments without a label, of which more is told than one name.

    （*区审批局、区数据局；6月底）: a date beside them, a star, or several of them.
    """
    first_date, after = deadlines.ahead(inner)
    found = after.find_dates()
    stop = found[0].start if found else after.end
    printed = names.split(after.until(stop).trimmed())
    dated = bool(found or first_date)
    noted = any(note for _, note in printed)
    given = [name for name, _ in printed]
    told = dated or noted or len(given) > 1 or _ends_item(inner, given)
    return told and names.are_names(given)


def _ends_item(inner: Span, given: Sequence[str]) -> bool:
    """Whether a bracket with one office ends a numbered item, 3.修订制度（县司法局）, or is a line."""
    folded = inner.line.folded
    is_office = all(name_forms.is_whole_office(fold(name)) for name in given)
    if not is_office or not _AFTER_ITEM.match(folded, inner.end + 1):
        return False
    is_line = not folded[: inner.start - 1].strip() and inner.length >= _OFFICE
    return is_line or _NUMBERED.search(folded, 0, inner.start) is not None


def is_note(folded: str) -> bool:
    """Whether a bracket or line only says who of a list leads, or that it holds for others too."""
    return bool(_NOTE.search(folded)) and len(folded) < _LONGEST_NOTE
