"""What is measured, a function for each row of the table in the issue's order; each gives a ratio and both medians.

Whatever is compared runs alternately — floor, board, floor, board — so that a machine that is slow for a while is slow
for both.
"""

from __future__ import annotations

import asyncio
import json
import math
import statistics
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from . import browser, generate, servers, sessions, stream

NOTICE = servers.ROOT / "data" / "measures.csv"
TEN, MILLION = 10, 1_000_000
SIZES = [10, 1_000, 10_000, 100_000, MILLION]
PAUSE = 1.5  # seconds between the reruns of one page
HELD_BELOW = 250.0  # ms: a process holds as many sessions as it answers within this, at p95
MOST_SESSIONS = 512


@dataclass
class Setting:
    """One run of the bench: where its tables are, how often things are repeated, and who plays the board."""

    folder: Path
    quick: bool = False
    self_test: bool = False  # the floor plays the board, polars and pandas play the product
    lines: list[str] = field(default_factory=list)  # what is worth knowing beside the ratios

    def table(self, rows: int, ending: str = "csv") -> Path:
        """A generated table, made once and made anew when the generator has changed."""
        made_by = zlib.crc32(Path(generate.__file__).read_bytes())
        path = self.folder / f"{rows}-{made_by:08x}.{ending}"
        if not path.exists():
            generate.write(generate.table(rows), path)
        return path

    def board(self, rows: int = TEN) -> servers.Part:
        """The notice's own list for ten measures, so that the charts are full; a generated table for more."""
        if self.self_test:
            return servers.floor()
        return servers.board(NOTICE if rows == TEN and NOTICE.exists() else self.table(rows))

    def serve(self, rows: int = TEN) -> servers.Server:
        """The board as an office serves it, for the rows on sessions."""
        return servers.Server(self.board(rows), uvicorn=not self.self_test)

    def times(self, usual: int, quick: int) -> int:
        return quick if self.quick else usual

    @property
    def largest(self) -> int:
        return 10_000 if self.quick else MILLION

    def note(self, line: str) -> None:
        self.lines.append(line)
        print(f"    {line}", flush=True)


@dataclass(frozen=True)
class Result:
    ratio: float
    ours: float
    theirs: float
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    against: str
    limit: float
    aim: float
    measure: Callable[[Setting], Result]
    at_least: bool = False

    def verdict(self, ratio: float) -> str:
        def holds(bound: float) -> bool:
            return ratio >= bound if self.at_least else ratio <= bound

        return "aim" if holds(self.aim) else "pass" if holds(self.limit) else "FAIL"


def of_medians(ours: Sequence[float], theirs: Sequence[float], unit: str, note: str = "") -> Result:
    mine, other = statistics.median(ours), statistics.median(theirs)
    return Result(mine / other, mine, other, unit, note)


