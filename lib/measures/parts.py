"""Tables of one file in common columns: what stands in several tables and sheets becomes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.files import Sheet
from lib.files.headers import normal_header
from lib.grids.headers import Columns, Fields
from lib.grids.model import Table
from lib.measures import schema
from lib.measures.headers import FROM, TO

_UNTIL: Final = "至"  # between the two halves of a deadline
_ON: Final = "起"  # after the first half alone
_HALVES: Final = (FROM, TO)
_FEWEST_ROWS: Final = 3  # of which a column shows that it stands in few of them alone
# Fields by which a measure is known that another sheet has as well
_SAME: Final = ("year", "title", *schema.NAMES, "deadline")

Key = tuple[str, ...]  # what a row says in these


@dataclass(frozen=True)
class Part:
    """The rows of one table.

    header: what stands over each column, such that `schema.fields` finds the fields again.
    rows: the cells of each row; lines: its line in the file or the sheet.
    name: the sheet's.
    """

    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    name: str

    def column(self, field: str) -> list[str]:
        """The cells of a field, empty ones where the part lacks it."""
        column = schema.fields(self.header).get(field)
        if column is None:
            return [""] * len(self.rows)
        return [row[column] for row in self.rows]

    def with_column(self, name: str, cells: Iterable[str]) -> Part:
        """A part with one more column."""
        header = [*self.header, name]
        rows: list[list[str]] = []
        for row, cell in zip(self.rows, cells, strict=True):
            rows.append([*row, cell])
        return replace(self, header=header, rows=rows)


class Words(NamedTuple):
    """The words of headers. fields: word → field; usual: the notice's own word for each field."""

    fields: Mapping[str, str]
    usual: Mapping[str, str]

    def header(self, label: str, field: str) -> str:
        """A label by which its field is known: 牵头 below 责任单位 becomes 牵头部门."""
        is_known = self.fields.get(normal_header(label)) == field
        if is_known or not field:
            return label
        return self.usual.get(field, label)


def of_table(table: Table, lines: Sequence[int], name: str, words: Words) -> Part:
    """The rows of a table, in columns by whose headers they are known again.

    Args:
        lines: the line of each row of the grid.
        name: the sheet's.
    """
    columns = _columns_but_halves(table)
    header: list[str] = []
    for column, field in columns.items():
        label = table.labels[column]
        header.append(words.header(label, field))
    rows: list[list[str]] = []
    for cells in table.rows:
        rows.append([cells[column] for column in columns])
    lines_of_rows = [lines[row] for row in table.lines]
    part = Part(header, rows, lines_of_rows, name)
    if set(_HALVES).isdisjoint(table.columns):
        return part
    return _with_deadlines(part, table, words.usual["deadline"])


def _with_deadlines(part: Part, table: Table, header: str) -> Part:
    """A part with the deadlines that stand in two halves, unless its own column says as many."""
    in_one_column = part.column("deadline")
    in_halves = [_deadline(table, cells) for cells in table.rows]
    if _filled(in_one_column) >= _filled(in_halves):
        return part
    return part.with_column(header, in_halves)


def _columns_but_halves(table: Table) -> Fields:
    """The columns of a table that are no half of a deadline, and the field of each or ""."""
    field_of = {column: field for field, column in table.columns.items()}
    columns: Fields = {}
    for column in range(len(table.labels)):
        field = field_of.get(column, "")
        if field not in _HALVES:
            columns[column] = field
    return columns


def _filled(cells: Sequence[str]) -> int:
    """How many cells say something."""
    return len(cells) - cells.count("")


def _deadline(table: Table, cells: Sequence[str]) -> str:
    """The two halves of a deadline as one phrase: 3月至6月底前, or 3月起 where it has no end."""
    begin = _cell(table, cells, FROM)
    end = _cell(table, cells, TO)
    if begin and end:
        return begin + _UNTIL + end
    if begin:
        return begin + _ON
    return end


def _cell(table: Table, cells: Sequence[str], field: str) -> str:
    """The cell of a field, "" where the table lacks it."""
    column = table.columns.get(field)
    return "" if column is None else cells[column]


def filled_down(part: Part, fields: Sequence[str]) -> Part:
    """A part whose columns hold from one row to the next, where they stand in few rows alone.

    So a column is read whose merged cells were lost: the first row has one, at most half of all do.
    """
    places = schema.fields(part.header)
    for field in fields:
        if _is_sparse(part.column(field)):
            _fill_down(part.rows, places[field])
    return part


