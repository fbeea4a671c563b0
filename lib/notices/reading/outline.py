"""Paragraphs → a tree of numbered items, each with its own responsibility, its text and its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.errors import BoardError
from lib.notices import labels
from lib.notices.layout import marks
from lib.notices.model import Block, Line, Source
from lib.notices.reading import duties
from lib.notices.reading.duties import Claim
from lib.text import numerals

MOST: Final = 12_000  # measures that a notice may have
_GROUP: Final = re.compile(r"[ (\[]*(?:以上|上述|前述|以上所列|上列)")
_AHEAD_GROUP: Final = re.compile(r"[ (\[]*(?:以下|下列)(?:各项|任务|工作|措施|事项|举措|内容)")
_PRINTED: Final = re.compile(r"[^,。;]{2,24} *20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日 *印发?")
_FURNITURE: Final = re.compile(
    r"ICP备|公网安备|版权所有|"
    r"网站标识码|技术支持 *:|copyright|打印本页|关闭(?:本页|窗口)|返回顶部|扫一扫|分享到|浏览次数|点击数"
    r"|上一篇 *:|下一篇 *:|责任编辑 *:|网站地图|您的位置|当前位置|相关链接",
    re.I,
)
_HOST: Final = re.compile(
    r" *(?:主办|承办|主管|协办|地址|邮编|电话|联系|邮箱|来源|作者|编辑|.{0,8}网站).{0,8}[:：]"
)
_FOOT: Final = 30  # lines that a page's foot may have
_ITEMS: Final = frozenset(labels.CLAUSES["item_labels"])
CODE: Final = re.compile(
    r" *(?P<n>[A-Za-z]{0,4}-?[0-9]{1,4}|[一二三四五六七八九十]{1,3})(?:[ ,;]+|$)"
)  # 序号：A-01
_LIST_TITLE: Final = re.compile(
    r"(?:清单|分解表?|台账|方案|安排|任务表|一览表|要点|责任书|分工表?|重点工作|重点任务|任务|计划|目录)"
    r"(?: *\([^()]{1,24}\))?$"
)
_SIGNED: Final = re.compile(
    r"[(\[]?(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2}) *[年./-] *"
    r"[0-9一二三四五六七八九十]{1,3} *[月./-] *[0-9一二三四五六七八九十]{1,3} *[日号]?(?:印发)?[)\]]?"
)


@dataclass
class Part:
    """A piece of a block that belongs to an item, without its responsibility."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


@dataclass
class Node:
    """An item of the outline.

    parts: its own text, the first of them behind its number; claims: its own responsibility; heading: the claims stand
    on the heading's own line; group: claims that hold for the items before or after it; run: which sequence it is of.
    """

    mark: marks.Mark | None
    parent: Node | None
    where: Source
    parts: list[Part] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    heading: bool = False
    by_line: bool = False
    group: list[Claim] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    run: int = 0

    @property
    def folded(self) -> str:
        part = self.parts[0] if self.parts else None
        return part.line.folded[part.start : part.end] if part else ""

    def walk(self) -> Iterator[Node]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


@dataclass
class Outline:
    """The tree, and the paragraphs that belong to no item. notes: who of a list leads; loose: the rest, in order."""

    root: Node
    notes: list[Part] = field(default_factory=list)
    loose: list[tuple[Part, str]] = field(default_factory=list)


def read(blocks: Sequence[Block]) -> Outline:
    """The outline of a text's blocks; table cells are passed over."""
    builder = _Builder()
    lines = [Line.of(at, block.text) for at, block in enumerate(blocks) if block.table < 0]
    foot = _foot(lines)
    builder.outline.loose += [
        (Part(line_, 0, len(line_.text)), "other_label") for line_ in lines[foot:]
    ]
    lines = lines[:foot]
    for at, line_ in enumerate(lines):
        builder.paragraph(line_, lines[at + 1] if at + 1 < len(lines) else None)
    builder.finish()
    return builder.outline


