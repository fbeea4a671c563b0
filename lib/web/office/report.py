"""The boxes of a report: for which department and period, how far, in words and in numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib.answers import sentences
from lib.ledger import acts
from lib.ledger.acts import About
from lib.ledger.events import Draft, Event, Report, Stage
from lib.ledger.targets import Target
from lib.web.listing import TEXTS
from lib.web.office.form import NUMBER, Form, leave, record


def department_box(form: Form) -> None:
    """Where all are asked, the box for whom the report is written; on it depends what is asked."""
    if len(form.departments) > 1:
        label = form.t("progress.text.department")
        st.selectbox(label, form.departments, key=form.key("department"))


def fields(form: Form) -> None:
    """The boxes of a report. Numbers are the lead's to say."""
    form.period_box()
    _said_fields(form, form.targets if form.is_of_lead else [])


def make(form: Form, about: About) -> Draft:
    """The report that the boxes say."""
    department = form.value("department") or about.on_behalf
    for_department = dataclasses.replace(about, on_behalf=str(department))
    targets = form.targets if form.is_of_lead else []
    return acts.report(for_department, form.period, _said(form, targets))


def correction(form: Form, earlier: Event) -> None:
    """A report that is put right: its boxes with what they are to say, and the buttons."""
    with st.form(form.key("form_correction"), border=True, enter_to_submit=False):
        _said_fields(form, form.targets)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                form.t("progress.act.submit"),
                type="primary",
                on_click=record,
                args=(form, "correction", partial(_corrected, form, earlier)),
            )
            st.form_submit_button(form.t("progress.act.leave"), on_click=leave, args=(form,))


def _corrected(form: Form, earlier: Event, about: About) -> Draft:
    return acts.put_right(about, earlier, _said(form, form.targets))


def _said_fields(form: Form, targets: Sequence[Target]) -> None:
    t = form.t
    if not form.value("stage"):
        form.put("stage", Stage.UNDER_WAY)
    st.selectbox(
        t("progress.text.stage"),
        list(Stage),
        format_func=lambda stage: t(f"progress.stage.{stage}"),
        key=form.key("stage"),
    )
    for place, target in enumerate(targets):
        st.number_input(
            _number_label(form, target),
            min_value=0.0,
            value=None,
            step=1.0,
            format="%g",
            key=form.key(f"{NUMBER}{place}"),
        )
    for name in TEXTS:
        form.text_box(name, f"progress.text.{name}")


def _number_label(form: Form, target: Target) -> str:
    aim = sentences.target_in_words(target)
    last = form.progress.number(form.row, target.name)
    if last is None:
        return form.t("progress.target.ask", name=target.name, target=aim)
    return form.t("progress.target.ask_again", name=target.name, target=aim, last=f"{last:.15g}")


def _said(form: Form, targets: Sequence[Target]) -> Report:
    values: dict[str, float] = {}
    for place, target in enumerate(targets):
        number: float | None = form.value(f"{NUMBER}{place}")
        if number is not None:
            values[target.name] = number
    return Report(
        stage=form.value("stage"),
        did=form.text("did"),
        problems=form.text("problems"),
        difficulties=form.text("difficulties"),
        next=form.text("next"),
        values=values,
    )
