"""A table as text: what every reader of files makes of its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.errors import Problem
from lib.files import guard
from lib.text.invisible import MARKS

# What a reader sees nothing of: control characters, white space, marks without width
_CONTROLS: Final = "".join(map(chr, range(ord(" ")))) + "\x7f\x85"
_SPACES: Final = (
    " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_UNSEEN: Final = _CONTROLS + _SPACES + MARKS
_SHOWN: Final = 200  # characters of a wrong value that a Problem keeps
_FIRST_ROW: Final = 2  # the line of the first row, under the header


@dataclass(frozen=True)
class Sheet:
    """One table as text.

    header: the header row's cells, "" for a column without a name.
    columns: a string array for each, without nulls.
    lines: the line (or row of the sheet) of each row, from 1.
    problems: what was wrong with single lines.
    name: the sheet's name in a workbook, else "".
    codes: for columns that the file itself keeps as codes, the distinct texts and a code for each
        row, in the order of the table.
    above: what stands in the lines above the header.
    sources: from which row on the rows stand on another sheet, and its name, ascending.
    """

    header: list[str]
    columns: list[pa.Array]
    lines: np.ndarray
    problems: list[Problem] = field(default_factory=list)
    name: str = ""
    codes: dict[int, pa.DictionaryArray] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)


def sheet_of_rows(rows: Sequence[Sequence[str]], name: str = "") -> Sheet:
    """The sheet that is read from a CSV file of these rows, without the file.

    rows: all as long as the first, which is the header.
    """
    header, *body = map(_guarded, rows)
    names = names_of(header)
    columns = [string_column(body, column) for column in range(len(names))]
    lines = np.arange(len(body), dtype=np.int32) + _FIRST_ROW
    sheet = Sheet(names, columns, lines, name=name)
    return without_blank_rows(sheet)


def _guarded(cells: Iterable[str]) -> list[str]:
    return [guard.guarded(cell) for cell in cells]


def string_column(rows: Sequence[Sequence[str]], column: int) -> pa.Array:
    """One column of rows of cells."""
    texts = [cells[column] for cells in rows]
    return pa.array(texts, pa.string())


def names_of(cells: Iterable[str]) -> list[str]:
    """The names of the columns, from the cells of the header row, trimmed as the cells below are."""
    names = []
    for cell in cells:
        trimmed = cell.lstrip("\ufeff").strip()
        name = guard.unguarded(trimmed)
        names.append(name.strip())
    return names


def shown(value: str) -> str:
    """A wrong value as a Problem keeps it: its first 200 characters, then an ellipsis."""
    if len(value) <= _SHOWN:
        return value
    return value[:_SHOWN] + "…"


def without_blank_rows(sheet: Sheet) -> Sheet:
    """A sheet without the rows in which no cell has anything to see.

    Excel leaves hundreds of them below a table.
    """
    blank = _blank_rows(sheet)
    if not len(blank):
        return sheet
    is_kept = np.ones(len(sheet.lines), bool)
    is_kept[blank] = False
    mask = pa.array(is_kept)
    columns = [column.filter(mask) for column in sheet.columns]
    lines = sheet.lines[is_kept]
    return replace(sheet, columns=columns, lines=lines, codes={})


def _blank_rows(sheet: Sheet) -> np.ndarray:
    """The rows that are blank. Each column is looked at only where all before it are blank."""
    number_of_rows = len(sheet.lines)
    blank = np.arange(number_of_rows)
    for column in sheet.columns:
        cells = column
        if len(blank) < number_of_rows:
            cells = column.take(pa.array(blank))
        trimmed = pc.utf8_ltrim(cells, _UNSEEN)
        is_blank = as_mask(pc.equal(trimmed, ""))
        blank = blank[is_blank]
        if not len(blank):
            break
    return blank


def as_mask(flags: pa.Array) -> np.ndarray:
    """An Arrow array of truth values for NumPy."""
    mask: np.ndarray = flags.to_numpy(zero_copy_only=False)
    return mask


def in_one_piece(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array, without a copy where it is one already."""
    if column.num_chunks == 1:
        return column.chunk(0)
    unified = column.unify_dictionaries()
    return unified.combine_chunks()
