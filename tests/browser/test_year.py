"""An office keeps its list through a year: forms out and in each month, and what it decides in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from lib import terminal
from lib.ledger import exchange, place
from lib.ledger.store import Ledger
from tests.browser import office
from tests.browser.board import serving, settle
from tests.browser.clock import Clock
from tests.browser.conftest import Visit
from tests.browser.reader import headline
from tests.browser.tables import column
from tests.forms import filled
from tests.tables import table_of

ROWS: Final = """
    2026-1-1,2026,重点工作,一、服务职工,一（一）,建成职工书屋,张慧,组宣部、办公室,6月底前
    2026-1-2,2026,重点工作,一、服务职工,一（二）,开展技能竞赛,张慧,经济部,9月底前
    2026-1-3,2026,重点工作,一、服务职工,一（三）,编印年鉴,张慧,组宣部、办公室,12月底前
    2026-1-4,2026,重点工作,一、服务职工,一（四）,走访困难职工,李强,保障部,全年
    2026-1-5,2026,重点工作,一、服务职工,一（五）,维护职工权益,李强,保障部、经济部,长期坚持
    2026-1-6,2026,重点工作,一、服务职工,一（六）,签订集体合同,张慧,经济部,5月底前
    2026-2-1,2026,重点工作,二、自身建设,二（一）,完成换届,李强,组宣部,6月底前
    2026-2-2,2026,重点工作,二、自身建设,二（二）,组织疗休养,李强,保障部,8月底前
    2026-2-3,2026,重点工作,二、自身建设,二（三）,建设服务中心,张慧,办公室、保障部,10月底前
    2026-2-4,2026,重点工作,二、自身建设,二（四）,开展普法宣传,李强,办公室,3月底前
    2026-2-5,2026,重点工作,二、自身建设,二（五）,举办运动会,张慧,经济部,4月底前
    2026-2-6,2026,重点工作,二、自身建设,二（六）,培训工会干部,李强,办公室,7—11月
