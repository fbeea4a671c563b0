"""Lanes one below the other, before they are drawn: folded ones with what falls due in each month,
open ones with their measures; where each stands and what it tells.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import pandas as pd

from lib.answers.charts.month_axis import noon, place_in_months
from lib.answers.charts.words import LINE, heading, in_lines, wrapped
from lib.answers.names import name_or_others
from lib.answers.segments import Segment
from lib.i18n import Translator
from lib.workload import OTHERS, Dot, Lanes

TITLE_LIMIT: Final = 26  # Chinese characters in a title's line: what a telephone holds
HOVER_LIMIT: Final = 22  # Chinese characters in a line of what is told on hover
LANE_GAP: Final = 8  # pixels around a lane's heading
CELL: Final = 18  # pixels, the height of a month's cell in a folded lane
WINDOW: Final = 14  # pixels, the thickness of a window
BELOW_WINDOW: Final = 9  # pixels between a window and the next title
WINDOW_MARGINS: Final = 6 + BELOW_WINDOW  # pixels above and below a window

Record = dict[Hashable, Any]  # a row of `workload.bars`


class OpenLanes(NamedTuple):
    """The lanes that are open, with their measures.

    bars: `workload.bars` of these, or what `answers.progress.with_status` makes of them; segments: what
    their column state names.
    """

    names: Collection[str]
    bars: pd.DataFrame
    segments: Sequence[Segment]


class Span(NamedTuple):
    """A window on the axis of the months."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the timeline.

    key: its position as text; segment: what it is counted as; title: in lines; top, bottom: its
    place in pixels; span: its window, None where it has none in this year; due: its due day on the
    axis; first_due: the one as issued where it was extended; done: the day on which it was closed;
    begins_before, ends_after: whether the window reaches beyond the year; hover: what it tells;
    notes: what its milestones tell, by their places on the axis.
    """

    key: str
    segment: Segment
    title: tuple[str, ...]
    top: float
    bottom: float
    span: Span | None
    due: float | None
    first_due: float | None
    done: float | None
    begins_before: bool
    ends_after: bool
    hover: str
    notes: dict[float, list[str]]

    @property
    def middle(self) -> float:
        """Where its window is drawn."""
        return self.bottom - BELOW_WINDOW - WINDOW / 2


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its place in pixels, its heading in lines, and month by month what falls due.

    name: as data, OTHERS for those that do not fit.
    """

    name: str
    lines: tuple[str, ...]
    top: float
    bottom: float
    due: tuple[int, ...]
    is_open: bool

    @property
    def head(self) -> float:
        """The height of its heading."""
        return len(self.lines) * LINE + LANE_GAP

    @property
    def cells_top(self) -> float:
        """Where the cells of its months stand while it is folded."""
        return self.top + self.head

    def hover(self, month: int, t: Translator) -> str:
        """What the cell of a month tells."""
        count = t("chart.unit_due", n=self.due[month - 1])
        return f"{heading(self.lines[0])}<br>{t(f'month.{month}')}<br>{count}"


class Layout(NamedTuple):
    """The lanes one below the other, the measures of those that are open, and what these are counted
    as, in the order of the legend.
    """

    lanes: list[Lane]
    measures: list[Measure]
    segments: Sequence[Segment]

    @property
    def bottom(self) -> float:
        return self.lanes[-1].bottom


