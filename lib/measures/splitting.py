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

from lib.measures.arrays import Bools, Ints
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
_NARROW: Final = [sign for sign in SEPARATORS if sign.isascii()]
_WIDE: Final = [sign for sign in SEPARATORS if not sign.isascii()]
_NARROW_SEPARATORS: Final = np.array([ord(sign) for sign in _NARROW], np.uint8)
_WIDE_SEPARATORS: Final = np.array([int.from_bytes(sign.encode()) for sign in _WIDE], np.int32)
_WIDE_BYTES: Final = 3  # that each of these has in UTF-8
_WIDE_FIRST: Final = (0xE3, 0xEF)  # with which it begins: 、 and ，


def names_of(cells: pa.Array, pool: Executor) -> tuple[Names, Ints]:
    """The names of each cell as codes, those that lead first, and how many of them lead."""
    half = len(cells) // 2
    halves = [cells[:half], cells[half:]]
    above, below = pool.map(_split, halves)
    whole = _stacked(above, below)
    named, leading = _with_odd_cells(whole, cells)
    return _without_empty(named), leading


def _stacked(above: Names, below: Names) -> Names:
    """Two columns one below the other."""
    above, below = in_common((above, below))
    end_above = above.offsets[-1]
    ends_below = below.offsets[1:] + end_above
    offsets = np.concatenate((above.offsets, ends_below))
    codes = np.concatenate((above.codes, below.codes))
    return Names(above.names, offsets, codes)


def _without_empty(named: Names) -> Names:
    """The column without the empty name, which stands between two separators."""
    is_filled = as_mask(pc.not_equal(named.names, ""))
    if is_filled.all():
        return named
    filled = named.part(is_filled[named.codes])
    new_code = np.cumsum(is_filled, dtype=np.int32) - np.int32(1)
    names = named.names.filter(pa.array(is_filled))
    return Names(names, filled.offsets, new_code[filled.codes])


# --- cells that are split one by one ------------------------------------------------------------


def _with_odd_cells(named: Names, cells: pa.Array) -> tuple[Names, Ints]:
    """The column with the odd cells split one by one, and how many names lead in each row."""
    leading = np.ones(len(cells), np.int64)
    pieces = _look_at(named.names)
    rows = _rows_with(named, pieces.is_odd)
    named = named.renamed(pieces.spellings)
    if not len(rows):
        return named, leading
    odd_cells = cells.take(pa.array(rows))
    distinct = odd_cells.dictionary_encode()
    cell_of_row = distinct.indices.to_numpy()
    split = [led_first(cell) for cell in distinct.dictionary.to_pylist()]
    leading_in_cell = np.array([cell.leading for cell in split])
    leading[rows] = leading_in_cell[cell_of_row]
    split_cells = _coded([cell.names for cell in split])
    named = _with_cells(named, rows, split_cells, cell_of_row)
    return named, leading


def _with_cells(named: Names, rows: Ints, cells: Names, cell_of_row: Ints) -> Names:
    """A column with other cells in some rows.

    Args:
        rows: those that have another cell.
        cells: the other cells, each once.
        cell_of_row: which of them each of the rows has.
    """
    named, cells = in_common((named, cells))
    lists = _lists(named)
    other_lists = _lists(cells)
    # The other cells stand after the rows as they are: each of the rows takes its own from there
    source = np.arange(len(lists))
    source[rows] = len(lists) + cell_of_row
    stacked = pa.concat_arrays([lists, other_lists])
    mixed = stacked.take(pa.array(source))
    column = Names(named.names, mixed.offsets.to_numpy(), mixed.values.to_numpy())
    return column.used()


_NOBODY: Final = Named("", "")


class _Pieces(NamedTuple):
    """What the distinct pieces between separators are.

    is_odd: which are more than one name; spellings: the names of those that are written otherwise.
    """

    is_odd: Bools
    spellings: dict[int, str]


def _look_at(names: pa.Array) -> _Pieces:
    """Look at each piece that may be more than a name."""
    without_pairs = pc.replace_substring_regex(names, _PAIR, "")
    has_half_a_pair = pc.match_substring_regex(without_pairs, f"{OPEN}|{CLOSE}")
    is_odd = as_mask(has_half_a_pair)
    is_not_plain = as_mask(pc.match_substring_regex(names, _NOT_PLAIN))
    codes = np.flatnonzero(is_not_plain)
    spellings: dict[int, str] = {}
    for code in codes.tolist():
        piece = names[code].as_py()
        first, *others = split_names(piece) or [_NOBODY]
        if others or first.note or _is_not_alone(piece):
            is_odd[code] = True
        elif first.name != piece:
            spellings[code] = first.name
    return _Pieces(is_odd, spellings)


def _rows_with(named: Names, is_odd: Bools) -> Ints:
    """The rows that have an odd name."""
    if not is_odd.any():
        return np.zeros(0, np.int64)
    has_odd = np.zeros(len(named.counts), bool)
    odd_places = is_odd[named.codes]
    has_odd[named.row[odd_places]] = True
    return np.flatnonzero(has_odd)


def _coded(cells: list[list[str]]) -> Names:
    """Lists of names as codes."""
    lists = pa.array(cells, pa.list_(pa.string()))
    offsets = lists.offsets.to_numpy()
    coded = lists.values.dictionary_encode()
    codes = coded.indices.to_numpy()
    return Names(coded.dictionary, offsets, codes)


