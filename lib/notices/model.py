"""What a notice is once it was read: blocks, measures whose every cell knows its source, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from lib.errors import Problem
from lib.notices import dates
from lib.text import deadlines

# The cells that a measure has, in the order of the measure table.
FIELDS: Final = (
    "section",
    "article",
    "title",
    "leaders",
    "lead_departments",
    "support_departments",
    "deadline",
)


class Source(NamedTuple):
    """Where something stands: characters start to end of a block's text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table cell, as a reader sees it.

    text: with Word's automatic number in front, whose length is `auto`; table: 0-based number of its table, -1 outside;
    row, column, down, across: the cell's place and how far it is merged; soft: its end may be a mere line break.
    """

    text: str
    auto: int = 0
    table: int = -1
    row: int = 0
    column: int = 0
    down: int = 1
    across: int = 1
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a measure: its text or names, why it was read so, and whether that is beyond doubt.

    reason: `notice.reason.<code>` in the locale; detail: the words that decided (a note, a heading); source: None where
    nothing in the document says it.
    """

    text: str = ""
    names: tuple[str, ...] = ()
    reason: str = "absent"
    sure: bool = True
    source: Source | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date or a quantity that a measure's text names beside its deadline."""

    measure: int
    deadline: str
    text: str
    target: str = ""
    unit: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. cells: by field of FIELDS; departments: as printed where one list names them, else empty."""

    cells: dict[str, Cell]
    departments: str = ""
    text: str = ""
    where: Source | None = None
    year: int | None = None

    @property
    def window(self) -> deadlines.Window | None:
        """What the deadline says; None where it can't be read."""
        phrase = self.cells["deadline"].text
        return dates.window(phrase, self.year) if phrase else deadlines.Window(None, None)

    @property
    def due(self) -> date | None:
        window = self.window
        return window.due if window else None


class Unplaced(NamedTuple):
    """Text that is part of no measure. why: `notice.unplaced.<code>` in the locale."""

    source: Source
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as read. blocks: the document, to which every Source points."""

    name: str
    blocks: tuple[Block, ...]
    title: str = ""
    issuer: str = ""
    document_number: str = ""
    year: int | None = None
    issued: date | None = None
    measures: tuple[Measure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Unplaced, ...] = field(default=())
