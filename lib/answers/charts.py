"""A tidy frame + words → a Plotly figure; the only module that knows Plotly.

Each function takes the data first, then the words. A figure has no title: the page writes the finding above it. Names
are data and appear as written. Vertical axes are in pixels, downwards, so that bars keep their thickness and names
their room at any width; margins are computed here, since Plotly's own cost a second drawing. Figures are built without
Plotly's validation, which costs twenty times the figure; the tests validate them instead.
"""

from __future__ import annotations

import calendar
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from lib.answers import palette
from lib.i18n import Translator, translator
from lib.measures import schema
from lib.workload import OTHERS, Grid

Trace = dict[str, Any]
Columns = Literal["months", "names"]
_Reach = Sequence[tuple[float, float]]

# --- room, in pixels -------------------------------------------------------------------------------------------------

_TEXT, _SMALL, _LINE = 13, 12, 17  # font sizes, and the height of a line
_SPACE: Final = 3.5  # between words of the smaller size
_LOWER: Final = 1.5  # what Plotly writes in the middle of a place stands so much above it
_BAR: Final = 18
_THICK: Final = 24  # a bar with words in it
_NARROW: Final = 364  # the width of a figure on a telephone
_FAINT: Final = palette.faded(palette.OUTLINE, 0.13)
_RULE: Final = palette.faded(palette.OUTLINE, 0.4)
_UNPICKED: Final = 0.35  # the opacity of bars beside the picked one
_CLEAR: Final = "rgba(0,0,0,0)"
_LONG: Final = 900  # a figure so high names its months at its foot too

# --- text: names are data --------------------------------------------------------------------------------------------

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", "$": "&#36;", "#": "&#35;"})
_LATIN: Final = 0.6  # the width of a sign that is not Chinese, of a Chinese one
# What stays together: a Latin word or number, an opening bracket with what follows, closing marks with what precedes.
_UNIT: Final = re.compile(r"[（(〔\[《“‘]*(?:[!-'*-~]+|\S)[，。、；：！？）)〕\]》”’·]*\s*")
_BRACKET: Final = re.compile(r"(?=[（(〔])")
_CLAUSE: Final = re.compile(r"[^，、；：。]*[，、；：。]+\s*|[^，、；：。]+")
_TEN_THOUSAND: Final = 10_000


def plain(text: str) -> str:
    """A text as Plotly must be given it to show it as written: no tags, entities, formulas or theme colours."""
    return text.translate(_ESCAPES)


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else _LATIN for sign in text)


@lru_cache(maxsize=4096)
def wrapped(text: str, limit: int) -> tuple[str, ...]:
    """A text in full, in as few lines as `limit` Chinese characters allow, of about equal width.

    Longer words are broken; a bracket begins a line of its own, and clauses end theirs, where that costs none.
    """
    units = [part for unit in _UNIT.findall(text) for part in _chopped(unit, limit)]
    lines = _filled(units, limit)
    parts = _BRACKET.split(text)
    if len(parts) > 1 and parts[0]:
        apart = [line for part in parts for line in wrapped(part, limit)]
        if len(apart) <= len(lines):
            return tuple(apart)
    clauses = _filled(_CLAUSE.findall(text), limit)
    if len(clauses) == len(lines) and max(map(_ems, clauses)) <= limit:
        return tuple(clauses)
    for even in range(int(_ems(text) / len(lines)), limit):
        if len(found := _filled(units, even)) == len(lines):
            return tuple(found)
    return tuple(lines)


def _chopped(unit: str, limit: int) -> list[str]:
    size = -(-len(unit) // math.ceil(_ems(unit) / limit))
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
    """A count as it stands at a bar: 8, 13.5, 8,824, 8.3 万."""
    if count < _TEN_THOUSAND:
        return f"{count:,g}"
    return t("chart.big", wan=f"{count / 10_000:.3g}", k=f"{count / 1_000:.4g}")


def _named(name: str, others: int, t: Translator) -> str:
    """A name, or the words for what OTHERS stands for."""
    if name != OTHERS:
        return name
    return t("chart.others_names", n=others) if others else t("chart.other")


def _width(texts: Iterable[str], size: int = _TEXT) -> int:
    return int(max(map(_ems, texts), default=0.0) * size) + 10


# --- keeping figures --------------------------------------------------------------------------------------------------


class Packed(go.Figure):  # type: ignore[misc]
    """A figure that is kept as its JSON: one string where there were thousands of objects.

    Python's collector looks at every object that a cache holds, after every run of a page; a string is none to it.
    """

    def __init__(self, figure: go.Figure) -> None:
        plain = figure.to_dict()
        del plain["layout"]["template"]  # empty, so that Plotly adds none of its own: see `_figure`
        object.__setattr__(self, "json", pio.to_json(plain, validate=False))

    def to_dict(self) -> dict[str, Any]:
        """The figure's plain dict, made anew; all that drawing asks of it."""
        return dict(json.loads(self.json))


def packed(made: Any) -> Any:
    """What a page makes, with its figures packed; tuples in tuples are looked through."""
    if isinstance(made, tuple):
        parts = map(packed, made)
        return type(made)(*parts) if hasattr(made, "_fields") else tuple(parts)
    return Packed(made) if isinstance(made, go.Figure) else made


# --- the common layout -----------------------------------------------------------------------------------------------


def _figure(
    data: list[Trace], height: float, margin: tuple[int, int, int, int], **layout: Any
) -> go.Figure:
    """One figure from plain dicts; margin: left, right, top, bottom.

    Streamlit gives each figure to Plotly twice, before and after it has measured the place; Plotly draws it twice if
    the second differs. It does not with a data revision, so that arrays are not compared, without a template, which
    is always another object, and with the click mode that Streamlit would set for selections.
    """
    left, right, top, bottom = margin
    common: dict[str, Any] = {
        "height": int(height),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "font": {"size": _TEXT, "color": palette.INK, "family": palette.FONT},
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "barmode": "overlay",
        "clickmode": "event+select",
        "dragmode": "zoom",
        "hovermode": "closest",
        "hoverlabel": {
            "font": {"size": _TEXT, "color": palette.INK, "family": palette.FONT},
            "bgcolor": palette.PAPER,
            "bordercolor": palette.OUTLINE,
            "align": "left",
        },
        "showlegend": False,
        "datarevision": 0,
        "template": {},
    }
    return go.Figure(data=data, layout=common | layout, _validate=False)


def _axis(start: float, end: float, **more: Any) -> Trace:
    """An axis that shows nothing but the names it is given, and does not zoom."""
    font = {"size": more.pop("size", _TEXT), "color": palette.INK}
    names = {
        "showticklabels": "tickvals" in more,
        "ticks": "",
        "automargin": False,
        "tickfont": font,
    }
    lines = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True}
    return {"range": [start, end], **names, **lines, **more}