def without(outline: Outline, headings: Collection[int]) -> Outline:
    """The outline without what the headings of tables say: it holds for the rows of the table."""
    for node in outline.root.walk() if headings else ():
        node.claims = [claim for claim in node.claims if claim.source.block not in headings]
    return outline


def _foot(lines: Sequence[Line]) -> int:
    """The line at which a web page's own foot begins: 主办：… 技术支持：… belong to the site, not to the notice."""
    foot = len(lines)
    for at in range(len(lines) - 1, max(-1, len(lines) - _FOOT), -1):
        if _FURNITURE.search(lines[at].folded[:400]):
            foot = at
        elif not _HOST.match(lines[at].folded):
            break
        elif foot < len(lines):
            foot = at
    return foot


class _Builder:
    def __init__(self) -> None:
        self.outline = Outline(Node(None, None, Source(0, 0, 0)))
        self.node = self.outline.root
        self.runs = 0
        self.claimed = 0  # pieces that said who answers

    def paragraph(self, line_: Line, after: Line | None) -> None:
        """Place one paragraph; `after` is the next, which tells whether a heading is run into the text."""
        cuts = _cuts(line_, after)
        for start, end, mark in cuts:
            self._piece(line_, start, end, mark or _card(line_, start, after), after)

    def _piece(
        self, line_: Line, start: int, end: int, mark: marks.Mark | None, after: Line | None
    ) -> None:
        begin = mark.end if mark else start
        claims, body, notes = _take_duties(line_, begin, end)
        self.claimed += bool(claims)
        if self.claimed > MOST:
            raise BoardError("notice_too_long", limit=MOST)
        self.outline.notes += notes
        if mark and claims and self._is_point(mark, line_, body):
            self._claims_line(claims)
            return
        if mark:
            self._open(mark, line_, start, end)
        elif (
            self._is_group(line_, start, end, claims)
            or self._is_line_of(claims, notes, body)
            or self._is_apart(line_, after)
        ):
            return
        elif self._is_named_item(line_, start, end) or self._begins_item(claims, after):
            self._unnumbered(line_, start, end)
        elif self.node is self.outline.root:
            self.outline.loose += [(part, "text") for part in body]
            return
        self._fill(line_, body, claims)

    def _is_point(self, mark: marks.Mark, line_: Line, body: list[Part]) -> bool:
        """3.责任科室：… as a point of an item, numbered beside its aim and its steps: the item answers."""
        parent = self._parent(mark)
        opening = labels.labels_in(line_.folded, mark.end, min(len(line_.folded), mark.end + 20))
        if (
            _words(body)
            or parent.parent is None
            or not opening
            or line_.folded[mark.end : opening[0].start].strip()
        ):
            return False
        self.node = parent
        return True

    def _is_group(self, line_: Line, start: int, end: int, claims: list[Claim]) -> bool:
        """以上由甲负责 holds for the items before it, 以下任务由甲牵头 for those behind it."""
        folded = line_.folded[start : min(end, start + 201)]
        behind = _AHEAD_GROUP.match(folded)
        if len(folded) > 200 or not (behind or _GROUP.match(folded)):
            return False
        found = claims or _spoken(line_, start, end)
        if found and behind:
            section = self._section()
            section.claims += found
            section.heading = True
        elif found:
            self._group(found)
        return bool(found)

    def _is_line_of(self, claims: list[Claim], notes: list[Part], body: list[Part]) -> bool:
        """A line of labels alone, or of a note alone; one whose label says nothing (协办单位：无) counts too."""
        if _words(body):
            return False
        if claims:
            self._claims_line(claims)
        return True

    def _is_apart(self, line_: Line, after: Line | None) -> bool:
        """Signature, title or a label of none of ours: no text of the item above."""
        signed = self._is_signature(line_, after)
        titled = not signed and self._is_list_title(line_, after)
        if not (signed or titled or self._is_left(line_)):
            return False
        why = "signature" if signed else "title" if titled else "other_label"
        self.outline.loose.append((Part(line_, 0, len(line_.text)), why))
        if signed or titled:
            self.node = self.outline.root
        return True

    def _is_list_title(self, line_: Line, after: Line | None) -> bool:
        """The title of a list behind its covering notice, or of a second list: what comes stands under no heading."""
        text = line_.folded.strip()
        if (
            self.node is self.outline.root
            or not 8 <= len(text) <= 80
            or not _LIST_TITLE.search(text)
            or re.search("[。;:,]", text)
        ):
            return False
        following = marks.at(after.folded, after.text) if after else None
        return not self.claimed or (
            following is not None
            and following.number == 1
            and following.style in ("han", "han_bracket", "arabic", "chapter")
        )

    def _is_signature(self, line_: Line, after: Line | None) -> bool:
        """A date alone in its line, or the office above it."""
        text = line_.folded.strip()
        if len(text) > 40:
            return False
        return (
            bool(_SIGNED.fullmatch(text))
            or bool(_PRINTED.fullmatch(text))
            or bool(
                labels.is_department(text.replace(" ", ""))
                and after
                and _SIGNED.fullmatch(after.folded.strip())
            )
        )

    def _is_left(self, line_: Line) -> bool:
        found = labels.labels_in(line_.folded, 0, 30)
        return bool(found) and found[0].start <= 2 and found[0].field == "other"

    # -- numbered items

    def _open(self, mark: marks.Mark, line_: Line, start: int, end: int) -> None:
        parent = self._parent(mark)
        before = next(
            (
                child
                for child in reversed(parent.children)
                if child.mark and child.mark.style == mark.style
            ),
            None,
        )
        self.runs += not (before and before.mark and before.mark.number < mark.number)
        run = (
            self.runs
            if not (before and before.mark and before.mark.number < mark.number)
            else before.run
        )
        node = Node(mark, parent, Source(line_.block, start, end), run=run)
        parent.children.append(node)
        self.node = node

    def _parent(self, mark: marks.Mark) -> Node:
        """The item under which a number belongs: a style that is open is gone on with, a new one goes deeper."""
        node = self.node
        while node.parent:
            if node.mark and node.mark.style == mark.style:
                return node.parent
            node = node.parent
        here = self.node if self.node.mark or self.node.parent is None else self.node.parent
        return self._above(mark, here)

    def _above(self, mark: marks.Mark, here: Node) -> Node:
        """A style of a higher rank that comes late ends what is open below it: 一、 after (一) without one before."""
        rank = _RANKS.get(mark.style, 9)
        while here.parent and here.mark and _RANKS.get(here.mark.style, 9) > rank:
            here = here.parent
        return here

    def _fill(self, line_: Line, body: list[Part], claims: list[Claim]) -> None:
        node = self.node
        first = not node.parts
        node.parts += body or ([Part(line_, node.where.start, node.where.start)] if first else [])
        if claims:
            node.heading = first and not _has_sentences(body)
            node.claims += claims

    # -- items without a number

    def _is_named_item(self, line_: Line, start: int, end: int) -> bool:
        """任务：… below a heading, or below another such item."""
        found = labels.labels_in(line_.folded, start, min(end, start + 20))
        if not found or found[0].word not in _ITEMS or line_.folded[start : found[0].start].strip():
            return False
        node = self.node
        if node.mark and node.mark.style == "card":
            return False
        return (not node.claims and not _has_sentences(node.parts) and ":" not in node.folded) or (
            bool(node.claims) and node.mark is None
        )

    def _begins_item(self, claims: list[Claim], after: Line | None) -> bool:
        """Whether an unnumbered paragraph begins an item: it has a responsibility while the current item has its own,
        or the line behind it is one."""
        own = bool(self.node.claims) and (not self.node.heading or self.node.mark is None)
        if claims and self._is_first_of_several(after):
            return True
        if claims:
            return (
                own
                or self.node is self.outline.root
                or (self.node.heading and bool(self.node.claims))
            )
        spoken = bool(after and _is_claims_line(after))
        return spoken and (own or self.node is self.outline.root or self.node.by_line)

    def _is_first_of_several(self, after: Line | None) -> bool:
        """Below a heading the first of several paragraphs without numbers, each with its responsibility."""
        node = self.node
        bare = node.mark is not None and not node.claims and not _has_sentences(node.parts)
        if (
            not bare
            or after is None
            or marks.at(after.folded, after.text)
            or _is_claims_line(after)
        ):
            return False
        return bool(duties.duty_brackets(after))

    def _unnumbered(self, line_: Line, start: int, end: int) -> None:
        node = self.node
        below = node.mark is not None and not node.by_line and (node.heading or not node.claims)
        parent = node if below or node.parent is None else node.parent
        self.runs += not (parent.children and parent.children[-1].mark is None)
        self.node = Node(None, parent, Source(line_.block, start, end), run=self.runs)
        parent.children.append(self.node)

    def _claims_line(self, claims: list[Claim]) -> None:
        """A line of labels alone belongs to the item above it; behind a run of points, to the item they are of."""
        node = self.node
        if node.parent is None:
            return
        node.by_line = True
        fields = {claim.field for claim in node.claims}
        node.heading = node.heading or (
            not node.claims
            and not _has_sentences(node.parts)
            and not node.children
            and len(node.parts) == 1
        )
        node.claims += [
            claim for claim in claims if claim.field not in fields or claim.field == "leaders"
        ]

    def _section(self) -> Node:
        node = self.node
        return (
            node
            if node.parent is None or not (node.claims or _has_sentences(node.parts))
            else node.parent
        )

    def _group(self, claims: list[Claim]) -> None:
        """以上由甲负责: for the items before it in the same run that no other group has taken."""
        parent = self.node.parent or self.node
        for child in reversed(parent.children):
            if child.group:
                break
            child.group += claims

    def finish(self) -> None:
        for node in list(self.outline.root.walk()):
            _lift(node)


