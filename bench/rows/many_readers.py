"""What many readers at once cost: the latency of a hundred sessions, the most that are held."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import servers
from bench.result import Result, Samples
from bench.setting import NOTICE, Setting, in_process

HELD_BELOW = 250.0  # ms: a process holds as many sessions as it answers within this, at p95
MOST_SESSIONS = 512
HUNDRED = 100
CLICKS_FOR_P95 = 24
SECONDS_A_CLICK = 5
SHORTEST = 30.0  # seconds
SOME = 24  # readers, whose clicks are enough for a p95
UNDER_ATTACK = 60  # seconds, no longer than the attack


def hundred(setting: Setting) -> Result:
    """Compare the 95th percentile of the latency with a hundred sessions to that with one."""
    samples = Samples()
    problems: set[str] = set()
    for _ in range(setting.times(usual=2, quick=1)):
        for count, p95 in ((1, samples.theirs), (HUNDRED, samples.ours)):
            with setting.serve() as server:
                answer = loaded(setting, server, count)
            p95.append(answer["p95"])
            problems.update(answer["problems"])
    return samples.result("ms", "; ".join(sorted(problems)))


def attacked(setting: Setting) -> Result:
    """Compare the 95th percentile of some readers while hostile files come in to that without."""
    table = setting.folder / "attacked.csv"
    shutil.copy(NOTICE, table)
    samples = Samples()
    remarks: list[str] = []
    with (
        servers.Server(servers.board(table), uvicorn=True) as server,
        ThreadPoolExecutor() as beside,
    ):
        for _ in range(setting.times(usual=2, quick=1)):
            readers = ("sessions", server.port, "board", SOME, "--seconds", UNDER_ATTACK)
            calm = in_process(*readers)
            attack = beside.submit(in_process, "attack", server.port, table)
            under = in_process(*readers)
            answer = attack.result()
            samples.theirs.append(calm["p95"])
            samples.ours.append(under["p95"])
            remarks += [*answer["problems"], *under["problems"]]
        memory = server.memory()
    remarks.append(f"{answer['cases']} cases in {answer['seconds']:.0f} s")
    remarks.append(f"the longest, {answer['slowest']}, {answer['longest']:.1f} s")
    remarks.append(f"at the end {memory:.0f} MB")
    return samples.result("ms", "; ".join(remarks))


def loaded(setting: Setting, server: servers.Server, count: int) -> dict[str, Any]:
    """Put a server under the load of so many sessions; see `bench.sessions`."""
    seconds = _long_enough(setting, count)
    return in_process("sessions", server.port, server.part.name, count, "--seconds", seconds)


def _long_enough(setting: Setting, count: int) -> float:
    """Give the seconds in which sessions click often enough for a p95, at least half a minute."""
    if setting.quick:
        return max(SHORTEST / 2, CLICKS_FOR_P95 / 3 * SECONDS_A_CLICK / count)
    return max(SHORTEST, CLICKS_FOR_P95 * SECONDS_A_CLICK / count)


def capacity(setting: Setting) -> Result:
    """Compare how many sessions a process holds: the board's and the floor's."""
    floor = most_sessions(setting, "floor", lambda: servers.Server(servers.floor()), start=2)
    start = 2 if setting.self_test else 64
    board = most_sessions(setting, "board", setting.serve, start)
    return Result(board / max(1, floor), board, floor, "sessions")


def most_sessions(
    setting: Setting, name: str, serve: Callable[[], servers.Server], start: int
) -> int:
    """Find the most sessions that a process holds.

    The count is doubled until p95 is too long, then the distance is halved.

    Args:
        serve: makes a server; each count is tried on one that has held nothing before.
        start: the count that is tried first.
    """

    def holds(count: int) -> bool:
        for _ in range(setting.times(usual=2, quick=1)):  # once too slow may be the machine's doing
            with serve() as server:
                answer = loaded(setting, server, count)
            p50, p95 = answer["p50"], answer["p95"]
            setting.note(f"{name}, {count} sessions: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
            if p95 <= HELD_BELOW:
                return True
        return False

    held, too_many = _bracket(holds, start)
    while too_many - held > max(1, held // 8):
        middle = (held + too_many) // 2
        if holds(middle):
            held = middle
        else:
            too_many = middle
    return held


def _bracket(holds: Callable[[int], bool], start: int) -> tuple[int, int]:
    """Find a count that is held, and one at most twice as large that is not."""
    held, tried = 0, start
    while tried <= MOST_SESSIONS and holds(tried):
        held, tried = tried, tried * 2
    while held == 0 and tried > 1:  # the start was too much already
        tried //= 2
        if holds(tried):
            return tried, tried * 2
    return held, min(tried, MOST_SESSIONS)
