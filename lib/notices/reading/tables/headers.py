"""What the header of a document's table names: the columns of a list of measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from lib.files.headers import normal_header
from lib.grids import headers
from lib.grids.cells import NONE, Row
from lib.grids.headers import Words
from lib.measures.headers import FROM, TO, half_of_deadline
from lib.measures.meanings import DUTIES, field_of, field_of_header, is_detail
from lib.measures.meanings import key as key_of
from lib.measures.vocabulary import HEADERS, SERIALS
from lib.notices.reading.tables.columns import Columns
from lib.notices.reading.tables.sheet import Sheet
from lib.notices.words import TABLE

_LOOK: Final = 12  # rows in which the header must stand
_LONGEST: Final = 40  # characters of a header's cell
_OF_BOARD: Final = {  # what the other columns of a board's table are to a notice
    "measure_id": "serial",
    "article": "serial",
    "year": "other",
    "list": "other",
}
_DEPARTMENTS: Final = frozenset({"departments", "lead_departments", "lead_who", "who", "both"})
_TITLES: Final = frozenset({"title", "section"})
_UNIT: Final = "单位"
_DAY: Final = "日期"
_WHO: Final = DUTIES - {"deadline"}


class Header(NamedTuple):
    """What a header says. first: its first row; end: the row after it."""

    columns: Columns
    first: int
    end: int


def find(sheet: Sheet, grid: Sequence[Row]) -> Header | None:
    """The header among the first rows of a table."""
    rows_looked_at = min(len(grid), _LOOK)
    for start in range(rows_looked_at):
        header = at(sheet, grid, start)
        if header:
            return header
    return None


def at(sheet: Sheet, grid: Sequence[Row], start: int) -> Header | None:
    """The header that stands in a row, and perhaps the next ones."""
    header = headers.at(sheet, grid, start, _WORDS)
    if header is None:
        return None
    width = len(grid[start])
    row = [header.labels.get(column, NONE) for column in range(width)]
    columns = _columns(_Labels(sheet, row), header.fields)
    if columns is None:
        return None
    return Header(columns, start, header.end)


def is_of_another(sheet: Sheet, row: Row) -> bool:
    """Whether a row is the header of a table of something else: a roster, an account."""
    return headers.is_of_another(sheet, row, _WORDS)


def _field_below(over: str, upper: str, lower: str) -> str:
    """What a label stands for below another, with it or alone; 姓名 below 责任领导 is a leader."""
    half = half_of_deadline(over, upper, lower)
    if half:
        return half
    field = _field_of(lower)
    if field == "named" and over in DUTIES:
        return over
    return field_of(upper + lower) or field


def _field_of(label: str) -> str:
    """What a label stands for, also a board's own in English."""
    field = field_of_header(label)
    if field:
        return field
    own_field = HEADERS.get(normal_header(label), "")
    return _OF_BOARD.get(own_field, own_field)


def _is_label(label: str) -> bool:
    return bool(_field_of(label))


