"""The automaton of a query, which runs over all texts at once.

Its steps are *sets of characters* (組 for 组, every zu, every z…). A regular expression of the same
sets was tried first: with six initials RE2's table of states overflows, and a million titles take
11 s instead of 0.3 s. Here the cost hardly depends on the query, and nothing about a query can be
too large.

For example, the term `zb` has two steps: from ANYWHERE by a character that reads z… to a state of
its own, from there by one that reads b… to END. Over the texts 组织部 and 支部 the places at the
beginning are those of 组, 织 and 支; after one character those of 织, 部 and 部; of these two read
b…, so the places behind them are marked, and 组织部 and 支部 are found. Each round is one look-up
in a table for all places that a state holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lib.search.characters import (
    BETWEEN_TEXTS,
    Characters,
    Membership,
    characters_of,
    membership,
)

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]  # positions in the code points of many texts, ascending

# The states that every automaton has. A way begins in one of the first three.
ANYWHERE: Final = 0
FIRST: Final = 1  # only at the first character of a text
LATER: Final = 2  # at any character but the first
END: Final = 3
_STATES: Final = 4

_PIECE_TEXTS: Final = 1 << 16  # texts that are searched together, so as to stay in the cache
_PIECE_BYTES: Final = 1 << 24


class Step(NamedTuple):
    """From a state, through one character of a set, to the target."""

    table: Membership
    target: int


class Automaton:
    """States, and from each the steps that lead on."""

    def __init__(self) -> None:
        self._steps: list[list[Step]] = [[] for _ in range(_STATES)]
        self._tables: dict[bytes, Membership] = {}

    def add_state(self, stay: Characters | None = None) -> int:
        """Make a state, which the characters of `stay` don't leave."""
        self._steps.append([])
        state = len(self._steps) - 1
        if stay is not None:
            self.add_path(state, state, [stay])
        return state

    def add_path(
        self,
        start: int,
        end: int,
        sets: Sequence[Characters],
        stay: Characters | None = None,
    ) -> None:
        """Lead from start to end through one character of each set.

        Args:
            sets: at least one.
            stay: what may stand between two of the characters.
        """
        state = start
        for characters in sets[:-1]:
            following = self.add_state(stay)
            self._add_step(state, characters, following)
            state = following
        self._add_step(state, sets[-1], end)

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
        answers = [self._run(_joined(piece)) for piece in _pieces(texts)]
        return np.concatenate([np.zeros(0, dtype=np.bool_), *answers])

    def _run(self, texts: _Joined) -> Bools:
        arrived = np.zeros(texts.codes.size + 1, dtype=np.bool_)
        places = self._places_to_begin(texts)
        # A way is as long as the query, with as many characters passed over.
        for _ in range(2 * len(self._steps)):
            places = self._go_on(texts.codes, places, arrived)
        return np.asarray(np.logical_or.reduceat(arrived[1:], texts.firsts))

    def _places_to_begin(self, texts: _Joined) -> dict[int, Places]:
        begins = membership(characters_of(""))
        for step in self._steps[ANYWHERE] + self._steps[LATER]:
            begins |= step.table
        anywhere = np.flatnonzero(begins[texts.codes])
        later = anywhere[:0]
        if self._steps[LATER]:
            later = np.setdiff1d(anywhere, texts.firsts, assume_unique=True)
        return {ANYWHERE: anywhere, FIRST: texts.firsts, LATER: later}

    def _go_on(
        self,
        codes: npt.NDArray[np.uint32],
        places: dict[int, Places],
        arrived: Bools,
    ) -> dict[int, Places]:
        """Go on by one character from all places at once.

        Args:
            places: for each state, where the ways that have come so far stand.
            arrived: gets a mark behind the last character of each way that ends.
        """
        reached: dict[int, list[Places]] = defaultdict(list)
        for state, here in places.items():
            characters = codes[here]
            for step in self._steps[state]:
                behind = here[step.table[characters]] + 1
                if step.target == END:
                    arrived[behind] = True
                elif behind.size:
                    reached[step.target].append(behind)
        return {state: _merged(ways) for state, ways in reached.items()}


def _merged(ways: list[Places]) -> Places:
    """Join places that several steps have reached."""
    if len(ways) == 1:
        return ways[0]
    return np.unique(np.concatenate(ways))


class _Joined(NamedTuple):
    """Many texts as one array of code points, each closed by BETWEEN_TEXTS."""

    codes: npt.NDArray[np.uint32]
    firsts: Places  # where each text begins


def _pieces(texts: pa.Array) -> Iterator[pa.Array]:
    """Cut many texts into pieces that are searched together."""
    bytes_a_text = (texts.nbytes + 1) / max(1, len(texts))
    size = max(1, min(_PIECE_TEXTS, int(_PIECE_BYTES / bytes_a_text)))
    for begin in range(0, len(texts), size):
        yield texts.slice(begin, size)


def _joined(texts: pa.Array) -> _Joined:
    """Lay texts one after the other."""
    texts = texts.cast(pa.string()).fill_null("")
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.cumsum(lengths + 1) - 1
    as_one_list = pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts)
    joined: str = pc.binary_join(as_one_list, "\n")[0].as_py()
    codes = np.empty(ends[-1] + 1, dtype=np.uint32)
    codes[:-1] = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    codes[ends] = BETWEEN_TEXTS
    return _Joined(codes, firsts=np.append(0, ends[:-1] + 1))
