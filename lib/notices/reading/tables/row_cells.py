"""A row of a table → the cells of its measure beside the names and dates, and what is in doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from lib.measures.placeholders import ERROR, kind_of
from lib.notices.model import FIELDS, Cell, Line, Source, Span
from lib.notices.reading.claims import brackets, labelled
from lib.notices.reading.claims.claim import Claims
from lib.notices.reading.tables.columns import SAYS
from lib.notices.reading.tables.sheet import one_line
from lib.notices.reading.tables.table_row import TableRow
from lib.text import marks
from lib.text.folding import fold
from lib.text.marks import Mark

_SERIAL_EDGES: Final = "、. "
_ARTICLE_EDGES: Final = "、.． "
_DASH: Final = re.compile(r" *-{1,3} *(?=[^\s0-9-])")
_NAMED_FOR: Final = {  # columns of names, and the cell that one fills first
    "leaders": "leaders",
    "departments": "lead_departments",
    "lead_departments": "lead_departments",
    "support_departments": "support_departments",
}


# --- title and article -----------------------------------------------------------------------------


class Words(NamedTuple):
    """What stands in the cell that is the measure.

    title: without its number and without who answers.
    claims: what a bracket in it says of who answers.
    """

    title: Span
    mark: Mark | None
    claims: Claims


def words(row: TableRow, *, with_bracket: bool) -> Words:
    """Read the cell that is the measure.

    Args:
        with_bracket: whether a bracket in it may say who answers.
    """
    line = row.sheet.lines[row.title]
    mark = marks.at(line.folded, line.text)
    title = _without_dash(line.span)
    if mark:
        title = line.span.since(mark.end)
    claims: Claims = []
    bracket = _duty_bracket(line) if with_bracket else None
    if bracket:
        claims = labelled.read(brackets.inside(bracket))
        title = title.until(bracket.start)
    return Words(_first_item(title, mark).trimmed(), mark, claims)


def _without_dash(span: Span) -> Span:
    """A cell without the dash that it begins with in the place of a number."""
    dash = span.match(_DASH)
    if dash:
        return span.since(dash.end())
    return span


def _duty_bracket(line: Line) -> Span | None:
    """A bracket with labels in a measure's own cell that says who answers."""
    for bracket in brackets.of_duty(line):
        if bracket.find_labels():
            return bracket
    return None


def _first_item(span: Span, mark: Mark | None) -> Span:
    """The first of several numbered lines in a cell: they are the steps of one measure."""
    line_end = span.find("\n")
    if mark is None or line_end < 0:
        return span
    below = marks.at(span.line.folded, span.line.text, line_end + 1)
    is_alike = below is not None and below.style == mark.style
    if below and is_alike and below.number == mark.number + 1:
        return span.until(line_end)
    return span


def title(row: TableRow, span: Span) -> Cell:
    """The title of a measure."""
    return Cell(
        text=one_line(span.text),
        reason="column",
        sure=not row.columns.guessed,
        source=span.source,
        detail=row.columns.word(row.columns.title),
    )


def article(row: TableRow, mark: Mark | None) -> Cell:
    """The number in a column of numbers, or else the one before the title."""
    if row.serial:
        number = row.value(row.columns.serial)
        bare = number.text.strip(_ARTICLE_EDGES)
        has_number = fold(number.text).strip(_SERIAL_EDGES) != ""
        return replace(number, text=bare if has_number else "")
    if mark is None:
        return Cell()
    source = Source(row.title, mark.start, mark.end)
    return Cell(text=mark.label, reason="number", source=source)


# --- doubts ----------------------------------------------------------------------------------------


def doubts(row: TableRow) -> dict[str, Cell]:
    """What may stand in columns whose header is not known, or did where an error stands."""
    cells: dict[str, Cell] = {}
    for name, column in row.columns.doubts.items():
        if row.is_filled(column):
            header = row.columns.words[column]
            cells[name] = _doubt(row, column, "unknown_label", header)
    for column, field in row.columns.fields.items():
        named = _NAMED_FOR.get(field)
        text = row.text(column)
        if named and kind_of(text) == ERROR:
            cells[named] = _doubt(row, column, "error_cell", text)
    return cells


def _doubt(row: TableRow, column: int, reason: str, detail: str) -> Cell:
    """A cell without a value, and where it may stand."""
    source = row.sheet.source(row.at(column))
    return Cell(reason=reason, sure=False, source=source, detail=detail)


def misplaced(row: TableRow) -> list[str]:
    """The cells of a measure that stand where the grid of a table was lost and only told again."""
    doubtful: set[str] = set()
    fields = {**row.columns.fields, row.columns.title: "title"}
    for column, field in fields.items():
        number = row.at(column)
        if number >= 0 and row.sheet.blocks[number].doubtful:
            doubtful.add(field)
    return [name for name in FIELDS if not doubtful.isdisjoint(SAYS[name])]
