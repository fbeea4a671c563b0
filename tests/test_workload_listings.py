"""Measures and milestones as people read them, and the days that are left."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from lib import workload
from lib.measures import Table
from tests.short_lists import short_list

# --- measures --------------------------------------------------------------------------------------


def test_a_listing_has_what_people_read() -> None:
    table = short_list("2020,甲、乙,组、办,9月\n2020,,,待定")
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


# --- milestones ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_milestones() -> Table:
    return short_list(
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


def test_milestones_stand_at_the_deadline_when_their_window_reaches_past_it(
    with_milestones: Table,
) -> None:
    milestones = workload.milestones(with_milestones, None)
    assert milestones[["milestone", "moved"]].values.tolist() == [
        ["申报", False],
        ["展览", True],
        ["总结", False],
        ["不明", False],
    ]
    assert milestones["shown"].astype(object).tolist()[:3] == [
        pd.Timestamp("2020-06-30"),
        pd.Timestamp("2020-09-30"),
        pd.Timestamp("2020-12-31"),
    ]


def test_milestones_are_those_of_the_rows(with_milestones: Table) -> None:
    milestones = workload.milestones(with_milestones, np.array([1]))
    assert milestones["milestone"].tolist() == ["总结"]


def test_a_bar_has_the_milestones_of_its_measure(with_milestones: Table) -> None:
    bars = workload.bars(with_milestones, None, date(2020, 1, 1), "leader", ["甲"], slice(0, 9))
    assert dict(zip(bars["position"], bars["milestones"], strict=True)) == {
        0: [(date(2020, 6, 30), "申报", False), (date(2020, 9, 30), "展览", True)],
        1: [(date(2020, 12, 31), "总结", False)],
        2: [],
    }


# --- days that are left ----------------------------------------------------------------------------

WORKDAYS = [
    # from, to → working days after the first up to the last, by the calendars of the State
    # Council's notices
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
def test_workdays_follow_the_holidays_and_the_weekends_that_are_worked(
    first: date, last: date, days: int
) -> None:
    table = short_list(f"{last.year},甲,组,{last.month}月{last.day}日")
    rows = np.array([0])
    assert workload.workdays_left(table, rows, first) == [days]
    assert workload.days_left(table, rows, first) == [(last - first).days]


def test_no_other_country_is_loaded_and_each_can_still_be_asked_for() -> None:
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


def test_what_has_no_date_has_no_days_left() -> None:
    table, rows = short_list("2020,甲,组,长期"), np.array([0])
    assert workload.workdays_left(table, rows, date(2020, 1, 1)) == [None]
    assert workload.days_left(table, rows, date(2020, 1, 1)) == [None]
