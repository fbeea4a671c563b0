"""Many sessions at once, from a process of their own: ``python -m bench.sessions PORT PART COUNT --seconds S``.

Each session clicks once every five seconds, at a phase of its own. A session whose run has not finished when the next
click is due clicks as soon as it has, as an impatient reader would. What has not finished at the end counts with the
time that it has taken so far, so that a server that answers nothing doesn't look fast. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import time
from contextlib import AsyncExitStack

from bench import stream

EVERY = 5.0
MOST = 1000  # sessions
OPENERS = 8  # sessions that are opened at the same time
OPEN_LIMIT = 180.0


def percentile(values: list[float], share: float) -> float:
    """The nearest rank: the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


async def one(
    opened: stream.Session, begin: float, end: float, phase: float, latencies: list[float]
) -> None:
    due = begin + phase
    while due < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent = time.perf_counter()
        if sent >= end:
            return
        try:
            async with asyncio.timeout(max(0.1, end + EVERY - sent)):
                latencies.append(await opened.click())
        except TimeoutError:
            latencies.append((time.perf_counter() - sent) * 1000)
            return
        due = max(due + EVERY, time.perf_counter())


async def load(
    port: int, part: str, count: int, seconds: float
) -> dict[str, float | int | list[str]]:
    latencies: list[float] = []
    async with AsyncExitStack() as stack:
        gate = asyncio.Semaphore(OPENERS)
        opened: list[stream.Session] = []

        async def enter(number: int) -> None:
            async with gate:
                opened.append(await stack.enter_async_context(stream.session(port, part, number)))

        async with asyncio.timeout(OPEN_LIMIT):
            await asyncio.gather(*(enter(number) for number in range(count)))
        for first in opened[
            : min(count, 3)
        ]:  # what only the first click of a process pays is not load
            await first.click()
        phases = [EVERY * number / count for number in range(count)]
        random.Random(count).shuffle(phases)
        begin = time.perf_counter() + 0.5
        end = begin + seconds
        await asyncio.gather(
            *(one(s, begin, end, p, latencies) for s, p in zip(opened, phases, strict=True))
        )
        problems = sorted({problem for s in opened for problem in s.problems})[:5]
    return {
        "sessions": count,
        "clicks": len(latencies),
        "p50": percentile(latencies, 0.50),
        "p95": percentile(latencies, 0.95),
        "problems": problems,
    }


async def visit(port: int, part: str, count: int, clicks: int) -> list[str]:
    """Open ``count`` sessions, OPENERS at a time, click in each, close each; their problems."""
    gate, problems = asyncio.Semaphore(OPENERS), set()

    async def one_visit(number: int) -> None:
        async with gate, stream.session(port, part, number) as opened:
            for _ in range(clicks):
                await opened.click()
            problems.update(opened.problems)

    async with asyncio.timeout(count * 5.0):
        await asyncio.gather(*(one_visit(number) for number in range(count)))
    return sorted(problems)[:5]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("port", type=int)
    parser.add_argument("part", choices=sorted(stream.CLICKS))
    parser.add_argument("count", type=int)
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    count, seconds = min(given.count, MOST), min(given.seconds, 600.0)
    print(json.dumps(asyncio.run(load(given.port, given.part, count, seconds))))


if __name__ == "__main__":
    main()
