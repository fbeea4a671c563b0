"""What browsers send is held as long as somebody is about to read it, and never without bound."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from lib.web import streamlit_internals
from lib.web.server import Uploads
from tests.real_board import ask, bytes_held, serving, stream


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(streamlit_internals, "uploads", lambda: manager)
    return manager


class Server:
    """Takes uploads as Streamlit does, with bounds of ours around it."""

    def __init__(self, held: MemoryUploadedFileManager, **bounds: int) -> None:
        self.held = held
        self.app = Uploads(self._take, **bounds)
        self.size = 0

    async def _take(self, scope: Any, receive: Any, send: Any) -> None:
        *_, session, file = scope["path"].split("/")
        data = b"x" * self.size
        if scope["method"] == "PUT":
            self.held.add_file(session, UploadedFileRec(file, "notice.docx", "", data))

    def put(self, session: str, file: str, size: int = 1, base: str = "") -> None:
        self.size = size
        self.ask("PUT", f"{base}/_stcore/upload_file/{session}/{file}")

    def ask(self, method: str, path: str, kind: str = "http") -> None:
        scope = {"type": kind, "method": method, "path": path}
        asyncio.run(self.app(scope, None, None))  # type: ignore[arg-type]

    def names(self) -> list[str]:
        return [name for files in self.held.file_storage.values() for name in files]


def test_the_oldest_uploads_go_where_all_are_too_large(held: MemoryUploadedFileManager) -> None:
    server = Server(held, most_bytes=50)
    for number in range(15):
        server.put("a", f"{number}", size=20)
    assert server.names() == ["13", "14"]
    server.put("b", "of another", size=20, base="/board")
    assert server.names() == ["14", "of another"]


def test_the_oldest_uploads_go_where_they_are_too_many(held: MemoryUploadedFileManager) -> None:
    server = Server(held, most_files=3)
    for number in range(15):
        server.put(f"session {number}", f"{number}")
    assert server.names() == ["12", "13", "14"]


def test_what_was_given_back_makes_room(held: MemoryUploadedFileManager) -> None:
    server = Server(held, most_bytes=50)
    for number in range(15):
        server.put("a", f"{number}", size=40)
        held.remove_file("a", f"{number}")
    server.put("b", "first", size=25)
    server.put("b", "second", size=25)
    assert server.names() == ["first", "second"]


def test_only_uploads_count(held: MemoryUploadedFileManager) -> None:
    server = Server(held, most_files=1)
    server.put("a", "kept")
    server.ask("DELETE", "/_stcore/upload_file/a/other")
    server.ask("PUT", "/elsewhere/upload_file/a/not taken")
    server.ask("", "/_stcore/stream", kind="websocket")
    assert server.names()[0] == "kept"


def test_by_default_five_of_the_largest_files_may_wait(held: MemoryUploadedFileManager) -> None:
    server = Server(held)
    for number in range(15):
        server.put(f"{number}", f"{number}", size=20 * 1024 * 1024)
    assert server.names() == ["10", "11", "12", "13", "14"]


# --- a real board ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def board() -> Iterator[int]:
    with serving() as port:
        yield port


LARGE: Final = 20 * 1000 * 1000


def upload(port: int, session: str, file: str, cookie: str) -> int:
    """Send a file as Streamlit's page does, without saying to any widget that it is there."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        + b"x" * LARGE
        + b"\r\n--x--\r\n"
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"_streamlit_xsrf={cookie}",
        "X-Xsrftoken": cookie,
    }
    response, _ = ask(port, "PUT", f"/_stcore/upload_file/{session}/{file}", body, **headers)
    return response.status


def test_uploads_that_nobody_refers_to_do_not_fill_the_memory(board: int) -> None:
    response, _ = ask(board, "GET", "/_stcore/health")
    cookie = re.search("_streamlit_xsrf=([^;]+)", response.headers["Set-Cookie"])
    assert cookie
    with stream(board, f"localhost:{board}", f"http://localhost:{board}") as opened:
        request = BackMsg()
        request.rerun_script.query_string = ""
        opened.send(request.SerializeToString())
        session = ""
        while not session:
            answer = opened.recv(timeout=30)
            assert isinstance(answer, bytes)
            session = ForwardMsg.FromString(answer).new_session.initialize.session_id
        for number in range(8):
            assert upload(board, session, f"{number}", cookie[1]) == 204
        assert bytes_held(board) == 5 * LARGE
