"""The header of a table: its labels in one to three rows, and the column that each group heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lib.grids.cells import NONE, Cells, Row, cell

Columns = dict[str, int]  # field → column
Fields = dict[int, str]  # column → field

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

    fields: Fields
    labels: dict[int, int]
    above: dict[int, int]
    first: int
    end: int


def at(cells: Cells, rows: Sequence[Row], first: int, words: Words) -> Header | None:
    """The labels that stand in a row and perhaps in the next two; None where none is known."""
    first_row = rows[first]
    header = _Growing(cells, first_row, words)
    labels_in_first = cells.filled(first_row)
    if not header.fields or len(labels_in_first) < _FEWEST:
        return None
    end = first + 1
    for row in rows[end : first + _ROWS]:
        if not header.goes_on_in(row):
            break
        header.add(row)
        end += 1
    if end < len(rows) and is_numbering(cells, rows[end]):
        end += 1
    labels = _filled(cells, header.labels)
    above = _filled(cells, header.above)
    return Header(header.fields, labels, above, first, end)


def likely_header(cells: Cells, rows: Sequence[Row]) -> int | None:
    """The row that is most likely a header of which no word is known: the one with most labels.

    Returns:
        The first of these rows; None where no row above others has two.
    """
    most = 1
    likely = None
    rows_above_others = rows[:-1]
    looked_at = rows_above_others[:_LOOKED_AT]
    for number, row in enumerate(looked_at):
        filled = cells.filled(row)
        texts = {cells.label(filled_cell) for filled_cell in filled}
        count = sum(map(may_be_label, texts))
        if count > most:
            most = count
            likely = number
    return likely


def is_of_another(cells: Cells, row: Row, words: Words) -> bool:
    """Whether a row is the header of a table that is not looked for: labels and nothing else."""
    labels = [cells.label(number) for number in cells.filled(row)]
    if len(labels) < _FEWEST:
        return False
    if not all(map(may_be_label, labels)):
        return False
    return all(map(words.is_label, labels))


def is_numbering(cells: Cells, row: Row) -> bool:
    """Whether a row only numbers the columns: 1 2 3 4 below a header."""
    texts = [cells.folded(number).strip(" ()") for number in cells.filled(row)]
    if len(texts) < _FEWEST_NUMBERS:
        return False
    places = range(1, len(texts) + 1)
    numbers = [str(place) for place in places]
    return texts == numbers


def may_be_label(text: str) -> bool:
    """Whether a folded text is short and no list: what is longer need not be looked up."""
    if not 0 < len(text) <= _LONGEST:
        return False
    return not _LIST.search(text)


class _Growing:
    """A header that is read row by row.

    fields: column → what its labels stand for, where that is known.
    labels: the lowest cell over each column, and above: the cell over that one.
    """

    def __init__(self, cells: Cells, row: Row, words: Words) -> None:
        self.cells = cells
        self.words = words
        self.labels = list(row)
        self.above = [NONE] * len(row)
        self.fields: Fields = {}
        for column, number in enumerate(row):
            label = cells.label(number)
            if not may_be_label(label):
                continue
            field = words.field_of(label)
            if field:
                self.fields[column] = field

    def goes_on_in(self, row: Row) -> bool:
        """Whether a row goes on with the header.

        Short texts below cells that span several columns do, and labels that are known: some below such a
        cell, or at least a few; a full row of them is another header.
        """
        new: set[int] = set()
        texts: dict[int, str] = {}  # by column, of the new cells that say something
        for column, number in enumerate(row):
            if number == self.labels[column]:
                continue
            new.add(column)
            if self.cells.is_filled(number):
                texts[column] = self.cells.text(number)
        if not texts:
            return False
        below_wide = self._columns_of_wide_cells()
        longest = max(map(len, texts.values()))
        if longest <= _LONGEST_BELOW and new <= below_wide:
            return True
        fields = self._fields_in(row, self._spread_over(row))
        if not texts.keys() <= fields.keys():
            return False
        if not below_wide.isdisjoint(texts):
            return True
        return _FEWEST <= len(texts) < len(row)

    def add(self, row: Row) -> None:
        """Add the next row of the header."""
        spread = self._spread_over(row)
        self.fields |= self._fields_in(row, spread)
        for column, number in enumerate(row):
            over = spread[column]
            is_new = number != over and self.cells.is_filled(number)
            if is_new:
                self.above[column] = over
                self.labels[column] = number

    def _columns_of_wide_cells(self) -> set[int]:
        """The columns over which a cell stands that covers several of them."""
        widths = Counter(self.labels)
        columns: set[int] = set()
        for column, number in enumerate(self.labels):
            if number != NONE and widths[number] > 1:
                columns.add(column)
        return columns

    def _spread_over(self, row: Row) -> list[int]:
        """The labels so far, drawn out over those that stand below them in the next row.

        So a merged cell is read that lost its merge: 责任单位 and nothing above 牵头 and 配合.
        """
        spread = [*self.labels]
        for column in range(1, len(spread)):
            if self.cells.is_filled(spread[column]):
                continue
            left = column - 1
            has_label = self.cells.is_filled(cell(row, column))
            left_has_label = self.cells.is_filled(cell(row, left))
            if has_label and left_has_label:
                spread[column] = spread[left]
        return spread

    def _fields_in(self, row: Row, upper: list[int]) -> Fields:
        """What the labels in the next row stand for, each below the one that it divides.

        Args:
            upper: the labels above, drawn out.
        """
        fields: Fields = {}
        for column, number in enumerate(row):
            over = upper[column]
            label = self.cells.label(number)
            is_new = number != over and self.cells.is_filled(number)
            if not is_new or not may_be_label(label):
                continue
            # A label that covers several columns stands for the first of them alone
            first = upper.index(over)
            field_over = self.fields.get(column) or self.fields.get(first, "")
            label_over = self.cells.label(over)
            field = self.words.field_below(field_over, label_over, label)
            if field:
                fields[column] = field
        return fields


def _filled(cells: Cells, row: Row) -> dict[int, int]:
    """The cells of a row that say something, by their columns."""
    return {column: number for column, number in enumerate(row) if cells.is_filled(number)}
