"""What the charts say: who stands on top, which numbers, which words, which marks; not how they look."""

import json
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from lib.answers import charts, palette
from lib.answers.charts.heat import shade
from lib.answers.charts.month_axis import EARLIER, LATER
from lib.answers.charts.words import plain, wrapped
from lib.i18n import translator
from lib.measures import schema
from lib.workload import OTHERS, Grid
from tests.colours import contrast, luminance

ZH, EN = translator("zh"), translator("en")
DAY = date(2020, 9, 15)
HOSTILE = "<b>粗体</b>&amp;$x^2$[甲](乙)#000037"
SHOWN_AS = "&lt;b>粗体&lt;/b>&amp;amp;&#36;x^2&#36;[甲](乙)&#35;000037"


def months(due: dict[int, int], ongoing: dict[int, int] | None = None) -> pd.DataFrame:
    counts = {"due": due, "ongoing": ongoing or {}, "in_force": {}}
    columns = {
        name: [found.get(month, 0) for month in range(1, 13)] for name, found in counts.items()
    }
    return pd.DataFrame({"month": range(1, 13), **columns})


LESHAN = months({8: 1, 9: 1, 10: 1, 12: 4}, {12: 3})


def leaders(loads: dict[str, dict[str, int]], others: int = 0) -> pd.DataFrame:
    rows = [
        {"leader": name, "measures": sum(load.values()), **dict.fromkeys(schema.STATES, 0), **load}
        for name, load in loads.items()
    ]
    columns = ["leader", "measures", *schema.STATES]
    return pd.DataFrame(rows, columns=columns).assign(
        others=[others if name == OTHERS else 0 for name in loads]
    )


LOADS = leaders(
    {"张慧": {"passed": 1, "later": 4, "ongoing": 3}, "张雷": {"passed": 1, "later": 1}}
)


def departments(loads: dict[str, tuple[int, int]]) -> pd.DataFrame:
    rows = [(name, lead, support, lead + support / 2) for name, (lead, support) in loads.items()]
    return pd.DataFrame(rows, columns=["department", "lead", "support", "weighted"])


DEPARTMENTS = departments({"组宣部": (8, 2), "市教科文卫体工会": (0, 10), "经济保障女工部": (2, 3)})
MONTHS_GRID = Grid(["张慧", "张雷"], [str(n) for n in range(1, 13)], np.arange(24).reshape(2, 12))
NAMES_GRID = Grid(["组宣部", OTHERS], ["办公室", OTHERS], np.array([[6, 3], [20, 9]]), (3, 5))


def bar(position: int = 0, **changes: object) -> dict[str, object]:
    plain = {
        "position": position, "lane": "张慧", "title": "开展志愿服务", "start": date(2020, 1, 1),
        "end": date(2020, 10, 31), "due": date(2020, 10, 31), "ongoing": False, "recurring": "", "state": "later",
        "milestones": [],
    }  # fmt: skip
    return plain | changes


def timeline(
    *bars: dict[str, object],
    year: int = 2020,
    as_of: date = DAY,
    picked: str = "",
    t=ZH,
    counts=LESHAN,
) -> go.Figure:
    frame = pd.DataFrame(
        {name: pd.Series([each[name] for each in bars], dtype=object) for name in bar()}
    )
    return charts.timeline(frame, counts, year, as_of, t, picked)


EMPTY = {
    "month_strip": charts.month_strip(months({}), DAY, ZH),
    "leader_load": charts.leader_load(LOADS.iloc[:0], ZH),
    "department_load": charts.department_load(DEPARTMENTS.iloc[:0], ZH),
    "heat": charts.heat(Grid([], [], np.zeros((0, 0), int)), ZH, unit="together", columns="names"),
    "timeline": timeline(),
}
FIGURES = {
    "month_strip": charts.month_strip(LESHAN, DAY, ZH),
    "month_strip, picked": charts.month_strip(LESHAN, date(2020, 2, 29), EN, "2020-10"),
    "leader_load": charts.leader_load(LOADS, ZH),
    "leader_load, picked": charts.leader_load(LOADS, EN, "张慧"),
    "department_load": charts.department_load(DEPARTMENTS, ZH, weight=0.5),
    "department_load, picked": charts.department_load(DEPARTMENTS, EN, "lead", 0.5, "组宣部"),
    "heat of months": charts.heat(
        MONTHS_GRID, ZH, unit="due", columns="months", picked=("张慧", "8")
    ),
    "heat of names": charts.heat(NAMES_GRID, EN, unit="together", columns="names"),
    "timeline": timeline(
        bar(0, milestones=[(date(2020, 5, 1), "宣传月", False)]),
        bar(1, state="ongoing", ongoing=True, end=date(2021, 3, 1), due=None),
        bar(2, lane="", state="no_date", start=None, end=None, due=None),
        picked="1",
    ),
}
BOTH = [pytest.param(figure, id=name) for name, figure in FIGURES.items()]
BOTH += [pytest.param(figure, id=f"{name}, empty") for name, figure in EMPTY.items()]


