"""Leaders: who carries what, in which date state, in which months, with which departments."""

from lib import workload
from lib.answers.marks import opens
from lib.web import choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, finding_in_role, heat_map, load_in_segments, months_of_names
from lib.web.view import Board, Limits, board


def load(view: Board, limits: Limits, name: str) -> Drawing:
    return load_in_segments(
        view,
        "leader",
        limit=limits.main,
        key="leaders",
        finding=counts.pressing_finding(view, "leader"),
        picked=name,
    )


def by_month(view: Board, counting: workload.Counting, limits: Limits, name: str) -> Drawing:
    grid = workload.leader_by_month(
        view.table,
        rows=view.rows,
        year=view.year,
        counting=counting,
        limit=limits.beside,
        also=name,
    )
    return months_of_names(view, grid, counting, down="leader", picked=name)


def by_department(view: Board, role: workload.Role, limits: Limits, name: str) -> Drawing:
    grid = workload.leader_by_department(
        view.table, view.rows, role=role, limit=limits.pairs, also=name
    )
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
draw.headline(view.once(counts.leaders_headline))
with choices.row():
    leaders = counts.by_leader(view)
    name = choices.picked(leaders["leader"], view.t("pick.leader"), kind="person")
    choices.month(view)
    departments = counts.by_department(view)
    most_names = max(len(leaders), len(departments))
    limits = choices.limits(most_names)
open_mark = opened.opened(view, name, "months", *workload.ROLES, "completion")
loads = view.once(load, limits, name)
draw.figure(loads, opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "leader", open_mark, "")
counting = choices.counting()
months = view.once(by_month, counting, limits, name)
draw.figure(months, opened.here(months.key))
details.below(view, "leader", open_mark, months.key)
places = draw.places(limits)
for role, place in zip(workload.ROLES, places, strict=True):
    pairs = view.once(by_department, role, limits, name)
    with place:
        draw.figure(pairs, opened.here(pairs.key))
details.below(view, "leader", open_mark, *workload.ROLES)
details.completion(view, "leader", open_mark)
