"""The events as columns of integers, from which a day's status is counted.

Loaded once; later events are added at the end. Texts stay in the store and are asked for by seq.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import LargeBinary, cast, select

from lib.ledger.events import Kind, Reminder, Renamed, Rules, Stage, Started
from lib.ledger.migrations import EVENTS
from lib.ledger.names import Name, Renaming
from lib.ledger.store import PARAMETERS, Head, Ledger

KINDS: Final = tuple(Kind)
STAGES: Final = tuple(Stage)
NONE: Final = -1  # of a code: no measure, no period, no stage
# The columns of a journal that are read as they are
_AS_THEY_ARE: Final = ("seq", "known", "until", "stage")

BETWEEN: Final = "\x1f"  # the separator of units, which is not written in tables
_COLUMNS: Final = (
    EVENTS.c.seq,
    EVENTS.c.measure_id,
    # One text instead of five, which many events share: less to be handed over and read
    EVENTS.c.kind
    + BETWEEN
    + EVENTS.c.period
    + BETWEEN
    + EVENTS.c.effective
    + BETWEEN
    + EVENTS.c.on_behalf
    + BETWEEN
    + EVENTS.c.list,
    EVENTS.c.recorded,
    cast(EVENTS.c.body, LargeBinary),  # decoded as it is, not as a text first
)
_OF_LISTS: Final = (
    EVENTS.c.seq,
    EVENTS.c.list,
    EVENTS.c.kind,
    EVENTS.c.recorded,
    EVENTS.c.effective,
    EVENTS.c.body,
)


class _Counted(msgspec.Struct, frozen=True, gc=False):
    """What of a body is counted; the texts are skipped."""

    stage: str = ""
    until: str = ""
    values: dict[str, float] | None = None
    corrects: str = ""


@dataclass(frozen=True)
class ListStart:
    """That a list is followed. known: the day on which this was recorded."""

    list: str
    known: date
    effective: date
    rule: Started


@dataclass(frozen=True)
class RulesChange:
    """That the rules of the lights were changed, and to what. known: the day of the recording."""

    known: date
    toml: str


@dataclass(frozen=True)
class Reminded:
    """That a department was reminded, and of what (`events.Reminder`). known: the day of the recording."""

    known: date
    to: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class Dictionary:
    """Texts by code: what stands in a column more than once is kept once. "" has the code NONE."""

    texts: pa.Array

    def __len__(self) -> int:
        return len(self.texts)

    def code(self, text: str) -> int:
        """The code of a text, NONE where it is not known."""
        return int(pc.index(self.texts, text).as_py())

    def with_texts(self, column: pa.Array) -> tuple[Dictionary, np.ndarray]:
        """This dictionary with the new texts of a column, and the column's codes."""
        coded = column.dictionary_encode()
        distinct = coded.dictionary
        known = pc.index_in(distinct, value_set=self.texts)
        is_new = pc.and_(known.is_null(), pc.not_equal(distinct, "")).to_numpy(zero_copy_only=False)
        codes = pc.fill_null(known, NONE).to_numpy(zero_copy_only=False).copy()
        codes[is_new] = len(self) + np.arange(np.count_nonzero(is_new))
        texts = pa.concat_arrays([self.texts, distinct.filter(pa.array(is_new))])
        of_column: np.ndarray = codes[coded.indices.to_numpy()]
        return Dictionary(texts), of_column


_NO_TEXTS: Final = Dictionary(pa.array([], pa.string()))


@dataclass(frozen=True)
class Values:
    """The numbers that reports give for targets, one entry a number.

    event: the place of the event in the journal's columns; target: a code; number: as reported.
    """

    targets: Dictionary
    event: np.ndarray
    target: np.ndarray
    number: np.ndarray


