"""Sentences computed from the data: headlines, the findings above charts, the filters in words, what a weight changes.

Each takes what `workload` answered and the words `t`, and gives plain text; nothing here is markup. Who is named as
having most is all who tie for it, and what a count leaves out is said beside it (DESIGN.md §2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from lib import workload
from lib.i18n import Translator

_NAMED = 3  # names that a sentence holds before it says how many there are
_YEAR = 12  # months


def day(value: date, t: Translator) -> str:
    """A date as the reader's language writes it: 2020年9月15日, 15 Sep 2020."""
    return t(
        "date.day",
        year=value.year,
        month=value.month,
        day=value.day,
        name=t(f"month.{value.month}"),
    )


def month(value: str, t: Translator) -> str:
    """A month of the URL in words: 2020-12 is 2020年12月, Dec 2020."""
    year, number = map(int, value.split("-"))
    return _months([number], year, t)


def years(found: Sequence[int], t: Translator) -> str:
    """Years, ascending, in short: 2019–2021、2025."""
    runs: list[list[int]] = []
    for year in found:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return t("text.separator").join(
        f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs
    )


def names(found: Sequence[str], kind: str, t: Translator) -> str:
    """Names in a row; beyond three, the first ones and how many there are in all. kind: leader, department or month."""
    if len(found) > _NAMED:
        first = t("text.separator").join(found[:_NAMED])
        return t(f"text.many.{kind}", names=first, n=len(found) - _NAMED, total=len(found))
    return _joined(found, t)


def _joined(parts: Sequence[str], t: Translator) -> str:
    *first, last = parts
    return t("text.and").join([*([t("text.separator").join(first)] if first else []), last])


def share(part: float) -> str:
    """A share as whole per cent; a little is never 0 %, and nearly all never 100 %."""
    text = f"{part:.0%}"
    if part < 1 and text == "100%":
        return ">99%"
    return "<1%" if part and text == "0%" else text


def _most(key: str, frame: pd.DataFrame, column: str, t: Translator, **more: object) -> str:
    """Who is at the top of a load frame by a column, "" if nobody. `key` is told names, count, and n: how many tie."""
    found, count = workload.concentration(frame, column)
    if not found:
        return ""
    kind = str(frame.columns[0])
    all_tie = len(found) > _NAMED and len(found) == np.count_nonzero(frame[column])
    who = t(f"text.every.{kind}", n=len(found)) if all_tie else names(found, kind, t)
    return t(key, names=who, n=len(found), count=_number(count), **more)


