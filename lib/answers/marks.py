"""What a mark of a chart or a table opens: the rows that it counts, as the query of an address."""

from __future__ import annotations

from typing import Final

from lib.text.excerpts import DRAWN

# Only what parts a query is encoded: a name is sent with each of its marks
_ENCODED: Final = str.maketrans({"%": "%25", "&": "%26", "=": "%3D", "+": "%2B"})


def opens(**parameters: str) -> str:
    """The query of what a mark opens, `pick=张慧&state=passed`.

    Args:
        parameters: of `web.address`: pick, part, beside, state, month, count, measure or open; empty ones
            are left out. One that is too long to be drawn opens nothing.
    """
    given = {name: text for name, text in parameters.items() if text}
    if any(len(text) > DRAWN for text in given.values()):
        return ""
    return "&".join(f"{name}={text.translate(_ENCODED)}" for name, text in given.items())