def _key(entries: Sequence[tuple[str, str]]) -> tuple[str, int]:
    """(text, height) of a legend as words, in lines that fit a telephone.

    entries: a swatch's colour or "", words. Plotly's own legend is no wider than the plot, sets its entries in columns,
    and draws each.
    """
    lines, used = [""], 0.0
    for colour, words in entries:
        style = f"color:{colour};stroke:{palette.OUTLINE};stroke-width:1px"
        swatch = f'<span style="{style}">■</span> ' if colour else ""
        shown = f"{'■ ' if colour else ''}{words}   "
        wide = _ems(shown.replace(" ", "")) * _SMALL + shown.count(" ") * _SPACE
        if used and used + wide > _NARROW + 3 * _SPACE:
            lines, used = [*lines, ""], 0.0
        lines[-1] += f"{swatch}{words}   "
        used += wide
    return "<br>".join(line.rstrip() for line in lines), len(lines) * _LINE


def _outside(text: str, **place: Any) -> Trace:
    """Words in a margin, at a distance in pixels from the plot, where those of a trace are not drawn."""
    still = {
        "align": "left",
        "showarrow": False,
        "font": {"size": _SMALL},
        "borderpad": 0,
        "xanchor": "left",
    }
    return {"text": text, "xref": "paper", "yref": "paper", **still, **place}


def _state_key(states: Iterable[str], t: Translator) -> list[tuple[str, str]]:
    return [
        (palette.STATES[state], f"{schema.STATES[state]} {t(f'state.{state}')}") for state in states
    ]


def _sentence(text: str) -> go.Figure:
    """What stands in place of an empty chart."""
    note = {
        "text": text,
        "x": 0,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "showarrow": False,
    }
    return _figure(
        [], 60, (4, 4, 4, 4), annotations=[note], xaxis={"visible": False}, yaxis={"visible": False}
    )


def _bars(x: list[Any], y: list[Any], marker: Trace, **more: Any) -> Trace:
    """Bars with an outline. Plotly's own dimming after a click is off: the next figure shows what is picked."""
    marker = {"line": {"color": palette.OUTLINE, "width": 1}, **marker}
    calm = {"hoverinfo": "text", "unselected": {"marker": {"opacity": 1}}}
    return {"type": "bar", "x": x, "y": y, "marker": marker, **calm, **more}


def _targets(x: list[Any], y: list[Any], data: list[Any], hover: list[str], **more: Any) -> Trace:
    """Unseen bars over whole rows or columns: they take the clicks that a short bar would be too small for.

    They tell what their bars tell: of two bars Plotly takes the one of which the mouse is, as a part of its length,
    nearer to the end.
    """
    return _bars(
        x,
        y,
        {"color": _CLEAR, "line": {"color": palette.OUTLINE, "width": 0}},
        customdata=data,
        hovertext=hover,
        **more,
    )


def _as_few(parts: Iterable[Trace]) -> list[Trace]:
    """Traces of one kind as one: Plotly takes up to 3 ms for each, however little it shows. Empty ones are left out.

    Bars with a pattern stay apart: Plotly takes the colours of single bars for the pattern's own.
    """
    some = [part for part in parts if part["x"]]
    hatched = [part for part in some if "pattern" in part.get("marker", ())]
    plain = [part for part in some if part not in hatched]
    return [*([_merged(plain, [len(part["x"]) for part in plain])] if plain else []), *hatched]


def _merged(parts: Sequence[Trace], sizes: Sequence[int]) -> Trace:
    whole: Trace = {}
    for key, first in parts[0].items():
        values = [part[key] for part in parts]
        if isinstance(first, dict):
            whole[key] = _merged(values, sizes)
        elif isinstance(first, str | int | float) and all(value == first for value in values):
            whole[key] = first
        else:
            lists = (
                value if isinstance(value, list) else [value] * n
                for value, n in zip(values, sizes, strict=True)
            )
            whole[key] = [*chain.from_iterable(lists)]
    return whole


def _texts(x: list[Any], y: list[Any], text: list[str], where: str, **more: Any) -> Trace:
    """Words at places of the plot, in the theme's own colour, never clicked."""
    if where.startswith("middle"):
        y = [at + _LOWER for at in y]
    font = {"size": more.pop("size", _TEXT), "color": palette.INK}
    still = {
        "hoverinfo": "skip",
        "cliponaxis": False,
        "selected": {"textfont": {"color": palette.INK}},
    }
    place = {"x": x, "y": y, "text": text, "textposition": where, "textfont": font}
    return {"type": "scatter", "mode": "text", **place, **still, **more}


