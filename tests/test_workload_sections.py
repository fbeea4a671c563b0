"""What each section holds, and rows grouped by their sections."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from lib import workload
from lib.workload import NOBODY
from tests.by_hand import (
    MONTH_AXIS,
    Axis,
    Measure,
    PlainGrid,
    Question,
    questions,
    state_counts,
)
from tests.examples import examples


def by_section(question: Question) -> dict[str, list[Measure]]:
    """The measures of each section, in the order of the table, those without one last."""
    sections: dict[str, list[Measure]] = {name: [] for name in [*question.names("section"), NOBODY]}
    for measure in question.measures:
        (section,) = measure.lanes("section")
        sections[section].append(measure)
    return {section: inside for section, inside in sections.items() if inside}


@examples(gate=20)
@given(questions())
def test_each_section_holds_its_measures_in_the_order_of_the_table(question: Question) -> None:
    expected: list[list[Any]] = [
        [section, len(inside), *state_counts(inside, question.day)]
        for section, inside in by_section(question).items()
    ]
    frame = workload.by_section(question.table, question.rows, question.day)
    assert frame.values.tolist() == expected


@examples(gate=20)
@given(questions())
def test_a_section_is_in_force_when_its_measures_are(question: Question) -> None:
    year = question.day.year
    sections = by_section(question)
    in_force = [
        (section, str(month))
        for section, inside in sections.items()
        for measure in inside
        for month in measure.months_in_force(year)
    ]
    grid = workload.section_by_month(question.table, question.rows, year, "in_force", 9)
    assert PlainGrid.of(grid) == PlainGrid.counted(Axis([*sections]), MONTH_AXIS, in_force)


@examples(gate=20)
@given(questions())
def test_rows_are_grouped_by_section_and_keep_their_order_within_one(question: Question) -> None:
    table = question.table
    order = [*question.names("section"), NOBODY]

    def place_of_section(position: int) -> int:
        (section,) = question.whole_table[position].lanes("section")
        return order.index(section)

    ordered = workload.ordered(table, question.rows, question.day, "-due")
    grouped = workload.grouped(table, ordered)
    assert grouped.tolist() == sorted(ordered.tolist(), key=place_of_section)


@examples(gate=20)
@given(questions())
def test_a_heading_in_two_lists_is_one_section_and_is_counted(question: Question) -> None:
    lists: dict[str, set[tuple[int, str]]] = {}
    for measure in question.measures:
        for section in measure.names("section"):
            lists.setdefault(section, set()).add((measure.year, measure.list))
    expected = sum(len(of_section) > 1 for of_section in lists.values())
    assert workload.in_several_lists(question.table, question.rows) == expected
