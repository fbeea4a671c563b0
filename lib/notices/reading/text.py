"""An outline → measures: which items are measures, what they inherit, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from lib.measures.meanings import field_of
from lib.measures.vocabulary import LABELS
from lib.notices import kinds, labels
from lib.notices.model import FIELDS, Cell, Measure, Source, Span
from lib.notices.reading import cells, item_titles
from lib.notices.reading.answers import Answers, closes_list
from lib.notices.reading.claims import headings
from lib.notices.reading.claims.claim import (
    Claim,
    fields_of,
    has_deadline,
    has_lead,
    has_who,
    layered,
)
from lib.notices.reading.entry import Entry
from lib.notices.reading.outline import CODE, Loose, Node, Outline
from lib.notices.reading.rules import Rules

_ASKED: Final = Cell(reason="empty", sure=False)  # who answers for what a person calls a measure
_NAMED: Final = 60  # characters of a heading that may name somebody alone
_BEFORE_DATE: Final = ",。;、 ("  # marks before a date that ends a sentence
_UNKNOWN: Final = re.compile(
    r"(?:^|(?<=[。;, ]))(?P<label>[一-鿿]{2,8}) *: *(?P<value>[^:。;]{2,60})[。;]? *$"
)
_ENDING: Final = re.compile(  # what may follow a date that ends a sentence
    r" *(?:前|之前|以前)?(?:力争|全部|全面|基本)?"
    r"(?:完成|办结|推进|实施|投用|到位|见效|开展|落实|建成|竣工|启动)?"
    r"[^,。;、]{0,6} *(?:[。;)]|$)"
)
_FINISHED: Final = re.compile(  # the same where other items have a label for their deadline
    r" *+(?:前|之前|以前)?(?:力争|全部|全面|基本)?(?:完成|办结|到位|建成|竣工|投用)? *+(?:[。;)]|$)"
)


@dataclass
class Found:
    """The measures of a text.

    headings: what stands over them.
    loose: the text that is part of none, and why.
    words: the labels as written.
    """

    entries: list[Entry] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    words: list[tuple[str, Source]] = field(default_factory=list)


def read(outline: Outline, rules: Rules) -> Found:
    """Read the measures of an outline, in the order of the document."""
    picker = _Picker(outline)
    picker.visit(outline.root, [])
    found = Found(loose=picker.loose, headings=list(_headings(picker.picks)))
    running = _running(picker.picks)
    before: dict[str, Cell] | None = None
    for pick in picker.picks:
        measure = _measure(pick, rules, before, running=running)
        before = measure.cells
        found.entries.append(Entry(measure, pick.claims, pick.body, mark=pick.node.mark))
        for claim in pick.claims:
            if claim.detail in LABELS:
                found.words.append((claim.detail, claim.source))
    cells.point_out(found.entries)
    return found


# --- which items are measures ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pick:
    """An item that is a measure, all that is said of it, and its text with that of its points."""

    node: Node
    claims: list[Claim]
    body: list[Span]
    sure: bool = True


class _Picker:
    """Walks the outline from the top and picks the measures.

    dated: whether some item has a label for its deadline.
    """

    def __init__(self, outline: Outline) -> None:
        self.loose = list(outline.loose)
        self.picks: list[_Pick] = []
        self.answers = Answers(outline.root)
        self.dated = any(map(_has_dated_label, outline.root.walk()))

    def visit(self, node: Node, inherited: list[Claim]) -> None:
        """Pick the measures at and below a node."""
        own = self.answers.own(node)
        if any(map(self.answers.is_answered, node.children)):
            passed = layered(own, _named(node), inherited) if node.parent else []
            if node.said or self._is_measure_beside_points(node, own):
                self._pick(node, passed, body=node.parts)
            self._children(node, passed)
        elif node.said:
            self._pick(node, layered(own, _grouped(node), inherited))
        elif node.parent and (has_who(own) or node.group):
            self._measure_or_points(node, own, inherited)
        else:
            self._leave(node)

    def _is_measure_beside_points(self, node: Node, own: list[Claim]) -> bool:
        """Whether an item says what is to be done and who answers for that, as each of its points does.

        A heading says who answers, too, but for its points: it has no sentence of its own, or names
        a person alone, whom they inherit.
        """
        if not node.mark or node.heading or not has_lead(own):
            return False
        return all(map(self.answers.is_answered, node.children))

    def _measure_or_points(self, node: Node, own: list[Claim], inherited: list[Claim]) -> None:
        """Pick an item, or its points where it is a heading that says who answers for them."""
        points = [child for child in node.children if child.mark]
        led = [claim for claim in own if claim.reason == "heading"]
        is_heading = bool(points) and (node.heading or bool(led))
        if not is_heading or node.by_line:
            self._pick(node, layered(own, _grouped(node), inherited), sure=not is_heading)
            return
        passed = layered(own, inherited)
        if {"deadline", "departments"} <= fields_of(own):
            passed = [replace(claim, sure=False) for claim in passed]
        for point in points:
            self._pick(point, self._layered(point, passed))

    def _children(self, node: Node, passed: list[Claim]) -> None:
        for child in node.children:
            if self.answers.is_answered(child):
                self.visit(child, passed)
            elif self._is_measure(child, passed):
                self._pick(child, self._layered(child, passed), sure=has_who(passed))
            else:
                self._leave(child)

    def _layered(self, node: Node, passed: list[Claim]) -> list[Claim]:
        return layered(self.answers.own(node), _grouped(node), passed)

    def _is_measure(self, node: Node, passed: list[Claim]) -> bool:
        """Whether an item for which nobody answers is a measure.

        It inherits who answers, or most of its row have theirs.
        """
        if not node.mark or not node.parent or closes_list(node):
            return False
        if has_who(passed):
            return True
        row = [other for other in node.parent.children if other.run == node.run]
        answered = [other for other in row if self.answers.is_answered(other)]
        for other in answered:
            if any(map(self.answers.is_answered, other.children)):
                return False
        return len(answered) * 2 > len(row)

    def _pick(
        self,
        node: Node,
        claims: list[Claim],
        *,
        sure: bool = True,
        body: Sequence[Span] | None = None,
    ) -> None:
        """Take an item as a measure. body: its text where it has not that of its points."""
        if body is None:
            body = [part for below in node.walk() for part in below.parts]
        if not has_deadline(claims):
            claims = claims + self._closing_date(claims, body)
        self.picks.append(_Pick(node, claims, list(body), sure))

    def _closing_date(self, claims: list[Claim], body: Sequence[Span]) -> list[Claim]:
        """The date at the end of a sentence, where no label names a deadline: 8月底前完成.

        It is to be checked where other items have a label for it.
        """
        ending = _FINISHED if self.dated else _ENDING
        ends: list[Claim] = []
        for part in body:
            ends += _closing_dates(part, ending)
        if not ends:
            return []
        labelled = self.dated or any(claim.detail for claim in claims)
        return [replace(ends[-1], sure=len(ends) == 1 and not labelled)]

    def _leave(self, node: Node) -> None:
        for below in node.walk():
            for part in below.parts:
                if part.text.strip():
                    self.loose.append(Loose(part, "item"))


def _has_dated_label(node: Node) -> bool:
    return any(claim.field == "deadline" and claim.detail for claim in (*node.claims, *node.group))


def _named(node: Node) -> list[Claim]:
    """The person whom a heading consists of: 一、副县长 李静."""
    part = node.parts[0]
    if part.length > _NAMED:
        return []
    return [claim for claim in headings.alone(part) if claim.field == "leaders"]


def _grouped(node: Node) -> list[Claim]:
    return [replace(claim, reason="group") for claim in node.group]


def _closing_dates(part: Span, ending: re.Pattern[str]) -> list[Claim]:
    """The dates of a part that end one of its sentences."""
    claims: list[Claim] = []
    folded = part.line.folded
    for date in part.find_dates():
        begins = date.start == part.start or folded[date.start - 1] in _BEFORE_DATE
        if begins and part.since(date.end).match(ending):
            span = part.part(date.start, date.end)
            claims.append(Claim.of(span, "deadline", reason="sentence"))
    return claims


def _headings(picks: Sequence[_Pick]) -> Iterator[Span]:
    """What the items say that others below them are measures of."""
    seen: set[int] = set()
    for pick in picks:
        node = pick.node.parent
        while node and node.parent and id(node) not in seen:
            seen.add(id(node))
            yield item_titles.words_of_heading(node)
            node = node.parent


def _running(picks: Sequence[_Pick]) -> bool:
    """Whether the items' numbers run through the sections instead of beginning anew in each."""
    numbers: dict[int, list[int]] = {}  # of each section, by its node
    for pick in picks:
        if pick.node.mark and pick.node.parent:
            numbers.setdefault(id(pick.node.parent), []).append(pick.node.mark.number)
    sections = pairwise(numbers.values())
    return len(numbers) > 1 and all(before[-1] < after[0] for before, after in sections)


