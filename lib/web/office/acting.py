"""What the office may do with a measure: each act is a small form, and one event of the ledger."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import msgspec
import streamlit as st

from lib.answers import sentences
from lib.errors import BoardError, describe
from lib.ledger import acts as ledger_acts
from lib.ledger import events, states
from lib.ledger.acts import About
from lib.ledger.events import Cadence, Draft, Event, Extension, Kind, Report, Stage
from lib.ledger.periods import Period
from lib.ledger.states import State
from lib.web import access, components, ledgers, written
from lib.web.listing import TEXTS
from lib.web.markdown import plain
from lib.web.office.history import last_seq
from lib.web.view import Board
from lib.web.written import Outcome

OUTCOME: Final = "act_outcome"
SENT: Final = "act_sent"  # the last act that was recorded: of what, which, and after which event
FRESH: Final = "act_is_fresh"  # whether the page does not show yet what was recorded
UNSENT: Final = components.of_assets("unsent", "")
TEXT_HEIGHT: Final = 80  # pixels
MOST_PERIODS: Final = 12  # that a report may be about


class Unsent(msgspec.Struct):
    """What the browser has kept: the act that is being written, and its texts by field."""

    act: str
    texts: dict[str, str]


class Form:
    """One measure and what is being written about it.

    Attributes:
        due: its current day.
        seen: its events, as the reader sees them.
    """

    def __init__(self, view: Board, row: int, seen: list[Event]) -> None:
        self.view = view
        self.t = view.t
        self.row = row
        self.seen = seen
        codes = view.table.codes
        self.measure_id = str(codes.ids[row].as_py())
        self.list = codes.lists.names[codes.lists.codes[row]]
        leads = codes.lead.of(row)
        self.department = leads[0] if leads else ""
        self.progress = view.followed
        self.due: date | None = self.progress.status.due[row].astype(object)

    def about(self, form: str) -> About:
        """What an act of this form is about."""
        return About(
            list=self.list,
            measure_id=self.measure_id,
            today=self.view.today,
            on_behalf=self.department,
            form=form,
            after=last_seq(self.seen),
        )

    def key(self, name: str) -> str:
        """The key of a widget of this measure."""
        return f"act_{self.row}_{name}"

    def value(self, name: str) -> Any:
        """What a widget of this measure holds."""
        return st.session_state.get(self.key(name))

    def text(self, name: str) -> str:
        """What a text box of this measure holds."""
        return str(self.value(name) or "").strip()

    def periods(self) -> list[Period]:
        """The periods that have begun of its list, the newest first."""
        rounds = self.progress.status.rounds
        of_list = [of_round.period for of_round in rounds if of_round.list == self.list]
        return of_list[::-1][:MOST_PERIODS]

    def current(self) -> Period | None:
        """The period of which its list is asked for reports now."""
        return self.progress.status.current(self.list)

    def asked_until(self) -> date | None:
        """The day until which an extension is asked for that nobody has answered yet."""
        if not states.is_asked([Kind(event.kind) for event in self.seen]):
            return None
        asked = [event for event in self.seen if event.kind == Kind.EXTENSION_ASKED]
        body = events.body_of(asked[-1])
        return date.fromisoformat(body.until) if isinstance(body, Extension) else None


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
    if not access.may_keep_ledger():
        st.caption(plain(t("progress.read_only")))
        return
    if view.as_of != view.today:
        st.caption(plain(t("progress.only_today")))
        return
    offered = _offered(form)
    with st.container(key="acts", gap="small"):
        _keep_what_is_typed(form, recorded=outcome is not None and outcome.done)
        _no_news(form)
        chosen = st.pills(
            t("progress.act.label"),
            list(offered),
            format_func=lambda name: t(f"progress.act.{name}"),
            key=form.key("act"),
        )
        if chosen:
            _fields_and_button(form, chosen, offered[chosen])


def _keep_what_is_typed(form: Form, *, recorded: bool) -> None:
    """Keep the texts of this measure in the browser, until they are recorded."""
    data = {"measure": form.measure_id, "act": form.value("act") or "", "recorded": recorded}
    UNSENT(key="unsent", data=data, on_restored_change=partial(_restore, form))


def _restore(form: Form) -> None:
    """Take back what the browser has kept. It may say anything."""
    try:
        unsent = msgspec.json.decode(st.session_state["unsent"]["restored"], type=Unsent)
    except (msgspec.DecodeError, msgspec.ValidationError, TypeError):
        return
    if unsent.act in ACTS:
        st.session_state[form.key("act")] = unsent.act
        for name, text in unsent.texts.items():
            if name in (*TEXTS, "text"):
                st.session_state[form.key(name)] = text


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
    report = Report(Stage.NO_NEWS)
    make = partial(ledger_acts.report, period=period, body=report)
    st.button(
        form.t("progress.act.no_news", period=sentences.period(period.code, form.t)),
        key=form.key("no_news"),
        on_click=_record,
        args=(form, "no_news", make),
    )


def _fields_and_button(form: Form, name: str, act: Act) -> None:
    with st.form(form.key(f"form_{name}"), border=True, enter_to_submit=False):
        act.fields(form)
        st.form_submit_button(
            form.t("progress.act.submit"),
            type="primary",
            on_click=_record,
            args=(form, name, partial(_made, form, act)),
        )


def _made(form: Form, act: Act, about: About) -> Draft:
    return act.make(form, about)


def _record(form: Form, name: str, make: Callable[[About], Draft]) -> None:
    """Record an act. What was typed stays until it is recorded, whatever happens.

    The second click of a double click comes when the first one has recorded it and emptied its boxes.
    """
    sent = (form.measure_id, name, last_seq(form.seen))
    if st.session_state.get(SENT) == sent:
        return
    identity = st.session_state.setdefault(form.key(f"id_{name}"), uuid.uuid4().hex)
    follower = ledgers.follower()
    try:
        follower.record([make(form.about(identity))])
    except BoardError as error:
        st.session_state[OUTCOME] = Outcome(describe(error, form.t), done=False)
        return
    st.session_state[OUTCOME] = Outcome(form.t("progress.act.recorded"), done=True)
    st.session_state[FRESH] = True
    st.session_state[SENT] = sent
    for key in [key for key in st.session_state if str(key).startswith(form.key(""))]:
        del st.session_state[key]


# --- what each act asks and makes -----------------------------------------------------------------


class Act:
    """One act: the kind of its event, the fields of its form, and how they become an event."""

    def __init__(
        self, kind: Kind, fields: Callable[[Form], None], make: Callable[[Form, About], Draft]
    ) -> None:
        self.kind = kind
        self.fields = fields
        self.make = make


def _period_box(form: Form) -> None:
    t = form.t
    periods, current = form.periods(), form.current()
    st.selectbox(
        t("progress.text.period"),
        periods,
        index=periods.index(current) if current in periods else 0,
        format_func=lambda period: period.code,
        key=form.key("period"),
    )


def _text_box(form: Form, name: str, label: str) -> None:
    st.text_area(form.t(label), key=form.key(name), height=TEXT_HEIGHT)


def _day_box(form: Form, name: str, day: date | None, latest: date | None = None) -> None:
    key = form.key(name)
    if key not in st.session_state and day:
        st.session_state[key] = day
    st.date_input(form.t(f"progress.text.{name}"), key=key, format="YYYY-MM-DD", max_value=latest)


def _report_fields(form: Form) -> None:
    t = form.t
    _period_box(form)
    st.selectbox(
        t("progress.text.stage"),
        list(Stage),
        index=1,
        format_func=lambda stage: t(f"progress.stage.{stage}"),
        key=form.key("stage"),
    )
    for name in TEXTS:
        _text_box(form, name, f"progress.text.{name}")


def _report(form: Form, about: About) -> Draft:
    report = Report(
        stage=form.value("stage"),
        did=form.text("did"),
        problems=form.text("problems"),
        difficulties=form.text("difficulties"),
        next=form.text("next"),
    )
    return ledger_acts.report(about, _period(form), report)


def _period(form: Form) -> Period:
    chosen: Period | None = form.value("period")
    return chosen or Period.of_day(form.view.today, Cadence.MONTH)


def _claim_fields(form: Form) -> None:
    _period_box(form)
    _done_fields(form)


def _claim(form: Form, about: About) -> Draft:
    return ledger_acts.claim(about, _period(form), form.value("done_on"), form.text("text"))


def _done_fields(form: Form) -> None:
    claimed: date | None = form.progress.status.claimed_on[form.row].astype(object)
    _day_box(form, "done_on", claimed or form.view.today, form.view.today)
    _text_box(form, "text", "progress.text.remark")


def _close(form: Form, about: About) -> Draft:
    return ledger_acts.close(about, form.value("done_on"), form.text("text"))


def _why_field(form: Form) -> None:
    _text_box(form, "text", "progress.text.why")


def _with_reason(act: Callable[[About, str], Draft]) -> Callable[[Form, About], Draft]:
    return lambda form, about: act(about, form.text("text"))


def _extension_fields(form: Form) -> None:
    later = max(form.due, form.view.today) + timedelta(days=30) if form.due else None
    proposed = form.asked_until() or later
    _day_box(form, "until", proposed)
    _text_box(form, "text", "progress.text.why")


def _ask_extension(form: Form, about: About) -> Draft:
    return ledger_acts.ask_extension(about, form.due, form.value("until"), form.text("text"))


def _grant_extension(form: Form, about: About) -> Draft:
    return ledger_acts.grant_extension(about, form.due, form.value("until"), form.text("text"))


ACTS: Final = {
    "report": Act(Kind.REPORTED, _report_fields, _report),
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
