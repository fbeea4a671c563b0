"""What the ledger says of each measure on a day: state, days, reports, lights, shares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lib.answers import sentences
from lib.errors import BoardError
from lib.i18n import translator
from lib.ledger import acts, chase, completion, lights, targets
from lib.ledger.chase import Reason
from lib.ledger.events import Asked, Cadence, Month, Stage, Started
from lib.ledger.lights import NO_LIGHT
from lib.ledger.periods import Period
from lib.ledger.reporting import Outcome
from lib.ledger.states import State
from lib.ledger.targets import Target
from lib.text import workdays
from tests.ledgers import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    kept = Office(tmp_path)
    kept.start()
    return kept


def outcomes(office: Office, day: str, period: str) -> list[Outcome]:
    reporting = office.reporting(day)
    (found,) = [of_list for of_list in reporting.rounds if of_list.period.code == period]
    return [Outcome(outcome) for outcome in reporting.of_round(found).tolist()]


def days(column: np.ndarray) -> list[str]:
    return ["" if np.isnat(day) else str(day) for day in column]


# --- what is followed -----------------------------------------------------------------------------


def test_a_table_without_a_ledger_follows_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    status = office.status("2026-12-31")
    assert not status.is_started
    assert not status.late.any()
    assert office.lights("2026-12-31") == [" "] * 4
    assert not office.ledger.exists()


def test_a_list_is_followed_from_the_day_on_which_it_is_started(office: Office) -> None:
    assert not office.status("2026-01-04").is_started
    assert office.status("2026-01-05").followed.all()


def test_only_the_list_that_is_started_is_followed(tmp_path: Path) -> None:
    office = Office(
        tmp_path,
        """
        1,2026,重点工作,一,一,甲事,张慧,组宣部,6月底前
        2,2025,重点工作,一,一,乙事,张慧,组宣部,6月底前
        3,2026,另一清单,一,一,丙事,张慧,组宣部,6月底前
        """,
    )
    office.start()
    status = office.status("2026-12-31")
    assert status.followed.tolist() == [True, False, False]
    assert status.late.tolist() == [True, False, False]


# --- states ---------------------------------------------------------------------------------------


def test_a_claim_is_not_closed_until_the_office_agrees(office: Office) -> None:
    claim = acts.claim(
        office.about("2026-06-20", "1"), Period.of_code("2026-06"), date(2026, 6, 19)
    )
    office.record("2026-06-20", claim)
    status = office.status("2026-06-25")
    assert State(status.state[0]) is State.CLAIMED
    assert days(status.claimed_on)[0] == "2026-06-19"
    office.close("2026-06-26", "1", "2026-06-19")
    closed = office.status("2026-06-26")
    assert State(closed.state[0]) is State.CLOSED
    assert days(closed.closed_on)[0] == "2026-06-19"
    assert days(closed.claimed_on)[0] == ""


def test_an_earlier_day_shows_what_was_known_then(office: Office) -> None:
    office.close("2026-07-05", "1", "2026-06-29")
    assert State(office.status("2026-07-04").state[0]) is State.OPEN
    assert office.status("2026-07-04").late[0]
    assert State(office.status("2026-07-05").state[0]) is State.CLOSED


def test_a_claim_that_is_returned_is_open_with_a_mark(office: Office) -> None:
    claim = acts.claim(
        office.about("2026-06-20", "1"), Period.of_code("2026-06"), date(2026, 6, 19)
    )
    office.record("2026-06-20", claim)
    office.record("2026-06-22", acts.give_back(office.about("2026-06-22", "1"), "材料不全"))
    status = office.status("2026-06-22")
    assert State(status.state[0]) is State.OPEN
    assert status.returned.tolist() == [True, False, False, False]


def test_what_was_cancelled_leaves_the_shares_and_may_be_reopened(office: Office) -> None:
    office.record("2026-03-01", acts.cancel(office.about("2026-03-01", "4"), "任务合并"))
    cancelled = office.status("2026-03-02")
    assert cancelled.counted.tolist() == [True, True, True, False]
    office.record("2026-04-01", acts.reopen(office.about("2026-04-01", "4"), "恢复"))
    reopened = office.status("2026-04-01")
    assert reopened.counted.all()
    assert reopened.reopened.tolist() == [False, False, False, True]


def test_late_is_what_is_not_closed_after_its_current_day(office: Office) -> None:
    assert not office.status("2026-06-30").late.any()
    assert office.status("2026-07-01").late.tolist() == [True, False, False, False]
    claim = acts.claim(office.about("2026-07-01", "1"), Period.of_code("2026-07"), date(2026, 7, 1))
    office.record("2026-07-01", claim)
    assert office.status("2026-07-02").late[0]


def test_a_measure_without_a_day_is_never_late(office: Office) -> None:
    assert not office.status("2030-01-01").late[2]


def test_an_extension_moves_the_day_and_keeps_the_first_one(office: Office) -> None:
    asked = acts.ask_extension(
        office.about("2026-06-10", "1"), date(2026, 6, 30), date(2026, 8, 31), "场地未定"
    )
    office.record("2026-06-10", asked)
    assert office.status("2026-06-11").asked.tolist() == [True, False, False, False]
    assert days(office.status("2026-06-11").due)[0] == "2026-06-30"
    office.grant("2026-06-15", "1", "2026-08-31")
    granted = office.status("2026-06-15")
    assert not granted.asked.any()
    assert days(granted.due)[0] == "2026-08-31"
    assert days(granted.first_due)[0] == "2026-06-30"
    assert granted.extended.tolist() == [True, False, False, False]
    assert not office.status("2026-07-15").late.any()


def test_an_extension_that_is_refused_changes_no_day(office: Office) -> None:
    asked = acts.ask_extension(
        office.about("2026-06-10", "1"), date(2026, 6, 30), date(2026, 8, 31), "场地未定"
    )
    office.record("2026-06-10", asked)
    office.record("2026-06-12", acts.refuse_extension(office.about("2026-06-12", "1"), "按期"))
    status = office.status("2026-06-12")
    assert not status.asked.any()
    assert not status.extended.any()


# --- reports --------------------------------------------------------------------------------------


def test_silence_a_late_report_and_no_news_are_three_things(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01", Stage.NO_NEWS)
    office.report("2026-02-05", "3", "2026-01")
    office.report("2026-02-09", "2", "2026-01")
    assert outcomes(office, "2026-02-05", "2026-01")[3] is Outcome.WAITING
    assert outcomes(office, "2026-02-10", "2026-01") == [
        Outcome.NO_NEWS,
        Outcome.LATE,
        Outcome.ON_TIME,
        Outcome.MISSING,
    ]


def test_a_report_that_is_put_right_later_stays_on_time(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01", did="走访 3 户")
    office.report("2026-02-20", "1", "2026-01", did="走访 4 户", corrects="some id")
    assert outcomes(office, "2026-02-28", "2026-01")[0] is Outcome.ON_TIME


def test_a_claim_answers_for_its_period(office: Office) -> None:
    claim = acts.claim(
        office.about("2026-02-02", "1"), Period.of_code("2026-01"), date(2026, 1, 30)
    )
    office.record("2026-02-02", claim)
    assert outcomes(office, "2026-02-28", "2026-01")[0] is Outcome.ON_TIME
    assert outcomes(office, "2026-03-31", "2026-02")[0] is Outcome.NOT_ASKED


def test_who_is_closed_paused_or_cancelled_is_asked_no_more(office: Office) -> None:
    office.close("2026-02-10", "1")
    office.record("2026-02-10", acts.pause(office.about("2026-02-10", "2"), "等资金"))
    office.record("2026-02-10", acts.cancel(office.about("2026-02-10", "4"), "任务合并"))
    assert outcomes(office, "2026-04-30", "2026-02") == [
        Outcome.NOT_ASKED,
        Outcome.NOT_ASKED,
        Outcome.MISSING,
        Outcome.NOT_ASKED,
    ]


def test_nobody_is_asked_before_the_window_begins(tmp_path: Path) -> None:
    office = Office(tmp_path, "1,2026,重点工作,一,一,甲事,张慧,组宣部,8—10月")
    office.start()
    assert outcomes(office, "2026-09-30", "2026-07") == [Outcome.NOT_ASKED]
    assert outcomes(office, "2026-09-30", "2026-08") == [Outcome.MISSING]


def test_periods_of_silence_are_counted_to_the_last_one_that_was_due(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01")
    assert office.reporting("2026-04-04").silent.tolist() == [1, 2, 2, 2]
    office.report("2026-04-04", "2", "2026-03")
    assert office.reporting("2026-04-06").silent.tolist() == [2, 0, 3, 3]


def test_a_list_that_is_started_anew_has_the_new_rule_from_its_first_period(office: Office) -> None:
    office.start("2026-04-01", Started(Cadence.QUARTER, 10, Month.NEXT, "2026-Q2", Asked.LEAD))
    codes = [of_round.period.code for of_round in office.status("2026-08-01").rounds]
    assert codes == ["2026-01", "2026-02", "2026-03", "2026-Q2", "2026-Q3"]


PERIODS = (
    # period, due in, day → first day, last day, due
    ("2026-02", Month.SAME, 25, "2026-02-01", "2026-02-28", "2026-02-25"),
    ("2026-02", Month.SAME, 31, "2026-02-01", "2026-02-28", "2026-02-28"),
    ("2026-12", Month.NEXT, 5, "2026-12-01", "2026-12-31", "2027-01-05"),
    ("2026-Q1", Month.NEXT, 10, "2026-01-01", "2026-03-31", "2026-04-10"),
    ("2026-Q4", Month.SAME, 20, "2026-10-01", "2026-12-31", "2026-12-20"),
)


@pytest.mark.parametrize(("code", "month", "day", "first", "last", "due"), PERIODS)
def test_a_period_has_its_days(
    code: str, month: Month, day: int, first: str, last: str, due: str
) -> None:
    period = Period.of_code(code)
    rule = Started(period.cadence, day, month, code)
    assert period.code == code
    assert period.first_day.isoformat() == first
    assert period.last_day.isoformat() == last
    assert period.due(rule).isoformat() == due
    assert Period.of_day(period.last_day, period.cadence) == period
    assert period.next().first_day > period.last_day


@pytest.mark.parametrize("code", ["2026-13", "2026-Q5", "2026", "2026-1"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=code):
        Period.of_code(code)


# --- lights ---------------------------------------------------------------------------------------


def test_the_lights_are_the_declared_ones_in_their_order(office: Office) -> None:
    assert office.lights("2026-02-04") == ["◆"] * 4
    assert office.lights("2026-02-06") == ["?"] * 4
    assert office.lights("2026-06-22")[0] == "▲"
    assert office.lights("2026-07-01")[0] == "✖"
    office.close("2026-07-02", "1")
    office.record("2026-07-02", acts.pause(office.about("2026-07-02", "2"), "等资金"))
    office.record("2026-07-02", acts.cancel(office.about("2026-07-02", "4"), "任务合并"))
    assert office.lights("2026-07-02") == ["✔", "⏸", "?", " "]


def test_another_preset_gives_other_lights(office: Office) -> None:
    assert office.lights("2026-06-24", "days") == ["●"] * 4
    assert office.lights("2026-06-26", "days")[0] == "▲"
    assert office.lights("2026-06-29", "days")[0] == "▼"
    assert office.lights("2026-07-01", "days")[0] == "✖"


def test_a_reminder_to_a_department_is_about_no_measure(office: Office) -> None:
    office.record("2026-02-06", acts.remind(office.about("2026-02-06"), "请报送 1 月进展"))
    assert len(office.journal()) == 2
    assert office.status("2026-02-06").is_started


def test_a_report_of_no_measure_is_nobody_s(office: Office) -> None:
    office.report("2026-02-03", "", "2026-01")
    assert outcomes(office, "2026-02-10", "2026-01") == [Outcome.MISSING] * 4


def test_the_rules_of_a_day_are_those_that_held_then(office: Office) -> None:
    rules = lights.preset("days")
    office.record("2026-05-01", acts.change_rules(office.about("2026-05-01"), rules))
    journal = office.journal()
    assert lights.in_force(journal, date(2026, 4, 30)) == lights.preset(lights.DEFAULT)
    assert lights.in_force(journal, date(2026, 5, 1)) == rules


NAMED = "name = {zh='甲', en='a'}\nmark='x'\n"
BAD_RULES = (
    ("light = 3", "lights_unreadable"),
    ("", "lights_unreadable"),
    ("[[light]]\nmark = 'x'", "lights_unreadable"),
    (
        "[[light]]\nname = {zh='甲', en='a'}\nmark='x'\ncolour='#fff'\nwhen = {moon = {is = true}}",
        "lights_unreadable",
    ),
    (f"[[light]]\n{NAMED}colour='red'", "lights_unreadable"),
    (f"[[light]]\n{NAMED}colour='#fff'", "lights_unreadable"),
    (f"[[light]]\n{NAMED}colour='#FFFFFF'\n[[light]]\n{NAMED}colour='#000000'", "same_marks"),
    ("light = []", "too_many_lights"),
)


@pytest.mark.parametrize(("toml", "code"), BAD_RULES)
def test_rules_that_cannot_be_read_are_refused_with_what_is_wrong(toml: str, code: str) -> None:
    with pytest.raises(BoardError) as refused:
        lights.read(toml, "table.lights.toml")
    assert refused.value.code == code


def test_what_is_not_followed_has_no_light(tmp_path: Path) -> None:
    office = Office(tmp_path)
    rules = lights.read(lights.preset(lights.DEFAULT))
    of_rows = lights.of_rows(rules, office.status("2026-05-01"), office.facts("2026-05-01"))
    assert (of_rows == NO_LIGHT).all()


# --- targets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "number"),
    [
        *[("4", 4.0), ("1,200 户", 1200.0), ("不低于90%", 90.0)],
        *[("若干", None), ("0", None), ("4%以内", None), ("低于4%", None)],
    ],
)
def test_the_number_of_a_target_is_one_that_can_be_reached(
    target: str, number: float | None
) -> None:
    assert targets.to_reach("目标", target) == number


TARGETS = (
    (Target(0, "职工书屋", "个", 4.0, "4"), None, "职工书屋：还没有报送完成值（目标 4 个）"),
    (Target(0, "职工书屋", "个", 4.0, "4"), 3.0, "职工书屋：3／4 个（75%）"),
    (Target(0, "走访", "户", 100.0, "100户"), 150.5, "走访：150.5／100户（150%）"),
    (Target(0, "失业率", "%", None, "4%以内"), 3.8, "失业率：3.8（目标 4%以内）"),
)


@pytest.mark.parametrize(("target", "number", "words"), TARGETS)
def test_a_target_has_a_share_only_where_there_is_a_number_to_be_reached(
    target: Target, number: float | None, words: str
) -> None:
    assert sentences.reached(target, number, translator("zh")) == words


def test_a_target_that_stands_twice_is_asked_for_once(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,职工书屋,2,个\n1,9月,职工书屋,4,个\n1,9月,失业率,4%以内,\n2,9月,只有节点,,\n",
        "utf-8",
    )
    of_rows = targets.by_row(Office(tmp_path).table)
    asked = targets.each_name_once(of_rows[0])
    assert [target.number for target in of_rows[0]] == [2.0, 4.0, None]
    assert [target.name for target in asked] == ["职工书屋", "失业率"]


def test_behind_is_the_share_of_the_time_less_the_share_that_is_reached(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,职工书屋,4,个\n2,9月,失业率控制在4%以内,4,%\n"
        "3,12月,走访,100,户\n4,12月,换届,,\n",
        "utf-8",
    )
    office = Office(tmp_path)
    office.start()
    office.report("2026-04-01", "1", "2026-03", values={"职工书屋": 1.0})
    office.report("2026-04-01", "2", "2026-03", values={"失业率控制在4%以内": 5.0})
    office.report("2026-04-01", "3", "2026-03", values={"走访": 150.0})
    office.report("2026-04-01", "99", "2026-03", values={"别的表里的": 1.0})
    behind = office.facts("2026-04-01").values["behind"]
    assert behind[0] == pytest.approx(100 * (91 / 181 - 1 / 4))
    assert np.isnan(behind[1:]).all()
    assert np.isnan(office.facts("2026-03-31").values["behind"]).all()


# --- shares and whom to chase ---------------------------------------------------------------------


def test_shares_leave_out_the_cancelled_and_say_what_they_are_of(office: Office) -> None:
    office.grant("2026-06-15", "1", "2026-08-31")
    office.close("2026-08-20", "1")
    office.record("2026-08-20", acts.cancel(office.about("2026-08-20", "4"), "任务合并"))
    counts = completion.total(office.status("2026-10-01"), None)
    assert counts["measures"] == 3
    assert counts["closed"] == 1
    assert counts["late"] == 1
    assert counts["cancelled"] == 1
    assert (counts["on_first_due"], counts["of_first_due"]) == (0, 2)
    assert (counts["on_due"], counts["of_due"]) == (1, 2)
    assert completion.total(office.status("2026-10-01"), np.array([0]))["measures"] == 1


def test_departments_and_leaders_have_their_own_shares(office: Office) -> None:
    office.close("2026-06-20", "1")
    status = office.status("2026-07-01")
    by_department = completion.by_department(office.table, None, status)
    assert by_department[["department", "measures", "closed"]].to_numpy().tolist() == [
        ["组宣部", 2, 1],
        ["经济部", 1, 0],
        ["保障部", 1, 0],
    ]
    by_leader = completion.by_leader(office.table, np.array([0, 2]), status)
    assert by_leader[["leader", "measures", "closed"]].to_numpy().tolist() == [
        ["张慧", 1, 1],
        ["李强", 1, 0],
    ]


def test_the_chase_list_begins_with_what_presses_most(office: Office) -> None:
    for measure_id in ("1", "2", "3"):
        office.report("2026-09-01", measure_id, "2026-08")
    claim = acts.claim(office.about("2026-09-02", "2"), Period.of_code("2026-09"), date(2026, 9, 1))
    office.record("2026-09-02", claim)
    status, reporting = office.status("2026-09-10"), office.reporting("2026-09-10")
    reasons = chase.reasons(status, reporting, office.facts("2026-09-10"))
    chased = chase.listing(reasons, status.due, None)
    assert [
        (office.table.codes.ids[int(place)].as_py(), Reason(reason))
        for place, reason in zip(chased["position"], chased["reason"], strict=True)
    ] == [("1", Reason.LATE), ("2", Reason.CLAIMED), ("4", Reason.SILENT)]
    only = chase.listing(reasons, status.due, np.array([3]))
    assert only["position"].tolist() == [3]


def test_workdays_to_several_days_are_those_to_each() -> None:
    day = date(2026, 9, 28)
    texts = ["2026-09-01", "2026-09-28", "2026-10-09", "2026-10-12", "2027-03-01"]
    count = workdays.between_each(day, np.array(texts, "M8[D]"))
    assert count.tolist() == [workdays.between(day, date.fromisoformat(text)) for text in texts]
    assert count[:2].tolist() == [-19, 0]  # a feast less, a worked Sunday more
    assert workdays.between_each(day, np.array([], "M8[D]")).tolist() == []
