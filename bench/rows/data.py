"""What the data costs: reading and checking a table, answering the overview's questions."""

from __future__ import annotations

import math
import statistics
from typing import Any

from bench.result import Result, Samples
from bench.setting import TEN, Setting, in_process

Milliseconds = dict[str, dict[str, float]]  # by who answered, by the selection that was asked for


def questions(setting: Setting) -> Result:
    """Ask all questions of the overview of the product, of DuckDB and of polars.

    The ratio is to the faster of the two, each in the faster of its two ways. It is NaN where the
    answers differ.
    """
    table = setting.table(setting.largest, "parquet")
    repeat = setting.times(usual=9, quick=3)
    answer = in_process("questions", table, "--repeat", repeat, *setting.flags)
    times: Milliseconds = answer["ms"]
    for name, by_selection in times.items():
        labelled = [f"{label} {ms:.1f} ms" for label, ms in by_selection.items()]
        setting.note(f"questions, {name}: {', '.join(labelled)}")

    ours = _fastest(times, "product")
    rivals = {name: _fastest(times, name) for name in ("DuckDB", "polars")}
    faster, slower = sorted(rivals, key=rivals.__getitem__)
    theirs = rivals[faster]
    ratio_to_the_slower = ours / rivals[slower]
    notes = [f"÷ {faster}, the faster; ÷ {slower} {ratio_to_the_slower:.3f}"]
    differences = answer["differences"]
    notes += [f"DIFFERS {question}" for question in differences]
    ratio = math.nan if differences else ours / theirs
    return Result(ratio, ours, theirs, "ms", "; ".join(notes))


def _fastest(times: Milliseconds, who: str) -> float:
    """Sum over the selections, in the faster of a library's two ways: a table is kept in one."""
    ways = [by_selection for name, by_selection in times.items() if name.startswith(who)]
    return min(sum(way.values()) for way in ways)


def read(setting: Setting, ending: str) -> Result:
    """Read and check a table, against the bare reading of its file."""
    path = setting.table(setting.largest, ending)
    warm = setting.table(TEN, ending)
    ours, theirs = [], []
    for _ in range(setting.times(usual=5, quick=2)):
        theirs.append(in_process("reading", "bare", path, warm))
        ours.append(in_process("reading", setting.product, path, warm))
    samples = Samples(_values(ours, "ms"), _values(theirs, "ms"))
    peak = statistics.median(_values(ours, "peak"))
    bare = statistics.median(_values(theirs, "peak"))
    return samples.result("ms", f"memory peak {peak:.0f} MB, bare {bare:.0f} MB")


def _values(readings: list[dict[str, Any]], name: str) -> list[float]:
    return [reading[name] for reading in readings]
