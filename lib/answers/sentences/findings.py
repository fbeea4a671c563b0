"""The findings above charts: what each of them shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from lib import workload
from lib.answers.sentences.phrases import (
    day,
    in_a_row,
    in_sentence,
    months_in_a_row,
    names,
    plain_number,
    share,
    who_has_most,
)
from lib.i18n import Translator

MONTHS_A_YEAR: Final = 12
BY_MONTH: Final = ("due", "in_force")  # findings of grids whose columns are months


def months_finding(months: pd.DataFrame, year: int, outside: int, total: int, t: Translator) -> str:
    """What the strip of months shows: the peak, and what of the total stands in none of its bars.

    Args:
        months: `workload.by_month`.
        outside: `workload.outside`.
    """
    due = int(months["due"].sum())
    ongoing = int(months["ongoing"].sum())
    left_out = {
        "ongoing": ongoing,
        "outside": outside,
        "undated": total - due - ongoing - outside,
    }
    parts = [t(f"finding.rest.{name}", n=count) for name, count in left_out.items() if count]
    text = _peak_finding(months, year, t)
    if not parts:
        return text
    return t("finding.besides", text=text, rest=in_a_row(parts, t))


def _peak_finding(months: pd.DataFrame, year: int, t: Translator) -> str:
    fullest, most = workload.peak(months)
    count = plain_number(most)
    if not fullest:
        return t("finding.no_peak", year=year)
    if len(fullest) == MONTHS_A_YEAR:
        return t("finding.every_month", year=year, count=count)
    words = months_in_a_row(fullest, t)
    due = int(months["due"].sum())
    if most == due:
        return t("finding.one_month", year=year, months=words, n=due)
    return t("finding.peak", year=year, months=words, n=len(fullest), count=count)


def leaders_finding(leaders: pd.DataFrame, total: int, t: Translator) -> str:
    """Who carries most, with the share and how many share the load; why the sum exceeds the total
    where it does.
    """
    if leaders.empty:
        return t("finding.no_leader")
    key = "finding.leader" if len(leaders) > 1 else "finding.only_leader"
    most = share(int(leaders["measures"].max()) / total)
    text = who_has_most(key, leaders, "measures", t, share=most, people=len(leaders))
    counted_twice = int(leaders["measures"].sum()) - total
    if counted_twice > 0:
        text += t("finding.shared", n=counted_twice)
    return text


def pressing_finding(loads: pd.DataFrame, t: Translator) -> str:
    """Who has most past the deadline, and who most due this month.

    loads: `by_leader` or `by_section`, all of them.
    """
    parts = [
        who_has_most(f"finding.pressing.{state}", loads, state, t)
        for state in ("passed", "this_month")
    ]
    text = t("text.semicolon").join(part for part in parts if part)
    return text or t("finding.nothing_pressing")


def late_finding(loads: pd.DataFrame, t: Translator) -> str:
    """Who has most that is late. loads: `workload.by_kind` with a column late."""
    return who_has_most("finding.late", loads, "late", t) or t("finding.nothing_late")


def sections_finding(sections: pd.DataFrame, shared: int, t: Translator) -> str:
    """Which section holds most, and what stands in none; where the list has no sections, or one,
    that.

    Args:
        sections: `workload.by_section`, all of them.
        shared: how many of the sections are headings of several lists.
    """
    is_nobody = sections["section"] == workload.NOBODY
    named = sections[~is_nobody]
    if named.empty:
        return t("finding.no_section")
    outside = int(sections.loc[is_nobody, "measures"].sum())
    total = int(sections["measures"].sum())
    most = share(int(named["measures"].max()) / total)
    key = _key_of_sections(named["measures"])
    text = who_has_most(key, named, "measures", t, share=most, sections=len(named))
    if outside:
        text += t("finding.outside_sections", n=outside)
    if shared:
        text += t("finding.shared_sections", n=shared)
    return text


def _key_of_sections(counts: pd.Series) -> str:
    """The text that fits sections with such counts: one section, equal ones, or others."""
    if len(counts) == 1:
        return "finding.only_section"
    return "finding.section" if counts.nunique() > 1 else "finding.equal_sections"


def departments_finding(departments: pd.DataFrame, t: Translator) -> str:
    """Who leads most and who supports most, as two things.

    departments: `by_department`, all of them.
    """
    parts = [who_has_most(f"finding.most.{role}", departments, role, t) for role in workload.ROLES]
    text = t("text.comma").join(part for part in parts if part)
    return text or t("finding.no_department")


class _Fullest(NamedTuple):
    """The fullest cells of a grid.

    row: the first row that has one; columns: those of this row that are as full; most: what they
    count; ties: how many more are as full in other rows.
    """

    row: str
    columns: list[str]
    most: int
    ties: int


def grid_finding(grid: workload.Grid, key: str, t: Translator) -> str:
    """The fullest cell of a grid, and how many more are as full.

    The row and column of others don't count.

    Args:
        key: leader_department, departments_together, or due and in_force for a grid of months.
    """
    fullest = _fullest_cells(grid)
    if not fullest:
        return t("finding.empty")
    if key in BY_MONTH:
        column = months_in_a_row([int(number) for number in fullest.columns], t)
    else:
        column = names(fullest.columns, "department", t)
    text = t(
        f"finding.cell.{key}",
        row=in_sentence(fullest.row, t),
        column=column,
        n=len(fullest.columns),
        count=fullest.most,
    )
    if fullest.ties:
        text += t("finding.cell_ties", n=fullest.ties)
    if any(grid.others):
        return t("finding.shown", text=text)
    return text


def _fullest_cells(grid: workload.Grid) -> _Fullest | None:
    """The fullest cells of a grid, None where all are empty."""
    counts = grid.counts
    down_others, across_others = grid.others
    if down_others:
        counts = counts[:-1]
    if across_others:
        counts = counts[:, :-1]
    if not counts.size or not counts.max():
        return None
    most = counts.max()
    down, across = np.nonzero(counts == most)
    first_row = down[0]
    columns = [grid.columns[column] for column in across[down == first_row]]
    return _Fullest(
        row=grid.rows[first_row],
        columns=columns,
        most=int(most),
        ties=len(down) - len(columns),
    )


def weight_effect(departments: pd.DataFrame, weight: float, t: Translator) -> list[str]:
    """What the weight does to the ranking: who is first at it, and where first place or a
    neighbour's place would turn.

    Args:
        departments: `workload.by_department` at that weight, all of them.
    """
    if departments.empty:
        return [t("finding.no_department")]
    words = f"{weight:g}"
    first = who_has_most("weight.first", departments, "weighted", t, w=words)
    lines = [first or t("weight.none", w=words)]
    for change in _changes_to_tell(departments, weight):
        key = _change_key(change, weight)
        turn = plain_number(change.weight)
        lines.append(t(key, upper=change.upper, lower=change.lower, w=turn))
    return lines


def _changes_to_tell(departments: pd.DataFrame, weight: float) -> list[workload.RankChange]:
    """The nearest change of first place, and the nearest of all; once, where they are the same."""
    leading, _ = workload.concentration(departments, "weighted")
    changes = workload.rank_changes(departments, weight)
    of_first_place = [
        change for change in changes if not {change.upper, change.lower}.isdisjoint(leading)
    ]
    return list(dict.fromkeys([*of_first_place[:1], *changes[:1]]))


def _change_key(change: workload.RankChange, weight: float) -> str:
    if change.tie:
        return "weight.tie"
    if change.weight > weight:
        return "weight.above"
    return "weight.below"


def next_finding(frame: pd.DataFrame, t: Translator) -> str:
    """What comes next: the day, how far away it is, and the first measure of that day.

    frame: `workload.next_due`.
    """
    if frame.empty:
        return t("finding.nothing_next")
    first = frame.iloc[0]
    title = first["title"]
    same_day = int((frame["due"] == first["due"]).sum())
    if same_day > 1:
        title = t("finding.and_more", title=title)
    days = int(first["days_left"])
    key = "finding.next" if days else "finding.next_today"
    return t(key, due=day(first["due"], t), title=title, n=days)


def timeline_finding(lanes: workload.Lanes, total: int, running: int, t: Translator) -> str:
    """What the timeline shows: how many measures in how many lanes, how many windows are open on
    the day.

    Args:
        lanes: `workload.by_lane`.
        total: how many measures stand in them.
        running: how many of these are in force on the day.
    """
    lanes_summed_up, _ = lanes.due.others
    count = len(lanes.measures)
    if lanes_summed_up:
        count += lanes_summed_up - 1  # they stand in one lane
    text = t(
        "finding.timeline",
        measures=t("headline.total", n=total),
        lanes=t("finding.lanes", n=count),
        running=running,
    )
    if sum(lanes.measures) > total:
        text += t("finding.in_several_lanes")
    return text


def clauses(parts: Sequence[str], t: Translator) -> str:
    """Clauses in one line, the first with a capital."""
    text = t("text.semicolon").join(parts)
    return text[:1].upper() + text[1:]
