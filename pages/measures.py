"""Measures: all rows that fit, sorted, by page; the chosen one in full; downloads."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import tables
from lib.web import address, choices, counts, details, draw, opened
from lib.web.view import COLUMNS, PAGE_ROWS, Board, Column, board


class Listing(NamedTuple):
    ids: Column
    table: tables.Fitted


def chosen(view: Board, of: workload.Part, sort: str) -> workload.Positions:
    return workload.chosen(view.table, view.rows, view.as_of, of, sort)


def listed(view: Board, of: workload.Part, sort: str, part: int) -> Listing:
    rows = view.once(chosen, of, sort)
    rows_of_part = rows[(part - 1) * PAGE_ROWS : part * PAGE_ROWS]
    listing = workload.listing(view.table, rows_of_part, view.as_of)
    fitted = tables.fitted(tables.measures(listing, COLUMNS, view.t))
    return Listing(listing["measure_id"], fitted)


view, t = board(), board().t
draw.headline(view.once(counts.headline))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    choices.choose(address.STATE, t("field.state"), width=170)
    choices.month(view)
    of = opened.part(view)
    sort = choices.choose(address.SORT, t("sort.by"), t("sort.table"), width=180)
    rows = view.once(chosen, of, sort)
    listing = view.once(listed, of, sort, choices.part(len(rows)))
    picked = choices.picked(listing.ids, t("pick.measure"), view.position)
    draw.downloads(rows, of)
left, right = st.columns((2, 1)) if picked else (st.container(), None)
with left:
    draw.note(t("note.rows", n=len(rows), shown=len(listing.table.table)))
    draw.grid(listing.table, "rows", choices.pick_measure, height="content")
if right:
    with right:
        details.measure(view, view.position(picked))
