"""The problems of the table: how many there are, the list of them, and from it the editor of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import streamlit as st

from lib import errors, measures
from lib.errors import Problem
from lib.i18n import Translator
from lib.web import access, components, editor, store, written
from lib.web.markdown import plain
from lib.web.store import Loaded

LISTED: Final = 2000  # problems
KEY: Final = "problem_list"
LIST: Final = components.of_assets("problems", "<ul></ul>")


def count(table: measures.Table, t: Translator) -> None:
    """The button that says how many problems there are, and opens the list of them."""
    if table.problems:
        st.button(t("problems.count", n=len(table.problems)), key="problems", on_click=_open)


def show(loaded: Loaded, t: Translator) -> None:
    """The list of problems in a dialog, once it was asked for and until it is closed.

    Args:
        loaded: the table, the board's own or one that is previewed.
    """
    if not st.session_state.get("problems_open"):
        return

    def dialog() -> None:
        if editor.draw(t, _keep):
            return
        if not loaded.is_preview and store.load().version != loaded.version:
            st.rerun()  # the file has become another since the page was drawn
        _list(loaded, t)

    st.dialog(t("page.problems"), width="large", on_dismiss=close)(dialog)()


def _open() -> None:
    st.session_state["problems_open"] = True


def close() -> None:
    """Close the list, and the row that is open."""
    for key in ("problems_open", "problems_at", "problem_outcome", "undo_asked"):
        st.session_state.pop(key, None)
    editor.close()


# --- the list -------------------------------------------------------------------------------------


def _list(loaded: Loaded, t: Translator) -> None:
    table = loaded.table
    table_problems = table.problems if table else ()
    outcome = st.session_state.get("problem_outcome")
    if outcome:
        written.say(outcome)
    if table_problems:
        _list_some(table_problems, loaded, t)
    else:
        st.caption(plain(t("problems.none", file=loaded.name)))
    if outcome:
        written.offer_undo(store.written(), t, _keep, place="mended_")


def _list_some(table_problems: Sequence[Problem], loaded: Loaded, t: Translator) -> None:
    """The first problems of a table, and how many there are."""
    listed = table_problems[:LISTED]
    n = len(table_problems)
    st.caption(plain(t("problems.intro", file=loaded.name, n=n, shown=len(listed))))
    why_not = _why_not(loaded, t)
    if why_not:
        st.caption(plain(why_not))
        _draw(listed, [], t)
    else:
        st.caption(plain(t("problems.open")))
        _draw(listed, _opening(listed), t)


def _why_not(loaded: Loaded, t: Translator) -> str:
    """Why no problem of a table can be mended here, "" where it can."""
    if loaded.is_preview:
        return t("problems.of_preview")
    if not access.may_write():
        return t("problems.off")
    return ""


def _opening(listed: Sequence[Problem]) -> list[int]:
    """The numbers of the problems of one row, of the table or of its milestones."""
    files = ("", measures.milestones_path(store.written()).name)
    return [
        number for number, problem in enumerate(listed) if problem.line and problem.source in files
    ]


def _draw(listed: Sequence[Problem], opening: Sequence[int], t: Translator) -> None:
    """Draw the sentences; they wrap, as in a table they would be cut: at the end stands what to write."""

    def opened() -> None:
        number = st.session_state[KEY]["opened"]
        if number not in opening:  # whatever a browser sends
            return
        st.session_state["problems_at"] = number
        st.session_state.pop("problem_outcome", None)
        refusal = editor.open_row(listed[number], t)
        if refusal:
            _keep(refusal)

    problems = {
        "sentences": [errors.describe(problem, t) for problem in listed],
        "opening": opening,
        "at": st.session_state.get("problems_at", -1),
        "label": t("page.problems"),
    }
    LIST(key=KEY, data=msgspec.json.encode(problems), on_opened_change=opened)


def _keep(outcome: written.Outcome) -> None:
    """Keep what came of mending, or of undoing it, for the list."""
    st.session_state["problem_outcome"] = outcome
