"""Intake: a notice as issued → what was understood of it, checked by a person → a table."""

import streamlit as st

from lib.web import frame, intake
from lib.web.markdown import plain

t = frame.words()
draft = intake.current()
with st.container(key="intake"):
    st.title(plain(intake.headline(draft, t)), anchor=False)
    intake.ask(t)
    if draft is not None:
        intake.head(draft, t)
        intake.show(draft, t)
    intake.adding(draft, t)
