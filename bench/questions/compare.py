"""The comparison: all contestants answer the same, then each is timed in turn."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

import polars as pl

from bench.questions.contestant import AS_OF, Contestant, Selection
from bench.questions.in_duckdb import Duck
from bench.questions.in_polars import Polars

# Seconds before each is asked: the threads of the one before clean up after their answer.
PAUSE = 0.1
NO_MONTH = 13  # an invented deadline that is wrong: 13月


def compare(
    path: Path, repeat: int, *, alone: bool = False, self_test: bool = False
) -> dict[str, Any]:
    """Ask every contestant the questions over a table.

    Args:
        repeat: how often each is asked.
        alone: ask only the product.
        self_test: polars plays the product.

    Returns:
        ms: by contestant and selection the median; differences: the answers that are not the
        product's.
    """
    contestants, frame = _product(path, self_test=self_test)
    if not alone:
        contestants |= {
            "DuckDB text": Duck(frame, coded=False),
            "DuckDB ENUM": Duck(frame, coded=True),
            "polars text": Polars(frame, coded=False),
            "polars Categorical": Polars(frame, coded=True),
        }
    selections = {"all": Selection(), "section + leader": busiest(frame)}
    del frame
    return {
        "differences": _differences(contestants, selections),
        "ms": _medians(contestants, selections, repeat),
    }


def _product(path: Path, *, self_test: bool) -> tuple[dict[str, Contestant], pl.DataFrame]:
    """Give the product, and the frame from which the others are made."""
    if self_test:
        frame = prepared_plainly(path)
        return {"product": Polars(frame, coded=True)}, frame
    from bench.questions.product import Product, prepared
    from lib import measures

    table = measures.read(path)
    return {"product": Product(table)}, prepared(table)


def _differences(contestants: dict[str, Contestant], selections: dict[str, Selection]) -> list[str]:
    """Name the questions that somebody answers differently from the product."""
    differences = []
    for label, selection in selections.items():
        sums = {}
        for name, contestant in contestants.items():
            answers = contestant.ask(selection)
            sums[name] = contestant.sums(answers)._asdict()
        for question, expected in sums["product"].items():
            wrong = [name for name in sums if sums[name][question] != expected]
            differences += [f"{question} ({label}): {name}" for name in wrong]
    return differences


def _medians(
    contestants: dict[str, Contestant], selections: dict[str, Selection], repeat: int
) -> dict[str, dict[str, float]]:
    """Ask all in turn, several times over."""
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(repeat):
        for label, selection in selections.items():
            for name, contestant in contestants.items():
                time.sleep(PAUSE)
                begin = time.perf_counter()
                contestant.ask(selection)
                seconds = time.perf_counter() - begin
                times.setdefault((name, label), []).append(seconds * 1000)
    medians: dict[str, dict[str, float]] = {name: {} for name in contestants}
    for (name, label), milliseconds in times.items():
        medians[name][label] = statistics.median(milliseconds)
    return medians


def prepared_plainly(path: Path) -> pl.DataFrame:
    """Give the frame of the self-test without the product.

    Separators are split and `8月` is read, nothing else. The columns are those of
    `product.prepared`.
    """
    frame = _read(path)
    departments = pl.col("责任部门").str.replace_all("[，；]", "、").str.split("、")
    frame = frame.with_columns(pl.col("责任领导", "责任部门").replace("", None))
    month = pl.col("完成时限").str.extract(r"^(?:\d{4}年)?(\d{1,2})月").cast(pl.Int8)
    is_this_year = pl.col("年度") == str(AS_OF.year)
    return frame.select(
        section="板块",
        leaders=pl.col("责任领导").str.split("、"),
        lead=departments.list.head(1),
        support=departments.list.slice(1),
        month=pl.when(is_this_year).then(month).replace(NO_MONTH, None),
    )


def _read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, infer_schema=False)


def busiest(frame: pl.DataFrame) -> Selection:
    """Select the leader who carries most, and the section where most of it is."""
    named = frame.lazy().select("section", leader="leaders").explode("leader").drop_nulls()
    counts = named.group_by("leader", "section").len().collect()
    if counts.is_empty():
        return Selection()
    pairs = counts.sort("len", "leader", "section", descending=True)
    totals = pairs.group_by("leader").agg(pl.col("len").sum())
    leader = totals.sort("len", "leader", descending=True)["leader"][0]
    section = pairs.filter(pl.col("leader") == leader)["section"][0]
    return Selection(str(section), str(leader))