def texts(figure: go.Figure) -> list[str]:
    """Every text that a figure shows without hover."""
    found = [note["text"] for note in figure.to_dict()["layout"].get("annotations", [])]
    for trace in figure.data:
        shown = trace["text"]
        found += [shown] if isinstance(shown, str) else list(shown or [])
    for axis in ("xaxis", "yaxis"):
        found += list(figure.layout[axis].ticktext or [])
    return [text.strip() for text in found if text and text.strip()]


def legend_of(figure: go.Figure) -> str:
    (words,) = (text for text in texts(figure) if "■</span>" in text)
    return words


def data_of(figure: go.Figure) -> list:
    return [trace["customdata"] for trace in figure.data if trace["customdata"] is not None]


def one_by_one(figure: go.Figure, kind: str) -> list[dict[str, Any]]:
    """The bars or markers or words of a figure (bar, markers, text), each with its own value for every list."""
    found = []
    for trace in json.loads(figure.to_json())["data"]:
        if kind in {trace["type"], trace.get("mode")}:
            found += [_at(trace, place, len(trace["x"])) for place in range(len(trace["x"]))]
    return found


def _at(value: Any, place: int, size: int) -> Any:
    if isinstance(value, dict):
        return {key: _at(inner, place, size) for key, inner in value.items()}
    return value[place] if isinstance(value, list) and len(value) == size else value


def bars_of(figure: go.Figure, colour: str) -> list[dict[str, Any]]:
    """The bars in a colour, from the left and the top on."""
    return [each for each in one_by_one(figure, "bar") if each["marker"]["color"] == colour]


def shape_of(bar_: dict[str, Any]) -> str:
    return str(bar_["marker"].get("pattern", {}).get("shape", ""))


def shade_of(bar_: dict[str, Any]) -> str:
    marker = bar_["marker"]
    return str(marker["pattern"]["bgcolor"] if "pattern" in marker else marker["color"])


def diamonds(figure: go.Figure, fill: str) -> list[dict[str, Any]]:
    return [each for each in one_by_one(figure, "markers") if each["marker"]["color"] == fill]


STATE = palette.STATES


# --- colours ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", BOTH)
def test_every_filled_bar_has_the_outline_that_is_seen_in_both_themes(figure):
    for trace in figure.data:
        if (
            trace["type"] == "bar"
            and trace["hoverinfo"] == "text"
            and trace["marker"]["line"]["width"]
        ):
            assert trace["marker"]["line"]["color"] == palette.OUTLINE


@pytest.mark.parametrize("figure", BOTH)
def test_hatched_bars_have_one_colour_since_plotly_would_take_their_own_for_the_pattern(figure):
    hatched = [
        trace["marker"]
        for trace in figure.data
        if trace["type"] == "bar" and trace["marker"]["pattern"]["shape"]
    ]
    assert all(isinstance(marker["color"], str) for marker in hatched)


@pytest.mark.parametrize("count", range(1, 101))
def test_the_number_in_a_cell_can_be_read(count):
    back, ink = shade(count, 100)
    assert contrast(back, ink) >= 4.5


def test_more_is_darker_and_nothing_is_faint():
    steps = [luminance(shade(count, 50)[0]) for count in range(1, 51)]
    assert steps == sorted(steps, reverse=True)
    assert shade(0, 50)[0].startswith("rgba")


def test_the_number_in_a_state_can_be_read():
    figure = charts.leader_load(leaders({"甲": dict.fromkeys(schema.STATES, 2)}), ZH)
    for bar_, state in zip(one_by_one(figure, "bar")[1:], schema.STATE_ORDER, strict=True):
        ink = bar_["insidetextfont"]["color"]
        assert contrast(ink, palette.STATES[state]) >= 4.5, state
        if state in palette.PATTERNS and state != "unreadable":
            assert contrast(ink, palette.PATTERNS[state][1]) >= 4.5, state


def test_states_differ_by_more_than_colour():
    assert len(set(schema.STATES.values())) == len(schema.STATES)
    assert set(schema.STATES) <= set(palette.STATES)


# --- every figure ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", BOTH)
def test_plotly_itself_finds_nothing_wrong(figure):
    go.Figure(figure.to_dict())


@pytest.mark.parametrize("figure", BOTH)
def test_the_json_is_text(figure):
    assert "bdata" not in plotly.io.to_json(figure, validate=False)


