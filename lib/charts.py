"""A tidy frame + words → a Plotly figure; the only module that knows Plotly, and the home of the palette (DESIGN.md §6).

Each function takes the data first, then the words. A figure has no title: the page writes the finding above it. Names
are data and appear as written. Vertical axes are in pixels, so that bars keep their thickness and names their room at
any width; margins are computed here, since Plotly's own cost a second drawing. Figures are built without Plotly's
validation, which costs twenty times the figure; the tests validate them instead.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from lib import schema
from lib.i18n import Translator, translator
from lib.workload import OTHERS, Grid

Trace = dict[str, Any]
Columns = Literal["months", "names"]

# --- palette (DESIGN.md §6) ------------------------------------------------------------------------------------------

OUTLINE: Final = "#767F8B"  # at least 3:1 against the background of either theme
PICKED: Final = "#0072B2"  # so has this
LEAD: Final = "#0072B2"
SUPPORT: Final = "#A9D1EA"
DUE: Final = "#7A8EA3"  # counts of what is due, whatever its state
DARK: Final = "#10161C"  # text and hollow marks on a light fill
LIGHT: Final = "#FFFFFF"
PALETTE: Final[dict[str, str]] = {
    "passed": "#5B6470",
    "this_month": "#E69F00",
    "within_30": "#F0E442",
    "later": "#C9D1D9",
    "ongoing": "#56B4E9",
    "recurring": "#CC79A7",
    "no_date": "#FFFFFF",
    "unreadable": "#FFFFFF",
    "done": "#009E73",
    "overdue": "#D55E00",
}
# Fill patterns and their colour: states differ by shape as well as by colour.
PATTERNS: Final[dict[str, tuple[str, str]]] = {
    "ongoing": (".", LIGHT),
    "recurring": ("-", LIGHT),
    "unreadable": ("x", OUTLINE),
}
BLUES: Final[tuple[str, ...]] = ("#DCEAF4", "#B9D6EA", "#8CBDDD", "#5BA0CC", "#1F74AC", "#0A5A8C", "#083F63")

# --- measures, in pixels ---------------------------------------------------------------------------------------------

_TEXT, _SMALL, _LINE = 13, 12, 17  # font sizes and the height of a line
_BAR: Final = 18
_NARROW: Final = 350  # the room that a figure has on a telephone
_FAINT: Final = "rgba(118,127,139,0.13)"
_RULE: Final = "rgba(118,127,139,0.4)"
_CLEAR: Final = "rgba(0,0,0,0)"

# --- text: names are data --------------------------------------------------------------------------------------------

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", "$": "&#36;", "#": "&#35;"})
# What stays together: a Latin word or number, an opening bracket with what follows, closing marks with what precedes.
_UNIT: Final = re.compile(r"[（(〔\[《“‘]*(?:[!-~]+|\S)[，。、；：！？）)〕\]》”’]*\s*")


def plain(text: str) -> str:
    """A text as Plotly must be given it to show it as written: no tags, no entities, no formulas, no theme colours."""
    return text.translate(_ESCAPES)


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.6 for sign in text)


@lru_cache(maxsize=4096)
def wrapped(text: str, limit: int) -> tuple[str, ...]:
    """A text in full, in lines of about equal width of at most `limit` Chinese characters; longer words stand alone."""
    units = [part for unit in _UNIT.findall(text) for part in _chopped(unit, limit)]
    width = _ems(text)
    lines = _filled(units, limit)
    for even in range(int(width / max(len(lines), 1)) + 1, limit):
        if len(found := _filled(units, even)) == len(lines):
            return tuple(found)
    return tuple(lines)


def _chopped(unit: str, limit: int) -> list[str]:
    size = limit if _ems(unit) > limit else len(unit)
    return [unit[at : at + size] for at in range(0, len(unit), size)]


def _filled(units: Iterable[str], limit: float) -> list[str]:
    lines: list[str] = []
    for unit in units:
        if lines and _ems(lines[-1] + unit.rstrip()) <= limit:
            lines[-1] += unit
        else:
            lines.append(unit)
    return [line.rstrip() for line in lines] or [""]


def _joined(lines: Iterable[str], bold: bool = False) -> str:
    text = "<br>".join(plain(line) for line in lines)
    return f"<b>{text}</b>" if bold else text


def _number(count: float, t: Translator) -> str:
    """A count as it stands at a bar: 8, 13.5, 8.3万."""
    if count < 10_000:
        return f"{count:g}"
    return t("chart.big", wan=f"{count / 10_000:.3g}", k=f"{count / 1_000:.4g}")


def _named(name: str, others: int, t: Translator) -> str:
    """A name, or the words for what the row or column OTHERS stands for."""
    if name != OTHERS:
        return name
    return t("chart.others_names", n=others) if others else t("chart.other")


def _others(frame: pd.DataFrame) -> int:
    return int(frame["others"].max()) if "others" in frame else 0


# --- the common layout -----------------------------------------------------------------------------------------------


def _figure(data: list[Trace], height: float, margin: tuple[int, int, int, int], **layout: Any) -> go.Figure:
    """One figure from plain dicts; margin: left, right, top, bottom.

    Streamlit turns a missing drag mode into "pan", which keeps a finger on the chart from scrolling the page; "none"
    is no mode that Plotly knows, so that it takes the template's: no dragging at all.
    """
    left, right, top, bottom = margin
    common: dict[str, Any] = {
        "height": int(height),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "font": {"size": _TEXT},
        "plot_bgcolor": _CLEAR,
        "barmode": "overlay",
        "dragmode": "none",
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": _TEXT}, "align": "left"},
        "showlegend": False,
        "template": {"layout": {"dragmode": False}},
    }
    return go.Figure(data=data, layout=common | layout, _validate=False)


def _axis(start: float, end: float, **more: Any) -> dict[str, Any]:
    """An axis that shows nothing but the names it is given, and does not zoom."""
    names = {"showticklabels": "tickvals" in more, "ticks": "", "automargin": False, "tickfont": {"size": _TEXT}}
    lines = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True}
    return {"range": [start, end], **names, **lines, **more}


def _legend(**place: Any) -> dict[str, Any]:
    still = {"itemclick": False, "itemdoubleclick": False, "font": {"size": _SMALL}}
    return {"orientation": "h", "x": 0, "xref": "container", "xanchor": "left", **still, **place}


def _legend_height(names: Sequence[str]) -> int:
    """The room that a legend needs on a telephone: Plotly sets it in columns as wide as its longest entry."""
    widest = max(_ems(name) for name in names) * _SMALL + 45
    return -(-len(names) // max(1, int(_NARROW / widest))) * 19 + 8


def _sentence(text: str) -> go.Figure:
    """What stands in place of an empty chart."""
    note = {"text": text, "x": 0, "y": 0.5, "xref": "paper", "yref": "paper", "xanchor": "left", "showarrow": False}
    return _figure([], 60, (4, 4, 4, 4), annotations=[note], xaxis={"visible": False}, yaxis={"visible": False})


def _bars(x: list[Any], y: list[Any], colour: str | list[str], **more: Any) -> Trace:
    """Bars with an outline. Plotly's own dimming after a click is off: the figure that follows shows what is picked."""
    marker = {"color": colour, "line": {"color": OUTLINE, "width": 1}, **more.pop("marker", {})}
    calm = {"hoverinfo": "text", "unselected": {"marker": {"opacity": 1}}, "showlegend": "name" in more}
    return {"type": "bar", "x": x, "y": y, "marker": marker, **calm, **more}


