"""What the ledger has records of and the table no row for, and how it is given back to a row or a list."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

import streamlit as st

from lib.answers.text_table import Column, TextTable
from lib.errors import BoardError, describe
from lib.i18n import Translator
from lib.ledger import acts
from lib.ledger.acts import About
from lib.ledger.unplaced import Gone
from lib.measures import Table
from lib.web import access, ledgers, written
from lib.web import table as tables
from lib.web.markdown import plain
from lib.web.office.history import heading
from lib.web.view import Board
from lib.web.written import Outcome

OUTCOME: Final = "unplaced_outcome"
SHOWN: Final = 50  # measures
BOX: Final = 420  # pixels


def draw_unplaced(view: Board) -> None:
    """Draw what is gone from the table, and let who keeps the ledger give it back. Nothing, if nothing is."""
    outcome = st.session_state.pop(OUTCOME, None)
    if outcome:
        written.say(outcome)
    lists, gone = ledgers.without_row(view.table, view.version)
    if not lists and not gone:
        return
    t = view.t
    with st.expander(plain(t("progress.unplaced.title", n=len(gone), lists=len(lists)))):
        st.caption(plain(t("progress.unplaced.about")))
        if gone:
            listing = _listing(gone[:SHOWN], t)
            tables.draw(listing, "unplaced", t, caption=t("progress.unplaced.measures"))
        if not access.may_keep_ledger():
            st.caption(plain(t("progress.read_only")))
            return
        for name in lists:
            _offer_list(view, name)
        if gone:
            _offer_row(view, gone[:SHOWN])


def _listing(gone: list[Gone], t: Translator) -> TextTable:
    last = ledgers.follower().ledger().by_seq([measure.last for measure in gone])
    return TextTable.of(
        {
            Column("measure_id", t("field.measure_id")): [each.name.id for each in gone],
            Column("list", t("field.list")): [each.name.list for each in gone],
            Column("events", t("progress.unplaced.events")): [each.events for each in gone],
            Column("last", t("progress.unplaced.last")): [
                heading(last[each.last], t) for each in gone
            ],
        }
    )


def _offer_list(view: Board, name: str) -> None:
    """Offer the lists that nobody follows as what a list is called now."""
    t = view.t
    started = {start.list for start in ledgers.follower().known().journal.starts}
    waiting = [label for label in view.table.codes.lists.names if label not in started]
    if not waiting:
        st.caption(plain(t("progress.unplaced.list_gone", name=name)))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label = t("progress.unplaced.list_is", name=name)
        key = f"unplaced_list_{name}"
        chosen = st.selectbox(plain(label), waiting, index=None, key=key, width=BOX)
        st.button(
            t("progress.unplaced.link"),
            key=f"link_list_{name}",
            disabled=chosen is None,
            on_click=_link,
            args=(view, str(chosen), {}, name),
        )


def _offer_row(view: Board, gone: list[Gone]) -> None:
    """Offer the rows without records as what a measure is called now."""
    t = view.t
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        measure = st.selectbox(
            t("progress.unplaced.measure"),
            gone,
            index=None,
            format_func=lambda each: each.name.id,
            key="unplaced_measure",
            width=BOX // 2,
        )
        rows = _rows(view, measure.name.list) if measure else []
        row = st.selectbox(
            t("progress.unplaced.row"),
            rows,
            index=None,
            format_func=lambda row: _row_in_words(view.table, row),
            key="unplaced_row",
            width=BOX,
        )
        ids = {}
        if measure and row is not None:
            ids = {measure.name.id: str(view.table.codes.ids[row].as_py())}
        st.button(
            t("progress.unplaced.link"),
            key="link_row",
            disabled=not ids,
            on_click=_link,
            args=(view, measure.name.list if measure else "", ids, ""),
        )


def _rows(view: Board, list_name: str) -> list[int]:
    return ledgers.rows_without_records(view.table, view.version, list_name)


def _row_in_words(table: Table, row: int) -> str:
    return f"{table.codes.ids[row].as_py()} {table.codes.titles[row].as_py()}"


def _link(view: Board, list_name: str, ids: Mapping[str, str], list_was: str) -> None:
    about = About(list_name, "", view.today, form=uuid.uuid4().hex)
    try:
        ledgers.follower().record([acts.rename(about, ids, list_was)])
    except BoardError as error:
        st.session_state[OUTCOME] = Outcome(describe(error, view.t), done=False)
        return
    st.session_state[OUTCOME] = Outcome(view.t("progress.unplaced.linked"), done=True)
