"""Who carries what: every question against a plain count over the rows, and the rules of DESIGN.md §4 one by one."""

from __future__ import annotations

import csv
import inspect
import io
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import measures, workload
from lib.workload import OTHERS, ROLES, SORTS, STATES

WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
HEADER = ["年度", "清单", "板块", "举措", "责任领导", "责任部门", "完成时限"]


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


# --- the same questions, counted one by one --------------------------------------------------------------------------


class Measure:
    """One row as a person sees it."""

    def __init__(self, table, at):
        row = table.rows.iloc[at]
        self.at = at
        self.year = 0 if pd.isna(row["year"]) else int(row["year"])
        self.start, self.due = (
            None if pd.isna(row[name]) else row[name] for name in ("start", "due")
        )
        self.ongoing, self.recurring = bool(row["ongoing"]), row["recurring"]
        self.phrase = row["deadline"]
        self.section, self.list = row["section"], row["list"]
        self.leaders, self.lead = list(row["leaders"]), list(row["lead_departments"])
        self.support = list(row["support_departments"])

    def state(self, day):
        blank = not (self.start or self.due or self.ongoing or self.recurring)
        month_end = day.replace(day=monthrange(day.year, day.month)[1])
        conditions = (
            ("unreadable", blank and self.phrase not in ("", "立即")),
            ("no_date", blank),
            ("recurring", self.recurring),
            ("passed", self.due and self.due < day),
            ("ongoing", self.ongoing),
            ("this_month", self.due and self.due <= month_end),
            ("within_30", self.due and self.due <= day + timedelta(30)),
            ("later", True),
        )
        return next(name for name, fits in conditions if fits)

    def due_month(self, year):
        return self.due.month if self.due and self.due.year == year else None

    def window(self):
        """First and last day in force."""
        anchor = self.due or self.start
        list_year = self.year or (anchor.year if anchor else None)
        if list_year is None or not (self.due or self.ongoing or self.recurring):
            return None
        first = self.start or date(list_year, 1, 1)
        last = self.due or date(max(first.year, list_year), 12, 31)
        return (last.replace(day=1) if last < first else first), last

    def touches(self, year):
        """Whether the window reaches into a year; without one, whether the list is of that year."""
        span = self.window()
        return span[0].year <= year <= span[1].year if span else self.year == year

    def in_force(self, year):
        if not self.window():
            return []
        first, last = self.window()
        return [
            month
            for month in range(1, 13)
            if (first.year, first.month) <= (year, month) <= (last.year, last.month)
        ]


def chosen(table, rows):
    return [Measure(table, at) for at in (range(len(table)) if rows is None else rows)]


def in_order(counter, names):
    """By descending count, the earlier in the table first."""
    return sorted((name for name in names if counter[name]), key=lambda name: -counter[name])


def load(found, names, of, day):
    counts = Counter(name for one in found for name in of(one))
    states = Counter((name, one.state(day)) for one in found for name in of(one))
    return [
        [name, counts[name], *(states[name, state] for state in STATES)]
        for name in in_order(counts, names)
    ]


def grid_of(down_names, across_names, pairs, down_uses, across_uses, top):
    """Rows, columns and counts of a grid with its others."""

    def labels(uses, names):
        order = in_order(uses, names)
        return (order, 0) if len(order) <= top + 1 else ([*order[:top], OTHERS], len(order) - top)

    down, down_others = labels(down_uses, down_names)
    across, across_others = (
        labels(across_uses, across_names) if across_uses is not None else (across_names, 0)
    )
    counts = Counter(
        (one if one in down else OTHERS, two if two in across else OTHERS) for one, two in pairs
    )
    return (
        down,
        across,
        [[counts[one, two] for two in across] for one in down],
        (down_others, across_others),
    )


def as_plain(grid):
    return grid.rows, grid.columns, grid.counts.tolist(), grid.others


PEOPLE = ["甲", "乙", "丙", "丁", "戊", "己"]
PLACES = ["组", "办", "财", "审", "工", "机"]
PHRASES = [
    "全年",
    "8月",
    "12月",
    "一季度",
    "3—5月",
    "每月",
    "每季度",
    "长期",
    "立即",
    "待定",
    "",
    "2021年2月底",
    "6月起",
    "年底前",
]


def cells(names):
    return st.lists(st.sampled_from(names), max_size=4, unique=True).map("、".join)


ROW = st.tuples(
    st.sampled_from(["2020", "2021", "x"]),
    st.sampled_from(["单一", "单二"]),
    st.sampled_from(["一", "二", "三"]),
    st.just("题"),
    cells(PEOPLE),
    cells(PLACES),
    st.sampled_from([*PHRASES, "2019年3月", "2020年3月起"]),
)
DAYS = st.dates(date(2019, 12, 1), date(2021, 3, 31))


