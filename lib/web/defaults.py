"""What the URL always says: the language, the day and the weight; and the reader's time zone.

The three are given where a link leaves them out.

A default of the widget would be left out of the URL, and the link would then mean something else
tomorrow.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    """The language that was chosen, else the URL's, else the browser's, else Chinese."""
    key = address.LANGUAGE.name
    for code in (st.session_state.get(key), st.query_params.get(key)):
        if code in i18n.LANGUAGES:
            return str(code)
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def zone() -> ZoneInfo | None:
    """The reader's time zone as the browser tells it; None, the server's, where it does not."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def minute(moment: datetime) -> str:
    """A moment to the minute, in the reader's time zone."""
    return moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def fill_in(table: measures.Table, today: date) -> list[Misfit]:
    """Give each of the three a value in its widget and in the URL, where neither has one that fits.

    Returns:
        What the URL said of them and did not fit.
    """
    misfits: list[Misfit] = []
    for default in _defaults(table, today):
        key = default.parameter.name
        reading = address_reading(default.parameter)
        misfits += [Misfit(key, text) for text in reading.misfits]
        if key not in st.session_state:
            _begin_with(default, reading)
        elif st.session_state[key] in (None, ""):  # emptied: the URL still says what was
            st.session_state[key] = default.value
    if misfits and FIRST_RUN_MARKS.isdisjoint(st.session_state):
        # What a widget can't take from the URL, Streamlit would take out of it: run again with the
        # URL as it is now.
        st.session_state["misfits"] = misfits
        st.rerun()
    _follow_midnight(today)
    return list(st.session_state.pop("misfits", misfits))


def _begin_with(default: Default, reading: address.Reading) -> None:
    """In a session's first run, let the widget take from the URL the text that is good for it."""
    key = default.parameter.name
    good = reading.text and not reading.misfits
    if not good:
        st.query_params[key] = default.text
        st.session_state[key] = default.value


def address_reading(parameter: Parameter) -> address.Reading:
    """What the URL of this run says of a parameter."""
    return parameter.read(st.query_params.get_all(parameter.name))


def _defaults(table: measures.Table, today: date) -> list[Default]:
    key = address.LIST.name
    lists = st.session_state.get(key) or st.query_params.get_all(key)
    years = workload.years(table, lists)
    day = address.nearest_day(today, years)
    code = language()
    weight = address.WEIGHT.default
    return [
        Default(address.LANGUAGE, code, code),
        Default(address.AS_OF, day, day.isoformat()),
        Default(address.WEIGHT, weight, weight),
    ]


def _follow_midnight(today: date) -> None:
    """Let a page that stands at today go on to the new day; at another day it stays."""
    key = address.AS_OF.name
    last_today = st.session_state.get("today")
    stood_at_today = last_today and st.session_state.get(key) == last_today
    if stood_at_today and last_today != today:
        st.session_state[key] = today
    st.session_state["today"] = today
