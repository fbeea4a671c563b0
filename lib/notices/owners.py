"""Whose each character of a document is, so that none vanishes in silence.

Whatever reading has made something of is given to an owner, the more special one last: the value
of a cell stands inside a measure's text. What nobody owns is not placed, and a person is shown it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from lib.notices.model import Blocks, Lines, Source, Span, Unplaced
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

    blocks: Blocks
    lines: Lines
    tree: outline.Outline
    head: heads.Head
    text: text.Found
    tables: tables.Found

    @property
    def entries(self) -> list[Entry]:
        """The measures of text and tables, in the order of the document."""
        entries = [*self.text.entries, *self.tables.entries]
        return sorted(entries, key=lambda entry: entry.block)


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


# The roles of a block's characters are bytes of one string: a stretch is a run of the same byte.
_SAME_ROLE: Final = re.compile(b"|".join(b"\\x%02x+" % role for role in Role))
_UNPLACED: Final = re.compile(b"\\x00+")


class Owned(NamedTuple):
    """A stretch of a document, and what it is."""

    span: Span
    role: Role


class Owners:
    """The role of each character of a document."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._roles = [bytearray(len(line.text)) for line in lines]  # a byte for each character

    def give(self, sources: Iterable[Source], role: Role) -> None:
        """Give stretches to an owner, whosever they were before."""
        one_byte = bytes([role])
        for block, start, end in sources:
            roles = self._roles[block]
            roles[start:end] = one_byte * (end - start)

    def give_lines(self, blocks: Iterable[int], role: Role) -> None:
        """Give whole lines to an owner."""
        lines = [self._lines[block] for block in blocks]
        spans = [line.span for line in lines]
        self.give_spans(spans, role)

    def give_spans(self, spans: Iterable[Span], role: Role) -> None:
        """Give parts of lines to an owner."""
        sources = [span.source for span in spans]
        self.give(sources, role)

    def stretches(self) -> Iterator[Owned]:
        """All stretches, in the order of the document."""
        for line, roles in zip(self._lines, self._roles, strict=True):
            for match in _SAME_ROLE.finditer(roles):
                start, end = match.span()
                stretch = line.span.part(start, end)
                role = Role(roles[start])
                yield Owned(stretch, role)

    def unplaced(self) -> Iterator[Span]:
        """What nobody owns, in the order of the document."""
        for line, roles in zip(self._lines, self._roles, strict=True):
            for match in _UNPLACED.finditer(roles):
                start, end = match.span()
                yield line.span.part(start, end)


def of(parts: Parts) -> Owners:
    """Give each character of a document that was read to its owner."""
    owners = Owners(parts.lines)
    owners.give_lines(parts.head.blocks, Role.HEAD)
    owners.give(parts.tree.numbers(), Role.WORDING)
    owners.give_spans(parts.tree.notes, Role.NOTE)
    owners.give_lines(parts.tables.headers, Role.HEADER)
    owners.give(parts.tables.sections, Role.HEADING)
    owners.give_spans(parts.text.headings, Role.HEADING)
    entries = parts.entries
    for entry in entries:
        owners.give_spans(entry.body, Role.TEXT)
        owners.give_spans(entry.kept, Role.TEXT)
    for entry in entries:
        owners.give(_values(entry), Role.CELL)
    left = _LeftByReading(parts.text.loose)
    _give_wording(owners, left)
    return owners


def _values(entry: Entry) -> Iterator[Source]:
    """Where the values of a measure's cells stand: in the cells, and in claims that are in one."""
    cells = entry.measure.cells
    names: set[str] = set()
    for cell in cells.values():
        names.update(cell.names)
        is_filled = cell.text or cell.names
        if is_filled and cell.source:
            yield cell.source
    deadline = cells["deadline"]
    for claim in entry.claims:
        if claim.field == "deadline":
            words = claim.text.split()
            is_in_cell = " ".join(words) == deadline.text
        else:
            is_in_cell = names.issuperset(claim.names)
        if is_in_cell or claim.reason == "ditto":
            yield claim.source


def _give_wording(owners: Owners, left: _LeftByReading) -> None:
    """Give what says nothing by itself to what it stands around; of what was left only marks."""
    for span in list(owners.unplaced()):
        has_words = _WORD.search(span.text)
        if has_words and left.why(span):
            continue
        owners.give_spans([span], Role.WORDING)
        owners.give_spans(wording.saying_more(span), Role.UNPLACED)


# --- what nobody owns -----------------------------------------------------------------------------


def unplaced(owners: Owners, parts: Parts) -> Iterator[Unplaced]:
    """What is not placed, and why, in the order of the document."""
    left = _LeftByReading(parts.text.loose)
    for span in owners.unplaced():
        why = left.why(span)
        if why:
            yield _unplaced(span, why)
            continue
        block = parts.blocks[span.line.block]
        where = "table" if block.table >= 0 else "rest"
        yield _unplaced(span.trimmed(), where)


def _unplaced(span: Span, why: str) -> Unplaced:
    """A stretch without the spaces around it."""
    words = span.text.strip()
    indent = span.text.index(words)
    start = span.start + indent
    end = start + len(words)
    source = Source(span.line.block, start, end)
    return Unplaced(source, words, why)


class _LeftByReading:
    """What reading has left by itself, and why."""

    def __init__(self, loose: Iterable[outline.Loose]) -> None:
        self._of_block: dict[int, list[outline.Loose]] = defaultdict(list)
        for leftover in loose:
            block = leftover.part.line.block
            self._of_block[block].append(leftover)

    def why(self, span: Span) -> str:
        """Why a stretch was left, "" where it was not."""
        block = span.line.block
        for part, why in self._of_block.get(block, ()):
            begins_before_end = part.start < span.end
            ends_after_start = span.start < part.end
            if begins_before_end and ends_after_start:
                return why
        return ""
