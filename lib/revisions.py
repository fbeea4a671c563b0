"""How a notice gets into the board's table: what would change, `save`, `undo`. Nothing else there is touched.

The table before is kept beside the one that is saved, as <stem>.previous.csv with its milestones, and a record of both.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from itertools import count, islice, product
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib import measures
from lib.errors import BoardError
from lib.files import csv_edits as edits
from lib.files import saving, sheets
from lib.measures import schema
from lib.notices.output import Rows, csv_bytes, guarded

_WHO: Final[tuple[str, ...]] = ("lead_departments", "support_departments")
_LIST: Final[tuple[str, ...]] = ("year", "list")  # of the list as a whole
_COMPARED: Final[tuple[str, ...]] = ("section", "article", "title", "leaders", *_WHO, "deadline")
_SAME_ARTICLE: Final = 0.5  # how alike two titles under one article must be to be one measure
_ANYWHERE: Final = 0.75  # … under different ones
_PAIRS: Final = 40_000  # pairs of titles that are compared closely at the most: two seconds

Bytes = tuple[
    bytes | None, bytes | None
]  # of the table and of its milestones, None where there is no file


@dataclass(frozen=True)
class Change:
    """What becomes of one measure.

    kind: added, removed or changed; fields: before and after of each field that differs, as the table is read; beside
    the fields of `schema` there is milestones, one on a line.
    """

    kind: str
    measure_id: str
    article: str
    title: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Revision:
    """A table before and after a notice, not yet saved.

    changes: in the notice's order, what is removed last; unchanged: how many measures of the list stay as they are;
    renamed: the list before and after, where the notice calls it otherwise.
    """

    path: Path
    changes: tuple[Change, ...]
    unchanged: int
    renamed: tuple[str, str] | None
    before: Bytes = field(repr=False)
    after: Bytes = field(repr=False)


# --- planning --------------------------------------------------------------------------------------------------------


def plan(path: Path, rows: Rows, milestones: Rows, replaces: str | None = None) -> Revision:
    """What a notice would change in a table, or make of none.

    rows, milestones: as `notices.output.to_table` gives them; replaces: the list, as `Table.codes.lists` names it, that
    the notice is a new version of, None for a list that the table does not have yet. Cells, columns, lines and the
    encoding that the notice does not concern stay as they are. A measure that stays keeps its 编号 whatever the notice
    calls it; what had no 编号 keeps the one that was derived, which is written out.

    Raises BoardError: list_exists, list_unknown, not_revisable (.xlsx, .parquet), and those of `measures.read`.
    """
    before = _load(path)
    table = _File.of(path, before[0], rows, measures.has_measures)
    dates = _File.of(measures.milestones_path(path), before[1], milestones, measures.has_milestones)
    old, new = _Side(table.sheet, dates.sheet), _Side.of_notice(path, rows, milestones)
    among = _rows_of(path, old.table, new.table, replaces)
    change = _Comparison(old, new, among)
    name = next(iter(new.table.codes.lists.names), replaces)
    renamed = (
        (replaces, name) if replaces is not None and name is not None and name != replaces else None
    )
    if not change.found and not renamed:
        return Revision(path, (), change.unchanged, None, before, before)
    after = (
        table.with_edits(_table_edits(table, change)),
        dates.with_edits(_milestone_edits(dates, change)),
    )
    kept = after if before[1] is not None or len(milestones) > 1 else (after[0], None)
    return Revision(path, change.found, change.unchanged, renamed, before, kept)


@dataclass(frozen=True)
class _File:
    """One of the two files: its bytes and what is read from them; one that is not there is a header alone."""

    path: Path
    data: bytes
    sheet: sheets.Sheet
    is_header: sheets.IsHeader

    @classmethod
    def of(cls, path: Path, data: bytes | None, rows: Rows, is_header: sheets.IsHeader) -> _File:
        content = csv_bytes(rows[:1]) if data is None else data
        if not sheets.is_csv(path, content):
            raise BoardError("not_revisable", file=path.name)
        return cls(path, content, sheets.parse(path, content, is_header)[0], is_header)

    def with_edits(self, wanted: edits.Edits) -> bytes:
        return edits.apply(self.path, self.data, self.is_header, wanted)


class _Side:
    """A table as it is compared: each field of each row as text."""

    def __init__(self, sheet: sheets.Sheet, dates: sheets.Sheet) -> None:
        self.table = measures.of(sheet, dates)
        self.text = {
            name: self._texts(name) for name in ("measure_id", "departments", *_LIST, *_COMPARED)
        }
        self.names = {name: pa.array(self.table.rows[name]).to_pylist() for name in _WHO}
        self.milestones: dict[str, Rows] = defaultdict(list)
        cells = (
            self.table.milestones[list(schema.MILESTONE_COLUMNS)].to_numpy(str).tolist()
            if len(dates.lines)
            else []
        )
        for identity, *rest in cells:
            self.milestones[identity].append(rest)

    @classmethod
    def of_notice(cls, path: Path, rows: Rows, milestones: Rows) -> _Side:
        table = _File.of(path, None, rows, measures.has_measures)
        dates = _File.of(path, None, milestones, measures.has_milestones)
        return cls(
            sheets.parse(path, csv_bytes(rows), table.is_header)[0],
            sheets.parse(path, csv_bytes(milestones), dates.is_header)[0],
        )

    def _texts(self, name: str) -> list[str]:
        column = pa.array(self.table.rows[name])
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "、")
        texts: list[str] = pc.fill_null(column.cast(pa.string()), "").to_pylist()
        return texts

    def fields(self, row: int) -> dict[str, str]:
        found = {name: self.text[name][row] for name in _COMPARED}
        dates = self.milestones.get(self.text["measure_id"][row], [])
        return found | {"milestones": "\n".join(" ".join(filter(None, cells)) for cells in dates)}


def _rows_of(
    path: Path, old: measures.Table, new: measures.Table, replaces: str | None
) -> list[int]:
    """The rows of the list that the notice replaces; refuses a list that is there already, or not there."""
    labels = old.codes.lists
    if replaces is not None and replaces not in labels.position:
        raise BoardError("list_unknown", file=path.name, list=replaces)
    there = {_folded(name): name for name in labels.names if name != replaces}
    for name in new.codes.lists.names:
        if _folded(name) in there:
            raise BoardError("list_exists", file=path.name, list=there[_folded(name)])
    return (
        []
        if replaces is None
        else np.flatnonzero(labels.codes == labels.position[replaces]).tolist()
    )


def _folded(text: str) -> str:
    """A text as it is compared: full and half width, spaces and upper case make no difference."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