@dataclass(frozen=True)
class Journal:
    """One entry an event, in the order of their recording.

    Attributes:
        seq: int64.
        measures: by list and 编号 as the table calls them now (`key_of`).
        measure, period: codes, NONE where an event has none.
        renamings: what the table calls otherwise than it did.
        kind: index into KINDS.
        known, effective: datetime64[D]; known is the office's day on which it was recorded.
        until: datetime64[D], of an extension; NaT elsewhere.
        stage: index into STAGES, NONE where it is no report.
        on_behalf: code of the department for which it was written.
        origin: the place of the report that an event puts right, of any other event its own.
        reminders: those of departments.
    """

    head: Head
    measures: Dictionary
    periods: Dictionary
    departments: Dictionary
    starts: tuple[ListStart, ...]
    rules: tuple[RulesChange, ...]
    renamings: tuple[Renaming, ...]
    reminders: tuple[Reminded, ...]
    seq: np.ndarray
    measure: np.ndarray
    period: np.ndarray
    kind: np.ndarray
    known: np.ndarray
    effective: np.ndarray
    until: np.ndarray
    stage: np.ndarray
    on_behalf: np.ndarray
    origin: np.ndarray
    values: Values

    def __len__(self) -> int:
        return len(self.seq)

    def of_kind(self, *kinds: Kind) -> np.ndarray:
        """For each event whether it is of one of these kinds."""
        is_meant = np.array([kind in kinds for kind in KINDS])
        fits: np.ndarray = is_meant[self.kind]
        return fits


def empty() -> Journal:
    """The journal of a ledger without events."""
    number, code, day = np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, "M8[D]")
    return Journal(
        head=Head(),
        measures=_NO_TEXTS,
        periods=_NO_TEXTS,
        departments=_NO_TEXTS,
        starts=(),
        rules=(),
        renamings=(),
        reminders=(),
        seq=number,
        measure=code,
        period=code,
        kind=np.empty(0, np.int8),
        known=day,
        effective=day,
        until=day,
        stage=np.empty(0, np.int8),
        on_behalf=code,
        origin=number,
        values=Values(_NO_TEXTS, number, code, np.empty(0)),
    )


def load(ledger: Ledger, zone: tzinfo, earlier: Journal | None = None) -> Journal:
    """The journal of a ledger.

    Args:
        zone: the office's, in whose days events are known.
        earlier: the journal as it was, to which only the later events are added.

    Raises:
        BoardError: what `Ledger.events` raises.
    """
    journal = earlier or empty()
    head = ledger.head()
    if head.seq <= journal.head.seq:
        return journal
    is_later = EVENTS.c.seq.between(journal.head.seq + 1, head.seq)
    query = select(*_COLUMNS).where(is_later).order_by(EVENTS.c.seq)
    of_lists = select(*_OF_LISTS).where(is_later, EVENTS.c.measure_id == "").order_by(EVENTS.c.seq)
    said = _of_lists(ledger.rows(of_lists), zone)
    later = _Later(journal, zone)
    with _without_collector():
        for rows in ledger.parts(query):
            later.add(rows)
        joined = later.joined()
    added = replace(
        _with_origins(joined, later.corrections, _seqs(ledger, later.corrections)),
        head=head,
        starts=(*journal.starts, *said.starts),
        rules=(*journal.rules, *said.rules),
        reminders=(*journal.reminders, *said.reminders),
    )
    for renaming in said.renamings:
        added = _renamed(added, renaming)
    return added


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows hold no cycles, and of a million the garbage collector would walk the last ones again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seqs(ledger: Ledger, corrections: Mapping[int, str]) -> dict[str, int]:
    """The seqs of the events that corrections name by their ids."""
    ids = sorted(set(corrections.values()))
    seqs: dict[str, int] = {}
    for first in range(0, len(ids), PARAMETERS):
        some = ids[first : first + PARAMETERS]
        query = select(EVENTS.c.id, EVENTS.c.seq).where(EVENTS.c.id.in_(some))
        seqs |= {row.id: row.seq for row in ledger.rows(query)}
    return seqs


