"""The rows of a draft: a measure is cut in two, two become one, one goes or comes.

The milestones follow their measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from lib.measures import schema
from lib.notices.draft.parts import (
    check_place,
    exchanged,
    measure_at,
    with_cell,
    without_item,
)
from lib.notices.model import FIELDS, Cell, Given, Measure, Milestone, Notice, Source, Unplaced

_EMPTY: Final = Cell(reason="empty", sure=False)
_NOWHERE: Final = Source(0, 0, 0)
_CUT_EDGES: Final = " ，,；;、。"  # marks that fall away where a title is cut in two
_FIRST_SENTENCE: Final = re.compile(r"[^。！？]*[。！？]?")


# --- one as two, and two as one -------------------------------------------------------------------


def split(notice: Notice, row: int, at: int) -> Notice:
    """One measure as two: the title is cut at a character, all else holds for both.

    Milestones and the 编号 stay with the first.

    Raises:
        ValueError: nothing is left on one side.
    """
    measure = measure_at(notice, row)
    title = measure.cells["title"].text
    upper_title = title[:at].rstrip(_CUT_EDGES)
    lower_title = title[at:].lstrip(_CUT_EDGES)
    is_cut_in_two = at > 0 and upper_title and lower_title
    if not is_cut_in_two:
        raise ValueError(at)
    upper = _entitled(measure, upper_title)
    lower = _entitled(measure, lower_title)
    lower = replace(lower, given=_without_id(measure.given))
    return replace(
        notice,
        measures=exchanged(notice.measures, row, row + 1, [upper, lower]),
        milestones=_moved_down(notice.milestones, row + 1),
    )


def _entitled(measure: Measure, text: str) -> Measure:
    """A measure with a part of its title."""
    title = replace(measure.cells["title"], text=text, reason="edited", sure=True)
    return with_cell(measure, "title", title)


def merge(notice: Notice, row: int) -> Notice:
    """A measure and the next one as one.

    Titles and names are put together; of all else the first that says something holds.
    """
    upper = measure_at(notice, row)
    lower = measure_at(notice, row + 1)
    texts = dict.fromkeys([upper.text, lower.text])
    merged = replace(
        upper,
        cells=_merged_cells(upper, lower),
        departments="",
        text=_joined("\n", texts),
    )
    return replace(
        notice,
        measures=exchanged(notice.measures, row, row + 2, [merged]),
        milestones=_moved_up(notice.milestones, row + 1),
    )


def _merged_cells(upper: Measure, lower: Measure) -> dict[str, Cell]:
    """The cells of two measures as those of one, where nobody leads and supports as well."""
    cells: dict[str, Cell] = {}
    for field in FIELDS:
        upper_cell = upper.cells[field]
        lower_cell = lower.cells[field]
        cells[field] = _merged_cell(field, upper_cell, lower_cell)
    lead = cells["lead_departments"]
    support = cells["support_departments"]
    only_support = [name for name in support.names if name not in lead.names]
    cells["support_departments"] = replace(support, names=tuple(only_support))
    return cells


def _merged_cell(field: str, upper: Cell, lower: Cell) -> Cell:
    """One cell of two; where they say different things, a person decides."""
    if _said_by(upper) == _said_by(lower):
        are_sure = upper.sure and lower.sure
        return replace(upper, sure=are_sure)
    first, second = upper, lower
    if not _said_by(upper):
        first, second = lower, upper
    if field == "title":
        titles = _joined("；", [upper.text, lower.text])
        return replace(first, text=titles, reason="merged_rows")
    names = dict.fromkeys(upper.names + lower.names)
    merged = replace(first, names=tuple(names))
    if first.sure and not _said_by(second):
        return merged
    return replace(merged, reason="merged_rows", sure=False)


def _said_by(cell: Cell) -> tuple[str, ...] | str:
    """The names of a cell, or its text; empty where it says nothing."""
    return cell.names or cell.text


def _joined(separator: str, texts: Iterable[str]) -> str:
    """Texts side by side; an empty one leaves no separator."""
    return separator.join(filter(None, texts))


# --- one that goes --------------------------------------------------------------------------------


def drop(notice: Notice, row: int) -> Notice:
    """A row that is no measure: its text goes to what was not placed, its milestones go with it."""
    measure = measure_at(notice, row)
    unplaced = notice.unplaced
    leftover = _leftover_of(measure)
    if leftover.text:
        in_order = sorted([*unplaced, leftover])
        unplaced = tuple(in_order)
    milestones = [milestone for milestone in notice.milestones if milestone.measure != row]
    return replace(
        notice,
        measures=without_item(notice.measures, row),
        milestones=_moved_up(milestones, row + 1),
        unplaced=unplaced,
    )


def _leftover_of(measure: Measure) -> Unplaced:
    """The text of a measure as one that was not placed."""
    title = measure.cells["title"]
    source = measure.where or title.source or _NOWHERE
    text = measure.text or title.text
    return Unplaced(source, text, "dropped")


def forget(notice: Notice, item: int) -> Notice:
    """A milestone that is none."""
    check_place(item, notice.milestones)
    return replace(notice, milestones=without_item(notice.milestones, item))


# --- one that comes -------------------------------------------------------------------------------


class _New(NamedTuple):
    """What is known of a new measure: its title, its text, and where that stands."""

    title: Cell
    text: str = ""
    where: Source | None = None


def add(notice: Notice, row: int) -> Notice:
    """An empty measure in the place `row`, in the section of the one before.

    What it is a person writes.
    """
    return _inserted(notice, row, _New(_EMPTY))


def place(notice: Notice, item: int) -> Notice:
    """Text that was not placed as a measure: its first sentence is the title.

    It stands where the document has it.
    """
    check_place(item, notice.unplaced)
    leftover = notice.unplaced[item]
    notice = replace(notice, unplaced=without_item(notice.unplaced, item))
    title = Cell(
        text=_title_of(leftover.text),
        reason="placed",
        sure=False,
        source=leftover.source,
    )
    row = _row_for(notice, leftover.source)
    new = _New(title, leftover.text, leftover.source)
    return _inserted(notice, row, new)


def _title_of(text: str) -> str:
    """The first sentence of a text without its full stop; all of it where that is empty."""
    sentence = _FIRST_SENTENCE.match(text)
    title = (sentence and sentence[0]) or text
    without_stop = title.rstrip("。")
    return without_stop[: schema.LONGEST_CELL]


def _row_for(notice: Notice, source: Source) -> int:
    """Which row a measure from a place in the document is: before the first that comes later."""
    for row, measure in enumerate(notice.measures):
        if measure.where and measure.where > source:
            return row
    return len(notice.measures)


def _inserted(notice: Notice, row: int, new: _New) -> Notice:
    """The notice with a new measure, of which a person says who answers.

    Raises:
        IndexError: the row would leave a gap.
    """
    if not 0 <= row <= len(notice.measures):
        raise IndexError(row)
    cells = dict.fromkeys(FIELDS, Cell())
    cells["title"] = new.title
    cells["leaders"] = _EMPTY
    cells["lead_departments"] = _EMPTY
    measure = Measure(
        cells,
        text=new.text,
        where=new.where,
        year=notice.year,
        issued=notice.issued,
    )
    if row > 0:
        above = notice.measures[row - 1]
        measure = _under(above, measure)
    return replace(
        notice,
        measures=exchanged(notice.measures, row, row, [measure]),
        milestones=_moved_down(notice.milestones, row),
    )


def _under(above: Measure, measure: Measure) -> Measure:
    """A new measure in the section of the one above it, and in the board's tables in its list."""
    section = above.cells["section"]
    if section.text:
        section = replace(section, reason="neighbour", sure=False)
        measure = with_cell(measure, "section", section)
    if above.given:
        given = _without_id(above.given)
        measure = replace(measure, year=above.year, issued=above.issued, given=given)
    return measure


def _without_id(given: Given | None) -> Given | None:
    """What holds for a measure that has come to the list of another."""
    if given is None:
        return None
    return replace(given, measure_id="", extra={})


# --- the milestones that follow -------------------------------------------------------------------


def _moved_down(milestones: Iterable[Milestone], first: int) -> tuple[Milestone, ...]:
    """The milestones after the rows from `first` on have moved down by one."""
    return tuple(_moved(milestone, first, 1) for milestone in milestones)


def _moved_up(milestones: Iterable[Milestone], first: int) -> tuple[Milestone, ...]:
    """The milestones after the rows from `first` on have moved up by one."""
    return tuple(_moved(milestone, first, -1) for milestone in milestones)


def _moved(milestone: Milestone, first: int, by: int) -> Milestone:
    if milestone.measure < first:
        return milestone
    return replace(milestone, measure=milestone.measure + by)