class _Comparison:
    """Which measure of the notice is which of the table, and what differs.

    among: the rows of the list in the table; kept: row of the notice → row of the table; ids: of the notice's rows.
    """

    def __init__(self, old: _Side, new: _Side, among: Sequence[int]) -> None:
        self.old, self.new, self.among = old, new, among
        self.kept = _pairs(old, new, among)
        self.ids = self._identities()
        self.gone = sorted(set(among) - set(self.kept.values()))
        self.differing = {row: self._differing(row) for row in range(len(new.table))}
        self.found = (
            *(
                self._change(row)
                for row, differing in self.differing.items()
                if differing or row not in self.kept
            ),
            *(self._removed(row) for row in self.gone),
        )
        self.unchanged = sum(not self.differing[row] for row in self.kept)

    def _identities(self) -> list[str]:
        """The table's for what is kept; the notice's for what is new, numbered where the table has one of them."""
        taken = {*self.old.text["measure_id"], *self.old.milestones}
        own = self.new.text["measure_id"]
        added = [own[row] for row in range(len(own)) if row not in self.kept]
        number = next(n for n in count(1) if taken.isdisjoint(_numbered(name, n) for name in added))
        return [
            self.old.text["measure_id"][self.kept[row]]
            if row in self.kept
            else _numbered(name, number)
            for row, name in enumerate(own)
        ]

    def _differing(self, row: int) -> dict[str, tuple[str, str]]:
        after = self.new.fields(row)
        before = self.old.fields(self.kept[row]) if row in self.kept else dict.fromkeys(after, "")
        found = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
        # Milestones that somebody has added to a measure that is as it was
        return {} if set(found) == {"milestones"} and not after["milestones"] else found

    def _change(self, row: int) -> Change:
        text = self.new.text
        kind = "changed" if row in self.kept else "added"
        return Change(
            kind, self.ids[row], text["article"][row], text["title"][row], self.differing[row]
        )

    def _removed(self, row: int) -> Change:
        text = self.old.text
        fields = {name: (cell, "") for name, cell in self.old.fields(row).items() if cell}
        return Change(
            "removed", text["measure_id"][row], text["article"][row], text["title"][row], fields
        )


