"""Departments: who leads and who supports, when it piles up, who works with whom; one of them in detail."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import ui


def load(view: ui.Board, sort: str) -> tuple:
    found = workload.by_department(view.table, view.rows, weight=view.weight, sort=sort)
    return found, sentences.departments_finding(found, view.t) + view.t("text.stop")


def chart(view: ui.Board, sort: str, name: str) -> tuple[ui.Drawing, str]:
    departments, t = view.once(load, sort)[0], view.t
    shown = workload.top(departments, ui.MORE)
    figure = charts.department_load(shown, t, sort, view.weight, name)
    first, *effects = sentences.weight_effect(departments, view.weight, t)
    drawing = (figure, "departments", first, lambda: tables.departments(shown, view.weight, t))
    return drawing, sentences.clauses(effects, t)


def by_month(
    view: ui.Board, counting: workload.Counting, role: workload.Role, name: str
) -> ui.Drawing:
    grid, t = (
        workload.department_by_month(
            view.table, view.rows, view.as_of.year, counting, role, ui.TOP
        ),
        view.t,
    )
    figure = charts.heat(grid, t, unit=counting, columns="months", picked=(name, ""))
    finding = t(
        "finding.in_role", role=t(f"role.{role}"), text=sentences.grid_finding(grid, counting, t)
    )
    return (
        figure,
        f"months_{role}",
        finding,
        lambda: tables.grid(grid, t("field.department"), t, True),
    )


def together(view: ui.Board, name: str) -> ui.Drawing:
    grid, t = workload.lead_by_support(view.table, view.rows, ui.TOP), view.t
    figure = charts.heat(grid, t, unit="together", columns="names", picked=(name, ""))
    finding = sentences.grid_finding(grid, "departments_together", t)
    return figure, "together", finding, lambda: tables.grid(grid, t("role.lead"), t, False)


view, t = ui.board(), ui.board().t
ui.headline(view.once(load, "weighted")[1])
with st.container(horizontal=True, gap="small", key="choices"):
    name = ui.pick_of(view.once(load, "weighted")[0]["department"], t("pick.department"))
    sort = ui.choose(
        "sort",
        t("sort.by"),
        ui.LOADS,
        lambda load: t(f"field.{load}"),
        t("field.weighted"),
        width=180,
    )
figure, effects = view.once(chart, sort or "weighted", name)
ui.figure(*figure, ui.pick)
st.caption(ui.plain(effects))
if name:
    ui.detail(view.within(departments=(name,)), "department", name)
counting = ui.counting()
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        ui.figure(*view.once(by_month, counting, role, name), ui.pick)
ui.figure(*view.once(together, name), ui.pick)
