"""Whether each line below the header of a sheet is a measure, told without looking at each.

Only a line that lacks a title, or nearly all that says who answers and by when, may be a sum, a note
or a heading; only one that has a header's word where names or dates should stand may be a header.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.files import Grid, Sheet
from lib.grids import headers, kinds
from lib.grids.cells import cell, numbered
from lib.grids.headers import Columns
from lib.grids.kinds import Places
from lib.measures import schema
from lib.measures.arrays import Bools, Ints
from lib.measures.columns import as_mask
from lib.measures.headers import MEASURES
from lib.measures.vocabulary import HEADERS

# 配合部门 is left out: many a measure has no one who supports
_DUTIES: Final = ("leaders", "lead_departments", "departments", "deadline")
_CODED: Final = ("leaders", "deadline")  # fields with few distinct texts
_HEADER_WORDS: Final = pa.array([*HEADERS])
_SPACE_OR_MARK: Final = r"[\s_*:：]+"  # in a header that is printed again
_HEADER_ROWS: Final = 3
_LOOKED_AT: Final = 20_000  # rows that are looked at one by one
_NOWHERE: Final = -1  # the column of a field that the sheet lacks


def coded(sheet: Sheet) -> Sheet:
    """A sheet whose leaders and deadlines are kept as codes, by which it is looked through."""
    places = schema.fields(sheet.header)
    codes = dict(sheet.codes)
    for field in _CODED:
        column = places.get(field)
        if column is None or column in codes:
            continue
        codes[column] = sheet.columns[column].dictionary_encode()
    return replace(sheet, codes=codes)


def is_plain(sheet: Sheet) -> bool:
    """Whether nothing but measures stands below the header, which is one line."""
    places = schema.fields(sheet.header)
    section = places.get("section", _NOWHERE)
    if _header_goes_on(sheet) or _groups_rows(sheet, section):
        return False
    if _has_header_word(sheet, places).any():
        return False
    doubtful = np.flatnonzero(_lacks_much(sheet, places))
    are_few = len(doubtful) <= _LOOKED_AT
    return are_few and all(_is_measure(row, places) for row in _rows(sheet, doubtful))


def _header_goes_on(sheet: Sheet) -> bool:
    """Whether the header has a second line, or one that numbers the columns."""
    height = min(_HEADER_ROWS, len(sheet.lines))
    below = _rows(sheet, np.arange(height))
    beginning = Grid("", [sheet.header, *below])
    cells, rows = numbered(beginning)
    header = headers.at(cells, rows, 0, MEASURES.words)
    return header is not None and header.end > 1


def _has_header_word(sheet: Sheet, places: Columns) -> Bools:
    """The rows in which a header's word stands where names or dates should."""
    mask = np.zeros(len(sheet.lines), bool)
    for field in _CODED:
        codes = sheet.codes.get(places.get(field, _NOWHERE))
        if codes is None:
            continue
        words = pc.replace_substring_regex(codes.dictionary, _SPACE_OR_MARK, "")
        is_word = as_mask(pc.is_in(words, value_set=_HEADER_WORDS))
        if is_word.any():
            mask |= is_word[codes.indices.to_numpy()]
    return mask


def _lacks_much(sheet: Sheet, places: Columns) -> Bools:
    """The rows without a title, or with one at most of what says who answers and by when."""
    duties = _duties(places)
    empty_cells = np.zeros(len(sheet.lines), np.int8)
    for column in duties:
        empty_cells += _is_empty(sheet, column)
    all_but_one = max(len(duties) - 1, 1)
    lacks_much: Bools = empty_cells >= all_but_one
    lacks_much |= _is_empty(sheet, places["title"])
    return lacks_much


def _duties(places: Columns) -> list[int]:
    """The columns that say who answers and by when."""
    return [places[field] for field in _DUTIES if field in places]


def _is_measure(row: list[str], places: Columns) -> bool:
    """Whether a row that lacks much is a measure: it has a title or a 编号, and is nothing else."""
    grid = Grid("", [row])
    cells, [numbers] = numbered(grid)
    filled = cells.filled(numbers)
    if not filled or kinds.is_sum(cells, filled) or kinds.is_signed(cells, filled):
        return False
    serial = places.get("measure_id", _NOWHERE)
    columns = Places(places["title"], serial, _duties(places))
    if kinds.find_section(cells, numbers, filled, columns):
        return False
    title = numbers[columns.title]
    identity = cell(numbers, serial)
    return cells.is_filled(title) or cells.is_filled(identity)


def _groups_rows(sheet: Sheet, column: int) -> bool:
    """Whether a column is filled in the first row, and in few of those after it."""
    if column == _NOWHERE or not len(sheet.lines):
        return False
    cells = sheet.columns[column][:_LOOKED_AT].to_pylist()
    begins_filled = bool(cells[0])
    half_are_empty = 2 * cells.count("") >= len(cells)
    return begins_filled and half_are_empty


def _is_empty(sheet: Sheet, column: int) -> Bools:
    codes = sheet.codes.get(column)
    if codes is None:
        return as_mask(pc.equal(sheet.columns[column], ""))
    is_empty = as_mask(pc.equal(codes.dictionary, ""))
    if not is_empty.any():
        return np.zeros(len(sheet.lines), bool)
    of_rows: Bools = is_empty[codes.indices.to_numpy()]
    return of_rows


def _rows(sheet: Sheet, rows: Ints) -> list[list[str]]:
    """The cells of some rows."""
    places = pa.array(rows)
    columns = [column.take(places).to_pylist() for column in sheet.columns]
    return [list(cells) for cells in zip(*columns, strict=True)]
