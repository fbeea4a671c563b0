"""What the figures show where a list is followed: bars by light, what is done on its day, what was extended."""

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib import workload
from lib.answers import charts, progress, tables
from lib.answers.segments import counted, names, of_lights
from lib.ledger import acts, lights
from lib.ledger import progress as progresses
from lib.ledger.progress import Progress
from lib.ledger.selection import Word, parse
from tests.figures import EN, ZH, legend_of, texts
from tests.ledgers import ROWS, Office

RULES = lights.read(lights.preset(lights.DEFAULT))
SEGMENTS = of_lights(RULES, ZH)
ON = date(2026, 10, 12)
OTHER_LIST = "    5,2026,另一清单,一,一（一）,没有跟踪,张慧,组宣部,10月底前\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """1 closed in May, 2 late, 3 silent, 4 extended into the next year, 5 of a list that nobody follows."""
    office = Office(tmp_path, ROWS + OTHER_LIST)
    office.start()
    office.grant("2026-03-01", "4", "2027-02-28")
    office.close("2026-05-20", "1")
    office.report("2026-10-03", "4", "2026-09")
    return office


def progress_of(office: Office, day: date = ON) -> Progress:
    return progresses.of_table(office.table, office.journal(), day, RULES)


def kinds_of(of_day: Progress) -> workload.Kinds:
    return workload.Kinds(of_day.kind, names(SEGMENTS))


def bars_of(office: Office, leader: str) -> dict[str, dict[Hashable, Any]]:
    bars = workload.bars(office.table, None, ON, "leader", [leader], slice(0, 50))
    with_status = progress.with_status(bars, SEGMENTS, progress_of(office))
    return {record["measure_id"]: record for record in with_status.to_dict("records")}


# --- what is counted ------------------------------------------------------------------------------


def test_a_measure_is_counted_by_its_light_or_by_why_it_has_none(office: Office) -> None:
    office.record("2026-10-04", acts.cancel(office.about("2026-10-04", "3"), "不再办理"))
    columns = names(SEGMENTS)
    marks = {segment.name: segment.mark for segment in SEGMENTS}
    shown = [marks[columns[place]] for place in progress_of(office).kind.tolist()]
    assert shown == ["✔", "✖", "⊘", "◆", "○"]


@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        ("leader", {"张慧": "✔✖○", "李强": "?◆"}),
        ("department", {"组宣部": "✔◆○", "经济部": "✖", "保障部": "?"}),
        ("section", {"一": "✔✖○", "二": "?◆"}),
    ],
)
def test_what_names_have_is_split_by_light(
    office: Office, whose: workload.Whose, expected: dict[str, str]
) -> None:
    kinds = kinds_of(progress_of(office))
    frame = workload.by_kind(office.table, whose, None, kinds)
    found = {
        record[whose]: "".join(s.mark for s in SEGMENTS if record[s.name])
        for record in frame.to_dict("records")
    }
    assert found == expected
    assert frame["measures"].tolist() == [len(found[name]) for name in frame[whose]]


def test_the_names_with_most_stand_first_and_sections_as_in_the_table(office: Office) -> None:
    kinds = kinds_of(progress_of(office))
    by_leader = workload.by_kind(office.table, "leader", None, kinds)
    assert by_leader["leader"].tolist() == ["张慧", "李强"]
    second = workload.by_kind(office.table, "section", np.array([0, 2, 3]), kinds)
    assert second["section"].tolist() == ["一", "二"]


def test_months_count_by_the_day_as_issued_and_leave_out_other_years(office: Office) -> None:
    kinds = kinds_of(progress_of(office))
    months = workload.months_by_kind(office.table, None, 2026, kinds)
    found = {
        int(record["month"]): "".join(s.mark for s in SEGMENTS if record[s.name])
        for record in months.to_dict("records")
    }
    assert {month: marks for month, marks in found.items() if marks} == {
        6: "✔", 9: "✖", 10: "○", 12: "◆",
    }  # fmt: skip
    assert not workload.months_by_kind(office.table, None, 2025, kinds).iloc[:, 1:].any(axis=None)


# --- what a word of the address means -------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "rows"),
    [("light:✖", [1]), ("light:✔", [0]), ("light:☂", []), ("unfollowed", [4])],
)
def test_a_bar_of_a_light_opens_what_has_it(office: Office, word: str, rows: list[int]) -> None:
    of_word = parse(word)
    assert of_word == Word(*word.split(":"))
    assert progress_of(office).rows(of_word, None).tolist() == rows


def test_a_mark_that_is_far_too_long_means_nothing() -> None:
    assert parse("light:" + "✖" * 9) is None


def test_what_a_bar_opens_counts_as_many_as_the_bar(office: Office) -> None:
    of_day = progress_of(office)
    frame = workload.by_kind(office.table, "leader", None, kinds_of(of_day))
    for segment in SEGMENTS:
        word = parse(segment.text)
        assert word is not None
        assert len(of_day.rows(word, None)) == frame[segment.name].sum()


# --- the figures ----------------------------------------------------------------------------------


def test_bars_by_light_open_their_rows_in_the_role_that_they_count(office: Office) -> None:
    frame = workload.by_kind(office.table, "department", None, kinds_of(progress_of(office)))
    figure = charts.load_in_segments(frame, SEGMENTS, ZH, role="lead")
    opened = {data for trace in figure.data for data in trace.customdata or ()}
    assert "pick=经济部&part=lead&progress=light:✖" in opened
    assert "pick=组宣部&part=lead&progress=unfollowed" in opened
    assert "pick=组宣部&part=lead" in opened
    assert "pick=经济部&part=lead" in figure.layout.meta
    assert "✖ 逾期" in legend_of(figure)
    assert "○ 未纳入跟踪" in legend_of(figure)
    assert "暂停" not in legend_of(figure)


def test_the_table_behind_them_has_a_column_for_each_light(office: Office) -> None:
    frame = workload.by_kind(office.table, "leader", None, kinds_of(progress_of(office)))
    table = tables.loads(workload.top(frame, 9), of_lights(RULES, EN), EN)
    heads = [column.head for column in table.columns]
    assert heads[2:] == [
        *("Closed", "Late", "Due soon", "Not reported", "Paused", "On course"),
        *("Cancelled", "Not followed"),
    ]


def test_the_strip_of_months_stacks_what_is_due_from_its_floor(office: Office) -> None:
    kinds = kinds_of(progress_of(office))
    split = counted(workload.months_by_kind(office.table, None, 2026, kinds), SEGMENTS)
    months = workload.by_month(office.table, None, 2026)
    figure = charts.month_strip(months, ON, ZH, split=split)
    pieces = [
        (data, -height)
        for trace in figure.data
        if trace.type == "bar"
        for data, height in zip(trace.customdata, trace.y, strict=True)
        if "progress=" in data
    ]
    assert [data for data, _ in pieces] == [
        "month=2026-06&count=due&progress=light:✔",
        "month=2026-09&count=due&progress=light:✖",
        "month=2026-12&count=due&progress=light:◆",
        "month=2026-10&count=due&progress=unfollowed",
    ]
    assert len({height for _, height in pieces}) == 1
    assert any("✖ 逾期 1" in text for trace in figure.data for text in trace.hovertext or ())
    (legend,) = figure.layout.annotations  # words of a trace are not drawn outside the plot
    assert "✔ 已销号" in legend.text
    assert "到期" not in legend.text
    assert (legend.y, legend.yanchor) == (1, "bottom")


def test_the_pieces_of_a_month_stand_one_on_the_other(tmp_path: Path) -> None:
    office = Office(tmp_path, ROWS.replace("9月底前", "6月底前"))
    office.start()
    office.close("2026-05-20", "1")
    kinds = kinds_of(progress_of(office))
    split = counted(workload.months_by_kind(office.table, None, 2026, kinds), SEGMENTS)
    figure = charts.month_strip(workload.by_month(office.table, None, 2026), ON, ZH, split=split)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    june = {
        data: (base, height)
        for trace in bars
        for data, base, height in zip(trace.customdata, trace.base, trace.y, strict=True)
        if data.startswith("month=2026-06&count=due&progress")
    }
    (floor, first), (top_of_first, second) = june.values()
    assert top_of_first == floor + first
    assert first == second < 0


def test_the_legend_of_lights_stands_above_the_day_and_not_beside_it(office: Office) -> None:
    kinds = kinds_of(progress_of(office))
    split = counted(workload.months_by_kind(office.table, None, 2026, kinds), SEGMENTS)
    months = workload.by_month(office.table, None, 2026)
    plain = charts.month_strip(months, ON, ZH)
    followed = charts.month_strip(months, ON, ZH, split=split)
    assert followed.layout.margin.t > plain.layout.margin.t
    assert followed.layout.height - plain.layout.height == (
        followed.layout.margin.t - plain.layout.margin.t
    )


# --- the timeline ---------------------------------------------------------------------------------


def test_what_is_done_ends_on_its_day(office: Office) -> None:
    bar = bars_of(office, "张慧")["1"]
    assert (bar["end"], bar["due"], bar["done"]) == (
        date(2026, 5, 20), date(2026, 6, 30), date(2026, 5, 20),
    )  # fmt: skip
    assert bar["first_due"] is None
    assert bar["state"] == "light_0"


def test_what_was_extended_reaches_to_its_new_day_and_keeps_the_first(office: Office) -> None:
    bar = bars_of(office, "李强")["4"]
    assert (bar["end"], bar["due"], bar["first_due"]) == (
        date(2027, 2, 28), date(2027, 2, 28), date(2026, 12, 31),
    )  # fmt: skip
    assert bar["done"] is None


def test_what_nobody_follows_keeps_its_window(office: Office) -> None:
    bar = bars_of(office, "张慧")["5"]
    assert (bar["due"], bar["first_due"], bar["done"]) == (date(2026, 10, 31), None, None)
    assert bar["state"] == "unfollowed"


def test_what_was_done_before_it_began_is_a_day_long(tmp_path: Path) -> None:
    office = Office(tmp_path, "1,2026,重点工作,一,一（一）,建成职工书屋,张慧,组宣部,5—6月\n")
    office.start()
    office.close("2026-03-03", "1")
    bar = bars_of(office, "张慧")["1"]
    assert bar["start"] == bar["end"] == date(2026, 3, 3)


def test_the_timeline_draws_the_tick_and_the_hollow_first_day(office: Office) -> None:
    lanes = workload.by_lane(office.table, None, 2026, "leader", 9)
    bars = workload.bars(office.table, None, ON, "leader", ["张慧", "李强"], slice(0, 50))
    bars = progress.with_status(bars, SEGMENTS, progress_of(office))
    figure = charts.timeline(
        lanes,
        charts.OpenLanes(("张慧", "李强"), bars, SEGMENTS),
        workload.by_month(office.table, None, 2026),
        ON,
        ZH,
        year=2026,
        cell_opens=lambda name, month: f"{name}×{month}",
    ).figure
    assert "✔" in texts(figure)
    symbols = {
        symbol
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "markers"
        for symbol in trace.marker.symbol
    }
    assert symbols == {"circle", "diamond"}
    legend = legend_of(figure)
    assert "○ 原定时限" in legend
    assert "✔ 办结日期" in legend
    hovers = [text for trace in figure.data for text in trace.hovertext or ()]
    assert any("原定时限 2026-12-31" in text and "到期日 2027-02-28" in text for text in hovers)
    assert any("办结日期 2026-05-20" in text for text in hovers)


def test_the_table_behind_the_timeline_names_both_days(office: Office) -> None:
    bars = workload.bars(office.table, None, ON, "leader", ["李强"], slice(0, 50))
    bars = progress.with_status(bars, SEGMENTS, progress_of(office))
    table = tables.bars(bars, SEGMENTS, ZH)
    assert [column.head for column in table.columns] == [
        *("分组", "举措", "开始", "结束", "原定时限", "到期日", "办结日期", "状态"),
    ]
