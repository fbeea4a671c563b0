"""Sections: how many measures each section holds, in which date state, and when they fall due."""

import streamlit as st

from lib import workload
from lib.web import choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, load_in_segments, months_of_names
from lib.web.view import FIRST_NAMES, Board, Limits, board


def load(view: Board, limits: Limits, name: str) -> Drawing:
    return load_in_segments(
        view,
        "section",
        limit=limits.main,
        key="sections",
        finding=counts.pressing_finding(view, "section"),
        picked=name,
    )


def by_month(view: Board, counting: workload.Counting, limits: Limits, name: str) -> Drawing:
    grid = workload.section_by_month(
        view.table,
        rows=view.rows,
        year=view.year,
        counting=counting,
        limit=limits.main,
        also=name,
    )
    return months_of_names(view, grid, counting, down="section", picked=name)


view = board()
sheet.instead_of_page(view, "section")
draw.headline(view.once(counts.sections_headline))
names = counts.by_section(view)["section"]
has_sections = set(names) != {workload.NOBODY}
if not has_sections:
    st.stop()
with choices.row():
    name = choices.picked(names, view.t("pick.section"))
    choices.month(view)
    limits = choices.limits(len(names), FIRST_NAMES.main)
open_mark = opened.opened(view, name, "months")
loads = view.once(load, limits, name)
draw.figure(loads, opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "section", open_mark, "")
counting = choices.counting()
months = view.once(by_month, counting, limits, name)
draw.figure(months, opened.here(months.key))
details.below(view, "section", open_mark, months.key)
