"""Who carries what: every question against a plain count over the rows, and the rules one by one."""

from __future__ import annotations

import csv
import inspect
import io
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import measures, search, workload
from lib.workload import LANES, NEXT_30, NOBODY, OTHERS, ROLES, SORTS, STATES, Part
from tests.by_hand import (
    COLUMNS,
    HEADER,
    PEOPLE,
    Measure,
    as_plain,
    by_due,
    grid_of,
    in_order,
    load,
    questions,
    uses_of,
)

WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
MILESTONES_HEADER = ["编号", "节点时限", "节点"]
TWELVE = [str(month) for month in range(1, 13)]


@pytest.fixture
def read(tmp_path):
    """Write rows of 年度,责任领导,责任部门,完成时限, and milestones, and read them."""

    def read_it(text, milestones=None):
        lines = [line.split(",") for line in inspect.cleandoc(text).splitlines()]
        grid = [
            [year, "单", f"板{at % 2}", f"举措{at}", who, where, when]
            for at, (year, who, where, when) in enumerate(lines)
        ]
        return read_grid(tmp_path / "table.csv", grid, milestones)

    return read_it


def read_grid(path, grid, milestones=None):
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *grid])
    path.write_text(out.getvalue(), "utf-8")
    beside = measures.milestones_path(path)
    beside.unlink(missing_ok=True)
    if milestones:
        beside.write_text(inspect.cleandoc(milestones), "utf-8")
    return measures.read(path)


@pytest.fixture
def table(request, read):
    """The table in the test's docstring, behind its first line."""
    return read((inspect.getdoc(request.function) or "").partition("\n\n")[2])


# --- the same questions, counted one by one --------------------------------------------------------


@given(questions())
def test_each_row_is_in_the_first_state_that_fits(question):
    table, rows, day = question.table, question.rows, question.day
    states = [measure.state(day) for measure in question.found]
    assert [STATES[code] for code in workload.row_states(table, rows, day)] == states
    counts = {state: states.count(state) for state in STATES}
    assert workload.by_state(table, rows, day) == counts
    for state in STATES:
        positions = [measure.at for measure in question.found if measure.state(day) == state]
        assert workload.in_state(table, rows, day, state).tolist() == positions


@given(questions())
def test_each_leader_carries_what_names_it(question):
    frame = workload.by_leader(question.table, question.rows, question.day)
    expected = load(question.found, question.leaders, COLUMNS["leader"], question.day)
    assert frame.values.tolist() == expected


@given(questions())
def test_a_month_holds_what_is_due_what_runs_all_year_and_what_is_in_force(question):
    found, year = question.found, question.day.year
    months = workload.by_month(question.table, question.rows, year)
    due = Counter(measure.due_month(year) for measure in found if not measure.ongoing)
    ongoing = Counter(measure.due_month(year) for measure in found if measure.ongoing)
    force = Counter(month for measure in found for month in measure.in_force(year))
    expected = [[month, due[month], ongoing[month], force[month]] for month in range(1, 13)]
    assert months.values.tolist() == expected


@given(questions())
def test_the_peak_is_where_most_is_due(question):
    year = question.day.year
    months = workload.by_month(question.table, question.rows, year)
    due = Counter(measure.due_month(year) for measure in question.found if not measure.ongoing)
    del due[None]
    most = max(due.values(), default=0)
    peak = sorted(month for month in due if due[month] == most)
    assert workload.peak(months) == (peak, most)


@given(questions())
def test_what_is_due_in_another_year_is_counted_apart(question):
    year = question.day.year
    expected = sum(bool(measure.due) and measure.due.year != year for measure in question.found)
    assert workload.outside(question.table, question.rows, year) == expected


@given(questions())
def test_the_months_of_the_due_days_find_their_rows(question):
    dated = [measure for measure in question.found if measure.due]
    months = sorted({f"{measure.due:%Y-%m}" for measure in dated})
    assert workload.due_months(question.table, question.rows) == months
    for month in months:
        positions = [measure.at for measure in dated if f"{measure.due:%Y-%m}" == month]
        assert workload.due_in(question.table, question.rows, month).tolist() == positions


