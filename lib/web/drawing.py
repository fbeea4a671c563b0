"""A chart and what belongs to it: what a page composes, and `draw.figure` draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from lib import workload
from lib.answers import charts, tables
from lib.answers.marks import opens
from lib.answers.text_table import TextTable
from lib.web.view import Board


class Drawing(NamedTuple):
    """A chart and what belongs to it.

    chart: the Plotly figure.
    key: of its widget; the table's keys begin with it.
    finding: the sentence above it, and its alternative text.
    table: makes the same numbers as a table, when it is opened.
    """

    chart: Any
    key: str
    finding: str
    table: Callable[[], TextTable]


def month_cells(view: Board, counting: workload.Counting, **parameters: str) -> charts.Opens:
    """What a cell of a grid of months opens: what of a name is due, or in force, in a month.

    parameters: of `marks.opens` that all cells have.
    """
    year = view.as_of.year

    def cell_opens(name: str, month: str) -> str:
        return opens(pick=name, month=f"{year}-{int(month):02}", count=counting, **parameters)

    return cell_opens


def heat_map(
    view: Board,
    grid: workload.Grid,
    *,
    key: str,
    unit: str,
    head: str,
    finding: str,
    cell_opens: charts.Opens,
    picked: str = "",
) -> Drawing:
    """A grid of counts as a chart and as a table.

    Args:
        view: whose words it has.
        grid: the counts.
        key: of the widget.
        unit: what a cell counts, as `charts.heat` has it.
        head: the table's heading of what stands down.
        finding: the sentence above it.
        cell_opens: what a cell opens, by the names of its row and its column.
        picked: the name whose row stands out, "" for none.
    """
    by_month = unit in get_args(workload.Counting)
    columns: charts.Columns = "months" if by_month else "names"
    chart = charts.heat(
        grid, view.t, unit=unit, columns=columns, opens=cell_opens, picked=(picked, "")
    )
    return Drawing(
        chart, key, finding, lambda: tables.grid(grid, head, view.t, by_month, cell_opens)
    )
