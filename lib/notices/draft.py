"""What a person changes in a notice that was read.

Each edit gives a new notice, the old one stays as it was. The edits come from a browser as plain
data (`apply`); one that doesn't fit the notice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from lib import measures
from lib.files.headers import normal_header
from lib.measures import schema
from lib.measures.headers import CHOOSABLE, NO_CHOICES, Choices
from lib.notices import words
from lib.notices.model import (
    FIELDS,
    YEARS,
    Cell,
    Given,
    Measure,
    Milestone,
    Notice,
    Source,
    Unplaced,
)
from lib.notices.words import Word
from lib.text import deadlines

_NAMES: Final = frozenset({"leaders", "lead_departments", "support_departments"})
_EMPTY: Final = Cell(reason="empty", sure=False)
_NOWHERE: Final = Source(0, 0, 0)
_CUT_EDGES: Final = " ，,；;、。"  # marks that fall away where a title is cut in two
_SENTENCE: Final = re.compile(r"[^。！？]*[。！？]?")


def doubts(notice: Notice) -> Iterator[tuple[int, str]]:
    """The cells that a person is to check, row by row."""
    for row, measure in enumerate(notice.measures):
        for field in FIELDS:
            if not measure.cells[field].sure:
                yield row, field


# --- cells -----------------------------------------------------------------------------------------


def put(notice: Notice, row: int, field: str, text: str) -> Notice:
    """A cell as a person writes it; names are told apart as in the measure table.

    The cell is then sure, but for a title without words or a deadline that can't be read.
    """
    measure = _measure(notice, row)
    text = _shortened(text)
    names = tuple(name for name, _ in measures.split_names(text)) if field in _NAMES else ()
    written = replace(measure.cells[field], text=text, names=names, reason="edited", detail="")
    if field.endswith("departments"):
        measure = replace(measure, departments="")  # the list as printed no longer holds
    if field == "deadline":
        measure = _without_given_days(measure)
    return _with(notice, row, _with_cell(measure, field, _judged(field, written, measure)))


def give_day(notice: Notice, row: int, text: str) -> Notice:
    """The day on which a measure is due, beside a phrase that says none: 汛期前; "" takes it back.

    Raises:
        ValueError: it is no day such as 2026-06-15, or the phrase says one itself.
    """
    measure = _measure(notice, row)
    day = date.fromisoformat(text) if text else None
    if not measure.may_be_given_a_day or (day and day.year not in YEARS):
        raise ValueError(text)
    measure = replace(measure, due_given=day)
    deadline = measure.cells["deadline"]
    if text:
        judged = replace(deadline, reason="day_given", sure=True)
    else:
        judged = _judged("deadline", replace(deadline, reason="edited"), measure)
    return _with(notice, row, _with_cell(measure, "deadline", judged))


def _without_given_days(measure: Measure) -> Measure:
    """A measure without days that were given beside a phrase that no longer holds."""
    measure = replace(measure, due_given=None)
    if measure.given is None:
        return measure
    without = dict.fromkeys(measure.given.extra.keys() & {*schema.GIVEN_DAYS}, "")
    return replace(measure, given=replace(measure.given, extra={**measure.given.extra, **without}))


def _judged(field: str, cell: Cell, measure: Measure) -> Cell:
    """Whether a cell that a person wrote is sure, and why not."""
    if field == "title" and not cell.text:
        return replace(cell, sure=False, reason="empty")
    if field == "deadline" and cell.text and _is_unreadable(cell.text, measure):
        return replace(cell, sure=False, reason="unreadable")
    return replace(cell, sure=True)


def _is_unreadable(phrase: str, measure: Measure) -> bool:
    return deadlines.read(phrase, measure.year, measure.issued) is None


def confirm(notice: Notice, row: int, field: str) -> Notice:
    """A cell is right as it was read."""
    measure = _measure(notice, row)
    return _with(notice, row, _with_cell(measure, field, replace(measure.cells[field], sure=True)))


# --- rows ------------------------------------------------------------------------------------------


def split(notice: Notice, row: int, at: int) -> Notice:
    """One measure as two: the title is cut at a character, all else holds for both.

    Milestones and the 编号 stay with the first.

    Raises:
        ValueError: nothing is left on one side.
    """
    measure = _measure(notice, row)
    title = measure.cells["title"]
    head, tail = title.text[:at].rstrip(_CUT_EDGES), title.text[at:].lstrip(_CUT_EDGES)
    if not (at > 0 and head and tail):
        raise ValueError(at)
    halves: list[Measure] = []
    for text in (head, tail):
        half = replace(title, text=text, reason="edited", sure=True)
        halves.append(_with_cell(measure, "title", half))
    halves[1] = replace(halves[1], given=_without_id(measure.given))
    rows = (*notice.measures[:row], *halves, *notice.measures[row + 1 :])
    return replace(notice, measures=rows, milestones=_moved(notice.milestones, row + 1, 1))


def merge(notice: Notice, row: int) -> Notice:
    """A measure and the next one as one.

    Titles and names are put together; of all else the first that says something holds.
    """
    upper, lower = _measure(notice, row), _measure(notice, row + 1)
    cells = {field: _merged(field, upper.cells[field], lower.cells[field]) for field in FIELDS}
    lead, support = cells["lead_departments"], cells["support_departments"]
    only_support = tuple(name for name in support.names if name not in lead.names)
    cells["support_departments"] = replace(support, names=only_support)
    text = _joined("\n", dict.fromkeys([upper.text, lower.text]))
    merged = replace(upper, cells=cells, departments="", text=text)
    rows = (*notice.measures[:row], merged, *notice.measures[row + 2 :])
    return replace(notice, measures=rows, milestones=_moved(notice.milestones, row + 1, -1))


def _merged(field: str, upper: Cell, lower: Cell) -> Cell:
    """One cell of two; where they say different things, a person decides."""
    if (upper.names or upper.text) == (lower.names or lower.text):
        return replace(upper, sure=upper.sure and lower.sure)
    first, second = (upper, lower) if _says_something(upper) else (lower, upper)
    if field == "title":
        text = _joined("；", [upper.text, lower.text])
        return replace(first, text=text, reason="merged_rows")
    names = tuple(dict.fromkeys([*upper.names, *lower.names]))
    if first.sure and not _says_something(second):
        return replace(first, names=names)
    return replace(first, names=names, reason="merged_rows", sure=False)


def _says_something(cell: Cell) -> bool:
    return bool(cell.text or cell.names)


def _joined(separator: str, texts: Iterable[str]) -> str:
    """Texts side by side; an empty one leaves no separator."""
    return separator.join(text for text in texts if text)


def drop(notice: Notice, row: int) -> Notice:
    """A row that is no measure: its text goes to what was not placed, its milestones go with it."""
    measure = _measure(notice, row)
    title = measure.cells["title"]
    source = measure.where or title.source or _NOWHERE
    text = measure.text or title.text
    unplaced = notice.unplaced
    if text:
        unplaced = tuple(sorted([*unplaced, Unplaced(source, text, "dropped")]))
    kept = [milestone for milestone in notice.milestones if milestone.measure != row]
    return replace(
        notice,
        measures=notice.measures[:row] + notice.measures[row + 1 :],
        milestones=_moved(kept, row + 1, -1),
        unplaced=unplaced,
    )


def add(notice: Notice, row: int) -> Notice:
    """An empty measure in the place `row`, in the section of the one before.

    What it is a person writes.
    """
    return _inserted(notice, row, _EMPTY, "", None)


def place(notice: Notice, item: int) -> Notice:
    """Text that was not placed as a measure: its first sentence is the title.

    It stands where the document has it.
    """
    _check(item, notice.unplaced)
    leftover = notice.unplaced[item]
    sentence = _SENTENCE.match(leftover.text)
    title = (sentence and sentence[0]) or leftover.text
    cell = Cell(
        title.rstrip("。")[: schema.LONGEST_CELL], (), "placed", sure=False, source=leftover.source
    )
    notice = replace(notice, unplaced=notice.unplaced[:item] + notice.unplaced[item + 1 :])
    row = _place_of(notice, leftover.source)
    return _inserted(notice, row, cell, leftover.text, leftover.source)


def _place_of(notice: Notice, source: Source) -> int:
    """Which row a measure from a place in the document is: before the first that comes later."""
    for row, measure in enumerate(notice.measures):
        if measure.where and measure.where > source:
            return row
    return len(notice.measures)


def _inserted(notice: Notice, row: int, title: Cell, text: str, where: Source | None) -> Notice:
    """The notice with a new measure, of which a person says who answers."""
    if not 0 <= row <= len(notice.measures):
        raise IndexError(row)
    cells = dict.fromkeys(FIELDS, Cell())
    cells |= {"title": title, "leaders": _EMPTY, "lead_departments": _EMPTY}
    measure = Measure(cells, "", text, where, notice.year, notice.issued)
    if row > 0:
        measure = _beside(notice.measures[row - 1], measure)
    return replace(
        notice,
        measures=(*notice.measures[:row], measure, *notice.measures[row:]),
        milestones=_moved(notice.milestones, row, 1),
    )


def _beside(above: Measure, measure: Measure) -> Measure:
    """A new measure in the section of the one above it, and in a table of the board's in its list."""
    section = above.cells["section"]
    if section.text:
        section = replace(section, reason="neighbour", sure=False)
        measure = _with_cell(measure, "section", section)
    if above.given:
        given = _without_id(above.given)
        measure = replace(measure, year=above.year, issued=above.issued, given=given)
    return measure


