"""One of them in detail: a leader or a department with its measures, or one measure."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.web import choices, draw
from lib.web.markdown import plain
from lib.web.view import COLUMNS, PAGE_ROWS, Board, board

Whose = Literal["leader", "department"]


def detail(view: Board, whose: Whose, name: str) -> None:
    """One leader or department: the load in a sentence, the measures, the milestones.

    Args:
        view: narrowed to what it carries.
        whose: what it is.
        name: of the leader or department; a button makes it a filter.
    """
    rows = workload.ordered(view.table, view.rows, view.as_of, "due")
    first_rows = rows[:PAGE_ROWS]
    with st.container(border=True, key="detail"):
        _head(view, whose, name)
        listing = _measures(view, first_rows, whose, name)
        draw.grid(
            listing,
            "detail_rows",
            draw.go("measures.py", pick="{}"),
        )
        if len(rows) > PAGE_ROWS:
            draw.note(view.t("note.first_rows", n=PAGE_ROWS, total=len(rows)))
        milestones(first_rows)


def _head(view: Board, whose: Whose, name: str) -> None:
    """The load in a sentence, and beside it the button that makes the name a filter."""
    sentence = _load_in_words(view, whose, name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(
            plain(sentence),
            anchor=False,
            width="stretch",
        )
        choices.filter_by_pick(whose, name)


def _load_in_words(view: Board, whose: Whose, name: str) -> str:
    year = view.as_of.year
    months = workload.by_month(view.table, view.rows, year)
    led = None
    if whose == "department":
        led = view.within(departments=(name,), role="lead").total
    return sentences.person(name, view.total, months, year, view.t, lead=led)


def _measures(view: Board, rows: np.ndarray, whose: Whose, name: str) -> tables.Fitted:
    """The rows as a table; of a department the first column says whether it leads or supports."""
    listing = workload.listing(view.table, rows, view.as_of)
    columns = COLUMNS
    if whose == "department":
        lead = view.t("role.lead")
        support = view.t("role.support")
        listing["role"] = [lead if name in names else support for names in listing["lead"]]
        columns = ("role", *COLUMNS)
    table = tables.measures(listing, columns, view.t)
    return tables.fitted(table)


def measure(row: int) -> None:
    """One measure in full: all that the notice says about it, milestones and targets."""
    view = board()
    colon = view.t("text.colon")
    cells = view.table.rows.iloc[row]
    facts = tables.facts(view.table, row, view.as_of, view.t)
    lines: list[str] = []
    for name, text in facts:
        fact = f"- **{plain(name)}**{colon}{plain(text)}"
        lines.append(fact)
    with st.container(border=True, key="detail"):
        draw.heading(str(cells["title"]))
        st.markdown("\n".join(lines))
        milestones(np.array([row]))


def milestones(rows: np.ndarray) -> None:
    """The milestones and targets of some rows as a table, if they have any."""
    view = board()
    listing = workload.milestones(view.table, rows)
    if listing.empty:
        return
    heading = view.t("field.milestones")
    with st.container(key="figure_milestones", gap="small"):
        st.markdown(f"**{heading}**")
        fitted = tables.fitted(tables.milestones(listing, view.t))
        draw.grid(fitted, "milestones", None)
