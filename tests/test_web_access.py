"""Who may write to the board's table: by the setting, the server's start, the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import streamlit as st
from streamlit import config

from lib.web import access, hosts
from lib.web.access import Reader, Setting, Writes
from tests import real_board

PLACE: Final = "127.0.0.1:8501"
URL: Final = f"http://{PLACE}/intake"


def browser(place: str) -> dict[str, str]:
    """The headers with which Chromium opens a websocket to the board at a place."""
    return {
        "Host": place,
        "Connection": "Upgrade",
        "Pragma": "no-cache",
        "Cache-Control": "no-cache",
        "User-Agent": "Mozilla/5.0",
        "Upgrade": "websocket",
        "Origin": f"http://{place}",
        "Sec-Websocket-Version": "13",
        "Accept-Encoding": "gzip, deflate, br, zstd",
        "Accept-Language": "zh-CN,zh;q=0.9",
        "Cookie": "_streamlit_xsrf=2|a|b|1",
        "Sec-Websocket-Key": "x",
        "Sec-Websocket-Extensions": "permessage-deflate; client_max_window_bits",
        "Sec-Websocket-Protocol": "streamlit, PLACEHOLDER",
    }


# --- the setting ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, whatever the environment says, and `streamlit run` on this machine alone."""
    for name in (access.SETTING, access.OLD_SETTING):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv(hosts.SETTING, raising=False)
    monkeypatch.setattr(config, "_server_mode", "starlette-app")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Setting(Writes.HERE)),
        ({"BOARD_WRITES": "here"}, Setting(Writes.HERE)),
        ({"BOARD_WRITES": "all"}, Setting(Writes.ALL)),
        ({"BOARD_WRITES": "none"}, Setting(Writes.NONE)),
        ({"BOARD_WRITES": " ALL "}, Setting(Writes.ALL)),
        ({"BOARD_WRITES": ""}, Setting(Writes.HERE)),
        # The old name
        ({"INTAKE_WRITES": "1"}, Setting(Writes.ALL)),
        ({"INTAKE_WRITES": "on"}, Setting(Writes.ALL)),
        ({"INTAKE_WRITES": "True"}, Setting(Writes.ALL)),
        ({"INTAKE_WRITES": "yes"}, Setting(Writes.ALL)),
        ({"INTAKE_WRITES": "0"}, Setting(Writes.NONE)),
        ({"INTAKE_WRITES": "off"}, Setting(Writes.NONE)),
        ({"INTAKE_WRITES": "here"}, Setting(Writes.HERE)),
        # The new name counts before the old one
        ({"BOARD_WRITES": "none", "INTAKE_WRITES": "1"}, Setting(Writes.NONE)),
        ({"BOARD_WRITES": " ", "INTAKE_WRITES": "1"}, Setting(Writes.ALL)),
        # What is unknown lets nobody write
        ({"BOARD_WRITES": "everybody"}, Setting(Writes.NONE, "BOARD_WRITES=everybody")),
        ({"BOARD_WRITES": "1"}, Setting(Writes.NONE, "BOARD_WRITES=1")),
        ({"INTAKE_WRITES": "maybe"}, Setting(Writes.NONE, "INTAKE_WRITES=maybe")),
    ],
)
def test_the_environment_says_whom_the_board_lets_write(
    environment: dict[str, str], expected: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert access.setting() == expected


@pytest.mark.parametrize(
    ("server_mode", "address", "expected"),
    [
        ("starlette-app", "127.0.0.1", Writes.HERE),
        ("starlette-app", "localhost", Writes.HERE),
        ("starlette-app", "::1", Writes.HERE),
        ("starlette-managed", "127.0.0.1", Writes.NONE),
        ("starlette-app", "0.0.0.0", Writes.NONE),
        ("starlette-app", "10.0.0.5", Writes.NONE),
        ("starlette-app", "board.example", Writes.NONE),
        ("starlette-app", None, Writes.NONE),
        ("asgi-server", "127.0.0.1", Writes.NONE),
        ("asgi-mounted", "127.0.0.1", Writes.NONE),
        (None, "127.0.0.1", Writes.NONE),
    ],
)
def test_without_a_setting_the_start_of_the_server_decides(
    server_mode: str | None,
    address: str | None,
    expected: Writes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(config, "_server_mode", server_mode)
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)
    assert access.setting() == Setting(expected)


def test_where_another_name_leads_to_the_board_nobody_writes_unless_it_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(hosts.SETTING, "board.example")
    assert access.setting() == Setting(Writes.NONE)
    monkeypatch.setenv(access.SETTING, "here")
    assert access.setting() == Setting(Writes.HERE)


# --- the reader -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("place", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
def test_who_sits_at_the_machine_comes_from_it_and_by_its_own_name(
    address: str, place: str
) -> None:
    assert Reader(address, browser(place), f"http://{place}/intake").sits_here()


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.2", "::2", "", "unix", None])
def test_no_header_makes_another_address_this_machine(address: str | None) -> None:
    assert not Reader(address, browser(PLACE), URL).sits_here()


@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server"),
        *("Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-Ip"),
        *("CF-Connecting-IP", "CF-Ray", "True-Client-IP", "Fastly-Client-IP", "X-Amzn-Trace-Id"),
        *("X-Request-ID", "Traceparent", "Authorization", "Remote-User", "x-anything-else"),
    ],
)
def test_a_header_that_no_browser_writes_tells_of_a_proxy(header: str) -> None:
    for value in ("127.0.0.1", "localhost", ""):
        assert not Reader("127.0.0.1", browser(PLACE) | {header: value}, URL).sits_here()


