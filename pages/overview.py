"""Overview: what there is, what falls due when, who carries it, what comes next."""

from typing import Any, NamedTuple

import streamlit as st

from lib import workload
from lib.answers import charts, sentences, tables
from lib.web import ui


class Overview(NamedTuple):
    headline: str
    states: dict[str, int]
    months: ui.Drawing
    leaders: ui.Drawing
    departments: ui.Drawing
    coming: tuple[str, Any]


def compose(view: ui.Board) -> Overview:
    table, rows, as_of, t = view.table, view.rows, view.as_of, view.t
    months = workload.by_month(table, rows, as_of.year)
    leaders = workload.by_leader(table, rows, as_of)
    departments = workload.by_department(table, rows, weight=view.weight)
    few_leaders, few_departments = workload.top(leaders, ui.TOP), workload.top(departments, ui.TOP)
    coming = workload.next_due(table, rows, as_of, 10)
    milestones = workload.milestones(table, coming["position"].to_numpy())
    return Overview(
        headline=sentences.headline(
            view.total, as_of, t, months=months, leaders=leaders, departments=departments
        ),
        states=workload.by_state(table, rows, as_of),
        months=(
            charts.month_strip(months, as_of, t),
            "months",
            sentences.months_finding(
                months, as_of.year, workload.outside(table, rows, as_of.year), view.total, t
            ),
            lambda: tables.months(months, as_of.year, t),
        ),
        leaders=(
            charts.leader_load(few_leaders, t),
            "leaders",
            sentences.leaders_finding(leaders, view.total, t),
            lambda: tables.leaders(few_leaders, t),
        ),
        departments=(
            charts.department_load(few_departments, t, weight=view.weight),
            "departments",
            sentences.departments_finding(departments, t),
            lambda: tables.departments(few_departments, view.weight, t),
        ),
        coming=(
            sentences.next_finding(coming, t),
            tables.fitted(tables.coming(coming, milestones, as_of, t)),
        ),
    )


made = ui.board().once(compose)
ui.headline(made.headline)
ui.cards(made.states, ("this_month", "within_30", "passed", "ongoing"))
ui.figure(*made.months, ui.go("measures.py", month="{}"))
for drawing, column in zip(
    (made.leaders, made.departments), st.columns(2, gap="medium"), strict=True
):
    with column:
        ui.figure(*drawing, ui.go(f"{drawing[1]}.py", pick="{}"))
ui.heading(made.coming[0])
ui.grid(made.coming[1], "next", ui.go("measures.py", pick="{}"))