@given(questions(), st.sampled_from(["leader", *ROLES]), st.sampled_from(["due", "in_force"]))
def test_a_grid_of_months_counts_each_name_in_each_month(question, column, counting):
    table, rows, limit = question.table, question.rows, question.limit
    year = question.day.year
    pairs = []
    for measure in question.found:
        months = measure.in_force(year)
        if counting == "due":
            months = [measure.due_month(year)] if not measure.ongoing else []
        pairs += [(name, str(month)) for name in COLUMNS[column](measure) for month in months]
    if column == "leader":
        names = question.leaders
        grid = workload.leader_by_month(table, rows, year, counting, limit)
    else:
        names = question.departments
        grid = workload.department_by_month(table, rows, year, counting, column, limit)
    uses = uses_of(column, question.found)
    assert as_plain(grid) == grid_of(names, TWELVE, pairs, uses, None, limit)


@given(questions(), st.sampled_from([*PEOPLE, "无此人"]))
def test_who_is_asked_for_is_among_the_names_that_are_shown(question, who):
    table, rows, year = question.table, question.rows, question.day.year
    loads = workload.by_leader(table, rows, question.day)
    limit, fits = question.limit, len(loads) <= question.limit + 1
    grids = (
        lambda limit, also: workload.leader_by_month(table, rows, year, "due", limit, also=also),
        lambda limit, also: workload.leader_by_department(table, rows, "lead", limit, also=also),
    )
    for grid_of_first in grids:
        usual, asked = grid_of_first(limit, ""), grid_of_first(limit, who)
        assert len(asked.rows) == len(usual.rows)
        assert asked.others == usual.others
        assert asked.counts.sum(axis=0).tolist() == usual.counts.sum(axis=0).tolist()
        assert (who in asked.rows) == (who in loads["leader"].tolist())
        if fits or who in usual.rows:
            assert as_plain(asked) == as_plain(usual)


@given(questions(), st.sampled_from([*PEOPLE, "无此人"]))
def test_who_is_asked_for_is_at_the_top_of_the_loads(question, who):
    loads = workload.by_leader(question.table, question.rows, question.day)
    limit, fits = question.limit, len(loads) <= question.limit + 1
    usual, asked = workload.top(loads, limit), workload.top(loads, limit, also=who)
    assert (who in asked["leader"].tolist()) == (who in loads["leader"].tolist())
    assert (
        asked.drop(columns="leader").sum().tolist() == usual.drop(columns="leader").sum().tolist()
    )
    if fits or who in usual["leader"].tolist():
        assert asked.equals(usual)


@given(
    questions(),
    st.sampled_from([("leader", "lead"), ("leader", "support"), ("lead", "support")]),
)
def test_a_grid_of_names_counts_the_measures_that_two_share(question, columns):
    table, rows, limit = question.table, question.rows, question.limit
    down, across = columns
    pairs = [
        pair
        for measure in question.found
        for pair in product(COLUMNS[down](measure), COLUMNS[across](measure))
    ]
    if down == "lead":
        names = question.departments
        grid = workload.lead_by_support(table, rows, limit)
    else:
        names = question.leaders
        grid = workload.leader_by_department(table, rows, across, limit)
    expected = grid_of(
        names,
        question.departments,
        pairs,
        uses_of(down, question.found),
        uses_of(across, question.found),
        limit,
    )
    assert as_plain(grid) == expected


@given(questions())
def test_what_comes_next_is_due_on_the_day_or_after_it_and_not_ongoing(question):
    day = question.day
    coming = by_due(
        measure
        for measure in question.found
        if measure.due and measure.due >= day and not measure.ongoing
    )
    upcoming = workload.upcoming(question.table, question.rows, day, question.limit)
    assert upcoming.tolist() == [measure.at for measure in coming[: question.limit]]


@given(questions(), st.sampled_from([2019, 2020, 2021]))
def test_a_year_holds_what_its_windows_touch(question, year):
    expected = [measure.at for measure in question.found if measure.touches(year)]
    assert workload.in_year(question.table, question.rows, year).tolist() == expected


@given(questions())
def test_the_years_are_those_of_the_table_or_of_the_chosen_lists(question):
    years = {measure.year for measure in question.every} - {0}
    assert workload.years(question.table) == tuple(sorted(years))
    of_list = {
        measure.year for measure in question.every if (measure.year, measure.list) == (2020, "单一")
    }
    lists = ["2020 · 单一", "2020 · 单三"]
    assert workload.years(question.table, lists) == tuple(sorted(of_list))


