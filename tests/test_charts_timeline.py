"""What the timeline says: windows, diamonds, titles, lanes and arrows."""

from datetime import date, datetime

import pandas as pd
import pytest

from lib.answers import charts, palette
from lib.answers.charts.month_axis import EARLIER, LATER
from lib.answers.marks import ALL_NAMES
from lib.workload import NOBODY, OTHERS
from tests.figures import (
    DAY,
    LESHAN,
    STATE,
    ZH,
    bar,
    bars_of,
    data_of,
    diamonds,
    laned,
    lanes_of,
    legend_of,
    months,
    one_by_one,
    shape_of,
    texts,
    timeline,
)


def test_a_window_stands_under_its_title_with_a_diamond_on_the_due_day():
    figure = timeline(bar(7, title="开展职工志愿服务活动"))
    (window,), (due,) = bars_of(figure, STATE["later"]), diamonds(figure, palette.INK)
    assert (window["base"], window["base"] + window["x"]) == (0.5, 10.5)
    assert due["x"] == pytest.approx(10.48, abs=0.01)
    assert due["y"] == window["y"]
    assert "○ 开展职工志愿服务活动" in texts(figure)
    assert (window["customdata"], due["customdata"]) == ("measure=7", "measure=7")
    assert "到期日 2020-10-31" in window["hovertext"]


def test_titles_stand_in_full_however_long():
    title = (
        "深入学习贯彻党的十九届四中全会、省委十一届六次全会和市委"
        "七届九次全会精神并抓好各项任务的分解落实与督促检查工作"
    )
    assert any(title in text.replace("<br>", "") for text in texts(timeline(bar(title=title))))


def test_the_months_stand_above_on_the_same_axis_and_can_be_clicked():
    head, figure = charts.month_head(LESHAN, DAY, ZH, year=2020), timeline(bar())
    for side in ("l", "r"):
        assert head.layout.margin[side] == figure.layout.margin[side]
    assert head.layout.xaxis.range == figure.layout.xaxis.range
    assert [f"month=2020-{month:02}" for month in range(1, 13)] in [
        list(data)[:12] for data in data_of(head)
    ]
    assert {"4", "3", "基准日 2020-09-15"} <= set(texts(head))


def test_the_months_stand_there_also_where_nothing_falls_due():
    assert "12月" in texts(charts.month_head(months({}), DAY, ZH, year=2020))


def test_a_folded_lane_is_one_row_with_what_falls_due_in_each_month():
    lanes = lanes_of({"张慧": 8, "张雷": 2}, {"张慧": {9: 1, 12: 3}})
    timeline = laned(lanes=lanes)
    cells = one_by_one(timeline.figure, "bar")[:12]
    assert [each["text"] for each in cells] == [*[""] * 8, "1", "", "", "3"]
    assert [cells[place]["customdata"] for place in (0, 8, 11)] == [
        "open=张慧",
        "张慧×9",
        "张慧×12",
    ]
    assert cells[11]["marker"]["color"] != cells[8]["marker"]["color"]
    assert "张慧（8 项）" in cells[11]["hovertext"]
    assert "3 项到期" in cells[11]["hovertext"]
    assert [lane.is_open for lane in timeline.lanes] == [False, False]
    assert timeline.height < 150


def test_an_open_lane_has_its_measures_where_a_folded_one_has_its_months():
    lanes = lanes_of({"张慧": 1, "张雷": 2})
    timeline = laned(bar(7), lanes=lanes)
    first, second = timeline.lanes
    assert (first.is_open, second.is_open) == (True, False)
    (window,) = bars_of(timeline.figure, STATE["later"])
    assert first.top < window["y"] < first.bottom == second.top
    assert {data[0] for data in data_of(timeline.figure)} == {"measure=7", "open=张雷"}


def test_lanes_that_do_not_fit_are_one_that_opens_them_all():
    lanes = lanes_of({"张慧": 3, OTHERS: 9}, {OTHERS: {1: 9}}, others=4)
    figure = laned(lanes=lanes).figure
    assert "<b>其他 4 个（9 项）</b>" in texts(figure)
    cells = [each for each in one_by_one(figure, "bar") if each["customdata"] == ALL_NAMES]
    assert len(cells) == 12


