"""What holds for every figure: colours, outlines, sizes, words as written, Plotly's settings."""

import json
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import plotly.graph_objects as go
import plotly.io
import pytest

from lib.answers import charts, palette
from lib.answers.charts.shades import shade
from lib.answers.charts.words import plain
from lib.measures import schema
from lib.workload import Grid
from tests.colours import contrast, luminance
from tests.figures import (
    BOTH,
    DAY,
    EMPTY,
    HOSTILE,
    SHOWN_AS,
    ZH,
    bar,
    data_of,
    departments,
    heat,
    leaders,
    load_by_state,
    one_by_one,
    texts,
    timeline,
)


@pytest.mark.parametrize("figure", BOTH)
def test_plotly_itself_finds_nothing_wrong(figure):
    validated = go.Figure(figure.to_dict())
    assert len(validated.data) == len(figure.data)


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
    assert isinstance(layout["meta"], str)
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
    deeper = [font for _, each in inner for font in fonts(each)]
    return deeper + [each for key, each in inner if str(key).endswith("font") and "size" in each]


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
        load_by_state(leaders({HOSTILE: {"later": 1}}), ZH, HOSTILE),
        charts.department_load(departments({HOSTILE: (1, 1)}), ZH, "lead"),
        heat(grid, ZH, unit="together", columns="names"),
        timeline(bar(lane=HOSTILE, title=HOSTILE, milestones=[(DAY, HOSTILE, False)])),
    ]
    for figure in drawn:
        hover = [text for trace in figure.data for text in trace["hovertext"] or ()]
        for written in (texts(figure), hover):
            in_one_line = "".join(written).replace("<br>", "")
            assert SHOWN_AS in in_one_line
            assert HOSTILE not in in_one_line
    (query, *_) = data_of(drawn[0])[0]
    assert dict(parse_qsl(query)) == {"pick": HOSTILE}  # what is clicked is the name itself


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
    figure = load_by_state(leaders({"甲": dict.fromkeys(schema.STATES, 2)}), ZH)
    for bar_, state in zip(one_by_one(figure, "bar")[1:], schema.STATE_ORDER, strict=True):
        ink = bar_["insidetextfont"]["color"]
        assert contrast(ink, palette.STATES[state]) >= 4.5, state
        if state in palette.PATTERNS and state != "unreadable":
            assert contrast(ink, palette.PATTERNS[state][1]) >= 4.5, state


def test_states_differ_by_more_than_colour():
    assert len(set(schema.STATES.values())) == len(schema.STATES)
    assert set(schema.STATES) <= set(palette.STATES)


def test_plotly_says_nothing_of_its_own():
    for language, locale in (("zh", "zh-CN"), ("en", "en")):
        config = charts.config(language)
        assert config["locale"] == locale
        assert config["displayModeBar"] is False
        assert config["typesetMath"] is False
        json.dumps(config)


def test_a_tap_is_no_double_click():
    assert charts.config("zh")["doubleClickDelay"] == 0


def test_a_packed_figure_is_drawn_as_the_figure_itself() -> None:
    drawn = go.Figure(go.Bar(x=[1], y=["甲"]), layout={"template": {}})
    chart, key, (inner,) = charts.packed((drawn, "key", (drawn,)))
    drawn.layout.template = None
    assert chart.to_dict() == inner.to_dict() == json.loads(drawn.to_json())
    assert key == "key"


def test_what_holds_no_figure_is_kept_as_it_is() -> None:
    assert charts.packed(("words", [1])) == ("words", [1])
