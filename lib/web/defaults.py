"""What the URL always says: the language, the day and the weight, given where a link leaves them out.

A default of the widget would be left out of the URL, and the link would then mean something else tomorrow.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

import streamlit as st

from lib import i18n, measures, workload
from lib.web import address
from lib.web.address import Parameter


class Misfit(NamedTuple):
    """A parameter of the URL with a text that fits nothing."""

    key: str
    text: str


class Default(NamedTuple):
    """What a parameter is where nobody says: the value of its widget, and its text in the URL."""

    parameter: Parameter
    value: Any
    text: str


FIRST_RUN_MARKS: Final = frozenset(
    {"today", "misfits"}
)  # a session has one of them after its first run


def language() -> str:
    """The language that was chosen, that the URL names, or that the browser prefers; Chinese where none says."""
    key = address.LANGUAGE.name
    for code in (st.session_state.get(key), st.query_params.get(key)):
        if code in i18n.LANGUAGES:
            return str(code)
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def fill_in(table: measures.Table, today: date) -> list[Misfit]:
    """Give each of the three a value in its widget and in the URL, where neither has one that fits.

    Returns:
        What the URL said of them and did not fit.
    """
    misfits: list[Misfit] = []
    for default in _defaults(table, today):
        reading = address_reading(default.parameter)
        key = default.parameter.name
        misfits += [Misfit(key, text) for text in reading.misfits]
        if key not in st.session_state:  # the first run: the widget takes a good text from the URL
            if reading.misfits or not reading.text:
                st.query_params[key] = default.text
                st.session_state[key] = default.value
        elif st.session_state[key] in (None, ""):  # emptied: the URL still says what was
            st.session_state[key] = default.value
    if misfits and FIRST_RUN_MARKS.isdisjoint(st.session_state):
        # What a widget can't take from the URL, Streamlit would take out of it: run again with the URL as it is now.
        st.session_state["misfits"] = misfits
        st.rerun()
    _follow_midnight(today)
    return list(st.session_state.pop("misfits", misfits))


def address_reading(parameter: Parameter) -> address.Reading:
    """What the URL of this run says of a parameter."""
    return parameter.read(st.query_params.get_all(parameter.name))


def _defaults(table: measures.Table, today: date) -> list[Default]:
    lists = st.session_state.get("list") or st.query_params.get_all("list")
    day = address.nearest_day(today, workload.years(table, lists))
    code, weight = language(), address.WEIGHT.default
    return [
        Default(address.LANGUAGE, code, code),
        Default(address.AS_OF, day, day.isoformat()),
        Default(address.WEIGHT, weight, weight),
    ]


def _follow_midnight(today: date) -> None:
    """A page that stands at today goes on to the new day at midnight; one that stands at another day stays there."""
    before = st.session_state.get("today")
    at_today = st.session_state.get(address.AS_OF.name) == before
    if before and before != today and at_today:
        st.session_state[address.AS_OF.name] = today
    st.session_state["today"] = today
