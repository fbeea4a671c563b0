"""Components of our own: what the browser draws by a script and a style sheet of ours."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, Final

import streamlit as st

ASSETS: Final = Path(__file__).with_name("assets")
_COMMENTS_AND_INDENTS: Final = re.compile(
    r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]+", re.M | re.S
)
# What goes with each run: it asks once for the script itself
_LOADER: Final = """
const script = import(new URL("{address}", document.baseURI).href);
export default function show(component) {{ script.then((module) => module.default(component)); }}
"""


def address_of(script: Path) -> str:
    """Where the browser gets a script: the name changes with what it says, so that it can be kept."""
    digest = hashlib.sha256(script.read_bytes()).hexdigest()[:12]
    return f"/static/js/board-{script.stem}-{digest}.js"


SERVED: Final = {
    address_of(script): script
    for script in sorted(ASSETS.glob("*.js"))
    if script.with_suffix(".css").exists()
}


def of_assets(name: str, html: str) -> Any:
    """A component by its name, with assets/<name>.css and assets/<name>.js.

    Args:
        html: what the script finds.
    """
    style = (ASSETS / f"{name}.css").read_text(encoding="utf-8")
    return st.components.v2.component(
        name,
        html=html,
        css=_COMMENTS_AND_INDENTS.sub("", style),
        js=_LOADER.format(address=f".{address_of(ASSETS / f'{name}.js')}"),
    )
