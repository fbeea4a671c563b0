"""What has happened to a measure, newest first; each report can be put right there."""

from __future__ import annotations

import streamlit as st

from lib.answers import sentences
from lib.errors import BoardError, describe
from lib.i18n import Translator
from lib.ledger import corrections, events, place
from lib.ledger.events import Event, Extension, Kind, Remark, Reminder, Renamed, Report
from lib.ledger.names import Name
from lib.ledger.status import REPORTS
from lib.web import ledgers
from lib.web.listing import TEXTS
from lib.web.markdown import plain
from lib.web.office import report
from lib.web.office.form import Form, put_right, why_not
from lib.web.view import Board


def events_of(view: Board, row: int) -> list[Event]:
    """All that has happened to a measure; none, which is said, where the ledger can't be read."""
    codes = view.table.codes
    label = codes.lists.names[codes.lists.codes[row]]
    try:
        return ledgers.follower().ledger().of_measure(Name(label, codes.ids[row].as_py()))
    except BoardError as error:
        st.warning(plain(describe(error, view.t)))
        return []


def history(view: Board, row: int, seen: list[Event]) -> None:
    """Draw what has happened to a measure as it was known on the view's day, the newest first.

    seen: `events_of`.
    """
    t = view.t
    known = [event for event in seen if place.day_of(event.recorded) <= view.as_of]
    st.markdown(f"**{t('progress.history.title', n=len(known))}**")
    if not known:
        st.caption(plain(t("progress.history.nothing")))
    form = Form(view, row, seen)
    may_be_put_right = not why_not(view)
    for latest, *earlier in corrections.versions(known):
        with st.container(key=f"event_{latest.seq}", gap=None):
            _heading_and_button(form, latest, offered=may_be_put_right)
            _said(form, latest)
            for corrected in earlier:
                _corrected(form, corrected)
        if may_be_put_right and form.value("corrects") == latest.seq:
            report.correction(form, latest)


def _heading_and_button(form: Form, event: Event, *, offered: bool) -> None:
    """What was recorded; at a report the button that puts it right."""
    headline = plain(heading(event, form.t))
    if not offered or event.kind not in REPORTS:
        st.markdown(headline)
        return
    key = f"report_{event.seq}"
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(headline, width="stretch")
        st.button(
            form.t("progress.act.put_right"),
            key=f"put_right_{event.seq}",
            on_click=put_right,
            args=(form, event.seq),
        )


def _corrected(form: Form, event: Event) -> None:
    """What a report said before it was put right."""
    with st.container(key=f"corrected_{event.seq}", gap=None):
        headline = heading(event, form.t)
        corrected = form.t("progress.history.corrected")
        st.markdown(plain(form.t("text.dot").join([headline, corrected])))
        _said(form, event)


def _said(form: Form, event: Event) -> None:
    for line in _texts(event, form):
        st.caption(plain(line))


def heading(event: Event, t: Translator) -> str:
    """When, what, for whom and by which way."""
    what = t(f"progress.kind.{event.kind}")
    if event.period:
        what = t("progress.history.of_period", period=sentences.period(event.period, t), what=what)
    who = event.on_behalf or t("progress.office")
    way = t(f"progress.source.{event.source}")
    return t("text.dot").join([place.day_of(event.recorded).isoformat(), what, who, way])


def _texts(event: Event, form: Form) -> list[str]:
    """What an event says, a line each."""
    t = form.t
    body = events.body_of(event)
    if isinstance(body, Report):
        return _report_texts(body, form)
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


def _report_texts(body: Report, form: Form) -> list[str]:
    t = form.t
    unit_of = {target.name: target.unit for target in form.targets}
    lines = [t(f"progress.stage.{body.stage}")]
    for name in TEXTS:
        text = getattr(body, name)
        if text:
            lines.append(t(f"progress.text.{name}") + t("text.colon") + text)
    for target, number in body.values.items():
        reached = f"{number:.15g} {unit_of.get(target, '')}".rstrip()
        lines.append(target + t("text.colon") + reached)
    names = [t("progress.text.filled_by", name=body.filled_by)] if body.filled_by else []
    if body.checked_by:
        names.append(t("progress.text.checked_by", name=body.checked_by))
    return [*lines, t("text.semicolon").join(names)] if names else lines
