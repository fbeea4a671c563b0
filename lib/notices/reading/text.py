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
from lib.notices.reading.claims.claim import has_who
from lib.notices.reading.entry import Entry
from lib.notices.reading.outline import CODE, Loose, Outline
from lib.notices.reading.picks import Pick, Picks
from lib.notices.reading.rules import Rules

_Cells = dict[str, Cell]

_ASKED: Final = Cell(reason="empty", sure=False)  # who answers for what a person calls a measure
_CODE_PARTS: Final = 3  # parts of a card's text of which one may be its number
_UNKNOWN: Final = re.compile(
    r"(?:^|(?<=[。;, ]))(?P<label>[一-鿿]{2,8}) *: *(?P<value>[^:。;]{2,60})[。;]? *$"
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
    chosen = Picks(outline)
    picks = chosen.picks
    text = Found(loose=chosen.loose)
    text.headings.extend(_headings(picks))
    running = _are_running(picks)
    before: _Cells | None = None
    for pick in picks:
        measure = _measure(pick, rules, before, running=running)
        before = measure.cells
        entry = Entry(measure, pick.claims, pick.body, mark=pick.node.mark)
        text.entries.append(entry)
        text.words.extend(_labels(pick))
    cells.point_out(text.entries)
    return text


def _labels(pick: Pick) -> Iterator[tuple[str, Source]]:
    """The labels of an item as written, and where their values stand."""
    for claim in pick.claims:
        if claim.detail in LABELS:
            yield claim.detail, claim.source


def _headings(picks: Sequence[Pick]) -> Iterator[Span]:
    """What the items say that others below them are measures of."""
    seen: set[int] = set()
    for pick in picks:
        node = pick.node.parent
        while node and node.parent and id(node) not in seen:
            seen.add(id(node))
            yield item_titles.words_of_heading(node)
            node = node.parent


def _are_running(picks: Sequence[Pick]) -> bool:
    """Whether the items' numbers run through the sections instead of beginning anew in each."""
    numbers: dict[int, list[int]] = {}  # of each section, by its node
    for pick in picks:
        node = pick.node
        if node.mark and node.parent:
            section = id(node.parent)
            of_section = numbers.setdefault(section, [])
            of_section.append(node.mark.number)
    if len(numbers) < 2:
        return False
    sections = pairwise(numbers.values())
    return all(before[-1] < after[0] for before, after in sections)


# --- the cells of a measure ------------------------------------------------------------------------


def _measure(pick: Pick, rules: Rules, before: _Cells | None, *, running: bool) -> Measure:
    """Make the measure of an item.

    Args:
        before: the cells of the measure before, for 同上.
        running: whether the numbers run through the sections.
    """
    filled = cells.fill(pick.claims, rules, before)
    row = _row(pick, filled, running=running)
    return Measure(
        cells={name: row[name] for name in FIELDS},
        departments=filled.departments,
        text=_text(pick.body),
        where=pick.node.where,
        year=rules.year_of(row["deadline"].text),
        issued=rules.issued,
    )


def _row(pick: Pick, filled: cells.Filled, *, running: bool) -> _Cells:
    """The cells of the measure of an item.

    Args:
        filled: those for names and the deadline.
        running: whether the numbers run through the sections.
    """
    node = pick.node
    title = item_titles.title(node, pick.claims)
    row = filled.cells | item_titles.place(node, running=running)
    is_sure = title.sure and pick.sure
    row["title"] = replace(title, sure=is_sure)
    if row["article"].reason == "absent":
        row["article"] = _code(pick)
    if node.said and not has_who(pick.claims):
        row["leaders"] = _ASKED
        row["lead_departments"] = _ASKED
    for name, doubt in _doubts(pick.body).items():
        if row[name].reason == "absent":
            row[name] = doubt
    return row


def _text(body: Sequence[Span]) -> str:
    """The text of a measure, each part on a line of its own."""
    texts = [part.text.strip() for part in body]
    return "\n".join(filter(None, texts))


def _code(pick: Pick) -> Cell:
    """The number of a card on a line after its name and before who answers: 项目编号：A-1."""
    card = pick.node.where.block
    blocks_of_claims = [claim.source.block for claim in pick.claims]
    blocks_below = [block for block in blocks_of_claims if block > card]
    first_claim = min(blocks_below, default=card)
    for part in pick.body[1:_CODE_PARTS]:
        number = _number_after_label(part)
        if number and part.line.block < first_claim:
            return Cell(text=number.text, reason="number", source=number.source)
    return Cell()


def _number_after_label(part: Span) -> Span | None:
    """The number in a part that says nothing else: 序号：A-01."""
    label = labels.first_of(part.line.folded, part.start, ("serial",))
    if label is None:
        return None
    code = part.since(label.end).fullmatch(CODE)
    if code:
        return part.group(code, "n")
    return None


def _doubts(body: Sequence[Span]) -> _Cells:
    """The cells that an unknown label may hold: 操盘手：王强 names somebody, whatever it says."""
    doubts: _Cells = {}
    for part in body:
        unknown = part.search(_UNKNOWN)
        if unknown is None:
            continue
        if field_of(unknown["label"]):
            continue
        doubt = Cell(
            reason="unknown_label",
            sure=False,
            source=part.group(unknown).source,
            detail=unknown["label"],
        )
        for name, is_kind in kinds.OF_CELLS:
            if is_kind(unknown["value"]):
                doubts.setdefault(name, doubt)
    return doubts