def test_a_lane_that_shows_a_part_says_which():
    lanes = lanes_of({"张慧": 120})
    timeline = laned(bar(0, place=51), bar(1, place=52), lanes=lanes)
    assert "".join(timeline.lanes[0].lines) == "张慧（120 项，第 51–52 项）"


def test_milestones_of_one_day_share_a_hollow_diamond():
    notes = [(date(2020, 6, 30), "申报职工书屋", False), (date(2020, 6, 30), "申报文化驿站", False)]
    notes += [(date(2020, 10, 31), "歌手大赛", True), (date(2021, 1, 1), "明年", False)]
    hollow = diamonds(timeline(bar(3, milestones=notes)), palette.PAPER)
    assert [each["customdata"] for each in hollow] == ["measure=3"] * 2
    first, second = (each["hovertext"] for each in hollow)
    assert "申报职工书屋" in first
    assert "申报文化驿站" in first
    assert "晚于期限" in second.replace("<br>", "")


def test_a_milestone_on_the_due_day_is_seen_around_its_diamond_and_told_by_it():
    figure = timeline(
        bar(milestones=[(date(2020, 10, 31), "歌手大赛", True), (DAY, "诵读比赛", False)])
    )
    (around, beside), (inside,) = diamonds(figure, palette.PAPER), diamonds(figure, palette.INK)
    assert around["marker"]["size"] > beside["marker"]["size"] == inside["marker"]["size"]
    assert "歌手大赛" in inside["hovertext"]
    assert "诵读比赛" not in inside["hovertext"]


def test_windows_are_cut_at_the_year_and_marked():
    figure = timeline(
        bar(0, start=date(2019, 6, 1), end=date(2021, 6, 1), due=date(2021, 6, 1)),
        bar(1, start=datetime(2021, 2, 1), end=datetime(2021, 6, 1), due=None),
        bar(2, start=date(2019, 2, 1), end=date(2019, 6, 1), due=date(2019, 6, 1), state="passed"),
    )
    (window,) = bars_of(figure, STATE["later"])
    assert (window["base"], window["x"]) == (0.5, 12)
    assert [texts(figure).count(mark) for mark in (EARLIER, LATER)] == [2, 2]
    assert not bars_of(figure, STATE["passed"])
    assert not diamonds(figure, palette.INK)


def test_a_window_with_one_end_is_that_day():
    for change in (
        {"start": None, "end": date(2020, 3, 31)},
        {"start": date(2020, 3, 31), "end": pd.NaT},
    ):
        (window,) = bars_of(timeline(bar(**change)), STATE["later"])
        assert window["x"] == pytest.approx(1 / 31)


def test_a_measure_without_a_date_says_so_in_place_of_a_bar():
    figure = timeline(bar(5, state="no_date", start=None, end=None, due=None))
    assert "无日期" in texts(figure)
    assert "measure=5" in data_of(figure)[0]


def test_lanes_are_headed_once_and_one_without_a_name_says_so():
    figure = timeline(bar(0), bar(1), bar(2, lane="张雷"), bar(3, lane=NOBODY))
    assert [text for text in texts(figure) if text.startswith("<b>") and "月" not in text] == [
        "<b>张慧（2 项）</b>",
        "<b>张雷（1 项）</b>",
        "<b>（未写明）（1 项）</b>",
    ]


def test_what_runs_all_year_is_dotted():
    figure = timeline(
        bar(0, state="ongoing", ongoing=True, end=date(2020, 12, 31), due=date(2020, 12, 31))
    )
    dotted = [
        each["marker"]["color"] for each in one_by_one(figure, "bar") if shape_of(each) == "."
    ]
    assert dotted == [STATE["ongoing"]]
    assert legend_of(figure).count("●") == 1


def test_a_long_timeline_grows_and_names_its_months_at_its_foot_too():
    short, long = timeline(bar()), timeline(*(bar(row) for row in range(30)))
    assert long.layout.height > short.layout.height + 29 * 40
    assert texts(long).count("1月") == 1
    assert "1月" not in texts(short)