def laid_out(
    lanes: Lanes,
    opened: OpenLanes,
    year: int,
    t: Translator,
) -> Layout:
    """The lanes, and below the headings of those that are open their measures of a year.

    Args:
        lanes: `workload.by_lane`, at least one.
    """
    segment_of = {segment.name: segment for segment in opened.segments}
    records_of = _records_by_lane(opened)
    lanes_summed_up, _ = lanes.due.others
    layout = Layout([], [], opened.segments)
    top = 0.0
    rows = zip(lanes.due.rows, lanes.measures, lanes.due.counts.tolist(), strict=True)
    for name, total, due in rows:
        words = name_or_others(name, lanes_summed_up, t)
        heading = _heading(words, total, records_of.get(name, ()), t)
        lines = wrapped(heading, TITLE_LIMIT)
        bottom = top + len(lines) * LINE + LANE_GAP
        is_open = name != OTHERS and name in records_of
        if is_open:
            for record in records_of[name]:
                measure = _measure(record, segment_of[record["state"]], year, t, bottom)
                layout.measures.append(measure)
                bottom = measure.bottom
        else:
            bottom += CELL + LANE_GAP
        layout.lanes.append(Lane(name, lines, top, bottom, tuple(due), is_open))
        top = bottom
    return layout


def _records_by_lane(opened: OpenLanes) -> dict[str, list[Record]]:
    """The bars of each open lane, in their order."""
    records: dict[str, list[Record]] = {name: [] for name in opened.names}
    for record in opened.bars.to_dict("records"):
        records[record["lane"]].append(record)
    return records


def _heading(name: str, total: int, records: Sequence[Record], t: Translator) -> str:
    """A lane's name with its measures, and which of them are shown where that is a part."""
    if not records or len(records) == total:
        return t("chart.lane", name=name, n=total)
    first = records[0]["place"]
    last = records[-1]["place"]
    return t("chart.lane_part", name=name, n=total, first=first, last=last)


def _measure(record: Record, segment: Segment, year: int, t: Translator, top: float) -> Measure:
    start = _day(record["start"])
    end = _day(record["end"])
    due = _day(record["due"])
    first = start or end
    last = end or start
    title = wrapped(f"{segment.mark} {record['title']}", TITLE_LIMIT)
    return Measure(
        key=str(record["measure_id"]),
        segment=segment,
        title=title,
        top=top,
        bottom=top + len(title) * LINE + WINDOW + WINDOW_MARGINS,
        span=_span(first, last, year),
        due=_noon(due, year),
        first_due=_noon(_day(record.get("first_due")), year),
        done=_noon(_day(record.get("done")), year),
        begins_before=first is not None and first.year < year,
        ends_after=last is not None and last.year > year,
        hover=_hover(record, segment, t),
        notes=_notes(record["milestones"], year, t),
    )


def _noon(day: date | None, year: int) -> float | None:
    """A day on the axis of a year, None where there is none or it lies in another."""
    return noon(day, year) if day and day.year == year else None


def _day(value: Any) -> date | None:
    if pd.isna(value):
        return None
    day: date = value
    return day


def _span(first: date | None, last: date | None, year: int) -> Span | None:
    """A window cut at the year's ends, None where it lies outside."""
    if first is None or last is None:
        return None
    is_in_year = first.year <= year <= last.year
    if not is_in_year:
        return None
    return Span(
        first=place_in_months(first, year),
        last=place_in_months(last, year, end=True),
    )


def _notes(milestones: Sequence[Dot], year: int, t: Translator) -> dict[float, list[str]]:
    """What the milestones of a year tell, by their places on the axis."""
    notes: dict[float, list[str]] = {}
    for day, text, moved in milestones:
        if day.year != year:
            continue
        words = f"{_iso(day)} {text}"
        if moved:
            words += t("chart.moved")
        note = in_lines(wrapped(words, HOVER_LIMIT))
        notes.setdefault(noon(day, year), []).append(note)
    return notes


def _hover(record: Record, segment: Segment, t: Translator) -> str:
    """What a measure tells: its title, its state, and the days that it has."""
    title = wrapped(str(record["title"]), HOVER_LIMIT)
    lines = [in_lines(title, bold=True), segment.words]
    for name in ("start", "due", "first_due", "done"):
        day = _day(record.get(name))
        if day:
            lines.append(f"{t(f'field.{name}')} {_iso(day)}")
    return "<br>".join(lines)


def _iso(day: date) -> str:
    """A day as 2020-08-31; a date of pandas has hours behind it."""
    return day.isoformat()[: len("2020-08-31")]
