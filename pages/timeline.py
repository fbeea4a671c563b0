"""Timeline: what falls due in which month, and in lanes each measure's window."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import address, choices, counts, details, draw, lanes, opened
from lib.web.drawing import Drawing
from lib.web.view import FIRST_NAMES, Board, board


def headline(view: Board) -> str:
    year = view.as_of.year
    of_the_year = counts.by_month(view, year)
    outside = workload.outside(view.table, view.rows, year)
    finding = sentences.months_finding(of_the_year, year, outside, view.total, view.t)
    return finding + view.t("text.stop")


def month_head(view: Board, month: str) -> Drawing:
    day, t = view.as_of, view.t
    of_the_year = counts.by_month(view, day.year)
    chart = charts.month_head(of_the_year, day, t, year=day.year, picked=month)
    finding = t("finding.months_of", year=day.year)
    return Drawing(chart, "month_head", finding, lambda: tables.months(of_the_year, day.year, t))


view, t = board(), board().t
draw.headline(view.once(headline))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    lane = choices.choose(address.LANE, t("lane.by"), width=180)
    choices.month(view)
    count = view.once(lanes.count, lane)
    limit = choices.limits(count, FIRST_NAMES.main).main
    in_lanes = view.once(lanes.by_lane, lane, limit)
    open_lanes = lanes.opened(in_lanes)
    part = choices.part(lanes.longest(in_lanes, open_lanes))
shown = opened.opened(view, lanes.picked(in_lanes), lanes.FIGURE)
draw.figure(view.once(month_head, shown.of.month), opened.here())
details.below(view, lanes.WHOSE[lane], shown, "")
lanes.figure(view, lane, limit, open_lanes, part)
details.below(view, lanes.WHOSE[lane], shown, lanes.FIGURE)
draw.note(view.once(counts.state_notes))
