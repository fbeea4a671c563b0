"""What has happened to a measure, newest first, and the last report of many."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import streamlit as st

from lib.answers import sentences
from lib.errors import BoardError, describe
from lib.i18n import Translator
from lib.ledger import events, place
from lib.ledger.events import Event, Extension, Kind, Remark, Reminder, Renamed, Report
from lib.ledger.names import Name
from lib.web import ledgers
from lib.web.listing import TEXTS
from lib.web.markdown import plain
from lib.web.view import Board

SECOND: Final = 1_000_000  # microseconds


def events_of(view: Board, row: int) -> list[Event]:
    """All that has happened to a measure; none, which is said, where the ledger can't be read."""
    codes = view.table.codes
    label = codes.lists.names[codes.lists.codes[row]]
    try:
        return ledgers.follower().ledger().of_measure(Name(label, codes.ids[row].as_py()))
    except BoardError as error:
        st.warning(plain(describe(error, view.t)))
        return []


def history(view: Board, seen: list[Event]) -> None:
    """Draw what has happened to a measure as it was known on the view's day, the newest first.

    seen: `events_of`.
    """
    t = view.t
    known = [event for event in seen if _day(event) <= view.as_of]
    st.markdown(f"**{t('progress.history.title', n=len(known))}**")
    if not known:
        st.caption(plain(t("progress.history.nothing")))
    for event in reversed(known):
        with st.container(key=f"event_{event.seq}", gap=None):
            st.markdown(plain(heading(event, t)))
            for line in _texts(event, t):
                st.caption(plain(line))


def _day(event: Event) -> date:
    return datetime.fromtimestamp(event.recorded / SECOND, place.zone()).date()


def heading(event: Event, t: Translator) -> str:
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
    if isinstance(body, Renamed):
        return _renamed_texts(body, t)
    if isinstance(body, Remark | Reminder) and body.text:
        return [body.text]
    if event.kind in (Kind.CLOSED, Kind.CLAIMED):
        return [t("progress.history.done_on", day=event.effective)]
    return []


def _renamed_texts(body: Renamed, t: Translator) -> list[str]:
    lines = [t("progress.history.list_was", name=body.list_was)] if body.list_was else []
    for before, after in body.ids.items():
        lines.append(t("progress.history.id_was", before=before, after=after))
    return lines


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