# A number's usual depth, for one that comes without those above it.
_RANKS: Final = {
    "chapter": 0,
    "formal": 0,
    "article": 1,
    "han": 1,
    "stem": 1,
    "han_bracket": 2,
    "word": 2,
    "arabic": 3,
    "arabic_bracket": 4,
    "arabic_half": 4,
    "circle": 5,
}


def _lift(parent: Node) -> None:
    """Points (1. 2. 3.) of which only the last has a line of labels behind it: the labels are the parent's."""
    marked = [child for child in parent.children if child.mark]
    if len(marked) < 2 or parent.parent is None or parent.claims:
        return
    last = marked[-1]
    if (
        last.by_line
        and last.claims
        and not last.children
        and not any(child.claims or child.group or child.children for child in marked[:-1])
    ):
        parent.claims, parent.by_line, parent.heading = last.claims, True, False
        last.claims = []


def _words(body: Sequence[Part]) -> bool:
    return any(re.search(r"[\w]", part.text) for part in body)


def _has_sentences(body: Sequence[Part]) -> bool:
    """Whether a text goes on behind its heading."""
    return sum(len(part.text) for part in body) > 60 or any(
        re.search(r"[。;；].*\w", part.text) for part in body
    )


def _is_claims_line(line_: Line) -> bool:
    found = labels.labels_in(line_.folded, 0, min(len(line_.folded), 40))
    first = found[0] if found else labels.opening_label(line_.folded, 0, min(len(line_.folded), 40))
    return (
        first is not None
        and first.start <= 2
        and first.field in labels.DUTIES
        and len(first.word) > 2
    )


