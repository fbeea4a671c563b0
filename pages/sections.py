"""Sections: how many measures each section holds, in which date state, and when they fall due."""

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import choices, counts, details, draw, opened
from lib.web.drawing import Drawing, heat_map, month_cells
from lib.web.view import MORE, Board, board


def headline(view: Board) -> str:
    shared = workload.in_several_lists(view.table, view.rows)
    finding = sentences.sections_finding(counts.by_section(view), shared, view.t)
    return finding + view.t("text.stop")


def load(view: Board, name: str) -> Drawing:
    sections = counts.by_section(view)
    first = workload.top(sections, MORE)
    finding = counts.pressing_finding(view, sections)
    chart = charts.load_by_state(first, view.t, name)
    return Drawing(chart, "sections", finding, lambda: tables.sections(first, view.t))


def by_month(view: Board, counting: workload.Counting, name: str) -> Drawing:
    year = view.as_of.year
    grid = workload.section_by_month(view.table, view.rows, year, counting, MORE)
    return heat_map(
        view,
        grid,
        key="months",
        unit=counting,
        head=view.t("field.section"),
        finding=sentences.grid_finding(grid, counting, view.t),
        cell_opens=month_cells(view, counting),
        picked=name,
    )


view = board()
draw.headline(view.once(headline))
names = counts.by_section(view)["section"]
if set(names) == {workload.NOBODY}:
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    name = choices.picked(names, view.t("pick.section"))
    choices.month(view)
shown = opened.opened(view, name, "months")
draw.figure(view.once(load, name), opened.here())
draw.note(view.once(counts.state_notes))
details.below(view, "section", shown, "")
counting = choices.counting()
draw.figure(view.once(by_month, counting, name), opened.here("months"))
details.below(view, "section", shown, "months")
