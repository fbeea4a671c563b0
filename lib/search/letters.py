"""A run of Latin letters in a query: as it stands, as initials, as syllables of pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import numpy as np

from lib.search.automaton import FIRST, Automaton
from lib.search.characters import APOSTROPHES, PASSED_OVER, Characters
from lib.search.cuts import Piece, cuts
from lib.search.pinyin import Readings, readings
from lib.search.surnames import Compound, compounds, surname_readings
from lib.search.writings import writings_of

_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_V_FOR_U: Final = re.compile("(?<=[jqxy])v")  # qvyv is quyu


class Letters:
    """A run of letters, and the ways that it makes through an automaton.

    Args:
        run: letters, perhaps with apostrophes between syllables (xi'an).
        surname: whether the first character is read as a surname.
    """

    def __init__(self, automaton: Automaton, run: str, *, surname: bool) -> None:
        self.automaton = automaton
        self.run = run
        self.surname = surname
        small = run.lower()
        plain = _V_FOR_U.sub("u", small.replace("ü", "v"))
        self.parts = _APOSTROPHE.split(plain)
        self.letters = "".join(self.parts)

    def lead(self, start: int, end: int) -> None:
        """Lead from start to end in each of the three ways."""
        self.automaton.add_path(start, end, _each(self.run))
        self._add_initials(start, end)
        self._add_syllables(start, end)
        if self.surname:
            self._add_initials_of_compounds(start, end)

    def _readings(self, place: int) -> Readings:
        """Give the readings of the character that the letter at a place begins."""
        if self.surname and place == 0:
            return surname_readings()
        return readings()

    def _add_by_sound(self, start: int, end: int, sets: Sequence[Characters]) -> None:
        """Lead from start to end, passing over the marks between two characters."""
        self.automaton.add_path(start, end, sets, stay=PASSED_OVER)

    def _add_initials(self, start: int, end: int) -> None:
        """Take each letter for a character that begins with it, or for itself."""
        sets = []
        for place, letter in enumerate(self.letters):
            known = self._readings(place)
            characters = known.beginning_with(letter)
            sets.append(np.append(characters, writings_of(letter)))
        self._add_by_sound(start, end, sets)

    def _add_initials_of_compounds(self, start: int, end: int) -> None:
        """Take the first letters for a compound surname: cyf is 单于飞."""
        surname = self.letters[:2]
        given_name = [readings().beginning_with(letter) for letter in self.letters[2:]]
        for compound in compounds():
            if compound.initials.startswith(surname):
                characters = _each(compound.characters)
                self._add_by_sound(start, end, [*characters, *given_name])

    def _add_syllables(self, start: int, end: int) -> None:
        """Take the letters for syllables, cut in every way that leaves the fewest over."""
        states = {0: start, len(self.letters): end}  # the state at each cut
        lengths = map(len, self.parts)
        breaks = list(accumulate(lengths))
        for piece in cuts(self.letters, breaks):
            if piece.end not in states:
                states[piece.end] = self.automaton.add_state(PASSED_OVER)
            self._add_piece(states[piece.begin], states[piece.end], piece)
        if self.surname:
            self._add_compounds(states)

    def _add_piece(self, start: int, end: int, piece: Piece) -> None:
        """Take a piece for the characters that read so, and for its letters themselves."""
        letters = self.letters[piece.begin : piece.end]
        self._add_by_sound(start, end, [self._characters_of(piece)])
        self.automaton.add_path(start, end, _each(letters))

    def _characters_of(self, piece: Piece) -> Characters:
        """Give the characters that read as a piece does; of the last one only the beginning counts."""
        letters = self.letters[piece.begin : piece.end]
        known = self._readings(piece.begin)
        is_typed_whole = piece.end < len(self.letters) and not piece.left_over
        if is_typed_whole:
            return known.by_syllable[letters]
        return known.beginning_with(letters)

    def _add_compounds(self, states: dict[int, int]) -> None:
        """Take the first syllables for a compound surname: chanyufei is 单于飞."""
        for compound in compounds():
            end = self._length_of(compound)
            if end in states:
                characters = _each(compound.characters)
                self._add_by_sound(FIRST, states[end], characters)

    def _length_of(self, compound: Compound) -> int:
        """How many of the letters are a compound surname, or its first syllable and more; else -1."""
        if self.letters.startswith(compound.spelled):
            return len(compound.spelled)
        is_begun = compound.spelled.startswith(self.letters)
        if is_begun and len(self.letters) >= len(compound.first):
            return len(self.letters)
        return -1


def _each(text: str) -> list[Characters]:
    """Give each character of a text in all its writings."""
    return [writings_of(character) for character in text]
