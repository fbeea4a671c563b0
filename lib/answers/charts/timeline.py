"""The timeline: above, what falls due in each month; below, each measure's window under its title, in lanes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

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
    sentence,
    state_entries,
    state_words,
)
from lib.answers.charts.month_axis import (
    EARLIER,
    LATER,
    NAMES,
    YEAR_BEGIN,
    YEAR_END,
    day_line,
    month_bars,
    noon,
    place_in_months,
    right_margin,
)
from lib.answers.charts.traces import UNDIMMED, as_few, bars, fill, targets, texts
from lib.answers.charts.words import LINE, SMALL, in_lines, wrapped
from lib.i18n import Translator
from lib.measures import schema
from lib.workload import OTHERS, Dot

TITLE_LIMIT: Final = 26  # Chinese characters in a title's line: what a telephone holds
HOVER_LIMIT: Final = 22  # Chinese characters in a line of what is told on hover
FLOOR: Final = 84  # pixels from the top down to where the months' bars stand
LANES_TOP: Final = FLOOR + NAMES + 8.0  # pixels down to the first lane
WINDOW: Final = 14  # pixels, the thickness of a window
DIAMOND: Final = 12  # pixels
AROUND: Final = 8  # pixels by which a diamond is larger that stands around another
ARROW: Final = 18  # pixels, the size of the arrows at the ends of the year
LONG: Final = 900  # pixels; a figure so high names its months at its foot too
LEFT: Final = 14  # pixels
FOOT: Final = 22  # pixels, for the months at the foot

Record = dict[Hashable, Any]  # a row of `workload.bars`


# --- measures and lanes ----------------------------------------------------------------------------------------------


class _Span(NamedTuple):
    """A window on the axis of the months."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class _Measure:
    """One measure of the timeline.

    key: its position as text; title: in lines; top, bottom: its place in pixels; span: its window, None where it has
    none in this year; due: its due day on the axis; begins_before, ends_after: whether the window reaches beyond the
    year; hover: what it tells; notes: what its milestones tell, by their places on the axis.
    """

    key: str
    state: str
    title: tuple[str, ...]
    top: float
    bottom: float
    span: _Span | None
    due: float | None
    begins_before: bool
    ends_after: bool
    hover: str
    notes: dict[float, list[str]]

    @property
    def middle(self) -> float:
        """Where its window is drawn."""
        return self.bottom - 9 - WINDOW / 2


@dataclass(frozen=True, slots=True)
class _Lane:
    """The heading of a lane: its place in pixels, and its lines."""

    top: float
    lines: tuple[str, ...]


class _Layout(NamedTuple):
    """The measures one below the other, a heading where the lane changes."""

    measures: list[_Measure]
    lanes: list[_Lane]

    @property
    def bottom(self) -> float:
        return self.measures[-1].bottom


def _layout(records: Sequence[Record], year: int, t: Translator) -> _Layout:
    measures: list[_Measure] = []
    lanes: list[_Lane] = []
    top = LANES_TOP
    lane = None
    for record in records:
        if record["lane"] != lane:
            lane = record["lane"]
            heading = _Lane(top, wrapped(_lane_words(lane, t), TITLE_LIMIT))
            top += len(heading.lines) * LINE + 8
            lanes.append(heading)
        measures.append(_measure(record, year, t, top))
        top = measures[-1].bottom
    return _Layout(measures, lanes)


def _lane_words(lane: str, t: Translator) -> str:
    if lane == OTHERS:
        return t("chart.nobody")
    return str(lane)


def _measure(record: Record, year: int, t: Translator, top: float) -> _Measure:
    start, end, due = (_day(record[name]) for name in ("start", "end", "due"))
    first, last = start or end, end or start
    title = wrapped(f"{schema.STATES[record['state']]} {record['title']}", TITLE_LIMIT)
    due_place = None
    if due and due.year == year:
        due_place = noon(due, year)
    return _Measure(
        key=str(record["position"]),
        state=record["state"],
        title=title,
        top=top,
        bottom=top + len(title) * LINE + WINDOW + 15,
        span=_span(first, last, year),
        due=due_place,
        begins_before=first is not None and first.year < year,
        ends_after=last is not None and last.year > year,
        hover=_hover(record, t),
        notes=_notes(record["milestones"], year, t),
    )


def _day(value: Any) -> date | None:
    if pd.isna(value):
        return None
    day: date = value
    return day


def _span(first: date | None, last: date | None, year: int) -> _Span | None:
    """A window cut at the year's ends, None where it lies outside."""
    if first is None or last is None or not first.year <= year <= last.year:
        return None
    return _Span(place_in_months(first, year), place_in_months(last, year, end=True))