def in_process(module: str, *arguments: object) -> dict[str, Any]:
    """Run one of our modules by itself, so that memory, threads and caches are its own; the JSON that it prints."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=servers.ROOT, capture_output=True, text=True, timeout=1800, check=False
    )
    if done.returncode:
        raise RuntimeError(
            f"bench.{module} {' '.join(map(str, arguments))}:\n{done.stderr[-1500:]}"
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---- one reader ---------------------------------------------------------------------------------------------------


VIEWS = 13  # clicks until every month has been asked for


async def alternate_reruns(
    running: Sequence[servers.Server], clicks: int, fresh: bool = False
) -> tuple[list[list[float]], list[str]]:
    """Latencies of each server's page; every page is clicked once in PAUSE seconds, one after the other.

    The first round of the months is not counted: it makes the views. fresh: every click asks for one not made yet.
    """
    before = 3 if fresh else VIEWS
    latencies: list[list[float]] = [[] for _ in running]
    async with asyncio.timeout(60 + (clicks + before) * (PAUSE + 30)):
        async with AsyncExitStack() as stack:
            pages = [
                await stack.enter_async_context(
                    stream.session(server.port, server.part.name, fresh=fresh)
                )
                for server in running
            ]
            for number in range(clicks + before):
                for page, taken in zip(pages, latencies, strict=True):
                    await asyncio.sleep(PAUSE / len(pages))
                    latency = await page.click()
                    if number >= before:
                        taken.append(latency)
            return latencies, sorted({problem for page in pages for problem in page.problems})


def rerun(setting: Setting) -> Result:
    return both_ways(setting, servers.floor(), setting.board())


def rerun_large(setting: Setting) -> Result:
    return both_ways(setting, setting.board(TEN), setting.board(setting.largest))


def both_ways(setting: Setting, theirs: servers.Part, ours: servers.Part) -> Result:
    """Reruns among the twelve months of a year; beside it, noted, reruns that each ask for a view never made before."""
    with servers.Server(theirs) as first, servers.Server(ours) as second:
        found, problems = asyncio.run(alternate_reruns([first, second], setting.times(25, 8)))
        made, more = asyncio.run(
            alternate_reruns([first, second], setting.times(15, 5), fresh=True)
        )
    other, mine = (statistics.median(taken) for taken in made)
    note = (
        f"with a view never made before each time {mine / other:.2f} ({mine:.0f} ÷ {other:.0f} ms)"
    )
    return of_medians(found[1], found[0], "ms", "; ".join([note, *problems, *more]))


def clicked(setting: Setting) -> Result:
    """A floor and a board in a browser each, clicked in turn."""
    answers: dict[str, list[browser.Answer]] = {"theirs": [], "ours": []}
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        pages = {}
        for whose, part in (("theirs", servers.floor()), ("ours", setting.board())):
            server = stack.enter_context(servers.Server(part))
            page, _ = stack.enter_context(browser.cold_page(driver))
            browser.open_page(page, server.address, part.name)
            browser.get_ready(page, part.name)
            pages[whose] = (page, part.name)
        for turn in range(setting.times(21, 6) + 3):
            for whose, (page, part_name) in pages.items():
                answer = browser.click(page, part_name, turn)
                if turn >= 3:
                    answers[whose].append(answer)
                page.wait_for_timeout(PAUSE * 1000 / 2)
    partly = [a for a in answers["ours"] + answers["theirs"] if a.redrawn < a.charts]
    note = f"{len(partly)} clicks left charts as they were, e.g. {partly[0]}" if partly else ""
    return of_medians(
        [a.ms for a in answers["ours"]], [a.ms for a in answers["theirs"]], "ms", note
    )


def cold(setting: Setting) -> Result:
    """A process and a browser for each measurement; the browser waits on an empty page when the clock starts."""
    taken: dict[str, list[float]] = {"theirs": [], "ours": []}
    with sync_playwright() as driver:
        for _ in range(setting.times(9, 3)):
            for whose, part in (("theirs", servers.floor()), ("ours", setting.board())):
                with (
                    browser.cold_page(driver) as (page, _),
                    servers.Server(part, wait_until_warm=False) as server,
                ):
                    drawn = browser.open_page(page, server.address, part.name)
                    taken[whose].append((drawn - server.started) * 1000)
    return of_medians(taken["ours"], taken["theirs"], "ms")


def first_load(setting: Setting) -> Result:
    taken: dict[str, list[float]] = {"theirs": [], "ours": []}
    requests = {}
    with sync_playwright() as driver:
        for whose, part in (("theirs", servers.floor()), ("ours", setting.board())):
            with servers.Server(part) as server:
                for _ in range(2):
                    with browser.cold_page(driver) as (page, devtools):
                        traffic = browser.traffic_of(page, devtools, server.address, part.name)
                        taken[whose].append(traffic.megabytes)
                        requests[whose] = traffic.requests
    note = f"{requests['ours']} requests, floor {requests['theirs']}"
    return of_medians(taken["ours"], taken["theirs"], "MB", note)


def slow_line(setting: Setting) -> Result:
    """Servers that have served a page before: who comes first pays for more than the line."""
    taken: dict[str, list[float]] = {"theirs": [], "ours": []}
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        running = {
            whose: stack.enter_context(servers.Server(part))
            for whose, part in (("theirs", servers.floor()), ("ours", setting.board()))
        }
        for number in range(setting.times(5, 2) + 1):
            for whose, server in running.items():
                with browser.cold_page(driver) as (page, devtools):
                    if number:
                        browser.slow_line(devtools)
                    view = browser.first_view(page, server.address, server.part.name)
                    if number:
                        taken[whose].append(view)
    return of_medians(taken["ours"], taken["theirs"], "ms")


# ---- the data -----------------------------------------------------------------------------------------------------


def questions(setting: Setting) -> Result:
    flags = ["--self-test"] if setting.self_test else []
    table = setting.table(setting.largest, "parquet")
    found = in_process("questions", table, "--repeat", setting.times(9, 3), *flags)
    for name, by in found["ms"].items():
        setting.note(
            f"questions, {name}: " + ", ".join(f"{label} {ms:.1f} ms" for label, ms in by.items())
        )
    ours = sum(found["ms"]["product"].values())
    rivals = {who: _fastest(found["ms"], who) for who in ("DuckDB", "polars")}
    best = min(rivals, key=lambda who: rivals[who])
    other = next(f"÷ {who} {ours / ms:.3f}" for who, ms in rivals.items() if who != best)
    note = "; ".join(
        [f"÷ {best}, the faster; {other}", *(f"DIFFERS {what}" for what in found["differences"])]
    )
    return Result(
        ours / rivals[best] if not found["differences"] else math.nan,
        ours,
        rivals[best],
        "ms",
        note,
    )


def _fastest(times: dict[str, dict[str, float]], who: str) -> float:
    """The sum over the selections, in the faster of this library's two ways: a table is kept in one."""
    return min(sum(by.values()) for name, by in times.items() if name.startswith(who))