def _without_id(given: Given | None) -> Given | None:
    """What holds for a measure that has come to the list of another."""
    return given and replace(given, measure_id="", extra={})


# --- milestones, and the list as a whole -----------------------------------------------------------


def forget(notice: Notice, item: int) -> Notice:
    """A milestone that is none."""
    _check(item, notice.milestones)
    return replace(notice, milestones=notice.milestones[:item] + notice.milestones[item + 1 :])


def name(notice: Notice, text: str) -> Notice:
    """The list under another name; several lists of one table become one."""
    title = _shortened(text)
    renamed = tuple(_of_list(measure, list_name=title) for measure in notice.measures)
    return replace(notice, title=title, measures=renamed)


def in_year(notice: Notice, year: int) -> Notice:
    """The list in another year: deadlines that could not be dated for want of one now are.

    Raises:
        ValueError: no list is of that year.
    """
    if year not in YEARS:
        raise ValueError(year)
    return replace(
        notice,
        year=year,
        measures=tuple(_in_year(measure, year) for measure in notice.measures),
        problems=tuple(
            problem for problem in notice.problems if problem.code != "notice_year_missing"
        ),
    )


def _in_year(measure: Measure, year: int) -> Measure:
    return _dated(_of_list(replace(measure, year=year), year=year))


