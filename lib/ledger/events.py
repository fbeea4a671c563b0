"""What an event of the ledger is: never changed, never removed, each chained to the one before it.

The kinds, their bodies and the hash are described in docs/design.md, The ledger.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec
import uuid_utils

from lib.errors import BoardError

FIRST_PREVIOUS: Final = "0" * 64  # what the first event is chained to
SECOND: Final = 1_000_000  # microseconds, in which moments are recorded
LONGEST_TEXT: Final = 10_000  # characters of one field; real reports run to 745
OFFICE: Final = "office"  # who acts while nobody signs in
NUL: Final = "\x00"  # PostgreSQL holds no text with it


class Kind(StrEnum):
    """What an event says."""

    STARTED = "started"
    REPORTED = "reported"
    CLAIMED = "claimed"
    CLOSED = "closed"
    RETURNED = "returned"
    REOPENED = "reopened"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    REMINDED = "reminded"
    CORRECTED = "corrected"
    RULES_CHANGED = "rules_changed"
    RENAMED = "renamed"


class Source(StrEnum):
    """By which way an event came."""

    BOARD = "board"
    FORM = "form"
    TERMINAL = "terminal"


class Stage(StrEnum):
    """How far a measure is, as its department says."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    NO_NEWS = "no_news"


class Cadence(StrEnum):
    """How often a list is reported on."""

    MONTH = "month"
    QUARTER = "quarter"


class Month(StrEnum):
    """In which month a report is due: the last one of its period, or the one after it."""

    SAME = "same"
    NEXT = "next"


class Asked(StrEnum):
    """Which departments of a measure are asked to report."""

    LEAD = "lead"
    ALL = "all"


