"""Measures: all rows that fit, sorted, by page; the chosen one in full; downloads."""

from typing import NamedTuple

import streamlit as st

from lib import workload
from lib.answers import tables
from lib.answers.marks import opens
from lib.answers.text_table import TextTable
from lib.web import address, arrangement, choices, counts, details, draw, opened, paper
from lib.web.view import Board, Column, board, slice_of_part


class Listing(NamedTuple):
    ids: Column
    table: TextTable


def headline(view: Board, of: workload.Part) -> str:
    if of.state or of.month:
        return counts.listed_headline(narrowed(view, of), of)
    return counts.headline(view)


def narrowed(view: Board, of: workload.Part) -> Board:
    rows = view.once(chosen, of, "", "")
    return view.narrowed(rows, of)


def chosen(view: Board, of: workload.Part, sort: str, group: str) -> workload.Positions:
    rows = workload.chosen(view.table, view.rows, view.as_of, of, sort)
    if group:
        return workload.grouped(view.table, rows)
    return rows


def listed(
    view: Board, of: workload.Part, sort: str, group: str, columns: tuple[str, ...], part: int
) -> Listing:
    rows = view.once(chosen, of, sort, group)
    rows_of_part = rows[slice_of_part(part)]
    measures = workload.listing(view.table, rows_of_part, view.as_of)
    if group and group not in columns:
        columns = (group, *columns)
    return Listing(
        ids=measures["measure_id"],
        table=tables.measures(measures, columns, view.t),
    )


view = board()
t = view.t
of = opened.part(view)
draw.headline(view.once(headline, of))
arranged = arrangement.of_address()
with choices.row():
    choices.choose(address.STATE, t("field.state"), width=170)
    choices.month(view)
    group = choices.choose(address.GROUP, t("group.by"), t("group.none"), width=140)
    rows = view.once(chosen, of, arranged.sort, group)
    part = choices.part(len(rows))
    listing = view.once(listed, of, arranged.sort, group, arranged.columns, part)
    picked = choices.picked(listing.ids, t("pick.measure"), view.position)
    draw.downloads(rows, of)
    paper.button(t)
if paper.wanted():
    paper.measures(rows, arranged.columns, of)
    st.stop()
with st.container(horizontal=True, gap="medium", key="list_and_detail"):
    with st.container(gap="small", key="listing"):
        draw.note(t("note.rows", n=len(rows), shown=len(listing.table.rows)))
        open_row = opens(measure=picked)
        draw.grid(
            listing.table, "rows", on_pick=choices.pick_measure, at=open_row, arranged=arranged
        )
        draw.note(narrowed(view, of).once(counts.state_notes))
    if picked:
        with st.container(key="picked"):
            details.measure(view, view.position(picked))
