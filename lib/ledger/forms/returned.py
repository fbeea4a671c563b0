"""A file that came back: where its header stands, which form it is, and what stands in its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.errors import Problem
from lib.files.archives import column_letters
from lib.files.whole import WholeFile, WholeSheet
from lib.ledger.forms import answers, columns, form
from lib.ledger.forms.columns import ID, NOTE, PEOPLE, STAGE, STAMP, TITLE
from lib.ledger.forms.stamp import PREFIX, Stamp, Stamped
from lib.ledger.forms.workbook import PROPERTY

_HEADER_ROWS: Final = 50  # in which it must stand
_FEWEST_KNOWN: Final = 4  # columns of a form in its header
# What was settled in a sheet so that a cell may say less than its reader thinks
_UNSURE: Final = frozenset({"sheet_concealed", "sheet_unknown_values"})
_STRUCK: Final = "sheet_struck_out"
_SPACE: Final = re.compile(r"\s+")
_TOLD_BY: Final = frozenset({STAGE, "did", "last", STAMP})


@dataclass(frozen=True)
class ReturnedRow:
    """A row of a returned form.

    line: of the sheet, from 1; cells: the tidy text of each known column; other: what stands in
    other columns; stamped: what its hidden cell says; years: of the days that show none.
    problems: what is in doubt before anything is read.
    """

    line: int
    cells: Mapping[str, str]
    other: Mapping[str, str]
    stamped: Stamped | None
    years: Mapping[str, int]
    problems: tuple[Problem, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether something is answered in it."""
        return answers.is_answered(self.cells)

    @property
    def first_text(self) -> str:
        """What names it in a sentence."""
        texts = (self.cells.get(ID), self.cells.get(TITLE), *self.cells.values())
        return next(filter(None, (*texts, *self.other.values())), "")


@dataclass(frozen=True)
class Returned:
    """A sheet that is a form.

    Attributes:
        name: of its file.
        stamp: which form it is, None where nothing in it says so.
        headers: of the known columns, as they stand there.
        above: what stands above the header.
        doubts: of the whole form: as long as there is one, none of its rows is taken.
        notes: what is said of it beside.
    """

    name: str
    stamp: Stamp | None
    headers: Mapping[str, str]
    above: tuple[str, ...]
    rows: tuple[ReturnedRow, ...]
    doubts: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def header(self, field: str) -> str:
        """What stands above a column, for a sentence."""
        return self.headers.get(field) or columns.header_of(field)


@dataclass(frozen=True)
class _Head:
    """A header: its row, from 0, and the column of each field; other: the named ones of none."""

    row: int
    column_of: Mapping[str, int]
    other: Mapping[int, str]
    twice: tuple[str, ...]


def read(file: WholeFile) -> list[Returned]:
    """The forms in a file: one in each sheet that has the header of one."""
    heads = [(sheet, head) for sheet in file.sheets if (head := _find_head(sheet.rows))]
    outside = _stamps_outside(file, [sheet for sheet, _ in heads])
    if len(heads) > 1:  # forms put together: what stands outside is of one of them
        outside = set()
    return [_read_sheet(file, sheet, head, outside) for sheet, head in heads]


def _read_sheet(file: WholeFile, sheet: WholeSheet, head: _Head, outside: set[Stamp]) -> Returned:
    rows = [*_rows(file.name, sheet, head)]
    stamps = {row.stamped.stamp for row in rows if row.stamped}
    stamp = _agreed(stamps, outside)
    above = [text for cells in sheet.rows[: head.row] for text in cells if text.strip()]
    headers = {name: sheet.rows[head.row][column] for name, column in head.column_of.items()}
    returned = Returned(file.name, stamp, headers, tuple(above), tuple(rows))
    doubts = [
        *_doubts_of_columns(returned, head),
        *_doubts_of_stamps(file.name, stamp, stamps | outside),
        *(replace(found, source=file.name) for found in sheet.problems if found.code in _UNSURE),
    ]
    notes = _notes(returned)
    return replace(returned, doubts=tuple(doubts), notes=tuple(notes))


# --- the header -----------------------------------------------------------------------------------


def _find_head(rows: Sequence[Sequence[str]]) -> _Head | None:
    for number, cells in enumerate(rows[:_HEADER_ROWS]):
        head = _head(number, cells)
        known = head.column_of.keys()
        is_one = len(known) >= _FEWEST_KNOWN and known & {ID, TITLE} and known & _TOLD_BY
        if is_one:
            return head
    return None


def _head(number: int, cells: Sequence[str]) -> _Head:
    column_of: dict[str, int] = {}
    other: dict[int, str] = {}
    twice: list[str] = []
    for column, cell in enumerate(cells):
        name = columns.field_of(cell)
        if not name:
            other[column] = answers.tidy(cell)
        elif name in column_of:
            twice.append(name)
            other[column] = answers.tidy(cell)
        else:
            column_of[name] = column
    return _Head(number, column_of, other, tuple(twice))


def _doubts_of_columns(returned: Returned, head: _Head) -> Iterator[Problem]:
    """Doubts about columns: an answer that isn't there may stand under a header that nobody knows."""
    for name in head.twice:
        if columns.is_answer(name):
            yield Problem(
                "form_file_column_twice", column=returned.header(name), source=returned.name
            )
    missing = [name for name in columns.ANSWERS if name not in head.column_of]
    unknown = _filled_others(returned)
    if STAGE in missing or (missing and unknown):
        words = "、".join(map(columns.header_of, missing))
        yield Problem("form_file_column_missing", value=words, source=returned.name)


