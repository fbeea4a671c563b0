"""Leaders: who carries what, in which date state, in which months, with which departments; one of them in detail."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import ui


def load(view: ui.Board) -> tuple:
    leaders = workload.by_leader(view.table, view.rows, view.as_of)
    return leaders, sentences.leaders_finding(leaders, view.total, view.t) + view.t("text.stop")


def chart(view: ui.Board, name: str) -> ui.Drawing:
    leaders, t = view.once(load)[0], view.t
    shown = workload.top(leaders, ui.MORE)
    figure = charts.leader_load(shown, t, name)
    return (
        figure,
        "leaders",
        sentences.pressing_finding(leaders, t),
        lambda: tables.leaders(shown, t),
    )


def by_month(view: ui.Board, counting: workload.Counting, name: str) -> ui.Drawing:
    grid = workload.leader_by_month(view.table, view.rows, view.as_of.year, counting, ui.TOP)
    figure = charts.heat(grid, view.t, unit=counting, columns="months", picked=(name, ""))
    finding = sentences.grid_finding(grid, counting, view.t)
    return (
        figure,
        "months",
        finding,
        lambda: tables.grid(grid, view.t("field.leader"), view.t, True),
    )


def by_department(view: ui.Board, role: workload.Role, name: str) -> ui.Drawing:
    grid, t = workload.leader_by_department(view.table, view.rows, role, ui.TOP), view.t
    figure = charts.heat(grid, t, unit=role, columns="names", picked=(name, ""))
    finding = t(
        "finding.in_role",
        role=t(f"role.{role}"),
        text=sentences.grid_finding(grid, "leader_department", t),
    )
    return figure, role, finding, lambda: tables.grid(grid, t("field.leader"), t, False)


view = ui.board()
leaders, headline = view.once(load)
ui.headline(headline)
with st.container(key="choices"):
    name = ui.pick_of(leaders["leader"], view.t("pick.leader"))
ui.figure(*view.once(chart, name), ui.pick)
if name:
    ui.detail(view.within(leaders=(name,)), "leader", name)
ui.figure(*view.once(by_month, ui.counting(), name), ui.pick)
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        ui.figure(*view.once(by_department, role, name), ui.pick)
