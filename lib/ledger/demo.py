"""A made list of 40 measures with nine months of reports, so that a stranger sees the loop at once.

All names are invented. What happens is drawn by chance from a fixed seed, so that two demonstrations of
one day are alike.
"""

from __future__ import annotations

import calendar
import csv
import dataclasses
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from lib import measures
from lib.ledger import acts, place
from lib.ledger.acts import About
from lib.ledger.events import SECOND, Asked, Cadence, Draft, Month, Report, Source, Stage, Started
from lib.ledger.periods import Period
from lib.ledger.store import Ledger
from lib.measures import milestones_path
from lib.measures.schema import COLUMNS, MILESTONE_COLUMNS

MONTHS: Final = 9  # of reports
DUE_DAY: Final = 5  # of the next month
TABLE: Final = "demo.csv"
LIST: Final = "重点工作清单（演示）"
SEED: Final = 20
NOON: Final = time(12)  # when everything happens
# By their numbers: what is cancelled, what may not take longer, and what waits for an answer of the office
CANCELLED: Final = 25
EXTENSION_REFUSED: Final = 30
CLAIM_WAITS: Final = (8, 31)
EXTENSION_WAITS: Final = (13, 26)
WAITING_DAYS: Final = 3
LATE_DAYS: Final = (-4, -3, -2, -1, 0, 0, 4, 9)  # one of which a report comes after its day
SELDOM, NOW_AND_THEN, MOSTLY = 0.08, 0.2, 0.6  # how likely something is
ALL_YEAR: Final = "全年"
LONG_TERM: Final = "长期坚持"

LEADERS: Final = ("周正阳", "孟晓云", "郑启明", "罗雅琴", "丁海涛")
DEPARTMENTS: Final = (
    "办公室",
    "组织部",
    "宣教部",
    "权益部",
    "经济部",
    "财务部",
    "女工部",
    "服务中心",
)
# Section → its measures, each with the department that leads, by its place above
SECTIONS: Final = {
    "一、思想引领": (
        ("开展“劳动者之歌”主题宣讲", 2),
        ("建设职工书屋示范点", 2),
        ("制作劳模风采短视频", 2),
        ("举办职工运动会", 2),
        ("开展新任干部培训", 1),
        ("更新宣传栏和电子屏", 2),
        ("编印职工政策口袋书", 2),
        ("组织读书分享会", 2),
    ),
    "二、建功立业": (
        ("举办数控技能竞赛", 4),
        ("举办养老护理技能竞赛", 4),
        ("创建劳模创新工作室", 4),
        ("征集职工合理化建议", 4),
        ("推荐年度先进班组", 4),
        ("开展安全生产隐患排查", 4),
        ("组织劳模技术帮扶", 4),
        ("完成竞赛成果汇编", 4),
    ),
    "三、维权服务": (
        ("开展工资集体协商", 3),
        ("设立法律援助工作站", 3),
        ("走访慰问困难职工", 7),
        ("开展春季就业服务", 7),
        ("建设户外劳动者驿站", 7),
        ("开展职工心理健康讲座", 7),
        ("办理职工互助保障", 7),
        ("调处劳动争议", 3),
        ("组织一线职工疗休养", 7),
        ("开展女职工专项维权", 6),
    ),
    "四、组织建设": (
        ("推进新业态企业建会", 1),
        ("完成基层换届", 1),
        ("规范基层组织台账", 1),
        ("开展基层干部轮训", 1),
        ("评选模范职工之家", 1),
        ("建设爱心托管班", 6),
        ("清理空壳组织", 1),
        ("建立联系企业制度", 0),
    ),
    "五、自身建设": (
        ("修订财务管理制度", 5),
        ("完成经费收缴审计", 5),
        ("推进办公信息化", 0),
        ("整理历年档案", 0),
        ("开展作风建设检查", 0),
        ("编制下年度工作计划", 0),
    ),
}
# Title → what it is counted by, how many, and the unit
TARGETS: Final = {
    "建设职工书屋示范点": ("职工书屋示范点", 6, "个"),
    "走访慰问困难职工": ("走访困难职工", 120, "户"),
    "建设户外劳动者驿站": ("户外劳动者驿站", 10, "个"),
    "推进新业态企业建会": ("新业态企业建会", 24, "家"),
    "创建劳模创新工作室": ("劳模创新工作室", 3, "个"),
}
DID: Final = (
    "印发实施方案，召开动员会，明确时间表和责任人。",
    "完成实地调研 {n} 次，收集意见 {n} 条，已逐条回复。",
    "开展活动 {n} 场，参加职工 {m} 人次。",
    "与协作单位对接，落实场地和经费，第 {n} 批物资到位。",
    "完成阶段任务，形成小结报办公室。",
)
PROBLEMS: Final = ("基层人手不足，进度不平衡。", "个别单位报送材料不及时。", "经费拨付晚于预期。")


