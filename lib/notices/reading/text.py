"""An outline → measures: which items are measures, what they inherit, and what their title and text are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.notices import labels
from lib.notices.layout import marks
from lib.notices.model import FIELDS, Cell, Measure, Source
from lib.notices.reading import cells, duties, kinds
from lib.notices.reading.cells import Rules, has_who, layered, pointed_out
from lib.notices.reading.duties import Claim
from lib.notices.reading.outline import CODE, Node, Outline, Part
from lib.text import deadlines

_CLOSING: Final = tuple(labels.CLAUSES["closing"])
_BYLAW: Final = re.compile(r"负责解释|解释权|施行|之日起(?:执行|实施|生效)|未尽事宜|同时废止")
_TITLE: Final = 60  # characters of a heading that ends with a colon or a space
_DUTY_TAIL: Final = re.compile(r"[,、;]?(?:并)?(?:由|请)?$")


@dataclass
class Found:
    """The measures of a text, and the items that are none, with why."""

    measures: list[Measure] = field(default_factory=list)
    bodies: list[list[Part]] = field(default_factory=list)
    loose: list[tuple[Part, str]] = field(default_factory=list)
    numbers: list[tuple[int, marks.Mark]] = field(default_factory=list)
    words: list[tuple[str, Source]] = field(default_factory=list)  # the labels as written


def read(outline: Outline, rules: Rules) -> Found:
    """The measures of an outline, in the order of the document."""
    reader = _Reader(outline, rules)
    reader.visit(outline.root, [])
    return reader.finish()


@dataclass
class _Pick:
    node: Node
    claims: list[Claim]
    body: list[Part]
    sure: bool = True


class _Reader:
    def __init__(self, outline: Outline, rules: Rules) -> None:
        self.outline, self.rules = outline, rules
        self.found = Found(loose=list(outline.loose))
        self.picks: list[_Pick] = []
        self.own: dict[int, list[Claim]] = {}
        self.deep: set[int] = set()
        self._mark_up()
        nodes = list(outline.root.walk())
        self.dated = any(
            claim.field == "deadline" and claim.detail
            for node in nodes
            for claim in (*node.claims, *node.group)
        )

    # -- which items say who answers

    def _mark_up(self) -> None:
        """Each item's own claims, and which items have some in or below them."""
        order = list(self.outline.root.walk())
        closing = self._closing(order)
        spoken = {
            id(node): self._spoken(node)
            for node in order
            if node.parent and not _has_lead(node.claims) and id(node) not in closing
        }
        spoken = {key: claims for key, claims in spoken.items() if claims}
        many = len(spoken) > 1 or any(has_who(node.claims) for node in order)
        for node in order:
            said = spoken.get(id(node), [])
            if said and (many or any(claim.field == "deadline" for claim in said)):
                self.own[id(node)] = [
                    *node.claims,
                    *(c for c in said if c.field not in {k.field for k in node.claims}),
                ]
            else:
                self.own[id(node)] = list(node.claims)
        for node in reversed(order):
            if (
                has_who(self.own[id(node)])
                or node.group
                or any(id(child) in self.deep for child in node.children)
            ):
                self.deep.add(id(node))

    def _closing(self, order: Sequence[Node]) -> set[int]:
        """Items under a heading like 组织领导, and by-laws: what their sentences say makes no measure."""
        inside: set[int] = set()
        for node in order:
            words = re.sub(r"^(?:进一步|切实|持续|全面|不断)", "", node.folded[:24])
            title = words.startswith(_CLOSING) or any(word in words[:10] for word in _CLOSING)
            if title or (node.parent and id(node.parent) in inside) or _BYLAW.search(node.folded):
                inside.add(id(node))
        return inside

    def _spoken(self, node: Node) -> list[Claim]:
        claims: list[Claim] = []
        for part in node.parts:
            claims += duties.sentence(part.line, part.start, part.end)
        return _one_sentence(claims)

    # -- which items are measures

    def visit(self, node: Node, inherited: list[Claim]) -> None:
        below = [child for child in node.children if id(child) in self.deep]
        own = self.own[id(node)]
        if below:
            passed = layered(own, _by_title(node), inherited) if node.parent else []
            self._children(node, passed, below)
        elif has_who(own) or node.group:
            self._measure_or_children(node, own, inherited)
        else:
            self._loose(node)

    def _measure_or_children(self, node: Node, own: list[Claim], inherited: list[Claim]) -> None:
        full = {"deadline", "departments"} <= {claim.field for claim in own}
        marked = [child for child in node.children if child.mark]
        if marked and node.heading and not node.by_line:
            passed = layered(own, inherited)
            self._inherit(
                marked, [replace(claim, sure=False) for claim in passed] if full else passed
            )
        else:
            self._pick(
                node, layered(own, _grouped(node), inherited), sure=not (marked and node.heading)
            )

    def _inherit(self, nodes: Iterable[Node], passed: list[Claim]) -> None:
        for node in nodes:
            self._pick(node, layered(self.own[id(node)], _grouped(node), passed))

    def _children(self, node: Node, passed: list[Claim], below: list[Node]) -> None:
        for child in node.children:
            if id(child) in self.deep:
                self.visit(child, passed)
            elif self._is_measure(child, passed, below):
                self._pick(
                    child,
                    layered(self.own[id(child)], _grouped(child), passed),
                    sure=has_who(passed),
                )
            else:
                self._loose(child)

    def _is_measure(self, node: Node, passed: list[Claim], below: list[Node]) -> bool:
        """Whether an item without responsibility is a measure: it inherits one, or most of its row have theirs."""
        words = node.folded[:24]
        if (
            not node.mark
            or any(word in words[:12] for word in _CLOSING)
            or _BYLAW.search(node.folded)
        ):
            return False
        if has_who(passed):
            return True
        row = [other for other in below if other.run == node.run]
        leaves = [
            other for other in row if not any(id(child) in self.deep for child in other.children)
        ]
        all_ = (
            [other for other in node.parent.children if other.run == node.run]
            if node.parent
            else []
        )
        return len(leaves) == len(row) and len(row) * 2 > len(all_)

    def _pick(self, node: Node, claims: list[Claim], *, sure: bool = True) -> None:
        body = [part for other in node.walk() for part in other.parts]
        self.picks.append(_Pick(node, self._dated(claims, body), body, sure))

    def _dated(self, claims: list[Claim], body: Sequence[Part]) -> list[Claim]:
        """Where no label names a deadline: the date at the end of a sentence, 8月底前完成. It is to be checked where
        other items have a label for it."""
        if any(claim.field == "deadline" for claim in claims):
            return claims
        has_label = any(claim.detail for claim in claims)
        ending = _FINISHED if self.dated else _ENDING
        ends = [found for part in body for found in _closing_dates(part, ending)]
        if not ends:
            return claims
        return [
            *claims,
            replace(ends[-1], sure=len(ends) == 1 and not has_label and not self.dated),
        ]

    def _loose(self, node: Node) -> None:
        for other in node.walk():
            self.found.loose += [(part, "item") for part in other.parts if part.text.strip()]

    # -- measures

    def finish(self) -> Found:
        running = self._running()
        before: dict[str, Cell] | None = None
        for pick in self.picks:
            measure = self._measure(pick, running, before)
            before = measure.cells
            self.found.measures.append(measure)
            self.found.bodies.append(pick.body)
            self.found.words += [
                (claim.detail, claim.source)
                for claim in pick.claims
                if claim.detail in labels.WORDS
            ]
            if pick.node.mark:
                self.found.numbers.append((len(self.found.measures) - 1, pick.node.mark))
        self.found.measures = pointed_out(self.found.measures)
        return self.found

    def _running(self) -> bool:
        """Whether the items' numbers run through the sections instead of beginning anew in each."""
        rows: dict[int, list[int]] = {}
        for pick in self.picks:
            if pick.node.mark and pick.node.parent:
                rows.setdefault(id(pick.node.parent), []).append(pick.node.mark.number)
        firsts = [numbers[0] for numbers in rows.values()]
        lasts = [numbers[-1] for numbers in rows.values()]
        return len(firsts) > 1 and all(
            last < first for last, first in zip(lasts, firsts[1:], strict=False)
        )

    def _measure(self, pick: _Pick, running: bool, before: dict[str, Cell] | None) -> Measure:
        found, printed = cells.cells(pick.claims, self.rules, before)
        title, sure = _title(pick.node, pick.claims)
        found["title"] = replace(title, sure=title.sure and sure and pick.sure)
        found |= _place(pick.node, running)
        found["article"] = (
            _printed(pick) if found["article"].reason == "absent" else found["article"]
        )
        found |= {
            name: doubt
            for name, doubt in _doubts(pick.body).items()
            if found[name].reason == "absent"
        }
        found = {name: found[name] for name in FIELDS}
        text = "\n".join(part.text.strip() for part in pick.body if part.text.strip())
        year = self.rules.year_of(found["deadline"].text)
        return Measure(found, printed, text, pick.node.where, year, self.rules.issued)


