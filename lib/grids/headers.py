"""The header of a table: its labels in one to three rows, and the column that each group heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lib.grids.cells import NONE, Cells, Row, cell

_FEWEST: Final = 2  # labels that a header has at least
_ROWS: Final = 3  # that a header may have
_LOOKED_AT: Final = 30  # rows in which one of unknown words must stand
_LONGEST: Final = 40  # characters of a label
_LIST: Final = re.compile("[,;。]")  # in no label, but in lists of names and in sentences
_LONGEST_BELOW: Final = 12  # characters of a label below one that spans several columns
_FEWEST_NUMBERS: Final = 3  # columns that a row of their numbers has at least


@dataclass(frozen=True)
class Words:
    """What the labels of a header stand for; all texts are folded and on one line.

    field_of: of one label, "" for nothing.
    field_below: of a label in a second row: called with the field and the text of the label above
        it, and its own text.
    is_label: whether a text is a header's, also one of nothing that is looked for.
    """

    field_of: Callable[[str], str]
    field_below: Callable[[str, str, str], str]
    is_label: Callable[[str], bool]


@dataclass(frozen=True)
class Header:
    """The labels over the columns of a table.

    fields: column → what its labels stand for, where that is known.
    labels: column → the lowest cell that stands over it.
    above: column → the cell over that one, in a header of several rows.
    first: its first row; end: the row after it.
    """

    fields: dict[int, str]
    labels: dict[int, int]
    above: dict[int, int]
    first: int
    end: int


def at(cells: Cells, rows: Sequence[Row], first: int, words: Words) -> Header | None:
    """The labels that stand in a row and perhaps in the next two; None where none is known."""
    fields = _fields(cells, rows[first], words)
    if not fields or len(cells.filled(rows[first])) < _FEWEST:
        return None
    labels = list(rows[first])
    above = [NONE] * len(labels)
    end = first + 1
    while end < min(first + _ROWS, len(rows)) and _is_lower(
        cells, fields, labels, rows[end], words
    ):
        spread = _spread(cells, labels, rows[end])
        fields = fields | _fields_below(cells, fields, spread, rows[end], words)
        for column, lower in enumerate(rows[end]):
            if lower != spread[column] and cells.is_filled(lower):
                above[column], labels[column] = spread[column], lower
        end += 1
    if end < len(rows) and is_numbering(cells, rows[end]):
        end += 1
    return Header(fields, _filled(cells, labels), _filled(cells, above), first, end)


def likely_header(cells: Cells, rows: Sequence[Row]) -> int | None:
    """The row that is most likely a header of which no word is known: the one with most labels.

    Returns:
        The first of these rows; None where no row above others has two.
    """
    most, likely = 1, None
    for number, row in enumerate(rows[:_LOOKED_AT]):
        labels = {cells.label(cell) for cell in cells.filled(row)}
        count = sum(map(may_be_label, labels))
        if count > most and number + 1 < len(rows):
            most, likely = count, number
    return likely


def is_of_another(cells: Cells, row: Row, words: Words) -> bool:
    """Whether a row is the header of a table that is not looked for: labels and nothing else."""
    labels = [cells.label(number) for number in cells.filled(row)]
    if len(labels) < _FEWEST or not all(map(may_be_label, labels)):
        return False
    return all(map(words.is_label, labels))


def is_numbering(cells: Cells, row: Row) -> bool:
    """Whether a row only numbers the columns: 1 2 3 4 below a header."""
    texts = [cells.folded(number).strip(" ()") for number in cells.filled(row)]
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    return len(texts) >= _FEWEST_NUMBERS and texts == numbers


def _fields(cells: Cells, row: Row, words: Words) -> dict[int, str]:
    """What the labels in a row stand for."""
    fields: dict[int, str] = {}
    for column, number in enumerate(row):
        label = cells.label(number)
        if may_be_label(label) and (field := words.field_of(label)):
            fields[column] = field
    return fields


def may_be_label(text: str) -> bool:
    """Whether a folded text is short and no list: what is longer need not be looked up."""
    return 0 < len(text) <= _LONGEST and not _LIST.search(text)


def _is_lower(cells: Cells, fields: dict[int, str], upper: Row, lower: Row, words: Words) -> bool:
    """Whether a row goes on with a header: labels below a cell that spans several columns."""
    new = [column for column, number in enumerate(lower) if number != upper[column]]
    worded = [column for column in new if cells.is_filled(lower[column])]
    if not worded:
        return False
    widths = Counter(number for number in upper if number >= 0)
    are_short = all(len(cells.text(lower[column])) <= _LONGEST_BELOW for column in worded)
    if are_short and all(widths[upper[column]] > 1 for column in new):
        return True
    spread = _spread(cells, upper, lower)
    below = _fields_below(cells, fields, spread, lower, words)
    if not all(column in below for column in worded):
        return False
    if any(widths[upper[column]] > 1 for column in worded):
        return True
    return _FEWEST <= len(worded) < len(lower)


def _spread(cells: Cells, upper: Row, lower: Row) -> list[int]:
    """The upper row of a header, its cells drawn out over the labels that stand below them.

    So a merged cell is read that lost its merge: 责任单位 and nothing above 牵头 and 配合.
    """
    spread = list(upper)
    for column in range(1, len(spread)):
        is_open = not cells.is_filled(spread[column]) and cells.is_filled(cell(lower, column))
        if is_open and cells.is_filled(lower[column - 1]):
            spread[column] = spread[column - 1]
    return spread


def _fields_below(
    cells: Cells, fields: dict[int, str], upper: Row, lower: Row, words: Words
) -> dict[int, str]:
    """What the labels in the next row of a header stand for, each below the one that it divides."""
    below: dict[int, str] = {}
    for column, number in enumerate(lower):
        if number == upper[column] or not cells.is_filled(number):
            continue
        # A label that covers several columns stands for the first of them alone
        over = fields.get(column) or fields.get(list(upper).index(upper[column]), "")
        label = cells.label(number)
        if may_be_label(label) and (
            field := words.field_below(over, cells.label(upper[column]), label)
        ):
            below[column] = field
    return below


def _filled(cells: Cells, row: Row) -> dict[int, int]:
    return {column: number for column, number in enumerate(row) if cells.is_filled(number)}