@dataclass(frozen=True)
class Measure:
    """A made measure. months: after the begin until it is due, 0 for what has no such day."""

    number: int
    section: str
    title: str
    leader: str
    departments: tuple[str, ...]
    months: int

    @property
    def id(self) -> str:
        """Its 编号."""
        return f"D-{self.number:02}"


def make(folder: Path, today: date) -> Path:
    """Write the list, its milestones and its ledger into an empty folder.

    Returns:
        The table.
    """
    begin = _months_later(today.replace(day=1), -MONTHS)
    chance = random.Random(SEED)  # noqa: S311 (nothing is kept secret by it)
    demo_measures = list(_measures(chance))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TABLE
    _write_table(path, demo_measures, begin, today)
    list_name = measures.read(path).codes.lists.names[0]
    story = _Story(begin, today, list_name, chance)
    ledger = Ledger(place.of_table(path))
    in_order = sorted(story.all(demo_measures), key=_day_of)
    for day, told in groupby(in_order, key=_day_of):
        noon = datetime.combine(day, NOON, tzinfo=place.zone())
        drafts = [draft for _, draft in told]
        ledger.append(drafts, int(noon.timestamp()) * SECOND)
    return path


# --- the list -------------------------------------------------------------------------------------


def _measures(chance: random.Random) -> Iterator[Measure]:
    number = 0
    for section, entries in SECTIONS.items():
        for title, lead in entries:
            number += 1
            department = DEPARTMENTS[lead]
            others = [name for name in DEPARTMENTS if name != department]
            support = chance.sample(others, chance.randint(0, 2))
            yield Measure(
                number=number,
                section=section,
                title=title,
                leader=LEADERS[lead % len(LEADERS)],
                departments=(department, *support),
                months=0 if number % MONTHS == 0 else chance.randint(3, 12),
            )


def _write_table(path: Path, made: list[Measure], begin: date, today: date) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS.values())
        for measure in made:
            writer.writerow(_cells(measure, begin, today))
    with milestones_path(path).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(MILESTONE_COLUMNS.values())
        for measure in made:
            if measure.title in TARGETS:
                what, number, unit = TARGETS[measure.title]
                phrase = _phrase(measure, begin)
                writer.writerow([measure.id, phrase, what, number, unit])


def _cells(measure: Measure, begin: date, today: date) -> list[str]:
    """A measure's row, in the order of `schema.COLUMNS`."""
    section = measure.section
    return [
        measure.id,
        str(today.year),
        _list_name(begin, today),
        section,
        f"{section[0]}（{measure.number}）",
        measure.title,
        measure.leader,
        "、".join(measure.departments),
        _phrase(measure, begin),
    ]


def _list_name(begin: date, today: date) -> str:
    """The name of the list; one that spans two years says so."""
    if begin.year == today.year:
        return LIST
    return f"{begin.year}—{today.year}年{LIST}"


def _phrase(measure: Measure, begin: date) -> str:
    """The deadline as an office would write it."""
    if not measure.months:
        return LONG_TERM if measure.number % 2 else ALL_YEAR
    due = _due(measure, begin)
    return f"{due.year}年{due.month}月底前"


def _due(measure: Measure, begin: date) -> date:
    return _month_end(_months_later(begin, measure.months - 1))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _month_end(day: date) -> date:
    _, days = calendar.monthrange(day.year, day.month)
    return day.replace(day=days)


# --- what happens ---------------------------------------------------------------------------------

Told = tuple[date, Draft]


def _day_of(told: Told) -> date:
    return told[0]


