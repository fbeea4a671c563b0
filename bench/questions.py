"""The overview's questions, asked of the product, of DuckDB and of polars: ``python -m bench.questions TABLE``.

Five questions — load by leader, department × role, month due, department × month, leader × department — of all
measures, and of one section and leader. All answer the same: the two grids name the twenty busiest and put the rest
together, as the page shows them; counts are compared before anything is timed. What is prepared once is not timed: the
product's table, and for the others a table of the same rows with the names split into lists already and the month due
worked out. Both get text and dictionary-coded names (ENUM, Categorical), and the faster of the two counts.
Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

import duckdb
import polars as pl

AS_OF = date(2023, 3, 15)
TOP = 20
PAUSE = (
    0.1  # seconds before each is asked: the threads of the one before clean up after their answer
)
ROLES: tuple[Literal["lead", "support"], ...] = ("lead", "support")


@dataclass(frozen=True)
class Selection:
    """A section and a leader, or everything."""

    section: str = ""
    leader: str = ""


Sums = dict[str, list[int]]  # what two answers to the same questions must share


# ---- the product: its calls stand here and nowhere else -----------------------------------------------------------


def overview_questions(table: Any, as_of: date, selection: Selection) -> list[Any]:
    """Ask the product what the overview asks."""
    from lib import measures, workload

    filters = [[value] if value else [] for value in (selection.section, selection.leader)]
    rows = measures.select(table, sections=filters[0], leaders=filters[1])
    return [
        workload.by_leader(table, rows, as_of),
        workload.by_department(table, rows, weight=0.5),
        workload.by_month(table, rows, as_of.year),
        [workload.department_by_month(table, rows, as_of.year, "due", role, TOP) for role in ROLES],
        [workload.leader_by_department(table, rows, role, TOP) for role in ROLES],
    ]


def overview_sums(answers: list[Any]) -> Sums:
    leaders, departments, months, by_month, by_leader = answers
    return {
        "leader": sorted(leaders["measures"].tolist()),
        "department × role": sorted(
            [*departments["lead"].tolist(), *departments["support"].tolist()]
        ),
        "month": months["due"].tolist(),
        "department × month": [int(grid.counts.sum()) for grid in by_month],
        "leader × department": [int(grid.counts.sum()) for grid in by_leader],
    }


def prepared(table: Any) -> pl.DataFrame:
    """The product's rows as the others get them."""
    import pyarrow as pa

    wanted = ["section", "leaders", "lead_departments", "support_departments", "due", "ongoing"]
    frame = pl.from_arrow(pa.Table.from_pandas(table.rows[wanted], preserve_index=False))
    assert isinstance(frame, pl.DataFrame)
    this_year = ~pl.col("ongoing").fill_null(value=False) & (pl.col("due").dt.year() == AS_OF.year)
    return frame.select(
        "section",
        "leaders",
        lead="lead_departments",
        support="support_departments",
        month=pl.when(this_year).then(pl.col("due").dt.month()),
    )


# ---- those it is compared with -----------------------------------------------------------------------------------


class Contestant(Protocol):
    def ask(self, selection: Selection) -> Any: ...
    def sums(self, answers: Any) -> Sums: ...


class Product:
    def __init__(self, table: Any) -> None:
        self.table = table

    def ask(self, selection: Selection) -> list[Any]:
        return overview_questions(self.table, AS_OF, selection)

    def sums(self, answers: list[Any]) -> Sums:
        return overview_sums(answers)