def _fill(kind: str, names: Sequence[str], picked: str) -> Trace:
    """The fill of bars in a colour of the palette and its pattern; where one is picked, the others are fainter."""
    colour = {"lead": palette.LEAD, "support": palette.SUPPORT, "due": palette.DUE}.get(
        kind
    ) or palette.STATES[kind]
    if kind not in palette.PATTERNS:
        return {"color": _shades(colour, names, picked)}
    shape, over = palette.PATTERNS[kind]
    shades = {"fgcolor": _shades(over, names, picked), "bgcolor": _shades(colour, names, picked)}
    return {"color": colour, "pattern": {"shape": shape, "size": 5, "solidity": 0.25, **shades}}


def _shades(colour: str, names: Sequence[str], picked: str) -> str | list[str]:
    if not picked:
        return colour
    faint = palette.faded(colour, _UNPICKED)
    return [colour if name == picked else faint for name in names]


def _inks(ink: str, names: Sequence[str], picked: str) -> str | list[str]:
    """The colour of the words in bars: the theme's own in those that are fainter."""
    return [ink if name == picked else palette.INK for name in names] if picked else ink


# --- months ----------------------------------------------------------------------------------------------------------

_MONTHS: Final = list(range(1, 13))
EARLIER, LATER = "‹", "›"  # noqa: RUF001
_DUE, _ONGOING, _BESIDE = (
    0.44,
    0.22,
    0.36,
)  # the widths of a month's two bars, and how far the second stands beside
_NAMES: Final = 22  # the room of the months' names below their bars


def _in_months(day: date, year: int, end: bool = False) -> float:
    """A day on the axis of the months, January from 0.5 to 1.5; other years lie at its ends. end: the day's evening."""
    if day.year != year:
        return 0.5 if day.year < year else 12.5
    return day.month - 0.5 + (day.day - (not end)) / calendar.monthrange(day.year, day.month)[1]


def _noon(day: date, year: int) -> float:
    return (_in_months(day, year) + _in_months(day, year, end=True)) / 2


def _month_bars(
    months: pd.DataFrame, as_of: date, t: Translator, *, year: int, floor: float, picked: str
) -> tuple[list[Trace], list[Trace], float]:
    """Due and ongoing of each month, standing on `floor`, and places to click; their numbers and names.

    Beside the two: how far down the line of the day may come without crossing a number.
    """
    keys = [f"{year:04}-{month:02}" for month in _MONTHS]
    counts = {name: months[name].tolist() for name in ("due", "ongoing")}
    scale = (floor - 20) / max(*counts["due"], *counts["ongoing"], 1)
    hover = [_month_words(month, counts, t) for month in _MONTHS]
    now = as_of.month if as_of.year == year else 0
    names = [
        _joined([t(f"month.{month}")], month == now or keys[month - 1] == picked)
        for month in _MONTHS
    ]
    bars = [_targets(_MONTHS, [-floor - _NAMES] * 12, keys, hover, base=floor + _NAMES, width=1)]
    words = [_texts(_MONTHS, [floor + 4] * 12, names, "bottom center", size=_SMALL)]
    free = floor
    for name, width, beside in (("due", _DUE, 0.0), ("ongoing", _ONGOING, _BESIDE)):
        some = [at for at, count in enumerate(counts[name]) if count]
        at, heights = (
            [_MONTHS[month] + beside for month in some],
            [scale * counts[name][month] for month in some],
        )
        of_bars = [keys[month] for month in some]
        told = {"customdata": of_bars, "hovertext": [hover[month] for month in some]}
        fill = _fill(name, of_bars, picked if picked in keys else "")
        tops = [floor - height for height in heights]
        bars.append(
            _bars(at, [-height for height in heights], fill, base=floor, width=width, **told)
        )
        numbers = [_number(counts[name][month], t) for month in some]
        if beside and _long(numbers):  # off the bar of what is due, however narrow the months are
            words.append(_texts([x - width / 2 for x in at], tops, numbers, "top right"))
        else:
            words.append(_texts(at, tops, numbers, "top center"))
        free = min(
            [free, *(top - 18 for top, month in zip(tops, some, strict=True) if month + 1 == now)]
        )
    return _as_few(bars), words, free


def _long(numbers: Sequence[str]) -> bool:
    return any(len(number) > 1 for number in numbers)


def _room(months: pd.DataFrame, t: Translator, least: int) -> int:
    """The margin that December's second number needs on a telephone."""
    number = _number(months["ongoing"].iloc[-1], t)
    return max(least, _width([number]) - 16) if _long([number]) else least


def _month_words(month: int, counts: dict[str, list[int]], t: Translator) -> str:
    lines = [
        f"{t(f'chart.{name}')} {counts[name][month - 1]:,}"
        for name in counts
        if counts[name][month - 1]
    ]
    return "<br>".join([f"<b>{t(f'month.{month}')}</b>", *(lines or [f"{t('chart.due')} 0"])])


