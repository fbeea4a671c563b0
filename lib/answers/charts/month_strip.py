"""The strip of months: what falls due in each month of a year."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import (
    Figure,
    LegendEntry,
    Margin,
    axis,
    figure,
    legend,
    sentence,
)
from lib.answers.charts.month_axis import (
    NAMES,
    YEAR_BEGIN,
    YEAR_END,
    day_line,
    month_bars,
    right_margin,
)
from lib.answers.charts.traces import as_few, texts
from lib.answers.charts.words import SMALL
from lib.i18n import Translator
from lib.measures import schema

HEIGHT: Final = 150  # pixels
FLOOR: Final = 102  # pixels from the top of the plot down to where the bars stand
AUGUST: Final = 8  # after it the label of the day stands where the legend would


def month_strip(months: pd.DataFrame, as_of: date, t: Translator, picked: str = "") -> Figure:
    """What falls due in each month of a year, what runs all year beside it, and where the year
    stands.

    Args:
        months: `workload.by_month` of the year of `as_of`.
        picked: "2020-08", or "".

    Returns:
        A figure whose customdata is what a click opens: a bar its measures, a name all of the month.
    """
    entries: list[LegendEntry] = []
    if months["due"].any():
        entries.append(LegendEntry(palette.DUE, t("chart.due")))
    if months["ongoing"].any():
        words = f"{schema.STATES['ongoing']} {t('chart.ongoing')}"
        entries.append(LegendEntry(palette.STATES["ongoing"], words))
    if not entries:
        return sentence(t("chart.nothing_due"))
    drawn = month_bars(months, as_of, t, year=as_of.year, floor=FLOOR, picked=picked)
    bottom = FLOOR + NAMES
    day = day_line(as_of, t, year=as_of.year, bottom=bottom, below=[(0, drawn.free)])
    place, side = YEAR_END, "top left"
    if as_of.month > AUGUST:
        place, side = YEAR_BEGIN, "top right"
    key = texts([place], [0], [legend(entries).text], side, size=SMALL)
    ground = {
        "type": "path",
        "path": f"M{YEAR_BEGIN},{FLOOR}H{YEAR_END}",
        "line": {"color": palette.OUTLINE, "width": 1},
    }
    return figure(
        [*drawn.bars, *as_few([*drawn.words, day.label, key])],
        HEIGHT,
        Margin(left=2, right=right_margin(months, t, 2), top=24, bottom=2),
        xaxis=axis(YEAR_BEGIN, YEAR_END),
        yaxis=axis(bottom, 0),
        shapes=[*day.shapes, ground],
    )
