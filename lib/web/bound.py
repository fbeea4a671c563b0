"""Widgets and the URL: what stands in one stands in the other.

Streamlit binds a widget to the URL by its key, and writes there what the widget shows. Where the
reader sees words and the URL has a code, a text box out of sight carries the code from page to page
(see board.css), and the widget that is seen sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import streamlit as st

from lib.i18n import Translator
from lib.web import address
from lib.web.address import Parameter

TEXT_BOXES: Final = (
    *(address.QUERY, address.LANGUAGE, address.AS_OF, address.YEAR),
    *(address.ROLE, address.WEIGHT, address.DUE_FROM, address.DUE_TO),
)


def put(key: str, text: str | None) -> None:
    """Write a page's own choice into the URL, or take it out; the browser's Back undoes it."""
    if text:
        st.query_params[key] = text
    else:
        st.query_params.pop(key, None)


def texts(names: Iterable[str]) -> dict[str, str]:
    """What the URL says of some parameters, without those of which it says nothing."""
    in_url = {name: st.query_params.get(name, "") for name in names}
    return {name: text for name, text in in_url.items() if text}


def trust_session() -> None:
    """Say that the session has texts that the URL does not have yet.

    So it is in the run of a callback, and on the way to another page.
    """
    st.session_state["session_is_right"] = True


def follow_back() -> None:
    """Let the browser's Back undo what stands in the frame's text boxes.

    It changes the URL, and the other widgets with it, but a text box tells the server its old value
    (Streamlit 1.67).
    """
    if st.session_state.pop("session_is_right", False):
        return
    for parameter in TEXT_BOXES:
        in_url = st.query_params.get(parameter.name, "")
        if st.session_state.get(parameter.name, in_url) != in_url:
            st.session_state[parameter.name] = in_url


def code(parameter: Parameter) -> str:
    """The text that a code box has in this run, also before it is drawn; "" for none."""
    text = st.session_state.get(parameter.name, st.query_params.get(parameter.name))
    return text or ""


def put_code(parameter: Parameter, text: str) -> None:
    """Give a code box a text, in a callback; the browser's Back undoes it."""
    st.session_state[parameter.name] = text
    trust_session()


def code_box(parameter: Parameter) -> str:
    """The text box out of sight that holds a code for the URL; "" for none."""
    text = st.text_input(
        parameter.name,
        key=parameter.name,
        bind="query-params",
        label_visibility="collapsed",
    )
    return text or ""


def shown_key(parameter: Parameter) -> str:
    """The key of the widget in which the reader sees the words of a code."""
    return f"{parameter.name}_shown"


def words_of_code(parameter: Parameter, t: Translator) -> dict[str, Any]:
    """The options, key and callback of a widget that shows the words of a code box, and sets it."""
    key = shown_key(parameter)
    code: str = st.session_state[parameter.name]

    def set_code() -> None:
        put_code(parameter, code_in(key, parameter.codes, code))

    def word(name: str) -> str:
        return parameter.word(name, t)

    known_code = code if code in parameter.codes else None
    show_code(key, known_code, word)
    return {
        "options": parameter.codes,
        "format_func": word,
        "key": key,
        "on_change": set_code,
    }


class Said(NamedTuple):
    """What a widget showed last: the code, and the word for it."""

    code: str | None
    word: str


def show_code(key: str, code: str | None, word: Callable[[str], str]) -> None:
    """Let a widget show what the URL says, in the words of now: they change with the language.

    Written only where one of them differs, or the browser would set it anew each run.
    """
    memory = f"{key}_said"
    now = Said(code, word(code) if code else "")
    before = st.session_state.get(memory, now)
    in_other_words = before.code == now.code and before.word != now.word
    if st.session_state.get(key) != code or in_other_words:
        st.session_state[key] = code
    st.session_state[memory] = now


def code_in(key: str, codes: Sequence[str], before: str) -> str:
    """The code that a widget has now, "" for none.

    Where it has none of the codes, the one before stays.

    When the language has changed, the browser sends the words that it showed before, as if they
    were chosen.
    """
    value = st.session_state[key]
    if value is None:
        return ""
    if value in codes:
        return str(value)
    return before
