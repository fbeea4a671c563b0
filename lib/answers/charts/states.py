"""Who carries how much, by date state: leaders, or any other names."""

from __future__ import annotations

from typing import Final

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import (
    Figure,
    Margin,
    Trace,
    axis,
    figure,
    in_margin,
    legend,
    sentence,
    state_entries,
    state_hover,
    state_words,
)
from lib.answers.charts.rows import THICK_BAR, Row, Rows, others_of
from lib.answers.charts.traces import as_few, bars, fill, inks
from lib.answers.charts.words import SMALL, heading, room_for, short_number
from lib.answers.marks import opens
from lib.i18n import Translator
from lib.measures import schema

NAME_LIMIT: Final = 9  # Chinese characters in a line of a name
STATE_GAP: Final = 0.004  # between the bars of two states, of the longest bar


def load_by_state(frame: pd.DataFrame, t: Translator, picked: str = "") -> Figure:
    """Who carries how much, split by date state, the busiest on top.

    Args:
        frame: names and their measures by date state (`workload.by_leader`), all or the `top` of them.
        picked: one of the names, or "".

    Returns:
        A figure whose customdata is what a click opens: a bar its measures, a row all of the name's.
    """
    if frame.empty:
        return sentence(t("chart.nothing"))
    names = frame.iloc[:, 0].tolist()
    rows = Rows.of(names, others_of(frame), t, limit=NAME_LIMIT, bar=THICK_BAR, picked=picked)
    totals = frame["measures"].tolist()
    longest = rows.longest(totals)
    states = [state for state in schema.STATE_ORDER if frame[state].any()]
    by_state = {state: frame[state].tolist() for state in states}
    hover = [_hover(row, place, totals[place], by_state, t) for place, row in enumerate(rows.rows)]
    key = legend(state_entries(states, t))
    legend_below = in_margin(
        key.text,
        x=0,
        xshift=2 - rows.left,
        y=0,
        yshift=-6,
        yanchor="top",
        hovertext=state_hover(states, t),
    )
    return figure(
        [
            rows.targets(totals, longest, hover),
            *as_few(_state_bars(rows, by_state, hover, t, gap=longest * STATE_GAP)),
            rows.numbers(totals, t),
        ],
        rows.bottom + key.height + 12,
        Margin(
            left=rows.left,
            right=room_for([short_number(longest, t)]),
            top=2,
            bottom=key.height + 10,
        ),
        rows.bands(),
        xaxis=axis(0, longest),
        yaxis=rows.axis(),
        annotations=[legend_below],
        uniformtext={"minsize": SMALL, "mode": "hide"},
    )


def _hover(row: Row, place: int, total: int, by_state: dict[str, list[int]], t: Translator) -> str:
    """What a row tells: the name with its measures, and how many are in each state."""
    lines = [f"{heading(row.words)} {t('chart.count', n=total)}"]
    for state, counts in by_state.items():
        count = counts[place]
        if count:
            lines.append(f"{state_words(state, t)} {count:,}")
    return "<br>".join(lines)


def _state_bars(
    rows: Rows, by_state: dict[str, list[int]], hover: list[str], t: Translator, *, gap: float
) -> list[Trace]:
    """The bars of each state, each from where the row's bar of the state before ended, a gap
    between them.
    """
    ends = [0] * len(rows.rows)
    traces: list[Trace] = []
    for state, counts in by_state.items():
        traces.append(_bars_of_state(rows, state, counts, ends, hover, t, gap=gap))
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    return traces


def _bars_of_state(
    rows: Rows,
    state: str,
    counts: list[int],
    starts: list[int],
    hover: list[str],
    t: Translator,
    *,
    gap: float,
) -> Trace:
    """The bars of one state, in the rows that have any and are one name.

    Args:
        counts: row by row how many are in the state; starts: row by row where the bar begins.
        hover: row by row what the bar tells.
    """
    places = [place for place, row in enumerate(rows.rows) if counts[place] and row.single]
    names = [rows.names[place] for place in places]
    ink = palette.LIGHT if state == "passed" else palette.DARK
    return bars(
        [counts[place] - gap for place in places],
        [rows.middles[place] for place in places],
        fill(state, names, rows.picked),
        base=[starts[place] for place in places],
        width=THICK_BAR,
        orientation="h",
        customdata=[opens(pick=name, state=state) for name in names],
        hovertext=[hover[place] for place in places],
        text=[_label(rows, place, state, counts[place], t) for place in places],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": SMALL, "color": inks(ink, names, rows.picked)},
        textangle=0,
    )


def _label(rows: Rows, place: int, state: str, count: int, t: Translator) -> str:
    """The words in a bar: the state's mark and the count."""
    words = f"{schema.STATES[state]} {short_number(count, t)}"
    is_faint = rows.picked not in {"", rows.names[place]}
    if is_faint:
        return words
    return over_pattern(words, state)


def over_pattern(words: str, state: str) -> str:
    """Words in a bar, surrounded by its colour where a pattern would come through them."""
    if state not in palette.PATTERNS:
        return words
    style = f"paint-order:stroke;stroke:{palette.STATES[state]};stroke-width:6px"
    return f'<span style="{style}">{words}</span>'
