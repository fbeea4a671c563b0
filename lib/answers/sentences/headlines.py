"""The headline of the overview, of a list, and of a month."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib import workload
from lib.answers.sentences.conditions import part
from lib.answers.sentences.phrases import (
    months_in_a_row,
    months_of_year,
    plain_number,
    share,
    who_has_most,
    year_and_month,
    year_to_name,
)
from lib.i18n import Translator


def headline(
    total: int,
    as_of: date,
    t: Translator,
    *,
    months: pd.DataFrame,
    passed: int,
    leaders: pd.DataFrame | None,
    departments: pd.DataFrame | None,
) -> str:
    """The overview in one sentence: how many, what this month and the fullest month hold, how many
    are past their deadline, who carries and leads most.

    Args:
        total: how many measures there are.
        months: `workload.by_month` of the year of `as_of`.
        passed: how many are past their deadline.
        leaders: `workload.by_leader`, all of them; None where the view is one leader's.
        departments: `workload.by_department`, all of them; None where the view is one's.
    """
    if not total:
        return t("headline.nothing")
    year = year_to_name(months, as_of.year, total)
    due = [t("headline.total", n=total), _due(months, as_of.month, year, t)]
    fullest, count = workload.peak(months)
    if fullest and as_of.month not in fullest:
        words = months_in_a_row(fullest, t)
        due.append(t("headline.peak", months=words, n=len(fullest), count=plain_number(count)))
    if passed:
        due.append(t("headline.passed", n=passed))
    return _sentence(t("text.comma").join(due), total, leaders, departments, t)


def listed_headline(
    total: int,
    of: workload.Part,
    t: Translator,
    *,
    leaders: pd.DataFrame | None,
    departments: pd.DataFrame | None,
) -> str:
    """The rows of a list that is narrowed to a state or a month: how many, who carries and leads
    most.

    Args:
        total: how many rows there are.
        of: what part of the list they are.
        leaders, departments: as `headline` has them, of the rows.
    """
    text = t("part.count", what=part(of, t), n=total)
    return _sentence(text, total, leaders, departments, t)


def _sentence(
    text: str,
    total: int,
    leaders: pd.DataFrame | None,
    departments: pd.DataFrame | None,
    t: Translator,
) -> str:
    parts = [text]
    if leaders is not None and total:
        parts.append(_most_with_share("headline.leader", leaders, "measures", total, t))
    if departments is not None and total:
        parts.append(_most_with_share("headline.department", departments, "lead", total, t))
    return t("text.semicolon").join(part for part in parts if part) + t("text.stop")


def _most_with_share(key: str, frame: pd.DataFrame, column: str, total: int, t: Translator) -> str:
    _, count = workload.concentration(frame, column)
    return who_has_most(key, frame, column, t, share=share(count / total))


def _due(months: pd.DataFrame, number: int, year: int, t: Translator) -> str:
    """What falls due in a month, and beside it what is due then because its year ends (全年)."""
    of_month = months.iloc[number - 1]
    due = int(of_month["due"])
    ongoing = int(of_month["ongoing"])
    key = "headline.due" if due else "headline.none_due"
    text = t(key, month=months_of_year([number], year, t), n=due)
    if ongoing:
        text += t("headline.ongoing", n=ongoing)
    return text


def month_rows(month: str, months: pd.DataFrame, t: Translator) -> str:
    """The heading of a month's rows. month: 2020-08; months: `workload.by_month` of its year."""
    year, number = year_and_month(month)
    return _due(months, number, year, t)
