"""What comes of the files that came back, before it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.errors import BoardError, Problem
from lib.ledger.events import Draft, Event
from lib.ledger.forms.columns import Cells
from lib.ledger.forms.stamp import Stamp


class Verdict(StrEnum):
    """What comes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"  # the same is recorded already
    CONFLICT = "conflict"  # something was recorded of the measure since the form was made
    EMPTY = "empty"  # not filled in, which is no report
    QUESTION = "question"


@dataclass(frozen=True)
class PreviewRow:
    """A row that came back.

    Attributes:
        line: of the sheet, from 1.
        row: of the measure in the table, None where that is not known.
        cells: what stands in it, by column.
        drafts: the events that come of it; of a conflict, if the office takes it all the same.
        recorded: the events since the form was made, of a conflict.
    """

    line: int
    measure_id: str
    row: int | None
    cells: Cells
    verdict: Verdict
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    recorded: tuple[Event, ...] = ()


@dataclass(frozen=True)
class PreviewFile:
    """A file that came back, or one sheet of it.

    Attributes:
        name: of the file.
        stamp: which form it is, None where that is not known.
        problems: of the whole form.
        is_taken: whether its rows are, or a problem of the whole form is to be settled first.
        error: why the file could not be read.
    """

    name: str
    stamp: Stamp | None = None
    rows: tuple[PreviewRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_taken: bool = True
    error: BoardError | None = None

    def count(self, verdict: Verdict) -> int:
        """How many rows are so."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def has_questions(self) -> bool:
        """Whether something in it is to be corrected."""
        return bool(self.problems) or any(row.problems for row in self.rows)


@dataclass(frozen=True)
class Preview:
    """All files that came back together."""

    files: tuple[PreviewFile, ...]

    @property
    def drafts(self) -> list[Draft]:
        """The events that confirming records: those of new rows."""
        return [draft for row in self.rows(Verdict.NEW) for draft in row.drafts]

    @property
    def conflicting_drafts(self) -> list[Draft]:
        """The events of the rows in conflict, which are recorded if the office takes them all the same."""
        return [draft for row in self.rows(Verdict.CONFLICT) for draft in row.drafts]

    def rows(self, verdict: Verdict) -> list[PreviewRow]:
        """The rows that are so, of all files."""
        return [row for file in self.files for row in file.rows if row.verdict is verdict]

    def count(self, verdict: Verdict) -> int:
        """How many rows are so."""
        return sum(file.count(verdict) for file in self.files)
