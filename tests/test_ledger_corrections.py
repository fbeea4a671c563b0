"""A report that is put right: what counts afterwards, and what the history shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lib.errors import BoardError
from lib.ledger import acts, corrections
from lib.ledger.events import Event, Kind, Report, Stage
from lib.ledger.names import Name
from lib.ledger.periods import Period
from lib.ledger.reporting import Outcome
from tests.ledgers import LIST, Office

BOOKS = "编号,节点时限,节点,目标值,单位\n1,6月,职工书屋,4,个\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "table.milestones.csv").write_text(BOOKS, "utf-8")
    kept = Office(tmp_path)
    kept.start()
    return kept


def report(office: Office, day: str, period: str, number: float, department: str = "") -> Event:
    about = office.about(day, "1", on_behalf=department)
    body = Report(Stage.UNDER_WAY, did=f"建成 {number:g} 个", values={"职工书屋": number})
    (event,) = office.record(day, acts.report(about, Period.of_code(period), body))
    return event


def put_right(office: Office, day: str, earlier: Event, body: Report) -> Event:
    (event,) = office.record(day, acts.put_right(office.about(day, "1"), earlier, body))
    return event


def test_a_correction_keeps_the_period_the_department_and_the_names_below(office: Office) -> None:
    about = office.about("2026-02-03", "1", on_behalf="组宣部")
    body = Report(Stage.UNDER_WAY, did="建成 3 个", filled_by="小王", checked_by="老李")
    (first,) = office.record("2026-02-03", acts.report(about, Period.of_code("2026-01"), body))
    right = put_right(office, "2026-03-01", first, Report(Stage.UNDER_WAY, did="建成 2 个"))
    assert right.kind == Kind.CORRECTED
    assert (right.period, right.on_behalf) == ("2026-01", "组宣部")
    assert '"filled_by":"小王"' in right.body
    assert f'"corrects":"{first.id}"' in right.body


def test_a_correction_that_says_the_same_is_refused(office: Office) -> None:
    first = report(office, "2026-02-03", "2026-01", 3)
    right = put_right(office, "2026-02-04", first, Report(Stage.UNDER_WAY))
    with pytest.raises(BoardError) as refused:
        put_right(office, "2026-02-05", right, Report(Stage.UNDER_WAY))
    assert refused.value.code == "act_nothing_put_right"


@pytest.mark.parametrize("number", [-1.0, float("nan"), float("inf")])
def test_a_number_that_cannot_be_reached_is_refused(office: Office, number: float) -> None:
    with pytest.raises(BoardError) as refused:
        report(office, "2026-02-03", "2026-01", number)
    assert refused.value.code == "act_value_invalid"


def test_the_number_that_counts_is_the_one_that_was_put_right(office: Office) -> None:
    wrong = report(office, "2026-02-03", "2026-01", 30)
    assert office.reached("2026-02-28") == {(0, "职工书屋"): 30}
    none = put_right(office, "2026-03-01", wrong, Report(Stage.UNDER_WAY, did="还没有建成"))
    assert office.reached("2026-02-28") == {(0, "职工书屋"): 30}
    assert office.reached("2026-03-01") == {}
    right = Report(Stage.UNDER_WAY, values={"职工书屋": 3.0})
    put_right(office, "2026-03-02", none, right)
    assert office.reached("2026-03-02") == {(0, "职工书屋"): 3}


def test_an_earlier_period_that_is_put_right_is_not_the_last_report(office: Office) -> None:
    january = report(office, "2026-02-03", "2026-01", 1)
    february = report(office, "2026-03-03", "2026-02", 2)
    right = Report(Stage.UNDER_WAY, values={"职工书屋": 1.5})
    put_right(office, "2026-03-10", january, right)
    status = office.status("2026-03-10")
    assert office.journal().seq[status.report[0]] == february.seq
    assert office.reached("2026-03-10") == {(0, "职工书屋"): 2}


def test_what_was_put_right_to_no_news_is_no_news_and_stays_on_time(office: Office) -> None:
    first = report(office, "2026-02-03", "2026-01", 1)
    put_right(office, "2026-02-20", first, Report(Stage.NO_NEWS))
    of_january = office.reporting("2026-02-28").outcome["2026-01"]
    assert of_january[0] == Outcome.NO_NEWS


def test_later_events_know_the_reports_that_they_put_right(office: Office) -> None:
    first = report(office, "2026-02-03", "2026-01", 1)
    before = office.journal()
    put_right(office, "2026-02-04", first, Report(Stage.NO_NEWS))
    after = office.journal(before)
    assert after.origin.tolist() == [0, 1, 1]
    assert np.array_equal(after.origin, office.journal().origin)


def test_the_history_shows_a_correction_before_what_it_corrects(office: Office) -> None:
    january = report(office, "2026-02-03", "2026-01", 1)
    february = report(office, "2026-03-03", "2026-02", 2)
    first = put_right(office, "2026-03-10", january, Report(Stage.NO_NEWS))
    second = put_right(office, "2026-03-11", first, Report(Stage.NOT_STARTED))
    shown = corrections.versions(office.ledger.of_measure(Name(LIST, "1")))
    assert shown == [(second, first, january), (february,)]