def _targets(x: list[Any], y: list[Any], data: list[Any], **more: Any) -> Trace:
    """Unseen bars over whole rows or columns: they take the clicks that a short bar would be too small for."""
    return _bars(x, y, _CLEAR, marker={"line": {"width": 0}}, customdata=data, **({"hoverinfo": "none"} | more))


def _texts(x: list[Any], y: list[Any], text: list[str], where: str, **more: Any) -> Trace:
    """Words at places of the plot, in the theme's own colour, never clicked."""
    font = {"size": more.pop("size", _TEXT)}
    calm = {"hoverinfo": "skip", "cliponaxis": False, "selected": {"textfont": {"color": OUTLINE}}}
    calm["showlegend"] = False
    return {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "textposition": where, "textfont": font,
        **calm, **more,
    }  # fmt: skip


def _faded(colour: str) -> str:
    """A colour as it stands where another thing is picked."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.4)"


def _shades(colour: str, names: Sequence[str], picked: str) -> str | list[str]:
    """One colour for all bars, or, where one of them is picked, the others fainter."""
    return [colour if name == picked else _faded(colour) for name in names] if picked in names and picked else colour


def _stacked(heights: Iterable[float]) -> tuple[list[float], float]:
    """The middle of each row from above, in pixels, and the height of all."""
    middles, top = [], 0.0
    for height in heights:
        middles.append(top + height / 2)
        top += height
    return middles, top


# --- months ----------------------------------------------------------------------------------------------------------


def _in_months(day: date, year: int, end: bool = False) -> float:
    """A day on the axis of the months, January from 0.5 to 1.5; other years lie at its ends. end: the day's evening."""
    if day.year != year:
        return 0.5 if day.year < year else 12.5
    return day.month - 0.5 + (day.day - (0 if end else 1)) / calendar.monthrange(day.year, day.month)[1]


