"""What offices run into: extensions at odd times, what is reopened, odd shares, clocks and midnights."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from lib.answers import sentences
from lib.i18n import translator
from lib.ledger import acts, completion, lights, progress
from lib.ledger.events import Kind
from lib.ledger.names import Name
from lib.ledger.periods import Period
from lib.ledger.progress import Progress
from tests.ledgers import LIST, Office

ZH = translator("zh")
DUE = date(2026, 6, 30)  # of the measure 1


@pytest.fixture
def office(tmp_path: Path) -> Office:
    kept = Office(tmp_path)
    kept.start()
    return kept


def ask(office: Office, day: str, until: str) -> None:
    about = office.about(day, "1")
    office.record(day, acts.ask_extension(about, DUE, date.fromisoformat(until), "场地未定"))


def seen(office: Office, day: str) -> Progress:
    rules = lights.read(lights.preset(lights.DEFAULT))
    return progress.of_table(office.table, office.journal(), date.fromisoformat(day), rules)


# --- extensions -----------------------------------------------------------------------------------


def test_who_asks_on_the_last_day_is_late_the_day_after_until_it_is_granted(office: Office) -> None:
    ask(office, "2026-06-30", "2026-08-31")
    assert not office.status("2026-06-30").late[0]
    assert office.status("2026-07-01").late[0]
    assert office.status("2026-07-01").asked[0]
    office.grant("2026-07-02", "1", "2026-08-31")
    assert not office.status("2026-07-02").late[0]
    assert office.status("2026-07-01").late[0], "what was known then stays"


def test_who_asks_after_the_last_day_may_still_be_granted_it(office: Office) -> None:
    ask(office, "2026-07-10", "2026-07-05")
    office.grant("2026-07-11", "1", "2026-07-05")
    status = office.status("2026-07-11")
    assert status.late[0], "the day that was granted has passed as well"
    assert (status.first_due[0], status.due[0]) == (np.datetime64(DUE), np.datetime64("2026-07-05"))
    office.close("2026-07-12", "1", "2026-07-04")
    counts = completion.total(office.status("2026-07-12"), np.array([0]))
    assert (counts["on_first_due"], counts["on_due"]) == (0, 1)


def test_one_answer_is_enough_for_what_was_asked_twice(office: Office) -> None:
    ask(office, "2026-06-01", "2026-07-31")
    ask(office, "2026-06-10", "2026-08-31")
    assert office.status("2026-06-10").asked[0]
    assert not office.status("2026-06-10").extended[0]
    office.record("2026-06-12", acts.refuse_extension(office.about("2026-06-12", "1"), "按期"))
    assert not office.status("2026-06-12").asked[0]


def test_a_claim_leaves_open_what_was_asked_before(office: Office) -> None:
    ask(office, "2026-06-01", "2026-08-31")
    claim = acts.claim(
        office.about("2026-06-20", "1"), Period.of_code("2026-06"), date(2026, 6, 19)
    )
    office.record("2026-06-20", claim)
    status = office.status("2026-06-20")
    assert status.asked[0]
    office.grant("2026-06-21", "1", "2026-08-31")
    office.close("2026-06-22", "1", "2026-06-19")
    assert not seen(office, "2026-06-22").chased(None)["position"].isin([0]).any()


# --- reopened, cancelled --------------------------------------------------------------------------


def test_what_is_reopened_is_open_late_and_asked_again_but_not_for_when_it_was_closed(
    office: Office,
) -> None:
    office.close("2026-06-20", "1")
    office.record("2026-09-10", acts.reopen(office.about("2026-09-10", "1"), "复查不合格"))
    status = office.status("2026-10-10")
    assert status.reopened[0]
    assert status.late[0]
    assert np.isnat(status.closed_on[0])
    outcomes = office.reporting("2026-10-10").outcome
    asked = {period: int(outcome[0]) for period, outcome in outcomes.items()}
    assert [asked[f"2026-{month:02}"] for month in (6, 7, 8)] == [0, 0, 0]
    assert asked["2026-09"] != 0
    assert completion.total(office.status("2026-09-09"), None)["closed"] == 1, "as it was known"
    assert completion.total(status, None)["closed"] == 0


def test_what_is_cancelled_is_in_no_share_and_back_in_it_when_it_is_reopened(
    office: Office,
) -> None:
    office.close("2026-06-20", "1")
    office.record("2026-07-01", acts.cancel(office.about("2026-07-01", "2"), "合并"))
    said = sentences.progress_headline(seen(office, "2026-07-02"), None, ZH)
    assert said.startswith("3 项：办结 1 项（33%），推进中 2 项，另已取消 1 项")
    office.record("2026-07-03", acts.reopen(office.about("2026-07-03", "2"), "单列"))
    said = sentences.progress_headline(seen(office, "2026-07-03"), None, ZH)
    assert said.startswith("4 项：办结 1 项（25%），推进中 3 项；")


def test_where_all_are_cancelled_there_is_no_share(office: Office) -> None:
    for measure_id in ("1", "2", "3", "4"):
        office.record("2026-02-01", acts.cancel(office.about("2026-02-01", measure_id), "机构改革"))
    assert sentences.progress_headline(seen(office, "2026-05-01"), None, ZH) == (
        "0 项：办结 0 项（—），另已取消 4 项。"
    )


# --- shares ---------------------------------------------------------------------------------------


def test_three_of_fifteen_are_a_fifth(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{number},2026,重点工作,一,{number},事项{number},张慧,部门{number % 3},6月底前"
        for number in range(1, 16)
    )
    office = Office(tmp_path, rows)
    office.start()
    for measure_id in ("1", "2", "4"):
        office.close("2026-03-01", measure_id)
    assert sentences.progress_headline(seen(office, "2026-03-02"), None, ZH).startswith(
        "15 项：办结 3 项（20%），推进中 12 项"
    )
    of_departments = seen(office, "2026-03-02").by_department(None)
    assert of_departments["measures"].tolist() == [5, 5, 5]
    assert of_departments["department"].tolist() == ["部门1", "部门2", "部门0"], (
        "ties in their order"
    )
    assert of_departments["closed"].tolist() == [2, 1, 0]


def test_more_than_the_target_is_shown_as_it_is_and_lags_behind_nothing(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,职工书屋,4,个\n", "utf-8"
    )
    office = Office(tmp_path)
    office.start()
    office.report("2026-06-03", "1", "2026-05", values={"职工书屋": 6.0})
    assert office.reached("2026-06-29") == {(0, "职工书屋"): 6.0}
    assert office.facts("2026-06-29").values["behind"][0] < 0


# --- the day of a period --------------------------------------------------------------------------


def test_on_its_day_a_period_is_awaited_and_what_was_missing_before_stays(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01")
    assert sentences.progress_headline(seen(office, "2026-02-05"), None, ZH).endswith(
        "推进中 4 项。"
    )
    on_the_day = seen(office, "2026-03-05")
    assert sentences.progress_headline(on_the_day, None, ZH).endswith(
        "2026年1月应报 4 项，未报 3 项。"
    )
    assert on_the_day.chased(None)["position"].tolist() == [1, 3, 2]
    day_after = sentences.progress_headline(seen(office, "2026-03-06"), None, ZH)
    assert day_after.endswith("2026年2月应报 4 项，未报 4 项。")


CURRENT = (
    ("2026-01-08", "2026-01"),
    ("2026-02-05", "2026-01"),
    ("2026-02-06", "2026-02"),
    ("2026-12-31", "2026-12"),
    ("2027-01-05", "2026-12"),
)


@pytest.mark.parametrize(("day", "period"), CURRENT)
def test_the_current_period_is_the_first_whose_day_has_not_passed(
    office: Office, day: str, period: str
) -> None:
    current = office.status(day).current("2026 · 重点工作")
    assert current == Period.of_code(period)


def test_a_list_that_is_not_followed_has_no_current_period(office: Office) -> None:
    assert office.status("2026-03-01").current("另一份清单") is None


# --- clocks ---------------------------------------------------------------------------------------


def at(moment: str) -> int:
    """Microseconds of a moment in UTC, which the server's clock may show."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_a_minute_before_and_after_midnight_are_two_days_of_the_office(office: Office) -> None:
    before = acts.close(office.about("2026-06-30", "1"), DUE)
    after = acts.close(office.about("2026-07-01", "2"), date(2026, 7, 1))
    office.ledger.append([before], at("2026-06-30 15:59"))
    office.ledger.append([after], at("2026-06-30 16:01"))
    assert completion.total(office.status("2026-06-30"), None)["closed"] == 1
    assert completion.total(office.status("2026-07-01"), None)["closed"] == 2


