"""Where letters are cut into syllables of pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from lib.search.pinyin import readings, syllables

_LONGEST_SYLLABLE: Final = 6  # letters: zhuang, chuang, shuang


class Piece(NamedTuple):
    """Letters from `begin` up to `end`: a syllable, or one letter that begins none."""

    begin: int
    end: int
    left_over: int  # letters that are no syllable: 0 or 1


def cuts(letters: str, breaks: Sequence[int]) -> list[Piece]:
    """Cut letters into syllables in every way that leaves the fewest letters over.

    `zhang` is zhang, and it is zhan and the beginning of a syllable with g; it is not z and hang,
    which leaves a letter over.

    Args:
        breaks: the places that no syllable may reach over, ascending; the last is the end.

    Returns:
        The pieces of all these ways, by the place where they begin.
    """
    pieces = [_pieces(letters, begin, breaks) for begin in range(len(letters))]
    fewest = _fewest_left_over(pieces)
    reached = {0}
    kept = []
    for begin, choices in enumerate(pieces):
        if begin not in reached:
            continue
        for piece in choices:
            left_over = piece.left_over + fewest[piece.end]
            if left_over == fewest[begin]:
                reached.add(piece.end)
                kept.append(piece)
    return kept


def _fewest_left_over(pieces: list[list[Piece]]) -> list[int]:
    """Give for each place how many letters must be left over from there on."""
    fewest = [0] * (len(pieces) + 1)
    for begin in reversed(range(len(pieces))):
        choices = pieces[begin]
        fewest[begin] = min(piece.left_over + fewest[piece.end] for piece in choices)
    return fewest


def _pieces(letters: str, begin: int, breaks: Sequence[int]) -> list[Piece]:
    """Give the pieces that begin at a place."""
    next_break = min(place for place in breaks if place > begin)
    longest = min(next_break, begin + _LONGEST_SYLLABLE)
    pieces = []
    for end in range(begin + 1, longest + 1):
        if _is_syllable(letters, begin, end):
            pieces.append(Piece(begin, end, left_over=0))
    letter = Piece(begin, begin + 1, left_over=1)
    return [*pieces, letter]


def _is_syllable(letters: str, begin: int, end: int) -> bool:
    """Tell whether a part of the letters is a syllable; the last part need only begin one."""
    part = letters[begin:end]
    if part in syllables():
        return True
    characters = readings().beginning_with(part)
    return end == len(letters) and characters.size > 0
