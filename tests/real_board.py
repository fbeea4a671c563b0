"""The board under uvicorn, as an office serves it, and what is asked of it without a browser."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

HOME: Final = Path(__file__).resolve().parent.parent
HERE: Final = "127.0.0.1"
SECONDS_TO_START: Final = 60


# How a board is started, but for its port
UVICORN: Final = ("uvicorn", "app:app", "--port")
STREAMLIT_RUN: Final = ("streamlit", "run", "app.py", "--server.headless", "true", "--server.port")


@contextmanager
def serving(start: Sequence[str] = UVICORN, home: Path = HOME, /, **settings: str) -> Iterator[int]:
    """The port of a board with some settings in its environment; home: the folder of its app.py."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-m", *start, str(port)]
    process = subprocess.Popen(command, cwd=home, env=kept | settings)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            if status(port, "/healthz", "localhost") in {200, 503}:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise TimeoutError(port)


def ask(
    port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[http.client.HTTPResponse, str]:
    """What a port answers, and its text."""
    connection = http.client.HTTPConnection(HERE, port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def status(port: int, path: str, host: str) -> int:
    """The status of what a port answers to a name."""
    response, _ = ask(port, "GET", path, Host=host)
    return response.status


def bytes_held(port: int) -> int:
    """What the board's uploads hold of its memory, as Streamlit counts it."""
    _, metrics = ask(port, "GET", "/_stcore/metrics")
    counts = re.findall(r'cache_memory_bytes{cache_type="UploadedFileManager"[^}]*} (\d+)', metrics)
    return sum(map(int, counts))


def stream(port: int, place: str, origin: str | None) -> ClientConnection:
    """A websocket of the board, opened by a page."""
    return connect(
        f"ws://{place}/_stcore/stream",
        sock=socket.create_connection((HERE, port)),
        origin=Origin(origin) if origin else None,
        subprotocols=[Subprotocol("streamlit")],
        proxy=None,
    )


def of_one_run(stream: ClientConnection, query: str = "", url: str = "") -> str:
    """All that a board sends in one run of its page, as text.

    Args:
        stream: a websocket of it, without a limit of size.
        query: of the page's address; url: the whole address, as the page tells it.
    """
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    request = BackMsg()
    request.rerun_script.query_string = query
    request.rerun_script.context_info.url = url
    stream.send(request.SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != "script_finished":
        answer = stream.recv(timeout=30)
        assert isinstance(answer, bytes)
        messages.append(ForwardMsg.FromString(answer))
    return "".join(map(str, messages))
