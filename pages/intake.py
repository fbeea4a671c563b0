"""Intake: a notice as issued → what was understood of it, checked by a person → a table, or the board's own."""

import streamlit as st

from lib.web import intake, ui

t, on = ui.words(), intake.draft()
with st.container(key="intake"):
    st.title(ui.plain(intake.headline(on, t)), anchor=False)
    if on is None or st.session_state.get("another"):
        intake.ask(t)
    if on is not None:
        intake.head(on, t)
        intake.desk(on, t)
    intake.adding(on, t)
