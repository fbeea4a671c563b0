"""What the chart of departments says: lead and support apart, the weighted load with its weight."""

import pytest

from lib.answers import charts, palette
from lib.answers.marks import opens
from lib.measures import schema
from tests.colours import luminance
from tests.figures import (
    DEPARTMENTS,
    EN,
    ZH,
    bars_of,
    data_of,
    departments,
    one_by_one,
    shape_of,
    texts,
)


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
    assert [each["text"] for each in at_the_end] == ["9", "5", "3.5"]
    (head,) = weighted.layout.annotations
    assert head.text == "<b>加权</b> ▼<br>（配合×0.5）"
    assert "一项配合按 w 项牵头计" in head.hovertext.replace("<br>", "")
    for figure in (
        charts.department_load(DEPARTMENTS, ZH, "lead", 0.5),
        charts.department_load(DEPARTMENTS, ZH),
    ):
        assert not [text for text in texts(figure) if "加权" in text]
    assert "<b>牵头</b> ▼" in texts(charts.department_load(DEPARTMENTS, ZH, "lead", 0.5))
    assert "<b>Support</b> ▼" in texts(charts.department_load(DEPARTMENTS, EN, "support", 0.5))


def test_a_department_can_be_clicked_in_both_panels():
    figure = charts.department_load(DEPARTMENTS, ZH)
    queries = {query for trace in data_of(figure) for query in trace}
    names = DEPARTMENTS["department"]
    assert queries == {opens(pick=name, part=role) for name in names for role in schema.ROLES}
    told = {text for trace in figure.data if trace["type"] == "bar" for text in trace["hovertext"]}
    assert "<b>市教科文卫体工会</b><br>配合 10" in told
    assert len(told) == 6


def test_the_picked_department_is_named_in_bold():
    figure = charts.department_load(DEPARTMENTS, ZH, picked="组宣部")
    assert figure.layout.yaxis.ticktext[0] == "<b>组宣部</b>"
    (mine,) = bars_of(figure, palette.LEAD)
    assert mine["customdata"] == opens(pick="组宣部", part="lead")
    faint = one_by_one(figure, "bar")[-1]["marker"]["pattern"]
    assert [faint[name][:4] for name in ("fgcolor", "bgcolor")] == ["rgba", "rgba"]


def test_departments_that_only_support_nobody_still_have_an_axis():
    assert charts.department_load(departments({"甲": (0, 0)}), ZH).layout.xaxis.range[1] > 1
