"""What surrounds every page: settings, navigation, filters. Only here is today asked for."""

from datetime import datetime

import streamlit as st

from lib.ledger import place
from lib.web import details, draw, frame
from lib.web.pages import PAGES
from lib.web.view import board

t = frame.begin()
page, script = frame.navigate(PAGES, t)

now = datetime.now(place.zone())
with st.container(key="frame"):  # however much stands in it, the page keeps its place
    if frame.open_board(now.date(), needed=page.needs_table):
        draw.follow()
        frame.midnight(now)
above = st.empty()
with st.container(key="page", gap="small"):
    script.run()
    if page.needs_table:
        details.over_the_page(board())
frame.name_unused(above, t)