def names_of(measure, column):
    """The names of a measure in a column, NOBODY where it has none."""
    return COLUMNS[column](measure) or [NOBODY]


def in_lanes(question, column):
    """The lanes in their order: the fullest first, sections in the table's, NOBODY last."""
    used = Counter(name for one in question.found for name in names_of(one, column))
    named = {name: None for one in question.every for name in COLUMNS[column](one)}
    order = [name for name in named if used[name]]
    if column != "section":
        order = in_order(used, question.leaders if column == "leader" else question.departments)
    return [*order, *([NOBODY] if used[NOBODY] else [])], used


@given(questions(), st.sampled_from(LANES), st.integers(0, 3), st.integers(1, 8))
def test_the_bars_of_open_lanes_stand_by_due_day_with_what_is_over_last(
    question, lane, start, limit
):
    table, rows, day = question.table, question.rows, question.day
    lanes, _ = in_lanes(question, lane)
    opened = lanes[::2]

    def is_over(one):
        return bool(one.window()) and one.window()[1] < day

    bars = []
    for name in opened:
        of_lane = by_due(one for one in question.found if name in names_of(one, lane))
        of_lane.sort(key=is_over)
        numbered = [(name, place, one) for place, one in enumerate(of_lane, 1)]
        bars += numbered[start : start + limit]
    frame = workload.bars(table, rows, day, lane, opened, slice(start, start + limit))
    assert frame["lane"].tolist() == [lane for lane, _, _ in bars]
    assert frame["place"].tolist() == [place for _, place, _ in bars]
    assert frame["position"].tolist() == [one.at for _, _, one in bars]
    assert frame["due"].tolist() == [one.due for _, _, one in bars]
    assert frame["state"].tolist() == [one.state(day) for _, _, one in bars]
    spans = [one.window() for _, _, one in bars]
    assert frame["end"].tolist() == [span[1] if span else None for span in spans]
    assert frame["start"].tolist() == [span[0] if span else None for span in spans]


@given(questions(), st.sampled_from(LANES))
def test_every_measure_stands_in_a_lane_also_one_that_names_nobody(question, lane):
    day, limit = question.day, question.limit
    order, used = in_lanes(question, lane)
    lanes = workload.by_lane(question.table, question.rows, day.year, lane, limit)
    first = order if len(order) <= limit + 1 else [*order[:limit], OTHERS]
    measures = {name: used[name] for name in first}
    due = Counter(
        (name if name in first else OTHERS, one.due_month(day.year))
        for one in question.found
        for name in names_of(one, lane)
        if not one.ongoing
    )
    if OTHERS in first:
        measures[OTHERS] = sum(used.values()) - sum(measures.values())
    assert lanes.due.rows == first
    assert lanes.measures == list(measures.values())
    assert lanes.due.counts.tolist() == [
        [due[name, month] for month in range(1, 13)] for name in first
    ]


@given(questions())
def test_what_is_in_force_on_a_day_has_its_window_open(question):
    day = question.day
    spans = filter(None, (one.window() for one in question.found))
    expected = sum(first <= day <= last for first, last in spans)
    assert workload.running(question.table, question.rows, day) == expected


@given(questions())
def test_each_section_holds_its_measures_in_the_order_of_the_table(question):
    table, rows, day = question.table, question.rows, question.day
    order, _ = in_lanes(question, "section")
    found = [[one for one in question.found if name in names_of(one, "section")] for name in order]
    expected = [
        [
            name,
            len(of_section),
            *(sum(one.state(day) == state for one in of_section) for state in STATES),
        ]
        for name, of_section in zip(order, found, strict=True)
    ]
    assert workload.by_section(table, rows, day).values.tolist() == expected
    in_force = [
        [sum(month in one.in_force(day.year) for one in of_section) for month in range(1, 13)]
        for of_section in found
    ]
    grid = workload.section_by_month(table, rows, day.year, "in_force", 9)
    assert (grid.rows, grid.counts.tolist()) == (order, in_force)


@given(questions())
def test_rows_are_grouped_by_section_and_keep_their_order_within_one(question):
    table, day = question.table, question.day
    order, _ = in_lanes(replace(question, rows=None), "section")
    ordered = workload.ordered(table, question.rows, day, "-due")
    by_hand = {at: names_of(Measure(table, at), "section")[0] for at in ordered.tolist()}
    expected = sorted(ordered.tolist(), key=lambda at: order.index(by_hand[at]))
    grouped = workload.grouped(table, ordered)
    assert grouped.tolist() == expected


