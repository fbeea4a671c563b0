"""What the board uses and Streamlit does not promise: what an upgrade breaks fails here by name."""

from __future__ import annotations

import inspect
import re
from types import SimpleNamespace

import pytest
import streamlit
from streamlit import cli_util, config, file_util, runtime
from streamlit.navigation.page import Page
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.session_manager import ClientContext
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web import bootstrap
from streamlit.web.server import server_util
from streamlit.web.server.starlette import (
    starlette_routes,
    starlette_server_config,
    starlette_websocket,
)

from lib.web import streamlit_internals as internals


def test_the_list_of_internals_was_looked_at_for_this_version_of_streamlit() -> None:
    assert re.match(rf"{re.escape(internals.VERSION)}\.", streamlit.__version__), (
        f"Streamlit is {streamlit.__version__} now: go through lib/web/streamlit_internals.py and "
        "lib/web/assets/streamlit.css, run all tests, then write the new version into VERSION"
    )


@pytest.mark.parametrize("name", ["_main_script_path", "_server_mode"])
def test_the_names_with_an_underscore_are_there(name: str) -> None:
    assert hasattr(config, name)


def test_streamlit_run_names_its_mode_as_we_know_it() -> None:
    assert f'"{internals.STREAMLIT_RUN}"' in inspect.getsource(bootstrap)


@pytest.mark.parametrize(
    ("module", "function", "parameters"),
    [
        (server_util, "get_display_address", ["address"]),
        (server_util, "get_url", ["host_ip"]),
        (cli_util, "open_browser", ["url"]),
        (cli_util, "print_to_cli", ["message"]),
        (file_util, "get_static_dir", []),
    ],
)
def test_the_functions_that_are_not_documented_take_what_we_give_them(
    module: object, function: str, parameters: list[str]
) -> None:
    signature = inspect.signature(getattr(module, function))
    assert [*signature.parameters][: len(parameters)] == parameters


def test_an_origin_that_is_the_host_is_let_in_and_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What `server.SameSite` lets through; any other would have Streamlit ask outside."""
    monkeypatch.setattr(
        starlette_websocket, "is_url_from_allowed_origins", lambda _: pytest.fail("asked")
    )
    for place in ("localhost:8501", "board.example"):
        assert starlette_websocket._is_origin_allowed(f"https://{place}", place)
    assert starlette_websocket._is_origin_allowed(None, "localhost")


def test_a_session_s_client_tells_the_address_of_the_other_end() -> None:
    assert internals.address_of_reader() is None, "outside of a run"
    assert isinstance(inspect.getattr_static(ClientContext, "remote_ip"), property)


def test_uploads_are_kept_in_memory_by_session_and_file(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("")
    board = SimpleNamespace(uploaded_file_mgr=manager)
    monkeypatch.setattr(runtime, "get_instance", lambda: board)
    file = UploadedFileRec("file", "notice.docx", "", b"notice")
    internals.uploads().add_file("session", file)
    assert internals.uploads().file_storage == {"session": {"file": file}}
    internals.uploads().remove_file("session", "file")
    assert not internals.uploads().file_storage["session"]


def test_uploads_are_sent_to_the_path_that_we_know() -> None:
    assert f"{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/" == internals.UPLOAD_PATH.lstrip("/")


def test_a_page_of_the_navigation_tells_its_path() -> None:
    assert isinstance(inspect.getattr_static(Page, "url_path"), property)


def test_small_answers_are_not_compressed_by_streamlit_either() -> None:
    assert internals.COMPRESSED_FROM == starlette_server_config.GZIP_MINIMUM_SIZE


def test_streamlit_walks_all_generations_after_each_run() -> None:
    assert "gc.collect(2)" in inspect.getsource(script_runner)


@pytest.mark.parametrize(
    "pattern", internals.ONCE_IN_INDEX, ids=lambda pattern: str(pattern.pattern)
)
def test_each_pattern_fits_the_first_page_once(pattern: re.Pattern[str]) -> None:
    assert len(pattern.findall(internals.INDEX)) == 1


@pytest.mark.parametrize("pattern", internals.DRAWN_ON_EVERY_PAGE)
def test_each_script_that_is_asked_for_early_is_one_file(pattern: str) -> None:
    assert len([*(internals.STATIC / "js").glob(pattern)]) == 1


def test_the_style_sheet_names_the_fonts_that_are_taken_out() -> None:
    (sheet,) = (internals.STATIC / "css").glob("index.*.css")
    assert internals.SHIPPED_FONT.search(sheet.read_bytes())


@pytest.mark.parametrize(
    ("script", "literal"),
    [(name, literal) for name, known in internals.LITERALS.items() for literal in known],
)
def test_each_literal_that_we_replace_stands_in_its_script(script: str, literal: str) -> None:
    sources = [file.read_text("utf-8") for file in (internals.STATIC / "js").glob(f"{script}.*.js")]
    assert any(internals.place_of(literal).search(source) for source in sources)


def test_the_front_end_asks_the_browser_for_its_locale_once() -> None:
    (index,) = (internals.STATIC / "js").glob("index.D*.js")
    assert index.read_text("utf-8").count(internals.BROWSER_LOCALE) == 1