@pytest.mark.parametrize("figure", BOTH)
def test_a_drag_on_a_figure_zooms_nothing(figure):
    plain = figure.to_dict()
    axes = [axis for name, axis in plain["layout"].items() if name.startswith(("xaxis", "yaxis"))]
    assert all(axis.get("fixedrange") or axis == {"visible": False} for axis in axes)


@pytest.mark.parametrize("figure", BOTH)
def test_plotly_has_no_reason_to_draw_a_figure_twice(figure):
    """See `figure.figure`: Streamlit hands it over twice."""
    layout = charts.packed(figure).to_dict()["layout"]
    assert "template" not in layout
    assert "datarevision" in layout
    assert layout["clickmode"] == "event+select"
    assert layout["dragmode"]
    assert layout["hovermode"]


@pytest.mark.parametrize("figure", BOTH)
def test_a_figure_has_no_title_and_no_legend_that_plotly_would_set(figure):
    assert "title" not in figure.to_dict()["layout"]
    assert figure.layout.showlegend is False
    assert all(trace["hoverinfo"] in {"text", "skip"} for trace in figure.data)


def fonts(value: object) -> list[dict[str, Any]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = [font for _, each in inner for font in fonts(each)]
    return found + [each for key, each in inner if str(key).endswith("font") and "size" in each]


@pytest.mark.parametrize("figure", BOTH)
def test_no_word_is_smaller_than_12(figure):
    sizes = [
        size for font in fonts(json.loads(figure.to_json())) for size in np.atleast_1d(font["size"])
    ]
    assert sizes
    assert min(sizes) >= 12


@pytest.mark.parametrize(
    ("name", "figure"), [pytest.param(name, figure, id=name) for name, figure in EMPTY.items()]
)
def test_an_empty_table_draws_a_sentence_not_an_empty_axis(name, figure):
    assert not figure.data
    assert texts(figure) == [ZH("chart.nothing_due" if name == "month_strip" else "chart.nothing")]
    assert figure.layout.xaxis.visible is False


def test_names_appear_as_written():
    assert plain(HOSTILE) == SHOWN_AS
    grid = Grid([HOSTILE], [HOSTILE], np.array([[1]]))
    drawn = [
        charts.leader_load(leaders({HOSTILE: {"later": 1}}), ZH, HOSTILE),
        charts.department_load(departments({HOSTILE: (1, 1)}), ZH, "lead"),
        charts.heat(grid, ZH, unit="together", columns="names"),
        timeline(bar(lane=HOSTILE, title=HOSTILE, milestones=[(DAY, HOSTILE, False)])),
    ]
    for figure in drawn:
        hover = [text for trace in figure.data for text in trace["hovertext"] or ()]
        for written in (texts(figure), hover):
            shown = "".join(written).replace("<br>", "")
            assert SHOWN_AS in shown
            assert HOSTILE not in shown
    assert HOSTILE in data_of(drawn[0])[0]  # what is clicked is the name itself


# --- names in lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("组宣部", 9, ("组宣部",)),
        ("", 9, ("",)),
        ("市发展和改革委员会办", 9, ("市发展和改", "革委员会办")),  # not nine and one
        (
            "市住房和城乡建设局（市人民防空办公室）",
            9,
            ("市住房和城乡建设局", "（市人民防", "空办公室）"),
        ),
        ("市文广旅局（市体育局）", 12, ("市文广旅局（市体育局）",)),
        ("甲乙丙丁、戊己庚辛", 5, ("甲乙丙丁、", "戊己庚辛")),  # no line begins with a mark
        (
            "深入学习四中全会、省委全会和市委全会精神",
            12,
            ("深入学习四中全会、", "省委全会和市委全会精神"),
        ),
        (
            "甲乙，丙丁戊己庚辛壬癸",
            7,
            ("甲乙，丙丁戊", "己庚辛壬癸"),
        ),  # the clause would cost a line
        ("（市体育局）", 4, ("（市体", "育局）")),
        ("Prof. Alexander Smith", 9, ("Prof. Alexander", "Smith")),
        ("Featherstonehaughs", 9, ("Featherst", "onehaughs")),
        ("12月31日前", 9, ("12月31日前",)),
    ],
)
def test_long_names_wrap_and_are_not_cut(text, limit, lines):
    assert wrapped(text, limit) == lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


# --- months ----------------------------------------------------------------------------------------------------------


