"""The timeline: lanes, folded with what falls due in each month, or open with each measure's window
under its title.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import (
    MONTHS,
    RULE,
    Figure,
    LegendEntry,
    Margin,
    Trace,
    axis,
    figure,
    in_margin,
    legend,
    segment_entries,
    segment_hover,
    sentence,
)
from lib.answers.charts.folded import folded_cells
from lib.answers.charts.lanes import (
    LANE_GAP,
    WINDOW,
    Lane,
    Layout,
    Measure,
    OpenLanes,
    Span,
    laid_out,
)
from lib.answers.charts.month_axis import (
    EARLIER,
    LATER,
    SIDE,
    YEAR_BEGIN,
    YEAR_END,
    day_line,
    right_margin,
)
from lib.answers.charts.traces import UNDIMMED, as_few, bars, fill, targets, texts
from lib.answers.charts.words import SMALL, in_lines
from lib.answers.marks import CellOpens, opens
from lib.answers.segments import Segment
from lib.i18n import Translator
from lib.workload import Lanes

DIAMOND: Final = 12  # pixels
CIRCLE: Final = 10  # pixels
AROUND: Final = 8  # pixels by which a diamond is larger that stands around another
ARROW: Final = 18  # pixels, the size of the arrows at the ends of the year
LONG: Final = 900  # pixels; a figure so high names its months at its foot too
FOOT: Final = 22  # pixels, for the months at the foot
FOOT_WITHOUT_MONTHS: Final = 4  # pixels
LEGEND_GAP: Final = 12  # pixels around the legend above the plot


class Timeline(NamedTuple):
    """The figure, and where its lanes stand, for headings over them.

    lanes: from the top of the plot, which is `top` pixels below that of the figure; height: of the
    figure.
    """

    figure: Figure
    lanes: list[Lane]
    top: int
    height: int


def timeline(
    lanes: Lanes,
    opened: OpenLanes,
    months: pd.DataFrame,
    as_of: date,
    t: Translator,
    *,
    year: int,
    cell_opens: CellOpens,
) -> Timeline:
    """The lanes of a year: of a folded one what falls due in each month, of an open one each
    measure's window under its title. It stands below `month_head`, on the same axis.

    Args:
        lanes: `workload.by_lane` of the year.
        opened: those that are open, with their measures.
        months: `workload.by_month` of the year.
        cell_opens: what the cell of a lane in a month opens, by both.

    Returns:
        A figure whose customdata is what a click opens: a measure, the measures that a cell counts,
        or where it counts none, its lane.
    """
    if not lanes.measures:
        return Timeline(sentence(t("chart.nothing")), [], 0, 0)
    layout = laid_out(lanes, opened, year, t)
    key = legend(_entries(layout, t))
    top = key.height + LEGEND_GAP
    foot = FOOT if _is_long(layout) else FOOT_WITHOUT_MONTHS
    height = layout.bottom + top + foot
    day = day_line(
        as_of,
        t,
        year=year,
        bottom=layout.bottom,
        below=[(0, layout.bottom)],
        above=[_across_window(measure) for measure in layout.measures],
    )
    drawn = figure(
        _traces(layout, t, cell_opens),
        height,
        Margin(left=SIDE, right=right_margin(months, t, SIDE), top=top, bottom=foot),
        xaxis=axis(YEAR_BEGIN, YEAR_END),
        yaxis=axis(layout.bottom, 0),
        shapes=[_rules(layout), *day.shapes],
        annotations=[_legend_above(key.text, layout)],
    )
    return Timeline(drawn, layout.lanes, top, int(height))


def _is_long(layout: Layout) -> bool:
    """Whether the figure names its months at its foot too."""
    return layout.bottom > LONG


def _traces(layout: Layout, t: Translator, cell_opens: CellOpens) -> list[Trace]:
    """All that is drawn, what is clicked first below what is read."""
    measures = layout.measures
    words = _words(layout, t)
    if _is_long(layout):
        words.append(_months_at_the_foot(layout.bottom, t))
    return [
        *as_few([_places(measures)]),
        *as_few([folded_cells(_folded(layout), t, cell_opens)]),
        *as_few(_windows(layout)),
        *as_few([_milestones(measures), _first_due_days(measures), _due_days(measures)]),
        *as_few(words),
    ]


def _folded(layout: Layout) -> list[Lane]:
    return [lane for lane in layout.lanes if not lane.is_open]


def _legend_above(text: str, layout: Layout) -> Trace:
    return in_margin(
        text,
        x=0,
        xshift=-SIDE,
        y=1,
        yshift=8,
        yanchor="bottom",
        hovertext=segment_hover(_drawn(layout)),
    )


def _across_window(measure: Measure) -> tuple[float, float]:
    """The piece of the day's line that is drawn over a window."""
    half = WINDOW / 2 + 2
    return measure.middle - half, measure.middle + half


