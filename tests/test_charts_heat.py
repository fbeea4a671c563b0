"""What the heat maps say: the number in each cell, the names on top, the frame."""

import json

import numpy as np
import pytest

from lib.answers import palette
from lib.answers.marks import ALL_NAMES, opens
from lib.workload import OTHERS, Grid
from tests.figures import MONTHS_GRID, NAMES_GRID, ZH, heat


def test_each_cell_carries_its_number_and_its_place():
    cells = heat(MONTHS_GRID, ZH, unit="in_force", columns="months").data[0]
    assert (cells["customdata"][0], cells["customdata"][-1]) == ("", "张雷×12")
    assert (cells["text"][0], cells["text"][-1]) == ("", "23")
    assert cells["hovertext"][-1] == "<b>张雷</b><br>12月<br>23 项进行中"


def test_rows_and_columns_of_others_are_said_in_words_and_not_coloured():
    figure = heat(NAMES_GRID, ZH, unit="together", columns="names")
    assert figure.layout.yaxis.ticktext[-1] == "其他 3 个"
    assert figure.layout.xaxis.ticktext[-1].replace("<br>", "") == "其他 5 个"
    shades = figure.data[0]["marker"]["color"]
    assert shades[0] == palette.BLUES[-1]
    assert {shade for shade in shades[1:] if shade.startswith("#")} == set()
    assert list(figure.data[0]["text"]) == ["6", "3", "20", "9"]


def test_an_empty_cell_opens_nothing_a_sum_of_others_the_names_and_a_name_all_that_it_has():
    figure = heat(NAMES_GRID, ZH, unit="together", columns="names")
    cell = f"{NAMES_GRID.rows[0]}×{NAMES_GRID.columns[0]}"
    assert list(figure.data[0]["customdata"]) == [cell, ALL_NAMES, ALL_NAMES, ALL_NAMES]
    bands = json.loads(figure.layout.meta)
    assert [query for _, query in bands] == [opens(pick=NAMES_GRID.rows[0]), ALL_NAMES]
    assert [bottom for bottom, _ in bands] == sorted(bottom for bottom, _ in bands)


def test_a_heat_map_of_nothing_but_others_is_faint():
    grid = Grid([OTHERS], ["1"], np.array([[7]]), (4, 0))
    assert (
        heat(grid, ZH, unit="due", columns="months")
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
    figure = heat(grid, ZH, unit="together", columns="names")
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
    figure = heat(MONTHS_GRID, ZH, unit="due", columns="months", picked=picked)
    frames = [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes]
    assert frames == ([frame] if frame else [])


def test_names_of_three_signs_stay_whole_where_only_the_gap_between_them_is_missing():
    names = [f"部门{sign}" for sign in "甲乙丙丁戊己庚辛壬"]
    grid = Grid(["甲"], names, np.ones((1, 9), int))
    axis = heat(grid, ZH, unit="together", columns="names").layout.xaxis
    assert list(axis.ticktext) == names
    assert axis.tickangle == 0