def _month_keys(year: int) -> list[str]:
    return [f"{year:04}-{month:02}" for month in range(1, 13)]


def _month_bars(months: pd.DataFrame, year: int, as_of: date, t: Translator, picked: str, floor: float) -> list[Trace]:
    """Due and ongoing of each month, hanging up from `floor` px, with their numbers, names and places to click."""
    keys, at = _month_keys(year), list(range(1, 13))
    due, ongoing = months["due"].tolist(), months["ongoing"].tolist()
    scale = (floor - 20) / max(*due, *ongoing, 1)
    run = [month for month in at if ongoing[month - 1]]
    beside = [month + 0.42 for month in run]
    tops = [floor - scale * count for count in (*due, *(ongoing[month - 1] for month in run))]
    numbers = [_number(count, t) if count else "" for count in (*due, *(ongoing[month - 1] for month in run))]
    names = [
        _joined([t(f"month.{month}")], bold=key == picked or (month, year) == (as_of.month, as_of.year))
        for month, key in zip(at, keys, strict=True)
    ]
    hover = [_month_hover(month, due[month - 1], ongoing[month - 1], t) for month in at]
    extra = {"name": f"{schema.STATES['ongoing']} {t('chart.ongoing')}"}
    return [
        _targets(at, [-floor - 20.0] * 12, keys, base=floor + 20, width=1, hovertext=hover, hoverinfo="text"),
        _bars(at, [-scale * n for n in due], _shades(DUE, keys, picked), base=floor, width=0.5, customdata=keys,
              hovertext=hover),
        _bars(beside, [-scale * ongoing[month - 1] for month in run], PALETTE["ongoing"], base=floor, width=0.28,
              marker=_pattern("ongoing"), customdata=[keys[month - 1] for month in run],
              hovertext=[hover[month - 1] for month in run], **extra),
        _texts([*at, *beside], tops, numbers, "top center"),
        _texts(at, [floor + 1] * 12, names, "bottom center", size=_SMALL),
    ]  # fmt: skip


def _month_hover(month: int, due: int, ongoing: int, t: Translator) -> str:
    lines = [f"<b>{t(f'month.{month}')}</b>", f"{t('chart.due')} {due}"]
    return "<br>".join([*lines, f"{t('chart.ongoing')} {ongoing}"] if ongoing else lines)


def _pattern(state: str) -> dict[str, Any]:
    if state not in PATTERNS:
        return {}
    shape, colour = PATTERNS[state]
    return {"pattern": {"shape": shape, "fgcolor": colour, "bgcolor": PALETTE[state], "size": 5, "solidity": 0.25}}


def _as_of_line(as_of: date, year: int, bottom: float, t: Translator) -> tuple[list[Trace], Trace]:
    """Shapes: the month of the day as a faint band, the day as a line; and the line's label above the plot."""
    at = _in_months(as_of, year) if as_of.year != year else _in_months(as_of, year) + 0.5 / 31
    band = {"type": "rect", "x0": as_of.month - 0.5, "x1": as_of.month + 0.5, "y0": 0, "y1": bottom, "layer": "below"}
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": bottom, "line": {"color": OUTLINE, "width": 2}}
    label = {
        "text": t("chart.as_of", date=as_of.isoformat()), "x": at, "y": 0, "showarrow": False, "yanchor": "bottom",
        "xanchor": "left" if at < 8.5 else "right", "font": {"size": _SMALL}, "borderpad": 0,
    }  # fmt: skip
    shapes = [{**band, "fillcolor": _FAINT, "line": {"width": 0}}] if as_of.year == year else []
    return [*shapes, line], label


def month_strip(months: pd.DataFrame, as_of: date, t: Translator, picked: str = "") -> go.Figure:
    """What falls due in each month of a year, what runs all year beside it, and where the year stands.

    months: `workload.by_month` of the year of `as_of`. customdata: "2020-08". 150 px.
    """
    if not (months["due"].any() or months["ongoing"].any()):
        return _sentence(t("chart.nothing_due"))
    floor = 104
    shapes, label = _as_of_line(as_of, as_of.year, floor, t)
    return _figure(
        _month_bars(months, as_of.year, as_of, t, picked, floor),
        150,
        (2, 8, 24, 2),
        xaxis=_axis(0.5, 12.5),
        yaxis=_axis(floor + 20, 0),
        shapes=shapes,
        annotations=[label],
        showlegend=True,
        legend=_legend(y=1, yanchor="top", yref="container", **({} if as_of.month > 6 else {"x": 1, "xanchor": "right"})),
    )


# --- leaders and departments -----------------------------------------------------------------------------------------