def _with_origins(
    journal: Journal, corrections: Mapping[int, str], seq_of_id: Mapping[str, int]
) -> Journal:
    """The journal with the origins of its last events; what is put right twice has the first report's.

    Args:
        corrections: the ids of what is corrected, by the places of the corrections, ascending.
    """
    origin = _joined(journal.origin, np.arange(len(journal.origin), len(journal)))
    for place, corrected_id in corrections.items():
        if corrected_id in seq_of_id:
            corrected = np.searchsorted(journal.seq, seq_of_id[corrected_id])
            origin[place] = origin[corrected]
    return replace(journal, origin=origin)


def _renamed(journal: Journal, renaming: Renaming) -> Journal:
    """The journal with what came before a renaming under the names that it gives."""
    names_before = map(name_of, journal.measures.texts.to_pylist())
    names_after = map(renaming.after, names_before)
    keys = pa.array([key_of(*name) for name in names_after], pa.string())
    measures, code_after = journal.measures.with_texts(keys)
    is_before = journal.seq < renaming.seq
    with_none = np.append(code_after, NONE)  # NONE, -1, is the last one
    measure = np.where(is_before, with_none[journal.measure], journal.measure)
    list_was = renaming.body.list_was
    starts = [
        replace(start, list=renaming.list) if start.list == list_was else start
        for start in journal.starts
    ]
    return replace(
        journal,
        measures=measures,
        measure=measure.astype(journal.measure.dtype),
        starts=tuple(starts),
        renamings=(*journal.renamings, renaming),
    )


def key_of(list_name: str, measure_id: str) -> str:
    """A measure's list and 编号 as one text, "" where it is about none."""
    return f"{list_name}{BETWEEN}{measure_id}" if measure_id else ""


def keys_of(labels: pa.Array, measure_ids: pa.Array) -> pa.Array:
    """`key_of` many measures at once."""
    keys = pc.binary_join_element_wise(labels, measure_ids, BETWEEN)
    return pc.if_else(pc.equal(measure_ids, ""), "", keys)


def name_of(key: str) -> Name:
    """The list and the 编号 of a key."""
    list_name, _, measure_id = key.rpartition(BETWEEN)
    return Name(list_name, measure_id)


class _Later:
    """What is added to a journal, part by part, and joined at the end."""

    def __init__(self, journal: Journal, zone: tzinfo) -> None:
        self._journal = journal
        self._zone = zone
        self._columns = {name: [getattr(journal, name)] for name in _AS_THEY_ARE}
        self._measure_ids: list[pa.Array] = []
        self._alike: list[pa.Array] = []
        self._values = _Numbers([], [], [])
        self.corrections: dict[int, str] = {}  # the ids of what they correct, by their places
        self._decode = msgspec.json.Decoder(_Counted).decode
        self._count = len(journal)

    def add(self, rows: Sequence[Any]) -> None:
        """Add events, in the order of `_COLUMNS`."""
        seqs, measure_ids, alike, recorded, bodies = zip(*rows, strict=True)
        contents = [*map(self._decode, bodies)]
        added = {
            "seq": np.array(seqs, np.int64),
            "known": _days(recorded, self._zone),
            "until": np.array([content.until for content in contents], "M8[D]"),
            "stage": _codes([content.stage for content in contents], STAGES),
        }
        for name, column in added.items():
            self._columns[name].append(column)
        self._measure_ids.append(pa.array(measure_ids, pa.string()))
        self._alike.append(pa.array(alike, pa.string()))
        self._values.add(contents, self._count)
        for place, content in enumerate(contents, self._count):
            if content.corrects:
                self.corrections[place] = content.corrects
        self._count += len(rows)

    def joined(self) -> Journal:
        """The journal with all that was added."""
        journal = self._journal
        alike = pa.concat_arrays(self._alike).dictionary_encode()
        texts = [text.split(BETWEEN, 4) for text in alike.dictionary.to_pylist()]
        kinds, of_periods, effective, on_behalf, lists = zip(*texts, strict=True)
        departments, department = journal.departments.with_texts(pa.array(on_behalf, pa.string()))
        periods, period = journal.periods.with_texts(pa.array(of_periods, pa.string()))
        place = alike.indices.to_numpy()
        labels = pa.array(lists, pa.string()).take(alike.indices)
        keys = keys_of(labels, pa.concat_arrays(self._measure_ids))
        measures, measure = journal.measures.with_texts(keys)
        columns = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        return replace(
            journal,
            measures=measures,
            periods=periods,
            departments=departments,
            seq=columns["seq"],
            known=columns["known"],
            until=columns["until"],
            stage=columns["stage"],
            measure=_joined(journal.measure, measure),
            period=_joined(journal.period, period[place]),
            kind=_joined(journal.kind, _codes(kinds, KINDS)[place]),
            on_behalf=_joined(journal.on_behalf, department[place]),
            effective=_joined(journal.effective, np.array(effective, "M8[D]")[place]),
            values=self._values.joined(journal.values),
        )


