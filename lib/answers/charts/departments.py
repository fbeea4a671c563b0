"""What each department leads and supports, in two panels of one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from lib.answers import palette
from lib.answers.charts.figure import (
    Figure,
    Margin,
    Trace,
    axis,
    figure,
    in_margin,
    sentence,
)
from lib.answers.charts.rows import BAR, Rows, others_of
from lib.answers.charts.traces import as_few, bars, fill, texts
from lib.answers.charts.words import (
    HOVER_LIMIT,
    SMALL,
    heading,
    in_lines,
    room_for,
    short_number,
    wrapped,
)
from lib.answers.marks import opens
from lib.i18n import Translator
from lib.measures import schema

NAME_LIMIT: Final = 9  # Chinese characters in a line of a name
HEADS: Final = 40  # pixels above the plot, for the words above the panels
EDGE: Final = 2  # pixels beside a plot that nothing stands beside


class _Shares(NamedTuple):
    """Of the plot's width: where support begins, and how much each panel has."""

    support: float
    panel: float


TWO_PANELS: Final = _Shares(support=0.54, panel=0.46)
WITH_WEIGHTED: Final = _Shares(support=0.42, panel=0.36)  # the weighted load at the right edge


@dataclass(frozen=True, slots=True)
class _Panels:
    """The two panels: where each begins and the whole width, in measures; the longest bar."""

    starts: dict[str, float]
    width: float
    longest: float

    @classmethod
    def of(cls, longest: float, shares: _Shares) -> _Panels:
        width = longest / shares.panel
        return cls({"lead": 0, "support": shares.support * width}, width, longest)


def department_load(
    frame: pd.DataFrame,
    t: Translator,
    sort: str = "weighted",
    weight: float | None = None,
    picked: str = "",
) -> Figure:
    """What each department leads and, apart from it, what it supports.

    Args:
        frame: `workload.by_department`, all or the `top` of it.
        sort: the column by which it is sorted; the weighted load is shown when it is sorted by
            that.
        weight: what one supported measure counts; None shows no weighted load.
        picked: the name of a department, or "".

    Returns:
        A figure whose customdata is what a click opens: a bar the measures in its role.
    """
    if frame.empty:
        return sentence(t("chart.nothing"))
    names = frame.iloc[:, 0].tolist()
    rows = Rows.of(names, others_of(frame), t, limit=NAME_LIMIT, bar=BAR, picked=picked)
    counts = {role: frame[role].tolist() for role in schema.ROLES}
    longest = rows.longest(*counts.values())
    weighing = weight is not None and sort == "weighted"
    panels = _Panels.of(longest, WITH_WEIGHTED if weighing else TWO_PANELS)
    drawn: list[Trace] = []
    for role in schema.ROLES:
        drawn += _role_bars(rows, role, counts[role], panels, t)
    words = _words(rows, counts, panels, sort, t)
    right = room_for([short_number(longest, t)])
    notes: list[Trace] = []
    if weighing:
        right = EDGE
        words.append(_weighted(rows, frame["weighted"].tolist(), panels, t))
        notes.append(_weighted_head(f"{weight:g}", t))
    return figure(
        [*as_few(drawn), *as_few(words)],
        rows.bottom + HEADS + EDGE,
        Margin(left=rows.left, right=right, top=HEADS, bottom=EDGE),
        rows.bands(),
        xaxis=axis(0, panels.width),
        yaxis=rows.axis(),
        annotations=notes,
    )


def _role_bars(
    rows: Rows, role: str, counts: list[int], panels: _Panels, t: Translator
) -> list[Trace]:
    """The places to click of one panel, and its bars."""
    start = panels.starts[role]
    hover = [
        f"{heading(row.words)}<br>{t(f'role.{role}')} {count:,}"
        for row, count in zip(rows.rows, counts, strict=True)
    ]
    places = [place for place, row in enumerate(rows.rows) if row.single]
    names = [rows.names[place] for place in places]
    drawn = bars(
        [counts[place] for place in places],
        [rows.middles[place] for place in places],
        fill(palette.look(role), names, rows.picked),
        orientation="h",
        width=BAR,
        base=start,
        customdata=[opens(pick=name, part=role) for name in names],
        hovertext=[hover[place] for place in places],
    )
    return [rows.targets(counts, panels.longest, hover, start, part=role), drawn]


def _words(
    rows: Rows, counts: dict[str, list[int]], panels: _Panels, sort: str, t: Translator
) -> list[Trace]:
    """The numbers at the bars, and the words above the panels."""
    numbers = [rows.numbers(counts[role], t, panels.starts[role]) for role in schema.ROLES]
    heads = [_role_head(role, panels, t, sorting=role == sort) for role in schema.ROLES]
    return [*numbers, *heads]


def _role_head(role: str, panels: _Panels, t: Translator, *, sorting: bool) -> Trace:
    """The word above a panel, marked where the rows are sorted by what stands below it."""
    text = f"<b>{t(f'role.{role}')}</b>"
    if sorting:
        text += " ▼"
    return texts([panels.starts[role]], [0], [text], "top right", size=SMALL)


def _weighted(rows: Rows, loads: list[float], panels: _Panels, t: Translator) -> Trace:
    """The weighted loads at the right edge."""
    numbers = [short_number(load, t) for load in loads]
    return texts([panels.width] * len(numbers), rows.middles, numbers, "middle left")


def _weighted_head(weight: str, t: Translator) -> Trace:
    """The word above the weighted loads with the weight, which tells on hover how they are made."""
    return in_margin(
        f"<b>{t('field.weighted')}</b> ▼<br>{t('chart.weight', w=weight)}",
        x=1,
        y=1,
        xanchor="right",
        yanchor="bottom",
        align="right",
        hovertext=in_lines(wrapped(t("help.weighted"), HOVER_LIMIT)),
    )
