"""What a notice changes in the list that it replaces, measure by measure and field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from lib import files, measures
from lib.files import Sheet
from lib.measures import Table, identity, schema
from lib.revisions.model import Change, Difference
from lib.revisions.pairing import Heading, Headings, Pairs, paired

WHO: Final = ("lead_departments", "support_departments")
OF_THE_LIST: Final = ("year", "list")  # the same in each row of a list
COMPARED: Final = ("section", "article", "title", "leaders", *WHO, "deadline")

Differences = dict[str, Difference]  # of the fields of a measure that differ


class Roles(NamedTuple):
    """The departments that lead a measure, and those that support it."""

    lead: list[str]
    support: list[str]


class Side:
    """A table as it is compared: each field of each row as text.

    header: of the file; own_columns: the office's own columns, and those of schema.DATE_COLUMNS.
    lists: the lists that it has.
    text: field, or header of a column of the office's own → the cells of all rows.
    ids: 编号 of all rows.
    roles: who leads and who supports in all rows.
    milestones: 编号 → the other cells of each milestone.
    """

    def __init__(self, sheet: Sheet, milestones: Sheet) -> None:
        table = measures.of(sheet, milestones)
        columns = table.columns.column_names
        self.table = table
        self.header = sheet.header
        self.own_columns = [name for name in columns if name not in schema.ROW_COLUMNS]
        self.lists = table.codes.lists
        shown = ("measure_id", "departments", *OF_THE_LIST, *COMPARED)
        self.text: dict[str, list[str]] = {}
        for field in (*shown, *self.own_columns):
            self.text[field] = self._texts(field)
        self.ids = self.text["measure_id"]
        self.roles = _roles_of(table)
        self.milestones = self._milestones()

    def __len__(self) -> int:
        """How many rows it has."""
        return len(self.table)

    def _milestones(self) -> dict[str, list[list[str]]]:
        milestones: dict[str, list[list[str]]] = defaultdict(list)
        fields = [*schema.MILESTONE_COLUMNS]
        table = self.table.milestone_columns.select(fields)
        for row in table.to_pylist():
            measure_id, *cells = map(str, row.values())
            milestones[measure_id].append(cells)
        return milestones

    def _texts(self, field: str) -> list[str]:
        column = self.table.columns[field]
        if pa.types.is_list(column.type):
            column = measures.as_texts(column)
        cells = pc.fill_null(column.cast(pa.string()), "")
        texts: list[str] = cells.to_pylist()
        return texts

    def follow_departments(self, rows: Sequence[int]) -> None:
        """Let 责任部门 alone say who leads and who supports in some rows."""
        lines = [[schema.COLUMNS["title"], schema.COLUMNS["departments"]]]
        for row in rows:
            title = self.cell("title", row)
            departments = self.cell("departments", row)
            lines.append([title, departments])
        alone = files.sheet_of_rows(lines)
        roles_of_rows = _roles_of(measures.of(alone))
        for row, roles in zip(rows, roles_of_rows, strict=True):
            self.roles[row] = roles
            self.text["lead_departments"][row] = "、".join(roles.lead)
            self.text["support_departments"][row] = "、".join(roles.support)

    def cell(self, field: str, row: int) -> str:
        """What a row says in a field."""
        return self.text[field][row]

    def fields(self, row: int, compared: Sequence[str] = COMPARED) -> dict[str, str]:
        """What is compared of a measure."""
        cells: dict[str, str] = {}
        for field in compared:
            if field in self.text:
                cells[field] = self.cell(field, row)
        cells["milestones"] = self._milestones_text(row)
        return cells

    def _milestones_text(self, row: int) -> str:
        """The milestones of a measure, one on a line."""
        lines: list[str] = []
        measure_id = self.ids[row]
        for cells in self.milestones.get(measure_id, []):
            filled = filter(None, cells)
            lines.append(" ".join(filled))
        return "\n".join(lines)

    def headings(self, rows: Sequence[int]) -> Headings:
        """By what the measures of some rows are known again."""
        headings: dict[int, Heading] = {}
        for row in rows:
            article = self.cell("article", row)
            title = self.cell("title", row)
            headings[row] = Heading.of(article, title)
        return headings


def _roles_of(table: Table) -> list[Roles]:
    """Who leads and who supports in all rows of a table."""
    lead = table.columns["lead_departments"].to_pylist()
    support = table.columns["support_departments"].to_pylist()
    return [*map(Roles, lead, support)]


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
            edited = self._edited_departments()
            self.new.follow_departments(edited)

    def _edited_departments(self) -> list[int]:
        """The rows of a copy in which 责任部门 was edited.

        A download has 牵头部门 and 配合部门 beside it, which would win over what was edited.
        """
        edited: list[int] = []
        for row, old_row in self.kept.items():
            printed = self.new.cell("departments", row)
            is_edited = printed and printed != self.old.cell("departments", old_row)
            if is_edited and self._has_same_roles(row, old_row):
                edited.append(row)
        return edited

    def _has_same_roles(self, row: int, old_row: int) -> bool:
        """Whether the columns of roles say what they said, but for departments that now support."""
        now = self.new.roles[row]
        before = self.old.roles[old_row]
        if now.lead != before.lead:
            return False
        count_before = len(before.support)
        return now.support[:count_before] == before.support

    # -- which measures are the same

    @cached_property
    def kept(self) -> Pairs:
        """Row of the notice → row of the table that is the same measure."""
        same: Pairs = {}
        if self.is_copy:
            same = self._of_same_id()
        old_rows_of_same = set(same.values())
        new_rows = [row for row in range(len(self.new)) if row not in same]
        old_rows = [row for row in self.among if row not in old_rows_of_same]
        new_headings = self.new.headings(new_rows)
        old_headings = self.old.headings(old_rows)
        return same | paired(new_headings, old_headings)

    def _of_same_id(self) -> Pairs:
        """The rows that have the 编号 of one in the table; of several the first."""
        row_of_id = {self.old.ids[row]: row for row in reversed(self.among)}
        pairs: Pairs = {}
        for row, measure_id in enumerate(self.new.ids):
            old_row = row_of_id.pop(measure_id, None)
            if old_row is not None:
                pairs[row] = old_row
        return pairs

    @cached_property
    def gone(self) -> list[int]:
        """The rows of the table that the notice does not have any more."""
        gone = set(self.among) - set(self.kept.values())
        return sorted(gone)

    @cached_property
    def ids(self) -> list[str]:
        """The 编号 of each measure of the notice.

        The table's for what is kept. The notice's for what is new, numbered where the table has one
        of them.
        """
        added: list[str] = []
        for row, measure_id in enumerate(self.new.ids):
            if row not in self.kept:
                added.append(measure_id)
        in_use = {*self.old.ids, *self.old.milestones}
        free = iter(identity.beside(in_use, added))
        ids: list[str] = []
        for row in range(len(self.new)):
            old_row = self.kept.get(row)
            if old_row is None:
                ids.append(next(free))
            else:
                ids.append(self.old.ids[old_row])
        return ids

    # -- what differs in them

    @cached_property
    def compared(self) -> Sequence[str]:
        """The fields that are compared, and of a copy the office's own columns too."""
        if self.is_copy:
            return self._compared_of_copy()
        issued = [name for name in self.new.own_columns if name == "issued"]
        return (*COMPARED, *issued)

    def _compared_of_copy(self) -> Sequence[str]:
        """The same of a copy.

        In a copy of several lists a measure may go from one to another. A column that has no name
        of its own in the table's file is left alone.
        """
        nameless = set(self.old.own_columns)
        nameless.difference_update(self.old.header, schema.DATE_COLUMNS)
        own_columns = [name for name in self.new.own_columns if name not in nameless]
        has_several_lists = len(self.new.lists.names) > 1
        if has_several_lists:
            return (*OF_THE_LIST, *COMPARED, *own_columns)
        return (*COMPARED, *own_columns)

    @cached_property
    def differences(self) -> list[Differences]:
        """What differs in each measure of the notice."""
        return [*map(self._differences, range(len(self.new)))]

    def _differences(self, row: int) -> Differences:
        """What differs in a measure of the notice; all that it says in one that is new."""
        after = self.new.fields(row, self.compared)
        old_row = self.kept.get(row)
        if old_row is None:
            differing = _differing({}, after)
            return self._without_kept_milestones(differing)
        before = self.old.fields(old_row, self.compared)
        differing = _differing(before, after)
        differing = self._without_kept_milestones(differing)
        if "deadline" in differing and not self.is_copy:
            differing |= self._days_that_go(old_row)
        return differing

    def _days_that_go(self, old_row: int) -> Differences:
        """起 and 止 of a measure: they were given beside a phrase that the notice has changed."""
        days = self.old.fields(old_row, schema.GIVEN_DAYS)
        going: Differences = {}
        for field in schema.GIVEN_DAYS:
            if days.get(field):
                going[field] = Difference(days[field], "")
        return going

    def _without_kept_milestones(self, differing: Differences) -> Differences:
        """What differs, but for milestones that stay though the notice does not say them.

        So do those that somebody has added to a measure that is as it was, and all beside a copy.
        """
        if "milestones" not in differing:
            return differing
        differs_alone = len(differing) == 1
        was_added = differs_alone and not differing["milestones"].after
        stands_elsewhere = self.is_copy and not self.new.milestones
        if was_added or stands_elsewhere:
            del differing["milestones"]
        return differing

    # -- what changes

    @property
    def unchanged(self) -> int:
        """How many measures of the list stay as they are."""
        unchanged = [row for row in self.kept if not self.differences[row]]
        return len(unchanged)

    def changes(self) -> tuple[Change, ...]:
        """What changes, in the order of the notice, what is removed last."""
        changes: list[Change] = []
        for row, differing in enumerate(self.differences):
            measure_id = self.ids[row]
            if row not in self.kept:
                change = _change("added", measure_id, self.new, row, differing)
                changes.append(change)
            elif differing:
                change = _change("changed", measure_id, self.new, row, differing)
                changes.append(change)
        for old_row in self.gone:
            changes.append(self._removal(old_row))
        return tuple(changes)

    def _removal(self, old_row: int) -> Change:
        measure_id = self.old.ids[old_row]
        before = self.old.fields(old_row)
        nothing = dict.fromkeys(before, "")
        differing = _differing(before, nothing)
        return _change("removed", measure_id, self.old, old_row, differing)


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> Differences:
    """The fields of `after` that differ. before: one that it lacks was empty."""
    differing: Differences = {}
    for field, cell in after.items():
        cell_before = before.get(field, "")
        if cell_before != cell:
            differing[field] = Difference(cell_before, cell)
    return differing


def _change(
    kind: Literal["added", "changed", "removed"],
    measure_id: str,
    side: Side,
    row: int,
    differing: Differences,
) -> Change:
    return Change(
        kind=kind,
        measure_id=measure_id,
        article=side.cell("article", row),
        title=side.cell("title", row),
        fields=differing,
    )
