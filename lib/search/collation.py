"""The order of Chinese texts: by pinyin, as a person's name is read, and 9 before 10."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lib.search.characters import BETWEEN_TEXTS, characters_of
from lib.search.pinyin import readings_by_character, syllable, tone
from lib.search.surnames import compounds, listed
from lib.search.texts import Joined, pieces

Places = npt.NDArray[np.int32]
Weights = npt.NDArray[np.uint32]  # for each code point, the larger the later

_COMPARED: Final = 60  # characters of a text that decide its place
_BASE: Final = 10
_SIGNS: Final = 0x1000  # the weight of the first sign, below it are those of numbers
_AS_BYTES: Final = ">u4"  # numbers whose bytes are in their order
_ALONE: Final = ""  # what follows a character that is read as it usually is
_SURNAME: Final = " "  # what follows one that is a surname


def places(texts: pa.Array, *, persons: bool = False) -> Places:
    """The place of each text in order, 0 for the first; equal texts have the same.

    Characters are compared one by one, by syllable, then by tone; signs, numbers and Latin words
    come before them. A character with several readings has its usual one, but for the surname of a
    person: 仇 is qiú, 单 shàn.

    Args:
        texts: strings of Arrow.
        persons: whether they are names of persons.
    """
    if not len(texts):
        return np.zeros(0, np.int32)
    beginnings = pc.utf8_slice_codeunits(texts.cast(pa.string()), 0, _COMPARED)
    keys = [_keys(piece, persons=persons) for piece in pieces(beginnings)]
    ranks = pc.rank(pa.chunked_array(keys), "ascending", tiebreaker="dense")
    from_one: Places = ranks.to_numpy().astype(np.int32)
    return from_one - 1


def _keys(piece: Joined, *, persons: bool) -> pa.Array:
    """Texts as bytes that are in the order of the texts."""
    order = _order()
    weights = order.usual[piece.codes]
    if persons:
        _weigh_surnames(piece, weights, order)
    _weigh_numbers(piece, weights)
    bounds = np.append(piece.firsts, len(piece.codes))
    offsets = (bounds * weights.itemsize).astype(np.int32)
    data = weights.astype(_AS_BYTES)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.binary(), len(piece.firsts), buffers)


def _weigh_surnames(piece: Joined, weights: Weights, order: _Order) -> None:
    """Weigh the first character of each text as a surname."""
    firsts = piece.firsts
    last = len(piece.codes) - 1
    seconds = np.minimum(firsts + 1, last)  # the last text may be empty, and have none
    first_codes = piece.codes[firsts]
    second_codes = piece.codes[seconds]
    weights[firsts] = order.surname[first_codes]
    for compound, weight in order.compounds.items():
        first, second = map(ord, compound)
        begins_with_it = (first_codes == first) & (second_codes == second)
        weights[firsts[begins_with_it]] = weight


def _weigh_numbers(piece: Joined, weights: Weights) -> None:
    """Weigh the first digit of each number by how many there are: 2026-1-9 comes before 2026-1-10.

    In `a12-` the steps are 0, 1, 0, -1: a number begins at the second character and ends before the
    fourth.
    """
    codes = piece.codes
    is_digit = (codes >= ord("0")) & (codes <= ord("9"))
    steps = np.diff(is_digit.astype(np.int8), prepend=0)
    begins = np.flatnonzero(steps == 1)
    ends = np.flatnonzero(steps == -1)  # each text is closed by what is no digit
    lengths = ends - begins
    weights[begins] = codes[begins] + _BASE * lengths


# --- weights --------------------------------------------------------------------------------------


class _Order(NamedTuple):
    """What each character weighs.

    usual: in a text.
    surname: as the first character of a person's name.
    compounds: as the first of a compound surname, 单 in 单于.
    """

    usual: Weights
    surname: Weights
    compounds: dict[str, int]


class _Entry(NamedTuple):
    """A character with a reading, in the order in which they stand.

    follows: the second character of a compound surname; _SURNAME after one alone.
    """

    syllable: str
    tone: int
    character: str
    follows: str


@functools.cache
def _order() -> _Order:
    usual = _sign_weights()
    weights = _entry_weights(heaviest_sign=int(usual.max()))
    for entry, weight in weights.items():
        if entry.follows == _ALONE:
            usual[ord(entry.character)] = weight

    surname = usual.copy()  # a character that is no surname is read as it usually is
    compound_weights = {}
    for entry, weight in weights.items():
        if entry.follows == _SURNAME:
            surname[ord(entry.character)] = weight
        elif entry.follows != _ALONE:
            compound_weights[entry.character + entry.follows] = weight
    return _Order(usual, surname, compound_weights)


def _entry_weights(heaviest_sign: int) -> dict[_Entry, int]:
    """The weights of all entries, in their order."""
    entries = sorted(_entries())
    return {entry: weight for weight, entry in enumerate(entries, heaviest_sign + 1)}


def _sign_weights() -> Weights:
    """The weights of all characters as signs: by their code points, capitals as small letters."""
    weights = np.arange(BETWEEN_TEXTS + 1, dtype=np.uint32) + _SIGNS
    small = characters_of(ascii_lowercase)
    weights[characters_of(ascii_uppercase)] = weights[small]
    weights[BETWEEN_TEXTS] = 0
    return weights


def _entries() -> Iterator[_Entry]:
    for character, spelled in readings_by_character().items():
        reading, *_others = spelled.split(",")
        yield _Entry(syllable(reading), tone(reading), character, _ALONE)
    for sound, surnames in listed().items():
        for character in map(chr, surnames.tolist()):
            yield _read_as(character, sound, _SURNAME)
    for compound in compounds():
        characters = compound.characters
        yield _read_as(characters[0], compound.first, characters[1])


def _read_as(character: str, sound: str, follows: str) -> _Entry:
    """The entry of a character that is read as a syllable, with the tone of that reading."""
    spelled = readings_by_character().get(character, "")
    readings = spelled.split(",")
    tones = [tone(reading) for reading in readings if syllable(reading) == sound]
    first_tone = next(iter(tones), 0)
    return _Entry(sound, first_tone, character, follows)
