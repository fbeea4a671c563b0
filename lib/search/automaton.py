"""The automaton of a query, which runs over all texts at once.

Its steps are *sets of characters* (組 for 组, every zu, every z…). A regular expression of the same
sets was tried first: with six initials RE2's table of states overflows, and a million titles take
11 s instead of 0.3 s. Here the cost hardly depends on the query, and nothing about a query can be
too large.

For example, the term `zb` has two steps: from ANYWHERE by a character that reads z… to a state of
its own, from there by one that reads b… to END. Over the texts 组织部 and 支部 the places at the
beginning are those of 组, 织 and 支; after one character those of 织, 部 and 部; of these two read
b…, so the places after them are marked, and 组织部 and 支部 are found. Each round is one look-up
in a table for all places that a state holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lib.search.characters import (
    NO_CHARACTERS,
    Characters,
    Membership,
    membership,
)
from lib.search.texts import CodePoints, Joined, Places, pieces

Bools = npt.NDArray[np.bool_]

# The states that every automaton has. A way begins in one of the first three.
ANYWHERE: Final = 0
FIRST: Final = 1  # only at the first character of a text
LATER: Final = 2  # at any character but the first
END: Final = 3
_STATES: Final = (ANYWHERE, FIRST, LATER, END)


class Step(NamedTuple):
    """From a state, through one character of a set, to the target."""

    table: Membership
    target: int


class Automaton:
    """States, and from each the steps that lead on."""

    def __init__(self) -> None:
        self._steps: list[list[Step]] = []
        self._tables: dict[bytes, Membership] = {}
        for _ in _STATES:
            self.add_state()

    def add_state(self, stay: Characters = NO_CHARACTERS) -> int:
        """Make a state, which the characters of `stay` don't leave."""
        state = len(self._steps)
        self._steps.append([])
        if stay.size:
            self._add_step(state, stay, state)
        return state

    def add_path(
        self,
        start: int,
        end: int,
        sets: Sequence[Characters],
        stay: Characters = NO_CHARACTERS,
    ) -> None:
        """Lead from start to end through one character of each set.

        Args:
            sets: at least one.
            stay: what may stand between two of the characters.
        """
        state = start
        *inner, last = sets
        for characters in inner:
            following = self.add_state(stay)
            self._add_step(state, characters, following)
            state = following
        self._add_step(state, last, end)

    def _add_step(self, state: int, characters: Characters, target: int) -> None:
        table = self._table(characters)
        for step in self._steps[state]:
            if step.table is table and step.target == target:
                return
        self._steps[state].append(Step(table, target))

    def _table(self, characters: Characters) -> Membership:
        """Give one table for equal sets: a long query repeats few."""
        key = characters.tobytes()
        if key not in self._tables:
            self._tables[key] = membership(characters)
        return self._tables[key]

    def run(self, texts: pa.Array) -> Bools:
        """Tell which texts hold a way from a start to the end."""
        answers = [np.zeros(0, dtype=np.bool_)]
        for piece in pieces(texts):
            answers.append(self._run(piece))
        return np.concatenate(answers)

    def _run(self, texts: Joined) -> Bools:
        arrived = np.zeros(texts.codes.size + 1, dtype=np.bool_)
        places = self._places_to_begin(texts)
        # A way is as long as the query, with as many characters passed over.
        for _ in range(2 * len(self._steps)):
            places = self._go_on(texts.codes, places, arrived)
        hits = np.logical_or.reduceat(arrived[1:], texts.firsts)
        return np.asarray(hits)

    def _places_to_begin(self, texts: Joined) -> dict[int, Places]:
        begins = membership(NO_CHARACTERS)
        for step in self._steps[ANYWHERE] + self._steps[LATER]:
            begins |= step.table
        anywhere = np.flatnonzero(begins[texts.codes])
        later = anywhere[:0]
        if self._steps[LATER]:
            later = np.setdiff1d(anywhere, texts.firsts, assume_unique=True)
        return {
            ANYWHERE: anywhere,
            FIRST: texts.firsts,
            LATER: later,
        }

    def _go_on(
        self,
        codes: CodePoints,
        places: dict[int, Places],
        arrived: Bools,
    ) -> dict[int, Places]:
        """Go on by one character from all places at once.

        Args:
            places: for each state, where the ways that have come so far stand.
            arrived: gets a mark after the last character of each way that ends.
        """
        reached: dict[int, list[Places]] = defaultdict(list)
        for state, here in places.items():
            characters = codes[here]
            for step in self._steps[state]:
                fits = step.table[characters]
                after = here[fits] + 1
                if step.target == END:
                    arrived[after] = True
                elif after.size:
                    reached[step.target].append(after)
        return {state: _merged(ways) for state, ways in reached.items()}


def _merged(ways: list[Places]) -> Places:
    """Join the places that several steps have reached."""
    if len(ways) == 1:
        return ways[0]
    together = np.concatenate(ways)
    return np.unique(together)
