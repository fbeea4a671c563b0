"""Milestones and targets inside a measure's text: 6月份申报职工书屋4个, 各15个, 下半年举办歌手大赛."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lib.notices.model import Milestone, Source, Span
from lib.text import endings
from lib.text.deadlines import Mention

_LONGEST: Final = 60  # characters of what a milestone is
_BARE_VERB: Final = 4  # characters that are a verb alone: what is counted comes after the number
_SHORTEST_EVENT: Final = 2  # characters
_LISTED: Final = range(3, 25)  # characters of an event in a list
_BEFORE_DATE: Final = 6  # characters before a date in which its verb may stand
_AFTER_DATE: Final = 4  # characters after it that tell an anniversary

_UNITS: Final = (
    "个百分点|万人次|万平方米|平方公里|平方米|万亩|万吨|万元|亿元|万户|万人|万册|万件|万家|万株|人次|公里"
    "|公顷|课时|学时|千米|户次|家次"
    "|个|场|次|所|座|处|条|吨|元|户|人|名|家|张|篇|件|项|套|台|辆|亩|期|批|份|册|轮|支|对|班|间|盏|片|门|棵|株|只|头|米"
    "|栋|幢|宗|例|部|本|块|种|期|位|艘|枚|节|眼|口|卷|页|站|点|米|%|兆瓦|千瓦|床|组|杆|根"
)
_QUANTITY: Final = re.compile(
    r"(?P<not>第|至|-|NO\.?|[A-Za-z./〔\[(]|“)?"
    r"(?<![0-9.])(?P<number>[0-9]{1,9}(?:\.[0-9]{1,4})?) *"
    rf"(?P<unit>(?:余|多|来)?(?:{_UNITS}))"
    r"(?!工作日|月|小时|世纪|年|季度|时辰|代)"
)
_ABOUT: Final = "余多来"  # 4余个
_VERBS: Final = (
    "组织开展|组织召开|组织举办|评选命名|集中申报|开展|举办|召开|组织|举行|完成|启动|印发|"
    "制定|出台|建成|建设|新建|打造|"
    "申报|命名|评选|培育|改造|发放|举行|创建|新增|建立|选树|表彰|培训|走访|慰问|推出|编印|"
    "发布|报送|实施|申请|上报|形成|通过|扩建|修缮|安装|维修|招聘|引进"
)
_ANY_VERB: Final = re.compile(_VERBS)
_VERB: Final = re.compile(
    r"^(?:拟|计划|力争|争取|确保|再|并|将|共|至少|全年|全市|全县|全区|集中)*"
    rf"(?P<verb>{_VERBS})"
)
_EVENT_VERB: Final = re.compile(rf"^(?:在.{{2,12}}?)?(?:{_VERBS})")
_FIRST_WORDS: Final = re.compile(  # that say nothing of what is counted
    r"(?:拟|计划|力争|争取|确保|并|将|前|共|其中|于|起|开始|份|左右|,|、| )*+"
)
_LAST_WORDS: Final = (
    *("不少于", "不低于", "不超过", "至少", "达到", "达", "超过", "约", "各", "共", "累计", "计"),
    *("新增到", "增至", "总数", ",", "、", ":", " "),
)
_CLAUSE: Final = re.compile(r"[^。;!?\n]+")
_STEP: Final = re.compile(r"[^,、]+")
_COMMA: Final = re.compile("[，,]")
_AND: Final = re.compile("[和与及]")
_AGO: Final = re.compile(r"以来|成立|建党|诞辰|抗战|纪念")
_CALENDAR: Final = re.compile(r"[年月季底末日]")  # what a date has and a feast has not
_AROUND_FEAST: Final = ("前", "期间", "内")
_AFTER_QUANTITY: Final = " ，、以上左右余"
_EVENT_EDGES: Final = ",、 "


def find(
    measure: int, parts: Sequence[Span], deadline: str, taken: Source | None
) -> Iterator[Milestone]:
    """The milestones of a measure.

    Args:
        measure: its number.
        parts: what its text consists of.
        deadline: its own, for a quantity without a date.
        taken: where that stands, which is no milestone.
    """
    for part in parts:
        for clause in part.finditer(_CLAUSE):
            for step in _steps(part.group(clause), deadline, taken):
                yield step.milestone(measure)


def find_in_deadline(measure: int, value: Span) -> Iterator[Milestone]:
    """What is to be there before the last date of a deadline: 6月底前完成方案，12月底前完成验收.

    value: what stands below the header or after the label.
    """
    dates = value.find_dates()
    if len(dates) < 2:
        return
    last = max(dates, key=lambda date: (date.order, date.start))
    deadline = value.part(last.start, last.end)
    yield from find(measure, [value], "", deadline.source)


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be reached or to happen by a date; number and unit: how much of it."""

    deadline: str
    text: str
    source: Source
    number: str = ""
    unit: str = ""

    def milestone(self, measure: int) -> Milestone:
        """The step as a milestone of a measure."""
        return Milestone(
            measure=measure,
            deadline=self.deadline,
            text=self.text[:_LONGEST],
            target=self.number,
            unit=self.unit,
            source=self.source,
        )