def test_a_report_is_late_by_the_minute_after_midnight_of_the_office(office: Office) -> None:
    for measure_id, moment in (("1", "2026-02-05 15:59"), ("2", "2026-02-05 16:01")):
        about = office.about("2026-02-05", measure_id)
        draft = acts.claim(about, Period.of_code("2026-01"), date(2026, 1, 31))
        office.ledger.append([draft], at(moment))
    counts = seen(office, "2026-02-06").reports(None)
    of_january = counts[counts["period"] == "2026-01"].set_index("department")
    assert of_january["late_report"].to_dict() == {"组宣部": 0, "经济部": 1, "保障部": 0}


def test_what_is_recorded_after_the_clock_stepped_back_is_known_in_its_order(
    office: Office,
) -> None:
    office.ledger.append(
        [acts.pause(office.about("2026-03-02", "1"), "等资金")], at("2026-03-02 02:00")
    )
    office.ledger.append(
        [acts.reopen(office.about("2026-03-01", "1"), "已到位")], at("2026-03-01 02:00")
    )
    assert [event.kind for event in office.ledger.of_measure(Name(LIST, "1"))] == [
        Kind.PAUSED,
        Kind.REOPENED,
    ]
    assert office.status("2026-03-02").reopened[0]
    assert office.status("2026-03-01").state.tolist() == [0, 0, 0, 0]
