"""All text of the interface, by dotted keys, from locales/*.toml. Data is never translated."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final[tuple[str, ...]] = ("zh", "en")
_FOLDER: Final = Path(__file__).resolve().parent.parent / "locales"

Translator = Callable[..., str]


def _flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        found.update(_flat(value, f"{name}.") if isinstance(value, dict) else {name: value})
    return found


@cache
def words(language: str) -> dict[str, str]:
    """Every text of a language: dotted key → template. Raises FileNotFoundError for a language without a file."""
    return _flat(tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


@cache
def translator(language: str) -> Translator:
    """The function `t(key, **values)` of a language; where `n` is 1 and `<key>.one` exists, that text is taken.

    Raises KeyError for a key that the language lacks: a missing text is a mistake of ours, never shown as a key.
    """
    texts = words(language)

    def t(key: str, /, **values: object) -> str:
        if values.get("n") == 1 and f"{key}.one" in texts:
            key = f"{key}.one"
        template = texts[key] if key in texts else texts[f"{key}.other"]
        return template.format_map(values) if values else template

    return t
