"""The offers: a component of our own that lists the drafts which the reader's browser keeps."""

from __future__ import annotations

from typing import Final

import streamlit as st

from lib.i18n import Translator
from lib.web.intake import keeping, scripts
from lib.web.intake.draft import OnDesk

# The JavaScript modules, each after those that it imports
MODULES: Final = ("dom.js", "store.js", "offers.js")


def chosen(on_desk: OnDesk | None, t: Translator) -> object:
    """Offer the drafts that are kept, but for the one on the desk.

    Returns:
        The one that the reader goes on with, for `keeping.unpacked`; None where there is none.
    """
    offering = keeping.offering(on_desk, t)
    return _COMPONENT(key="offers", data=offering, on_go_on_change=lambda: None).go_on


_COMPONENT = st.components.v2.component(
    "offers",
    html=(scripts.ASSETS / "offers.html").read_text(encoding="utf-8"),
    css=(scripts.ASSETS / "desk.css").read_text(encoding="utf-8"),
    js=scripts.joined(MODULES),
)
