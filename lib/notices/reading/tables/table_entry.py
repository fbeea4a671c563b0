"""A measure of a table, of which several rows may say something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lib.measures.meanings import DUTIES
from lib.notices.model import Source
from lib.notices.reading.entry import Entry
from lib.notices.reading.tables.sheet import Sheet
from lib.notices.reading.tables.table_row import TableRow


@dataclass
class TableEntry(Entry):
    """A measure of a table.

    lines: of its text.
    used: the cells that say something of it.
    """

    lines: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def add(self, row: TableRow, values: Iterable[Source]) -> None:
        """Add to the measure's text what a row says of it.

        That is the column of its title and those of words after it. What stands in a column of
        another kind is kept with its header: steps, targets, remarks and figures are of the
        measure. Names and dates that reached no cell are not: a person is to see them.

        Args:
            values: where the row says what stands in the measure's cells.
        """
        self._add_words(row)
        self.used.update(source.block for source in values)
        self._add_what_is_left(row)

    def _add_words(self, row: TableRow) -> None:
        """Add the title of a row, and the words after it."""
        columns = row.columns
        for column in columns.body:
            number = row.at(column)
            if column >= columns.title and self._is_new(row.sheet, number):
                self.body.append(row.sheet.span(number))
                self.lines.append(row.text(column))

    def _add_what_is_left(self, row: TableRow) -> None:
        """Keep what stands in the other columns, but for those of names and dates."""
        columns = row.columns
        for column, number in enumerate(row.cells):
            is_duty = columns.fields.get(column) in DUTIES
            if not is_duty and self._is_new(row.sheet, number):
                text = _labelled(columns.word(column), row.text(column))
                self.kept.append(row.sheet.span(number))
                self.lines.append(text)

    def _is_new(self, sheet: Sheet, number: int) -> bool:
        """Whether a cell says something that the measure does not say yet; now it does."""
        if number in self.used:
            return False
        if not sheet.is_filled(number):
            return False
        self.used.add(number)
        return True


def _labelled(header: str, text: str) -> str:
    if header:
        return f"{header}：{text}"
    return text
