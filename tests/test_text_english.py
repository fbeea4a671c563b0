"""Deadlines of an English list."""

from __future__ import annotations

from datetime import date

import pytest

from lib.text import deadlines

DATED = [
    ("June 2026", "2026-06-30"),
    ("Jun. 2026", "2026-06-30"),
    ("in September", "2026-09-30"),
    ("30 June 2026", "2026-06-30"),
    ("by 1st of May, 2026", "2026-05-01"),
    ("June 30, 2026", "2026-06-30"),
    ("before Sept 15th", "2026-09-15"),
    ("by the end of June", "2026-06-30"),
    ("End of June 2027", "2027-06-30"),
    ("March to June 2026", "2026-06-30"),
    ("Nov 2026 - Feb 2027", "2027-02-28"),
    ("Q3 2026", "2026-09-30"),
    ("end of Q3", "2026-09-30"),
    ("first half of 2026", "2026-06-30"),
    ("second half of the year", "2026-12-31"),
    ("by the end of 2026", "2026-12-31"),
    ("year-end", "2026-12-31"),
]


@pytest.mark.parametrize(("phrase", "due"), DATED)
def test_an_english_date_is_a_day(phrase, due):
    window = deadlines.read(phrase, 2026)
    assert window
    assert window.due == date.fromisoformat(due)


def test_an_english_range_begins_with_its_first_month():
    window = deadlines.read("March - June", 2026)
    assert window
    assert window.start == date(2026, 3, 1)


@pytest.mark.parametrize("phrase", ["Ongoing", "long-term", "All year", "year-round"])
def test_what_runs_through_is_ongoing(phrase):
    window = deadlines.read(phrase, 2026)
    assert window
    assert window.ongoing


@pytest.mark.parametrize(
    ("phrase", "recurring"),
    [
        ("Monthly", "monthly"),
        ("every quarter", "quarterly"),
        ("weekly", "weekly"),
        ("twice a year", "half_yearly"),
        ("Annually", "yearly"),
    ],
)
def test_what_comes_again_is_recurring(phrase, recurring):
    window = deadlines.read(phrase, 2026)
    assert window
    assert window.recurring == recurring


def test_at_once_has_no_day():
    assert deadlines.read("immediately", 2026) == deadlines.read("立即", 2026)


@pytest.mark.parametrize(
    "phrase", ["by June 2026", "soon", "31 June 2026", "TBD", "Mayor", "32 May"]
)
def test_what_may_mean_two_days_or_none_is_not_read(phrase):
    assert deadlines.read(phrase, 2026) is None
