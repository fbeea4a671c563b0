"""The cells of a timeline's folded lanes: what falls due in each month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from lib.answers.charts.figure import MONTHS, Trace
from lib.answers.charts.lanes import CELL, Lane
from lib.answers.charts.shades import shade
from lib.answers.charts.traces import bars
from lib.answers.charts.words import SMALL, short_number
from lib.answers.marks import CellOpens, of_cell, of_lane
from lib.i18n import Translator
from lib.workload import OTHERS

CELL_WIDTH: Final = 0.96  # of a month


class _Cell(NamedTuple):
    """What falls due in a month of a folded lane."""

    lane: Lane
    month: int
    due: int

    @property
    def sums_up_others(self) -> bool:
        """Whether it counts the lanes that do not fit, whose sum would outshine the rest."""
        return self.lane.name == OTHERS

    def text(self, t: Translator) -> str:
        """Its number, "" where it counts none."""
        if not self.due:
            return ""
        return short_number(self.due, t)


def folded_cells(folded: Sequence[Lane], t: Translator, cell_opens: CellOpens) -> Trace:
    """A cell for each month of each folded lane, darker for more."""
    cells: list[_Cell] = []
    for lane in folded:
        for month, due in zip(MONTHS, lane.due, strict=True):
            cells.append(_Cell(lane, month, due))
    counts = [0 if cell.sums_up_others else cell.due for cell in cells]
    most = max(counts, default=0)
    shades = [shade(count, most) for count in counts]
    return bars(
        [cell.month for cell in cells],
        [CELL] * len(cells),
        {"color": [each.back for each in shades], "line": {"width": 0}},
        base=[cell.lane.cells_top for cell in cells],
        width=CELL_WIDTH,
        customdata=[_cell_opens(cell, cell_opens) for cell in cells],
        hovertext=[cell.lane.hover(cell.month, t) for cell in cells],
        text=[cell.text(t) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": SMALL, "color": [each.ink for each in shades]},
        textangle=0,
    )


def _cell_opens(cell: _Cell, cell_opens: CellOpens) -> str:
    """What a cell opens: the measures that it counts, or where it counts none, its lane."""
    if not cell.due:
        return of_lane(cell.lane.name)
    return of_cell(cell.lane.name, str(cell.month), cell.due, cell_opens)