def _drawn(layout: Layout) -> list[Segment]:
    """What the windows that are drawn are counted as."""
    drawn = {measure.segment for measure in layout.measures if measure.span}
    return [segment for segment in layout.segments if segment in drawn]


def _entries(layout: Layout, t: Translator) -> list[LegendEntry]:
    """The legend: what the cells count, the states that occur, and what the diamonds are."""
    measures = layout.measures
    entries: list[LegendEntry] = []
    if _folded(layout):
        entries.append(LegendEntry(palette.BLUES[2], t("chart.due_in_month")))
    entries += segment_entries(_drawn(layout))
    if any(measure.notes for measure in measures):
        entries.append(LegendEntry("", f"◇ {t('chart.milestone')}"))
    if any(measure.due is not None for measure in measures):
        entries.append(LegendEntry("", f"◆ {t('chart.due_day')}"))
    if any(measure.first_due is not None for measure in measures):
        entries.append(LegendEntry("", f"○ {t('field.first_due')}"))
    if any(measure.done is not None for measure in measures):
        entries.append(LegendEntry("", f"✔ {t('field.done')}"))
    return entries


# --- open lanes -----------------------------------------------------------------------------------


def _places(measures: Sequence[Measure]) -> Trace:
    """A place to click over each whole row, its title among it."""
    return targets(
        [YEAR_END - YEAR_BEGIN] * len(measures),
        [(measure.top + measure.bottom) / 2 for measure in measures],
        [opens(measure=measure.key) for measure in measures],
        [measure.hover for measure in measures],
        base=YEAR_BEGIN,
        orientation="h",
        width=[measure.bottom - measure.top for measure in measures],
    )


def _windows(layout: Layout) -> list[Trace]:
    """The windows, a trace for each of the segments."""
    by_segment: dict[Segment, list[_Window]] = {}
    for measure in layout.measures:
        if measure.span:
            window = _Window(measure, measure.span)
            by_segment.setdefault(measure.segment, []).append(window)
    return [_windows_of(segment, by_segment[segment]) for segment in _drawn(layout)]


class _Window(NamedTuple):
    """The window of a measure that has one in the year."""

    measure: Measure
    span: Span


def _windows_of(segment: Segment, windows: Sequence[_Window]) -> Trace:
    keys = [window.measure.key for window in windows]
    return bars(
        [window.span.last - window.span.first for window in windows],
        [window.measure.middle for window in windows],
        fill(segment.look, keys, picked=""),
        base=[window.span.first for window in windows],
        width=WINDOW,
        orientation="h",
        customdata=[opens(measure=key) for key in keys],
        hovertext=[window.measure.hover for window in windows],
    )


class _Point(NamedTuple):
    """A mark on a window: its measure, its place on the axis, what it tells, and its size in pixels."""

    measure: Measure
    place: float
    hover: str
    size: int


def _milestones(measures: Sequence[Measure]) -> Trace:
    """Hollow diamonds on the days that the text names before the deadline, around the filled one
    where both meet.
    """
    points: list[_Point] = []
    for measure in measures:
        for place, notes in measure.notes.items():
            size = DIAMOND
            if place == measure.due:
                size += AROUND
            points.append(_Point(measure, place, "<br>".join(notes), size))
    return _marks(points, "diamond", palette.PAPER, palette.INK)