def _numbered(identity: str, number: int) -> str:
    """2020-1-3, and 2020.2-1-3 for the second list of a year, as derived ones are."""
    head, dash, rest = identity.partition("-")
    return identity if number == 1 else f"{head}.{number}{dash}{rest}"


def _pairs(old: _Side, new: _Side, among: Sequence[int]) -> dict[int, int]:
    """Row of the notice → row of the table: by article and title, by title, by a like title, best under its article."""
    kept: dict[int, int] = {}
    left, free = list(range(len(new.table))), list(among)
    for key in (("article", "title"), ("title",)):
        _pair_equal(_keys(new, left, key), _keys(old, free, key), kept)
        left, free = (
            [row for row in left if row not in kept],
            sorted(set(free) - set(kept.values())),
        )
    articles = [
        {row: key[0] for row, key in _keys(*side, ("article",)).items()}
        for side in ((new, left), (old, free))
    ]
    pairs = (
        product(left, free)
        if len(left) * len(free) <= _PAIRS
        else islice(_neighbours(*articles), _PAIRS)
    )
    gone: set[int] = set()
    for _, one, two in sorted(_likeness(new, old, pairs, articles), key=lambda found: -found[0]):
        if one not in kept and two not in gone:
            kept[one] = two
            gone.add(two)
    return kept


def _neighbours(new: dict[int, str], old: dict[int, str]) -> Iterable[tuple[int, int]]:
    """The pairs that stand under one article, where there are too many to compare them all."""
    under = defaultdict(list)
    for row, article in old.items():
        under[article].append(row)
    return ((one, two) for one, article in new.items() for two in under[article])


def _keys(side: _Side, rows: Iterable[int], names: Sequence[str]) -> dict[int, tuple[str, ...]]:
    return {row: tuple(_folded(side.text[name][row]) for name in names) for row in rows}


def _pair_equal(
    new: dict[int, tuple[str, ...]], old: dict[int, tuple[str, ...]], kept: dict[int, int]
) -> None:
    """Pair rows that have the same key, the first with the first."""
    waiting = defaultdict(list)
    for row, key in old.items():
        waiting[key].append(row)
    for row, key in new.items():
        if waiting[key]:
            kept[row] = waiting[key].pop(0)


