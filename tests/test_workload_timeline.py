"""The lanes of a timeline and the bars in them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from lib import workload
from lib.workload import LANES, NOBODY
from tests.by_hand import (
    MONTH_AXIS,
    Axis,
    Measure,
    PlainGrid,
    Question,
    by_due,
    fullest_first,
    questions,
)
from tests.examples import examples


def lane_uses(question: Question, column: str) -> Counter[str]:
    """How many measures stand in each lane."""
    return Counter(name for measure in question.measures for name in measure.lanes(column))


def lanes_in_order(question: Question, column: str) -> list[str]:
    """The fullest first, sections as the table has them, NOBODY last."""
    counts = lane_uses(question, column)
    names = [name for name in question.names(column) if counts[name]]
    if column != "section":
        names = fullest_first(counts, names)
    return [*names, NOBODY] if counts[NOBODY] else names


@examples(gate=20)
@given(questions(), st.sampled_from(LANES))
def test_every_measure_stands_in_a_lane_also_one_that_names_nobody(
    question: Question, column: str
) -> None:
    year, limit = question.day.year, question.limit
    axis = Axis.of_first(lanes_in_order(question, column), limit)
    due = [
        (name, str(month))
        for measure in question.measures
        if not measure.ongoing
        for name in measure.lanes(column)
        for month in measure.due_months(year)
    ]
    lanes = workload.by_lane(question.table, question.rows, year, column, limit)
    assert PlainGrid.of(lanes.due) == PlainGrid.counted(axis, MONTH_AXIS, due)


@examples(gate=20)
@given(questions(), st.sampled_from(LANES))
def test_a_lane_says_how_many_measures_stand_in_it(question: Question, column: str) -> None:
    axis = Axis.of_first(lanes_in_order(question, column), question.limit)
    counts: Counter[str] = Counter()
    for name, count in lane_uses(question, column).items():
        counts[axis.label(name)] += count
    lanes = workload.by_lane(
        question.table, question.rows, question.day.year, column, question.limit
    )
    assert lanes.measures == [counts[label] for label in axis.labels]


class Bar(NamedTuple):
    lane: str
    place: int
    measure: Measure


def bars_by_hand(question: Question, column: str, opened: list[str], part: slice) -> list[Bar]:
    """Lane by lane, by due day, what is over last; part: which of each lane."""
    bars = []
    for lane in opened:
        in_lane = by_due(measure for measure in question.measures if lane in measure.lanes(column))
        in_lane.sort(key=lambda measure: measure.is_over(question.day))
        of_lane = [Bar(lane, place, measure) for place, measure in enumerate(in_lane, 1)]
        bars += of_lane[part]
    return bars


@examples(gate=20)
@given(questions(), st.sampled_from(LANES), st.integers(0, 3), st.integers(1, 8))
def test_the_bars_of_open_lanes_stand_by_due_day_with_what_is_over_last(
    question: Question, column: str, start: int, limit: int
) -> None:
    table, rows, day = question.table, question.rows, question.day
    opened = lanes_in_order(question, column)[::2]
    part = slice(start, start + limit)
    frame = workload.bars(table, rows, day, column, opened, part)
    bars = bars_by_hand(question, column, opened, part)
    assert frame["lane"].tolist() == [bar.lane for bar in bars]
    assert frame["place"].tolist() == [bar.place for bar in bars]
    assert frame["position"].tolist() == [bar.measure.position for bar in bars]


@examples(gate=20)
@given(questions(), st.sampled_from(LANES))
def test_a_bar_has_the_window_the_due_day_and_the_state_of_its_measure(
    question: Question, column: str
) -> None:
    day = question.day
    opened, part = lanes_in_order(question, column), slice(0, len(question.measures))
    frame = workload.bars(question.table, question.rows, day, column, opened, part)
    asked = [bar.measure for bar in bars_by_hand(question, column, opened, part)]
    assert frame["due"].tolist() == [measure.due for measure in asked]
    assert frame["state"].tolist() == [measure.state(day) for measure in asked]
    windows = [measure.window or (None, None) for measure in asked]
    assert frame["start"].tolist() == [first for first, _ in windows]
    assert frame["end"].tolist() == [last for _, last in windows]


@examples(gate=20)
@given(questions())
def test_what_is_in_force_on_a_day_has_its_window_open(question: Question) -> None:
    expected = sum(measure.is_in_force(question.day) for measure in question.measures)
    assert workload.running(question.table, question.rows, question.day) == expected