def test_the_months_carry_their_numbers_and_what_runs_all_year_stands_apart():
    figure = charts.month_strip(LESHAN, DAY, ZH)
    *_, due = bars_of(figure, palette.DUE)
    (ongoing,) = bars_of(figure, STATE["ongoing"])
    assert [text for text in texts(figure) if text.isdigit()] == ["1", "1", "1", "4", "3"]
    assert due["customdata"] == ongoing["customdata"] == "2020-12"
    assert (shape_of(due), shape_of(ongoing)) == ("", ".")
    assert ongoing["x"] - ongoing["width"] / 2 > due["x"] + due["width"] / 2
    assert ongoing["x"] + ongoing["width"] / 2 < figure.layout.xaxis.range[1]
    assert [word in legend_of(figure) for word in ("到期", "● 全年")] == [True, True]
    assert figure.layout.height == 150


@pytest.mark.parametrize("n", [12, 190, 1_234])
def test_a_long_number_beside_a_bar_stays_off_it_and_inside_the_figure_on_a_telephone(n):
    counts = months({12: 469}, {12: n})
    for figure in (charts.month_strip(counts, DAY, ZH), timeline(bar(), counts=counts)):
        *_, due = bars_of(figure, palette.DUE)
        (number,) = (each for each in one_by_one(figure, "text") if each["text"] == f"{n:,}")
        assert number["textposition"] == "top right"
        assert number["x"] > due["x"] + due["width"] / 2
        margin = figure.layout.margin
        month = (366 - margin.l - margin.r) / 12
        assert (number["x"] - 12.5) * month + len(f"{n:,}") * 7.5 < margin.r


def test_a_year_without_ongoing_measures_has_no_bar_for_them():
    figure = charts.month_strip(months({3: 2}), DAY, ZH)
    assert not bars_of(figure, STATE["ongoing"])
    assert "全年" not in legend_of(figure)


@pytest.mark.parametrize(("t", "first", "last"), [(ZH, "1月", "12月"), (EN, "Jan", "Dec")])
def test_months_are_named_in_the_readers_language(t, first, last):
    for figure in (charts.month_strip(LESHAN, DAY, t), timeline(bar(), t=t)):
        assert {first, last} <= set(texts(figure))
    heat = charts.heat(MONTHS_GRID, t, unit="due", columns="months")
    names = [text.replace("<br>", "") for text in heat.layout.xaxis.ticktext]
    assert (names[0], names[-1]) == (first, last)
    months = charts.config("zh" if t is ZH else "en")["locales"]
    assert next(iter(months.values()))["format"]["months"][0] == first


def test_each_month_can_be_clicked_even_an_empty_one():
    figure = charts.month_strip(LESHAN, DAY, ZH)
    assert list(figure.data[0]["customdata"])[:12] == [f"2020-{month:02}" for month in range(1, 13)]
    assert "到期 4" in figure.data[0]["hovertext"][11]
    assert "全年 3" in figure.data[0]["hovertext"][11]
    assert "到期 0" in figure.data[0]["hovertext"][0]


@pytest.mark.parametrize(
    ("day", "at"),
    [(date(2020, 9, 15), 8.98), (date(2020, 1, 1), 0.52), (date(2020, 12, 31), 12.48)],
)
def test_the_line_of_the_day_stands_in_its_month_at_its_place(day, at):
    figure = charts.month_strip(LESHAN, day, ZH)
    (label,) = (
        each for each in one_by_one(figure, "text") if each["text"] == f"基准日 {day.isoformat()}"
    )
    assert label["x"] == pytest.approx(at, abs=0.01)
    assert f"<b>{day.month}月</b>" in texts(figure)


def test_the_line_of_the_day_does_not_cross_the_number_of_its_month():
    lines = [
        charts.month_strip(months({9: n, 12: 10}), DAY, ZH).layout.shapes[1].path
        for n in (0, 5, 10)
    ]
    ends = [float(line.split("V")[1]) for line in lines]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] == 102
    assert ends[-1] == 2


def test_a_day_outside_the_year_is_named_at_its_end_of_the_axis():
    before, after = timeline(bar(), as_of=date(2019, 5, 1)), timeline(bar(), as_of=date(2021, 5, 1))
    assert f"{EARLIER} 基准日 2019-05-01" in texts(before)
    assert f"基准日 2021-05-01 {LATER}" in texts(after)
    assert [len(figure.layout.shapes) for figure in (before, after)] == [1, 1]


@pytest.mark.parametrize("figure", BOTH)
def test_every_word_stands_where_plotly_draws_it(figure):
    """A word whose place is outside the axes is not drawn."""
    bounds = [
        sorted(figure.layout[axis].range)
        for axis in ("xaxis", "yaxis")
        if one_by_one(figure, "text")
    ]
    for word in one_by_one(figure, "text"):
        assert all(
            low <= word[side] <= high for side, (low, high) in zip("xy", bounds, strict=True)
        ), word["text"]


