"""The strip of months: what falls due in each month of a year."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import (
    Figure,
    LegendEntry,
    Margin,
    Trace,
    axis,
    figure,
    in_margin,
    legend,
    segment_entries,
    sentence,
)
from lib.answers.charts.month_axis import (
    NAMES,
    SIDE,
    YEAR_BEGIN,
    YEAR_END,
    Split,
    day_line,
    month_bars,
    right_margin,
)
from lib.answers.charts.traces import as_few, texts
from lib.answers.charts.words import SMALL
from lib.i18n import Translator
from lib.measures import schema

TOP: Final = 24  # pixels above the plot, for the day and a line of the legend
LEGEND_GAP: Final = 6  # pixels above a legend that stands above the day
AUGUST: Final = 8  # after it the label of the day stands where the legend would


class _Size(NamedTuple):
    """In pixels: how far the bars stand below the top of the plot, and the margin at its sides."""

    floor: int
    side: int


STRIP: Final = _Size(floor=102, side=2)
HEAD: Final = _Size(floor=54, side=SIDE)


def month_strip(
    months: pd.DataFrame,
    as_of: date,
    t: Translator,
    picked: str = "",
    split: Split | None = None,
    *,
    year: int = 0,
) -> Figure:
    """What falls due in each month of a year, what runs all year beside it, and where the year
    stands.

    Args:
        months: `workload.by_month` of the year.
        picked: "2020-08", or "".
        split: what is due by what it is counted as, where a list is followed.
        year: 0 for that of `as_of`.

    Returns:
        A figure whose customdata is what a click opens: a bar its measures, a name all of the month.
    """
    if not _entries(months, t, split):
        return sentence(t("chart.nothing_due"))
    return _strip(months, as_of, t, STRIP, year=year or as_of.year, picked=picked, split=split)


def month_head(
    months: pd.DataFrame,
    as_of: date,
    t: Translator,
    *,
    year: int,
    picked: str = "",
    split: Split | None = None,
) -> Figure:
    """The same, low, over the months of the timeline, which stands below it; it has its months also
    where nothing falls due in them.
    """
    return _strip(months, as_of, t, HEAD, year=year, picked=picked, split=split)


def _entries(months: pd.DataFrame, t: Translator, split: Split | None) -> list[LegendEntry]:
    entries: list[LegendEntry] = []
    if split is not None:
        entries += segment_entries(counted.segment for counted in split if any(counted.counts))
    elif months["due"].any():
        entries.append(LegendEntry(palette.DUE, t("chart.due")))
    if months["ongoing"].any():
        words = f"{schema.STATES['ongoing']} {t('chart.ongoing')}"
        entries.append(LegendEntry(palette.STATES["ongoing"], words))
    return entries


def _strip(
    months: pd.DataFrame,
    as_of: date,
    t: Translator,
    size: _Size,
    *,
    year: int,
    picked: str,
    split: Split | None,
) -> Figure:
    drawn = month_bars(months, as_of, t, year=year, floor=size.floor, picked=picked, split=split)
    bottom = size.floor + NAMES
    day = day_line(as_of, t, year=year, bottom=bottom, below=[(0, drawn.free)])
    key = legend(_entries(months, t, split))
    above: list[Trace] = []
    words = [*drawn.words, day.label]
    top = TOP
    if split is None:
        words.append(_beside_day(key.text, as_of))
    else:  # a long one stands above the day, which a telephone has no room beside
        above = [in_margin(key.text, x=0, xshift=-size.side, y=1, yshift=TOP, yanchor="bottom")]
        top += key.height + LEGEND_GAP
    ground = {
        "type": "path",
        "path": f"M{YEAR_BEGIN},{size.floor}H{YEAR_END}",
        "line": {"color": palette.OUTLINE, "width": 1},
    }
    return figure(
        [*drawn.bars, *as_few(words)],
        top + bottom + 2,
        Margin(left=size.side, right=right_margin(months, t, size.side), top=top, bottom=2),
        xaxis=axis(YEAR_BEGIN, YEAR_END),
        yaxis=axis(bottom, 0),
        shapes=[*day.shapes, ground],
        annotations=above,
    )


def _beside_day(key: str, as_of: date) -> Trace:
    """The words of a short legend, at the end of the year that the day leaves free."""
    if as_of.month > AUGUST:
        return texts([YEAR_BEGIN], [0], [key], "top right", size=SMALL)
    return texts([YEAR_END], [0], [key], "top left", size=SMALL)
