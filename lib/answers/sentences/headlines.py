"""The headline of the overview, of a month, and of one leader or department."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib import workload
from lib.answers.sentences.phrases import (
    months_in_a_row,
    months_of_year,
    plain_number,
    share,
    who_has_most,
    year_and_month,
)
from lib.i18n import Translator


def headline(
    total: int,
    as_of: date,
    t: Translator,
    *,
    months: pd.DataFrame,
    leaders: pd.DataFrame,
    departments: pd.DataFrame,
) -> str:
    """The overview in one sentence: how many, what this month and the fullest month hold, who
    carries and leads most.

    Args:
        total: how many measures there are.
        months: `workload.by_month` of the year of `as_of`.
        leaders: `workload.by_leader`, all of them.
        departments: `workload.by_department`, all of them.
    """
    if not total:
        return t("headline.nothing")
    year = _year_to_name(months, as_of.year, total)
    due = [t("headline.total", n=total), _due(months, as_of.month, year, t)]
    fullest, count = workload.peak(months)
    if fullest and as_of.month not in fullest:
        words = months_in_a_row(fullest, t)
        due.append(t("headline.peak", months=words, n=len(fullest), count=plain_number(count)))
    sentence_parts = [
        t("text.comma").join(due),
        _most_with_share("headline.leader", leaders, "measures", total, t),
        _most_with_share("headline.department", departments, "lead", total, t),
    ]
    return t("text.semicolon").join(filter(None, sentence_parts)) + t("text.stop")


def _most_with_share(key: str, frame: pd.DataFrame, column: str, total: int, t: Translator) -> str:
    _, count = workload.concentration(frame, column)
    return who_has_most(key, frame, column, t, share=share(count / total))


def _due(months: pd.DataFrame, number: int, year: int, t: Translator) -> str:
    """What falls due in a month, and beside it what is due then because its year ends (全年)."""
    of_month = months.iloc[number - 1]
    due, ongoing = int(of_month["due"]), int(of_month["ongoing"])
    key = "headline.due" if due else "headline.none_due"
    text = t(key, month=months_of_year([number], year, t), n=due)
    if ongoing:
        text += t("headline.ongoing", n=ongoing)
    return text


def _year_to_name(months: pd.DataFrame, year: int, total: int) -> int:
    """The year, if the months of the year don't hold all the measures, so that it must be named;
    else 0.
    """
    in_year = int(months["due"].sum() + months["ongoing"].sum())
    if in_year < total:
        return year
    return 0


def person(
    name: str,
    total: int,
    months: pd.DataFrame,
    year: int,
    t: Translator,
    *,
    lead: int | None = None,
) -> str:
    """One leader or department in a sentence: how many measures, when most fall due.

    Args:
        months: `workload.by_month` of the year, of the measures of this name.
        lead: how many of the measures a department leads; it supports the others.
    """
    if lead is None:
        text = t("finding.person", name=name, n=total)
    else:
        text = t("finding.department", name=name, n=total, lead=lead, support=total - lead)
    fullest, count = workload.peak(months)
    if not fullest:
        return text
    words = months_of_year(fullest, _year_to_name(months, year, total), t)
    due = int(months["due"].sum())
    if count == due:
        return text + t("finding.person_due", months=words, n=due)
    fullest_count = plain_number(count)
    return text + t("finding.person_peak", months=words, n=len(fullest), count=fullest_count)


def month_rows(month: str, months: pd.DataFrame, t: Translator) -> str:
    """The heading of a month's rows. month: 2020-08; months: `workload.by_month` of its year."""
    year, number = year_and_month(month)
    return _due(months, number, year, t)