class _Numbers(NamedTuple):
    """The numbers of reports as they are read. event: the places of the events."""

    event: list[int]
    target: list[str]
    number: list[float]

    def add(self, contents: Sequence[_Counted], first: int) -> None:
        """Add those of events; first: the place of the first one."""
        for place, content in enumerate(contents, first):
            if content.values:
                self.event.extend([place] * len(content.values))
                self.target.extend(content.values.keys())
                self.number.extend(content.values.values())

    def joined(self, values: Values) -> Values:
        """What was known, with these added."""
        targets, target = values.targets.with_texts(pa.array(self.target, pa.string()))
        return Values(
            targets,
            _joined(values.event, np.array(self.event, np.int64)),
            _joined(values.target, target),
            _joined(values.number, np.array(self.number, float)),
        )


def _joined(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    return np.concatenate([earlier, later.astype(earlier.dtype, copy=False)])


def _days(recorded: Sequence[int], zone: tzinfo) -> np.ndarray:
    """The days of moments, which are microseconds in UTC, in a zone."""
    moments = pd.to_datetime(np.array(recorded, np.int64), unit="us", utc=True)
    local = moments.tz_convert(zone).tz_localize(None)
    days: np.ndarray = local.to_numpy().astype("M8[D]")
    return days


def _codes(column: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    """The place of each text among some texts, NONE for ""."""
    code_of = {text: code for code, text in enumerate(map(str, texts))}
    code_of[""] = NONE
    return np.fromiter(map(code_of.__getitem__, column), np.int8, len(column))


class _OfLists(NamedTuple):
    """What is said of lists and not of one measure."""

    starts: list[ListStart]
    rules: list[RulesChange]
    renamings: list[Renaming]
    reminders: list[Reminded]


def _of_lists(rows: Sequence[Any], zone: tzinfo) -> _OfLists:
    """What events about no measure say, of which there are few. rows: of `_OF_LISTS`."""
    said = _OfLists([], [], [], [])
    for seq, name, kind, recorded, effective, body in rows:
        known: date = _days([recorded], zone)[0].astype(object)
        if kind == Kind.STARTED:
            rule = msgspec.json.decode(body, type=Started)
            said.starts.append(ListStart(name, known, date.fromisoformat(effective), rule))
        elif kind == Kind.RULES_CHANGED:
            said.rules.append(RulesChange(known, msgspec.json.decode(body, type=Rules).toml))
        elif kind == Kind.REMINDED:
            reminder = msgspec.json.decode(body, type=Reminder)
            said.reminders.append(Reminded(known, reminder.to, reminder.about))
        elif kind == Kind.RENAMED:
            said.renamings.append(Renaming(seq, name, msgspec.json.decode(body, type=Renamed)))
    return said
