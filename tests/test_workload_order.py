"""Rows by any of their columns, and the ones that fall due next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import measures, search, workload
from lib.workload import SORTS, STATES, Part
from tests.by_hand import Measure, Question, by_due, positions, questions
from tests.examples import examples

# --- any table -------------------------------------------------------------------------------------


@examples(gate=20)
@given(questions())
def test_what_comes_next_is_due_on_the_day_or_after_it_and_not_ongoing(question: Question) -> None:
    coming = [
        measure
        for measure in question.measures
        if measure.due and measure.due >= question.day and not measure.ongoing
    ]
    upcoming = workload.upcoming(question.table, question.rows, question.day, question.limit)
    assert upcoming.tolist() == positions(by_due(coming))[: question.limit]


def place(text: str, texts: Sequence[str], *, persons: bool = False) -> int:
    """The place of a text among others, in the order of the search."""
    places = search.places(pa.array(texts, pa.string()), persons=persons)
    return int(places[[*texts].index(text)])


def id_key(question: Question, measure: Measure) -> list[int]:
    measure_id = question.table.codes.ids[measure.position].as_py()
    return [int(number) for number in re.findall("[0-9]+", measure_id)]


def title_key(question: Question, measure: Measure) -> int:
    titles = question.table.codes.titles.to_pylist()
    return place(titles[measure.position], titles)


def list_key(question: Question, measure: Measure) -> int | None:
    names = question.table.codes.lists.names
    code = int(question.table.codes.lists.codes[measure.position])
    return code if names[code] else None


def section_key(_: Question, measure: Measure) -> int | None:
    sections = measure.names("section")
    return "一二三".index(sections[0]) if sections else None


def state_key(question: Question, measure: Measure) -> int:
    return STATES.index(measure.state(question.day))


def deadline_key(question: Question, measure: Measure) -> tuple[date, int] | None:
    """The due day, then what is printed."""
    if not measure.deadline:
        return None
    phrases = question.table.codes.windows.phrase
    return measure.due or date.max, place(measure.deadline, phrases)


def due_key(_: Question, measure: Measure) -> date | None:
    return measure.due


def name_key(column: str) -> Key:
    """The first name of a column."""

    def key(question: Question, measure: Measure) -> int | None:
        names = measure.names(column)
        if not names:
            return None
        return place(names[0], question.names(column), persons=column == "leader")

    return key


Key = Callable[[Question, Measure], Any]  # what is compared of a measure, None for an empty cell
KEYS: Final[dict[str, Key]] = {
    "measure_id": id_key,
    "title": title_key,
    "list": list_key,
    "section": section_key,
    "state": state_key,
    "deadline": deadline_key,
    "due": due_key,
    "days_left": due_key,
    "workdays_left": due_key,
    "leader": name_key("leader"),
    "lead": name_key("lead"),
    "support": name_key("support"),
}


def sorted_by_hand(question: Question, sort: str) -> list[Measure]:
    """Stably by a column, what is empty in it last, whichever way it is sorted."""
    key = KEYS[sort.removeprefix("-")]
    keys = {measure.position: key(question, measure) for measure in question.measures}
    filled = [measure for measure in question.measures if keys[measure.position] is not None]
    empty = [measure for measure in question.measures if keys[measure.position] is None]
    downwards = sort.startswith("-")
    filled.sort(key=lambda measure: keys[measure.position], reverse=downwards)
    return filled + empty


@examples(gate=20)
@given(questions(), st.sampled_from(SORTS))
def test_rows_are_sorted_stably_with_the_undated_and_unnamed_last(
    question: Question, sort: str
) -> None:
    expected = positions(sorted_by_hand(question, sort))
    assert workload.ordered(question.table, question.rows, question.day, sort).tolist() == expected


@examples(gate=20)
@given(questions())
def test_rows_stay_in_the_order_of_the_table_where_no_column_is_named(question: Question) -> None:
    ordered = workload.ordered(question.table, question.rows, question.day, "")
    assert ordered.tolist() == positions(question.measures)


@examples(gate=20)
@given(questions(), st.sampled_from(SORTS))
def test_a_part_of_the_rows_is_in_the_same_order(question: Question, sort: str) -> None:
    by_hand = sorted_by_hand(question, sort)

    def chosen(part: Part) -> list[int]:
        rows = workload.chosen(question.table, question.rows, question.day, part, sort)
        return rows.tolist()

    passed = [measure for measure in by_hand if measure.state(question.day) == "passed"]
    august = [measure for measure in by_hand if str(measure.due).startswith("2020-08")]
    assert chosen(Part()) == positions(by_hand)
    assert chosen(Part("passed")) == positions(passed)
    assert chosen(Part(month="2020-08")) == positions(august)


# --- the rules one by one --------------------------------------------------------------------------

NO_MILESTONES = [["编号", "节点时限", "节点"]]
LISTED = ["编号", "举措", "责任领导", "责任部门", "完成时限", "板块", "年度"]


def column_sorted(column: str, cells: Sequence[str], sort: str) -> list[str]:
    """The cells of a column in an order of their rows."""
    place_of_cell = LISTED.index(column)
    rows = []
    for number, cell in enumerate(cells):
        row = [f"x{number}", cell, "", "办公室", "8月", "", "2026"]
        row[place_of_cell] = cell
        rows.append(row)
    table = measures.of_rows([LISTED, *rows], NO_MILESTONES)
    order = workload.ordered(table, None, date(2026, 6, 15), sort)
    return [cells[position] for position in order.tolist()]


@pytest.mark.parametrize(
    ("column", "sort", "cells"),
    [
        ("编号", "measure_id", ["2026-1-9", "2026-1-10", "2026-2-1", "2027-1-1"]),
        ("编号", "-measure_id", ["2026-1-10", "2026-1-9", "2026-1-2"]),
        ("举措", "title", ["第2批", "第10批", "建设", "修路"]),
        ("责任领导", "leader", ["安宁", "岑岭", "李2", "李10", "覃宇", "仇亮", "单立", "翟明", ""]),
        ("责任领导", "-leader", ["翟明", "单立", "仇亮", "覃宇", "安宁", ""]),
        ("责任部门", "lead", ["办公室", "财政局", "单位服务中心", "组宣部"]),
        ("板块", "section", ["一、学习", "二、队伍", "十、文化", "十一、阵地", "其他", ""]),
        ("板块", "-section", ["其他", "十一、阵地", "十、文化", "一、学习", ""]),
        ("板块", "section", ["一", "二", "十", "十一"]),
        ("板块", "section", ["（九）甲", "（十）乙", "（十二）丙"]),
        ("完成时限", "deadline", ["1月", "6月底前", "上半年", "12月", "资金到位后", ""]),
    ],
)
def test_a_column_is_sorted_as_a_person_would(column: str, sort: str, cells: list[str]) -> None:
    mixed = cells[1::2] + cells[::2]
    assert column_sorted(column, mixed, sort) == cells
