"""What a person changes in a notice that was read: each edit gives a new notice, the old one stays as it was.

The edits come from a browser as plain data (`apply`); one that doesn't fit the notice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from lib import measures
from lib.measures import schema
from lib.notices.model import FIELDS, Cell, Measure, Milestone, Notice, Source, Unplaced
from lib.text import deadlines

YEARS: Final = range(1949, 2101)
NAMES: Final = frozenset({"leaders", "lead_departments", "support_departments"})
_EMPTY: Final = Cell(reason="empty", sure=False)
_SENTENCE: Final = re.compile(r"[^。！？]*[。！？]?")


def apply(notice: Notice, edit: Mapping[str, Any]) -> Notice:
    """The notice after one edit, `{"do": "put", "row": 3, "field": "title", "text": "…"}`; the same if it does not fit.

    do: put, confirm, split, merge, drop, add, place, forget, name, year (the functions of this module).
    """
    make = _EDITS.get(str(edit.get("do")))
    try:
        return make(notice, edit) if make else notice
    except (IndexError, KeyError, TypeError, ValueError):
        return notice


def doubts(notice: Notice) -> Iterator[tuple[int, str]]:
    """The cells that a person is to check, row by row."""
    for row, measure in enumerate(notice.measures):
        for field in FIELDS:
            if not measure.cells[field].sure:
                yield row, field


def put(notice: Notice, row: int, field: str, text: str) -> Notice:
    """A cell as a person writes it; names are told apart as in the measure table. Sure, but for what can't be read."""
    measure = notice.measures[_at(notice, row)]
    text = " ".join(text.split())[: schema.LONGEST_CELL]
    names = tuple(name for name, _ in measures.split_names(text)) if field in NAMES else ()
    cell = _judged(
        field,
        replace(measure.cells[field], text=text, names=names, reason="edited", detail=""),
        measure,
    )
    departments = "" if field.endswith("departments") else measure.departments
    return _with(
        notice, row, replace(measure, cells=measure.cells | {field: cell}, departments=departments)
    )


def _judged(field: str, cell: Cell, measure: Measure) -> Cell:
    """A cell that a person wrote is sure, unless it is a title without words or a deadline that can't be read."""
    if field == "title" and not cell.text:
        return replace(cell, sure=False, reason="empty")
    if field == "deadline" and cell.text and deadlines.read(cell.text, measure.year) is None:
        return replace(cell, sure=False, reason="unreadable")
    return replace(cell, sure=True)


def confirm(notice: Notice, row: int, field: str) -> Notice:
    """A cell is right as it was read."""
    measure = notice.measures[_at(notice, row)]
    return _with(
        notice,
        row,
        replace(measure, cells=measure.cells | {field: replace(measure.cells[field], sure=True)}),
    )


def split(notice: Notice, row: int, at: int) -> Notice:
    """One measure as two: the title is cut at a character, all else holds for both; milestones stay with the first.

    Raises ValueError where nothing is left on one side.
    """
    measure = notice.measures[_at(notice, row)]
    title = measure.cells["title"]
    head, tail = title.text[:at].rstrip(" ，,；;、。"), title.text[at:].lstrip(" ，,；;、。")
    if not (at > 0 and head and tail):
        raise ValueError(at)
    parts = [
        replace(
            measure,
            cells=measure.cells | {"title": replace(title, text=text, reason="edited", sure=True)},
        )
        for text in (head, tail)
    ]
    found = (*notice.measures[:row], *parts, *notice.measures[row + 1 :])
    return replace(notice, measures=found, milestones=_moved(notice, lambda old: old + (old > row)))


def merge(notice: Notice, row: int) -> Notice:
    """A measure and the next one as one: titles and names together, of all else the first that says something."""
    one, other = notice.measures[_at(notice, row)], notice.measures[_at(notice, row + 1)]
    together = {field: _merged(field, one.cells[field], other.cells[field]) for field in FIELDS}
    lead, support = together["lead_departments"], together["support_departments"]
    together["support_departments"] = replace(
        support, names=tuple(name for name in support.names if name not in lead.names)
    )
    text = "\n".join(filter(None, dict.fromkeys((one.text, other.text))))
    merged = replace(one, cells=together, departments="", text=text)
    found = (*notice.measures[:row], merged, *notice.measures[row + 2 :])
    return replace(notice, measures=found, milestones=_moved(notice, lambda old: old - (old > row)))


def _merged(field: str, one: Cell, other: Cell) -> Cell:
    if (one.names or one.text) == (other.names or other.text):
        return replace(one, sure=one.sure and other.sure)
    first, second = (one, other) if one.text or one.names else (other, one)
    if field == "title":
        return replace(
            first, text="；".join(filter(None, (one.text, other.text))), reason="merged_rows"
        )
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    sure = first.sure and not (
        second.text or second.names
    )  # two said different things: a person decides
    return replace(first, names=names, reason=first.reason if sure else "merged_rows", sure=sure)


