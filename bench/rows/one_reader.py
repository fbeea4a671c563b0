"""What one reader waits for: the first view, the answer to a click, a rerun.

Floor and board run alternately, so that a machine that is slow for a while is slow for both.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from bench import browser, servers, stream
from bench.result import Result, Samples
from bench.setting import TEN, Setting

PAUSE = 1.5  # seconds between the reruns of one page
VIEWS = 13  # clicks until every month has been asked for
FRESH_UNCOUNTED = 3  # clicks before those that count, where each asks for a new view
CLICKS_UNCOUNTED = 3
OPENING_LIMIT = 60  # seconds for all pages
RERUN_LIMIT = 30  # seconds


class Side(NamedTuple):
    """The floor or the board, and where its measurements go."""

    part: servers.Part
    samples: list[float]


def both_sides(setting: Setting, samples: Samples) -> list[Side]:
    """Give the floor and the board, in the order in which they take turns."""
    floor = Side(servers.floor(), samples.theirs)
    board = Side(setting.board(), samples.ours)
    return [floor, board]


# --- reruns over the websocket ---


class Reruns(NamedTuple):
    """The latencies of each server's page in ms, and what went wrong."""

    latencies: list[list[float]]
    problems: list[str]


def rerun(setting: Setting) -> Result:
    """The overview of ten measures against the floor."""
    return compare_reruns(setting, servers.floor(), setting.board())


def rerun_large(setting: Setting) -> Result:
    """The overview of a million measures against the same of ten."""
    return compare_reruns(setting, setting.board(TEN), setting.board(setting.largest))


def compare_reruns(setting: Setting, theirs: servers.Part, ours: servers.Part) -> Result:
    """Compare reruns among the twelve months of a year."""
    with servers.Server(theirs) as their_server, servers.Server(ours) as our_server:
        return compare_running(setting, [their_server, our_server])


def compare_running(setting: Setting, running: Sequence[servers.Server], page: str = "") -> Result:
    """Compare reruns of a page on two servers, theirs and ours.

    Beside the ratio stands what reruns cost that each ask for a view never made before.

    Args:
        page: its name, "" for the overview.
    """
    clicks, fresh_clicks = setting.times(usual=25, quick=8), setting.times(usual=15, quick=5)
    usual = asyncio.run(alternate_reruns(running, clicks, page=page))
    fresh = asyncio.run(alternate_reruns(running, fresh_clicks, fresh=True, page=page))
    their_fresh, our_fresh = map(statistics.median, fresh.latencies)
    note = (
        f"with a view never made before each time {our_fresh / their_fresh:.2f} "
        f"({our_fresh:.0f} ÷ {their_fresh:.0f} ms)"
    )
    their_latencies, our_latencies = usual.latencies
    samples = Samples(our_latencies, their_latencies)
    return samples.result("ms", "; ".join([note, *usual.problems, *fresh.problems]))


async def alternate_reruns(
    running: Sequence[servers.Server], clicks: int, *, fresh: bool = False, page: str = ""
) -> Reruns:
    """Click every server's page once in PAUSE seconds, one after the other.

    The first round of the months is not counted: it makes the views.

    Args:
        clicks: of each page, that are counted.
        fresh: every click asks for a view that has not been made yet.
        page: its name, "" for the overview.
    """
    uncounted = FRESH_UNCOUNTED if fresh else VIEWS
    turns = clicks + uncounted
    latencies: list[list[float]] = [[] for _ in running]
    limit = OPENING_LIMIT + turns * (PAUSE + RERUN_LIMIT)
    async with asyncio.timeout(limit), AsyncExitStack() as stack:
        sessions = []
        for server in running:
            opening = stream.session(server.port, server.part.name, page=page, fresh=fresh)
            sessions.append(await stack.enter_async_context(opening))
        for turn in range(turns):
            for session, counted in zip(sessions, latencies, strict=True):
                await asyncio.sleep(PAUSE / len(sessions))
                latency = await session.click()
                if turn >= uncounted:
                    counted.append(latency)
        problems = {problem for session in sessions for problem in session.problems}
        return Reruns(latencies, sorted(problems))


# --- in a browser ---


def click(setting: Setting) -> Result:
    """Click a filter on a floor and on a board, each in a browser of its own, in turn."""
    samples = Samples()
    answers: list[browser.Answer] = []
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        pages = []
        sides = both_sides(setting, samples)
        for side in sides:
            server = stack.enter_context(servers.Server(side.part))
            page, _ = stack.enter_context(browser.cold_page(driver))
            browser.open_page(page, server.address, side.part.name)
            browser.get_ready(page, side.part.name)
            pages.append(page)
        for turn in range(setting.times(usual=21, quick=6) + CLICKS_UNCOUNTED):
            for side, page in zip(sides, pages, strict=True):
                answer = browser.click(page, side.part.name, turn)
                if turn >= CLICKS_UNCOUNTED:
                    answers.append(answer)
                    side.samples.append(answer.ms)
                page.wait_for_timeout(PAUSE * 1000 / len(pages))
    return samples.result("ms", _charts_left(answers))


def _charts_left(answers: Sequence[browser.Answer]) -> str:
    """Say how many clicks did not draw all charts again."""
    partly = [answer for answer in answers if answer.redrawn < answer.charts]
    if not partly:
        return ""
    return f"{len(partly)} clicks left charts as they were, e.g. {partly[0]}"


def cold(setting: Setting) -> Result:
    """Start a process, and open its page in a browser that has never seen it.

    Both are new for each measurement; the browser waits on an empty page when the clock starts.
    """
    samples = Samples()
    with sync_playwright() as driver:
        for _ in range(setting.times(usual=9, quick=3)):
            for side in both_sides(setting, samples):
                starting = servers.Server(side.part, wait_until_warm=False)
                with browser.cold_page(driver) as (page, _), starting as server:
                    drawn = browser.open_page(page, server.address, side.part.name)
                    seconds = drawn - server.started
                    side.samples.append(seconds * 1000)
    return samples.result("ms")


def first_load(setting: Setting) -> Result:
    """Count the bytes that the first load of a page brings."""
    samples = Samples()
    requests = []
    with sync_playwright() as driver:
        for side in both_sides(setting, samples):
            with servers.Server(side.part) as server:
                for _ in range(2):
                    with browser.cold_page(driver) as (page, devtools):
                        traffic = browser.traffic_of(page, devtools, server.address, side.part.name)
                        side.samples.append(traffic.megabytes)
                requests.append(traffic.requests)
    theirs, ours = requests
    return samples.result("MB", f"{ours} requests, floor {theirs}")


def slow_line(setting: Setting) -> Result:
    """Open the first view over a slow line.

    The servers have served a page before: who comes first pays for more than the line.
    """
    samples = Samples()
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        sides = both_sides(setting, samples)
        running = [stack.enter_context(servers.Server(side.part)) for side in sides]
        for turn in range(setting.times(usual=5, quick=2) + 1):
            is_counted = turn > 0
            for side, server in zip(sides, running, strict=True):
                with browser.cold_page(driver) as (page, devtools):
                    if is_counted:
                        browser.slow_line(devtools)
                    view = browser.first_view(page, server.address, side.part.name)
                    if is_counted:
                        side.samples.append(view)
    return samples.result("ms")
