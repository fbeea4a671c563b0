"""Many sessions at once: ``python -m bench.sessions PORT PART COUNT --seconds S``.

They run in a process of their own. Each session clicks once every five seconds, at a phase of its
own. A session whose run has not finished when the next click is due clicks as soon as it has, as an
impatient reader would. What has not finished at the end counts with the time that it has taken so
far, so that a server that answers nothing doesn't look fast. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from bench import stream

EVERY = 5.0  # seconds between the clicks of a session
MOST = 1000  # sessions
LONGEST = 600.0  # seconds
OPENERS = 8  # sessions that are opened at the same time
OPEN_LIMIT = 180.0  # seconds
VISIT_LIMIT = 5.0  # seconds a session
WARM_UP = 3  # sessions that click before the load: what only a process's first click pays
SHOWN_PROBLEMS = 5


def percentile(values: list[float], share: float) -> float:
    """Give the smallest value that at least this share of the values does not exceed."""
    if not values:
        return math.nan
    rank = math.ceil(share * len(values))
    return sorted(values)[max(0, rank - 1)]


@dataclass
class Load:
    """The time in which the sessions click, by the clock of the process, and their latencies."""

    begin: float
    end: float
    latencies: list[float] = field(default_factory=list)  # ms

    async def click_on(self, session: stream.Session, phase: float) -> None:
        """Click every five seconds until the end.

        Args:
            phase: seconds from the beginning to the first click.
        """
        due = self.begin + phase
        while due < self.end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            sent = time.perf_counter()
            if sent >= self.end:
                return
            limit = max(0.1, self.end + EVERY - sent)
            try:
                async with asyncio.timeout(limit):
                    latency = await session.click()
            except TimeoutError:
                waited = time.perf_counter() - sent
                self.latencies.append(waited * 1000)
                return
            self.latencies.append(latency)
            due = max(due + EVERY, time.perf_counter())


async def load(port: int, part: str, count: int, seconds: float) -> dict[str, Any]:
    """Open so many sessions and let all of them click.

    Returns:
        sessions and clicks (counts), p50 and p95 (ms), problems (a few of them).
    """
    async with AsyncExitStack() as stack:
        sessions = await _opened(stack, port, part, count)
        for session in sessions[:WARM_UP]:
            await session.click()
        phases = [EVERY * number / count for number in range(count)]
        random.Random(count).shuffle(phases)
        begin = time.perf_counter() + 0.5
        run = Load(begin, begin + seconds)
        clicking = [
            run.click_on(session, phase) for session, phase in zip(sessions, phases, strict=True)
        ]
        await asyncio.gather(*clicking)
        problems = {problem for session in sessions for problem in session.problems}
    return {
        "sessions": count,
        "clicks": len(run.latencies),
        "p50": percentile(run.latencies, 0.50),
        "p95": percentile(run.latencies, 0.95),
        "problems": sorted(problems)[:SHOWN_PROBLEMS],
    }


async def _opened(stack: AsyncExitStack, port: int, part: str, count: int) -> list[stream.Session]:
    """Open sessions, OPENERS at a time; the stack closes them."""
    gate = asyncio.Semaphore(OPENERS)
    sessions: list[stream.Session] = []

    async def enter(number: int) -> None:
        async with gate:
            opening = stream.session(port, part, number)
            sessions.append(await stack.enter_async_context(opening))

    async with asyncio.timeout(OPEN_LIMIT):
        await asyncio.gather(*map(enter, range(count)))
    return sessions


async def visit(port: int, part: str, count: int, clicks: int) -> list[str]:
    """Open so many sessions, OPENERS at a time, click in each, close each; their problems."""
    gate = asyncio.Semaphore(OPENERS)
    problems: set[str] = set()

    async def one_visit(number: int) -> None:
        async with gate, stream.session(port, part, number) as session:
            for _ in range(clicks):
                await session.click()
            problems.update(session.problems)

    async with asyncio.timeout(count * VISIT_LIMIT):
        await asyncio.gather(*map(one_visit, range(count)))
    return sorted(problems)[:SHOWN_PROBLEMS]


def main() -> None:
    """Put a server under load."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("port", type=int)
    parser.add_argument("part", choices=sorted(stream.CLICKS))
    parser.add_argument("count", type=int)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    count = min(options.count, MOST)
    seconds = min(options.seconds, LONGEST)
    answer = asyncio.run(load(options.port, options.part, count, seconds))
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
