"""What is opened in detail: the rows that a mark counts, or one measure."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.answers.names import named
from lib.ledger.progress import Progress
from lib.web import (
    address,
    arrangement,
    bound,
    choices,
    components,
    draw,
    office,
    opened,
    paper,
    sheet,
)
from lib.web.defaults import address_reading
from lib.web.markdown import plain
from lib.web.opened import Opened
from lib.web.sheet import Whose
from lib.web.view import PAGE_ROWS, Board

ROWS: Final = "detail_rows"  # the key of the table
_OPENED: Final = components.of_assets("opened", "")


def below(view: Board, whose: Whose, shown: Opened, *figures: str) -> None:
    """What is opened, if it was one of these figures that was clicked.

    Args:
        view: of the page.
        whose: what the page's names are.
        shown: what is opened.
        figures: the keys of the figures above, "" for the first of the page.
    """
    if not shown or shown.at not in figures:
        draw.nothing()
        return
    narrowed = _narrowed(view, whose, shown)
    arranged = arrangement.of_session(ROWS, "due")
    rows = narrowed.chosen(shown.of, arranged.sort)
    first_rows = rows[:PAGE_ROWS]
    with st.container(border=True, key="detail"):
        _head(narrowed, whose, shown, len(rows))
        has_role = whose == "department" and shown.name
        columns = ("role", *arranged.columns) if has_role else arranged.columns
        table = sheet.of_measures(view, first_rows, shown.name if has_role else "", columns)
        draw.grid(table, ROWS, opened.here(), arranged=arranged)
        if len(rows) > PAGE_ROWS:
            draw.note(view.t("note.first_rows", n=PAGE_ROWS, total=len(rows)))
        _milestones(view, first_rows)
        _OPENED(data={"opened": repr(shown)}, key="opened")


def completion(view: Board, whose: Literal["leader", "department"], shown: Opened) -> None:
    """How much each name of a page has done, and what is opened of it."""
    draw.completion(view, whose, opened.here("completion"))
    below(view, whose, shown, "completion")


def _narrowed(view: Board, whose: Whose, shown: Opened) -> Board:
    """The view with no more than what is opened, but for its state and month."""
    if not shown.name:
        return view
    if whose == "department":
        narrowed = view.within(departments=(shown.name,), role=shown.part)
        if not shown.beside:
            return narrowed
        other_role = "support" if shown.part == "lead" else "lead"
        return narrowed.within(departments=(shown.beside,), role=other_role)
    if whose == "section":
        return view.within(sections=(shown.name,))
    narrowed = view.within(leaders=(shown.name,))
    if not shown.beside:
        return narrowed
    return narrowed.within(departments=(shown.beside,), role=shown.part)


def _head(view: Board, whose: Whose, shown: Opened, count: int) -> None:
    """What is opened in a sentence; beside it the buttons that make its name a filter and close it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(
            plain(_in_words(view, whose, shown, count)),
            anchor=False,
            width="stretch",
        )
        if shown.name:
            choices.filter_by_pick(whose, shown.name)
            paper.sheet_button(f"{whose}s.py", shown.name, view.t)
        st.button(view.t("pick.close"), key="close_opened", on_click=opened.close)


def _in_words(view: Board, whose: Whose, shown: Opened, count: int) -> str:
    if shown.is_name_alone:
        return sheet.load_in_words(view, whose, shown.name)
    t = view.t
    name = named(shown.name, t)
    if shown.part and whose == "department":
        name = t("part.in_role", name=name, role=t(f"role.{shown.part}"))
    beside = shown.beside
    if beside and whose == "leader":
        beside = t("part.in_role", name=beside, role=t(f"role.{shown.part}"))
    parts = [name, beside and t("part.beside", name=beside), sentences.part(shown.of, t)]
    what = t("text.dot").join(filter(None, parts))
    return t("part.count", what=what, n=count)


# --- one measure ----------------------------------------------------------------------------------


def over_the_page(view: Board) -> None:
    """The measure that the URL names, over the page; one that is not there is named."""
    measure_id = address_reading(address.MEASURE).text
    if not measure_id:
        return
    row = view.position(measure_id)
    if row < 0:
        key = address.MEASURE.name
        st.warning(plain(view.t("note.misfit", key=key, value=measure_id)))
        return
    title = plain(str(view.table.codes.titles[row].as_py()))

    @st.dialog(title, width="large", on_dismiss=_close_measure)
    def dialog() -> None:
        _facts(view, row)

    dialog()


def _close_measure() -> None:
    bound.put(address.MEASURE.name, None)


def measure(view: Board, row: int) -> None:
    """One measure in full beside its list."""
    title = view.table.codes.titles[row].as_py()
    with st.container(border=True, key="detail"):
        draw.heading(str(title))
        _facts(view, row)
        _OPENED(data={"opened": str(row)}, key="opened")


def _facts(view: Board, row: int) -> None:
    """All that the notice says about a measure, its milestones and targets."""
    colon = view.t("text.colon")
    lines: list[str] = []
    for name, text in tables.facts(view.table, row, view.as_of, view.t):
        fact = f"- **{plain(name)}**{colon}{plain(text)}"
        lines.append(fact)
    with st.container(key="facts"):
        st.markdown("\n".join(lines))
    _milestones(view, np.array([row]))
    if view.progress and view.progress.status.followed[row]:
        _followed(view, row, view.progress)


def _followed(view: Board, row: int, progress: Progress) -> None:
    """What the ledger says of a measure, why, what has happened to it, and what may be done."""
    t = view.t
    with st.container(key="followed", gap="small"):
        status = sentences.status_in_words(progress, row, t)
        reason = sentences.why(progress, row, t)
        due = sentences.due_days(progress, row, t)
        parts = [status, reason, due and t("progress.due", day=due)]
        st.markdown(plain(t("text.dot").join(filter(None, parts))))
        seen = office.events_of(view, row)
        office.acts(view, row, seen)
        office.history(view, seen)


def _milestones(view: Board, rows: np.ndarray) -> None:
    """The milestones and targets of some rows as a table, if they have any."""
    listing = workload.milestones(view.table, rows)
    if listing.empty:
        return
    heading = view.t("field.milestones")
    with st.container(key="figure_milestones", gap="small"):
        st.markdown(f"**{heading}**")
        table = tables.milestones(listing, view.t)
        draw.grid(table, "milestones", None, caption=heading)
