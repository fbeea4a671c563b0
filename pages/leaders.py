"""Leaders: who carries what, in which date state, in which months, with which departments."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import choices, details, draw
from lib.web.draw import Drawing
from lib.web.view import MORE, TOP, Board, Frame, board


def by_leader(view: Board) -> Frame:
    return workload.by_leader(view.table, view.rows, view.as_of)


def headline(view: Board) -> str:
    finding = sentences.leaders_finding(view.once(by_leader), view.total, view.t)
    return finding + view.t("text.stop")


def load(view: Board, name: str) -> Drawing:
    leaders, t = view.once(by_leader), view.t
    first = workload.top(leaders, MORE)
    finding = sentences.pressing_finding(leaders, t)
    chart = charts.leader_load(first, t, name)
    return Drawing(chart, "leaders", finding, lambda: tables.leaders(first, t))


def by_month(view: Board, counting: workload.Counting, name: str) -> Drawing:
    t = view.t
    grid = workload.leader_by_month(view.table, view.rows, view.as_of.year, counting, TOP)
    finding = sentences.grid_finding(grid, counting, t)
    chart = charts.heat(grid, t, unit=counting, columns="months", picked=(name, ""))
    return Drawing(chart, "months", finding, lambda: tables.grid(grid, t("field.leader"), t, True))


def by_department(view: Board, role: workload.Role, name: str) -> Drawing:
    t = view.t
    grid = workload.leader_by_department(view.table, view.rows, role, TOP)
    text = sentences.grid_finding(grid, "leader_department", t)
    finding = t("finding.in_role", role=t(f"role.{role}"), text=text)
    chart = charts.heat(grid, t, unit=role, columns="names", picked=(name, ""))
    return Drawing(chart, role, finding, lambda: tables.grid(grid, t("field.leader"), t, False))


view = board()
draw.headline(view.once(headline))
with st.container(key="choices"):
    name = choices.picked(view.once(by_leader)["leader"], view.t("pick.leader"))
draw.figure(view.once(load, name), choices.pick)
if name:
    details.detail(view.within(leaders=(name,)), "leader", name)
draw.figure(view.once(by_month, choices.counting(), name), choices.pick)
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        draw.figure(view.once(by_department, role, name), choices.pick)
