"""How much each leader and department carries, and how their ranking turns with the weight."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import workload
from lib.workload import OTHERS, ROLES
from tests.by_hand import (
    PEOPLE,
    Axis,
    Question,
    fullest_first,
    questions,
    state_counts,
    uses,
)
from tests.examples import examples
from tests.short_lists import short_list

WEIGHTS = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
SORTS = st.sampled_from(["weighted", "lead", "support"])
ANYBODY = st.sampled_from([*PEOPLE, "无此人"])
DAY = date(2020, 1, 1)

# --- any table: leaders ----------------------------------------------------------------------------


@examples(gate=20)
@given(questions())
def test_each_leader_carries_what_names_it(question: Question) -> None:
    counts = uses(question.measures, "leader")
    expected: list[list[Any]] = []
    for leader in fullest_first(counts, question.names("leader")):
        carried = [measure for measure in question.measures if leader in measure.names("leader")]
        expected.append([leader, len(carried), *state_counts(carried, question.day)])
    frame = workload.by_leader(question.table, question.rows, question.day)
    assert frame.values.tolist() == expected


@examples(gate=20)
@given(questions(), ANYBODY)
def test_who_is_asked_for_is_at_the_top_of_the_loads(question: Question, leader: str) -> None:
    loads = workload.by_leader(question.table, question.rows, question.day)
    usual = workload.top(loads, question.limit)
    asked = workload.top(loads, question.limit, also=leader)
    assert (leader in asked["leader"].tolist()) == (leader in loads["leader"].tolist())
    counts_of_usual, counts_of_asked = usual.drop(columns="leader"), asked.drop(columns="leader")
    assert counts_of_asked.sum().tolist() == counts_of_usual.sum().tolist()
    all_fit = len(loads) <= question.limit + 1
    if all_fit or leader in usual["leader"].tolist():
        assert asked.equals(usual)


# --- any table: departments ------------------------------------------------------------------------


def ranked(question: Question, weight: float, sort: str) -> list[dict[str, Any]]:
    """The loads of all departments, as a person would rank them."""
    lead, support = (uses(question.measures, role) for role in ROLES)
    loads = [
        {
            "department": name,
            "lead": lead[name],
            "support": support[name],
            "weighted": lead[name] + support[name] * weight,
        }
        for name in question.names("lead")
        if lead[name] or support[name]
    ]
    order = (sort, "weighted", "lead", "support")
    return sorted(loads, key=lambda load: [-load[column] for column in order])


@examples(gate=20)
@given(questions(), WEIGHTS, SORTS)
def test_departments_are_ranked_by_any_of_their_columns(
    question: Question, weight: float, sort: str
) -> None:
    frame = workload.by_department(question.table, question.rows, weight=weight, sort=sort)
    assert frame.to_dict("records") == ranked(question, weight, sort)


@examples(gate=20)
@given(questions(), WEIGHTS, SORTS)
def test_the_first_of_a_ranking_and_its_others_are_as_much_as_all(
    question: Question, weight: float, sort: str
) -> None:
    frame = workload.by_department(question.table, question.rows, weight=weight, sort=sort)
    first = workload.top(frame, question.limit)
    labels, others = Axis.of_first(frame["department"].tolist(), question.limit)
    assert first["department"].tolist() == labels
    assert first["others"].sum() == others
    assert [*first[["lead", "support"]].sum()] == [*frame[["lead", "support"]].sum()]
    assert [*first.dtypes[1:-1]] == [*frame.dtypes[1:]]


@examples(gate=20)
@given(questions(), WEIGHTS, SORTS)
def test_support_is_concentrated_on_those_who_have_most_of_it(
    question: Question, weight: float, sort: str
) -> None:
    frame = workload.by_department(question.table, question.rows, weight=weight, sort=sort)
    loads = [load for load in ranked(question, weight, sort) if load["support"]]
    most = max((load["support"] for load in loads), default=0)
    names = [load["department"] for load in loads if load["support"] == most]
    assert workload.concentration(frame, "support") == (names, most)


# --- any table: the weight of support --------------------------------------------------------------

FIRST_OF_RANKING = 8  # among so many a change of places is told


class Lines:
    """The weighted load of each of the first departments, a straight line over the weight."""

    def __init__(self, frame: pd.DataFrame) -> None:
        first = frame.to_dict("records")[:FIRST_OF_RANKING]
        self.loads = {load["department"]: (load["lead"], load["support"]) for load in first}

    def gap(self, upper: str, lower: str, weight: float) -> float:
        """How much more the upper carries at a weight."""
        (upper_lead, upper_support), (lower_lead, lower_support) = (
            self.loads[upper],
            self.loads[lower],
        )
        return upper_lead - lower_lead + (upper_support - lower_support) * weight


@examples(gate=20)
@given(questions(), WEIGHTS)
def test_the_change_of_a_ranking_at_the_nearest_weight_comes_first(
    question: Question, weight: float
) -> None:
    frame = workload.by_department(question.table, None, weight=weight)
    ways = [abs(change.weight - weight) for change in workload.rank_changes(frame, weight)]
    assert ways == sorted(ways)


@examples(gate=20)
@given(questions(), WEIGHTS)
def test_a_ranking_changes_where_two_draw_level(question: Question, weight: float) -> None:
    frame = workload.by_department(question.table, None, weight=weight)
    lines = Lines(frame)
    for change in workload.rank_changes(frame, weight):
        assert lines.gap(change.upper, change.lower, weight) >= 0
        assert lines.gap(change.upper, change.lower, change.weight) == pytest.approx(0)
        assert change.tie is (change.weight == 1)


@examples(gate=20)
@given(questions(), WEIGHTS)
def test_every_two_that_change_places_are_among_the_changes(
    question: Question, weight: float
) -> None:
    frame = workload.by_department(question.table, None, weight=weight)
    lines = Lines(frame)
    changing = {frozenset(change[:2]) for change in workload.rank_changes(frame, weight)}
    for upper, lower in combinations(lines.loads, 2):
        gaps = [lines.gap(upper, lower, step / 1000) for step in range(1, 1001)]
        is_level_now = lines.gap(upper, lower, weight) == 0
        if min(gaps) < 0 < max(gaps) and not is_level_now:
            assert {upper, lower} in changing


# --- the rules one by one --------------------------------------------------------------------------


def test_a_measure_with_two_leaders_counts_once_for_each() -> None:
    table = short_list("2020,甲、乙,组,8月\n2020,乙,组,8月")
    frame = workload.by_leader(table, None, date(2020, 9, 1))
    assert frame[["leader", "measures", "passed"]].values.tolist() == [["乙", 2, 2], ["甲", 1, 1]]
    assert frame["measures"].sum() == 3 > len(table)


def test_a_selection_answers_for_the_leaders_of_its_rows() -> None:
    table = short_list("2020,甲,组,8月\n2020,乙,组,9月\n2021,甲,办,8月")
    frame = workload.by_leader(table, np.array([0, 2]), DAY)
    assert frame["leader"].tolist() == ["甲"]


def five_of_falling_load() -> str:
    """Five leaders with a department each, the first with five measures and the last with one."""
    return "\n".join(
        f"2020,人{number},部{number},{number + 1}月"
        for number in range(5)
        for _ in range(5 - number)
    )


def test_the_load_of_those_who_do_not_fit_stands_under_others() -> None:
    frame = workload.by_leader(short_list(five_of_falling_load()), None, date(2020, 12, 1))
    first = workload.top(frame, 3)
    assert first[["leader", "measures", "others"]].values.tolist() == [
        ["人0", 5, 0],
        ["人1", 4, 0],
        ["人2", 3, 0],
        [OTHERS, 3, 2],
    ]


def test_the_busiest_are_counted_over_several_columns() -> None:
    codes = short_list(five_of_falling_load()).codes
    assert workload.busiest([codes.lead, codes.support], 2) == ["部0", "部1"]


def test_the_ranking_of_the_leshan_list_turns_at_weight_one() -> None:
    lines = [
        *["2020,甲,组宣部、市教科文卫体工会,8月"] * 8,
        *["2020,乙,女工部、市教科文卫体工会,8月"] * 2,
    ]
    frame = workload.by_department(short_list("\n".join(lines)), None, weight=0.5)
    assert frame.values.tolist() == [
        ["组宣部", 8, 0, 8.0],
        ["市教科文卫体工会", 0, 10, 5.0],
        ["女工部", 2, 0, 2.0],
    ]
    assert workload.rank_changes(frame, 0.5) == [
        ("市教科文卫体工会", "女工部", 0.2, False),
        ("组宣部", "市教科文卫体工会", 0.8, False),
    ]


def test_where_nobody_is_named_nothing_is_concentrated() -> None:
    frame = workload.by_leader(short_list("x,,,"), None, DAY)
    assert workload.concentration(frame, "measures") == ([], 0)
