"""Reminders to copy: for each department one text of what it is to do, and that it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from lib.answers import sentences
from lib.errors import BoardError, describe
from lib.i18n import Translator
from lib.ledger import reminders
from lib.ledger.acts import About
from lib.ledger.events import Draft
from lib.ledger.reminders import Waiting
from lib.text import workdays
from lib.web import components, draw, ledgers, written
from lib.web.office.form import why_not
from lib.web.view import Board
from lib.web.written import Outcome

OUTCOME: Final = "remind_outcome"
BOX: Final = 220  # pixels
ANSWER_WORKDAYS: Final = 2  # that a department usually has to answer
COPY: Final = components.of_assets("copy", '<button type="button"></button>')


def remind(view: Board) -> None:
    """Draw what each department is to be reminded of, for who keeps the ledger."""
    t = view.t
    everybody = view.once(_waiting)
    waiting = [of_department for of_department in everybody if of_department.duties]
    n = len(waiting)
    draw.heading(t("progress.remind.title", n=n) if n else t("progress.remind.nobody_title"))
    outcome = st.session_state.pop(OUTCOME, None)
    if outcome:
        written.say(outcome)
    draw.note(_state(view, waiting, everybody))
    draw.note(_reminded_today(everybody, t))
    if waiting and not why_not(view) and workdays.is_workday(view.today):
        _texts(view, waiting)


def _waiting(view: Board) -> list[Waiting]:
    return view.followed.waiting(view.rows)


def _reminded_today(everybody: Sequence[Waiting], t: Translator) -> str:
    """Who was reminded of all today, and how many times this month; "" for nobody."""
    done = [
        t("progress.remind.times", department=waiting.department, n=waiting.this_month)
        for waiting in everybody
        if not waiting.duties and waiting.last
    ]
    if not done:
        return ""
    return t("progress.remind.today", departments=t("text.separator").join(done))


def _state(view: Board, waiting: Sequence[Waiting], everybody: Sequence[Waiting]) -> str:
    """How reminding goes, or why nobody is reminded now."""
    t = view.t
    if not everybody:
        return t("progress.remind.nobody")
    if not waiting:
        return t("progress.remind.all_done")
    if why_not(view):
        return why_not(view)
    if not workdays.is_workday(view.today):
        following = workdays.after(view.today, 1)
        days = {"day": sentences.day(view.today, t), "next": sentences.day(following, t)}
        return t("progress.remind.no_workday", **days)
    return t("progress.remind.about")


def _texts(view: Board, waiting: Sequence[Waiting]) -> None:
    """The text of one department, and the buttons that copy it and note that it was sent."""
    t = view.t
    of_name = {of_department.department: of_department for of_department in waiting}
    if st.session_state.get("remind_department") not in of_name:
        st.session_state["remind_department"] = waiting[0].department
    with st.container(horizontal=True, gap="small"):
        name = st.selectbox(
            t("field.department"),
            list(of_name),
            format_func=lambda name: _choice(of_name[name], t),
            key="remind_department",
            width=BOX,
        )
        until = _day_box(view)
    chosen = of_name[str(name)]
    text = sentences.reminder(chosen, view.table, view.today, until, t)
    draw.note(_before(chosen, t))
    with st.container(key="remind_text"):
        st.code(text, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        data = {"text": text, "copy": t("progress.remind.copy"), "copied": t("link.copied")}
        COPY(data=data, key="remind_copy", width="content")
        st.button(
            t("progress.remind.done", department=chosen.department),
            key="remind_done",
            on_click=_record,
            args=(view, [chosen], until),
        )
        st.button(
            t("progress.remind.done_all", n=len(waiting)),
            key="remind_all",
            on_click=_record,
            args=(view, waiting, until),
        )


def _choice(waiting: Waiting, t: Translator) -> str:
    n = len(waiting.duties)
    return t("progress.remind.department", department=waiting.department, n=n)


def _day_box(view: Board) -> date:
    """The box for the day until which an answer is asked for."""
    return st.date_input(
        view.t("progress.remind.until"),
        workdays.after(view.today, ANSWER_WORKDAYS),
        min_value=view.today,
        format="YYYY-MM-DD",
        key="remind_until",
        width=BOX,
    )


def _before(waiting: Waiting, t: Translator) -> str:
    """When a department was reminded before, and how many times this month."""
    if waiting.last is None:
        return t("progress.remind.never")
    last = sentences.day(waiting.last, t)
    if not waiting.this_month:
        return t("progress.remind.month_none", day=last)
    return t("progress.remind.before", n=waiting.this_month, day=last)


def _record(view: Board, reminded: Sequence[Waiting], until: date) -> None:
    """Note that departments were reminded, each in its own words."""
    t = view.t
    follower = ledgers.follower()
    try:
        follower.record([_draft(view, of_department, until) for of_department in reminded])
    except BoardError as error:
        st.session_state[OUTCOME] = Outcome(describe(error, t), done=False)
        return
    names = [of_department.department for of_department in reminded]
    sentence = t("progress.remind.recorded", departments=t("text.separator").join(names))
    st.session_state[OUTCOME] = Outcome(sentence, done=True)


def _draft(view: Board, waiting: Waiting, until: date) -> Draft:
    """The event of a department; of the list that all it is reminded of is in, if it is one."""
    lists = view.table.codes.lists
    names = {lists.names[lists.codes[duty.row]] for duty in waiting.duties}
    about = About(
        list=names.pop() if len(names) == 1 else "",
        measure_id="",
        today=view.today,
        on_behalf=waiting.department,
        form=f"reminder {view.today} {waiting.department}",
    )
    text = sentences.reminder(waiting, view.table, view.today, until, view.t)
    known = ledgers.follower().known().journal.reminders
    return reminders.draft(about, waiting, text, known)