@pytest.mark.parametrize(
    "changed",
    [
        # The name by which others reach this machine
        {"Host": "board.example"},
        {"Host": "10.0.0.5:8501"},
        {"Host": "board.example:8501", "Origin": "http://board.example:8501"},
        {"Host": "localhost@board.example"},
        {"Host": "localhost/board.example"},
        {"Host": ""},
        # A page that another name leads to, through a relay that writes `Host` anew
        {"Origin": "https://board.example"},
        {"Origin": "https://localhost@board.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": ""},
    ],
)
def test_a_name_that_is_not_this_machine_s_tells_of_a_proxy(changed: dict[str, str]) -> None:
    assert not Reader("127.0.0.1", browser(PLACE) | changed, URL).sits_here()


@pytest.mark.parametrize("url", ["https://board.example/intake", "http://10.0.0.5:8501/", "", "x"])
def test_an_address_bar_with_another_name_tells_of_a_relay_that_writes_host_and_origin(
    url: str,
) -> None:
    assert not Reader("127.0.0.1", browser(PLACE), url).sits_here()


@pytest.mark.parametrize("header", ["Host", "Origin"])
def test_who_does_not_say_where_he_comes_from_does_not_sit_here(header: str) -> None:
    headers = browser(PLACE)
    del headers[header]
    assert not Reader("127.0.0.1", headers, URL).sits_here()


# --- real servers ---------------------------------------------------------------------------------

APP = 'import streamlit as st\n\napp = st.App("page.py")\n'
# The page sets what the query says, for the one run of the one reader.
PAGE = """
import os
import streamlit as st
from lib.web import access, hosts

os.environ["BOARD_WRITES"] = st.query_params.get("writes", "")
st.title("may write" if access.may_write() else "may not write")
"""
STARTS: Final = {
    "streamlit here": (real_board.STREAMLIT_RUN, "127.0.0.1"),
    "streamlit for all": (real_board.STREAMLIT_RUN, "0.0.0.0"),
    "uvicorn": (real_board.UVICORN, ""),
}


@contextmanager
def serving(start: str, folder: Path) -> Iterator[int]:
    """The port of a server that asks `may_write` for each reader."""
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    command, address = STARTS[start]
    settings = {"PYTHONPATH": str(real_board.HOME), "STREAMLIT_SERVER_ADDRESS": address}
    with real_board.serving(command, folder, **settings) as port:
        yield port


def said_to(
    port: int, writes: str, source: str = "127.0.0.1", url: str = "", **headers: str
) -> str:
    """What the page says to a reader who comes from an address with these headers.

    url: in the address bar, where it is not the port's.
    """
    from websockets.sync.client import connect
    from websockets.typing import Origin, Subprotocol

    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=Origin(f"http://127.0.0.1:{port}"),
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
        subprotocols=[Subprotocol("streamlit")],
        source_address=(source, 0),
        max_size=None,
        proxy=None,
    ) as stream:
        address = url or f"http://127.0.0.1:{port}/"
        text = real_board.of_one_run(stream, f"writes={writes}", address)
    return "may write" if 'body: "may write"' in text else "may not write"


ELSEWHERE: Final = "127.0.0.2"  # an address that is not the machine's own, as Streamlit sees it


@pytest.mark.parametrize(
    ("start", "may_write"),
    [
        ("streamlit here", ["here", "all", ""]),
        ("streamlit for all", ["here", "all"]),
        ("uvicorn", ["here", "all"]),
    ],
)
def test_a_real_server_lets_write_whom_the_setting_says(
    start: str, may_write: list[str], tmp_path: Path
) -> None:
    with serving(start, tmp_path) as port:
        settings = ["here", "all", "none", "", "everybody"]
        allowed = [writes for writes in settings if said_to(port, writes) == "may write"]
        assert allowed == may_write
        for writes, expected in (("here", "may not write"), ("all", "may write")):
            assert said_to(port, writes, source=ELSEWHERE) == expected
            assert said_to(port, writes, source=ELSEWHERE, X_Forwarded_For="127.0.0.1") == expected
            assert said_to(port, writes, X_Forwarded_For="127.0.0.1") == expected
            assert said_to(port, writes, Via="1.1 proxy") == expected
            assert said_to(port, writes, url="https://board.example/intake") == expected
