"""How characters read: pypinyin's readings without tones, and the characters of each syllable."""

from __future__ import annotations

import functools
import importlib.util
import json
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from lib.search.characters import Characters, union

_TONES: Final = frozenset("\u0300\u0301\u0304\u030c")  # as combining marks: à á ā ǎ
_U_DIAERESIS: Final = "u\u0308"  # ü
_E_CIRCUMFLEX: Final = "e\u0302"  # ê, a reading of 欸
_VOWELS: Final = frozenset("aeiouv")


class Readings:
    """The characters of each syllable."""

    def __init__(self, by_syllable: Mapping[str, Characters]) -> None:
        self.by_syllable = by_syllable
        self._by_beginning: dict[str, Characters] = {}

    def beginning_with(self, letters: str) -> Characters:
        """Give the characters with a reading that begins with the letters."""
        if letters not in self._by_beginning:
            self._by_beginning[letters] = union(
                characters
                for syllable, characters in self.by_syllable.items()
                if syllable.startswith(letters)
            )
        return self._by_beginning[letters]


@functools.cache
def readings() -> Readings:
    """Give the characters of each syllable, a character under each of its readings."""
    codes: dict[str, list[int]] = defaultdict(list)
    for character, spelled in readings_by_character().items():
        for syllable in _syllables_of(spelled):
            codes[syllable].append(ord(character))
    by_syllable = {}
    for syllable, points in codes.items():
        by_syllable[syllable] = np.array(points)
    return Readings(by_syllable)


@functools.cache
def readings_by_character() -> dict[str, str]:
    """Give the readings of 42,000 characters, with tones: 行 is xíng,háng,….

    Read from pypinyin's own file: an import of it would load its 47,000 phrases too, 0.3 s for
    nothing.
    """
    spec = importlib.util.find_spec("pypinyin")
    package = Path(str(spec and spec.origin)).parent
    text = (package / "pinyin_dict.json").read_text("utf-8")
    table = json.loads(text)
    return {chr(int(code)): spelled for code, spelled in table.items()}


@functools.cache
def syllables() -> frozenset[str]:
    """Give the syllables that letters can be cut into: those with a vowel (嗯 is also ng)."""
    known = readings().by_syllable
    return frozenset(syllable for syllable in known if _VOWELS & set(syllable))


def _syllables_of(spelled: str) -> set[str]:
    """Give the syllables of a character's readings: of 行 xing, hang, …."""
    plain: set[str] = set()
    for reading in spelled.split(","):
        plain |= _without_tone(reading)
    return plain


@functools.cache
def _without_tone(reading: str) -> frozenset[str]:
    """Give a reading without its tone; ü is v, and u as well."""
    decomposed = unicodedata.normalize("NFD", reading)
    syllable = "".join(letter for letter in decomposed if letter not in _TONES)
    syllable = syllable.replace(_U_DIAERESIS, "v")
    syllable = syllable.replace(_E_CIRCUMFLEX, "e")
    with_u = syllable.replace("v", "u")
    return frozenset([syllable, with_u])
