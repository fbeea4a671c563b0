"""An outline → the items that are measures, with all that is said of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.notices.model import Span
from lib.notices.reading.answers import Answers, closes_list
from lib.notices.reading.claims import deadlines, headings
from lib.notices.reading.claims.claim import (
    Claims,
    fields_of,
    for_field,
    has_deadline,
    has_lead,
    has_who,
    layered,
)
from lib.notices.reading.outline import Loose, Node, Outline

_NAMED: Final = 60  # characters of a heading that may name somebody alone
_BEFORE_DATE: Final = ",。;、 ("  # marks before a date that ends a sentence
_ENDING: Final = re.compile(  # what may follow a date that ends a sentence
    r" *(?:前|之前|以前)?(?:力争|全部|全面|基本)?"
    r"(?:完成|办结|推进|实施|投用|到位|见效|开展|落实|建成|竣工|启动)?"
    r"[^,。;、]{0,6} *(?:[。;)]|$)"
)
_FINISHED: Final = re.compile(  # the same where other items have a label for their deadline
    r" *+(?:前|之前|以前)?(?:力争|全部|全面|基本)?"
    r"(?:完成|办结|到位|建成|竣工|投用)? *+(?:[。;)]|$)"
)


@dataclass(frozen=True, slots=True)
class Pick:
    """An item that is a measure, all that is said of it, and its text with that of its points."""

    node: Node
    claims: Claims
    body: list[Span]
    sure: bool = True


class Picks:
    """The measures of an outline, in the order of the document, and the text that is part of none.

    loose: that text, and why.
    """

    def __init__(self, outline: Outline) -> None:
        self.picks: list[Pick] = []
        self.loose = list(outline.loose)
        self._answers = Answers(outline.root)
        nodes = outline.root.walk()
        self._has_dated_labels = any(map(_has_dated_label, nodes))
        self._visit(outline.root, [])

    def _visit(self, node: Node, inherited: Claims) -> None:
        """Pick the measures at and below a node."""
        claims = self._answers.own(node)
        if any(map(self._answers.is_answered, node.children)):
            self._visit_parent(node, claims, inherited)
        elif node.said:
            self._pick(node, layered(claims, _grouped(node), inherited))
        elif node.parent and (has_who(claims) or node.group):
            self._pick_item_or_points(node, claims, inherited)
        else:
            self._leave(node)

    def _visit_parent(self, node: Node, claims: Claims, inherited: Claims) -> None:
        """Pick the measures below a node, and the node itself where it is one beside its points."""
        passed: Claims = []
        if node.parent:
            passed = layered(claims, _named(node), inherited)
        if node.said or self._is_measure_beside_points(node, claims):
            self._pick(node, passed, body=node.parts)
        for child in node.children:
            if self._answers.is_answered(child):
                self._visit(child, passed)
            elif self._is_measure(child, passed):
                claims_of_child = self._layered(child, passed)
                self._pick(child, claims_of_child, sure=has_who(passed))
            else:
                self._leave(child)

    def _is_measure_beside_points(self, node: Node, claims: Claims) -> bool:
        """Whether an item says what is to be done and who answers for that, as each of its points does.

        A heading says who answers, too, but for its points: it has no sentence of its own, or names
        a person alone, whom they inherit.
        """
        if not node.mark:
            return False
        if node.heading:
            return False
        if not has_lead(claims):
            return False
        return all(map(self._answers.is_answered, node.children))

    def _pick_item_or_points(self, node: Node, claims: Claims, inherited: Claims) -> None:
        """Pick an item, or its points where it is a heading that says who answers for them."""
        points = [child for child in node.children if child.mark]
        is_led = any(claim.reason == "heading" for claim in claims)
        is_heading = bool(points) and (node.heading or is_led)
        if not is_heading or node.by_line:
            all_claims = layered(claims, _grouped(node), inherited)
            self._pick(node, all_claims, sure=not is_heading)
            return
        passed = layered(claims, inherited)
        if {"deadline", "departments"} <= fields_of(claims):
            passed = [replace(claim, sure=False) for claim in passed]
        for point in points:
            self._pick(point, self._layered(point, passed))

    def _layered(self, node: Node, passed: Claims) -> Claims:
        return layered(self._answers.own(node), _grouped(node), passed)

    def _is_measure(self, node: Node, passed: Claims) -> bool:
        """Whether an item for which nobody answers is a measure.

        It inherits who answers, or most of its row have theirs.
        """
        if not node.mark or not node.parent or closes_list(node):
            return False
        if has_who(passed):
            return True
        row = [item for item in node.parent.children if item.run == node.run]
        answered = [item for item in row if self._answers.is_answered(item)]
        for item in answered:
            if any(map(self._answers.is_answered, item.children)):
                return False
        return len(answered) * 2 > len(row)

    def _pick(
        self,
        node: Node,
        claims: Claims,
        *,
        sure: bool = True,
        body: Sequence[Span] | None = None,
    ) -> None:
        """Take an item as a measure.

        Args:
            sure: whether it is one beyond doubt.
            body: its text, where it has not that of its points.
        """
        parts: list[Span] = []
        if body is None:
            for below in node.walk():
                parts += below.parts
        else:
            parts += body
        if not has_deadline(claims):
            claims = claims + self._closing_date(claims, parts)
        self.picks.append(Pick(node, claims, parts, sure))

    def _closing_date(self, claims: Claims, body: Sequence[Span]) -> Claims:
        """The date at the end of a sentence, where no label names a deadline: 8月底前完成.

        It is to be checked where other items have a label for it.
        """
        ending = _FINISHED if self._has_dated_labels else _ENDING
        dates: Claims = []
        for part in body:
            dates += _closing_dates(part, ending)
        if not dates:
            return []
        has_labels = any(claim.detail for claim in claims)
        is_only_date = len(dates) == 1
        is_sure = is_only_date and not has_labels and not self._has_dated_labels
        return [replace(dates[-1], sure=is_sure)]

    def _leave(self, node: Node) -> None:
        for below in node.walk():
            for part in below.parts:
                if part.text.strip():
                    self.loose.append(Loose(part, "item"))


def _has_dated_label(node: Node) -> bool:
    dates = for_field((*node.claims, *node.group), "deadline")
    return any(date.detail for date in dates)


def _named(node: Node) -> Claims:
    """The person whom a heading consists of: 一、副县长 李静."""
    words = node.parts[0]
    if words.length > _NAMED:
        return []
    return for_field(headings.alone(words), "leaders")


def _grouped(node: Node) -> Claims:
    return [replace(claim, reason="group") for claim in node.group]


def _closing_dates(part: Span, ending: re.Pattern[str]) -> Claims:
    """The dates of a part that end one of its sentences."""
    claims: Claims = []
    for date in part.find_dates():
        before_date = part.part(max(part.start, date.start - 1), date.start)
        after_date = part.since(date.end)
        is_after_mark = before_date.folded in _BEFORE_DATE  # also where it begins the part
        if is_after_mark and after_date.match(ending):
            span = part.part(date.start, date.end)
            claims.append(deadlines.in_sentence(span))
    return claims
