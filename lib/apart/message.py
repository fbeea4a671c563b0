"""What goes between the board and the process that reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec


class Request(msgspec.Struct):
    """What is to be read. task: a name of `worker.TASKS`; seconds: of the processor, at most."""

    task: str
    arguments: dict[str, Any]
    seconds: int


class Outcome(msgspec.Struct):
    """How it went; where it went well the value follows.

    code, details: of the BoardError; failure: what else went wrong, for the log.
    """

    code: str = ""
    details: dict[str, Any] = {}
    failure: str = ""

    @property
    def is_good(self) -> bool:
        """Whether a value follows."""
        return not (self.code or self.failure)


class Source(msgspec.Struct, frozen=True):
    """What somebody has brought to Intake.

    Attributes:
        data: the bytes of the file, or of what was pasted, in UTF-8.
        name: what the file is called; of pasted text, where it comes from in the reader's words.
        is_pasted: whether it is text that was pasted.
    """

    data: bytes
    name: str
    is_pasted: bool = False


class Told(msgspec.Struct, frozen=True):
    """What a person has told of how something is to be read.

    Attributes:
        columns: what its columns were chosen to be.
        words: what its lines are, each as `notices.words.Word` has it.
    """

    columns: dict[str, str] = {}
    words: tuple[tuple[str, tuple[int, ...], tuple[str, ...]], ...] = ()


class Draft(msgspec.Struct, frozen=True):
    """A notice that was read, and the log of what a person has changed in it since.

    The board holds it packed, and only the process that reads unpacks it: for a notice of 9,000
    measures that takes a second or two, for which everybody who looks at the board would wait.

    Attributes:
        notice: as `drafts.pack` has packed it.
        log: the browser's edits (`notices.message.Edit`), in the order of their numbers.
        since: the number of the last edit that counts no more: what came before named rows of another
            reading.
        told: before the edits that count.
        read_by: what was told when the notice was read.
        browser_remembers: whether the browser is to remember what columns are chosen to be.
    """

    notice: bytes
    log: tuple[dict[str, Any], ...] = ()
    since: int = 0
    told: Told = Told()
    read_by: Told = Told()
    browser_remembers: bool = False

    @property
    def done(self) -> int:
        """The number of the browser's last edit that is in it, 0 where there is none."""
        if not self.log:
            return 0
        last: int = self.log[-1]["n"]
        return last


class Drawn(msgspec.Struct, frozen=True):
    """What the page says of a draft, and what the desk draws of it.

    Attributes:
        name, issuer, document_number, issued: where the notice comes from.
        read: how many measures were read, before the first edit.
        measures, milestones: how many there are.
        left: how many cells are still to be checked.
        is_own: whether it is a table of the board's own.
        is_table: whether it is a file of rows and columns.
        told: with the edits of the log.
        message: what the desk is sent (`notices.message.Message`), as JSON.
    """

    name: str
    issuer: str
    document_number: str
    issued: date | None
    read: int
    measures: int
    milestones: int
    left: int
    is_own: bool
    is_table: bool
    told: Told
    message: bytes