def _rows(frame: pd.DataFrame, t: Translator, picked: str, limit: int) -> tuple[list[str], list[float], int, dict[str, Any]]:
    """The names of a frame's first column as rows: (names, middles, left margin, axis)."""
    names = [str(name) for name in frame.iloc[:, 0]]
    others = _others(frame)
    lines = [wrapped(_named(name, others, t), limit) for name in names]
    middles, bottom = _stacked(max(len(line) * _LINE, _BAR) + 9 for line in lines)
    labels = [_joined(line, bold=bool(picked) and name == picked) for name, line in zip(names, lines, strict=True)]
    left = _left(lines)
    return names, middles, left, _axis(bottom, 0, tickvals=middles, ticktext=labels, ticklabelstandoff=6)


def _left(lines: Iterable[Sequence[str]]) -> int:
    return int(max(_ems(part) for line in lines for part in line) * _TEXT) + 10


def leader_load(frame: pd.DataFrame, t: Translator, picked: str = "") -> go.Figure:
    """Who carries how much, split by date state, the busiest on top.

    frame: `workload.by_leader` (or `department_states`) as it is to be shown: a name, measures, one column for each
    state; the name OTHERS stands for as many as the column `others` says. customdata: the name.
    """
    if frame.empty:
        return _sentence(t("chart.nothing"))
    names, middles, left, axis = _rows(frame, t, picked, 9)
    totals = frame["measures"].tolist()
    occurring = [state for state in schema.STATE_ORDER if frame[state].any()]
    hover = _state_hover(frame, names, occurring, t)
    bars = _state_bars(frame, names, middles, occurring, hover, picked, t)
    legend = _legend_height([trace["name"] for trace in bars])
    top = max(totals)
    plot = axis["range"][0]
    return _figure(
        [
            _targets([top] * len(names), middles, names, orientation="h", width=_pitch(middles)),
            *bars,
            _texts(totals, middles, [_number(n, t) for n in totals], "middle right"),
        ],
        plot + legend + 4,
        (left, _right(totals, t), 2, legend + 2),
        xaxis=_axis(0, top),
        yaxis=axis,
        showlegend=True,
        legend=_legend(y=0, yanchor="bottom", yref="container", traceorder="normal"),
        uniformtext={"minsize": _SMALL, "mode": "hide"},
    )


def _pitch(middles: Sequence[float]) -> float:
    """The thickness of a row's place to click: no thicker than the nearest rows allow."""
    return min((below - above for above, below in zip(middles, middles[1:], strict=False)), default=_BAR + 9.0)


def _right(counts: Sequence[float], t: Translator) -> int:
    return int(max(_ems(_number(count, t)) for count in counts) * _TEXT) + 10


def _state_bars(
    frame: pd.DataFrame,
    names: list[str],
    middles: list[float],
    occurring: Sequence[str],
    hover: list[str],
    picked: str,
    t: Translator,
) -> list[Trace]:
    """One trace for each state that occurs: bars from where the one before ended, a gap between them."""
    gap = int(frame["measures"].max()) * 0.004
    ends = [0] * len(names)
    traces = []
    for state in occurring:
        counts = frame[state].tolist()
        some = [row for row, count in enumerate(counts) if count]
        mark = schema.STATES[state]
        shades = _shades(PALETTE[state], [names[row] for row in some], picked if picked in names else "")
        text = {
            "text": [f"{mark} {_number(counts[row], t)}" for row in some],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "insidetextfont": {"size": _SMALL, "color": LIGHT if state == "passed" else DARK},
            "textangle": 0,
        }
        traces.append(
            _bars([counts[row] - gap for row in some], [middles[row] for row in some], shades, orientation="h",
                  base=[ends[row] for row in some], width=_BAR, name=f"{mark} {t(f'state.{state}')}",
                  marker=_pattern(state), customdata=[names[row] for row in some],
                  hovertext=[hover[row] for row in some], **text)
        )  # fmt: skip
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    return traces


def _state_hover(frame: pd.DataFrame, names: Sequence[str], occurring: Sequence[str], t: Translator) -> list[str]:
    others = _others(frame)
    columns = {state: frame[state].tolist() for state in occurring}
    return [
        "<br>".join([
            f"{_joined(wrapped(_named(name, others, t), 20), bold=True)} {t('chart.count', n=total)}",
            *(f"{schema.STATES[state]} {t(f'state.{state}')} {columns[state][row]}"
              for state in occurring if columns[state][row]),
        ])
        for row, (name, total) in enumerate(zip(names, frame["measures"].tolist(), strict=True))
    ]  # fmt: skip