def _card(line_: Line, start: int, after: Line | None) -> marks.Mark | None:
    """The number that a card begins with, 序号：1, above or before its 项目名称：… or 类别：…."""
    first = labels.first_of(line_.folded, 0, ("serial",)) if not start else None
    match = CODE.match(line_.folded, first.end) if first else None
    if match is None:
        return None
    below, begin = (after, 0) if match.end() == len(line_.folded) else (line_, match.end())
    if below is None or not labels.first_of(below.folded, begin, ("title", "section")):
        return None
    label = line_.text[match.start("n") : match.end("n")]
    number = numerals.read(re.sub("^[A-Za-z]*-?", "", match["n"]))
    return marks.Mark("card", number, label, match.start("n"), match.end())


def _spoken(line_: Line, start: int, end: int) -> list[Claim]:
    return duties.sentence(line_, start, end) or duties.clauses(line_, start, end, strict=True)


# --- cutting a paragraph ----------------------------------------------------------------------------------------------


def _cuts(line_: Line, after: Line | None) -> list[tuple[int, int, marks.Mark | None]]:
    """The items that a paragraph holds: one, or several where each has its responsibility, or a heading run in."""
    first = marks.at(line_.folded, line_.text)
    inside = marks.inner(line_.folded, line_.text)
    inside = [mark for mark in inside if not first or mark.start > first.start]
    double = (
        marks.at(line_.folded, line_.text, first.end)
        if first and first.style in ("han", "chapter", "formal")
        else None
    )
    if double and double.style != "han":
        rest = _by_brackets(line_, double, [mark for mark in inside if mark.start > double.start])
        return _spans(line_, first, [double, *rest])
    chosen = _by_brackets(line_, first, inside) or _run_in(line_, first, inside, after)
    return _spans(line_, first, chosen)


