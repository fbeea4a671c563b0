"""One leader, department or section by itself: what it carries, with whom, when most falls due.

Where a view is all one name's, that it has most of everything says nothing.
"""

from __future__ import annotations

import pandas as pd

from lib import workload
from lib.answers.sentences.phrases import (
    months_of_year,
    plain_number,
    who_has_most,
    year_to_name,
)
from lib.i18n import Translator


def person(
    name: str,
    total: int,
    months: pd.DataFrame,
    year: int,
    t: Translator,
    *,
    lead: int | None = None,
) -> str:
    """One leader, department or section in a sentence: how many measures, when most fall due.

    Args:
        months: `workload.by_month` of the year, of the measures of this name.
        lead: how many of the measures a department leads; it supports the others.
    """
    if lead is None:
        text = t("finding.person", name=name, n=total)
    else:
        text = t("finding.department", name=name, n=total, lead=lead, support=total - lead)
    return text + _when_most_is_due(months, year, total, t)


def leader_alone(
    name: str, total: int, departments: pd.DataFrame, months: pd.DataFrame, year: int, t: Translator
) -> str:
    """What the one leader of a view carries, with which department most, when most falls due.

    Args:
        total: how many measures the leader has.
        departments: `workload.by_department` of these.
        months: `workload.by_month` of the year, of these.
    """
    carried = t("alone.leader", name=name, n=total)
    with_whom = _with_whom(departments, t)
    when = _when_most_is_due(months, year, total, t)
    return carried + with_whom + when


def department_alone(
    name: str, total: int, departments: pd.DataFrame, months: pd.DataFrame, year: int, t: Translator
) -> str:
    """What the one department of a view leads and supports, with which other most, when most falls
    due.

    Args:
        total: how many measures name the department.
        departments: `workload.by_department` of these.
        months: `workload.by_month` of the year, of these.
    """
    is_named = departments["department"] == name
    load = _roles_in_words(departments[is_named], t)
    carried = t("alone.department", name=name, load=load)
    with_whom = _with_whom(departments[~is_named], t)
    when = _when_most_is_due(months, year, total, t)
    return carried + with_whom + when


def _roles_in_words(department: pd.DataFrame, t: Translator) -> str:
    """How many measures a department leads and how many it supports."""
    parts: list[str] = []
    for role in workload.ROLES:
        count = int(department[role].sum())
        if count:
            parts.append(t(f"alone.{role}", n=count))
    return t("alone.and").join(parts)


def pressing_alone(load: pd.Series, t: Translator) -> str:
    """What the one leader or section of a view has past the deadline, and due this month.

    load: its row of `workload.by_leader` or `by_section`.
    """
    counts = {state: int(load[state]) for state in ("passed", "this_month")}
    parts = [t(f"alone.{state}", n=count) for state, count in counts.items() if count]
    if not parts:
        return t("finding.nothing_pressing")
    return t("text.comma").join(parts)


def late_alone(count: int, t: Translator) -> str:
    """How much is late of what the one name of a view has."""
    return t("alone.late", n=count) if count else t("finding.nothing_late")


def weighted_alone(name: str, departments: pd.DataFrame, weight: float, t: Translator) -> str:
    """The weighted load of the one department of a view.

    departments: `workload.by_department` at the weight.
    """
    is_named = departments["department"] == name
    load = departments.loc[is_named, "weighted"].sum()
    return t("alone.weighted", name=name, w=f"{weight:g}", count=plain_number(load))


def _with_whom(departments: pd.DataFrame, t: Translator) -> str:
    """The department named in most of the measures, in either role."""
    shared = departments.assign(measures=departments["lead"] + departments["support"])
    return who_has_most("alone.with", shared, "measures", t)


def _when_most_is_due(months: pd.DataFrame, year: int, total: int, t: Translator) -> str:
    fullest, count = workload.peak(months)
    if not fullest:
        return ""
    named_year = year_to_name(months, year, total)
    words = months_of_year(fullest, named_year, t)
    due = int(months["due"].sum())
    if count == due:
        return t("finding.person_due", months=words, n=due)
    return t("finding.person_peak", months=words, n=len(fullest), count=plain_number(count))
