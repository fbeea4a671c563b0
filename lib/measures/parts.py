"""Tables of one file in common columns: what stands in several tables and sheets becomes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from lib.files import Sheet
from lib.files.headers import normal_header
from lib.grids.tables import Table
from lib.measures import schema
from lib.measures.headers import FROM, TO

_UNTIL: Final = "至"  # between the two halves of a deadline
_ON: Final = "起"  # after the first half alone
_HALVES: Final = (FROM, TO)
_FEWEST_ROWS: Final = 3  # of which a column shows that it stands in few of them alone
# Fields by which a measure is known that another sheet has as well
_SAME: Final = ("year", "title", *schema.NAMES, "deadline")


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
        rows = [[*row, cell] for row, cell in zip(self.rows, cells, strict=True)]
        return replace(self, header=[*self.header, name], rows=rows)


def of_table(
    table: Table, lines: Sequence[int], name: str, words: Mapping[str, str], own: Mapping[str, str]
) -> Part:
    """The rows of a table, in columns by whose headers they are known again.

    Args:
        lines: the line of each row of the grid.
        words: the words that are known as headers, and their fields.
        own: the notice's own word for each field.
    """
    field_of = {column: field for field, column in table.columns.items()}
    columns = [column for column in range(len(table.labels)) if field_of.get(column) not in _HALVES]
    header = [
        _header(table.labels[column], field_of.get(column, ""), words, own) for column in columns
    ]
    rows = [[cells[column] for column in columns] for cells in table.rows]
    part = Part(header, rows, [lines[row] for row in table.lines], name)
    if set(_HALVES).isdisjoint(table.columns):
        return part
    deadlines = [_deadline(table, cells) for cells in table.rows]
    if _filled(part.column("deadline")) >= _filled(deadlines):
        return part
    return part.with_column(own["deadline"], deadlines)


def _filled(cells: Sequence[str]) -> int:
    return len(cells) - cells.count("")


def _header(label: str, field: str, words: Mapping[str, str], own: Mapping[str, str]) -> str:
    """A label by which its field is known: 牵头 below 责任单位 becomes 牵头部门."""
    if not field or words.get(normal_header(label)) == field:
        return label
    return own.get(field, label)


def _deadline(table: Table, cells: Sequence[str]) -> str:
    """The two halves of a deadline as one phrase: 3月至6月底前, or 3月起 where it has no end."""
    begin, end = (cells[table.columns[half]] if half in table.columns else "" for half in _HALVES)
    if begin and not end:
        return begin + _ON
    return _UNTIL.join(filter(None, (begin, end)))


def filled_down(part: Part, fields: Sequence[str]) -> Part:
    """A part whose columns hold from one row to the next, where they stand in few rows alone.

    So a column is read whose merged cells were lost: the first row has one, at most half of all do.
    """
    places = schema.fields(part.header)
    for field in fields:
        column = places.get(field)
        if column is not None and _is_sparse([row[column] for row in part.rows]):
            _fill_down(part.rows, column)
    return part


def _is_sparse(cells: Sequence[str]) -> bool:
    return len(cells) >= _FEWEST_ROWS and bool(cells[0]) and 2 * _filled(cells) <= len(cells)


def _fill_down(rows: Sequence[list[str]], column: int) -> None:
    above = ""
    for row in rows:
        above = row[column] or above
        row[column] = above


class Kept(NamedTuple):
    """Parts without copies. copied_from: the sheets whose rows stand in others, and how many."""

    parts: list[Part]
    copied_from: list[str]


def without_copies(found: Sequence[Part]) -> Kept:
    """The parts without rows that another sheet before them has as well, as a list of all does."""
    sheet_of: dict[tuple[str, ...], str] = {}
    copies: Counter[str] = Counter()
    kept: list[Part] = []
    for part in found:
        is_own = [sheet_of.setdefault(key, part.name) == part.name for key in _keys(part)]
        copies[part.name] += len(is_own) - sum(is_own)
        rows = [*compress(part.rows, is_own)]
        kept.append(replace(part, rows=rows, lines=[*compress(part.lines, is_own)]))
    return Kept(kept, [f"{name} ({count})" for name, count in copies.items() if count])


def _keys(part: Part) -> list[tuple[str, ...]]:
    """What each row says of a measure, without white space."""
    places = schema.fields(part.header)
    columns = [places[field] for field in _SAME if field in places]
    return [tuple("".join(row[column].split()) for column in columns) for row in part.rows]


def joined(parts: Sequence[Part], places: Sequence[Mapping[str, int]]) -> Sheet:
    """All parts as one sheet: columns of the same field or the same name are one.

    Of several columns of one name in one part the first, the second … is one with the first, the
    second … of the others.

    Args:
        places: of each part, the column of each field.
    """
    header: dict[str, str] = {}
    columns: dict[str, list[str]] = {}
    height = 0
    for number, part in enumerate(parts):
        field_of = {column: field for field, column in places[number].items()}
        seen: Counter[str] = Counter()
        for column, label in enumerate(part.header):
            seen[label] += 1
            key = field_of.get(column) or f"{column if not label else seen[label]}:{label}"
            header.setdefault(key, label)
            cells = columns.setdefault(key, [])
            cells += [""] * (height - len(cells))
            cells += [row[column] for row in part.rows]
        height += len(part.rows)
    for cells in columns.values():
        cells.extend([""] * (height - len(cells)))
    lines = [line for part in parts for line in part.lines]
    return Sheet(
        [*header.values()],
        [pa.array(cells, pa.string()) for cells in columns.values()],
        np.array(lines, np.int32),
        sources=_sources(parts),
    )


def _sources(parts: Sequence[Part]) -> list[tuple[int, str]]:
    """From which row on the rows are of another sheet than the first, and its name."""
    sources: list[tuple[int, str]] = []
    row = 0
    for part in parts:
        if part.name != parts[0].name:
            sources.append((row, part.name))
        row += len(part.rows)
    return sources
