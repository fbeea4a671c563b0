"""The measured rows as a table, for the terminal and for bench/RESULTS.md."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .rows import Result, Row

GROWTH = [
    "measures", "read CSV, ms", "its peak, MB", "start → loaded, ms", "server, MB", "rerun, ms", "questions, ms",
    "filtered, ms",
]  # fmt: skip


@dataclass
class Report:
    command: str
    load: float  # of the machine before anything was started, per core
    remarks: list[str] = field(default_factory=list)
    results: list[tuple[Row, Result | None, str]] = field(
        default_factory=list
    )  # row, result, what went wrong
    growth: list[list[str]] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(
            result is None or row.verdict(result.ratio) == "FAIL" for row, result, _ in self.results
        )

    def markdown(self) -> str:
        head = [
            "# Results of `make bench`",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}; "
            f"`{self.command}`. Load of the machine before the start: {self.load:.2f} a core.",
            "Ratios hold from machine to machine, milliseconds do not. Both medians are from one run, taken in turn.",
            *[f"**{remark}**" for remark in self.remarks],
            "",
        ]
        columns = ["measured", "÷", "ours", "theirs", "ratio", "limit", "aim", ""]
        body = [table(columns, [list(cells(*one)) for one in self.results])] if self.results else []
        if self.growth:
            body += ["", "## Growth of the cost", "", table(GROWTH, self.growth)]
        if self.memory:
            body += ["", "## Memory", "", *self.memory]
        if self.notices:
            body += ["", "## Notices", "", *self.notices]
        if self.lines:
            body += ["", "## Beside the ratios", "", *[f"- {line}" for line in self.lines]]
        return "\n".join([*head, *body, ""])


def cells(row: Row, result: Result | None, trouble: str) -> tuple[str, ...]:
    sign = "≥ " if row.at_least else "≤ "
    bounds = (f"{sign}{row.limit:g}", f"{sign}{row.aim:g}")
    if result is None:
        return (row.title, row.against, "", "", "", *bounds, f"not measured: {trouble}")
    amounts = (f"{amount(result.ours)} {result.unit}", f"{amount(result.theirs)} {result.unit}")
    words = row.verdict(result.ratio) + (f" ({result.note})" if result.note else "")
    return (row.title, row.against, *amounts, f"{result.ratio:.3g}", *bounds, words)


def amount(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(columns: list[str], body: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *body]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )
