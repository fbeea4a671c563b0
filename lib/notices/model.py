"""What a notice is once it was read: blocks, measures and what was left over.

Each cell of a measure knows where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from lib.errors import Problem
from lib.notices import labels
from lib.notices.words import Said
from lib.text import deadlines, folding

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

# The years that a list may be said to be of.
YEARS: Final = range(1949, 2101)

# Marks and spaces that belong to nothing when they stand at the ends of a part of a text.
_EDGES: Final = " \t\n\u3000\xa0，,。；;：:、.|"
_BRACKETS_PEELED: Final = 8  # so many unpaired brackets are taken off the ends of a span at most


class Source(NamedTuple):
    """Where something stands: characters start to end of a block's text.

    The place as a result keeps it. While a notice is read, the same place is a Span.
    """

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """The text of one block in two writings of the same length: as printed, and folded.

    All rules look at the folded writing; what a cell of the table says is cut from the text.
    """

    block: int
    text: str
    folded: str
    said: str = ""  # as of its block

    @classmethod
    def of(cls, block: int, text: str, said: str = "") -> Line:
        """Fold the text of a block."""
        return cls(block, text, folding.fold(text), said)

    @property
    def span(self) -> Span:
        """The whole line."""
        return Span(self, 0, len(self.text))


Lines = Sequence[Line]  # of a document, one for each block


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a line, characters start to end: what every step of the reading works on.

    A span knows both writings; its `source` is the same place as a number of a block, which is
    what measures, cells and milestones keep of it. Positions count from the beginning of the line.
    """

    line: Line
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    @property
    def text(self) -> str:
        """The part as printed."""
        return self.line.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The part in the writing in which texts are compared."""
        return self.line.folded[self.start : self.end]

    @property
    def source(self) -> Source:
        """The place that a result keeps."""
        return Source(self.line.block, self.start, self.end)

    def until(self, end: int) -> Span:
        """The same span, ending earlier (or later)."""
        return Span(self.line, self.start, end)

    def since(self, start: int) -> Span:
        """The same span, beginning later (or earlier)."""
        return Span(self.line, start, self.end)

    def part(self, start: int, end: int) -> Span:
        """Another span of the same line."""
        return Span(self.line, start, end)

    def group(self, match: re.Match[str], group: int | str = 0) -> Span:
        """What a match in this line, or a group of it, covers."""
        return Span(self.line, *match.span(group))

    def trimmed(self) -> Span:
        """Leave out marks and spaces at both ends, and brackets there that are unpaired inside."""
        span = self._without_edges()
        for _ in range(_BRACKETS_PEELED):
            peeled = span._without_unpaired_bracket()
            if peeled is span:
                break
            span = peeled._without_edges()
        return span

    def _without_edges(self) -> Span:
        folded = self.line.folded
        start = self.start
        end = self.end
        while start < end and folded[start] in _EDGES:
            start += 1
        while start < end and folded[end - 1] in _EDGES:
            end -= 1
        return self.part(start, end)

    def _without_unpaired_bracket(self) -> Span:
        """Leave out one bracket at an end of which there are too many; self where there is none."""
        folded = self.folded
        opened = folded.count("(") + folded.count("[")
        closed = folded.count(")") + folded.count("]")
        if opened < closed and folded[-1] in ")]":
            return self.until(self.end - 1)
        if opened > closed:
            if folded[0] in "([":
                return self.since(self.start + 1)
            if folded[-1] in "([":
                return self.until(self.end - 1)
        return self

    # A pattern that looks behind sees the line before the span, and ^ is the line's beginning;
    # $ is the span's end.

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match at the span's beginning."""
        return pattern.match(self.line.folded, self.start, self.end)

    def fullmatch(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the whole span."""
        return pattern.fullmatch(self.line.folded, self.start, self.end)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find the first match inside the span."""
        return pattern.search(self.line.folded, self.start, self.end)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Find all matches inside the span."""
        return pattern.finditer(self.line.folded, self.start, self.end)

    def find(self, words: str) -> int:
        """The first position of some words in the span, -1 for none."""
        return self.line.folded.find(words, self.start, self.end)

    def rfind(self, words: str) -> int:
        """The last position of some words in the span, -1 for none."""
        return self.line.folded.rfind(words, self.start, self.end)

    # What stands inside.

    def find_labels(self) -> list[labels.Label]:
        """The labels with their colons, from left to right."""
        return labels.labels_in(self.line.folded, self.start, self.end)

    def opening_label(self) -> labels.Label | None:
        """The label without a colon that the span begins with."""
        return labels.opening_label(self.line.folded, self.start, self.end)

    def find_dates(self) -> list[deadlines.Mention]:
        """The date phrases, from left to right."""
        return deadlines.find(self.line.folded, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table cell, as a reader sees it.

    text: with Word's automatic number in front, whose length is `auto`.
    table: 0-based number of its table, -1 outside.
    row, column, down, across: the cell's place and how far it is merged.
    soft: its end may be a mere line break.
    doubtful: it is a cell of a table that lost its grid, and may stand in another place of it.
    said: what a person says that it is, a kind of `notices.words`.
    line: of the document as it came, or of the sheet, in which it begins, from 1; 0 for a cell that
        had its grid.
    """

    text: str
    auto: int = 0
    table: int = -1
    row: int = 0
    column: int = 0
    down: int = 1
    across: int = 1
    soft: bool = False
    doubtful: bool = False
    said: str = ""
    line: int = field(default=0, compare=False)


Blocks = Sequence[Block]  # of a document, or some of them in its order


def last_table(blocks: Blocks) -> int:
    """The number of the last table among some blocks, -1 where there is none."""
    return max((block.table for block in blocks), default=-1)


class Document(NamedTuple):
    """A file as a reader sees it. problems: what was left out of the blocks."""

    blocks: list[Block]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a measure.

    text, names: the one or the others.
    reason: why it was read so, `notice.reason.<code>` in the locale.
    sure: whether that is beyond doubt.
    source: None where nothing in the document says it.
    detail: the words that decided: a note, a heading.
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
class Given:
    """What a table of the board's own says of a measure beside its cells.

    measure_id: "" for a measure that has come to the draft since; extra: cells of the office's own
    columns, by their headers, and of schema.DATE_COLUMNS, by their fields.
    """

    measure_id: str
    year: int | None
    list_name: str
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    cells: by field of FIELDS.
    departments: as printed where one list names them, else empty.
    year: in which the deadline is read.
    given: None for a measure of a notice.
    due_given: the day that a person gives beside a phrase that says none.
    """

    cells: dict[str, Cell]
    departments: str = ""
    text: str = ""
    where: Source | None = None
    year: int | None = None
    issued: date | None = None
    given: Given | None = None
    due_given: date | None = None

    @property
    def window(self) -> deadlines.Window | None:
        """What the deadline says; None where it can't be read."""
        phrase = self.cells["deadline"].text
        if not phrase:
            return deadlines.Window(None, None)
        return deadlines.read(phrase, self.year, self.issued)

    @property
    def due(self) -> date | None:
        """The day that the deadline says, or that a person gives; None where there is none."""
        if self.due_given:
            return self.due_given
        window = self.window
        return window.due if window else None

    @property
    def may_be_given_a_day(self) -> bool:
        """Whether its deadline is known to have no day, 汛期前, or can't be read.

        In a table of the board's own the days are given in columns of their own.
        """
        if self.given or not self.cells["deadline"].text:
            return False
        window = self.window
        return window is None or not (window.due or window.ongoing or window.recurring)


Measures = Sequence[Measure]  # in the order of the document


class Unplaced(NamedTuple):
    """Text that is part of no measure. why: `notice.unplaced.<code>` in the locale."""

    source: Source
    text: str
    why: str


class TableHeader(NamedTuple):
    """What the columns of a table were taken for.

    table, row: where its first row stands, as in `Block`.
    labels: what is printed over each column.
    fields: of each the field of `measures.schema`, "" for none.
    is_guess: whether that is not told by the header's words alone.
    """

    table: int
    row: int
    labels: tuple[str, ...]
    fields: tuple[str, ...]
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as read.

    blocks: the document, to which every Source points.
    headers: of the tables in a file of rows and columns.
    lines: how many the document came with, 0 for a file of rows and columns.
    said: what a person has said of them.
    is_own: whether it is a table of the board's own.
    """

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
    headers: tuple[TableHeader, ...] = ()
    lines: int = 0
    said: tuple[Said, ...] = ()
    is_own: bool = False
