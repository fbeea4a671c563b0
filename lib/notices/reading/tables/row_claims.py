"""The cells of a row → claims: names below 责任领导 or 责任部门, dates below 完成时限."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lib.grids.cells import Row, cell
from lib.measures.meanings import DUTIES
from lib.notices.model import Span
from lib.notices.reading.claims import clauses, deadlines, labelled, lists, names
from lib.notices.reading.claims.claim import Claim, is_undated, is_unnamed
from lib.notices.reading.tables.columns import Columns
from lib.notices.reading.tables.sheet import Sheet

_WIDEST: Final = 2  # columns that a cell of names may cover: 办公室 under 牵头 and 配合 alike


def read(sheet: Sheet, row: Row, columns: Columns) -> list[Claim]:
    """What the cells of a row say of who answers and by when."""
    claims: list[Claim] = []
    seen: set[tuple[int, str]] = set()
    for column, field in sorted(columns.fields.items()):
        number = cell(row, column)
        if number < 0 or field not in DUTIES or (number, field) in seen:
            continue
        across = sheet.blocks[number].across
        if across > _WIDEST or (across > 1 and _is_of_other_kind(row, column, columns)):
            continue
        seen.add((number, field))
        reason = "merged" if sheet.is_merged(number) else "column"
        for claim in _of_cell(sheet.span(number).trimmed(), field, columns.word(column)):
            by_column = claim.reason in ("label", "form")
            claims.append(replace(claim, reason=reason) if by_column else claim)
    begin = sheet.text(cell(row, columns.begins)).strip()
    if begin:
        claims = [_begun(claim, begin) for claim in claims]
    return _without_dates_beside(claims)


def _is_of_other_kind(row: Row, column: int, columns: Columns) -> bool:
    """Whether a wide cell begins in a column of another kind: persons are no departments."""
    left = columns.fields.get(row.index(row[column]), "")
    field = columns.fields[column]
    return left in DUTIES and (left == "leaders") != (field == "leaders")


def _begun(claim: Claim, begin: str) -> Claim:
    """A deadline together with the column that says when it begins: 3月至6月底前."""
    if claim.field != "deadline" or claim.reason != "column":
        return claim
    return replace(claim, text=f"{begin}至{claim.text}")


def _without_dates_beside(claims: list[Claim]) -> list[Claim]:
    """Leave out dates among names where a cell of its own says the deadline."""
    for claim in claims:
        if claim.field == "deadline" and claim.reason != "sentence":
            return [other for other in claims if other.reason != "sentence"]
    return claims


def _of_cell(span: Span, field: str, header: str) -> list[Claim]:
    if field == "deadline":
        return [] if is_undated(span) else [deadlines.labelled(span, header)]
    if is_unnamed(span):
        return []
    stop = deadlines.names_end(span)
    claims = _of_names(span.until(stop).trimmed(), field, header)
    return claims + labelled.after_names(span.since(stop), header)


def _of_names(span: Span, field: str, header: str) -> list[Claim]:
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


def _spoken(span: Span) -> list[Claim]:
    """What labels or verbs in a cell say."""
    if span.find_labels():
        return labelled.read(span)
    return clauses.read(span, strict=True)


def _are_persons(span: Span) -> bool:
    listed = [name for name, _ in names.split(span)]
    return bool(listed) and all(map(lists.is_only_person, listed))
