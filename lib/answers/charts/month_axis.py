"""The twelve months of a year on an axis: bars of what falls due in each, and the day at which the
board is read.

January reaches from 0.5 to 1.5, December from 11.5 to 12.5.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import sub
from typing import Final, NamedTuple

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import FAINT, MONTHS, Trace
from lib.answers.charts.traces import as_few, bars, fill, targets, texts
from lib.answers.charts.words import SMALL, in_lines, room_for, short_number
from lib.answers.marks import opens
from lib.answers.segments import Counted
from lib.i18n import Translator

YEAR_BEGIN: Final = 0.5
YEAR_END: Final = 12.5
EARLIER: Final = "‹"  # noqa: RUF001
LATER: Final = "›"  # noqa: RUF001
SIDE: Final = 14  # pixels beside the months of a timeline
NAMES: Final = 22  # pixels, the room of the months' names below their bars
HEADROOM: Final = 20  # pixels above the highest bar, for its number
CLEARANCE: Final = 18  # pixels above a bar that the line of the day leaves to its number
SPRING: Final = 4.5  # before it the label of the day stands right of its line

Split = Sequence[Counted]  # what falls due by what it is counted as, month by month
Reach = Sequence[tuple[float, float]]  # pieces of a vertical line, from and to, in pixels


def place_in_months(day: date, year: int, end: bool = False) -> float:
    """A day on the axis of a year's months; other years lie at its ends.

    end: the day's evening, not its morning.
    """
    if day.year < year:
        return YEAR_BEGIN
    if day.year > year:
        return YEAR_END
    _, days = calendar.monthrange(day.year, day.month)
    passed = day.day - 1
    if end:
        passed = day.day
    return day.month - 0.5 + passed / days


def noon(day: date, year: int) -> float:
    """The middle of a day on the axis of a year's months."""
    morning = place_in_months(day, year)
    evening = place_in_months(day, year, end=True)
    return (morning + evening) / 2


# --- bars -----------------------------------------------------------------------------------------


class _Kind(NamedTuple):
    """One of the two bars of a month: how wide it is and how far it stands beside the month's
    middle, in months.
    """

    name: str
    width: float
    beside: float


_DUE: Final = _Kind("due", 0.44, 0.0)
_ONGOING: Final = _Kind("ongoing", 0.22, 0.36)
_KINDS: Final = (_DUE, _ONGOING)


class _Strip(NamedTuple):
    """A strip of a month that belongs to a bar, from and to as parts of a month around its middle."""

    left: float
    right: float
    kind: _Kind

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


_STRIPS: Final = (_Strip(-0.5, 0.24, _DUE), _Strip(0.24, 0.5, _ONGOING))


class MonthBars(NamedTuple):
    """The bars of a year's months with their places to click, and their numbers and names.

    free: how far down, in pixels, the line of the day may come without crossing a number.
    """

    bars: list[Trace]
    words: list[Trace]
    free: float


def month_bars(
    months: pd.DataFrame,
    as_of: date,
    t: Translator,
    *,
    year: int,
    floor: float,
    picked: str,
    split: Split | None = None,
) -> MonthBars:
    """Due and ongoing of each month of a year.

    Args:
        months: `workload.by_month` of the year.
        floor: the pixels from the top down to where the bars stand.
        picked: the key of a month, "2020-08", or "".
        split: what is due by what it is counted as, None where it is not split.
    """
    counts = {kind.name: months[kind.name].tolist() for kind in _KINDS}
    highest = max(1, *map(max, counts.values()))
    drawn = _Months(
        keys=[f"{year:04}-{month:02}" for month in MONTHS],
        counts=counts,
        hover=[_hover(month, counts, split, t) for month in MONTHS],
        now=as_of.month if as_of.year == year else 0,
        scale=(floor - HEADROOM) / highest,
        floor=floor,
        picked=picked,
        t=t,
    )
    bars_of_due = [drawn.bars(_DUE)] if split is None else drawn.pieces(split)
    bars_of_kinds = [*bars_of_due, drawn.bars(_ONGOING)]
    numbers_of_kinds = [drawn.numbers(kind) for kind in _KINDS]
    return MonthBars(
        bars=as_few([*drawn.places(), *bars_of_kinds]),
        words=[drawn.names(), *numbers_of_kinds],
        free=drawn.free(),
    )


