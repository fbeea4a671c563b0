"""What app.py hands to `st.App`: the life of the server, its own routes, its middleware."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config

from lib import i18n
from lib.web import streamlit_internals
from lib.web.server import health, warm_up
from lib.web.server.front_end import FrontEnd
from lib.web.server.headers import Guard
from lib.web.server.no_page import NoPage
from lib.web.server.same_site import SameSite
from lib.web.server.uploads import Uploads


def anchor(app_file: str) -> None:
    """Make paths and `.streamlit/config.toml` belong to the folder of app.py."""
    streamlit_internals.anchor_settings(Path(app_file))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Listen at once and warm up beside it."""
    threading.Thread(target=warm_up.of_the_board.run, name="warm-up", daemon=True).start()
    threading.Thread(target=warm_up.keep_settled, name="settle", daemon=True).start()
    announce()
    yield


def announce() -> None:
    """Say where the board is and open it; uvicorn says its address itself.

    Streamlit's own welcome is off (config.toml): it asks an outside host for the address of a
    server that listens on all interfaces, and advertises.
    """
    if not streamlit_internals.is_streamlit_run():
        return
    url = streamlit_internals.address_to_show()
    name = i18n.translator("en")("app.title")  # not every terminal has Chinese letters
    streamlit_internals.say(f"{name}: {url}")
    if not config.get_option("server.headless"):
        streamlit_internals.open_browser(url)


def unexpected(error: Exception) -> bool:
    """Say in the reader's words that a page of ours has failed; Streamlit has logged it."""
    from lib.web import frame

    return frame.unexpected(error)


routes = [Route(health.ALIVE_PATH, health.alive), Route(health.READY_PATH, health.ready)]
middleware = [
    Middleware(Guard),
    Middleware(SameSite),
    Middleware(Uploads),
    Middleware(FrontEnd),
    Middleware(NoPage),
]