def _lists(named: Names) -> pa.ListArray:
    """The codes of each cell as an Arrow list."""
    offsets = pa.array(named.offsets)
    codes = pa.array(named.codes)
    return pa.ListArray.from_arrays(offsets, codes)


# --- kernels: cells cut as bytes ----------------------------------------------------------------
#
# The two cells 甲、乙 and 丙 are 12 bytes, with one separator that ends at byte 6:
#
#     bounds         0   3   6   9   12     where each piece begins, and the last one ends
#     pieces           甲  、  乙  丙        nothing is copied, the separators lie among them
#     is_separator     0   1   0   0
#     offsets        0       2   3          which of the names is the first of each cell
#     place_of_cell  0           3   4      which of the bounds is the begin of each cell


class _Cut(NamedTuple):
    """Cells cut at their separators."""

    offsets: Ints
    texts: pa.Array
    is_separator: Bools


def _split(cells: pa.Array) -> Names:
    """The pieces of each cell between separators, trimmed, without regard to brackets."""
    pieces = _cut(cells)
    coded = pieces.texts.dictionary_encode()
    code_of_piece = coded.indices.to_numpy()
    codes = code_of_piece[~pieces.is_separator]
    is_name = np.zeros(len(coded.dictionary), bool)
    is_name[codes] = True
    names = coded.dictionary.filter(pa.array(is_name))
    trimmed = pc.utf8_trim_whitespace(names)
    distinct = trimmed.dictionary_encode()
    new_code = np.zeros(len(is_name), np.int32)
    new_code[is_name] = distinct.indices.to_numpy()
    return Names(distinct.dictionary, pieces.offsets, new_code[codes])


def _cut(cells: pa.Array) -> _Cut:
    """Cut cells at their separators without copying them."""
    raw = raw_bytes(cells)
    offsets = offsets_of(cells)
    begins = offsets - offsets[0]
    separator_ends = _separator_ends(raw)
    separator_begins = separator_ends - _widths_before(raw, separator_ends)
    separators_before = np.searchsorted(separator_ends, begins, side="right")
    separators_before = separators_before.astype(np.int32)
    cells_before = np.arange(len(begins), dtype=np.int32)
    pieces_before = cells_before + separators_before
    # Before each cell's begin each separator has two bounds; what is no cell's begin is one of them
    place_of_cell = pieces_before + separators_before
    count = len(begins) + 2 * len(separator_ends)
    is_separator = np.ones(count, bool)
    is_separator[place_of_cell] = False
    of_separators = np.flatnonzero(is_separator)
    place_of_begin = of_separators[::2]
    place_of_end = of_separators[1::2]
    is_separator[place_of_end] = False

    bounds = np.empty(count, np.int32)
    bounds[place_of_cell] = begins
    bounds[place_of_begin] = separator_begins
    bounds[place_of_end] = separator_ends
    texts = _texts_between(bounds, raw)
    return _Cut(pieces_before, texts, is_separator[:-1])


def _texts_between(bounds: Ints, raw: Ints) -> pa.StringArray:
    """The texts from each bound to the next one, in the same memory."""
    offsets = pa.py_buffer(bounds)
    characters = pa.py_buffer(raw)
    return pa.StringArray.from_buffers(len(bounds) - 1, offsets, characters)


def _separator_ends(raw: Ints) -> Ints:
    """Where in a run of UTF-8 bytes the separators end, ascending."""
    begins = _possible_begins(raw)
    first = raw[begins]
    wide = begins[first >= WIDE]
    characters = _wide_characters(raw, wide)
    is_wide_separator = np.isin(characters, _WIDE_SEPARATORS)
    wide_ends: Ints = wide[is_wide_separator] + _WIDE_BYTES
    is_narrow_separator = np.isin(first, _NARROW_SEPARATORS)
    narrow_ends = begins[is_narrow_separator] + 1
    if not len(narrow_ends):
        return wide_ends
    ends = np.concatenate((wide_ends, narrow_ends))
    return np.sort(ends, kind="stable")


def _wide_characters(raw: Ints, begins: Ints) -> Ints:
    """The three bytes from each place on, as one number: E3 80 81, which is 、, as 0xE38081."""
    high = raw[begins].astype(np.int32) << 16
    middle = raw[begins + 1].astype(np.int32) << 8
    low = raw[begins + 2].astype(np.int32)
    characters: Ints = high | middle | low
    return characters


def _widths_before(raw: Ints, ends: Ints) -> Ints:
    """How many bytes the separators have that end in some places."""
    is_narrow = raw[ends - 1] < WIDE
    widths: Ints = np.where(is_narrow, 1, _WIDE_BYTES).astype(np.int32)
    return widths


def _possible_begins(raw: Ints) -> Ints:
    """Where a separator may begin, by its first byte."""
    begins: list[Ints] = [np.zeros(0, np.int32)]
    for number, block in enumerate(blocks(raw)):
        begins_in_block = _possible_begins_in(block)
        begins.append(begins_in_block + number * BLOCK)
    return np.concatenate(begins)


def _possible_begins_in(raw: Ints) -> Ints:
    """The same in one block."""
    enumeration_comma, comma = _WIDE_FIRST
    may_be = raw < WIDE
    may_be |= raw == enumeration_comma
    may_be |= raw == comma
    return np.flatnonzero(may_be).astype(np.int32)