def read(setting: Setting, ending: str) -> Result:
    path, warm = setting.table(setting.largest, ending), setting.table(TEN, ending)
    product = "bare" if setting.self_test else "product"
    ours, theirs = [], []
    for _ in range(setting.times(5, 2)):
        theirs.append(in_process("reading", "bare", path, warm))
        ours.append(in_process("reading", product, path, warm))
    peaks = [statistics.median(one["peak"] for one in some) for some in (ours, theirs)]
    note = f"memory peak {peaks[0]:.0f} MB, bare {peaks[1]:.0f} MB"
    return of_medians([one["ms"] for one in ours], [one["ms"] for one in theirs], "ms", note)


# ---- many readers -------------------------------------------------------------------------------------------------


def loaded(server: servers.Server, count: int, seconds: float) -> dict[str, Any]:
    return in_process("sessions", server.port, server.part.name, count, "--seconds", seconds)


def long_enough(count: int, setting: Setting) -> float:
    """Seconds in which ``count`` sessions click often enough for a p95: 24 clicks, or as many as in half a minute."""
    return max(15.0 if setting.quick else 30.0, (40.0 if setting.quick else 120.0) / count)


def hundred(setting: Setting) -> Result:
    p95: dict[int, list[float]] = {1: [], 100: []}
    notes = set()
    for _ in range(setting.times(2, 1)):
        for count, found in p95.items():
            with setting.serve() as server:
                answer = loaded(server, count, long_enough(count, setting))
            found.append(answer["p95"])
            notes.update(answer["problems"])
    return of_medians(p95[100], p95[1], "ms", "; ".join(sorted(notes)))


def capacity(setting: Setting) -> Result:
    held = {}
    for whose, start in (("floor", 2), ("board", 2 if setting.self_test else 64)):
        server = (lambda: servers.Server(servers.floor())) if whose == "floor" else setting.serve
        held[whose] = most_sessions(setting, whose, server, start)
    return Result(held["board"] / max(1, held["floor"]), held["board"], held["floor"], "sessions")


