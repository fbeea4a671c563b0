"""What was written to the board's table: said to who has written it, and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from lib import errors, revisions
from lib.apart import reader
from lib.errors import BoardError
from lib.i18n import Translator
from lib.web import defaults, store
from lib.web.markdown import plain


class Outcome(NamedTuple):
    """What came of writing or undoing, said in the run that follows.

    to_see: the filters under which the board shows what was written, None where nothing was.
    """

    sentence: str
    done: bool
    to_see: dict[str, str] | None = None


Keep = Callable[[Outcome], None]  # what a place does with the outcome of an undo


def outcome_of(act: Callable[[], None], done: str, t: Translator) -> Outcome:
    """Write or undo, and tell what came of it."""
    try:
        act()
    except BoardError as error:
        return Outcome(errors.describe(error, t), done=False)
    return Outcome(done, done=True)


def say(outcome: Outcome) -> None:
    """Say what came of it."""
    sentence = plain(outcome.sentence)
    if outcome.done:
        st.success(sentence)
    else:
        st.error(sentence)


def offer_undo(path: Path, t: Translator, keep: Keep, place: str = "") -> None:
    """Offer to undo the last save of a table, which asks once.

    Args:
        keep: gets what came of it.
        place: tells the buttons apart where two places of a page offer it.
    """
    undoable = revisions.undoable(path)
    if undoable is None:
        return
    if st.session_state.get("undo_asked") == undoable.saved:
        _ask_undo(path, undoable, t, keep, place)
        return
    time = defaults.minute(undoable.saved)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            t("intake.add.undo"), key=f"{place}add_undo", on_click=_ask, args=(undoable.saved,)
        )
        st.caption(plain(t("intake.add.last", file=path.name, time=time)))


def _ask(saved: datetime | None) -> None:
    """Ask in the next run whether a save is to be undone, by its time; None asks no more."""
    st.session_state["undo_asked"] = saved


def _ask_undo(
    path: Path, undoable: revisions.Undoable, t: Translator, keep: Keep, place: str
) -> None:
    """Say what an undo would do, and let it be done or left."""
    table = store.load().table
    file_then = undoable.other if undoable.other.exists() else store.source()
    try:
        then = len(reader.table(file_then))
    except BoardError as error:
        _ask(None)
        st.error(plain(errors.describe(error, t)))
        return
    now = 0 if table is None else len(table)
    st.warning(plain(t("intake.add.undo_would", file=path.name, now=now, then=then)))

    def undo() -> None:
        done = t("intake.add.undone", file=path.name)
        keep(outcome_of(partial(revisions.undo, path), done, t))

    with st.container(horizontal=True, gap="small"):
        st.button(t("intake.add.undo_now"), key=f"{place}undo_now", on_click=undo)
        st.button(t("intake.add.undo_not"), key=f"{place}undo_not", on_click=_ask, args=(None,))
