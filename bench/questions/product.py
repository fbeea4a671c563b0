"""The product, asked: its calls stand here and nowhere else in the questions."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa

from bench.questions.contestant import AS_OF, ROLES, TOP, Answers, Selection, Sums
from lib import measures, workload

COLUMNS = ["section", "leaders", "lead_departments", "support_departments", "due", "ongoing"]


class Product:
    """The board's own table."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def ask(self, selection: Selection) -> Answers:
        """Ask what the overview asks."""
        rows = measures.select(
            self.table,
            sections=[selection.section] if selection.section else [],
            leaders=[selection.leader] if selection.leader else [],
        )
        year = AS_OF.year
        return Answers(
            workload.by_leader(self.table, rows, AS_OF),
            workload.by_department(self.table, rows, weight=0.5),
            workload.by_month(self.table, rows, year),
            [
                workload.department_by_month(self.table, rows, year, "due", role, TOP)
                for role in ROLES
            ],
            [workload.leader_by_department(self.table, rows, role, TOP) for role in ROLES],
        )

    def sums(self, answers: Answers) -> Sums:
        """Make answers comparable."""
        departments = answers.departments
        by_role = [*departments["lead"].tolist(), *departments["support"].tolist()]
        return Sums(
            sorted(answers.leaders["measures"].tolist()),
            sorted(by_role),
            answers.months["due"].tolist(),
            [int(grid.counts.sum()) for grid in answers.department_months],
            [int(grid.counts.sum()) for grid in answers.leader_departments],
        )


def prepared(table: Any) -> pl.DataFrame:
    """Give the product's rows as the others get them.

    Returns:
        section, leaders, lead and support (lists of names), month (in which the measure is due,
        null outside the year and for what is ongoing).
    """
    frame = pl.from_arrow(pa.Table.from_pandas(table.rows[COLUMNS], preserve_index=False))
    assert isinstance(frame, pl.DataFrame)
    is_ongoing = pl.col("ongoing").fill_null(value=False)
    is_this_year = pl.col("due").dt.year() == AS_OF.year
    return frame.select(
        "section",
        "leaders",
        lead="lead_departments",
        support="support_departments",
        month=pl.when(~is_ongoing & is_this_year).then(pl.col("due").dt.month()),
    )
