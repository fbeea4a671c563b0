"""A column of cells of names as codes: what `names` says of one cell, for a million of them.

Nearly all cells are names between separators and nothing else. These are cut where they lie, as
bytes; only cells with brackets, roles or spaces in them are split one by one.
"""

from __future__ import annotations

import re
from concurrent.futures import Executor
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures.columns import BLOCK, WIDE, as_mask, blocks, offsets_of, raw_bytes
from lib.measures.name_column import Names, in_common
from lib.measures.names import (
    ALL_OF_A_LEVEL,
    BARE_OFFICES,
    CLOSE,
    INSIDE,
    LABEL,
    OPEN,
    ROLE,
    SEPARATORS,
    Named,
    led_first,
    split_names,
)
from lib.measures.placeholders import MAY_BE
from lib.text.invisible import MARKS

_PAIR: Final = f"{OPEN}{INSIDE}*{CLOSE}"
# Where `split_names` may find more in a piece than a name: white space and marks that nobody sees,
# roles, stars, numbers, words between names, and placeholders.
_JOINED: Final = "..(?:以及|[和及与并&+\\\\\uff06\uff0b\uff3c])..|[㐀-鿿][.．—–―-][㐀-鿿]"
_NOT_PLAIN: Final = "|".join(
    (
        rf"[\s\p{{Z}}\p{{Cc}}{MARKS}]",
        rf"{ROLE}|责任|协助|负责|会同|[（(].*[:：]",
        r"^[*＊★☆▲△#＃]|[*＊★☆▲△]$",
        r"[①-⓿❶-➓]|(?:^|[:：])[0-9０-９]{1,2}[.．)）]|[0-9０-９]$|^[（(][0-9一二三四五六七八九十]|<[Bb]|_x000",
        f"^一$|{ALL_OF_A_LEVEL}$|^(?:{BARE_OFFICES})$",
        _JOINED,
        MAY_BE,
        "^[\uff01-\uff5e]+$",
    )
)
# A piece on which those beside it depend: 1、张慧 2、王敏, a label, 各县、市、区 or 各审判庭、局
_is_not_alone: Final = re.compile(
    rf"(?:^|[\s>:：{MARKS}])(?:[0-9０-９]{{1,2}}|一)$|{LABEL}[\s{MARKS}]*[:：]|{ALL_OF_A_LEVEL}$"
    f"|^(?:{BARE_OFFICES})$"
).search
_NARROW_SEPARATORS: Final = np.array([ord(sign) for sign in SEPARATORS if sign.isascii()], np.uint8)
_WIDE_SEPARATORS: Final = np.array(
    [int.from_bytes(sign.encode()) for sign in SEPARATORS if not sign.isascii()], np.int32
)
_WIDE_BYTES: Final = 3  # that each of these has in UTF-8
_WIDE_FIRST: Final = (0xE3, 0xEF)  # with which it begins: 、 and ，


def names_of(cells: pa.Array, pool: Executor) -> tuple[Names, np.ndarray]:
    """The names of each cell as codes, those that lead first, and how many of them lead."""
    half = len(cells) // 2
    above, below = pool.map(_split, [cells[:half], cells[half:]])
    named, leading = _with_odd_cells(_stacked(above, below), cells)
    return _without_empty(named), leading


def _stacked(above: Names, below: Names) -> Names:
    """Two columns one below the other."""
    names, (code_above, code_below) = in_common((above, below))
    offsets = np.concatenate((above.offsets, below.offsets[1:] + above.offsets[-1]))
    return Names(names, offsets, np.concatenate((code_above, code_below)))


def _without_empty(named: Names) -> Names:
    """The column without the empty name, which stands between two separators."""
    is_filled = as_mask(pc.not_equal(named.names, ""))
    if is_filled.all():
        return named
    left = named.part(is_filled[named.codes])
    new_code = np.cumsum(is_filled, dtype=np.int32) - np.int32(1)
    return Names(named.names.filter(pa.array(is_filled)), left.offsets, new_code[left.codes])


# --- cells that are split one by one ------------------------------------------------------------


def _with_odd_cells(named: Names, cells: pa.Array) -> tuple[Names, np.ndarray]:
    """The column with the odd cells split one by one, and how many names lead in each row."""
    leading = np.ones(len(cells), np.int64)
    pieces = _looked_at(named.names)
    rows = _rows_with(named, pieces.is_odd)
    named = named.renamed(pieces.spellings)
    if not len(rows):
        return named, leading
    distinct = cells.take(pa.array(rows)).dictionary_encode()
    cell_of_row = distinct.indices.to_numpy()
    split = [led_first(cell) for cell in distinct.dictionary.to_pylist()]
    leading[rows] = np.array([cell.leading for cell in split])[cell_of_row]
    apart = _coded([cell.names for cell in split])
    names, (code, code_apart) = in_common((named, apart))
    whole_lists = pa.ListArray.from_arrays(pa.array(named.offsets), pa.array(code))
    apart_lists = pa.ListArray.from_arrays(pa.array(apart.offsets), pa.array(code_apart))
    # After the rows as they are come the odd cells: each odd row takes its own from there
    source = np.arange(len(cells))
    source[rows] = len(cells) + cell_of_row
    lists = pa.concat_arrays([whole_lists, apart_lists]).take(pa.array(source))
    return Names(names, lists.offsets.to_numpy(), lists.values.to_numpy()).used(), leading


