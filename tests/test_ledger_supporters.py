"""Where all departments of a measure are asked, each supporting one answers for itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from lib.answers import progress as answers
from lib.answers import sentences
from lib.i18n import translator
from lib.ledger import acts, lights, progress, reporting, selection
from lib.ledger.events import Asked, Cadence, Month, Report, Stage, Started
from lib.ledger.periods import Period
from lib.ledger.progress import Progress
from lib.ledger.reporting import Outcome
from lib.ledger.selection import Word
from tests.ledgers import MONTHLY, Office

ALL: Final = Started(Cadence.MONTH, 5, Month.NEXT, "2026-01", Asked.ALL)
JANUARY: Final = Period.of_code("2026-01")
DAY: Final = "2026-02-10"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    kept = Office(tmp_path)
    kept.start(rule=ALL)
    return kept


def report(
    office: Office, day: str, measure_id: str, department: str, stage: Stage = Stage.UNDER_WAY
) -> None:
    about = office.about(day, measure_id, on_behalf=department)
    office.record(day, acts.report(about, JANUARY, Report(stage)))


def of_leads(office: Office, day: str = DAY) -> list[Outcome]:
    return [Outcome(outcome) for outcome in office.reporting(day).outcome["2026-01"].tolist()]


def of_supporters(office: Office, day: str = DAY) -> dict[tuple[str, int], Outcome]:
    of_day = office.reporting(day)
    names = office.table.codes.support.names.to_pylist()
    supporters = of_day.supporters
    rows, codes = supporters.row.tolist(), supporters.name.tolist()
    outcomes = of_day.support["2026-01"].tolist()
    return {
        (names[code], row): Outcome(outcome)
        for row, code, outcome in zip(rows, codes, outcomes, strict=True)
    }


def counts(office: Office, rows: np.ndarray | None = None) -> list[tuple[object, ...]]:
    frame = reporting.by_department(office.table, rows, office.reporting(DAY))
    january = frame[frame["period"] == "2026-01"].drop(columns="period")
    return [tuple(line) for line in january.to_numpy().tolist()]


def known(office: Office) -> Progress:
    rules = lights.read(lights.preset(lights.DEFAULT))
    return progress.of_table(office.table, office.journal(), date.fromisoformat(DAY), rules)


def test_a_lead_s_report_does_not_answer_for_a_supporter(office: Office) -> None:
    report(office, "2026-02-03", "1", "组宣部")
    report(office, "2026-02-03", "3", "")
    assert of_leads(office)[0] is Outcome.ON_TIME
    assert of_leads(office)[2] is Outcome.ON_TIME
    assert of_supporters(office) == {("办公室", 0): Outcome.MISSING, ("组宣部", 2): Outcome.MISSING}


def test_a_supporter_s_report_does_not_answer_for_the_lead(office: Office) -> None:
    report(office, "2026-02-03", "1", "办公室", Stage.NO_NEWS)
    report(office, "2026-02-09", "3", "组宣部")
    assert of_leads(office) == [Outcome.MISSING] * 4
    assert of_supporters(office) == {("办公室", 0): Outcome.NO_NEWS, ("组宣部", 2): Outcome.LATE}


def test_who_leads_one_measure_and_supports_another_answers_for_each(office: Office) -> None:
    report(office, "2026-02-03", "1", "组宣部")
    assert of_supporters(office)["组宣部", 2] is Outcome.MISSING
    report(office, "2026-02-03", "3", "组宣部")
    assert of_supporters(office)["组宣部", 2] is Outcome.ON_TIME
    assert of_leads(office)[2] is Outcome.MISSING


def test_how_far_a_target_is_the_lead_says(tmp_path: Path) -> None:
    (tmp_path / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,职工书屋,4,个\n", "utf-8"
    )
    office = Office(tmp_path)
    office.start(rule=ALL)
    for department, number in (("组宣部", 3.0), ("办公室", 1.0)):
        about = office.about("2026-02-03", "1", on_behalf=department)
        said = Report(Stage.UNDER_WAY, values={"职工书屋": number})
        office.record("2026-02-03", acts.report(about, JANUARY, said))
    assert office.reached(DAY) == {(0, "职工书屋"): 3.0}


def test_no_supporter_is_asked_for_what_is_closed_or_where_only_leads_are(office: Office) -> None:
    office.close("2026-01-20", "1")
    assert of_supporters(office)["办公室", 0] is Outcome.NOT_ASKED
    office.start("2026-02-01", MONTHLY)
    report(office, "2026-02-03", "3", "组宣部")
    assert of_leads(office)[2] is Outcome.ON_TIME
    assert of_supporters(office) == {}


def test_before_its_day_a_supporter_s_report_is_waited_for(office: Office) -> None:
    assert of_supporters(office, "2026-02-05")["办公室", 0] is Outcome.WAITING


def test_a_list_without_supporters_asks_nobody_beside_the_leads(tmp_path: Path) -> None:
    office = Office(tmp_path, "1,2026,重点工作,一,一,甲事,张慧,组宣部,12月底前")
    office.start(rule=ALL)
    assert of_supporters(office) == {}
    assert counts(office) == [("组宣部", "lead", 1, 0, 0, 1)]


def test_reports_are_counted_by_department_and_role(office: Office) -> None:
    report(office, "2026-02-03", "1", "组宣部")
    report(office, "2026-02-09", "1", "办公室")
    assert counts(office) == [
        ("组宣部", "lead", 2, 1, 0, 1),
        ("经济部", "lead", 1, 0, 0, 1),
        ("保障部", "lead", 1, 0, 0, 1),
        ("组宣部", "support", 1, 0, 0, 1),
        ("办公室", "support", 1, 1, 1, 0),
    ]
    assert counts(office, np.array([0])) == [
        ("组宣部", "lead", 1, 1, 0, 0),
        ("办公室", "support", 1, 1, 1, 0),
    ]


def test_a_cell_opens_as_many_measures_as_it_counts(office: Office) -> None:
    table = answers.reports(known(office).reports(None), 2026, translator("zh"))
    assert [row[0] for row in table.rows] == [
        "组宣部",
        "组宣部（配合）",
        "经济部",
        "保障部",
        "办公室（配合）",
    ]
    assert table.cells_open[1][1] == "pick=组宣部&part=support&progress=due_support:2026-02"
    word = selection.parse("due_support:2026-01")
    assert word == Word("due_support", "2026-01")
    assert known(office).rows(word, None).tolist() == [0, 2]


def test_a_silent_supporter_is_chased_beside_the_lead_that_has_reported(office: Office) -> None:
    for measure_id, department in (("1", "组宣部"), ("2", "经济部"), ("4", "组宣部")):
        report(office, "2026-02-03", measure_id, department)
    chased = answers.chase(known(office), known(office).chased(None), {}, translator("zh"))
    assert [(*row[:3], row[5]) for row in chased.rows] == [
        ("? 未报送 · ? 配合未报送（组宣部）", "走访困难职工", "保障部", "连续 1 期未报送"),
        ("? 配合未报送（办公室）", "建成职工书屋", "组宣部", "最近一期配合部门未报送"),
    ]
    silent = selection.parse("support_silent")
    assert silent
    assert known(office).rows(silent, None).tolist() == [0, 2]
    report(office, "2026-02-09", "1", "办公室")
    assert known(office).rows(silent, None).tolist() == [2]


def test_a_silent_supporter_is_reminded_of_its_own_report_alone(office: Office) -> None:
    report(office, "2026-02-03", "1", "组宣部")
    of_office, of_support = (
        next(each for each in known(office).waiting(None) if each.department == name)
        for name in ("办公室", "组宣部")
    )
    assert [duty.about for duty in of_office.duties] == ["support_silent:1"]
    assert [duty.about for duty in of_support.duties] == ["silent:4", "support_silent:3"]
    zh = translator("zh")
    as_of = date.fromisoformat(DAY)
    assert sentences.reminder(of_office, office.table, as_of, date(2026, 2, 12), zh) == (
        "办公室：\n截至2026年2月10日，贵部门负责的举措中：\n\n"
        "【配合的举措未报送进展 1 项】\n"
        "1. 建成职工书屋：2026年1月进展，应于2026年2月5日前报送\n\n"
        "请于2026年2月12日前报办公室：配合的举措，补报配合进展。"
    )


def test_what_supporters_owe_is_offered_only_where_they_are_asked(office: Office) -> None:
    assert "support_silent" in selection.offered(office.reporting(DAY))
    office.start("2026-02-01", MONTHLY)
    assert "support_silent" not in selection.offered(office.reporting(DAY))
