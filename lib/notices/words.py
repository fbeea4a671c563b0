"""What a person says of the lines of a document that is not understood: plain data.

Lines are numbered as the document came, from 1, before anything is made of them: so a word means
the same however the rest is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

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


class Word(NamedTuple):
    """What was said once.

    lines: the first and the last one of a table; else those at which the paragraphs begin.
    cells: of a table, what the pieces of its first lines are in one row, in the order in which they
        stand; none where the person leaves it to be found.
    """

    kind: str
    lines: tuple[int, ...]
    cells: tuple[str, ...] = ()

    def without(self, lines: Collection[int]) -> Word | None:
        """What is left of it where something else is said of some lines."""
        if self.kind == TABLE:
            first, last = self.lines
            return None if any(first <= line <= last for line in lines) else self
        left = tuple(line for line in self.lines if line not in lines)
        return self._replace(lines=left) if left else None


class Said(NamedTuple):
    """A word, and how it was understood.

    pieces: of a table, those of its first lines; cells: what each of them is.
    """

    word: Word
    pieces: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def of_edit(edit: Mapping[str, Any]) -> Word | None:
    """The word that an edit says, None where it says none."""
    kind, lines, cells = edit.get("do"), edit.get("lines"), edit.get("cells", [])
    if kind not in KINDS or not _are(lines, int) or not _are(cells, str):
        return None
    if not lines or min(lines) < 1 or max(lines) > _LAST_LINE:
        return None
    if len(cells) > _MOST_CELLS or not set(cells) <= {*CELLS}:
        return None
    ordered = tuple(sorted(set(lines)))
    if kind == TABLE:
        ordered = (ordered[0], ordered[-1])
    return Word(kind, ordered, tuple(cells))


def _are(items: object, kind: type) -> bool:
    return isinstance(items, list) and all(isinstance(item, kind) for item in items)


def after(words: Sequence[Word], word: Word) -> tuple[Word, ...]:
    """All words once another one is said: it holds for its lines, whatever was said of them."""
    lines: Collection[int] = set(word.lines)
    if word.kind == TABLE:
        lines = range(word.lines[0], word.lines[1] + 1)
    left = (earlier.without(lines) for earlier in words)
    return (*(earlier for earlier in left if earlier), word)