class Polars:
    """Lazy frames, collected together so that common parts run once; the streaming engine is the faster here."""

    def __init__(self, frame: pl.DataFrame, *, coded: bool) -> None:
        if coded:
            names = pl.List(pl.Categorical)
            frame = frame.with_columns(
                pl.col("section").cast(pl.Categorical),
                pl.col("leaders", "lead", "support").cast(names),
            )
        self.frame = frame

    def ask(self, selection: Selection) -> list[pl.DataFrame]:
        rows = self.frame.lazy()
        if selection.section:
            rows = rows.filter(
                pl.col("section") == selection.section,
                pl.col("leaders").list.contains(selection.leader),
            )
        named = pl.concat(
            rows.select("leaders", "month", department=role)
            .explode("department")
            .with_columns(role=pl.lit(number, pl.Int8))
            .filter(pl.col("department").is_not_null())
            for number, role in enumerate(ROLES)
        )
        leaders = (
            rows.select(leader="leaders").explode("leader").drop_nulls().group_by("leader").len()
        )
        departments = named.group_by("department", "role").len()
        months = rows.filter(pl.col("month").is_not_null()).group_by("month").len()
        first = pl.collect_all([leaders, departments, months], engine="streaming")

        busiest = first[0].top_k(TOP, by="len")["leader"].to_list()
        which = pl.lit(value=False)
        for number in range(len(ROLES)):
            top = (
                first[1]
                .filter(pl.col("role") == number)
                .top_k(TOP, by="len")["department"]
                .to_list()
            )
            which = which | ((pl.col("role") == number) & pl.col("department").is_in(top))
        department = pl.when(which).then("department").alias("department")
        by_month = (
            named.filter(pl.col("month").is_not_null()).group_by(department, "role", "month").len()
        )
        leader = pl.when(pl.col("leaders").is_in(busiest)).then("leaders").alias("leader")
        pairs = named.explode("leaders").filter(pl.col("leaders").is_not_null())
        by_leader = pairs.group_by(leader, department, "role").len()
        return [*first, *pl.collect_all([by_month, by_leader], engine="streaming")]

    def sums(self, answers: list[pl.DataFrame]) -> Sums:
        leaders, departments, months, by_month, by_leader = answers
        due = dict(months.iter_rows())
        return {
            "leader": sorted(leaders["len"].to_list()),
            "department × role": _with_zeros(
                departments.select("department", "role", "len").rows()
            ),
            "month": [due.get(month, 0) for month in range(1, 13)],
            "department × month": [
                int(by_month.filter(role=number)["len"].sum()) for number in range(2)
            ],
            "leader × department": [
                int(by_leader.filter(role=number)["len"].sum()) for number in range(2)
            ],
        }


class Duck:
    """Tables in DuckDB's own memory; answers are kept as temporary tables, so nothing is paid for fetching them."""

    def __init__(self, frame: pl.DataFrame, *, coded: bool) -> None:
        self.base = duckdb.connect()
        self.answers = 0
        self.base.register("given", frame.to_arrow())
        self.base.execute("CREATE TABLE measures AS SELECT * FROM given")
        self.base.unregister("given")
        if not coded:
            return
        for name, values in (
            ("l", "unnest(leaders)"),
            ("d", "unnest(lead || support)"),
            ("s", "section"),
        ):
            seen = (
                f"SELECT DISTINCT x FROM (SELECT {values} AS x FROM measures) WHERE x IS NOT NULL"
            )
            self.base.execute(f"CREATE TYPE {name} AS ENUM ({seen})")
        columns = "section::s AS section, leaders::l[] AS leaders, lead::d[] AS lead, support::d[] AS support, month"
        self.base.execute(f"CREATE TABLE coded AS SELECT {columns} FROM measures")
        self.base.execute("DROP TABLE measures; ALTER TABLE coded RENAME TO measures")

    def ask(self, selection: Selection) -> list[str]:
        rows = "measures"
        if selection.section:
            rows = "chosen"
            fits = "section = ? AND list_contains(leaders, ?)"
            question = f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM measures WHERE {fits}"
            self.base.execute(question, [selection.section, selection.leader])
        parts = (
            f"SELECT unnest({role}) AS department, {n} AS role, leaders, month FROM {rows}"
            for n, role in enumerate(ROLES)
        )
        named = f"({' UNION ALL '.join(parts)})"
        leading = f"(SELECT unnest(leaders) AS leader FROM {rows})"
        first = [
            self._count("leader", leading),
            self._count("department, role", named),
            self._count("month", f"{rows} WHERE month IS NOT NULL"),
        ]

        leaders = self._top(f"SELECT leader FROM {first[0]}")
        in_top = [
            f"role = {n} AND department IN ({self._top(f'SELECT department FROM {first[1]} WHERE role = {n}')})"
            for n in (0, 1)
        ]
        department = f"CASE WHEN {' OR '.join(in_top)} THEN department END AS department"
        leader = f"CASE WHEN leader IN ({leaders}) THEN leader END AS leader"
        pairs = f"(SELECT unnest(leaders) AS leader, department, role FROM {named})"
        return [
            *first,
            self._count(f"{department}, role, month", f"{named} WHERE month IS NOT NULL"),
            self._count(f"{leader}, {department}, role", pairs),
        ]

    def _count(self, what: str, where: str) -> str:
        """Count by ``what`` into a temporary table; its name."""
        self.answers += 1
        name = f"answer_{self.answers % 10}"
        self.base.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {what}, count(*) AS n FROM {where} GROUP BY ALL"
        )
        return name

    def _top(self, question: str) -> str:
        names = self.base.execute(f"{question} ORDER BY n DESC LIMIT {TOP}").fetchall()
        return ", ".join("'" + str(name).replace("'", "''") + "'" for (name,) in names) or "NULL"

    def sums(self, answers: list[str]) -> Sums:
        def fetch(question: str) -> list[tuple[Any, ...]]:
            return self.base.execute(question).fetchall()

        leaders, departments, months, by_month, by_leader = answers
        due = dict(fetch(f"SELECT month, n FROM {months}"))
        totals = {
            name: dict(fetch(f"SELECT role, sum(n)::BIGINT FROM {name} GROUP BY role"))
            for name in (by_month, by_leader)
        }
        return {
            "leader": sorted(n for (n,) in fetch(f"SELECT n FROM {leaders}")),
            "department × role": _with_zeros(
                fetch(f"SELECT department, role, n FROM {departments}")
            ),
            "month": [due.get(month, 0) for month in range(1, 13)],
            "department × month": [totals[by_month].get(number, 0) for number in range(2)],
            "leader × department": [totals[by_leader].get(number, 0) for number in range(2)],
        }


