"""Overview: what there is, what falls due when, who carries it, what comes next."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.text_table import TextTable
from lib.web import counts, draw, opened
from lib.web.drawing import Drawing, load_in_roles, load_in_segments
from lib.web.view import FIRST_NAMES, Board, board

CARDS = ("this_month", workload.NEXT_30, "passed", "ongoing")
COMING = 10  # measures that come next


class Coming(NamedTuple):
    finding: str
    listing: TextTable


def months(view: Board) -> Drawing:
    t = view.t
    year = view.year
    months_of_year = counts.by_month(view, year)
    split = counts.due_split(view, year)
    return Drawing(
        chart=charts.month_strip(months_of_year, view.as_of, t, year=year, split=split),
        key="months",
        finding=counts.months_finding(view),
        table=lambda: tables.months(months_of_year, year, t),
    )


def leaders(view: Board) -> Drawing:
    return load_in_segments(
        view,
        "leader",
        limit=FIRST_NAMES.beside,
        key="leaders",
        finding=counts.leaders_finding(view),
    )


def departments(view: Board) -> Drawing:
    loads = counts.by_department(view)
    finding = counts.departments_finding(view)
    return load_in_roles(view, loads, limit=FIRST_NAMES.beside, finding=finding)


def coming(view: Board) -> Coming:
    measures = workload.next_due(view.table, view.rows, view.as_of, COMING)
    positions = measures["position"].to_numpy()
    milestones = workload.milestones(view.table, positions)
    return Coming(
        finding=sentences.next_finding(measures, view.t),
        listing=tables.coming(measures, milestones, view.as_of, view.t),
    )


view = board()
draw.headline(view.once(counts.headline))
draw.progress(view)
draw.cards(counts.by_state(view), counts.due_soon(view), CARDS)
draw.note(view.once(counts.state_notes))
due_months = view.once(months)
draw.figure(due_months, draw.go("measures.py"))
left, right = st.columns(2, gap="medium")
with left:
    leader_loads = view.once(leaders)
    draw.figure(leader_loads, draw.go("leaders.py"))
with right:
    department_loads = view.once(departments)
    draw.figure(department_loads, draw.go("departments.py"))
next_due = view.once(coming)
draw.heading(next_due.finding)
draw.grid(next_due.listing, "next", opened.here(), caption=next_due.finding)
