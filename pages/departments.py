"""Departments: who leads and who supports, when it piles up, who works with whom."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.marks import opens
from lib.web import address, choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, heat_map, month_cells
from lib.web.view import MORE, TOP, Board, board

MONTHS = tuple(f"months_{role}" for role in workload.ROLES)  # the keys of its two grids


def headline(view: Board) -> str:
    return counts.departments_finding(view) + view.t("text.stop")


def load(view: Board, sort: str, name: str) -> Drawing:
    weight, t = view.weight, view.t
    departments = counts.by_department(view, sort)
    first = workload.top(departments, MORE)
    finding, *_effects = counts.weight_effect(view, sort)
    chart = charts.department_load(first, t, sort, weight, name)
    return Drawing(chart, "departments", finding, lambda: tables.departments(first, weight, t))


def by_month(view: Board, counting: workload.Counting, role: workload.Role, name: str) -> Drawing:
    t, year = view.t, view.as_of.year
    grid = workload.department_by_month(view.table, view.rows, year, counting, role, TOP)
    text = sentences.grid_finding(grid, counting, t)
    return heat_map(
        view,
        grid,
        key=f"months_{role}",
        unit=counting,
        down="department",
        finding=t("finding.in_role", role=t(f"role.{role}"), text=text),
        cell_opens=month_cells(view, counting, part=role),
        picked=name,
    )


def together(view: Board, name: str) -> Drawing:
    grid = workload.lead_by_support(view.table, view.rows, TOP)
    return heat_map(
        view,
        grid,
        key="together",
        unit="together",
        down="lead",
        finding=sentences.grid_finding(grid, "departments_together", view.t),
        cell_opens=lambda lead, support: opens(pick=lead, part="lead", beside=support),
        picked=name,
    )


view, t = board(), board().t
sheet.instead_of_page(view, "department")
draw.headline(view.once(headline))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    names = counts.by_department(view)["department"]
    name = choices.picked(names, t("pick.department"), kind="name")
    choices.month(view)
    sort = choices.choose(address.SORT_LOADS, t("sort.by"), width=180, help=t("help.weighted"))
shown = opened.opened(view, name, "together", *MONTHS)
draw.figure(view.once(load, sort, name), opened.here())
draw.note(view.once(counts.weight_effects, sort))
details.below(view, "department", shown, "")
if shown.name:
    draw.note(view.within(departments=(shown.name,)).once(counts.state_notes))
counting = choices.counting()
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        drawing = view.once(by_month, counting, role, name)
        draw.figure(drawing, opened.here(drawing.key))
details.below(view, "department", shown, *MONTHS)
draw.figure(view.once(together, name), opened.here("together"))
details.below(view, "department", shown, "together")