def _printed(pick: _Pick) -> Cell:
    """The number of a card that stands on a line behind its name, 项目编号：A-1, and before those who answer."""
    own = pick.node.where.block
    begins = min(
        (claim.source.block for claim in pick.claims if claim.source.block > own), default=own
    )
    for part in pick.body[1:3]:
        label = labels.first_of(part.line.folded, part.start, ("serial",))
        match = CODE.fullmatch(part.line.folded, label.end, part.end) if label else None
        if match and part.line.block < begins:
            place = Source(part.line.block, *match.span("n"))
            return Cell(part.line.text[place.start : place.end], (), "number", True, place)
    return Cell()


_UNKNOWN: Final = re.compile(
    r"(?:^|(?<=[。;, ]))(?P<label>[一-鿿]{2,8}) *: *(?P<value>[^:。;]{2,60})[。;]? *$"
)


def _doubts(body: Sequence[Part]) -> dict[str, Cell]:
    """The cells that a label which is not known may hold: 操盘手：王强 names somebody, whatever the label says."""
    out: dict[str, Cell] = {}
    for part in body:
        match = _UNKNOWN.search(part.line.folded, part.start, part.end)
        if match is None or labels.field_of(match["label"]):
            continue
        source = Source(part.line.block, *match.span())
        for name, kind in kinds.OF_CELLS:
            if kind(match["value"]):
                out.setdefault(name, Cell("", (), "unknown_label", False, source, match["label"]))
    return out


