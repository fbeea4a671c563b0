"""One of them in detail: a leader or a department with its measures, a measure with all that the notice says."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.web import choices, draw
from lib.web.markdown import plain
from lib.web.view import COLUMNS, PAGE_ROWS, Board, board


def detail(view: Board, field: str, name: str) -> None:
    """One leader or department: the load in a sentence, the measures, the milestones; a button makes it a filter.

    Args:
        view: narrowed to what it carries.
        field: leader or department.
        name: whose view it is.
    """
    t, as_of = view.t, view.as_of
    rows = workload.ordered(view.table, view.rows, as_of, "due")
    first_rows = rows[:PAGE_ROWS]
    with st.container(border=True, key="detail"):
        with st.container(horizontal=True, vertical_alignment="center"):
            sentence = _load_in_words(view, field, name)
            st.subheader(plain(sentence), anchor=False, width="stretch")
            choices.filter_by_pick(field, name)
        fitted = _measures_of(view, first_rows, field, name)
        draw.grid(fitted, "detail_rows", draw.go("measures.py", pick="{}"))
        if len(rows) > PAGE_ROWS:
            st.caption(t("note.first_rows", n=PAGE_ROWS, total=len(rows)))
        milestones(first_rows)


def _load_in_words(view: Board, field: str, name: str) -> str:
    year = view.as_of.year
    months = workload.by_month(view.table, view.rows, year)
    led = None
    if field == "department":
        led = view.within(departments=(name,), role="lead").total
    return sentences.person(name, view.total, months, year, view.t, lead=led)


def _measures_of(view: Board, rows: np.ndarray, field: str, name: str) -> tables.Fitted:
    """The rows as a table; a department's says in which role it stands in each."""
    listing = workload.listing(view.table, rows, view.as_of)
    if field != "department":
        return tables.fitted(tables.measures(listing, COLUMNS, view.t))
    lead, support = view.t("role.lead"), view.t("role.support")
    listing["role"] = [lead if name in names else support for names in listing["lead"]]
    return tables.fitted(tables.measures(listing, ("role", *COLUMNS), view.t))


def measure(row: int) -> None:
    """One measure in full: everything that the notice says about it, where it stands there, milestones and targets."""
    view = board()
    colon = view.t("text.colon")
    title = view.table.rows.iloc[row]["title"]
    facts = tables.facts(view.table, row, view.as_of, view.t)
    with st.container(border=True, key="detail"):
        st.subheader(plain(str(title)), anchor=False)
        lines = [f"- **{plain(name)}**{colon}{plain(text)}" for name, text in facts]
        st.markdown("\n".join(lines))
        milestones(np.array([row]))


def milestones(rows: np.ndarray) -> None:
    """The milestones and targets of some rows as a table, if they have any."""
    view = board()
    listing = workload.milestones(view.table, rows)
    if len(listing):
        with st.container(key="figure_milestones", gap="small"):
            st.markdown(f"**{view.t('field.milestones')}**")
            fitted = tables.fitted(tables.milestones(listing, view.t))
            draw.grid(fitted, "milestones", None)
