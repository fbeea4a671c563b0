"""Measures one below the other in lanes, before they are drawn: where each stands and what it
tells.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import pandas as pd

from lib.answers.charts.figure import state_words
from lib.answers.charts.month_axis import NAMES, noon, place_in_months
from lib.answers.charts.words import LINE, in_lines, wrapped
from lib.i18n import Translator
from lib.measures import schema
from lib.workload import OTHERS, Dot

TITLE_LIMIT: Final = 26  # Chinese characters in a title's line: what a telephone holds
HOVER_LIMIT: Final = 22  # Chinese characters in a line of what is told on hover
FLOOR: Final = 84  # pixels from the top down to where the months' bars stand
LANES_TOP: Final = FLOOR + NAMES + 8.0  # pixels down to the first lane
WINDOW: Final = 14  # pixels, the thickness of a window

Record = dict[Hashable, Any]  # a row of `workload.bars`


class Span(NamedTuple):
    """A window on the axis of the months."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the timeline.

    key: its position as text; title: in lines; top, bottom: its place in pixels; span: its window,
    None where it has none in this year; due: its due day on the axis; begins_before, ends_after:
    whether the window reaches beyond the year; hover: what it tells; notes: what its milestones
    tell, by their places on the axis.
    """

    key: str
    state: str
    title: tuple[str, ...]
    top: float
    bottom: float
    span: Span | None
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
class Lane:
    """The heading of a lane: its place in pixels, and its lines."""

    top: float
    lines: tuple[str, ...]


class Layout(NamedTuple):
    """The measures one below the other, a heading where the lane changes."""

    measures: list[Measure]
    lanes: list[Lane]

    @property
    def bottom(self) -> float:
        return self.measures[-1].bottom


def laid_out(bars: pd.DataFrame, year: int, t: Translator) -> Layout:
    """The measures of a year under the headings of their lanes.

    Args:
        bars: `workload.bars`, in the order to be shown; not empty.
    """
    measures: list[Measure] = []
    lanes: list[Lane] = []
    top = LANES_TOP
    lane = None
    for record in bars.to_dict("records"):
        if record["lane"] != lane:
            lane = record["lane"]
            heading = Lane(top, wrapped(_lane_words(lane, t), TITLE_LIMIT))
            top += len(heading.lines) * LINE + 8
            lanes.append(heading)
        measures.append(_measure(record, year, t, top))
        top = measures[-1].bottom
    return Layout(measures, lanes)


def _lane_words(lane: str, t: Translator) -> str:
    if lane == OTHERS:
        return t("chart.nobody")
    return str(lane)


def _measure(record: Record, year: int, t: Translator, top: float) -> Measure:
    start, end, due = (_day(record[name]) for name in ("start", "end", "due"))
    first, last = start or end, end or start
    title = wrapped(f"{schema.STATES[record['state']]} {record['title']}", TITLE_LIMIT)
    due_place = None
    if due and due.year == year:
        due_place = noon(due, year)
    return Measure(
        key=str(record["measure_id"]),
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


def _span(first: date | None, last: date | None, year: int) -> Span | None:
    """A window cut at the year's ends, None where it lies outside."""
    if first is None or last is None or not first.year <= year <= last.year:
        return None
    return Span(place_in_months(first, year), place_in_months(last, year, end=True))


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
