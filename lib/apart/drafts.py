"""What the process that reads does with a draft: it packs, draws and tables it."""

from __future__ import annotations

import msgspec

from lib import i18n, notices
from lib.apart.message import Draft, Drawn, Source, Told
from lib.files.csv_writing import csv_of_rows
from lib.notices import Notice, desk, draft, output
from lib.notices.draft import Replayed
from lib.notices.words import Word


def read(source: Source, told: Told) -> Notice:
    """Read what was brought to Intake, as a person has told."""
    choices, words = _of_plain(told)
    if source.is_pasted:
        return notices.read_text(source.data.decode(), source.name, choices=choices, words=words)
    return notices.read(source.data, source.name, choices=choices, words=words)


def _of_plain(told: Told) -> draft.Told:
    """What was told, as the readers take it."""
    words = tuple(Word(*word) for word in told.words)
    return draft.Told(told.columns, words)


def pack(notice: Notice) -> bytes:
    """A notice as a draft keeps it."""
    return msgspec.msgpack.encode(notice)


def _unpacked(packed: Draft) -> Notice:
    """The notice of a draft, as it was read."""
    return msgspec.msgpack.decode(packed.notice, type=Notice)


def _replayed(packed: Draft, as_read: Notice) -> Replayed:
    """The notice of a draft, with all that was changed."""
    log = (edit for edit in packed.log if edit["n"] > packed.since)
    return draft.replay(as_read, log, _of_plain(packed.told))


def draw(packed: Draft, language: str) -> Drawn:
    """What is said and drawn of a draft, in a language."""
    as_read = _unpacked(packed)
    notice, can_undo, told = _replayed(packed, as_read)
    message = desk.compose(
        notice,
        i18n.translator(language),
        done=packed.done,
        can_undo=can_undo,
        remembers_columns=packed.browser_remembers,
    )
    return Drawn(
        name=notice.name,
        issuer=notice.issuer,
        document_number=notice.document_number,
        issued=notice.issued,
        read=len(as_read.measures),
        measures=len(notice.measures),
        milestones=len(notice.milestones),
        left=sum(1 for _ in draft.doubts(notice)),
        is_own=notice.is_own,
        is_table=bool(notice.headers),
        told=Told(dict(told.choices), told.words),
        message=msgspec.json.encode(message),
    )


def to_table(packed: Draft) -> tuple[output.Rows, output.Rows]:
    """`notices.to_table` of a draft as it is now."""
    replayed = _replayed(packed, _unpacked(packed))
    return output.to_table(replayed.notice)


def file(packed: Draft, kind: str) -> bytes:
    """A draft as a file that `measures.read` reads back.

    Args:
        kind: csv, xlsx, or milestones for the file that stands beside a .csv.
    """
    rows, milestones = to_table(packed)
    if kind == "xlsx":
        return output.xlsx_bytes(rows, milestones)
    if kind == "milestones":
        return csv_of_rows(milestones)
    return csv_of_rows(rows)
