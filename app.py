"""The front door: `streamlit run app.py`, or `python -m uvicorn app:app` where an office serves it.

Streamlit finds `app` by reading this file without running it, so it stays a plain call at module
level.
"""

import streamlit as st

from lib.web import server

server.anchor(__file__)
app = st.App(
    "pages/frame.py",
    lifespan=server.lifespan,
    routes=server.routes,
    middleware=server.middleware,
    on_script_error=server.unexpected,
)
