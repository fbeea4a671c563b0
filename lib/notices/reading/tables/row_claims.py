"""The cells of a row → claims: names below 责任领导 or 责任部门, dates below 完成时限."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lib.measures.meanings import DUTIES
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, labelled, lists, names
from lib.notices.reading.claims.claim import Claim, Claims, has_deadline, is_undated, is_unnamed
from lib.notices.reading.tables.table_row import TableRow

_WIDEST: Final = 2  # columns that a cell of names may cover: 办公室 under 牵头 and 配合 alike

# Reasons instead of which the column is given.
_BY_COLUMN: Final = ("label", "form")


def read(row: TableRow) -> Claims:
    """What the cells of a row say of who answers and by when."""
    claims: Claims = []
    seen: set[tuple[int, str]] = set()
    for column, field in sorted(row.columns.fields.items()):
        number = row.at(column)
        if field not in DUTIES or number < 0:
            continue
        cell = (number, field)
        if cell in seen or _is_too_wide(row, column):
            continue
        seen.add(cell)
        claims += _of_column(row, column, field)
    begin = row.text(row.columns.begins)
    if begin:
        claims = [_begun(claim, begin) for claim in claims]
    return _without_dates_beside(claims)


def _is_too_wide(row: TableRow, column: int) -> bool:
    """Whether a cell covers so many columns that it is no value of this one."""
    number = row.at(column)
    width = row.sheet.blocks[number].across
    is_wide = width > 1 and _is_of_other_kind(row, column)
    return is_wide or width > _WIDEST


def _is_of_other_kind(row: TableRow, column: int) -> bool:
    """Whether a wide cell begins in a column of another kind: persons are no departments."""
    fields = row.columns.fields
    leftmost = row.cells.index(row.cells[column])
    leftmost_field = fields.get(leftmost, "")
    is_of_leaders = fields[column] == "leaders"
    begins_at_leaders = leftmost_field == "leaders"
    return leftmost_field in DUTIES and is_of_leaders != begins_at_leaders


def _of_column(row: TableRow, column: int, field: str) -> Claims:
    """What the cell in a column says."""
    number = row.at(column)
    is_merged = row.sheet.is_merged(number)
    reason = "merged" if is_merged else "column"
    span = row.sheet.span(number).trimmed()
    header = row.columns.word(column)
    claims: Claims = []
    for claim in _of_cell(span, field, header):
        if claim.reason in _BY_COLUMN:
            claims.append(replace(claim, reason=reason))
        else:
            claims.append(claim)
    return claims


def _begun(claim: Claim, begin: str) -> Claim:
    """A deadline together with the column that says when it begins: 3月至6月底前."""
    if claim.field != "deadline" or claim.reason != "column":
        return claim
    return replace(claim, text=f"{begin}至{claim.text}")


def _without_dates_beside(claims: Claims) -> Claims:
    """Leave out dates among names where a cell of its own says the deadline."""
    beside_names = [claim for claim in claims if claim.reason == "sentence"]
    others = [claim for claim in claims if claim.reason != "sentence"]
    if beside_names and has_deadline(others):
        return others
    return claims


def _of_cell(span: Span, field: str, header: str) -> Claims:
    if field == "deadline":
        if is_undated(span):
            return []
        return [deadlines.labelled(span, header)]
    if is_unnamed(span):
        return []
    names_end = deadlines.names_end(span)
    words = span.until(names_end).trimmed()
    claims = _of_names(words, field, header)
    after_names = span.since(names_end)
    return claims + labelled.after_names(after_names, header)


def _of_names(span: Span, field: str, header: str) -> Claims:
    """A cell of names: a list, or words that say who leads and who supports."""
    if field == "leaders":
        return lists.leaders(span, header)
    spoken = [claim for claim in _spoken(span) if claim.field != "deadline"]
    if spoken:
        return spoken
    if field == "both":
        field = "lead_who"
    elif field in ("lead_who", "support_who") and not _are_persons(span):
        field = lists.DEPARTMENTS_OF[field]
    return lists.listed(span, field, header)


def _spoken(span: Span) -> Claims:
    """What labels or verbs in a cell say."""
    if span.find_labels():
        return labelled.read(span)
    return clauses.read(span, strict=True)


def _are_persons(span: Span) -> bool:
    listed = names.listed(span)
    return bool(listed) and all(map(lists.is_only_person, listed))
