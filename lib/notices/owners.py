"""Whose each character of a document is, so that none vanishes in silence.

Whatever reading has made something of is given to an owner, the more special one last: the value
of a cell stands inside a measure's text. What nobody owns is not placed, and a person is shown it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from lib.notices.model import Block, Line, Source, Span, Unplaced
from lib.notices.reading import heads, outline, tables, text
from lib.notices.reading.claims import wording
from lib.notices.reading.entry import Entry

_WORD: Final = re.compile(r"\w")


class Parts(NamedTuple):
    """What reading makes of a document.

    blocks, lines: the document, a line for each block.
    tree: the outline of its text.
    head: what it says about itself.
    text, tables: what either holds.
    """

    blocks: Sequence[Block]
    lines: Sequence[Line]
    tree: outline.Outline
    head: heads.Head
    text: text.Found
    tables: tables.Found

    @property
    def entries(self) -> list[Entry]:
        """The measures of text and tables, in the order of the document."""
        return sorted([*self.text.entries, *self.tables.entries], key=lambda entry: entry.block)


class Role(IntEnum):
    """What a stretch of a document is."""

    UNPLACED = 0
    WORDING = 1  # labels, numbers, verbs and marks around what others own
    NOTE = 2  # on who of a list leads
    HEAD = 3  # a title
    HEADER = 4  # over a column
    HEADING = 5  # over measures
    TEXT = 6  # of a measure
    CELL = 7  # a value of a measure


_STRETCH: Final = re.compile(b"|".join(b"\\x%02x+" % role for role in Role))
_UNPLACED: Final = re.compile(b"\\x00+")


class Owned(NamedTuple):
    """A stretch of a document, and what it is."""

    span: Span
    role: Role


class Owners:
    """The role of each character of a document."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._roles = [bytearray(len(line.text)) for line in lines]  # a byte for each character

    def give(self, sources: Iterable[Source], role: Role) -> None:
        """Give stretches to an owner, whosever they were before."""
        for block, start, end in sources:
            self._roles[block][start:end] = bytes([role]) * (end - start)

    def give_lines(self, blocks: Iterable[int], role: Role) -> None:
        """Give whole lines to an owner."""
        self.give((self._lines[block].span.source for block in blocks), role)

    def stretches(self) -> Iterator[Owned]:
        """All stretches, in the order of the document."""
        for line, roles in zip(self._lines, self._roles, strict=True):
            for match in _STRETCH.finditer(roles):
                yield Owned(line.span.part(*match.span()), Role(match[0][0]))

    def unplaced(self) -> Iterator[Span]:
        """What nobody owns, in the order of the document."""
        for line, roles in zip(self._lines, self._roles, strict=True):
            for match in _UNPLACED.finditer(roles):
                yield line.span.part(*match.span())


def of(parts: Parts) -> Owners:
    """Give each character of a document that was read to its owner."""
    owners = Owners(parts.lines)
    owners.give_lines(parts.head.blocks, Role.HEAD)
    owners.give(parts.tree.numbers(), Role.WORDING)
    owners.give((note.source for note in parts.tree.notes), Role.NOTE)
    owners.give_lines(parts.tables.headers, Role.HEADER)
    owners.give(parts.tables.sections, Role.HEADING)
    owners.give((heading.source for heading in parts.text.headings), Role.HEADING)
    entries = parts.entries
    for entry in entries:
        owners.give((part.source for part in (*entry.body, *entry.kept)), Role.TEXT)
    for entry in entries:
        owners.give(_values(entry), Role.CELL)
    _give_wording(owners, _Left(parts.text.loose))
    return owners


def unplaced(owners: Owners, parts: Parts) -> Iterator[Unplaced]:
    """What is not placed, and why, in the order of the document."""
    left = _Left(parts.text.loose)
    for span in owners.unplaced():
        if why := left.why(span):
            yield _unplaced(span, why)
        else:
            in_table = parts.blocks[span.line.block].table >= 0
            yield _unplaced(span.trimmed(), "table" if in_table else "rest")


def _unplaced(span: Span, why: str) -> Unplaced:
    """A stretch without the spaces around it."""
    words = span.text.strip()
    start = span.start + span.text.index(words)
    return Unplaced(Source(span.line.block, start, start + len(words)), words, why)


def _values(entry: Entry) -> Iterator[Source]:
    """Where the values of a measure's cells stand: a claim counts whose value is in one."""
    cells = entry.measure.cells
    for cell in cells.values():
        if cell.source and (cell.text or cell.names):
            yield cell.source
    names = {name for cell in cells.values() for name in cell.names}
    deadline = cells["deadline"].text
    for claim in entry.claims:
        if claim.field == "deadline":
            counts = " ".join(claim.text.split()) == deadline
        else:
            counts = names.issuperset(claim.names)
        if counts or claim.reason == "ditto":
            yield claim.source


class _Left:
    """What reading has left by itself, and why."""

    def __init__(self, loose: Iterable[outline.Loose]) -> None:
        self._loose: dict[int, list[outline.Loose]] = defaultdict(list)  # by block
        for one in loose:
            self._loose[one.part.line.block].append(one)

    def why(self, span: Span) -> str:
        """Why a stretch was left, "" where it was not."""
        for part, why in self._loose.get(span.line.block, ()):
            if part.start < span.end and span.start < part.end:
                return why
        return ""


def _give_wording(owners: Owners, left: _Left) -> None:
    """Give what says nothing by itself to what it stands around; of what was left only marks."""
    for span in list(owners.unplaced()):
        if left.why(span) and _WORD.search(span.text):
            continue
        owners.give([span.source], Role.WORDING)
        owners.give((part.source for part in wording.saying_more(span)), Role.UNPLACED)