@st.composite
def questions(draw):
    grid = draw(st.lists(ROW, max_size=12))
    picked = draw(st.none() | st.lists(st.booleans(), min_size=len(grid), max_size=len(grid)))
    rows = None if picked is None else np.flatnonzero(np.array(picked, bool))
    return grid, rows, draw(DAYS), draw(st.integers(1, 7))


@settings(max_examples=150)
@given(questions())
def test_every_question_is_answered_as_if_counted_by_hand(tmp_path_factory, question):
    grid, rows, day, top = question
    table = read_grid(tmp_path_factory.getbasetemp() / "any.csv", grid)
    found, year, codes = chosen(table, rows), day.year, table.codes
    leaders, departments = codes.leaders.names.to_pylist(), codes.lead.names.to_pylist()

    states = [one.state(day) for one in found]
    assert [STATES[at] for at in workload.row_states(table, rows, day)] == states
    assert workload.by_state(table, rows, day) == {state: states.count(state) for state in STATES}
    for state in STATES:
        assert workload.in_state(table, rows, day, state).tolist() == [
            one.at for one in found if one.state(day) == state
        ]

    assert workload.by_leader(table, rows, day).values.tolist() == load(
        found, leaders, lambda one: one.leaders, day
    )

    by_month = workload.by_month(table, rows, year)
    due = Counter(one.due_month(year) for one in found if not one.ongoing)
    ongoing = Counter(one.due_month(year) for one in found if one.ongoing)
    force = Counter(month for one in found for month in one.in_force(year))
    assert by_month.values.tolist() == [[m, due[m], ongoing[m], force[m]] for m in range(1, 13)]
    del due[None]
    most = max(due.values(), default=0)
    assert workload.peak(by_month) == (
        sorted(m for m in due if due[m] == most) if most else [],
        most,
    )
    assert workload.outside(table, rows, year) == sum(
        bool(one.due) and one.due.year != year for one in found
    )

    months = sorted({f"{one.due:%Y-%m}" for one in found if one.due})
    assert workload.due_months(table, rows) == months
    for month in months:
        expected = [one.at for one in found if one.due and f"{one.due:%Y-%m}" == month]
        assert workload.due_in(table, rows, month).tolist() == expected

    columns = {
        "leader": lambda one: one.leaders,
        "lead": lambda one: one.lead,
        "support": lambda one: one.support,
    }
    uses = {
        name: Counter(word for one in found for word in of(one)) for name, of in columns.items()
    }
    names = {"leader": leaders, "lead": departments, "support": departments}
    ways = {
        "due": lambda one: [one.due_month(year)] if one.due_month(year) and not one.ongoing else [],
        "in_force": lambda one: one.in_force(year),
    }
    for column, (counting, of_months) in product(columns, ways.items()):
        pairs = [
            (who, str(month))
            for one in found
            for who in columns[column](one)
            for month in of_months(one)
        ]
        expected = grid_of(
            names[column], [str(m) for m in range(1, 13)], pairs, uses[column], None, top
        )
        asked = (
            workload.leader_by_month(table, rows, year, counting, top)
            if column == "leader"
            else workload.department_by_month(table, rows, year, counting, column, top)
        )
        assert as_plain(asked) == expected
    for down, across in (("leader", "lead"), ("leader", "support"), ("lead", "support")):
        pairs = [
            pair for one in found for pair in product(columns[down](one), columns[across](one))
        ]
        expected = grid_of(names[down], names[across], pairs, uses[down], uses[across], top)
        asked = (
            workload.lead_by_support(table, rows, top)
            if down == "lead"
            else workload.leader_by_department(
                table, rows, "lead" if across == "lead" else "support", top
            )
        )
        assert as_plain(asked) == expected

    coming = sorted(
        (one for one in found if one.due and one.due >= day and not one.ongoing),
        key=lambda one: one.due,
    )
    assert workload.upcoming(table, rows, day, top).tolist() == [one.at for one in coming[:top]]

    for asked_year in (2019, 2020, 2021):
        expected = [one.at for one in found if one.touches(asked_year)]
        assert workload.in_year(table, rows, asked_year).tolist() == expected

    years = {one.year for one in chosen(table, None)} - {0}
    assert workload.years(table) == tuple(sorted(years))
    years = {one.year for one in chosen(table, None) if (one.year, one.list) == (2020, "单一")}
    assert workload.years(table, ["2020 · 单一", "2020 · 单三"]) == tuple(sorted(years))


