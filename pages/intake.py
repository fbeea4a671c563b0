"""Intake: a notice as issued → what was understood of it, checked by a person → a table."""

import streamlit as st

from lib.web import frame, intake
from lib.web.markdown import plain

t = frame.words()
on_desk = intake.current()
with st.container(key="intake"):
    st.title(plain(intake.headline(on_desk, t)), anchor=False)
    intake.ask(t)
    if on_desk is not None:
        intake.head(on_desk, t)
        intake.show(on_desk, t)
    intake.adding(on_desk, t)