def _as_of(
    as_of: date, t: Translator, *, year: int, bottom: float, reach: _Reach, over: _Reach = ()
) -> tuple[Trace, list[Trace]]:
    """(words, shapes) of the day: its label above the plot; its month as a faint band, the day as a line behind words.

    reach: from where to where the line goes; over: where it is drawn over the bars. A day outside the year has its
    label only, at the nearer end.
    """
    at, words = _noon(as_of, year), t("chart.as_of", date=as_of.isoformat())
    side = "top right" if at < 4.5 else "top left"  # noqa: PLR2004
    if as_of.year != year:
        beyond = f"{EARLIER} {words}" if at < 1 else f"{words} {LATER}"
        return _texts([at], [0], [beyond], side, size=_SMALL), []
    band = {"x0": as_of.month - 0.5, "x1": as_of.month + 0.5, "y0": 0, "y1": bottom}
    lines = [
        {
            "type": "path",
            "path": _down(at, path),
            "line": {"color": palette.OUTLINE, "width": 2},
            "layer": layer,
        }
        for layer, path in (("below", reach), ("above", over))
        if path
    ]
    faint = {"type": "rect", **band, "fillcolor": _FAINT, "line": {"width": 0}, "layer": "below"}
    return _texts([at], [0], [words], side, size=_SMALL), [faint, *lines]


def _down(at: float, reach: _Reach) -> str:
    return "".join(f"M{at:.3f},{start:g}V{end:g}" for start, end in reach)


def month_strip(months: pd.DataFrame, as_of: date, t: Translator, picked: str = "") -> go.Figure:
    """What falls due in each month of a year, what runs all year beside it, and where the year stands. 150 px.

    months: `workload.by_month` of the year of `as_of`. customdata: "2020-08".
    """
    if not (months["due"].any() or months["ongoing"].any()):
        return _sentence(t("chart.nothing_due"))
    floor, bottom = 102, 102 + _NAMES
    bars, words, free = _month_bars(months, as_of, t, year=as_of.year, floor=floor, picked=picked)
    entries = [(palette.DUE, t("chart.due"))] * bool(months["due"].any())
    entries += [
        (palette.STATES["ongoing"], f"{schema.STATES['ongoing']} {t('chart.ongoing')}")
    ] * bool(months["ongoing"].any())
    day, shapes = _as_of(as_of, t, year=as_of.year, bottom=bottom, reach=[(0, free)])
    place, side = (0.5, "top right") if as_of.month > 8 else (12.5, "top left")  # noqa: PLR2004 off the day's label
    key = _texts([place], [0], [_key(entries)[0]], side, size=_SMALL)
    ground = {
        "type": "path",
        "path": f"M0.5,{floor}H12.5",
        "line": {"color": palette.OUTLINE, "width": 1},
    }
    return _figure(
        [*bars, *_as_few([*words, day, key])],
        150,
        (2, _room(months, t, 2), 24, 2),
        xaxis=_axis(0.5, 12.5),
        yaxis=_axis(bottom, 0),
        shapes=[*shapes, ground],
    )


# --- leaders and departments -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a bar chart: names as data, in words and wrapped; how high each is; which one is picked."""

    names: list[str]
    words: list[str]
    lines: list[tuple[str, ...]]
    heights: list[float]
    picked: str

    @classmethod
    def of(
        cls, names: Sequence[Any], others: int, t: Translator, *, limit: int, bar: int, picked: str
    ) -> _Rows:
        """Rows of names, OTHERS among them, no lower than a bar; names are wrapped at `limit` characters."""
        names = [str(name) for name in names]
        words = [_named(name, others, t) for name in names]
        lines = [wrapped(word, limit) for word in words]
        heights = [max(len(line) * _LINE, bar) + 8.0 for line in lines]
        return cls(names, words, lines, heights, picked if picked in names else "")

    @property
    def middles(self) -> list[float]:
        return [
            end - height / 2
            for end, height in zip(accumulate(self.heights), self.heights, strict=True)
        ]

    @property
    def left(self) -> int:
        """The room that the names take."""
        return _width(part for line in self.lines for part in line)

    def axis(self) -> Trace:
        labels = [
            _joined(line, bool(self.picked) and name == self.picked)
            for name, line in zip(self.names, self.lines, strict=True)
        ]
        return _axis(
            sum(self.heights), 0, tickvals=self.middles, ticktext=labels, ticklabelstandoff=6
        )

    def targets(self, length: float, hover: list[str], start: float = 0) -> Trace:
        """Each row, from `start` on, as a place to click."""
        place = {"orientation": "h", "width": self.heights, "base": start}
        return _targets([length] * len(self.names), self.middles, self.names, hover, **place)

    def numbers(self, counts: Sequence[float], t: Translator, start: float = 0) -> Trace:
        """The number at each bar's end; OTHERS, drawn without a bar since it would dwarf them, say it in words."""
        plain_ones = [name != OTHERS for name in self.names]
        text = [
            f" {_number(n, t)}" if single else f" {t('chart.in_all', n=_number(n, t))}"
            for n, single in zip(counts, plain_ones, strict=True)
        ]
        ends = [
            start + n if single else start for n, single in zip(counts, plain_ones, strict=True)
        ]
        return _texts(ends, self.middles, text, "middle right")

    def longest(self, *counts: Sequence[float]) -> float:
        """The longest bar."""
        return (
            max(
                (
                    n
                    for column in counts
                    for n, name in zip(column, self.names, strict=True)
                    if name
                ),
                default=0,
            )
            or 1
        )


def _others(frame: pd.DataFrame) -> int:
    return int(frame["others"].max()) if "others" in frame else 0