class Body(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an event says beside its columns."""


class Started(Body, frozen=True):
    """A list is followed from now on. due_day: of the month, the last one where it is shorter."""

    cadence: Cadence
    due_day: int
    due_month: Month
    first_period: str
    asked: Asked = Asked.LEAD


class Report(Body, frozen=True):
    """What a department says of one measure in one period.

    values: the number reached so far of each target, by the target's text.
    corrects: the id of the event that this one puts right.
    """

    stage: Stage
    did: str = ""
    problems: str = ""
    difficulties: str = ""
    next: str = ""
    values: dict[str, float] = {}
    filled_by: str = ""
    checked_by: str = ""
    corrects: str = ""


class Remark(Body, frozen=True):
    """What is said with an act of the office or a claim: why, or what was done."""

    text: str = ""


class Extension(Body, frozen=True):
    """A new day until which a measure may take, asked for or granted. until: 2026-09-30."""

    until: str
    text: str = ""


class Reminder(Body, frozen=True):
    """A text that was sent to a department.

    about: what it was reminded of, a reason and a measure each, `late:2026-1-3`.
    """

    to: str
    text: str
    about: tuple[str, ...] = ()


class Rules(Body, frozen=True):
    """The rules of the lights, whole, as the file has them."""

    toml: str


class Renamed(Body, frozen=True):
    """The table calls measures or a list otherwise from now on; what was recorded stays theirs.

    ids: the 编号 before → after; a name that nothing has any more frees the old one for another measure.
    list_was: what the list was called, "" where it keeps its label.
    """

    ids: dict[str, str] = {}
    list_was: str = ""


BODIES: Final[dict[Kind, type[Body]]] = {
    Kind.STARTED: Started,
    Kind.REPORTED: Report,
    Kind.CLAIMED: Remark,
    Kind.CLOSED: Remark,
    Kind.RETURNED: Remark,
    Kind.REOPENED: Remark,
    Kind.EXTENSION_ASKED: Extension,
    Kind.EXTENSION_GRANTED: Extension,
    Kind.EXTENSION_REFUSED: Remark,
    Kind.PAUSED: Remark,
    Kind.CANCELLED: Remark,
    Kind.REMINDED: Reminder,
    Kind.CORRECTED: Report,
    Kind.RULES_CHANGED: Rules,
    Kind.RENAMED: Renamed,
}


class Draft(msgspec.Struct, frozen=True):
    """An event before the ledger has taken it.

    Attributes:
        list: its label in the table, which has its year, `2026 · 重点工作`.
        measure_id: empty where it is about the whole list.
        period: 2026-09 or 2026-Q3, empty where it is of none.
        effective: the day from which it counts.
        on_behalf: the department for which it is written.
        form: what the form or dialogue is known by: sent twice, it is recorded once.
        after: seq of the last event that whoever wrote it had seen of the measure, 0 for none.
    """

    kind: Kind
    list: str
    measure_id: str
    body: Body
    effective: date
    period: str = ""
    on_behalf: str = ""
    source: Source = Source.BOARD
    form: str = ""
    after: int = 0


class Event(msgspec.Struct, frozen=True):
    """An event as the ledger keeps it, in the order of its columns.

    Attributes:
        seq: 1, 2, 3 …
        id: a UUIDv7.
        recorded: microseconds since 1970 in UTC.
        effective: 2026-09-30.
        body: JSON.
        key: what makes a second sending of the same form the same event.
        prev: the hash of the event before it.
        hash: of prev and all other columns.
    """

    seq: int
    id: str
    list: str
    measure_id: str
    kind: str
    period: str
    actor: str
    on_behalf: str
    recorded: int
    effective: str
    body: str
    source: str
    key: str
    prev: str
    hash: str = ""


COLUMNS: Final = Event.__struct_fields__


def of_draft(draft: Draft, last: Event | None, now: int) -> Event:
    """Make the event that a draft becomes after the last one.

    Args:
        now: microseconds since 1970; where the clock has stepped back, the last event's count.
    """
    event = Event(
        seq=last.seq + 1 if last else 1,
        id=str(uuid_utils.uuid7()),
        list=clean(draft.list),
        measure_id=clean(draft.measure_id),
        kind=draft.kind,
        period=draft.period,
        actor=OFFICE,
        on_behalf=clean(draft.on_behalf),
        recorded=max(now, last.recorded) if last else now,
        effective=draft.effective.isoformat(),
        body=written(draft.body),
        source=draft.source,
        key=key_of(draft),
        prev=last.hash if last else FIRST_PREVIOUS,
    )
    return msgspec.structs.replace(event, hash=hash_of(event))


def hash_of(event: Event) -> str:
    """SHA-256 over prev and all other columns, as JSON with sorted keys and no spaces."""
    columns = msgspec.structs.asdict(event)
    del columns["hash"]
    return hashlib.sha256(msgspec.json.encode(columns, order="sorted")).hexdigest()


def key_of(draft: Draft) -> str:
    """What a second sending of the same form has as well.

    It covers the event that it follows, so that A, then B, then A again are three events.
    """
    texts = (draft.form, draft.list, draft.measure_id, draft.period, draft.kind)
    sent = (*map(clean, texts), draft.after, written(draft.body))
    return hashlib.sha256(msgspec.json.encode(sent)).hexdigest()


def written(body: Body) -> str:
    """A body as JSON with sorted keys and no spaces.

    Raises:
        BoardError: act_text_too_long where a text has more than LONGEST_TEXT characters.
    """
    fields = msgspec.to_builtins(body)
    for name, value in fields.items():
        if not isinstance(value, str):
            continue
        fields[name] = clean(value)
        if len(value) > LONGEST_TEXT and name != "toml":
            raise BoardError("act_text_too_long", n=len(value), most=LONGEST_TEXT)
    return msgspec.json.encode(fields, order="sorted").decode()


def body_of(event: Event) -> Body:
    """The body of an event, checked against its kind; raises msgspec.ValidationError."""
    return msgspec.json.decode(event.body, type=BODIES[Kind(event.kind)])


def clean(text: str) -> str:
    """A text as every database and JSON can hold it: no NUL, no half of a character, breaks as \\n."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace(NUL, "")
