"""What the header of a document's table names: the columns of a list of measures."""

from __future__ import annotations

from collections.abc import Sequence
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
_WHO: Final = DUTIES - {"deadline"}


class Header(NamedTuple):
    """What a header says. first: its first row; end: the row after it."""

    columns: Columns
    first: int
    end: int


def find(sheet: Sheet, grid: Sequence[Row]) -> Header | None:
    """The header among the first rows of a table."""
    for start in range(min(len(grid), _LOOK)):
        header = at(sheet, grid, start)
        if header:
            return header
    return None


def at(sheet: Sheet, grid: Sequence[Row], start: int) -> Header | None:
    """The header that stands in a row, and perhaps the next ones."""
    header = headers.at(sheet, grid, start, _WORDS)
    if header is None:
        return None
    labels = [header.labels.get(column, NONE) for column in range(len(grid[start]))]
    columns = _columns(sheet, header.fields, labels)
    return Header(columns, start, header.end) if columns else None


def is_of_another(sheet: Sheet, row: Row) -> bool:
    """Whether a row is the header of a table of something else: a roster, an account."""
    return headers.is_of_another(sheet, row, _WORDS)


def _field_below(over: str, upper: str, lower: str) -> str:
    """What a label stands for below another, with it or alone; 姓名 below 责任领导 is a leader."""
    if half := half_of_deadline(over, upper, lower):
        return half
    field = _field_of(lower)
    if field == "named" and over in DUTIES:
        return over
    return field_of(upper + lower) or field


def _field_of(label: str) -> str:
    """What a label stands for, also a board's own in English."""
    field = HEADERS.get(normal_header(label), "")
    return field_of_header(label) or _OF_BOARD.get(field, field)


def _is_label(label: str) -> bool:
    return bool(_field_of(label))


_WORDS: Final = Words(_field_of, _field_below, _is_label)


def _columns(sheet: Sheet, fields: dict[int, str], labels: Row) -> Columns | None:
    """The columns that a header names; None where it is the header of no list of measures."""
    fields = _without_units(sheet, fields, labels)
    begins = next((column for column, name in fields.items() if name == FROM), NONE)
    fields = _with_deadline(sheet, _in_halves(fields), labels)
    details = _details(sheet, labels)
    if details and _TITLES.isdisjoint(fields.values()):
        fields = {**fields, details[0]: "title"}
    unknown: list[int] = []
    for column, block in enumerate(labels):
        if column not in fields and sheet.is_filled(block):
            unknown.append(column)
    is_said = any(number >= 0 and sheet.blocks[number].said == TABLE for number in labels)
    if not is_said and not _is_of_measures(sheet, fields, unknown, labels):
        return None
    texts = [column for column, name in fields.items() if name in ("title", "section")]
    body = _distinct(sorted(texts), labels)
    return Columns(
        fields=fields,
        words={column: key_of(sheet.folded(labels[column])) for column in (*fields, *unknown)},
        begins=begins,
        serial=_serial(sheet, fields, labels),
        guessed=not body,
        unknown=tuple(unknown),
        details=tuple(details),
        body=tuple(body or unknown),
        said=is_said,
    )


def _details(sheet: Sheet, labels: Row) -> list[int]:
    """The columns that say more closely what is to be done."""
    return [column for column, block in enumerate(labels) if is_detail(sheet.label(block))]


def _serial(sheet: Sheet, fields: dict[int, str], labels: Row) -> int:
    """The column of numbers: 条目 rather than 序号, else the first."""
    serials = [column for column, name in fields.items() if name == "serial"]
    for column in serials:
        word = normal_header(sheet.label(labels[column]))
        if HEADERS.get(word) == "article" and word not in SERIALS:
            return column
    return serials[0] if serials else NONE


def _without_units(sheet: Sheet, fields: dict[int, str], labels: Row) -> dict[int, str]:
    """Take 单位 for the unit of a quantity where another column says who answers."""
    who = [column for column, name in fields.items() if name in _DEPARTMENTS]
    units = [column for column in who if sheet.label(labels[column]) == _UNIT]
    if len(units) == len(who):
        return fields
    return fields | dict.fromkeys(units, "other")


def _in_halves(fields: dict[int, str]) -> dict[int, str]:
    """Take the second half of a deadline for the deadline: the first only says when it begins."""
    field_of_half = {FROM: "other", TO: "deadline"}
    return {column: field_of_half.get(name, name) for column, name in fields.items()}


def _with_deadline(sheet: Sheet, fields: dict[int, str], labels: Row) -> dict[int, str]:
    """Take a column of times, rather one of days, for the deadline where no other is one."""
    periods = [column for column, name in fields.items() if name == "period"]
    if not periods or "deadline" in fields.values():
        return fields
    days = [column for column in periods if sheet.folded(labels[column]).strip() == "日期"]
    chosen = days[0] if days else periods[0]
    return fields | {chosen: "deadline"}


def _is_of_measures(
    sheet: Sheet, fields: dict[int, str], unknown: Sequence[int], labels: Row
) -> bool:
    """Whether a header says who answers and what is to be done, and is a header at all."""
    names = set(fields.values())
    says_who = not names.isdisjoint(_WHO)
    says_some = not names.isdisjoint({"deadline", "leaders"})
    listed = {"serial", "title"} <= names
    if not says_who and not (listed and says_some):
        return False
    if _TITLES.isdisjoint(names) and not (says_some and unknown):
        return False
    headers = {block for block in labels if sheet.is_filled(block)}
    if len(fields) * 2 < len(headers) and not (says_who and listed):
        return False
    return len(names) > 1 and all(len(sheet.text(block)) <= _LONGEST for block in headers)


def _distinct(columns: Sequence[int], row: Row) -> list[int]:
    """Columns without those that are one cell with an earlier one."""
    distinct: dict[int, int] = {}
    for column in columns:
        distinct.setdefault(row[column], column)
    return list(distinct.values())
