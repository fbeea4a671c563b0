"""The timeline: which of its lanes are open, the figure, and the lanes' headings over it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from urllib.parse import unquote_plus

import msgspec
import streamlit as st

from lib import workload
from lib.answers import charts, progress, sentences, tables
from lib.answers.charts import Timeline
from lib.answers.marks import CellOpens, of_lane
from lib.answers.text_table import TextTable
from lib.web import address, choices, components, counts, draw, uses
from lib.web import opened as opened_rows
from lib.web.drawing import Drawing, month_cells
from lib.web.markdown import plain
from lib.web.sheet import Whose
from lib.web.uses import Misfit
from lib.web.view import FIRST_NAMES, Board, Frame, board, slice_of_part

UNFOLDED: Final = 25  # bars that fit about two screens; where there are more, lanes start folded
FIGURE: Final = "timeline"  # the key of the figure
KEY: Final = "lanes"
HEADINGS: Final = components.of_assets("lanes", "<ol></ol>")
# Kind of lanes → whose the names are
WHOSE: Final[dict[str, Whose]] = {
    "leader": "leader",
    "lead": "department",
    "section": "section",
}


# --- which are open -------------------------------------------------------------------------------


def by_lane(view: Board, lane: str, limit: int) -> workload.Lanes:
    """The lanes of the day's year.

    Args:
        lane: one of `workload.LANES`.
        limit: how many are shown before the others are summed up.
    """
    rows = view.once(_rows_of_the_year)
    return workload.by_lane(view.table, rows, view.year, lane, limit)


def count(view: Board, lane: str) -> int:
    """How many lanes there are in all."""
    due = view.once(by_lane, lane, FIRST_NAMES.main).due
    names_summed_up, _ = due.others
    return len(_names(due)) + names_summed_up


def _names(due: workload.Grid) -> list[str]:
    return [name for name in due.rows if name != workload.OTHERS]


def _rows_of_the_year(view: Board) -> workload.Positions:
    return workload.in_year(view.table, view.rows, view.year)


def _can_fold(lanes: workload.Lanes) -> bool:
    """Whether there is more than fits about two screens, in more than one lane."""
    return sum(lanes.measures) > UNFOLDED and len(lanes.measures) > 1


def opened(lanes: workload.Lanes) -> tuple[str, ...]:
    """The names of the lanes that are open: those that the URL names, or all where none can fold.

    What the URL names and is no lane of any kind is said on the page.
    """
    asked = uses.texts(address.OPEN)
    for name in asked:
        misfit = Misfit(address.OPEN.name, name)
        if not _is_known(name) and uses.is_news(misfit):
            st.warning(plain(board().t("note.misfit", key=misfit.key, value=name)))
    names = _names(lanes.due)
    if not _can_fold(lanes):
        return tuple(names)
    return tuple(name for name in names if name in asked)


def _is_known(name: str) -> bool:
    """Whether a name is a lane by some kind of lanes: it may be left from another kind or year."""
    codes = board().table.codes
    columns = (codes.leaders, codes.lead, codes.sections)
    return name == workload.NOBODY or any(column.code_of(name) >= 0 for column in columns)


def longest(lanes: workload.Lanes, names: tuple[str, ...]) -> int:
    """How many measures the fullest open lane has."""
    measures_by_lane = zip(lanes.due.rows, lanes.measures, strict=True)
    of_open_lanes = [count for name, count in measures_by_lane if name in names]
    return max(of_open_lanes, default=0)


def picked(lanes: workload.Lanes) -> str:
    """The lane of which rows are opened, "" for none."""
    return choices.code_in_url(address.PICK.among(lanes.due.rows))


def _open_or_turn(query: str) -> None:
    """Open the rows that a cell counts, or the measure of a bar; of what counts none, turn the lane."""
    key, _, name = query.partition("=")
    if key == address.OPEN.name:
        _turn(unquote_plus(name))
    else:
        opened_rows.here(FIGURE)(query)


def _turn(name: str) -> None:
    """Open a lane in the URL, or fold it."""
    asked = st.query_params.get_all(address.OPEN.name)
    if name in asked:
        asked.remove(name)
    elif name:
        asked.append(name)
    st.query_params[address.OPEN.name] = asked


# --- the figure -----------------------------------------------------------------------------------


def figure(view: Board, lane: str, limit: int, opened: tuple[str, ...], part: int) -> None:
    """The lanes under a sentence, the headings over them.

    Args:
        view: whose rows of the day's year stand in them.
        lane: one of `workload.LANES`.
        limit: how many lanes are shown before the others are summed up.
        opened: the names of the lanes that are open.
        part: which fifty of each open lane are shown, 1 for the first.
    """
    timeline = view.once(_timeline, lane, limit, opened, part)
    bars = view.once(_bars, lane, opened, part)
    lanes = view.once(by_lane, lane, limit)
    cell_opens = _month_cells(view, lane)

    def table() -> TextTable:
        if bars.empty:
            return tables.lanes(lanes, lane, view.t, cell_opens)
        return tables.bars(bars, counts.segments(view), view.t)

    drawing = Drawing(
        chart=timeline.figure,
        key=FIGURE,
        finding=view.once(_finding, lane, limit),
        table=table,
    )
    with st.container(key="timeline_lanes", gap=None):
        draw.figure(drawing, _open_or_turn)
        _headings(timeline, lanes)


def _timeline(view: Board, lane: str, limit: int, opened: tuple[str, ...], part: int) -> Timeline:
    bars = view.once(_bars, lane, opened, part)
    lanes = view.once(by_lane, lane, limit)
    of_the_year = counts.by_month(view, view.year)
    return charts.timeline(
        lanes,
        charts.OpenLanes(opened, bars, counts.segments(view)),
        of_the_year,
        view.as_of,
        view.t,
        year=view.year,
        cell_opens=_month_cells(view, lane),
    )


def _month_cells(view: Board, lane: str) -> CellOpens:
    """What the cell of a lane in a month opens."""
    part = "lead" if lane == "lead" else ""
    return month_cells(view, "due", part=part)


def _bars(view: Board, lane: str, opened: tuple[str, ...], part: int) -> Frame:
    rows = view.once(_rows_of_the_year)
    bars = workload.bars(view.table, rows, view.as_of, lane, opened, slice_of_part(part))
    if view.progress is None:
        return bars
    return progress.with_status(bars, counts.segments(view), view.progress)


def _finding(view: Board, lane: str, limit: int) -> str:
    rows = view.once(_rows_of_the_year)
    running = workload.running(view.table, rows, view.as_of)
    lanes = view.once(by_lane, lane, limit)
    return sentences.timeline_finding(lanes, len(rows), running, view.t)


def _headings(timeline: Timeline, lanes: workload.Lanes) -> None:
    """The headings of the lanes over the figure's own, which stay in sight and open or fold."""
    folds = _can_fold(lanes)
    headings = [
        {
            "words": "\n".join(lane.lines),
            "top": timeline.top + lane.top,
            "height": lane.bottom - lane.top,
            "head": lane.head,
            "open": lane.is_open,
            "turns": folds or lane.name == workload.OTHERS,
        }
        for lane in timeline.lanes
    ]
    names = [lane.name for lane in timeline.lanes]
    HEADINGS(
        key=KEY,
        data=msgspec.json.encode({"height": timeline.height, "lanes": headings}),
        on_turned_change=partial(_turn_clicked, names),
    )


def _turn_clicked(names: Sequence[str]) -> None:
    number = st.session_state[KEY]["turned"]
    if number in range(len(names)):  # whatever a browser sends
        _open_or_turn(of_lane(names[number]))