@given(questions())
def test_a_heading_in_two_lists_is_one_section_and_is_counted(question):
    lists: dict[str, set[tuple[int, str]]] = {}
    for one in question.found:
        if one.section:
            lists.setdefault(one.section, set()).add((one.year, one.list))
    expected = sum(len(of_section) > 1 for of_section in lists.values())
    assert workload.in_several_lists(question.table, question.rows) == expected


@given(questions(), st.sampled_from([*SORTS, ""]))
def test_rows_are_sorted_stably_with_the_undated_and_unnamed_last(question, sort):
    table, rows, day = question.table, question.rows, question.day
    ids = table.codes.ids.to_pylist()
    lists = table.codes.lists.names

    def in_words(texts):
        return dict(zip(texts, search.places(pa.array(texts, pa.string())).tolist(), strict=True))

    titles, phrases = in_words(table.codes.titles.to_pylist()), in_words(table.codes.windows.phrase)
    persons = table.codes.leaders.names
    leaders = dict(
        zip(persons.to_pylist(), search.places(persons, persons=True).tolist(), strict=True)
    )
    departments = in_words(table.codes.lead.names.to_pylist())

    def first(names, places):
        return places[names[0]] if names else None

    def value(one):  # None for nothing
        due = one.due and one.due.toordinal()
        return {
            "measure_id": lambda: [int(part) for part in re.findall("[0-9]+", ids[one.at])],
            "title": lambda: titles[table.codes.titles[one.at].as_py()],
            "list": lambda: (
                table.codes.lists.codes[one.at] if lists[table.codes.lists.codes[one.at]] else None
            ),
            "section": lambda: "一二三四".index(one.section) if one.section else None,
            "state": lambda: STATES.index(one.state(day)),
            "deadline": lambda: (due or 10**9, phrases[one.phrase]) if one.phrase else None,
            "leader": lambda: first(one.leaders, leaders),
            "lead": lambda: first(one.lead, departments),
            "support": lambda: first(one.support, departments),
            "": lambda: 0,
        }.get(sort.removeprefix("-"), lambda: due)()

    some = [one for one in question.found if value(one) is not None]
    empty = [one for one in question.found if value(one) is None]
    in_order = sorted(some, key=value)
    if sort.startswith("-"):
        in_order = sorted(some, key=value, reverse=True)
    expected = [one.at for one in [*in_order, *empty]]
    assert workload.ordered(table, rows, day, sort).tolist() == expected
    assert workload.chosen(table, rows, day, Part(), sort).tolist() == expected
    some = [at for at in expected if Measure(table, at).state(day) == "passed"]
    assert workload.chosen(table, rows, day, Part("passed"), sort).tolist() == some
    some = [at for at in expected if str(Measure(table, at).due).startswith("2020-08")]
    assert workload.chosen(table, rows, day, Part(month="2020-08"), sort).tolist() == some


@given(questions())
def test_a_month_opens_as_many_rows_as_it_counts(question):
    table, rows, year = question.table, question.rows, question.day.year
    for counted in workload.by_month(table, rows, year).to_dict("records"):
        month = f"{year:04}-{counted['month']:02}"
        for count in ("due", "ongoing", "in_force"):
            opened = workload.in_month(table, rows, month, count)
            assert len(opened) == counted[count], (month, count)
        both = workload.in_month(table, rows, month, "")
        assert len(both) == counted["due"] + counted["ongoing"]


@given(questions())
def test_the_next_30_days_have_both_their_ends_and_nothing_that_is_ongoing(question):
    table, rows, day = question.table, question.rows, question.day
    last = day + timedelta(days=30)
    expected = [
        one.at for one in question.found if one.due and not one.ongoing and day <= one.due <= last
    ]
    assert workload.in_state(table, rows, day, NEXT_30).tolist() == expected
    assert workload.due_soon(table, rows, day) == len(expected)


def column_sorted(read_as, cells, sort, header="编号,举措,责任领导,责任部门,完成时限,板块,年度"):
    """The titles of a table in an order; each cell stands in the column that is sorted by."""
    where = header.split(",").index(read_as)
    grid = [header.split(",")]
    for number, cell in enumerate(cells):
        row = [f"x{number}", cell, "", "办公室", "8月", "", "2026"]
        row[where] = cell
        grid.append(row)
    table = measures.of_rows(grid, [MILESTONES_HEADER])
    order = workload.ordered(table, None, date(2026, 6, 15), sort).tolist()
    return [cells[at] for at in order]


