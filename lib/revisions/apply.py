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


def table_edits(sheet: Sheet, comparison: Comparison) -> Edits:
    """What changes in the file of the table."""
    places = _places(sheet, comparison)
    rows = range(len(comparison.new.table))
    written = [_cells_of(row, comparison, places) for row in rows]
    fields = dict.fromkeys([*_HEADERS, *comparison.compared])
    fresh = [field for field in fields if field not in places and _is_needed(field, written)]
    added = {}
    for row in rows:
        if row not in comparison.kept:
            added[row] = _line(written[row], fresh, places, sheet)
    return Edits(
        columns=_fresh_columns(fresh, written, comparison),
        cells=_changed_cells(sheet, places, written, comparison),
        removed=frozenset(comparison.gone),
        added=_placed(comparison, added),
    )


def _places(sheet: Sheet, comparison: Comparison) -> Places:
    """The columns of the file that hold what is compared."""
    places = schema.fields(sheet.header)
    for name in comparison.compared:
        if name in sheet.header and name not in places:
            places[name] = sheet.header.index(name)
    return places


def _fresh_columns(
    fresh: Sequence[str], written: Sequence[Cells], comparison: Comparison
) -> list[tuple[str, list[str]]]:
    """The columns that the file lacks, each with its header and a cell for every row."""
    ids = comparison.old.text["measure_id"]
    columns = {field: [""] * len(ids) for field in fresh}
    if "measure_id" in columns:
        columns["measure_id"] = [*ids]
    for row, old_row in comparison.kept.items():
        for field in columns.keys() & written[row].keys():
            columns[field][old_row] = written[row][field]
    return [(_HEADERS.get(field, field), column) for field, column in columns.items()]


def _changed_cells(
    sheet: Sheet, places: Places, written: Sequence[Cells], comparison: Comparison
) -> dict[int, dict[int, str]]:
    """Row → column of the file → its new cell, in the measures that are kept."""
    cells = _derived_ids(sheet, places, comparison.old.text["measure_id"])
    for row, old_row in comparison.kept.items():
        for field, cell in written[row].items():
            if field in places:
                cells[old_row][places[field]] = cell
    return cells


def _is_needed(field: str, written: Sequence[Cells]) -> bool:
    """Whether a column that the file lacks has to be there: 编号 always, else with any cell."""
    return field == "measure_id" or any(cells.get(field) for cells in written)


def _derived_ids(sheet: Sheet, places: Places, ids: Sequence[str]) -> dict[int, dict[int, str]]:
    """The ids that were derived for empty cells, written out.

    The order that they came from will change.
    """
    cells: dict[int, dict[int, str]] = defaultdict(dict)
    if "measure_id" in places:
        column = places["measure_id"]
        for row, printed in enumerate(sheet.columns[column].to_pylist()):
            if not printed.strip():
                cells[row][column] = ids[row]
    return cells


def _cells_of(row: int, comparison: Comparison, places: Places) -> Cells:
    """What is to be written for a measure of the notice: for one that is kept only what differs."""
    differing = comparison.differences[row]
    cells = _of_the_list(row, comparison)
    for field, difference in differing.items():
        if field not in _WRITTEN_ELSEWHERE:
            cells[field] = difference.after
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

    That is the one before it in the notice. What comes first in the notice stands above the old
    list, and a list that is new under all others.
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

    Those of what is removed go. Those of what differs become the notice's, in the place of the old
    ones.
    """
    places = schema.milestone_fields(sheet.header)
    revised = _revised_milestones(comparison)
    ids = comparison.old.table.milestone_columns["measure_id"].to_pylist()
    fresh = _fresh_fields(places, revised)
    added: dict[int, list[list[str]]] = defaultdict(list)
    for identity, milestones in revised.items():
        above = _first_row(identity, ids)
        added[above] += [_line(cells, fresh, places, sheet) for cells in milestones]
    return Edits(
        columns=[(schema.MILESTONE_COLUMNS[field], [""] * len(ids)) for field in fresh],
        removed=_stale_rows(ids, revised, comparison),
        added=added,
    )


def _revised_milestones(comparison: Comparison) -> dict[str, list[Cells]]:
    """编号 → the milestones that it is to have, for each measure in which they differ."""
    revised = {}
    for row, differing in enumerate(comparison.differences):
        if "milestones" in differing:
            identity = comparison.ids[row]
            revised[identity] = _milestones_of(row, identity, comparison.new)
    return revised


def _milestones_of(row: int, identity: str, notice: Side) -> list[Cells]:
    """The milestones of a measure of the notice, under the 编号 that it has in the table."""
    id_in_notice = notice.text["measure_id"][row]
    milestones = []
    for cells in notice.milestones.get(id_in_notice, []):
        milestones.append(dict(zip(schema.MILESTONE_COLUMNS, [identity, *cells], strict=True)))
    return milestones


def _fresh_fields(places: Places, revised: Mapping[str, list[Cells]]) -> list[str]:
    """The columns that the file lacks and in which something is to be written."""
    lines = [*chain.from_iterable(revised.values())]
    missing = [field for field in schema.MILESTONE_COLUMNS if field not in places]
    return [field for field in missing if any(cells[field] for cells in lines)]


def _stale_rows(
    ids: Sequence[str], revised: Mapping[str, list[Cells]], comparison: Comparison
) -> frozenset[int]:
    """The rows whose milestones are revised, or whose measure the notice does not have any more."""
    stale = {*revised}
    for row in comparison.gone:
        stale.add(comparison.old.text["measure_id"][row])
    return frozenset(row for row, identity in enumerate(ids) if identity in stale)


def _first_row(identity: str, ids: Sequence[str]) -> int:
    """The first row of an id, the last of all where it has none."""
    if identity in ids:
        return ids.index(identity)
    return len(ids) - 1
