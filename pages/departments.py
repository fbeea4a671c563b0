"""Departments: who leads and who supports, when it piles up, who works with whom."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.answers.marks import opens
from lib.web import address, choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, finding_in_role, heat_map, month_cells
from lib.web.view import Board, Limits, board

MONTHS = tuple(f"months_{role}" for role in workload.ROLES)  # the keys of its two grids


def headline(view: Board) -> str:
    return counts.departments_finding(view) + view.t("text.stop")


def load(view: Board, sort: str, limits: Limits, name: str) -> Drawing:
    weight, t = view.weight, view.t
    first = workload.top(counts.by_department(view, sort), limits.main, also=name)
    finding, *_effects = counts.weight_effect(view, sort)
    chart = charts.department_load(first, t, sort, weight, name)
    return Drawing(chart, "departments", finding, lambda: tables.departments(first, weight, t))


def by_month(
    view: Board, counting: workload.Counting, role: workload.Role, limits: Limits, name: str
) -> Drawing:
    grid = workload.department_by_month(
        view.table, view.rows, view.as_of.year, counting, role, limits.beside, also=name
    )
    return heat_map(
        view,
        grid,
        key=f"months_{role}",
        unit=counting,
        down="department",
        finding=finding_in_role(view, grid, counting, role),
        cell_opens=month_cells(view, counting, part=role),
        picked=name,
    )


def together(view: Board, limits: Limits, name: str) -> Drawing:
    grid = workload.lead_by_support(view.table, view.rows, limits.pairs, also=name)
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
    limits = choices.limits(len(names))
shown = opened.opened(view, name, "together", *MONTHS)
draw.figure(view.once(load, sort, limits, name), opened.here())
draw.note(view.once(counts.weight_effects, sort))
details.below(view, "department", shown, "")
draw.note(view.once(counts.department_notes, shown.name))
counting = choices.counting()
for role, key, place in zip(workload.ROLES, MONTHS, st.columns(2, gap="medium"), strict=True):
    with place:
        draw.figure(view.once(by_month, counting, role, limits, name), opened.here(key))
details.below(view, "department", shown, *MONTHS)
draw.figure(view.once(together, limits, name), opened.here("together"))
details.below(view, "department", shown, "together")
