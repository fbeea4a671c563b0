"""The events as columns of integers, from which a day's status is counted.

Loaded once; later events are added at the end. Texts stay in the store and are asked for by seq.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from typing import Any, Final

import msgspec
import numpy as np
import pandas as pd
from sqlalchemy import select

from lib.ledger.events import Kind, Renamed, Rules, Stage, Started
from lib.ledger.migrations import EVENTS
from lib.ledger.names import Name, Renaming
from lib.ledger.store import Head, Ledger

KINDS: Final = tuple(Kind)
STAGES: Final = tuple(Stage)
BETWEEN: Final = "\x1f"  # the separator of units, which is not written in tables
NONE: Final = -1  # of a code: no measure, no period, no stage

_COLUMNS: Final = (
    EVENTS.c.seq,
    EVENTS.c.list,
    EVENTS.c.measure_id,
    EVENTS.c.kind,
    EVENTS.c.period,
    EVENTS.c.recorded,
    EVENTS.c.effective,
    EVENTS.c.body,
    EVENTS.c.hash,
)


class _Counted(msgspec.Struct, frozen=True):
    """What of a body is counted; the texts are skipped."""

    stage: Stage | None = None
    until: str = ""
    values: dict[str, float] = {}


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
class Dictionary:
    """Texts by code: what stands in a column more than once is kept once."""

    texts: tuple[str, ...] = ()
    code_of: dict[str, int] = field(default_factory=dict)

    def with_texts(self, column: Sequence[str]) -> tuple[Dictionary, np.ndarray]:
        """This dictionary with the new texts of a column, and the column's codes; NONE for ""."""
        codes, distinct = pd.factorize(np.array(column, dtype=object))
        texts, code_of = [*self.texts], dict(self.code_of)
        of_distinct = np.empty(len(distinct), dtype=np.int32)
        for place, text in enumerate(distinct):
            if not text:
                of_distinct[place] = NONE
                continue
            if text not in code_of:
                code_of[text] = len(texts)
                texts.append(text)
            of_distinct[place] = code_of[text]
        return Dictionary(tuple(texts), code_of), of_distinct[codes]


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
    """

    head: Head
    measures: Dictionary
    periods: Dictionary
    starts: tuple[ListStart, ...]
    rules: tuple[RulesChange, ...]
    renamings: tuple[Renaming, ...]
    seq: np.ndarray
    measure: np.ndarray
    period: np.ndarray
    kind: np.ndarray
    known: np.ndarray
    effective: np.ndarray
    until: np.ndarray
    stage: np.ndarray
    values: Values

    def __len__(self) -> int:
        return len(self.seq)

    def of_kind(self, *kinds: Kind) -> np.ndarray:
        """For each event whether it is of one of these kinds."""
        codes = [KINDS.index(kind) for kind in kinds]
        fits: np.ndarray = np.isin(self.kind, codes)
        return fits


def empty() -> Journal:
    """The journal of a ledger without events."""
    number, code, day = np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, "M8[D]")
    return Journal(
        head=Head(),
        measures=Dictionary(),
        periods=Dictionary(),
        starts=(),
        rules=(),
        renamings=(),
        seq=number,
        measure=code,
        period=code,
        kind=np.empty(0, np.int8),
        known=day,
        effective=day,
        until=day,
        stage=np.empty(0, np.int8),
        values=Values(Dictionary(), number, code, np.empty(0)),
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
    query = select(*_COLUMNS).where(EVENTS.c.seq > journal.head.seq).order_by(EVENTS.c.seq)
    rows = ledger.rows(query)
    if not rows:
        return journal
    return _added(journal, rows, zone)


def _added(journal: Journal, rows: Sequence[Any], zone: tzinfo) -> Journal:
    seqs, lists, measure_ids, kinds, periods, recorded, effective, bodies, hashes = zip(
        *rows, strict=True
    )
    measures, measure = journal.measures.with_texts(list(map(key_of, lists, measure_ids)))
    period_codes, period = journal.periods.with_texts(periods)
    known = _days(recorded, zone)
    counted = msgspec.json.Decoder(_Counted)
    contents = [counted.decode(body) for body in bodies]
    of_lists = [place for place, measure_id in enumerate(measure_ids) if not measure_id]
    starts, rules = _of_lists(of_lists, lists, kinds, known, effective, bodies)
    renamings = [
        Renaming(seqs[place], lists[place], msgspec.json.decode(bodies[place], type=Renamed))
        for place in of_lists
        if kinds[place] == Kind.RENAMED
    ]
    added = replace(
        journal,
        head=Head(seqs[-1], hashes[-1]),
        measures=measures,
        periods=period_codes,
        starts=(*journal.starts, *starts),
        rules=(*journal.rules, *rules),
        seq=_joined(journal.seq, np.array(seqs, np.int64)),
        measure=_joined(journal.measure, measure),
        period=_joined(journal.period, period),
        kind=_joined(journal.kind, _codes(kinds, KINDS)),
        known=_joined(journal.known, known),
        effective=_joined(journal.effective, np.array(effective, "M8[D]")),
        until=_joined(journal.until, _until(contents)),
        stage=_joined(journal.stage, _stages(contents)),
        values=_with_values(journal.values, contents, len(journal)),
    )
    for renaming in renamings:
        added = _renamed(added, renaming)
    return added


def _renamed(journal: Journal, renaming: Renaming) -> Journal:
    """The journal with what came before a renaming under the names that it gives."""
    renamed: list[str] = []
    for text in journal.measures.texts:
        renamed.append(key_of(*renaming.after(name_of(text))))
    measures, code_after = journal.measures.with_texts(renamed)
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


def name_of(key: str) -> Name:
    """The list and the 编号 of a key."""
    list_name, _, measure_id = key.rpartition(BETWEEN)
    return Name(list_name, measure_id)


def _joined(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    return np.concatenate([earlier, later.astype(earlier.dtype)])


def _days(recorded: Sequence[int], zone: tzinfo) -> np.ndarray:
    """The days of moments, which are microseconds in UTC, in a zone."""
    moments = pd.to_datetime(np.array(recorded, np.int64), unit="us", utc=True)
    local = moments.tz_convert(zone).tz_localize(None)
    days: np.ndarray = local.to_numpy().astype("M8[D]")
    return days


def _codes(column: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    code_of = {text: code for code, text in enumerate(texts)}
    return np.fromiter((code_of[text] for text in column), np.int8, len(column))


def _until(contents: Sequence[_Counted]) -> np.ndarray:
    """The day of each extension; an empty text is no day."""
    return np.array([content.until for content in contents], "M8[D]")


def _stages(contents: Sequence[_Counted]) -> np.ndarray:
    code_of: dict[Stage | None, int] = {stage: code for code, stage in enumerate(STAGES)}
    code_of[None] = NONE
    return np.fromiter((code_of[content.stage] for content in contents), np.int8, len(contents))


def _with_values(values: Values, contents: Sequence[_Counted], events_before: int) -> Values:
    places: list[int] = []
    targets: list[str] = []
    numbers: list[float] = []
    for place, content in enumerate(contents, events_before):
        for target, number in content.values.items():
            places.append(place)
            targets.append(target)
            numbers.append(number)
    if not places:
        return values
    dictionary, codes = values.targets.with_texts(targets)
    return Values(
        dictionary,
        _joined(values.event, np.array(places)),
        _joined(values.target, codes),
        _joined(values.number, np.array(numbers)),
    )


def _of_lists(
    places: Sequence[int],
    lists: Sequence[str],
    kinds: Sequence[str],
    known: np.ndarray,
    effective: Sequence[str],
    bodies: Sequence[str],
) -> tuple[list[ListStart], list[RulesChange]]:
    """What is said of lists and not of one measure: starts, and rules of the lights."""
    starts: list[ListStart] = []
    rules: list[RulesChange] = []
    for place in places:
        day: date = known[place].astype(object)
        if kinds[place] == Kind.STARTED:
            rule = msgspec.json.decode(bodies[place], type=Started)
            since = date.fromisoformat(effective[place])
            starts.append(ListStart(lists[place], day, since, rule))
        elif kinds[place] == Kind.RULES_CHANGED:
            rules.append(RulesChange(day, msgspec.json.decode(bodies[place], type=Rules).toml))
    return starts, rules
