"""Text from the data, for the places where Streamlit reads Markdown."""

from __future__ import annotations

import re
from typing import Final

from lib.measures import schema
from lib.text.excerpts import excerpt

PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
# By what Streamlit's Markdown knows an address (GitHub's autolinks), whatever stands around it
ADDRESS: Final = re.compile(r"https?://|www(?=\.)|@", re.IGNORECASE)
WORD_JOINER: Final = "\u2060"  # has no width


def plain(text: str) -> str:
    """Text as Markdown that shows it as written: no markup, link, formula, directive or emoji code.

    Addresses would become links in spite of the backslashes; a character without width keeps them
    apart. A text that no cell can hold is cut.
    """
    one_line = " ".join(excerpt(text, schema.LONGEST_CELL).split())
    without_links = ADDRESS.sub(rf"\g<0>{WORD_JOINER}", one_line)
    return PUNCTUATION.sub(r"\\\1", without_links)
