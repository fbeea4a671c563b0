"""What is opened in detail: the rows that a mark counts, or one measure."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import one_measure, sentences, tables
from lib.answers.names import named
from lib.answers.text_table import TextTable
from lib.i18n import Translator
from lib.ledger.progress import Progress
from lib.web import (
    address,
    arrangement,
    bound,
    choices,
    components,
    counts,
    draw,
    office,
    opened,
    paper,
    sheet,
)
from lib.web.defaults import address_reading
from lib.web.drawing import Drawing, load_in_segments
from lib.web.markdown import plain
from lib.web.opened import Opened
from lib.web.sheet import Whose
from lib.web.view import FIRST_NAMES, PAGE_ROWS, Board, open_view

ROWS: Final = "detail_rows"  # the key of the table
STATUS: Final = "status"  # the key of the figure that shows what departments lead, by light
_OPENED: Final = components.of_assets("opened", "")


def below(view: Board, whose: Whose, mark: Opened, *figures: str) -> None:
    """The rows of the mark that is open, if it is one of these figures that was clicked.

    Args:
        view: of the page.
        whose: what the page's names are.
        mark: what is opened.
        figures: the keys of the figures above, "" for the first of the page.
    """
    if not mark or mark.at not in figures:
        draw.nothing()
        return
    narrowed = _narrowed(view, whose, mark)
    arranged = arrangement.of_session(ROWS, "due")
    rows = narrowed.chosen(mark.of, arranged.sort)
    first_rows = rows[:PAGE_ROWS]
    with st.container(border=True, key="detail"):
        _head(narrowed, whose, mark, len(rows))
        table = _measures(view, whose, mark, first_rows, arranged.columns)
        draw.grid(table, ROWS, opened.here(), arranged=arranged)
        if len(rows) > PAGE_ROWS:
            draw.note(view.t("note.first_rows", n=PAGE_ROWS, total=len(rows)))
        _milestones(view, first_rows)
        _OPENED(data={"opened": repr(mark)}, key="opened")


def completion(view: Board, whose: Literal["leader", "department"], mark: Opened) -> None:
    """How much each name of a page has done, and what is opened of it."""
    if whose == "department" and view.progress is not None:
        status = view.once(_lead_by_status, mark.name)
        draw.figure(status, opened.here(status.key))
    draw.completion(view, whose, opened.here("completion"))
    below(view, whose, mark, "completion", STATUS)


def _lead_by_status(view: Board, name: str) -> Drawing:
    """What leading departments have, by light. The leaders' page is about this from its top on."""
    return load_in_segments(
        view,
        "department",
        limit=FIRST_NAMES.main,
        key=STATUS,
        finding=counts.pressing_finding(view, "department"),
        picked=name,
    )


def _measures(
    view: Board, whose: Whose, mark: Opened, rows: np.ndarray, columns: tuple[str, ...]
) -> TextTable:
    """The rows as a table; of a department also in which role it has each of them."""
    if whose == "department" and mark.name:
        return sheet.of_measures(view, rows, mark.name, ("role", *columns))
    return sheet.of_measures(view, rows, "", columns)


def _narrowed(view: Board, whose: Whose, mark: Opened) -> Board:
    """The view with no more than what is opened, but for its state and month."""
    if not mark.name:
        return view
    if whose == "section":
        return view.within(sections=(mark.name,))
    if whose == "department":
        narrowed = view.within(departments=(mark.name,), role=mark.part)
        role_beside = "support" if mark.part == "lead" else "lead"
    else:
        narrowed = view.within(leaders=(mark.name,))
        role_beside = mark.part
    if not mark.beside:
        return narrowed
    return narrowed.within(departments=(mark.beside,), role=role_beside)


def _head(view: Board, whose: Whose, mark: Opened, count: int) -> None:
    """What is opened in a sentence; beside it the buttons that make its name a filter and close it."""
    sentence = _in_words(view, whose, mark, count)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(sentence), anchor=False, width="stretch")
        if mark.name:
            choices.filter_by_pick(whose, mark.name)
            paper.sheet_button(f"{whose}s.py", mark.name, view.t)
        st.button(view.t("pick.close"), key="close_opened", on_click=opened.close)


def _in_words(view: Board, whose: Whose, mark: Opened, count: int) -> str:
    """What is opened, and how many rows it has."""
    if mark.is_name_alone:
        return sheet.load_in_words(view, whose, mark.name)
    t = view.t
    name = named(mark.name, t)
    if mark.part and whose == "department":
        name = _in_role(name, mark.part, t)
    parts = [name, _beside_in_words(whose, mark, t), sentences.part(mark.of, t)]
    what = t("text.dot").join(part for part in parts if part)
    return t("part.count", what=what, n=count)


def _beside_in_words(whose: Whose, mark: Opened, t: Translator) -> str:
    """The name that stands across from the one that is opened, "" for none."""
    if not mark.beside:
        return ""
    name = mark.beside
    if whose == "leader":
        name = _in_role(name, mark.part, t)
    return t("part.beside", name=name)


def _in_role(name: str, role: str, t: Translator) -> str:
    return t("part.in_role", name=name, role=t(f"role.{role}"))


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
        open_view(view)  # what is clicked in it runs without the frame
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
    is_followed = view.progress is not None and view.progress.status.followed[row]
    facts = one_measure.facts(view.table, row, view.as_of, view.t, is_followed=is_followed)
    lines = [f"- **{plain(name)}**{colon}{plain(text)}" for name, text in facts]
    with st.container(key="facts"):
        st.markdown("\n".join(lines))
    _milestones(view, np.array([row]))
    if is_followed:
        _followed(view, row, view.followed)


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
        _targets(progress, row, t)
        office.acts(view, row, seen)
        office.history(view, row, seen)


def _targets(progress: Progress, row: int, t: Translator) -> None:
    """How far the targets of a measure have come, each with a bar where it has a number to be reached."""
    targets = progress.targets.get(row, ())
    if not targets:
        return
    with st.container(key="targets", gap="small"):
        st.markdown(f"**{t('progress.target.title')}**")
        for target in targets:
            number = progress.number(row, target.name)
            words = plain(sentences.reached(target, number, t))
            if number is None or target.number is None:
                st.markdown(words)
            else:
                st.progress(min(number / target.number, 1.0), words)


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
