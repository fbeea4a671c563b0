"""What surrounds every page: settings, navigation, filters, the as-of date. Only here is today asked for."""

from datetime import datetime

import streamlit as st

from lib import ui

t = ui.configure()
names = ("overview", "leaders", "departments", "timeline", "measures", "intake")
pages = [st.Page(f"{name}.py", title=t(f"page.{name}"), default=name == "overview") for name in names]
page = st.navigation(pages, position="top")

now = datetime.now(ui.zone())
if ui.open_board(now.date(), needed=page.url_path != "intake"):
    ui.follow()
    ui.midnight(now)
with st.container(key="page", gap="small"):
    page.run()
