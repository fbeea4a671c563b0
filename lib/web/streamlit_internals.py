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
DRAWN_ON_EVERY_PAGE: Final = ("PlotlyChart.*.js", "BidiComponent.*.js")

# Where an expression stands in a template literal, LITERALS write {}
_EXPRESSION: Final = r"\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}"
WORD: Final = "boardWord"  # the function of ours that gives the reader's word (assets/words.js)

# What the front end says by itself and a reader can meet: by the script's name without its hash,
# the literal → the key of our text for it. With no more of them, what it says is English.
LITERALS: Final[dict[str, dict[str, str]]] = {
    "index": {
        "Connecting": "streamlit.connecting",
        "Connecting to Streamlit server": "streamlit.connecting",
        "Unable to connect to Streamlit server": "streamlit.unconnected",
        "Connection error": "streamlit.connection_lost",
        "Connection lost. Please wait for the app to reconnect, then try again.": (
            "streamlit.wait_for_connection"
        ),
        "Connection timed out.": "streamlit.timed_out",
        "Connection failed with status {}{}": "streamlit.failed_with_status",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in "
        "your terminal:": "streamlit.stopped",
        "streamlit run yourscript.py": "streamlit.start_command",
        "Streamlit server is not responding. Are you connected to the internet?": (
            "streamlit.no_answer"
        ),
        "Bad message format": "streamlit.bad_message",
        "Failed to process a Websocket message. {}": "streamlit.bad_message_of",
        "Unknown error": "streamlit.unknown_error",
        "Error": "streamlit.error",
        "Page not found": "streamlit.no_page",
        "The page that you have requested does not seem to exist": "streamlit.no_such_page",
        "{}. Running the app's main page.": "streamlit.first_page_instead",
        "Script execution error": "streamlit.script_error",
        "No message": "streamlit.no_message",
        "Running...": "streamlit.running",
        "Stop": "streamlit.stop",
        "Stopping...": "streamlit.stopping",
        "Close": "streamlit.close",
        "Try again": "streamlit.try_again",
        "Continue anyway": "streamlit.go_on",
        "Skip to main content": "streamlit.skip",
        "App pages": "streamlit.pages",
        "{} more": "streamlit.more",
        "view more": "streamlit.show_more",
        "view less": "streamlit.show_less",
        "(opens in new tab)": "streamlit.new_tab",
        "Notifications": "streamlit.notifications",
        "Main menu": "streamlit.menu",
        "Clear caches": "streamlit.clear_caches",
        "Cancel": "streamlit.cancel",
    },
    "utils": {
        "Choose an option": "streamlit.choose",
        "Choose options": "streamlit.choose",
        "Choose or add an option": "streamlit.choose_or_type",
        "Choose or add options": "streamlit.choose_or_type",
        "Add an option": "streamlit.type",
        "Add options": "streamlit.type",
        "No options to select": "streamlit.no_options",
        "Upload failed": "streamlit.upload_failed",
        "Only one file is allowed.": "streamlit.one_file",
        "File must be {} or smaller.": "streamlit.too_large",
        "{} files are not allowed.": "streamlit.wrong_kind",
        "Unexpected error. Please try again.": "streamlit.upload_failed",
        "File size is too small.": "streamlit.too_small",
        "Click to retry upload": "streamlit.upload_again",
        "Remove {}": "streamlit.remove",
        "Cancel upload of {}": "streamlit.cancel_upload",
        "Error: ": "streamlit.error_of",
        "file upload": "intake.choose_file",
    },
    "FileUploader": {
        "{} per file": "streamlit.each_file",
        "Add files": "streamlit.add_files",
        "Drag and drop a file here": "streamlit.drop",
        "Drag and drop files here": "streamlit.drop",
        "Upload": "intake.choose_file",
    },
    "InputInstructions": {
        "Press Enter to {}": "streamlit.enter_applies",
        "Press {}+Enter to {}": "streamlit.keys_apply",
    },
    "TextInput": {"Invalid input.": "streamlit.invalid", "Clear entry": "streamlit.clear"},
    "useFormValidation": {"Invalid value.": "streamlit.invalid"},
    "requiredField": {"This field is required.": "streamlit.required"},
    "WidgetLabel": {"(required)": "streamlit.required_mark"},
    "StreamlitMarkdown": {"Help": "streamlit.help", "Help for {}": "streamlit.help_for"},
    "NumberInput": {
        "Clear value": "streamlit.clear",
        "Increment": "streamlit.increase",
        "Decrement": "streamlit.decrease",
        "Number is above the allowed range.": "streamlit.too_high",
        "Number is below the allowed range.": "streamlit.too_low",
        "Number is above the allowed range. Please enter a value less than or equal to {}.": (
            "streamlit.at_most"
        ),
        "Number is below the allowed range. Please enter a value greater than or equal to {}.": (
            "streamlit.at_least"
        ),
        "Number is outside the allowed range. Please enter a value between {} and {}.": (
            "streamlit.between"
        ),
    },
    "Selectbox": {
        "en-US": "app.lang",
        "No results": "streamlit.no_results",
        "Add: {}": "streamlit.take_typed",
        "Clear value": "streamlit.clear",
        "Open": "streamlit.open",
    },
    "Multiselect": {
        "en-US": "app.lang",
        "No results": "streamlit.no_results",
        "Select all": "streamlit.select_all",
        "Select {} matches": "streamlit.select_matches",
        "Add: {}": "streamlit.take_typed",
        "Clear all": "streamlit.clear",
        "Open": "streamlit.open",
        "Remove {}": "streamlit.remove",
        "Selected values": "streamlit.selected",
    },
    "DateInput": {
        "en-US": "app.lang",
        "Choose date": "streamlit.choose_date",
        "Choose date range": "streamlit.choose_dates",
        "Clear date": "streamlit.clear",
        "Clear dates": "streamlit.clear",
        "Date range": "streamlit.dates",
        "{} start date": "streamlit.first_date",
        "{} end date": "streamlit.last_date",
        "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
            "streamlit.keys_of_calendar"
        ),
    },
    "ReorderedSegments": {
        "**Error**: Date set outside allowed range. Please select a date between {} and {}.": (
            "streamlit.day_between"
        ),
        "**Error**: Date set outside allowed range. Please select a date on or before {}.": (
            "streamlit.day_until"
        ),
        "**Error**: Date set outside allowed range. Please select a date on or after {}.": (
            "streamlit.day_from"
        ),
        "Next month": "streamlit.next_month",
        "Previous month": "streamlit.previous_month",
    },
    "DownloadButton": {"Download failed": "streamlit.download_failed"},
    "Toolbar": {
        "Fullscreen": "streamlit.full_screen",
        "Close fullscreen": "streamlit.leave_full_screen",
    },
    "toConsumableArray": {"Close": "streamlit.close"},
    "useCopyToClipboard": {
        "Copied": "streamlit.copied",
        "Copy to clipboard": "streamlit.copy",
    },
}

# The locale of calendars and numbers, of the browser and of the page, in the script “index”
BROWSER_LOCALE: Final = "locale:window.navigator.language"
PAGE_LOCALE: Final = "locale:document.documentElement.lang"


def literals_of(script: Path) -> dict[str, str]:
    """What a script says by itself and we say instead: the literal → the key of our text."""
    name, _, _hash = script.name.partition(".")
    return LITERALS.get(name, {})


def place_of(literal: str) -> re.Pattern[str]:
    """Where a script has a literal: in front of its backtick."""
    parts = map(re.escape, literal.split("{}"))
    return re.compile(f"(?=`{_EXPRESSION.join(parts)}`)")


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
