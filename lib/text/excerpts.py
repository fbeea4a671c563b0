"""The beginning of a text, for places that can't hold any text whole."""

from __future__ import annotations

from typing import Final

DRAWN: Final = 1000  # characters: a row of a chart or of a table is then as high as the window
ELLIPSIS: Final = "…"


def excerpt(text: str, longest: int = DRAWN) -> str:
    """A text whole, or as much of its beginning as so many characters hold, with … behind it."""
    if len(text) <= longest:
        return text
    return text[: longest - len(ELLIPSIS)].rstrip() + ELLIPSIS