"""
MILESTONES: Final = """编号,节点时限,节点,目标值,单位
2026-1-1,6月,职工书屋,4,个
2026-1-2,9月,竞赛场次,10,场
2026-1-4,12月,走访户数,300,户
"""
DEPARTMENTS: Final = ("组宣部", "经济部", "保障部", "办公室")
LEADS: Final = {
    "组宣部": ("2026-1-1", "2026-1-3", "2026-2-1"),
    "经济部": ("2026-1-2", "2026-1-6", "2026-2-5"),
    "保障部": ("2026-1-4", "2026-1-5", "2026-2-2"),
    "办公室": ("2026-2-3", "2026-2-4", "2026-2-6"),
}
# In which months each measure is reported on: while it is open at their end, and its window has begun
ASKED: Final = {
    "2026-1-1": range(1, 7),
    "2026-1-2": range(1, 10),
    "2026-1-3": range(1, 13),
    "2026-1-4": range(1, 13),
    "2026-1-5": range(1, 13),
    "2026-1-6": range(1, 8),
    "2026-2-1": range(1, 8),
    "2026-2-2": (*range(1, 9), 10, 11),
    "2026-2-3": range(1, 12),
    "2026-2-4": range(1, 4),
    "2026-2-5": range(1, 4),
    "2026-2-6": range(7, 12),
}
# Who, by month, sends the forms after the day, none, or fills in the last line only
LATE: Final = {1: "办公室", 3: "经济部", 5: "组宣部", 8: "保障部", 10: "保障部", 12: "组宣部"}
SILENT: Final = {2: "保障部", 6: "经济部", 9: "组宣部", 10: "办公室"}
HALF: Final = {4: "保障部", 7: "办公室", 11: "保障部"}
# Of which month, department and measure an answer is unclear, and one in conflict with what was recorded
UNCLEAR: Final = (2, "组宣部", "2026-1-1")
CONFLICT: Final = (5, "经济部", "2026-1-2")
DONE: Final = {"是否完成": "申请办结", "做法成效": "已全部完成。"}
CLAIMED: Final = {
    8: "经济部",
    12: "办公室",
}  # for whom a claim on the board is the report of a measure
# What a form says beside that it goes on
SAID: Final[Mapping[tuple[int, str], Mapping[str, object]]] = {
    (3, "2026-2-4"): DONE,
    (4, "2026-1-6"): {"申请延期至": "2026年8月15日", "延期理由": "企业改制，需重新协商"},
    (6, "2026-1-1"): DONE,
    (6, "2026-2-1"): DONE,
    (7, "2026-2-1"): DONE,
    (8, "2026-2-2"): DONE,
    (9, "2026-1-2"): DONE,
    (11, "2026-2-2"): DONE,
    (11, "2026-2-3"): DONE,
    (12, "2026-1-3"): DONE,
    (12, "2026-1-4"): DONE,
}
# The number that each target has come to, by month
REACHED: Final = {
    "2026-1-1": (1, 1, 2, 2, 3, 4),
    "2026-1-2": (0, 1, 2, 4, 5, 6, 7, 8, 11),
    "2026-1-4": tuple(range(25, 325, 25)),
}


NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Decision(NamedTuple):
    """What the office records on the board. texts, days: by the labels of their boxes."""

    day: str
    measure: str
    act: str
    texts: Mapping[str, str] = NOTHING
    days: Mapping[str, str] = NOTHING


DECISIONS: Final = (
    Decision("2026-04-07", "2026-2-4", "同意销号"),
    Decision("2026-04-20", "2026-2-5", "取消", {"理由": "与全市运动会合并"}),
    Decision("2026-05-12", "2026-1-6", "同意延期", days={"延期至": "2026-08-15"}),
    Decision("2026-05-28", "2026-1-2", "报送进展", {"做法成效": "电话报告：决赛定在九月。"}),
    Decision("2026-07-06", "2026-1-1", "同意销号"),
    Decision("2026-07-06", "2026-2-1", "退回办结申请", {"理由": "请补报选举结果批复"}),
    Decision("2026-08-06", "2026-2-1", "同意销号"),
    Decision("2026-08-12", "2026-1-6", "申请办结", {"说明": "合同已备案"}),
    Decision("2026-08-14", "2026-1-6", "同意销号"),
    Decision("2026-09-10", "2026-2-2", "同意销号"),
    Decision("2026-10-09", "2026-1-2", "同意销号"),
    Decision("2026-10-12", "2026-2-2", "重开", {"理由": "复查发现两批没有成行"}),
    Decision(
        *("2026-10-13", "2026-2-3", "申请延期"),
        {"理由": "设备未到"},
        {"延期至": "2026-12-20"},
    ),
    Decision("2026-10-20", "2026-2-3", "不同意延期", {"理由": "须如期建成"}),
    Decision(
        *("2026-11-10", "2026-2-6", "申请延期"),
        {"理由": "教师冲突"},
        {"延期至": "2026-12-15"},
    ),
    Decision("2026-11-12", "2026-2-6", "同意延期", days={"延期至": "2026-12-15"}),
    Decision("2026-12-07", "2026-2-2", "同意销号"),
    Decision("2026-12-07", "2026-2-3", "同意销号"),
    Decision("2026-12-10", "2026-2-6", "申请办结"),
    Decision("2026-12-11", "2026-2-6", "同意销号"),
    Decision("2027-01-11", "2026-1-3", "同意销号"),
    Decision("2027-01-11", "2026-1-4", "同意销号"),
)
MIDYEAR: Final = date(2026, 6, 30)
LOOKED_AT: Final = ("2026-2-1", "2026-1-6")
# What the page says after the last forms of each month
HEADLINES: Final = (
    "12 项：办结 0 项（0%），推进中 12 项；2026年1月应报 11 项，全部已报。",
    "12 项：办结 0 项（0%），推进中 12 项；2026年2月应报 11 项，未报 3 项。",
    "12 项：办结 1 项（8%），推进中 11 项；2026年3月应报 11 项，全部已报。",
    "11 项：办结 1 项（9%），推进中 10 项，另已取消 1 项；2026年4月应报 9 项，未报 2 项。",
    "11 项：办结 1 项（9%），推进中 10 项，另已取消 1 项；2026年5月应报 9 项，全部已报。",
    "11 项：办结 2 项（18%），推进中 9 项，逾期 1 项，另已取消 1 项；2026年6月应报 9 项，未报 2 项。",
    "11 项：办结 3 项（27%），推进中 8 项，另已取消 1 项；2026年7月应报 9 项，未报 1 项。",
    "11 项：办结 4 项（36%），待确认 1 项，推进中 6 项，逾期 1 项，另已取消 1 项；2026年8月应报 8 项，全部已报。",
    "11 项：办结 5 项（45%），待确认 1 项，推进中 5 项，逾期 1 项，另已取消 1 项；2026年9月应报 6 项，未报 1 项。",
    "11 项：办结 5 项（45%），推进中 6 项，逾期 2 项，另已取消 1 项；2026年10月应报 6 项，未报 2 项。",
    "11 项：办结 7 项（64%），推进中 4 项，另已取消 1 项；2026年11月应报 6 项，未报 2 项。",
    "11 项：办结 8 项（73%），待确认 2 项，推进中 1 项，逾期 2 项，另已取消 1 项；2026年12月应报 4 项，全部已报。",
)
PUT_RIGHT: Final = "更正\n\n"  # a button, which stands there today only
CHASED: Final = (
    (),
    ("? 未报送 组织疗休养", "? 未报送 走访困难职工", "? 未报送 维护职工权益"),
    (),
    ("⇢ 待答复延期 签订集体合同", "? 未报送 走访困难职工", "? 未报送 维护职工权益"),
    (),
    ("✖ 逾期 完成换届", "? 未报送 签订集体合同", "? 未报送 开展技能竞赛"),
    ("▲ 临期 签订集体合同", "? 未报送 建设服务中心"),
    ("✖ 逾期 · ✔? 待确认办结 组织疗休养",),
    ("✖ 逾期 · ✔? 待确认办结 开展技能竞赛", "? 未报送 编印年鉴"),
    ("✖ 逾期 组织疗休养", "✖ 逾期 · ? 未报送 建设服务中心", "? 未报送 培训工会干部"),
    ("▲ 临期 培训工会干部", "? 未报送 走访困难职工", "? 未报送 维护职工权益"),
    ("✖ 逾期 · ✔? 待确认办结 编印年鉴", "✖ 逾期 · ✔? 待确认办结 走访困难职工"),
)
AT_THE_END: Final = (
    "11 项：办结 10 项（91%），推进中 1 项，另已取消 1 项；2026年12月应报 4 项，全部已报。"
)


class Year:
    """One office, its page in the browser, and the clock by which it lives."""

    def __init__(self, page: Page, clock: Clock, table: Path) -> None:
        self.page = page
        self.clock = clock
        self.table = table
        self.decisions = [*DECISIONS]
        self.midyear: dict[str, object] = {}
        self.address = page.url.split("?")[0]

    def go(self, day: str, **query: str) -> None:
        """Look at the page on a day."""
        self.clock.set(f"{day} 09:00")
        self.look()

    def look(self, **query: str) -> None:
        """Look at the page anew."""
        asked = "".join(f"&{name}={text}" for name, text in query.items())
        self.page.goto(f"{self.address}?lang=zh{asked}")
        settle(self.page)

    def until(self, day: str) -> None:
        """Record what is decided before a day, each on its own, and go on to that day."""
        while self.decisions and self.decisions[0].day < day:
            self.decide(self.decisions.pop(0))
        self.go(day)

    def decide(self, decision: Decision) -> None:
        page = self.page
        self.clock.set(f"{decision.day} 10:00")
        office.open_measure(page, decision.measure)
        office.act(page, decision.act)
        for label, text in decision.texts.items():
            page.locator(".st-key-acts").get_by_label(label).fill(text)
        for label, day in decision.days.items():
            office.set_day(page, label, day)
        office.submit(page)
        expect(page.get_by_text("已记入台账。")).to_be_visible(timeout=office.PATIENCE)

    # The forms of a month

    def month(self, number: int) -> None:
        """The forms of a month go out on its 26th, and come back until the 8th of the next one."""
        following = f"{2026 + number // 12}-{number % 12 + 1:02}"
        self.until(f"2026-{number:02}-26")
        forms = self.hand_out(number)
        if number == MIDYEAR.month:
            self.until(MIDYEAR.isoformat())
            self.midyear = self.said()
        self.until(f"{following}-03")
        self.take_in(number, forms, late=False)
        self.until(f"{following}-08")
        assert self.reports(number) == expected_reports(number, late_came=False)
        self.take_in(number, forms, late=True)
        assert self.reports(number) == expected_reports(number, late_came=True)
        assert headline(self.page) == HEADLINES[number - 1]
        assert self.chased() == [*CHASED[number - 1]]

    def hand_out(self, number: int) -> dict[str, bytes]:
        """The forms as the departments fill them in, by department."""
        forms = office.forms_out(self.page)
        assert len(forms) == sum(bool(asked_of(number, name)) for name in DEPARTMENTS)
        of_department = {name.split(" ")[0]: data for name, data in forms.items()}
        return {name: filled(data, answers(number, name)) for name, data in of_department.items()}

    def take_in(self, number: int, forms: Mapping[str, bytes], *, late: bool) -> None:
        """Drop the forms of who sends them now, look at what comes of them, and record it."""
        page, period = self.page, f"2026-{number:02}"
        senders = [name for name in forms if is_sent(number, name, late=late)]
        if not senders:
            return
        if late:
            office.choose(page, "报送期", period)  # the current one is the next by now
        office.drop(page, {f"{name} {period}.xlsx": forms[name] for name in senders})
        assert column(page, "forms_preview", "department") == senders
        rows = [len(answers(number, name)) for name in senders]
        entries = sum(entries_of(number, name) for name in senders)
        if UNCLEAR[0] == number and UNCLEAR[1] in senders:
            self.ask_back(number, entries)
        elif CONFLICT[0] == number and CONFLICT[1] in senders:
            assert "1" in column(page, "forms_preview", "conflict")
            page.get_by_text("有冲突的 1 项，也按收回的表登记").click()
            settle(page)
            self.confirm(entries)
        else:
            assert column(page, "forms_preview", "new") == [str(count) for count in rows]
            self.confirm(entries)

    def ask_back(self, number: int, entries: int) -> None:
        """One answer is unclear: the others are recorded, and its form comes back once more."""
        page, name = self.page, UNCLEAR[1]
        assert "1" in column(page, "forms_preview", "question")
        expect(page.get_by_text("写的是“基本完成”")).to_be_visible()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="下载写明要改什么的表").click()
        noted = waiting.value.path().read_bytes()
        self.confirm(entries - 1)
        again = filled(noted, {UNCLEAR[2]: {"是否完成": "推进中"}})
        office.drop(page, {f"{name} 2026-{number:02}.xlsx": again})
        self.confirm(1)

    def confirm(self, count: int) -> None:
        """Record what is new; count: how many entries."""
        page = self.page
        page.get_by_role("button", name=f"把 {count} 条新内容记入台账").click()
        done = page.get_by_text(f"已记入台账：{count} 条。")
        expect(done).to_be_visible(timeout=office.PATIENCE)
        settle(page)

    # What the page says

    def chased(self) -> list[str]:
        """Whom to chase, for what: `✖ 逾期 完成换届`."""
        return [" ".join(cells[:2]) for cells in office.rows(self.page, "chase")]

    def said(self, **query: str) -> dict[str, object]:
        """All that the board says on a day, of the list and of two measures."""
        page = self.page
        self.look(**query)
        said: dict[str, object] = {
            "headline": headline(page),
            "cards": page.locator(".st-key-progress_cards a").all_inner_texts(),
            "punctuality": page.locator(".st-key-completion_figure p").all_inner_texts(),
            **{key: office.rows(page, key) for key in ("chase", "reports", "completion")},
        }
        for measure in LOOKED_AT:
            self.look(measure=measure, **query)
            followed = page.locator(".st-key-followed")
            events = followed.locator("[class*=st-key-event_]").all_inner_texts()
            history = [text.replace(PUT_RIGHT, "") for text in events]
            said[measure] = [followed.locator("p").first.inner_text(), history]
        return said

    def reports(self, number: int) -> dict[str, str]:
        """What the table of reports says of a month, by department; what was not asked is left out."""
        departments = column(self.page, "reports", "department")
        cells = column(self.page, "reports", f"2026-{number:02}")
        return {name: cell for name, cell in zip(departments, cells, strict=True) if cell}


def asked_of(number: int, department: str) -> list[str]:
    """The measures on which a department is to report for a month."""
    return [measure for measure in LEADS[department] if number in ASKED[measure]]


def is_sent(number: int, department: str, *, late: bool) -> bool:
    if SILENT.get(number) == department:
        return False
    return late == (LATE.get(number) == department)


def answers(number: int, department: str) -> dict[str, dict[str, object]]:
    """What a department fills in for a month."""
    of_rows: dict[str, dict[str, object]] = {}
    asked = asked_of(number, department)
    for measure in asked[-1:] if HALF.get(number) == department else asked:
        cells: dict[str, object] = {
            "是否完成": "推进中",
            "做法成效": f"{number} 月：按计划推进。",
            "填报人": "王芳",
            **SAID.get((number, measure), {}),
        }
        if (number, department, measure) == UNCLEAR:
            cells["是否完成"] = "基本完成"
        if measure in REACHED:
            cells["完成值1"] = REACHED[measure][number - 1]
        of_rows[measure] = cells
    return of_rows


def entries_of(number: int, department: str) -> int:
    """How many events come of what a department fills in: a claim and an extension are one more each."""
    of_rows = answers(number, department).values()
    return sum(1 + (cells["是否完成"] == "申请办结") + ("申请延期至" in cells) for cells in of_rows)


def expected_reports(number: int, *, late_came: bool) -> dict[str, str]:
    """How the table of reports counts a month: by hand, from who sent what when."""
    cells: dict[str, str] = {}
    for name in DEPARTMENTS:
        asked = len(asked_of(number, name))
        reported = 1 if HALF.get(number) == name else asked
        is_late = LATE.get(number) == name
        if SILENT.get(number) == name or (is_late and not late_came):
            reported = 0
        if CLAIMED.get(number) == name:
            asked, reported = asked + 1, reported + 1
        parts = [f"{reported}/{asked}"]
        if is_late and late_came:
            parts.append(f"迟报 {reported}")
        if asked > reported:
            parts.append(f"未报 {asked - reported}")
        if asked:
            cells[name] = " · ".join(parts)
    return cells


@pytest.fixture
def year(visit: Visit, tmp_path: Path) -> Iterator[Year]:
    table = table_of(tmp_path, ROWS)
    table.with_name("table.milestones.csv").write_text(MILESTONES, "utf-8")
    clock = Clock(tmp_path / "clock", "2026-01-08 09:00")
    with serving(table, clock=clock.file, TZ="UTC") as address:
        page = visit("progress", address=address, first=True, lang="zh")
        yield Year(page, clock, table)
        page.close()


@pytest.mark.long
def test_an_office_keeps_its_list_through_a_year(year: Year, tmp_path: Path) -> None:
    page = year.page
    page.get_by_role("button", name="开始跟踪进展").click()
    settle(page)
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_text("已开始跟踪")).to_be_visible(timeout=office.PATIENCE)
    settle(page)
    assert headline(page) == "12 项：办结 0 项（0%），推进中 12 项。"
    for number in range(1, 13):
        year.month(number)
    year.until("2027-01-12")
    assert headline(page) == AT_THE_END
    assert year.said(as_of=MIDYEAR.isoformat()) == year.midyear
    check_ledger(year.table, tmp_path)


def check_ledger(table: Path, folder: Path) -> None:
    """The chain holds; as lines and as a workbook it is taken in by an empty ledger, to the byte."""
    events = Ledger(place.of_table(table)).events()
    assert ledger("verify", table) == 0
    for name in ("lines.jsonl", "book.xlsx"):
        copy = (folder / name).with_suffix(".csv")
        assert ledger("export", table, folder / name) == 0
        assert ledger("import", copy, folder / name) == 0
        again = Ledger(place.of_table(copy)).events()
        assert exchange.as_lines(again) == exchange.as_lines(events)
    sheet = openpyxl.load_workbook(folder / "book.xlsx").worksheets[0]
    assert sheet.max_row == len(events) + 1


def ledger(action: str, *paths: Path) -> int:
    return terminal.main(["ledger", action, *map(str, paths), "--lang", "zh"])
