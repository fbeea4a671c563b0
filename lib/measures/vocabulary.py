"""The words of headers and labels in vocabulary.toml, for the table and for notices."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from lib.files.headers import normal_header

_FILE: Final = Path(__file__).with_name("vocabulary.toml")

WordLists = Mapping[str, tuple[str, ...]]  # by field or kind


def _load() -> dict[str, Any]:
    """Read the file; each text of words becomes a tuple of them."""
    parts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    vocabulary: dict[str, Any] = _in_words(parts)
    return vocabulary


def _in_words(part: Any) -> Any:
    """A part of the file with tuples of words for its texts."""
    if isinstance(part, str):
        return tuple(part.split())
    return {name: _in_words(inner) for name, inner in part.items()}


def _by_word(*groups: WordLists) -> dict[str, str]:
    """Turn fields and their words round: word → field."""
    fields: dict[str, str] = {}
    for group in groups:
        for field, words in group.items():
            fields |= dict.fromkeys(words, field)
    return fields


def _by_header(*groups: WordLists) -> dict[str, str]:
    """Turn fields and their words round: word as `normal_header` writes it → field."""
    fields = _by_word(*groups)
    return {normal_header(word): field for word, field in fields.items()}


VOCABULARY: Final = _load()
_BOTH: Final = VOCABULARY["both"]
_BOARD: Final = VOCABULARY["board"]
_NOTICES: Final = VOCABULARY["notices"]

# Headers of the board's table → field. A column with a rarer word yields to one with a usual word.
USUAL_HEADERS: Final = _by_header(_BOTH["usual"], _BOARD["usual"])
SERIALS: Final = frozenset(_by_header(_BOARD["counting"]))
RARER_HEADERS: Final = _by_header(_BOTH["rarer"], _BOARD["rarer"], _BOARD["counting"])
HEADERS: Final = RARER_HEADERS | USUAL_HEADERS
CARRIED_HEADERS: Final = _by_header(_BOARD["carried"])
BELOW: Final = _by_header(_BOARD["below"])
MILESTONE_HEADERS: Final = _by_header(VOCABULARY["milestones"])

# For notices: labels and headers of their tables → what they stand for, and the parts of labels,
# of names and of sentences by kind.
LABELS: Final = _by_word(_BOTH["usual"], _BOTH["rarer"], _NOTICES["labels"])
COMPOUNDS: Final[WordLists] = _NOTICES["compounds"]
NAMES: Final[WordLists] = _NOTICES["names"]
CLAUSES: Final[WordLists] = _NOTICES["clauses"]