def _likeness(
    new: _Side, old: _Side, pairs: Iterable[tuple[int, int]], articles: Sequence[dict[int, str]]
) -> Iterable[tuple[float, int, int]]:
    """The pairs whose titles are alike enough, with how alike; one article counts as much as a whole title."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for one, two in pairs:
        matcher.set_seqs(new.text["title"][one], old.text["title"][two])
        same = articles[0][one] == articles[1][two] != ""
        least = _SAME_ARTICLE if same else _ANYWHERE
        if (
            matcher.real_quick_ratio() >= least
            and matcher.quick_ratio() >= least
            and matcher.ratio() >= least
        ):
            yield matcher.ratio() + same, one, two


# --- editing ---------------------------------------------------------------------------------------------------------


def _table_edits(file: _File, change: _Comparison) -> edits.Edits:
    found = schema.fields(file.sheet.header)
    wanted = {row: _cells(change, row, found) for row in change.differing}
    fresh = [
        name
        for name in schema.COLUMNS | schema.ROLE_COLUMNS
        if name not in found
        and (name == "measure_id" or any(cells.get(name) for cells in wanted.values()))
    ]
    ids = change.old.text["measure_id"]
    columns = {name: ids.copy() if name == "measure_id" else [""] * len(ids) for name in fresh}
    cells = _frozen(file.sheet, found, ids)
    for row, at in change.kept.items():
        for name, cell in wanted[row].items():
            if name in found:
                cells[at][found[name]] = cell
            elif name in columns:
                columns[name][at] = cell
    added = {
        row: _line(cells, fresh, found, file.sheet)
        for row, cells in wanted.items()
        if row not in change.kept
    }
    headers = schema.COLUMNS | schema.ROLE_COLUMNS
    return edits.Edits(
        [(headers[name], list(map(guarded, column))) for name, column in columns.items()],
        cells,
        frozenset(change.gone),
        _placed(change, added),
    )


def _frozen(
    sheet: sheets.Sheet, found: Mapping[str, int], ids: Sequence[str]
) -> dict[int, dict[int, str]]:
    """The ids that were derived for empty cells: written out, for the order that they came from will change."""
    cells: dict[int, dict[int, str]] = defaultdict(dict)
    if "measure_id" in found:
        for row, printed in enumerate(sheet.columns[found["measure_id"]].to_pylist()):
            if not printed.strip():
                cells[row][found["measure_id"]] = guarded(ids[row])
    return cells


def _cells(change: _Comparison, row: int, found: Mapping[str, int]) -> dict[str, str]:
    """What is to be written for a row of the notice: for one that is kept only what differs."""
    new, old, differing = change.new, change.old, set(change.differing[row])
    at = change.kept.get(row)
    names = [name for name in _COMPARED if name in differing and name not in _WHO]
    names += [name for name in _LIST if at is None or old.text[name][at] != new.text[name][row]]
    cells = {name: new.text[name][row] for name in names}
    if at is None:
        cells["measure_id"] = change.ids[row]
    if differing & set(_WHO):
        cells |= _responsible(new, row, found)
    return {name: guarded(cell) for name, cell in cells.items()}


def _responsible(new: _Side, row: int, found: Mapping[str, int]) -> dict[str, str]:
    """Who leads and who supports, in the columns that the table has for it."""
    lead, support = (new.names[name][row] for name in _WHO)
    cells = {name: "、".join(new.names[name][row]) for name in _WHO}
    printed = new.text["departments"][row]
    if len(lead) != 1 or not printed.startswith(lead[0]):  # else the first leads, as everywhere
        marks = ("（牵头）", "（配合）" if not lead else "")
        printed = "、".join(
            [f"{name}{marks[0]}" for name in lead] + [f"{name}{marks[1]}" for name in support]
        )
    if not set(_WHO) & set(found):
        return {"departments": printed}
    return cells | {"departments": printed} if "departments" in found else cells


def _line(
    cells: Mapping[str, str], fresh: Sequence[str], found: Mapping[str, int], sheet: sheets.Sheet
) -> list[str]:
    """A new line: the new columns, then the table's, the extra ones empty."""
    at = {place: cells.get(name, "") for name, place in found.items()}
    return [
        *(cells.get(name, "") for name in fresh),
        *(at.get(place, "") for place in range(len(sheet.header))),
    ]


def _placed(change: _Comparison, added: Mapping[int, list[str]]) -> dict[int, list[list[str]]]:
    """New lines under the row that each follows: the one before it in the notice; a new list under all others."""
    after = min(change.among) - 1 if change.among else len(change.old.table) - 1
    placed: dict[int, list[list[str]]] = defaultdict(list)
    for row in range(len(change.new.table)):
        after = change.kept.get(row, after)
        if row in added:
            placed[after].append(added[row])
    return placed