def leader_load(frame: pd.DataFrame, t: Translator, picked: str = "") -> go.Figure:
    """Who carries how much, split by date state, the busiest on top.

    frame: `workload.by_leader` as it is to be shown: a name, measures, one column for each
    state; the name OTHERS stands for as many as the column `others` says. customdata: the name.
    """
    if frame.empty:
        return _sentence(t("chart.nothing"))
    rows = _Rows.of(
        frame.iloc[:, 0].tolist(), _others(frame), t, limit=9, bar=_THICK, picked=picked
    )
    totals = frame["measures"].tolist()
    top = rows.longest(totals)
    occurring = {state: frame[state].tolist() for state in schema.STATE_ORDER if frame[state].any()}
    hover = _state_words(rows, totals, occurring, t)
    bars = _state_bars(rows, occurring, hover, t, gap=top * 0.004)
    key, height = _key(_state_key(occurring, t))
    return _figure(
        [rows.targets(top, hover), *_as_few(bars), rows.numbers(totals, t)],
        sum(rows.heights) + height + 12,
        (rows.left, _width([_number(top, t)]), 2, height + 10),
        xaxis=_axis(0, top),
        yaxis=rows.axis(),
        annotations=[_outside(key, x=0, xshift=2 - rows.left, y=0, yshift=-6, yanchor="top")],
        uniformtext={"minsize": _SMALL, "mode": "hide"},
    )


def _state_bars(
    rows: _Rows, occurring: dict[str, list[int]], hover: list[str], t: Translator, *, gap: float
) -> list[Trace]:
    """Bars for each state that occurs, from where the ones of the state before ended, a gap between them."""
    ends, middles = [0] * len(rows.names), rows.middles
    traces = []
    for state, counts in occurring.items():
        some = [
            at
            for at, (count, name) in enumerate(zip(counts, rows.names, strict=True))
            if count and name
        ]
        names, mark = [rows.names[at] for at in some], schema.STATES[state]
        ink = palette.LIGHT if state == "passed" else palette.DARK
        words = {
            "text": [
                _over_pattern(
                    f"{mark} {_number(counts[at], t)}",
                    state if rows.picked in {"", rows.names[at]} else "",
                )
                for at in some
            ],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "insidetextfont": {"size": _SMALL, "color": _inks(ink, names, rows.picked)},
            "textangle": 0,
        }
        place = {"base": [ends[at] for at in some], "width": _THICK, "orientation": "h"}
        told = {"customdata": names, "hovertext": [hover[at] for at in some]}
        fill = _fill(state, names, rows.picked)
        lengths, across = [counts[at] - gap for at in some], [middles[at] for at in some]
        traces.append(_bars(lengths, across, fill, **place, **told, **words))
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    return traces


def _over_pattern(words: str, state: str) -> str:
    """Words in a bar, surrounded by its colour where a pattern would come through them."""
    if state not in palette.PATTERNS:
        return words
    return f'<span style="paint-order:stroke;stroke:{palette.STATES[state]};stroke-width:6px">{words}</span>'


def _state_words(
    rows: _Rows, totals: Sequence[int], occurring: dict[str, list[int]], t: Translator
) -> list[str]:
    found = []
    for at, (word, total) in enumerate(zip(rows.words, totals, strict=True)):
        lines = [
            f"{schema.STATES[state]} {t(f'state.{state}')} {n[at]:,}"
            for state, n in occurring.items()
            if n[at]
        ]
        name = _joined(wrapped(word, 20), bold=True)
        found.append("<br>".join([f"{name} {t('chart.count', n=total)}", *lines]))
    return found


def department_load(
    frame: pd.DataFrame,
    t: Translator,
    sort: str = "weighted",
    weight: float | None = None,
    picked: str = "",
) -> go.Figure:
    """What each department leads and, apart from it, what it supports; the weighted load beside when sorted by it.

    frame: `workload.by_department` as it is to be shown, `others` as in `leader_load`. customdata: the department.
    """
    if frame.empty:
        return _sentence(t("chart.nothing"))
    rows = _Rows.of(frame.iloc[:, 0].tolist(), _others(frame), t, limit=9, bar=_BAR, picked=picked)
    counts = {role: frame[role].tolist() for role in schema.ROLES}
    top = rows.longest(*counts.values())
    weighing = weight is not None and sort == "weighted"
    begin, share = (
        (0.42, 0.36) if weighing else (0.54, 0.46)
    )  # of the width: where support begins, and what each has
    whole = top / share
    starts = dict(zip(schema.ROLES, (0, begin * whole), strict=True))
    bars = [
        part
        for role, start in starts.items()
        for part in _role_bars(rows, role, counts[role], t, start, top)
    ]
    words = [rows.numbers(counts[role], t, start) for role, start in starts.items()]
    words += [
        _head(t(f"role.{role}"), start, "top right", role == sort) for role, start in starts.items()
    ]
    if weighing:
        weighted = [_number(n, t) for n in frame["weighted"].tolist()]
        words.append(_texts([whole] * len(weighted), rows.middles, weighted, "middle left"))
        note = t("chart.weight", w=f"{weight:g}")
        words.append(_head(t("field.weighted"), whole, "top left", True, note))
    return _figure(
        [*_as_few(bars), *_as_few(words)],
        sum(rows.heights) + 42,
        (rows.left, 2 if weighing else _width([_number(top, t)]), 40, 2),
        xaxis=_axis(0, whole),
        yaxis=rows.axis(),
    )


def _head(word: str, at: float, where: str, sorting: bool, note: str = "") -> Trace:
    """A word above a panel, marked where the rows are sorted by what stands below it."""
    text = f"<b>{word}</b>{' ▼' if sorting else ''}{note and f'<br>{note}'}"
    return _texts([at], [0], [text], where, size=_SMALL)


def _role_bars(
    rows: _Rows, role: str, counts: list[int], t: Translator, start: float, top: float
) -> list[Trace]:
    hover = [
        f"{_joined(wrapped(word, 20), bold=True)}<br>{t(f'role.{role}')} {count:,}"
        for word, count in zip(rows.words, counts, strict=True)
    ]
    some = [at for at, name in enumerate(rows.names) if name != OTHERS]
    names, told, middles = [rows.names[at] for at in some], [hover[at] for at in some], rows.middles
    place = {
        "orientation": "h",
        "width": _BAR,
        "base": start,
        "customdata": names,
        "hovertext": told,
    }
    bars = _bars(
        [counts[at] for at in some],
        [middles[at] for at in some],
        _fill(role, names, rows.picked),
        **place,
    )
    return [rows.targets(top, hover, start), bars]


