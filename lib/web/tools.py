"""The script of every page, and the one button that it draws: copy the address."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from lib.i18n import Translator

SCRIPT: Final = Path(__file__).with_name("board.js").read_text(encoding="utf-8")
BUTTON: Final = """
button {
  font: inherit; font-size: 0.875rem; line-height: 1.6;
  color: var(--st-text-color); background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: 0.42rem 0.8rem;
}
button:hover, button:focus-visible { color: var(--st-link-color); border-color: var(--st-link-color); }
"""
_TOOLS: Final = st.components.v2.component(
    "copy_link", html='<button type="button"></button>', css=BUTTON, js=SCRIPT
)


def draw(t: Translator) -> None:
    """A button that copies the address; its script also tells the browser the page's language."""
    _TOOLS(
        data={"label": t("link.copy"), "done": t("link.copied"), "lang": t("app.lang")},
        key="copy_link",
        width="content",
    )
