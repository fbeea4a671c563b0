"""Who carries how much, split into segments: leaders, or any other names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from lib.answers.charts.figure import (
    Figure,
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
from lib.answers.charts.rows import THICK_BAR, Row, Rows, others_of
from lib.answers.charts.traces import as_few, bars, fill, inks
from lib.answers.charts.words import SMALL, heading, room_for, short_number
from lib.answers.marks import opens
from lib.answers.palette import Look
from lib.answers.segments import Counted, Segment, counted
from lib.i18n import Translator

NAME_LIMIT: Final = 9  # Chinese characters in a line of a name
GAP: Final = 0.004  # between the bars of two segments, of the longest bar


def load_in_segments(
    frame: pd.DataFrame,
    segments: Sequence[Segment],
    t: Translator,
    picked: str = "",
    role: str = "",
) -> Figure:
    """Who carries how much, split into segments, the busiest on top.

    Args:
        frame: names and their measures, and those of each segment (`workload.by_leader`,
            `workload.split`), all or the `top` of them.
        picked: one of the names, or "".
        role: in which the names have what is counted, "" for any.

    Returns:
        A figure whose customdata is what a click opens: a bar its measures, a row all of the name's.
    """
    if frame.empty:
        return sentence(t("chart.nothing"))
    names = frame.iloc[:, 0].tolist()
    rows = Rows.of(names, others_of(frame), t, limit=NAME_LIMIT, bar=THICK_BAR, picked=picked)
    totals = frame["measures"].tolist()
    longest = rows.longest(totals)
    used = [segment for segment in segments if frame[segment.name].any()]
    split = counted(frame, used)
    hover = [_hover(row, place, totals[place], split, t) for place, row in enumerate(rows.rows)]
    key = legend(segment_entries(used))
    legend_below = in_margin(
        key.text,
        x=0,
        xshift=2 - rows.left,
        y=0,
        yshift=-6,
        yanchor="top",
        hovertext=segment_hover(used),
    )
    return figure(
        [
            rows.targets(totals, longest, hover, part=role),
            *as_few(_bars(rows, split, hover, t, role=role, gap=longest * GAP)),
            rows.numbers(totals, t),
        ],
        rows.bottom + key.height + 12,
        Margin(
            left=rows.left,
            right=room_for([short_number(longest, t)]),
            top=2,
            bottom=key.height + 10,
        ),
        rows.bands(part=role),
        xaxis=axis(0, longest),
        yaxis=rows.axis(),
        annotations=[legend_below],
        uniformtext={"minsize": SMALL, "mode": "hide"},
    )


def _hover(row: Row, place: int, total: int, split: Sequence[Counted], t: Translator) -> str:
    """What a row tells: the name with its measures, and how many are in each segment."""
    lines = [f"{heading(row.words)} {t('chart.count', n=total)}"]
    for segment, counts in split:
        count = counts[place]
        if count:
            lines.append(f"{segment.words} {count:,}")
    return "<br>".join(lines)


def _bars(
    rows: Rows,
    split: Sequence[Counted],
    hover: list[str],
    t: Translator,
    *,
    role: str,
    gap: float,
) -> list[Trace]:
    """The bars of each segment, each from where the row's bar of the one before ended, a gap between
    them.
    """
    ends = [0] * len(rows.rows)
    traces: list[Trace] = []
    for part in split:
        traces.append(_bars_of_segment(rows, part, ends, hover, t, role=role, gap=gap))
        ends = [end + count for end, count in zip(ends, part.counts, strict=True)]
    return traces


def _bars_of_segment(
    rows: Rows,
    counted: Counted,
    starts: list[int],
    hover: list[str],
    t: Translator,
    *,
    role: str,
    gap: float,
) -> Trace:
    """The bars of one segment, in the rows that have any and are one name.

    Args:
        counted: the segment, and row by row how many measures it has.
        starts: row by row where the bar begins.
        hover: row by row what the bar tells.
        gap: in measures, by which each bar is shorter than it is.
    """
    segment, counts = counted
    places = [place for place, row in enumerate(rows.rows) if counts[place] and row.single]
    names = [rows.names[place] for place in places]
    return bars(
        [counts[place] - gap for place in places],
        [rows.middles[place] for place in places],
        fill(segment.look, names, rows.picked),
        base=[starts[place] for place in places],
        width=THICK_BAR,
        orientation="h",
        customdata=[opens(pick=name, part=role, **segment.part) for name in names],
        hovertext=[hover[place] for place in places],
        text=[_label(rows, place, segment, counts[place], t) for place in places],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": SMALL, "color": inks(segment.ink, names, rows.picked)},
        textangle=0,
    )


def _label(rows: Rows, place: int, segment: Segment, count: int, t: Translator) -> str:
    """The words in a bar: the segment's mark and the count."""
    words = f"{segment.mark} {short_number(count, t)}"
    is_faint = rows.picked not in {"", rows.names[place]}
    if is_faint:
        return words
    return over_pattern(words, segment.look)


def over_pattern(words: str, look: Look) -> str:
    """Words in a bar, surrounded by its colour where a pattern would come through them."""
    if look.pattern is None:
        return words
    style = f"paint-order:stroke;stroke:{look.colour};stroke-width:6px"
    return f'<span style="{style}">{words}</span>'