def _of_list(measure: Measure, **changes: Any) -> Measure:
    """A measure whose list has another name or year."""
    if measure.given is None:
        return measure
    return replace(measure, given=replace(measure.given, **changes))


def _dated(measure: Measure) -> Measure:
    """A measure whose deadline wanted a year, now that it has one."""
    deadline = measure.cells["deadline"]
    if deadline.reason != "needs_year" or measure.window is None:
        return measure
    return _with_cell(measure, "deadline", replace(deadline, reason="year_given", sure=True))


# --- what the edits share --------------------------------------------------------------------------


def _check(number: int, items: Sequence[object]) -> None:
    """Refuse a number that no item has; a negative one would count from the end."""
    if not 0 <= number < len(items):
        raise IndexError(number)


def _measure(notice: Notice, row: int) -> Measure:
    _check(row, notice.measures)
    return notice.measures[row]


def _shortened(text: str) -> str:
    """A text on one line, no longer than a cell can be."""
    return " ".join(text.split())[: schema.LONGEST_CELL]


def _with_cell(measure: Measure, field: str, cell: Cell) -> Measure:
    return replace(measure, cells=measure.cells | {field: cell})


def _with(notice: Notice, row: int, measure: Measure) -> Notice:
    return replace(notice, measures=(*notice.measures[:row], measure, *notice.measures[row + 1 :]))