def test_large_numbers_stay_short():
    figure = charts.month_strip(months({3: 83_333, 5: 9_999}), DAY, ZH)
    numbers = texts(figure)
    assert "8.33 万" in numbers
    assert "9,999" in numbers
    assert "<b>3月</b><br>到期 83,333" in figure.data[0]["hovertext"]
    assert "83.33k" in texts(charts.month_strip(months({3: 83_333}), DAY, EN))


# --- leaders ---------------------------------------------------------------------------------------------------------


def test_the_busiest_leader_is_on_top():
    figure = charts.leader_load(LOADS, ZH)
    names = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    bottom, top = figure.layout.yaxis.range
    assert (names["张慧"] - bottom) / (top - bottom) > (names["张雷"] - bottom) / (top - bottom)


def test_a_whole_row_tells_what_its_bars_tell():
    figure = charts.leader_load(LOADS, ZH)
    told = {
        text for trace in figure.data[1:] if trace["type"] == "bar" for text in trace["hovertext"]
    }
    assert figure.data[0]["hoverinfo"] == "text"
    assert {*figure.data[0]["hovertext"]} == told
    rows = timeline(bar(), bar(1, start=date(2020, 7, 1), title="展览")).data[0]
    assert rows["hoverinfo"] == "text"
    assert ["展览" in text for text in rows["hovertext"]] == [False, True]


def test_the_total_stands_at_the_end_of_the_bar():
    figure = charts.leader_load(LOADS, ZH)
    numbers = figure.data[-1]
    assert [text.strip() for text in numbers["text"]] == ["8", "2"]
    assert list(numbers["x"]) == [8, 2]


def test_states_follow_one_another_without_overlapping():
    figure = charts.leader_load(LOADS, ZH)
    mine = [each for each in one_by_one(figure, "bar")[2:] if each["customdata"] == "张慧"]
    spans = sorted((each["base"], each["base"] + each["x"]) for each in mine)
    assert [start for start, _ in spans] == [0, 1, 5]
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_the_legend_has_mark_and_word_of_every_state_that_occurs(t):
    everything = leaders({"甲": dict.fromkeys(schema.STATES, 1)})
    legend = legend_of(charts.leader_load(everything, t))
    for state, mark in schema.STATES.items():
        assert f"{mark} {t(f'state.{state}')}" in legend
        assert palette.STATES[state] in legend
    assert t("state.recurring") not in legend_of(charts.leader_load(LOADS, t))
    every = [bar(at, state=state) for at, state in enumerate(schema.STATES)]
    legend = legend_of(timeline(*every, t=t))
    words = [f"{schema.STATES[state]} {t(f'state.{state}')}" for state in schema.STATE_ORDER]
    places = [legend.index(word) for word in [*words, f"◆ {t('chart.due_day')}"]]
    assert places == sorted(places)
    assert t("chart.milestone") not in legend


def test_the_legend_of_a_timeline_names_the_bars_above_it():
    legend = legend_of(timeline(bar()))
    assert palette.DUE in legend
    assert legend.index("到期") < legend.index("○ 以后到期")
    assert "● 全年/长期" in legend  # no window of that state, only December's second bar
    bare = legend_of(timeline(bar(), counts=months({})))
    assert palette.DUE not in bare
    assert "●" not in bare


def test_a_legend_fits_a_telephone():
    every = [bar(at, state=state) for at, state in enumerate(schema.STATES)]
    lines = legend_of(timeline(*every, t=EN)).split("<br>")
    assert len(lines) > 1
    assert all(line.count("</span>") <= 3 for line in lines)


def test_words_in_a_pattern_are_surrounded_by_its_colour():
    figure = charts.leader_load(
        leaders({"甲": {"ongoing": 3, "later": 1}, "乙": {"ongoing": 1}}), ZH, "乙"
    )
    shown = [text for text in texts(figure) if "●" in text and "■" not in text]
    assert f"stroke:{palette.STATES['ongoing']}" in shown[1]
    assert shown[0] == "● 3"  # faded: nothing to be surrounded with
    assert "○ 1" in texts(figure)


def test_a_leader_can_be_clicked_anywhere_in_the_row():
    figure = charts.leader_load(LOADS, ZH)
    assert list(figure.data[0]["customdata"]) == ["张慧", "张雷"]
    assert [each["customdata"] for each in one_by_one(figure, "bar")[2:]] == [
        "张慧",
        "张雷",
        "张慧",
        "张雷",
        "张慧",
    ]
    assert "<b>张慧</b> 8 项" in figure.data[1]["hovertext"][0]
    assert "■ 已过期限 1" in figure.data[1]["hovertext"][0]


