"""A table before and after a notice, and what changes between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

Rows = Sequence[Sequence[str]]  # cells of text, the header row first


class Contents(NamedTuple):
    """The bytes of a table's two files, None where there is no file."""

    table: bytes | None
    milestones: bytes | None


class Difference(NamedTuple):
    """A field before and after, as the table is read; "" where it is empty or its measure is not there."""

    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What becomes of one measure.

    fields: those that differ. Beside the fields of `schema` there is milestones, one on a line.
    """

    kind: Literal["added", "changed", "removed"]
    measure_id: str
    article: str
    title: str
    fields: Mapping[str, Difference]


@dataclass(frozen=True)
class Revision:
    """A table before and after a notice, not yet saved.

    changes: in the order of the notice, what is removed last.
    unchanged: how many measures of the list stay as they are.
    renamed: the list before and after, where the notice calls it otherwise.
    """

    path: Path
    changes: tuple[Change, ...]
    unchanged: int
    renamed: Difference | None
    before: Contents = field(repr=False)
    after: Contents = field(repr=False)
