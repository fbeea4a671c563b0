"""The header of a table: one row of labels, or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from lib.notices.fields import DUTIES, field_of, field_of_header
from lib.notices.fields import key as key_of
from lib.notices.reading.tables.columns import Columns
from lib.notices.reading.tables.sheet import NONE, Row, Sheet

_LOOK: Final = 12  # rows in which the header must stand
_LONGEST: Final = 40  # characters of a header's cell
_LONGEST_BELOW: Final = 12  # characters of a cell below one that spans several columns
_WHO: Final = DUTIES - {"deadline"}


class Header(NamedTuple):
    """What a header says, and the row after it."""

    columns: Columns
    end: int


def find(sheet: Sheet, grid: Sequence[Row]) -> Header | None:
    """The header among the first rows of a table."""
    for start in range(min(len(grid), _LOOK)):
        header = at(sheet, grid, start)
        if header:
            return header
    return None


def at(sheet: Sheet, grid: Sequence[Row], start: int) -> Header | None:
    """The header that stands in a row, and perhaps the next."""
    upper = grid[start]
    fields = _fields(sheet, upper)
    if not fields or len(set(upper)) < 2:
        return None
    end = start + 1
    if end < len(grid) and _is_second(sheet, upper, grid[end]):
        fields |= _fields_below(sheet, fields, upper, grid[end])
        end += 1
    columns = _columns(sheet, fields, grid[end - 1])
    return Header(columns, end) if columns else None


def _fields(sheet: Sheet, row: Row) -> dict[int, str]:
    """What the labels in a row stand for."""
    fields: dict[int, str] = {}
    for column, block in enumerate(row):
        label = sheet.label(block)
        name = field_of_header(label) if block >= 0 and len(label) <= _LONGEST else ""
        if name:
            fields[column] = name
    return fields


def _fields_below(sheet: Sheet, fields: dict[int, str], upper: Row, lower: Row) -> dict[int, str]:
    """What the labels in a header's second row stand for, with those above them or alone."""
    below = _fields(sheet, lower)
    for column, name in list(below.items()):
        block = lower[column]
        if block == upper[column]:
            del below[column]
            continue
        whole = field_of(sheet.folded(upper[column]) + sheet.folded(block))
        above = fields.get(column, "")
        if whole:
            below[column] = whole
        elif name == "named" and above in DUTIES:  # 姓名 below 责任领导
            below[column] = above
    return below


def _is_second(sheet: Sheet, upper: Row, lower: Row) -> bool:
    """Whether a row is the second of a header: labels below a cell that spans several columns."""
    new = [column for column, block in enumerate(lower) if block != upper[column]]
    worded = [column for column in new if sheet.is_filled(lower[column])]
    if not worded:
        return False
    widths = Counter(block for block in upper if block >= 0)
    short = all(len(sheet.text(lower[column])) <= _LONGEST_BELOW for column in worded)
    if short and all(widths[upper[column]] > 1 for column in new):
        return True
    if not all(field_of_header(sheet.label(lower[column])) for column in worded):
        return False
    return len(worded) < len(lower) or any(widths[upper[column]] > 1 for column in worded)


def _columns(sheet: Sheet, fields: dict[int, str], lower: Row) -> Columns | None:
    """The columns that a header names; None where it is the header of no list of measures."""
    fields = _with_deadline(sheet, fields, lower)
    unknown: list[int] = []
    for column, block in enumerate(lower):
        if column not in fields and sheet.is_filled(block):
            unknown.append(column)
    if not _is_of_measures(sheet, fields, unknown, lower):
        return None
    texts = [column for column, name in fields.items() if name in ("title", "section")]
    body = _distinct(sorted(texts), lower)
    return Columns(
        fields=fields,
        words={column: key_of(sheet.folded(lower[column])) for column in (*fields, *unknown)},
        serial=next((column for column, name in fields.items() if name == "serial"), NONE),
        guessed=not body,
        unknown=tuple(unknown),
        body=tuple(body or unknown),
    )


def _with_deadline(sheet: Sheet, fields: dict[int, str], lower: Row) -> dict[int, str]:
    """Take a column of times, rather one of days, for the deadline where no other is one."""
    periods = [column for column, name in fields.items() if name == "period"]
    if not periods or "deadline" in fields.values():
        return fields
    days = [column for column in periods if sheet.folded(lower[column]).strip() == "日期"]
    chosen = days[0] if days else periods[0]
    return fields | {chosen: "deadline"}


def _is_of_measures(
    sheet: Sheet, fields: dict[int, str], unknown: Sequence[int], lower: Row
) -> bool:
    """Whether a header says who answers and what is to be done, and is a header at all."""
    names = set(fields.values())
    says_who = not names.isdisjoint(_WHO)
    says_some = not names.isdisjoint({"deadline", "leaders"})
    listed = {"serial", "title"} <= names
    if not says_who and not (listed and says_some):
        return False
    if names.isdisjoint({"title", "section"}) and not (says_some and unknown):
        return False
    headers = {block for block in lower if sheet.is_filled(block)}
    if len(fields) * 2 < len(headers) and not (says_who and listed):
        return False
    return len(names) > 1 and all(len(sheet.text(block)) <= _LONGEST for block in headers)


def _distinct(columns: Sequence[int], row: Row) -> list[int]:
    """Columns without those that are one cell with an earlier one."""
    distinct: dict[int, int] = {}
    for column in columns:
        distinct.setdefault(row[column], column)
    return list(distinct.values())
