"""What a ledger costs: its pages beside the same without one, its loading, its days, its appends."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import starmap
from pathlib import Path

from bench import servers
from bench.followed import LEDGER, TABLE
from bench.following import Cost
from bench.result import Result
from bench.rows.one_reader import compare_reruns, compare_running
from bench.sessions import percentile
from bench.setting import Setting, in_process

MEASURES = 10_000
EVENTS = 100_000
QUICK_EVENTS = 10_000
PAGES = ("leaders", "departments", "sections", "timeline", "measures")
ONLY_FOLLOWED = "progress"  # a page that is empty without a ledger, so that its ratio says nothing


def overview(setting: Setting) -> Result:
    """The overview with a ledger against the same without."""
    return compare_reruns(setting, *_sides(setting, _usual(setting)))


def pages(setting: Setting) -> Result:
    """Every other page with a ledger against the same without; the one that costs most counts.

    Progress, which has nothing to be compared with, is noted.
    """
    theirs, ours = _sides(setting, _usual(setting))
    results: dict[str, Result] = {}
    with servers.Server(theirs) as their_server, servers.Server(ours) as our_server:
        for page in (*PAGES, ONLY_FOLLOWED):
            result = compare_running(setting, [their_server, our_server], page)
            amounts = f"{result.ours:.1f} ÷ {result.theirs:.1f} ms"
            setting.note(f"{page} with a ledger: {result.ratio:.2f} ({amounts}); {result.note}")
            results[page] = result
    worst = max(PAGES, key=lambda page: results[page].ratio)
    return replace(results[worst], note=worst)


def overview_large(setting: Setting) -> Result:
    """The overview of a million measures with a ledger against the same without."""
    return compare_reruns(setting, *_sides(setting, _large(setting)))


def new_day(setting: Setting) -> Result:
    """Status, reports and lights of all measures on a day that nobody has asked for."""
    return _within(50, _median(_costs(_usual(setting))["days"]))


def append(setting: Setting) -> Result:
    """The 95th percentile of appending one event."""
    appends = _costs(_usual(setting))["append"]
    longest = percentile([cost.wall for cost in appends], 0.95)
    return _within(20, Cost(longest, _median(appends).processor))


def load(setting: Setting) -> Result:
    """Read the journal of a million events."""
    return _within(5_000, _costs(_large(setting))["load"][0])


def fold(setting: Setting) -> Result:
    """Fold a million events over a million measures for the first time."""
    return _within(1_000, _costs(_large(setting))["fold"][0])


def later(setting: Setting) -> Result:
    """Take in ten events that were added to a million, against reading all."""
    costs = _costs(_large(setting))
    ours, theirs = costs["later"][0].wall, costs["load"][0].wall
    return Result(ours / theirs, ours, theirs, "ms")


def _usual(setting: Setting) -> Path:
    return setting.followed(MEASURES, QUICK_EVENTS if setting.quick else EVENTS)


def _large(setting: Setting) -> Path:
    return setting.followed(setting.largest, setting.largest)


def _sides(setting: Setting, folder: Path) -> tuple[servers.Part, servers.Part]:
    """The board over a table without its ledger, and with it."""
    if setting.self_test:
        return servers.floor(), servers.floor()
    return servers.board(folder / TABLE), servers.board(folder / TABLE, folder / LEDGER)


@cache
def _costs(folder: Path) -> dict[str, list[Cost]]:
    """What `bench.following` measures of a ledger, measured once a run."""
    answer = in_process("following", folder / TABLE, folder / LEDGER)
    return {name: list(starmap(Cost, costs)) for name, costs in answer.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    wall = statistics.median(cost.wall for cost in costs)
    return Cost(wall, statistics.median(cost.processor for cost in costs))


def _within(allowed: float, cost: Cost) -> Result:
    """A duration in ms against the one that is allowed."""
    note = f"of which the processor worked {cost.processor:,.0f} ms"
    return Result(cost.wall / allowed, cost.wall, allowed, "ms", note)