def _is_sparse(cells: Sequence[str]) -> bool:
    """Whether the first cell says something, and at most half of all do."""
    if len(cells) < _FEWEST_ROWS or not cells[0]:
        return False
    return 2 * _filled(cells) <= len(cells)


def _fill_down(rows: Sequence[list[str]], column: int) -> None:
    """Write into each empty cell of a column what stands above it."""
    above = ""
    for row in rows:
        above = row[column] or above
        row[column] = above


class Kept(NamedTuple):
    """Parts without copies. copied_from: the sheets whose rows stand in others, and how many."""

    parts: list[Part]
    copied_from: list[str]


def without_copies(parts: Sequence[Part]) -> Kept:
    """The parts without rows that another sheet before them has as well, as a list of all does."""
    sheet_of: dict[Key, str] = {}
    copies: Counter[str] = Counter()
    kept: list[Part] = []
    for part in parts:
        part_kept = _first_on_its_sheet(part, sheet_of)
        kept.append(part_kept)
        copies[part.name] += len(part.rows) - len(part_kept.rows)
    copied_from = [f"{name} ({count})" for name, count in copies.items() if count]
    return Kept(kept, copied_from)


def _first_on_its_sheet(part: Part, sheet_of: dict[Key, str]) -> Part:
    """A part without the rows that a sheet before it has as well.

    Args:
        sheet_of: the first sheet of each key; those of the part are added.
    """
    rows: list[list[str]] = []
    lines: list[int] = []
    keys = _measure_keys(part)
    for key, row, line in zip(keys, part.rows, part.lines, strict=True):
        first_sheet = sheet_of.setdefault(key, part.name)
        if first_sheet == part.name:
            rows.append(row)
            lines.append(line)
    return replace(part, rows=rows, lines=lines)


def _measure_keys(part: Part) -> list[Key]:
    """What each row says of a measure, without white space."""
    places = schema.fields(part.header)
    columns = [places[field] for field in _SAME if field in places]
    keys: list[Key] = []
    for row in part.rows:
        key = [_without_space(row[column]) for column in columns]
        keys.append(tuple(key))
    return keys


def _without_space(text: str) -> str:
    return "".join(text.split())


def joined(parts: Sequence[Part], places: Sequence[Columns]) -> Sheet:
    """All parts as one sheet: columns of the same field or the same name are one.

    Of several columns of one name in one part the first, the second … is one with the first, the
    second … of the others.

    Args:
        places: of each part, the column of each field.
    """
    header: dict[str, str] = {}
    columns: dict[str, list[str]] = {}
    lines: list[int] = []
    for part, columns_of_part in zip(parts, places, strict=True):
        keys = _keys_of_columns(part.header, columns_of_part)
        for column, key in enumerate(keys):
            label = part.header[column]
            header.setdefault(key, label)
            cells = columns.setdefault(key, [])
            _fill_up(cells, len(lines))
            cells += [row[column] for row in part.rows]
        lines += part.lines
    arrays: list[pa.Array] = []
    for cells in columns.values():
        _fill_up(cells, len(lines))
        arrays.append(pa.array(cells, pa.string()))
    labels = [*header.values()]
    numbers = np.array(lines, np.int32)
    return Sheet(labels, arrays, numbers, sources=_sources(parts))


def _keys_of_columns(header: Sequence[str], places: Columns) -> list[str]:
    """By what each column of a part is one with a column of another.

    Its field; else its label, counted; else its place.
    """
    field_of = {column: field for field, column in places.items()}
    times: Counter[str] = Counter()
    keys: list[str] = []
    for column, label in enumerate(header):
        times[label] += 1
        number = times[label] if label else column
        counted_label = f"{number}:{label}"
        keys.append(field_of.get(column, counted_label))
    return keys


def _fill_up(cells: list[str], height: int) -> None:
    """Add empty cells at the end of a column up to a height."""
    missing = height - len(cells)
    cells += [""] * missing


def _sources(parts: Sequence[Part]) -> list[tuple[int, str]]:
    """From which row on the rows are of another sheet than the first, and its name."""
    sources: list[tuple[int, str]] = []
    row = 0
    first_sheet = parts[0].name
    for part in parts:
        if part.name != first_sheet:
            sources.append((row, part.name))
        row += len(part.rows)
    return sources
