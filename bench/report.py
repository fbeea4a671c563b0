"""The results as a page, for bench/RESULTS.md, and as lines for the terminal."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.result import Measured

RATIOS = ["measured", "÷", "ours", "theirs", "ratio", "limit", "aim", ""]
GROWTH = [
    "measures",
    "read CSV, ms",
    "its peak, MB",
    "start → loaded, ms",
    "server, MB",
    "rerun, ms",
    "questions, ms",
    "filtered, ms",
]


@dataclass
class Report:
    """What one run has measured.

    Args:
        command: what was typed.
        load: of the machine before anything was started, a core.
        remarks: what a reader must know before the numbers.
        growth: a line a size, its cells in the order of GROWTH.
        lines: what is worth knowing beside the ratios.
    """

    command: str
    load: float
    remarks: list[str] = field(default_factory=list)
    results: list[Measured] = field(default_factory=list)
    growth: list[list[str]] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a row has no result, or one beyond its limit."""
        return any(measured.failed for measured in self.results)

    def remark(self, text: str) -> None:
        """Print a remark, and keep it for the page."""
        self.remarks.append(text)
        print(text, flush=True)

    def markdown(self) -> str:
        """Write the page."""
        lines = ["# Results of `make bench`", "", *self._conditions(), ""]
        if self.results:
            rows = [list(Line.of(measured).cells) for measured in self.results]
            lines.append(table(RATIOS, rows))
        if self.growth:
            lines += section("Growth of the cost", [table(GROWTH, self.growth)])
        if self.memory:
            lines += section("Memory", self.memory)
        if self.notices:
            lines += section("Notices", self.notices)
        if self.lines:
            lines += section("Beside the ratios", [f"- {line}" for line in self.lines])
        return "\n".join([*lines, ""])

    def _conditions(self) -> list[str]:
        return [
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}; `{self.command}`. "
            f"Load of the machine before the start: {self.load:.2f} a core.",
            "Ratios hold from machine to machine, milliseconds do not. "
            "Both medians are from one run, taken in turn.",
            *[f"**{remark}**" for remark in self.remarks],
        ]


@dataclass(frozen=True)
class Line:
    """A measured row in words."""

    title: str
    against: str
    ours: str
    theirs: str
    ratio: str
    limit: str
    aim: str
    verdict: str

    @classmethod
    def of(cls, measured: Measured) -> Line:
        """Say what a row has come to, or what went wrong."""
        row, result = measured.row, measured.result
        sign = "≥" if row.at_least else "≤"
        ours = theirs = ratio = ""
        verdict = f"not measured: {measured.trouble}"
        if result is not None:
            ours = f"{amount(result.ours)} {result.unit}"
            theirs = f"{amount(result.theirs)} {result.unit}"
            ratio = f"{result.ratio:.3g}"
            verdict = row.verdict(result.ratio)
            if result.note:
                verdict = f"{verdict} ({result.note})"
        return cls(
            title=row.title,
            against=row.against,
            ours=ours,
            theirs=theirs,
            ratio=ratio,
            limit=f"{sign} {row.limit:g}",
            aim=f"{sign} {row.aim:g}",
            verdict=verdict,
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of RATIOS."""
        compared = (self.title, self.against, self.ours, self.theirs, self.ratio)
        return (*compared, self.limit, self.aim, self.verdict)

    def __str__(self) -> str:
        amounts = f"{self.ours} ÷ {self.theirs}"
        return f"{self.ratio}  ({amounts}; limit {self.limit}, aim {self.aim})  {self.verdict}"


def section(title: str, lines: Iterable[str]) -> list[str]:
    """Put a heading above lines."""
    return ["", f"## {title}", "", *lines]


def amount(value: float) -> str:
    """Write an amount with three digits that count, or whole from a hundred on."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(columns: list[str], rows: Sequence[list[str]]) -> str:
    """Write a table of Markdown."""
    rule = ["---"] * len(columns)
    return "\n".join(_table_row(cells) for cells in [columns, rule, *rows])


def _table_row(cells: list[str]) -> str:
    escaped = [cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"
