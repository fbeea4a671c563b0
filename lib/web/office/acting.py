"""What the office may do with a measure: each act is a small form, and one event of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

import streamlit as st

from lib.answers import sentences
from lib.ledger import acts as ledger_acts
from lib.ledger import states
from lib.ledger.acts import About
from lib.ledger.events import Draft, Event, Kind, Report, Stage
from lib.ledger.states import State
from lib.web import written
from lib.web.markdown import plain
from lib.web.office import report
from lib.web.office.form import (
    FRESH,
    OUTCOME,
    Form,
    close_correction,
    keep_what_is_typed,
    record,
    why_not,
)
from lib.web.view import Board


def acts(view: Board, row: int, seen: list[Event]) -> None:
    """Draw what may be done with a measure now, for who may keep the ledger.

    seen: its events, as they are drawn.
    """
    form = Form(view, row, seen)
    t = view.t
    outcome = st.session_state.get(OUTCOME)
    if outcome and not st.session_state.pop(FRESH, False):
        written.say(st.session_state.pop(OUTCOME))
    elif outcome:
        st.rerun()  # all of the page, since what it says of the measure has changed
    if why_not(view):
        st.caption(plain(why_not(view)))
        return
    offered = _offered(form)
    if form.value("act") not in offered:
        form.put("act", None)
    with st.container(key="acts", gap="small"):
        keep_what_is_typed(form, recorded=outcome is not None and outcome.done)
        _no_news(form)
        chosen = st.pills(
            t("progress.act.label"),
            list(offered),
            format_func=lambda name: t(f"progress.act.{name}"),
            key=form.key("act"),
            on_change=close_correction,
            args=(form,),
        )
        if chosen == "report":
            report.department_box(form)
        if chosen:
            _fields_and_button(form, chosen, offered[chosen])


def _offered(form: Form) -> dict[str, Act]:
    """The acts that fit the measure's state, in the order in which they are offered."""
    kinds = [Kind(event.kind) for event in form.seen]
    state = states.after(kinds)
    offered = {name: act for name, act in ACTS.items() if states.may_follow(act.kind, state)}
    if not states.is_asked(kinds):
        offered.pop("refuse_extension", None)
    if form.due is None:
        for name in ("ask_extension", "grant_extension"):
            offered.pop(name, None)
    return offered


def _no_news(form: Form) -> None:
    """One click says that there is nothing new in the current period, which it names."""
    period = form.current()
    state = states.after(Kind(event.kind) for event in form.seen)
    if period is None or state is not State.OPEN:
        return
    make = partial(ledger_acts.report, period=period, body=Report(Stage.NO_NEWS))
    st.button(
        form.t("progress.act.no_news", period=sentences.period(period.code, form.t)),
        key=form.key("no_news"),
        on_click=record,
        args=(form, "no_news", make),
    )


def _fields_and_button(form: Form, name: str, act: Act) -> None:
    with st.form(form.key(f"form_{name}"), border=True, enter_to_submit=False):
        act.fields(form)
        st.form_submit_button(
            form.t("progress.act.submit"),
            type="primary",
            on_click=record,
            args=(form, name, partial(_made, form, act)),
        )


def _made(form: Form, act: Act, about: About) -> Draft:
    return act.make(form, about)


# --- what each act asks and makes -----------------------------------------------------------------


class Act:
    """One act: the kind of its event, the fields of its form, and how they become an event."""

    def __init__(
        self, kind: Kind, fields: Callable[[Form], None], make: Callable[[Form, About], Draft]
    ) -> None:
        self.kind = kind
        self.fields = fields
        self.make = make


def _day_box(form: Form, name: str, day: date | None, latest: date | None = None) -> None:
    key = form.key(name)
    if key not in st.session_state and day:
        st.session_state[key] = day
    st.date_input(form.t(f"progress.text.{name}"), key=key, format="YYYY-MM-DD", max_value=latest)


def _claim_fields(form: Form) -> None:
    form.period_box()
    _done_fields(form)


def _claim(form: Form, about: About) -> Draft:
    return ledger_acts.claim(about, form.period, form.value("done_on"), form.text("text"))


def _done_fields(form: Form) -> None:
    claimed: date | None = form.progress.status.claimed_on[form.row].astype(object)
    _day_box(form, "done_on", claimed or form.view.today, form.view.today)
    form.text_box("text", "progress.text.remark")


def _close(form: Form, about: About) -> Draft:
    return ledger_acts.close(about, form.value("done_on"), form.text("text"))


def _why_field(form: Form) -> None:
    form.text_box("text", "progress.text.why")


def _with_reason(act: Callable[[About, str], Draft]) -> Callable[[Form, About], Draft]:
    return lambda form, about: act(about, form.text("text"))


def _extension_fields(form: Form) -> None:
    later = max(form.due, form.view.today) + timedelta(days=30) if form.due else None
    proposed = form.asked_until() or later
    _day_box(form, "until", proposed)
    form.text_box("text", "progress.text.why")


def _ask_extension(form: Form, about: About) -> Draft:
    return ledger_acts.ask_extension(about, form.due, form.value("until"), form.text("text"))


def _grant_extension(form: Form, about: About) -> Draft:
    return ledger_acts.grant_extension(about, form.due, form.value("until"), form.text("text"))


ACTS: Final = {
    "report": Act(Kind.REPORTED, report.fields, report.make),
    "claim": Act(Kind.CLAIMED, _claim_fields, _claim),
    "close": Act(Kind.CLOSED, _done_fields, _close),
    "give_back": Act(Kind.RETURNED, _why_field, _with_reason(ledger_acts.give_back)),
    "ask_extension": Act(Kind.EXTENSION_ASKED, _extension_fields, _ask_extension),
    "grant_extension": Act(Kind.EXTENSION_GRANTED, _extension_fields, _grant_extension),
    "refuse_extension": Act(
        Kind.EXTENSION_REFUSED, _why_field, _with_reason(ledger_acts.refuse_extension)
    ),
    "pause": Act(Kind.PAUSED, _why_field, _with_reason(ledger_acts.pause)),
    "cancel": Act(Kind.CANCELLED, _why_field, _with_reason(ledger_acts.cancel)),
    "reopen": Act(Kind.REOPENED, _why_field, _with_reason(ledger_acts.reopen)),
}
