"""What the chart of leaders says: who stands on top, which numbers, words and marks."""

import json
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest

from lib.answers import palette
from lib.answers.marks import ALL_NAMES, opens
from lib.measures import schema
from lib.workload import OTHERS
from tests.figures import (
    EN,
    LOADS,
    STATE,
    ZH,
    bar,
    lanes_of,
    leaders,
    legend_of,
    load_by_state,
    one_by_one,
    shade_of,
    texts,
    timeline,
)


def test_the_busiest_leader_is_on_top():
    figure = load_by_state(LOADS, ZH)
    names = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    bottom, top = figure.layout.yaxis.range
    assert (names["张慧"] - bottom) / (top - bottom) > (names["张雷"] - bottom) / (top - bottom)


def test_a_whole_row_tells_what_its_bars_tell():
    figure = load_by_state(LOADS, ZH)
    told = {
        text for trace in figure.data[1:] if trace["type"] == "bar" for text in trace["hovertext"]
    }
    assert figure.data[0]["hoverinfo"] == "text"
    assert {*figure.data[0]["hovertext"]} == told
    rows = timeline(bar(), bar(1, start=date(2020, 7, 1), title="展览")).data[0]
    assert rows["hoverinfo"] == "text"
    assert ["展览" in text for text in rows["hovertext"]] == [False, True]


def name_of(bar: dict) -> str:
    """Whose measures a bar opens."""
    return dict(parse_qsl(bar["customdata"]))["pick"]


def test_the_total_stands_at_the_end_of_the_bar():
    figure = load_by_state(LOADS, ZH)
    numbers = figure.data[-1]
    assert [text.strip() for text in numbers["text"]] == ["8", "2"]
    assert list(numbers["x"]) == [8, 2]


def test_states_follow_one_another_without_overlapping():
    figure = load_by_state(LOADS, ZH)
    mine = [each for each in one_by_one(figure, "bar")[2:] if "张慧" in name_of(each)]
    spans = sorted((each["base"], each["base"] + each["x"]) for each in mine)
    assert [start for start, _ in spans] == [0, 1, 5]
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_the_legend_has_mark_and_word_of_every_state_that_occurs(t):
    everything = leaders({"甲": dict.fromkeys(schema.STATES, 1)})
    legend = legend_of(load_by_state(everything, t))
    for state, mark in schema.STATES.items():
        assert f"{mark} {t(f'state.{state}')}" in legend
        assert palette.STATES[state] in legend
    assert t("state.recurring") not in legend_of(load_by_state(LOADS, t))
    every = [bar(row, state=state) for row, state in enumerate(schema.STATES)]
    legend = legend_of(timeline(*every, t=t))
    words = [f"{schema.STATES[state]} {t(f'state.{state}')}" for state in schema.STATE_ORDER]
    places = [legend.index(word) for word in [*words, f"◆ {t('chart.due_day')}"]]
    assert places == sorted(places)
    assert t("chart.milestone") not in legend


def test_the_legend_of_a_timeline_says_what_the_months_of_folded_lanes_count():
    lanes = lanes_of({"张慧": 1, "张雷": 2})
    assert "当月到期项数" in legend_of(timeline(bar(), lanes=lanes))
    assert "当月到期项数" not in legend_of(timeline(bar()))


def test_a_legend_fits_a_telephone():
    every = [bar(row, state=state) for row, state in enumerate(schema.STATES)]
    lines = legend_of(timeline(*every, t=EN)).split("<br>")
    assert len(lines) > 1
    assert all(line.count("</span>") <= 3 for line in lines)


def test_words_in_a_pattern_are_surrounded_by_its_colour():
    figure = load_by_state(
        leaders({"甲": {"ongoing": 3, "later": 1}, "乙": {"ongoing": 1}}), ZH, "乙"
    )
    words_of_bars = [text for text in texts(figure) if "●" in text and "■" not in text]
    assert f"stroke:{palette.STATES['ongoing']}" in words_of_bars[1]
    assert words_of_bars[0] == "● 3"  # faded: nothing to be surrounded with
    assert "○ 1" in texts(figure)


def test_a_leader_can_be_clicked_anywhere_in_the_row():
    figure = load_by_state(LOADS, ZH)
    assert list(figure.data[0]["customdata"]) == [opens(pick="张慧"), opens(pick="张雷")]
    assert [query for _, query in json.loads(figure.layout.meta)] == [
        opens(pick="张慧"),
        opens(pick="张雷"),
    ]


def test_each_bar_opens_the_measures_that_it_counts():
    figure = load_by_state(LOADS, ZH)
    assert [each["customdata"] for each in one_by_one(figure, "bar")[2:]] == [
        opens(pick="张慧", state="passed"),
        opens(pick="张雷", state="passed"),
        opens(pick="张慧", state="later"),
        opens(pick="张雷", state="later"),
        opens(pick="张慧", state="ongoing"),
    ]


def test_a_row_tells_how_many_are_in_each_state():
    figure = load_by_state(LOADS, ZH)
    assert "<b>张慧</b> 8 项" in figure.data[1]["hovertext"][0]
    assert "■ 已过期限 1" in figure.data[1]["hovertext"][0]


def test_the_picked_leader_keeps_its_colour_and_the_others_fade():
    figure = load_by_state(LOADS, ZH, "张雷")
    bars = one_by_one(figure, "bar")[2:]
    assert [name_of(each) for each in bars] == ["张慧", "张雷", "张慧", "张雷", "张慧"]
    shades = [shade_of(each) for each in bars]
    assert (shades[1], shades[3]) == (STATE["passed"], STATE["later"])
    assert all(shade.startswith("rgba") for shade in shades[::2])
    assert [each["insidetextfont"]["color"] for each in bars[:2]] == [palette.INK, palette.LIGHT]
    assert list(figure.layout.yaxis.ticktext) == ["张慧", "<b>张雷</b>"]


def test_a_pick_that_is_not_there_fades_nothing():
    assert load_by_state(LOADS, ZH, "无此人") == load_by_state(LOADS, ZH)


def test_the_others_are_said_in_words_and_do_not_dwarf_the_named():
    frame = leaders({"张慧": {"later": 8}, OTHERS: {"later": 900}}, others=40)
    figure = load_by_state(frame, ZH)
    assert figure.layout.yaxis.ticktext[1] == "其他 40 个"
    assert "共 900" in texts(figure)
    assert figure.layout.xaxis.range == (0, 8)
    assert list(figure.data[0]["customdata"]) == [opens(pick="张慧"), ALL_NAMES]
    assert list(figure.data[1]["customdata"]) == [opens(pick="张慧", state="later")]
    assert load_by_state(frame.drop(columns="others"), ZH).layout.yaxis.ticktext[1] == "其他"


def test_rows_are_as_high_as_their_names():
    short, long = (
        load_by_state(leaders({name: {"later": 1}}), ZH)
        for name in ("王", "市文化广播电视和旅游局（市体育局、市文物局）")
    )
    assert long.layout.height > short.layout.height
    assert long.layout.margin.l > short.layout.margin.l