@given(
    questions(),
    st.sampled_from(["leader", "lead", "section"]),
    st.integers(0, 5),
    st.integers(1, 8),
)
def test_bars_stand_lane_by_lane_and_page_by_page(tmp_path_factory, question, lane, start, limit):
    grid, rows, day, top = question
    table = read_grid(tmp_path_factory.getbasetemp() / "bars.csv", grid)
    found = chosen(table, rows)
    names = workload.lanes(table, lane).names.to_pylist()
    of = {
        "leader": lambda one: one.leaders,
        "lead": lambda one: one.lead,
        "section": lambda one: [one.section],
    }[lane]
    fullest = in_order(Counter(name for one in found for name in of(one)), names)
    bars = [
        (lane, one) for lane in fullest for one in by_due(one for one in found if lane in of(one))
    ]
    bars += [(OTHERS, one) for one in by_due(one for one in found if not of(one))]
    page = bars[start : start + limit]
    frame = workload.bars(table, rows, day, lane, start, limit)
    assert frame["lane"].tolist() == [lane for lane, _ in page]
    assert frame["position"].tolist() == [one.at for _, one in page]
    assert frame["due"].tolist() == [one.due for _, one in page]
    assert frame["state"].tolist() == [one.state(day) for _, one in page]
    spans = [one.window() for _, one in page]
    assert frame["end"].tolist() == [span[1] if span else None for span in spans]
    assert frame["start"].tolist() == [span[0] if span else None for span in spans]
    uses = Counter(name for one in found for name in of(one))
    months = [
        (lane, str(one.due_month(day.year))) for one in found for lane in of(one) if not one.ongoing
    ]
    expected = grid_of(names, [str(m) for m in range(1, 13)], months, uses, None, top)
    assert as_plain(workload.by_lane(table, rows, day.year, lane, top)) == expected


def by_due(found):
    return sorted(found, key=lambda one: (one.due is None, one.due or date.min))


@given(questions(), st.sampled_from([*SORTS, ""]))
def test_rows_are_sorted_stably_with_the_undated_and_unnamed_last(tmp_path_factory, question, sort):
    grid, rows, day, _ = question
    table = read_grid(tmp_path_factory.getbasetemp() / "sort.csv", grid)

    def key(one):
        names = {"leader": one.leaders, "lead": one.lead}.get(sort, [])
        return {
            "due": (one.due is None, (one.due or date.min).toordinal()),
            "-due": (one.due is None, -(one.due or date.min).toordinal()),
            "state": STATES.index(one.state(day)),
            "": 0,
        }.get(sort, (not names, names[0].encode("gb18030") if names else b""))

    expected = [one.at for one in sorted(chosen(table, rows), key=key)]
    assert workload.ordered(table, rows, day, sort).tolist() == expected
    assert workload.chosen(table, rows, day, "", "", sort).tolist() == expected
    some = [at for at in expected if Measure(table, at).state(day) == "passed"]
    assert workload.chosen(table, rows, day, "passed", "", sort).tolist() == some
    some = [at for at in expected if str(Measure(table, at).due).startswith("2020-08")]
    assert workload.chosen(table, rows, day, "", "2020-08", sort).tolist() == some


@given(questions(), st.sampled_from(WEIGHTS), st.sampled_from(["weighted", "lead", "support"]))
def test_departments_are_ranked_by_any_of_their_columns(tmp_path_factory, question, weight, sort):
    grid, rows, _, top = question
    table = read_grid(tmp_path_factory.getbasetemp() / "departments.csv", grid)
    found = chosen(table, rows)
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

    shown = workload.top(frame, top)
    assert [*shown[["lead", "support"]].sum()] == [*frame[["lead", "support"]].sum()]
    assert [*shown.dtypes[1:-1]] == [*frame.dtypes[1:]]
    assert len(shown) == (len(frame) if len(frame) <= top + 1 else top + 1)
    assert shown["others"].sum() == (0 if len(frame) <= top + 1 else len(frame) - top)

    most = max((one["support"] for one in expected), default=0)
    names = [one["department"] for one in expected if most and one["support"] == most]
    assert workload.concentration(frame, "support") == (names, most)


@given(questions(), st.sampled_from(WEIGHTS))
def test_the_weights_at_which_a_ranking_turns_are_those_where_two_draw_level(
    tmp_path_factory, question, weight
):
    table = read_grid(tmp_path_factory.getbasetemp() / "ranks.csv", question[0])
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
    bar = workload.bars(table, None, date(2020, 1, 1), "leader", 0, 5).iloc[0]
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
    bars = workload.bars(table, None, date(2020, 1, 1), "leader", 0, 9)
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


def test_what_has_no_date_has_no_days_left(read):
    table, rows = read("2020,甲,组,长期"), np.array([0])
    assert workload.workdays_left(table, rows, date(2020, 1, 1)) == [None]
    assert workload.days_left(table, rows, date(2020, 1, 1)) == [None]
