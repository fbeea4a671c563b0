"""What the office sees and does on the page Progress, on a day of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from streamlit.testing.v1 import AppTest

from lib.ledger import acts, place
from lib.ledger.names import Name
from lib.ledger.periods import Period
from lib.web import access, ledgers
from tests import forms as made
from tests.ledgers import LIST, Office
from tests.page_contents import day, findings, headline, said, words
from tests.pages import opened, run

GoTo = Callable[..., None]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A followed list, as the board's own table, of who sits at its machine: a page without a browser has
    no address. A look at the ledger is not put off.
    """
    kept = made.office_of(tmp_path)
    monkeypatch.setenv("BOARD_WRITES", "here")
    monkeypatch.setattr(access, "sits_here", lambda: True)
    monkeypatch.setenv("MEASURES", str(kept.path))
    monkeypatch.setattr(ledgers, "EVERY", 0.0)
    return kept


@pytest.fixture
def go_to() -> Iterator[GoTo]:
    """Make it nine o'clock, or another time, of a day of the office."""
    with time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=place.zone())) as traveller:

        def go(to_day: str, clock: str = "09:00") -> None:
            moment = datetime.fromisoformat(f"{to_day} {clock}").replace(tzinfo=place.zone())
            traveller.move_to(moment)

        yield go


def progress(measure_id: str = "") -> AppTest:
    """The page as it is opened today."""
    return opened("progress", as_of="", measure=measure_id)


# --- the day --------------------------------------------------------------------------------------


def test_a_list_that_is_followed_goes_on_after_its_year(office: Office, go_to: GoTo) -> None:
    go_to("2027-01-04")
    app = progress()
    assert day(app) == date(2027, 1, 4)
    assert "今天不在其中" not in words(app)
    assert "2026年11月应报 5 项" in headline(app)  # of December they are awaited until the 5th
    assert any("2026年" in finding for finding in findings(opened("timeline", as_of="")))


