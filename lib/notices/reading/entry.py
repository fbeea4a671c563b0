"""A measure as it was read, and what of the document it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field

from lib.notices.model import Measure, Span
from lib.notices.reading.claims.claim import Claims
from lib.text.marks import Mark


@dataclass
class Entry:
    """A measure of a list.

    claims: what is said of who answers for it, and by when.
    body: the parts that its text consists of.
    kept: what else is in its text and no value of its cells: remarks, targets, figures.
    mark: the number that it has as an item of a text, None where it has none.
    """

    measure: Measure
    claims: Claims
    body: list[Span] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    mark: Mark | None = None

    @property
    def block(self) -> int:
        """The block in which it begins."""
        return self.measure.where.block if self.measure.where else 0
