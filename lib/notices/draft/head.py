"""The list of a draft as a whole: its name and its year."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lib.notices.draft.parts import shortened, with_cell
from lib.notices.model import YEARS, Measure, Notice

_YEAR_MISSING: Final = "notice_year_missing"  # the problem that a year settles


def name(notice: Notice, text: str) -> Notice:
    """The list under another name; several lists of one table become one."""
    title = shortened(text)
    renamed = [_in_list_named(measure, title) for measure in notice.measures]
    return replace(notice, title=title, measures=tuple(renamed))


def _in_list_named(measure: Measure, title: str) -> Measure:
    """A measure whose list has another name."""
    if measure.given is None:
        return measure
    given = replace(measure.given, list_name=title)
    return replace(measure, given=given)


def in_year(notice: Notice, year: int) -> Notice:
    """The list in another year: deadlines that could not be dated for want of one now are.

    Raises:
        ValueError: no list is of that year.
    """
    if year not in YEARS:
        raise ValueError(year)
    measures = [_in_list_of_year(measure, year) for measure in notice.measures]
    problems = [problem for problem in notice.problems if problem.code != _YEAR_MISSING]
    return replace(notice, year=year, measures=tuple(measures), problems=tuple(problems))


def _in_list_of_year(measure: Measure, year: int) -> Measure:
    """A measure whose list is of another year."""
    measure = replace(measure, year=year)
    if measure.given is not None:
        given = replace(measure.given, year=year)
        measure = replace(measure, given=given)
    deadline = measure.cells["deadline"]
    is_dated_now = deadline.reason == "needs_year" and measure.window is not None
    if is_dated_now:
        deadline = replace(deadline, reason="year_given", sure=True)
        measure = with_cell(measure, "deadline", deadline)
    return measure
