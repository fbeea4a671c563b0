"""What a notice would change in a table, worked out and not yet written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from lib import files, measures
from lib.errors import BoardError
from lib.files import csv_edits
from lib.files.csv_writing import csv_of_rows
from lib.measures import schema, sheets
from lib.revisions import apply
from lib.revisions.compare import Comparison, Side
from lib.revisions.history import as_issued, load
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
        if not files.is_csv(path, data or b""):
            raise BoardError("not_revisable", file=path.name)
        if data is None:
            sheet = files.sheet_of_rows(rows[:1])
        else:
            sheet = _in_its_columns(files.parse(path, data, headers), path)
        return cls(path, data, [*rows[0]], headers, sheet)

    def edited(self, edits: csv_edits.Edits) -> bytes:
        """The file as it will be."""
        if self.data is None:
            text = csv_edits.new_text(self.new_header)
        else:
            text = csv_edits.text_of(self.path, self.data, self.headers)
        return csv_edits.apply(text, self.sheet.lines.tolist(), edits)


def _in_its_columns(content: files.Content, path: Path) -> files.Sheet:
    """The rows of a file that are edited in their places; its header is one line."""
    if content.sheet is not None and not schema.MEASURE_TABLE.fit(content.sheet.header):
        return content.sheet
    sheet = sheets.of_content(content, path.name).measures
    if content.sheet is None or sheet.header != content.sheet.header:
        raise BoardError("not_one_header", file=path.name)
    if not _are_lines_of(content.sheet, sheet):
        raise BoardError("not_line_by_line", file=path.name)
    return sheet


def _are_lines_of(whole: files.Sheet, measures: files.Sheet) -> bool:
    """Whether each measure is a line of the file as it stands there.

    One that takes a cell from another line, its second one or the one above it, would take it again
    from what is written there.
    """
    are_kept = pa.array(np.isin(whole.lines, measures.lines))
    pairs = zip(whole.columns, measures.columns, strict=True)
    return all(column.filter(are_kept).equals(cells) for column, cells in pairs)


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

    Cells, columns, lines and the encoding that the notice does not concern stay as they are. A measure
    that stays keeps its 编号 whatever the notice calls it; what had no 编号 keeps the one that was
    derived, which is written out.

    Args:
        rows: as `notices.output.to_table` gives them; milestones too.
        replaces: the list, as `Table.codes.lists` names it, that the notice is a new version of; None
            for a list that the table does not have yet.
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
        base = as_issued(issued) if issued and before.table is None else before
        table, dates = _files(path, base, rows, milestones)
    except BoardError:
        if not instead:  # what is to go need not be read
            raise
        table, dates = _files(path, Contents(None, None), rows, milestones)
    old = Side(table.sheet, dates.sheet)
    new = Side(files.sheet_of_rows(rows), files.sheet_of_rows(milestones))
    replaced = _replaced(old, new, replaces, is_copy=is_copy, instead=instead)
    comparison = Comparison(old, new, _rows_of(path, old, new, replaced), is_copy)
    changes, renamed = comparison.changes(), _renamed(new, replaces)
    if not changes and not renamed:
        return Revision(path, (), comparison.unchanged, None, before, before)
    if instead:
        after = Contents(csv_of_rows(rows), None)
        if len(milestones) > 1:
            after = after._replace(milestones=csv_of_rows(milestones))
        return Revision(path, changes, comparison.unchanged, renamed, before, after)
    after = Contents(table.edited(apply.table_edits(table.sheet, comparison)), dates.data)
    if dates.data is not None or len(milestones) > 1:
        edits = apply.milestone_edits(dates.sheet, comparison)
        after = after._replace(milestones=dates.edited(edits))
    return Revision(path, changes, comparison.unchanged, renamed, before, after)


def _files(path: Path, contents: Contents, rows: Rows, milestones: Rows) -> tuple[_File, _File]:
    """The table and its milestones, as they are."""
    beside = measures.milestones_path(path)
    return (
        _File.of(path, contents.table, rows, schema.MEASURE_TABLE),
        _File.of(beside, contents.milestones, milestones, schema.MILESTONE_TABLE),
    )


def _replaced(
    old: Side, new: Side, replaces: str | None, *, is_copy: bool, instead: bool
) -> list[str]:
    """The lists of the table that go, or that the notice is a new version of."""
    if instead:
        return old.table.codes.lists.names
    if replaces is not None:
        return [replaces]
    return _in_both(old, new) if is_copy else []


def _in_both(old: Side, new: Side) -> list[str]:
    """The lists of a copy that the table has."""
    of_table = old.table.codes.lists.position
    return [name for name in new.table.codes.lists.names if name in of_table]


def _renamed(new: Side, replaces: str | None) -> Difference | None:
    """The list before and after, where the notice calls it otherwise."""
    names = new.table.codes.lists.names
    if replaces is None or not names or names[0] == replaces:
        return None
    return Difference(replaces, names[0])


def _rows_of(path: Path, old: Side, new: Side, replaced: Sequence[str]) -> list[int]:
    """The rows of the lists that the notice replaces.

    Raises:
        BoardError: list_unknown where it is not there, list_exists where another is called as the notice.
    """
    lists = old.table.codes.lists
    for name in replaced:
        if name not in lists.position:
            raise BoardError("list_unknown", file=path.name, list=name)
    others = {folded(name): name for name in lists.names if name not in replaced}
    for name in new.table.codes.lists.names:
        if folded(name) in others:
            raise BoardError("list_exists", file=path.name, list=others[folded(name)])
    codes = [lists.position[name] for name in replaced]
    rows: list[int] = np.flatnonzero(np.isin(lists.codes, codes)).tolist()
    return rows
