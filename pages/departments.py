"""Departments: who leads and who supports, when it piles up, who works with whom."""

import streamlit as st

from lib import workload
from lib.answers import sentences
from lib.answers.marks import opens
from lib.web import address, choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, heat_map, load_in_roles, months_key, months_of_role
from lib.web.view import Board, Limits, board

MONTHS = tuple(months_key(role) for role in workload.ROLES)


def load(view: Board, sort: str, limits: Limits, name: str) -> Drawing:
    return load_in_roles(
        view,
        counts.by_department(view, sort),
        limit=limits.main,
        finding=counts.weight_finding(view, sort),
        sort=sort,
        picked=name,
    )


def by_month(
    view: Board, counting: workload.Counting, role: workload.Role, limits: Limits, name: str
) -> Drawing:
    grid = workload.department_by_month(
        view.table,
        view.rows,
        year=view.year,
        counting=counting,
        role=role,
        limit=limits.beside,
        also=name,
    )
    return months_of_role(view, grid, counting, role, picked=name)


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


view = board()
t = view.t
sheet.instead_of_page(view, "department")
draw.headline(view.once(counts.departments_headline))
with choices.row():
    departments = counts.by_department(view)
    name = choices.picked(departments["department"], t("pick.department"), kind="name")
    choices.month(view)
    sort = choices.choose(address.SORT_LOADS, t("sort.by"), width=180, help=t("help.weighted"))
    limits = choices.limits(len(departments))
open_mark = opened.opened(view, name, "together", *MONTHS, "completion", details.STATUS)
loads = view.once(load, sort, limits, name)
draw.figure(loads, opened.here())
draw.note(view.once(counts.weight_effects, sort))
details.below(view, "department", open_mark, "")
draw.note(view.once(counts.department_notes, open_mark.name))
counting = choices.counting()
for role, place in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    months = view.once(by_month, counting, role, limits, name)
    with place:
        draw.figure(months, opened.here(months.key))
details.below(view, "department", open_mark, *MONTHS)
pairs = view.once(together, limits, name)
draw.figure(pairs, opened.here(pairs.key))
details.below(view, "department", open_mark, pairs.key)
details.completion(view, "department", open_mark)
