"""Overview: what there is, what falls due when, who carries it, what comes next."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import draw
from lib.web.draw import Drawing
from lib.web.view import TOP, Board, Frame, board

CARDS = ("this_month", "within_30", "passed", "ongoing")
COMING = 10  # measures that come next


class Overview(NamedTuple):
    headline: str
    states: dict[str, int]
    months: Drawing
    leaders: Drawing
    departments: Drawing
    coming_finding: str
    coming: tables.Fitted


def overview(view: Board) -> Overview:
    table, rows, day, t = view.table, view.rows, view.as_of, view.t
    months = workload.by_month(table, rows, day.year)
    leaders = workload.by_leader(table, rows, day)
    departments = workload.by_department(table, rows, weight=view.weight)
    coming = workload.next_due(table, rows, day, COMING)
    milestones = workload.milestones(table, coming["position"].to_numpy())
    return Overview(
        sentences.headline(
            view.total, day, t, months=months, leaders=leaders, departments=departments
        ),
        workload.by_state(table, rows, day),
        months_drawing(view, months),
        leaders_drawing(view, leaders),
        departments_drawing(view, departments),
        sentences.next_finding(coming, t),
        tables.fitted(tables.coming(coming, milestones, day, t)),
    )


def months_drawing(view: Board, months: Frame) -> Drawing:
    day, t = view.as_of, view.t
    outside = workload.outside(view.table, view.rows, day.year)
    finding = sentences.months_finding(months, day.year, outside, view.total, t)
    chart = charts.month_strip(months, day, t)
    return Drawing(chart, "months", finding, lambda: tables.months(months, day.year, t))


def leaders_drawing(view: Board, leaders: Frame) -> Drawing:
    first, t = workload.top(leaders, TOP), view.t
    finding = sentences.leaders_finding(leaders, view.total, t)
    chart = charts.leader_load(first, t)
    return Drawing(chart, "leaders", finding, lambda: tables.leaders(first, t))


def departments_drawing(view: Board, departments: Frame) -> Drawing:
    first, t, weight = workload.top(departments, TOP), view.t, view.weight
    finding = sentences.departments_finding(departments, t)
    chart = charts.department_load(first, t, weight=weight)
    return Drawing(chart, "departments", finding, lambda: tables.departments(first, weight, t))


part = board().once(overview)
draw.headline(part.headline)
draw.cards(part.states, CARDS)
draw.figure(part.months, draw.go("measures.py", month="{}"))
left, right = st.columns(2, gap="medium")
with left:
    draw.figure(part.leaders, draw.go("leaders.py", pick="{}"))
with right:
    draw.figure(part.departments, draw.go("departments.py", pick="{}"))
draw.heading(part.coming_finding)
draw.grid(part.coming, "next", draw.go("measures.py", pick="{}"))
