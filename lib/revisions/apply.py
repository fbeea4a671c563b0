"""A comparison as edits of the table's two files.

What the notice does not concern stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from lib.files import Sheet
from lib.files.csv_edits import Edits
from lib.measures import schema
from lib.revisions.compare import OF_THE_LIST, WHO, Comparison, Side

_HEADERS: Final = schema.COLUMNS | schema.ROLE_COLUMNS | schema.DATE_COLUMNS
_WRITTEN_ELSEWHERE: Final = {*WHO, "milestones"}

Places = Mapping[str, int]  # field → the column of the file that holds it
Cells = dict[str, str]  # field → what is to be written
Line = list[str]  # the cells of a line of a file
CellsOfRows = dict[int, dict[int, str]]  # row → column of the file → its new cell


# --- the table ------------------------------------------------------------------------------------


def table_edits(sheet: Sheet, comparison: Comparison) -> Edits:
    """What changes in the file of the table."""
    places = _places(sheet, comparison)
    rows = range(len(comparison.new))
    written = [_cells_of(row, comparison, places) for row in rows]
    lacking = _lacking_fields(places, written, comparison)
    new_lines: dict[int, Line] = {}
    for row in rows:
        if row not in comparison.kept:
            new_lines[row] = _line(written[row], lacking, places, sheet)
    return Edits(
        columns=_new_columns(lacking, written, comparison),
        cells=_changed_cells(sheet, places, written, comparison),
        removed=frozenset(comparison.gone),
        added=_placed(comparison, new_lines),
    )


def _places(sheet: Sheet, comparison: Comparison) -> Places:
    """The columns of the file that hold what is compared."""
    places = schema.fields(sheet.header)
    for name in comparison.compared:
        if name in sheet.header and name not in places:
            places[name] = sheet.header.index(name)
    return places


def _lacking_fields(places: Places, written: Sequence[Cells], comparison: Comparison) -> list[str]:
    """The fields for which the file has no column, and needs one."""
    lacking: list[str] = []
    for field in dict.fromkeys([*_HEADERS, *comparison.compared]):
        if field not in places and _is_needed(field, written):
            lacking.append(field)
    return lacking


def _is_needed(field: str, written: Sequence[Cells]) -> bool:
    """Whether a column that the file lacks has to be there: 编号 always, else with any cell."""
    if field == "measure_id":
        return True
    return any(cells.get(field) for cells in written)


def _new_columns(
    lacking: Sequence[str], written: Sequence[Cells], comparison: Comparison
) -> list[tuple[str, list[str]]]:
    """The columns that the file lacks, each with its header and a cell for every row."""
    columns: list[tuple[str, list[str]]] = []
    for field in lacking:
        header = _HEADERS.get(field, field)
        cells = _new_column(field, written, comparison)
        columns.append((header, cells))
    return columns


def _new_column(field: str, written: Sequence[Cells], comparison: Comparison) -> list[str]:
    """The cells of a column that the file lacks: 编号 as derived, any other as it is written."""
    ids = comparison.old.ids
    if field == "measure_id":
        return [*ids]
    column = [""] * len(ids)
    for row, old_row in comparison.kept.items():
        column[old_row] = written[row].get(field, "")
    return column


def _changed_cells(
    sheet: Sheet, places: Places, written: Sequence[Cells], comparison: Comparison
) -> CellsOfRows:
    """The new cells in the measures that are kept."""
    changed = _derived_ids(sheet, places, comparison.old.ids)
    for row, old_row in comparison.kept.items():
        for field, cell in written[row].items():
            if field in places:
                column = places[field]
                changed[old_row][column] = cell
    return changed


def _derived_ids(sheet: Sheet, places: Places, ids: Sequence[str]) -> CellsOfRows:
    """The ids that were derived for empty cells, written out.

    The order that they came from will change.
    """
    derived: CellsOfRows = defaultdict(dict)
    column = places.get("measure_id")
    if column is None:
        return derived
    for row, printed in enumerate(sheet.columns[column].to_pylist()):
        is_empty = not printed.strip()
        if is_empty:
            derived[row][column] = ids[row]
    return derived


def _placed(comparison: Comparison, new_lines: Mapping[int, Line]) -> dict[int, list[Line]]:
    """New lines under the row that each follows.

    That is the one before it in the notice. What comes first in the notice stands above the old
    list, and a list that is new under all others.
    """
    above = len(comparison.old) - 1
    if comparison.among:
        above = min(comparison.among) - 1
    placed: dict[int, list[Line]] = defaultdict(list)
    for row in range(len(comparison.new)):
        line = new_lines.get(row)
        if line is None:
            above = comparison.kept[row]
        else:
            placed[above].append(line)
    return placed


def _line(cells: Cells, lacking: Sequence[str], places: Places, sheet: Sheet) -> Line:
    """A new line: the new columns, then the file's, those that are none of ours empty."""
    new_columns = [cells.get(field, "") for field in lacking]
    columns = [""] * len(sheet.header)
    for field, column in places.items():
        columns[column] = cells.get(field, "")
    return new_columns + columns