_WORDS: Final = Words(_field_of, _field_below, _is_label)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels over the columns of a table.

    row: the cell that is the label of each column, NONE where there is none.
    """

    sheet: Sheet
    row: Row

    def label(self, column: int) -> str:
        """The label of a column on one line, folded."""
        return self.sheet.label(self.row[column])

    def folded(self, column: int) -> str:
        """The label of a column, folded."""
        return self.sheet.folded(self.row[column])

    @property
    def cells(self) -> set[int]:
        """The cells that say something."""
        return {number for number in self.row if self.sheet.is_filled(number)}

    @property
    def are_by_person(self) -> bool:
        """Whether a person says that this is a table."""
        blocks = [self.sheet.blocks[number] for number in self.row if number >= 0]
        return any(block.said == TABLE for block in blocks)

    def distinct(self, columns: Sequence[int]) -> list[int]:
        """Columns without those whose label is one cell with that of an earlier one."""
        first_columns: dict[int, int] = {}
        for column in columns:
            number = self.row[column]
            first_columns.setdefault(number, column)
        return list(first_columns.values())


_Fields = dict[int, str]


def _columns(labels: _Labels, header_fields: _Fields) -> Columns | None:
    """The columns that a header names; None where it is the header of no list of measures."""
    fields = _without_units(labels, header_fields)
    begins = _columns_of(fields, FROM)
    fields = _with_deadline(labels, _in_halves(fields))
    details = _details(labels)
    if details and _TITLES.isdisjoint(fields.values()):
        fields = {**fields, details[0]: "title"}
    unknown = _unknown(labels, fields)
    is_header = labels.are_by_person or _is_of_measures(labels, fields, unknown)
    if not is_header:
        return None
    body = _body(labels, fields)
    return Columns(
        fields=fields,
        words=_words(labels, (*fields, *unknown)),
        begins=begins[0] if begins else NONE,
        serial=_serial(labels, fields),
        guessed=not body,
        unknown=tuple(unknown),
        details=tuple(details),
        body=tuple(body or unknown),
        by_person=labels.are_by_person,
    )


def _unknown(labels: _Labels, fields: _Fields) -> list[int]:
    """The columns whose label says nothing that is known."""
    unknown: list[int] = []
    for column, number in enumerate(labels.row):
        if column not in fields and labels.sheet.is_filled(number):
            unknown.append(column)
    return unknown


def _body(labels: _Labels, fields: _Fields) -> list[int]:
    """The columns of titles and sections."""
    texts = [column for column, field in fields.items() if field in _TITLES]
    return labels.distinct(sorted(texts))


def _words(labels: _Labels, columns: Sequence[int]) -> dict[int, str]:
    """The labels of columns as they are compared."""
    words: dict[int, str] = {}
    for column in columns:
        words[column] = key_of(labels.folded(column))
    return words


def _columns_of(fields: _Fields, field: str) -> list[int]:
    """The columns that stand for a field."""
    return [column for column, name in fields.items() if name == field]


def _details(labels: _Labels) -> list[int]:
    """The columns that say more closely what is to be done."""
    columns = range(len(labels.row))
    return [column for column in columns if is_detail(labels.label(column))]


def _serial(labels: _Labels, fields: _Fields) -> int:
    """The column of numbers: 条目 rather than 序号, else the first."""
    serials = _columns_of(fields, "serial")
    for column in serials:
        word = normal_header(labels.label(column))
        is_article = HEADERS.get(word) == "article"
        if is_article and word not in SERIALS:
            return column
    if serials:
        return serials[0]
    return NONE


def _without_units(labels: _Labels, fields: _Fields) -> _Fields:
    """Take 单位 for the unit of a quantity where another column says who answers."""
    departments: list[int] = []
    units: list[int] = []
    for column, field in fields.items():
        if field not in _DEPARTMENTS:
            continue
        if labels.label(column) == _UNIT:
            units.append(column)
        else:
            departments.append(column)
    if not departments:
        return fields
    return fields | dict.fromkeys(units, "other")


def _in_halves(fields: _Fields) -> _Fields:
    """Take the second half of a deadline for the deadline: the first only says when it begins."""
    field_of_half = {FROM: "other", TO: "deadline"}
    return {column: field_of_half.get(field, field) for column, field in fields.items()}


def _with_deadline(labels: _Labels, fields: _Fields) -> _Fields:
    """Take a column of times, rather one of days, for the deadline where no other is one."""
    periods = _columns_of(fields, "period")
    if not periods or "deadline" in fields.values():
        return fields
    deadline = periods[0]
    for column in reversed(periods):
        if labels.folded(column).strip() == _DAY:
            deadline = column
    return fields | {deadline: "deadline"}


def _is_of_measures(labels: _Labels, fields: _Fields, unknown: Sequence[int]) -> bool:
    """Whether a header says who answers and what is to be done, and is a header at all."""
    names = set(fields.values())
    says_who = not names.isdisjoint(_WHO)
    says_leader_or_when = not names.isdisjoint({"deadline", "leaders"})
    is_numbered_list = {"serial", "title"} <= names
    if not says_who and not (is_numbered_list and says_leader_or_when):
        return False
    says_what = not _TITLES.isdisjoint(names)
    if not says_what and not (says_leader_or_when and unknown):
        return False
    are_few_known = len(fields) * 2 < len(labels.cells)
    if are_few_known and not (says_who and is_numbered_list):
        return False
    texts = map(labels.sheet.text, labels.cells)
    are_short = all(len(text) <= _LONGEST for text in texts)
    return are_short and len(names) >= 2