def _moved(milestones: Iterable[Milestone], first: int, by: int) -> tuple[Milestone, ...]:
    """The milestones once the rows from one on have moved down by one (1) or up by one (-1)."""
    moved: list[Milestone] = []
    for milestone in milestones:
        row = milestone.measure
        if row >= first:
            row += by
        moved.append(replace(milestone, measure=row))
    return tuple(moved)


# --- edits as plain data ---------------------------------------------------------------------------


class Told(NamedTuple):
    """What a person has told of how a document is to be read.

    choices: what the columns of its tables are; words: what its lines are.
    """

    choices: Choices = NO_CHOICES
    words: tuple[Word, ...] = ()


NOTHING_TOLD: Final = Told()


class Replayed(NamedTuple):
    """A notice after the edits of a log.

    can_undo: whether one of them can be taken back.
    told: with which it is to be read.
    """

    notice: Notice
    can_undo: bool
    told: Told


def replay(notice: Notice, log: Iterable[Mapping[str, Any]], told: Told = NOTHING_TOLD) -> Replayed:
    """The notice after the edits of a log, in their order.

    Args:
        log: edits as `apply` takes them, and some more. `{"do": "undo"}` takes back the last one
            before it that has changed something, `{"do": "column", "text": "谁负责", "field": "leaders"}`
            chooses what a column is, `{"do": "table", "lines": [3, 62], "cells": ["serial", "title"]}`
            and the other kinds of `words` say what lines are, `{"do": "unsay", "item": 0}` takes back
            the first of these.
        told: before.
    """
    earlier: list[tuple[Notice, Told]] = []
    for edit in log:
        if edit.get("do") == "undo":
            if earlier:
                notice, told = earlier.pop()
            continue
        changed, tells = apply(notice, edit), _tell(told, edit)
        if changed is not notice or tells is not told:
            earlier.append((notice, told))
            notice, told = changed, tells
    return Replayed(notice, bool(earlier), told)


def _tell(told: Told, edit: Mapping[str, Any]) -> Told:
    """What is told after an edit; the same where it tells nothing, or what was told before."""
    choices = _choose(told.choices, edit)
    said = _say(told.words, edit)
    if choices is told.choices and said == told.words:
        return told
    return Told(choices, said)


def _say(said: tuple[Word, ...], edit: Mapping[str, Any]) -> tuple[Word, ...]:
    """What is said of lines after an edit."""
    item = edit.get("item")
    if edit.get("do") == "unsay" and isinstance(item, int) and 0 <= item < len(said):
        return said[:item] + said[item + 1 :]
    word = words.of_edit(edit)
    return words.after(said, word) if word else said


def _choose(choices: Choices, edit: Mapping[str, Any]) -> Choices:
    """The choices after an edit; the same where it chooses nothing, or what was chosen before."""
    label, field = normal_header(str(edit.get("text", ""))), edit.get("field")
    if edit.get("do") != "column" or not label or field not in CHOOSABLE:
        return choices
    if choices.get(label) == field:
        return choices
    return {**choices, label: str(field)}


def apply(notice: Notice, edit: Mapping[str, Any]) -> Notice:
    """The notice after one edit; the same where the edit does not fit it.

    Args:
        edit: such as `{"do": "put", "row": 3, "field": "title", "text": "…"}`. do is one of put,
            confirm, split, merge, drop, add, place, forget, name and year, the functions of this
            module, or day, which is `give_day`.
    """
    make = _EDITS.get(str(edit.get("do")))
    if make is None:
        return notice
    try:
        return make(notice, edit)
    except (IndexError, KeyError, TypeError, ValueError):
        return notice


_EDITS: Final[dict[str, Callable[[Notice, Mapping[str, Any]], Notice]]] = {
    "put": lambda notice, edit: put(notice, edit["row"], _field(edit), str(edit["text"])),
    "day": lambda notice, edit: give_day(notice, edit["row"], str(edit["text"])),
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
    """The field that an edit names, if a measure has it."""
    if edit["field"] not in FIELDS:
        raise KeyError(edit["field"])
    return str(edit["field"])
