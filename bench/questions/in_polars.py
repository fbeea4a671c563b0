"""The questions in polars, over names as text or as Categorical."""

from __future__ import annotations

import polars as pl

from bench.questions.contestant import MONTHS, ROLES, TOP, Answers, Selection, Sums, with_zeros


class Polars:
    """Lazy frames, collected together so that common parts run once.

    The streaming engine is the faster here.
    """

    def __init__(self, frame: pl.DataFrame, *, coded: bool) -> None:
        if coded:
            names = pl.List(pl.Categorical)
            frame = frame.with_columns(
                pl.col("section").cast(pl.Categorical),
                pl.col("leaders", "lead", "support").cast(names),
            )
        self.frame = frame

    def ask(self, selection: Selection) -> Answers:
        """Answer the three lists, then the two grids, which show the busiest of the lists."""
        rows = self.frame.lazy()
        if selection.section:
            rows = rows.filter(
                pl.col("section") == selection.section,
                pl.col("leaders").list.contains(selection.leader),
            )
        named = _one_row_a_department(rows)
        has_month = pl.col("month").is_not_null()
        each_leader = rows.select(leader="leaders").explode("leader").drop_nulls()
        leaders, departments, months = pl.collect_all(
            [
                each_leader.group_by("leader").len(),
                named.group_by("department", "role").len(),
                rows.filter(has_month).group_by("month").len(),
            ],
            engine="streaming",
        )

        busiest = leaders.top_k(TOP, by="len")["leader"].to_list()
        is_busiest = pl.col("leaders").is_in(busiest)
        leader = pl.when(is_busiest).then("leaders").alias("leader")
        department = pl.when(_in_top(departments)).then("department").alias("department")
        pairs = named.explode("leaders").filter(pl.col("leaders").is_not_null())
        grids = pl.collect_all(
            [
                named.filter(has_month).group_by(department, "role", "month").len(),
                pairs.group_by(leader, department, "role").len(),
            ],
            engine="streaming",
        )
        return Answers(leaders, departments, months, *grids)

    def sums(self, answers: Answers) -> Sums:
        """Make answers comparable."""
        due = dict(answers.months.iter_rows())
        departments = answers.departments.select("department", "role", "len")
        return Sums(
            sorted(answers.leaders["len"].to_list()),
            with_zeros(departments.rows()),
            [due.get(month, 0) for month in MONTHS],
            _sum_of_each_role(answers.department_months),
            _sum_of_each_role(answers.leader_departments),
        )


def _one_row_a_department(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Give leaders, month, department and role (0 leads, 1 supports), a row a name."""
    parts = []
    for number, role in enumerate(ROLES):
        named = rows.select("leaders", "month", department=role).explode("department")
        in_role = named.with_columns(role=pl.lit(number, pl.Int8))
        parts.append(in_role.filter(pl.col("department").is_not_null()))
    return pl.concat(parts)


def _in_top(departments: pl.DataFrame) -> pl.Expr:
    """Tell whether a department is one of the busiest in its role."""
    is_shown = pl.lit(value=False)
    for number in range(len(ROLES)):
        in_role = departments.filter(pl.col("role") == number)
        top = in_role.top_k(TOP, by="len")["department"].to_list()
        is_shown = is_shown | ((pl.col("role") == number) & pl.col("department").is_in(top))
    return is_shown


def _sum_of_each_role(grid: pl.DataFrame) -> list[int]:
    return [int(grid.filter(role=number)["len"].sum()) for number in range(len(ROLES))]
