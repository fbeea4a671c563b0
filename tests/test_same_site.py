"""Who may ask the board: pages of its own, by its own names; on the way nobody outside is asked."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from websockets.exceptions import InvalidStatus

from lib.web import hosts
from lib.web.server import SameSite
from tests.real_board import HERE, HOME, STREAMLIT_RUN, UVICORN, free_port, serving, status, stream

THERE: Final = "10.0.0.7"
NAME: Final = "board.example"


# --- the rule -------------------------------------------------------------------------------------


class Ends(NamedTuple):
    """The two ends of a connection, as the server tells them."""

    client: str | None
    server: str | None


LOCAL: Final = Ends(HERE, HERE)
BEYOND: Final = Ends(THERE, "10.0.0.5")
BY_PROXY: Final = Ends(THERE, HERE)  # uvicorn has put X-Forwarded-For in the client's place
BY_SOCKET: Final = Ends(None, None)  # a Unix socket


def answer(kind: str, ends: Ends, *headers: tuple[str, str]) -> object:
    """What becomes of a request: "passed", the status of the answer, or the code of the closing."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        sent.append({"passed": "passed"})

    async def receive() -> Any:
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "client": ends.client and (ends.client, 50000),
        "server": ends.server and (ends.server, 8501),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(SameSite(app)(scope, receive, send))
    first = sent[0]
    return first.get("passed") or first.get("status") or first.get("code")


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(hosts.SETTING, raising=False)


OWN_PLACES: Final = ("localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "127.0.0.1")
OTHER_PLACES: Final = (
    *("evil.test", "evil.test:8501", "127.0.0.1.evil.test", "localhost.evil.test"),
    *("0.0.0.0:8501", "10.0.0.5:8501", "localhost@evil.test", "evil.test@localhost", ""),
)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("ends", [LOCAL, BY_PROXY, Ends(HERE, "0.0.0.0"), Ends("::1", "::1")])
def test_on_this_machine_only_its_own_names_lead_to_the_board(kind: str, ends: Ends) -> None:
    """Whatever a proxy's headers say of the client: the server listens to nobody else."""
    for place in OWN_PLACES:
        headers = (("host", place), ("origin", f"http://{place}"))
        assert answer(kind, ends, *headers) == "passed"
    for place in OTHER_PLACES:
        headers = (("host", place), ("origin", f"http://{place}"))
        assert answer(kind, ends, *headers) == {"http": 421, "websocket": 1008}[kind], place


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("ends", [BEYOND, BY_SOCKET])
def test_others_ask_by_any_name(kind: str, ends: Ends) -> None:
    for place in ("board.example", "10.0.0.5:8501", "localhost:8501"):
        assert answer(kind, ends, ("host", place), ("origin", f"http://{place}")) == "passed"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("ends", [LOCAL, BEYOND, BY_PROXY, BY_SOCKET])
def test_a_request_names_one_host(kind: str, ends: Ends) -> None:
    refused = {"http": 421, "websocket": 1008}[kind]
    assert answer(kind, ends) == refused
    assert answer(kind, ends, ("host", "localhost"), ("host", "localhost")) == refused
    assert answer(kind, ends, ("host", ""), ("origin", "null")) == refused


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("ends", [LOCAL, BEYOND, BY_PROXY, BY_SOCKET])
def test_where_the_setting_names_the_board_these_names_count_for_everybody(
    kind: str, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hosts.SETTING, "board.example, 10.0.0.5")
    for place in ("board.example", "BOARD.example:8080", "10.0.0.5:8501", "localhost:8501"):
        assert answer(kind, ends, ("host", place), ("origin", f"http://{place}")) == "passed"
    for place in ("evil.test", "board.example.evil.test", "10.0.0.6:8501"):
        refused = {"http": 421, "websocket": 1008}[kind]
        assert answer(kind, ends, ("host", place), ("origin", f"http://{place}")) == refused


@pytest.mark.parametrize("ends", [LOCAL, BEYOND, BY_PROXY, BY_SOCKET])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.test",
        "http://localhost:8502",
        "http://localhost",
        "https://localhost.evil.test:8501",
        "http://evil.test@localhost:8501",
        "localhost:8501",
        "null",
        "file://",
        "http://[",
        "",
    ],
)
def test_a_websocket_of_another_site_s_page_is_closed(ends: Ends, origin: str) -> None:
    assert answer("websocket", ends, ("host", "localhost:8501"), ("origin", origin)) == 1008


