"""The desk: a component of our own that draws the draft and sends back what a person edits."""

from __future__ import annotations

from typing import Final

import msgspec
import streamlit as st

from lib.i18n import Translator
from lib.web import access, streamlit_internals
from lib.web.intake import keeping, scripts
from lib.web.intake.draft import OnDesk, throw_away

# The JavaScript modules, each after those that it imports
MODULES: Final = (
    "dom.js",
    "draft.js",
    "columns.js",
    "store.js",
    "keeping.js",
    "keys.js",
    "bar.js",
    "lists.js",
    "saying.js",
    "paper.js",
    "pen.js",
    "sheet.js",
    "slip.js",
    "desk.js",
)


def show(on_desk: OnDesk, t: Translator) -> None:
    """Draw the document and what was read from it, side by side, to be checked and mended."""
    key = f"desk_{on_desk.key}"
    told = msgspec.json.encode(keeping.of(on_desk, t, is_here=access.sits_here()))
    _COMPONENT(
        key=key,
        data=b'{"keeping":%b,"message":%b}' % (told, on_desk.drawn.message),
        default={"log": []},
        on_log_change=lambda: on_desk.take(st.session_state[key]["log"]),
        on_wanted_change=on_desk.want,
        on_thrown_change=throw_away,
    )
    streamlit_internals.run_after_a_lost_connection()


_COMPONENT = st.components.v2.component(
    "desk",
    html=(scripts.ASSETS / "desk.html").read_text(encoding="utf-8"),
    css=(scripts.ASSETS / "desk.css").read_text(encoding="utf-8"),
    js=scripts.joined(MODULES),
)