def test_in_the_first_days_of_a_month_forms_are_those_of_the_month_before(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-03-05")
    assert progress().selectbox(key="forms_period").value == "2026-02"
    go_to("2026-03-06")
    assert progress().selectbox(key="forms_period").value == "2026-03"


def test_no_news_is_of_the_period_that_is_asked_for_and_says_which(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-03-03")
    app = progress("2026-1-1")
    button = app.button(key="act_0_no_news")
    assert button.label == "本期无新进展（2026年2月）"
    button.click()
    run(app)
    assert office.ledger.events()[-1].period == "2026-02"


def test_what_was_asked_for_is_what_is_offered_to_be_granted(office: Office, go_to: GoTo) -> None:
    go_to("2026-05-10")
    about = office.about("2026-05-10", "2026-1-1")
    asked = acts.ask_extension(about, date(2026, 6, 30), date(2026, 9, 15), "场地未定")
    office.record("2026-05-10", asked)
    app = progress("2026-1-1")
    app.button_group(key="act_0_act").set_value("grant_extension")
    run(app)
    assert app.date_input(key="act_0_until").value == date(2026, 9, 15)


def test_a_day_that_is_proposed_for_an_extension_is_not_over(office: Office, go_to: GoTo) -> None:
    go_to("2026-09-30")
    app = progress("2026-1-1")
    app.button_group(key="act_0_act").set_value("ask_extension")
    assert run(app).date_input(key="act_0_until").value == date(2026, 10, 30)


def no_news(measure_id: str) -> AppTest:
    """The page after one click said that there is nothing new."""
    app = progress(measure_id)
    (button,) = [found for found in app.button if str(found.key).endswith("_no_news")]
    button.click()
    return run(app)


def test_an_entry_of_a_minute_before_midnight_and_one_after_it_have_the_office_s_days(
    office: Office, go_to: GoTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")  # the server's own, where both are the same day
    time.tzset()
    go_to("2026-03-05", "23:59")
    assert "2026-03-05 · 报送进展（2026年2月）" in words(no_news("2026-1-1"))
    go_to("2026-03-06", "00:01")
    app = no_news("2026-2-2")
    assert day(app) == date(2026, 3, 6)
    assert "2026-03-06 · 报送进展（2026年3月）" in words(app)
    assert "2026年2月应报 5 项，未报 4 项" in headline(app)


def test_a_clock_that_stepped_back_is_said_since_what_is_recorded_is_not_seen(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-03-10")
    no_news("2026-1-1")
    go_to("2026-03-02")
    app = no_news("2026-2-2")
    assert [event.kind for event in office.ledger.of_measure(Name(LIST, "2026-2-2"))] == [
        "reported"
    ]
    assert "台账最后一条的日期是 2026-03-10，在今天之后" in said(app.warning[0].value)
    go_to("2026-03-10")
    assert not progress().warning


# --- forms that come back -------------------------------------------------------------------------


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after forms were dropped on it."""
    (box,) = app.file_uploader
    box.set_value([(name, data, "") for name, data in files])
    return run(app)


def test_forms_are_taken_in_today_only(office: Office) -> None:
    app = opened("progress", as_of="2026-03-20")
    assert not app.file_uploader
    assert "正在看的不是今天" in words(app)


def test_what_was_recorded_since_is_said_and_the_form_may_be_taken_all_the_same(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-04-02")
    data = made.filled(
        made.sent(office),
        {
            "2026-1-1": {"是否完成": "推进中", "做法成效": "已选址"},
            "2026-2-2": {"是否完成": "无新进展"},
        },
    )
    office.report("2026-04-01", "2026-1-1", made.PERIOD, did="电话里说的")
    app = dropped(progress(), ("组宣部.xlsx", data))
    assert "2026-1-1：这份表发出后已登记了“2026-04-01 · 报送进展（2026年3月）" in said(
        app.warning[0].value
    )
    assert app.button(key="forms_record").label == "把 1 条新内容记入台账"
    app.checkbox(key="forms_conflicts").check()
    run(app)
    app.button(key="forms_record").click()
    run(app)
    assert "已选址" in office.ledger.of_measure(Name(LIST, "2026-1-1"))[-1].body
    assert "forms_record" not in {button.key for button in app.button}


def test_rows_in_conflict_stay_on_the_page_until_somebody_decides(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-04-02")
    answers = {"是否完成": "推进中", "做法成效": "已选址"}
    data = made.filled(made.sent(office), {"2026-1-1": answers, "2026-2-2": answers})
    office.report("2026-04-01", "2026-1-1", made.PERIOD, did="电话里说的")
    app = dropped(progress(), ("组宣部.xlsx", data))
    app.button(key="forms_record").click()
    run(app)
    assert [event.kind for event in office.ledger.of_measure(Name(LIST, "2026-1-1"))] == [
        "reported"
    ]
    assert app.checkbox(key="forms_conflicts").value is False
    assert said(app.success[0].value) == "已记入台账：1 条。", (
        "which the second look leaves standing"
    )


def test_where_nobody_is_asked_any_more_the_page_says_so(office: Office, go_to: GoTo) -> None:
    go_to("2026-02-10")
    for measure_id in office.table.codes.ids.to_pylist():
        office.close("2026-02-10", measure_id, "2026-01-31")
    app = opened("progress", as_of="")
    assert not app.error
    assert "这一期没有要报送的举措。" in words(app)


def test_a_form_does_not_ask_for_what_is_closed_or_claimed_by_now(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-03-20")
    for claimed, measure_id in (("2026-03-10", "2026-1-1"), ("2026-03-11", "2026-2-1")):
        about = office.about(claimed, measure_id)
        office.record(claimed, acts.claim(about, Period.of_code(made.PERIOD), date(2026, 3, 9)))
    office.close("2026-03-12", "2026-1-1", "2026-03-09")
    assert "发出：3 个部门，共 3 项" in words(progress())


def test_a_form_of_another_period_is_taken_in_by_choosing_the_period(
    office: Office, go_to: GoTo
) -> None:
    go_to("2026-04-02")
    answers = {"2026-1-1": {"是否完成": "推进中", "做法成效": "已选址"}}
    data = made.filled(made.sent(office, period="2026-02"), answers)
    app = dropped(progress(), ("组宣部.xlsx", data))
    assert "请把报送期换成 2026-02，文件不用再放" in said(app.warning[0].value)
    assert app.button(key="forms_record").disabled
    app.selectbox(key="forms_period").set_value("2026-02")
    app = run(app)
    app.button(key="forms_record").click()
    run(app)
    assert office.ledger.events()[-1].period == "2026-02"
