"""What stands beside the ratios: growth with the size of the table, memory, notices."""

from __future__ import annotations

import asyncio
import math
import statistics
from dataclasses import astuple, dataclass

from bench import servers, sessions
from bench.rows.one_reader import alternate_reruns
from bench.setting import MILLION, TEN, Setting, in_process

SIZES = [10, 1_000, 10_000, 100_000, MILLION]  # measures
QUICK_SIZES = 3
NOTICES = [300, 1_000, 3_000, 10_000]  # measures in a notice; 300 are some thirty pages
CLICKS_A_VISIT = 3


@dataclass(frozen=True)
class Cost:
    """What a table of one size costs; each field is a column of the results."""

    measures: str
    reading: str
    peak: str
    start: str
    server: str
    rerun: str
    questions: str
    filtered: str


def growth(setting: Setting) -> list[list[str]]:
    """Measure what each size costs: reading, start, memory, a rerun, all questions."""
    sizes = SIZES[:QUICK_SIZES] if setting.quick else SIZES
    lines = []
    for rows in sizes:
        line = list(astuple(_cost(setting, rows)))
        print("    " + " | ".join(line), flush=True)
        lines.append(line)
    return lines


def _cost(setting: Setting, rows: int) -> Cost:
    table, warm = setting.table(rows), setting.table(TEN)
    readings = [in_process("reading", setting.product, table, warm) for _ in range(3)]
    answer = in_process("questions", table, "--repeat", 5, "--alone", *setting.flags)
    questions = answer["ms"]["product"]
    with servers.Server(setting.board(rows)) as server:
        reruns = asyncio.run(alternate_reruns([server], setting.times(usual=11, quick=4)))
        resident = server.memory()
    (latencies,) = reruns.latencies
    reading_ms = statistics.median(reading["ms"] for reading in readings)
    peak = statistics.median(reading["peak"] for reading in readings)
    return Cost(
        measures=f"{rows:,}",
        reading=f"{reading_ms:,.0f}",
        peak=f"{peak:,.0f}",
        start=f"{server.warm * 1000:,.0f}",
        server=f"{resident:,.0f}",
        rerun=f"{statistics.median(latencies):.1f}",
        questions=f"{questions['all']:.1f}",
        filtered=f"{questions['section + leader']:.1f}",
    )


def memory(setting: Setting) -> list[str]:
    """Open, use and close 200 sessions, several times over, and look at the server's memory.

    The first rounds fill what Streamlit keeps on purpose: the last 128 sessions, for two minutes,
    for those who reload.
    """
    count, rounds = setting.times(usual=200, quick=40), setting.times(usual=5, quick=3)
    problems: list[str] = []
    sizes = []
    with setting.serve() as server:
        asyncio.run(sessions.visit(server.port, server.part.name, 1, 1))
        start = server.memory()
        for _ in range(rounds):
            visits = sessions.visit(server.port, server.part.name, count, CLICKS_A_VISIT)
            problems = asyncio.run(visits)
            sizes.append(server.memory())
    increase = sizes[-1] - sizes[0]  # MB
    kilobytes = increase * 1000 / count / (rounds - 1)
    return [
        f"Resident memory at the start {start:.0f} MB, after each {count} sessions "
        f"(three clicks each): {', '.join(f'{size:.0f}' for size in sizes)} MB.",
        f"From the first {count} to the last: {increase:+.1f} MB, {kilobytes:+.1f} kB a session.",
        *problems,
    ]


def notices(setting: Setting) -> list[str]:
    """Measure the CPU time of reading a notice, and the exponent by which it grows."""
    counts = NOTICES[:-1] if setting.quick else NOTICES
    seconds = list(in_process("notices", *counts).values())
    exponent = statistics.linear_regression(
        [math.log(count) for count in counts],
        [math.log(second) for second in seconds],
    ).slope
    steps = [f"{count:,} in {second:.2f} s" for count, second in zip(counts, seconds, strict=True)]
    return [
        f"A notice of 300 measures: {seconds[0]:.2f} s of CPU time (limit 1).",
        f"Growth: {', '.join(steps)}; exponent {exponent:.2f}.",
    ]
