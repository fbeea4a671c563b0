"""What a reader types into a box of names and is none of them: found as the search finds, by pinyin.

Streamlit's boxes compare letters. What is typed and not on offer comes as a new value: where the
search finds one name for it, that is taken; of several the reader chooses by a button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import pyarrow as pa
import streamlit as st

from lib import measures, search
from lib.i18n import Translator
from lib.web.markdown import plain

MOST_OFFERED: Final = 12  # names, as buttons

Column = measures.Names | measures.Labels


class Question(NamedTuple):
    """What was typed, and the names that it may mean."""

    typed: str
    names: list[str]


def found(typed: str, names: Iterable[str], kind: str) -> list[str]:
    """The names that a text finds, in their order.

    Args:
        typed: Chinese, pinyin or initials.
        names: to look among.
        kind: as `search.find` has it.
    """
    texts = pa.array(names, pa.string())
    is_hit = search.find(typed, texts, kind=kind)
    hits: list[str] = texts.filter(pa.array(is_hit)).to_pylist()
    return hits


def resolve(key: str, column: Column, kind: str) -> None:
    """In a multiselect put the name for what was typed; what may be several is asked.

    What is none stays, and the page says so.

    Args:
        key: of the widget.
        column: of the table, with the names that there are.
        kind: of names, as `search.find` has it.
    """
    forget(key)
    chosen: list[str] = []
    for text in st.session_state[key]:
        names = _meant(text, column, kind)
        if len(names) > 1:
            ask(key, text, names)
        else:
            chosen += names or [text]
    st.session_state[key] = list(dict.fromkeys(chosen))


def _meant(text: str, column: Column, kind: str) -> list[str]:
    """The names of a column that a text may mean: itself, or those that it finds."""
    if column.code_of(text) >= 0:
        return [text]
    return found(text, _names_of(column), kind)


def resolve_one(key: str, text: str, names: Iterable[str], kind: str) -> str:
    """The name for what was typed into a select box; "" where it may be several, or is none.

    Args:
        key: of the widget.
        text: what was typed.
        names: that there are.
        kind: of names, as `search.find` has it.
    """
    forget(key)
    hits = found(text, names, kind)
    if len(hits) == 1:
        return hits[0]
    ask(key, text, hits)
    return ""


def _names_of(column: Column) -> Iterable[str]:
    names = column.names
    return names if isinstance(names, list) else names.cast(pa.string())


# --- the question ---------------------------------------------------------------------------------


def _question_key(key: str) -> str:
    return f"{key}_question"


def ask(key: str, typed: str, names: list[str]) -> None:
    """Let `offer` ask in this run which of the names was meant. key: of the widget."""
    st.session_state[_question_key(key)] = Question(typed, names)


def forget(key: str) -> None:
    """Ask no more."""
    st.session_state.pop(_question_key(key), None)


def offer(key: str, choose: Callable[[str], None], t: Translator) -> None:
    """The names that what was typed may mean, as buttons; none where nothing is to be asked.

    Args:
        key: of the widget.
        choose: takes the name that the reader chooses.
        t: the reader's words.
    """
    question: Question | None = st.session_state.get(_question_key(key))
    if question is None:
        return

    def answer(name: str) -> None:
        forget(key)
        choose(name)

    offered = question.names[:MOST_OFFERED]
    left_out = len(question.names) - len(offered)
    what = "typed.which" if offered else "typed.none"
    with st.container(
        key=f"{_question_key(key)}_asked",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        st.caption(plain(t(what, text=question.typed)), width="content")
        for place, name in enumerate(offered):
            st.button(plain(name), key=f"{key}_answer_{place}", on_click=answer, args=(name,))
        if left_out:
            st.caption(plain(t("typed.more", n=left_out)), width="content")