def _milestone_edits(file: _File, change: _Comparison) -> edits.Edits:
    """The milestones of what is removed go, those of what differs become the notice's, in the place of the old ones."""
    found = schema.milestone_fields(file.sheet.header)
    given = {
        change.ids[row]: change.new.milestones.get(change.new.text["measure_id"][row], [])
        for row, differing in change.differing.items()
        if "milestones" in differing
    }
    ids: list[str] = change.old.table.milestones["measure_id"].tolist()
    stale = {*given, *(change.old.text["measure_id"][row] for row in change.gone)}
    removed = [row for row, identity in enumerate(ids) if identity in stale]
    fresh = [
        name
        for at, name in enumerate(schema.MILESTONE_COLUMNS)
        if name not in found and any(cells[at - 1] for rows in given.values() for cells in rows)
    ]
    first = {identity: row for row, identity in reversed([*enumerate(ids)])}
    added: dict[int, list[list[str]]] = defaultdict(list)
    for identity, rows in given.items():
        place = first.get(identity, len(ids) - 1)
        for cells in rows:
            named = dict(
                zip(schema.MILESTONE_COLUMNS, map(guarded, [identity, *cells]), strict=True)
            )
            added[place].append(_line(named, fresh, found, file.sheet))
    columns = [(schema.MILESTONE_COLUMNS[name], [""] * len(ids)) for name in fresh]
    return edits.Edits(columns, {}, frozenset(removed), added)


# --- saving and undoing ----------------------------------------------------------------------------------------------


def save(revision: Revision) -> None:
    """Write what was planned. The table comes first: until its milestones follow, nothing is lost, some are missing.

    Raises BoardError: revised_meanwhile where a file is no longer as it was planned upon, busy, locked, unwritable.
    """
    with saving.only_writer(revision.path):
        if _load(revision.path) != revision.before:
            raise BoardError("revised_meanwhile", file=revision.path.name)
        if revision.after != revision.before:
            kept = _kept(revision.path, revision.before, revision.after)
            saving.replace([*kept, *_written(revision.path, revision.before, revision.after)])


def undo(path: Path) -> None:
    """Put back the table before the last save; a second undo brings the saved one back.

    Raises BoardError: nothing_to_undo, undo_overtaken where the table has been edited since, busy, locked, unwritable.
    """
    with saving.only_writer(path):
        now, before = _undoing(path)
        # What was before is put back first: a crash must not leave two copies of what is now
        saving.replace([*_written(path, now, before), *_kept(path, now, before)])


def undoable(path: Path) -> datetime | None:
    """When the table was saved, if that can be undone: it is still as it was saved, and the one before is there."""
    try:
        _undoing(path)
        return datetime.fromtimestamp(_record(path).stat().st_mtime).astimezone()
    except (BoardError, OSError):
        return None


def _files(path: Path) -> tuple[Path, Path]:
    return path, measures.milestones_path(path)


def _previous(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def _record(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous.json")


def _load(path: Path) -> Bytes:
    table, dates = (_content(file) for file in _files(path))
    return table, dates


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BoardError("unreadable", file=path.name, why=error.strerror or str(error)) from error


def _written(path: Path, before: Bytes, after: Bytes) -> list[tuple[Path, bytes | None]]:
    """The files that change."""
    changes = zip(_files(path), before, after, strict=True)
    return [(file, new) for file, old, new in changes if new != old]


def _kept(path: Path, before: Bytes, after: Bytes) -> list[tuple[Path, bytes | None]]:
    """The table before, and the record by which an undo knows both."""
    record = json.dumps({"saved": _digests(after), "previous": _digests(before)}).encode()
    return [*zip(_files(_previous(path)), before, strict=True), (_record(path), record)]


def _undoing(path: Path) -> tuple[Bytes, Bytes]:
    """The table as it is and the one before. A save that was cut off between its two files can be undone too."""
    now, before = _load(path), _load(_previous(path))
    try:
        record = json.loads(_record(path).read_bytes())
        known = [{*pair} for pair in zip(record["saved"], record["previous"], strict=True)]
        stands = record["previous"] == _digests(before)
    except (OSError, ValueError, KeyError, TypeError):
        raise BoardError("nothing_to_undo", file=path.name) from None
    if not stands or now == before:
        raise BoardError("nothing_to_undo", file=path.name)
    if not all(digest in pair for digest, pair in zip(_digests(now), known, strict=True)):
        raise BoardError("undo_overtaken", file=path.name)
    return now, before


def _digests(content: Bytes) -> list[str | None]:
    return [None if data is None else hashlib.sha256(data).hexdigest() for data in content]
