"""Measures: all rows that fit, sorted, by page; the chosen one in full; downloads."""

import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.web import ui


def load(view: ui.Board) -> tuple[str, list[str]]:
    months = workload.by_month(view.table, view.rows, view.as_of.year)
    leaders = workload.by_leader(view.table, view.rows, view.as_of)
    departments = workload.by_department(view.table, view.rows, weight=view.weight)
    headline = sentences.headline(
        view.total, view.as_of, view.t, months=months, leaders=leaders, departments=departments
    )
    return headline, ui.months(view)


def chosen(view: ui.Board, state: str, month: str, sort: str) -> workload.Positions:
    return workload.chosen(view.table, view.rows, view.as_of, state, month, sort)


def listed(view: ui.Board, state: str, month: str, sort: str, page: int) -> tuple:
    shown = view.once(chosen, state, month, sort)[(page - 1) * ui.PAGE_ROWS : page * ui.PAGE_ROWS]
    listing = workload.listing(view.table, shown, view.as_of)
    return listing["measure_id"], tables.fitted(tables.measures(listing, ui.COLUMNS, view.t))


view, t = ui.board(), ui.board().t
headline, months = view.once(load)
ui.headline(headline)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    state = ui.choose(
        "state", t("field.state"), workload.STATES, lambda name: t(f"state.{name}"), width=170
    )
    month = ui.choose(
        "month", t("field.month"), months, lambda name: sentences.month(name, t), width=140
    )
    sort = ui.choose(
        "sort",
        t("sort.by"),
        workload.SORTS,
        lambda name: t(f"sort.{name}"),
        t("sort.table"),
        width=180,
    )
    rows = view.once(chosen, state, month, sort)
    page = ui.page_of(len(rows))
    ids, listing = view.once(listed, state, month, sort, page)
    picked = ui.pick_of(ids, t("pick.measure"), view.position)
    ui.downloads(rows)
table, detail = st.columns((2, 1)) if picked else (st.container(), None)
with table:
    st.caption(ui.plain(t("note.rows", n=len(rows), shown=len(listing.table))))
    ui.grid(listing, "rows", ui.pick, height="content")
if detail:
    with detail:
        ui.measure(view.position(picked))
