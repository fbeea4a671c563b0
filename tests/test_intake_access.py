"""Who may write to the board's table: by the setting, the server's start, the way to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import streamlit as st
from streamlit import config

from lib.web.intake import access
from lib.web.intake.access import Reader, Setting, Writes

ROOT: Final = Path(__file__).resolve().parent.parent
ORIGIN: Final = "http://127.0.0.1:8501"


# --- the setting ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, whatever the environment says, and `streamlit run` on this machine alone."""
    for name in (access.SETTING, access.OLD_SETTING):
        monkeypatch.delenv(name, raising=False)
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


# --- the reader -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "address", "here"),
    [
        ({"Origin": "http://127.0.0.1:8501"}, None, True),
        ({"Origin": "http://localhost:8501"}, None, True),
        ({"Origin": "http://[::1]:8501"}, None, True),
        # Another machine
        ({"Origin": ORIGIN}, "10.0.0.7", False),
        # A proxy on this machine
        ({"Origin": ORIGIN, "X-Forwarded-For": "10.0.0.7"}, None, False),
        ({"Origin": ORIGIN, "Forwarded": "for=10.0.0.7"}, None, False),
        ({"Origin": ORIGIN, "X-Real-Ip": "10.0.0.7"}, None, False),
        # The name by which others reach this machine
        ({"Origin": "http://board.example"}, None, False),
        ({"Origin": "http://10.0.0.5:8501"}, None, False),
        ({"Origin": "null"}, None, False),
        ({}, None, False),
    ],
)
def test_who_sits_at_the_machine_comes_directly_and_by_its_own_name(
    headers: dict[str, str], address: str | None, here: bool
) -> None:
    assert Reader(headers, address).sits_here() is here


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert access.is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "10.0.0.5", "board.example", "127.0.0.1.example"]
)
def test_all_else_is_open_to_others(host: str) -> None:
    assert not access.is_loopback(host)


# --- real servers ---------------------------------------------------------------------------------

APP = 'import streamlit as st\n\napp = st.App("page.py")\n'
# The page sets what the query says, for the one run of the one reader.
PAGE = """
import os
import streamlit as st
from lib.web.intake import access

os.environ["BOARD_WRITES"] = st.query_params.get("writes", "")
st.title("may write" if access.may_write() else "may not write")
"""
STREAMLIT: Final = ["streamlit", "run", "app.py", "--server.headless=true", "--server.port={port}"]
STARTS: Final = {
    "streamlit here": [*STREAMLIT, "--server.address=127.0.0.1"],
    "streamlit for all": [*STREAMLIT, "--server.address=0.0.0.0"],
    "uvicorn": ["uvicorn", "app:app", "--port={port}"],
}
SECONDS_TO_START: Final = 60


@contextmanager
def serving(start: str, folder: Path) -> Iterator[int]:
    """The port of a server that asks `may_write` for each reader."""
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *(part.format(port=port) for part in STARTS[start])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    process = subprocess.Popen(command, cwd=folder, env=kept | {"PYTHONPATH": str(ROOT)})
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def said_to(port: int, writes: str, source: str = "127.0.0.1", **headers: str) -> str:
    """What the page says to a reader who comes from an address with these headers."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
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
        request = BackMsg()
        request.rerun_script.query_string = f"writes={writes}"
        stream.send(request.SerializeToString())
        messages: list[ForwardMsg] = []
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            answer = stream.recv(timeout=30)
            assert isinstance(answer, bytes)
            messages.append(ForwardMsg.FromString(answer))
    text = "".join(str(message) for message in messages)
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
            assert said_to(port, writes, X_Forwarded_For="10.0.0.7") == expected
