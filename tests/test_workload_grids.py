"""Names by months and names by names: every cell against a plain count."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lib import workload
from lib.workload import OTHERS, ROLES, Counting, Grid
from tests.by_hand import (
    MONTH_AXIS,
    PEOPLE,
    Axis,
    Measure,
    PlainGrid,
    Question,
    fullest_first,
    questions,
    uses,
)
from tests.examples import examples
from tests.short_lists import short_list

ANYBODY = st.sampled_from([*PEOPLE, "无此人"])

# --- any table -------------------------------------------------------------------------------------


def axis(question: Question, column: str) -> Axis:
    """The fullest names of a column."""
    names = fullest_first(uses(question.measures, column), question.names(column))
    return Axis.of_first(names, question.limit)


def counted_months(measure: Measure, year: int, counting: Counting) -> list[int]:
    if counting == "in_force":
        return measure.months_in_force(year)
    return [] if measure.ongoing else measure.due_months(year)


def month_grid(question: Question, column: str, counting: Counting) -> Grid:
    table, rows, year, limit = question.table, question.rows, question.day.year, question.limit
    if column == "leader":
        return workload.leader_by_month(table, rows, year, counting, limit)
    role: workload.Role = "lead" if column == "lead" else "support"
    return workload.department_by_month(table, rows, year, counting, role, limit)


@examples(gate=20)
@given(questions(), st.sampled_from(["leader", *ROLES]), st.sampled_from(["due", "in_force"]))
def test_a_grid_of_months_counts_each_name_in_each_month(
    question: Question, column: str, counting: Counting
) -> None:
    pairs = [
        (name, str(month))
        for measure in question.measures
        for name in measure.names(column)
        for month in counted_months(measure, question.day.year, counting)
    ]
    expected = PlainGrid.counted(axis(question, column), MONTH_AXIS, pairs)
    assert PlainGrid.of(month_grid(question, column, counting)) == expected


def name_grid(question: Question, down: str, across: str) -> Grid:
    table, rows, limit = question.table, question.rows, question.limit
    if down == "lead":
        return workload.lead_by_support(table, rows, limit)
    role: workload.Role = "lead" if across == "lead" else "support"
    return workload.leader_by_department(table, rows, role, limit)


@examples(gate=20)
@given(
    questions(),
    st.sampled_from([("leader", "lead"), ("leader", "support"), ("lead", "support")]),
)
def test_a_grid_of_names_counts_the_measures_that_two_share(
    question: Question, columns: tuple[str, str]
) -> None:
    down, across = columns
    pairs = [
        pair
        for measure in question.measures
        for pair in product(measure.names(down), measure.names(across))
    ]
    expected = PlainGrid.counted(axis(question, down), axis(question, across), pairs)
    assert PlainGrid.of(name_grid(question, down, across)) == expected


def assert_has_a_row_for(leader: str, question: Question, grid: Callable[[str], Grid]) -> None:
    """That the grid has a row for a leader who is asked for, and is else as it would be."""
    usual, asked = grid(""), grid(leader)
    leaders = fullest_first(uses(question.measures, "leader"), question.names("leader"))
    assert (leader in asked.rows) == (leader in leaders)
    assert len(asked.rows) == len(usual.rows)
    assert asked.others == usual.others
    assert asked.counts.sum(axis=0).tolist() == usual.counts.sum(axis=0).tolist()
    all_fit = len(leaders) <= question.limit + 1
    if all_fit or leader in usual.rows:
        assert PlainGrid.of(asked) == PlainGrid.of(usual)


@examples(gate=20)
@given(questions(), ANYBODY)
def test_who_is_asked_for_has_a_row_of_months(question: Question, leader: str) -> None:
    table, rows, year, limit = question.table, question.rows, question.day.year, question.limit
    grid = partial(workload.leader_by_month, table, rows, year, "due", limit)
    assert_has_a_row_for(leader, question, lambda asked: grid(also=asked))


@examples(gate=20)
@given(questions(), ANYBODY)
def test_who_is_asked_for_has_a_row_of_departments(question: Question, leader: str) -> None:
    grid = partial(
        workload.leader_by_department, question.table, question.rows, "lead", question.limit
    )
    assert_has_a_row_for(leader, question, lambda asked: grid(also=asked))


# --- the rules one by one --------------------------------------------------------------------------


def test_a_selection_answers_for_those_who_work_together_in_its_rows() -> None:
    table = short_list("2020,甲,组、办,8月\n2020,乙,组、财,9月\n2021,甲,办、组,8月")
    grid = workload.lead_by_support(table, np.array([0, 2]), 9)
    assert PlainGrid.of(grid) == (["组", "办"], ["组", "办"], [[0, 1], [1, 0]], (0, 0))


def test_what_does_not_fit_stands_under_others_but_one_name_too_many_is_shown() -> None:
    lines = [
        f"2020,人{number},部{number},{number + 1}月"
        for number in range(5)
        for _ in range(5 - number)
    ]
    table = short_list("\n".join(lines))
    grid = workload.leader_by_department(table, None, "lead", 3)
    assert grid.rows == ["人0", "人1", "人2", OTHERS]
    assert grid.others == (2, 2)
    assert grid.counts.tolist() == [[5, 0, 0, 0], [0, 4, 0, 0], [0, 0, 3, 0], [0, 0, 0, 3]]
    assert workload.leader_by_department(table, None, "lead", 4).others == (0, 0)
