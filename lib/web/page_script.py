"""The script that every page has, `assets/page.js`, and its button that copies the address."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from lib.i18n import Translator

ASSETS: Final = Path(__file__).with_name("assets")
_SCRIPT: Final = st.components.v2.component(
    "page",
    html='<button type="button"></button>',
    css=(ASSETS / "page.css").read_text(encoding="utf-8"),
    js=(ASSETS / "page.js").read_text(encoding="utf-8"),
)


def draw(t: Translator) -> None:
    """Run the script, and draw the button where the frame wants it."""
    _SCRIPT(
        data={"copy": t("link.copy"), "copied": t("link.copied"), "lang": t("app.lang")},
        key="copy_link",
        width="content",
    )