@dataclass(frozen=True, slots=True)
class _Months:
    """The months of a year before they are drawn.

    keys: "2020-08" for each; counts: of each kind, month by month; hover: what each month tells;
    now: the month of the day, 0 where it lies in another year; scale: pixels for one measure;
    floor: where the bars stand, in pixels.
    """

    keys: list[str]
    counts: dict[str, list[int]]
    hover: list[str]
    now: int
    scale: float
    floor: float
    picked: str
    t: Translator

    def places(self) -> Iterator[Trace]:
        """Places to click: over each bar, and over the name of each month for all of it."""
        bottom = self.floor + NAMES
        whole = [opens(month=key) for key in self.keys]
        yield targets(MONTHS, [-NAMES] * len(MONTHS), whole, self.hover, base=bottom, width=1)
        for strip in _STRIPS:
            yield targets(
                [month + strip.middle for month in MONTHS],
                [-self.floor] * len(MONTHS),
                [self._opens(strip.kind, month) for month in MONTHS],
                self.hover,
                base=self.floor,
                width=strip.width,
            )

    def _opens(self, kind: _Kind, month: int) -> str:
        """What the place of a bar opens; where it has none, the whole month."""
        key = self.keys[month - 1]
        if not self._count(kind, month):
            return opens(month=key)
        return opens(month=key, count=kind.name)

    def names(self) -> Trace:
        """The months' names, those of the day and of the picked one bold."""
        names: list[str] = []
        for month, key in zip(MONTHS, self.keys, strict=True):
            is_bold = month == self.now or key == self.picked
            name = self.t(f"month.{month}")
            names.append(in_lines([name], is_bold))
        below = [self.floor + 4] * len(MONTHS)
        return texts(MONTHS, below, names, "bottom center", size=SMALL)

    def bars(self, kind: _Kind) -> Trace:
        """The bars of one kind, in the months that have any."""
        months = self._months_with(kind)
        keys = [self.keys[month - 1] for month in months]
        return bars(
            [month + kind.beside for month in months],
            [-self._height(kind, month) for month in months],
            fill(palette.look(kind.name), keys, self._picked()),
            base=self.floor,
            width=kind.width,
            customdata=[self._opens(kind, month) for month in months],
            hovertext=[self.hover[month - 1] for month in months],
        )

    def _picked(self) -> str:
        """The picked month, "" where it is none of these."""
        return self.picked if self.picked in self.keys else ""

    def pieces(self, split: Split) -> Iterator[Trace]:
        """The bars of what is due, piece by piece from the floor up: pixels count down from the top."""
        bottoms = [self.floor] * len(MONTHS)
        picked = self._picked()
        for segment, counts in split:
            heights = [self.scale * count for count in counts]
            months = [month for month in MONTHS if counts[month - 1]]
            keys = [self.keys[month - 1] for month in months]
            yield bars(
                months,
                [-heights[month - 1] for month in months],
                fill(segment.look, keys, picked),
                base=[bottoms[month - 1] for month in months],
                width=_DUE.width,
                customdata=[opens(month=key, count="due", **segment.part) for key in keys],
                hovertext=[self.hover[month - 1] for month in months],
            )
            bottoms = [*map(sub, bottoms, heights)]  # where the next piece stands

    def numbers(self, kind: _Kind) -> Trace:
        """The number on each bar."""
        months = self._months_with(kind)
        numbers = [short_number(self._count(kind, month), self.t) for month in months]
        middles = [month + kind.beside for month in months]
        tops = [self.floor - self._height(kind, month) for month in months]
        if kind.beside and _long(numbers):
            # Off the bar of what is due, however narrow the months are
            edges = [middle - kind.width / 2 for middle in middles]
            return texts(edges, tops, numbers, "top right")
        return texts(middles, tops, numbers, "top center")

    def free(self) -> float:
        """How far down the line of the day may come without crossing a number of its month."""
        if not self.now:
            return self.floor
        highest = max(self._height(kind, self.now) for kind in _KINDS)
        if not highest:
            return self.floor
        return self.floor - highest - CLEARANCE

    def _months_with(self, kind: _Kind) -> list[int]:
        return [month for month in MONTHS if self._count(kind, month)]

    def _count(self, kind: _Kind, month: int) -> int:
        return self.counts[kind.name][month - 1]

    def _height(self, kind: _Kind, month: int) -> float:
        """The height of a bar in pixels."""
        return self.scale * self._count(kind, month)


