"""A comparison as edits of the table's two files. What the notice does not concern stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from lib.files import Sheet
from lib.files.csv_edits import Edits
from lib.measures import schema
from lib.revisions.compare import COMPARED, OF_THE_LIST, WHO, Comparison

_HEADERS: Final = schema.COLUMNS | schema.ROLE_COLUMNS

Places = Mapping[str, int]  # field → the column of the file that holds it
Cells = dict[str, str]  # field → what is to be written


def table_edits(sheet: Sheet, comparison: Comparison) -> Edits:
    """What changes in the file of the table."""
    places = schema.fields(sheet.header)
    written = [_cells_of(row, comparison, places) for row in range(len(comparison.differences))]
    fresh = [field for field in _HEADERS if field not in places and _is_needed(field, written)]
    old_ids = comparison.old.text["measure_id"]
    columns = {field: [""] * len(old_ids) for field in fresh}
    if "measure_id" in columns:
        columns["measure_id"] = [*old_ids]
    cells = _derived_ids(sheet, places, old_ids)
    for row, old_row in comparison.kept.items():
        for field, cell in written[row].items():
            if field in places:
                cells[old_row][places[field]] = cell
            elif field in columns:
                columns[field][old_row] = cell
    added = {
        row: _line(cells_of_row, fresh, places, sheet)
        for row, cells_of_row in enumerate(written)
        if row not in comparison.kept
    }
    return Edits(
        [(_HEADERS[field], column) for field, column in columns.items()],
        cells,
        frozenset(comparison.gone),
        _placed(comparison, added),
    )


def _is_needed(field: str, written: Sequence[Cells]) -> bool:
    """Whether a column that the file lacks has to be there: 编号 always, else if something stands in it."""
    return field == "measure_id" or any(cells.get(field) for cells in written)


def _derived_ids(sheet: Sheet, places: Places, ids: Sequence[str]) -> dict[int, dict[int, str]]:
    """The ids that were derived for empty cells, written out: the order that they came from will change."""
    cells: dict[int, dict[int, str]] = defaultdict(dict)
    if "measure_id" in places:
        column = places["measure_id"]
        for row, printed in enumerate(sheet.columns[column].to_pylist()):
            if not printed.strip():
                cells[row][column] = ids[row]
    return cells


def _cells_of(row: int, comparison: Comparison, places: Places) -> Cells:
    """What is to be written for a measure of the notice: for one that is kept only what differs."""
    new, differing = comparison.new, comparison.differences[row]
    fields = [field for field in COMPARED if field in differing and field not in WHO]
    cells: Cells = {field: new.text[field][row] for field in fields}
    cells |= _of_the_list(row, comparison)
    if row not in comparison.kept:
        cells["measure_id"] = comparison.ids[row]
    if not set(WHO).isdisjoint(differing):
        cells |= _responsible(row, comparison, places)
    return cells


def _of_the_list(row: int, comparison: Comparison) -> Cells:
    """The year and the name of the list, where they differ."""
    cells = {field: comparison.new.text[field][row] for field in OF_THE_LIST}
    if row not in comparison.kept:
        return cells
    old, old_row = comparison.old, comparison.kept[row]
    return {field: cell for field, cell in cells.items() if cell != old.text[field][old_row]}


def _responsible(row: int, comparison: Comparison, places: Places) -> Cells:
    """Who leads and who supports, in the columns that the table has for it."""
    new = comparison.new
    lead, support = (new.names[field][row] for field in WHO)
    printed = new.text["departments"][row]
    if len(lead) != 1 or not printed.startswith(lead[0]):
        printed = _with_roles(lead, support)  # else the first leads, as everywhere
    if set(WHO).isdisjoint(places):
        return {"departments": printed}
    cells = {field: "、".join(new.names[field][row]) for field in WHO}
    if "departments" in places:
        cells["departments"] = printed
    return cells


def _with_roles(lead: Sequence[str], support: Sequence[str]) -> str:
    """甲部（牵头）、乙部（牵头）、丙部: where nobody leads, 丙部（配合）, else the first would."""
    names = [f"{name}（牵头）" for name in lead]
    if lead:
        names += support
    else:
        names += [f"{name}（配合）" for name in support]
    return "、".join(names)


def _line(
    cells: Mapping[str, str], fresh: Sequence[str], places: Places, sheet: Sheet
) -> list[str]:
    """A new line: the new columns, then the file's, those that are none of ours empty."""
    line = [""] * len(sheet.header)
    for field, column in places.items():
        line[column] = cells.get(field, "")
    return [cells.get(field, "") for field in fresh] + line


def _placed(comparison: Comparison, added: Mapping[int, list[str]]) -> dict[int, list[list[str]]]:
    """New lines under the row that each follows.

    That is the one before it in the notice; what comes first in the notice stands above the old list, and
    a list that is new under all others.
    """
    above = len(comparison.old.table) - 1
    if comparison.among:
        above = min(comparison.among) - 1
    placed: dict[int, list[list[str]]] = defaultdict(list)
    for row in range(len(comparison.new.table)):
        above = comparison.kept.get(row, above)
        if row in added:
            placed[above].append(added[row])
    return placed


def milestone_edits(sheet: Sheet, comparison: Comparison) -> Edits:
    """What changes in the file of the milestones.

    Those of what is removed go. Those of what differs become the notice's, in the place of the old ones.
    """
    places = schema.milestone_fields(sheet.header)
    revised = _revised_milestones(comparison)
    old_ids = [*map(str, comparison.old.table.milestones["measure_id"])]
    stale = {*revised, *(comparison.old.text["measure_id"][row] for row in comparison.gone)}
    removed = frozenset(row for row, identity in enumerate(old_ids) if identity in stale)
    lines = [cells for milestones in revised.values() for cells in milestones]
    fresh = [field for field in schema.MILESTONE_COLUMNS if _is_fresh(field, places, lines)]
    columns = [(schema.MILESTONE_COLUMNS[field], [""] * len(old_ids)) for field in fresh]
    added: dict[int, list[list[str]]] = defaultdict(list)
    for identity, milestones in revised.items():
        above = _first_row(identity, old_ids)
        added[above] += [_line(cells, fresh, places, sheet) for cells in milestones]
    return Edits(columns, {}, removed, added)


def _revised_milestones(comparison: Comparison) -> dict[str, list[Cells]]:
    """编号 → the milestones that it is to have, for each measure in which they differ."""
    revised = {}
    for row, differing in enumerate(comparison.differences):
        if "milestones" in differing:
            identity = comparison.ids[row]
            own = comparison.new.text["measure_id"][row]
            revised[identity] = [
                dict(zip(schema.MILESTONE_COLUMNS, [identity, *cells], strict=True))
                for cells in comparison.new.milestones.get(own, [])
            ]
    return revised


def _is_fresh(field: str, places: Places, lines: Collection[Cells]) -> bool:
    """Whether the file lacks a column in which something is to be written."""
    return field not in places and any(cells[field] for cells in lines)


def _first_row(identity: str, ids: Sequence[str]) -> int:
    """The first row of an id, the last of all where it has none."""
    if identity in ids:
        return ids.index(identity)
    return len(ids) - 1
