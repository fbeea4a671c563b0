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


@cache
def words(language: str) -> dict[str, str]:
    """Give every text of a language, by its dotted key.

    Raises:
        FileNotFoundError: the language has no file.
    """
    path = _FOLDER / f"{language}.toml"
    text = path.read_text(encoding="utf-8")
    return _by_dotted_key(tomllib.loads(text))


def _by_dotted_key(section: dict[str, Any], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in section.items():
        key = prefix + name
        if isinstance(value, dict):
            texts |= _by_dotted_key(value, f"{key}.")
        else:
            texts[key] = value
    return texts


@cache
def translator(language: str) -> Translator:
    """Give the function `t(key, **values)` of a language.

    Where `n` is 1 and `<key>.one` exists, that text is taken, else `<key>` or `<key>.other`. A key
    that the language lacks is a mistake of ours, never shown: `t` raises KeyError.
    """
    texts = words(language)

    def t(key: str, /, **values: object) -> str:
        plural = f"{key}.other"
        template = texts[key] if key in texts else texts[plural]
        if values.get("n") == 1:
            template = texts.get(f"{key}.one", template)
        if not values:
            return template
        return template.format_map(values)

    return t