# --- the cells of a measure -----------------------------------------------------------------------


def _cells_of(row: int, comparison: Comparison, places: Places) -> Cells:
    """What is to be written for a measure of the notice: for one that is kept only what differs."""
    differing = comparison.differences[row]
    cells = _of_the_list(row, comparison)
    for field, difference in differing.items():
        if field not in _WRITTEN_ELSEWHERE:
            cells[field] = difference.after
    if row not in comparison.kept:
        cells["measure_id"] = comparison.ids[row]
    if not differing.keys().isdisjoint(WHO):
        cells |= _responsible(row, comparison, places)
    return cells


def _of_the_list(row: int, comparison: Comparison) -> Cells:
    """The year and the name of the list, where they differ."""
    old_row = comparison.kept.get(row)
    cells: Cells = {}
    for field in OF_THE_LIST:
        cell = comparison.new.cell(field, row)
        if old_row is None or cell != comparison.old.cell(field, old_row):
            cells[field] = cell
    return cells


def _responsible(row: int, comparison: Comparison, places: Places) -> Cells:
    """Who leads and who supports, in the columns that the table has for it."""
    lead, support = comparison.new.roles[row]
    printed = comparison.new.cell("departments", row)
    says_who_leads = len(lead) == 1 and printed.startswith(lead[0])  # the first, as everywhere
    if not says_who_leads:
        printed = _with_roles(lead, support)
    has_columns_of_roles = not places.keys().isdisjoint(WHO)
    if not has_columns_of_roles:
        return {"departments": printed}
    cells = {
        "lead_departments": "、".join(lead),
        "support_departments": "、".join(support),
    }
    if "departments" in places:
        cells["departments"] = printed
    return cells


def _with_roles(lead: Sequence[str], support: Sequence[str]) -> str:
    """甲部（牵头）、乙部（牵头）、丙部: where nobody leads, 丙部（配合）, else the first would."""
    if lead:
        names = [f"{name}（牵头）" for name in lead]
        names += support
    else:
        names = [f"{name}（配合）" for name in support]
    return "、".join(names)


# --- the milestones -------------------------------------------------------------------------------


def milestone_edits(sheet: Sheet, comparison: Comparison) -> Edits:
    """What changes in the file of the milestones.

    Those of what is removed go. Those of what differs become the notice's, in the place of the old
    ones.
    """
    places = schema.milestone_fields(sheet.header)
    revised = _revised_milestones(comparison)
    ids = comparison.old.table.milestone_columns["measure_id"].to_pylist()
    lacking = _lacking_milestone_fields(places, revised)
    new_lines: dict[int, list[Line]] = defaultdict(list)
    for measure_id, milestones in revised.items():
        above = _first_row(measure_id, ids)
        for cells in milestones:
            new_lines[above].append(_line(cells, lacking, places, sheet))
    empty_column = [""] * len(ids)
    new_columns = [(schema.MILESTONE_COLUMNS[field], empty_column) for field in lacking]
    stale = _stale_rows(ids, revised, comparison)
    return Edits(columns=new_columns, removed=stale, added=new_lines)


def _revised_milestones(comparison: Comparison) -> dict[str, list[Cells]]:
    """编号 → the milestones that it is to have, for each measure in which they differ."""
    revised: dict[str, list[Cells]] = {}
    for row, differing in enumerate(comparison.differences):
        if "milestones" not in differing:
            continue
        measure_id = comparison.ids[row]
        revised[measure_id] = _milestones_of(row, measure_id, comparison.new)
    return revised


def _milestones_of(row: int, measure_id: str, notice: Side) -> list[Cells]:
    """The milestones of a measure of the notice, under the 编号 that it has in the table."""
    milestones: list[Cells] = []
    id_in_notice = notice.ids[row]
    for cells in notice.milestones.get(id_in_notice, []):
        texts = [measure_id, *cells]
        in_columns = zip(schema.MILESTONE_COLUMNS, texts, strict=True)
        milestones.append(dict(in_columns))
    return milestones


def _lacking_milestone_fields(places: Places, revised: Mapping[str, list[Cells]]) -> list[str]:
    """The fields for which the file has no column, and in which something is to be written."""
    milestones = [*chain.from_iterable(revised.values())]
    lacking: list[str] = []
    for field in schema.MILESTONE_COLUMNS:
        is_written = any(cells[field] for cells in milestones)
        if is_written and field not in places:
            lacking.append(field)
    return lacking


def _stale_rows(
    ids: Sequence[str], revised: Mapping[str, list[Cells]], comparison: Comparison
) -> frozenset[int]:
    """The rows whose milestones are revised, or whose measure the notice does not have any more."""
    stale_ids = set(revised)
    for row in comparison.gone:
        stale_ids.add(comparison.old.ids[row])
    return frozenset(row for row, measure_id in enumerate(ids) if measure_id in stale_ids)


def _first_row(measure_id: str, ids: Sequence[str]) -> int:
    """The first row of an id, the last of all where it has none."""
    if measure_id in ids:
        return ids.index(measure_id)
    return len(ids) - 1
