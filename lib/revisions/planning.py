"""What a notice would change in a table, worked out and not yet written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from lib import files, measures
from lib.errors import BoardError
from lib.files import csv_edits
from lib.files.csv_writing import csv_of_rows
from lib.measures import schema, sheets
from lib.revisions import apply
from lib.revisions.compare import Comparison, Side
from lib.revisions.history import base_of, load
from lib.revisions.model import Contents, Difference, Revision, Rows
from lib.revisions.pairing import folded


@dataclass(frozen=True)
class _File:
    """One of the two files and what is read from it; one that is not there is a header alone.

    data: None where there is none yet.
    new_header: the header of a file that is made anew.
    headers: by what the header of a file is recognised.
    """

    path: Path
    data: bytes | None
    new_header: list[str]
    headers: files.Headers
    sheet: files.Sheet

    @classmethod
    def of(cls, path: Path, data: bytes | None, rows: Rows, headers: files.Headers) -> _File:
        """Open a file. rows: what a file that is not there would begin with.

        Raises:
            BoardError: not_revisable, not_one_header, not_line_by_line.
        """
        if not files.is_csv(path, data or b""):
            raise BoardError("not_revisable", file=path.name)
        header = [*rows[0]]
        if data is None:
            sheet = files.sheet_of_rows([header])
        else:
            content = files.parse(path, data, headers)
            sheet = _in_its_columns(content, path)
        return cls(path, data, header, headers, sheet)

    def edited(self, edits: csv_edits.Edits) -> bytes:
        """The file as it will be."""
        if self.data is None:
            text = csv_edits.new_text(self.new_header)
        else:
            text = csv_edits.text_of(self.path, self.data, self.headers)
        return csv_edits.apply(text, self.sheet.lines.tolist(), edits)


def _in_its_columns(content: files.Content, path: Path) -> files.Sheet:
    """The rows of a file that are edited in their places; its header is one line."""
    whole = content.sheet
    if whole is not None and not schema.MEASURE_TABLE.fit(whole.header):
        return whole
    sheet = sheets.of_content(content, path.name).measures
    if whole is None or sheet.header != whole.header:
        raise BoardError("not_one_header", file=path.name)
    if not _are_lines_of(whole, sheet):
        raise BoardError("not_line_by_line", file=path.name)
    return sheet


def _are_lines_of(whole: files.Sheet, measures: files.Sheet) -> bool:
    """Whether each measure is a line of the file as it stands there.

    One that takes a cell from another line, its second one or the one above it, would take it again
    from what is written there.
    """
    are_measures = pa.array(np.isin(whole.lines, measures.lines))
    for column, cells in zip(whole.columns, measures.columns, strict=True):
        cells_in_file = column.filter(are_measures)
        if not cells_in_file.equals(cells):
            return False
    return True


def plan(
    path: Path,
    rows: Rows,
    milestones: Rows,
    replaces: str | None = None,
    *,
    is_copy: bool = False,
    instead: bool = False,
    issued: Path | None = None,
) -> Revision:
    """What a notice would change in a table, or make of none.

    Cells, columns, lines and the encoding that the notice does not concern stay as they are. A
    measure that stays keeps its 编号 whatever the notice calls it; what had no 编号 keeps the one
    that was derived, which is written out.

    Args:
        rows: as `notices.output.to_table` gives them; milestones too.
        replaces: the list, as `Table.codes.lists` names it, that the notice is a new version of;
            None for a list that the table does not have yet.
        is_copy: the rows are those of the table itself, edited: measures are known by their 编号,
            and without `replaces` all its lists are meant that the rows name.
        instead: nothing of the table stays: the notice stands in its place.
        issued: the workbook beside which the table is written; where there is none yet, it begins
            as that says.

    Raises:
        BoardError: list_exists, list_unknown, not_revisable (.xlsx, .parquet),
            not_one_header, not_line_by_line, and those of `measures.read`.
    """
    before = load(path)
    try:
        base = base_of(before, issued)
        opened = _opened(path, base, rows, milestones)
    except BoardError:
        if not instead:  # what is to go need not be read
            raise
        opened = _opened(path, Contents(None, None), rows, milestones)
    old = Side(opened.table.sheet, opened.milestones.sheet)
    new = Side(files.sheet_of_rows(rows), files.sheet_of_rows(milestones))
    replaced = _replaced(old, new, replaces, is_copy=is_copy, instead=instead)
    among = _rows_of(path, old, new, replaced)
    comparison = Comparison(old, new, among, is_copy)
    changes = comparison.changes()
    renamed = _renamed(new, replaces)
    if not changes and not renamed:
        after = before
    elif instead:
        after = _written_anew(rows, milestones)
    else:
        after = _edited(opened, comparison, has_milestones=_has_rows(milestones))
    return Revision(path, changes, comparison.unchanged, renamed, before, after)


class _Opened(NamedTuple):
    """The table and its milestones, as they are."""

    table: _File
    milestones: _File


def _opened(path: Path, contents: Contents, rows: Rows, milestones: Rows) -> _Opened:
    beside = measures.milestones_path(path)
    return _Opened(
        table=_File.of(path, contents.table, rows, schema.MEASURE_TABLE),
        milestones=_File.of(beside, contents.milestones, milestones, schema.MILESTONE_TABLE),
    )


def _written_anew(rows: Rows, milestones: Rows) -> Contents:
    """A table that is only what a notice says."""
    table = csv_of_rows(rows)
    if not _has_rows(milestones):
        return Contents(table, None)
    beside = csv_of_rows(milestones)
    return Contents(table, beside)


def _edited(opened: _Opened, comparison: Comparison, *, has_milestones: bool) -> Contents:
    """A table with what a notice changes in it. has_milestones: whether the notice has any."""
    table, milestones = opened
    edits = apply.table_edits(table.sheet, comparison)
    table_after = table.edited(edits)
    if milestones.data is None and not has_milestones:
        return Contents(table_after, None)
    edits = apply.milestone_edits(milestones.sheet, comparison)
    milestones_after = milestones.edited(edits)
    return Contents(table_after, milestones_after)


def _has_rows(rows: Rows) -> bool:
    """Whether there is a row below the header row."""
    return len(rows) > 1


def _replaced(
    old: Side, new: Side, replaces: str | None, *, is_copy: bool, instead: bool
) -> list[str]:
    """The lists of the table that go, or that the notice is a new version of."""
    if instead:
        return old.lists.names
    if replaces is not None:
        return [replaces]
    if not is_copy:
        return []
    lists_of_table = old.lists.position
    return [name for name in new.lists.names if name in lists_of_table]


def _renamed(new: Side, replaces: str | None) -> Difference | None:
    """The list before and after, where the notice calls it otherwise."""
    names = new.lists.names
    if replaces is None or not names or names[0] == replaces:
        return None
    return Difference(replaces, names[0])


def _rows_of(path: Path, old: Side, new: Side, replaced: Sequence[str]) -> list[int]:
    """The rows of the lists that the notice replaces.

    Raises:
        BoardError: list_unknown where it is not there, list_exists where another is called as the
            notice.
    """
    lists = old.lists
    for name in replaced:
        if name not in lists.position:
            raise BoardError("list_unknown", file=path.name, list=name)
    _refuse_namesakes(path, old, new, replaced)
    codes = [lists.position[name] for name in replaced]
    is_replaced = np.isin(lists.codes, codes)
    rows: list[int] = np.flatnonzero(is_replaced).tolist()
    return rows


def _refuse_namesakes(path: Path, old: Side, new: Side, replaced: Sequence[str]) -> None:
    """Raise where a list that stays is called as one of the notice."""
    kept: dict[str, str] = {}
    for name in old.lists.names:
        if name not in replaced:
            kept[folded(name)] = name
    for name in new.lists.names:
        namesake = kept.get(folded(name))
        if namesake is not None:
            raise BoardError("list_exists", file=path.name, list=namesake)
