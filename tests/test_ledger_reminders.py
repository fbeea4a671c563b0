"""Reminders: who is reminded of what, never twice on a day, in one text a department."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lib.answers import sentences
from lib.errors import BoardError
from lib.i18n import translator
from lib.ledger import acts, chase, reminders
from lib.ledger.chase import Reason
from lib.ledger.events import Reminder, body_of
from lib.ledger.periods import Period
from lib.ledger.reminders import Desk, Waiting
from tests.ledgers import LIST, Office

ZH, EN = translator("zh"), translator("en")
DAY = "2026-07-08"  # a Wednesday, on which 1 is late and June is due


@pytest.fixture
def office(tmp_path: Path) -> Office:
    kept = Office(tmp_path)
    kept.start()
    for measure_id in ("2", "4"):
        kept.report("2026-07-01", measure_id, "2026-06")
    return kept


def waiting(office: Office, day: str = DAY, rows: np.ndarray | None = None) -> list[Waiting]:
    status, reporting, known = office.status(day), office.reporting(day), office.facts(day)
    desk = Desk(
        office.table,
        status,
        reporting,
        chase.reasons(status, reporting, known),
        [one for one in office.journal().reminders if str(one.known) <= day],
    )
    chased = chase.listing(desk.reasons, status.due, rows)
    return reminders.of_departments(desk, chased["position"].to_numpy())


def about(of_department: Waiting) -> list[str]:
    return [duty.about for duty in of_department.duties]


def remind(office: Office, of_department: Waiting, day: str = DAY) -> None:
    to = office.about(day, on_behalf=of_department.department)
    known = office.journal().reminders
    office.record(day, reminders.draft(to, of_department, "请抓紧", known))


def text(of_department: Waiting, office: Office, t=ZH) -> str:
    return sentences.reminder(
        of_department, office.table, date.fromisoformat(DAY), date(2026, 7, 10), t
    )


def test_each_department_is_reminded_of_what_it_leads(office: Office) -> None:
    assert {
        of_department.department: about(of_department) for of_department in waiting(office)
    } == {
        "组宣部": ["late:1", "silent:1"],
        "保障部": ["silent:3"],
    }
    (only,) = waiting(office, rows=np.array([2]))
    assert only.department == "保障部"


def test_what_waits_for_the_office_is_no_department_s_to_do(office: Office) -> None:
    to = office.about("2026-07-07", "1")
    office.record("2026-07-07", acts.claim(to, Period.of_code("2026-07"), date(2026, 7, 7)))
    assert [of_department.department for of_department in waiting(office)] == ["保障部"]


def test_what_is_due_soon_is_reminded_of_with_its_workdays(office: Office) -> None:
    office.grant("2026-06-20", "1", "2026-07-15")
    office.report(DAY, "1", "2026-06")
    first = waiting(office)[0]
    assert about(first) == ["due_soon:1"]
    assert "1. 建成职工书屋：现定时限2026年7月15日，还有 5 个工作日" in text(first, office)


def test_a_department_is_not_reminded_twice_of_the_same_on_a_day(office: Office) -> None:
    remind(office, waiting(office)[0])
    again = waiting(office)[0]
    assert again.duties == ()
    assert (again.last, again.this_month) == (date(2026, 7, 8), 1)
    tomorrow = waiting(office, "2026-07-09")[0]
    assert about(tomorrow) == ["late:1", "silent:1"]
    assert waiting(office, "2026-08-06")[0].this_month == 0
    yesterday = waiting(office, "2026-07-07")[0]
    assert yesterday.last is None


def test_what_is_new_since_the_reminder_of_the_day_is_left(office: Office) -> None:
    only_late = waiting(office)[0]
    only_late = Waiting("组宣部", only_late.duties[:1], None, 0)
    remind(office, only_late)
    assert about(waiting(office)[0]) == ["silent:1"]


def test_who_has_not_seen_a_reminder_of_today_is_told(office: Office) -> None:
    stale = waiting(office)[0]
    remind(office, stale)
    with pytest.raises(BoardError) as refused:
        remind(office, stale)
    assert refused.value.code == "act_already_reminded"
    assert refused.value.details == {"department": "组宣部", "day": DAY}


def test_a_reminder_says_what_it_is_about_and_one_of_before_is_still_read(office: Office) -> None:
    remind(office, waiting(office)[0])
    event = office.ledger.events()[-1]
    assert (event.list, event.measure_id, event.on_behalf) == (LIST, "", "组宣部")
    assert body_of(event) == Reminder("组宣部", "请抓紧", ("late:1", "silent:1"))
    office.record(DAY, acts.remind(office.about(DAY, on_behalf="保障部"), "请报送"))
    of_before = waiting(office)[1]
    assert about(of_before) == ["silent:3"]
    assert of_before.this_month == 1


def test_the_text_says_what_is_late_and_silent_by_when_and_what_to_send(office: Office) -> None:
    assert text(waiting(office)[0], office).splitlines() == [
        "组宣部：",
        "截至2026年7月8日，贵部门负责的举措中：",
        "",
        "【已逾期 1 项】",
        "1. 建成职工书屋：现定时限2026年6月30日，已超过 8 天",
        "",
        "【未报送进展 1 项】",
        "1. 建成职工书屋：2026年6月进展，应于2026年7月5日前报送",
        "",
        "请于2026年7月10日前报办公室：逾期的，写明原因和预计完成时间，已完成的申请办结；"
        "未报送的，补报进展。",
    ]


def test_the_text_says_when_a_department_was_reminded_last(office: Office) -> None:
    remind(office, waiting(office, "2026-07-07")[0], "2026-07-07")
    assert text(waiting(office)[0], office).endswith("（上次催办：2026年7月7日）")
    assert text(waiting(office)[0], office, EN).endswith("(Last reminder: 7 Jul 2026)")


def test_a_text_of_very_many_measures_says_how_many_more_there_are(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{number},2026,重点工作,一,一,第{number}件事{'很长' * 40},张慧,组宣部,6月底前"
        for number in range(1, 31)
    )
    office = Office(tmp_path, rows)
    office.start()
    (all_of_it,) = waiting(office)
    assert len(all_of_it.of(Reason.LATE)) == 30
    whole = text(all_of_it, office)
    assert whole.count("另有 10 项，见看板。") == 2
    assert len(whole) < 10_000
