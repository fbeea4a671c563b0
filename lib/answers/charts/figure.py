"""What all figures share: layout, axes, the legend, Plotly's settings, and how a figure is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import plotly.graph_objects as go
import plotly.io as pio

from lib.answers import palette
from lib.answers.charts.words import HOVER_LIMIT, LINE, SMALL, TEXT, ems, in_lines, wrapped
from lib.answers.segments import Segment
from lib.i18n import translator

Figure: TypeAlias = go.Figure
Trace = dict[str, Any]

TELEPHONE: Final = 364  # pixels, the width of a figure on a telephone
SPACE: Final = 3.5  # pixels of a space between words of the smaller size
ENTRY_GAP: Final = "   "  # between two entries of a legend
CLEAR: Final = "rgba(0,0,0,0)"
FAINT: Final = palette.faded(palette.OUTLINE, 0.13)
RULE: Final = palette.faded(palette.OUTLINE, 0.4)
MONTHS: Final = list(range(1, 13))
LOCALES: Final = {"zh": "zh-CN"}  # what Plotly calls the languages that it knows by another name


# --- layout ---------------------------------------------------------------------------------------


class Margin(NamedTuple):
    """The pixels around a plot."""

    left: int
    right: int
    top: int
    bottom: int


class Band(NamedTuple):
    """A row of a plot, and what a click on its name or number beside the plot opens.

    bottom: where it ends, in pixels from the top of the plot.
    opens: the query of `marks.opens`.
    """

    bottom: float
    opens: str


def figure(
    traces: list[Trace],
    height: float,
    margin: Margin,
    bands: Sequence[Band] = (),
    **layout: Any,
) -> Figure:
    """One figure from plain dicts.

    Plotly hears no click outside its plot, so that the browser's script (`page.js`) looks up in
    `layout.meta` what a name beside the plot opens: a list, as JSON, of where each band ends, in
    pixels from the top of the plot, and of what it opens.

    Streamlit gives each figure to Plotly twice, before and after it has measured the place, and
    Plotly draws it twice if the second differs. It does not with a data revision, so that arrays
    are not compared; without a template, and with a text in `meta`, for an object is always another
    one; and with the click mode that Streamlit would set for selections.
    """
    font = {"size": TEXT, "color": palette.INK, "family": palette.FONT}
    common: dict[str, Any] = {
        "height": int(height),
        "margin": {
            "l": margin.left,
            "r": margin.right,
            "t": margin.top,
            "b": margin.bottom,
            "pad": 0,
            "autoexpand": False,
        },
        "font": font,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "barmode": "overlay",
        "clickmode": "event+select",
        "dragmode": "zoom",
        "hovermode": "closest",
        "hoverlabel": {
            "font": font,
            "bgcolor": palette.PAPER,
            "bordercolor": palette.OUTLINE,
            "align": "left",
        },
        "showlegend": False,
        "datarevision": 0,
        "template": {},
        "meta": json.dumps(bands, ensure_ascii=False),
    }
    return go.Figure(data=traces, layout=common | layout, _validate=False)


def axis(start: float, end: float, size: int = TEXT, **names: Any) -> Trace:
    """An axis that shows nothing but the names it is given, and does not zoom.

    Args:
        start, end: its values at the left and right end, or at the foot and the top.
        size: of the names, in pixels.
        names: tickvals, ticktext and what else Plotly knows of them.
    """
    still = {
        "range": [start, end],
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": False,
        "ticks": "",
        "showticklabels": "tickvals" in names,
        "tickfont": {"size": size, "color": palette.INK},
    }
    return still | names


def sentence(text: str) -> Figure:
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
    unseen = {"visible": False}
    margin = Margin(4, 4, 4, 4)
    return figure([], 60, margin, annotations=[note], xaxis=unseen, yaxis=unseen)


# --- legend ---------------------------------------------------------------------------------------


class LegendEntry(NamedTuple):
    """Words of a legend, and the colour of the swatch before them, "" for none."""

    colour: str
    words: str


class Legend(NamedTuple):
    """A legend as words, and its height in pixels."""

    text: str
    height: int


def segment_entries(segments: Iterable[Segment]) -> list[LegendEntry]:
    """The legend of what bars are split into, each with its mark and word."""
    return [LegendEntry(segment.look.colour, segment.words) for segment in segments]


def segment_hover(segments: Iterable[Segment]) -> str:
    """What their legend tells on hover: what those of their words mean that need it."""
    helps = dict.fromkeys(segment.help for segment in segments if segment.help)
    return "<br>".join(in_lines(wrapped(text, HOVER_LIMIT)) for text in helps)


def legend(entries: Sequence[LegendEntry]) -> Legend:
    """A legend as words, in lines that fit a telephone.

    Plotly's own is no wider than the plot, sets its entries in columns, and draws each.
    """
    lines = [""]
    used = 0.0
    for entry in entries:
        width = _entry_width(entry)
        if used and used + width > TELEPHONE + len(ENTRY_GAP) * SPACE:
            lines.append("")
            used = 0.0
        lines[-1] += _swatch(entry.colour) + entry.words + ENTRY_GAP
        used += width
    text = "<br>".join(line.rstrip() for line in lines)
    return Legend(text, len(lines) * LINE)


def _entry_width(entry: LegendEntry) -> float:
    text = entry.words + ENTRY_GAP
    if entry.colour:
        text = f"■ {text}"
    signs = text.replace(" ", "")
    return ems(signs) * SMALL + text.count(" ") * SPACE


def _swatch(colour: str) -> str:
    if not colour:
        return ""
    style = f"color:{colour};stroke:{palette.OUTLINE};stroke-width:1px"
    return f'<span style="{style}">■</span> '


def in_margin(text: str, **place: Any) -> Trace:
    """Words in a margin, at a distance in pixels from the plot, where those of a trace are not
    drawn.
    """
    still = {
        "text": text,
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL},
        "borderpad": 0,
        "xanchor": "left",
        "xref": "paper",
        "yref": "paper",
    }
    return still | place


# --- keeping figures ------------------------------------------------------------------------------


class Packed(go.Figure):  # type: ignore[misc]
    """A figure that is kept as its JSON: one string where there were thousands of objects.

    Python's collector looks at every object that a cache holds, after every run of a page; a string
    is none to it.
    """

    def __init__(self, unpacked: Figure) -> None:
        content = unpacked.to_dict()
        # It is empty, so that Plotly adds none of its own: see `figure`
        del content["layout"]["template"]
        self._keep(pio.to_json(content, validate=False), "")

    def _keep(self, figure_as_json: str, opened: str) -> None:
        object.__setattr__(self, "json", figure_as_json)
        object.__setattr__(self, "opened", opened)

    def with_opened(self, opened: str) -> Packed:
        """The same figure while something is opened on its page.

        Streamlit lets go of what was clicked when a figure is another one; else it would not tell
        of a second click on the same bar.

        Args:
            opened: what is, in any words.
        """
        figure = object.__new__(Packed)
        figure._keep(self.json, opened)
        return figure

    def to_dict(self) -> dict[str, Any]:
        """The figure's plain dict, made anew; all that drawing asks of it."""
        content: dict[str, Any] = json.loads(self.json)
        if self.opened:
            content["layout"]["selectionrevision"] = self.opened
        return content


def packed(result: Any) -> Any:
    """What a page computed, with its figures packed; tuples in tuples are looked through."""
    if isinstance(result, go.Figure):
        return Packed(result)
    if not isinstance(result, tuple):
        return result
    parts = map(packed, result)
    if hasattr(result, "_fields"):
        return type(result)(*parts)
    return tuple(parts)


# --- Plotly's settings ----------------------------------------------------------------------------


def config(language: str) -> dict[str, Any]:
    """Plotly's settings for `st.plotly_chart`: no mode bar, which would stand on the words and
    speak English.

    No delay for double clicks: a tap comes as a touch and as a mouse's click, and the two would
    undo the selection. What Plotly might write by itself has the months of the reader's language.
    """
    t = translator(language)
    months = [t(f"month.{month}") for month in MONTHS]
    locale = LOCALES.get(language, language)
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
