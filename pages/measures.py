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


def headline(view: Board, of: workload.Part) -> str:
    if not of.state and not of.month:
        return counts.headline(view)
    return counts.listed_headline(narrowed(view, of), of)


def narrowed(view: Board, of: workload.Part) -> Board:
    return view.narrowed(view.once(chosen, of, "", ""), of)


def chosen(view: Board, of: workload.Part, sort: str, group: str) -> workload.Positions:
    rows = workload.chosen(view.table, view.rows, view.as_of, of, sort)
    return workload.grouped(view.table, rows) if group else rows


def listed(view: Board, of: workload.Part, sort: str, group: str, part: int) -> Listing:
    rows = view.once(chosen, of, sort, group)
    rows_of_part = rows[(part - 1) * PAGE_ROWS : part * PAGE_ROWS]
    listing = workload.listing(view.table, rows_of_part, view.as_of)
    columns = COLUMNS
    if group:
        listing["section"] = workload.section_names(view.table, rows_of_part)
        columns = ("section", *COLUMNS)
    fitted = tables.fitted(tables.measures(listing, columns, view.t))
    return Listing(listing["measure_id"], fitted)


view, t = board(), board().t
of = opened.part(view)
draw.headline(view.once(headline, of))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices"):
    choices.choose(address.STATE, t("field.state"), width=170)
    choices.month(view)
    sort = choices.choose(address.SORT, t("sort.by"), t("sort.table"), width=180)
    group = choices.choose(address.GROUP, t("group.by"), t("group.none"), width=140)
    rows = view.once(chosen, of, sort, group)
    listing = view.once(listed, of, sort, group, choices.part(len(rows)))
    picked = choices.picked(listing.ids, t("pick.measure"), view.position)
    draw.downloads(rows, of)
left, right = st.columns((2, 1)) if picked else (st.container(), None)
with left:
    draw.note(t("note.rows", n=len(rows), shown=len(listing.table.table)))
    draw.grid(listing.table, "rows", choices.pick_measure, height="content")
    draw.note(narrowed(view, of).once(counts.state_notes))
if right:
    with right:
        details.measure(view, view.position(picked))