def most_sessions(
    setting: Setting, whose: str, make: Callable[[], servers.Server], start: int
) -> int:
    """Double until p95 is too long, then halve the distance; each count on a process that has held nothing before."""

    def holds(count: int) -> bool:
        for _ in range(setting.times(2, 1)):  # once too slow may be the machine's doing
            with make() as server:
                answer = loaded(server, count, long_enough(count, setting))
            setting.note(
                f"{whose}, {count} sessions: p50 {answer['p50']:.0f} ms, p95 {answer['p95']:.0f} ms"
            )
            if answer["p95"] <= HELD_BELOW:
                return True
        return False

    low, high = 0, start
    while high <= MOST_SESSIONS and holds(high):
        low, high = high, high * 2
    while low == 0 and high > 1:  # the start was too much already
        high //= 2
        low = high if holds(high) else 0
        high = high * 2 if low else high
    high = min(high, MOST_SESSIONS)
    while high - low > max(1, low // 8):
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


# ---- beside the table ---------------------------------------------------------------------------------------------


def growth(setting: Setting) -> list[list[str]]:
    """What each size costs: reading, start, memory, a rerun, all questions."""
    found = []
    for rows in SIZES if not setting.quick else SIZES[:3]:
        product = "bare" if setting.self_test else "product"
        reading = [
            in_process("reading", product, setting.table(rows), setting.table(TEN))
            for _ in range(3)
        ]
        flags = ["--self-test"] if setting.self_test else []
        asked = in_process("questions", setting.table(rows), "--repeat", 5, "--alone", *flags)[
            "ms"
        ]["product"]
        with servers.Server(setting.board(rows)) as server:
            (latencies,), _ = asyncio.run(alternate_reruns([server], setting.times(11, 4)))
            memory = server.memory()
        found.append(
            [
                f"{rows:,}",
                f"{statistics.median(one['ms'] for one in reading):,.0f}",
                f"{statistics.median(one['peak'] for one in reading):,.0f}",
                f"{server.warm * 1000:,.0f}",
                f"{memory:,.0f}",
                f"{statistics.median(latencies):.1f}",
                f"{asked['all']:.1f}",
                f"{asked['section + leader']:.1f}",
            ]
        )
        print("    " + " | ".join(found[-1]), flush=True)
    return found


def memory(setting: Setting) -> list[str]:
    """200 sessions opened, used and closed, several times over; the server's resident memory after each 200.

    The first rounds fill what Streamlit keeps on purpose: the last 128 sessions, for two minutes, for those who reload.
    """
    count, rounds = setting.times(200, 40), setting.times(5, 3)
    with setting.serve() as server:
        asyncio.run(sessions.visit(server.port, server.part.name, 1, 1))
        sizes = [server.memory()]
        for _ in range(rounds):
            problems = asyncio.run(sessions.visit(server.port, server.part.name, count, 3))
            sizes.append(server.memory())
    lines = [
        f"Resident memory at the start {sizes[0]:.0f} MB, after each {count} sessions (three clicks each): "
        + ", ".join(f"{size:.0f}" for size in sizes[1:])
        + " MB.",
        f"From the first {count} to the last: {sizes[-1] - sizes[1]:+.1f} MB, "
        f"{(sizes[-1] - sizes[1]) * 1000 / count / (rounds - 1):+.1f} kB a session.",
    ]
    return [*lines, *problems]


def notices(setting: Setting) -> list[str]:
    """CPU time of a notice of 300 measures, some thirty pages, and the exponent by which it grows to 10,000."""
    counts = [300, 1_000, 3_000, *([] if setting.quick else [10_000])]
    taken = list(in_process("notices", *counts).values())
    pairs = [
        (math.log(count), math.log(second)) for count, second in zip(counts, taken, strict=True)
    ]
    exponent = statistics.linear_regression(*zip(*pairs, strict=True)).slope
    return [
        f"A notice of 300 measures: {taken[0]:.2f} s of CPU time (limit 1).",
        "Growth: "
        + ", ".join(
            f"{count:,} in {second:.2f} s" for count, second in zip(counts, taken, strict=True)
        )
        + f"; exponent {exponent:.2f}.",
    ]


TABLE = [
    Row("rerun", "websocket rerun of the overview, 10 measures", "floor", 0.30, 0.20, rerun),
    Row(
        "click", "filter click → every chart of the overview redrawn", "floor", 0.85, 0.75, clicked
    ),
    Row("cold", "process start → overview fully drawn in a cold browser", "floor", 1.0, 0.9, cold),
    Row("bytes", "bytes of the first load", "floor", 0.35, 0.30, first_load),
    Row("slow-line", "first view at 10 Mbit/s, 20 ms", "floor", 0.45, 0.40, slow_line),
    Row(
        "rerun-million",
        "websocket rerun of the overview, 1,000,000 measures",
        "the same at 10",
        3,
        1.3,
        rerun_large,
    ),
    Row(
        "questions",
        "all questions of the overview at 1,000,000",
        "DuckDB, polars",
        0.1,
        0.05,
        questions,
    ),
    Row(
        "read-csv",
        "read and check 1,000,000 rows, CSV",
        "pandas.read_csv (pyarrow)",
        5,
        3,
        partial(read, ending="csv"),
    ),
    Row(
        "read-parquet",
        "read and check 1,000,000 rows, Parquet",
        "read_parquet",
        5,
        3,
        partial(read, ending="parquet"),
    ),
    Row(
        "hundred",
        "p95 of reruns, 100 sessions, one click per 5 s each",
        "p95 with 1",
        6,
        4,
        hundred,
    ),
    Row(
        "capacity",
        "sessions that a process holds with p95 under 250 ms",
        "floor",
        4,
        8,
        capacity,
        at_least=True,
    ),
]