def _first_due_days(measures: Sequence[Measure]) -> Trace:
    """Hollow circles on the days as issued of what was extended."""
    points = [
        _Point(measure, measure.first_due, measure.hover, CIRCLE)
        for measure in measures
        if measure.first_due is not None
    ]
    return _marks(points, "circle", palette.PAPER, palette.INK)


def _due_days(measures: Sequence[Measure]) -> Trace:
    """Filled diamonds on the due days; they tell of the milestones of their day too."""
    points: list[_Point] = []
    for measure in measures:
        if measure.due is not None:
            lines = [measure.hover, *measure.notes.get(measure.due, ())]
            points.append(_Point(measure, measure.due, "<br>".join(lines), DIAMOND))
    return _marks(points, "diamond", palette.INK, palette.PAPER)


def _marks(points: Sequence[_Point], symbol: str, colour: str, outline: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.place for point in points],
        "y": [point.measure.middle for point in points],
        "customdata": [opens(measure=point.measure.key) for point in points],
        "hovertext": [point.hover for point in points],
        "hoverinfo": "text",
        "marker": {
            "symbol": symbol,
            "size": [point.size for point in points],
            "opacity": 1,
            "color": colour,
            "line": {"color": outline, "width": 1.5},
        },
        "unselected": UNDIMMED,
        "cliponaxis": False,
    }


# --- words and lines ------------------------------------------------------------------------------


def _words(layout: Layout, t: Translator) -> list[Trace]:
    """Titles, lanes, the state where there is no window, and arrows where a window goes on beyond
    the year.
    """
    before = [measure.middle for measure in layout.measures if measure.begins_before]
    after = [measure.middle for measure in layout.measures if measure.ends_after]
    return [
        _titles(layout.measures),
        _headings(layout.lanes),
        _states_without_window(layout.measures),
        _done_days(layout.measures),
        _arrows(EARLIER, YEAR_BEGIN, before, "middle left"),
        _arrows(LATER, YEAR_END, after, "middle right"),
    ]


def _arrows(arrow: str, place: float, heights: list[float], side: str) -> Trace:
    """The same arrow at several heights of one end of the year."""
    count = len(heights)
    return texts([place] * count, heights, [arrow] * count, side, size=ARROW)


def _titles(measures: Sequence[Measure]) -> Trace:
    titles = [in_lines(measure.title) for measure in measures]
    tops = [measure.top + 1 for measure in measures]
    return texts([YEAR_BEGIN] * len(titles), tops, titles, "bottom right")


def _headings(lanes: Sequence[Lane]) -> Trace:
    headings = [in_lines(lane.lines, bold=True) for lane in lanes]
    tops = [lane.top + LANE_GAP / 2 for lane in lanes]
    return texts([YEAR_BEGIN] * len(lanes), tops, headings, "bottom right")


def _done_days(measures: Sequence[Measure]) -> Trace:
    """A tick at the end of the window of what is done, on its day."""
    done = [measure for measure in measures if measure.done is not None]
    places = [measure.done for measure in done]
    middles = [measure.middle for measure in done]
    return texts(places, middles, ["✔"] * len(done), "middle left")


def _states_without_window(measures: Sequence[Measure]) -> Trace:
    bare = [
        measure
        for measure in measures
        if not (measure.span or measure.begins_before or measure.ends_after)
    ]
    states = [measure.segment.label for measure in bare]
    middles = [measure.middle for measure in bare]
    return texts([YEAR_BEGIN] * len(bare), middles, states, "middle right", size=SMALL)


def _months_at_the_foot(bottom: float, t: Translator) -> Trace:
    names = [t(f"month.{month}") for month in MONTHS]
    return texts(MONTHS, [bottom] * len(MONTHS), names, "bottom center", size=SMALL)


def _rules(layout: Layout) -> Trace:
    """The lines between months and above lanes, as one shape."""
    path = ""
    for month in MONTHS[:-1]:
        path += f"M{month}.5,0V{layout.bottom}"
    for lane in layout.lanes:
        path += f"M{YEAR_BEGIN},{lane.top}H{YEAR_END}"
    return {
        "type": "path",
        "path": path,
        "line": {"color": RULE, "width": 1},
        "layer": "below",
    }