def test_the_picked_leader_keeps_its_colour_and_the_others_fade():
    figure = charts.leader_load(LOADS, ZH, "张雷")
    bars = one_by_one(figure, "bar")[2:]
    assert [each["customdata"] for each in bars] == ["张慧", "张雷", "张慧", "张雷", "张慧"]
    shades = [shade_of(each) for each in bars]
    assert (shades[1], shades[3]) == (STATE["passed"], STATE["later"])
    assert all(shade.startswith("rgba") for shade in shades[::2])
    assert [each["insidetextfont"]["color"] for each in bars[:2]] == [palette.INK, palette.LIGHT]
    assert list(figure.layout.yaxis.ticktext) == ["张慧", "<b>张雷</b>"]


def test_a_pick_that_is_not_there_fades_nothing():
    assert charts.leader_load(LOADS, ZH, "无此人") == charts.leader_load(LOADS, ZH)


def test_the_others_are_said_in_words_and_do_not_dwarf_the_named():
    frame = leaders({"张慧": {"later": 8}, OTHERS: {"later": 900}}, others=40)
    figure = charts.leader_load(frame, ZH)
    assert figure.layout.yaxis.ticktext[1] == "其他 40 个"
    assert "共 900" in texts(figure)
    assert figure.layout.xaxis.range == (0, 8)
    assert list(figure.data[1]["customdata"]) == ["张慧"]
    assert charts.leader_load(frame.drop(columns="others"), ZH).layout.yaxis.ticktext[1] == "其他"


def test_rows_are_as_high_as_their_names():
    short, long = (
        charts.leader_load(leaders({name: {"later": 1}}), ZH)
        for name in ("王", "市文化广播电视和旅游局（市体育局、市文物局）")
    )
    assert long.layout.height > short.layout.height
    assert long.layout.margin.l > short.layout.margin.l


# --- departments -----------------------------------------------------------------------------------------------------


def test_lead_is_solid_and_support_is_lighter_and_hatched():
    figure = charts.department_load(DEPARTMENTS, ZH)
    lead, support = bars_of(figure, palette.LEAD), bars_of(figure, palette.SUPPORT)
    assert ([each["x"] for each in lead], [each["x"] for each in support]) == (
        [8, 0, 2],
        [2, 10, 3],
    )
    assert ({*map(shape_of, lead)}, {*map(shape_of, support)}) == ({""}, {"/"})
    assert luminance(palette.SUPPORT) > luminance(palette.LEAD)


@pytest.mark.parametrize("weight", [None, 0.5])
def test_lead_and_support_stand_in_panels_of_one_scale_their_numbers_at_their_ends(weight):
    figure = charts.department_load(DEPARTMENTS, ZH, weight=weight)
    lead, support = bars_of(figure, palette.LEAD), bars_of(figure, palette.SUPPORT)
    assert {each["base"] for each in lead} == {0}
    (start,) = {each["base"] for each in support}
    assert start > 10
    assert figure.layout.xaxis.range[1] >= start + 10
    numbers, heads = one_by_one(figure, "text")[:6], one_by_one(figure, "text")[6:8]
    assert [each["x"] for each in heads] == [0, start]
    assert [each["text"].strip() for each in numbers] == ["8", "0", "2", "2", "10", "3"]
    assert [each["x"] for each in numbers] == [
        each["base"] + each["x"] for each in [*lead, *support]
    ]


def test_the_weighted_load_states_its_weight_and_only_where_it_sorts():
    weighted = charts.department_load(DEPARTMENTS, ZH, "weighted", 0.5)
    at_the_end = [
        each for each in one_by_one(weighted, "text") if each["x"] == weighted.layout.xaxis.range[1]
    ]
    assert [each["text"] for each in at_the_end] == [
        "9",
        "5",
        "3.5",
        "<b>加权</b> ▼<br>（配合×0.5）",
    ]
    for figure in (
        charts.department_load(DEPARTMENTS, ZH, "lead", 0.5),
        charts.department_load(DEPARTMENTS, ZH),
    ):
        assert not [text for text in texts(figure) if "加权" in text]
    assert "<b>牵头</b> ▼" in texts(charts.department_load(DEPARTMENTS, ZH, "lead", 0.5))
    assert "<b>Support</b> ▼" in texts(charts.department_load(DEPARTMENTS, EN, "support", 0.5))


def test_a_department_can_be_clicked_in_both_panels():
    figure = charts.department_load(DEPARTMENTS, ZH)
    names = [name for trace in data_of(figure) for name in trace]
    assert names == [*DEPARTMENTS["department"]] * 4
    told = {text for trace in figure.data if trace["type"] == "bar" for text in trace["hovertext"]}
    assert "<b>市教科文卫体工会</b><br>配合 10" in told
    assert len(told) == 6


