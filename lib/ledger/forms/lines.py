"""The rows below the header of a form that came back, as texts by their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from lib.errors import Problem
from lib.files.whole import WholeSheet
from lib.ledger.forms import answers
from lib.ledger.forms.columns import ID, NOTE, PEOPLE, STAMP, TITLE, Cells
from lib.ledger.forms.header import Header
from lib.ledger.forms.stamp import PREFIX, Stamped

_STRUCK_OUT: Final = "sheet_struck_out"
_NOT_READ: Final = (STAMP, NOTE)


@dataclass(frozen=True)
class ReturnedRow:
    """A row of a form that came back.

    Attributes:
        line: of the sheet, from 1.
        cells: the tidy text of each column that is known.
        others: what stands in other columns, by their names.
        stamped: what its hidden cell says.
        years: of the days that show none, by column.
        problems: what is in doubt before anything is read.
    """

    line: int
    cells: Cells
    others: Mapping[str, str]
    stamped: Stamped | None
    years: Mapping[str, int]
    problems: tuple[Problem, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether something is answered in it."""
        return answers.is_answered(self.cells)

    @property
    def first_text(self) -> str:
        """What names it in a sentence, "" where nothing stands in it."""
        measure_id = self.cells.get(ID, "")
        title = self.cells.get(TITLE, "")
        texts = [measure_id, title, *self.cells.values(), *self.others.values()]
        return next(filter(None, texts), "")


def of_sheet(file: str, sheet: WholeSheet, header: Header) -> list[ReturnedRow]:
    """The rows of a form, without blank ones and headers that are printed again."""
    lines = _Lines(file, sheet, header)
    rows: list[ReturnedRow] = []
    first_place = header.row + 1
    for place in range(first_place, len(sheet.rows)):
        if sheet.rows[place] == header.texts:
            continue
        row = lines.at(place)
        if row.stamped or row.first_text:
            rows.append(row)
    return rows


class _Area(NamedTuple):
    """Cells that are merged: from which row and column, and how many of each."""

    top: int
    left: int
    down: int
    across: int

    def crosses(self, row: int) -> bool:
        """Whether one of its cells is in a row."""
        return self.top <= row < self.top + self.down

    @property
    def columns(self) -> range:
        """The columns that its cells are in."""
        return range(self.left, self.left + self.across)


class _Lines:
    """The rows of a sheet, by their places from 0."""

    def __init__(self, file: str, sheet: WholeSheet, header: Header) -> None:
        self._file = file
        self._sheet = sheet
        self._header = header
        areas = [_Area(*area) for area in sheet.merged]
        self._merged = [area for area in areas if area.top > header.row]

    def at(self, place: int) -> ReturnedRow:
        """A row."""
        texts = self._sheet.rows[place]
        return ReturnedRow(
            line=place + 1,
            cells=self._cells(place),
            others=self._others(texts),
            stamped=_stamped(texts),
            years=self._years(place),
            problems=tuple(self._doubts(place)),
        )

    def _cells(self, place: int) -> dict[str, str]:
        cells: dict[str, str] = {}
        for field, column in self._header.column_of.items():
            if field in _NOT_READ:
                continue
            row = self._top(place, column) if field in PEOPLE else place
            text = self._sheet.rows[row][column]
            cells[field] = answers.tidy(text)
        return cells

    def _top(self, place: int, column: int) -> int:
        """The row in which the text of a cell stands, which may be merged with those above."""
        for area in self._merged:
            if area.left == column and area.crosses(place):
                return area.top
        return place

    def _others(self, texts: Sequence[str]) -> dict[str, str]:
        """What stands in columns of no field, by their names; stamps are none."""
        others: dict[str, str] = {}
        for column, text in enumerate(texts):
            is_known = column in self._header.field_of
            tidy_text = answers.tidy(text)
            if is_known or text.startswith(PREFIX) or not tidy_text:
                continue
            name = self._header.name_of(column)
            others[name] = tidy_text
        return others

    def _years(self, place: int) -> dict[str, int]:
        years: dict[str, int] = {}
        for row, column, year in self._sheet.years:
            field = self._header.field_of.get(column)
            if row == place and field:
                years[field] = year
        return years

    def _doubts(self, place: int) -> Iterator[Problem]:
        yield from self._struck_out(place)
        yield from self._merged_cells(place)

    def _struck_out(self, place: int) -> Iterator[Problem]:
        line = place + 1
        for problem in self._sheet.problems:
            if problem.code == _STRUCK_OUT and problem.line == line:
                yield replace(problem, code="form_cell_struck", source=self._file)

    def _merged_cells(self, place: int) -> Iterator[Problem]:
        """Doubts about cells that are merged with others, but for the names of persons."""
        field_of = self._header.field_of
        for area in self._merged:
            if not area.crosses(place):
                continue
            fields = {field_of.get(column, "") for column in area.columns}
            if not fields <= PEOPLE.keys():
                header = self._header.texts[area.left]
                text = self._sheet.rows[area.top][area.left]
                yield Problem("form_cell_merged", place + 1, header, text, self._file)


def _stamped(texts: Sequence[str]) -> Stamped | None:
    """What the stamp in a row says, wherever it stands."""
    for text in texts:
        if text.startswith(PREFIX):
            return Stamped.read(text)
    return None
