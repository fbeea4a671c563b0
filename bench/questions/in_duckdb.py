"""The questions in DuckDB, over names as text or as ENUM."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from bench.questions.contestant import MONTHS, ROLES, TOP, Answers, Selection, Sums, with_zeros

KEPT_ANSWERS = 10  # tables, of which each question makes one
TYPES = {"l": "unnest(leaders)", "d": "unnest(lead || support)", "s": "section"}
CODED = (
    "section::s AS section, leaders::l[] AS leaders, lead::d[] AS lead, "
    "support::d[] AS support, month"
)


class Duck:
    """Tables in DuckDB's own memory.

    Answers are kept as temporary tables, so nothing is paid for fetching them: an answer is the
    name of its table.
    """

    def __init__(self, frame: pl.DataFrame, *, coded: bool) -> None:
        self.base = duckdb.connect()
        self.count_of_answers = 0
        self.base.register("given", frame.to_arrow())
        self.base.execute("CREATE TABLE measures AS SELECT * FROM given")
        self.base.unregister("given")
        if coded:
            self._code_names()

    def _code_names(self) -> None:
        for name, values in TYPES.items():
            every = f"SELECT {values} AS x FROM measures"
            different = f"SELECT DISTINCT x FROM ({every}) WHERE x IS NOT NULL"
            self.base.execute(f"CREATE TYPE {name} AS ENUM ({different})")
        self.base.execute(f"CREATE TABLE coded AS SELECT {CODED} FROM measures")
        self.base.execute("DROP TABLE measures; ALTER TABLE coded RENAME TO measures")

    def ask(self, selection: Selection) -> Answers:
        """Answer the three lists, then the two grids, which show the busiest of the lists."""
        rows = "measures"
        if selection.section:
            rows = self._select(selection)
        parts = []
        for number, role in enumerate(ROLES):
            columns = f"unnest({role}) AS department, {number} AS role, leaders, month"
            parts.append(f"SELECT {columns} FROM {rows}")
        named = f"({' UNION ALL '.join(parts)})"
        each_leader = f"(SELECT unnest(leaders) AS leader FROM {rows})"
        leaders = self._count("leader", each_leader)
        departments = self._count("department, role", named)
        months = self._count("month", f"{rows} WHERE month IS NOT NULL")

        department = f"CASE WHEN {self._in_top(departments)} THEN department END AS department"
        busiest = self._top(f"SELECT leader FROM {leaders}")
        leader = f"CASE WHEN leader IN ({busiest}) THEN leader END AS leader"
        pairs = f"(SELECT unnest(leaders) AS leader, department, role FROM {named})"
        return Answers(
            leaders,
            departments,
            months,
            self._count(f"{department}, role, month", f"{named} WHERE month IS NOT NULL"),
            self._count(f"{leader}, {department}, role", pairs),
        )

    def _select(self, selection: Selection) -> str:
        """Select measures into a temporary table; its name."""
        fits = "section = ? AND list_contains(leaders, ?)"
        question = f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM measures WHERE {fits}"
        self.base.execute(question, [selection.section, selection.leader])
        return "chosen"

    def _count(self, what: str, where: str) -> str:
        """Count into a temporary table; its name."""
        self.count_of_answers += 1
        name = f"answer_{self.count_of_answers % KEPT_ANSWERS}"
        question = f"SELECT {what}, count(*) AS n FROM {where} GROUP BY ALL"
        self.base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {question}")
        return name

    def _in_top(self, departments: str) -> str:
        """Give the condition that a department is one of the busiest in its role."""
        conditions = []
        for number in range(len(ROLES)):
            top = self._top(f"SELECT department FROM {departments} WHERE role = {number}")
            conditions.append(f"role = {number} AND department IN ({top})")
        return " OR ".join(conditions)

    def _top(self, question: str) -> str:
        """Give the names with the highest counts, quoted."""
        names = self._fetch(f"{question} ORDER BY n DESC LIMIT {TOP}")
        quoted = ["'" + str(name).replace("'", "''") + "'" for (name,) in names]
        return ", ".join(quoted) or "NULL"

    def sums(self, answers: Answers) -> Sums:
        """Make answers comparable."""
        leaders = self._fetch(f"SELECT n FROM {answers.leaders}")
        departments = self._fetch(f"SELECT department, role, n FROM {answers.departments}")
        due = dict(self._fetch(f"SELECT month, n FROM {answers.months}"))
        return Sums(
            sorted(count for (count,) in leaders),
            with_zeros(departments),
            [due.get(month, 0) for month in MONTHS],
            self._sum_of_each_role(answers.department_months),
            self._sum_of_each_role(answers.leader_departments),
        )

    def _sum_of_each_role(self, grid: str) -> list[int]:
        totals = dict(self._fetch(f"SELECT role, sum(n)::BIGINT FROM {grid} GROUP BY role"))
        return [totals.get(number, 0) for number in range(len(ROLES))]

    def _fetch(self, question: str) -> list[tuple[Any, ...]]:
        return self.base.execute(question).fetchall()
