"""Sentences computed from the data: headlines, the findings above charts, the filters in words, what a weight changes.

Each takes what `workload` answered and the words `t`, and gives plain text; nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from lib import workload
from lib.i18n import Translator

_NAMED = 3  # names that a sentence holds before it says how many more there are


def day(value: date, t: Translator) -> str:
    """A date as the reader's language writes it: 2020年9月15日, 15 September 2020."""
    return t("date.day", year=value.year, month=value.month, day=value.day, name=t(f"month.{value.month}"))


def names(found: Sequence[str], t: Translator) -> str:
    """Names in a row; beyond three, the first ones and how many there are."""
    text = t("text.separator").join(found[:_NAMED])
    return text if len(found) <= _NAMED else t("text.and_more", names=text, n=len(found))


def share(part: float) -> str:
    """A share as whole per cent; what is more than nothing is never 0 %."""
    return f"{max(1, round(part * 100)) if part else 0}%"


def headline(total: int, months: pd.DataFrame, leaders: pd.DataFrame, departments: pd.DataFrame, as_of: date, t: Translator) -> str:
    """The overview in one sentence: how many, what this month and the fullest month hold, who carries and leads most.

    months: `workload.by_month`; leaders: `by_leader`; departments: `by_department`.
    """
    if not total:
        return t("headline.nothing")
    counted = t("text.comma").join((t("headline.total", n=total), _due_part(months, as_of, t)))
    carried = _most_part("headline.leader", leaders, "measures", total, t)
    led = _most_part("headline.department", departments, "lead", total, t)
    return t("text.semicolon").join(part for part in (counted, carried, led) if part) + t("text.stop")


def _due_part(months: pd.DataFrame, as_of: date, t: Translator) -> str:
    now = months.iloc[as_of.month - 1]
    text = t("headline.due", month=t(f"month.{as_of.month}"), n=int(now["due"]))
    if now["ongoing"]:
        text += t("headline.ongoing", n=int(now["ongoing"]))
    peak, most = workload.peak(months)
    if peak and as_of.month not in peak:
        text += t("headline.peak", months=_months(peak, t), n=most)
    return text


def _months(found: Sequence[int], t: Translator) -> str:
    return names([t(f"month.{month}") for month in found], t)


def _most_part(key: str, frame: pd.DataFrame, column: str, total: int, t: Translator) -> str:
    found, most = workload.concentration(frame, column)
    return t(key, names=names(found, t), n=most, share=share(most / total)) if found else ""


def months_finding(months: pd.DataFrame, year: int, outside: int, t: Translator) -> str:
    """What the strip of months shows: the peak, what runs all year, and what falls due in other years."""
    peak, most = workload.peak(months)
    ongoing = int(months["ongoing"].sum())
    text = t("finding.peak", year=year, months=_months(peak, t), n=most) if peak else t("finding.no_peak", year=year)
    text += t("finding.ongoing", n=ongoing) if ongoing else ""
    return text + (t("finding.outside", n=outside) if outside else "")


def leaders_finding(leaders: pd.DataFrame, total: int, t: Translator) -> str:
    """Who carries most, with the share and how many share the load; why the sum exceeds the total where it does."""
    found, most = workload.concentration(leaders, "measures")
    if not found:
        return t("finding.no_leader")
    text = t("finding.leader", names=names(found, t), n=most, share=share(most / total), people=len(leaders))
    extra = int(leaders["measures"].sum()) - total
    return text + (t("finding.shared", n=extra) if extra > 0 else "")


def pressing_finding(leaders: pd.DataFrame, t: Translator) -> str:
    """Who has most past the deadline, and who most due this month."""
    parts = []
    for state in ("passed", "this_month"):
        found, most = workload.concentration(leaders, state)
        if found:
            parts.append(t(f"finding.{state}", names=names(found, t), n=most))
    return t("text.semicolon").join(parts) or t("finding.nothing_pressing")


def departments_finding(departments: pd.DataFrame, t: Translator) -> str:
    """Who leads most and who supports most, as two things."""
    parts = []
    for role in workload.ROLES:
        found, most = workload.concentration(departments, role)
        if found:
            parts.append(t(f"finding.{role}", names=names(found, t), n=most))
    return t("text.comma").join(parts) or t("finding.no_department")


def grid_finding(grid: workload.Grid, key: str, t: Translator) -> str:
    """The fullest cell of a grid: `finding.<key>` with row, column, n. Rows and columns of others don't count.

    key: leader_department, departments_together, or due and in_force for a grid of months.
    """
    counts = grid.counts[: len(grid.rows) - bool(grid.others[0]), : len(grid.columns) - bool(grid.others[1])]
    if not counts.size or not counts.max():
        return t("finding.empty")
    row, column = divmod(int(counts.argmax()), counts.shape[1])
    name = grid.columns[column]
    column_name = t(f"month.{name}") if key in ("due", "in_force") else name
    return t(f"finding.{key}", row=grid.rows[row], column=column_name, n=int(counts[row, column]))


def weight_effect(departments: pd.DataFrame, weight: float, t: Translator) -> list[str]:
    """What the weight does to the ranking: who is first at it, and where first place or a neighbour's place would turn.

    departments: `workload.by_department` at that weight.
    """
    if departments.empty:
        return []
    top, most = workload.concentration(departments, "weighted")
    lines = [t("weight.first", names=names(top, t), load=f"{most:g}", w=f"{weight:g}")]
    changes = workload.rank_changes(departments, weight)
    first = [change for change in changes if {change[0], change[1]} & set(top)][:1]
    for upper, lower, at, tie in dict.fromkeys([*first, *changes[:1]]):
        key = "weight.tie" if tie else "weight.above" if at > weight else "weight.below"
        lines.append(t(key, upper=upper, lower=lower, w=f"{at:.2g}"))
    return lines


def next_finding(frame: pd.DataFrame, as_of: date, t: Translator) -> str:
    """What comes next: the first of the next measures and how far away it is. frame: `workload.next_due`."""
    if frame.empty:
        return t("finding.nothing_next")
    first = frame.iloc[0]
    left = int(first["days_left"])
    return t("finding.next" if left else "finding.next_today", due=day(first["due"], t), title=first["title"], n=left)


def filters(chosen: Mapping[str, Sequence[str]], role: str, query: str, t: Translator) -> str:
    """The filters in force in words, "" where there are none. chosen: field → values."""
    parts = [t("filter.in_words", field=t(f"field.{field}"), values=t("text.or").join(values)) for field, values in chosen.items() if values]
    if role and chosen.get("department"):
        parts[-1] += t("filter.role", role=t(f"role.{role}"))
    if query.strip():
        parts.append(t("filter.query", query=query.strip()))
    return t("text.semicolon").join(parts)


def person(name: str, months: pd.DataFrame, total: int, t: Translator) -> str:
    """One leader or department in a sentence: how many measures, when most fall due."""
    peak, most = workload.peak(months)
    text = t("finding.person", name=name, n=total)
    return text + (t("finding.person_peak", months=_months(peak, t), n=most) if peak else "")


def timeline_finding(bars: pd.DataFrame, as_of: date, t: Translator) -> str:
    """What the timeline shows: how many lanes, how many windows are open on the day."""
    running = sum(start <= as_of <= end for start, end in zip(bars["start"], bars["end"], strict=True) if start and end)
    return t("finding.timeline", lanes=bars["lane"].nunique(), n=len(bars), running=running)


def month_rows(month: str, n: int, t: Translator) -> str:
    """The heading of a month's rows. month: 2020-08."""
    return t("finding.month_rows", year=month[:4], month=t(f"month.{int(month[5:])}"), n=n)
