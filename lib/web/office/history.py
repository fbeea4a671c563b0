"""What has happened to a measure, newest first, and the last report of many."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec
import numpy as np
import streamlit as st

from lib.answers import sentences
from lib.errors import BoardError, describe, one_line
from lib.i18n import Translator
from lib.ledger import events
from lib.ledger.events import Event, Extension, Kind, Remark, Reminder, Report
from lib.ledger.progress import Progress
from lib.web import ledgers
from lib.web.markdown import plain
from lib.web.view import Board

TEXTS: Final = ("did", "problems", "difficulties", "next")  # of a report, in their order
SECOND: Final = 1_000_000  # microseconds


def last_reports(view: Board, rows: np.ndarray) -> dict[int, str]:
    """The last report of each of some rows in a line, by row; where the ledger can't be read, none."""
    if view.progress is None:
        return {}
    places = view.progress.status.report[rows]
    seqs = ledgers.seqs_at(places)
    try:
        by_seq = ledgers.follower().ledger().by_seq([seq for seq in seqs if seq])
    except BoardError:
        return {}
    lines: dict[int, str] = {}
    for row, seq in zip(rows.tolist(), seqs, strict=True):
        if seq in by_seq:
            lines[row] = report_in_line(by_seq[seq], view.t)
    return lines


def report_in_line(event: Event, t: Translator) -> str:
    """A report as one line: its period, then what was done, else how far it is."""
    body = msgspec.json.decode(event.body, type=Report)
    texts = [getattr(body, name) for name in TEXTS]
    said = next(filter(None, texts), "") or t(f"progress.stage.{body.stage}")
    return one_line(sentences.period(event.period, t) + t("text.colon") + said)


def history(view: Board, row: int) -> list[Event]:
    """Draw what has happened to a measure as it was known on the view's day.

    Returns:
        All its events, those of later days too.
    """
    t = view.t
    measure_id = view.table.codes.ids[row].as_py()
    try:
        of_measure = ledgers.follower().ledger().of_measure(measure_id)
    except BoardError as error:
        st.warning(plain(describe(error, t)))
        return []
    known = [event for event in of_measure if _day(event) <= view.as_of]
    st.markdown(f"**{t('progress.history.title', n=len(known))}**")
    if not known:
        st.caption(plain(t("progress.history.nothing")))
    for event in reversed(known):
        with st.container(key=f"event_{event.seq}", gap=None):
            st.markdown(plain(_heading(event, t)))
            for line in _texts(event, t):
                st.caption(plain(line))
    return of_measure


def _day(event: Event) -> date:
    return datetime.fromtimestamp(event.recorded / SECOND, ledgers.zone()).date()


def _heading(event: Event, t: Translator) -> str:
    """When, what, for whom and by which way."""
    what = t(f"progress.kind.{event.kind}")
    if event.period:
        what = t("progress.history.of_period", period=sentences.period(event.period, t), what=what)
    who = event.on_behalf or t("progress.office")
    way = t(f"progress.source.{event.source}")
    return t("text.dot").join([_day(event).isoformat(), what, who, way])


def _texts(event: Event, t: Translator) -> list[str]:
    """What an event says, a line each."""
    body = events.body_of(event)
    if isinstance(body, Report):
        return _report_texts(body, t)
    if isinstance(body, Extension):
        until = t("progress.history.until", day=body.until)
        return [until, body.text] if body.text else [until]
    if isinstance(body, Remark | Reminder) and body.text:
        return [body.text]
    if event.kind in (Kind.CLOSED, Kind.CLAIMED):
        return [t("progress.history.done_on", day=event.effective)]
    return []


def _report_texts(body: Report, t: Translator) -> list[str]:
    lines = [t(f"progress.stage.{body.stage}")]
    for name in TEXTS:
        text = getattr(body, name)
        if text:
            lines.append(t(f"progress.text.{name}") + t("text.colon") + text)
    for target, number in body.values.items():
        lines.append(f"{target}{t('text.colon')}{number:g}")
    names = [t("progress.text.filled_by", name=body.filled_by)] if body.filled_by else []
    if body.checked_by:
        names.append(t("progress.text.checked_by", name=body.checked_by))
    return [*lines, t("text.semicolon").join(names)] if names else lines


def last_seq(of_measure: list[Event]) -> int:
    """The seq of the last event of a measure, 0 for none."""
    return of_measure[-1].seq if of_measure else 0


def is_followed(progress: Progress | None, row: int) -> bool:
    """Whether the ledger follows a row's list."""
    return progress is not None and bool(progress.status.followed[row])