_NOBODY: Final = Named("", "")


class _Pieces(NamedTuple):
    """What the distinct pieces between separators are.

    is_odd: which are more than one name; spellings: the names of those that are written otherwise.
    """

    is_odd: np.ndarray
    spellings: dict[int, str]


def _looked_at(names: pa.Array) -> _Pieces:
    """Look at each piece that may be more than a name."""
    without_pairs = pc.replace_substring_regex(names, _PAIR, "")
    has_half = pc.match_substring_regex(without_pairs, f"{OPEN}|{CLOSE}")
    is_odd = as_mask(has_half)
    spellings: dict[int, str] = {}
    for code in np.flatnonzero(as_mask(pc.match_substring_regex(names, _NOT_PLAIN))).tolist():
        piece = names[code].as_py()
        split = split_names(piece) or [_NOBODY]
        if len(split) > 1 or split[0].note or _is_not_alone(piece):
            is_odd[code] = True
        elif split[0].name != piece:
            spellings[code] = split[0].name
    return _Pieces(is_odd, spellings)


def _rows_with(named: Names, is_odd: np.ndarray) -> np.ndarray:
    """The rows that have an odd name."""
    if not is_odd.any():
        return np.zeros(0, np.int64)
    has_odd = np.zeros(len(named.counts), bool)
    has_odd[named.row[is_odd[named.codes]]] = True
    return np.flatnonzero(has_odd)


def _coded(cells: list[list[str]]) -> Names:
    """Lists of names as codes."""
    lists = pa.array(cells, pa.list_(pa.string()))
    coded = lists.values.dictionary_encode()
    return Names(coded.dictionary, lists.offsets.to_numpy(), coded.indices.to_numpy())


# --- kernels: cells cut as bytes ----------------------------------------------------------------
#
# The two cells 甲、乙 and 丙 are 12 bytes, with one separator that ends at byte 6:
#
#     bounds         0   3   6   9   12     where each piece begins, and the last one ends
#     pieces           甲  、  乙  丙        nothing is copied, the separators lie among them
#     is_separator     0   1   0   0
#     offsets        0       2   3          which of the names is the first of each cell


class _Cut(NamedTuple):
    """Cells cut at their separators."""

    offsets: np.ndarray
    texts: pa.Array
    is_separator: np.ndarray


def _split(cells: pa.Array) -> Names:
    """The pieces of each cell between separators, trimmed, without regard to brackets."""
    pieces = _pieces(cells)
    coded = pieces.texts.dictionary_encode()
    codes = coded.indices.to_numpy()[~pieces.is_separator]
    is_name = np.bincount(codes, minlength=len(coded.dictionary)) > 0
    names = pc.utf8_trim_whitespace(coded.dictionary.filter(pa.array(is_name)))
    distinct = names.dictionary_encode()
    new_code = np.zeros(len(is_name), np.int32)
    new_code[is_name] = distinct.indices.to_numpy()
    return Names(distinct.dictionary, pieces.offsets, new_code[codes])


def _pieces(cells: pa.Array) -> _Cut:
    """Cut cells at their separators without copying them."""
    raw = raw_bytes(cells)
    begins = offsets_of(cells) - offsets_of(cells)[0]
    ends, widths = _separators(raw)
    separators_before = np.searchsorted(ends, begins, side="right").astype(np.int32)
    offsets = np.arange(len(begins), dtype=np.int32) + separators_before
    bounds = np.empty(len(begins) + 2 * len(ends), np.int32)
    # Each cell's begin has two bounds for each separator before it; all other bounds are theirs
    place_of_cell = offsets + separators_before
    is_separator = np.ones(len(bounds), bool)
    is_separator[place_of_cell] = False
    cuts = np.flatnonzero(is_separator)
    bounds[place_of_cell] = begins
    bounds[cuts[::2]] = ends - widths
    bounds[cuts[1::2]] = ends
    is_separator[cuts[1::2]] = False
    texts = pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(raw))
    return _Cut(offsets, texts, is_separator[:-1])


def _separators(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in a run of UTF-8 bytes the separators end, ascending, and how many bytes each has."""
    candidates = [_candidates(block) + at * BLOCK for at, block in enumerate(blocks(raw))]
    begins = np.concatenate([np.zeros(0, np.int32), *candidates])
    first = raw[begins]
    wide = begins[first >= WIDE]
    characters = (
        raw[wide].astype(np.int32) << 16
        | raw[wide + 1].astype(np.int32) << 8
        | raw[wide + 2].astype(np.int32)
    )
    wide_ends = wide[np.isin(characters, _WIDE_SEPARATORS)] + _WIDE_BYTES
    narrow_ends = begins[np.isin(first, _NARROW_SEPARATORS)] + 1
    ends = wide_ends
    if len(narrow_ends):
        ends = np.sort(np.concatenate((wide_ends, narrow_ends)), kind="stable")
    widths = np.where(raw[ends - 1] < WIDE, 1, _WIDE_BYTES).astype(np.int32)
    return ends, widths


def _candidates(raw: np.ndarray) -> np.ndarray:
    """Bytes with which a separator may begin."""
    narrow = raw < WIDE
    wide = (raw == _WIDE_FIRST[0]) | (raw == _WIDE_FIRST[1])
    return np.flatnonzero(narrow | wide).astype(np.int32)