@pytest.mark.parametrize(
    ("header", "sort", "cells"),
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
def test_a_column_is_sorted_as_a_person_would(header, sort, cells):
    mixed = cells[1::2] + cells[::2]
    assert column_sorted(header, mixed, sort) == cells


@given(questions(), st.sampled_from(WEIGHTS), st.sampled_from(["weighted", "lead", "support"]))
def test_departments_are_ranked_by_any_of_their_columns(question, weight, sort):
    table, rows = question.table, question.rows
    found = question.found
    lead, support = (
        Counter(name for one in found for name in getattr(one, role)) for role in ROLES
    )
    names = [name for name in table.codes.lead.names.to_pylist() if lead[name] + support[name]]
    expected = [
        {
            "department": n,
            "lead": lead[n],
            "support": support[n],
            "weighted": lead[n] + support[n] * weight,
        }
        for n in names
    ]
    expected.sort(
        key=lambda one: tuple(-one[name] for name in (sort, "weighted", "lead", "support"))
    )
    frame = workload.by_department(table, rows, weight=weight, sort=sort)
    assert frame.to_dict("records") == expected

    shown = workload.top(frame, question.limit)
    assert [*shown[["lead", "support"]].sum()] == [*frame[["lead", "support"]].sum()]
    assert [*shown.dtypes[1:-1]] == [*frame.dtypes[1:]]
    assert len(shown) == (len(frame) if len(frame) <= question.limit + 1 else question.limit + 1)
    assert shown["others"].sum() == (
        0 if len(frame) <= question.limit + 1 else len(frame) - question.limit
    )

    most = max((one["support"] for one in expected), default=0)
    names = [one["department"] for one in expected if most and one["support"] == most]
    assert workload.concentration(frame, "support") == (names, most)


@given(questions(), st.sampled_from(WEIGHTS))
def test_the_weights_at_which_a_ranking_turns_are_those_where_two_draw_level(question, weight):
    table = question.table
    frame = workload.by_department(table, None, weight=weight)
    among = frame.to_dict("records")[:8]
    loads = {one["department"]: (one["lead"], one["support"]) for one in among}

    def at(name, w):
        return loads[name][0] + loads[name][1] * w

    changes = workload.rank_changes(frame, weight)
    assert [abs(w - weight) for *_, w, _ in changes] == sorted(
        abs(w - weight) for *_, w, _ in changes
    )
    for upper, lower, w, tie in changes:
        assert at(upper, weight) >= at(lower, weight)
        assert at(upper, w) == pytest.approx(at(lower, w))
        assert tie is (w == 1)
    turning = {frozenset(change[:2]) for change in changes}
    for upper, lower in combinations(loads, 2):
        beyond = [at(upper, w / 1000) - at(lower, w / 1000) for w in range(1, 1001)]
        if min(beyond) < 0 < max(beyond):
            assert {upper, lower} in turning or at(upper, weight) == at(lower, weight)


# --- the rules one by one --------------------------------------------------------------------------------------------

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
def test_the_date_state_is_the_first_that_fits(read, phrase, day, state):
    table = read(f"2020,甲,组,{phrase}")
    assert workload.by_state(table, None, day) == {name: int(name == state) for name in STATES}


def test_all_year_is_left_out_of_what_is_due_and_shown_beside_it(table):
    """Two due in December, one all year.

    2020,甲,组,12月
    2020,甲,组,年底前
    2020,甲,组,全年
    """
    months = workload.by_month(table, None, 2020)
    assert months.iloc[11].tolist() == [12, 2, 1, 3]
    assert workload.peak(months) == ([12], 2)
    assert workload.department_by_month(table, None, 2020, "due", "lead", 5).counts.tolist() == [
        [0] * 11 + [2]
    ]
    assert workload.upcoming(table, None, date(2020, 9, 1), 9).tolist() == [0, 1]
    assert workload.due_in(table, None, "2020-12").tolist() == [0, 1, 2]


FORCE = [
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


@pytest.mark.parametrize(("phrase", "months"), FORCE)
def test_a_measure_is_in_force_from_january_unless_the_phrase_says_otherwise(read, phrase, months):
    found = workload.by_month(read(f"2020,甲,组,{phrase}"), None, 2020)
    assert found.loc[found["in_force"] == 1, "month"].tolist() == list(months)


def test_what_is_due_before_its_lists_year_is_in_force_in_its_due_month_alone(read):
    table = read("2020,甲,组,2019年3月")
    found = workload.by_month(table, None, 2019)
    assert found.loc[found["in_force"] == 1, "month"].tolist() == [3]
    bar = workload.bars(table, None, date(2020, 1, 1), "leader", ["甲"], slice(0, 5)).iloc[0]
    assert (bar["start"], bar["end"]) == (date(2019, 3, 1), date(2019, 3, 31))


def test_a_phrase_with_a_year_of_its_own_needs_none_of_the_list(read):
    table = read("明年,甲,组,2021年3月起\n明年,甲,组,2021年3月")
    found = workload.by_month(table, None, 2021)
    assert found["in_force"].tolist() == [1, 1, 2, *[1] * 9]


def test_a_measure_with_two_leaders_counts_once_for_each(table):
    """Two measures, three names.

    2020,甲、乙,组,8月
    2020,乙,组,8月
    """
    frame = workload.by_leader(table, None, date(2020, 9, 1))
    assert frame[["leader", "measures", "passed"]].values.tolist() == [["乙", 2, 2], ["甲", 1, 1]]
    assert frame["measures"].sum() == 3 > len(table)


def test_a_selection_answers_only_for_its_rows(table):
    """Three measures.

    2020,甲,组、办,8月
    2020,乙,组、财,9月
    2021,甲,办、组,8月
    """
    rows = np.array([0, 2])
    assert workload.by_leader(table, rows, date(2020, 1, 1))["leader"].tolist() == ["甲"]
    assert as_plain(workload.lead_by_support(table, rows, 9)) == (
        ["组", "办"],
        ["组", "办"],
        [[0, 1], [1, 0]],
        (0, 0),
    )
    assert workload.outside(table, rows, 2020) == 1
    assert workload.in_year(table, rows, 2021).tolist() == [2]


def test_what_does_not_fit_stands_under_others_but_one_name_too_many_is_shown(read):
    lines = [f"2020,人{at},部{at},{at % 12 + 1}月" for at in range(5) for _ in range(5 - at)]
    table = read("\n".join(lines))
    grid = workload.leader_by_department(table, None, "lead", 3)
    assert grid.rows == ["人0", "人1", "人2", OTHERS]
    assert grid.others == (2, 2)
    assert grid.counts.tolist() == [[5, 0, 0, 0], [0, 4, 0, 0], [0, 0, 3, 0], [0, 0, 0, 3]]
    assert workload.leader_by_department(table, None, "lead", 4).others == (0, 0)
    frame = workload.top(workload.by_leader(table, None, date(2020, 12, 1)), 3)
    assert frame[["leader", "measures", "others"]].values.tolist() == [
        ["人0", 5, 0],
        ["人1", 4, 0],
        ["人2", 3, 0],
        [OTHERS, 3, 2],
    ]
    assert workload.busiest([table.codes.lead, table.codes.support], 2) == ["部0", "部1"]


def test_the_ranking_of_the_leshan_list_turns_at_weight_one(read):
    lead = "2020,甲,组宣部、市教科文卫体工会,8月\n" * 8
    other = "2020,乙,女工部、市教科文卫体工会,8月\n" * 2
    frame = workload.by_department(read(lead + other.rstrip()), None, weight=0.5)
    assert frame.values.tolist() == [
        ["组宣部", 8, 0, 8.0],
        ["市教科文卫体工会", 0, 10, 5.0],
        ["女工部", 2, 0, 2.0],
    ]
    assert workload.rank_changes(frame, 0.5) == [
        ("市教科文卫体工会", "女工部", 0.2, False),
        ("组宣部", "市教科文卫体工会", 0.8, False),
    ]


def test_nothing_has_no_peak_no_top_and_no_years(read):
    table = read("x,,,")
    assert workload.peak(workload.by_month(table, None, 2020)) == ([], 0)
    assert workload.concentration(
        workload.by_leader(table, None, date(2020, 1, 1)), "measures"
    ) == ([], 0)
    assert workload.years(table) == ()


def test_milestones_stand_at_the_deadline_when_their_window_reaches_past_it(read):
    table = read(
        "2020,甲,组,9月\n2020,甲,组,长期\n2020,甲,组,12月",
        """
        编号,节点时限,节点
        2020-1,下半年,展览
        2020-1,6月,申报
        2020-2,年底,总结
        2020-3,待定,不明
        2020-9,6月,无主
        """,
    )
    found = workload.milestones(table, None)
    assert found[["milestone", "moved"]].values.tolist() == [
        ["申报", False],
        ["展览", True],
        ["总结", False],
        ["不明", False],
    ]
    assert found["shown"].astype(object).tolist()[:3] == [
        pd.Timestamp("2020-06-30"),
        pd.Timestamp("2020-09-30"),
        pd.Timestamp("2020-12-31"),
    ]
    assert workload.milestones(table, np.array([1]))["milestone"].tolist() == ["总结"]
    bars = workload.bars(table, None, date(2020, 1, 1), "leader", ["甲"], slice(0, 9))
    assert dict(zip(bars["position"], bars["milestones"], strict=True)) == {
        0: [(date(2020, 6, 30), "申报", False), (date(2020, 9, 30), "展览", True)],
        1: [(date(2020, 12, 31), "总结", False)],
        2: [],
    }


def test_a_listing_has_what_people_read(table):
    """One dated, one not.

    2020,甲、乙,组、办,9月
    2020,,,待定
    """
    frame = workload.listing(table, np.array([1, 0]), date(2020, 9, 15))
    assert frame["position"].tolist() == [1, 0]
    assert frame["due"].tolist() == [None, date(2020, 9, 30)]
    assert frame["state"].tolist() == ["unreadable", "this_month"]
    assert frame["days_left"].tolist() == [pd.NA, 15]
    assert frame["workdays_left"].tolist() == [pd.NA, 12]
    assert frame[["leaders", "lead", "support"]].values.tolist() == [
        [[], [], []],
        [["甲", "乙"], ["组"], ["办"]],
    ]
    assert workload.next_due(table, None, date(2020, 9, 15), 5)["title"].tolist() == ["举措0"]


WORKDAYS = [
    # from, to → working days after the first up to the last, by the calendars of the State Council's notices
    (date(2020, 9, 15), date(2020, 9, 15), 0),
    (date(2020, 9, 15), date(2020, 9, 16), 1),
    # a weekend
    (date(2020, 9, 18), date(2020, 9, 21), 1),
    # 27 September was worked; 1 to 8 October were free, 10 October was worked
    (date(2020, 9, 15), date(2020, 9, 30), 12),
    (date(2020, 9, 30), date(2020, 10, 9), 1),
    (date(2020, 9, 15), date(2020, 10, 31), 29),
    # Spring Festival 2025: free 28 January to 4 February, worked 26 January and 8 February
    (date(2025, 1, 24), date(2025, 2, 10), 7),
    (date(2025, 1, 25), date(2025, 1, 26), 1),
    (date(2025, 1, 27), date(2025, 2, 4), 0),
    # over the end of a year
    (date(2024, 12, 31), date(2025, 1, 2), 1),
    # after the deadline
    (date(2020, 9, 16), date(2020, 9, 15), -1),
    (date(2020, 10, 9), date(2020, 9, 30), -1),
]


@pytest.mark.parametrize(("first", "last", "days"), WORKDAYS)
def test_workdays_follow_the_holidays_and_the_weekends_that_are_worked(read, first, last, days):
    table = read(f"{last.year},甲,组,{last.month}月{last.day}日")
    rows = np.array([0])
    assert workload.workdays_left(table, rows, first) == [days]
    assert workload.days_left(table, rows, first) == [(last - first).days]


def test_no_other_country_is_loaded_and_each_can_still_be_asked_for():
    script = """
import sys
from lib.text import workdays
china = workdays._china()(years=2026)
countries = [name for name in sys.modules if name.startswith("holidays.countries.")]
import holidays
assert countries == ["holidays.countries.china"], countries
assert china == holidays.country_holidays("CN", years=2026)
assert holidays.country_holidays("FR", years=2026)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_has_no_date_has_no_days_left(read):
    table, rows = read("2020,甲,组,长期"), np.array([0])
    assert workload.workdays_left(table, rows, date(2020, 1, 1)) == [None]
    assert workload.days_left(table, rows, date(2020, 1, 1)) == [None]