# --- the cells of a measure ------------------------------------------------------------------------


def _measure(
    pick: _Pick, rules: Rules, before: dict[str, Cell] | None, *, running: bool
) -> Measure:
    """Make the measure of an item.

    Args:
        before: the cells of the measure before, for 同上.
        running: whether the numbers run through the sections.
    """
    filled = cells.fill(pick.claims, rules, before)
    title = item_titles.title(pick.node, pick.claims)
    row = filled.cells | item_titles.place(pick.node, running=running)
    row["title"] = replace(title, sure=title.sure and pick.sure)
    if row["article"].reason == "absent":
        row["article"] = _code(pick)
    if pick.node.said and not has_who(pick.claims):
        row |= {"leaders": _ASKED, "lead_departments": _ASKED}
    for name, doubt in _doubts(pick.body).items():
        if row[name].reason == "absent":
            row[name] = doubt
    texts = [part.text.strip() for part in pick.body]
    return Measure(
        cells={name: row[name] for name in FIELDS},
        departments=filled.departments,
        text="\n".join(text for text in texts if text),
        where=pick.node.where,
        year=rules.year_of(row["deadline"].text),
        issued=rules.issued,
    )


def _code(pick: _Pick) -> Cell:
    """The number of a card on a line after its name and before who answers: 项目编号：A-1."""
    own = pick.node.where.block
    claimed = [claim.source.block for claim in pick.claims if claim.source.block > own]
    for part in pick.body[1:3]:
        label = labels.first_of(part.line.folded, part.start, ("serial",))
        code = part.since(label.end).fullmatch(CODE) if label else None
        if code and part.line.block < min(claimed, default=own):
            number = part.group(code, "n")
            return Cell(number.text, (), "number", True, number.source)
    return Cell()


def _doubts(body: Sequence[Span]) -> dict[str, Cell]:
    """The cells that an unknown label may hold: 操盘手：王强 names somebody, whatever it says."""
    doubts: dict[str, Cell] = {}
    for part in body:
        unknown = part.search(_UNKNOWN)
        if unknown is None or field_of(unknown["label"]):
            continue
        source = part.group(unknown).source
        doubt = Cell("", (), "unknown_label", False, source, unknown["label"])
        for name, is_kind in kinds.OF_CELLS:
            if is_kind(unknown["value"]):
                doubts.setdefault(name, doubt)
    return doubts