def test_a_websocket_has_one_origin() -> None:
    origins = (("origin", "http://localhost:8501"), ("origin", "http://evil.test"))
    assert answer("websocket", LOCAL, ("host", "localhost:8501"), *origins) == 1008


@pytest.mark.parametrize(
    ("ends", "expected"), [(LOCAL, "passed"), (BEYOND, 1008), (BY_SOCKET, 1008)]
)
def test_a_program_opens_a_websocket_on_this_machine_only(ends: Ends, expected: object) -> None:
    assert answer("websocket", ends, ("host", "localhost:8501")) == expected


def test_what_is_closed_is_logged_with_what_a_proxy_must_pass_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer("websocket", LOCAL, ("host", "localhost"), ("origin", "https://board.example\n:8443"))
    assert "'https://board.example\\n:8443'" in caplog.text
    assert "README: Host" in caplog.text


# --- the real board, and nginx before it ----------------------------------------------------------

# Writes down whom a process asks, before Python runs anything else of it
RECORDER: Final = """
import os, sys

def record(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        asked = arguments[1] if event == "socket.connect" else arguments[:2]
        with open(os.environ["ASKED"], "a", encoding="utf-8") as file:
            file.write(f"{asked}\\n")

sys.addaudithook(record)
"""


class Real(NamedTuple):
    """A board that runs: the port, and the file of whom it has asked."""

    port: int
    asked: Path


@pytest.fixture(scope="module", params=[UVICORN, STREAMLIT_RUN], ids=lambda start: start[0])
def board(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Real]:
    """A board that tells whom it asks."""
    folder = tmp_path_factory.mktemp("board")
    (folder / "sitecustomize.py").write_text(RECORDER, encoding="utf-8")
    asked = folder / "asked.txt"
    asked.touch()
    settings = {"PYTHONPATH": str(folder), "ASKED": str(asked), hosts.SETTING: NAME}
    with serving(request.param, **settings) as port:
        yield Real(port, asked)


NGINX: Final = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@pytest.fixture(scope="module")
def nginx(board: Real, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx with our example of a site, before the board."""
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    site = (HOME / "deploy" / "nginx.conf").read_text("utf-8")
    assert site.count("listen 80") == 2
    site = site.replace("listen 80", f"listen {HERE}:{port}").replace(":8501", f":{board.port}")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, site=site), "utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing; on Debian: apt install nginx"
    process = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        for _ in range(100):
            assert process.poll() is None, "nginx ended"
            with socket.socket() as probe:
                if not probe.connect_ex((HERE, port)):
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def assert_opens(port: int, place: str, origin: str) -> None:
    """A page can open a websocket, over which a script is run."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    with stream(port, place, origin) as opened:
        request = BackMsg()
        request.rerun_script.query_string = ""
        opened.send(request.SerializeToString())
        assert opened.recv(timeout=30)


def assert_closed(port: int, place: str, origin: str | None) -> None:
    """A page, or a program without one, can't."""
    with pytest.raises(InvalidStatus) as refused:
        stream(port, place, origin)
    assert refused.value.response.status_code == 403


def test_nobody_outside_is_asked_whatever_a_page_of_another_site_does(board: Real) -> None:
    place = f"localhost:{board.port}"
    assert_opens(board.port, place, f"http://{place}")
    for origin in (
        "http://evil.test",
        "null",
        "http://localhost",
        f"https://evil.test:{board.port}",
    ):
        assert_closed(board.port, place, origin)
    for rebound in ("evil.test", f"evil.test:{board.port}"):
        assert status(board.port, "/", rebound) == 421
        assert_closed(board.port, rebound, f"http://{rebound}")
    asked = set(board.asked.read_text("utf-8").splitlines())
    assert [whom for whom in asked if HERE not in whom and "localhost" not in whom] == []


def test_the_board_answers_behind_a_real_nginx_as_its_example_sets_it_up(
    nginx: int, board: Real
) -> None:
    place = f"{NAME}:{nginx}"
    assert status(nginx, "/", place) == 200
    assert_opens(nginx, place, f"http://{place}")
    assert_closed(nginx, place, "http://evil.test")
    assert_closed(nginx, place, f"http://localhost:{board.port}")
    assert_closed(nginx, place, None)
    with pytest.raises(http.client.RemoteDisconnected):
        status(nginx, "/", "evil.test")