def test_the_picked_department_is_named_in_bold():
    figure = charts.department_load(DEPARTMENTS, ZH, picked="组宣部")
    assert figure.layout.yaxis.ticktext[0] == "<b>组宣部</b>"
    assert [each["customdata"] for each in bars_of(figure, palette.LEAD)] == ["组宣部"]
    faint = one_by_one(figure, "bar")[-1]["marker"]["pattern"]
    assert [faint[name][:4] for name in ("fgcolor", "bgcolor")] == ["rgba", "rgba"]


def test_departments_that_only_support_nobody_still_have_an_axis():
    assert charts.department_load(departments({"甲": (0, 0)}), ZH).layout.xaxis.range[1] > 1


# --- heat maps -------------------------------------------------------------------------------------------------------


def test_each_cell_carries_its_number_and_its_place():
    cells = charts.heat(MONTHS_GRID, ZH, unit="in_force", columns="months").data[0]
    assert cells["customdata"][0] == ["张慧", "1"]
    assert cells["customdata"][-1] == ["张雷", "12"]
    assert (cells["text"][0], cells["text"][-1]) == ("", "23")
    assert cells["hovertext"][-1] == "<b>张雷</b><br>12月<br>23 项进行中"


def test_rows_and_columns_of_others_are_said_in_words_and_not_coloured():
    figure = charts.heat(NAMES_GRID, ZH, unit="together", columns="names")
    assert figure.layout.yaxis.ticktext[-1] == "其他 3 个"
    assert figure.layout.xaxis.ticktext[-1].replace("<br>", "") == "其他 5 个"
    shades = figure.data[0]["marker"]["color"]
    assert shades[0] == palette.BLUES[-1]
    assert {shade for shade in shades[1:] if shade.startswith("#")} == set()
    assert list(figure.data[0]["text"]) == ["6", "3", "20", "9"]


def test_a_heat_map_of_nothing_but_others_is_faint():
    grid = Grid([OTHERS], ["1"], np.array([[7]]), (4, 0))
    assert (
        charts.heat(grid, ZH, unit="due", columns="months")
        .data[0]["marker"]["color"][0]
        .startswith("rgba")
    )


LONG = "市文化广播电视和旅游局（市体育局、市文物局）"


@pytest.mark.parametrize(
    ("heads", "angle", "lines"),
    [
        (["办公室", "财务部"], 0, "办公室"),
        (["市教科文卫体工会"] * 7, 0, "市教科<br>文卫体<br>工会"),
        (["市教科文卫体工会"] * 10, 0, "市教<br>科文<br>卫体<br>工会"),
        (["市教科文卫体工会"] * 13, 0, "市<br>教<br>科<br>文<br>卫<br>体<br>工<br>会"),
        ([LONG, LONG], 0, "市文化广播电视和旅游局<br>（市体育局、市文物局）"),
        ([LONG] + ["办公室"] * 11, -90, LONG),  # it would have more than nine lines
        (["其他 195 个"] + ["办公室"] * 12, 0, "其<br>他<br>195<br>个"),
        (["Office of the Party Committee"], 0, "Office of the Party Committee"),
        (
            ["Office of the Party Committee"] * 7,
            -90,
            "Office of the<br>Party Committee",
        ),  # words stay whole
    ],
)
def test_names_on_top_are_in_full_in_lines_or_turned(heads, angle, lines):
    grid = Grid(["组宣部"], heads, np.ones((1, len(heads)), int))
    figure = charts.heat(grid, ZH, unit="together", columns="names")
    assert figure.layout.xaxis.tickangle == angle
    assert figure.layout.xaxis.ticktext[0] == lines


@pytest.mark.parametrize(
    ("picked", "frame"),
    [
        (("张雷", "8"), (6.5, 7.5, 26, 52)),
        (("张雷", ""), (-0.5, 11.5, 26, 52)),
        (("", "8"), (6.5, 7.5, 0, 52)),
        (("", ""), None),
        (("无此人", "13"), None),
    ],
)
def test_the_picked_cell_row_or_column_is_framed(picked, frame):
    figure = charts.heat(MONTHS_GRID, ZH, unit="due", columns="months", picked=picked)
    found = [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes]
    assert found == ([frame] if frame else [])


# --- timeline --------------------------------------------------------------------------------------------------------


