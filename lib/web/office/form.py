"""What is being written about a measure: its boxes, what the browser keeps of them, and its recording."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

import msgspec
import streamlit as st

from lib.errors import BoardError, describe
from lib.ledger import events, states, targets
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Draft, Event, Extension, Kind, Report
from lib.ledger.periods import Period
from lib.ledger.status import Round
from lib.web import access, components, ledgers
from lib.web.listing import TEXTS
from lib.web.view import Board
from lib.web.written import Outcome

OUTCOME: Final = "act_outcome"
SENT: Final = "act_sent"  # the last act that was recorded: of what, which, and after which event
FRESH: Final = "act_is_fresh"  # whether the page does not show yet what was recorded
LEFT: Final = "act_is_left"  # whether what was written was given up
UNSENT: Final = components.of_assets("unsent", "")
TEXT_HEIGHT: Final = 80  # pixels
MOST_PERIODS: Final = 12  # that a report may be about
NUMBER: Final = "value_"  # what the key of a box for a target's number begins with


class Unsent(msgspec.Struct):
    """What the browser has kept: the act that is being written, and its texts by field."""

    act: str
    texts: dict[str, str]


class Form:
    """One measure and what is being written about it.

    Attributes:
        due: its current day.
        seen: its events, as the reader sees them.
        leads: the departments that lead; departments: for which a report may be written, the lead first.
        targets: of which a report gives the numbers.
    """

    def __init__(self, view: Board, row: int, seen: list[Event]) -> None:
        self.view = view
        self.t = view.t
        self.row = row
        self.seen = seen
        codes = view.table.codes
        self.measure_id = str(codes.ids[row].as_py())
        self.list = codes.lists.names[codes.lists.codes[row]]
        self.progress = view.followed
        self.due: date | None = self.progress.status.due[row].astype(object)
        self.targets = targets.each_name_once(self.progress.targets.get(row, ()))
        self.leads = codes.lead.of(row)
        self.departments = self.leads[:1]
        rounds = self._rounds()
        if rounds and rounds[0].asked is Asked.ALL:
            self.departments = [*self.leads, *codes.support.of(row)]

    def about(self, form: str) -> About:
        """What an act of this form is about; it is written for the department that leads."""
        return About(
            list=self.list,
            measure_id=self.measure_id,
            today=self.view.today,
            on_behalf=self.departments[0] if self.departments else "",
            form=form,
            after=self.seen[-1].seq if self.seen else 0,
        )

    def key(self, name: str) -> str:
        """The key of a widget of this measure."""
        return f"act_{self.row}_{name}"

    def value(self, name: str) -> Any:
        """What a widget of this measure holds."""
        return st.session_state.get(self.key(name))

    def put(self, name: str, value: object) -> None:
        """Make a widget of this measure hold something in the run that follows."""
        st.session_state[self.key(name)] = value

    def text(self, name: str) -> str:
        """What a text box of this measure holds."""
        return str(self.value(name) or "").strip()

    def text_box(self, name: str, label: str) -> None:
        """A box for a text of some lines."""
        st.text_area(self.t(label), key=self.key(name), height=TEXT_HEIGHT)

    @property
    def is_of_lead(self) -> bool:
        """Whether it is written for a department that leads, which says how far the measure is."""
        department = self.value("department")
        return department is None or department in self.leads

    def periods(self) -> list[Period]:
        """The periods that have begun of its list, the newest first."""
        return [of_round.period for of_round in self._rounds()]

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

    def _rounds(self) -> list[Round]:
        rounds = self.progress.status.rounds
        of_list = [of_round for of_round in rounds if of_round.list == self.list]
        return of_list[::-1][:MOST_PERIODS]

    def period_box(self) -> None:
        """A box for the period that is meant."""
        periods, current = self.periods(), self.current()
        st.selectbox(
            self.t("progress.text.period"),
            periods,
            index=periods.index(current) if current in periods else 0,
            format_func=lambda period: period.code,
            key=self.key("period"),
        )

    @property
    def period(self) -> Period:
        """The period that is chosen; before the first one has begun, the month."""
        chosen: Period | None = self.value("period")
        return chosen or Period.of_day(self.view.today, Cadence.MONTH)


def why_not(view: Board) -> str:
    """Why nothing can be recorded, "" where it can: by whom, and on which day."""
    if not access.may_keep_ledger():
        return view.t("progress.read_only")
    return "" if view.as_of == view.today else view.t("progress.only_today")


def record(form: Form, name: str, make: Callable[[About], Draft]) -> None:
    """Record an act. What was typed stays until it is recorded, whatever happens.

    The second click of a double click comes when the first one has recorded it and emptied its boxes.
    """
    sent = (form.measure_id, name, form.about("").after)
    if st.session_state.get(SENT) == sent:
        return
    identity = st.session_state.setdefault(form.key(f"id_{name}"), uuid.uuid4().hex)
    try:
        ledgers.follower().record([make(form.about(identity))])
    except BoardError as error:
        st.session_state[OUTCOME] = Outcome(describe(error, form.t), done=False)
        return
    st.session_state[OUTCOME] = Outcome(form.t("progress.act.recorded"), done=True)
    st.session_state[FRESH] = True
    st.session_state[SENT] = sent
    forget(form)


def forget(form: Form) -> None:
    """Close what is written about the measure, and empty its boxes."""
    for key in [key for key in st.session_state if str(key).startswith(form.key(""))]:
        del st.session_state[key]


# --- one act at a time ----------------------------------------------------------------------------


def put_right(form: Form, seq: int) -> None:
    """Open a report to be put right, with what it says. seq: its own."""
    reports = {event.seq: event for event in form.seen}
    if seq not in reports:
        return
    forget(form)
    form.put("act", None)
    form.put("corrects", seq)
    said = msgspec.json.decode(reports[seq].body, type=Report)
    form.put("stage", said.stage)
    for name in TEXTS:
        form.put(name, getattr(said, name))
    for place, target in enumerate(form.targets):
        form.put(f"{NUMBER}{place}", said.values.get(target.name))


def close_correction(form: Form) -> None:
    """Leave a report as it is, for another act."""
    form.put("corrects", None)


def leave(form: Form) -> None:
    """Close what is written about the measure, and let the browser forget it."""
    forget(form)
    st.session_state[LEFT] = True


def _act(form: Form) -> str:
    """What is being written: an act by its name, or the seq of the report that is put right."""
    return str(form.value("act") or form.value("corrects") or "")


# --- what the browser keeps -----------------------------------------------------------------------


def keep_what_is_typed(form: Form, *, recorded: bool) -> None:
    """Keep the texts of this measure in the browser, until they are recorded."""
    is_over = recorded or st.session_state.pop(LEFT, False)
    data = {"measure": form.measure_id, "act": _act(form), "over": is_over}
    UNSENT(key="unsent", data=data, on_restored_change=partial(_restore, form))


def _restore(form: Form) -> None:
    """Take back what the browser has kept. It may say anything."""
    try:
        unsent = msgspec.json.decode(st.session_state["unsent"]["restored"], type=Unsent)
    except (msgspec.DecodeError, msgspec.ValidationError, TypeError):
        return
    if unsent.act.isdecimal():
        put_right(form, int(unsent.act))
    else:
        form.put("act", unsent.act)
    for name, text in unsent.texts.items():
        if name in (*TEXTS, "text"):
            form.put(name, text)
        elif name in [f"{NUMBER}{place}" for place in range(len(form.targets))]:
            form.put(name, _number(text))


def _number(text: str) -> float | None:
    """The number that a box of numbers held, None where it held none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
