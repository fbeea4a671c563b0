"""Sets of characters, as arrays of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

Characters = npt.NDArray[np.int64]  # a set of characters: their code points, in any order
Membership = npt.NDArray[np.bool_]  # for each code point, whether a set holds it

BETWEEN_TEXTS: Final = 0x110000  # one above the last code point: no set holds it
APOSTROPHES: Final = "'’\u02bc"
NO_CHARACTERS: Final[Characters] = np.zeros(0, dtype=np.int64)


def characters_of(text: Iterable[str]) -> Characters:
    """Make the set of the characters of a text."""
    codes = [ord(character) for character in text]
    return np.array(codes, dtype=np.int64)


def union(sets: Iterable[Characters]) -> Characters:
    """Join sets to one."""
    return np.concatenate([NO_CHARACTERS, *sets])


def membership(characters: Characters) -> Membership:
    """Make the table that tells of each code point whether the set holds it."""
    table = np.zeros(BETWEEN_TEXTS + 1, dtype=np.bool_)
    table[characters] = True
    return table


# The marks that pinyin passes over inside a text: 中国梦·劳动美 is zgmldm.
PASSED_OVER: Final = characters_of(
    " \u3000\t·・•‧，、。：；！？“”‘’（）《》〈〉【】〔〕「」—–-…,.:;!?\"'()[]/／&+"
)
