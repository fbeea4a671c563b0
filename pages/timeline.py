"""Timeline: what falls due in which month, each measure's window, and the rows of one month."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import address, choices, counts, draw
from lib.web.drawing import Drawing, heat_map
from lib.web.view import COLUMNS, MANY, MORE, PAGE_ROWS, Board, board, months


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
        columns="months",
        head=view.t(f"lane.{lane}"),
        finding=sentences.grid_finding(grid, "due", view.t),
    )


def windows(view: Board, lane: str, first: int, limit: int) -> Drawing:
    day, t = view.as_of, view.t
    rows = view.once(rows_of_the_year)
    of_the_year = counts.by_month(view, day.year)
    bars = workload.bars(view.table, rows, day, lane, first, limit)
    finding = sentences.timeline_finding(bars, day, t)
    chart = charts.timeline(bars, of_the_year, day.year, day, t)
    return Drawing(chart, "timeline", finding, lambda: tables.bars(bars, t))


def heading_of(view: Board, month: str) -> str:
    year = int(month[:4])
    return sentences.month_rows(month, counts.by_month(view, year), view.t)


def rows_of(view: Board, month: str) -> tables.Fitted:
    rows = workload.due_in(view.table, view.rows, month)
    listing = workload.listing(view.table, rows[:PAGE_ROWS], view.as_of)
    return tables.fitted(tables.measures(listing, COLUMNS, view.t))


view, t = board(), board().t
draw.headline(view.once(headline))
total = len(view.once(rows_of_the_year))
with st.container(horizontal=True, gap="small", key="choices"):
    lane = choices.choose(address.LANE, t("lane.by"), width=180)
    offered = address.MONTH.among(view.once(months))
    month = choices.choose(offered, t("field.month"), width=180)
    part = choices.part(total if total >= MANY else 0)
first, limit = 0, MANY
if total >= MANY:
    first, limit = (part - 1) * PAGE_ROWS, PAGE_ROWS
    draw.figure(view.once(lanes, lane))
draw.figure(view.once(windows, lane, first, limit), choices.on_timeline(view))
if month:
    draw.heading(view.once(heading_of, month))
    draw.grid(view.once(rows_of, month), "month_rows", draw.go("measures.py", pick="{}"))
    with st.container(key="open_month"):
        draw.link("measures", t("pick.month"), {"month": month})
