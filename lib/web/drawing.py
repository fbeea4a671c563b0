"""A chart and what belongs to it: what a page composes, and `draw.figure` draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, get_args

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.marks import CellOpens, opens
from lib.answers.text_table import TextTable
from lib.web import counts
from lib.web.view import Board, Frame


class Drawing(NamedTuple):
    """A chart and what belongs to it.

    chart: the Plotly figure.
    key: of its widget; the table's keys begin with it.
    finding: the sentence above it, and its alternative text.
    table: makes the same numbers as a table, when it is opened.
    is_wide: whether it is scrolled where the page is narrow.
    """

    chart: Any
    key: str
    finding: str
    table: Callable[[], TextTable]
    is_wide: bool = False


NARROW: Final = 16  # columns whose numbers can be read on a telephone


def load_in_segments(
    view: Board, whose: workload.Whose, *, limit: int, key: str, finding: str, picked: str = ""
) -> Drawing:
    """Names with their measures by date state, or where a list is followed, by light.

    Args:
        whose: the names are; of departments what they lead.
        limit: names that are shown before the others are summed up.
        key: of the widget.
        finding: the sentence above it.
        picked: the name that stands out, "" for none.
    """
    t = view.t
    first = workload.top(counts.split(view, whose), limit, also=picked)
    segments = counts.segments(view)
    role = "lead" if whose == "department" else ""
    chart = charts.load_in_segments(first, segments, t, picked, role)
    return Drawing(chart, key, finding, lambda: tables.loads(first, segments, t))


def load_in_roles(
    view: Board,
    loads: Frame,
    *,
    limit: int,
    finding: str,
    sort: str = "weighted",
    picked: str = "",
) -> Drawing:
    """Departments with what they lead and what they support.

    Args:
        view: whose words and weight it has.
        loads: `workload.by_department`.
        limit: names that are shown before the others are summed up.
        finding: the sentence above it.
        sort: the column by which the departments are sorted.
        picked: the name that stands out, "" for none.
    """
    t, weight = view.t, view.weight
    first = workload.top(loads, limit, also=picked)
    return Drawing(
        chart=charts.department_load(first, t, sort, weight, picked),
        key="departments",
        finding=finding,
        table=lambda: tables.departments(first, weight, t),
    )


def finding_in_role(view: Board, grid: workload.Grid, kind: str, role: workload.Role) -> str:
    """What a grid of departments in one role shows. kind: as `sentences.grid_finding` has it."""
    text = sentences.grid_finding(grid, kind, view.t)
    return view.t("finding.in_role", role=view.t(f"role.{role}"), text=text)


def months_of_names(
    view: Board, grid: workload.Grid, counting: workload.Counting, down: str, picked: str
) -> Drawing:
    """Names × the months of the day's year. down: whose names they are, as `heat_map` has it."""
    return heat_map(
        view,
        grid,
        key="months",
        unit=counting,
        down=down,
        finding=sentences.grid_finding(grid, counting, view.t),
        cell_opens=month_cells(view, counting),
        picked=picked,
    )


def months_of_role(
    view: Board,
    grid: workload.Grid,
    counting: workload.Counting,
    role: workload.Role,
    picked: str,
) -> Drawing:
    """Departments in one role × the months of the day's year."""
    return heat_map(
        view,
        grid,
        key=months_key(role),
        unit=counting,
        down="department",
        finding=finding_in_role(view, grid, counting, role),
        cell_opens=month_cells(view, counting, part=role),
        picked=picked,
    )


def months_key(role: workload.Role) -> str:
    """The key of the figure that `months_of_role` makes."""
    return f"months_{role}"


def month_cells(view: Board, counting: workload.Counting, **parameters: str) -> CellOpens:
    """What a cell of a grid of months opens: what of a name is due, or in force, in a month.

    parameters: of `marks.opens` that all cells have.
    """
    year = view.year

    def cell_opens(name: str, month: str) -> str:
        return opens(pick=name, month=f"{year}-{int(month):02}", count=counting, **parameters)

    return cell_opens


def heat_map(
    view: Board,
    grid: workload.Grid,
    *,
    key: str,
    unit: str,
    down: str,
    finding: str,
    cell_opens: CellOpens,
    picked: str = "",
) -> Drawing:
    """A grid of counts as a chart and as a table.

    Args:
        view: whose words it has.
        grid: the counts.
        key: of the widget.
        unit: what a cell counts, as `charts.heat` has it.
        down: the field whose names stand down it.
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
        chart,
        key,
        finding,
        lambda: tables.grid(grid, down, view.t, by_month, cell_opens),
        is_wide=len(grid.columns) > NARROW,
    )