def _notes(milestones: Sequence[Dot], year: int, t: Translator) -> dict[float, list[str]]:
    """What the milestones of a year tell, by their places on the axis."""
    notes: dict[float, list[str]] = {}
    for day, text, moved in milestones:
        if day.year != year:
            continue
        words = f"{_iso(day)} {text}"
        if moved:
            words += t("chart.moved")
        of_day = notes.setdefault(noon(day, year), [])
        of_day.append(in_lines(wrapped(words, HOVER_LIMIT)))
    return notes


def _hover(record: Record, t: Translator) -> str:
    """What a measure tells: its title, its state, its first day and its due day."""
    title = wrapped(str(record["title"]), HOVER_LIMIT)
    lines = [in_lines(title, bold=True), state_words(record["state"], t)]
    for name in ("start", "due"):
        day = _day(record[name])
        if day:
            lines.append(f"{t(f'field.{name}')} {_iso(day)}")
    return "<br>".join(lines)


def _iso(day: date) -> str:
    """A day as 2020-08-31; a date of pandas has hours behind it."""
    return day.isoformat()[: len("2020-08-31")]


# --- the figure ------------------------------------------------------------------------------------------------------


def timeline(
    bars: pd.DataFrame,
    months: pd.DataFrame,
    year: int,
    as_of: date,
    t: Translator,
    picked: str = "",
) -> Figure:
    """Above, what falls due in each month of a year; below, on the same axis, each measure's window under its title.

    Args:
        bars: `workload.bars`, in the order to be shown.
        months: `workload.by_month` of the year.
        picked: the position of a measure as text, "2020-08", or "".

    Returns:
        A figure whose customdata is the position as text, or "2020-08".
    """
    if bars.empty:
        return sentence(t("chart.nothing"))
    layout = _layout(bars.to_dict("records"), year, t)
    measures, bottom = layout.measures, layout.bottom
    picked_measure = ""
    if any(measure.key == picked for measure in measures):
        picked_measure = picked
    above = month_bars(months, as_of, t, year=year, floor=FLOOR, picked=picked)
    words = [*above.words, *_words(layout, t, picked_measure)]
    foot = 4
    if bottom > LONG:
        foot = FOOT
        words.append(_months_at_the_foot(bottom, t))
    day = day_line(
        as_of,
        t,
        year=year,
        bottom=bottom,
        below=[(0, above.free), (FLOOR + NAMES, bottom)],
        above=[_across_window(measure) for measure in measures],
    )
    key = legend(_entries(measures, months, t))
    return figure(
        [
            _places(measures),
            *above.bars,
            *as_few(_windows(measures, picked_measure)),
            *as_few([_milestones(measures), _due_days(measures)]),
            *as_few([*words, day.label]),
        ],
        bottom + key.height + 24 + foot,
        Margin(
            left=LEFT,
            right=right_margin(months, t, LEFT),
            top=key.height + 24,
            bottom=foot,
        ),
        xaxis=axis(YEAR_BEGIN, YEAR_END),
        yaxis=axis(bottom, 0),
        shapes=[_rules(layout), *day.shapes],
        annotations=[in_margin(key.text, x=0, xshift=-LEFT, y=1, yshift=20, yanchor="bottom")],
    )


def _across_window(measure: _Measure) -> tuple[float, float]:
    """The piece of the day's line that is drawn over a window."""
    half = WINDOW / 2 + 2
    return measure.middle - half, measure.middle + half


def _entries(
    measures: Sequence[_Measure], months: pd.DataFrame, t: Translator
) -> list[LegendEntry]:
    """The legend: what the months' bars count, the states that occur, and what the diamonds are."""
    states = {measure.state for measure in measures if measure.span}
    if months["ongoing"].any():
        states.add("ongoing")
    entries: list[LegendEntry] = []
    if months["due"].any():
        entries.append(LegendEntry(palette.DUE, t("chart.due")))
    entries += state_entries((state for state in schema.STATE_ORDER if state in states), t)
    if any(measure.notes for measure in measures):
        entries.append(LegendEntry("", f"◇ {t('chart.milestone')}"))
    if any(measure.due is not None for measure in measures):
        entries.append(LegendEntry("", f"◆ {t('chart.due_day')}"))
    return entries


def _places(measures: Sequence[_Measure]) -> Trace:
    """A place to click over each whole row, its title among it."""
    return targets(
        [YEAR_END - YEAR_BEGIN] * len(measures),
        [(measure.top + measure.bottom) / 2 for measure in measures],
        [measure.key for measure in measures],
        [measure.hover for measure in measures],
        base=YEAR_BEGIN,
        orientation="h",
        width=[measure.bottom - measure.top for measure in measures],
    )


def _windows(measures: Sequence[_Measure], picked: str) -> list[Trace]:
    """The windows, a trace for each state."""
    by_state: dict[str, list[tuple[_Measure, _Span]]] = {}
    for measure in measures:
        if measure.span:
            by_state.setdefault(measure.state, []).append((measure, measure.span))
    traces: list[Trace] = []
    for state in schema.STATE_ORDER:
        if state in by_state:
            traces.append(_windows_of_state(state, by_state[state], picked))
    return traces


