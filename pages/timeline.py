"""Timeline: what falls due in which month, each measure's window in lanes, and the rows of one month."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import ui


def load(view: ui.Board) -> tuple:
    year = view.as_of.year
    months = workload.by_month(view.table, view.rows, year)
    finding = sentences.months_finding(
        months, year, workload.outside(view.table, view.rows, year), view.total, view.t
    )
    shown = workload.in_year(view.table, view.rows, year)
    return months, finding + view.t("text.stop"), ui.months(view), shown


def lanes(view: ui.Board, lane: str) -> ui.Drawing:
    grid, t = workload.by_lane(view.table, view.rows, view.as_of.year, lane, ui.MORE), view.t
    figure = charts.heat(grid, t, unit="due", columns="months")
    finding = sentences.grid_finding(grid, "due", t)
    return figure, "lanes", finding, lambda: tables.grid(grid, t(f"lane.{lane}"), t, True)


def chart(view: ui.Board, lane: str, start: int, limit: int) -> ui.Drawing:
    months, _, _, shown = view.once(load)
    bars = workload.bars(view.table, shown, view.as_of, lane, start, limit)
    figure = charts.timeline(bars, months, view.as_of.year, view.as_of, view.t)
    return (
        figure,
        "timeline",
        sentences.timeline_finding(bars, view.as_of, view.t),
        lambda: tables.bars(bars, view.t),
    )


def of_month(view: ui.Board, month: str) -> tuple:
    rows = workload.due_in(view.table, view.rows, month)
    listing = workload.listing(view.table, rows[: ui.PAGE_ROWS], view.as_of)
    months = workload.by_month(view.table, view.rows, int(month[:4]))
    return sentences.month_rows(month, months, view.t), tables.fitted(
        tables.measures(listing, ui.COLUMNS, view.t)
    )


view, t = ui.board(), ui.board().t
_, headline, months, shown = view.once(load)
ui.headline(headline)
many = len(shown) >= ui.MANY
with st.container(horizontal=True, gap="small", key="choices"):
    lane = ui.choose(
        "lane",
        t("lane.by"),
        workload.LANES,
        lambda name: t(f"lane.{name}"),
        t("lane.leader"),
        width=180,
    )
    month = ui.choose(
        "month", t("field.month"), months, lambda name: sentences.month(name, t), width=180
    )
    page = ui.page_of(len(shown) if many else 0)
if many:
    ui.figure(*view.once(lanes, lane or "leader"))
first, limit = ((page - 1) * ui.PAGE_ROWS, ui.PAGE_ROWS) if many else (0, 2 * ui.MANY)
ui.figure(*view.once(chart, lane or "leader", first, limit), ui.on_timeline(view))
if month:
    heading, listing = view.once(of_month, month)
    ui.heading(heading)
    ui.grid(listing, "month_rows", ui.go("measures.py", pick="{}"))
    with st.container(key="open_month"):
        ui.link("measures", t("pick.month"), {"month": month})
