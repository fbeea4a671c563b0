"""A chart and what belongs to it: what a page composes, and `draw.figure` draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import pandas as pd

from lib import workload
from lib.answers import charts, tables
from lib.web.view import Board


class Drawing(NamedTuple):
    """A chart and what belongs to it.

    chart: the Plotly figure.
    key: of its widget; the table's keys begin with it.
    finding: the sentence above it, and its alternative text.
    table: makes the same numbers as a table, when it is opened; its index holds what a row picks.
    """

    chart: Any
    key: str
    finding: str
    table: Callable[[], pd.DataFrame]


def heat_map(
    view: Board,
    grid: workload.Grid,
    *,
    key: str,
    unit: str,
    columns: Literal["months", "names"],
    head: str,
    finding: str,
    picked: str = "",
) -> Drawing:
    """A grid of counts as a chart and as a table.

    Args:
        view: whose words it has.
        grid: the counts.
        key: of the widget.
        unit: what a cell counts, as `charts.heat` has it.
        columns: what stands across.
        head: the table's heading of what stands down.
        finding: the sentence above it.
        picked: the name whose row stands out, "" for none.
    """
    chart = charts.heat(grid, view.t, unit=unit, columns=columns, picked=(picked, ""))
    by_month = columns == "months"
    return Drawing(chart, key, finding, lambda: tables.grid(grid, head, view.t, by_month))
