"""Leaders: who carries what, in which date state, in which months, with which departments."""

import streamlit as st

from lib import workload
from lib.answers import tables
from lib.answers.marks import opens
from lib.web import choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, finding_in_role, heat_map, load_by_state, months_of_names
from lib.web.view import Board, Limits, board


def headline(view: Board) -> str:
    return counts.leaders_finding(view) + view.t("text.stop")


def load(view: Board, limits: Limits, name: str) -> Drawing:
    leaders = counts.by_leader(view)
    finding = counts.pressing_finding(view, leaders)
    return load_by_state(
        view,
        leaders,
        limit=limits.main,
        key="leaders",
        finding=finding,
        table=tables.leaders,
        picked=name,
    )


def by_month(view: Board, counting: workload.Counting, limits: Limits, name: str) -> Drawing:
    year = view.as_of.year
    grid = workload.leader_by_month(view.table, view.rows, year, counting, limits.beside, also=name)
    return months_of_names(view, grid, counting, "leader", name)


def by_department(view: Board, role: workload.Role, limits: Limits, name: str) -> Drawing:
    grid = workload.leader_by_department(view.table, view.rows, role, limits.pairs, also=name)
    return heat_map(
        view,
        grid,
        key=role,
        unit=role,
        down="leader",
        finding=finding_in_role(view, grid, "leader_department", role),
        cell_opens=lambda name, department: opens(pick=name, part=role, beside=department),
        picked=name,
    )


view = board()
sheet.instead_of_page(view, "leader")
draw.headline(view.once(headline))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    names = counts.by_leader(view)["leader"]
    name = choices.picked(names, view.t("pick.leader"), kind="person")
    choices.month(view)
    limits = choices.limits(max(len(names), len(counts.by_department(view))))
shown = opened.opened(view, name, "months", *workload.ROLES)
draw.figure(view.once(load, limits, name), opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "leader", shown, "")
counting = choices.counting()
draw.figure(view.once(by_month, counting, limits, name), opened.here("months"))
details.below(view, "leader", shown, "months")
for role, column in zip(workload.ROLES, draw.places(limits), strict=True):
    with column:
        draw.figure(view.once(by_department, role, limits, name), opened.here(role))
details.below(view, "leader", shown, *workload.ROLES)
