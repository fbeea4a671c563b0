"""Components of our own: what the browser draws by a script and a style sheet of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import streamlit as st

ASSETS: Final = Path(__file__).with_name("assets")


def of_assets(name: str, html: str) -> Any:
    """A component by its name, with assets/<name>.css and assets/<name>.js.

    Args:
        html: what the script finds.
    """
    return st.components.v2.component(
        name,
        html=html,
        css=(ASSETS / f"{name}.css").read_text(encoding="utf-8"),
        js=(ASSETS / f"{name}.js").read_text(encoding="utf-8"),
    )
