"""Many texts as one array of code points, over which the automaton of a query runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lib.search.characters import BETWEEN_TEXTS

CodePoints = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]  # positions in the code points, ascending

_PIECE_TEXTS: Final = 1 << 16  # texts that are searched together, so as to stay in the cache
_PIECE_BYTES: Final = 1 << 24


class Joined(NamedTuple):
    """Texts one after the other, each closed by BETWEEN_TEXTS."""

    codes: CodePoints
    firsts: Places  # where each text begins


def pieces(texts: pa.Array) -> Iterator[Joined]:
    """Join many texts to pieces that are searched together."""
    bytes_a_text = texts.nbytes / max(1, len(texts))
    fitting = int(_PIECE_BYTES / max(1, bytes_a_text))
    size = max(1, min(_PIECE_TEXTS, fitting))
    for begin in range(0, len(texts), size):
        yield _joined(texts.slice(begin, size))


def _joined(texts: pa.Array) -> Joined:
    """Join texts, of which there is at least one; a null is an empty text."""
    texts = texts.cast(pa.string()).fill_null("")
    ends = _ends(texts)
    after_ends = ends + 1
    firsts = np.append(0, after_ends[:-1])
    codes = np.empty(ends[-1] + 1, dtype=np.uint32)
    codes[:-1] = _code_points(texts)
    codes[ends] = BETWEEN_TEXTS
    return Joined(codes, firsts)


def _ends(texts: pa.Array) -> Places:
    """Give the place after each text."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    closed = lengths.astype(np.int64) + 1
    return np.cumsum(closed) - 1


def _code_points(texts: pa.Array) -> CodePoints:
    """Give the code points of texts, with any one character between two texts."""
    bounds = pa.array([0, len(texts)], pa.int32())
    as_one_list = pa.ListArray.from_arrays(bounds, texts)
    joined = pc.binary_join(as_one_list, "\n")
    text: str = joined[0].as_py()
    encoded = text.encode("utf-32-le")
    return np.frombuffer(encoded, dtype=np.uint32)