# --- heat maps -------------------------------------------------------------------------------------------------------


def heat(
    grid: Grid, t: Translator, *, unit: str, columns: Columns, picked: tuple[str, str] = ("", "")
) -> go.Figure:
    """Who × when or whom: a number in each cell, darker for more; empty cells are faint, and so are sums of OTHERS.

    unit: what a cell counts, said on hover by `chart.unit_<unit>`: due, in_force, lead, support, together; columns:
    "months" are named in t's language. picked: row and column, either may be "". The cells are bars, since those fill
    their column at any width and can be clicked.
    customdata: [row name, column name].
    """
    if not grid.counts.size:
        return _sentence(t("chart.nothing"))
    rows = _Rows.of(grid.rows, grid.others[0], t, limit=7, bar=_BAR, picked=picked[0])
    heads = [
        t(f"month.{name}") if columns == "months" else _named(name, grid.others[1], t)
        for name in grid.columns
    ]
    bold = [bool(name) and name == picked[1] for name in grid.columns]
    top, names = (
        _months_above(heads, bold)
        if columns == "months"
        else _names_above(heads, bold, _NARROW - rows.left)
    )
    return _figure(
        [_cells(grid, rows, heads, t, unit)],
        sum(rows.heights) + top + 4,
        (rows.left, 2, top, 4),
        xaxis=_axis(
            -0.5,
            len(heads) - 0.5,
            side="top",
            tickvals=list(range(len(heads))),
            size=_SMALL,
            **names,
        ),
        yaxis=rows.axis(),
        shapes=_frame(grid, rows, picked[1]),
    )


def _cells(grid: Grid, rows: _Rows, heads: list[str], t: Translator, unit: str) -> Trace:
    counts, middles = grid.counts.tolist(), rows.middles
    places = [(row, column) for row in range(len(rows.names)) for column in range(len(heads))]
    single = [bool(grid.rows[row] and grid.columns[column]) for row, column in places]
    most = max(
        (counts[row][column] for (row, column), one in zip(places, single, strict=True) if one),
        default=0,
    )
    shades = [
        shade(counts[row][column] * one, most)
        for (row, column), one in zip(places, single, strict=True)
    ]
    row_words = [_joined(wrapped(word, 20), bold=True) for word in rows.words]
    column_words = [_joined(wrapped(head, 20)) for head in heads]
    return _bars(
        [column for _, column in places],
        [rows.heights[row] - 3 for row, _ in places],
        {"color": [back for back, _ in shades], "line": {"width": 0}},
        base=[middles[row] - rows.heights[row] / 2 + 1.5 for row, _ in places],
        width=0.96,
        customdata=[[grid.rows[row], grid.columns[column]] for row, column in places],
        text=[
            _number(counts[row][column], t) if counts[row][column] else "" for row, column in places
        ],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": _SMALL, "color": [ink for _, ink in shades]},
        textangle=0,
        hovertext=[
            f"{row_words[row]}<br>{column_words[column]}<br>{t(f'chart.unit_{unit}', n=counts[row][column])}"
            for row, column in places
        ],
    )


def shade(count: int, most: int) -> tuple[str, str]:
    """The colour of a cell and of the number in it, which differ by 4.5:1 at least."""
    if not count:
        return _FAINT, palette.INK
    step = min(int((count / most) ** 0.5 * len(palette.BLUES)), len(palette.BLUES) - 1)
    return palette.BLUES[step], palette.LIGHT if step >= palette.FIRST_DARK_BLUE else palette.DARK


_SIGNS: Final = re.compile(r"[!-~]+|\S")  # a Latin word or number, or one Chinese sign
_GAP: Final = 3  # pixels between the lines of one name and the next
_USUAL: Final = 3  # signs of most names
_TALLEST, _TWO_LINES = (
    9,
    9,
)  # lines of a name on top; columns that leave room for turned names in two lines


def _months_above(heads: Sequence[str], bold: Sequence[bool]) -> tuple[int, Trace]:
    """(height, axis) of months on top, which Plotly turns where they do not fit."""
    text = [_joined([head], strong) for head, strong in zip(heads, bold, strict=True)]
    return 34, {"ticktext": text, "autotickangles": [0, -90]}


def _names_above(heads: Sequence[str], bold: Sequence[bool], room: int) -> tuple[int, Trace]:
    """(height, axis) of names on top: in lines as wide as a telephone leaves them, by single signs where it is narrow.

    Turned where that breaks words or grows too tall.
    """
    signs = (room / len(heads) - _GAP) / _SMALL
    limit = (
        _USUAL if _USUAL - 0.5 < signs < _USUAL else int(signs)
    )  # rather no gap than a break in most names
    lines = [list(wrapped(head, limit)) if limit > 1 else _SIGNS.findall(head) for head in heads]
    words = (word for head in heads for word in _SIGNS.findall(head))
    angle, height = 0, max(map(len, lines)) * 16 + 8
    if max(map(len, lines)) > _TALLEST or any(_ems(word) > max(limit, 2) for word in words):
        lines = [list(_in_two(head) if len(heads) <= _TWO_LINES else (head,)) for head in heads]
        angle, height = -90, _width((part for line in lines for part in line), _SMALL)
    text = [_joined(line, strong) for line, strong in zip(lines, bold, strict=True)]
    return height, {"ticktext": text, "tickangle": angle}


