"""What the URL always says: the language and the weight; and the reader's time zone.

The two are given where a link leaves them out.

A default of the widget would be left out of the URL, and the link would then mean something else
tomorrow.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from lib import i18n
from lib.ledger import place
from lib.web import address, uses
from lib.web.address import Parameter
from lib.web.uses import Misfit


class Default(NamedTuple):
    """What a parameter is where nobody says."""

    parameter: Parameter
    text: str


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
    return place.zone_named(st.context.timezone or "")


def minute(moment: datetime) -> str:
    """A moment to the minute, in the reader's time zone."""
    return moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def fill_in() -> list[Misfit]:
    """Give each of the two a text in its box and in the URL, where neither has one that fits.

    Returns:
        What the URL said of them and did not fit.
    """
    misfits: list[Misfit] = []
    for default in _defaults():
        key = default.parameter.name
        reading = address_reading(default.parameter)
        misfits += [Misfit(key, text) for text in reading.misfits]
        if key not in st.session_state:
            _begin_with(default, reading)
        elif not st.session_state[key]:  # emptied: the URL still says what was
            st.session_state[key] = default.text
    return misfits


def _begin_with(default: Default, reading: address.Reading) -> None:
    """In a session's first run, let the box take from the URL the text that is good for it."""
    key = default.parameter.name
    good = reading.text and not reading.misfits
    if not good:
        st.query_params[key] = default.text
        st.session_state[key] = default.text


def address_reading(parameter: Parameter) -> address.Reading:
    """What the URL of this run says of a parameter."""
    return uses.reading(parameter)


def _defaults() -> list[Default]:
    return [
        Default(address.LANGUAGE, language()),
        Default(address.WEIGHT, address.WEIGHT.default),
    ]
