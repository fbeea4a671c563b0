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

_TONES: Final = "\u0304\u0301\u030c\u0300"  # the four as combining marks: ā á ǎ à
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
    by_syllable = {syllable: np.array(points) for syllable, points in codes.items()}
    return Readings(by_syllable)


@functools.cache
def readings_by_character() -> dict[str, str]:
    """Give the readings of 42,000 characters, with tones: 行 is xíng,háng,…."""
    text = _readings_file().read_text("utf-8")
    table = json.loads(text)
    return {chr(int(code)): spelled for code, spelled in table.items()}


def _readings_file() -> Path:
    """Give pypinyin's own file: an import of it would load its 47,000 phrases too, 0.3 s for nothing."""
    spec = importlib.util.find_spec("pypinyin")
    package = Path(str(spec and spec.origin)).parent
    return package / "pinyin_dict.json"


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
    plain = syllable(reading)
    return frozenset([plain, plain.replace("v", "u")])


def syllable(reading: str) -> str:
    """Give a reading without its tone; ü is v."""
    decomposed = unicodedata.normalize("NFD", reading)
    letters = "".join(letter for letter in decomposed if letter not in _TONES)
    return letters.replace(_U_DIAERESIS, "v").replace(_E_CIRCUMFLEX, "e")


def tone(reading: str) -> int:
    """Give the tone of a reading, 1 to 4; 0 where it has none."""
    for sign in unicodedata.normalize("NFD", reading):
        if sign in _TONES:
            return _TONES.index(sign) + 1
    return 0