def _notes(returned: Returned) -> Iterator[Problem]:
    others = _filled_others(returned)
    if others:
        words = "、".join(others)
        yield Problem("form_file_column_unknown", value=words, source=returned.name)


def _filled_others(returned: Returned) -> list[str]:
    """The columns of no form in which something stands."""
    return [*dict.fromkeys(name for row in returned.rows for name in row.other)]


# --- which form it is -----------------------------------------------------------------------------


def _stamps_outside(file: WholeFile, forms: Sequence[WholeSheet]) -> set[Stamp]:
    """The stamps in the properties of a file and on its other sheets."""
    names = sorted(name for name in file.properties if name.startswith(f"{PROPERTY} "))
    texts = ["".join(file.properties[name] for name in names)]
    for sheet in file.sheets:
        if sheet not in forms:
            texts += [cell for cells in sheet.rows for cell in cells if cell.startswith(PREFIX)]
    return {found.stamp for text in texts if (found := Stamped.read(text))}


def _agreed(of_rows: set[Stamp], outside: set[Stamp]) -> Stamp | None:
    """The one form that a file is, by its rows or by what stands outside; None where that is not sure."""
    if len(outside) == 1 and (outside <= of_rows or not of_rows):
        return next(iter(outside))
    if len(of_rows) == 1 and not outside:
        return next(iter(of_rows))
    return None


def _doubts_of_stamps(name: str, stamp: Stamp | None, stamps: set[Stamp]) -> Iterator[Problem]:
    if stamp is not None:
        return
    if not stamps:
        yield Problem("form_file_unknown", source=name)
        return
    said = sorted(f"{found.department} {found.period} {found.list}" for found in stamps)
    yield Problem("form_file_disagrees", value=" / ".join(dict.fromkeys(said)), source=name)


# --- rows -----------------------------------------------------------------------------------------


def _rows(name: str, sheet: WholeSheet, head: _Head) -> Iterator[ReturnedRow]:
    """The rows below a header, without blank ones and headers that are printed again."""
    covered = _covered(sheet, head)
    header = sheet.rows[head.row]
    for number, texts in enumerate(sheet.rows[head.row + 1 :], head.row + 1):
        row = ReturnedRow(
            line=number + 1,
            cells=_cells(sheet, head, number, covered.get(number, {})),
            other=_other_texts(texts, head),
            stamped=next(filter(None, map(Stamped.read, texts)), None),
            years=_years(sheet, head, number),
            problems=(*_struck(name, sheet, number), *_merged(name, sheet, head, number)),
        )
        if texts != header and (row.stamped or row.first_text):
            yield row


def _cells(
    sheet: WholeSheet, head: _Head, row: int, covered: Mapping[str, tuple[int, int]]
) -> dict[str, str]:
    """The tidy texts of a row by their columns."""
    cells: dict[str, str] = {}
    for name, column in head.column_of.items():
        top, left = covered.get(name, (row, column))
        if name not in (STAMP, NOTE):
            cells[name] = answers.tidy(sheet.rows[top][left])
    return cells


def _years(sheet: WholeSheet, head: _Head, row: int) -> dict[str, int]:
    """The years that a row's cells hold and don't show."""
    of_row = {column: year for number, column, year in sheet.years if number == row}
    return {name: of_row[column] for name, column in head.column_of.items() if column in of_row}


def _other_texts(texts: Sequence[str], head: _Head) -> dict[str, str]:
    """What stands in the columns of no form, by their headers or letters; stamps are none."""
    found: dict[str, str] = {}
    for column, text in enumerate(texts):
        if column in head.column_of.values() or not answers.tidy(text):
            continue
        if not text.startswith(PREFIX):
            header = head.other.get(column) or column_letters(column + 1)
            found[header] = answers.tidy(text)
    return found


def _covered(sheet: WholeSheet, head: _Head) -> dict[int, dict[str, tuple[int, int]]]:
    """The rows over which one name of a person is merged, and where the name stands."""
    field_of = {column: field for field, column in head.column_of.items()}
    covered: dict[int, dict[str, tuple[int, int]]] = {}
    for top, column, down, _ in sheet.merged:
        field = field_of.get(column, "")
        if top > head.row and field in PEOPLE:
            for row in range(top + 1, top + down):
                covered.setdefault(row, {})[field] = (top, column)
    return covered


def _merged(name: str, sheet: WholeSheet, head: _Head, row: int) -> Iterator[Problem]:
    """Doubts about a row of which a cell is merged with another one, but for names of persons."""
    field_of = {column: field for field, column in head.column_of.items()}
    for top, left, down, across in sheet.merged:
        if not top <= row < top + down or top <= head.row:
            continue
        fields = [field_of.get(column, "") for column in range(left, left + across)]
        if any(field not in PEOPLE for field in fields):
            header = sheet.rows[head.row][left]
            text = sheet.rows[top][left]
            yield Problem("form_cell_merged", row + 1, header, text, name)


def _struck(name: str, sheet: WholeSheet, row: int) -> Iterator[Problem]:
    for found in sheet.problems:
        if found.code == _STRUCK and found.line == row + 1:
            yield Problem("form_cell_struck", found.line, found.column, found.value, name)


def title_differs(returned: Returned, stamp: Stamp) -> str:
    """The line above the header where it names another period or department than the stamp, else ""."""
    period = re.compile(re.escape(form.period_in_words(stamp.period)) + r"(?!\d{1,2}日)")
    department = _SPACE.sub("", stamp.department)
    for text in returned.above:
        close = _SPACE.sub("", text)
        if form.TITLE_WORD not in close:
            continue
        if not period.search(close) or department not in close:
            return text
    return ""