def _spans(
    line_: Line, first: marks.Mark | None, chosen: list[marks.Mark]
) -> list[tuple[int, int, marks.Mark | None]]:
    starts: list[tuple[int, marks.Mark | None]] = [
        (0, first),
        *((mark.start, mark) for mark in chosen),
    ]
    stops = [start for start, _ in starts[1:]] + [len(line_.text)]
    return [(start, stop, mark) for (start, mark), stop in zip(starts, stops, strict=True)]


def _by_brackets(
    line_: Line, first: marks.Mark | None, inside: list[marks.Mark]
) -> list[marks.Mark]:
    """Where a paragraph has several brackets of responsibility: the numbers behind them, and the first if run in."""
    if not inside:
        return []
    spans = duties.duty_brackets(line_)
    if len(spans) < 2:
        return []
    ends = [end for _, end in spans]
    chosen = [mark for mark in inside if _closes(line_.folded, ends, mark.start)]
    if chosen and (head := _predecessor(chosen[0], inside, first)):
        chosen.insert(0, head)
    return chosen


def _closes(folded: str, ends: list[int], start: int) -> bool:
    """Whether nothing but marks stands between a bracket's end and the number."""
    from bisect import bisect_right

    at = bisect_right(ends, start) - 1
    return (
        at >= 0
        and start - ends[at] <= 40
        and not re.search(r"[^\s。;,.、]", re.sub(r"\([^()]*\)", "", folded[ends[at] : start]))
    )


def _predecessor(
    mark: marks.Mark, inside: list[marks.Mark], first: marks.Mark | None
) -> marks.Mark | None:
    """The number before the first that is chosen, where a heading begins the paragraph: 一、…（一）…（…）（二）."""
    if first and first.style == mark.style:
        return None
    return next(
        (
            other
            for other in inside
            if other.style == mark.style
            and other.number == mark.number - 1
            and other.start < mark.start
        ),
        None,
    )


def _run_in(
    line_: Line, first: marks.Mark | None, inside: list[marks.Mark], after: Line | None
) -> list[marks.Mark]:
    """A heading with its first item in one line: the next line goes on with that item's numbering."""
    if not first or not after:
        return []
    following = marks.at(after.folded, after.text)
    for mark in inside[:3]:
        new = mark.style != first.style and mark.number == 1 and mark.start < 90
        if new and following and following.style == mark.style and following.number == 2:
            return [mark]
    return []


