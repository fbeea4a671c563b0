"""Leaders: who carries what, in which date state, in which months, with which departments."""

import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.answers.marks import opens
from lib.web import choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, heat_map, load_by_state, months_of_names
from lib.web.view import MORE, TOP, Board, board


def headline(view: Board) -> str:
    return counts.leaders_finding(view) + view.t("text.stop")


def load(view: Board, name: str) -> Drawing:
    leaders = counts.by_leader(view)
    finding = counts.pressing_finding(view, leaders)
    return load_by_state(
        view,
        leaders,
        limit=MORE,
        key="leaders",
        finding=finding,
        table=tables.leaders,
        picked=name,
    )


def by_month(view: Board, counting: workload.Counting, name: str) -> Drawing:
    grid = workload.leader_by_month(view.table, view.rows, view.as_of.year, counting, TOP)
    return months_of_names(view, grid, counting, "leader", name)


def by_department(view: Board, role: workload.Role, name: str) -> Drawing:
    t = view.t
    grid = workload.leader_by_department(view.table, view.rows, role, TOP)
    text = sentences.grid_finding(grid, "leader_department", t)
    return heat_map(
        view,
        grid,
        key=role,
        unit=role,
        down="leader",
        finding=t("finding.in_role", role=t(f"role.{role}"), text=text),
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
shown = opened.opened(view, name, "months", *workload.ROLES)
draw.figure(view.once(load, name), opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "leader", shown, "")
counting = choices.counting()
draw.figure(view.once(by_month, counting, name), opened.here("months"))
details.below(view, "leader", shown, "months")
for role, column in zip(workload.ROLES, st.columns(2, gap="medium"), strict=True):
    with column:
        draw.figure(view.once(by_department, role, name), opened.here(role))
details.below(view, "leader", shown, *workload.ROLES)
