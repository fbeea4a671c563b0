"""How a character is written: case, width, simplified and traditional."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from lib.search.characters import APOSTROPHES, Characters, characters_of
from lib.search.pinyin import readings_by_character
from lib.text.folding import FULL_WIDTH_SHIFT

if TYPE_CHECKING:
    from opencc import OpenCC

_FIRST_CHINESE: Final = "\u2e80"  # where the radicals and characters begin
# OpenCC's tables: from traditional to simplified, and between the forms of Taiwan and Hong Kong
_TABLES: Final = ("t2s", "tw2s", "hk2s", "tw2t", "hk2t")


def writings_of(character: str) -> Characters:
    """Give a character in each case, width and writing."""
    forms = {form for form in _cases(character) if len(form) == 1}
    forms |= {_full_width(form) for form in forms if "!" <= form <= "~"}
    if character >= _FIRST_CHINESE:
        others = _other_writings()
        forms |= others.get(character, set())
    if character in APOSTROPHES:
        forms |= set(APOSTROPHES)
    return characters_of(sorted(forms))


def word_writings(term: str) -> list[str]:
    """Give a term in the other writing where that depends on the word.

    了解 is 瞭解, though 了 alone stays 了.
    """
    if term.isascii() or not term.isprintable():
        return []  # not Chinese; OpenCC refuses lone surrogates
    words = [_opencc(table).convert(term) for table in ("s2t", "t2s")]
    return [word for word in words if len(word) == len(term)]


def _cases(character: str) -> set[str]:
    """Give a character as it stands, small and capital: the capital of ß has two letters."""
    small = character.lower()
    capital = character.upper()
    return {character, small, capital}


def _full_width(character: str) -> str:
    return chr(ord(character) + FULL_WIDTH_SHIFT)


@functools.cache
def _other_writings() -> dict[str, set[str]]:
    """Give the other writings of each character, in both directions."""
    others: dict[str, set[str]] = defaultdict(set)
    characters = list(readings_by_character())
    for table in _TABLES:
        forms = _converted(characters, table)
        for character, form in zip(characters, forms, strict=True):
            if form != character and len(form) == 1:
                others[character].add(form)
                others[form].add(character)
    return dict(others)


def _converted(characters: list[str], table: str) -> list[str]:
    """Give each character as a table of OpenCC writes it, all in one call."""
    lines = "\n".join(characters)
    converted: str = _opencc(table).convert(lines)
    return converted.split("\n")


@functools.cache
def _opencc(table: str) -> OpenCC:
    from opencc import OpenCC  # slow to load, and Latin text does without

    return OpenCC(table)
