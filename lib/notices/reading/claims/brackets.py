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
_OFFICE: Final = 4  # characters of an office that says who answers alone: （市经信委）
_LONGEST_NOTE: Final = 120  # characters

_ITEM_NUMBER: Final = "[(]?[0-9一二三四五六七八九十]{1,3}[)、.]"
_AFTER_ITEM: Final = re.compile(rf"[ 。;]*+(?:$|(?={_ITEM_NUMBER}))")
_NUMBERED: Final = re.compile(rf"(?:^|[。;:! ]){_ITEM_NUMBER}")
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
    outermost: list[Span] = []
    depth, start = 0, 0
    for bracket in span.finditer(_BRACKET):
        if bracket[0] in "([":
            if depth == 0:
                start = bracket.start()
            depth += 1
        elif depth > 0:
            depth -= 1
            if depth == 0:
                outermost.append(span.part(start, bracket.end()))
    if depth > 0:
        unclosed = span.since(start)
        beginning = unclosed.until(min(span.end, start + _UNCLOSED))
        if beginning.find_labels():
            outermost.append(unclosed)
    return outermost


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
    labels = bracket.find_labels()
    if any(label.field in DUTIES for label in labels):
        return True
    opening = bracket.since(inner.start).opening_label()
    if opening and opening.field in DUTIES:
        return True
    if labels:
        return False
    if clauses.read(inner, strict=True):
        return True
    return _is_bare(inner)


def _is_bare(inner: Span) -> bool:
    """Departments without a label, of which more is told than one name.

    （*区审批局、区数据局；6月底）: a date beside them, a star, or several of them.
    """
    first_date, after_date = deadlines.ahead(inner)
    dates = after_date.find_dates()
    names_end = dates[0].start if dates else after_date.end
    printed = names.split(after_date.until(names_end).trimmed())
    departments = [name for name, _ in printed]
    if not names.are_names(departments):
        return False
    is_dated = bool(first_date or dates)
    is_starred = any(note for _, note in printed)
    if is_dated or is_starred or len(departments) > 1:
        return True
    return _ends_item(inner, departments)


def _ends_item(inner: Span, departments: Sequence[str]) -> bool:
    """Whether a bracket with one office ends a numbered item, 3.修订制度（县司法局）, or is a line."""
    folded = inner.line.folded
    for name in departments:
        if not name_forms.is_whole_office(fold(name)):
            return False
    if not _AFTER_ITEM.match(folded, inner.end + 1):
        return False
    before_bracket = folded[: inner.start - 1]
    is_line = not before_bracket.strip()
    if is_line and inner.length >= _OFFICE:
        return True
    return _NUMBERED.search(folded, 0, inner.start) is not None


def is_note(folded: str) -> bool:
    """Whether a bracket or line only says who of a list leads, or that it holds for others too."""
    if len(folded) >= _LONGEST_NOTE:
        return False
    return _NOTE.search(folded) is not None