def department_load(
    frame: pd.DataFrame, t: Translator, sort: str = "weighted", weight: float | None = None, picked: str = ""
) -> go.Figure:
    """What each department leads and, apart from it, what it supports; the weighted load beside them when sorted by it.

    frame: `workload.by_department` as it is to be shown, `others` as in `leader_load`. customdata: the department.
    """
    if frame.empty:
        return _sentence(t("chart.nothing"))
    names, middles, left, axis = _rows(frame, t, picked, 9)
    weighing = weight is not None and sort == "weighted"
    heads = [t("role.lead"), t("role.support")]
    heads += [t("chart.weighted", w=f"{weight:g}")] if weighing else []
    starts, ends = ((0.0, 0.42), (0.36, 0.78)) if weighing else ((0.0, 0.54), (0.46, 1.0))
    top = max(int(frame[["lead", "support"]].to_numpy().max()), 1)
    data = []
    for panel, role in enumerate(schema.ROLES):
        data += _role_bars(frame, role, names, middles, top, picked, t, xaxis=f"x{panel + 1}" if panel else "x")
    if weighing:
        data.append(_texts([1] * len(names), middles, [_number(n, t) for n in frame["weighted"].tolist()],
                           "middle left", xaxis="x3"))  # fmt: skip
    room = _right([top], t)
    return _figure(
        data,
        axis["range"][0] + 42,
        (left, 4 if weighing else room, 40, 2),
        xaxis=_axis(0, top, domain=[starts[0], ends[0]]),
        xaxis2=_axis(0, top, domain=[starts[1], ends[1]]),
        **({"xaxis3": _axis(0, 1, domain=[0.8, 1])} if weighing else {}),
        yaxis=axis,
        annotations=_heads(heads, [*starts, 1.0], sort),
    )


def _heads(heads: Sequence[str], places: Sequence[float], sort: str) -> list[Trace]:
    """The words above the panels, the one that the rows are sorted by marked."""
    return [
        {
            "text": f"<b>{head}</b>{' ▼' if sort == column else ''}", "x": place, "y": 1, "xref": "paper",
            "yref": "paper", "xanchor": "right" if place == 1 else "left", "yanchor": "bottom", "showarrow": False,
            "align": "right" if place == 1 else "left", "font": {"size": _SMALL}, "yshift": 2,
        }
        for head, place, column in zip(heads, places, ("lead", "support", "weighted"), strict=False)
    ]  # fmt: skip


def _role_bars(
    frame: pd.DataFrame,
    role: str,
    names: list[str],
    middles: list[float],
    top: int,
    picked: str,
    t: Translator,
    **axes: str,
) -> list[Trace]:
    counts = frame[role].tolist()
    hover = [
        f"{_joined(wrapped(_named(name, _others(frame), t), 20), bold=True)}<br>{t(f'role.{role}')} {count}"
        for name, count in zip(names, counts, strict=True)
    ]
    colour = _shades(LEAD if role == "lead" else SUPPORT, names, picked)
    hatch = {"pattern": {"shape": "/", "fgcolor": LEAD, "bgcolor": colour, "size": 6, "solidity": 0.2}}
    return [
        _targets([top] * len(names), middles, names, orientation="h", width=_pitch(middles), **axes),
        _bars(counts, middles, colour, orientation="h", width=_BAR, customdata=names, hovertext=hover,
              marker={} if role == "lead" else hatch, **axes),
        _texts(counts, middles, [_number(n, t) for n in counts], "middle right", **axes),
    ]  # fmt: skip


# --- heat maps -------------------------------------------------------------------------------------------------------


def heat(
    grid: Grid, t: Translator, *, unit: str, columns: Columns, picked: tuple[str, str] = ("", "")
) -> go.Figure:
    """Who × when or whom: a number in each cell, darker for more; empty cells are faint.

    unit: what a cell counts, in words (hover); columns: "months" are named in t's language. The cells are bars, which
    fill their column at any width and can be clicked. picked: row and column, either may be "".
    customdata: [row name, column name].
    """
    if not grid.counts.size:
        return _sentence(t("chart.nothing"))
    names = [_named(name, grid.others[0], t) for name in grid.rows]
    heads = [t(f"month.{name}") if columns == "months" else _named(name, grid.others[1], t) for name in grid.columns]
    lines = [wrapped(name, 7) for name in names]
    middles, bottom = _stacked(max(len(line) * _LINE, 24) + 6 for line in lines)
    labels = [_joined(line, bold=bool(picked[0]) and name == picked[0]) for line, name in zip(lines, grid.rows, strict=True)]
    top, across = _column_names(heads, [bool(picked[1]) and name == picked[1] for name in grid.columns])
    return _figure(
        [_cells(grid, t, names, heads, middles, lines, unit)],
        bottom + top + 4,
        (_left(lines), 2, top, 4),
        xaxis=_axis(-0.5, len(heads) - 0.5, side="top", tickvals=list(range(len(heads))), **across),
        yaxis=_axis(bottom, 0, tickvals=middles, ticktext=labels, ticklabelstandoff=6),
        shapes=_frames(grid, picked, middles, lines),
    )