def _by_title(node: Node) -> list[Claim]:
    """The person whom a heading consists of: 一、副县长 李静."""
    part = node.parts[0]
    claims = (
        duties.alone(part.line, part.start, part.end) if part.end - part.start <= _TITLE else []
    )
    return [claim for claim in claims if claim.field == "leaders"]


def _has_lead(claims: Iterable[Claim]) -> bool:
    return any(claim.field in ("departments", "lead_departments") for claim in claims)


def _grouped(node: Node) -> list[Claim]:
    return [replace(claim, reason="group") for claim in node.group]


def _one_sentence(claims: list[Claim]) -> list[Claim]:
    """Of several sentences that name somebody the first counts, for each field; the rest is to be checked."""
    out: dict[str, Claim] = {}
    for claim in claims:
        if claim.field in out and out[claim.field].names != claim.names:
            out[claim.field] = replace(out[claim.field], sure=False)
        out.setdefault(claim.field, claim)
    return list(out.values())


_ENDING: Final = re.compile(
    r" *(?:前|之前|以前)?(?:力争|全部|全面|基本)?(?:完成|办结|推进|实施|投用|到位|见效|开展|落实|建成|竣工|启动)?"
    r"[^,。;、]{0,6} *(?:[。;)]|$)"
)


_FINISHED: Final = re.compile(
    r" *(?:前|之前|以前)?(?:力争|全部|全面|基本)?(?:完成|办结|到位|建成|竣工|投用)? *(?:[。;)]|$)"
)


def _closing_dates(part: Part, ending: re.Pattern[str]) -> list[Claim]:
    found = []
    for date in deadlines.find(part.line.folded, part.start, part.end):
        after = part.line.folded[date.end : part.end]
        if ending.match(after) and (
            date.start == part.start or part.line.folded[date.start - 1] in ",。;、 ("
        ):
            source = Source(part.line.block, date.start, date.end)
            found.append(
                Claim("deadline", part.line.text[date.start : date.end], source, (), "sentence")
            )
    return found


# --- title, section, article ------------------------------------------------------------------------------------------


def _title(node: Node, claims: Sequence[Claim]) -> tuple[Cell, bool]:
    """The heading sentence: up to the first full stop, or a colon or wide space behind a short heading."""
    part = _measure_part(node)
    start, end, reason = _heading(part, [claim.source for claim in claims])
    start, end = duties.trimmed(part.line.folded, start, end)
    text = part.line.text[start:end]
    whole = reason != "space" and not text.startswith(
        "由"
    )  # 由甲牵头，开展…: who comes before what
    worded = bool(text) and not kinds.dated(part.line.folded[start:end])
    return Cell(text, (), reason, worded, Source(part.line.block, start, end)), whole


_ILL: Final = re.compile(r" *(?:存在|反馈|主要|具体)?的?(?:主要)?问题 *:")
_CURE: Final = re.compile(r" *(?:具体)?(?:整改)?(?:措施|举措) *:")


def _measure_part(node: Node) -> Part:
    """An item's first words; of a problem (问题1：…, 存在问题：…) its 整改措施, of a card its 项目名称."""
    first = node.parts[0]
    if (node.mark and node.mark.label.startswith("问题")) or _ILL.match(
        first.line.folded, first.start
    ):
        cures = [part for part in node.parts[1:] if _CURE.match(part.line.folded, part.start)]
        return cures[0] if cures else first
    worded = [part for part in node.parts if part.text.strip()]
    named = [part for part in worded if node.mark and node.mark.style == "card" and _is_named(part)]
    return next(iter(named or worded), first)


