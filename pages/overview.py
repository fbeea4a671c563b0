"""Overview: what there is, what falls due when, who carries it, what comes next."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.text_table import TextTable
from lib.web import counts, draw, opened
from lib.web.drawing import Drawing, load_by_state
from lib.web.view import FIRST_NAMES, Board, board

CARDS = ("this_month", workload.NEXT_30, "passed", "ongoing")
COMING = 10  # measures that come next


class Coming(NamedTuple):
    finding: str
    listing: TextTable


def states(view: Board) -> dict[str, int]:
    return workload.by_state(view.table, view.rows, view.as_of)


def soon(view: Board) -> int:
    return workload.due_soon(view.table, view.rows, view.as_of)


def months(view: Board) -> Drawing:
    day, t = view.as_of, view.t
    of_the_year = counts.by_month(view, day.year)
    outside = workload.outside(view.table, view.rows, day.year)
    finding = sentences.months_finding(of_the_year, day.year, outside, view.total, t)
    chart = charts.month_strip(of_the_year, day, t)
    return Drawing(chart, "months", finding, lambda: tables.months(of_the_year, day.year, t))


def leaders(view: Board) -> Drawing:
    loads, finding = counts.by_leader(view), counts.leaders_finding(view)
    return load_by_state(
        view, loads, limit=FIRST_NAMES.beside, key="leaders", finding=finding, table=tables.leaders
    )


def departments(view: Board) -> Drawing:
    weight, t = view.weight, view.t
    loads = counts.by_department(view)
    first = workload.top(loads, FIRST_NAMES.beside)
    finding = counts.departments_finding(view)
    chart = charts.department_load(first, t, weight=weight)
    return Drawing(chart, "departments", finding, lambda: tables.departments(first, weight, t))


def coming(view: Board) -> Coming:
    rows = workload.next_due(view.table, view.rows, view.as_of, COMING)
    milestones = workload.milestones(view.table, rows["position"].to_numpy())
    listing = tables.coming(rows, milestones, view.as_of, view.t)
    return Coming(sentences.next_finding(rows, view.t), listing)


view = board()
draw.headline(view.once(counts.headline))
draw.cards(view.once(states), view.once(soon), CARDS)
draw.note(view.once(counts.state_notes))
draw.figure(view.once(months), draw.go("measures.py"))
left, right = st.columns(2, gap="medium")
with left:
    draw.figure(view.once(leaders), draw.go("leaders.py"))
with right:
    draw.figure(view.once(departments), draw.go("departments.py"))
next_due = view.once(coming)
draw.heading(next_due.finding)
draw.grid(next_due.listing, "next", opened.here(), caption=next_due.finding)
