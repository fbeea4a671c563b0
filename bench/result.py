"""A measured row: what it compares, its ratio, and the bounds that the ratio is held to."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.setting import Setting


@dataclass(frozen=True)
class Result:
    """A ratio, and the two amounts that it is made of.

    Args:
        ratio: ours through theirs; NaN where the two did not answer the same.
        unit: of both amounts.
        note: what is worth knowing beside the ratio.
    """

    ratio: float
    ours: float
    theirs: float
    unit: str
    note: str = ""


@dataclass
class Samples:
    """What was measured of both sides, in turn, so that a slow minute is slow for both."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def result(self, unit: str, note: str = "") -> Result:
        """Divide the two medians."""
        ours = statistics.median(self.ours)
        theirs = statistics.median(self.theirs)
        return Result(ours / theirs, ours, theirs, unit, note)


@dataclass(frozen=True)
class Row:
    """A row of the table of results.

    Args:
        name: what `--only` calls it.
        against: what the board is compared with.
        limit: the ratio that the row fails beyond.
        aim: the ratio that is wished for.
        at_least: whether the ratio has to be as large as the bounds, not as small.
    """

    name: str
    title: str
    against: str
    limit: float
    aim: float
    measure: Callable[[Setting], Result]
    at_least: bool = False

    def verdict(self, ratio: float) -> str:
        """Tell whether a ratio keeps the aim, only the limit, or neither."""
        if self._keeps(ratio, self.aim):
            return "aim"
        return "pass" if self._keeps(ratio, self.limit) else "FAIL"

    def _keeps(self, ratio: float, bound: float) -> bool:
        return ratio >= bound if self.at_least else ratio <= bound


@dataclass(frozen=True)
class Measured:
    """A row after its measurement: the result, or what went wrong."""

    row: Row
    result: Result | None
    trouble: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is no result, or one beyond its limit."""
        return self.result is None or self.row.verdict(self.result.ratio) == "FAIL"
