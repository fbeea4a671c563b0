"""What a notice changes in the list that it replaces, measure by measure and field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lib import files, measures
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

    text: field, or header of a column of the office's own → the cells of all rows.
    header: of the file; own_columns: the office's own columns, and those of schema.DATE_COLUMNS.
    names: the lead and the supporting departments of all rows.
    milestones: 编号 → the other cells of each milestone.
    """

    def __init__(self, sheet: Sheet, milestones: Sheet) -> None:
        self.table = measures.of(sheet, milestones)
        fields = ("measure_id", "departments", *OF_THE_LIST, *COMPARED)
        self.header = sheet.header
        columns = self.table.columns.column_names
        self.own_columns = [name for name in columns if name not in schema.ROW_COLUMNS]
        self.text = {field: self._texts(field) for field in (*fields, *self.own_columns)}
        self.names = {field: self.table.columns[field].to_pylist() for field in WHO}
        self.milestones = self._milestones()

    def _milestones(self) -> dict[str, list[list[str]]]:
        columns = [
            self.table.milestone_columns[field].to_pylist() for field in schema.MILESTONE_COLUMNS
        ]
        milestones: dict[str, list[list[str]]] = defaultdict(list)
        for measure_id, *cells in zip(*columns, strict=True):
            milestones[measure_id].append([*map(str, cells)])
        return milestones

    def _texts(self, field: str) -> list[str]:
        column = self.table.columns[field]
        if pa.types.is_list(column.type):
            column = measures.as_texts(column)
        texts: list[str] = pc.fill_null(column.cast(pa.string()), "").to_pylist()
        return texts

    def follow_departments(self, rows: Sequence[int]) -> None:
        """Let 责任部门 alone say who leads and who supports in some rows."""
        lines = [[schema.COLUMNS["title"], schema.COLUMNS["departments"]]]
        for row in rows:
            lines.append([self.text["title"][row], self.text["departments"][row]])
        alone = measures.of(files.sheet_of_rows(lines)).columns
        for field in WHO:
            for row, names in zip(rows, alone[field].to_pylist(), strict=True):
                self.names[field][row] = names
                self.text[field][row] = "、".join(names)

    def fields(self, row: int, compared: Sequence[str] = COMPARED) -> dict[str, str]:
        """What is compared of a measure."""
        lines = []
        for milestone in self.milestones.get(self.text["measure_id"][row], []):
            lines.append(" ".join(filter(None, milestone)))
        cells = {field: self.text[field][row] for field in compared if field in self.text}
        return cells | {"milestones": "\n".join(lines)}

    def headings(self, rows: Sequence[int]) -> Headings:
        """By what the measures of some rows are known again."""
        articles, titles = self.text["article"], self.text["title"]
        return {row: Heading.of(articles[row], titles[row]) for row in rows}


@dataclass(frozen=True)
class Comparison:
    """A notice beside the list of the table that it replaces.

    old, new: the table and the notice.
    among: the rows of the list in the table, ascending.
    is_copy: whether the notice is an edited copy of the table: its 编号 are those of the table, and
        so are its own columns; where it has no milestones at all, they stand elsewhere.
    """

    old: Side
    new: Side
    among: Sequence[int]
    is_copy: bool = False

    def __post_init__(self) -> None:
        if self.is_copy:
            self.new.follow_departments(self._edited_departments())

    def _edited_departments(self) -> list[int]:
        """The rows of a copy in which 责任部门 was edited.

        A download has 牵头部门 and 配合部门 beside it, which would win over what was edited.
        """
        edited = []
        for row, old_row in self.kept.items():
            printed = self.new.text["departments"][row]
            if printed and printed != self.old.text["departments"][old_row]:
                lead, support = (self.old.names[field][old_row] for field in WHO)
                now_lead, now_support = (self.new.names[field][row] for field in WHO)
                if now_lead == lead and now_support[: len(support)] == support:
                    edited.append(row)
        return edited

    @cached_property
    def kept(self) -> dict[int, int]:
        """Row of the notice → row of the table that is the same measure."""
        same = self._of_same_id() if self.is_copy else {}
        new = [row for row in range(len(self.new.table)) if row not in same]
        old = [row for row in self.among if row not in same.values()]
        return same | paired(self.new.headings(new), self.old.headings(old))

    def _of_same_id(self) -> dict[int, int]:
        """The rows that have the 编号 of one in the table; of several the first."""
        row_of = {self.old.text["measure_id"][row]: row for row in reversed(self.among)}
        pairs: dict[int, int] = {}
        for row, measure_id in enumerate(self.new.text["measure_id"]):
            old_row = row_of.pop(measure_id, None)
            if old_row is not None:
                pairs[row] = old_row
        return pairs

    @cached_property
    def compared(self) -> Sequence[str]:
        """The fields that are compared, and of a copy the office's own columns too.

        In a copy of several lists a measure may go from one to another. A column that has no name
        of its own in the table's file is left alone.
        """
        if not self.is_copy:
            return (*COMPARED, *self._issued)
        of_the_list = OF_THE_LIST if len(self.new.table.codes.lists.names) > 1 else ()
        named = {*self.old.header, *schema.DATE_COLUMNS}
        nameless = {*self.old.own_columns}.difference(named)
        own_columns = [name for name in self.new.own_columns if name not in nameless]
        return (*of_the_list, *COMPARED, *own_columns)

    @property
    def _issued(self) -> Sequence[str]:
        """The column of the day of issue, where the notice needs it."""
        return [name for name in self.new.own_columns if name == "issued"]

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
        after = self.new.fields(row, self.compared)
        before = dict.fromkeys(after, "")
        if row in self.kept:
            before |= self.old.fields(self.kept[row], self.compared)
        differing = {}
        for field, cell in after.items():
            if before[field] != cell:
                differing[field] = Difference(before[field], cell)
        if self._leaves_milestones(differing):
            differing.pop("milestones", None)
        if "deadline" in differing and row in self.kept and not self.is_copy:
            differing |= self._days_that_go(self.kept[row])
        return differing

    def _days_that_go(self, old_row: int) -> Differences:
        """起 and 止 of a measure: they were given beside a phrase that the notice has changed."""
        days = self.old.fields(old_row, schema.GIVEN_DAYS)
        return {name: Difference(days[name], "") for name in schema.GIVEN_DAYS if days.get(name)}

    def _leaves_milestones(self, differing: Differences) -> bool:
        """Whether the milestones of a measure stay though the notice does not say them.

        So do those that somebody has added to a measure that is as it was, and all beside a copy.
        """
        if self.is_copy and not self.new.milestones:
            return True
        return set(differing) == {"milestones"} and not differing["milestones"].after

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
