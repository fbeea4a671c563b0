"""The date state of each measure: against a plain count, and the rules one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from lib import workload
from lib.workload import NEXT_30, STATES
from tests.by_hand import Question, positions, questions, state_counts
from tests.examples import examples
from tests.short_lists import short_list

# --- any table -------------------------------------------------------------------------------------


@examples(gate=20)
@given(questions())
def test_each_row_is_in_the_first_state_that_fits(question: Question) -> None:
    states = [
        STATES[code] for code in workload.row_states(question.table, question.rows, question.day)
    ]
    assert states == [measure.state(question.day) for measure in question.measures]


@examples(gate=20)
@given(questions())
def test_the_states_count_their_rows(question: Question) -> None:
    counts = workload.by_state(question.table, question.rows, question.day)
    assert counts == dict(zip(STATES, state_counts(question.measures, question.day), strict=True))


@examples(gate=20)
@given(questions())
def test_a_state_opens_the_rows_that_are_in_it(question: Question) -> None:
    day = question.day
    for state in STATES:
        expected = [measure for measure in question.measures if measure.state(day) == state]
        rows = workload.in_state(question.table, question.rows, day, state)
        assert rows.tolist() == positions(expected)


@examples(gate=20)
@given(questions())
def test_the_next_30_days_have_both_their_ends_and_nothing_that_is_ongoing(
    question: Question,
) -> None:
    day = question.day
    last_day = day + timedelta(days=30)
    expected = [
        measure
        for measure in question.measures
        if measure.due and not measure.ongoing and day <= measure.due <= last_day
    ]
    rows = workload.in_state(question.table, question.rows, day, NEXT_30)
    assert rows.tolist() == positions(expected)
    assert workload.due_soon(question.table, question.rows, day) == len(expected)


# --- the rules one by one --------------------------------------------------------------------------

STATE_CASES = [
    # phrase, day → state
    ("待定", date(2020, 9, 15), "unreadable"),
    ("", date(2020, 9, 15), "no_date"),
    ("立行立改", date(2020, 9, 15), "no_date"),
    ("每月", date(2020, 9, 15), "recurring"),
    ("每月，至8月底", date(2020, 9, 15), "recurring"),
    ("每年6月底前", date(2020, 9, 15), "recurring"),
    ("每半年", date(2020, 9, 15), "recurring"),
    ("月底前", date(2020, 9, 15), "no_date"),
    ("8月", date(2020, 8, 31), "this_month"),
    ("8月", date(2020, 9, 1), "passed"),
    ("8月", date(2020, 8, 1), "this_month"),
    ("8月", date(2020, 7, 31), "later"),
    ("9月15日", date(2020, 8, 16), "within_30"),
    ("9月15日", date(2020, 8, 15), "later"),
    ("全年", date(2020, 12, 31), "ongoing"),
    ("全年", date(2021, 1, 1), "passed"),
    ("长期", date(2030, 1, 1), "ongoing"),
]


@pytest.mark.parametrize(("phrase", "day", "state"), STATE_CASES)
def test_the_date_state_is_the_first_that_fits(phrase: str, day: date, state: str) -> None:
    table = short_list(f"2020,甲,组,{phrase}")
    assert workload.by_state(table, None, day) == {name: int(name == state) for name in STATES}
