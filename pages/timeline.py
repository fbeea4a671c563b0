"""Timeline: what falls due in which month, each measure's window, and the rows of one month."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import address, choices, draw
from lib.web.draw import Drawing
from lib.web.view import COLUMNS, MANY, MORE, PAGE_ROWS, Board, Frame, board, months

CHOICE_WIDTH = 180  # pixels


class MonthRows(NamedTuple):
    heading: str
    listing: tables.Fitted


def by_month(view: Board) -> Frame:
    return workload.by_month(view.table, view.rows, view.as_of.year)


def rows_of_the_year(view: Board) -> workload.Positions:
    return workload.in_year(view.table, view.rows, view.as_of.year)


def headline(view: Board) -> str:
    year = view.as_of.year
    outside = workload.outside(view.table, view.rows, year)
    finding = sentences.months_finding(view.once(by_month), year, outside, view.total, view.t)
    return finding + view.t("text.stop")


def lanes(view: Board, lane: str) -> Drawing:
    t = view.t
    grid = workload.by_lane(view.table, view.rows, view.as_of.year, lane, MORE)
    finding = sentences.grid_finding(grid, "due", t)
    chart = charts.heat(grid, t, unit="due", columns="months")
    return Drawing(chart, "lanes", finding, lambda: tables.grid(grid, t(f"lane.{lane}"), t, True))


def windows(view: Board, lane: str, first: int, limit: int) -> Drawing:
    day, t = view.as_of, view.t
    rows = view.once(rows_of_the_year)
    bars = workload.bars(view.table, rows, day, lane, first, limit)
    finding = sentences.timeline_finding(bars, day, t)
    chart = charts.timeline(bars, view.once(by_month), day.year, day, t)
    return Drawing(chart, "timeline", finding, lambda: tables.bars(bars, t))


def rows_of_month(view: Board, month: str) -> MonthRows:
    rows = workload.due_in(view.table, view.rows, month)
    listing = workload.listing(view.table, rows[:PAGE_ROWS], view.as_of)
    year = int(month[:4])
    heading = sentences.month_rows(month, workload.by_month(view.table, view.rows, year), view.t)
    return MonthRows(heading, tables.fitted(tables.measures(listing, COLUMNS, view.t)))


view, t = board(), board().t
draw.headline(view.once(headline))
total = len(view.once(rows_of_the_year))
with st.container(horizontal=True, gap="small", key="choices"):
    by_leader = address.LANE.word("leader", t)
    lane = choices.choose(address.LANE, t("lane.by"), by_leader, width=CHOICE_WIDTH) or "leader"
    offered = address.MONTH.among(view.once(months))
    month = choices.choose(offered, t("field.month"), width=CHOICE_WIDTH)
    part = choices.part(total if total >= MANY else 0)
if total >= MANY:
    draw.figure(view.once(lanes, lane))
    drawing = view.once(windows, lane, (part - 1) * PAGE_ROWS, PAGE_ROWS)
else:
    drawing = view.once(windows, lane, 0, MANY)
draw.figure(drawing, choices.on_timeline(view))
if month:
    rows = view.once(rows_of_month, month)
    draw.heading(rows.heading)
    draw.grid(rows.listing, "month_rows", draw.go("measures.py", pick="{}"))
    with st.container(key="open_month"):
        draw.link("measures", t("pick.month"), {"month": month})
