"""The desk: a component of our own that draws the draft and sends back what a person edits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import streamlit as st

from lib.web.intake.draft import OnDesk

ASSETS: Final = Path(__file__).with_name("assets")

# The JavaScript modules, each after those that it imports
MODULES: Final = (
    "dom.js",
    "draft.js",
    "columns.js",
    "keys.js",
    "bar.js",
    "lists.js",
    "paper.js",
    "pen.js",
    "sheet.js",
    "slip.js",
    "desk.js",
)
_IMPORT: Final = re.compile(r'^import [^;]+ from "\./\w+\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?!default )", re.MULTILINE)


def show(on_desk: OnDesk) -> None:
    """Draw the document and what was read from it, side by side, to be checked and mended."""
    key = f"desk_{on_desk.number}"
    _COMPONENT(
        key=key,
        data=on_desk.drawn.message,
        default={"log": []},
        on_log_change=lambda: on_desk.take(st.session_state[key]["log"]),
    )


def script() -> str:
    """The modules as one: Streamlit loads a component's script from a blob, which imports no files.

    They share one scope then, so a name at the top level stands in one of them only.
    """
    parts = []
    for name in MODULES:
        source = (ASSETS / name).read_text(encoding="utf-8")
        parts.append(_EXPORT.sub("", _IMPORT.sub("", source)))
    return "\n".join(parts)


_COMPONENT = st.components.v2.component(
    "desk",
    html=(ASSETS / "desk.html").read_text(encoding="utf-8"),
    css=(ASSETS / "desk.css").read_text(encoding="utf-8"),
    js=script(),
)
