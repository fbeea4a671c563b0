"""What a notice changes in the list that it replaces, measure by measure and field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lib import measures
from lib.files import Sheet
from lib.measures import identity, schema
from lib.revisions.model import Change, Difference
from lib.revisions.pairing import Heading, Headings, paired

WHO: Final = ("lead_departments", "support_departments")
OF_THE_LIST: Final = ("year", "list")  # the same in each row of a list
COMPARED: Final = ("section", "article", "title", "leaders", *WHO, "deadline")

Differences = dict[str, Difference]  # of the fields of a measure that differ


class Side:
    """A table as it is compared: each field of each row as text.

    text: field → the cells of all rows.
    names: the lead and the supporting departments of all rows.
    milestones: 编号 → the other cells of each milestone.
    """

    def __init__(self, sheet: Sheet, milestones: Sheet) -> None:
        self.table = measures.of(sheet, milestones)
        fields = ("measure_id", "departments", *OF_THE_LIST, *COMPARED)
        self.text = {field: self._texts(field) for field in fields}
        self.names = {field: pa.array(self.table.rows[field]).to_pylist() for field in WHO}
        self.milestones = self._milestones()

    def _milestones(self) -> dict[str, list[list[str]]]:
        columns = [self.table.milestones[field] for field in schema.MILESTONE_COLUMNS]
        milestones: dict[str, list[list[str]]] = defaultdict(list)
        for measure_id, *cells in zip(*columns, strict=True):
            milestones[measure_id].append([*map(str, cells)])
        return milestones

    def _texts(self, field: str) -> list[str]:
        column = pa.array(self.table.rows[field])
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "、")
        texts: list[str] = pc.fill_null(column.cast(pa.string()), "").to_pylist()
        return texts

    def fields(self, row: int) -> dict[str, str]:
        """What is compared of a measure."""
        lines = []
        for cells in self.milestones.get(self.text["measure_id"][row], []):
            lines.append(" ".join(filter(None, cells)))
        compared = {field: self.text[field][row] for field in COMPARED}
        return compared | {"milestones": "\n".join(lines)}

    def headings(self, rows: Sequence[int]) -> Headings:
        """By what the measures of some rows are known again."""
        articles, titles = self.text["article"], self.text["title"]
        return {row: Heading.of(articles[row], titles[row]) for row in rows}


@dataclass(frozen=True)
class Comparison:
    """A notice beside the list of the table that it replaces.

    old, new: the table and the notice.
    among: the rows of the list in the table, ascending.
    """

    old: Side
    new: Side
    among: Sequence[int]

    @cached_property
    def kept(self) -> dict[int, int]:
        """Row of the notice → row of the table that is the same measure."""
        rows = range(len(self.new.table))
        return paired(self.new.headings(rows), self.old.headings(self.among))

    @cached_property
    def gone(self) -> list[int]:
        """The rows of the table that the notice does not have any more."""
        return sorted(set(self.among) - set(self.kept.values()))

    @cached_property
    def ids(self) -> list[str]:
        """The 编号 of each measure of the notice.

        The table's for what is kept. The notice's for what is new, numbered where the table has one
        of them.
        """
        ids = [*self.new.text["measure_id"]]
        added = [row for row in range(len(ids)) if row not in self.kept]
        in_use = {*self.old.text["measure_id"], *self.old.milestones}
        free = identity.beside(in_use, [ids[row] for row in added])
        for row, measure_id in zip(added, free, strict=True):
            ids[row] = measure_id
        for row, old_row in self.kept.items():
            ids[row] = self.old.text["measure_id"][old_row]
        return ids

    @cached_property
    def differences(self) -> list[Differences]:
        """What differs in each measure of the notice."""
        return [self._differences(row) for row in range(len(self.new.table))]

    def _differences(self, row: int) -> Differences:
        after = self.new.fields(row)
        before = dict.fromkeys(after, "")
        if row in self.kept:
            before = self.old.fields(self.kept[row])
        differing = {}
        for field, cell in after.items():
            if before[field] != cell:
                differing[field] = Difference(before[field], cell)
        # Milestones that somebody has added to a measure that is as it was
        if set(differing) == {"milestones"} and not after["milestones"]:
            return {}
        return differing

    @property
    def unchanged(self) -> int:
        """How many measures of the list stay as they are."""
        return sum(1 for row in self.kept if not self.differences[row])

    def changes(self) -> tuple[Change, ...]:
        """What changes, in the order of the notice, what is removed last."""
        changes = []
        for row, differing in enumerate(self.differences):
            if row not in self.kept:
                changes.append(_change("added", self.ids[row], self.new, row, differing))
            elif differing:
                changes.append(_change("changed", self.ids[row], self.new, row, differing))
        return (*changes, *map(self._removal, self.gone))

    def _removal(self, old_row: int) -> Change:
        fields = self.old.fields(old_row)
        differing = {field: Difference(cell, "") for field, cell in fields.items() if cell}
        measure_id = self.old.text["measure_id"][old_row]
        return _change("removed", measure_id, self.old, old_row, differing)


def _change(
    kind: Literal["added", "changed", "removed"],
    identity: str,
    side: Side,
    row: int,
    differing: Differences,
) -> Change:
    article, title = side.text["article"][row], side.text["title"][row]
    return Change(kind, identity, article, title, differing)
