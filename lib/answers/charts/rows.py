"""The named rows of a chart: leaders or departments down its side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from lib.answers.charts.figure import Band, Trace, axis
from lib.answers.charts.traces import targets, texts
from lib.answers.charts.words import (
    LINE,
    in_lines,
    room_for,
    short_number,
    wrapped,
)
from lib.answers.marks import of_name
from lib.answers.names import name_or_others
from lib.i18n import Translator
from lib.workload import OTHERS

GAP: Final = 8.0  # pixels between two rows
BAR: Final = 18  # pixels, the thickness of a bar with its number beside it
THICK_BAR: Final = 24  # pixels, of a bar with words in it


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name as data, in words and in lines; its place, in pixels from the top."""

    name: str
    words: str
    lines: tuple[str, ...]
    top: float
    height: float

    @property
    def single(self) -> bool:
        """Whether the row is one name. OTHERS has no bar, which would dwarf theirs."""
        return self.name != OTHERS

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a chart, one below the other. picked: the name of one of them, or ""."""

    rows: list[Row]
    picked: str

    @classmethod
    def of(
        cls,
        names: Iterable[object],
        others: int,
        t: Translator,
        *,
        limit: int,
        bar: int,
        picked: str,
    ) -> Rows:
        """Rows of names, OTHERS among them.

        Args:
            others: how many names OTHERS stands for.
            limit: how many Chinese characters a line of a name holds.
            bar: the thickness of the bars, in pixels; no row is lower.
        """
        rows: list[Row] = []
        top = 0.0
        for name in map(str, names):
            words = name_or_others(name, others, t)
            lines = wrapped(words, limit)
            height = max(len(lines) * LINE, bar) + GAP
            rows.append(Row(name, words, lines, top, height))
            top += height
        if not any(row.name == picked for row in rows):
            picked = ""
        return cls(rows, picked)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    @property
    def middles(self) -> list[float]:
        return [row.middle for row in self.rows]

    @property
    def heights(self) -> list[float]:
        return [row.height for row in self.rows]

    @property
    def bottom(self) -> float:
        """The height of all rows, in pixels."""
        return self.rows[-1].bottom

    @property
    def left(self) -> int:
        """The room that the names take, in pixels."""
        return room_for(line for row in self.rows for line in row.lines)

    def axis(self) -> Trace:
        """The vertical axis with the names, the picked one bold."""
        labels = [in_lines(row.lines, self._is_picked(row)) for row in self.rows]
        return axis(self.bottom, 0, tickvals=self.middles, ticktext=labels, ticklabelstandoff=6)

    def _is_picked(self, row: Row) -> bool:
        return bool(self.picked) and row.name == self.picked

    def opens(self, **parameters: str) -> list[str]:
        """What each row opens: OTHERS the names. parameters: of `marks.opens` beside the name."""
        return [of_name(row.name, **parameters) for row in self.rows]

    def bands(self, **parameters: str) -> list[Band]:
        """The rows as what a click beside the plot opens. parameters: as `opens` has them."""
        queries = self.opens(**parameters)
        return [Band(row.bottom, query) for row, query in zip(self.rows, queries, strict=True)]

    def targets(
        self,
        counts: Sequence[float],
        longest: float,
        hover: list[str],
        start: float = 0,
        **parameters: str,
    ) -> Trace:
        """What a row's bars leave free of it as a place to click.

        Over them it would take some of their clicks.

        Args:
            counts: where the bars end, from `start` on; longest: where the place ends.
            hover: what each tells.
            start: where the bars begin.
            parameters: as `opens` has them.
        """
        ends = [count if row.single else 0 for row, count in zip(self.rows, counts, strict=True)]
        return targets(
            [longest - end for end in ends],
            self.middles,
            self.opens(**parameters),
            hover,
            orientation="h",
            width=self.heights,
            base=[start + end for end in ends],
        )

    def numbers(self, counts: Sequence[float], t: Translator, start: float = 0) -> Trace:
        """The number at each bar's end; OTHERS, without a bar, say it in words."""
        ends: list[float] = []
        numbers: list[str] = []
        for row, count in zip(self.rows, counts, strict=True):
            number = short_number(count, t)
            if row.single:
                ends.append(start + count)
                numbers.append(f" {number}")
            else:
                ends.append(start)
                numbers.append(f" {t('chart.in_all', n=number)}")
        return texts(ends, self.middles, numbers, "middle right")

    def longest(self, *columns: Sequence[float]) -> float:
        """The longest bar of several columns of counts, 1 where there is none."""
        counts = [
            count
            for column in columns
            for row, count in zip(self.rows, column, strict=True)
            if row.single
        ]
        return max(counts, default=0) or 1


def others_of(frame: pd.DataFrame) -> int:
    """How many names the row of OTHERS stands for in a load frame."""
    if "others" not in frame:
        return 0
    return int(frame["others"].max())
