"""The board's ledger: followed by all sessions, and what its pages say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lib import measures, workload
from lib.answers import exports, sentences
from lib.answers import progress as answers
from lib.errors import BoardError
from lib.i18n import LANGUAGES, translator
from lib.ledger import acts, events, lights
from lib.ledger.events import Kind, Renamed, Report, Stage
from lib.ledger.periods import Period
from lib.ledger.selection import Word, parse
from lib.ledger.states import State
from lib.ledger.unplaced import Unplaced
from lib.revisions.model import Difference
from lib.web import address, counts, ledgers, listing
from lib.web.pages import TABLE_PAGES
from lib.web.view import Board
from tests.drawn import drawn
from tests.ledgers import Office
from tests.pages import opened

ZH, EN = translator("zh"), translator("en")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A followed list, as the board's own table; a look at the ledger is not put off."""
    kept = Office(tmp_path)
    monkeypatch.setenv("MEASURES", str(kept.path))
    monkeypatch.setattr(ledgers, "EVERY", 0.0)
    kept.start()
    return kept


def board_of(office: Office, day: str, language: str = "zh") -> Board:
    as_of = date.fromisoformat(day)
    return Board(
        table=office.table,
        version=(str(office.path),),
        rows=None,
        key=(),
        as_of=as_of,
        language=language,
        t=translator(language),
        weight=0.5,
        scope_words="",
        filter_words="",
        name=office.path.name,
        today=as_of,
        progress=ledgers.of_table(office.table, (str(office.path),), as_of),
    )


# --- followed -------------------------------------------------------------------------------------


def test_before_a_list_is_started_a_view_has_no_progress(office: Office) -> None:
    view = board_of(office, "2026-01-04")
    assert view.progress is None
    with pytest.raises(LookupError):
        _ = view.followed
    assert listing.for_download(view, np.array([0])) == {}
    assert "light" not in listing.of_rows(view, np.array([0]))


def test_a_start_of_another_table_s_list_follows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, "1,2026,另一清单,一,一,甲事,张慧,组宣部,6月底前")
    monkeypatch.setenv("MEASURES", str(office.path))
    monkeypatch.setattr(ledgers, "EVERY", 0.0)
    office.start()
    assert board_of(office, "2026-02-01").progress is None


def test_what_is_recorded_is_seen_at_the_next_question(office: Office) -> None:
    assert board_of(office, "2026-07-01").followed.status.late[0]
    office.close("2026-06-30", "1")
    assert not board_of(office, "2026-07-01").followed.status.late[0]


def test_between_two_looks_the_last_state_counts_but_not_after_an_act_of_ours(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_of(office, "2026-07-01")
    monkeypatch.setattr(ledgers, "EVERY", 60.0)
    follower = ledgers.follower()
    follower.known()
    office.close("2026-06-30", "1")
    assert board_of(office, "2026-07-01").followed.status.late[0]
    follower.record([acts.close(office.about("2026-06-30", "2"), date(2026, 6, 30))])
    assert not board_of(office, "2026-11-30").followed.status.late.any()


def test_a_ledger_that_breaks_leaves_the_last_good_state_and_says_why(office: Office) -> None:
    office.report("2026-01-31", "1", "2026-01")
    assert ledgers.follower().known().trouble is None
    office.ledger.close()
    (office.path.parent / "table.ledger.db").write_bytes(b"broken" * 1000)
    known = ledgers.follower().known()
    assert known.trouble is not None
    assert known.trouble.code == "ledger_damaged"
    assert len(known.journal) == 2
    assert listing.last_reports(board_of(office, "2026-02-01"), np.array([0])) == {}


def test_a_ledger_that_is_put_back_from_a_backup_is_read_anew(office: Office) -> None:
    path = office.path.parent / "table.ledger.db"
    office.report("2026-02-03", "1", "2026-01")
    assert len(ledgers.follower().known().journal) == 2
    for file in path.parent.glob("table.ledger.db*"):
        file.unlink()
    assert len(ledgers.follower().known().journal) == 0
    office.start("2026-03-01")
    assert len(ledgers.follower().known().journal) == 1


def test_a_ledger_that_another_one_took_the_place_of_is_read_anew_however_long_it_is(
    office: Office, tmp_path: Path
) -> None:
    assert len(ledgers.follower().known().journal) == 1
    folder = tmp_path / "other"
    folder.mkdir()
    other = Office(folder)
    other.start("2026-02-01")
    for measure_id in ("1", "2"):
        other.report("2026-03-03", measure_id, "2026-02")
    (folder / "table.ledger.db").replace(office.path.with_name("table.ledger.db"))
    journal = ledgers.follower().known().journal
    assert [start.known for start in journal.starts] == [date(2026, 2, 1)]
    assert len(journal) == 3


def test_changed_rules_of_the_lights_are_recorded_before_the_next_act(office: Office) -> None:
    path = lights.path_beside(office.path)
    path.write_text(lights.preset("days"), "utf-8")
    follower = ledgers.follower()
    for measure_id in ("1", "2"):
        follower.record([acts.close(office.about("2026-02-01", measure_id), date(2026, 2, 1))])
    kinds = [event.kind for event in office.ledger.events()]
    assert kinds == [Kind.STARTED, Kind.RULES_CHANGED, Kind.CLOSED, Kind.CLOSED]
    path.write_text("light = 3", "utf-8")
    with pytest.raises(BoardError) as refused:
        follower.record([acts.close(office.about("2026-02-01", "3"), date(2026, 2, 1))])
    assert refused.value.details["file"] == "table.lights.toml"


# --- words of the address -------------------------------------------------------------------------

WORDS = (
    ("late", Word("late")),
    ("missing:2026-09", Word("missing", "2026-09")),
    ("due:2026-Q3", Word("due", "2026-Q3")),
    ("late:2026-09", None),
    ("missing", None),
    ("missing:2026-13", None),
    ("", None),
)


@pytest.mark.parametrize(("text", "word"), WORDS)
def test_a_word_of_the_address_is_read(text: str, word: Word | None) -> None:
    assert parse(text) == word
    assert address.PROGRESS.fits(text) is (word is not None)
    if word:
        assert str(word) == text


def test_a_word_means_the_rows_that_its_count_counts(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01")
    office.report("2026-02-09", "2", "2026-01")
    about = office.about("2026-06-20", "1")
    office.record("2026-06-20", acts.claim(about, Period.of_code("2026-06"), date(2026, 6, 19)))
    office.record("2026-06-21", acts.give_back(office.about("2026-06-21", "1"), "补充材料"))
    view = board_of(office, "2026-06-25")
    meant = {
        name: view.chosen(workload.Part(progress=name), "").tolist()
        for name in (
            *("returned", "running", "due_soon", "silent", "late", "due:2026-01"),
            *("reported:2026-01", "late_report:2026-01", "missing:2026-01"),
        )
    }
    assert meant == {
        "returned": [0],
        "running": [0, 1, 2, 3],
        "due_soon": [0],
        "silent": [0, 1, 2, 3],
        "late": [],
        "due:2026-01": [0, 1, 2, 3],
        "reported:2026-01": [0, 1],
        "late_report:2026-01": [1],
        "missing:2026-01": [2, 3],
    }
    narrow = replace(view, rows=np.array([1, 3]))
    assert narrow.chosen(workload.Part(progress="missing:2026-01"), "").tolist() == [3]


def test_words_of_the_ledger_are_said_in_the_reader_s_language() -> None:
    assert sentences.progress_word("late", ZH) == "逾期未办结"
    assert sentences.progress_word("missing:2026-09", ZH) == "2026年9月未报送"
    assert sentences.progress_word("missing:2026-Q3", EN) == "Q3 2026: report missing"
    assert sentences.progress_word("nothing", ZH) == "nothing"
    assert sentences.part(workload.Part(progress="late"), ZH) == "逾期未办结"


# --- sentences and tables -------------------------------------------------------------------------


def test_the_headline_says_what_is_done_late_and_silent(office: Office) -> None:
    office.close("2026-06-20", "1")
    office.report("2026-10-03", "2", "2026-09")
    progress = board_of(office, "2026-10-10").followed
    assert sentences.progress_headline(progress, None, ZH) == (
        "4 项：办结 1 项（25%），推进中 3 项，逾期 1 项；2026年9月应报 3 项，未报 2 项。"
    )
    assert sentences.progress_headline(progress, np.array([1]), ZH) == (
        "1 项：办结 0 项（0%），推进中 1 项，逾期 1 项；2026年9月应报 1 项，全部已报。"
    )
    early = board_of(office, "2026-01-10").followed
    assert sentences.progress_headline(early, None, ZH).endswith("推进中 4 项。")
    assert sentences.progress_headline(progress, np.array([], int), ZH).startswith(
        "0 项：办结 0 项（—）"
    )


def test_why_a_light_is_shown_is_what_its_rule_asks(office: Office) -> None:
    progress = board_of(office, "2026-07-08").followed
    assert sentences.why(progress, 0, ZH) == "超过现定时限 8 天（规则：≥ 1）"
    assert sentences.why(progress, 1, ZH) == "连续 6 期未报送（规则：≥ 1）"
    assert sentences.why(board_of(office, "2026-02-01").followed, 1, ZH) == ZH(
        "progress.why.nothing_else"
    )
    office.close("2026-07-08", "1")
    office.record("2026-07-08", acts.cancel(office.about("2026-07-08", "2"), "合并"))
    later = board_of(office, "2026-07-08").followed
    assert sentences.why(later, 0, ZH) == "办公室已同意销号"
    assert sentences.why(later, 1, ZH) == ""


def test_a_status_is_its_light_and_its_marks(office: Office) -> None:
    asked = acts.ask_extension(
        office.about("2026-06-01", "1"), date(2026, 6, 30), date(2026, 8, 31), "因为"
    )
    office.record("2026-06-01", asked)
    claim = acts.claim(office.about("2026-06-02", "2"), Period.of_code("2026-06"), date(2026, 6, 1))
    office.record("2026-06-02", claim)
    office.close("2026-06-03", "3")
    office.record("2026-06-03", acts.cancel(office.about("2026-06-03", "4"), "合并"))
    progress = board_of(office, "2026-06-03").followed
    said = [sentences.status_in_words(progress, row, ZH) for row in range(4)]
    assert said == [
        "? 未报送 · 待答复延期（申请延至 2026-08-31）",
        "◆ 正常推进 · 待确认办结",
        "✔ 已销号 · 2026年6月3日办结",
        "已取消",
    ]
    not_followed = replace(progress, status=replace(progress.status, followed=np.zeros(4, bool)))
    assert sentences.status_in_words(not_followed, 0, ZH) == ""


def test_both_days_of_an_extended_measure_are_said(office: Office) -> None:
    office.grant("2026-06-01", "1", "2026-08-31")
    view = board_of(office, "2026-06-03")
    said = [sentences.due_days(view.followed, row, ZH) for row in range(4)]
    assert said == ["2026-08-31（原定 2026-06-30）", "2026-09-30", "", "2026-12-31"]
    columns = listing.for_download(view, np.array([0, 2]))
    assert columns["current_due"] == ["2026-08-31", ""]
    listed = listing.of_rows(view, np.array([0, 2]))
    assert listed["days_left"].tolist()[0] == 89
    assert sentences.punctuality(view.followed.totals(None), ZH).startswith(
        "按原定时限：到期或已办结的 0 项中，按时办结 0 项（—）"
    )


def test_the_last_report_is_a_line(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01", did="走访 3 户\n发放慰问金")
    office.report("2026-02-03", "2", "2026-01", Stage.NO_NEWS)
    of_supporter = office.about("2026-02-03", "3", on_behalf="组宣部")
    report = acts.report(of_supporter, Period.of_code("2026-01"), Report(Stage.NO_NEWS))
    office.record("2026-02-03", report)
    view = board_of(office, "2026-02-10")
    assert listing.last_reports(view, np.arange(4)) == {
        0: "2026年1月：走访 3 户␊发放慰问金",
        1: "2026年1月：无新进展",
        2: "组宣部 · 2026年1月：无新进展",
    }


def test_the_chase_list_says_for_what_and_opens_its_measure(office: Office) -> None:
    progress = board_of(office, "2026-07-08").followed
    table = answers.chase(progress, progress.chased(None), {0: "一句话"}, ZH)
    assert table.rows[0] == (
        *(
            "✖ 逾期 · ? 未报送",
            "建成职工书屋",
            "组宣部",
            "张慧",
            "2026-06-30",
            "超过现定时限 8 天",
            "一句话",
        ),
    )
    assert table.opens[0] == "measure=1"


def test_reports_stand_by_department_and_period_and_each_cell_opens_its_measures(
    office: Office,
) -> None:
    office.report("2026-02-03", "1", "2026-01")
    office.report("2026-02-09", "2", "2026-01")
    progress = board_of(office, "2026-03-01").followed
    table = answers.reports(progress.reports(None), 2026, ZH)
    assert [column.head for column in table.columns] == [
        *("责任部门", "3月", "2月", "1月"),
    ]
    assert table.rows == (
        ("组宣部", "0/2", "0/2", "1/2 · 未报 1"),
        ("经济部", "0/1", "0/1", "1/1 · 迟报 1"),
        ("保障部", "0/1", "0/1", "0/1 · 未报 1"),
    )
    assert table.cells_open[3][1] == "pick=经济部&part=lead&progress=due:2026-01"
    alone = answers.reports(progress.reports(np.array([1])), 2026, ZH)
    assert alone.rows == (("经济部", "0/1", "0/1", "1/1 · 迟报 1"),)


def test_completion_has_its_shares_with_what_they_are_of(office: Office) -> None:
    office.close("2026-06-20", "1")
    progress = board_of(office, "2026-07-08").followed
    by_department = answers.completion(progress.by_department(None), "department", ZH)
    assert by_department.rows[0] == (
        *("组宣部", "2", "1", "0", "0", "0", "1/2 (50%)", "1/1 (100%)", "1/1 (100%)"),
    )
    by_leader = answers.completion(progress.by_leader(None), "leader", ZH)
    assert by_leader.opens[0] == "pick=张慧"
    assert re.fullmatch("pick=张慧&progress=closed", by_leader.cells_open[2][0])


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def shown(office: Office) -> Office:
    """The same list with something of everything, as the pages show it on 10 July 2026."""
    for measure_id in ("1", "2", "3"):
        office.report("2026-06-03", measure_id, "2026-05", did="走访 3 户")
    office.grant("2026-06-20", "2", "2026-11-30")
    office.close("2026-06-25", "4", "2026-06-24")
    return office


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page.name for page in TABLE_PAGES])
def test_every_page_is_drawn_over_a_list_that_is_followed(
    shown: Office, page: str, language: str
) -> None:
    app = opened(page, lang=language, as_of="2026-07-10")
    assert not list(app.error)


def test_the_overview_says_what_is_done_late_and_silent(shown: Office) -> None:
    app = opened("overview", as_of="2026-07-10")
    heading = next(found.value for found in app.subheader if found.value.startswith("4 项"))
    assert "办结 1 项" in heading
    assert "逾期 1 项" in heading
    assert "未报 3 项" in heading


def test_a_list_of_measures_shows_light_day_and_last_report_and_may_be_narrowed(
    shown: Office,
) -> None:
    app = opened("measures", as_of="2026-07-10", progress="late", columns="light,due,last_report")
    (table,) = [found for found in drawn(app) if found.key == "rows"]
    assert table.column("进展状态") == ["✖ 逾期"]
    assert table.column("最近报送") == ["2026年5月：走访 3 户"]
    every = opened("measures", as_of="2026-07-10")
    (table,) = [found for found in drawn(every) if found.key == "rows"]
    assert "2026-11-30（原定 2026-09-30）" in table.column("到期日")
    assert "状态" not in table.heads  # the light says more than the date alone


def test_a_download_carries_what_the_ledger_says_and_reads_back_without_it(
    shown: Office, tmp_path: Path
) -> None:
    view = board_of(shown, "2026-07-10")
    rows = np.arange(4)
    followed = listing.for_download(view, rows)
    data = exports.csv(view.table, rows, view.as_of, (), ZH, followed)
    assert '"进展状态","现定时限","最近报送"' in data.decode("utf-8-sig")
    path = tmp_path / "again.csv"
    path.write_bytes(data)
    again = measures.read(path)
    assert again.columns.column_names == view.table.columns.column_names
    book = exports.xlsx(view.table, rows, view.as_of, (), EN, listing.for_download(view, rows))
    (tmp_path / "again.xlsx").write_bytes(book)
    assert len(measures.read(tmp_path / "again.xlsx")) == 4


def test_what_cannot_be_read_of_the_lights_is_said_and_the_page_stands(shown: Office) -> None:
    lights.path_beside(shown.path).write_text("light = 3", "utf-8")
    app = opened("progress", as_of="2026-07-10")
    assert any("亮灯规则" in found.value for found in app.warning)
    assert listing.for_download(replace(board_of_day(shown), progress=None), np.arange(1)) == {}


def board_of_day(office: Office) -> Board:
    lights.path_beside(office.path).unlink()
    return board_of(office, "2026-07-10")


def test_a_department_that_was_not_asked_in_a_period_has_an_empty_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(
        tmp_path,
        """
        1,2026,重点工作,一,一,甲事,张慧,组宣部,6月底前
        2,2026,重点工作,一,二,乙事,张慧,经济部,3—5月
        """,
    )
    monkeypatch.setenv("MEASURES", str(office.path))
    monkeypatch.setattr(ledgers, "EVERY", 0.0)
    office.start()
    office.record("2026-01-10", acts.cancel(office.about("2026-01-10", "1"), "合并"))
    progress = board_of(office, "2026-04-10").followed
    table = answers.reports(progress.reports(None), 2026, ZH)
    assert table.rows == (("经济部", "0/1", "0/1 · 未报 1"),)
    assert sentences.why_with_marks(progress, 0, ZH) == ""
    assert sentences.why_with_marks(progress, 1, ZH) == "连续 1 期未报送"


def test_the_ledger_is_read_before_the_first_visitor_comes(office: Office) -> None:
    office.report("2026-02-03", "1", "2026-01")
    ledgers.warm()
    assert len(ledgers.follower().known().journal) == 2
    assert board_of(office, "2026-02-03").followed.status.code.tolist() == [0, -1, -1, -1]


# --- the table calls it otherwise -----------------------------------------------------------------


def rewritten(office: Office, before: str, after: str) -> None:
    """Change the table of the board, as its file."""
    text = office.path.read_text(encoding="utf-8")
    office.path.write_text(text.replace(before, after), encoding="utf-8")


def test_records_of_the_board_s_measures_are_counted(office: Office) -> None:
    office.close("2026-05-20", "1")
    assert ledgers.recorded(["1", "2", "99"]) == {"1": 1}


def test_a_list_that_a_notice_calls_otherwise_stays_followed(office: Office) -> None:
    office.close("2026-05-20", "1")
    rewritten(office, "重点工作", "重点任务")
    renamed = Difference("2026 · 重点工作", "2026 · 重点任务")
    ledgers.follow_revision([], renamed)
    table = measures.read(office.path)
    followed = ledgers.of_table(table, ("renamed",), date(2099, 1, 1))
    assert followed is not None
    assert followed.totals(None)["closed"] == 1


def test_a_new_measure_does_not_take_over_the_records_of_one_that_is_gone(office: Office) -> None:
    office.close("2026-05-20", "1")
    ledgers.follow_revision(["1", "3"], None)
    followed = ledgers.of_table(office.table, ("added",), date(2099, 1, 1))
    assert followed is not None
    assert followed.totals(None)["closed"] == 0
    last = office.ledger.events()[-1]
    assert events.body_of(last) == Renamed({"1": f"1@{last.effective}"})


def test_a_new_measure_of_a_list_that_is_called_otherwise_does_not_take_over_either(
    office: Office,
) -> None:
    office.close("2026-05-20", "1")
    office.close("2026-05-20", "2")
    rewritten(office, "重点工作", "重点任务")
    ledgers.follow_revision(["1"], Difference("2026 · 重点工作", "2026 · 重点任务"))
    table = measures.read(office.path)
    followed = ledgers.of_table(table, ("renamed and added",), date(2099, 1, 1))
    assert followed is not None
    assert [State(state) for state in followed.status.state.tolist()] == [
        State.OPEN,
        State.CLOSED,
        State.OPEN,
        State.OPEN,
    ]


def test_a_number_that_three_measures_have_on_one_day_is_each_one_s_own(office: Office) -> None:
    for _ in range(2):
        about = office.about("2026-05-20", "1", after=office.ledger.head().seq)
        office.record("2026-05-20", acts.close(about, date(2026, 5, 20)))
        ledgers.follow_revision(["1"], None)
    last = office.ledger.events()[-1]
    assert events.body_of(last) == Renamed({"1": f"1@{last.effective}-2"})


def test_a_notice_that_changes_no_name_records_nothing(office: Office) -> None:
    ledgers.follow_revision(["3"], Difference("2025 · 别的清单", "2026 · 别的清单"))
    assert len(office.ledger.events()) == 1


def test_without_a_table_that_can_be_read_nothing_has_a_name(office: Office) -> None:
    office.path.write_text("not a table", encoding="utf-8")
    assert ledgers.recorded(["1"]) == {}
    with pytest.raises(BoardError) as refused:
        ledgers.follow_revision(["1"], None)
    assert refused.value.code == "no_header"


# --- one name's view ------------------------------------------------------------------------------


def test_a_view_of_one_leader_says_how_much_is_late(office: Office) -> None:
    of_one = replace(board_of(office, "2026-07-10"), key=(("leaders", ("张慧",)),))
    late, none_late = np.array([0, 1]), np.array([1])
    assert counts.pressing_finding(replace(of_one, rows=late), "leader") == "逾期 1 项"
    assert counts.pressing_finding(replace(of_one, rows=none_late), "leader") == "没有逾期的举措"


def test_a_light_is_called_by_its_mark_in_a_heading() -> None:
    assert sentences.progress_word("light:✖", ZH) == "状态灯 ✖"


def test_a_period_that_has_not_begun_means_no_measure(office: Office) -> None:
    followed = board_of(office, "2026-07-10").followed
    assert followed.rows(Word("missing", "2030-01"), None).tolist() == []


def test_on_its_day_a_measure_is_said_to_be_due_today(office: Office) -> None:
    on_the_day = board_of(office, "2026-06-30").followed
    assert sentences.why(on_the_day, 0, ZH).startswith("今天到期")
    assert sentences.why(board_of(office, "2026-06-29").followed, 0, ZH).startswith(
        "距现定时限 1 个"
    )


def test_what_has_no_row_is_looked_up_once_for_each_state_of_the_ledger(office: Office) -> None:
    office.close("2026-05-20", "1")
    table = measures.read(office.path)
    rewritten(office, "1,2026", "1-A,2026")
    changed = measures.read(office.path)
    assert ledgers.without_row(table, ("before",)).measures == []
    (gone,) = ledgers.without_row(changed, ("after",)).measures
    assert (gone.name.id, gone.events) == ("1", 1)
    assert ledgers.without_row(changed, ("after",)) is ledgers.without_row(changed, ("after",))
    assert 0 in ledgers.rows_without_records(changed, ("after",), "2026 · 重点工作")


def test_without_a_ledger_nothing_has_lost_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path)
    monkeypatch.setenv("MEASURES", str(office.path))
    assert ledgers.without_row(office.table, ("none",)) == Unplaced([], [])
