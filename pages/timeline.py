"""Timeline: what falls due in which month, each measure's window, and the rows of one month."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.marks import opens
from lib.web import address, choices, counts, details, draw, opened
from lib.web.drawing import Drawing, heat_map
from lib.web.view import MANY, MORE, PAGE_ROWS, Board, board


def rows_of_the_year(view: Board) -> workload.Positions:
    return workload.in_year(view.table, view.rows, view.as_of.year)


def headline(view: Board) -> str:
    year = view.as_of.year
    of_the_year = counts.by_month(view, year)
    outside = workload.outside(view.table, view.rows, year)
    finding = sentences.months_finding(of_the_year, year, outside, view.total, view.t)
    return finding + view.t("text.stop")


def lanes(view: Board, lane: str) -> Drawing:
    grid = workload.by_lane(view.table, view.rows, view.as_of.year, lane, MORE)
    return heat_map(
        view,
        grid,
        key="lanes",
        unit="due",
        head=view.t(f"lane.{lane}"),
        finding=sentences.grid_finding(grid, "due", view.t),
        opens=lambda _name, month: opens(month=f"{view.as_of.year}-{int(month):02}", count="due"),
    )


def windows(view: Board, lane: str, first: int, limit: int) -> Drawing:
    day, t = view.as_of, view.t
    rows = view.once(rows_of_the_year)
    of_the_year = counts.by_month(view, day.year)
    bars = workload.bars(view.table, rows, day, lane, first, limit)
    finding = sentences.timeline_finding(bars, day, t)
    chart = charts.timeline(bars, of_the_year, day.year, day, t)
    return Drawing(chart, "timeline", finding, lambda: tables.bars(bars, t))


view, t = board(), board().t
draw.headline(view.once(headline))
total = len(view.once(rows_of_the_year))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    lane = choices.choose(address.LANE, t("lane.by"), width=180)
    choices.month(view)
    part = choices.part(total if total >= MANY else 0)
first, limit = 0, MANY
if total >= MANY:
    first, limit = (part - 1) * PAGE_ROWS, PAGE_ROWS
    draw.figure(view.once(lanes, lane))
draw.figure(view.once(windows, lane, first, limit), opened.here())
details.below(view, "leader", opened.opened(view, ""), "")
