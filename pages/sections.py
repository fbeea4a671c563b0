"""Sections: how many measures each section holds, in which date state, and when they fall due."""

import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.web import choices, counts, details, draw, opened, sheet
from lib.web.drawing import Drawing, load_by_state, months_of_names
from lib.web.view import FIRST_NAMES, Board, Limits, board


def headline(view: Board) -> str:
    shared = workload.in_several_lists(view.table, view.rows)
    finding = sentences.sections_finding(counts.by_section(view), shared, view.t)
    return finding + view.t("text.stop")


def load(view: Board, limits: Limits, name: str) -> Drawing:
    sections = counts.by_section(view)
    finding = counts.pressing_finding(view, sections)
    return load_by_state(
        view,
        sections,
        limit=limits.main,
        key="sections",
        finding=finding,
        table=tables.sections,
        picked=name,
    )


def by_month(view: Board, counting: workload.Counting, limits: Limits, name: str) -> Drawing:
    year = view.as_of.year
    grid = workload.section_by_month(view.table, view.rows, year, counting, limits.main, also=name)
    return months_of_names(view, grid, counting, "section", name)


view = board()
sheet.instead_of_page(view, "section")
draw.headline(view.once(headline))
names = counts.by_section(view)["section"]
if set(names) == {workload.NOBODY}:
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    name = choices.picked(names, view.t("pick.section"))
    choices.month(view)
    limits = choices.limits(len(names), FIRST_NAMES.main)
shown = opened.opened(view, name, "months")
draw.figure(view.once(load, limits, name), opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "section", shown, "")
counting = choices.counting()
draw.figure(view.once(by_month, counting, limits, name), opened.here("months"))
details.below(view, "section", shown, "months")
