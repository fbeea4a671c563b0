"""The events as columns of integers, from which a day's status is counted.

Loaded once; later events are added at the end. Texts stay in the store and are asked for by seq.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
from sqlalchemy import LargeBinary, cast, select

from lib.ledger import lists
from lib.ledger.coded import (
    BETWEEN,
    NO_TEXTS,
    NONE,
    Days,
    Dictionary,
    Numbers,
    days_of,
    key_of,
    keys_of,
    name_of,
    of_codes,
    text_array,
)
from lib.ledger.events import Kind, Stage
from lib.ledger.lists import ListStart, Reminded, RulesChange
from lib.ledger.migrations import EVENTS
from lib.ledger.names import Renaming
from lib.ledger.store import Head, Ledger, in_parts
from lib.measures.arrays import Bools, Ints

KINDS: Final = tuple(Kind)
STAGES: Final = tuple(Stage)
# The columns of a journal that are read as they are
_AS_THEY_ARE: Final = ("seq", "known", "until", "stage")

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


class _Counted(msgspec.Struct, frozen=True, gc=False):
    """What of a body is counted; the texts are skipped."""

    stage: str = ""
    until: str = ""
    values: dict[str, float] | None = None
    corrects: str = ""


@dataclass(frozen=True)
class Values:
    """The numbers that reports give for targets, one entry a number.

    event: the place of the event in the journal's columns; target: a code; number: as reported.
    """

    targets: Dictionary
    event: Ints
    target: Ints
    number: Numbers


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
    seq: Ints
    measure: Ints
    period: Ints
    kind: Ints
    known: Days
    effective: Days
    until: Days
    stage: Ints
    on_behalf: Ints
    origin: Ints
    values: Values

    def __len__(self) -> int:
        return len(self.seq)

    def of_kind(self, *kinds: Kind) -> Bools:
        """For each event whether it is of one of these kinds."""
        is_meant = np.array([kind in kinds for kind in KINDS])
        return is_meant[self.kind]


def empty() -> Journal:
    """The journal of a ledger without events."""
    number = np.empty(0, np.int64)
    code = np.empty(0, np.int32)
    day = np.empty(0, "M8[D]")
    return Journal(
        head=Head(),
        measures=NO_TEXTS,
        periods=NO_TEXTS,
        departments=NO_TEXTS,
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
        values=Values(NO_TEXTS, number, code, np.empty(0)),
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
    query = select(*_COLUMNS).order_by(EVENTS.c.seq).where(is_later)
    is_about_none = EVENTS.c.measure_id == ""
    columns_of_lists = select(*lists.COLUMNS).order_by(EVENTS.c.seq)
    query_of_lists = columns_of_lists.where(is_later, is_about_none)
    of_lists = lists.of_lists(ledger.rows(query_of_lists), zone)
    later = _Later(journal, zone)
    with _without_collector():
        for rows in ledger.parts(query):
            later.add(rows)
        joined = later.joined()
    seq_of_id = _seqs(ledger, later.corrections)
    joined = _with_origins(joined, later.corrections, seq_of_id)
    joined = replace(
        joined,
        head=head,
        starts=(*journal.starts, *of_lists.starts),
        rules=(*journal.rules, *of_lists.rules),
        reminders=(*journal.reminders, *of_lists.reminders),
    )
    for renaming in of_lists.renamings:
        joined = _renamed(joined, renaming)
    return joined


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
    for some_ids in in_parts(ids):
        is_asked_for = EVENTS.c.id.in_(some_ids)
        query = select(EVENTS.c.id, EVENTS.c.seq).where(is_asked_for)
        for row in ledger.rows(query):
            seqs[row.id] = row.seq
    return seqs


def _with_origins(
    journal: Journal, corrections: Mapping[int, str], seq_of_id: Mapping[str, int]
) -> Journal:
    """The journal with the origins of its last events; what is put right twice has the first report's.

    Args:
        corrections: the ids of what is corrected, by the places of the corrections, ascending.
    """
    later_places = np.arange(len(journal.origin), len(journal))
    origin = _joined(journal.origin, later_places)
    for place, corrected_id in corrections.items():
        corrected_seq = seq_of_id.get(corrected_id)
        if corrected_seq is not None:
            corrected = np.searchsorted(journal.seq, corrected_seq)
            origin[place] = origin[corrected]
    return replace(journal, origin=origin)


def _renamed(journal: Journal, renaming: Renaming) -> Journal:
    """The journal with what came before a renaming under the names that it gives."""
    keys_after: list[str] = []
    for key in journal.measures.texts.to_pylist():
        name = renaming.after(name_of(key))
        keys_after.append(key_of(*name))
    measures, code_after = journal.measures.with_texts(text_array(keys_after))
    is_before = journal.seq < renaming.seq
    measure_after = of_codes(code_after, journal.measure, NONE)
    measure = np.where(is_before, measure_after, journal.measure)
    return replace(
        journal,
        measures=measures,
        measure=measure.astype(journal.measure.dtype),
        starts=tuple(_start_after(renaming, start) for start in journal.starts),
        renamings=(*journal.renamings, renaming),
    )


def _start_after(renaming: Renaming, start: ListStart) -> ListStart:
    """The start of a list under the label that it has after a renaming."""
    is_renamed = start.list == renaming.body.list_was
    return replace(start, list=renaming.list) if is_renamed else start


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
        until = [content.until for content in contents]
        stages = [content.stage for content in contents]
        added = {
            "seq": np.array(seqs, np.int64),
            "known": days_of(recorded, self._zone),
            "until": np.array(until, "M8[D]"),
            "stage": _codes(stages, STAGES),
        }
        for name, column in added.items():
            self._columns[name].append(column)
        self._measure_ids.append(text_array(measure_ids))
        self._alike.append(text_array(alike))
        self._values.add(contents, self._count)
        for place, content in enumerate(contents, self._count):
            if content.corrects:
                self.corrections[place] = content.corrects
        self._count += len(rows)

    def joined(self) -> Journal:
        """The journal with all that was added."""
        journal = self._journal
        alike = pa.concat_arrays(self._alike).dictionary_encode()
        distinct = [text.split(BETWEEN, 4) for text in alike.dictionary.to_pylist()]
        kinds, of_periods, effective, on_behalf, list_names = zip(*distinct, strict=True)
        departments, department = journal.departments.with_texts(text_array(on_behalf))
        periods, period = journal.periods.with_texts(text_array(of_periods))
        kind = _codes(kinds, KINDS)
        effective_day = np.array(effective, "M8[D]")
        place = alike.indices.to_numpy()  # of each event among the distinct texts
        labels = text_array(list_names).take(alike.indices)
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
            kind=_joined(journal.kind, kind[place]),
            on_behalf=_joined(journal.on_behalf, department[place]),
            effective=_joined(journal.effective, effective_day[place]),
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
            values = content.values
            if values:
                self.event.extend([place] * len(values))
                self.target.extend(values.keys())
                self.number.extend(values.values())

    def joined(self, values: Values) -> Values:
        """What was known, with these added."""
        targets, target = values.targets.with_texts(text_array(self.target))
        event = np.array(self.event, np.int64)
        number = np.array(self.number, float)
        return Values(
            targets=targets,
            event=_joined(values.event, event),
            target=_joined(values.target, target),
            number=_joined(values.number, number),
        )


def _joined(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    alike = later.astype(earlier.dtype, copy=False)
    return np.concatenate([earlier, alike])


def _codes(column: Sequence[str], texts: Sequence[str]) -> Ints:
    """The place of each text among some texts, NONE for ""."""
    code_of = {"": NONE}
    for code, text in enumerate(texts):
        code_of[str(text)] = code
    codes = map(code_of.__getitem__, column)
    return np.fromiter(codes, np.int8, len(column))