def _with_zeros(counts: list[tuple[Any, ...]]) -> list[int]:
    """The product's frame has one row a department with both roles, so a role that it never has is a 0 there."""
    names = {name for name, _, _ in counts}
    return sorted([0] * (2 * len(names) - len(counts)) + [n for _, _, n in counts])


# ---- the comparison ----------------------------------------------------------------------------------------------


def prepared_plainly(path: Path) -> pl.DataFrame:
    """The self-test's way to the same frame, without the product: separators split, `8月` read, nothing else."""
    frame = (
        pl.read_parquet(path)
        if path.suffix == ".parquet"
        else pl.read_csv(path, infer_schema=False)
    )
    departments = pl.col("责任部门").str.replace_all("[，；]", "、").str.split("、")
    frame = frame.with_columns(pl.col("责任领导", "责任部门").replace("", None))
    return frame.select(
        section="板块",
        leaders=pl.col("责任领导").str.split("、"),
        lead=departments.list.head(1),
        support=departments.list.slice(1),
        month=pl.when(pl.col("年度") == str(AS_OF.year))
        .then(pl.col("完成时限").str.extract(r"^(?:\d{4}年)?(\d{1,2})月").cast(pl.Int8))
        .replace(13, None),
    )


def busiest(frame: pl.DataFrame) -> Selection:
    """The leader who carries most, and the section where most of it is."""
    named = frame.lazy().select("section", leader="leaders").explode("leader").drop_nulls()
    pairs = (
        named.group_by("leader", "section")
        .len()
        .collect()
        .sort("len", "leader", "section", descending=True)
    )
    if pairs.is_empty():
        return Selection()
    leader = (
        pairs.group_by("leader")
        .agg(pl.col("len").sum())
        .sort("len", "leader", descending=True)["leader"][0]
    )
    return Selection(str(pairs.filter(pl.col("leader") == leader)["section"][0]), str(leader))


def compare(
    path: Path, repeat: int, *, alone: bool = False, self_test: bool = False
) -> dict[str, Any]:
    """Medians in ms over all questions; ``alone`` asks only the product."""
    contestants: dict[str, Contestant] = {}
    if self_test:
        frame = prepared_plainly(path)
        contestants["product"] = Polars(frame, coded=True)
    else:
        from lib import measures

        table = measures.read(path)
        frame = prepared(table)
        contestants["product"] = Product(table)
    if not alone:
        contestants["DuckDB text"], contestants["DuckDB ENUM"] = (
            Duck(frame, coded=False),
            Duck(frame, coded=True),
        )
        contestants["polars text"] = Polars(frame, coded=False)
        contestants["polars Categorical"] = Polars(frame, coded=True)
    selections = {"all": Selection(), "section + leader": busiest(frame)}
    del frame

    differences = []
    for label, selection in selections.items():
        found = {name: who.sums(who.ask(selection)) for name, who in contestants.items()}
        for question, expected in found["product"].items():
            wrong = [name for name, sums in found.items() if sums[question] != expected]
            differences += [f"{question} ({label}): {name}" for name in wrong]

    times: dict[str, dict[str, list[float]]] = {
        name: {label: [] for label in selections} for name in contestants
    }
    for _ in range(repeat):
        for label, selection in selections.items():
            for name, who in contestants.items():
                time.sleep(PAUSE)
                begin = time.perf_counter()
                who.ask(selection)
                times[name][label].append((time.perf_counter() - begin) * 1000)
    return {
        "ms": {
            name: {label: statistics.median(t) for label, t in by.items()}
            for name, by in times.items()
        },
        "differences": differences,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="only the product")
    parser.add_argument("--self-test", action="store_true", help="polars plays the product")
    given = parser.parse_args()
    print(
        json.dumps(compare(given.table, given.repeat, alone=given.alone, self_test=given.self_test))
    )


if __name__ == "__main__":
    main()
