"""What surrounds every page: settings, navigation, filters, the as-of date. Only here is today asked for."""

from datetime import datetime

import streamlit as st

from lib.web import ui

t = ui.configure()
page = ui.navigate(("overview", "leaders", "departments", "timeline", "measures", "intake"), t)

now = datetime.now(ui.zone())
if ui.open_board(now.date(), needed=page.url_path != "intake"):
    ui.follow()
    ui.midnight(now)
with st.container(key="page", gap="small"):
    page.run()
