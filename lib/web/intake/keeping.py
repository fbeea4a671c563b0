"""What the reader's browser is told of the drafts that it keeps, and what it gives back.

`assets/kept.d.ts` says it to the JavaScript that reads and writes it; a test compares both.
"""

from __future__ import annotations

import base64
from typing import Any, Final, NamedTuple, NotRequired, TypedDict, cast

import msgspec

from lib.apart.message import Source
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices.message import Edit
from lib.web.intake.draft import OnDesk

MOST_BYTES: Final = 10 * 1024 * 1024  # of a source: uvicorn's websocket takes 16 MB a message


class Keeping(TypedDict):
    """What the desk is told of the draft that it draws.

    Keys:
        key: by which the draft is kept.
        before: the key of the kept draft that it goes on with, "" where there is none.
        here: whether the reader sits at the server's machine, and need not be asked.
        saved: whether the draft as it is stands in the board's table.
        large: whether its source is too large to be kept.
        kept: what is to be kept, once the browser has asked for it.
        words: all texts of the line that says it, in the reader's language.
    """

    key: str
    before: str
    here: bool
    saved: bool
    large: bool
    kept: NotRequired[KeptDraft]
    words: KeepingWords


class KeptDraft(TypedDict):
    """A draft as it is kept.

    Keys:
        key: by which it is kept.
        name: where the notice comes from.
        source: a `Source` that only Python unpacks.
        log: all its edits.
    """

    key: str
    name: str
    source: str
    log: list[Edit]


class Offering(TypedDict):
    """What the offers are told. on_desk: the key of the draft on the desk, "" without one."""

    on_desk: str
    words: OfferingWords


class KeepingWords(TypedDict):
    """Texts `intake.kept.…` of the locale."""

    here: str
    tick: str
    saved: str
    large: str
    failed: str
    throw_away: str
    really: str


class OfferingWords(TypedDict):
    """Texts `intake.kept.…` of the locale; a number that the browser fills in stands as {}."""

    title: str
    edits: str
    go_on: str
    throw_away: str
    really: str


class Unpacked(NamedTuple):
    """A draft that was kept, to go on with."""

    key: str
    source: Source
    log: list[Edit]


def of(on_desk: OnDesk, t: Translator, *, is_here: bool) -> Keeping:
    """What the browser is told of a draft; the draft itself where it has asked for it.

    Args:
        is_here: whether the reader sits at the server's machine.
    """
    is_large = len(on_desk.source.data) > MOST_BYTES
    told = Keeping(
        key=on_desk.key,
        before=on_desk.before,
        here=is_here,
        saved=on_desk.is_saved,
        large=is_large,
        words=cast(KeepingWords, _words(KeepingWords, t)),
    )
    if on_desk.is_wanted and not is_large:
        told["kept"] = packed(on_desk)
    on_desk.is_wanted = False
    return told


def packed(on_desk: OnDesk) -> KeptDraft:
    """A draft as the browser keeps it."""
    return {
        "key": on_desk.key,
        "name": on_desk.source.name,
        "source": base64.b64encode(msgspec.msgpack.encode(on_desk.source)).decode(),
        "log": cast(list[Edit], [*on_desk.draft.log]),
    }


def unpacked(kept: object) -> Unpacked:
    """A draft that the browser has kept.

    Raises:
        BoardError: kept_draft_damaged, where it is none.
    """
    damaged = BoardError("kept_draft_damaged", file=_name(kept))
    try:
        draft = msgspec.convert(kept, KeptDraft)
        msgspec.msgpack.encode(draft["log"])  # as it goes to the process that reads
        source = msgspec.msgpack.decode(base64.b64decode(draft["source"]), type=Source)
    except (msgspec.DecodeError, ValueError, OverflowError) as error:
        raise damaged from error
    numbers = [edit["n"] for edit in draft["log"]]
    if numbers != [*range(1, len(numbers) + 1)]:
        raise damaged
    return Unpacked(draft["key"], source, draft["log"])


def _name(kept: object) -> str:
    """What a draft says that it is called."""
    return str(kept.get("name", "")) if isinstance(kept, dict) else ""


def offering(on_desk: OnDesk | None, t: Translator) -> Offering:
    """What the offers are told."""
    key = on_desk.key if on_desk else ""
    return {"on_desk": key, "words": cast(OfferingWords, _words(OfferingWords, t))}


def _words(kind: type[Any], t: Translator) -> dict[str, str]:
    return {name: t(f"intake.kept.{name}", n="{}") for name in kind.__annotations__}