def _windows_of_state(state: str, windows: Sequence[tuple[_Measure, _Span]], picked: str) -> Trace:
    keys = [measure.key for measure, _ in windows]
    return bars(
        [span.last - span.first for _, span in windows],
        [measure.middle for measure, _ in windows],
        fill(state, keys, picked),
        base=[span.first for _, span in windows],
        width=WINDOW,
        orientation="h",
        customdata=keys,
        hovertext=[measure.hover for measure, _ in windows],
    )


class _Point(NamedTuple):
    """A diamond: its measure, its place on the axis, what it tells, and its size in pixels."""

    measure: _Measure
    place: float
    hover: str
    size: int


def _milestones(measures: Sequence[_Measure]) -> Trace:
    """Hollow diamonds on the days that the text names before the deadline, around the filled one where both meet."""
    points: list[_Point] = []
    for measure in measures:
        for place, notes in measure.notes.items():
            size = DIAMOND
            if place == measure.due:
                size += AROUND
            points.append(_Point(measure, place, "<br>".join(notes), size))
    return _diamonds(points, palette.PAPER, palette.INK)


def _due_days(measures: Sequence[_Measure]) -> Trace:
    """Filled diamonds on the due days; they tell of the milestones of their day too."""
    points: list[_Point] = []
    for measure in measures:
        if measure.due is not None:
            lines = [measure.hover, *measure.notes.get(measure.due, ())]
            points.append(_Point(measure, measure.due, "<br>".join(lines), DIAMOND))
    return _diamonds(points, palette.INK, palette.PAPER)


def _diamonds(points: Sequence[_Point], colour: str, outline: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.place for point in points],
        "y": [point.measure.middle for point in points],
        "customdata": [point.measure.key for point in points],
        "hovertext": [point.hover for point in points],
        "hoverinfo": "text",
        "marker": {
            "symbol": "diamond",
            "size": [point.size for point in points],
            "opacity": 1,
            "color": colour,
            "line": {"color": outline, "width": 1.5},
        },
        "unselected": UNDIMMED,
        "cliponaxis": False,
    }


# --- words and lines -------------------------------------------------------------------------------------------------


def _words(layout: _Layout, t: Translator, picked: str) -> list[Trace]:
    """Titles, lanes, the state where there is no window, and arrows where a window goes on beyond the year."""
    before = [measure.middle for measure in layout.measures if measure.begins_before]
    after = [measure.middle for measure in layout.measures if measure.ends_after]
    return [
        _titles(layout.measures, picked),
        _headings(layout.lanes),
        _states_without_window(layout.measures, t),
        texts(
            [YEAR_BEGIN] * len(before), before, [EARLIER] * len(before), "middle left", size=ARROW
        ),
        texts([YEAR_END] * len(after), after, [LATER] * len(after), "middle right", size=ARROW),
    ]


def _titles(measures: Sequence[_Measure], picked: str) -> Trace:
    titles: list[str] = []
    for measure in measures:
        is_picked = bool(picked) and measure.key == picked
        titles.append(in_lines(measure.title, is_picked))
    tops = [measure.top + 1 for measure in measures]
    return texts([YEAR_BEGIN] * len(titles), tops, titles, "bottom right")


def _headings(lanes: Sequence[_Lane]) -> Trace:
    headings = [in_lines(lane.lines, bold=True) for lane in lanes]
    tops = [lane.top + 4 for lane in lanes]
    return texts([YEAR_BEGIN] * len(lanes), tops, headings, "bottom right")


def _states_without_window(measures: Sequence[_Measure], t: Translator) -> Trace:
    bare = [
        measure
        for measure in measures
        if not (measure.span or measure.begins_before or measure.ends_after)
    ]
    states = [t(f"state.{measure.state}") for measure in bare]
    middles = [measure.middle for measure in bare]
    return texts([YEAR_BEGIN] * len(bare), middles, states, "middle right", size=SMALL)


def _months_at_the_foot(bottom: float, t: Translator) -> Trace:
    names = [t(f"month.{month}") for month in MONTHS]
    return texts(MONTHS, [bottom] * len(MONTHS), names, "bottom center", size=SMALL)


def _rules(layout: _Layout) -> Trace:
    """The lines between months, below their bars and above lanes, as one shape."""
    path = ""
    for month in MONTHS[:-1]:
        path += f"M{month}.5,0V{layout.bottom}"
    for height in (FLOOR, *(lane.top for lane in layout.lanes)):
        path += f"M{YEAR_BEGIN},{height}H{YEAR_END}"
    return {
        "type": "path",
        "path": path,
        "line": {"color": RULE, "width": 1},
        "layer": "below",
    }
