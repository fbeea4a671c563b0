"""Milestones and targets inside a measure's text: 6月份申报职工书屋4个, 各15个, 下半年举办歌手大赛."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lib.notices.model import Milestone, Source, Span
from lib.text import deadlines

_UNITS: Final = (
    "个百分点|万人次|万平方米|平方公里|平方米|万亩|万吨|万元|亿元|万户|万人|万册|万件|万家|万株|人次|公里|公顷|课时|学时|千米|户次|家次|"
    "个|场|次|所|座|处|条|吨|元|户|人|名|家|张|篇|件|项|套|台|辆|亩|期|批|份|册|轮|支|对|班|间|盏|片|门|棵|株|只|头|米"
    "|栋|幢|宗|例|部|本|块|种|期|位|艘|枚|节|眼|口|卷|页|站|点|米|%|兆瓦|千瓦|床|组|杆|根"
)
_QUANTITY: Final = re.compile(
    rf"(?P<not>第|至|-|NO\.?|[A-Za-z./〔\[(]|“)?(?<![0-9.])(?P<number>[0-9]{{1,9}}(?:\.[0-9]{{1,4}})?) *"
    rf"(?P<unit>(?:余|多|来)?(?:{_UNITS}))(?!工作日|月|小时|世纪|年|季度|时辰|代)"
)
_VERBS: Final = (
    "组织开展|组织召开|组织举办|评选命名|集中申报|开展|举办|召开|组织|举行|完成|启动|印发|"
    "制定|出台|建成|建设|新建|打造|"
    "申报|命名|评选|培育|改造|发放|举行|创建|新增|建立|选树|表彰|培训|走访|慰问|推出|编印|"
    "发布|报送|实施|申请|上报|形成|通过|扩建|修缮|安装|维修|招聘|引进"
)
_VERB: Final = re.compile(
    rf"^(?:拟|计划|力争|争取|确保|再|并|将|共|至少|全年|全市|全县|全区|集中)*(?P<verb>{_VERBS})"
)
_FILLER: Final = re.compile(
    r"^(?:拟|计划|力争|争取|确保|并|将|前|共|其中|于|起|开始|份|左右|,|、| )+"
    r"|(?:不少于|不低于|不超过|至少|达到|达|超过|约|各|共|计|新增到|增至|累计|总数|,|、|:| )+$"
)
_CLAUSE: Final = re.compile(r"[^。;!?\n]+")
_STEP: Final = re.compile(r"[^,、]+")
_AGO: Final = re.compile(r"以来|成立|建党|诞辰|抗战|纪念")
_LONGEST: Final = 60


def find(
    measure: int, parts: list[Span], deadline: str, taken: Source | None
) -> Iterator[Milestone]:
    """The milestones of a measure. deadline: its own, for a quantity without a date; taken: where that stands."""
    for part in parts:
        folded = part.line.folded
        for clause in _CLAUSE.finditer(folded, part.start, part.end):
            yield from _clause(measure, part, clause.span(), deadline, taken)


def _clause(
    measure: int, part: Span, place: tuple[int, int], deadline: str, taken: Source | None
) -> Iterator[Milestone]:
    """The steps of a sentence: each date holds for what stands behind it, up to the next."""
    start, end = place
    found = [
        date
        for date in deadlines.find(part.line.folded, start, end)
        if not _is_taken(part, date, taken)
    ]
    found = [
        date
        for date in found
        if date.window.due and not _AGO.match(part.line.folded[date.end : date.end + 4])
    ]
    first = found[0].start if found else end
    rows = list(_targets(measure, part, (start, first), deadline, ""))
    yield from rows
    for at, date in enumerate(found):
        stop = found[at + 1].start if at + 1 < len(found) else end
        phrase = part.line.text[date.start : date.end]
        rows = list(
            _targets(measure, part, (date.end, stop), phrase, rows[-1].text if rows else "")
        )
        yield from rows
        comma = part.line.folded.find(",", date.end + 1, stop)
        head = comma if comma >= 0 else stop
        if not rows or (comma >= 0 and not _QUANTITY.search(part.line.folded, date.end, head)):
            yield from _events(measure, part, date, start, head if rows else stop)


def _is_taken(part: Span, date: deadlines.Mention, taken: Source | None) -> bool:
    return (
        taken is not None
        and taken.block == part.line.block
        and taken.start < date.end
        and date.start < taken.end
    )


def _targets(
    measure: int, part: Span, place: tuple[int, int], deadline: str, last: str
) -> Iterator[Milestone]:
    """Quantities: 申报职工书屋4个、文化驿站3个; 各15个 counts for each thing in the list before it."""
    folded, text = part.line.folded, part.line.text
    start, end = place
    verb = ""
    waiting: list[str] = []
    for step in _STEP.finditer(folded, start, end):
        begin = _after_filler(folded, step.start(), step.end())
        if spoken := _VERB.match(folded[begin : step.end()]):
            verb = text[begin + spoken.start("verb") : begin + spoken.end("verb")]
        if step.start() > start and folded[step.start() - 1] == ",":
            waiting = []
        quantity = next(
            (m for m in _QUANTITY.finditer(folded, step.start(), step.end()) if not m["not"]), None
        )
        if not quantity or not deadline:
            waiting.append(text[begin : step.end()])
            continue
        names = _names(part, begin, quantity, step.end(), waiting)
        waiting = []
        for name in names:
            words = name if not verb or _VERB.match(name) or spoken else verb + name
            last = words or last
            yield Milestone(
                measure,
                deadline,
                last[:_LONGEST],
                quantity["number"],
                quantity["unit"].lstrip("余多来"),
                Source(part.line.block, step.start(), step.end()),
            )


def _after_filler(folded: str, start: int, end: int) -> int:
    match = _FILLER.match(folded[start:end])
    return start + match.end() if match and match.start() == 0 else start


def _names(
    part: Span, begin: int, quantity: re.Match[str], end: int, waiting: list[str]
) -> list[str]:
    """What a quantity counts: the words before it, or behind it where a verb alone stands before."""
    text = part.line.text
    before = _FILLER.sub("", text[begin : quantity.start("number")]).strip()
    after = text[quantity.end() : end].strip(" ，、以上左右余")
    each = part.line.folded[begin : quantity.start()].endswith("各")
    if each:
        verb = _VERB.match(before)
        lead = verb.end() if verb else 0
        return waiting + [
            before[:lead] + name.strip()
            for name in re.split("[和与及]", before[lead:])
            if name.strip()
        ]
    if len(before) <= 4 or not after:
        return [(before + after) or before]
    return [before]


def _events(
    measure: int, part: Span, date: deadlines.Mention, start: int, stop: int
) -> Iterator[Milestone]:
    """What happens on a date: the things behind it, each named in a list its own."""
    folded, text = part.line.folded, part.line.text
    phrase = text[date.start : date.end]
    begin = (
        _feast_start(folded, start, date)
        if _is_feast(phrase)
        else _after_filler(folded, date.end, stop)
    )
    end = stop
    while end > begin and folded[end - 1] in ",、 ":
        end -= 1
    words = text[begin:end]
    if not re.search(_VERBS, folded[max(start, date.start - 6) : end]) or len(words) < 2:
        return
    source = Source(part.line.block, date.start, end)
    for name in _events_in(words):
        yield Milestone(measure, phrase, name[:_LONGEST], source=source)


def _feast_start(folded: str, start: int, date: deadlines.Mention) -> int:
    """A feast is part of what happens: 开展庆“五一”…活动, but 春节前慰问 is a date."""
    if date.text.endswith(("前", "期间", "内")):
        return _after_filler(folded, date.end, len(folded))
    return max(start, folded.rfind(",", start, date.start) + 1)


def _is_feast(phrase: str) -> bool:
    return not re.search(r"[年月季底末日]", phrase)


def _events_in(words: str) -> list[str]:
    """举办甲、乙、丙 as three events; only the first clause counts."""
    head = re.split("[，,]", words)[0]
    verb = re.match(rf"^(?:在.{{2,12}}?)?(?:{_VERBS})", head)
    listed = _listed(head[verb.end() :]) if verb else [head]
    if len(listed) > 1 and all(3 <= len(name) <= 24 for name in listed):
        return listed
    return [head]


def _listed(text: str) -> list[str]:
    """Split at 、 and 暨, but not inside quotes."""
    names, depth, begin = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "“《（(") - (char in "”》）)")
        if char in "、暨" and depth <= 0:
            names.append(text[begin:at])
            begin = at + 1
    return [*names, text[begin:]]
