"""What the board uses of Streamlit and Streamlit does not promise.

VERSION is the one for which it was looked at. An upgrade begins here:
`tests/test_streamlit_internals.py` fails for what the new version has changed, and for the version
itself until someone has gone through this module. What its front end draws and our style sheet
reaches into is listed in `assets/streamlit.css`, which `tests/browser/test_style.py` holds against
the pages.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path
from typing import Final, cast

import streamlit as st
from streamlit import cli_util, config, file_util, runtime
from streamlit.runtime import context
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import ScriptRunContext, get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.web.server import server_util

VERSION: Final = "1.67"

# --- the server -----------------------------------------------------------------------------------

STREAMLIT_RUN: Final = "starlette-app"  # the mode of the server under `streamlit run`
SIGN_IN_PATH: Final = "oauth2callback"  # a route of Streamlit's that looks like a page of ours
UPLOAD_PATH: Final = "/_stcore/upload_file/"  # then the session and the file
COMPRESSED_FROM: Final = 1000  # bytes: smaller answers Streamlit's middleware leaves as they are


def anchor_settings(app_file: Path) -> None:
    """Let `.streamlit/config.toml` and relative paths belong to the folder of the app.

    `streamlit run` does this itself. Under uvicorn `st.App` would look beside the script of its
    pages.
    """
    if config._main_script_path is None:
        config._main_script_path = str(app_file.resolve())


def is_streamlit_run() -> bool:
    """Whether `streamlit run` has started the server.

    For an `st.App` it says nothing and opens no browser.
    """
    return config._server_mode == STREAMLIT_RUN


def address_to_show() -> str:
    """The URL that a person can open: an address for all interfaces becomes this machine."""
    address = config.get_option("server.address")
    host = server_util.get_display_address(address) if address else "localhost"
    return server_util.get_url(host)


def say(line: str) -> None:
    """Print a line as Streamlit prints its own."""
    cli_util.print_to_cli(line)


def open_browser(url: str) -> None:
    """Open a page in the browser of who started the board."""
    cli_util.open_browser(url)


def address_of_reader() -> str | None:
    """The address of the other end of this session's connection; None where it is not known.

    `st.context.ip_address` says None for this machine too. uvicorn puts a proxy's `X-Forwarded-For`
    in its place where the proxy is on this machine.
    """
    client = context._get_client_context()
    return client.remote_ip if client else None


def run_after_a_lost_connection() -> None:
    """Let this page run anew once a lost connection is there again.

    Streamlit does so where something on the page runs by the clock. Here that is nothing, once a
    day.
    """
    st.fragment(lambda: None, run_every=24 * 60 * 60)()


Files = dict[str, dict[str, UploadedFileRec]]  # by session, then by the file's id


def uploads() -> MemoryUploadedFileManager:
    """The files that browsers have sent: all in memory, each until its session ends."""
    return cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)


def give_back(file: UploadedFile) -> None:
    """Let go of a file that this run's session has uploaded."""
    run = cast(ScriptRunContext, get_script_run_ctx())
    manager = cast(MemoryUploadedFileManager, run.uploaded_file_mgr)
    manager.remove_file(run.session_id, file.file_id)


def full_collections() -> int:
    """How often the garbage collector has walked all generations.

    Streamlit lets it do so after each script run.
    """
    return int(gc.get_stats()[2]["collections"])


# --- the front end's files ------------------------------------------------------------------------

FOLDER: Final = Path(file_util.get_static_dir())
STATIC: Final = FOLDER / "static"  # its files carry a hash in their names
INDEX: Final = (FOLDER / "index.html").read_text(encoding="utf-8")

# What every page draws with. Streamlit's page asks for these only once the first chart has come
# over the websocket.
DRAWN_ON_EVERY_PAGE: Final = ("PlotlyChart.*.js", "arrowFormatUtils.*.js", "DataFrame.*.js")

# Streamlit's text fonts, 260 kB: fetched until the theme is known, which names the reader's own
# instead.
SHIPPED_FONT: Final = re.compile(rb"@font-face\{[^}]*font-family:Source[^}]*\}")

# In index.html
HTML_TAG: Final = re.compile(r'<html lang="en">')
TITLE: Final = re.compile(r"<title>.*?</title>")
FONT_PRELOAD: Final = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEAD_END: Final = re.compile("</head>")
BODY_END: Final = re.compile("</body>")
ONCE_IN_INDEX: Final = (
    HTML_TAG,
    TITLE,
    FONT_PRELOAD,
    NO_SCRIPT,
    INLINE_SCRIPT,
    HEAD_END,
    BODY_END,
)
