"""What a person says of the lines of a document that is not understood: plain data.

Lines are numbered as the document came, from 1, before anything is made of them: so a word means
the same however the rest is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeGuard, TypeVar

TABLE: Final = "table"  # these lines are a table
MEASURE: Final = "measure"  # each of these paragraphs is a measure
ABOVE: Final = "above"  # these lines belong to the measure above
OTHER: Final = "other"  # a cell of none of our fields

# What a cell of a row may be, in the order in which they are offered; "" is no cell of it.
CELLS: Final = (
    "serial",
    "section",
    "title",
    "leaders",
    "departments",
    "lead_departments",
    "support_departments",
    "deadline",
    OTHER,
    "",
)

KINDS: Final = (TABLE, MEASURE, ABOVE)
_LAST_LINE: Final = 1_000_000
_MOST_CELLS: Final = 64

Item = TypeVar("Item")


class Word(NamedTuple):
    """What was said once.

    lines: the first and the last one of a table; else those at which the paragraphs begin.
    cells: of a table, what the pieces of its first lines are in one row, in the order in which they
        stand; none where the person leaves it to be found.
    """

    kind: str
    lines: tuple[int, ...]
    cells: tuple[str, ...] = ()

    @property
    def covered(self) -> Collection[int]:
        """The lines of which it says something."""
        if self.kind == TABLE:
            first, last = self.lines
            return range(first, last + 1)
        return set(self.lines)

    def without(self, lines: Collection[int]) -> Word | None:
        """What is left of it where something else is said of some lines."""
        if self.kind == TABLE:
            covered = self.covered
            is_overruled = any(line in covered for line in lines)
            return None if is_overruled else self
        left = tuple(line for line in self.lines if line not in lines)
        if not left:
            return None
        return self._replace(lines=left)


class Said(NamedTuple):
    """A word, and how it was understood.

    pieces: of a table, those of its first lines; cells: what each of them is.
    """

    word: Word
    pieces: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def of_edit(edit: Mapping[str, Any]) -> Word | None:
    """The word that an edit says, None where it says none."""
    kind = edit.get("do")
    lines = edit.get("lines")
    cells = edit.get("cells", [])
    if kind not in KINDS or not _are_lines(lines) or not _are_cells(cells):
        return None
    ordered = sorted(set(lines))
    if kind == TABLE:
        ordered = [ordered[0], ordered[-1]]
    return Word(kind, tuple(ordered), tuple(cells))


def _are_lines(items: object) -> TypeGuard[list[int]]:
    """Whether an edit names lines: one at least, each a number that a line can have."""
    if not _are(items, int) or not items:
        return False
    return all(0 < line <= _LAST_LINE for line in items)


def _are_cells(items: object) -> TypeGuard[list[str]]:
    """Whether an edit names cells of a row, or none."""
    if not _are(items, str) or len(items) > _MOST_CELLS:
        return False
    return all(cell in CELLS for cell in items)


def _are(items: object, kind: type[Item]) -> TypeGuard[list[Item]]:
    return isinstance(items, list) and all(isinstance(item, kind) for item in items)


def after(words: Sequence[Word], word: Word) -> tuple[Word, ...]:
    """All words once another one is said: it holds for its lines, whatever was said of them."""
    kept: list[Word] = []
    for earlier in words:
        left = earlier.without(word.covered)
        if left:
            kept.append(left)
    return (*kept, word)