def drop(notice: Notice, row: int) -> Notice:
    """A row that is no measure: its text goes to what was not placed, its milestones go with it."""
    measure = notice.measures[_at(notice, row)]
    source = measure.where or measure.cells["title"].source
    left = Unplaced(
        source or Source(0, 0, 0), measure.text or measure.cells["title"].text, "dropped"
    )
    kept = tuple(found for found in notice.milestones if found.measure != row)
    return replace(
        notice,
        measures=notice.measures[:row] + notice.measures[row + 1 :],
        milestones=_moved(replace(notice, milestones=kept), lambda old: old - (old > row)),
        unplaced=tuple(sorted((*notice.unplaced, left))) if left.text else notice.unplaced,
    )


def add(notice: Notice, row: int) -> Notice:
    """An empty measure in the place `row`, in the section of the one before; what it is a person writes."""
    return _inserted(notice, row, _EMPTY, "", None)


def place(notice: Notice, item: int) -> Notice:
    """Text that was not placed as a measure: its first sentence is the title; it stands where the document has it."""
    if not 0 <= item < len(notice.unplaced):
        raise IndexError(item)
    left = notice.unplaced[item]
    sentence = _SENTENCE.match(left.text)
    head = sentence[0] if sentence and sentence[0] else left.text
    title = Cell(head.rstrip("。")[: schema.LONGEST_CELL], (), "placed", False, left.source)
    behind = [
        at
        for at, measure in enumerate(notice.measures)
        if measure.where and measure.where > left.source
    ]
    rest = replace(notice, unplaced=notice.unplaced[:item] + notice.unplaced[item + 1 :])
    return _inserted(
        rest, behind[0] if behind else len(notice.measures), title, left.text, left.source
    )


def _inserted(notice: Notice, row: int, title: Cell, text: str, where: Source | None) -> Notice:
    if not 0 <= row <= len(notice.measures):
        raise IndexError(row)
    cells = dict.fromkeys(FIELDS, Cell()) | {
        "title": title,
        "leaders": _EMPTY,
        "lead_departments": _EMPTY,
    }
    if row and notice.measures[row - 1].cells["section"].text:
        cells["section"] = replace(
            notice.measures[row - 1].cells["section"], reason="neighbour", sure=False
        )
    measure = Measure(cells, "", text, where, notice.year, notice.issued)
    return replace(
        notice,
        measures=(*notice.measures[:row], measure, *notice.measures[row:]),
        milestones=_moved(notice, lambda old: old + (old >= row)),
    )


def forget(notice: Notice, item: int) -> Notice:
    """A milestone that is none."""
    if not 0 <= item < len(notice.milestones):
        raise IndexError(item)
    return replace(notice, milestones=notice.milestones[:item] + notice.milestones[item + 1 :])


def name(notice: Notice, text: str) -> Notice:
    """The list under another name."""
    return replace(notice, title=" ".join(text.split())[: schema.LONGEST_CELL])


def in_year(notice: Notice, year: int) -> Notice:
    """The list in another year: deadlines that could not be dated for want of one now are. Raises ValueError."""
    if year not in YEARS:
        raise ValueError(year)
    found = tuple(_dated(replace(measure, year=year)) for measure in notice.measures)
    problems = tuple(
        problem for problem in notice.problems if problem.code != "notice_year_missing"
    )
    return replace(notice, year=year, measures=found, problems=problems)


def _dated(measure: Measure) -> Measure:
    cell = measure.cells["deadline"]
    if cell.reason != "needs_year" or measure.window is None:
        return measure
    return replace(
        measure, cells=measure.cells | {"deadline": replace(cell, reason="year_given", sure=True)}
    )


def _at(notice: Notice, row: int) -> int:
    if not 0 <= row < len(notice.measures):
        raise IndexError(row)
    return row


def _with(notice: Notice, row: int, measure: Measure) -> Notice:
    return replace(notice, measures=(*notice.measures[:row], measure, *notice.measures[row + 1 :]))


def _moved(notice: Notice, to: Callable[[int], int]) -> tuple[Milestone, ...]:
    return tuple(replace(found, measure=to(found.measure)) for found in notice.milestones)


_EDITS: Final[dict[str, Callable[[Notice, Mapping[str, Any]], Notice]]] = {
    "put": lambda notice, edit: put(notice, edit["row"], _field(edit), str(edit["text"])),
    "confirm": lambda notice, edit: confirm(notice, edit["row"], _field(edit)),
    "split": lambda notice, edit: split(notice, edit["row"], edit["at"]),
    "merge": lambda notice, edit: merge(notice, edit["row"]),
    "drop": lambda notice, edit: drop(notice, edit["row"]),
    "add": lambda notice, edit: add(notice, edit["row"]),
    "place": lambda notice, edit: place(notice, edit["item"]),
    "forget": lambda notice, edit: forget(notice, edit["item"]),
    "name": lambda notice, edit: name(notice, str(edit["text"])),
    "year": lambda notice, edit: in_year(notice, int(edit["text"])),
}


def _field(edit: Mapping[str, Any]) -> str:
    if edit["field"] not in FIELDS:
        raise KeyError(edit["field"])
    return str(edit["field"])
