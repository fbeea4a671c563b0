"""One leader or department on one sheet: what is carried, what is late, what is next, with whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.answers.names import named
from lib.answers.text_table import TextTable
from lib.web import address, components, draw, paper
from lib.web.defaults import address_reading
from lib.web.listing import of_rows
from lib.web.table import draw_on_paper
from lib.web.view import Board

Whose = Literal["leader", "department", "section"]

COLUMNS: Final = {
    "leader": ("title", "deadline", "due", "days_left", "lead"),
    "department": ("role", "title", "deadline", "due", "days_left", "leaders"),
    "section": ("title", "deadline", "due", "days_left", "leaders", "lead"),
}
UPRIGHT: Final = components.ASSETS / "sheet.css"
NEXT: Final = ("this_month", "within_30", "later")


class Part(NamedTuple):
    """A part of the sheet. most: rows that it has at the most, so that all parts fit one sheet."""

    name: str
    holds: Callable[[str], bool]
    most: int


PARTS: Final = (
    Part("late", lambda state: state == "passed", 8),
    Part("next", lambda state: state in NEXT, 12),
    Part("rest", lambda state: state not in ("passed", *NEXT), 5),
)


def instead_of_page(view: Board, whose: Whose) -> None:
    """Draw the sheet of who is picked, where the URL asks for it on paper, and end the run."""
    name = address_reading(address.PICK).text
    if not name or not paper.wanted():
        return
    own = view.within(**{f"{whose}s": (name,)})
    if own.total:
        with st.container(key="paper"), st.container(key="paper_sheet", gap="small"):
            paper.begin(view.t)
            st.html(UPRIGHT)
            _draw(own, whose, name)
        st.stop()


def _draw(view: Board, whose: Whose, name: str) -> None:
    t = view.t
    rows = workload.ordered(view.table, view.rows, view.as_of, "due")
    draw.title(load_in_words(view, whose, name))
    draw.note(t("text.dot").join(filter(None, [view.scope_words, view.filter_words])))
    states = [workload.STATES[code] for code in workload.row_states(view.table, rows, view.as_of)]
    for part in PARTS:
        held = rows[np.array([part.holds(state) for state in states], bool)]
        if len(held):
            draw.heading(t(f"paper.{part.name}", n=len(held)))
            department = name if whose == "department" else ""
            table = of_measures(view, held[: part.most], department, COLUMNS[whose])
            draw_on_paper(table, f"paper_{part.name}", t, "sheet")
        if len(held) > part.most:
            draw.note(t("paper.more", n=len(held) - part.most))
    draw.heading(t("paper.with"))
    for line in _partners(view, whose, name):
        draw.note(line)


def _partners(view: Board, whose: Whose, name: str) -> list[str]:
    """With whom, in words: who leads, who supports, and which leaders carry the same."""
    t = view.t
    departments = workload.by_department(view.table, view.rows, weight=view.weight)
    leaders = workload.by_leader(view.table, view.rows, view.as_of)
    loads = {
        t("role.lead"): (departments, "lead", "department"),
        t("role.support"): (departments, "support", "department"),
        t("field.leader"): (leaders, "measures", "leader"),
    }
    lines: list[str] = []
    for label, (frame, column, kind) in loads.items():
        others = frame[(frame[kind] != name) & (frame[column] > 0)].sort_values(
            column, ascending=False, kind="stable"
        )
        if len(others):
            counted = sentences.counted(others[kind].tolist(), others[column].tolist(), kind, t)
            lines.append(label + t("text.colon") + counted)
    return lines


def load_in_words(view: Board, whose: Whose, name: str) -> str:
    """The load of a leader or a department in a sentence. view: narrowed to what it carries."""
    year = view.as_of.year
    months = workload.by_month(view.table, view.rows, year)
    led = None
    if whose == "department":
        led = view.within(departments=(name,), role="lead").total
    words = named(name, view.t)
    return sentences.person(words, view.total, months, year, view.t, lead=led)


def of_measures(
    view: Board, rows: np.ndarray, department: str, columns: tuple[str, ...]
) -> TextTable:
    """Measures as a table. department: whose role the column `role` says, "" for nobody's."""
    listing = of_rows(view, rows)
    if department:
        lead, support = view.t("role.lead"), view.t("role.support")
        listing["role"] = [lead if department in names else support for names in listing["lead"]]
    return tables.measures(listing, columns, view.t)
