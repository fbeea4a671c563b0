"""What stands in a cell instead of something: 无, 待定, —, #N/A, and 同上 for the cell above."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import pyarrow as pa

from lib.measures.arrays import Bools, Ints
from lib.measures.columns import WIDE, lengths, offsets_of, raw_bytes
from lib.measures.vocabulary import VOCABULARY
from lib.text.invisible import visible

STATED, MISSING, UNDECIDED, ERROR, DITTO = range(5)  # what a cell is

_WORDS: Final = tuple(
    word
    for kind in ("missing", "undecided", "same_as_above")
    for word in VOCABULARY["placeholders"][kind]
)
_LONGEST: Final = (
    16  # bytes, or characters, that a placeholder has at the most: 暂未确定, #GETTING_DATA
)
_FIRST_OF_MARKS: Final = (0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF)  # bytes: —, 〃, （, ／ …
_BITS: Final = 8  # of a byte
_BYTES: Final = 1 << _BITS  # that there are
_MARKS_ONLY: Final = re.compile(r"[-★☆▲△‐‑‒–—―−_/\\|*.。?·、,;:~^]+")
_ERROR: Final = re.compile(
    r"#(?:n/a|ref!|value!|div/0!|name\?|null!|num!|spill!|calc!|field!|blocked!|connect!|unknown!"
    r"|busy!|getting_data)|err:[0-9]{3}"
)
# For Arrow: a text that may be a placeholder, short of width and brackets
MAY_BE: Final = r"^[^\p{L}\p{N}]+$|(?i:^(?:" + "|".join(_WORDS) + ")$)"
_AROUND: Final = re.compile(r"\s|^[(\[]|[)\].。]$")


def _bare(text: str) -> str:
    """A text as placeholders are compared: half-width, in lower case, without brackets around it."""
    folded = unicodedata.normalize("NFKC", visible(text)).lower()
    return _AROUND.sub("", folded) or folded.strip()


_MISSING: Final = frozenset(map(_bare, VOCABULARY["placeholders"]["missing"]))
_UNDECIDED: Final = frozenset(map(_bare, VOCABULARY["placeholders"]["undecided"]))
_DITTO: Final = frozenset(map(_bare, VOCABULARY["placeholders"]["same_as_above"]))


def kind_of(text: str) -> int:
    """Whether a cell says something, nothing, that it is open, an error or the same as above."""
    if len(text) > _LONGEST:
        return STATED
    bare = _bare(text)
    if bare in _DITTO:
        return DITTO
    if bare in _UNDECIDED:
        return UNDECIDED
    if bare in _MISSING or _MARKS_ONLY.fullmatch(bare):
        return MISSING
    if _ERROR.fullmatch(bare):
        return ERROR
    return STATED


def _first_bytes_of_words() -> Bools:
    """Which pairs of bytes a placeholder may begin with: those of its words, and of any mark."""
    may_begin = np.zeros(_BYTES * _BYTES, bool)
    for word in _MISSING | _UNDECIDED | _DITTO:
        first_two = word.encode()[:2].ljust(2)
        may_begin[int.from_bytes(first_two)] = True
    of_first_byte = may_begin.reshape(_BYTES, _BYTES)
    of_first_byte[:WIDE] = True
    of_first_byte[list(_FIRST_OF_MARKS)] = True
    return may_begin


_MAY_BEGIN: Final = _first_bytes_of_words()


def kinds_of(column: pa.Array) -> Ints | None:
    """What each cell of a column is, None where all say something or are empty."""
    sizes = lengths(column)
    is_short = (sizes > 0) & (sizes <= _LONGEST)
    short = np.flatnonzero(is_short)
    begins_like_one = _MAY_BEGIN[_first_two_bytes(column, short)]
    candidates = short[begins_like_one]
    distinct = column.take(pa.array(candidates)).dictionary_encode()
    texts = distinct.dictionary.to_pylist()
    kind_of_code = np.array([kind_of(text) for text in texts], np.int8)
    if not kind_of_code.any():
        return None
    kinds = np.full(len(column), STATED, np.int8)
    kinds[candidates] = kind_of_code[distinct.indices.to_numpy()]
    return kinds


def _first_two_bytes(column: pa.Array, rows: Ints) -> Ints:
    """The first two bytes of some cells as one number; of a cell of one byte the second is any."""
    raw = raw_bytes(column)
    offsets = offsets_of(column)
    starts = offsets[rows] - offsets[0]
    seconds = np.minimum(starts + 1, len(raw) - 1)
    high = raw[starts].astype(np.int32) << _BITS
    pairs: Ints = high | raw[seconds]
    return pairs


def rows_above(is_ditto: Bools) -> Ints:
    """For each row the one whose value it has: itself, or the nearest above that is no 同上.

    -1 where there is none above.
    """
    rows = np.where(is_ditto, -1, np.arange(len(is_ditto)))
    nearest: Ints = np.maximum.accumulate(rows)
    return nearest