def _take_duties(line_: Line, start: int, end: int) -> tuple[list[Claim], list[Part], list[Part]]:
    """A piece's responsibility, the text that is left, and the notes on who leads."""
    claims: list[Claim] = []
    notes: list[Part] = []
    cut: list[tuple[int, int]] = []
    labelled = _labels_first(line_, start, end)
    for begin, stop in duties.brackets(line_.folded[start:end]):
        begin, stop = begin + start, stop + start  # noqa: PLW2901
        if duties.is_note(line_.folded[begin:stop]):
            notes.append(Part(line_, begin, stop))
            cut.append((begin, stop))
        elif (
            labelled is None
            and duties.is_duty(line_, begin, stop)
            and _at_end(line_.folded, begin, stop, end)
        ):
            inner = stop - (line_.folded[stop - 1] in ")]")
            claims += duties.read(
                line_,
                begin + 1
                if line_.folded[begin] in "([" and not _label_bracket(line_, begin, stop)
                else begin,
                inner,
            )
            cut.append((begin, _value_end(line_, begin, stop, end)))
            if cut[-1][1] > stop:
                claims = duties.read(line_, begin, cut[-1][1])
                break
    tail = labelled if labelled is not None else _labelled_tail(line_, start, end, cut)
    if not claims and tail is not None:
        claims = duties.read(
            line_, tail, notes[0].start if notes and notes[0].start > tail else end
        )
        cut.append((tail, end))
    if not notes and duties.is_note(line_.folded[start:end]) and not claims:
        return [], [], [Part(line_, start, end)]
    return claims, _left(line_, start, end, cut), notes


def _labels_first(line_: Line, start: int, end: int) -> int | None:
    """Where labels begin that run to the end, with brackets in their values: 责任科室：甲、乙（甲牵头）.

    They stand at the start, or behind a sentence without brackets.
    """
    bracket = _OPENER.search(line_.folded, start, end)
    stop = max(start + 30, bracket.start() if bracket else start)
    for label in labels.labels_in(line_.folded, start, min(end, stop)):
        before = line_.folded[start : label.start].rstrip()
        if label.field in labels.DUTIES:
            first = not before or (before[-1] in "。;" and not _OPENER.search(before))
            return label.start if first and line_.folded[label.start] not in "([" else None
    return None


_OPENER: Final = re.compile(r"[(\[]")


def _label_bracket(line_: Line, start: int, stop: int) -> bool:
    """【责任单位】 is a label in brackets of its own: the value stands behind it."""
    return (
        line_.folded[start] == "["
        and labels.field_of(line_.folded[start + 1 : stop - 1]) in labels.DUTIES
    )


def _value_end(line_: Line, start: int, stop: int, end: int) -> int:
    return end if _label_bracket(line_, start, stop) else stop


def _at_end(folded: str, start: int, stop: int, end: int) -> bool:
    """A bracket with verbs only counts at the end of a sentence; one with labels anywhere."""
    if labels.labels_in(folded, start, stop):
        return True
    return (
        bool(re.match(r"[\s。;,.、]*(?:$|[(\[])", folded[stop:end]))
        or folded[stop : stop + 1] in "。;\n "
    )


def _labelled_tail(line_: Line, start: int, end: int, cut: list[tuple[int, int]]) -> int | None:
    """Where labels without brackets begin that run to the end: at the start, or behind the end of a sentence."""
    stop = cut[0][0] if cut else end
    opening = labels.opening_label(line_.folded, start, stop)
    if opening and opening.field in labels.DUTIES:
        return opening.start
    for label in labels.labels_in(line_.folded, start, stop):
        before = line_.folded[start : label.start].rstrip()
        if label.field in labels.DUTIES and (
            not before
            or before[-1] in "。;,、!)]"
            or line_.folded[label.start - 1] == " "
            or len(label.word) > 3
        ):
            return label.start
    return None


def _left(line_: Line, start: int, end: int, cut: list[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    for begin, stop in [*sorted(cut), (end, end)]:
        if begin > start and re.search(r"\w", line_.text[start:begin]):
            parts.append(Part(line_, start, begin))
        start = max(start, stop)
    return parts