def _hover(month: int, counts: dict[str, list[int]], split: Split | None, t: Translator) -> str:
    """What a month tells: its name, how many of each kind, and how many are counted as what."""
    name = t(f"month.{month}")
    lines = [f"<b>{name}</b>"]
    for kind, by_month in counts.items():
        count = by_month[month - 1]
        if count:
            words = t(f"chart.{kind}")
            lines.append(f"{words} {count:,}")
    if len(lines) == 1:
        words = t("chart.due")
        lines.append(f"{words} 0")
    for segment, by_month in split or ():
        count = by_month[month - 1]
        if count:
            lines.append(f"{segment.words} {count:,}")
    return "<br>".join(lines)


def _long(numbers: Iterable[str]) -> bool:
    return any(len(number) > 1 for number in numbers)


def right_margin(months: pd.DataFrame, t: Translator, least: int) -> int:
    """The margin that December's second number needs on a telephone, in pixels."""
    number = short_number(months["ongoing"].iloc[-1], t)
    if not _long([number]):
        return least
    return max(least, room_for([number]) - 16)


# --- the day --------------------------------------------------------------------------------------


class Day(NamedTuple):
    """The day at which the board is read: its label above the plot; its month as a band, and the
    line.
    """

    label: Trace
    shapes: list[Trace]


def day_line(
    as_of: date, t: Translator, *, year: int, bottom: float, below: Reach, above: Reach = ()
) -> Day:
    """The day at which the board is read; a day outside the year has its label only, at the nearer
    end.

    Args:
        bottom: where the band of the month ends, in pixels.
        below: the pieces of the line that are drawn below bars and words; above: those drawn over
            them.
    """
    place = noon(as_of, year)
    side = "top right" if place < SPRING else "top left"
    label = texts([place], [0], [_day_in_words(as_of, year, t)], side, size=SMALL)
    if as_of.year != year:
        return Day(label, [])
    shapes = [_band(as_of.month, bottom), _line(place, below, "below")]
    if above:
        shapes.append(_line(place, above, "above"))
    return Day(label, shapes)


def _day_in_words(as_of: date, year: int, t: Translator) -> str:
    """The day, with an arrow where it lies in an earlier or a later year."""
    label = t("chart.as_of", date=as_of.isoformat())
    if as_of.year < year:
        return f"{EARLIER} {label}"
    if as_of.year > year:
        return f"{label} {LATER}"
    return label


def _band(month: int, bottom: float) -> Trace:
    return {
        "type": "rect",
        "x0": month - 0.5,
        "x1": month + 0.5,
        "y0": 0,
        "y1": bottom,
        "fillcolor": FAINT,
        "line": {"width": 0},
        "layer": "below",
    }


def _line(place: float, pieces: Reach, layer: str) -> Trace:
    path = "".join(f"M{place:.3f},{top:g}V{bottom:g}" for top, bottom in pieces)
    line = {"color": palette.OUTLINE, "width": 2}
    return {"type": "path", "path": path, "line": line, "layer": layer}