def _in_two(text: str) -> tuple[str, ...]:
    """A text in one line, or two where it is long."""
    limit = max(5, int(_ems(text) / 2))
    while len(lines := wrapped(text, limit)) > 2:  # noqa: PLR2004
        limit += 1
    return lines


def _frame(grid: Grid, rows: _Rows, picked: str) -> list[Trace]:
    """A frame around the picked cell, row or column."""
    across, down = (-0.5, len(grid.columns) - 0.5), (0.0, sum(rows.heights))
    if picked and picked in grid.columns:
        across = (grid.columns.index(picked) - 0.5, grid.columns.index(picked) + 0.5)
    elif not rows.picked:
        return []
    if rows.picked:
        down = list(pairwise([0.0, *accumulate(rows.heights)]))[rows.names.index(rows.picked)]
    place = {"x0": across[0], "x1": across[1], "y0": down[0], "y1": down[1]}
    return [{"type": "rect", **place, "line": {"color": palette.PICKED, "width": 3}}]


# --- timeline --------------------------------------------------------------------------------------------------------

_TITLE: Final = 26  # Chinese characters in a title's line: what a telephone holds
_WINDOW, _DIAMOND = 14, 12


@dataclass(frozen=True, slots=True)
class _Measure:
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
        """Where its window is drawn."""
        return self.bottom - 9 - _WINDOW / 2


@dataclass(frozen=True, slots=True)
class _Lane:
    """A heading of the timeline."""

    top: float
    lines: tuple[str, ...]


def timeline(
    bars: pd.DataFrame,
    months: pd.DataFrame,
    year: int,
    as_of: date,
    t: Translator,
    picked: str = "",
) -> go.Figure:
    """Above, what falls due in each month of a year; below, on the same axis, each measure's window under its title.

    bars, in the order to be shown: position, lane, title, start, end, due, ongoing, recurring, state, milestones (a
    list of (date, text, moved)); months: `workload.by_month`. customdata: the position as text, or "2020-08".
    """
    if bars.empty:
        return _sentence(t("chart.nothing"))
    floor = 84
    measures, lanes = _lanes(bars.to_dict("records"), year, t, top=floor + _NAMES + 8.0)
    bottom = measures[-1].bottom
    above, words, free = _month_bars(months, as_of, t, year=year, floor=floor, picked=picked)
    known = picked if any(measure.key == picked for measure in measures) else ""
    words += _words(measures, lanes, t, known)
    foot = 22 if bottom > _LONG else 4
    if bottom > _LONG:
        names = [t(f"month.{month}") for month in _MONTHS]
        words.append(_texts(_MONTHS, [bottom] * 12, names, "bottom center", size=_SMALL))
    states = {measure.state for measure in measures if measure.span}
    if months["ongoing"].any():
        states.add("ongoing")
    entries = [(palette.DUE, t("chart.due"))] * bool(months["due"].any())
    entries += _state_key((state for state in schema.STATE_ORDER if state in states), t)
    entries += [("", f"◇ {t('chart.milestone')}")] * any(measure.milestones for measure in measures)
    entries += [("", f"◆ {t('chart.due_day')}")] * any(
        measure.due is not None for measure in measures
    )
    key, legend = _key(entries)
    over = [(each.middle - _WINDOW / 2 - 2, each.middle + _WINDOW / 2 + 2) for each in measures]
    reach = [(0, free), (floor + _NAMES, bottom)]
    day, shapes = _as_of(as_of, t, year=year, bottom=bottom, reach=reach, over=over)
    return _figure(
        [
            _places(measures),
            *above,
            *_as_few(_windows(measures, known)),
            *_as_few(_diamonds(measures)),
            *_as_few([*words, day]),
        ],
        bottom + legend + 24 + foot,
        (14, _room(months, t, 14), legend + 24, foot),
        xaxis=_axis(0.5, 12.5),
        yaxis=_axis(bottom, 0),
        shapes=[_rules(lanes, floor, bottom), *shapes],
        annotations=[_outside(key, x=0, xshift=-14, y=1, yshift=20, yanchor="bottom")],
    )


def _lanes(
    records: list[Any], year: int, t: Translator, *, top: float
) -> tuple[list[_Measure], list[_Lane]]:
    """The measures one below the other, a heading where the lane changes."""
    measures: list[_Measure] = []
    lanes: list[_Lane] = []
    lane = None
    for record in records:
        if record["lane"] != lane:
            lane = record["lane"]
            lanes.append(
                _Lane(top, wrapped(str(lane) if lane != OTHERS else t("chart.nobody"), _TITLE))
            )
            top += len(lanes[-1].lines) * _LINE + 8
        measures.append(_measure(record, year, t, top))
        top = measures[-1].bottom
    return measures, lanes