def _cells(
    grid: Grid, t: Translator, names: list[str], heads: list[str], middles: list[float], lines: list[tuple[str, ...]], unit: str
) -> Trace:
    counts = grid.counts.tolist()
    most = max(max(row) for row in counts)
    places = [(row, column) for row in range(len(names)) for column in range(len(heads))]
    shades = [shade(counts[row][column], most) for row, column in places]
    heights = [max(len(lines[row]) * _LINE, 24) + 3 for row, _ in places]
    return _bars(
        [column for _, column in places],
        heights,
        [back for back, _ in shades],
        base=[middles[row] - height / 2 for (row, _), height in zip(places, heights, strict=True)],
        width=0.94,
        marker={"line": {"width": 0}},
        customdata=[[grid.rows[row], grid.columns[column]] for row, column in places],
        text=[_number(count, t) if (count := counts[row][column]) else "" for row, column in places],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": _SMALL, "color": [ink for _, ink in shades]},
        textangle=0,
        hovertext=[
            f"{_joined(wrapped(names[row], 20), bold=True)}<br>{_joined(wrapped(heads[column], 20))}"
            f"<br>{counts[row][column]} {plain(unit)}"
            for row, column in places
        ],
    )


def shade(count: int, most: int) -> tuple[str, str]:
    """The colour of a cell and of the number in it: 4.5:1 at least."""
    if not count:
        return _FAINT, DARK
    step = min(int((count / most) ** 0.5 * len(BLUES)), len(BLUES) - 1)
    return BLUES[step], LIGHT if step > 3 else DARK


