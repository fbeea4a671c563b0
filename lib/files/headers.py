"""The header row by which a table is known among titles, notes and other tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from lib.text import folding
from lib.text.invisible import visible

# A note in brackets; from brackets that never close the end of the cell is not looked for
_NOTE: Final = re.compile(r"[(\[][^)\]\n]{0,100}[)\]]")
_SPACE: Final = re.compile(r"\s+")
_SPACE_OR_MARK: Final = re.compile(r"[\s_*:]+")


def normal_header(text: str) -> str:
    """A header as it is compared: half-width, simplified, in lower case, without notes in brackets.

    Spaces, underscores and marks that nobody sees are left out.
    """
    normal = unicodedata.normalize("NFKC", visible(text))
    folded = folding.fold(normal).lower()
    without_notes = _NOTE.sub("", folded)
    letters = _SPACE_OR_MARK.sub("", without_notes)
    return letters or _SPACE.sub("", folded)


@dataclass(frozen=True)
class Headers:
    """What the header row of one kind of table says.

    words: what a header may say, as `normal_header` writes it, and the field that it then heads.
    required: groups of fields, each of which must be there with one field at least.
    """

    words: Mapping[str, str]
    required: tuple[frozenset[str], ...]

    def fit(self, cells: Sequence[str]) -> bool:
        """Whether a row of cells is such a header."""
        words = map(normal_header, cells)
        fields = {self.words.get(word, "") for word in words}
        return self.has(fields)

    def has(self, fields: Set[str]) -> bool:
        """Whether fields are enough for such a table."""
        return all(fields & group for group in self.required)


def is_header(cells: Sequence[str], headers: Sequence[Headers]) -> bool:
    """Whether a row of cells is one of the headers."""
    return any(known.fit(cells) for known in headers)
