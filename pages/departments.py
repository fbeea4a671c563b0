"""Departments: who leads and who supports, when it piles up, who works with whom."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import address, choices, details, draw
from lib.web.draw import Drawing
from lib.web.view import MORE, TOP, Board, Frame, board

CHOICE_WIDTH = 180  # pixels


class Load(NamedTuple):
    drawing: Drawing
    weight_effects: str


def by_department(view: Board, sort: str) -> Frame:
    return workload.by_department(view.table, view.rows, weight=view.weight, sort=sort)


def headline(view: Board) -> str:
    departments = view.once(by_department, "weighted")
    return sentences.departments_finding(departments, view.t) + view.t("text.stop")


def load(view: Board, sort: str, name: str) -> Load:
    departments, t = view.once(by_department, sort), view.t
    first = workload.top(departments, MORE)
    finding, *effects = sentences.weight_effect(departments, view.weight, t)
    chart = charts.department_load(first, t, sort, view.weight, name)
    drawing = Drawing(
        chart, "departments", finding, lambda: tables.departments(first, view.weight, t)
    )
    return Load(drawing, sentences.clauses(effects, t))


def by_month(view: Board, counting: workload.Counting, role: workload.Role, name: str) -> Drawing:
    t, year = view.t, view.as_of.year
    grid = workload.department_by_month(view.table, view.rows, year, counting, role, TOP)
    text = sentences.grid_finding(grid, counting, t)
    finding = t("finding.in_role", role=t(f"role.{role}"), text=text)
    chart = charts.heat(grid, t, unit=counting, columns="months", picked=(name, ""))
    head = t("field.department")
    return Drawing(chart, f"months_{role}", finding, lambda: tables.grid(grid, head, t, True))


def together(view: Board, name: str) -> Drawing:
    t = view.t
    grid = workload.lead_by_support(view.table, view.rows, TOP)
    finding = sentences.grid_finding(grid, "departments_together", t)
    chart = charts.heat(grid, t, unit="together", columns="names", picked=(name, ""))
    return Drawing(chart, "together", finding, lambda: tables.grid(grid, t("role.lead"), t, False))


view, t = board(), board().t
draw.headline(view.once(headline))
with st.container(horizontal=True, gap="small", key="choices"):
    names = view.once(by_department, "weighted")["department"]
    name = choices.picked(names, t("pick.department"))
    by_weight = address.SORT_LOADS.word("weighted", t)
    sort = choices.choose(address.SORT_LOADS, t("sort.by"), by_weight, width=CHOICE_WIDTH)
part = view.once(load, sort or "weighted", name)
draw.figure(part.drawing, choices.pick)
draw.note(part.weight_effects)
if name:
    details.detail(view.within(departments=(name,)), "department", name)
counting = choices.counting()
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        draw.figure(view.once(by_month, counting, role, name), choices.pick)
draw.figure(view.once(together, name), choices.pick)