def _measure(record: dict[str, Any], year: int, t: Translator, top: float) -> _Measure:
    start, end, due = (_day(record[name]) for name in ("start", "end", "due"))
    first, last = start or end, end or start
    title = wrapped(f"{schema.STATES[record['state']]} {record['title']}", _TITLE)
    notes: dict[float, list[str]] = {}
    for day, text, moved in record["milestones"]:
        if day.year == year:
            words = f"{day.isoformat()[:10]} {text}{t('chart.moved') if moved else ''}"
            notes.setdefault(_noon(day, year), []).append(_joined(wrapped(words, 22)))
    return _Measure(
        key=str(record["position"]),
        state=record["state"],
        title=title,
        top=top,
        bottom=top + len(title) * _LINE + _WINDOW + 15,
        span=_span(first, last, year) if first and last else None,
        due=_noon(due, year) if due and due.year == year else None,
        beyond=(bool(first and first.year < year), bool(last and last.year > year)),
        hover=_measure_words(record, start, due, t),
        milestones=notes,
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value


def _span(first: date, last: date, year: int) -> tuple[float, float] | None:
    """A window on the axis of the months, cut at the year's ends."""
    if not first.year <= year <= last.year:
        return None
    return _in_months(first, year), _in_months(last, year, end=True)


def _measure_words(
    record: dict[str, Any], start: date | None, due: date | None, t: Translator
) -> str:
    lines = [_joined(wrapped(str(record["title"]), 22), bold=True)]
    lines.append(f"{schema.STATES[record['state']]} {t('state.' + record['state'])}")
    days = (("field.start", start), ("field.due", due))
    return "<br>".join([*lines, *(f"{t(key)} {day.isoformat()[:10]}" for key, day in days if day)])


def _places(measures: Sequence[_Measure]) -> Trace:
    """A place to click over each whole row, its title among it."""
    middles = [(measure.top + measure.bottom) / 2 for measure in measures]
    place = {
        "base": 0.5,
        "orientation": "h",
        "width": [measure.bottom - measure.top for measure in measures],
    }
    keys, hover = [measure.key for measure in measures], [measure.hover for measure in measures]
    return _targets([12] * len(measures), middles, keys, hover, **place)


def _windows(measures: Sequence[_Measure], picked: str) -> list[Trace]:
    """The windows of each state."""
    traces = []
    for state in schema.STATE_ORDER:
        some = [
            (measure, measure.span)
            for measure in measures
            if measure.state == state and measure.span
        ]
        keys = [measure.key for measure, _ in some]
        place = {"base": [first for _, (first, _) in some], "width": _WINDOW, "orientation": "h"}
        told = {"customdata": keys, "hovertext": [measure.hover for measure, _ in some]}
        lengths, across = (
            [last - first for _, (first, last) in some],
            [measure.middle for measure, _ in some],
        )
        traces.append(_bars(lengths, across, _fill(state, keys, picked), **place, **told))
    return traces


def _diamonds(measures: Sequence[_Measure]) -> list[Trace]:
    """Hollow on the days that the text names before the deadline, filled on the due day; hover tells which.

    Where both fall on one day, the filled one stands inside the hollow one and tells of both.
    """
    notes = [
        (at, each, "<br>".join(words), _DIAMOND + 8 * (at == each.due))
        for each in measures
        for at, words in each.milestones.items()
    ]
    due = [
        (each.due, each, "<br>".join([each.hover, *each.milestones.get(each.due, ())]), _DIAMOND)
        for each in measures
        if each.due is not None
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [at for at, _, _, _ in points],
            "y": [each.middle for _, each, _, _ in points],
            "customdata": [each.key for _, each, _, _ in points],
            "hovertext": [words for _, _, words, _ in points],
            "hoverinfo": "text",
            "marker": {
                "symbol": "diamond",
                "size": [size for _, _, _, size in points],
                "opacity": 1,
                "color": fill,
                "line": {"color": line, "width": 1.5},
            },
            "unselected": {"marker": {"opacity": 1}},
            "cliponaxis": False,
        }
        for points, fill, line in (
            (notes, palette.PAPER, palette.INK),
            (due, palette.INK, palette.PAPER),
        )
    ]


def _words(
    measures: Sequence[_Measure], lanes: Sequence[_Lane], t: Translator, picked: str
) -> list[Trace]:
    """Titles, lanes, the state where there is no window, and arrows where a window goes on beyond the year."""
    titles = [_joined(each.title, bool(picked) and each.key == picked) for each in measures]
    bare = [each for each in measures if not each.span and not any(each.beyond)]
    before, after = ([each.middle for each in measures if each.beyond[side]] for side in (0, 1))
    return [
        _texts([0.5] * len(titles), [each.top + 1 for each in measures], titles, "bottom right"),
        _texts([0.5] * len(lanes), [lane.top + 4 for lane in lanes], [_joined(lane.lines, True) for lane in lanes],
               "bottom right"),
        _texts([0.5] * len(bare), [each.middle for each in bare], [t(f"state.{each.state}") for each in bare],
               "middle right", size=_SMALL),
        _texts([0.5] * len(before), before, [EARLIER] * len(before), "middle left", size=18),
        _texts([12.5] * len(after), after, [LATER] * len(after), "middle right", size=18),
    ]  # fmt: skip


def _rules(lanes: Sequence[_Lane], floor: float, bottom: float) -> Trace:
    """The lines between months, below their bars and above lanes, as one shape."""
    between = "".join(f"M{month}.5,0V{bottom}" for month in _MONTHS[:-1])
    above = "".join(f"M0.5,{at}H12.5" for at in (floor, *(lane.top for lane in lanes)))
    return {
        "type": "path",
        "path": between + above,
        "line": {"color": _RULE, "width": 1},
        "layer": "below",
    }


# --- Plotly's settings -----------------------------------------------------------------------------------------------


def config(language: str) -> dict[str, Any]:
    """Plotly's settings for `st.plotly_chart`: no mode bar, which would stand on the words and speak English.

    No delay for double clicks: a tap comes as a touch and as a mouse's click, and the two would undo the selection.
    What Plotly might write by itself has the months of the reader's language.
    """
    t = translator(language)
    months = [t(f"month.{month}") for month in _MONTHS]
    locale = {"zh": "zh-CN"}.get(language, language)
    return {
        "displaylogo": False,
        "displayModeBar": False,
        "scrollZoom": False,
        "doubleClick": False,
        "doubleClickDelay": 0,
        "showTips": False,
        "typesetMath": False,
        "responsive": True,
        "locale": locale,
        "locales": {locale: {"format": {"months": months, "shortMonths": months}}},
    }