def _column_names(heads: Sequence[str], bold: Sequence[bool]) -> tuple[int, dict[str, Any]]:
    """(height, axis) of the names on top: upright one sign below the other as Chinese is set, else turned in two lines."""
    units = [_UNIT.findall(head) for head in heads]
    if all(len(parts) <= 9 and all(_ems(part.strip()) <= 2 for part in parts) for parts in units):
        parts = [[sign for unit in _UNIT.findall(head) for sign in _upright(unit)] for head in heads]
        text = [_joined(signs, bold=strong) for signs, strong in zip(parts, bold, strict=True)]
        return max(map(len, parts)) * 16 + 8, {"ticktext": text, "tickangle": 0, "tickfont": {"size": _SMALL}}
    lines = [wrapped(head, max(4, -(-int(_ems(head) + 1) // 2))) for head in heads]
    text = [_joined(line, bold=strong) for line, strong in zip(lines, bold, strict=True)]
    tall = int(max(_ems(part) for line in lines for part in line) * _SMALL) + 12
    return tall, {"ticktext": text, "tickangle": -90, "tickfont": {"size": _SMALL}}


def _upright(unit: str) -> list[str]:
    return re.findall(r"[!-~]+|\S", unit)


def _frames(grid: Grid, picked: tuple[str, str], middles: list[float], lines: list[tuple[str, ...]]) -> list[Trace]:
    """A frame around the picked cell, row or column."""
    row = grid.rows.index(picked[0]) if picked[0] and picked[0] in grid.rows else None
    column = grid.columns.index(picked[1]) if picked[1] and picked[1] in grid.columns else None
    if row is None and column is None:
        return []
    tall = max(len(lines[row]) * _LINE, 24) + 6 if row is not None else 0
    across = (column - 0.5, column + 0.5) if column is not None else (-0.5, len(grid.columns) - 0.5)
    down = (middles[row] - tall / 2, middles[row] + tall / 2) if row is not None else (0, middles[-1] + middles[0])
    return [
        {"type": "rect", "x0": across[0], "x1": across[1], "y0": down[0], "y1": down[1], "line": {"color": PICKED, "width": 3}}
    ]


# --- timeline --------------------------------------------------------------------------------------------------------

_TITLE: Final = 26  # Chinese characters of a title's line: what a telephone holds
_WINDOW: Final = 14


@dataclass(frozen=True, slots=True)
class _Row:
    """One measure of the timeline: its place in pixels, its window in months (None: no window in this year)."""

    key: str
    state: str
    title: tuple[str, ...]
    top: float
    bottom: float
    span: tuple[float, float] | None
    due: float | None
    beyond: tuple[bool, bool]
    hover: str
    milestones: dict[float, list[str]]

    @property
    def middle(self) -> float:
        """The height of its window bar."""
        return self.bottom - 8 - _WINDOW / 2


def timeline(
    bars: pd.DataFrame, months: pd.DataFrame, year: int, as_of: date, t: Translator, picked: str = ""
) -> go.Figure:
    """Above, what falls due in each month of a year; below, on the same axis, each measure's window under its title.

    bars, in the order to be shown: position, lane, title, start, end, due, ongoing, recurring, state, milestones (a
    list of (date, text, moved)); months: `workload.by_month`. customdata: the position as text, or "2020-08".
    """
    if bars.empty:
        return _sentence(t("chart.nothing"))
    floor = 84.0
    rows, lanes, bottom = _timeline_rows(bars, year, t, floor + 30)
    states = [state for state in schema.STATE_ORDER if any(row.state == state for row in rows)]
    above = _month_bars(months, year, as_of, t, picked, floor)
    if "ongoing" in states:
        above = [{**trace, "showlegend": False} for trace in above]
    below = [trace for state in states if (trace := _window_bars(rows, state, t, picked))]
    data = [
        _row_targets(rows),
        *above,
        *below,
        *_diamonds(rows, t),
        *_timeline_words(rows, lanes, t, picked),
        *([_texts(list(range(1, 13)), [bottom] * 12, [t(f"month.{n}") for n in range(1, 13)], "bottom center",
                  size=_SMALL)] if bottom > 900 else []),
    ]  # fmt: skip
    shapes, label = _as_of_line(as_of, year, bottom, t)
    legend = _legend_height([trace["name"] for trace in data if trace["showlegend"]])
    foot = 24 if bottom > 900 else 4
    return _figure(
        data,
        bottom + legend + 20 + foot,
        (14, 14, legend + 20, foot),
        xaxis=_axis(0.5, 12.5),
        yaxis=_axis(bottom, 0),
        shapes=[_rules(bottom, [top for top, _ in lanes]), *shapes],
        annotations=[label],
        showlegend=True,
        legend=_legend(y=1, yanchor="top", yref="container", traceorder="normal"),
    )


def _timeline_rows(
    bars: pd.DataFrame, year: int, t: Translator, top: float
) -> tuple[list[_Row], list[tuple[float, tuple[str, ...]]], float]:
    """(rows, lanes with the height at which they begin, the height of all)."""
    rows: list[_Row] = []
    lanes: list[tuple[float, tuple[str, ...]]] = []
    lane = None
    for record in bars.to_dict("records"):
        if record["lane"] != lane:
            lane = record["lane"]
            heading = wrapped(str(lane), _TITLE)
            lanes.append((top, heading))
            top += len(heading) * _LINE + 10 if lane else 4
        title = wrapped(f"{schema.STATES[record['state']]} {record['title']}", _TITLE)
        bottom = top + len(title) * _LINE + _WINDOW + 14
        rows.append(_timeline_row(record, title, top, bottom, year, t))
        top = bottom
    return rows, lanes, top


def _timeline_row(
    record: dict[Any, Any], title: tuple[str, ...], top: float, bottom: float, year: int, t: Translator
) -> _Row:
    start, end, due = (_day(record[name]) for name in ("start", "end", "due"))
    first, last, beyond = start or end, end or start, (False, False)
    span = None
    if first and last:
        beyond = (first.year < year, last.year > year)
        if first.year <= year <= last.year:
            span = (_in_months(first, year), _in_months(last, year, end=True))
    notes: dict[float, list[str]] = {}
    for day, text, moved in record["milestones"]:
        if day.year == year:
            notes.setdefault(_noon(day, year), []).append(_milestone_words(day, text, moved, t))
    return _Row(
        key=str(record["position"]),
        state=record["state"],
        title=title,
        top=top,
        bottom=bottom,
        span=span,
        due=_noon(due, year) if due and due.year == year else None,
        beyond=beyond,
        hover=_window_words(record, start, due, t),
        milestones=notes,
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value


def _noon(day: date, year: int) -> float:
    return (_in_months(day, year) + _in_months(day, year, end=True)) / 2


def _milestone_words(day: date, text: str, moved: bool, t: Translator) -> str:
    words = f"{day.isoformat()} {text}"
    return _joined(wrapped(words + t("chart.moved") if moved else words, 22))


def _window_words(record: dict[Any, Any], start: date | None, due: date | None, t: Translator) -> str:
    state = f"{schema.STATES[record['state']]} {t('state.' + record['state'])}"
    lines = [_joined(wrapped(str(record["title"]), 22), bold=True), state]
    if start:
        lines.append(f"{t('field.start')} {start.isoformat()[:10]}")
    if due:
        lines.append(f"{t('chart.due_day')} {due.isoformat()[:10]}")
    return "<br>".join(lines)


def _row_targets(rows: Sequence[_Row]) -> Trace:
    """A place to click over each whole row, its title among it."""
    middles = [(row.top + row.bottom) / 2 for row in rows]
    heights = [row.bottom - row.top for row in rows]
    return _targets([12] * len(rows), middles, [row.key for row in rows], base=0.5, width=heights, orientation="h")


def _window_bars(rows: Sequence[_Row], state: str, t: Translator, picked: str) -> Trace | None:
    """The windows of the rows in one state."""
    some = [(row, row.span) for row in rows if row.state == state and row.span]
    if not some:
        return None
    keys = [row.key for row, _ in some]
    known = picked if any(row.key == picked for row in rows) else ""
    return _bars(
        [last - first for _, (first, last) in some],
        [row.middle for row, _ in some],
        [PALETTE[state] if not known or key == known else _faded(PALETTE[state]) for key in keys],
        base=[first for _, (first, _) in some],
        width=_WINDOW,
        orientation="h",
        marker=_pattern(state),
        name=f"{schema.STATES[state]} {t(f'state.{state}')}",
        customdata=keys,
        hovertext=[row.hover for row, _ in some],
    )


def _diamonds(rows: Sequence[_Row], t: Translator) -> list[Trace]:
    """Filled on the due day, hollow on the days that the text names before it; hover tells which."""
    due = [(row.due, row, row.hover) for row in rows if row.due is not None]
    notes = [(at, row, "<br>".join(words)) for row in rows for at, words in row.milestones.items()]
    kinds = ((notes, LIGHT, DARK, 11, t("chart.milestone")), (due, DARK, LIGHT, 13, t("chart.due_day")))
    return [
        {
            "type": "scatter", "mode": "markers", "x": [at for at, _, _ in points], "cliponaxis": False,
            "y": [row.middle for _, row, _ in points], "customdata": [row.key for _, row, _ in points],
            "hovertext": [words for _, _, words in points], "hoverinfo": "text", "name": name, "showlegend": True,
            "marker": {"symbol": "diamond", "size": size, "color": fill, "line": {"color": line, "width": 1.5}},
            "unselected": {"marker": {"opacity": 1}},
        }
        for points, fill, line, size, name in kinds if points
    ]  # fmt: skip


def _timeline_words(
    rows: Sequence[_Row], lanes: Sequence[tuple[float, tuple[str, ...]]], t: Translator, picked: str
) -> list[Trace]:
    """Titles, lanes, the words for rows without a window, and ‹ › where a window goes on beyond the year."""
    titles = [_joined(row.title, bold=row.key == picked) for row in rows]
    named = [(top, heading) for top, heading in lanes if heading != ("",)]
    without = [row for row in rows if not row.span and not any(row.beyond)]
    words = [
        _texts([0.5] * len(rows), [row.top + 1 for row in rows], titles, "bottom right"),
        _texts([0.5] * len(named), [top + 5 for top, _ in named], [_joined(lines, bold=True) for _, lines in named],
               "bottom right"),
        _texts([0.5] * len(without), [row.middle for row in without], [t(f"state.{row.state}") for row in without],
               "middle right", size=_SMALL),
    ]  # fmt: skip
    for side, (mark, at, where) in enumerate((("‹", 0.5, "middle left"), ("›", 12.5, "middle right"))):
        beyond = [row.middle for row in rows if row.beyond[side]]
        words.append(_texts([at] * len(beyond), beyond, [mark] * len(beyond), where, size=18))
    return [trace for trace in words if trace["x"]]


def _rules(bottom: float, lanes: Sequence[float]) -> Trace:
    """The lines between months and above lanes, as one shape."""
    between = "".join(f"M{month}.5,0V{bottom}" for month in range(1, 12))
    above = "".join(f"M0.5,{top}H12.5" for top in lanes)
    return {"type": "path", "path": between + above, "line": {"color": _RULE, "width": 1}, "layer": "below"}


# --- what Plotly itself says -----------------------------------------------------------------------------------------

_PLOTLY_WORDS: Final = {
    "Download plot as a PNG": "chart.image",
    "Preparing image - this may take a few seconds": "chart.image_preparing",
    "Image download succeeded": "chart.image_done",
    "Sorry, there was a problem downloading your image!": "chart.image_failed",
}


def config(language: str) -> dict[str, Any]:
    """Plotly's settings for `st.plotly_chart`: one button, for a picture, and its words in the reader's language."""
    t = translator(language)
    locale = {"zh": "zh-CN"}.get(language, language)
    return {
        "displaylogo": False,
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": t("chart.image_file")},
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "typesetMath": False,
        "responsive": True,
        "locale": locale,
        "locales": {locale: {"dictionary": {english: t(key) for english, key in _PLOTLY_WORDS.items()}}},
    }