def _steps(clause: Span, deadline: str, taken: Source | None) -> Iterator[_Step]:
    """The steps of a sentence: each date holds for what comes after it, up to the next."""
    dates: list[Mention] = []
    stops: list[int] = []
    for date in clause.find_dates():
        may_date_a_step = _may_date_a_step(date, clause, taken)
        if may_date_a_step:
            dates.append(date)
        if may_date_a_step or _is_taken(date, clause, taken):
            stops.append(date.start)
    stops.append(clause.end)
    before_dates = clause.until(dates[0].start) if dates else clause
    targets = list(_targets(before_dates, deadline, ""))
    yield from targets
    for date in dates:
        next_stop = bisect_right(stops, date.start)
        after = clause.part(date.end, stops[next_stop])
        phrase = clause.part(date.start, date.end)
        last = targets[-1].text if targets else ""
        targets = list(_targets(after, phrase.text, last))
        yield from targets
        events_end = _end_of_events(after, counted=bool(targets))
        if events_end is not None:
            yield from _events(clause, date, events_end)


def _may_date_a_step(date: Mention, clause: Span, taken: Source | None) -> bool:
    """Whether a date has a last day, and is neither the deadline itself nor an anniversary."""
    if date.window.due is None:
        return False
    if _is_taken(date, clause, taken):
        return False
    near = date.end + _AFTER_DATE
    after_date = clause.line.folded[date.end : near]
    return not _AGO.match(after_date)


def _is_taken(date: Mention, clause: Span, taken: Source | None) -> bool:
    """Whether a date is the deadline itself."""
    if taken is None:
        return False
    if taken.block != clause.line.block:
        return False
    begins_before_end = taken.start < date.end
    ends_after_start = date.start < taken.end
    return begins_before_end and ends_after_start


def _end_of_events(after: Span, *, counted: bool) -> int | None:
    """Where the events of a date end, None where there are none.

    Where something is counted, only a first clause without a number is an event.
    """
    if not counted:
        return after.end
    comma = after.since(after.start + 1).find(",")
    if comma < 0:
        return None
    if after.until(comma).search(_QUANTITY):
        return None
    return comma


# --- quantities ------------------------------------------------------------------------------------


def _targets(span: Span, deadline: str, last: str) -> Iterator[_Step]:
    """Quantities: 申报职工书屋4个、文化驿站3个; 各15个 counts for each thing in the list before it.

    Args:
        last: what the target before was, for a number alone.
    """
    verb = ""
    waiting: list[str] = []  # the things of a list that 各 may count
    for match in span.finditer(_STEP):
        step = span.group(match)
        words = step.since(_after_filler(step))
        verb_at_start = _VERB.match(words.folded)
        if verb_at_start:
            verb = _printed(words, verb_at_start)
        just_before = max(span.start, step.start - 1)
        before_step = span.part(just_before, step.start)
        if before_step.folded == ",":
            waiting = []
        quantity = _quantity(step)
        if not quantity or not deadline:
            waiting.append(words.text)
            continue
        unit = quantity["unit"].lstrip(_ABOUT)
        for name in _names(words, quantity, waiting):
            has_verb = verb_at_start or _VERB.match(name)
            thing = name if has_verb else verb + name
            last = thing or last
            yield _Step(
                deadline=deadline,
                text=last[:_LONGEST],
                source=step.source,
                number=quantity["number"],
                unit=unit,
            )
        waiting = []


