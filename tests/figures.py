"""Frames that the tests draw, the figures of them, and what is asked of a figure."""

import json
from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.answers import charts, palette
from lib.answers.segments import of_states
from lib.i18n import translator
from lib.measures import schema
from lib.workload import NOBODY, OTHERS, Grid, Lanes

ZH, EN = translator("zh"), translator("en")
DAY = date(2020, 9, 15)
HOSTILE = "<b>粗体</b>&amp;$x^2$[甲](乙)#000037"
SHOWN_AS = "&lt;b>粗体&lt;/b>&amp;amp;&#36;x^2&#36;[甲](乙)&#35;000037"


def months(due: dict[int, int], ongoing: dict[int, int] | None = None) -> pd.DataFrame:
    counts = {"due": due, "ongoing": ongoing or {}, "in_force": {}}
    columns = {
        name: [by_month.get(month, 0) for month in range(1, 13)]
        for name, by_month in counts.items()
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
        "position": position, "measure_id": str(position), "lane": "张慧", "place": 1,
        "title": "开展志愿服务", "start": date(2020, 1, 1),
        "end": date(2020, 10, 31), "due": date(2020, 10, 31), "ongoing": False, "recurring": "", "state": "later",
        "milestones": [],
    }  # fmt: skip
    return plain | changes


def lanes_of(
    loads: dict[str, int], due: dict[str, dict[int, int]] | None = None, others: int = 0
) -> Lanes:
    """Lanes with their measures, and what falls due in them."""
    counts = [[(due or {}).get(name, {}).get(month, 0) for month in range(1, 13)] for name in loads]
    twelve = [str(month) for month in range(1, 13)]
    grid = Grid([*loads], twelve, np.array(counts).reshape(len(loads), 12), (others, 0))
    return Lanes(grid, [*loads.values()])


def timeline(*bars: dict[str, object], **options: Any) -> go.Figure:
    """The timeline of some bars, whose lanes are open, and of other lanes, which are folded."""
    return laned(*bars, **options).figure


def laned(
    *bars: dict[str, object],
    lanes: Lanes | None = None,
    year: int = 2020,
    as_of: date = DAY,
    t=ZH,
    counts=LESHAN,
) -> charts.Timeline:
    """The same with the places of its lanes. lanes: those of the bars by default."""
    frame = pd.DataFrame(
        {name: pd.Series([each[name] for each in bars], dtype=object) for name in bar()}
    )
    of_bars = Counter(str(each["lane"]) for each in bars)
    return charts.timeline(
        lanes_of(of_bars) if lanes is None else lanes,
        charts.OpenLanes([*of_bars], frame, of_states(t)),
        counts,
        as_of,
        t,
        year=year,
        cell_opens=lambda name, month: f"{name}×{month}",
    )


def load_by_state(frame: pd.DataFrame, t=ZH, picked: str = "") -> go.Figure:
    """Who carries how much, by date state."""
    return charts.load_in_segments(frame, of_states(t), t, picked)


def heat(grid: Grid, t=ZH, **options) -> go.Figure:
    """A heat map whose cells open the names of their row and column."""
    return charts.heat(grid, t, opens=lambda row, column: f"{row}×{column}", **options)


EMPTY = {
    "month_strip": charts.month_strip(months({}), DAY, ZH),
    "load_by_state": load_by_state(LOADS.iloc[:0], ZH),
    "department_load": charts.department_load(DEPARTMENTS.iloc[:0], ZH),
    "heat": heat(Grid([], [], np.zeros((0, 0), int)), ZH, unit="together", columns="names"),
    "timeline": timeline(),
}
FIGURES = {
    "month_strip": charts.month_strip(LESHAN, DAY, ZH),
    "month_strip, picked": charts.month_strip(LESHAN, date(2020, 2, 29), EN, "2020-10"),
    "load_by_state": load_by_state(LOADS, ZH),
    "load_by_state, picked": load_by_state(LOADS, EN, "张慧"),
    "department_load": charts.department_load(DEPARTMENTS, ZH, weight=0.5),
    "department_load, picked": charts.department_load(DEPARTMENTS, EN, "lead", 0.5, "组宣部"),
    "heat of months": heat(MONTHS_GRID, ZH, unit="due", columns="months", picked=("张慧", "8")),
    "heat of names": heat(NAMES_GRID, EN, unit="together", columns="names"),
    "timeline": timeline(
        bar(0, milestones=[(date(2020, 5, 1), "宣传月", False)]),
        bar(1, state="ongoing", ongoing=True, end=date(2021, 3, 1), due=None),
        bar(2, lane=NOBODY, state="no_date", start=None, end=None, due=None),
    ),
    "timeline, folded": timeline(
        bar(0, lane="张雷"),
        lanes=lanes_of({"张慧": 8, "张雷": 1, OTHERS: 9}, {"张慧": {12: 3}}, others=4),
    ),
    "month_head": charts.month_head(LESHAN, DAY, ZH, year=2020, picked="2020-08"),
}
BOTH = [pytest.param(figure, id=name) for name, figure in FIGURES.items()]
BOTH += [pytest.param(figure, id=f"{name}, empty") for name, figure in EMPTY.items()]


def texts(figure: go.Figure) -> list[str]:
    """Every text that a figure shows without hover."""
    written = [note["text"] for note in figure.to_dict()["layout"].get("annotations", [])]
    for trace in figure.data:
        labels = trace["text"]
        written += [labels] if isinstance(labels, str) else list(labels or [])
    for axis in ("xaxis", "yaxis"):
        written += list(figure.layout[axis].ticktext or [])
    return [text.strip() for text in written if text and text.strip()]


def legend_of(figure: go.Figure) -> str:
    (words,) = (text for text in texts(figure) if "■</span>" in text)
    return words


def data_of(figure: go.Figure) -> list:
    return [trace["customdata"] for trace in figure.data if trace["customdata"] is not None]


def one_by_one(figure: go.Figure, kind: str) -> list[dict[str, Any]]:
    """The bars or markers or words of a figure (bar, markers, text), each with its own value for every list."""
    marks = []
    for trace in json.loads(figure.to_json())["data"]:
        if kind in {trace["type"], trace.get("mode")}:
            marks += [_at(trace, place, len(trace["x"])) for place in range(len(trace["x"]))]
    return marks


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