class _Story:
    """What happens to a list from its start to a day, each as a day and an event."""

    def __init__(self, begin: date, today: date, name: str, chance: random.Random) -> None:
        self.begin = begin
        self.today = today
        self.chance = chance
        self.list = name
        first = Period.of_day(begin, Cadence.MONTH)
        self.rule = Started(Cadence.MONTH, DUE_DAY, Month.NEXT, first.code, Asked.LEAD)

    def all(self, measures: list[Measure]) -> Iterator[Told]:
        """Everything, in no order."""
        about = self._about("", self.begin)
        yield self.begin, acts.start(about, self.rule)
        for measure in measures:
            yield from self._of_measure(measure)

    def _of_measure(self, measure: Measure) -> Iterator[Told]:
        """Nine months of a measure: reports, an extension for some, and how it ends."""
        due = _due(measure, self.begin) if measure.months else None
        ends_on = due - timedelta(days=self.chance.randint(-20, 25)) if due else None
        if measure.number == CANCELLED:
            day = self.begin + timedelta(days=100)
            about = self._about(measure.id, day)
            yield day, acts.cancel(about, "与另一项任务合并。")
            yield from self._reports(measure, day)
            return
        if due and measure.number in EXTENSION_WAITS:
            yield from self._reports(measure, None)
            yield self._asked(measure, self.today - timedelta(days=WAITING_DAYS))
            return
        if due and measure.number % 6 == 0:
            ends_on = due + timedelta(days=40)
            yield from self._extension(measure, due)
        yield from self._reports(measure, ends_on)
        if ends_on and ends_on < self.today and measure.number % 5:
            yield from self._end(measure, ends_on)

    def _reports(self, measure: Measure, ends_on: date | None) -> Iterator[Told]:
        how_often_forgotten = MOSTLY if measure.number % 7 == 0 else SELDOM
        period = Period.of_code(self.rule.first_period)
        reached = 0.0
        while period.due(self.rule) < self.today:
            if ends_on and period.last_day >= ends_on:
                return
            late_days = self.chance.choice(LATE_DAYS)
            day = period.due(self.rule) + timedelta(days=late_days)
            if ends_on and day > ends_on:
                return
            is_sent = self.chance.random() >= how_often_forgotten
            if is_sent and day <= self.today:
                reached += self._step(measure)
                yield day, self._report(measure, day, period, reached)
            period = period.next()

    def _step(self, measure: Measure) -> float:
        if measure.title not in TARGETS:
            return 0
        _, number, _ = TARGETS[measure.title]
        return self.chance.randint(0, max(number // 6, 1))

    def _report(self, measure: Measure, day: date, period: Period, reached: float) -> Draft:
        stage = Stage.NO_NEWS if self.chance.random() < NOW_AND_THEN else Stage.UNDER_WAY
        if stage is Stage.NO_NEWS:
            return acts.report(self._said(measure, day), period, Report(stage))
        text = self.chance.choice(DID)
        events, people = self.chance.randint(2, 9), self.chance.randint(40, 400)
        has_problems = self.chance.random() < NOW_AND_THEN
        report = Report(
            stage,
            did=text.format(n=events, m=people),
            problems=self.chance.choice(PROBLEMS) if has_problems else "",
            values=self._values(measure, reached),
        )
        return acts.report(self._said(measure, day), period, report)

    def _values(self, measure: Measure, reached: float) -> dict[str, float]:
        if measure.title not in TARGETS:
            return {}
        name, _, _ = TARGETS[measure.title]
        return {name: reached}

    def _extension(self, measure: Measure, due: date) -> Iterator[Told]:
        asked_on = due - timedelta(days=18)
        answered_on = asked_on + timedelta(days=4)
        if answered_on >= self.today:
            return
        until = _month_end(_months_later(due.replace(day=1), 2))
        yield self._asked(measure, asked_on)
        answer = self._about(measure.id, answered_on)
        if measure.number == EXTENSION_REFUSED:
            yield answered_on, acts.refuse_extension(answer, "请按原定时限完成。")
        else:
            yield answered_on, acts.grant_extension(answer, due, until, "同意延期。")

    def _asked(self, measure: Measure, day: date) -> Told:
        due = _due(measure, self.begin)
        until = _month_end(_months_later(max(due, day).replace(day=1), 2))
        about = self._said(measure, day)
        return day, acts.ask_extension(about, due, until, "协作单位场地改造未完工。")

    def _end(self, measure: Measure, done_on: date) -> Iterator[Told]:
        """A claim, which the office agrees to, returns once, or has not answered yet."""
        claimed_on = done_on + timedelta(days=1)
        period = Period.of_day(done_on, Cadence.MONTH)
        claim = acts.claim(self._said(measure, claimed_on), period, done_on, "任务已全部完成。")
        yield claimed_on, claim
        answered_on = claimed_on + timedelta(days=5)
        if answered_on >= self.today or measure.number in CLAIM_WAITS:
            return
        about = self._about(measure.id, answered_on)
        if measure.number % 11 == 0:
            yield answered_on, acts.give_back(about, "佐证材料不全，请补充。")
        else:
            yield answered_on, acts.close(about, done_on)

    def _said(self, measure: Measure, day: date) -> About:
        """About what the department says that leads a measure."""
        about = self._about(measure.id, day)
        return dataclasses.replace(about, on_behalf=measure.departments[0])

    def _about(self, measure_id: str, day: date) -> About:
        form = f"demo {measure_id} {day}"
        return About(self.list, measure_id, day, source=Source.BOARD, form=form)
