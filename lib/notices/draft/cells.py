"""The cells of a draft: which are to be checked, and what a person writes in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from lib import measures
from lib.measures import schema
from lib.notices.draft.parts import measure_at, shortened, with_cell, with_measure
from lib.notices.model import FIELDS, YEARS, Cell, Measure, Notice
from lib.text import deadlines

_OF_NAMES: Final = frozenset({"leaders", "lead_departments", "support_departments"})


def doubts(notice: Notice) -> Iterator[tuple[int, str]]:
    """The cells that a person is to check, row by row.

    Yields:
        The row and the field of each.
    """
    for row, measure in enumerate(notice.measures):
        for field in FIELDS:
            cell = measure.cells[field]
            if not cell.sure:
                yield row, field


def put(notice: Notice, row: int, field: str, text: str) -> Notice:
    """A cell as a person writes it; names are told apart as in the measure table.

    The cell is then sure, but for a title without words or a deadline that can't be read.
    """
    measure = measure_at(notice, row)
    cell = _rewritten(measure.cells[field], field, text)
    if field.endswith("departments"):
        measure = replace(measure, departments="")  # the list as printed no longer holds
    if field == "deadline":
        measure = _without_given_days(measure)
    cell = _judged(field, cell, measure)
    measure = with_cell(measure, field, cell)
    return with_measure(notice, row, measure)


def _rewritten(cell: Cell, field: str, text: str) -> Cell:
    """A cell with another text, or with the names in it."""
    text = shortened(text)
    names: tuple[str, ...] = ()
    if field in _OF_NAMES:
        names = tuple(name for name, _ in measures.split_names(text))
    return replace(cell, text=text, names=names, reason="edited", detail="")


def _judged(field: str, cell: Cell, measure: Measure) -> Cell:
    """A cell that a person wrote, and whether it is sure; if not, why."""
    if field == "title" and not cell.text:
        return replace(cell, sure=False, reason="empty")
    if field == "deadline" and _is_unreadable(cell.text, measure):
        return replace(cell, sure=False, reason="unreadable")
    return replace(cell, sure=True)


def _is_unreadable(phrase: str, measure: Measure) -> bool:
    """Whether a deadline of a measure says something that can't be read."""
    if not phrase:
        return False
    window = deadlines.read(phrase, measure.year, measure.issued)
    return window is None


def give_day(notice: Notice, row: int, text: str) -> Notice:
    """The day on which a measure is due, beside a phrase that says none: 汛期前; "" takes it back.

    Raises:
        ValueError: it is no day such as 2026-06-15, or the phrase says one itself.
    """
    measure = measure_at(notice, row)
    day = _day_of(text)
    if not measure.may_be_given_a_day:
        raise ValueError(text)
    measure = replace(measure, due_given=day)
    cell = measure.cells["deadline"]
    if day:
        cell = replace(cell, reason="day_given", sure=True)
    else:
        cell = replace(cell, reason="edited")
        cell = _judged("deadline", cell, measure)
    measure = with_cell(measure, "deadline", cell)
    return with_measure(notice, row, measure)


def _day_of(text: str) -> date | None:
    """The day that a text says, None where it is empty.

    Raises:
        ValueError: it is no day of a year that a list can have.
    """
    if not text:
        return None
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def _without_given_days(measure: Measure) -> Measure:
    """A measure without days that were given beside a phrase that no longer holds."""
    measure = replace(measure, due_given=None)
    given = measure.given
    if given is None:
        return measure
    extra = dict(given.extra)
    extra |= {field: "" for field in schema.GIVEN_DAYS if field in extra}
    return replace(measure, given=replace(given, extra=extra))


def confirm(notice: Notice, row: int, field: str) -> Notice:
    """A cell is right as it was read."""
    measure = measure_at(notice, row)
    cell = replace(measure.cells[field], sure=True)
    measure = with_cell(measure, field, cell)
    return with_measure(notice, row, measure)