def test_a_window_stands_under_its_title_with_a_diamond_on_the_due_day():
    figure = timeline(bar(7, title="开展职工志愿服务活动"))
    (window,), (due,) = bars_of(figure, STATE["later"]), diamonds(figure, palette.INK)
    assert (window["base"], window["base"] + window["x"]) == (0.5, 10.5)
    assert due["x"] == pytest.approx(10.48, abs=0.01)
    assert due["y"] == window["y"]
    assert "○ 开展职工志愿服务活动" in texts(figure)
    assert (window["customdata"], due["customdata"]) == ("7", "7")
    assert "到期日 2020-10-31" in window["hovertext"]


def test_titles_stand_in_full_however_long():
    title = (
        "深入学习贯彻党的十九届四中全会、省委十一届六次全会和市委"
        "七届九次全会精神并抓好各项任务的分解落实与督促检查工作"
    )
    assert any(title in text.replace("<br>", "") for text in texts(timeline(bar(title=title))))


def test_the_months_stand_above_on_the_same_axis_and_can_be_clicked():
    figure = timeline(bar())
    assert [f"2020-{month:02}" for month in range(1, 13)] in [
        list(data)[:12] for data in data_of(figure)
    ]
    assert {"4", "3"} <= set(texts(figure))


def test_milestones_of_one_day_share_a_hollow_diamond():
    notes = [(date(2020, 6, 30), "申报职工书屋", False), (date(2020, 6, 30), "申报文化驿站", False)]
    notes += [(date(2020, 10, 31), "歌手大赛", True), (date(2021, 1, 1), "明年", False)]
    hollow = diamonds(timeline(bar(3, milestones=notes)), palette.PAPER)
    assert [each["customdata"] for each in hollow] == ["3", "3"]
    first, second = (each["hovertext"] for each in hollow)
    assert "申报职工书屋" in first
    assert "申报文化驿站" in first
    assert "晚于期限" in second.replace("<br>", "")


def test_a_milestone_on_the_due_day_is_seen_around_its_diamond_and_told_by_it():
    figure = timeline(
        bar(milestones=[(date(2020, 10, 31), "歌手大赛", True), (DAY, "诵读比赛", False)])
    )
    (around, other), (inside,) = diamonds(figure, palette.PAPER), diamonds(figure, palette.INK)
    assert around["marker"]["size"] > other["marker"]["size"] == inside["marker"]["size"]
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
    assert "5" in data_of(figure)[0]


def test_lanes_are_headed_once_and_one_without_a_name_says_so():
    figure = timeline(bar(0), bar(1), bar(2, lane="张雷"), bar(3, lane=OTHERS))
    assert [text for text in texts(figure) if text.startswith("<b>") and "月" not in text] == [
        "<b>张慧</b>",
        "<b>张雷</b>",
        "<b>（未写明）</b>",
    ]


def test_what_runs_all_year_is_dotted():
    figure = timeline(
        bar(0, state="ongoing", ongoing=True, end=date(2020, 12, 31), due=date(2020, 12, 31))
    )
    dotted = [
        each["marker"]["color"] for each in one_by_one(figure, "bar") if shape_of(each) == "."
    ]
    assert dotted == [STATE["ongoing"]] * 2
    assert legend_of(figure).count("●") == 1


def test_the_picked_measure_is_bold_and_the_others_fade():
    figure = timeline(bar(0), bar(1, title="另一项"), picked="1")
    assert "<b>○ 另一项</b>" in texts(figure)
    assert [each["customdata"] for each in bars_of(figure, STATE["later"])] == ["1"]
    assert palette.STATES["later"] in legend_of(figure)
    assert timeline(bar(0), picked="99") == timeline(bar(0))


def test_a_long_timeline_grows_and_names_its_months_at_its_foot_too():
    short, long = timeline(bar()), timeline(*(bar(at) for at in range(30)))
    assert long.layout.height > short.layout.height + 29 * 40
    assert texts(long).count("1月") == 2
    assert texts(short).count("1月") == 1


# --- settings --------------------------------------------------------------------------------------------------------


def test_plotly_says_nothing_of_its_own():
    for language, locale in (("zh", "zh-CN"), ("en", "en")):
        found = charts.config(language)
        assert found["locale"] == locale
        assert found["displayModeBar"] is False
        assert found["typesetMath"] is False
        json.dumps(found)


def test_a_tap_is_no_double_click():
    assert charts.config("zh")["doubleClickDelay"] == 0


def test_a_packed_figure_is_drawn_as_the_figure_itself() -> None:
    drawn = go.Figure(go.Bar(x=[1], y=["甲"]), layout={"template": {}})
    chart, key, (inner,) = charts.packed((drawn, "key", (drawn,)))
    drawn.layout.template = None
    assert chart.to_dict() == inner.to_dict() == json.loads(drawn.to_json())
    assert key == "key"