def _number(value: float) -> float:
    """A count, or a weighted load with two decimals at most: 9, 8.5."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded


# --- headlines -------------------------------------------------------------------------------------------------------


def headline(
    total: int,
    as_of: date,
    t: Translator,
    *,
    months: pd.DataFrame,
    leaders: pd.DataFrame,
    departments: pd.DataFrame,
) -> str:
    """The overview in one sentence: how many, what this month and the fullest month hold, who carries and leads most.

    months: `workload.by_month` of the year of as_of; leaders: `by_leader`; departments: `by_department`, all of them.
    """
    if not total:
        return t("headline.nothing")
    year = _year_to_name(months, as_of.year, total)
    due = [t("headline.total", n=total), _due(months, as_of.month, year, t)]
    peak, count = workload.peak(months)
    if peak and as_of.month not in peak:
        due.append(
            t("headline.peak", months=_months(peak, 0, t), n=len(peak), count=_number(count))
        )
    top = [_shared("headline.leader", leaders, "measures", total, t)]
    top.append(_shared("headline.department", departments, "lead", total, t))
    return t("text.semicolon").join([t("text.comma").join(due), *filter(None, top)]) + t(
        "text.stop"
    )


def _shared(key: str, frame: pd.DataFrame, column: str, total: int, t: Translator) -> str:
    _, count = workload.concentration(frame, column)
    return _most(key, frame, column, t, share=share(count / total))


def _due(months: pd.DataFrame, month: int, year: int, t: Translator) -> str:
    """What falls due in a month, and beside it what is due then because its year ends (全年)."""
    due, ongoing = (int(months[name].iloc[month - 1]) for name in ("due", "ongoing"))
    text = t("headline.due" if due else "headline.none_due", month=_months([month], year, t), n=due)
    return text + (t("headline.ongoing", n=ongoing) if ongoing else "")


def _months(found: Sequence[int], year: int, t: Translator) -> str:
    """Months in a row, as a span where they follow one another, with the year unless it is 0. found: ascending."""
    texts = [t(f"month.{month}") for month in found]
    if len(found) >= _NAMED and found[-1] - found[0] == len(found) - 1:
        text = t("date.months", first=texts[0], last=texts[-1])
    else:
        text = names(texts, "month", t)
    return t("date.month", year=year, month=text) if year else text


def _year_to_name(months: pd.DataFrame, year: int, total: int) -> int:
    """The year, if the months of the year don't hold all the measures, so that it must be named; else 0."""
    return year if int(months["due"].sum() + months["ongoing"].sum()) < total else 0


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

    lead: how many of the measures a department leads; it supports the others.
    """
    if lead is None:
        text = t("finding.person", name=name, n=total)
    else:
        text = t("finding.department", name=name, n=total, lead=lead, support=total - lead)
    peak, count = workload.peak(months)
    if not peak:
        return text
    found, due = _months(peak, _year_to_name(months, year, total), t), int(months["due"].sum())
    if count == due:
        return text + t("finding.person_due", months=found, n=due)
    return text + t("finding.person_peak", months=found, n=len(peak), count=_number(count))


# --- findings above charts -------------------------------------------------------------------------------------------


def months_finding(months: pd.DataFrame, year: int, outside: int, total: int, t: Translator) -> str:
    """What the strip of months shows: the peak, and what of the total stands in none of its bars.

    months: `workload.by_month`; outside: `workload.outside`.
    """
    due, ongoing = int(months["due"].sum()), int(months["ongoing"].sum())
    rest = {"ongoing": ongoing, "outside": outside, "undated": total - due - ongoing - outside}
    parts = [t(f"finding.rest.{name}", n=n) for name, n in rest.items() if n]
    text = _peak_finding(months, year, t)
    return t("finding.besides", text=text, rest=_joined(parts, t)) if parts else text


def _peak_finding(months: pd.DataFrame, year: int, t: Translator) -> str:
    peak, count = workload.peak(months)
    if not peak:
        return t("finding.no_peak", year=year)
    if len(peak) == _YEAR:
        return t("finding.every_month", year=year, count=_number(count))
    due = int(months["due"].sum())
    if count == due:
        return t("finding.one_month", year=year, months=_months(peak, 0, t), n=due)
    return t(
        "finding.peak", year=year, months=_months(peak, 0, t), n=len(peak), count=_number(count)
    )


def leaders_finding(leaders: pd.DataFrame, total: int, t: Translator) -> str:
    """Who carries most, with the share and how many share the load; why the sum exceeds the total where it does."""
    if leaders.empty:
        return t("finding.no_leader")
    key = "finding.leader" if len(leaders) > 1 else "finding.only_leader"
    most = share(int(leaders["measures"].max()) / total)
    text = _most(key, leaders, "measures", t, share=most, people=len(leaders))
    extra = int(leaders["measures"].sum()) - total
    return text + (t("finding.shared", n=extra) if extra > 0 else "")


def pressing_finding(leaders: pd.DataFrame, t: Translator) -> str:
    """Who has most past the deadline, and who most due this month. leaders: `by_leader`, all of them."""
    parts = [
        _most(f"finding.pressing.{state}", leaders, state, t) for state in ("passed", "this_month")
    ]
    return t("text.semicolon").join(filter(None, parts)) or t("finding.nothing_pressing")


def departments_finding(departments: pd.DataFrame, t: Translator) -> str:
    """Who leads most and who supports most, as two things. departments: `by_department`, all of them."""
    parts = [_most(f"finding.most.{role}", departments, role, t) for role in workload.ROLES]
    return t("text.comma").join(filter(None, parts)) or t("finding.no_department")


def grid_finding(grid: workload.Grid, key: str, t: Translator) -> str:
    """The fullest cell of a grid, and how many more are as full. The row and column of others don't count.

    key: leader_department, departments_together, or due and in_force for a grid of months.
    """
    counts = grid.counts[
        : len(grid.rows) - bool(grid.others[0]), : len(grid.columns) - bool(grid.others[1])
    ]
    if not counts.size or not counts.max():
        return t("finding.empty")
    down, across = np.nonzero(counts == counts.max())
    columns = [grid.columns[at] for at in across[down == down[0]]]
    months = key in ("due", "in_force")
    found = _months([*map(int, columns)], 0, t) if months else names(columns, "department", t)
    count = _number(counts.max())
    text = t(
        f"finding.cell.{key}", row=grid.rows[down[0]], column=found, n=len(columns), count=count
    )
    if len(down) > len(columns):
        text += t("finding.cell_ties", n=len(down) - len(columns))
    return t("finding.shown", text=text) if any(grid.others) else text


def weight_effect(departments: pd.DataFrame, weight: float, t: Translator) -> list[str]:
    """What the weight does to the ranking: who is first at it, and where first place or a neighbour's place would turn.

    departments: `workload.by_department` at that weight, all of them.
    """
    if departments.empty:
        return [t("finding.no_department")]
    top, _ = workload.concentration(departments, "weighted")
    lines = [
        _most("weight.first", departments, "weighted", t, w=f"{weight:g}")
        or t("weight.none", w=f"{weight:g}")
    ]
    changes = workload.rank_changes(departments, weight)
    first = [change for change in changes if {change[0], change[1]} & set(top)][:1]
    for upper, lower, at, tie in dict.fromkeys([*first, *changes[:1]]):
        key = "weight.tie" if tie else "weight.above" if at > weight else "weight.below"
        lines.append(t(key, upper=upper, lower=lower, w=_number(at)))
    return lines


def next_finding(frame: pd.DataFrame, t: Translator) -> str:
    """What comes next: the day, how far away it is, and the first measure of that day. frame: `workload.next_due`."""
    if frame.empty:
        return t("finding.nothing_next")
    due, left, title = (frame[name].iloc[0] for name in ("due", "days_left", "title"))
    if int((frame["due"] == due).sum()) > 1:
        title = t("finding.and_more", title=title)
    return t(
        "finding.next" if left else "finding.next_today", due=day(due, t), title=title, n=int(left)
    )


def timeline_finding(bars: pd.DataFrame, as_of: date, t: Translator) -> str:
    """What the timeline shows: how many measures in how many lanes, how many windows are open on the day."""
    measures = bars["position"].nunique()
    spans = zip(bars["position"], bars["start"], bars["end"], strict=True)
    running = {position for position, start, end in spans if start and start <= as_of <= end}
    text = t(
        "finding.timeline",
        measures=t("headline.total", n=measures),
        lanes=t("finding.lanes", n=bars["lane"].nunique()),
        running=len(running),
    )
    return text + (t("finding.in_several_lanes") if len(bars) > measures else "")


def clauses(parts: Sequence[str], t: Translator) -> str:
    """Clauses in one line, the first with a capital."""
    text = t("text.semicolon").join(parts)
    return text[:1].upper() + text[1:]


def month_rows(month: str, months: pd.DataFrame, t: Translator) -> str:
    """The heading of a month's rows. month: 2020-08; months: `workload.by_month` of its year."""
    year, number = map(int, month.split("-"))
    return _due(months, number, year, t)


# --- the frame -------------------------------------------------------------------------------------------------------


def filters(chosen: Mapping[str, Sequence[str]], role: str, query: str, t: Translator) -> str:
    """The filters in force in words, "" where there are none. chosen: field → values; role: of the departments."""
    parts = []
    for field, values in chosen.items():
        if values:
            text = t("filter.in_words", field=t(f"field.{field}"), values=t("text.or").join(values))
            parts.append(
                text
                + (
                    t("filter.role", role=t(f"role.{role}"))
                    if role and field == "department"
                    else ""
                )
            )
    if query.strip():
        parts.append(t("filter.query", query=query.strip()))
    return t("text.semicolon").join(parts)
