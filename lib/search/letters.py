"""A run of Latin letters in a query: as it stands, as initials, as syllables of pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np

from lib.search.automaton import FIRST, Automaton
from lib.search.characters import APOSTROPHES, Characters, passed_over
from lib.search.pinyin import Readings, readings, syllables
from lib.search.surnames import Compound, compounds, surname_readings
from lib.search.writings import spellings

_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_V_FOR_U: Final = re.compile("(?<=[jqxy])v")  # qvyv is quyu
_LONGEST_SYLLABLE: Final = 6  # letters: zhuang, chuang, shuang


class Piece(NamedTuple):
    """Letters from `begin` up to `end`: a syllable, or one letter that begins none."""

    begin: int
    end: int
    left_over: int  # letters that are no syllable: 0 or 1


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
        plain = _V_FOR_U.sub("u", run.lower().replace("ü", "v"))
        parts = _APOSTROPHE.split(plain)
        self.letters = "".join(parts)
        self.breaks = list(accumulate(map(len, parts)))

    def lead(self, start: int, end: int) -> None:
        """Lead from start to end in each of the three ways."""
        self.automaton.add_path(start, end, [spellings(letter) for letter in self.run])
        self._add_initials(start, end)
        self._add_syllables(start, end)
        if self.surname:
            self._add_initials_of_compounds(start, end)

    def _readings(self, place: int) -> Readings:
        """Give the readings of the character that the letter at a place begins."""
        return surname_readings() if self.surname and place == 0 else readings()

    def _add_by_sound(self, start: int, end: int, sets: Sequence[Characters]) -> None:
        self.automaton.add_path(start, end, sets, stay=passed_over())

    def _add_initials(self, start: int, end: int) -> None:
        """Take each letter for a character that begins with it, or for itself."""
        sets = []
        for place, letter in enumerate(self.letters):
            characters = self._readings(place).beginning_with(letter)
            sets.append(np.append(characters, spellings(letter)))
        self._add_by_sound(start, end, sets)

    def _add_initials_of_compounds(self, start: int, end: int) -> None:
        """Take the first letters for a compound surname: cyf is 单于飞."""
        for compound in compounds():
            initials = compound.first[0] + compound.second[0]
            if initials.startswith(self.letters[:2]):
                given_name = [readings().beginning_with(letter) for letter in self.letters[2:]]
                self._add_by_sound(start, end, [*_writings(compound), *given_name])

    # --- syllables ---

    def _add_syllables(self, start: int, end: int) -> None:
        """Take the letters for syllables, cut in every way that leaves the fewest letters over."""
        states = {0: start, len(self.letters): end}  # the state at each cut
        for piece in self._cuts():
            if piece.end not in states:
                states[piece.end] = self.automaton.add_state(passed_over())
            self._add_piece(states[piece.begin], states[piece.end], piece)
        if self.surname:
            self._add_compounds(states)

    def _cuts(self) -> list[Piece]:
        """Cut the letters into syllables; the pieces of all ways that leave the fewest over.

        zhang is zhang and zhan + g, where g begins a syllable that is not typed to its end; not
        z + hang, which leaves a letter over.
        """
        pieces = [self._pieces(begin) for begin in range(len(self.letters))]
        fewest = self._fewest_left_over(pieces)
        reached = {0}
        cuts = []
        for begin in range(len(self.letters)):
            for piece in pieces[begin]:
                best = piece.left_over + fewest[piece.end] == fewest[begin]
                if begin in reached and best:
                    reached.add(piece.end)
                    cuts.append(piece)
        return cuts

    def _fewest_left_over(self, pieces: list[list[Piece]]) -> list[int]:
        """Give for each place how many letters must be left over from there on."""
        fewest = [0] * (len(pieces) + 1)
        for begin in reversed(range(len(pieces))):
            costs = [piece.left_over + fewest[piece.end] for piece in pieces[begin]]
            fewest[begin] = min(costs)
        return fewest

    def _pieces(self, begin: int) -> list[Piece]:
        """Give the pieces that begin at a place; none reaches over an apostrophe."""
        next_break = min(place for place in self.breaks if place > begin)
        last = min(next_break, begin + _LONGEST_SYLLABLE)
        pieces = [
            Piece(begin, end, left_over=0)
            for end in range(begin + 1, last + 1)
            if self._is_syllable(begin, end)
        ]
        return [*pieces, Piece(begin, begin + 1, left_over=1)]

    def _is_syllable(self, begin: int, end: int) -> bool:
        """Tell whether letters are a syllable, or at the end of the run begin one."""
        letters = self.letters[begin:end]
        if letters in syllables():
            return True
        return end == len(self.letters) and readings().beginning_with(letters).size > 0

    def _add_piece(self, start: int, end: int, piece: Piece) -> None:
        letters = self.letters[piece.begin : piece.end]
        known = self._readings(piece.begin)
        if piece.left_over or piece.end == len(self.letters):
            characters = known.beginning_with(letters)
        else:
            characters = known.by_syllable[letters]
        self._add_by_sound(start, end, [characters])
        self.automaton.add_path(start, end, [spellings(letter) for letter in letters])

    def _add_compounds(self, states: dict[int, int]) -> None:
        """Take the first syllables for a compound surname: chanyufei is 单于飞."""
        for compound in compounds():
            spelled = compound.first + compound.second
            if self.letters.startswith(spelled):
                behind = len(spelled)
            elif spelled.startswith(self.letters) and len(self.letters) >= len(compound.first):
                behind = len(self.letters)  # not typed to its end
            else:
                continue
            if behind in states:
                self._add_by_sound(FIRST, states[behind], _writings(compound))


def _writings(compound: Compound) -> list[Characters]:
    return [spellings(character) for character in compound.characters]
