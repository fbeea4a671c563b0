"""What all edits of a draft share: a part of a notice is looked up, and one in its place put in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from lib.measures import schema
from lib.notices.model import Cell, Measure, Notice

Item = TypeVar("Item")


def check_place(place: int, items: Sequence[object]) -> None:
    """Refuse a place that no item has; a negative one would count from the end.

    Raises:
        IndexError: there is no such item.
    """
    if not 0 <= place < len(items):
        raise IndexError(place)


def measure_at(notice: Notice, row: int) -> Measure:
    """The measure in a row.

    Raises:
        IndexError: the notice has no such row.
    """
    check_place(row, notice.measures)
    return notice.measures[row]


def exchanged(
    items: Sequence[Item], start: int, stop: int, new_items: Iterable[Item] = ()
) -> tuple[Item, ...]:
    """The items with new ones instead of those from `start` up to, but not including, `stop`."""
    before = items[:start]
    after = items[stop:]
    return (*before, *new_items, *after)


def without_item(items: Sequence[Item], place: int) -> tuple[Item, ...]:
    """The items but for one."""
    return exchanged(items, place, place + 1)


def with_measure(notice: Notice, row: int, measure: Measure) -> Notice:
    """The notice with another measure in a row."""
    rows = exchanged(notice.measures, row, row + 1, [measure])
    return replace(notice, measures=rows)


def with_cell(measure: Measure, field: str, cell: Cell) -> Measure:
    """The measure with another cell in a field."""
    cells = measure.cells | {field: cell}
    return replace(measure, cells=cells)


def shortened(text: str) -> str:
    """A text on one line, no longer than a cell can be."""
    on_one_line = " ".join(text.split())
    return on_one_line[: schema.LONGEST_CELL]
