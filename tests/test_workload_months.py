"""What falls due and what is in force in each month and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import workload
from lib.measures import Table
from tests.by_hand import MONTHS, Measure, Question, positions, questions
from tests.examples import examples
from tests.short_lists import short_list

# --- any table -------------------------------------------------------------------------------------


def due_counts(asked: Iterable[Measure], year: int) -> Counter[int]:
    return Counter(month for measure in asked for month in measure.due_months(year))


def dated(question: Question) -> list[Measure]:
    """What falls due, without what runs up to its day."""
    return [measure for measure in question.measures if not measure.ongoing]


@examples(gate=20)
@given(questions())
def test_a_month_holds_what_is_due_what_runs_all_year_and_what_is_in_force(
    question: Question,
) -> None:
    year = question.day.year
    months = workload.by_month(question.table, question.rows, year)
    due = due_counts(dated(question), year)
    ongoing = due_counts((measure for measure in question.measures if measure.ongoing), year)
    in_force = Counter(
        month for measure in question.measures for month in measure.months_in_force(year)
    )
    assert months.values.tolist() == [
        [month, due[month], ongoing[month], in_force[month]] for month in MONTHS
    ]


@examples(gate=20)
@given(questions())
def test_the_peak_is_where_most_is_due(question: Question) -> None:
    year = question.day.year
    due = due_counts(dated(question), year)
    most = max(due.values(), default=0)
    months = workload.by_month(question.table, question.rows, year)
    assert workload.peak(months) == ([month for month in sorted(due) if due[month] == most], most)


@examples(gate=20)
@given(questions())
def test_what_is_due_in_another_year_is_counted_apart(question: Question) -> None:
    year = question.day.year
    due_days = [measure.due for measure in question.measures if measure.due]
    expected = sum(due.year != year for due in due_days)
    assert workload.outside(question.table, question.rows, year) == expected


@examples(gate=20)
@given(questions())
def test_the_months_of_the_due_days_find_their_rows(question: Question) -> None:
    by_month: dict[str, list[int]] = {}
    for measure in question.measures:
        if measure.due:
            by_month.setdefault(f"{measure.due:%Y-%m}", []).append(measure.position)
    assert workload.due_months(question.table, question.rows) == sorted(by_month)
    for month, expected in by_month.items():
        assert workload.due_in(question.table, question.rows, month).tolist() == expected


@examples(gate=20)
@given(questions())
def test_a_month_opens_as_many_rows_as_it_counts(question: Question) -> None:
    table, rows, year = question.table, question.rows, question.day.year
    for counts in workload.by_month(table, rows, year).to_dict("records"):
        month = f"{year:04}-{counts['month']:02}"
        for count in ("due", "ongoing", "in_force"):
            opened = workload.in_month(table, rows, month, count)
            assert len(opened) == counts[count], (month, count)
        all_due = workload.in_month(table, rows, month, "")
        assert len(all_due) == counts["due"] + counts["ongoing"]


@examples(gate=20)
@given(questions(), st.sampled_from([2019, 2020, 2021]))
def test_a_year_holds_what_its_windows_touch(question: Question, year: int) -> None:
    expected = [measure for measure in question.measures if measure.touches(year)]
    in_year = workload.in_year(question.table, question.rows, year)
    assert in_year.tolist() == positions(expected)


@examples(gate=20)
@given(questions())
def test_the_years_are_those_of_the_table(question: Question) -> None:
    years = {measure.year for measure in question.whole_table if measure.year}
    assert workload.years(question.table) == tuple(sorted(years))


@examples(gate=20)
@given(questions())
def test_the_years_of_chosen_lists_are_those_of_their_measures(question: Question) -> None:
    lists = ["2020 · 单一", "2020 · 单三"]
    is_there = any(
        (measure.year, measure.list) == (2020, "单一") for measure in question.whole_table
    )
    assert workload.years(question.table, lists) == ((2020,) if is_there else ())


# --- the rules one by one --------------------------------------------------------------------------


def test_all_year_is_left_out_of_what_is_due_and_shown_beside_it() -> None:
    two_due_in_december_and_one_all_year = short_list(
        """
        2020,甲,组,12月
        2020,甲,组,年底前
        2020,甲,组,全年
        """
    )
    table = two_due_in_december_and_one_all_year
    months = workload.by_month(table, None, 2020)
    assert months.iloc[11].tolist() == [12, 2, 1, 3]
    assert workload.peak(months) == ([12], 2)
    grid = workload.department_by_month(table, None, 2020, "due", "lead", 5)
    assert grid.counts.tolist() == [[0] * 11 + [2]]
    assert workload.upcoming(table, None, date(2020, 9, 1), 9).tolist() == [0, 1]
    assert workload.due_in(table, None, "2020-12").tolist() == [0, 1, 2]


def months_in_force(table: Table, year: int) -> list[int]:
    months = workload.by_month(table, None, year)
    return months.loc[months["in_force"] == 1, "month"].tolist()


IN_FORCE = [
    # phrase → months in force in 2020, in a list of 2020
    ("8月", range(1, 9)),
    ("全年", range(1, 13)),
    ("3—5月", range(3, 6)),
    ("三季度", range(7, 10)),
    ("6月起", range(6, 13)),
    ("每季度", range(1, 13)),
    ("长期", range(1, 13)),
    ("2021年2月底", range(1, 13)),
    ("2019年3月", ()),
    ("立即", ()),
    ("待定", ()),
    ("", ()),
]


@pytest.mark.parametrize(("phrase", "months"), IN_FORCE)
def test_a_measure_is_in_force_from_january_unless_the_phrase_says_otherwise(
    phrase: str, months: Iterable[int]
) -> None:
    assert months_in_force(short_list(f"2020,甲,组,{phrase}"), 2020) == [*months]


def test_what_is_due_before_its_lists_year_is_in_force_in_its_due_month_alone() -> None:
    table = short_list("2020,甲,组,2019年3月")
    assert months_in_force(table, 2019) == [3]
    bar = workload.bars(table, None, date(2020, 1, 1), "leader", ["甲"], slice(0, 5)).iloc[0]
    assert (bar["start"], bar["end"]) == (date(2019, 3, 1), date(2019, 3, 31))


def test_a_phrase_with_a_year_of_its_own_needs_none_of_the_list() -> None:
    table = short_list("明年,甲,组,2021年3月起\n明年,甲,组,2021年3月")
    months = workload.by_month(table, None, 2021)
    assert months["in_force"].tolist() == [1, 1, 2, *[1] * 9]


def test_a_selection_answers_for_the_months_of_its_rows() -> None:
    table = short_list("2020,甲,组,8月\n2020,乙,组,9月\n2021,甲,办,8月")
    rows = np.array([0, 2])
    assert workload.outside(table, rows, 2020) == 1
    assert workload.in_year(table, rows, 2021).tolist() == [2]


def test_a_table_without_dates_has_no_peak_and_no_years() -> None:
    table = short_list("x,,,")
    assert workload.peak(workload.by_month(table, None, 2020)) == ([], 0)
    assert workload.years(table) == ()