def _printed(words: Span, verb: re.Match[str]) -> str:
    """The verb that words begin with, as printed."""
    start, end = verb.span("verb")
    return words.text[start:end]


def _quantity(step: Span) -> re.Match[str] | None:
    """The first number with a unit that is none of 第3条 or A4张."""
    for quantity in step.finditer(_QUANTITY):
        if not quantity["not"]:
            return quantity
    return None


def _after_filler(span: Span) -> int:
    """Where the words of a span begin."""
    filler = span.match(_FIRST_WORDS)
    return filler.end() if filler else span.start


def _without_filler(text: str) -> str:
    """What is left of some words without those that say nothing of what is counted."""
    text = _FIRST_WORDS.sub("", text, count=1)
    end = endings.start_of_last_words(text, _LAST_WORDS)
    return text[:end].strip()


def _names(words: Span, quantity: re.Match[str], waiting: Sequence[str]) -> list[str]:
    """What a quantity counts.

    The words before it, or those after it where a verb alone stands before.
    """
    before = _without_filler(words.until(quantity.start("number")).text)
    if words.until(quantity.start()).folded.endswith("各"):
        return [*waiting, *_each(before)]
    after = words.since(quantity.end()).text.strip(_AFTER_QUANTITY)
    is_bare_verb = len(before) <= _BARE_VERB
    if is_bare_verb or not after:
        return [before + after]
    return [before]


def _each(text: str) -> list[str]:
    """The things that 各 counts: 建成书屋和驿站 is 建成书屋, 建成驿站."""
    verb = _VERB.match(text)
    verb_end = verb.end() if verb else 0
    verb_text = text[:verb_end]
    after_verb = text[verb_end:]
    things = map(str.strip, _AND.split(after_verb))
    return [verb_text + thing for thing in things if thing]


# --- events ----------------------------------------------------------------------------------------


def _events(clause: Span, date: Mention, stop: int) -> Iterator[_Step]:
    """What happens on a date: the things after it, each named in a list its own."""
    first_word = _first_word(clause, date, stop)
    up_to_stop = clause.part(first_word, stop)
    words = _without_last_marks(up_to_stop)
    verb_from = max(clause.start, date.start - _BEFORE_DATE)
    around = clause.part(verb_from, words.end)
    has_verb = _ANY_VERB.search(around.folded) is not None
    if not has_verb or words.length < _SHORTEST_EVENT:
        return
    phrase = clause.part(date.start, date.end).text
    source = clause.part(date.start, words.end).source
    for event in _events_in(words.text):
        yield _Step(phrase, event, source)


def _without_last_marks(words: Span) -> Span:
    """Words without the commas and spaces at their end."""
    while words.length > 0 and words.folded[-1] in _EVENT_EDGES:
        words = words.until(words.end - 1)
    return words


def _first_word(clause: Span, date: Mention, stop: int) -> int:
    """Where the events of a date begin.

    A feast is part of what happens, 开展庆“五一”…活动; but 春节前慰问 has a date.
    """
    phrase = clause.part(date.start, date.end)
    if _CALENDAR.search(phrase.text):
        return _after_filler(clause.part(date.end, stop))
    if date.text.endswith(_AROUND_FEAST):
        to_line_end = clause.part(date.end, len(clause.line.folded))
        return _after_filler(to_line_end)
    comma = clause.until(date.start).rfind(",")
    return max(clause.start, comma + 1)


def _events_in(words: str) -> list[str]:
    """举办甲、乙、丙 as three events; only the first clause counts."""
    first_clause = _COMMA.split(words)[0]
    verb = _EVENT_VERB.match(first_clause)
    if not verb:
        return [first_clause]
    events = _listed(first_clause[verb.end() :])
    are_short = all(len(event) in _LISTED for event in events)
    if are_short and len(events) > 1:
        return events
    return [first_clause]


def _listed(text: str) -> list[str]:
    """Split at 、 and 暨, but not inside quotes."""
    names: list[str] = []
    start = 0
    depth = 0
    for place, char in enumerate(text):
        if char in "“《（(":
            depth += 1
        elif char in "”》）)":
            depth -= 1
        elif char in "、暨" and depth <= 0:
            names.append(text[start:place])
            start = place + 1
    names.append(text[start:])
    return names
