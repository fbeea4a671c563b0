"""Streamlit's scripts and style sheets as the board sends them, under an address of their own.

The scripts' names carry a hash of what Streamlit wrote, and browsers keep them for ever. What is
sent is no longer that, so they stand below an edition: the same address never has other content.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from lib.web import streamlit_internals as internals

ORIGINAL: Final = "/static/"  # the folder in the address, as Streamlit has it
TAG: Final = f" {internals.WORD}"  # makes of a literal what our function gives for it
EDITION_DIGITS: Final = 12
_EDITS: Final = repr(
    (TAG, internals.LITERALS, internals.PAGE_LOCALE, internals.SHIPPED_FONT.pattern)
)
EDITION: Final = hashlib.sha256(_EDITS.encode()).hexdigest()[:EDITION_DIGITS]
EDITED: Final = f"{ORIGINAL}{EDITION}/"


def address(file: Path) -> str:
    """The path in the URL of one of Streamlit's files."""
    return EDITED + file.relative_to(internals.STATIC).as_posix()


def body(file: Path) -> bytes:
    """What is sent of a file: a style sheet without fonts, a script that asks for its words."""
    if file.suffix == ".css":
        return internals.SHIPPED_FONT.sub(b"", file.read_bytes())
    literals = internals.literals_of(file)
    if not literals:
        return file.read_bytes()
    script = file.read_text(encoding="utf-8")
    for literal in literals:
        script = internals.place_of(literal).sub(TAG, script)
    return script.replace(internals.BROWSER_LOCALE, internals.PAGE_LOCALE).encode()
