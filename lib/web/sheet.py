"""One leader or department on one sheet: what is carried, what is late, what is next, with whom."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.answers.names import named
from lib.answers.text_table import TextTable
from lib.i18n import Translator
from lib.web import address, components, draw, paper
from lib.web.defaults import address_reading
from lib.web.listing import of_rows
from lib.web.table import draw_on_paper
from lib.web.view import Board, Frame

Whose = Literal["leader", "department", "section"]

COLUMNS: Final = {
    "leader": ("title", "deadline", "due", "days_left", "lead"),
    "department": ("role", "title", "deadline", "due", "days_left", "leaders"),
    "section": ("title", "deadline", "due", "days_left", "leaders", "lead"),
}
UPRIGHT: Final = components.ASSETS / "sheet.css"
LATE: Final = ("passed",)
NEXT: Final = ("this_month", "within_30", "later")
NEITHER: Final = tuple(state for state in workload.STATES if state not in (*LATE, *NEXT))


class Part(NamedTuple):
    """A part of the sheet.

    name: of its heading in the locales.
    states: the date states of what stands in it.
    most: rows that it has at the most, so that all parts fit one sheet.
    """

    name: str
    states: tuple[str, ...]
    most: int


PARTS: Final = (
    Part("late", LATE, most=8),
    Part("next", NEXT, most=12),
    Part("rest", NEITHER, most=5),
)


class Load(NamedTuple):
    """A column of a table of names: what it is called, and where it stands."""

    label: str
    frame: Frame
    kind: str
    column: str


def instead_of_page(view: Board, whose: Whose) -> None:
    """Draw the sheet of who is picked, where the URL asks for it on paper, and end the run."""
    name = address_reading(address.PICK).text
    if not name or not paper.wanted():
        return
    of_name = view.within(**{f"{whose}s": (name,)})
    if not of_name.total:
        return
    with st.container(key="paper"), st.container(key="paper_sheet", gap="small"):
        paper.begin(view.t)
        st.html(UPRIGHT)
        _draw(of_name, whose, name)
    st.stop()


def _draw(view: Board, whose: Whose, name: str) -> None:
    conditions = [view.scope_words, view.filter_words]
    rows = workload.ordered(view.table, view.rows, view.as_of, "due")
    state_codes = workload.row_states(view.table, rows, view.as_of)
    draw.title(load_in_words(view, whose, name))
    draw.note(view.t("text.dot").join(text for text in conditions if text))
    for part in PARTS:
        codes_of_part = [workload.STATES.index(state) for state in part.states]
        is_of_part = np.isin(state_codes, codes_of_part)
        rows_of_part = rows[is_of_part]
        if len(rows_of_part):
            _draw_part(view, whose, name, part, rows_of_part)
    draw.heading(view.t("paper.with"))
    for line in _partners(view, name):
        draw.note(line)


def _draw_part(view: Board, whose: Whose, name: str, part: Part, rows: np.ndarray) -> None:
    """The heading of a part, its first rows, and how many more there are."""
    t = view.t
    department = name if whose == "department" else ""
    table = of_measures(view, rows[: part.most], department, COLUMNS[whose])
    left_out = len(rows) - part.most
    draw.heading(t(f"paper.{part.name}", n=len(rows)))
    draw_on_paper(table, f"paper_{part.name}", t, "sheet")
    if left_out > 0:
        draw.note(t("paper.more", n=left_out))


def _partners(view: Board, name: str) -> list[str]:
    """With whom, in words: who leads, who supports, and which leaders carry the same."""
    t = view.t
    departments = workload.by_department(view.table, view.rows, weight=view.weight)
    leaders = workload.by_leader(view.table, view.rows, view.as_of)
    loads = (
        Load(t("role.lead"), departments, "department", "lead"),
        Load(t("role.support"), departments, "department", "support"),
        Load(t("field.leader"), leaders, "leader", "measures"),
    )
    lines = [_partners_in_words(load, name, t) for load in loads]
    return [line for line in lines if line]


def _partners_in_words(load: Load, name: str, t: Translator) -> str:
    """All names with a load but the one of the sheet, most loaded first; "" where there is none."""
    is_partner = (load.frame[load.kind] != name) & (load.frame[load.column] > 0)
    partners = load.frame[is_partner].sort_values(load.column, ascending=False, kind="stable")
    if partners.empty:
        return ""
    names = partners[load.kind].tolist()
    counts = partners[load.column].tolist()
    return load.label + t("text.colon") + sentences.counted(names, counts, load.kind, t)


def load_in_words(view: Board, whose: Whose, name: str) -> str:
    """The load of a leader or a department in a sentence. view: narrowed to what it carries."""
    year = view.year
    months = workload.by_month(view.table, view.rows, year)
    led = None
    if whose == "department":
        led = view.within(departments=(name,), role="lead").total
    who = named(name, view.t)
    return sentences.person(who, view.total, months, year, view.t, lead=led)


def of_measures(
    view: Board, rows: np.ndarray, department: str, columns: tuple[str, ...]
) -> TextTable:
    """Measures as a table. department: whose role the column `role` says, "" for nobody's."""
    listing = of_rows(view, rows)
    if department:
        lead = view.t("role.lead")
        support = view.t("role.support")
        listing["role"] = [lead if department in names else support for names in listing["lead"]]
    return tables.measures(listing, columns, view.t)
