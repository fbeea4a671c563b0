"""The dialog that starts a list: how often, by which day, from which period, who is asked."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Final, TypeVar

import streamlit as st

from lib.errors import BoardError, describe
from lib.ledger import acts
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Month, Started
from lib.ledger.periods import Period
from lib.ledger.status import rows_of_list
from lib.web import access, ledgers, written
from lib.web.markdown import plain
from lib.web.view import Board
from lib.web.written import Outcome

OUTCOME: Final = "start_outcome"
USUAL_DAY: Final = 5
LAST_DAY_OF_MONTH: Final = 31
BOX: Final = 200  # pixels
Code = TypeVar("Code", bound=StrEnum)


def start(view: Board) -> None:
    """Offer to follow the lists that are not followed yet, to who may keep the ledger."""
    t = view.t
    outcome = st.session_state.pop(OUTCOME, None)
    if outcome:
        written.say(outcome)
    lists = _not_followed(view)
    if not lists:
        return
    if not access.may_keep_ledger():
        st.caption(plain(t("progress.start.elsewhere")))
        return
    if st.button(t("progress.start.open"), key="start_open", type="primary"):
        _dialog(view, lists)


def _not_followed(view: Board) -> list[str]:
    followed = view.progress.status.followed if view.progress else None
    lists: list[str] = view.table.codes.lists.names
    if followed is None:
        return lists
    waiting = []
    for name in lists:
        if not followed[rows_of_list(view.table, name)].all():
            waiting.append(name)
    return waiting


def _dialog(view: Board, lists: list[str]) -> None:
    t = view.t

    @st.dialog(t("progress.start.title"), width="large")
    def dialog() -> None:
        name = str(st.selectbox(t("field.list"), lists, key="start_list"))
        rule = _rule(view)
        _say_what_changes(view, name, rule)
        if st.button(t("progress.start.do"), key="start_do", type="primary"):
            _start(view, name, rule)
            st.rerun()  # all of the page, without the dialog

    dialog()


def _rule(view: Board) -> Started:
    """The boxes that say how a list is followed, and what they say."""
    t = view.t
    with st.container(horizontal=True, gap="small"):
        cadence = _box(view, "cadence", Cadence)
        month = _box(view, "month", Month, first=Month.NEXT)
        day = st.number_input(
            t("progress.start.day"), 1, LAST_DAY_OF_MONTH, USUAL_DAY, key="start_day", width=BOX
        )
    with st.container(horizontal=True, gap="small"):
        first = st.text_input(
            t("progress.start.first"),
            Period.of_day(view.today, cadence).code,
            key=f"start_first_{cadence}",
            width=BOX,
        )
        asked = _box(view, "asked", Asked)
    return Started(cadence, int(day), month, first.strip(), asked)


def _box(view: Board, name: str, codes: type[Code], first: Code | None = None) -> Code:
    """A box over the members of an enum. first: the one that it begins with."""
    offered = list(codes)
    chosen = st.selectbox(
        view.t(f"progress.start.{name}"),
        offered,
        index=offered.index(first) if first else 0,
        format_func=lambda code: view.t(f"progress.{name}.{code}"),
        key=f"start_{name}",
        width=BOX,
    )
    return codes(chosen)


def _say_what_changes(view: Board, name: str, rule: Started) -> None:
    t = view.t
    try:
        due = Period.of_code(rule.first_period).due(rule)
    except ValueError:
        error = BoardError("act_first_period_invalid", period=rule.first_period)
        st.error(plain(describe(error, t)))
        return
    n = len(rows_of_list(view.table, name))
    st.info(plain(t("progress.start.changes", list=name, n=n, due=due.isoformat())))


def _start(view: Board, name: str, rule: Started) -> None:
    t = view.t
    identity = st.session_state.setdefault("start_id", uuid.uuid4().hex)
    about = About(name, "", view.today, form=identity)
    try:
        ledgers.follower().record([acts.start(about, rule)])
    except BoardError as error:
        st.session_state[OUTCOME] = Outcome(describe(error, t), done=False)
        return
    st.session_state[OUTCOME] = Outcome(t("progress.start.done", list=name), done=True)
    del st.session_state["start_id"]