def _is_named(part: Part) -> bool:
    return labels.first_of(part.line.folded, part.start, ("title",)) is not None


def _heading(part: Part, said: Sequence[Source], *, labelled: bool = True) -> tuple[int, int, str]:
    folded, start, end = part.line.folded, part.start, part.end
    opening = (
        labels.first_of(folded, start, ("title", "section"))
        if folded.startswith("[", start)
        else None
    )
    if opening and labelled:
        return _heading(Part(part.line, opening.end, end), said, labelled=False)
    stop = _outside(folded, start, end, "。!")
    spoken = _spoken_from(part, stop if stop >= 0 else end, said)
    colon = _outside(folded, start, min(end, start + _TITLE // 2), ":")
    if colon >= 0 and labelled and labels.field_of(folded[start:colon]) in ("title", "section"):
        return _heading(Part(part.line, colon + 1, end), said, labelled=False)
    if (
        colon >= 0
        and colon > start + 2
        and (stop < 0 or colon < stop)
        and "," not in folded[start:colon]
    ):
        return start, colon, "heading"
    space = _space(folded, start, stop if stop >= 0 else end)
    if space >= 0:
        return start, space, "space"
    if stop >= 0 and re.search(r"\w", folded[stop:end]):
        return start, stop, "heading"
    return (
        start,
        min(spoken, stop) if stop >= 0 else spoken,
        "sentence_title" if stop >= 0 else "line",
    )


def _outside(folded: str, start: int, end: int, stops: str) -> int:
    """The first of some marks outside quotes and brackets, -1 for none."""
    depth = 0
    for at in range(start, end):
        char = folded[at]
        if char in "(《“[「":
            depth += 1
        elif char in ")》”]」":
            depth -= depth > 0
        elif char in stops and not depth:
            return at
    return -1


_WIDE: Final = re.compile(r"(?<=[一-鿿”》)]) {1,8}(?=[一-鿿“《])")


def _space(folded: str, start: int, stop: int) -> int:
    """A space between a short heading and its text."""
    match = _WIDE.search(folded, start, min(stop, start + 30))
    if not match or re.search(r"[,;、“]", folded[start : match.start()]) or stop - match.end() < 12:
        return -1
    return match.start() if re.search(r"[,;、]", folded[match.end() : stop]) else -1


def _spoken_from(part: Part, end: int, said: Sequence[Source]) -> int:
    """Where a sentence begins to say who and when: 建成3处，由甲牵头，6月底前完成."""
    folded = part.line.folded
    starts = [
        source.start
        for source in said
        if source.block == part.line.block and part.start + 4 < source.start < end
    ]
    if not starts:
        return end
    comma = folded.rfind(",", part.start, min(starts) + 1)
    stop = comma if comma > part.start else min(starts)
    return stop - len(_tail(folded[part.start : stop]))


def _tail(text: str) -> str:
    match = _DUTY_TAIL.search(text)
    return match[0] if match else ""


def _place(node: Node, running: bool) -> dict[str, Cell]:
    """Section and article: the topmost heading, and the numbers down to the item's own."""
    above: list[Node] = []
    up = node.parent
    while up and up.parent:
        above.append(up)
        up = up.parent
    labels_ = [other.mark.label for other in reversed(above) if other.mark]
    own = node.mark.label if node.mark else ""
    card = node.mark is not None and node.mark.style == "card"
    article = own if running or card or not own else "".join(_joined([*labels_, own]))
    place = Source(node.where.block, node.mark.start, node.mark.end) if node.mark else None
    return {
        "section": _section(above[-1]) if above else Cell(),
        "article": Cell(article, (), "number" if own else "absent", True, place),
    }


_DIGITS: Final = frozenset("0123456789")


def _joined(labels_: list[str]) -> list[str]:
    """Numbers side by side; a decimal number (1.2) says its own way down."""
    own = labels_[-1]
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)+", own):
        return [own]
    return [
        label
        if not (at and label[0] in _DIGITS and labels_[at - 1][-1] in _DIGITS)
        else f"-{label}"
        for at, label in enumerate(labels_)
    ]


def _section(node: Node) -> Cell:
    part = node.parts[0]
    if (
        not part.text.strip() and node.children and node.children[0].parts and node.mark
    ):  # 一、（一）…: they share the words
        shared, _ = _title(node.children[0], [])
        return Cell(
            part.line.text[node.mark.start : node.mark.end].strip() + shared.text,
            (),
            "shared_words",
            True,
            shared.source,
        )
    stop = _outside(part.line.folded, part.start, part.end, "。!:")
    end = part.end if stop < 0 else stop
    start, end = duties.trimmed(part.line.folded, node.mark.start if node.mark else part.start, end)
    return Cell(part.line.text[start:end], (), "heading", True, Source(part.line.block, start, end))
